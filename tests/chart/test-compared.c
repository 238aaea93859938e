/* test-compared.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A baseline in the picture: faded, dashed, behind, and where as much time had
 * passed.
 */
#include "charts.h"
#include "fixture.h"
#include "selection.h"

#include <math.h>
#include <string.h>

#define START     1795000000
#define YESTERDAY (START - 86400)
#define N_BLOCKS  100
#define WIDTH     900
#define HEIGHT    600

/* At which a line covers some pixels wholly, wherever it lies. */
#define SCALE 2

#define HEADER                                                                           \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,Total Request Count,"            \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"          \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

typedef struct
{
  ScopeHistory  *history;
  ScopeView     *view;
  ScopeBaseline *baseline;
  ScopePicture   picture;
  ScopeColor     color; /* of the only endpoint */
  ScopeColor     faded;
} Scene;

/* 10 requests a block, of @before ms up to block @step and of @after ms then; the
 * first @idle blocks are without. */
static ScopeHistory *
make_run (gint64      start,
          const char *name,
          guint       idle,
          guint       step,
          double      before,
          double      after)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  double              sum = 0;

  for (guint b = 0; b < N_BLOCKS; b++)
    {
      guint count = b < idle ? 0 : 10 * (b - idle + 1);
      char  average[G_ASCII_DTOSTR_BUF_SIZE];

      sum += b < idle ? 0 : 10 * (b < step ? before : after);
      g_ascii_dtostr (average, sizeof average, count ? sum / count : 0);
      g_string_append_printf (text,
                              "%" G_GINT64_FORMAT ",5,GET,%s,10,0,%u,0,12,%s,1.5,99.25,64.0\r\n",
                              start + b, name, count, average);
    }
  return fixture_parse (text->str, text->len);
}

static void
scene_init (Scene        *self,
            ScopeHistory *history,
            ScopeHistory *other)
{
  const ScopeTheme *theme = scope_theme_get (SCOPE_THEME_LIGHT);
  ScopeEndpoint    *endpoint = scope_history_get_endpoint (history, 0);

  self->history = history;
  self->view = scope_view_new (history);
  scope_history_set_window (history, 0);
  self->baseline = scope_baseline_new (history, self->view, other, -1, "old.csv");
  g_object_unref (other);
  self->picture = (ScopePicture){ .history = history, .view = self->view,
                                  .baseline = self->baseline, .font = "Sans", .font_px = 13,
                                  .column = 1.0 / SCALE };
  scope_endpoint_set_visible (endpoint, TRUE);
  self->color = scope_theme_get_pen (theme, endpoint).color;
  self->faded = scope_theme_get_baseline_pen (theme, endpoint).color;
}

