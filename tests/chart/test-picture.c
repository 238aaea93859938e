/* test-picture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole picture of recorded runs.  Fonts differ from machine to machine,
 * so what is asserted is where things stand and which colour they have, never
 * bytes.
 */
#include "fixture.h"
#include "picture.h"
#include "plot.h"
#include "selection.h"

#include <math.h>

#define SHOP  "shop_full_stats_history.csv"
#define MANY  "many_endpoints_stats_history.csv"
#define FRAME 40

typedef struct
{
  ScopeHistory *history; /* owned */
  ScopeView    *view;    /* owned */
  ScopePicture  picture;
} Scene;

static void
scene_init (Scene        *self,
            ScopeHistory *history)
{
  self->history = history;
  self->view = scope_view_new (history);
  self->picture = (ScopePicture){ .history = history, .view = self->view, .font = "Sans",
                                  .font_px = 13, .column = 1 };
}

static void
scene_clear (Scene *self)
{
  g_clear_object (&self->view);
  g_clear_object (&self->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
draw (Scene  *scene,
      Canvas *canvas,
      int     width,
      int     height)
{
  canvas_init (canvas, width, height, FRAME, 1);
  scope_picture_draw (&scene->picture, canvas->cr, width, height);
  g_assert_cmpint (cairo_status (canvas->cr), ==, CAIRO_STATUS_SUCCESS);
}

static const ScopeTheme *
get_theme (Scene *scene)
{
  return scope_theme_get (scene->picture.theme);
}

static ScopeColor
get_color (Scene *scene,
           guint  position)
{
  return scope_theme_get_pen (get_theme (scene),
                              scope_history_get_endpoint (scene->history, position))
    .color;
}

/* Rows in which a grid line goes through much of the width. */
static GArray *
find_grid_rows (Scene  *scene,
                Canvas *canvas)
{
  GArray           *rows = g_array_new (FALSE, FALSE, sizeof (int));
  const ScopeColor *grid = &get_theme (scene)->grid;

  for (int y = 0; y < canvas->height; y++)
    {
      int n = 0;

      for (int x = 0; x < canvas->width; x++)
        n += canvas_is (canvas, x, y, grid);
      if (n > canvas->width / 4)
        g_array_append_val (rows, y);
    }
  return rows;
}

/* The rows where one chart ends and the next begins: the widest step between
 * grid lines is where a title stands. */
static int
find_second_chart (Scene  *scene,
                   Canvas *canvas)
{
  g_autoptr (GArray) rows = find_grid_rows (scene, canvas);
  const ScopeColor  *text = &get_theme (scene)->text;

  for (guint i = 1; i < rows->len; i++)
    {
      int from = g_array_index (rows, int, i - 1), to = g_array_index (rows, int, i);

      /* A title is in the text's colour and at the left edge. */
      for (int y = from + 1; y < to; y++)
        for (int x = 0; x < 30; x++)
          if (canvas_is (canvas, x, y, text))
            return from + 2;
    }
  g_assert_not_reached ();
}

static void
test_background (void)
{
  static const ScopeThemeId themes[] = { SCOPE_THEME_LIGHT, SCOPE_THEME_DARK,
                                         SCOPE_THEME_LIGHT_HIGH_CONTRAST,
                                         SCOPE_THEME_DARK_HIGH_CONTRAST };

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_auto (Scene)    scene = { 0 };
      g_auto (Canvas)   canvas = { 0 };
      const ScopeColor *background;
      Extents           found;

      scene_init (&scene, fixture_load_run (SHOP));
      scene.picture.theme = themes[i];
      draw (&scene, &canvas, 600, 400);
      background = &get_theme (&scene)->background;
      g_assert_true (canvas_is (&canvas, 0, 0, background));
      g_assert_true (canvas_is (&canvas, 599, 0, background));
      g_assert_true (canvas_is (&canvas, 0, 399, background));
      g_assert_true (canvas_is (&canvas, 599, 399, background));
      found = canvas_find (&canvas, background, 0, 400);
      g_assert_cmpint (found.n, >, 600 * 400 * 8 / 10);
      g_assert_true (canvas_frame_intact (&canvas));
    }
}

static void
test_endpoint_in_both_charts (void)
{
  g_auto (Scene) scene = { 0 };
  guint          n;

  scene_init (&scene, fixture_load_run (SHOP));
  n = g_list_model_get_n_items (G_LIST_MODEL (scene.history));
  g_assert_cmpuint (n, ==, 8);
  for (guint shown = 0; shown < n; shown++)
    {
      g_auto (Canvas) canvas = { 0 };
      ScopeColor      color;
      int             second;

      fixture_show_only (scene.history, shown);
      if (scope_endpoint_get_is_total (scope_history_get_endpoint (scene.history, shown)))
        continue; /* in the colour of the text */
      color = get_color (&scene, shown);
      draw (&scene, &canvas, 900, 600);
      second = find_second_chart (&scene, &canvas);
      g_assert_cmpint (canvas_find (&canvas, &color, 0, second).n, >, 50);
      g_assert_cmpint (canvas_find (&canvas, &color, second, 600).n, >, 50);

      fixture_show_only (scene.history, (shown + 1) % n);
      canvas_clear (&canvas);
      draw (&scene, &canvas, 900, 600);
      g_assert_cmpint (canvas_find (&canvas, &color, 0, 600).n, ==, 0);
    }
}

/* Colours do not change when others are switched. */
static void
test_color_stays (void)
{
  g_auto (Scene) scene = { 0 };
  guint          cart;
  ScopeColor     before, after;

  scene_init (&scene, fixture_load_run (SHOP));
  cart = fixture_find (scene.history, "GET", "/api/cart");
  before = get_color (&scene, cart);
  scope_selection_invert (scene.history);
  scope_selection_show_all (scene.history, TRUE);
  after = get_color (&scene, cart);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
}

static void
test_y_fits_what_is_visible (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) with = { 0 }, without = { 0 };
  guint           slow, checkout;
  ScopeColor      color;
  int             second;

  scene_init (&scene, fixture_load_run (SHOP));
  slow = fixture_find (scene.history, "GET", "/api/report (late)");
  checkout = fixture_find (scene.history, "POST", "/api/checkout");
  color = get_color (&scene, checkout);

  draw (&scene, &with, 900, 600);
  scope_endpoint_set_visible (scope_history_get_endpoint (scene.history, slow), FALSE);
  draw (&scene, &without, 900, 600);
  second = find_second_chart (&scene, &with);
  g_assert_cmpint (canvas_find (&without, &color, 0, second).top, <,
                   canvas_find (&with, &color, 0, second).top - 100);
}

