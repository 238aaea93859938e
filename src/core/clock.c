/* clock.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust writes a block at each tick and stamps it with the whole second in
 * which the tick fell.  A tick is a little longer than a second, so that now
 * and then a second is skipped; counts over stamps would halve there.  The
 * true time t of a block lies in [stamp, stamp + 1); a steady tick that is
 * clamped into that interval follows it.  Nothing here is ever corrected
 * afterwards, so a file gives the same times however it was cut into pieces.
 */
#include "clock.h"

#include <math.h>

/* Locust sleeps for the interval and needs a little time besides. */
#define TICK_PER_SECOND 1.0024

/* How many measured ticks weigh as much as the assumed one. */
#define PRIOR_WEIGHT 8

#define PAUSE_IN_TICKS 3

/* s: stamps may be so far apart for no other reason than that they are whole */
#define LONGEST_SECOND 2

/* s: what a double of today's date can still tell apart */
#define SHORTEST_STEP 1e-6

static guint
median_step (const ScopeClock *self)
{
  guint seen = 0;

  for (guint i = 0; i < SCOPE_CLOCK_LONGEST_STEP; i++)
    {
      seen += self->steps[i];
      if (2 * seen > self->n_steps)
        return i;
    }
  return 1;
}

/**
 * scope_clock_tick:
 * @self: the clock
 *
 * Returns: the time from one block to the next, in seconds: the mean of those
 *   seen, held to the usual one while there are few
 */
double
scope_clock_tick (const ScopeClock *self)
{
  guint  median = median_step (self);
  double prior = median * TICK_PER_SECOND;

  if (self->n_steps == 0)
    return TICK_PER_SECOND;
  if (median == 0) /* several blocks a second */
    return MAX ((double) self->sum_steps, 0.5) / self->n_steps;
  return (PRIOR_WEIGHT * prior + self->sum_steps) / (PRIOR_WEIGHT + self->n_steps);
}

/**
 * scope_clock_guess:
 * @self: the clock, after the first block
 * @stamp: of a later block, in seconds since the epoch
 *
 * Returns: when that block will turn out to have been written, if those
 *   before it are written in time, in seconds since the epoch
 */
double
scope_clock_guess (const ScopeClock *self,
                   gint64            stamp)
{
  double tick = scope_clock_tick (self);
  double n_ticks = MAX (1, round ((stamp - self->last_stamp) / tick));
  double earliest = stamp + self->offset;

  return CLAMP (self->last_time + n_ticks * tick, earliest, earliest + 0.999);
}

/**
 * scope_clock_next:
 * @self: the clock; zeroed for the first block
 * @stamp: the next block's stamp, in seconds since the epoch
 * @paused: (out): whether the writer had paused before this block
 *
 * Returns: when the block was written, in seconds since the epoch; later than
 *   the block before
 */
double
scope_clock_next (ScopeClock *self,
                  gint64      stamp,
                  gboolean   *paused)
{
  double tick = scope_clock_tick (self);
  gint64 step = stamp - self->last_stamp;
  double earliest = stamp + self->offset;
  double time;

  *paused = FALSE;
  if (self->n_blocks == 0)
    {
      time = earliest + 0.5;
    }
  else if (step < 0 && earliest + 1 <= self->last_time)
    {
      /* The clock was set back: time goes on as if it had not been. */
      time = self->last_time + tick;
      self->offset = time - 0.5 - stamp;
    }
  else if (step > MAX (PAUSE_IN_TICKS * tick, LONGEST_SECOND))
    {
      *paused = TRUE;
      time = earliest + 0.5;
    }
  else
    {
      time = CLAMP (self->last_time + tick, earliest, earliest + 0.999);
      if (time <= self->last_time) /* several blocks at the end of one second */
        time = MAX ((self->last_time + earliest + 1) / 2, self->last_time + SHORTEST_STEP);
      self->n_steps++;
      self->sum_steps += MAX (step, 0);
      self->steps[CLAMP (step, 0, SCOPE_CLOCK_LONGEST_STEP - 1)]++;
    }
  self->n_blocks++;
  self->last_stamp = stamp;
  self->last_time = time;
  return time;
}
