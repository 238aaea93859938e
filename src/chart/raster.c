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
 * Of a dashed line the gaps are left out of those intervals; where it is so
 * steep that dashes and gaps lie above each other, they close.
 *
 * Measured beside Cairo's stroker on curves with four vertices a column it is
 * 20 to 100 times as fast, and looks the same.
 */
#include "raster.h"

#include <math.h>

#define SAMPLES_AT_SCALE_1 4
#define SAMPLES_ABOVE      2
#define MAX_TAPS           64
#define MAX_DASHES         8

/* Device pixels: no line is there. */
#define FAR 1e9f

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
  self->n_places = MAX (self->right - self->left, 0) * self->samples;
  n = self->n_places + 2 * MAX_TAPS;
  self->scratch = g_new0 (float, 4 * n + MAX (self->bottom, 0) + 2);
  for (int i = 0; i < n; i++)
    {
      self->scratch[i] = FAR;
      self->scratch[n + i] = -FAR;
    }
  self->low = self->scratch + MAX_TAPS;
  self->high = self->low + n;
  self->wide_low = self->high + n;
  self->wide_high = self->wide_low + n;
  self->changes = self->scratch + 4 * n;
  return TRUE;
}

/* Gives the pixels back. */
void
scope_raster_clear (ScopeRaster *self,
                    cairo_t     *cr)
{
  g_clear_pointer (&self->scratch, g_free);
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

/* Where on a line of dashes and gaps one is. */
typedef struct
{
  float lengths[MAX_DASHES]; /* device pixels: a dash, a gap, and so on */
  int   n;                   /* 0: a line without gaps */
  float period;              /* device pixels: of all of them */
  float position;            /* device pixels from the beginning of the first dash */
} Dashes;

static Dashes
make_dashes (const ScopePen *pen,
             float           scale)
{
  Dashes dashes = { .n = pen->dashes != NULL ? MIN (pen->n_dashes, MAX_DASHES) : 0 };

  for (int i = 0; i < dashes.n; i++)
    dashes.period += dashes.lengths[i] = (float) pen->dashes[i] * scale;
  return dashes;
}

/* The longest part of a dash that lies between two points of the segment, in
 * device pixels from its beginning; FALSE where there is only gap. */
static inline gboolean
find_dash (const Dashes *dashes,
           float         from,
           float         to,
           float        *start,
           float        *end)
{
  float begun = dashes->position + from;
  float at = from - (begun - dashes->period * (int) (begun / dashes->period));

  *start = *end = from;
  for (int i = 0; at < to; i = (i + 1) % dashes->n)
    {
      float next = at + dashes->lengths[i];
      float first = MAX (at, from), last = MIN (next, to);

      if (i % 2 == 0 && last - first > *end - *start)
        {
          *start = first;
          *end = last;
        }
      at = next;
    }
  return *end > *start;
}

/* A jump within a pixel column that is longer than a dash and a gap is drawn
 * whole: no spike hides in a gap, and where many samples share a column, dashes
 * could not be told from them. */
static inline gboolean
is_jump (const Dashes *dashes,
         ScopeVertex   a,
         ScopeVertex   b)
{
  return b.x - a.x <= 1 && fabsf (b.y - a.y) > dashes->period;
}

/* Notes at which y the segment passes each place that it touches. */
static inline void
add_segment (ScopeRaster *self,
             ScopeVertex  a,
             ScopeVertex  b,
             int          n_places,
             Dashes      *dashes)
{
  float from = (a.x - self->left) * self->samples;
  float to = (b.x - self->left) * self->samples;
  float width = to - from;
  float length = 0; /* device pixels; 0: no gaps */
  int   first = (int) CLAMP (from + 1, 0, (float) n_places + 1) - 1; /* rounded down */
  int   last = (int) CLAMP (to + 1, 0, (float) n_places + 1) - 1;

  if (dashes->n > 0 && is_jump (dashes, a, b))
    dashes->position = 0;
  else if (dashes->n > 0)
    length = sqrtf ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));

  for (int i = MAX (first, 0); i <= MIN (last, n_places - 1); i++)
    {
      float begin = first == last ? 0 : (MAX ((float) i, from) - from) / width;
      float end = first == last ? 1 : (MIN ((float) i + 1, to) - from) / width;

      if (length > 0)
        {
          if (!find_dash (dashes, begin * length, end * length, &begin, &end))
            continue;
          begin /= length;
          end /= length;
        }
      widen (self, i, a.y + (b.y - a.y) * begin, a.y + (b.y - a.y) * end);
    }
  dashes->position += length;
  if (dashes->n > 0)
    dashes->position -= dashes->period * (int) (dashes->position / dashes->period);
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

/* Notes what an interval covers, as changes from each row to the next; the sum
 * of all changes up to a row is what is covered of it. */
static inline void
cover (float *changes,
       float  low,
       float  high)
{
  int   first = (int) low, last = (int) high; /* neither is negative */
  float in_first = low - first, in_last = high - last;

  changes[first] += 1 - in_first;
  changes[first + 1] += in_first;
  changes[last] -= 1 - in_last;
  changes[last + 1] -= in_last;
}