/* Near the top but never above it, whoever is shown. */
static void
test_fit (void)
{
  g_auto (Scene)   scene = { 0 };
  g_auto (Canvas)  canvas = { 0 };
  ScopeText        text;
  ScopeBlockRange  range = { 0 };

  scene_init (&scene, fixture_load_run (SHOP));
  canvas_init (&canvas, 10, 10, 0, 1);
  scope_text_init (&text, canvas.cr, "Sans", 13);
  range.end = scope_history_get_n_blocks (scene.history);
  for (guint i = 0; i < 8; i++)
    for (int height = 5; height < 900; height += 77)
      {
        g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (guint));
        ScopeSeries series = scope_history_get_series (scene.history, i, SCOPE_STATISTIC (AVERAGE));
        double      highest = scope_series_get_highest (&series, range.first, range.end);
        ScopePlot   plot;

        g_array_append_val (curves, i);
        scope_plot_init (&plot, SCOPE_STATISTIC (AVERAGE), FALSE, curves);
        scope_plot_fit (&plot, scene.history, range, NULL, 20, height, &text);
        g_assert_cmpfloat (plot.y.low, ==, 0);
        g_assert_cmpfloat (plot.y.high, >, highest);
        g_assert_cmpfloat (plot.y.high, <=, 2.6 * highest);
        g_assert_cmpfloat (plot.y.to, >, plot.top);
        g_assert_cmpfloat (plot.y.from, >, plot.y.to);
        g_assert_cmpuint (plot.ticks->len, >=, 2);
        scope_plot_clear (&plot);
      }
  scope_text_clear (&text);
}

/* Where a grid line begins: labels may have a pixel of its colour. */
static int
find_line_start (Canvas           *canvas,
                 int               y,
                 const ScopeColor *grid)
{
  int n = 0;

  for (int x = 0; x < canvas->width; x++)
    {
      n = canvas_is (canvas, x, y, grid) ? n + 1 : 0;
      if (n == 20)
        return x - n + 1;
    }
  return -1;
}

/* Grid lines of both charts begin at the same place, although the labels of
 * one are wider.  The curve that is shown begins late and hides no start. */