static void
scene_clear (Scene *self)
{
  g_clear_object (&self->baseline);
  g_clear_object (&self->view);
  g_clear_object (&self->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* As it is on paper, where curves are paths. */
static void
draw_paths (Scene  *scene,
            Canvas *canvas)
{
  const cairo_rectangle_t extents = { 0, 0, WIDTH, HEIGHT };
  cairo_surface_t        *paths = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, &extents);
  cairo_t                *cr = cairo_create (paths);

  scope_picture_draw (&scene->picture, cr, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_set_source_surface (canvas->cr, paths, 0, 0);
  cairo_paint (canvas->cr);
  cairo_surface_destroy (paths);
}

/* Returns: the charts as they stand, to be cleared. */
static ScopeCharts
draw (Scene   *scene,
      Canvas  *canvas,
      gboolean as_paths)
{
  g_autoptr (GArray) curves = scope_selection_list (scene->history);
  ScopeCharts        charts;
  ScopeText          text;

  canvas_init (canvas, WIDTH, HEIGHT, 20, SCALE);
  if (as_paths)
    draw_paths (scene, canvas);
  else
    scope_picture_draw (&scene->picture, canvas->cr, WIDTH, HEIGHT);
  scope_text_init (&text, canvas->cr, "Sans", 13);
  scope_charts_init (&charts, &scene->picture, curves, &text, WIDTH, SCOPE_PICTURE_EDGE_PX,
                     HEIGHT - SCOPE_PICTURE_EDGE_PX);
  scope_text_clear (&text);
  return charts;
}

/* Device pixels, as all that follow. */
static int
get_row (const ScopeCharts *charts,
         guint              plot,
         double             value)
{
  return (int) floor (SCALE * scope_scale_to_px (&charts->plots[plot].y, value));
}

/* Whether the column has the colour in a row near @row. */
static gboolean
is_near (Canvas           *canvas,
         int               x,
         int               row,
         const ScopeColor *color)
{
  return canvas_is (canvas, x, row - 1, color) || canvas_is (canvas, x, row, color) ||
         canvas_is (canvas, x, row + 1, color);
}

static int
count_columns (Canvas           *canvas,
               int               from,
               int               to,
               int               row,
               const ScopeColor *color)
{
  int n = 0;

  for (int x = from; x < to; x++)
    n += is_near (canvas, x, row, color);
  return n;
}

/* How often the colour comes and goes along a row. */
static int
count_dashes (Canvas           *canvas,
              int               from,
              int               to,
              int               row,
              const ScopeColor *color)
{
  int n = 0;

  for (int x = from + 1; x < to; x++)
    n += is_near (canvas, x, row, color) && !is_near (canvas, x - 1, row, color);
  return n;
}

static void
check_faded_and_dashed (gboolean as_paths)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };
  ScopeCharts     charts;
  int             left, right, row, n;

  scene_init (&scene, make_run (START, "/a", 0, 0, 0, 20), make_run (YESTERDAY, "/a", 0, 0, 0, 70));
  charts = draw (&scene, &canvas, as_paths);
  left = SCALE * ((int) charts.gutter.left + 20);
  right = SCALE * ((int) charts.gutter.right - 20);

  /* The y axis holds both. */
  g_assert_cmpfloat (charts.plots[0].y.high, >=, 70);
  /* The one is whole, ... */
  row = get_row (&charts, 0, 20);
  g_assert_cmpint (count_columns (&canvas, left, right, row, &scene.color), ==, right - left);
  g_assert_cmpint (count_columns (&canvas, left, right, row, &scene.faded), ==, 0);
  /* ... the other has dashes and gaps all along. */
  row = get_row (&charts, 0, 70);
  n = count_columns (&canvas, left, right, row, &scene.faded);
  g_assert_cmpint (n, >, (right - left) / 4);
  g_assert_cmpint (n, <, (right - left) * 3 / 4);
  n = count_dashes (&canvas, left, right, row, &scene.faded);
  g_assert_cmpint (n, >, (right - left) / SCALE / 10);
  g_assert_cmpint (n, <, (right - left) / SCALE / 5);
  g_assert_cmpint (count_columns (&canvas, left, right, row, &scene.color), ==, 0);
  g_assert_true (canvas_frame_intact (&canvas));
  scope_charts_clear (&charts);
}

static void
test_faded_and_dashed (void)
{
  check_faded_and_dashed (FALSE);
  check_faded_and_dashed (TRUE);
}

/* Where both are the same, the one that is shown lies in front. */
static void
check_behind (gboolean as_paths)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };
  ScopeCharts     charts;
  int             left, right, row;

  scene_init (&scene, make_run (START, "/a", 0, 0, 0, 20), make_run (YESTERDAY, "/a", 0, 0, 0, 20));
  charts = draw (&scene, &canvas, as_paths);
  left = SCALE * ((int) charts.gutter.left + 20);
  right = SCALE * ((int) charts.gutter.right - 20);
  row = get_row (&charts, 0, 20);
  g_assert_cmpint (count_columns (&canvas, left, right, row, &scene.color), ==, right - left);
  g_assert_cmpint (count_columns (&canvas, left, right, row, &scene.faded), ==, 0);
  scope_charts_clear (&charts);
}

static void
test_behind (void)
{
  check_behind (FALSE);
  check_behind (TRUE);
}

/* Aligned where requests begin: a step of the baseline 30 s after its first
 * request stands 30 s after that of the other. */
