/* test-ink.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves on image surfaces: ink stands where the values are, as thick as it
 * should be, and nowhere else.  On vector surfaces: no more vertices than can
 * be seen.
 */
#include "dashes.h"
#include "fixture.h"
#include "ink.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

/* What is wanted, not what the source says. */
#define LINE_PX 1.5

#define WIDTH  200
#define HEIGHT 100

static const ScopeColor BLACK = { 0, 0, 0, 1 };

/* px = value: the scale of these tests turns nothing round. */
static const ScopeScale Y = { 0, HEIGHT, 0, HEIGHT };

static ScopePoint
lone (float x,
      float value)
{
  return (ScopePoint){ .x_first = x, .x_last = x, .first = value, .last = value, .low = value,
                       .high = value };
}

static ScopePoint
joined (float x,
        float value)
{
  ScopePoint point = lone (x, value);

  point.joined = TRUE;
  return point;
}

static GArray *
make_points (void)
{
  return g_array_new (FALSE, FALSE, sizeof (ScopePoint));
}

static void
add (GArray    *points,
     ScopePoint point)
{
  g_array_append_val (points, point);
}

typedef struct
{
  const GArray   *points;
  const ScopePen *pen;
} Line;

static void
draw_line (ScopeInk     *ink,
           gconstpointer data)
{
  const Line *line = data;

  scope_ink_points (ink, line->points, &Y, line->pen);
}

static void
draw_with (cairo_t        *cr,
           const GArray   *points,
           const ScopePen *pen)
{
  Line line = { points, pen };

  canvas_draw_curves (cr, 0, 0, WIDTH, HEIGHT, draw_line, &line);
}

static void
draw (Canvas       *canvas,
      const GArray *points)
{
  ScopePen pen = { .color = BLACK };

  draw_with (canvas->cr, points, &pen);
}

/* How much of a pixel is covered, 0 to 1: black ink on white. */
static double
cover (Canvas *canvas,
       int     x,
       int     y)
{
  return 1 - (canvas_get (canvas, x, y) & 0xff) / 255.0;
}

/* The thickness of all ink in a column of device pixels. */
static double
column_ink (Canvas *canvas,
            int     x)
{
  double sum = 0;

  for (int y = 0; y < canvas->height; y++)
    sum += cover (canvas, x, y);
  return sum;
}

static double
all_ink (Canvas *canvas)
{
  double sum = 0;

  for (int x = 0; x < canvas->width; x++)
    sum += column_ink (canvas, x);
  return sum;
}

/* Device rows from the first to the last with ink in that column. */
static void
get_rows (Canvas *canvas,
          int     x,
          int    *top,
          int    *bottom)
{
  *top = *bottom = -1;
  for (int y = 0; y < canvas->height; y++)
    if (cover (canvas, x, y) > 0.02)
      {
        if (*top < 0)
          *top = y;
        *bottom = y + 1;
      }
}

static void
check_horizontal (double scale,
                  double value)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();
  double             top = (value - LINE_PX / 2) * scale;
  double             bottom = (value + LINE_PX / 2) * scale;

  canvas_init (&canvas, WIDTH, HEIGHT, 0, scale);
  for (int x = 20; x <= 180; x++)
    add (points, x == 20 ? lone (x, value) : joined (x, value));
  draw (&canvas, points);
  for (int x = 0; x < canvas.width; x++)
    for (int y = 0; y < canvas.height; y++)
      {
        double from_end = MIN (x + 0.5 - 20 * scale, 180 * scale - x - 0.5);
        double wanted = from_end > 0 ? CLAMP (MIN (bottom, y + 1) - MAX (top, y), 0, 1) : 0;

        if (fabs (from_end) > scale) /* the ends are round */
          g_assert_cmpfloat_with_epsilon (cover (&canvas, x, y), wanted, 0.07);
      }
}

static void
test_horizontal (void)
{
  static const double values[] = { 50, 50.5, 50.25, 10.1, 89.9 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      check_horizontal (1, values[i]);
      check_horizontal (2, values[i]);
    }
}

static void
test_gap (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      g_auto (Canvas)    canvas = { 0 };
      g_autoptr (GArray) points = make_points ();

      canvas_init (&canvas, WIDTH, HEIGHT, 0, scale);
      add (points, lone (20, 30));
      add (points, joined (80, 30));
      add (points, lone (120, 70));
      add (points, joined (180, 70));
      draw (&canvas, points);
      for (int x = 0; x < canvas.width; x++)
        {
          double from_middle = fabs (fabs ((x + 0.5) / scale - 100) - 50); /* of either line */

          if (fabs (from_middle - 30) > 1)
            g_assert_cmpfloat_with_epsilon (column_ink (&canvas, x),
                                            from_middle < 30 ? LINE_PX * scale : 0, 0.1);
        }
    }
}