/* Rows [from, to) of a column, of which @covered was so far; what is covered
 * of the last one. */
static inline float
paint_edge (guint32 *column,
            int      stride,
            float   *changes,
            int      from,
            int      to,
            float    covered,
            float    part,
            guint32  color)
{
  for (int row = from; row < to; row++)
    {
      guint32 *pixel = &column[(gssize) row * stride];

      covered += changes[row];
      changes[row] = 0;
      *pixel = blend (*pixel, color, (guint) (covered * part + 0.5f));
    }
  return covered;
}

static inline void
paint_column (ScopeRaster *self,
              int          x,
              const float *low,
              const float *high,
              guint32      color)
{
  const float min = (float) self->top, max = (float) self->bottom;
  guint32    *column = self->pixels + x;
  float      *changes = self->changes; /* of rows in the surface */
  float       part = 256.0f / self->samples;
  float       lowest = max, low_end = min, high_start = max, highest = min;
  float       covered;
  int         top, solid_top, solid_bottom, bottom;

  for (int i = 0; i < self->samples; i++)
    {
      float from = CLAMP (low[i], min, max), to = CLAMP (high[i], min, max);

      if (!(from < to))
        {
          low_end = max;
          continue;
        }
      cover (changes, from, to);
      lowest = MIN (lowest, from);
      low_end = MAX (low_end, from);
      high_start = MIN (high_start, to);
      highest = MAX (highest, to);
    }
  if (!(lowest < highest))
    return;
  top = (int) lowest;
  bottom = (int) ceilf (highest);
  solid_top = (int) ceilf (low_end);
  solid_bottom = (int) high_start;
  if (solid_top >= solid_bottom)
    {
      covered = paint_edge (column, self->stride, changes, top, bottom, 0, part, color);
    }
  else
    {
      covered = paint_edge (column, self->stride, changes, top, solid_top, 0, part, color);
      covered += changes[solid_top];
      changes[solid_top] = 0;
      for (int row = solid_top; row < solid_bottom; row++)
        column[(gssize) row * self->stride] = 0xff000000 | color;
      covered = paint_edge (column, self->stride, changes, solid_bottom, bottom, covered, part,
                            color);
    }
  changes[bottom] = changes[bottom + 1] = 0;
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

/* What the pen covers while its centre moves along the line.  There is room
 * for its reach before the first and behind the last place. */
static void
widen_by_pen (ScopeRaster *self,
              int          first,
              int          last,
              const float *reach,
              int          n_taps)
{
  float *restrict wide_low = self->wide_low;
  float *restrict wide_high = self->wide_high;

  for (int i = first; i < last; i++)
    {
      wide_low[i] = self->low[i] - reach[0];
      wide_high[i] = self->high[i] + reach[0];
    }
  for (int tap = 1; tap < n_taps; tap++)
    {
      const float *restrict low = self->low;
      const float *restrict high = self->high;
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

static void
clear_places (ScopeRaster *self,
              int          first,
              int          last)
{
  for (int i = MAX (first, 0); i < MIN (last, self->n_places); i++)
    {
      self->low[i] = FAR;
      self->high[i] = -FAR;
    }
}

/**
 * scope_raster_stroke:
 * @self: the pixels
 * @vertices: of a line whose x never falls
 * @n_vertices: their number; one alone is a dot
 * @radius: half of the line's width, in device pixels
 * @pen: an opaque colour, and dashes
 * @scale: device pixels of a px, which dashes are in
 *
 * Draws the line with a round pen, antialiased.
 */
void
scope_raster_stroke (ScopeRaster       *self,
                     const ScopeVertex *vertices,
                     guint              n_vertices,
                     float              radius,
                     const ScopePen    *pen,
                     float              scale)
{
  float   reach[MAX_TAPS];
  Dashes  dashes = make_dashes (pen, scale);
  int     n_taps = make_pen (radius, self->samples, reach);
  int     n_places = self->n_places;
  guint32 pixel = to_pixel (&pen->color);
  int     first, last;

  if (n_vertices == 0 || n_places <= 0)
    return;
  for (guint i = 0; i < n_vertices; i++)
    add_segment (self, vertices[i], vertices[MIN (i + 1, n_vertices - 1)], n_places,
                 &dashes);

  first = (int) floorf (
    CLAMP (vertices[0].x - self->left - radius, 0, (float) (self->right - self->left)));
  last = (int) ceilf (CLAMP (vertices[n_vertices - 1].x - self->left + radius + 1, 0,
                             (float) (self->right - self->left)));
  widen_by_pen (self, first * self->samples, last * self->samples, reach, n_taps);
  for (int x = first; x < last; x++)
    paint_column (self, self->left + x, self->wide_low + x * self->samples,
                  self->wide_high + x * self->samples, pixel);
  clear_places (self, first * self->samples - n_taps, last * self->samples + n_taps);
}
