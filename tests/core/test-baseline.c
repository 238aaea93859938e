/* test-baseline.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two runs on one time axis: which of their moments and endpoints belong
 * together, and by how much their values differ.
 */
#include "baseline.h"
#include "fixture.h"

#include <math.h>

#define START     1795338539
#define YESTERDAY (START - 86400)

#define AVERAGE  SCOPE_STATISTIC (AVERAGE)
#define REQUESTS SCOPE_STATISTIC (REQUESTS)

/* Another set of columns: no percentile. */
#define SHORT_HEADER                                                                      \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,Total Request Count,"             \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"           \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

typedef struct
{
  ScopeHistory  *history;
  ScopeView     *view;
  ScopeHistory  *other;
  ScopeBaseline *baseline;
  guint          n_changed;
} Test;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_init (Test         *test,
           ScopeHistory *history,
           ScopeHistory *other,
           int           run)
{
  *test = (Test){ .history = history, .view = scope_view_new (history), .other = other };
  test->baseline = scope_baseline_new (history, test->view, other, run,
                                       other == history ? NULL : "old.csv");
  g_signal_connect_swapped (test->baseline, "changed", G_CALLBACK (count_cb), &test->n_changed);
}

/* Nobody else may hold any of it. */
static void
test_clear (Test *test)
{
  gboolean is_own = test->other == test->history;

  g_assert_finalize_object (test->baseline);
  g_assert_finalize_object (test->view);
  if (!is_own)
    g_assert_finalize_object (test->other);
  g_assert_finalize_object (test->history);
}

/* @pace requests of @average ms a block, after @idle blocks without any. */
static void
write_run (GString    *text,
           gint64      start,
           const char *name,
           guint       idle,
           guint       n_blocks,
           guint       pace,
           double      average)
{
  for (guint b = 0; b < n_blocks; b++)
    fixture_row (text, start + b, "GET", name, b < idle ? 0 : pace * (b - idle + 1),
                 b < idle ? 0 : average);
}

static ScopeHistory *
make_run (gint64 start,
          guint  idle,
          guint  n_blocks,
          guint  pace,
          double average)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  write_run (text, start, "/a", idle, n_blocks, pace, average);
  return fixture_history (text->str, text->len);
}

static double
get_time (ScopeHistory *history,
          guint         block)
{
  return scope_history_get_times (history)[block];
}

static double
get_average (Test  *test,
             double time)
{
  return scope_baseline_get_value (test->baseline, 0, AVERAGE, time);
}

/* Their first requests are what is aligned, not their first rows. */
static void
test_aligned (void)
{
  Test   test;
  double offset;

  test_init (&test, make_run (START, 3, 60, 5, 20), make_run (YESTERDAY, 7, 40, 4, 25), -1);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, get_time (test.history, 2) - get_time (test.other, 6),
                                  1e-9);
  g_assert_cmpuint (scope_baseline_get_blocks (test.baseline).first, ==, 6);
  g_assert_cmpuint (scope_baseline_get_blocks (test.baseline).end, ==, 40);

  /* Nothing before both began, nor when the baseline was over. */
  g_assert_true (isnan (get_average (&test, get_time (test.history, 0))));
  g_assert_true (isnan (get_average (&test, get_time (test.history, 2)))); /* no request yet */
  for (guint b = 3; b < 36; b++)
    g_assert_cmpfloat_with_epsilon (get_average (&test, get_time (test.history, b)), 25, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_average (&test, get_time (test.other, 39) + offset + 1.4),
                                  25, 1e-6);
  g_assert_true (isnan (get_average (&test, get_time (test.other, 39) + offset + 1.7)));
  g_assert_true (isnan (get_average (&test, get_time (test.other, 39) + offset + 1000)));

  /* The value of that very moment: a rate that grows. */
  for (guint b = 3; b < 9; b++)
    g_assert_cmpfloat_with_epsilon (
      scope_baseline_get_value (test.baseline, 0, REQUESTS, get_time (test.history, b)),
      scope_history_get_value (test.other, 0, REQUESTS, b + 4), 1e-9);
  test_clear (&test);
}

