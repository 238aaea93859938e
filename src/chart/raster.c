/* raster.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has been gathered is kept column by column, as lines over time are
 * mostly upright where there are many samples; it is turned when it is laid
 * over the surface at the end.
 */
#include "raster.h"

#include "lanes.h"

#include <math.h>
#include <string.h>

#define WORD_BITS 64

/* Of 255: less than this does not shine through. */
#define SHINES_THROUGH 3

void
scope_raster_init (ScopeRaster *self)
{
  memset (self, 0, sizeof *self);
}

void
scope_raster_clear (ScopeRaster *self)
{
  g_clear_pointer (&self->gathered, g_free);
  g_clear_pointer (&self->opaque, g_free);
}

/**
 * scope_raster_begin:
 * @self: a raster that is not in use
 * @pixels: the first pixel of the part of a surface that may be painted; opaque
 * @stride: pixels from one row to the next
 * @n_columns: at most SCOPE_RASTER_COLUMNS
 * @n_rows: of that part
 * @n_places: in a column at which coverage is taken: 4, or 2
 *
 * Begins to gather lines, the one in front first.
 */
void
scope_raster_begin (ScopeRaster *self,
                    guint32     *pixels,
                    int          stride,
                    int          n_columns,
                    int          n_rows,
                    int          n_places)
{
  gsize height;

  g_return_if_fail (n_columns >= 0 && n_columns <= SCOPE_RASTER_COLUMNS && n_rows >= 0);
  g_return_if_fail (n_places == 4 || n_places == 2);

  self->pixels = pixels;
  self->stride = stride;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->n_places = n_places;
  self->n_words = (n_rows + WORD_BITS - 1) / WORD_BITS;
  height = (gsize) self->n_words * WORD_BITS;
  if ((gsize) n_rows > self->allocated)
    {
      scope_raster_clear (self);
      self->allocated = n_rows;
      self->gathered = g_new0 (guint32, height * SCOPE_RASTER_COLUMNS);
      self->opaque = g_new0 (guint64, (gsize) self->n_words * SCOPE_RASTER_COLUMNS);
    }
  else if (n_rows > 0)
    {
      memset (self->gathered, 0, height * n_columns * sizeof *self->gathered);
      memset (self->opaque, 0, (gsize) n_columns * self->n_words * sizeof *self->opaque);
    }
  self->top = n_rows;
  self->bottom = 0;
  self->n_gaps = 0;
  for (guint i = 0; i < SCOPE_RASTER_ROOM; i++)
    {
      self->line.low[i] = SCOPE_RASTER_FAR;
      self->line.high[i] = -SCOPE_RASTER_FAR;
    }
}

/* Of the rows [@from, @to), those that are in a word. */
static inline guint64
make_mask (int word,
           int from,
           int to)
{
  guint64 mask = G_MAXUINT64;

  if (word == from / WORD_BITS)
    mask <<= from % WORD_BITS;
  if (word == (to - 1) / WORD_BITS)
    mask &= G_MAXUINT64 >> (WORD_BITS - 1 - (to - 1) % WORD_BITS);
  return mask;
}

static inline gboolean
is_hidden (const guint64 *opaque,
           int            from,
           int            to)
{
  int     first = from / WORD_BITS, last = (to - 1) / WORD_BITS;
  guint64 in_first = G_MAXUINT64 << from % WORD_BITS;
  guint64 in_last = G_MAXUINT64 >> (WORD_BITS - 1 - (to - 1) % WORD_BITS);
  guint64 seen;

  if (first == last)
    return (in_first & in_last & ~opaque[first]) == 0;
  seen = (in_first & ~opaque[first]) | (in_last & ~opaque[last]);
  for (int word = first + 1; word < last; word++)
    seen |= ~opaque[word];
  return seen == 0;
}

/**
 * scope_raster_hides:
 * @self: a raster in use
 * @first: a column, which may lie left of the raster
 * @end: the column behind the last, which may lie right of it
 * @top: rows
 * @bottom: rows
 *
 * Returns: whether nothing that is laid there from now on can be seen
 */
gboolean
scope_raster_hides (const ScopeRaster *self,
                    int                first,
                    int                end,
                    float              top,
                    float              bottom)
{
  int from = (int) CLAMP (top, 0, (float) self->n_rows);
  int to = (int) ceilf (CLAMP (bottom, 0, (float) self->n_rows));

  for (int c = MAX (first, 0); from < to && c < MIN (end, self->n_columns); c++)
    if (!is_hidden (self->opaque + (gsize) c * self->n_words, from, to))
      return FALSE;
  return TRUE;
}

/* What is covered of four rows, each 0 to 255. */
static inline ScopePixels
get_coverage (const float low[4],
              const float high[4],
              int         row)
{
  ScopeFloats start = scope_floats_all ((float) row) + (ScopeFloats){ 0, 1, 2, 3 };
  ScopeFloats end = start + 1, sum = scope_floats_all (0);

  for (int i = 0; i < 4; i++)
    {
      ScopeFloats part = scope_floats_min (scope_floats_all (high[i]), end) -
                         scope_floats_max (scope_floats_all (low[i]), start);

      sum += scope_floats_max (part, scope_floats_all (0));
    }
  return (ScopePixels) scope_floats_to_ints (sum * (255.0f / 4) + 0.5f);
}

