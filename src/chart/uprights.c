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

/* Samples in a column, on average, from which on nobody sees their order; and of
 * many curves, of which nobody follows one: between the two a frame of 200 curves
 * takes a third of what it took. */
#define MANY          3.0
#define MANY_OF_MANY  1.2
#define MANY_CURVES   100

/* Curves, behind which mostly something shines through: there it costs more to
 * look than to draw. */
#define FEW 50

#define N_COLUMNS (SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN)

/**
 * scope_uprights_suit:
 * @bins: (element-type ScopeBin): a whole picture's
 * @n_curves: how many are drawn
 *
 * Returns: whether there are many samples a column
 */
gboolean
scope_uprights_suit (const GArray *bins,
                     guint         n_curves)
{
  if (bins->len == 0)
    return FALSE;
  return g_array_index (bins, ScopeBin, bins->len - 1).end -
           g_array_index (bins, ScopeBin, 0).first >=
         (n_curves >= MANY_CURVES ? MANY_OF_MANY : MANY) * bins->len;
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

/* What is the same for all bins of a curve, and what is known of them. */
typedef struct
{
  ScopeRaster              *raster;
  const ScopeBin           *bins;
  guint                     n_bins;
  const ScopeSeries        *series;
  const ScopeUprightsPlace *place;
  const ScopeStroke        *stroke;
  gboolean                  may_hide;
  guint                     group;  /* of values: whether ... */
  gboolean                  hidden; /* ... all its uprights are behind others; if so, ... */
  guint                     next;   /* ... the first bin that has more than them */
} Curve;

static float
get_row (const Curve *curve,
         float        value)
{
  return (float) curve->place->row_of_zero + (float) curve->place->rows_a_value * value;
}

/* Whether nothing of a group of values, the line that leads to it included, can
 * be seen; bin @i has its first value. */
static gboolean
is_group_hidden (Curve *curve,
                 guint  group,
                 guint  i)
{
  const ScopeSeries  *series = curve->series;
  const ScopeExtremes extremes = series->extremes[group];
  const float         radius = curve->place->dot_radius;
  const int           beside = (int) (radius + 1);
  const int           first = curve->bins[i].column - curve->place->first_column;
  const guint         end = series->first + (group + 1) * SCOPE_SERIES_GROUP;
  float               one = get_row (curve, extremes.lowest);
  float               other = get_row (curve, extremes.highest);

  for (guint v = 0; v < SCOPE_SERIES_GROUP; v += 16)
    __builtin_prefetch (series->values + group * SCOPE_SERIES_GROUP + v);
  while (i + 1 < curve->n_bins && curve->bins[i + 1].first < end)
    i++;
  curve->next = curve->bins[i].end > end ? i : i + 1;
  return extremes.lowest <= extremes.highest &&
         scope_raster_hides (curve->raster, first - beside,
                             curve->bins[i].column - curve->place->first_column + 1 + beside,
                             MIN (one, other) - radius, MAX (one, other) + radius);
}

/* Whether that is so of all groups that the rows [@first, @end) of bin @i are of. */
static gboolean
is_bin_hidden (Curve *curve,
               guint  i,
               guint  first,
               guint  end)
{
  if (!curve->may_hide || curve->series->extremes == NULL)
    return FALSE;
  for (guint group = first / SCOPE_SERIES_GROUP; group * SCOPE_SERIES_GROUP < end; group++)
    {
      if (group != curve->group)
        curve->hidden = (group + 1) * SCOPE_SERIES_GROUP <= curve->series->n &&
                        is_group_hidden (curve, group, i);
      curve->group = group;
      if (!curve->hidden)
        return FALSE;
    }
  return TRUE;
}

static void
draw_dot (const Curve *curve,
          int          column,
          float        row)
{
  ScopeVertex dot = { (float) (column - SCOPE_RASTER_MARGIN) + 0.5f, row };
  ScopeStroke pen = *curve->stroke;

  pen.radius = curve->place->dot_radius;
  pen.dashes = NULL;
  scope_raster_add_line (curve->raster, &dot, 1, &pen);
}

/* Draws what was gathered: what is not joined is not drawn together, as the pen
 * would fill what lies between. */
static void
draw_run (ScopeUprightsRun *self,
          const Curve      *curve)
{
  scope_raster_add_uprights (curve->raster, &self->uprights, self->first, self->end,
                             curve->stroke);
  empty (self, self->first, self->end);
}

/* Adds what the rows [@first, @end) of bin @i have. */
static void
add_bin (ScopeUprightsRun *self,
         const Curve      *curve,
         guint             i,
         int               column,
         guint             first,
         guint             end)
{
  const ScopeBin *bins = curve->bins;
  const float    *values = curve->series->values;
  ScopeUprights  *uprights = &self->uprights;
  gboolean        joined = !bins[i].starts_stretch && first > 0 && !isnan (values[first - 1]) &&
                    !isnan (values[first]);
  float           low, high;

  find_extremes (values + first, end - first, &low, &high);
  if (low > high)
    return;
  if (!joined)
    draw_run (self, curve);
  if (low == high && !joined &&
      (end == curve->series->n || isnan (values[end - 1]) || isnan (values[end]) ||
       (i + 1 < curve->n_bins && bins[i + 1].starts_stretch)))
    {
      draw_dot (curve, column, get_row (curve, low));
      return;
    }
  if (joined)
    {
      float one = get_row (curve, values[first - 1]), other = get_row (curve, values[first]);

      uprights->way_low[column] = MIN (one, other);
      uprights->way_high[column] = MAX (one, other);
    }
  low = get_row (curve, low);
  high = get_row (curve, high);
  uprights->low[column] = MIN (uprights->low[column], MIN (low, high));
  uprights->high[column] = MAX (uprights->high[column], MAX (low, high));
  self->first = MIN (self->first, column);
  self->end = column + 1;
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
  const ScopeBin *all = (const ScopeBin *) bins->data;
  Curve           curve = { raster, all, bins->len, series, place, stroke,
                            self->n_drawn++ >= FEW, G_MAXUINT };

  for (guint i = from; i < to; i++)
    {
      guint first = MAX (all[i].first, series->first) - series->first;
      guint end = MIN (all[i].end, series->first + series->n) - series->first;
      int   column = all[i].column - place->first_column + SCOPE_RASTER_MARGIN;

      if ((int) first >= (int) end || column < 0 || column >= N_COLUMNS)
        continue;
      if (is_bin_hidden (&curve, i, first, end))
        i = MAX (i, curve.next - 1);
      else
        add_bin (self, &curve, i, column, first, end);
    }
  draw_run (self, &curve);
}