/* Of all that both runs have. */
static double
get_mean_difference (Test          *test,
                     ScopeStatistic statistic)
{
  return scope_baseline_get_mean_difference (test->baseline, 0, statistic, -INFINITY, INFINITY);
}

static void
test_difference (void)
{
  Test test;

  test_init (&test, make_run (START, 0, 60, 5, 30), make_run (YESTERDAY, 2, 40, 4, 25), -1);
  g_assert_cmpfloat_with_epsilon (
    scope_baseline_get_difference (test.baseline, 0, AVERAGE, get_time (test.history, 20)), 20,
    1e-6);
  g_assert_cmpfloat_with_epsilon (
    scope_baseline_get_difference (test.baseline, 0, REQUESTS, get_time (test.history, 20)), 25,
    1);
  /* The latest block is later than all of the baseline's. */
  g_assert_true (isnan (
    scope_baseline_get_difference (test.baseline, 0, AVERAGE, get_time (test.history, 59))));
  /* Per cent of 0 mean nothing. */
  g_assert_cmpfloat (scope_baseline_get_value (test.baseline, 0, SCOPE_STATISTIC (FAILURES),
                                               get_time (test.history, 1)), ==, 0);
  g_assert_true (isnan (scope_baseline_get_difference (
    test.baseline, 0, SCOPE_STATISTIC (FAILURES), get_time (test.history, 1))));
  test_clear (&test);

  test_init (&test, make_run (START, 0, 20, 5, 20), make_run (YESTERDAY, 2, 40, 4, 25), -1);
  g_assert_cmpfloat_with_epsilon (get_mean_difference (&test, AVERAGE), -20, 1e-6);
  test_clear (&test);
}

/* Runs of unequal length are compared as long as both went on: what one did later
 * does not count. */
static void
test_common (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  double              start = -INFINITY, end = INFINITY, last;
  Test                test;

  /* 5 requests a block: of 30 ms in 40 blocks, then for 40 more 60 ms on the average of all. */
  write_run (text, START, "/a", 0, 40, 5, 30);
  for (guint b = 40; b < 80; b++)
    fixture_row (text, START + b, "GET", "/a", 5 * (b + 1), 60);
  test_init (&test, fixture_history (text->str, text->len), make_run (YESTERDAY, 2, 42, 4, 25), -1);
  g_assert_true (scope_baseline_get_common (test.baseline, &start, &end));
  last = get_time (test.history, 39);
  g_assert_cmpfloat (start, ==, scope_history_get_run_start (test.history, 0));
  g_assert_cmpfloat_with_epsilon (end, last, 1.1); /* ticks differ a little */
  g_assert_cmpfloat_with_epsilon (get_mean_difference (&test, AVERAGE), 20, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_mean_difference (&test, REQUESTS), 25, 1);

  /* Of what is looked at. */
  start = get_time (test.history, 10);
  end = get_time (test.history, 60);
  g_assert_true (scope_baseline_get_common (test.baseline, &start, &end));
  g_assert_cmpfloat (start, ==, get_time (test.history, 10));
  g_assert_cmpfloat_with_epsilon (end, last, 1.1); /* ticks differ a little */
  g_assert_cmpfloat_with_epsilon (
    scope_baseline_get_mean_difference (test.baseline, 0, AVERAGE, get_time (test.history, 10),
                                        get_time (test.history, 60)), 20, 1e-6);
  start = get_time (test.history, 50);
  end = get_time (test.history, 60);
  g_assert_false (scope_baseline_get_common (test.baseline, &start, &end));
  g_assert_true (isnan (scope_baseline_get_mean_difference (
    test.baseline, 0, AVERAGE, get_time (test.history, 50), get_time (test.history, 60))));
  test_clear (&test);
}