static void
test_gutter (void)
{
  static const int widths[] = { 360, 700, 1200 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_auto (Scene)     scene = { 0 };
      g_auto (Canvas)    canvas = { 0 };
      g_autoptr (GArray) rows = NULL;
      const ScopeColor  *grid;
      int                left, second, n_second = 0;

      scene_init (&scene, fixture_load_run (SHOP));
      fixture_show_only (scene.history, fixture_find (scene.history, "GET", "/api/report (late)"));
      draw (&scene, &canvas, widths[w], 600);
      grid = &get_theme (&scene)->grid;
      second = find_second_chart (&scene, &canvas);
      rows = find_grid_rows (&scene, &canvas);
      g_assert_cmpuint (rows->len, >=, 4);
      left = find_line_start (&canvas, g_array_index (rows, int, 0), grid);
      g_assert_cmpint (left, >, 30);
      for (guint i = 0; i < rows->len; i++)
        {
          int y = g_array_index (rows, int, i);

          n_second += y > second;
          g_assert_cmpint (find_line_start (&canvas, y, grid), ==, left);
        }
      g_assert_cmpint (n_second, >=, 2);
      g_assert_cmpint (n_second, <, rows->len);
    }
}

/* Nothing is painted outside of the picture, and no title has a grid line
 * through it: they begin left of the curves, where nothing else has the
 * colour of the text. */
static void
check_inside (Scene *scene,
              int    width,
              int    height)
{
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) rows = NULL;

  draw (scene, &canvas, width, height);
  g_assert_true (canvas_frame_intact (&canvas));
  rows = find_grid_rows (scene, &canvas);
  for (guint i = 0; i < rows->len; i++)
    {
      int y = g_array_index (rows, int, i);

      for (int x = 0; x < 30; x++)
        g_assert_false (canvas_is (&canvas, x, y, &get_theme (scene)->text));
    }
}

static void
test_sizes (gconstpointer data)
{
  static const int sizes[][2] = { { 240, 220 }, { 300, 300 }, { 360, 300 }, { 1200, 800 },
                                  { 3840, 2160 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Scene)     scene = { 0 };
      g_auto (Canvas)    canvas = { 0 };
      g_autoptr (GArray) rows = NULL;

      scene_init (&scene, fixture_load_run (SHOP));
      scene.picture.heading = data;
      check_inside (&scene, sizes[i][0], sizes[i][1]);
      fixture_show_only (scene.history, fixture_find (scene.history, "GET", "/api/report (late)"));
      draw (&scene, &canvas, sizes[i][0], sizes[i][1]);
      rows = find_grid_rows (&scene, &canvas);
      g_assert_cmpuint (rows->len, >=, 4);
      g_assert_cmpint (find_second_chart (&scene, &canvas), >, 0);
    }
}

/* The charts come before the legend: the lines of their time ticks are as high
 * as they are together. */
static void
test_small_with_legend (void)
{
  static const int sizes[][3] = { { 240, 220, 20 }, { 300, 300, 60 }, { 360, 400, 100 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (Scene)    scene = { 0 };
      g_auto (Canvas)   canvas = { 0 };
      const ScopeColor *grid;
      int               highest = 0;

      scene_init (&scene, fixture_load_run (SHOP));
      scene.picture.heading = "run.csv";
      draw (&scene, &canvas, sizes[i][0], sizes[i][1]);
      grid = &get_theme (&scene)->grid;
      for (int x = 0; x < canvas.width; x++)
        {
          int n = 0;

          for (int y = 0; y < canvas.height; y++)
            n += canvas_is (&canvas, x, y, grid);
          highest = MAX (highest, n);
        }
      g_assert_cmpint (highest, >=, sizes[i][2]);
    }
}

/* However little room there is, what does not fit is left out or cut, not
 * painted over the edge. */
static void
test_tiny_sizes (void)
{
  for (int side = 1; side < 240; side += 17)
    for (guint heading = 0; heading < 2; heading++)
      {
        g_auto (Scene)  scene = { 0 };
        g_auto (Canvas) canvas = { 0 };

        scene_init (&scene, fixture_load_run (SHOP));
        scene.picture.heading = heading ? "run.csv" : NULL;
        draw (&scene, &canvas, side, 240 - side);
      }
}

static void
test_large_font (void)
{
  g_auto (Scene) scene = { 0 };

  scene_init (&scene, fixture_load_run (SHOP));
  scene.picture.font_px = 26;
  check_inside (&scene, 360, 400);
  check_inside (&scene, 1200, 800);
  scene.picture.heading = "run.csv";
  check_inside (&scene, 500, 800);
}

static void
test_long_names (void)
{
  g_autoptr (GString) csv = g_string_new (
    "Timestamp,Type,Name,Total Request Count,Total Failure Count,Total Average Response Time\r\n");
  g_autofree char *name = g_strnfill (3000, 'm');
  g_auto (Scene)   scene = { 0 };

  for (int i = 0; i < 20; i++)
    g_string_append_printf (csv,
                            "%d,GET,\"<b>&amp;%s\n搜索\t\u202e\",%d,0,5.0\r\n"
                            "%d,,Aggregated,%d,0,5.0\r\n",
                            1795338538 + i, name, i * 3, 1795338538 + i, i * 3);
  scene_init (&scene, fixture_parse (csv->str, csv->len));
  g_assert_cmpuint (scope_history_get_n_bad_rows (scene.history), ==, 0);
  g_assert_cmpuint (scope_history_get_n_endpoints (scene.history), ==, 1);
  scene.picture.heading = name;
  check_inside (&scene, 360, 500);
  check_inside (&scene, 1200, 800);
}

static void
test_empty_history (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };

  scene_init (&scene, scope_history_new ());
  draw (&scene, &canvas, 600, 400);
  g_assert_true (canvas_frame_intact (&canvas));
  g_assert_cmpint (canvas_find (&canvas, &get_theme (&scene)->background, 0, 400).n, ==, 600 * 400);
}

