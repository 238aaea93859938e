/* test-runs.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which blocks belong to which run: counters that start again though the
 * count does not fall, two processes at one file, and a view of one run.
 */
#include "fixture.h"
#include "view.h"

#include <math.h>
#include <string.h>

#define START 1795338539

static void
add_row (GString *text,
         guint    block,
         guint64  count,
         double   average,
         double   min,
         double   max)
{
  fixture_full_row (text, &(FixtureRow){ .stamp = START + block,
                                         .name = "/a",
                                         .count = count,
                                         .average = average,
                                         .p50 = "12",
                                         .p95 = "34",
                                         .min = min,
                                         .max = max });
}

/* 5 requests a block of 20 ms; at block 10 a reset, after which 80 of 50 ms
 * come with every block: the count never falls. */
static ScopeHistory *
make_regrown (double min_after,
              double max_after)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint b = 0; b < 10; b++)
    add_row (text, b, 5 * b, b ? 20 : 0, b ? 4 : 0, b ? 90 : 0);
  for (guint b = 0; b < 10; b++)
    add_row (text, 10 + b, 80 * (b + 1), 50, min_after, max_after);
  return fixture_history (text->str, text->len);
}

static void
assert_runs (ScopeHistory *history,
             const char   *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < scope_history_get_n_runs (history); i++)
    {
      ScopeRun run = scope_history_get_run (history, i);

      g_string_append_printf (text, "%s%u-%u", i ? " " : "", run.first, run.end);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static double
get_value (ScopeHistory  *history,
           ScopeStatistic statistic,
           guint          block)
{
  return scope_history_get_value (history, 0, statistic, block);
}

static void
check_regrown (double min_after,
               double max_after)
{
  g_autoptr (ScopeHistory) history = make_regrown (min_after, max_after);

  assert_runs (history, "0-10 10-20");
  for (guint b = 1; b < 20; b++)
    {
      double expected = b < 10 ? 20 : 50;
      double rate = b < 10 ? 5.0 * b / (b + 1) : 80; /* from one tick before the run */

      g_assert_cmpfloat_with_epsilon (get_value (history, SCOPE_STATISTIC (AVERAGE), b), expected,
                                      1e-6);
      g_assert_cmpfloat_with_epsilon (get_value (history, SCOPE_STATISTIC (REQUESTS), b), rate,
                                      0.02 * rate);
    }
}

static void
test_maximum_falls (void)
{
  check_regrown (4, 80);
}

static void
test_minimum_rises (void)
{
  check_regrown (4.5, 90);
}

/* Without that proof it is one run that got faster. */
static void
test_nothing_proves_it (void)
{
  g_autoptr (ScopeHistory) same = make_regrown (4, 90);
  g_autoptr (ScopeHistory) wider = make_regrown (3, 700);

  assert_runs (same, "0-20");
  assert_runs (wider, "0-20");
}

/* N/A is neither a fall nor a rise, nor is the first request after none. */
static void
test_no_minimum_yet (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 12; b++)
    add_row (text, b, b < 4 ? 0 : b, b < 4 ? 0 : 20, b < 4 ? 0 : 7, b < 4 ? 0 : 9);
  history = fixture_history (text->str, text->len);
  assert_runs (history, "0-12");
}

/* 40 requests a block, set back to 0 some time before block 20; @pause blocks
 * before that none came, and after it they come at @pace. */
static double
get_rate_after_reset (guint first,
                      guint pause,
                      guint pace,
                      guint block)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 20; b++)
    fixture_row (text, START + b, "", "Aggregated", 40 * MIN (b, 19 - pause), 20);
  for (guint b = 20; b < 40; b++)
    fixture_row (text, START + b, "", "Aggregated", first + pace * (b - 20), 20);
  history = fixture_history (text->str, text->len);
  assert_runs (history, "0-20 20-40");
  return get_value (history, SCOPE_STATISTIC (REQUESTS), block);
}