/* Rows [@top, @bottom) of a column, of which [@solid_top, @solid_bottom) are
 * covered at all places. */
static inline void
paint_column (guint32    *column,
              guint64    *opaque,
              const float low[4],
              const float high[4],
              int         top,
              int         solid_top,
              int         solid_bottom,
              int         bottom,
              guint32     pixel)
{
  const ScopePixels color = scope_pixels_all (pixel);

  for (int word = top / WORD_BITS; word * WORD_BITS < bottom; word++)
    {
      guint64 seen = make_mask (word, top, bottom) & ~opaque[word];

      while (seen != 0)
        {
          int         bit = __builtin_ctzll (seen) & -SCOPE_LANES;
          int         row = word * WORD_BITS + bit;
          ScopePixels above = scope_pixels_load (column + row);
          ScopePixels share = 255 - (above >> 24);
          ScopeInts   hides;

          if (row < solid_top || row + SCOPE_LANES > solid_bottom)
            share = (ScopePixels) scope_channels_multiply (
              (ScopeChannels) get_coverage (low, high, row), (ScopeChannels) share);
          above += scope_pixels_multiply (color, share);
          scope_pixels_store (column + row, above);
          hides = (ScopeInts) (above >> 24) > 255 - SHINES_THROUGH;
          opaque[word] |= (guint64) scope_ints_to_bits (hides) << bit;
          seen &= ~((guint64) 15 << bit);
        }
    }
}

/* Rows of each column. */
typedef struct
{
  int top[SCOPE_RASTER_COLUMNS];          /* the first that is touched */
  int solid_top[SCOPE_RASTER_COLUMNS];    /* the first that is covered at all places */
  int solid_bottom[SCOPE_RASTER_COLUMNS]; /* behind the last of them */
  int bottom[SCOPE_RASTER_COLUMNS];       /* behind the last that is touched */
} Limits;

/* Of place p in column c. */
#define AT(array, c, p) ((array)[(c) * column_step + (n_places == 4 ? (p) : (p) % 2) * place_step])

static inline ScopeFloats
load_places (const float *array,
             int          c,
             int          p,
             int          n_places,
             int          column_step,
             int          place_step)
{
  if (column_step == 1)
    return scope_floats_load (&AT (array, c, p));
  return (ScopeFloats){ AT (array, c, p), AT (array, c + 1, p), AT (array, c + 2, p),
                        AT (array, c + 3, p) };
}

static inline ScopeFloats
clamp (ScopeFloats rows,
       ScopeFloats n_rows)
{
  return scope_floats_max (scope_floats_min (rows, n_rows), scope_floats_all (0));
}

static inline void
find_limits (const float *low,
             const float *high,
             int          n,
             int          n_places,
             int          column_step,
             int          place_step,
             int          n_rows,
             Limits      *limits)
{
  const ScopeFloats rows = scope_floats_all ((float) n_rows);
  const ScopeInts   all = { n_rows, n_rows, n_rows, n_rows };

  for (int c = 0; c < n; c += SCOPE_LANES)
    {
      ScopeFloats lowest = load_places (low, c, 0, n_places, column_step, place_step);
      ScopeFloats highest = load_places (high, c, 0, n_places, column_step, place_step);
      ScopeFloats low_end = lowest, high_start = highest;
      ScopeInts   values;

      for (int p = 1; p < n_places; p++)
        {
          ScopeFloats l = load_places (low, c, p, n_places, column_step, place_step);
          ScopeFloats h = load_places (high, c, p, n_places, column_step, place_step);

          lowest = scope_floats_min (lowest, l);
          low_end = scope_floats_max (low_end, l);
          high_start = scope_floats_min (high_start, h);
          highest = scope_floats_max (highest, h);
        }
      values = scope_floats_to_ints (clamp (lowest, rows));
      memcpy (&limits->top[c], &values, sizeof values);
      values = all - scope_floats_to_ints (rows - clamp (low_end, rows)); /* rounded up */
      memcpy (&limits->solid_top[c], &values, sizeof values);
      values = scope_floats_to_ints (clamp (high_start, rows));
      memcpy (&limits->solid_bottom[c], &values, sizeof values);
      values = all - scope_floats_to_ints (rows - clamp (highest, rows));
      memcpy (&limits->bottom[c], &values, sizeof values);
    }
}

