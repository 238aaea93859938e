/* raster.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line that never goes back in x is, at each x, one interval of y.  Swept
 * with a round pen it still is one: from the lowest to the highest point of
 * the pen where its centre is within a radius of x.  So the interval is taken
 * at a few places of each pixel column, widened by the pen, and a pixel's
 * coverage is the mean of what the intervals cover of it.
 *
 * Measured beside Cairo's stroker on curves with four vertices a column it is
 * 20 to 100 times as fast, and looks the same.
 */
#include "raster.h"

#include <math.h>

#define SAMPLES_AT_SCALE_1 4
#define SAMPLES_ABOVE      2
#define MAX_TAPS           64

/**
 * scope_raster_init:
 * @self: uninitialised storage
 * @cr: a context that only scales and shifts
 * @x: of what may be painted, in px
 * @y: of what may be painted, in px
 * @width: px
 * @height: px
 *
 * Takes hold of the pixels under @cr until scope_raster_clear().
 *
 * Returns: whether there are pixels: not on vector surfaces
 */
gboolean
scope_raster_init (ScopeRaster *self,
                   cairo_t     *cr,
                   double       x,
                   double       y,
                   double       width,
                   double       height)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  double           right = x + width, bottom = y + height;
  double           unit = 1, zero = 0;
  int              n;

  if (cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;
  cairo_surface_flush (surface);
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device (cr, &right, &bottom);
  cairo_user_to_device_distance (cr, &unit, &zero);
  *self = (ScopeRaster){
    .pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (surface),
    .stride = cairo_image_surface_get_stride (surface) / 4,
    .left = (int) CLAMP (floor (x), 0, cairo_image_surface_get_width (surface)),
    .top = (int) CLAMP (floor (y), 0, cairo_image_surface_get_height (surface)),
    .right = (int) CLAMP (ceil (right), 0, cairo_image_surface_get_width (surface)),
    .bottom = (int) CLAMP (ceil (bottom), 0, cairo_image_surface_get_height (surface)),
    .samples = unit < 1.5 ? SAMPLES_AT_SCALE_1 : SAMPLES_ABOVE,
  };
  n = MAX (self->right - self->left, 0) * self->samples;
  self->low = g_new (float, n + 1);
  self->high = g_new (float, n + 1);
  for (int i = 0; i < n; i++)
    {
      self->low[i] = INFINITY;
      self->high[i] = -INFINITY;
    }
  return TRUE;
}

/* Gives the pixels back. */
void
scope_raster_clear (ScopeRaster *self,
                    cairo_t     *cr)
{
  g_clear_pointer (&self->low, g_free);
  g_clear_pointer (&self->high, g_free);
  cairo_surface_mark_dirty_rectangle (cairo_get_target (cr), self->left, self->top,
                                      MAX (self->right - self->left, 0),
                                      MAX (self->bottom - self->top, 0));
}

static inline void
widen (ScopeRaster *self,
       int          place,
       float        a,
       float        b)
{
  float low = MIN (a, b), high = MAX (a, b);

  self->low[place] = MIN (self->low[place], low);
  self->high[place] = MAX (self->high[place], high);
}

/* Notes at which y the segment passes each place that it touches. */
static void
add_segment (ScopeRaster *self,
             ScopeVertex  a,
             ScopeVertex  b,
             int          n_places)
{
  float from = (a.x - self->left) * self->samples;
  float to = (b.x - self->left) * self->samples;
  float slope = to > from ? (b.y - a.y) / (to - from) : 0;
  int   first = (int) floorf (CLAMP (from, -1, n_places));
  int   last = (int) floorf (CLAMP (to, -1, n_places));

  if (first == last)
    {
      if (first >= 0 && first < n_places)
        widen (self, first, a.y, b.y);
      return;
    }
  for (int i = MAX (first, 0); i <= MIN (last, n_places - 1); i++)
    {
      float begin = MAX ((float) i, from), end = MIN ((float) i + 1, to);

      widen (self, i, a.y + (begin - from) * slope, a.y + (end - from) * slope);
    }
}

static inline guint32
blend (guint32 below,
       guint32 color,
       guint    coverage) /* 0 to 256 */
{
  guint32 red_blue = below & 0xff00ff, green = below & 0x00ff00;

  red_blue += (((color & 0xff00ff) - red_blue) * coverage) >> 8;
  green += (((color & 0x00ff00) - green) * coverage) >> 8;
  return 0xff000000 | (red_blue & 0xff00ff) | (green & 0x00ff00);
}