static void
check_dot (Canvas *canvas,
           double  x,
           double  y,
           double  scale)
{
  int left = canvas->width, right = 0, top = canvas->height, bottom = 0;

  for (int i = 0; i < canvas->width; i++)
    for (int j = 0; j < canvas->height; j++)
      if (cover (canvas, i, j) > 0.02)
        {
          left = MIN (left, i);
          right = MAX (right, i + 1);
          top = MIN (top, j);
          bottom = MAX (bottom, j + 1);
        }
  g_assert_cmpfloat (fabs ((left + right) / 2.0 - x * scale), <=, 0.6);
  g_assert_cmpfloat (fabs ((top + bottom) / 2.0 - y * scale), <=, 0.6);
  /* Wider than a line, so that it is seen, and as high as wide. */
  g_assert_cmpint (right - left, >=, (int) (2 * scale));
  g_assert_cmpint (right - left, <=, (int) (6 * scale));
  g_assert_cmpint (ABS ((right - left) - (bottom - top)), <=, 1);
  g_assert_cmpfloat (all_ink (canvas), >, LINE_PX * LINE_PX * scale * scale);
}

static void
test_lone_sample (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      g_auto (Canvas)    canvas = { 0 };
      g_autoptr (GArray) points = make_points ();

      canvas_init (&canvas, WIDTH, HEIGHT, 0, scale);
      add (points, lone (63.5, 41.5));
      draw (&canvas, points);
      check_dot (&canvas, 63.5, 41.5, scale);
    }
}

/* Two lone samples are two dots, with nothing between them; a curve's first
 * and last samples are none. */
static void
test_lone_samples (void)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();
  int                top, bottom;

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  add (points, lone (20, 30));
  add (points, lone (60, 30));
  add (points, lone (100, 30));
  add (points, joined (140, 30));
  add (points, lone (180, 30));
  draw (&canvas, points);
  g_assert_cmpfloat (column_ink (&canvas, 20), >, 2);
  g_assert_cmpfloat (column_ink (&canvas, 40), ==, 0);
  g_assert_cmpfloat (column_ink (&canvas, 60), >, 2);
  g_assert_cmpfloat (column_ink (&canvas, 80), ==, 0);
  g_assert_cmpfloat_with_epsilon (column_ink (&canvas, 102), LINE_PX, 0.05);
  g_assert_cmpfloat_with_epsilon (column_ink (&canvas, 137), LINE_PX, 0.05);
  g_assert_cmpfloat (column_ink (&canvas, 160), ==, 0);
  get_rows (&canvas, 180, &top, &bottom);
  g_assert_cmpint (bottom - top, >=, 3);
}

/* Nor is one lost in a gap between dashes. */
static void
test_lone_dashed (void)
{
  static const double dashes[] = { 7, 4 };
  ScopePen            pen = { .color = BLACK, .dashes = dashes, .n_dashes = 2 };

  for (int x = 20; x < 42; x++)
    {
      g_auto (Canvas)    canvas = { 0 };
      g_autoptr (GArray) points = make_points ();

      canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
      add (points, lone (x + 0.5f, 30));
      draw_with (canvas.cr, points, &pen);
      g_assert_cmpfloat (column_ink (&canvas, x), >, 2);
    }
}

/* The top of a spike whose flanks are several px wide is there wherever dashes begin:
 * in pixels, and on a vector surface. */
static void
test_spike_dashed (void)
{
  static const double dashes[] = { 6, 5 };
  ScopePen            pen = { .color = BLACK, .dashes = dashes, .n_dashes = 2 };

  for (guint kind = 0; kind < 2; kind++)
    for (int x = 60; x < 72; x++)
      {
        g_auto (Canvas)    canvas = { 0 };
        g_autoptr (GArray) points = make_points ();
        int                top, bottom;

        canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
        add (points, lone (0, 90));
        add (points, joined (x - 6, 90));
        add (points, joined (x, 10));
        add (points, joined (x + 6, 90));
        add (points, joined (WIDTH, 90));
        if (kind == 0)
          {
            draw_with (canvas.cr, points, &pen);
          }
        else
          {
            g_autofree ScopeVertex *v = g_new (ScopeVertex, points->len);

            for (guint i = 0; i < points->len; i++)
              v[i] = (ScopeVertex){ g_array_index (points, ScopePoint, i).x_first,
                                    g_array_index (points, ScopePoint, i).first };
            scope_color_set (&pen.color, canvas.cr);
            cairo_set_line_width (canvas.cr, LINE_PX);
            scope_dashes_add_path (canvas.cr, v, points->len, &pen, 0);
            cairo_stroke (canvas.cr);
          }
        get_rows (&canvas, x, &top, &bottom);
        g_assert_cmpint (top, <=, 12);
        for (int beside = x - 5; beside < x + 6; beside++)
          g_assert_cmpfloat (column_ink (&canvas, beside), >, 2);
      }
}

