/* test-csv-live-total.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A history that holds only the total: the endpoints come from its summaries.
 */
#include "usual-test.h"

#include <math.h>

/* Counts from before the file was opened are no requests of its first
 * second. */
static void
test_only_total (Live         *f,
                 gconstpointer data)
{
  const double *times;
  double        expected;
  gint64        first;
  guint         n;

  usual_test_begin (f, TRUE, 4);
  g_assert_true (scope_history_has_only_total (f->history));
  usual_test_step (f, TRUE);
  first = f->stamp;
  g_assert_true (scope_history_has_only_total (f->history));
  g_assert_cmpint (live_get_count (f, 'a', first), >, 0);
  g_assert_cmpint (live_get_count (f, 'a', first - 1), ==, -1);
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), first)));
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (AVERAGE), first)));
  live_assert_settled (f);

  live_request (f, 'a', 5, 1000);
  live_step (f, TRUE);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (AVERAGE), f->stamp), 1000,
                                  1e-6);
  live_assert_settled (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_settled (f);
  live_assert_true (f);
  n = scope_history_get_n_blocks (f->history);
  times = scope_history_get_times (f->history);
  expected = 5 / (times[n - 1] - times[n - 2]);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp), expected,
                                  1e-9);
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), first)));
  g_assert_cmpint (live_get_count (f, 'a', first), >, 0);
  g_assert_true (scope_history_has_only_total (f->history));
}

/* Every block with a summary of its own has its rows, whenever it is flushed. */
static void
test_only_total_attached (Live         *f,
                          gconstpointer data)
{
  usual_test_begin (f, TRUE, 2);
  for (guint i = 0; i < 10; i++)
    {
      usual_test_step (f, TRUE);
      live_assert_true (f);
      if (i % 4 == 3)
        {
          live_flush (f, f->rows->len - f->n_flushed - 30);
          live_look (f);
          live_assert_settled (f);
          live_assert_true (f);
        }
    }
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_settled (f);
  live_assert_true (f);
  for (gint64 stamp = f->stamp - 9; stamp <= f->stamp; stamp++)
    g_assert_cmpint (live_get_count (f, 'a', stamp), >, 0);
}

static void
test_only_total_missed (Live         *f,
                        gconstpointer data)
{
  const double *times;
  gint64        before, after;
  guint         n;

  usual_test_begin (f, TRUE, 2);
  usual_test_step (f, TRUE);
  usual_test_step (f, TRUE);
  before = live_get_count (f, 'a', f->stamp);
  usual_test_step (f, FALSE);
  usual_test_step (f, FALSE);
  usual_test_step (f, TRUE);
  after = live_get_count (f, 'a', f->stamp);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_settled (f);
  live_assert_true (f);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp - 1), ==, -1);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp - 2), ==, -1);
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp - 1)));
  g_assert_cmpint (after, >, before);

  /* Over one block: since the last one that is known. */
  scope_history_set_window (f->history, 0);
  n = scope_history_get_n_blocks (f->history);
  times = scope_history_get_times (f->history);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp),
                                  (after - before) / (times[n - 1] - times[n - 4]), 1e-9);
  usual_test_step (f, TRUE);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  n = scope_history_get_n_blocks (f->history);
  times = scope_history_get_times (f->history);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp),
                                  (live_get_count (f, 'a', f->stamp) - after) /
                                    (times[n - 1] - times[n - 2]),
                                  1e-9);
}

/* The throughput of the first second, from zero. */
static void
assert_from_zero (Live  *f,
                  char   name,
                  gint64 count)
{
  scope_history_set_window (f->history, 0);
  g_assert_cmpint (live_get_count (f, name, f->stamp), ==, count);
  g_assert_cmpfloat_with_epsilon (live_get (f, name, SCOPE_STATISTIC (REQUESTS), f->stamp),
                                  (double) count, 0.05 * count);
  scope_history_set_window (f->history, 10);
}

/* Whoever watches from the start knows that there was nothing before. */
static void
test_only_total_from_start (Live         *f,
                            gconstpointer data)
{
  live_begin (f, TRUE, AGO);
  live_tick (f);
  live_tick (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_step (f, TRUE);
  live_request (f, 'a', 20, 30);
  live_step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp), ==, 20);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  assert_from_zero (f, 'a', 20);
  live_assert_settled (f);
  live_assert_true (f);

  /* one that comes later too */
  live_request (f, 'b', 10, 30);
  live_step (f, TRUE);
  assert_from_zero (f, 'b', 10);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  assert_from_zero (f, 'b', 10);
  live_assert_settled (f);
  g_assert_true (scope_history_has_only_total (f->history));
}

/* A run that begins while the file is open: all was seen of it. */
static void
test_only_total_second_run (Live         *f,
                            gconstpointer data)
{
  live_begin (f, TRUE, AGO);
  for (guint i = 0; i < 3; i++)
    {
      live_step (f, TRUE);
      live_flush (f, G_MAXSIZE);
      live_look (f);
      live_request (f, 'a', 20, 30);
    }
  live_begin_test (f);
  live_request (f, 'a', 4, 30);
  live_step (f, TRUE);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_cmpuint (scope_history_get_n_runs (f->history), ==, 2);
  assert_from_zero (f, 'a', 4);
  live_assert_settled (f);
  live_assert_true (f);
}

/* Locust writes the total alone until the first request; then it turns out
 * that the history has its endpoints. */
