/* test-totals.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was counted between two times: by hand-made numbers, as the statistics
 * have it for the same time, and over whole recorded files.
 */
#include "fixture.h"

#include <math.h>
#include <string.h>

#define START 1795338539

static ScopeHistory *
read_text (const GString *text)
{
  return fixture_history (text->str, text->len);
}

static void
add_row (GString    *text,
         gint64      second,
         const char *name,
         guint64     count,
         guint64     failures,
         double      average)
{
  fixture_full_row (text, &(FixtureRow){ .stamp = START + second,
                                         .name = name,
                                         .count = count,
                                         .failures = failures,
                                         .average = average,
                                         .p50 = "21",
                                         .p95 = "34",
                                         .min = count ? 1 : 0,
                                         .max = count ? 900 : 0 });
}

static ScopeTotals
get_totals (ScopeHistory *history,
            const char   *name,
            guint         first,
            guint         end)
{
  int position = fixture_find (history, "GET", name);

  g_assert_cmpint (position, >=, 0);
  return scope_history_get_totals (history, position, first, end);
}

static void
assert_near (double value,
             double expected)
{
  if (isnan (value) != isnan (expected) || fabs (value - expected) > 1e-9 * fabs (expected) + 1e-9)
    g_error ("%g, not %g", value, expected);
}

static void
assert_counted (ScopeTotals totals,
                double      requests,
                double      failures,
                double      average)
{
  assert_near (totals.requests, requests);
  assert_near (totals.failures, failures);
  assert_near (scope_totals_get_average (&totals), average);
}

/* Ten blocks: 10 requests and 2 failures each, of 20 ms, in the last five of
 * 50 ms. */
static ScopeHistory *
make_history (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  double              sum = 0;

  for (guint b = 0; b < 10; b++)
    {
      sum += b == 0 ? 0 : 10 * (b < 5 ? 20 : 50);
      add_row (text, b, "/a", 10 * b, 2 * b, b ? sum / (10 * b) : 0);
    }
  return read_text (text);
}

static void
test_within_a_run (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);
  ScopeTotals              totals = get_totals (history, "/a", 3, 8);

  /* Blocks 3 and 4 are of 20 ms, 5 to 7 of 50. */
  assert_counted (totals, 50, 10, (2 * 20 + 3 * 50) / 5.0);
  assert_near (totals.timed, 50);
  assert_near (totals.duration, times[7] - times[2]);
  assert_near (scope_totals_get_rate (&totals), 50 / (times[7] - times[2]));
  assert_near (scope_totals_get_failure_share (&totals), 20);
  g_assert_false (totals.is_partial);

  /* The first block holds nothing, but it took a tick. */
  totals = get_totals (history, "/a", 0, 10);
  assert_counted (totals, 90, 18, (4 * 20 + 5 * 50) / 9.0);
  g_assert_cmpfloat (totals.duration, >, times[9] - times[0] + 0.9);
  assert_counted (get_totals (history, "/a", 0, 99), 90, 18, (4 * 20 + 5 * 50) / 9.0);
  assert_counted (get_totals (history, "/a", 4, 4), NAN, NAN, NAN);
  assert_counted (get_totals (history, "/a", 0, 1), 0, 0, NAN);
}

/* A window that covers exactly the range says the same. */
static void
test_as_statistics (void)
{
  g_autofree char         *path = fixture_path ("runs", "shop_full_stats_history.csv");
  g_autoptr (GBytes)       bytes = fixture_read (path);
  g_autoptr (ScopeHistory) history =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const double *times = scope_history_get_times (history);
  guint         n = scope_history_get_n_blocks (history), n_compared = 0;
  ScopeRun      run = scope_history_get_run (history, 0);

  g_assert_cmpuint (run.end - run.first, >, 30);
  for (guint base = run.first + 3; base + 12 < MIN (n, run.end); base += 5)
    {
      guint last = base + 11;

      scope_history_set_window (history, times[last] - times[base]);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
        {
          ScopeTotals totals = scope_history_get_totals (history, i, base + 1, last + 1);

          if (!scope_columns_has_row (scope_history_get_columns (history, i), last))
            continue;
          assert_near (scope_totals_get_average (&totals),
                       scope_history_get_value (history, i, SCOPE_STATISTIC (AVERAGE), last));
          assert_near (scope_totals_get_rate (&totals),
                       scope_history_get_value (history, i, SCOPE_STATISTIC (REQUESTS), last));
          assert_near (scope_totals_get_failure_share (&totals),
                       scope_history_get_value (history, i, SCOPE_STATISTIC (FAILURE_SHARE), last));
          n_compared++;
        }
    }
  g_assert_cmpuint (n_compared, >, 20);
}