/* Rows [from, to) of a column, each by what the intervals cover of it. */
static void
paint_edge (guint32     *column,
            int          stride,
            int          from,
            int          to,
            const float *low,
            const float *high,
            int          n,
            guint32      color)
{
  float part = 256.0f / n;

  for (int row = from; row < to; row++)
    {
      float covered = 0;

      for (int i = 0; i < n; i++)
        {
          float top = MAX (low[i], (float) row), bottom = MIN (high[i], (float) row + 1);

          covered += bottom > top ? bottom - top : 0;
        }
      column[(gssize) row * stride] =
        blend (column[(gssize) row * stride], color, (guint) (covered * part + 0.5f));
    }
}

static void
paint_column (ScopeRaster *self,
              int          x,
              const float *low,
              const float *high,
              guint32      color)
{
  guint32 *column = self->pixels + x;
  float    lowest = low[0], low_end = low[0], high_start = high[0], highest = high[0];
  int      top, solid_top, solid_bottom, bottom;

  for (int i = 1; i < self->samples; i++)
    {
      lowest = MIN (lowest, low[i]);
      low_end = MAX (low_end, low[i]);
      high_start = MIN (high_start, high[i]);
      highest = MAX (highest, high[i]);
    }
  if (!(lowest < highest))
    return;
  top = (int) floorf (CLAMP (lowest, self->top, self->bottom));
  bottom = (int) ceilf (CLAMP (highest, self->top, self->bottom));
  solid_top = (int) ceilf (CLAMP (low_end, self->top, self->bottom));
  solid_bottom = (int) floorf (CLAMP (high_start, self->top, self->bottom));
  if (solid_top >= solid_bottom)
    {
      paint_edge (column, self->stride, top, bottom, low, high, self->samples, color);
      return;
    }
  paint_edge (column, self->stride, top, solid_top, low, high, self->samples, color);
  for (int row = solid_top; row < solid_bottom; row++)
    column[(gssize) row * self->stride] = 0xff000000 | color;
  paint_edge (column, self->stride, solid_bottom, bottom, low, high, self->samples, color);
}

static guint32
to_pixel (const ScopeColor *color)
{
  guint red = (guint) (color->red * 255 + 0.5), green = (guint) (color->green * 255 + 0.5),
        blue = (guint) (color->blue * 255 + 0.5);

  return red << 16 | green << 8 | blue;
}

/* How far the pen reaches up and down at each place beside its centre. */
static int
make_pen (float  radius,
          int    samples,
          float *reach)
{
  int n = 0;

  while (n < MAX_TAPS && n <= radius * samples)
    {
      float beside = (float) n / samples;

      reach[n++] = sqrtf (radius * radius - beside * beside);
    }
  return n;
}

/**
 * scope_raster_stroke:
 * @self: the pixels
 * @vertices: of a line whose x never falls
 * @n_vertices: their number; one alone is a dot
 * @radius: half of the line's width, in device pixels
 * @color: an opaque colour
 *
 * Draws the line with a round pen, antialiased.
 */
void
scope_raster_stroke (ScopeRaster       *self,
                     const ScopeVertex *vertices,
                     guint              n_vertices,
                     float              radius,
                     const ScopeColor  *color)
{
  float   reach[MAX_TAPS];
  int     n_taps = make_pen (radius, self->samples, reach);
  int     n_places = (self->right - self->left) * self->samples;
  guint32 pixel = to_pixel (color);
  int     first, last;
  float   low[SAMPLES_AT_SCALE_1], high[SAMPLES_AT_SCALE_1];

  if (n_vertices == 0 || n_places <= 0)
    return;
  for (guint i = 0; i < n_vertices; i++)
    add_segment (self, vertices[i], vertices[MIN (i + 1, n_vertices - 1)], n_places);

  first = (int) floorf (
    CLAMP (vertices[0].x - self->left - radius, 0, (float) (self->right - self->left)));
  last = (int) ceilf (CLAMP (vertices[n_vertices - 1].x - self->left + radius + 1, 0,
                             (float) (self->right - self->left)));
  for (int x = first; x < last; x++)
    {
      for (int i = 0; i < self->samples; i++)
        {
          int place = x * self->samples + i;

          low[i] = INFINITY;
          high[i] = -INFINITY;
          for (int tap = MAX (place - n_taps + 1, 0); tap < MIN (place + n_taps, n_places); tap++)
            {
              float up = reach[ABS (tap - place)];

              low[i] = MIN (low[i], self->low[tap] - up);
              high[i] = MAX (high[i], self->high[tap] + up);
            }
        }
      paint_column (self, self->left + x, low, high, pixel);
    }
  for (int i = MAX (first * self->samples, 0); i < last * self->samples; i++)
    {
      self->low[i] = INFINITY;
      self->high[i] = -INFINITY;
    }
}