static void
test_nothing_shown (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };
  guint           n;

  scene_init (&scene, fixture_load_run (SHOP));
  n = g_list_model_get_n_items (G_LIST_MODEL (scene.history));
  fixture_show_only (scene.history, G_MAXUINT);
  draw (&scene, &canvas, 600, 400);
  for (guint i = 1; i < n; i++)
    {
      ScopeColor color = get_color (&scene, i);

      g_assert_cmpint (canvas_find (&canvas, &color, 0, 400).n, ==, 0);
    }
  check_inside (&scene, 240, 220);
  scene.picture.heading = "run.csv";
  check_inside (&scene, 600, 400);
}

static void
test_few_blocks (void)
{
  for (guint n = 1; n <= 3; n++)
    {
      g_auto (Scene) scene = { 0 };

      scene_init (&scene, fixture_take_blocks (SHOP, n));
      g_assert_cmpuint (scope_history_get_n_blocks (scene.history), ==, n);
      check_inside (&scene, 600, 400);
      scene.picture.heading = "run.csv";
      check_inside (&scene, 600, 400);
    }
}

/* Ink of an endpoint whose only requests are those of one block, of 40. */
static int
count_dot_ink (guint block)
{
  g_auto (Scene)      scene = { 0 };
  g_auto (Canvas)     canvas = { 0 };
  g_autoptr (GString) csv = g_string_new (
    "Timestamp,Type,Name,Total Request Count,Total Failure Count,Total Average Response Time\n");
  ScopeColor          color;
  int                 second;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (csv, "%u,GET,/lone,%u,0,50\n%u,GET,/other,%u,0,100\n", 1795338539 + i,
                            i >= block ? 6 : 0, 1795338539 + i, i + 1);
  scene_init (&scene, fixture_parse (csv->str, csv->len));
  scope_history_set_window (scene.history, 0);
  draw (&scene, &canvas, 600, 400);
  color = get_color (&scene, fixture_find (scene.history, "GET", "/lone"));
  second = find_second_chart (&scene, &canvas);
  return canvas_find (&canvas, &color, 0, second).n;
}

/* A dot at the end is as whole as any other. */
static void
test_last_dot (void)
{
  int usual = count_dot_ink (20);

  g_assert_cmpint (usual, >=, 4);
  g_assert_cmpint (count_dot_ink (39), >=, usual - 1);
}

static void
test_one_endpoint (void)
{
  g_auto (Scene) scene = { 0 };

  scene_init (&scene, fixture_load_run (SHOP));
  fixture_show_only (scene.history, fixture_find (scene.history, "GET", "/api/cart"));
  scene.picture.heading = "run.csv";
  check_inside (&scene, 600, 400);
}

