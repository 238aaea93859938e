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
 * How long a tick is, a tenth of a second or a minute, only the stamps tell: the
 * median of their steps, or their mean where several come in a second.  When that
 * changes, which happens among the first blocks of a run, and when the first
 * second is skipped, which tells where in their seconds the blocks lay, those of
 * the run are timed again.  So a file gives the same times however it was cut
 * into pieces.
 */
#include "clock.h"

#include <math.h>
#include <string.h>

/* Locust sleeps for the interval and needs a little time besides. */
#define TICK_PER_SECOND 1.0024

/* s: with a longer tick no two blocks come in one second. */
#define SHORT_TICK 0.9

/* After how many blocks, by powers of two, a mean step is taken. */
#define FIRST_MEAN 8
#define LAST_MEAN  1024

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

/* Where several blocks come in a second, their mean step is the tick, and their
 * number in the first second tells where in it the first block lies. */
static gboolean
learn_short_tick (ScopeClock *self)
{
  guint  longest = PAUSE_IN_TICKS * MAX (self->median, 1);
  guint  n = 0, sum = 0;
  double tick;

  if (self->median > 1 || self->n_learned < FIRST_MEAN || self->n_learned > LAST_MEAN ||
      (self->n_learned & (self->n_learned - 1)) != 0)
    return FALSE;
  for (guint i = 0; i <= longest; i++)
    {
      n += self->steps[i];
      sum += i * self->steps[i];
    }
  tick = n > 0 ? sum / (double) n : 1;
  if (tick > SHORT_TICK || tick <= 0)
    return FALSE;
  self->known_tick = tick;
  self->known_blocks = n;
  self->known_phase = CLAMP (1 - (self->n_first - 0.5) * tick, 0, 0.999);
  return TRUE;
}

/* The first second that is skipped tells where in their seconds all blocks
 * before it lay, as a tick is a little longer than a second. */
static gboolean
learn_phase (ScopeClock *self,
             gint64      step)
{
  guint before = self->n_learned - 2; /* ticks from the first block to the last one before */

  if (step != 2 || before == 0 || self->median != 1 || self->steps[1] != before ||
      self->n_learned - 1 != before + 1)
    return FALSE;
  self->known_tick = MIN (TICK_PER_SECOND, 1 + 0.999 / before);
  self->known_phase = 0.999 - before * (self->known_tick - 1);
  self->known_blocks = before;
  return TRUE;
}

/**
 * scope_clock_learn:
 * @self: the clock; zeroed for the first block
 * @stamp: the next block's stamp, in seconds since the epoch
 *
 * To be called before scope_clock_next() with the same stamp.
 *
 * Returns: whether it turns out that the blocks of the run should be timed
 *   again, after scope_clock_restart()
 */
gboolean
scope_clock_learn (ScopeClock *self,
                   gint64      stamp)
{
  gint64 step = stamp - self->last_learned;

  self->last_learned = stamp;
  if (self->n_learned++ == 0)
    {
      self->n_first = 1;
      return FALSE;
    }
  if (step == 0 && self->n_first == self->n_learned - 1)
    self->n_first++;
  self->steps[CLAMP (step, 0, SCOPE_CLOCK_LONGEST_STEP)]++;
  if (self->n_learned <= 2 || !is_still_usual (self))
    {
      self->median = find_median (self);
      self->known_tick = 0;
      return TRUE;
    }
  return learn_short_tick (self) || learn_phase (self, step);
}

/* The last block is the first of a run: the next ones may be written at another
 * interval. */
void
scope_clock_begin (ScopeClock *self)
{
  gint64 stamp = self->last_learned;

  self->known_tick = 0;
  self->n_learned = self->n_steps = 0;
  self->sum_steps = 0;
  memset (self->steps, 0, sizeof self->steps);
  scope_clock_learn (self, stamp);
}

/* Back to where @from was, with what was learned. */
void
scope_clock_restart (ScopeClock       *self,
                     const ScopeClock *from)
{
  self->n_blocks = from->n_blocks;
  self->last_stamp = from->last_stamp;
  self->last_time = from->last_time;
  self->offset = from->offset;
  self->n_steps = 0;
  self->sum_steps = 0;
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
  if (self->known_tick > 0 && self->n_steps < self->known_blocks)
    return self->known_tick;
  if (self->known_tick > 0 && self->known_tick <= SHORT_TICK)
    prior = self->known_tick;
  else if (self->median == 0) /* several blocks a second */
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
      time = earliest + (self->known_tick > 0 ? self->known_phase : 0.5);
    }
  else if (step <= 0 && (tick > SHORT_TICK || earliest + 1 <= self->last_time))
    {
      /* The clock was set back: time goes on as if it had not been. */
      time = self->last_time + tick;
      self->offset += floor (time - earliest);
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
