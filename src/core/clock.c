/* clock.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust writes a block at each tick and stamps it with the whole second in
 * which the tick fell.  A tick is a little longer than a second, so that now
 * and then a second is skipped; counts over stamps would halve there.  The
 * true time t of a block lies in [stamp, stamp + 1); a steady tick that is
 * clamped into that interval follows it.
 *
 * How long a tick is, a second or a minute, only the stamps tell: the median of
 * their steps.  When it changes, which happens among the first few blocks, all
 * are timed again.  So a file gives the same times however it was cut into
 * pieces.
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
find_median (const ScopeClock *self)
{
  guint n_steps = self->n_learned - 1;
  guint seen = 0;

  for (guint i = 0; i <= SCOPE_CLOCK_LONGEST_STEP; i++)
    {
      seen += self->steps[i];
      if (2 * seen >= n_steps)
        return i;
    }
  return 1;
}

/* Whether the median that was found still lies in the middle third.  Steps of
 * 0 and 1 s take turns where a tick is half a second; which of them is the
 * median must not change with every block. */
static gboolean
is_still_usual (const ScopeClock *self)
{
  guint n_steps = self->n_learned - 1;
  guint n_shorter = 0;

  for (guint i = 0; i < self->median; i++)
    n_shorter += self->steps[i];
  return 3 * n_shorter < 2 * n_steps && 3 * (n_shorter + self->steps[self->median]) > n_steps;
}

/**
 * scope_clock_learn:
 * @self: the clock; zeroed for the first block
 * @stamp: the next block's stamp, in seconds since the epoch
 *
 * To be called before scope_clock_next() with the same stamp.
 *
 * Returns: whether the usual step turns out to be another than was thought,
 *   so that all blocks since the first should be timed again, after
 *   scope_clock_restart()
 */
gboolean
scope_clock_learn (ScopeClock *self,
                   gint64      stamp)
{
  gint64 step = stamp - self->last_learned;

  self->last_learned = stamp;
  if (self->n_learned++ == 0)
    return FALSE;
  self->steps[CLAMP (step, 0, SCOPE_CLOCK_LONGEST_STEP)]++;
  if (self->n_learned > 2 && is_still_usual (self))
    return FALSE;
  self->median = find_median (self);
  return TRUE;
}

/* Back to before the first block, with what was learned. */
void
scope_clock_restart (ScopeClock *self)
{
  self->n_blocks = self->n_steps = 0;
  self->sum_steps = 0;
  self->offset = 0;
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
  double prior = self->median * TICK_PER_SECOND;

  if (self->n_learned < 2)
    return TICK_PER_SECOND;
  if (self->median == 0) /* several blocks a second */
    return MAX ((double) self->sum_steps, 0.5) / MAX (self->n_steps, 1);
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
    }
  self->n_blocks++;
  self->last_stamp = stamp;
  self->last_time = time;
  return time;
}
