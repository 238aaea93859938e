/* cursor.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It keeps a time and not a block: blocks of a summary come and go.
 */
#include "cursor.h"

#include <math.h>

struct _ScopeCursor
{
  GObject  parent_instance;

  double   time;   /* s since the epoch; NaN: there is none */
  gboolean pinned;
};

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeCursor, scope_cursor, G_TYPE_OBJECT)

static void
scope_cursor_class_init (ScopeCursorClass *klass)
{
  /**
   * ScopeCursor::moved:
   *
   * It is at another time, gone, pinned or let go.
   */
  signals[MOVED] = g_signal_new ("moved", SCOPE_TYPE_CURSOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
scope_cursor_init (ScopeCursor *self)
{
  self->time = NAN;
}

static void
move (ScopeCursor *self,
      double       time,
      gboolean     pinned)
{
  gboolean same = time == self->time || (isnan (time) && isnan (self->time));

  if (same && pinned == self->pinned)
    return;
  self->time = time;
  self->pinned = pinned;
  g_signal_emit (self, signals[MOVED], 0);
}

/* Returns: (transfer full): a cursor that is nowhere. */
ScopeCursor *
scope_cursor_new (void)
{
  return g_object_new (SCOPE_TYPE_CURSOR, NULL);
}

/**
 * scope_cursor_get_time:
 * @self: the cursor
 * @time: (out): seconds since the epoch
 *
 * Returns: whether it is anywhere
 */
gboolean
scope_cursor_get_time (ScopeCursor *self,
                       double      *time)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  *time = self->time;
  return !isnan (self->time);
}

gboolean
scope_cursor_get_pinned (ScopeCursor *self)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  return self->pinned;
}

/* The pointer is at @time, in seconds since the epoch: one that is pinned stays. */
void
scope_cursor_point (ScopeCursor *self,
                    double       time)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  if (!self->pinned)
    move (self, time, FALSE);
}

/* The pointer is nowhere: one that is pinned stays. */
void
scope_cursor_leave (ScopeCursor *self)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  if (!self->pinned)
    move (self, NAN, FALSE);
}

/* Stays at @time, in seconds since the epoch. */
void
scope_cursor_pin (ScopeCursor *self,
                  double       time)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  g_return_if_fail (!isnan (time));
  move (self, time, TRUE);
}

/* Is nowhere, and not pinned any more. */
void
scope_cursor_clear (ScopeCursor *self)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  move (self, NAN, FALSE);
}
