/* uprights.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a column the lowest and the highest value are enough, four values at a
 * time.
 */
#include "uprights.h"

#include "lanes.h"

#include <math.h>

/* Samples in a column, on average, from which on nobody sees their order. */
#define MANY 3

#define N_COLUMNS (SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN)

/**
 * scope_uprights_suit:
 * @bins: (element-type ScopeBin): a whole picture's
 *
 * Returns: whether there are many samples a column
 */
gboolean
scope_uprights_suit (const GArray *bins)
{
  if (bins->len == 0)
    return FALSE;
  return g_array_index (bins, ScopeBin, bins->len - 1).end -
           g_array_index (bins, ScopeBin, 0).first >=
         MANY * bins->len;
}

static void
empty (ScopeUprightsRun *self,
       int               first,
       int               end)
{
  ScopeUprights *uprights = &self->uprights;

  for (int i = first; i < end; i++)
    {
      uprights->low[i] = uprights->way_low[i] = SCOPE_RASTER_FAR;
      uprights->high[i] = uprights->way_high[i] = -SCOPE_RASTER_FAR;
    }
  self->first = N_COLUMNS;
  self->end = 0;
}

/* Makes an empty one. */
void
scope_uprights_init (ScopeUprightsRun *self)
{
  empty (self, 0, N_COLUMNS);
}

/* The lowest and the highest of some values but gaps, which are NaN and so never
 * less than another; lowest above highest where there are only gaps. */
static inline void
find_extremes (const float *values,
               guint        n,
               float       *low,
               float       *high)
{
  ScopeFloats lows = scope_floats_all (G_MAXFLOAT), highs = -lows;

  if (n < SCOPE_LANES)
    {
      for (guint i = 0; i < n; i++)
        {
          lows[0] = values[i] < lows[0] ? values[i] : lows[0];
          highs[0] = values[i] > highs[0] ? values[i] : highs[0];
        }
    }
  else
    {
      for (guint i = 0; i < n; i += SCOPE_LANES)
        {
          /* The last ones overlap. */
          ScopeFloats now = scope_floats_load (values + MIN (i, n - SCOPE_LANES));

          lows = scope_floats_min (now, lows);
          highs = scope_floats_max (now, highs);
        }
    }
  *low = MIN (MIN (lows[0], lows[1]), MIN (lows[2], lows[3]));
  *high = MAX (MAX (highs[0], highs[1]), MAX (highs[2], highs[3]));
}

static void
draw_run (ScopeUprightsRun         *self,
          ScopeRaster              *raster,
          const ScopeUprightsPlace *place,
          const ScopeStroke        *stroke)
{
  const ScopeUprights *uprights = &self->uprights;

  if (self->first >= self->end)
    return;
  if (self->first + 1 == self->end && uprights->low[self->first] == uprights->high[self->first])
    {
      ScopeVertex dot = { (float) (self->first - SCOPE_RASTER_MARGIN) + 0.5f,
                          uprights->low[self->first] };
      ScopeStroke pen = *stroke;

      pen.radius = place->dot_radius;
      pen.dashes = NULL;
      scope_raster_add_line (raster, &dot, 1, &pen);
    }
  else
    {
      scope_raster_add_uprights (raster, &self->uprights, stroke);
    }
  empty (self, self->first, self->end);
}

/**
 * scope_uprights_draw:
 * @self: an empty run, as it is afterwards
 * @raster: in use
 * @bins: (element-type ScopeBin): a whole picture's
 * @from: the first bin that matters
 * @to: the one behind the last
 * @series: values by block; NaN is a gap
 * @place: where they stand
 * @stroke: how the curve is drawn
 */
void
scope_uprights_draw (ScopeUprightsRun         *self,
                     ScopeRaster              *raster,
                     const GArray             *bins,
                     guint                     from,
                     guint                     to,
                     const ScopeSeries        *series,
                     const ScopeUprightsPlace *place,
                     const ScopeStroke        *stroke)
{
  const float slope = (float) place->rows_a_value, zero = (float) place->row_of_zero;
  const guint end = series->first + series->n;

  for (guint i = from; i < to; i++)
    {
      const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);
      guint           first = MAX (bin->first, series->first);
      int             column = bin->column - place->first_column + SCOPE_RASTER_MARGIN;
      const float    *values = series->values + (first - series->first);
      float           low, high;

      if (first >= MIN (bin->end, end) || column < 0 || column >= N_COLUMNS)
        continue;
      find_extremes (values, MIN (bin->end, end) - first, &low, &high);
      if (low > high)
        continue;
      if (bin->starts_stretch || first == series->first || isnan (values[0]) || isnan (values[-1]))
        {
          draw_run (self, raster, place, stroke);
        }
      else
        {
          float one = zero + slope * values[-1], other = zero + slope * values[0];

          self->uprights.way_low[column] = MIN (one, other);
          self->uprights.way_high[column] = MAX (one, other);
        }
      low = zero + slope * low;
      high = zero + slope * high;
      self->uprights.low[column] = MIN (self->uprights.low[column], MIN (low, high));
      self->uprights.high[column] = MAX (self->uprights.high[column], MAX (low, high));
      self->first = MIN (self->first, column);
      self->end = column + 1;
    }
  draw_run (self, raster, place, stroke);
}