/* A column whose samples go from the lowest to the highest value. */
static void
test_column (void)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();
  ScopePoint         point = { .x_first = 100.1f, .x_last = 100.9f, .first = 50, .last = 52,
                               .low = 10, .high = 90 };
  int                top, bottom;

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  add (points, lone (50, 50));
  point.joined = TRUE;
  add (points, point);
  add (points, joined (150, 52));
  draw (&canvas, points);
  get_rows (&canvas, 100, &top, &bottom);
  g_assert_cmpint (top, <=, 10);
  g_assert_cmpint (top, >=, 8);
  g_assert_cmpint (bottom, >=, 90);
  g_assert_cmpint (bottom, <=, 92);
  for (int y = 12; y < 88; y++)
    g_assert_cmpfloat (cover (&canvas, 100, y), >, 0.4);
  g_assert_cmpfloat_with_epsilon (column_ink (&canvas, 80), LINE_PX, 0.06);
  g_assert_cmpfloat_with_epsilon (column_ink (&canvas, 120), LINE_PX, 0.06);
}

/* Blocks one a second with that value at @special, seen on @width px. */
static GArray *
make_series_points (guint  n,
                    guint  special,
                    float  value,
                    float  usual,
                    double width)
{
  g_autofree double *times = g_new (double, n);
  g_autofree float  *values = g_new (float, n);
  ScopeStretch       stretch = { 0 };
  ScopeSeries        series = { .values = values, .first = 0, .n = n };
  ScopeScale         x = { 0, n - 1, 0, width };
  g_autoptr (GArray) bins = NULL;

  for (guint b = 0; b < n; b++)
    {
      times[b] = b;
      values[b] = b == special ? value : usual;
    }
  bins = scope_bins_new (times, (ScopeBlockRange){ 0, n }, &stretch, 1, &x, 1);
  return canvas_get_points (bins, &series);
}

static void
test_spike (void)
{
  static const guint sizes[] = { 20, 150, 200, 333, 1000, 5000, 86400 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint i = 1; i < 8; i++)
      {
        guint              spike = sizes[s] * i / 8;
        int                x = (int) (spike * (double) WIDTH / (sizes[s] - 1));
        g_auto (Canvas)    canvas = { 0 };
        g_autoptr (GArray) points = make_series_points (sizes[s], spike, 15, 80, WIDTH);
        int                highest = HEIGHT;

        canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
        draw (&canvas, points);
        for (int near = MAX (x - 1, 0); near <= MIN (x + 1, WIDTH - 1); near++)
          {
            int top, bottom;

            get_rows (&canvas, near, &top, &bottom);
            highest = MIN (highest, top);
          }
        g_assert_cmpint (highest, >=, 11);
        g_assert_cmpint (highest, <=, 16);
        /* No other column is touched. */
        for (int far = 0; far < WIDTH; far++)
          if (ABS (far - x) > (int) (WIDTH / sizes[s]) + 2)
            g_assert_cmpfloat (column_ink (&canvas, far), <, 2);
      }
}

static void
test_dashes (void)
{
  static const double dashes[] = { 7, 3 };
  ScopePen            pen = { .color = BLACK, .dashes = dashes, .n_dashes = 2 };
  g_auto (Canvas)     canvas = { 0 };
  g_autoptr (GArray)  points = make_points ();

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  for (int x = 0; x <= WIDTH; x++)
    add (points, x == 0 ? lone (x, 50) : joined (x, 50));
  draw_with (canvas.cr, points, &pen);
  /* Between the round ends of two dashes is one px of nothing. */
  for (int x = 0; x < WIDTH; x++)
    if (x % 10 == 8)
      g_assert_cmpfloat (column_ink (&canvas, x), <, 0.05);
    else if (x % 10 < 6)
      g_assert_cmpfloat_with_epsilon (column_ink (&canvas, x), LINE_PX, 0.1);
  /* What is drawn next is not dashed. */
  g_assert_cmpint (cairo_get_dash_count (canvas.cr), ==, 0);
}