static void
test_full_after_all (Live         *f,
                     gconstpointer data)
{
  live_begin (f, FALSE, AGO);
  live_tick (f);
  live_tick (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  for (guint i = 0; i < 4; i++)
    {
      usual_test_step (f, TRUE);
      live_assert_settled (f);
      live_assert_true (f);
    }
  live_flush (f, f->rows->len - f->n_flushed - 200);
  live_look (f);
  g_assert_false (scope_history_has_only_total (f->history));
  live_assert_settled (f);
  live_assert_true (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
}

/* What is not known from before the opening is known of the next run. */
static void
test_only_total_second_run_known (Live         *f,
                                  gconstpointer data)
{
  usual_test_begin (f, TRUE, 3);
  usual_test_step (f, TRUE);
  usual_test_step (f, TRUE);
  live_begin_test (f);
  live_step (f, TRUE);
  live_request (f, 'a', 4, 30);
  live_step (f, TRUE);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_cmpuint (scope_history_get_n_runs (f->history), ==, 2);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp), ==, 4);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp), 2,
                                  0.1);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'a', SCOPE_STATISTIC (AVERAGE), f->stamp), 30, 1e-6);
}

/* Where the beginning of a run was missed its counts are not of one second. */
static void
test_only_total_second_run_missed (Live         *f,
                                   gconstpointer data)
{
  double rate;

  usual_test_begin (f, TRUE, 3);
  usual_test_step (f, TRUE);
  usual_test_step (f, TRUE);
  live_begin_test (f);
  for (guint i = 0; i < 4; i++)
    {
      live_request (f, 'a', 1, 30);
      live_step (f, FALSE);
    }
  live_request (f, 'a', 1, 30);
  live_step (f, TRUE);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp), ==, 5);
  scope_history_set_window (f->history, 0);
  rate = live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp);
  g_assert_true (isnan (rate) || rate < 1.1); /* it was one a second */
}

/* Where counters move in steps the mean of the last blocks is taken; those
 * before the opening are not among them. */
static void
test_only_total_steps_missed (Live         *f,
                              gconstpointer data)
{
  double rate;

  live_begin (f, TRUE, 45 + AGO);
  for (guint i = 0; i < 51; i++)
    {
      if (i % 3 == 0)
        live_request (f, 'a', 15, 30);
      live_tick (f);
      if (i == 43)
        live_flush (f, G_MAXSIZE);
      if (i == 44 || i > 47)
        live_summarize (f);
      if (i >= 43)
        live_look (f);
    }
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'A', SCOPE_STATISTIC (REQUESTS), f->stamp), 5, 0.1);
  rate = live_get (f, 'a', SCOPE_STATISTIC (REQUESTS), f->stamp);
  if (!isnan (rate))
    g_assert_cmpfloat_with_epsilon (rate, 5, 0.5);
}

/* A reset keeps the endpoints, with counts of 0. */
static void
test_only_total_reset (Live         *f,
                       gconstpointer data)
{
  usual_test_begin (f, TRUE, 3);
  usual_test_step (f, TRUE);
  for (guint i = 0; i < LIVE_ENDPOINTS; i++)
    f->counters[i].count = f->counters[i].failures = f->counters[i].sum = 0;
  for (guint i = 0; i < 3; i++)
    {
      live_step (f, TRUE);
      live_flush (f, G_MAXSIZE);
      live_look (f);
    }
  live_assert_settled (f);
}

/* Two runs can come to the same total. */
static void
test_only_total_same_total (Live         *f,
                            gconstpointer data)
{
  guint total;

  usual_test_begin (f, TRUE, 3);
  live_request (f, 'b', 20, 10);
  live_step (f, TRUE);
  total = (guint) live_get_count (f, 'A', f->stamp);
  live_begin_test (f);
  live_request (f, 'a', 1, 10);
  live_step (f, TRUE);
  live_request (f, 'a', total - 1, 10);
  live_step (f, FALSE);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_true (f);
}

/* Before the first flush with endpoints nobody knows that there are none. */
static void
test_not_only_total (Live         *f,
                     gconstpointer data)
{
  live_begin (f, FALSE, AGO);
  live_tick (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_false (scope_history_has_only_total (f->history));
  usual_test_step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp), >, 0);
  g_assert_false (scope_history_has_only_total (f->history));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void      (*func) (Live *, gconstpointer);
  } TESTS[] = {
    { "/csv-live-total/only-total", test_only_total },
    { "/csv-live-total/only-total/attached", test_only_total_attached },
    { "/csv-live-total/only-total/missed", test_only_total_missed },
    { "/csv-live-total/only-total/from-start", test_only_total_from_start },
    { "/csv-live-total/only-total/second-run", test_only_total_second_run },
    { "/csv-live-total/full-after-all", test_full_after_all },
    { "/csv-live-total/only-total/second-run-known", test_only_total_second_run_known },
    { "/csv-live-total/only-total/second-run-missed", test_only_total_second_run_missed },
    { "/csv-live-total/only-total/steps-missed", test_only_total_steps_missed },
    { "/csv-live-total/only-total/reset", test_only_total_reset },
    { "/csv-live-total/only-total/same-total", test_only_total_same_total },
    { "/csv-live-total/not-only-total", test_not_only_total },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Live, NULL, live_set_up, TESTS[i].func, live_tear_down);
  return g_test_run ();
}
