/* baseline-values.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which endpoint of the baseline is the same, and what its value was when as
 * much time had passed.  Nothing is made up: where there is no block near, or no
 * value, there is none.
 */
#include "baseline-private.h"

#include "means.h"

#include <math.h>

/* A value stands for what is no farther than this from it. */
#define REACH_TICKS 1.5

/* s: the same moment in both runs is the same but for rounding. */
#define ROUNDING_S 1e-6

static guint
hash_endpoint (gconstpointer key)
{
  ScopeEndpoint *endpoint = (ScopeEndpoint *) key;

  return g_str_hash (scope_endpoint_get_type_name (endpoint)) * 31 +
         g_str_hash (scope_endpoint_get_name (endpoint));
}

static gboolean
is_same_endpoint (gconstpointer a,
                  gconstpointer b)
{
  ScopeEndpoint *one = (ScopeEndpoint *) a, *other = (ScopeEndpoint *) b;

  return scope_endpoint_get_is_total (one) == scope_endpoint_get_is_total (other) &&
         g_str_equal (scope_endpoint_get_name (one), scope_endpoint_get_name (other)) &&
         g_str_equal (scope_endpoint_get_type_name (one), scope_endpoint_get_type_name (other));
}

/* Names that could not be decoded can look alike: nobody knows which is meant. */
static void
make_known (ScopeBaseline *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  self->known = g_hash_table_new (hash_endpoint, is_same_endpoint);
  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, i);
      guint          value = g_hash_table_contains (self->known, endpoint) ? 0 : i + 1;

      g_hash_table_insert (self->known, endpoint, GUINT_TO_POINTER (value));
    }
}

/**
 * scope_baseline_get_position:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 *
 * Each is looked for once.
 *
 * Returns: the position of the same endpoint in the baseline's history, or
 *   SCOPE_BASELINE_NONE
 */
guint
scope_baseline_get_position (ScopeBaseline *self,
                             guint          position)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), SCOPE_BASELINE_NONE);

  if (scope_baseline_is_own (self))
    return position;
  if (self->known == NULL)
    make_known (self);
  for (guint i = self->positions->len; i <= position; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->looked_at, i);
      guint          found = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, endpoint));

      found = found > 0 ? found - 1 : SCOPE_BASELINE_NONE;
      g_array_append_val (self->positions, found);
    }
  return g_array_index (self->positions, guint, position);
}

/* Whether the baseline's file has @statistic. */
gboolean
scope_baseline_has_statistic (ScopeBaseline *self,
                              ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  return scope_history_has_statistic (self->history, statistic);
}

/* The time from one block to the next round @block, in s. */
static double
get_tick (ScopeHistory *history,
          guint         block)
{
  guint               low = 0, high;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &high);

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (stretches[middle].first <= block)
        low = middle;
      else
        high = middle;
    }
  return stretches[low].tick / stretches[low].part;
}

/* The block of the baseline that stands for @time, if any does. */
static gboolean
find_block (ScopeBaseline *self,
            double         time,
            guint         *block)
{
  const double *times = scope_history_get_times (self->history);
  ScopeRun      run = scope_baseline_get_blocks (self);
  double        wanted = time - self->offset;
  guint         next;

  if (isnan (wanted) || run.first >= run.end)
    return FALSE;
  next = run.first + scope_times_find (times + run.first, run.end - run.first, wanted);
  if (next > run.first && (next == run.end || wanted - times[next - 1] <= times[next] - wanted))
    next--;
  *block = next;
  return fabs (times[next] - wanted) <= REACH_TICKS * get_tick (self->history, next);
}

/**
 * scope_baseline_get_value:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 * @statistic: what is wanted
 * @time: seconds since the epoch, in the history that is looked at
 *
 * Returns: what it was in the baseline when as much time had passed, in ms or
 *   a second; NaN where there is no such endpoint, statistic, moment or value
 */
double
scope_baseline_get_value (ScopeBaseline *self,
                          guint          position,
                          ScopeStatistic statistic,
                          double         time)
{
  guint theirs, block;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  theirs = scope_baseline_get_position (self, position);
  if (theirs == SCOPE_BASELINE_NONE || !scope_baseline_has_statistic (self, statistic) ||
      !find_block (self, time, &block))
    return NAN;
  return scope_history_get_value (self->history, theirs, statistic, block);
}

static double
get_difference (ScopeBaseline *self,
                guint          position,
                ScopeStatistic statistic,
                guint          block)
{
  double time = scope_history_get_times (self->looked_at)[block];
  double before = scope_baseline_get_value (self, position, statistic, time);
  double now;

  if (isnan (before) || before == 0) /* as mostly where there are others */
    return NAN;
  now = scope_history_get_value (self->looked_at, position, statistic, block);
  return (now - before) / before * 100;
}

/**
 * scope_baseline_get_difference:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 * @statistic: what is compared
 * @time: seconds since the epoch: the block nearest to it
 *
 * Returns: by how many per cent of the baseline's value it is higher; NaN where
 *   either has none, or the baseline's is 0
 */
double
scope_baseline_get_difference (ScopeBaseline *self,
                               guint          position,
                               ScopeStatistic statistic,
                               double         time)
{
  guint block;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  if (!scope_history_find_block (self->looked_at, time, &block))
    return NAN;
  return get_difference (self, position, statistic, block);
}

/**
 * scope_baseline_get_common:
 * @self: the baseline
 * @start: (inout): seconds since the epoch, in the history that is looked at
 * @end: (inout): seconds since the epoch
 *
 * Narrows a stretch of time to what both runs have of it; -INFINITY to INFINITY to all
 * that they have in common.
 *
 * Returns: whether anything is left
 */
gboolean
scope_baseline_get_common (ScopeBaseline *self,
                           double        *start,
                           double        *end)
{
  guint own_end, their_end;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);

  if (isnan (self->offset))
    return FALSE;
  own_end = scope_history_get_run (self->looked_at, self->start.run).end;
  their_end = scope_history_get_run (self->history, self->run).end;
  *start = MAX (*start, self->start.time);
  *end = MIN (*end, scope_history_get_times (self->looked_at)[own_end - 1]);
  *end = MIN (*end, scope_history_get_times (self->history)[their_end - 1] + self->offset);
  return *start < *end;
}

/**
 * scope_baseline_get_mean_difference:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 * @statistic: what is compared
 * @start: seconds since the epoch, in the history that is looked at
 * @end: seconds since the epoch
 *
 * Of runs of unequal length, what both have of that stretch of time is compared.
 *
 * Returns: by how many per cent of the baseline's mean that of scope_history_get_mean()
 *   is higher; NaN where either has none, or the baseline's is 0
 */
double
scope_baseline_get_mean_difference (ScopeBaseline *self,
                                    guint          position,
                                    ScopeStatistic statistic,
                                    double         start,
                                    double         end)
{
  guint  theirs;
  double before, now;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  theirs = scope_baseline_get_position (self, position);
  if (theirs == SCOPE_BASELINE_NONE || !scope_baseline_has_statistic (self, statistic) ||
      !scope_baseline_get_common (self, &start, &end))
    return NAN;
  start -= ROUNDING_S;
  end += ROUNDING_S;
  before = scope_history_get_mean (self->history, theirs, statistic, start - self->offset,
                                   end - self->offset);
  if (isnan (before) || before == 0)
    return NAN;
  now = scope_history_get_mean (self->looked_at, position, statistic, start, end);
  return (now - before) / before * 100;
}