/* (Type, Name), and the total is no endpoint that is called so. */
static void
test_matched (void)
{
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  ScopeHistory              *other;
  Test                       test;

  fixture_row (text, YESTERDAY, "GET", "/b", 1, 10);
  fixture_row (text, YESTERDAY, "GET", "/a", 2, 10);
  fixture_row (text, YESTERDAY, "POST", "/a", 3, 10);
  fixture_row (text, YESTERDAY, "GET", "Aggregated", 4, 10);
  fixture_row (text, YESTERDAY, "", "Aggregated", 10, 10);
  other = fixture_history (text->str, text->len);
  test_init (&test, scope_history_new (), other, -1);

  g_string_assign (text, FIXTURE_HEADER);
  fixture_row (text, START, "GET", "/a", 1, 10);
  fixture_row (text, START, "GET", "/new", 1, 10);
  fixture_row (text, START, "", "Aggregated", 2, 10);
  fixture_append (test.history, parser, text->str);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 0), ==, 1);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 1), ==, SCOPE_BASELINE_NONE);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 2), ==, 4);
  g_assert_true (isnan (scope_baseline_get_value (test.baseline, 1, REQUESTS, START)));

  /* Those that come later are found, too. */
  g_string_truncate (text, 0);
  fixture_row (text, START + 1, "POST", "/a", 1, 10);
  fixture_row (text, START + 1, "GET", "Aggregated", 1, 10);
  fixture_row (text, START + 1, "", "Aggregated", 4, 10);
  fixture_append (test.history, parser, text->str);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 3), ==, 2);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 4), ==, 3);
  test_clear (&test);
}

/* A test that is yet to begin is aligned when it does, and not moved after that. */
static void
test_live (void)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  Test                       test;
  double                     offset, before = 0;
  guint                      count = 0;

  test_init (&test, scope_history_new (), make_run (YESTERDAY, 0, 40, 4, 25), -1);
  g_assert_false (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_null (scope_baseline_dup_problem (test.baseline)); /* it is only early */
  for (guint b = 0; b < 30; b++)
    {
      fixture_row (text, START + b, "GET", "/a", b < 4 ? 0 : ++count, b < 4 ? 0 : 20);
      fixture_append (test.history, parser, text->str);
      g_string_truncate (text, 0);
      g_assert_cmpint (scope_baseline_get_offset (test.baseline, &offset), ==, b >= 4);
      if (b == 10)
        {
          before = offset;
          test.n_changed = 0;
        }
      if (b > 10)
        g_assert_cmpfloat (offset, ==, before);
    }
  g_assert_cmpuint (test.n_changed, ==, 0);
  g_assert_cmpfloat_with_epsilon (offset,
                                  get_time (test.history, 3) - get_time (test.other, 0), 1e-9);

  /* A new run begins; while it has no request, the one before is compared. */
  fixture_row (text, START + 30, "GET", "/a", 0, 0);
  fixture_append (test.history, parser, text->str);
  g_assert_cmpuint (scope_history_get_n_runs (test.history), ==, 2);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, before, 1e-9);
  g_string_truncate (text, 0);
  fixture_row (text, START + 31, "GET", "/a", 1, 20);
  fixture_append (test.history, parser, text->str);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat (offset, >, before + 25);
  g_assert_cmpuint (test.n_changed, >=, 1);
  test_clear (&test);
}

/* The file is begun anew: its endpoints may come in another order. */
static void
test_reset (void)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeBlocks)    blocks = NULL;
  Test                       test;
  double                     offset;

  test_init (&test, make_run (START, 0, 30, 5, 20), make_run (YESTERDAY, 0, 40, 4, 25), -1);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 0), ==, 0);
  write_run (text, START + 100, "/z", 0, 1, 5, 20);
  write_run (text, START + 100, "/a", 0, 1, 5, 20);
  blocks = scope_csv_parser_feed (parser, text->str, text->len, NULL);
  blocks->reset = TRUE;
  scope_history_append (test.history, blocks);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 0), ==, SCOPE_BASELINE_NONE);
  g_assert_cmpuint (scope_baseline_get_position (test.baseline, 1), ==, 0);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, 86400 + 100, 1);
  test_clear (&test);
}

