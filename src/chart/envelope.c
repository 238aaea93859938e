/* envelope.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks are put into bins once for all endpoints; each series then takes one
 * pass over its packed values.
 */
#include "envelope.h"

#include <math.h>

/**
 * scope_block_range:
 * @times: when each block was written, in seconds, rising
 * @n_blocks: their number
 * @start: seconds
 * @end: seconds
 *
 * Returns: the blocks in [start, end], and one more at each side
 */
ScopeBlockRange
scope_block_range (const double *times,
                   guint         n_blocks,
                   double        start,
                   double        end)
{
  guint first = scope_times_find (times, n_blocks, start);
  guint last = scope_times_find (times, n_blocks, end);

  return (ScopeBlockRange){ .first = first > 0 ? first - 1 : 0, .end = MIN (last + 1, n_blocks) };
}

/**
 * scope_bins_new:
 * @times: when each block was written, in seconds, rising
 * @range: the blocks that are looked at
 * @stretches: what belongs together, ordered by first block
 * @n_stretches: their number
 * @x: from seconds to px
 * @column: width of a pixel column in px
 *
 * Returns: (transfer full) (element-type ScopeBin): the blocks by column; a
 *   bin ends where a stretch does
 */
GArray *
scope_bins_new (const double       *times,
                ScopeBlockRange     range,
                const ScopeStretch *stretches,
                guint               n_stretches,
                const ScopeScale   *x,
                double              column)
{
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (ScopeBin));
  double  last_column = -G_MAXDOUBLE;
  guint   s = 0;

  while (s < n_stretches && stretches[s].first <= range.first)
    s++;
  for (guint b = range.first; b < range.end; b++)
    {
      double   px = scope_scale_to_px (x, times[b]);
      double   place = scope_scale_round_down ((px - x->from) / column);
      gboolean starts = s < n_stretches && stretches[s].first == b;

      if (starts)
        s++;
      if (starts || place != last_column)
        {
          ScopeBin bin = { .first = b,
                           .column = (int) CLAMP (place, G_MININT / 2, G_MAXINT / 2),
                           .x_first = (float) px,
                           .starts_stretch = starts };

          g_array_append_val (bins, bin);
          last_column = place;
        }
      g_array_index (bins, ScopeBin, bins->len - 1).end = b + 1;
      g_array_index (bins, ScopeBin, bins->len - 1).x_last = (float) px;
    }
  return bins;
}

/* The first of the bins that lies in @column or right of it. */
guint
scope_bins_find (const GArray *bins,
                 int           column)
{
  guint low = 0, high = bins->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (bins, ScopeBin, middle).column < column)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * scope_envelope_add:
 * @points: (element-type ScopePoint): takes a point for each bin that has a
 *   value
 * @bins: (element-type ScopeBin): from scope_bins_new()
 * @from: the first bin that is wanted
 * @to: the one behind the last
 * @series: values by block; NaN is a gap
 *
 * Reduces a series to what can be seen.
 */
void
scope_envelope_add (GArray            *points,
                    const GArray      *bins,
                    guint              from,
                    guint              to,
                    const ScopeSeries *series)
{
  guint end = series->first + series->n;
  guint last_seen = G_MAXUINT; /* block of the last value that is no gap */

  for (guint i = from; i < to; i++)
    {
      const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);
      ScopePoint      point = { .x_first = bin->x_first, .x_last = bin->x_last };
      guint           first = MAX (bin->first, series->first);
      guint           behind = MIN (bin->end, end);
      gboolean        any = FALSE;

      for (guint b = first; b < behind; b++)
        {
          float value = series->values[b - series->first];

          if (isnan (value))
            continue;
          if (!any)
            {
              point.first = point.low = point.high = value;
              point.joined = !bin->starts_stretch && last_seen != G_MAXUINT && last_seen + 1 == b;
              any = TRUE;
            }
          point.low = MIN (point.low, value);
          point.high = MAX (point.high, value);
          point.last = value;
          last_seen = b;
        }
      if (any)
        g_array_append_val (points, point);
    }
}
