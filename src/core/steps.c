/* steps.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a staircase the growth of a block is like that of a step ago and unlike
 * that of its neighbours; in all other runs the nearest is the likest.  On
 * recorded runs the ratio of the two differences is 0.1 with two workers and
 * 1.0 to 1.7 on one process.
 */
#include "steps.h"

#include <math.h>

#define LIKE_A_STAIRCASE 0.4

/* With fewer blocks, or fewer requests in them, a single process looks like a
 * staircase now and then by chance. */
#define MIN_COMPARED 18
#define MIN_REQUESTS 40

/* Takes the count of the total row of the next block. */
void
scope_steps_add (ScopeSteps *self,
                 guint64     count)
{
  gint64 growth = (gint64) (count - self->last);

  if (self->n > 0 && growth < 0)
    self->n = 0;
  self->last = count;
  if (self->n++ == 0)
    return;
  if (self->n > SCOPE_STEP_BLOCKS + 1)
    {
      for (guint lag = 1; lag <= SCOPE_STEP_BLOCKS; lag++)
        self->change[lag] += fabs ((double) (growth - self->growth[lag - 1]));
      self->n_compared++;
      self->requests += growth;
    }
  for (guint i = SCOPE_STEP_BLOCKS - 1; i > 0; i--)
    self->growth[i] = self->growth[i - 1];
  self->growth[0] = growth;
}

/* Over how many blocks a step goes: 1 where there are none. */
guint
scope_steps_get_width (const ScopeSteps *self)
{
  double neighbours = MIN (self->change[1], self->change[2]);

  return self->n_compared >= MIN_COMPARED && self->requests >= MIN_REQUESTS &&
             self->change[SCOPE_STEP_BLOCKS] < LIKE_A_STAIRCASE * neighbours
           ? SCOPE_STEP_BLOCKS
           : 1;
}