static void
test_aligned (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };
  ScopeCharts     charts;
  int             step, low, high, end, right;
  double          time;

  scene_init (&scene, make_run (START, "/a", 10, 0, 0, 5),
              make_run (YESTERDAY, "/a", 25, 55, 30, 60));
  charts = draw (&scene, &canvas, FALSE);
  time = scope_history_get_times (scene.history)[9] + 30.5;
  step = (int) (SCALE * scope_scale_to_px (&charts.x, time));
  low = get_row (&charts, 0, 30);
  high = get_row (&charts, 0, 60);
  g_assert_cmpint (count_columns (&canvas, step - 150, step - 10, low, &scene.faded), >, 40);
  g_assert_cmpint (count_columns (&canvas, step - 150, step - 10, high, &scene.faded), ==, 0);
  g_assert_cmpint (count_columns (&canvas, step + 10, step + 150, high, &scene.faded), >, 40);
  g_assert_cmpint (count_columns (&canvas, step + 10, step + 150, low, &scene.faded), ==, 0);

  /* It ends where it does, earlier than the other. */
  time = scope_history_get_times (scene.history)[9] + 75.5;
  end = (int) (SCALE * scope_scale_to_px (&charts.x, time));
  right = (int) (SCALE * charts.gutter.right);
  g_assert_cmpint (end, <, right - 40);
  g_assert_cmpint (count_columns (&canvas, end - 60, end - 8, high, &scene.faded), >, 10);
  g_assert_cmpint (count_columns (&canvas, end + 5, right, high, &scene.faded), ==, 0);
  scope_charts_clear (&charts);
}

/* Nothing is drawn of what is not shown, nor of what it does not have. */
static void
test_lacking (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Scene)  stranger = { 0 };
  g_auto (Canvas) canvas = { 0 };
  g_auto (Canvas) other = { 0 };
  g_auto (Canvas) without = { 0 };
  ScopeCharts     charts;
  char           *words;

  scene_init (&scene, make_run (START, "/a", 0, 0, 0, 20), make_run (YESTERDAY, "/a", 0, 0, 0, 70));
  words = scope_picture_describe (&scene.picture);
  g_assert_nonnull (strstr (words, "Dashed: old.csv"));
  g_free (words);
  scope_endpoint_set_visible (scope_history_get_endpoint (scene.history, 0), FALSE);
  charts = draw (&scene, &canvas, FALSE);
  g_assert_cmpint (canvas_find (&canvas, &scene.faded, 0, SCALE * HEIGHT).n, ==, 0);
  scope_charts_clear (&charts);

  scene_init (&stranger, make_run (START, "/a", 0, 0, 0, 20),
              make_run (YESTERDAY, "/b", 0, 0, 0, 70));
  charts = draw (&stranger, &other, FALSE);
  g_assert_cmpfloat (charts.plots[0].y.high, <, 50);
  scope_charts_clear (&charts);
  stranger.picture.baseline = NULL;
  charts = draw (&stranger, &without, FALSE);
  for (int y = 0; y < other.height; y++)
    for (int x = 0; x < other.width; x++)
      g_assert_cmphex (canvas_get (&other, x, y), ==, canvas_get (&without, x, y));
  scope_charts_clear (&charts);
}

/* Its line in a heading takes room from the charts, and only with a baseline. */
static void
test_heading (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) without = { 0 };
  g_auto (Canvas) with = { 0 };
  int             n_different = 0;

  scene_init (&scene, make_run (START, "/a", 0, 0, 0, 20), make_run (YESTERDAY, "/a", 0, 0, 0, 70));
  scene.picture.heading = "new.csv";
  canvas_init (&with, WIDTH, HEIGHT, 20, SCALE);
  scope_picture_draw (&scene.picture, with.cr, WIDTH, HEIGHT);
  scene.picture.baseline = NULL;
  canvas_init (&without, WIDTH, HEIGHT, 20, SCALE);
  scope_picture_draw (&scene.picture, without.cr, WIDTH, HEIGHT);
  for (int y = 0; y < 70 * SCALE; y++)
    for (int x = 0; x < 140 * SCALE; x++)
      n_different += canvas_get (&with, x, y) != canvas_get (&without, x, y);
  g_assert_cmpint (n_different, >, 100);
}

static void
assert_format (double      difference,
               const char *expected)
{
  g_autofree char *text = scope_compared_format_difference (difference);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (12.4, "+12 %");
  assert_format (-3.5, "−4 %");
  assert_format (0.2, "±0 %");
  assert_format (-0.2, "±0 %");
  assert_format (999.4, "+999 %");
  assert_format (1234.5, "×13");
  assert_format (NAN, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compared/faded-and-dashed", test_faded_and_dashed);
  g_test_add_func ("/compared/behind", test_behind);
  g_test_add_func ("/compared/aligned", test_aligned);
  g_test_add_func ("/compared/lacking", test_lacking);
  g_test_add_func ("/compared/heading", test_heading);
  g_test_add_func ("/compared/format", test_format);
  return g_test_run ();
}
