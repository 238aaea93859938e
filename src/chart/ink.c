/* ink.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At most four vertices a pixel column, however many samples lie in it.  A
 * sample without neighbours is a dot.
 */
#include "ink.h"

#include <math.h>

#define DOT_RADIUS_PX 1.75

/**
 * scope_ink_begin:
 * @self: uninitialised storage
 * @cr: a context that only scales and shifts
 * @x: of the place that curves may be drawn in, in px
 * @y: of that place
 * @width: px
 * @height: px
 *
 * Nothing else may be drawn on @cr until scope_ink_end().
 */
void
scope_ink_begin (ScopeInk *self,
                 cairo_t  *cr,
                 double    x,
                 double    y,
                 double    width,
                 double    height)
{
  cairo_matrix_t matrix;

  cairo_save (cr);
  cairo_get_matrix (cr, &matrix);
  *self = (ScopeInk){ .cr = cr,
                      .scale = matrix.xx,
                      .shift_x = matrix.x0,
                      .shift_y = matrix.y0,
                      .vertices = g_array_new (FALSE, FALSE, sizeof (ScopeVertex)) };
  self->is_image = scope_raster_init (&self->raster, cr, x, y, width, height);
  if (self->is_image)
    return;
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, SCOPE_INK_WIDTH_PX);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
}

void
scope_ink_end (ScopeInk *self)
{
  if (self->is_image)
    scope_raster_clear (&self->raster, self->cr);
  g_clear_pointer (&self->vertices, g_array_unref);
  cairo_restore (self->cr);
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

static void
to_device (const ScopeInk *self,
           GArray         *vertices)
{
  for (guint i = 0; i < vertices->len; i++)
    {
      ScopeVertex *vertex = &g_array_index (vertices, ScopeVertex, i);

      vertex->x = (float) (vertex->x * self->scale + self->shift_x);
      vertex->y = (float) (vertex->y * self->scale + self->shift_y);
    }
}

static void
draw_pixels (ScopeInk       *self,
             const ScopePen *pen)
{
  const ScopeVertex *v = (const ScopeVertex *) self->vertices->data;
  double             radius = self->vertices->len == 1 ? DOT_RADIUS_PX : SCOPE_INK_WIDTH_PX / 2;

  to_device (self, self->vertices);
  scope_raster_stroke (&self->raster, v, self->vertices->len, (float) (radius * self->scale), pen,
                       (float) self->scale);
}

static void
draw_path (ScopeInk       *self,
           const ScopePen *pen)
{
  const ScopeVertex *v = (const ScopeVertex *) self->vertices->data;

  cairo_new_path (self->cr);
  scope_color_set (&pen->color, self->cr);
  if (self->vertices->len == 1)
    {
      cairo_arc (self->cr, v[0].x, v[0].y, DOT_RADIUS_PX, 0, 2 * G_PI);
      cairo_fill (self->cr);
      return;
    }
  for (guint i = 0; i < self->vertices->len; i++)
    cairo_line_to (self->cr, v[i].x, v[i].y);
  cairo_set_dash (self->cr, pen->dashes, pen->n_dashes, 0);
  cairo_stroke (self->cr);
}

/* Draws the vertices gathered so far as one line, or as a dot. */
static void
draw_line (ScopeInk       *self,
           const ScopePen *pen)
{
  if (self->vertices->len == 0)
    return;
  if (self->is_image)
    draw_pixels (self, pen);
  else
    draw_path (self, pen);
  g_array_set_size (self->vertices, 0);
}

/**
 * scope_ink_curve:
 * @self: the ink
 * @points: (element-type ScopePoint): the envelope
 * @y: from values to px
 * @pen: colour and dashes
 */
void
scope_ink_curve (ScopeInk         *self,
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
