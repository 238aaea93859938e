/* steps.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a staircase the growth of a block is like that of a step ago and unlike
 * that of its neighbours; in all other runs the nearest is the likest.  On
 * 25 recorded runs of one to four workers the ratio of the two differences is
 * 0.03 to 0.4, on eight of a single process 0.98 to 1.8.
 *
 * A block's tick is a little longer than a third of a step, so now and then a
 * report comes after two blocks, not three.  It brings the requests of 3 s all
 * the same: from there on the counters are a block ahead.
 */
#include "steps.h"

#include <math.h>

/* By chance the ratio of a single process is below 1, but the less the more
 * blocks with requests were compared. */
#define LIKE_A_STAIRCASE 0.7
#define CHANCE           3.2

/* What a step can differ from its neighbours by chance, in the square root of
 * its requests. */
#define NOISE 1.5

static double
get_median (const gint64 *values)
{
  gint64 sorted[SCOPE_STEPS_COMPARED];

  for (guint i = 0, j; i < SCOPE_STEPS_COMPARED; i++)
    {
      for (j = i; j > 0 && sorted[j - 1] > values[i]; j--)
        sorted[j] = sorted[j - 1];
      sorted[j] = values[i];
    }
  return (double) sorted[SCOPE_STEPS_COMPARED / 2];
}

/* Over any three blocks a whole step is counted: those that hold two, or none,
 * stand out from their neighbours.  Two in a row may, where two workers drift
 * together. */
static double
get_pace (const ScopeSteps *self)
{
  double usual = get_median (self->step);
  double step = (double) self->step[SCOPE_PACE_DELAY];

  if (self->n < SCOPE_STEP_BLOCKS + SCOPE_STEPS_COMPARED || usual <= 0 ||
      fabs (step - usual) < NOISE * sqrt (usual))
    return 1;
  return step / usual;
}

/**
 * scope_steps_add:
 * @self: the steps
 * @count: of the total row of the next block
 *
 * Returns: how far the counters went on with the block that was
 *   SCOPE_PACE_DELAY before it, in blocks: 1, but 2 where a report came a block
 *   early, 0 where one came late, and a part of that where it was one of
 *   several workers'
 */
double
scope_steps_add (ScopeSteps *self,
                 guint64     count)
{
  gint64 growth = (gint64) (count - self->last);

  if (self->n > 0 && growth < 0)
    self->n = 0;
  self->last = count;
  if (self->n++ == 0)
    return 1;
  for (guint i = SCOPE_STEPS_COMPARED - 1; i > 0; i--)
    self->step[i] = self->step[i - 1];
  self->step[0] = growth + self->growth[0] + self->growth[1];
  if (self->n > SCOPE_STEP_BLOCKS + 1 && self->step[0] + self->growth[2] > 0)
    {
      for (guint lag = 1; lag <= SCOPE_STEP_BLOCKS; lag++)
        self->change[lag] += fabs ((double) (growth - self->growth[lag - 1]));
      self->n_compared++;
      self->requests += growth;
    }
  for (guint i = SCOPE_STEP_BLOCKS - 1; i > 0; i--)
    self->growth[i] = self->growth[i - 1];
  self->growth[0] = growth;
  return get_pace (self);
}

/* Over how many blocks a step goes: 1 where there are none. */
guint
scope_steps_get_width (const ScopeSteps *self)
{
  double neighbours = MIN (self->change[1], self->change[2]);
  double n = MIN (self->n_compared, self->requests / 2.0);

  return self->change[SCOPE_STEP_BLOCKS] <
             MIN (LIKE_A_STAIRCASE, 1 - CHANCE / sqrt (n)) * neighbours
           ? SCOPE_STEP_BLOCKS
           : 1;
}
