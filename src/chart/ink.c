/* ink.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At most four vertices a pixel column, however many samples lie in it; in
 * pixels, where several do, an upright from the lowest to the highest.  A
 * sample without neighbours is a dot.
 */
#include "ink.h"

#include "dashes.h"

#include <math.h>

#define DOT_RADIUS_PX 1.75

/* Where device pixels are smaller than this, two places a column do. */
#define LARGE_PIXEL_PX (1 / 1.5)

/**
 * scope_ink_init:
 * @self: uninitialised storage
 * @paper: what is drawn on; it stays where it is
 * @n_curves: how many will be drawn
 * @phase: px into all dashes at px 0 of the paper
 */
void
scope_ink_init (ScopeInk         *self,
                const ScopePaper *paper,
                guint             n_curves,
                double            phase)
{
  self->n_curves = n_curves;
  self->paper = paper;
  self->first = 0;
  self->bins = NULL;
  self->phase = phase;
  self->points = g_array_new (FALSE, FALSE, sizeof (ScopePoint));
  self->vertices = g_array_new (FALSE, FALSE, sizeof (ScopeVertex));
  scope_uprights_init (&self->run);
  scope_raster_init (&self->raster);
}

void
scope_ink_clear (ScopeInk *self)
{
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->vertices, g_array_unref);
  scope_raster_clear (&self->raster);
}

/**
 * scope_ink_begin:
 * @self: the ink
 * @first: a column of the paper
 * @end: the column behind the last; at most SCOPE_RASTER_COLUMNS on
 *
 * Until scope_ink_end() curves are drawn in these columns: of pixels the one in
 * front first, of paths, of which all columns are drawn, last.
 */
