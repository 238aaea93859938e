/* history-time.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When each block was written, and which blocks belong together: runs, and
 * what lies between pauses of the writer.
 */
#include "history-private.h"

#include <math.h>

/* Over so many blocks the pace of requests is looked at, and fewer requests
 * in each say nothing of it. */
#define PACE_BLOCKS  10
#define SLOWEST_PACE 16

static ScopeStretch *
get_last_stretch (ScopeHistory *self)
{
  return &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);
}

static gboolean
start_stretch (ScopeHistory *self,
               guint         block,
               gboolean      is_run)
{
  ScopeStretch stretch = { .first = block,
                           .from_zero = is_run,
                           .is_run = is_run,
                           .part = 1,
                           .tick = scope_clock_tick (&self->clock) };

  if (self->stretches->len > 0 && get_last_stretch (self)->first == block)
    {
      /* The file's first block cannot be told from the rest of a run. */
      if (block == 0 || !is_run || get_last_stretch (self)->is_run)
        return FALSE;
      *get_last_stretch (self) = stretch;
    }
  else
    {
      g_array_append_val (self->stretches, stretch);
    }
  scope_history_changed_from (self, block);
  return TRUE;
}

/* The last block is the first of a run. */
void
scope_history_start_run (ScopeHistory *self)
{
  guint block = self->times->len - 1;

  if (!start_stretch (self, block, TRUE) || block == 0)
    return;
  scope_clock_begin (&self->clock);
  self->timed_from = self->times->len;
  self->timed_clock = self->clock;
}

/* Only with the second block of a run is the tick known that its zero lies
 * before the first. */
static void
set_tick (ScopeHistory *self)
{
  ScopeStretch *last = get_last_stretch (self);

  if (last->first + 2 != self->times->len || !last->from_zero)
    return;
  last->tick = last->part * scope_clock_tick (&self->clock);
  scope_history_changed_from (self, last->first);
}

/* s of requests in a block of a staircase: workers report every 3 s, however
 * long a tick is. */
double
scope_history_get_block_length (ScopeHistory *self)
{
  return round (scope_clock_tick (&self->clock));
}

static void
add_time (ScopeHistory *self,
          gint64        stamp)
{
  guint    block = self->times->len;
  gboolean paused;
  double   time = scope_clock_next (&self->clock, stamp, &paused);

  g_array_append_val (self->times, time);
  if (paused)
    start_stretch (self, block, FALSE);
}

/* Times the blocks of the run anew, and so finds its pauses anew. */
static void
time_again (ScopeHistory *self)
{
  guint n_blocks = self->times->len;
  guint first = self->timed_from;

  while (self->stretches->len > 1 && get_last_stretch (self)->first >= first)
    g_array_set_size (self->stretches, self->stretches->len - 1);
  g_array_set_size (self->times, first);
  scope_clock_restart (&self->clock, &self->timed_clock);
  for (guint block = first; block < n_blocks; block++)
    {
      add_time (self, g_array_index (self->stamps, gint64, block));
      set_tick (self);
    }
  scope_history_changed_from (self, first > 0 ? first - 1 : 0);
}

/**
 * scope_history_add_time:
 * @self: the history
 * @stamp: of the next block, in seconds since the epoch
 * @starts_run: whether the header came again before it
 */
void
scope_history_add_time (ScopeHistory *self,
                        gint64        stamp,
                        gboolean      starts_run)
{
  guint  n_blocks = self->times->len;
  double counted = 0;

  if (scope_clock_learn (&self->clock, stamp))
    time_again (self);
  add_time (self, stamp);
  if (n_blocks > 0)
    counted = g_array_index (self->counted, double, n_blocks - 1) +
              scope_history_get_block_length (self);
  g_array_append_val (self->counted, counted);
  g_array_append_val (self->stamps, stamp);
  if (starts_run || self->times->len == 1)
    scope_history_start_run (self);
  set_tick (self);
}

/* Whether the counters of the last run were 0 a tick before its first block. */
void
scope_history_set_from_zero (ScopeHistory *self,
                             gboolean      from_zero)
{
  ScopeStretch *last = get_last_stretch (self);

  if (last->from_zero == from_zero)
    return;
  last->from_zero = from_zero;
  scope_history_changed_from (self, last->first);
}

/* A block took its counters on by @pace blocks, not one, as those after it now
 * tell. */
void
scope_history_note_pace (ScopeHistory *self,
                         double        pace)
{
  double ahead = (pace - 1) * scope_history_get_block_length (self);
  guint  block = self->counted->len - 1 - SCOPE_PACE_DELAY;

  if (pace == 1)
    return;
  for (guint b = block; b < self->counted->len; b++)
    g_array_index (self->counted, double, b) += ahead;
  if (self->intervals.smooth > 1)
    scope_history_changed_from (self, block);
}

static double
count_between (const ScopeColumns *total,
               guint               from,
               guint               to)
{
  return (double) (scope_columns_get_count (total, to - total->first) -
                   scope_columns_get_count (total, from - total->first));
}

/* Requests in a block over the last few before @end, or 0 where they did not
 * go on to the end. */
static double
get_pace (ScopeHistory       *self,
          const ScopeColumns *total,
          guint               end)
{
  const ScopeStretch *before =
    &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 2);
  guint  first = MAX (before->first, end > PACE_BLOCKS ? end - PACE_BLOCKS - 1 : 0);
  double pace;

  if (!scope_columns_has_row (total, first) || !scope_columns_has_row (total, end - 1) ||
      first + 1 >= end)
    return 0;
  pace = count_between (total, first, end - 1) / (end - 1 - first);
  return count_between (total, end - 2, end - 1) < pace / 2 ? 0 : pace;
}

/* Counters that are set back while requests go on as before are not 0 a whole
 * tick before the next block, but as long before as it takes for as many
 * requests as they have there.  Of n requests a block m have come: by the rule
 * of succession (m + 1) / (n + 2) of it has passed. */
void
scope_history_time_reset (ScopeHistory       *self,
            const ScopeColumns *total)
{
  guint         block = self->times->len - 1;
  ScopeStretch *last = &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);
  double        pace, requests, growth;

  if (self->stretches->len < 2 || !last->is_run || last->first + 1 != block ||
      !scope_columns_has_row (total, last->first) || self->intervals.smooth > 1)
    return;
  pace = get_pace (self, total, last->first);
  requests = scope_columns_get_count (total, last->first - total->first);
  growth = count_between (total, last->first, block);
  if (pace < SLOWEST_PACE || growth < pace / 2 || growth > pace * 2)
    return;
  last->part = MIN (1, (requests + 1) / ((pace + growth) / 2 + 2));
  last->tick = last->part * scope_clock_tick (&self->clock);
  scope_history_changed_from (self, last->first);
}

/**
 * scope_history_find_block:
 * @self: the history
 * @time: seconds since the epoch
 * @block: (out): the block whose time is nearest
 *
 * Returns: whether there is any
 */
gboolean
scope_history_find_block (ScopeHistory *self,
                          double        time,
                          guint        *block)
{
  const double *times;
  guint         n, next;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);

  times = (const double *) self->times->data;
  n = self->times->len;
  next = scope_times_find (times, n, time);
  if (next > 0 && (next == n || time - times[next - 1] <= times[next] - time))
    next--;
  *block = next;
  return n > 0;
}
