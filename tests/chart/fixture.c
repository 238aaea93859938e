/* fixture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Histories are made by the program's own parser: what a test draws is what
 * a user would see of that file.
 */
#include "fixture.h"

#include "csv-parser.h"

#include <math.h>
#include <string.h>

/* Nothing in the program has this colour. */
#define FRAME_PIXEL 0xffff00ffu

/* Antialiasing rounds. */
#define TOLERANCE 3

ScopeHistory *
fixture_parse (const char *csv,
               gssize      length)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GError)         error = NULL;
  ScopeHistory              *history = scope_history_new ();
  g_autoptr (ScopeBlocks)    blocks =
    scope_csv_parser_feed (parser, csv, length < 0 ? strlen (csv) : (gsize) length, &error);

  g_assert_no_error (error);
  scope_history_append (history, blocks);
  return history;
}

static char *
read_run (const char *name,
          gsize      *length)
{
  g_autofree char   *path = g_build_filename (g_getenv ("TEST_DATA"), "runs", name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

/* Returns: (transfer full): the history of a file in tests/data/runs. */
ScopeHistory *
fixture_load_run (const char *name)
{
  gsize            length;
  g_autofree char *text = read_run (name, &length);

  return fixture_parse (text, length);
}

/* Returns: (transfer full): its first few blocks only; the file has one total
 * row at the end of each. */
ScopeHistory *
fixture_take_blocks (const char *name,
                     guint       n_blocks)
{
  gsize            length;
  g_autofree char *text = read_run (name, &length);
  const char      *end = text;

  for (guint i = 0; i < n_blocks; i++)
    {
      end = strstr (end, ",Aggregated,");
      g_assert_nonnull (end);
      end = strchr (end, '\n') + 1;
    }
  return fixture_parse (text, end - text);
}

/* The position of an endpoint that must be there. */
guint
fixture_find (ScopeHistory *history,
              const char   *type,
              const char   *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (g_str_equal (scope_endpoint_get_type_name (endpoint), type) &&
          g_str_equal (scope_endpoint_get_name (endpoint), name))
        return i;
    }
  g_assert_not_reached ();
}

/* Switches all others off; G_MAXUINT switches all off. */
void
fixture_show_only (ScopeHistory *history,
                   guint         position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), i == position);
}

/**
 * canvas_init:
 * @self: uninitialised storage
 * @width: px
 * @height: px
 * @frame: device px round it
 * @scale: device pixels a px
 *
 * It is white, as is paper; the frame has a colour of its own.
 */
void
canvas_init (Canvas *self,
             int     width,
             int     height,
             int     frame,
             double  scale)
{
  self->width = (int) round (width * scale);
  self->height = (int) round (height * scale);
  self->frame = frame;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width + 2 * frame,
                                              self->height + 2 * frame);
  self->cr = cairo_create (self->surface);
  cairo_set_source_rgb (self->cr, 1, 0, 1);
  cairo_paint (self->cr);
  cairo_translate (self->cr, frame, frame);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_rectangle (self->cr, 0, 0, self->width, self->height);
  cairo_fill (self->cr);
  cairo_scale (self->cr, scale, scale);
}

void
canvas_clear (Canvas *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

static guint32
get_raw (Canvas *self,
         int     x,
         int     y)
{
  gsize          stride = cairo_image_surface_get_stride (self->surface);
  const guint8  *data = cairo_image_surface_get_data (self->surface) + y * stride;
  const guint32 *row = (gconstpointer) data;

  return row[x];
}

/* The pixel at device px from the place's corner, premultiplied ARGB. */
guint32
canvas_get (Canvas *self,
            int     x,
            int     y)
{
  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x, <, self->width);
  g_assert_cmpint (y, <, self->height);
  cairo_surface_flush (self->surface);
  return get_raw (self, x + self->frame, y + self->frame);
}

/* Whether nothing was painted outside. */
gboolean
canvas_frame_intact (Canvas *self)
{
  int right = self->frame + self->width, bottom = self->frame + self->height;

  cairo_surface_flush (self->surface);
  for (int y = 0; y < bottom + self->frame; y++)
    for (int x = 0; x < right + self->frame; x++)
      {
        gboolean inside = x >= self->frame && x < right && y >= self->frame && y < bottom;

        if (!inside && get_raw (self, x, y) != FRAME_PIXEL)
          {
            g_test_message ("painted outside at %d,%d of %d×%d", x - self->frame, y - self->frame,
                            self->width, self->height);
            return FALSE;
          }
      }
  return TRUE;
}

static gboolean
is_near (guint32 pixel,
         int     shift,
         double  wanted)
{
  return ABS ((int) ((pixel >> shift) & 0xff) - (int) round (wanted * 255)) <= TOLERANCE;
}

static gboolean
has_color (guint32           pixel,
           const ScopeColor *color)
{
  return is_near (pixel, 16, color->red) && is_near (pixel, 8, color->green) &&
         is_near (pixel, 0, color->blue) && (pixel >> 24) == 0xff;
}

gboolean
canvas_is (Canvas           *self,
           int               x,
           int               y,
           const ScopeColor *color)
{
  return has_color (canvas_get (self, x, y), color);
}

/* Where that colour stands between two rows: pixels that are fully covered. */
Extents
canvas_find (Canvas           *self,
             const ScopeColor *color,
             int               top,
             int               bottom)
{
  Extents found = { G_MAXINT, G_MAXINT, 0, 0, 0 };

  for (int y = top; y < bottom; y++)
    for (int x = 0; x < self->width; x++)
      if (canvas_is (self, x, y, color))
        {
          found.left = MIN (found.left, x);
          found.right = MAX (found.right, x + 1);
          found.top = MIN (found.top, y);
          found.bottom = MAX (found.bottom, y + 1);
          found.n++;
        }
  return found;
}

void
canvas_draw_curves (cairo_t      *cr,
                    double        x,
                    double        y,
                    double        width,
                    double        height,
                    DrawCurves    draw,
                    gconstpointer data)
{
  ScopePaper paper;
  ScopeInk   ink;

  scope_paper_begin (&paper, cr, x, y, width, height);
  scope_ink_init (&ink, &paper, 1, 0);
  for (int first = 0; first < MAX (paper.n_columns, 1); first += SCOPE_RASTER_COLUMNS)
    {
      scope_ink_begin (&ink, first, MIN (first + SCOPE_RASTER_COLUMNS, paper.n_columns));
      draw (&ink, data);
      scope_ink_end (&ink);
    }
  scope_ink_clear (&ink);
  scope_paper_end (&paper);
}

/* Returns: (transfer full) (element-type ScopePoint): the whole envelope */
GArray *
canvas_get_points (const GArray      *bins,
                   const ScopeSeries *series)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (ScopePoint));

  scope_envelope_add (points, bins, 0, bins->len, series);
  return points;
}
