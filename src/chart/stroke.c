/* stroke.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line that never goes back in x is, at each x, one interval of y.  Swept
 * with a round pen it still is one: from the lowest to the highest point of
 * the pen where its centre is within a radius of x.  So the interval is taken
 * at a few places of each pixel column and widened by the pen.
 *
 * Measured beside Cairo's stroker on curves with four vertices a column it is
 * 20 to 100 times as fast, and looks the same.
 */
#include "dashes.h"
#include "lanes.h"

#include <math.h>

#define MAX_TAPS (SCOPE_RASTER_MARGIN * SCOPE_RASTER_PLACES)

#define MIDDLE(self) (SCOPE_RASTER_MARGIN * (self)->n_places)

/* Whether the line has a gap at @x, in pixels. */
static gboolean
is_gap (const ScopeStroke *stroke,
        double             x)
{
  return scope_dashes_is_gap (stroke->dashes, stroke->n_dashes,
                              stroke->phase + x / stroke->scale);
}

static inline gboolean
is_jump (const ScopeRasterGaps *gaps,
         float                  width,
         float                  height)
{
  return fabsf (height) > gaps->jump &&
         (width <= gaps->width || fabsf (height) > SCOPE_DASHES_STEEP * width);
}

static inline void
widen (ScopeRaster *self,
       int          place,
       float        a,
       float        b)
{
  float low = MIN (a, b), high = MAX (a, b);

  self->line.low[place] = MIN (self->line.low[place], low);
  self->line.high[place] = MAX (self->line.high[place], high);
}

/* Notes at which y the segment passes each place in [@from, @to). */
static inline void
add_slope (ScopeRaster *self,
           int          from,
           int          to,
           float        y,
           float        slope)
{
  float *restrict low = self->line.low;
  float *restrict high = self->line.high;
  float up = MIN (slope, 0), down = MAX (slope, 0);

  for (int i = from; i < to; i++)
    {
      float begin = y + slope * (float) (i - from);
      float top = begin + up, bottom = begin + down;

      low[i] = low[i] < top ? low[i] : top;
      high[i] = high[i] > bottom ? high[i] : bottom;
    }
}

/* @gaps (nullable): what the line leaves out unless it jumps. */
static inline void
add_segment (ScopeRaster           *self,
             ScopeVertex            a,
             ScopeVertex            b,
             const ScopeRasterGaps *gaps)
{
  int   n = (self->n_columns + 2 * SCOPE_RASTER_MARGIN) * self->n_places;
  float from = (a.x + SCOPE_RASTER_MARGIN) * self->n_places;
  float to = (b.x + SCOPE_RASTER_MARGIN) * self->n_places;
  float slope;
  int   first, last;

  if (to < 0 || from >= n)
    return;
  first = from < 0 ? -1 : (int) from;
  last = to >= n ? n : (int) to;
  if (first == last)
    {
      if (gaps == NULL || !gaps->places[first] || is_jump (gaps, b.x - a.x, b.y - a.y))
        widen (self, first, a.y, b.y);
      return;
    }
  slope = (b.y - a.y) / (to - from);
  if (gaps != NULL && !is_jump (gaps, b.x - a.x, b.y - a.y))
    {
      for (int i = MAX (first, 0); i <= MIN (last, n - 1); i++)
        if (!gaps->places[i])
          widen (self, i, a.y + slope * (MAX ((float) i, from) - from),
                 a.y + slope * (MIN ((float) i + 1, to) - from));
      return;
    }
  if (first >= 0)
    widen (self, first, a.y, a.y + slope * ((float) first + 1 - from));
  if (last < n)
    widen (self, last, a.y + slope * ((float) last - from), b.y);
  add_slope (self, first + 1, last, a.y + slope * ((float) first + 1 - from), slope);
}

/* How far the pen reaches up and down at each place beside its centre. */
static int
make_pen (float  radius,
          int    n_places,
          float *reach)
{
  int n = 0;

  while (n < MAX_TAPS && n <= radius * n_places)
    {
      float beside = (float) n / n_places;

      reach[n++] = sqrtf (radius * radius - beside * beside);
    }
  return n;
}

/* What the pen covers while its centre moves along the line, at the places
 * [@first, @last). */
