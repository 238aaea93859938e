/* slots.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An endpoint asks with the hash of its name, so that it has the same colour
 * tomorrow, and takes the next free one where another was there first.
 */
#include "slots.h"

struct _ScopeSlots
{
  grefcount ref_count;
  guint     users[SCOPE_N_SLOTS];
};

ScopeSlots *
scope_slots_new (void)
{
  ScopeSlots *self = g_new0 (ScopeSlots, 1);

  g_ref_count_init (&self->ref_count);
  return self;
}

ScopeSlots *
scope_slots_ref (ScopeSlots *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
scope_slots_unref (ScopeSlots *self)
{
  if (g_ref_count_dec (&self->ref_count))
    g_free (self);
}

/**
 * scope_slots_take:
 * @self: the slots
 * @hash: of who asks
 *
 * Returns: the slot with the fewest users; of those an undashed one, and of
 *   those the first from the hashed colour on
 */
guint
scope_slots_take (ScopeSlots *self,
                  guint       hash)
{
  guint best = SCOPE_SLOT_NONE;

  for (guint dash = 0; dash < SCOPE_N_SLOT_DASHES; dash++)
    for (guint i = 0; i < SCOPE_N_SLOT_COLORS; i++)
      {
        guint slot = dash * SCOPE_N_SLOT_COLORS + (hash + i) % SCOPE_N_SLOT_COLORS;

        if (best == SCOPE_SLOT_NONE || self->users[slot] < self->users[best])
          best = slot;
      }
  self->users[best]++;
  return best;
}

/* Gives a slot back that was taken. */
void
scope_slots_release (ScopeSlots *self,
                     guint       slot)
{
  g_return_if_fail (slot < SCOPE_N_SLOTS && self->users[slot] > 0);
  self->users[slot]--;
}