static void
test_color (void)
{
  ScopePen           pen = { .color = { 0.2, 0.4, 0.6, 1 } };
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  add (points, lone (0, 50.75));
  add (points, joined (WIDTH, 50.75));
  draw_with (canvas.cr, points, &pen);
  g_assert_true (canvas_is (&canvas, 100, 50, &pen.color));
}

static void
test_clip (void)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();
  ScopePen           pen = { .color = BLACK };
  Line               line = { points, &pen };

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  add (points, lone (-1e6f, 30));
  for (int x = 0; x < WIDTH; x += 5)
    add (points, joined (x, x % 10 ? -1e5f : 1e5f));
  add (points, joined (1e6f, 30));
  canvas_draw_curves (canvas.cr, 40, 20, 100, 50, draw_line, &line);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (x < 40 || x >= 140 || y < 20 || y >= 70)
        g_assert_cmpfloat (cover (&canvas, x, y), ==, 0);
  g_assert_cmpfloat (all_ink (&canvas), >, 100);
}

static void
test_nothing (void)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) points = make_points ();

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  draw (&canvas, points);
  g_assert_cmpfloat (all_ink (&canvas), ==, 0);
  g_assert_cmpint (cairo_status (canvas.cr), ==, CAIRO_STATUS_SUCCESS);
}

/* A walk with gaps, of one sample or several a column, up or down or flat. */
static GArray *
make_walk (guint n)
{
  GArray *points = make_points ();
  double  x = g_test_rand_double_range (-3, 3);
  double  step = 1.1 * WIDTH / n;

  for (guint i = 0; i < n; i++, x += step)
    {
      ScopePoint point = { .x_first = (float) x, .joined = i > 0 && g_test_rand_int_range (0, 20) };

      point.x_last = point.x_first + (g_test_rand_bit () ? 0 : (float) MIN (step, 1) * 0.9f);
      point.low = (float) g_test_rand_double_range (2, 90);
      point.high = point.low + (g_test_rand_bit () ? 0 : (float) g_test_rand_double_range (0, 8));
      point.first = g_test_rand_bit () ? point.low : point.high;
      point.last = point.x_last == point.x_first && point.low == point.high ? point.first
                   : g_test_rand_bit ()                                     ? point.low
                                                                            : point.high;
      add (points, point);
    }
  return points;
}

/* The most ink in a pixel and those round it. */
static double
cover_near (Canvas *canvas,
            int     x,
            int     y)
{
  double most = 0;

  for (int i = MAX (x - 1, 0); i <= MIN (x + 1, canvas->width - 1); i++)
    for (int j = MAX (y - 1, 0); j <= MIN (y + 1, canvas->height - 1); j++)
      most = MAX (most, cover (canvas, i, j));
  return most;
}

/* What is drawn as pixels looks as what is drawn as paths: no edge is moved
 * by more than a device pixel, and a line is about as heavy.  Steep lines
 * come out a little heavier as pixels: measured, 4 to 15 % of the ink differs
 * from scale 1 on, and up to 21 % below. */
static void
check_alike (guint           n,
             double          scale,
             const ScopePen *pen)
{
  g_auto (Canvas)    pixels = { 0 }, paths = { 0 };
  g_autoptr (GArray) points = make_walk (n);
  cairo_surface_t   *record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t           *cr = cairo_create (record);
  double             difference = 0, ink = 0;
  int                edge = (int) ceil (2 * scale); /* a pen outside may reach in, or not */

  canvas_init (&pixels, WIDTH, HEIGHT, 0, scale);
  canvas_init (&paths, WIDTH, HEIGHT, 0, scale);
  draw_with (pixels.cr, points, pen);
  draw_with (cr, points, pen);
  cairo_set_source_surface (paths.cr, record, 0, 0);
  cairo_paint (paths.cr);
  /* The ends of dashes are where the nearest place is. */
  for (int x = edge; x < pixels.width - edge; x++)
    for (int y = 0; y < pixels.height; y++)
      {
        double one = cover (&pixels, x, y), other = cover (&paths, x, y);

        difference += fabs (one - other);
        ink += other;
        if (one > 0.9 && pen->dashes == NULL)
          g_assert_cmpfloat (cover_near (&paths, x, y), >, 0.3);
        if (other > 0.9 && pen->dashes == NULL)
          g_assert_cmpfloat (cover_near (&pixels, x, y), >, 0.3);
      }
  g_test_message ("%u points at scale %g: %.1f %% of the ink differs", n, scale,
                  100 * difference / ink);
  g_assert_cmpfloat (ink, >, 50);
  g_assert_cmpfloat (difference / ink, <, pen->dashes ? 0.35 : scale < 1 ? 0.3 : 0.2);
  cairo_destroy (cr);
  cairo_surface_destroy (record);
}

