/* paper.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "paper.h"

#include <math.h>

static void
take_pixels (ScopePaper *self,
             double      x,
             double      y,
             double      width,
             double      height)
{
  cairo_surface_t *surface = cairo_get_target (self->cr);
  double           right = x + width, bottom = y + height;
  int              columns = cairo_image_surface_get_width (surface);
  int              rows = cairo_image_surface_get_height (surface);
  guint32         *pixels;
  int              left, top;
  double           zero_x = 0, zero_y = 0;

  cairo_surface_flush (surface);
  cairo_user_to_device (self->cr, &x, &y);
  cairo_user_to_device (self->cr, &right, &bottom);
  cairo_user_to_device (self->cr, &zero_x, &zero_y);
  left = (int) CLAMP (floor (x), 0, columns);
  top = (int) CLAMP (floor (y), 0, rows);
  pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  self->stride = cairo_image_surface_get_stride (surface) / (int) sizeof *pixels;
  self->pixels = pixels + (gssize) top * self->stride + left;
  self->n_columns = MAX ((int) CLAMP (ceil (right), 0, columns) - left, 0);
  self->n_rows = MAX ((int) CLAMP (ceil (bottom), 0, rows) - top, 0);
  self->shift_x = zero_x - left;
  self->shift_y = zero_y - top;
}

/**
 * scope_paper_begin:
 * @self: uninitialised storage
 * @cr: a context that only scales and shifts
 * @x: of the place that curves may be drawn in, in px
 * @y: of that place
 * @width: px
 * @height: px
 *
 * Nothing else may be drawn on @cr until scope_paper_end().
 */
void
scope_paper_begin (ScopePaper *self,
                   cairo_t    *cr,
                   double      x,
                   double      y,
                   double      width,
                   double      height)
{
  double unit = 1, zero = 0;

  cairo_user_to_device_distance (cr, &unit, &zero);
  *self = (ScopePaper){ .cr = cr, .scale = unit };
  cairo_save (cr);
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    {
      take_pixels (self, x, y, width, height);
      return;
    }
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
}

void
scope_paper_end (ScopePaper *self)
{
  if (self->pixels != NULL)
    cairo_surface_mark_dirty (cairo_get_target (self->cr));
  cairo_restore (self->cr);
}
