/* test-elapsed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Elapsed times: what they look like, where their ticks stand at every zoom, and
 * from which run a picture counts them.
 */
#include "charts.h"
#include "elapsed.h"
#include "fixture.h"
#include "picture.h"

#include <math.h>
#include <string.h>

#define ORIGIN 1795338538.4

static void
assert_elapsed (double      seconds,
                const char *expected)
{
  g_autofree char *text = scope_format_elapsed (seconds);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_elapsed (0, "0:00");
  assert_elapsed (0.9, "0:00");
  assert_elapsed (0.9999, "0:01"); /* but for rounding */
  assert_elapsed (9, "0:09");
  assert_elapsed (90, "1:30");
  assert_elapsed (3599.9, "59:59");
  assert_elapsed (3600, "1:00:00");
  assert_elapsed (3750, "1:02:30");
  assert_elapsed (100 * 3600 + 61, "100:01:01");
  assert_elapsed (-0.0001, "0:00");
  assert_elapsed (-5, "−0:05");
  assert_elapsed (-3725, "−1:02:05");
}

/* What the two moments that are written beside it give. */
static void
test_duration (void)
{
  static const struct
  {
    double      start, end;
    const char *elapsed, *by_clock;
  } cases[] = {
    { 26.9, 50.1, "0:24", "0:23" },
    { 26.1, 50.9, "0:24", "0:25" },
    { 26.9996, 50.1, "0:23", "0:23" },
    { 0, 3600, "1:00:00", "1:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double           start = ORIGIN + cases[i].start, end = ORIGIN + cases[i].end;
      g_autofree char *elapsed = scope_format_duration (start, end, ORIGIN);
      g_autofree char *by_clock = scope_format_duration (start, end, NAN);

      g_assert_cmpstr (elapsed, ==, cases[i].elapsed);
      g_assert_cmpstr (by_clock, ==, cases[i].by_clock);
    }
}

static void
assert_labels (double      from,
               double      span,
               double      spacing,
               const char *expected)
{
  ScopeScale         scale = { ORIGIN + from, ORIGIN + from + span, 0, 1000 };
  g_autoptr (GArray) ticks = scope_scale_elapsed_ticks (&scale, spacing, ORIGIN);
  GString           *labels = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (labels, "%s%s", i ? " " : "",
                            g_array_index (ticks, ScopeTick, i).label);
  g_assert_cmpstr (labels->str, ==, expected);
  g_string_free (labels, TRUE);
}

static void
test_labels (void)
{
  assert_labels (0, 20, 240, "0:00 0:05 0:10 0:15 0:20");
  assert_labels (-7, 20, 240, "−0:05 0:00 0:05 0:10");
  assert_labels (3595.3, 10, 150, "59:56 59:58 1:00:00 1:00:02 1:00:04");
  assert_labels (50, 300, 190, "1:00 2:00 3:00 4:00 5:00");
  assert_labels (0, 7 * 3600, 250, "0:00 2:00:00 4:00:00 6:00:00");
}

/* Rising, far enough apart, at whole steps, and none left out. */
static void
test_spans (void)
{
  for (double span = 1.3; span < 4e6; span *= 1.37)
    for (double from = -span; from < 3 * span; from += span / 3)
      for (double length = 120; length < 3000; length *= 4)
        {
          ScopeScale         scale = { ORIGIN + from, ORIGIN + from + span, 40, 40 + length };
          g_autoptr (GArray) ticks = scope_scale_elapsed_ticks (&scale, 90, ORIGIN);
          const ScopeTick   *all = (const ScopeTick *) ticks->data;

          for (guint i = 0; i < ticks->len; i++)
            {
              double elapsed = all[i].value - ORIGIN;

              g_assert_cmpfloat_with_epsilon (elapsed, round (elapsed), 1e-5);
              g_assert_cmpfloat (all[i].value, >=, scale.low - 1e-5);
              g_assert_cmpfloat (all[i].value, <=, scale.high + 1e-5);
              if (i > 0)
                g_assert_cmpfloat (all[i].position - all[i - 1].position, >=, 90 - 1e-3);
              if (i > 1)
                g_assert_cmpfloat_with_epsilon (all[i].value - all[i - 1].value,
                                                all[i - 1].value - all[i - 2].value, 1e-5);
            }
          if (ticks->len > 1)
            {
              double step = all[1].value - all[0].value;

              g_assert_cmpfloat (all[0].value - step, <, scale.low);
              g_assert_cmpfloat (all[ticks->len - 1].value + step, >, scale.high);
            }
        }
}

static void
test_without_room (void)
{
  ScopeScale         no_span = { 5, 5, 0, 100 }, no_length = { 0, 10, 7, 7 };
  g_autoptr (GArray) a = scope_scale_elapsed_ticks (&no_span, 90, 0);
  g_autoptr (GArray) b = scope_scale_elapsed_ticks (&no_length, 90, 0);

  g_assert_cmpuint (a->len + b->len, ==, 0);
}

/* Of one run its start; of all that of the first in sight. */
static void
test_origin (void)
{
  g_autoptr (ScopeHistory) history =
    fixture_load_run ("shop_webui_reset_two_tests_stats_history.csv");
  g_autoptr (ScopeView) view = scope_view_new (history);
  ScopePicture          picture = { .history = history, .view = view };
  const double         *times = scope_history_get_times (history);
  ScopeRun              third = scope_history_get_run (history, 2);

  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 3);
  g_assert_true (isnan (scope_picture_get_origin (&picture)));
  picture.elapsed = TRUE;
  g_assert_cmpfloat (scope_picture_get_origin (&picture), ==,
                     scope_history_get_run_start (history, 0));
  for (int run = 0; run < 3; run++)
    {
      scope_view_set_run (view, run);
      g_assert_cmpfloat (scope_picture_get_origin (&picture), ==,
                         scope_history_get_run_start (history, (guint) run));
    }
  scope_view_set_run (view, -1);
  scope_view_set_fixed (view, times[third.first + 2], times[third.end - 1]);
  g_assert_cmpfloat (scope_picture_get_origin (&picture), ==,
                     scope_history_get_run_start (history, 2));
  scope_view_set_fixed (view, times[third.first - 3], times[third.end - 1]);
  g_assert_cmpfloat (scope_picture_get_origin (&picture), ==,
                     scope_history_get_run_start (history, 1));
  scope_view_set_fixed (view, times[third.end - 1] + 10, times[third.end - 1] + 30);
  g_assert_cmpfloat (scope_picture_get_origin (&picture), ==,
                     scope_history_get_run_start (history, 2));
}