/* Requests that go on at the same pace tell when it was. */
static void
test_time_of_reset (void)
{
  for (guint block = 20; block < 29; block++)
    {
      g_assert_cmpfloat_with_epsilon (get_rate_after_reset (4, 0, 40, block), 40, 8);
      g_assert_cmpfloat_with_epsilon (get_rate_after_reset (20, 0, 40, block), 40, 2);
      g_assert_cmpfloat_with_epsilon (get_rate_after_reset (39, 0, 40, block), 40, 1);
    }
  /* Those that do not go on tell nothing: it is counted from a tick before. */
  g_assert_cmpfloat_with_epsilon (get_rate_after_reset (4, 3, 40, 20), 4, 0.1);
  g_assert_cmpfloat_with_epsilon (get_rate_after_reset (4, 0, 4, 20), 4, 0.1);
}

/* Rows before a test belong to it, its time is counted from its first request. */
static void
test_start (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;

  for (guint b = 0; b < 20; b++) /* idle for 5 s, then a test; another at once */
    fixture_row (text, START + b, "GET", "/a", b < 5 ? 0 : b < 12 ? b : b - 11, 20);
  for (guint b = 20; b < 25; b++) /* one that never began */
    fixture_row (text, START + b, "GET", "/a", 0, 0);
  history = fixture_history (text->str, text->len);
  times = scope_history_get_times (history);
  assert_runs (history, "0-12 12-20 20-25");
  g_assert_cmpfloat (scope_history_get_run_start (history, 0), ==, times[4]);
  g_assert_cmpfloat_with_epsilon (scope_history_get_run_start (history, 1), times[11], 0.02);
  g_assert_cmpfloat (scope_history_get_run_start (history, 2), ==, times[20]);
}

static void
test_runs_are_listed (void)
{
  g_autofree char         *path = fixture_path ("runs", "shop_webui_reset_two_tests_stats_history.csv");
  g_autoptr (GBytes)       bytes = fixture_read (path);
  g_autoptr (ScopeHistory) history =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  guint end = 0;

  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 3);
  g_assert_false (scope_history_has_two_writers (history));
  for (guint i = 0; i < 3; i++)
    {
      ScopeRun run = scope_history_get_run (history, i);

      g_assert_cmpuint (run.first, ==, end);
      g_assert_cmpuint (run.end, >, run.first);
      end = run.end;
    }
  g_assert_cmpuint (end, ==, scope_history_get_n_blocks (history));
}

static void
test_nothing_has_no_run (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  ScopeRun                 run = scope_history_get_run (history, 0);

  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 0);
  g_assert_cmpuint (run.first, ==, run.end);
}

/* The end of a pause starts a stretch but no run. */
static void
test_pause_is_no_run (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  guint                    n_stretches;

  for (guint b = 0; b < 20; b++)
    fixture_row (text, START + b + (b < 10 ? 0 : 60), "GET", "/a", b, 5);
  history = fixture_history (text->str, text->len);
  scope_history_get_stretches (history, &n_stretches);
  g_assert_cmpuint (n_stretches, ==, 2);
  assert_runs (history, "0-20");
}

/* A worker's rows between those of its master: small, large, small. */
static void
write_two (GString *text,
           guint    first,
           guint    n)
{
  for (guint b = first; b < first + n; b++)
    fixture_row (text, START + b, "GET", "/a", b % 3 == 2 ? 3 + b / 3 : 100 * (b + 1), 5);
}

static void
test_two_writers (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);

  write_two (text, 0, 8); /* two falls are not yet many */
  fixture_append (history, parser, text->str);
  g_assert_false (scope_history_has_two_writers (history));
  assert_runs (history, "0-2 2-5 5-8");

  g_string_truncate (text, 0);
  write_two (text, 8, 12);
  fixture_append (history, parser, text->str);
  g_assert_true (scope_history_has_two_writers (history));
  assert_runs (history, "0-20");
}

/* Somebody who presses Reset now and then is no second writer. */
static void
test_resets_are_no_writer (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 40; b++)
    fixture_row (text, START + b, "GET", "/a", 1 + b % 8, 5);
  history = fixture_history (text->str, text->len);
  g_assert_false (scope_history_has_two_writers (history));
  assert_runs (history, "0-8 8-16 16-24 24-32 32-40");
}