static void
test_pixels_like_paths (void)
{
  static const double scales[] = { 0.5, 1, 1.25, 2, 3 };
  static const double dashes[] = { 7, 3 };
  const ScopePen      solid = { .color = BLACK };
  const ScopePen      dashed = { .color = BLACK, .dashes = dashes, .n_dashes = 2 };

  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    {
      check_alike (12, scales[s], &solid);
      check_alike (60, scales[s], &solid);
      check_alike (220, scales[s], &solid);
      check_alike (12, scales[s], &dashed);
      check_alike (60, scales[s], &dashed);
    }
}

static cairo_status_t
take_bytes (void                *data,
            const unsigned char *bytes,
            unsigned int         length)
{
  g_string_append_len (data, (const char *) bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Letters M, L and C in the paths of an SVG. */
static guint
count_vertices (const char *svg)
{
  guint n = 0;

  for (const char *path = strstr (svg, " d=\""); path != NULL; path = strstr (path, " d=\""))
    for (path += 4; *path != '"'; path++)
      n += *path == 'M' || *path == 'L' || *path == 'C';
  return n;
}

static guint
count_svg_vertices (guint  n_samples,
                    double width)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  g_autoptr (GArray)  points = NULL;
  g_autofree double  *times = g_new (double, n_samples);
  g_autofree float   *values = g_new (float, n_samples);
  g_autoptr (GArray)  bins = NULL;
  ScopeStretch        stretch = { 0 };
  ScopeSeries         series = { .values = values, .first = 0, .n = n_samples };
  ScopeScale          x = { 0, n_samples - 1, 0, width };
  ScopePen            pen = { .color = BLACK };
  Line                line = { .pen = &pen };
  cairo_surface_t    *surface;
  cairo_t            *cr;

  surface = cairo_svg_surface_create_for_stream (take_bytes, svg, width, HEIGHT);
  cr = cairo_create (surface);
  for (guint b = 0; b < n_samples; b++)
    {
      times[b] = b;
      values[b] = (float) g_test_rand_double_range (0, HEIGHT);
    }
  bins = scope_bins_new (times, (ScopeBlockRange){ 0, n_samples }, &stretch, 1, &x, 1);
  line.points = points = canvas_get_points (bins, &series);
  canvas_draw_curves (cr, 0, 0, width, HEIGHT, draw_line, &line);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return count_vertices (svg->str);
}

static void
test_vertices (void)
{
  /* The clip is a path as well. */
  g_assert_cmpuint (count_svg_vertices (100, 1000), >=, 100);
  g_assert_cmpuint (count_svg_vertices (100, 1000), <=, 110);
  g_assert_cmpuint (count_svg_vertices (1000, 500), <=, 4 * 501 + 10);
  g_assert_cmpuint (count_svg_vertices (10000, 500), <=, 4 * 501 + 10);
  g_assert_cmpuint (count_svg_vertices (10000, 500), >=, 2 * 500);
  g_assert_cmpuint (count_svg_vertices (200000, 500), <=, 4 * 501 + 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/horizontal", test_horizontal);
  g_test_add_func ("/ink/gap", test_gap);
  g_test_add_func ("/ink/lone-sample", test_lone_sample);
  g_test_add_func ("/ink/lone-samples", test_lone_samples);
  g_test_add_func ("/ink/lone-dashed", test_lone_dashed);
  g_test_add_func ("/ink/spike-dashed", test_spike_dashed);
  g_test_add_func ("/ink/column", test_column);
  g_test_add_func ("/ink/spike", test_spike);
  g_test_add_func ("/ink/dashes", test_dashes);
  g_test_add_func ("/ink/color", test_color);
  g_test_add_func ("/ink/clip", test_clip);
  g_test_add_func ("/ink/nothing", test_nothing);
  g_test_add_func ("/ink/pixels-like-paths", test_pixels_like_paths);
  g_test_add_func ("/ink/vertices", test_vertices);
  return g_test_run ();
}
