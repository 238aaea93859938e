/* totals.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counters are sums already, so what was counted from one block to another is
 * one difference for each run between them, however many blocks there are.
 * Requests that were made while nothing was written, in a pause, are counted:
 * the counters after it have them.  No rate can be told of them, so rates are
 * of the requests between blocks that belong together and of the time between
 * those.
 */
#include "totals.h"

#include "counters.h"

/* What is left of equal sums after products and differences. */
#define ROUNDING_MS 1e-3

/* From where to where something is counted; nothing if the base is the last. */
typedef struct
{
  gint32 base; /* block, or SCOPE_BASE_ZERO */
  gint32 last; /* block */
} Part;

/* The last stretch that begins no later than @block. */
static guint
find_stretch (const ScopeStretch *stretches,
              guint               n_stretches,
              guint               block)
{
  guint low = 0, high = n_stretches;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (stretches[middle].first <= block)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_known (const ScopeColumns *columns,
          gint32              block)
{
  gboolean is_beyond = block >= 0 && (guint) block >= columns->first + columns->n_rows;

  return !is_beyond && !isnan (scope_counters_get (columns, block).sum);
}

/* Shortens @part to what is known of the endpoint: a row at its ends could not
 * be read or has not come yet, or the first ones never came.  Rows in a row
 * that are not known are few.
 *
 * Returns: whether that was all of it */
static gboolean
shorten (Part               *part,
         const ScopeColumns *columns)
{
  Part whole = *part;

  part->last = MIN (part->last, (gint32) (columns->first + columns->n_rows) - 1);
  while (part->last > part->base && !is_known (columns, part->last))
    part->last--;
  while (part->base < part->last && !is_known (columns, part->base))
    part->base = MAX (part->base + 1, (gint32) columns->first);
  part->base = MIN (part->base, part->last);
  return part->base == whole.base && part->last == whole.last;
}

/* Where the counters of a part of a run begin that begins with the block
 * @first. */
static gint32
get_base (const ScopeStretch *stretch,
          guint               first)
{
  if (first > stretch->first)
    return (gint32) first - 1;
  if (stretch->from_zero)
    return SCOPE_BASE_ZERO;
  return stretch->is_run || first == 0 ? (gint32) first : (gint32) first - 1;
}

/* The same for a rate: no pause is spanned, and in a staircase nothing before
 * the first whole step, as in intervals.c. */
static gint32
get_rate_base (const ScopeStretch *stretch,
               guint               smooth,
               guint               first)
{
  gboolean from_zero = stretch->from_zero && (smooth == 1 || stretch->first == 0);
  gint32   first_known = (gint32) (stretch->first + (from_zero ? 0 : smooth - 1));

  if (first > stretch->first)
    return MAX ((gint32) first - 1, first_known);
  return from_zero ? SCOPE_BASE_ZERO : first_known;
}

/* Averages that were cut to whole ms say nothing by their difference, but are
 * nearly right where it is from zero. */
static double
get_sum (const ScopeColumns  *columns,
         const ScopeCounters *now,
         const ScopeCounters *before)
{
  double sum = now->sum - before->sum;

  if (sum < -ROUNDING_MS || (columns->schema->averages_are_cut && before->count > 0))
    return NAN;
  return fmax (sum, 0);
}

/* Adds what was counted in a part of one run. */
static void
add_counters (ScopeTotals        *self,
              const ScopeColumns *columns,
              Part                part)
{
  ScopeCounters now, before;

  if (part.base == part.last)
    return;
  if (!shorten (&part, columns))
    self->is_partial = TRUE;
  if (part.base == part.last)
    return;
  now = scope_counters_get (columns, part.last);
  before = scope_counters_get (columns, part.base);
  if (now.count < before.count || now.failures < before.failures)
    {
      self->is_partial = TRUE;
      return;
    }
  if (isnan (self->requests))
    self->requests = self->failures = self->sum = 0;
  self->requests += now.count - before.count;
  self->failures += now.failures - before.failures;
  self->sum += get_sum (columns, &now, &before);
}

static ScopeCounters
get_rate_counters (const ScopeColumns   *columns,
                   const ScopeIntervals *intervals,
                   const ScopeStretch   *stretch,
                   gint32                block)
{
  return intervals->smooth == 1 || block < 0
           ? scope_counters_get (columns, block)
           : scope_counters_get_smooth (columns, intervals->smooth, stretch->first, block);
}

/* Adds the time of a part of one stretch, and what was counted in it. */
static void
add_time (ScopeTotals          *self,
          const ScopeColumns   *columns,
          const ScopeIntervals *intervals,
          const ScopeStretch   *stretch,
          Part                  part)
{
  const double *times = intervals->times;
  ScopeCounters now, before;
  double        start;

  if (part.base >= part.last)
    return;
  shorten (&part, columns);
  if (part.base == part.last)
    return;
  now = get_rate_counters (columns, intervals, stretch, part.last);
  before = get_rate_counters (columns, intervals, stretch, part.base);
  if (isnan (now.sum - before.sum) || now.count < before.count)
    return;
  start = part.base < 0 ? times[stretch->first] - stretch->tick : times[part.base];
  self->timed += now.count - before.count;
  self->duration += times[part.last] - start;
}

/**
 * scope_totals_compute:
 * @columns: of an endpoint
 * @intervals: of all blocks
 * @stretches: ordered by their first block; the first begins at block 0
 * @n_stretches: their number
 * @first: the first block
 * @end: the block after the last
 *
 * Each block stands for the time since the block before it, so the totals are
 * of what happened after block @first - 1 was written, until block @end - 1
 * was; at the start of a run that began with counters of 0, from there on.
 * Where a file or run begins with counters that were not, its first block
 * stands for nothing.  Totals of neighbouring ranges add up.
 *
 * Returns: the totals, whose requests are NaN if nothing is known
 */
ScopeTotals
scope_totals_compute (const ScopeColumns   *columns,
                      const ScopeIntervals *intervals,
                      const ScopeStretch   *stretches,
                      guint                 n_stretches,
                      guint                 first,
                      guint                 end)
{
  ScopeTotals self = SCOPE_TOTALS_UNKNOWN;
  guint       s;

  if (first >= end || n_stretches == 0 || columns->n_rows == 0)
    return self;
  s = find_stretch (stretches, n_stretches, first);
  for (guint from = first, to; from < end; from = to)
    {
      gint32 base = get_base (&stretches[s], from);

      to = from;
      do
        {
          const ScopeStretch *stretch = &stretches[s++];
          gint32              rate_base = get_rate_base (stretch, intervals->smooth, to);

          to = s < n_stretches ? MIN (end, stretches[s].first) : end;
          add_time (&self, columns, intervals, stretch, (Part){ rate_base, (gint32) to - 1 });
        }
      while (to < end && !stretches[s].is_run);
      add_counters (&self, columns, (Part){ base, (gint32) to - 1 });
    }
  return self;
}