/* Counters that start anew are added up, each from zero; the time is that of
 * both. */
static void
test_runs (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;
  ScopeTotals              totals;

  for (guint b = 0; b < 10; b++)
    add_row (text, b, "/a", 10 * b, b, b ? 20 : 0);
  for (guint b = 0; b < 10; b++) /* an hour later */
    add_row (text, 3600 + b, "/a", 4 * b, 2 * b, b ? 60 : 0);
  history = read_text (text);
  times = scope_history_get_times (history);
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 2);

  totals = get_totals (history, "/a", 0, 20);
  assert_counted (totals, 90 + 36, 9 + 18, (90 * 20 + 36 * 60) / 126.0);
  g_assert_cmpfloat_with_epsilon (totals.duration, 20, 0.1);
  totals = get_totals (history, "/a", 6, 15);
  assert_counted (totals, 40 + 16, 4 + 8, (40 * 20 + 16 * 60) / 56.0);
  g_assert_cmpfloat_with_epsilon (totals.duration, times[9] - times[5] + times[14] - times[10] + 1,
                                  0.01);
  /* From the second run's zero on. */
  assert_counted (get_totals (history, "/a", 10, 20), 36, 18, 60);
}

/* What was counted in a pause is counted, but no rate is told of it. */
static void
test_pause (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;
  ScopeTotals              totals;
  guint                    n_stretches;

  for (guint b = 0; b < 20; b++)
    add_row (text, b + (b < 10 ? 0 : 60), "/a", 10 * b + (b < 10 ? 0 : 1000), b, b ? 20 : 0);
  history = read_text (text);
  times = scope_history_get_times (history);
  scope_history_get_stretches (history, &n_stretches);
  g_assert_cmpuint (n_stretches, ==, 2);

  totals = get_totals (history, "/a", 5, 15);
  assert_counted (totals, 1100, 10, 20);
  assert_near (totals.timed, 50 + 40);
  assert_near (totals.duration, times[9] - times[4] + times[14] - times[10]);
  /* Neighbours add up: what was counted in the pause is of the block after it. */
  assert_counted (get_totals (history, "/a", 5, 10), 50, 5, 20);
  assert_counted (get_totals (history, "/a", 10, 15), 1050, 5, 20);
}

/* A file that begins within a test tells nothing of its first block. */
static void
test_begins_in_the_middle (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;
  ScopeTotals              totals;

  for (guint b = 0; b < 10; b++)
    add_row (text, b, "/a", 500 + 10 * b, 0, 20);
  history = read_text (text);
  times = scope_history_get_times (history);
  totals = get_totals (history, "/a", 0, 10);
  assert_counted (totals, 90, 0, 20);
  assert_near (totals.duration, times[9] - times[0]);
  assert_counted (get_totals (history, "/a", 0, 1), NAN, NAN, NAN);
}

/* One that comes later had counted nothing before; its rate is of all the
 * time. */
static void
test_late_endpoint (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  ScopeTotals              totals;

  for (guint b = 0; b < 20; b++)
    {
      add_row (text, b, "/a", 10 * b, 0, b ? 20 : 0);
      if (b >= 12)
        add_row (text, b, "/late", 3 * (b - 11), 0, 40);
    }
  history = read_text (text);
  totals = get_totals (history, "/late", 5, 20);
  assert_counted (totals, 24, 0, 40);
  assert_near (totals.duration, get_totals (history, "/a", 5, 20).duration);
  assert_counted (get_totals (history, "/late", 2, 8), 0, 0, NAN);
  g_assert_false (totals.is_partial);
}