static ScopeHistory *
make_runs (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  write_run (text, START, "/a", 0, 20, 5, 20);
  write_run (text, START + 20, "/a", 5, 25, 5, 30);
  write_run (text, START + 45, "/a", 0, 10, 5, 40);
  return fixture_history (text->str, text->len);
}

/* Runs of one file: that which is looked at, or the last one, and another. */
static void
test_own (void)
{
  Test   test;
  double offset;

  {
    ScopeHistory *history = make_runs ();

    test_init (&test, history, history, 0);
  }
  g_assert_cmpuint (scope_history_get_n_runs (test.history), ==, 3);
  g_assert_true (scope_baseline_is_own (test.baseline));
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, 44, 0.1);
  g_assert_cmpfloat_with_epsilon (get_average (&test, get_time (test.history, 50)), 20, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_mean_difference (&test, AVERAGE), 100, 1e-6);

  scope_view_set_run (test.view, 1);
  g_assert_cmpuint (test.n_changed, ==, 1);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, 24, 0.1); /* after its idle rows */
  g_assert_cmpfloat_with_epsilon (
    scope_baseline_get_difference (test.baseline, 0, AVERAGE, get_time (test.history, 35)), 50,
    1e-6);
  g_assert_true (isnan (get_average (&test, get_time (test.history, 22))));

  /* A run is not compared with itself. */
  scope_view_set_run (test.view, 0);
  g_assert_false (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_true (isnan (get_average (&test, get_time (test.history, 5))));
  {
    g_autofree char *problem = scope_baseline_dup_problem (test.baseline);

    g_assert_nonnull (problem);
  }
  scope_baseline_set_run (test.baseline, 1);
  g_assert_true (scope_baseline_get_offset (test.baseline, &offset));
  g_assert_cmpfloat_with_epsilon (offset, -24, 0.1);
  g_assert_cmpuint (scope_baseline_get_run (test.baseline), ==, 1);
  /* A zoom is no other run. */
  test.n_changed = 0;
  scope_view_set_fixed (test.view, START, START + 5);
  g_assert_cmpuint (test.n_changed, ==, 0);
  test_clear (&test);
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_names (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  Test                test;

  test_init (&test, make_run (START, 0, 30, 5, 20), make_runs (), -1);
  g_assert_cmpuint (scope_baseline_get_run (test.baseline), ==, 2);
  assert_text (scope_baseline_dup_name (test.baseline), "old.csv, run 3");
  assert_text (scope_baseline_dup_problem (test.baseline), NULL);
  test_clear (&test);

  test_init (&test, make_run (START, 0, 30, 5, 20), make_run (START, 0, 30, 5, 20), -1);
  assert_text (scope_baseline_dup_name (test.baseline), "old.csv");
  test_clear (&test);

  {
    ScopeHistory *history = make_runs ();

    test_init (&test, history, history, 1);
  }
  assert_text (scope_baseline_dup_name (test.baseline), "run 2");
  assert_text (scope_baseline_dup_problem (test.baseline), NULL);
  test_clear (&test);

  /* Rows without a request after a test are no run to compare with. */
  write_run (text, YESTERDAY, "/a", 0, 20, 5, 20);
  write_run (text, YESTERDAY + 20, "/a", 5, 5, 5, 30);
  test_init (&test, make_run (START, 0, 30, 5, 20), fixture_history (text->str, text->len), -1);
  g_assert_cmpuint (scope_baseline_get_run (test.baseline), ==, 0);
  scope_baseline_set_run (test.baseline, 1);
  assert_text (scope_baseline_dup_problem (test.baseline), "There was no request in it.");
  test_clear (&test);
}

/* A history with the total, and maybe an endpoint that has all of its requests. */
static ScopeHistory *
make_total (gint64   start,
            gboolean has_endpoint)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint b = 0; b < 20; b++)
    {
      /* Percentiles that are 0 after a request are not of the whole run. */
      if (has_endpoint)
        fixture_full_row (text, &(FixtureRow){ .stamp = start + b,
                                               .name = "/a",
                                               .count = b + 1,
                                               .average = 20,
                                               .p50 = b > 0 ? "12" : "0",
                                               .p95 = b > 0 ? "34" : "0",
                                               .min = 1.5,
                                               .max = 99.25 });
      fixture_row (text, start + b, "", "Aggregated", b + 1, 20);
    }
  return fixture_history (text->str, text->len);
}