static void
test_many_endpoints (void)
{
  g_auto (Scene)  scene = { 0 };
  g_auto (Canvas) canvas = { 0 };
  gint64          start;

  scene_init (&scene, fixture_load_run (MANY));
  g_assert_cmpuint (scope_history_get_n_endpoints (scene.history), >, 250);
  scope_selection_show_all (scene.history, TRUE);
  check_inside (&scene, 1200, 800);
  scene.picture.heading = "run.csv";
  check_inside (&scene, 300, 300);
  check_inside (&scene, 1200, 800);
  start = g_get_monotonic_time ();
  draw (&scene, &canvas, 1200, 800);
  g_test_message ("%u endpoints drawn in %.1f ms", scope_selection_count (scene.history),
                  (g_get_monotonic_time () - start) / 1000.0);
}

/* Whether there is ink of a curve in that column of the lower chart. */
static gboolean
has_curve (Scene  *scene,
           Canvas *canvas,
           int     x,
           int     bottom)
{
  const ScopeTheme *theme = get_theme (scene);

  for (int y = bottom - 150; y < bottom; y++)
    if (!canvas_is (canvas, x, y, &theme->background) && !canvas_is (canvas, x, y, &theme->grid))
      return TRUE;
  return FALSE;
}

/* A stretch of time that was zoomed to: the curves leave it at both edges and
 * nothing is drawn beyond. */
static void
test_zoomed (void)
{
  g_auto (Scene)     scene = { 0 };
  g_auto (Canvas)    canvas = { 0 };
  g_autoptr (GArray) rows = NULL;
  const double      *times;
  int                bottom, left, right;

  scene_init (&scene, fixture_load_run (SHOP));
  fixture_show_only (scene.history, fixture_find (scene.history, "GET", "/api/cart"));
  times = scope_history_get_times (scene.history);
  scope_view_set_fixed (scene.view, times[40] + 0.3, times[44] + 0.3);
  draw (&scene, &canvas, 800, 500);
  rows = find_grid_rows (&scene, &canvas);
  bottom = g_array_index (rows, int, rows->len - 1);
  left = find_line_start (&canvas, bottom, &get_theme (&scene)->grid);
  right = canvas_find (&canvas, &get_theme (&scene)->grid, bottom, bottom + 1).right;
  g_assert_true (has_curve (&scene, &canvas, left + 1, bottom));
  g_assert_true (has_curve (&scene, &canvas, right - 2, bottom));
  g_assert_false (has_curve (&scene, &canvas, left - 2, bottom));
  g_assert_false (has_curve (&scene, &canvas, right + 1, bottom));
  g_assert_true (canvas_frame_intact (&canvas));
}

static void
test_describe (void)
{
  g_auto (Scene)   scene = { 0 }, empty = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;

  scene_init (&scene, fixture_load_run (SHOP));
  scene_init (&empty, scope_history_new ());
  scope_selection_propose (scene.history);
  text = scope_picture_describe (&scene.picture);
  nothing = scope_picture_describe (&empty.picture);
  g_assert_true (g_str_has_prefix (text, "7 endpoints, 2026-11-22 09:08:58 – 09:10:18"));
  g_assert_nonnull (g_strstr_len (text, -1, "GET /api/report (late)"));
  g_assert_cmpstr (nothing, ==, "No data yet");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/background", test_background);
  g_test_add_func ("/picture/endpoint-in-both-charts", test_endpoint_in_both_charts);
  g_test_add_func ("/picture/color-stays", test_color_stays);
  g_test_add_func ("/picture/y-fits-what-is-visible", test_y_fits_what_is_visible);
  g_test_add_func ("/picture/fit", test_fit);
  g_test_add_func ("/picture/gutter", test_gutter);
  g_test_add_data_func ("/picture/sizes/window", NULL, test_sizes);
  g_test_add_data_func ("/picture/sizes/export", "shop_full_stats_history.csv", test_sizes);
  g_test_add_func ("/picture/sizes/small-with-legend", test_small_with_legend);
  g_test_add_func ("/picture/sizes/tiny", test_tiny_sizes);
  g_test_add_func ("/picture/large-font", test_large_font);
  g_test_add_func ("/picture/long-names", test_long_names);
  g_test_add_func ("/picture/empty-history", test_empty_history);
  g_test_add_func ("/picture/nothing-shown", test_nothing_shown);
  g_test_add_func ("/picture/few-blocks", test_few_blocks);
  g_test_add_func ("/picture/last-dot", test_last_dot);
  g_test_add_func ("/picture/one-endpoint", test_one_endpoint);
  g_test_add_func ("/picture/many-endpoints", test_many_endpoints);
  g_test_add_func ("/picture/zoomed", test_zoomed);
  g_test_add_func ("/picture/describe", test_describe);
  return g_test_run ();
}