static void
widen_by_pen (ScopeRaster *self,
              int          first,
              int          last,
              const float *reach,
              int          n_taps)
{
  float *restrict wide_low = self->wide.low;
  float *restrict wide_high = self->wide.high;

  for (int i = first; i < last; i++)
    {
      wide_low[i] = self->line.low[i] - reach[0];
      wide_high[i] = self->line.high[i] + reach[0];
    }
  for (int tap = 1; tap < n_taps; tap++)
    {
      const float *restrict low = self->line.low;
      const float *restrict high = self->line.high;
      float up = reach[tap];

      for (int i = first; i < last; i++)
        {
          float low_beside = low[i - tap] < low[i + tap] ? low[i - tap] : low[i + tap];
          float high_beside = high[i - tap] > high[i + tap] ? high[i - tap] : high[i + tap];

          low_beside -= up;
          high_beside += up;
          wide_low[i] = wide_low[i] < low_beside ? wide_low[i] : low_beside;
          wide_high[i] = wide_high[i] > high_beside ? wide_high[i] : high_beside;
        }
    }
}

/* NULL: the line has none. */
static const ScopeRasterGaps *
find_gaps (ScopeRaster       *self,
           const ScopeStroke *stroke)
{
  const int        n_columns = self->n_columns + 2 * SCOPE_RASTER_MARGIN;
  ScopeRasterGaps *gaps;

  if (stroke->dashes == NULL)
    return NULL;
  for (int i = 0; i < self->n_gaps; i++)
    if (self->gaps[i].dashes == stroke->dashes)
      return &self->gaps[i];
  gaps = &self->gaps[MIN (self->n_gaps, SCOPE_RASTER_GAPS - 1)];
  self->n_gaps = MIN (self->n_gaps + 1, SCOPE_RASTER_GAPS);
  gaps->dashes = stroke->dashes;
  gaps->jump = (float) scope_dashes_get_period (stroke->dashes, stroke->n_dashes) * stroke->scale;
  gaps->width = stroke->scale;
  for (int c = 0; c < n_columns; c++)
    {
      gaps->columns[c] = -1;
      for (int i = c * self->n_places; i < (c + 1) * self->n_places; i++)
        {
          gaps->places[i] = is_gap (stroke, (i + 0.5) / self->n_places - SCOPE_RASTER_MARGIN);
          gaps->columns[c] &= -(gint32) gaps->places[i];
        }
    }
  return gaps;
}

/**
 * scope_raster_add_line:
 * @self: a raster in use
 * @vertices: of a line whose x never falls; those left and right of the raster
 *   may be left out but for the nearest ones
 * @n_vertices: their number; one alone is a dot
 * @stroke: how it is drawn
 *
 * Lays a line with a round pen, antialiased, behind those before it.
 */
void
scope_raster_add_line (ScopeRaster       *self,
                       const ScopeVertex *vertices,
                       guint              n_vertices,
                       const ScopeStroke *stroke)
{
  const ScopeRasterGaps *gaps = find_gaps (self, stroke);
  const int              n_places = self->n_places;
  float                  reach[MAX_TAPS];
  int                    n_taps = make_pen (stroke->radius, n_places, reach);
  float                  left, right;
  int                    first, end, from, to;

  g_return_if_fail (stroke->radius < SCOPE_RASTER_MARGIN - 1);
  if (n_vertices == 0)
    return;
  left = vertices[0].x - stroke->radius;
  right = vertices[n_vertices - 1].x + stroke->radius;
  if (right < 0 || left >= self->n_columns)
    return;
  first = left <= 0 ? 0 : (int) left;
  end = right >= self->n_columns ? self->n_columns : MIN ((int) right + 1, self->n_columns);

  for (guint i = 0; i < n_vertices; i++)
    add_segment (self, vertices[i], vertices[MIN (i + 1, n_vertices - 1)], gaps);
  widen_by_pen (self, MIDDLE (self) + first * n_places, MIDDLE (self) + end * n_places, reach,
                n_taps);
  scope_raster_paint (self, first, end, FALSE, stroke->pixel);

  from = MAX (MIDDLE (self) + first * n_places - n_taps - n_places, 0);
  to = MIN (MIDDLE (self) + end * n_places + n_taps + n_places, SCOPE_RASTER_ROOM);
  if (first == 0)
    from = 0;
  if (end == self->n_columns)
    to = MIDDLE (self) * 2 + self->n_columns * n_places;
  for (int i = from; i < to; i++)
    {
      self->line.low[i] = SCOPE_RASTER_FAR;
      self->line.high[i] = -SCOPE_RASTER_FAR;
    }
}

/* How far up and down the pen reaches at a place of a column from @x, which is
 * counted in columns from that column's left edge; negative: not at all. */