/* What the second file does not have is said, and nothing made up for it. */
static void
test_lacking (void)
{
  const ScopeStatistic p95 = { .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 95 };
  g_autoptr (GString)  text = g_string_new (SHORT_HEADER);
  Test                 test;

  for (guint b = 0; b < 20; b++)
    g_string_append_printf (text, "%d,5,GET,/a,1.5,0.25,%u,0,12,20,1.5,99.25,64.0\r\n",
                            YESTERDAY + b, 5 * (b + 1));
  test_init (&test, make_run (START, 0, 30, 5, 20), fixture_history (text->str, text->len), -1);
  assert_text (scope_baseline_dup_problem (test.baseline), NULL);
  scope_history_set_response_time (test.history, p95);
  g_assert_cmpuint (test.n_changed, ==, 1);
  assert_text (scope_baseline_dup_problem (test.baseline), "Its file has no “p95”.");
  g_assert_false (scope_baseline_has_statistic (test.baseline, p95));
  g_assert_true (isnan (scope_baseline_get_value (test.baseline, 0, p95, START + 5)));
  test_clear (&test);

  g_string_assign (text, FIXTURE_HEADER);
  write_run (text, YESTERDAY, "/other", 0, 20, 5, 20);
  test_init (&test, make_run (START, 0, 30, 5, 20), fixture_history (text->str, text->len), -1);
  assert_text (scope_baseline_dup_problem (test.baseline), "It has none of these endpoints.");
  test_clear (&test);

  /* Without --csv-full-history there is the total alone, and percentiles are of the
   * whole run. */
  test_init (&test, make_total (START, FALSE), make_total (YESTERDAY, TRUE), -1);
  assert_text (scope_baseline_dup_problem (test.baseline), NULL);
  scope_history_set_response_time (test.history, p95);
  assert_text (scope_baseline_dup_problem (test.baseline),
               "Its values are p95 over about 10 s.");
  test_clear (&test);
  test_init (&test, make_total (START, TRUE), make_total (YESTERDAY, FALSE), -1);
  assert_text (scope_baseline_dup_problem (test.baseline), "It has none of these endpoints.");
  test_clear (&test);
}

/* Both are averaged over the same window. */
static void
test_window (void)
{
  Test test;

  test_init (&test, make_run (START, 0, 60, 5, 20), make_run (YESTERDAY, 0, 60, 4, 25), -1);
  g_assert_cmpfloat (scope_history_get_window (test.other), ==, 10);
  scope_history_set_window (test.history, 30);
  g_assert_cmpfloat (scope_history_get_window (test.other), ==, 30);
  g_assert_cmpuint (test.n_changed, ==, 1);
  test_clear (&test);

  {
    ScopeHistory *history = make_run (START, 0, 60, 5, 20);

    scope_history_set_window (history, 0);
    test_init (&test, history, make_run (YESTERDAY, 0, 60, 4, 25), -1);
  }
  g_assert_cmpfloat (scope_history_get_window (test.other), ==, 0);
  test_clear (&test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baseline/aligned", test_aligned);
  g_test_add_func ("/baseline/difference", test_difference);
  g_test_add_func ("/baseline/common", test_common);
  g_test_add_func ("/baseline/matched", test_matched);
  g_test_add_func ("/baseline/live", test_live);
  g_test_add_func ("/baseline/reset", test_reset);
  g_test_add_func ("/baseline/own", test_own);
  g_test_add_func ("/baseline/names", test_names);
  g_test_add_func ("/baseline/lacking", test_lacking);
  g_test_add_func ("/baseline/window", test_window);
  return g_test_run ();
}