/* Rows at both ends that could not be read: what is known between them. */
static void
test_unreadable (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;
  ScopeTotals              totals;

  for (guint b = 0; b < 20; b++)
    {
      add_row (text, b, "/a", 10 * b, 0, b ? 20 : 0);
      if (b != 5 && b != 6 && b != 14)
        add_row (text, b, "/b", 10 * b, b, b ? 30 : 0);
    }
  history = read_text (text);
  times = scope_history_get_times (history);
  totals = get_totals (history, "/b", 6, 15);
  assert_counted (totals, 60, 6, 30); /* from block 7 to 13 */
  assert_near (totals.duration, times[13] - times[7]);
  g_assert_true (totals.is_partial);
  assert_counted (get_totals (history, "/b", 6, 7), NAN, NAN, NAN);
  /* Within the range they do not matter. */
  totals = get_totals (history, "/b", 3, 18);
  assert_counted (totals, 150, 15, 30);
  g_assert_false (totals.is_partial);
}

/* Averages that were cut to whole ms: only from zero on. */
static void
test_cut_averages (void)
{
  static const char TEXT[] =
    "\"Type\",\"Name\",\"Timestamp\",\"# requests\",\"# failures\",\"Requests/s\","
    "\"Requests Failed/s\",\"Median response time\",\"Average response time\","
    "\"Min response time\",\"Max response time\",\"Average Content Size\",\"50%\",\"95%\"\r\n"
    "\"GET\",\"/a\",\"1795338539\",0,0,0.00,0.00,0,0,0.00,0.00,0,0,0\r\n"
    "\"GET\",\"/a\",\"1795338541\",3,0,0.00,0.00,5,6,4.00,8.00,7,5,9\r\n"
    "\"GET\",\"/a\",\"1795338543\",5,1,1.25,0.00,5,6,4.00,8.00,7,5,9\r\n";
  g_autoptr (ScopeHistory) history = fixture_history (TEXT, strlen (TEXT));

  assert_counted (get_totals (history, "/a", 0, 3), 5, 1, 6);
  assert_counted (get_totals (history, "/a", 2, 3), 2, 1, NAN);
}

/* Counters of two processes mean nothing. */
static void
test_two_writers (void)
{
  g_autofree char *path = fixture_path ("runs", "worker_and_master_same_prefix_stats_history.csv");
  g_autoptr (GBytes)       bytes = fixture_read (path);
  g_autoptr (ScopeHistory) history =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  ScopeTotals totals = scope_history_get_totals (history, 0, 1, 20);

  assert_counted (totals, NAN, NAN, NAN);
  assert_near (scope_totals_get_rate (&totals), NAN);
}

/* The last row of each run has all of it, if it began with zero. */
static void
assert_all_is_counted (ScopeHistory *history,
                       guint         position,
                       const char   *what)
{
  const ScopeColumns *columns = scope_history_get_columns (history, position);
  ScopeTotals         totals;
  double              requests = 0, failures = 0;

  for (guint r = 0; r < scope_history_get_n_runs (history); r++)
    {
      ScopeRun run = scope_history_get_run (history, r);
      guint    row = MIN (run.end, columns->first + columns->n_rows) - 1 - columns->first;

      if (run.end <= columns->first)
        continue;
      requests += scope_columns_get_count (columns, row);
      failures += scope_columns_get_failures (columns, row);
    }
  totals = scope_history_get_totals (history, position, 0, scope_history_get_n_blocks (history));
  if (totals.requests != requests || totals.failures != failures)
    g_error ("%s, %u: %g and %g, not %g and %g", what, position, totals.requests, totals.failures,
             requests, failures);
}