/* Columns [@first, @first + @n) of which the limits and intervals are given. */
static inline void
paint_columns (ScopeRaster  *self,
               int           first,
               int           n,
               const float  *low,
               const float  *high,
               int           n_places,
               int           column_step,
               int           place_step,
               guint32       pixel)
{
  Limits limits;

  find_limits (low, high, n, n_places, column_step, place_step, self->n_rows, &limits);
  for (int c = 0; c < n; c++)
    {
      int      top = limits.top[c], bottom = limits.bottom[c];
      guint32 *column = self->gathered + (gsize) (first + c) * self->n_words * WORD_BITS;
      guint64 *opaque = self->opaque + (gsize) (first + c) * self->n_words;
      float    l[4], h[4];

      if (top >= bottom || is_hidden (opaque, top, bottom))
        continue;
      for (int p = 0; p < 4; p++)
        {
          l[p] = AT (low, c, p);
          h[p] = AT (high, c, p);
        }
      self->top = MIN (self->top, top);
      self->bottom = MAX (self->bottom, bottom);
      paint_column (column, opaque, l, h, top, limits.solid_top[c], limits.solid_bottom[c], bottom,
                    pixel);
    }
}

/**
 * scope_raster_paint:
 * @self: a raster whose wide intervals are known for the columns
 * @first: a column
 * @end: the column behind the last
 * @by_place: the wide intervals are those of the first place of all columns,
 *   then those of the next, each time without margins
 * @pixel: the line's colour, opaque
 *
 * Lays what the pen covers behind all that was gathered before.
 */
void
scope_raster_paint (ScopeRaster *self,
                    int          first,
                    int          end,
                    gboolean     by_place,
                    guint32      pixel)
{
  int          n = end - first;
  gsize        at = by_place ? first : (SCOPE_RASTER_MARGIN + first) * self->n_places;
  const float *low = &self->wide.low[at];
  const float *high = &self->wide.high[at];

  if (by_place && self->n_places == 4)
    paint_columns (self, first, n, low, high, 4, 1, SCOPE_RASTER_COLUMNS, pixel);
  else if (by_place)
    paint_columns (self, first, n, low, high, 2, 1, SCOPE_RASTER_COLUMNS, pixel);
  else if (self->n_places == 4)
    paint_columns (self, first, n, low, high, 4, 4, 1, pixel);
  else
    paint_columns (self, first, n, low, high, 2, 2, 1, pixel);
}

/* Four pixels over those of the surface. */
static inline void
lay_over (guint32    *place,
          ScopePixels above)
{
  ScopePixels alpha = above >> 24;
  guint       empty = scope_ints_to_bits ((ScopeInts) (alpha == 0));
  guint       opaque = scope_ints_to_bits ((ScopeInts) (alpha == 255));

  if (empty == 15)
    return;
  if (opaque != 15)
    above = (above + scope_pixels_multiply (scope_pixels_load (place), 255 - alpha)) | 0xff000000;
  scope_pixels_store (place, above);
}

/* Four rows of four columns, turned. */
static inline void
turn (const guint32 *gathered,
      gsize          height,
      ScopePixels    rows[SCOPE_LANES])
{
  ScopePixels a = scope_pixels_load (gathered), b = scope_pixels_load (gathered + height);
  ScopePixels c = scope_pixels_load (gathered + 2 * height);
  ScopePixels d = scope_pixels_load (gathered + 3 * height);
  ScopePixels ab_low = __builtin_shufflevector (a, b, 0, 4, 1, 5);
  ScopePixels ab_high = __builtin_shufflevector (a, b, 2, 6, 3, 7);
  ScopePixels cd_low = __builtin_shufflevector (c, d, 0, 4, 1, 5);
  ScopePixels cd_high = __builtin_shufflevector (c, d, 2, 6, 3, 7);

  rows[0] = __builtin_shufflevector (ab_low, cd_low, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector (ab_low, cd_low, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector (ab_high, cd_high, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector (ab_high, cd_high, 2, 3, 6, 7);
}

/**
 * scope_raster_end:
 * @self: the raster
 *
 * Lays what was gathered over the surface.
 */
void
scope_raster_end (ScopeRaster *self)
{
  gsize height = (gsize) self->n_words * WORD_BITS;

  for (int row = self->top - self->top % SCOPE_LANES; row < self->bottom; row += SCOPE_LANES)
    for (int c = 0; c < self->n_columns; c += SCOPE_LANES)
      {
        int         n_rows = MIN (SCOPE_LANES, self->n_rows - row);
        int         n_columns = MIN (SCOPE_LANES, self->n_columns - c);
        guint32    *place = self->pixels + (gsize) row * self->stride + c;
        ScopePixels rows[SCOPE_LANES];

        turn (self->gathered + c * height + row, height, rows);
        for (int i = 0; i < n_rows; i++, place += self->stride)
          {
            guint32 edge[SCOPE_LANES] = { 0 };

            if (n_columns == SCOPE_LANES)
              {
                lay_over (place, rows[i]);
                continue;
              }
            memcpy (edge, place, n_columns * sizeof *edge);
            lay_over (edge, rows[i]);
            memcpy (place, edge, n_columns * sizeof *edge);
          }
      }
  self->pixels = NULL;
}