/* Another file is another matter. */
static void
test_two_writers_forgotten (void)
{
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory)   history = NULL;
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    blocks = NULL;

  write_two (text, 0, 30);
  history = fixture_history (text->str, text->len);
  g_assert_true (scope_history_has_two_writers (history));

  g_string_assign (text, FIXTURE_HEADER);
  for (guint b = 0; b < 20; b++)
    fixture_row (text, START + b, "GET", "/a", b % 10, 5);
  blocks = scope_csv_parser_feed (parser, text->str, text->len, NULL);
  blocks->reset = TRUE;
  scope_history_append (history, blocks);
  g_assert_false (scope_history_has_two_writers (history));
  assert_runs (history, "0-10 10-20");
}

static void
test_recorded_two_writers (void)
{
  g_autofree char         *path = fixture_path ("runs", "worker_and_master_same_prefix_stats_history.csv");
  g_autoptr (GBytes)       bytes = fixture_read (path);
  g_autoptr (ScopeHistory) history =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_true (scope_history_has_two_writers (history));
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 1);
}

static void
assert_range (ScopeView *view,
              double     start,
              double     end)
{
  double from, to;

  scope_view_get_range (view, &from, &to);
  g_assert_cmpfloat (from, ==, start);
  g_assert_cmpfloat (to, ==, end);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_view (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeView)      view = scope_view_new (history);
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  const double              *times;
  guint                      n_changed = 0;

  for (guint b = 0; b < 45; b++)
    fixture_row (text, START + b, "GET", "/a", b < 20 ? b : b < 40 ? b - 20 : b - 40, 5);
  fixture_append (history, parser, text->str);
  assert_runs (history, "0-20 20-40 40-45");
  times = scope_history_get_times (history);
  g_signal_connect_swapped (view, "changed", G_CALLBACK (count_cb), &n_changed);

  g_assert_cmpint (scope_view_get_run (view), ==, -1);
  assert_range (view, times[0], times[44]);
  scope_view_set_run (view, 1);
  scope_view_set_run (view, 1);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (scope_view_get_run (view), ==, 1);
  assert_range (view, times[20], times[39]);

  /* A choice of run ends a zoom, and a zoom can be made in a run. */
  scope_view_set_fixed (view, times[22], times[25]);
  assert_range (view, times[22], times[25]);
  scope_view_set_run (view, 0);
  g_assert_false (scope_view_get_fixed (view));
  assert_range (view, times[0], times[19]);

  scope_view_set_run (view, 2); /* the last one grows; 10 s are the least */
  assert_range (view, times[40], times[40] + 10);
  g_string_truncate (text, 0);
  for (guint b = 45; b < 60; b++)
    fixture_row (text, START + b, "GET", "/a", b - 40, 5);
  fixture_append (history, parser, text->str);
  times = scope_history_get_times (history);
  assert_range (view, times[40], times[59]);
  scope_view_set_run (view, 7); /* there is none: all */
  assert_range (view, times[0], times[59]);
  scope_view_set_run (view, -1);
  assert_range (view, times[0], times[59]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runs/maximum-falls", test_maximum_falls);
  g_test_add_func ("/runs/minimum-rises", test_minimum_rises);
  g_test_add_func ("/runs/nothing-proves-it", test_nothing_proves_it);
  g_test_add_func ("/runs/no-minimum-yet", test_no_minimum_yet);
  g_test_add_func ("/runs/time-of-reset", test_time_of_reset);
  g_test_add_func ("/runs/start", test_start);
  g_test_add_func ("/runs/listed", test_runs_are_listed);
  g_test_add_func ("/runs/none", test_nothing_has_no_run);
  g_test_add_func ("/runs/pause-is-none", test_pause_is_no_run);
  g_test_add_func ("/runs/two-writers", test_two_writers);
  g_test_add_func ("/runs/resets-are-no-writer", test_resets_are_no_writer);
  g_test_add_func ("/runs/two-writers-forgotten", test_two_writers_forgotten);
  g_test_add_func ("/runs/recorded-two-writers", test_recorded_two_writers);
  g_test_add_func ("/runs/view", test_view);
  return g_test_run ();
}
