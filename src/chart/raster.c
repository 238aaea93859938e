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

#include "floats.h"

#include <string.h>

#define WORD_BITS 64

/* Rows that are turned at a time: a cache line. */
#define TURNED_ROWS 16

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
  g_return_if_fail (n_columns >= 0 && n_columns <= SCOPE_RASTER_COLUMNS && n_rows >= 0);
  g_return_if_fail (n_places == 4 || n_places == 2);

  self->pixels = pixels;
  self->stride = stride;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->n_places = n_places;
  self->n_words = (n_rows + WORD_BITS - 1) / WORD_BITS;
  if ((gsize) n_rows > self->allocated)
    {
      scope_raster_clear (self);
      self->allocated = n_rows;
      self->gathered = g_new (guint32, (gsize) n_rows * SCOPE_RASTER_COLUMNS);
      self->opaque = g_new (guint64, (gsize) self->n_words * SCOPE_RASTER_COLUMNS);
    }
  memset (self->gathered, 0, (gsize) n_columns * n_rows * sizeof *self->gathered);
  memset (self->opaque, 0, (gsize) n_columns * self->n_words * sizeof *self->opaque);
  self->top = n_rows;
  self->bottom = 0;
  self->n_gaps = 0;
  for (guint i = 0; i < SCOPE_RASTER_ROOM; i++)
    {
      self->line.low[i] = SCOPE_RASTER_FAR;
      self->line.high[i] = -SCOPE_RASTER_FAR;
    }
}

/* @color × @share / 255, in each of the four channels. */
static inline guint32
multiply (guint32 color,
          guint   share)
{
  guint32 even = (color & 0xff00ff) * share + 0x800080;
  guint32 odd = ((color >> 8) & 0xff00ff) * share + 0x800080;

  even = ((even + ((even >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  odd = (odd + ((odd >> 8) & 0xff00ff)) & 0xff00ff00;
  return even | odd;
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

static inline void
paint_solid (guint32 *column,
             guint64 *opaque,
             int      from,
             int      to,
             guint32  pixel)
{
  for (int word = from / WORD_BITS; word * WORD_BITS < to; word++)
    {
      guint64 mask = make_mask (word, from, to);
      guint64 rows = mask & ~opaque[word];

      opaque[word] |= mask;
      for (; rows != 0; rows &= rows - 1)
        {
          guint32 *place = &column[word * WORD_BITS + __builtin_ctzll (rows)];

          *place = *place == 0 ? pixel : *place + multiply (pixel, 255 - (*place >> 24));
        }
    }
}

/* What is covered of a row, 0 to 255. */
static inline guint
get_coverage (ScopeFloats low,
              ScopeFloats high,
              int         row)
{
  ScopeFloats start = scope_floats_all ((float) row);
  ScopeFloats parts = scope_floats_min (high, start + 1) - scope_floats_max (low, start);

  parts = scope_floats_max (parts, scope_floats_all (0));
  return (guint) ((parts[0] + parts[1] + parts[2] + parts[3]) * (255.0f / 4) + 0.5f);
}

static inline void
paint_edge (guint32    *column,
            guint64    *opaque,
            ScopeFloats low,
            ScopeFloats high,
            int         from,
            int         to,
            guint32     pixel)
{
  for (int word = from / WORD_BITS; word * WORD_BITS < to; word++)
    {
      int     base = word * WORD_BITS;
      guint64 rows = make_mask (word, from, to) & ~opaque[word];

      for (; rows != 0; rows &= rows - 1)
        {
          int      bit = __builtin_ctzll (rows);
          guint32 *place = &column[base + bit];
          guint    share = get_coverage (low, high, base + bit);

          if (*place != 0)
            share = multiply (share, 255 - (*place >> 24));
          *place += multiply (pixel, share);
          if (255 - (*place >> 24) < SHINES_THROUGH)
            opaque[word] |= (guint64) 1 << bit;
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
      int         top = limits.top[c], bottom = limits.bottom[c];
      int         solid_top = limits.solid_top[c], solid_bottom = limits.solid_bottom[c];
      guint32    *column = self->gathered + (gsize) (first + c) * self->n_rows;
      guint64    *opaque = self->opaque + (gsize) (first + c) * self->n_words;
      ScopeFloats l, h;

      if (top >= bottom || is_hidden (opaque, top, bottom))
        continue;
      l = (ScopeFloats){ AT (low, c, 0), AT (low, c, 1), AT (low, c, 2), AT (low, c, 3) };
      h = (ScopeFloats){ AT (high, c, 0), AT (high, c, 1), AT (high, c, 2), AT (high, c, 3) };
      self->top = MIN (self->top, top);
      self->bottom = MAX (self->bottom, bottom);
      if (solid_top >= solid_bottom)
        {
          paint_edge (column, opaque, l, h, top, bottom, pixel);
          continue;
        }
      paint_solid (column, opaque, solid_top, solid_bottom, pixel);
      paint_edge (column, opaque, l, h, top, solid_top, pixel);
      paint_edge (column, opaque, l, h, solid_bottom, bottom, pixel);
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

static inline void
lay_over (guint32 *below,
          guint32  above)
{
  guint alpha = above >> 24;

  if (alpha == 255)
    *below = above;
  else if (alpha != 0)
    *below = 0xff000000 | (above + multiply (*below | 0xff000000, 255 - alpha));
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
  for (int from = self->top - self->top % TURNED_ROWS; from < self->bottom; from += TURNED_ROWS)
    {
      int to = MIN (from + TURNED_ROWS, self->n_rows);

      for (int row = from; row < to; row++)
        for (int c = 0; c < self->n_columns; c++)
          lay_over (&self->pixels[(gsize) row * self->stride + c],
                    self->gathered[(gsize) c * self->n_rows + row]);
    }
  self->pixels = NULL;
}