static void
test_words (void)
{
  g_autoptr (ScopeHistory) history = fixture_load_run ("shop_full_stats_history.csv");
  g_autoptr (ScopeView)    view = scope_view_new (history);
  g_autoptr (GTimeZone)    zone = g_time_zone_new_utc ();
  ScopePicture             picture = { .history = history, .view = view, .elapsed = TRUE };
  double                   start = scope_history_get_run_start (history, 0);
  g_autofree char         *words = NULL;
  g_autofree char         *long_origin = scope_charts_format_origin (ORIGIN, TRUE, zone);
  g_autofree char         *origin = scope_charts_format_origin (ORIGIN, FALSE, zone);

  scope_view_set_fixed (view, start + 10, start + 71);
  words = scope_picture_describe (&picture);
  g_assert_nonnull (strstr (words, " 0:10 – 1:11; "));
  g_assert_cmpstr (long_origin, ==, "0:00 is 2026-11-22 09:08:58 (UTC+00:00)");
  g_assert_cmpstr (origin, ==, "0:00 is 09:08:58");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elapsed/format", test_format);
  g_test_add_func ("/elapsed/duration", test_duration);
  g_test_add_func ("/elapsed/labels", test_labels);
  g_test_add_func ("/elapsed/spans", test_spans);
  g_test_add_func ("/elapsed/without-room", test_without_room);
  g_test_add_func ("/elapsed/origin", test_origin);
  g_test_add_func ("/elapsed/words", test_words);
  return g_test_run ();
}