static void
test_recorded (void)
{
  static const char *const NAMES[] = {
    "shop_full_stats_history.csv",
    "shop_webui_reset_two_tests_stats_history.csv",
    "shop_webui_reset_two_tests_v2463_stats_history.csv",
    "shop_distributed_stats_history.csv",
    "shop_distributed_in_turn_stats_history.csv",
    "shop_nohist_stats_history.csv",
    "many_endpoints_stats_history.csv",
    "request_log_v2463.csv",
  };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char         *path = fixture_path ("runs", NAMES[i]);
      g_autoptr (GBytes)       bytes = fixture_read (path);
      g_autoptr (ScopeHistory) history =
        fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      guint n_stretches;
      const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);

      g_assert_true (stretches[0].from_zero);
      for (guint e = 0; e < g_list_model_get_n_items (G_LIST_MODEL (history)); e++)
        assert_all_is_counted (history, e, NAMES[i]);
    }
}

/* A staircase of workers: counts are those of the rows, a rate is even. */
static void
test_staircase (void)
{
  g_autofree char         *path = fixture_path ("runs", "shop_distributed_stats_history.csv");
  g_autoptr (GBytes)       bytes = fixture_read (path);
  g_autoptr (ScopeHistory) history =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  int                 position = fixture_find (history, "", "Aggregated");
  const ScopeColumns *columns = scope_history_get_columns (history, position);
  guint               n = scope_history_get_n_blocks (history);
  ScopeTotals         all = scope_history_get_totals (history, position, n / 4, n * 3 / 4);

  for (guint from = n / 4; from < n / 2; from++)
    {
      ScopeTotals part = scope_history_get_totals (history, position, from, from + n / 4);

      assert_near (part.requests,
                   (double) scope_columns_get_count (columns, from + n / 4 - 1 - columns->first) -
                     (double) scope_columns_get_count (columns, from - 1 - columns->first));
      g_assert_cmpfloat_with_epsilon (scope_totals_get_rate (&part), scope_totals_get_rate (&all),
                                      0.15 * scope_totals_get_rate (&all));
    }
}

static void
assert_blocks (ScopeHistory *history,
               double        start,
               double        end,
               guint         first,
               guint         after_last)
{
  guint f, a;

  g_assert_cmpint (scope_history_find_blocks (history, start, end, &f, &a), ==,
                   first < after_last);
  if (first < after_last)
    {
      g_assert_cmpuint (f, ==, first);
      g_assert_cmpuint (a, ==, after_last);
    }
}

/* Between two blocks is their difference; the start of a run is whole. */
static void
test_find_blocks (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;

  for (guint b = 0; b < 30; b++)
    add_row (text, b, "/a", b < 20 ? 10 * (b + 1) : 10 * (b - 19), 0, 20);
  history = read_text (text);
  times = scope_history_get_times (history);
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 2);

  assert_blocks (history, times[3], times[8], 4, 9);
  assert_blocks (history, times[3] + 0.1, times[8] - 0.1, 5, 8);
  assert_blocks (history, times[20], times[29], 20, 30); /* it began with zero */
  assert_blocks (history, times[20] - 0.1, times[29] + 5, 20, 30);
  assert_blocks (history, times[0], times[29], 1, 30); /* the file did not */
  assert_blocks (history, times[5], times[5], 0, 0);
  assert_blocks (history, times[29] + 1, times[29] + 9, 0, 0);
  assert_blocks (history, times[0] - 9, times[0] - 1, 0, 0);
}

static void
test_nothing (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  guint                    first, after_last;

  g_assert_false (scope_history_find_blocks (history, 0, 1e10, &first, &after_last));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totals/within-a-run", test_within_a_run);
  g_test_add_func ("/totals/as-statistics", test_as_statistics);
  g_test_add_func ("/totals/runs", test_runs);
  g_test_add_func ("/totals/pause", test_pause);
  g_test_add_func ("/totals/begins-in-the-middle", test_begins_in_the_middle);
  g_test_add_func ("/totals/late-endpoint", test_late_endpoint);
  g_test_add_func ("/totals/unreadable", test_unreadable);
  g_test_add_func ("/totals/cut-averages", test_cut_averages);
  g_test_add_func ("/totals/two-writers", test_two_writers);
  g_test_add_func ("/totals/recorded", test_recorded);
  g_test_add_func ("/totals/staircase", test_staircase);
  g_test_add_func ("/totals/find-blocks", test_find_blocks);
  g_test_add_func ("/totals/nothing", test_nothing);
  return g_test_run ();
}