static float
get_reach (float radius,
           int   n_places,
           int   place,
           float x)
{
  float distance = fabsf (x - (place + 0.5f) / n_places);

  return distance < radius ? sqrtf (radius * radius - distance * distance) : -1;
}

/* What the pen covers at one place of each column of [@first, @end). */
static inline void
widen_uprights (ScopeRaster         *self,
                const ScopeUprights *uprights,
                int                  first,
                int                  end,
                int                  place,
                float                radius)
{
  enum { MAX_REACHES = 2 * SCOPE_RASTER_MARGIN };
  struct
  {
    const float *low, *high;
    float        reach;
  } reaches[2 * MAX_REACHES];
  const int n_beside = (int) (radius + 1);
  int       n = 0;

  for (int beside = -n_beside; beside <= n_beside; beside++)
    {
      const int from = SCOPE_RASTER_MARGIN + beside;
      float     reach = get_reach (radius, self->n_places, place, beside + 0.5f);
      float     way_reach = get_reach (radius, self->n_places, place, beside);

      if (reach >= 0)
        {
          reaches[n].low = uprights->low + from;
          reaches[n].high = uprights->high + from;
          reaches[n++].reach = reach;
        }
      if (way_reach >= 0)
        {
          reaches[n].low = uprights->way_low + from;
          reaches[n].high = uprights->way_high + from;
          reaches[n++].reach = way_reach;
        }
    }
  for (int c = first; c < end; c += SCOPE_LANES)
    {
      ScopeFloats low = scope_floats_all (SCOPE_RASTER_FAR), high = -low;

      for (int i = 0; i < n; i++)
        {
          low = scope_floats_min (scope_floats_load (reaches[i].low + c) - reaches[i].reach, low);
          high = scope_floats_max (scope_floats_load (reaches[i].high + c) + reaches[i].reach, high);
        }
      scope_floats_store (&self->wide.low[place * SCOPE_RASTER_COLUMNS + c], low);
      scope_floats_store (&self->wide.high[place * SCOPE_RASTER_COLUMNS + c], high);
    }
}

/* Leaves out four columns where they are gaps, but for jumps. */
static inline void
cut (float    *low,
     float    *high,
     ScopeInts gaps,
     float     jump)
{
  ScopeFloats lows = scope_floats_load (low), highs = scope_floats_load (high);
  ScopeInts   left_out = gaps & (ScopeInts) (highs - lows <= jump);

  scope_floats_store (low, scope_floats_choose (left_out, scope_floats_all (SCOPE_RASTER_FAR), lows));
  scope_floats_store (high,
                      scope_floats_choose (left_out, scope_floats_all (-SCOPE_RASTER_FAR), highs));
}

static void
cut_gaps (ScopeRaster       *self,
          ScopeUprights     *uprights,
          int                first,
          int                end,
          const ScopeStroke *stroke)
{
  const ScopeRasterGaps *gaps = find_gaps (self, stroke);

  if (gaps == NULL)
    return;
  for (int c = first - first % SCOPE_LANES; c < end; c += SCOPE_LANES)
    {
      ScopeInts here = scope_ints_load (&gaps->columns[c]);

      cut (&uprights->low[c], &uprights->high[c], here, gaps->jump);
      cut (&uprights->way_low[c], &uprights->way_high[c], here, gaps->jump);
    }
}

/**
 * scope_raster_add_uprights:
 * @self: a raster in use
 * @uprights: (inout): in rows; gaps are taken from them
 * @first: the first column that has any, counted from the left margin's first
 * @end: the one behind the last
 * @stroke: how it is drawn
 *
 * Lays such a line behind those before it: an upright in the middle of each
 * column and one on each way, with a round pen, antialiased.
 */
void
scope_raster_add_uprights (ScopeRaster       *self,
                           ScopeUprights     *uprights,
                           int                first,
                           int                end,
                           const ScopeStroke *stroke)
{
  const int beside = (int) (stroke->radius + 1);
  const int from = MAX (first - SCOPE_RASTER_MARGIN - beside, 0) / SCOPE_LANES * SCOPE_LANES;
  const int to = MIN (end - SCOPE_RASTER_MARGIN + beside, self->n_columns);

  g_return_if_fail (stroke->radius < SCOPE_RASTER_MARGIN - 1);
  if (from >= to)
    return;
  cut_gaps (self, uprights, first, end, stroke);
  for (int place = 0; place < self->n_places; place++)
    widen_uprights (self, uprights, from, to, place, stroke->radius);
  scope_raster_paint (self, from, to, TRUE, stroke->pixel);
}