void
scope_ink_begin (ScopeInk *self,
                 int       first,
                 int       end)
{
  const ScopePaper *paper = self->paper;

  self->first = first;
  self->bins = NULL;
  self->run.n_drawn = 0;
  if (paper->pixels != NULL)
    {
      scope_raster_begin (&self->raster, paper->pixels + first, paper->stride, end - first,
                          paper->n_rows, paper->scale * LARGE_PIXEL_PX < 1 ? 4 : 2);
      return;
    }
  cairo_set_line_width (paper->cr, SCOPE_INK_WIDTH_PX);
  cairo_set_line_join (paper->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (paper->cr, CAIRO_LINE_CAP_ROUND);
}

void
scope_ink_end (ScopeInk *self)
{
  if (self->paper->pixels != NULL)
    scope_raster_end (&self->raster);
}

static void
add_vertex (ScopeInk         *self,
            const ScopeScale *y,
            double            x,
            double            value)
{
  ScopeVertex vertex = { (float) x, (float) scope_scale_to_px (y, value) };

  g_array_append_val (self->vertices, vertex);
}

/* From the first value over the extremes to the last: the nearer one first. */
static void
add_column (ScopeInk         *self,
            const ScopeScale *y,
            const ScopePoint *point)
{
  double   middle = (point->x_first + point->x_last) / 2;
  gboolean low_first = point->first - point->low <= point->high - point->first;
  float    one = low_first ? point->low : point->high;
  float    other = low_first ? point->high : point->low;

  add_vertex (self, y, point->x_first, point->first);
  if (one != point->first)
    add_vertex (self, y, middle, one);
  if (other != one && other != point->last)
    add_vertex (self, y, middle, other);
  if (point->x_last != point->x_first || point->last != point->first)
    add_vertex (self, y, point->x_last, point->last);
}

static guint32
to_pixel (const ScopeColor *color)
{
  guint red = (guint) (color->red * 255 + 0.5), green = (guint) (color->green * 255 + 0.5),
        blue = (guint) (color->blue * 255 + 0.5);

  return 0xff000000 | red << 16 | green << 8 | blue;
}

static ScopeStroke
make_stroke (const ScopeInk *self,
             const ScopePen *pen,
             double          radius)
{
  const ScopePaper *paper = self->paper;

  return (ScopeStroke){ .pixel = to_pixel (&pen->color),
                        .radius = (float) (radius * paper->scale),
                        .dashes = pen->dashes,
                        .n_dashes = pen->n_dashes,
                        .scale = (float) paper->scale,
                        .phase = self->phase + (self->first - paper->shift_x) / paper->scale };
}

static void
draw_pixels (ScopeInk       *self,
             const ScopePen *pen)
{
  const ScopePaper *paper = self->paper;
  ScopeVertex      *v = (ScopeVertex *) self->vertices->data;
  guint             n = self->vertices->len;
  ScopeStroke       stroke = make_stroke (self, pen, n == 1 ? DOT_RADIUS_PX : SCOPE_INK_WIDTH_PX / 2);

  if (n == 1)
    stroke.dashes = NULL; /* a dot is whole, or not there */

  for (guint i = 0; i < n; i++)
    {
      v[i].x = (float) (v[i].x * paper->scale + paper->shift_x - self->first);
      v[i].y = (float) (v[i].y * paper->scale + paper->shift_y);
    }
  scope_raster_add_line (&self->raster, v, n, &stroke);
}

static void
draw_path (ScopeInk       *self,
           const ScopePen *pen)
{
  const ScopeVertex *v = (const ScopeVertex *) self->vertices->data;
  cairo_t           *cr = self->paper->cr;

  cairo_new_path (cr);
  scope_color_set (&pen->color, cr);
  if (self->vertices->len == 1)
    {
      cairo_arc (cr, v[0].x, v[0].y, DOT_RADIUS_PX, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }
  if (pen->dashes != NULL)
    scope_dashes_add_path (cr, v, self->vertices->len, pen, self->phase);
  else
    for (guint i = 0; i < self->vertices->len; i++)
      cairo_line_to (cr, v[i].x, v[i].y);
  cairo_stroke (cr);
}

/* Draws the vertices gathered so far as one line, or as a dot. */
static void
draw_line (ScopeInk       *self,
           const ScopePen *pen)
{
  if (self->vertices->len == 0)
    return;
  if (self->paper->pixels != NULL)
    draw_pixels (self, pen);
  else
    draw_path (self, pen);
  g_array_set_size (self->vertices, 0);
}

/**
 * scope_ink_points:
 * @self: the ink
 * @points: (element-type ScopePoint): an envelope
 * @y: from values to px
 * @pen: colour and dashes
 */
void
scope_ink_points (ScopeInk         *self,
                  const GArray     *points,
                  const ScopeScale *y,
                  const ScopePen   *pen)
{
  for (guint i = 0; i < points->len; i++)
    {
      const ScopePoint *point = &g_array_index (points, ScopePoint, i);

      if (!point->joined)
        draw_line (self, pen);
      add_column (self, y, point);
    }
  draw_line (self, pen);
}

static void
draw_uprights (ScopeInk          *self,
               const GArray      *bins,
               guint              from,
               guint              to,
               const ScopeSeries *series,
               const ScopeScale  *y,
               const ScopePen    *pen)
{
  const ScopePaper  *paper = self->paper;
  ScopeStroke        stroke = make_stroke (self, pen, SCOPE_INK_WIDTH_PX / 2);
  double             zero = scope_scale_to_px (y, 0);
  ScopeUprightsPlace place = {
    .rows_a_value = (scope_scale_to_px (y, 1) - zero) * paper->scale,
    .row_of_zero = zero * paper->scale + paper->shift_y,
    .first_column = self->first,
    .dot_radius = (float) (DOT_RADIUS_PX * paper->scale),
  };

  scope_uprights_draw (&self->run, &self->raster, bins, from, to, series, &place, &stroke);
}

/* The bins that matter to the columns: the same for all curves. */
static void
find_bins (ScopeInk     *self,
           const GArray *bins)
{
  int beside = (int) ceil (DOT_RADIUS_PX * self->paper->scale) + 1;

  if (self->bins == bins)
    return;
  self->bins = bins;
  self->from = scope_bins_find (bins, self->first - beside);
  self->to = scope_bins_find (bins, self->first + self->raster.n_columns + beside);
  self->from -= self->from > 0; /* a line leads from there */
  self->to += self->to < bins->len;
}

/**
 * scope_ink_curve:
 * @self: the ink
 * @bins: (element-type ScopeBin): the whole picture's pixel columns
 * @series: values by block; NaN is a gap
 * @y: from values to px
 * @pen: colour and dashes
 */
void
scope_ink_curve (ScopeInk          *self,
                 const GArray      *bins,
                 const ScopeSeries *series,
                 const ScopeScale  *y,
                 const ScopePen    *pen)
{
  guint from = 0, to = bins->len;

  if (self->paper->pixels != NULL)
    {
      find_bins (self, bins);
      from = self->from;
      to = self->to;
      if (scope_uprights_suit (bins, self->n_curves))
        {
          draw_uprights (self, bins, from, to, series, y, pen);
          return;
        }
    }
  g_array_set_size (self->points, 0);
  scope_envelope_add (self->points, bins, from, to, series);
  scope_ink_points (self, self->points, y, pen);
}
