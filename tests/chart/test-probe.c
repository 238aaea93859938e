/* test-probe.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The curve that is nearest to a place is the one whose value there stands
 * nearest on the axis, of those that are shown and have one.
 */
#include "fixture.h"
#include "probe.h"
#include "selection.h"

#define WIDTH  600
#define HEIGHT 400

typedef struct
{
  ScopeHistory *history; /* owned */
  ScopeView    *view;    /* owned */
  ScopePicture  picture;
  ScopeCharts   charts;
  GArray       *curves;  /* owned */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  ScopeText        text;

  f->history = fixture_load_run ("shop_full_stats_history.csv");
  scope_selection_settle (f->history);
  f->view = scope_view_new (f->history);
  f->picture = (ScopePicture){ .history = f->history,
                               .view = f->view,
                               .font = "DejaVu Sans",
                               .font_px = 13,
                               .column = 1,
                               .is_log = data != NULL };
  f->curves = scope_selection_list (f->history);
  scope_text_init (&text, cr, f->picture.font, f->picture.font_px);
  scope_charts_init (&f->charts, &f->picture, f->curves, &text, WIDTH, 10, HEIGHT - 10);
  scope_text_clear (&text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  scope_charts_clear (&f->charts);
  g_array_unref (f->curves);
  g_clear_object (&f->view);
  g_clear_object (&f->history);
}

static void
test_plot (Fixture      *f,
           gconstpointer data)
{
  const ScopeScale *upper = &f->charts.plots[0].y, *lower = &f->charts.plots[1].y;

  g_assert_cmpuint (scope_charts_find_plot (&f->charts, 0), ==, 0);
  g_assert_cmpuint (scope_charts_find_plot (&f->charts, upper->from), ==, 0);
  g_assert_cmpuint (scope_charts_find_plot (&f->charts, upper->from + 2), ==, 0);
  g_assert_cmpuint (scope_charts_find_plot (&f->charts, lower->to - 2), ==, 1);
  g_assert_cmpuint (scope_charts_find_plot (&f->charts, lower->to), ==, 1);
  g_assert_cmpuint (scope_charts_find_plot (&f->charts, HEIGHT), ==, 1);
}

/* At the height of each of its values a curve, or one that has the same, is found. */
static void
test_each_curve (Fixture      *f,
                 gconstpointer data)
{
  guint n_blocks = scope_history_get_n_blocks (f->history);
  guint n_found = 0;

  g_assert_cmpuint (f->curves->len, >, 4);
  for (guint plot = 0; plot < f->charts.n_plots; plot++)
    for (guint i = 0; i < f->curves->len; i++)
      for (guint block = 0; block < n_blocks; block += 7)
        {
          guint      position = g_array_index (f->curves, guint, i);
          double     value = scope_history_get_value (f->history, position,
                                                      f->charts.plots[plot].statistic, block);
          double     y = scope_plot_to_px (&f->charts.plots[plot], value);
          ScopeProbe probe;

          if (isnan (value))
            continue;
          g_assert_true (scope_charts_find_curve (&f->charts, plot, block, y, &probe));
          g_assert_cmpfloat_with_epsilon (probe.value, value, 1e-4 * MAX (value, 1));
          g_assert_cmpfloat_with_epsilon (probe.y, y, 0.01);
          g_assert_cmpuint (probe.plot, ==, plot);
          n_found += probe.position == position;
        }
  g_assert_cmpuint (n_found, >, 100);
}

static void
test_hidden (Fixture      *f,
             gconstpointer data)
{
  ScopeProbe probe;
  guint      last = scope_history_get_n_blocks (f->history) - 1;

  g_assert_true (scope_charts_find_curve (&f->charts, 1, last, 0, &probe));
  g_array_set_size (f->charts.curves, 0);
  g_assert_false (scope_charts_find_curve (&f->charts, 1, last, 0, &probe));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/probe/plot", Fixture, NULL, set_up, test_plot, tear_down);
  g_test_add ("/probe/each-curve", Fixture, NULL, set_up, test_each_curve, tear_down);
  g_test_add ("/probe/each-curve/logarithmic", Fixture, "log", set_up, test_each_curve, tear_down);
  g_test_add ("/probe/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  return g_test_run ();
}
