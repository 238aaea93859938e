/* test-requests.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log of requests: each counts in the second in which it ended, whenever
 * its row comes and however the log is cut into pieces, and percentiles are
 * by nearest rank.
 */
#include "fixture.h"

#include "samples.h"

#include <math.h>
#include <string.h>

#define HEADER                                                                                     \
  "timestamp,request_type,name,response_time_ms,response_length,status_code,exception\r\n"
#define START 1795339438

#define PERCENTILE(p)                                                                              \
  ((ScopeStatistic){ .kind = SCOPE_STATISTIC_PERCENTILE, .percent = (p) })

static void
add_request (GString    *log,
             double      end, /* s after START */
             const char *name,
             double      response_time,
             gboolean    failed)
{
  g_string_append_printf (log, "%.6f,GET,%s,%.2f,64,%d,%s\r\n", START + end - response_time / 1000,
                          name, response_time, failed ? 500 : 200, failed ? "broken" : "");
}

static double
get (ScopeHistory  *history,
     const char    *name,
     ScopeStatistic statistic,
     guint          block)
{
  const char *type = g_str_equal (name, "Aggregated") ? "" : "GET";

  return scope_history_get_value (history, fixture_find (history, type, name), statistic, block);
}

/* Whatever seconds the requests ended in, nothing depends on the batches. */
static void
test_batches (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GString)        log = g_string_new (HEADER);
      double                     now = 0.5;
      guint                      n = g_rand_int_range (rand, 1, 120);
      g_autoptr (ScopeHistory)   whole = NULL;
      g_autoptr (ScopeHistory)   pieces = scope_history_new ();
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      guint                      from = 0;

      for (guint i = 0; i < n; i++)
        {
          double steps[] = { 0, 0.01, 0.4, 1, 7, 599, 600, 601, 650, 1400, -0.2, -3, -700 };
          char   name[] = { 'a' + g_rand_int_range (rand, 0, 4), '\0' };
          guint  kinds = round % 3 == 0 ? 4 : G_N_ELEMENTS (steps);

          now += steps[g_rand_int_range (rand, 0, kinds)];
          add_request (log, now, name, g_rand_int_range (rand, 0, 50), i % 5 == 0);
          if (round % 4 == 0 && g_rand_int_range (rand, 0, 40) == 0)
            g_string_append (log, HEADER);
        }
      whole = fixture_history (log->str, log->len);
      while (from < log->len)
        {
          gsize            length = MIN (log->len - from, (gsize) g_rand_int_range (rand, 1, 700));
          g_autofree char *piece = g_strndup (log->str + from, length);

          fixture_append (pieces, parser, piece);
          from += length;
        }
      fixture_assert_same (pieces, whole);
      g_assert_cmpuint (scope_history_get_n_bad_rows (whole), ==, 0);
    }
}

/* A row that comes late counts where it ended, even before all others. */
static void
test_late (void)
{
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  add_request (log, 5.25, "a", 100, FALSE);
  add_request (log, 8.25, "a", 300, FALSE);
  add_request (log, 5.5, "a", 200, TRUE);
  add_request (log, 3.5, "b", 7, FALSE);
  history = fixture_history (log->str, log->len);

  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 6);
  g_assert_cmpint (scope_history_get_stamps (history)[0], ==, START + 3);
  g_assert_cmpfloat (scope_history_get_times (history)[0], ==, START + 4);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (AVERAGE), 2), ==, 150);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (AVERAGE), 5), ==, 200);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (FAILURES), 5), ==, 1 / 6.0);
  g_assert_cmpfloat (get (history, "Aggregated", SCOPE_STATISTIC (REQUESTS), 5), ==, 4 / 6.0);
  g_assert_cmpfloat (get (history, "b", SCOPE_STATISTIC (REQUESTS), 0), ==, 1);
  g_assert_true (isnan (get (history, "a", SCOPE_STATISTIC (REQUESTS), 1)));
  scope_history_set_window (history, 0);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (REQUESTS), 3), ==, 0);
  g_assert_true (isnan (get (history, "a", SCOPE_STATISTIC (AVERAGE), 3)));
  g_assert_true (isnan (get (history, "a", PERCENTILE (50), 3)));
}

static void
test_ranks (void)
{
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  /* 1 to 1000 ms, spread over ten seconds in no order */
  for (guint i = 0; i < 1000; i++)
    add_request (log, i / 100 + 0.5, "a", i * 37 % 1000 + 1, FALSE);
  add_request (log, 10.5, "a", 0, FALSE);
  history = fixture_history (log->str, log->len);

  g_assert_cmpfloat (get (history, "a", PERCENTILE (0), 9), ==, 1);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (0.1), 9), ==, 1);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (0.11), 9), ==, 2);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (50), 9), ==, 500);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (55), 9), ==, 550);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (99.9), 9), ==, 999);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (99.91), 9), ==, 1000);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (100), 9), ==, 1000);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (MIN), 9), ==, 1);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (MAX), 9), ==, 1000);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (MIN), 10), ==, 0);
  scope_history_set_window (history, 0);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (MAX), 10), ==, 0);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (97.3), 10), ==, 0);
}

/* A silence of more than ten minutes is no row of zeros, and no window reaches
 * over it. */
static void
test_silence (void)
{
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  guint                    n_stretches;

  add_request (log, 0.5, "a", 10, FALSE);
  add_request (log, 600.5, "a", 20, FALSE);
  add_request (log, 1201.5, "a", 30, FALSE);
  history = fixture_history (log->str, log->len);

  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 603);
  scope_history_get_stretches (history, &n_stretches);
  g_assert_cmpuint (n_stretches, ==, 2);
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 1);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (REQUESTS), 300), ==, 0);
  g_assert_true (isnan (get (history, "a", SCOPE_STATISTIC (REQUESTS), 601)));
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (REQUESTS), 602), ==, 1);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (50), 602), ==, 30);
}

/* Two logs in one file: the second is a run of its own, and is drawn behind
 * the first even if it is older. */
static void
test_two_logs (void)
{
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  const double            *times;

  add_request (log, 100.5, "a", 10, FALSE);
  add_request (log, 101.5, "a", 10, FALSE);
  g_string_append (log, HEADER);
  add_request (log, 50.5, "a", 20, FALSE);
  add_request (log, 49.5, "b", 20, FALSE);
  history = fixture_history (log->str, log->len);

  times = scope_history_get_times (history);
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 2);
  g_assert_cmpuint (scope_history_get_run (history, 1).first, ==, 2);
  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 4);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpfloat (times[i], >, times[i - 1]);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (REQUESTS), 3), ==, 0.5);
  g_assert_cmpfloat (get (history, "a", PERCENTILE (50), 3), ==, 20);
  g_assert_cmpfloat (get (history, "a", SCOPE_STATISTIC (TOTAL_AVERAGE), 3), ==, 20);
}

static void
test_bad_rows (void)
{
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  g_string_append (log, "soon,GET,a,1.00,64,200,\r\n"
                        "1795339438.5,GET,a,-1.00,64,200,\r\n"
                        "1795339438.5,GET,a,fast,64,200,\r\n"
                        "1795339438.5,GET,a,N/A,64,200,\r\n"
                        "-5,GET,a,1.00,64,200,\r\n"
                        "1e300,GET,a,1.00,64,200,\r\n"
                        "1795339438.5,GET,a,1.00,64,200\r\n");
  add_request (log, 0, "a", 10, FALSE);
  history = fixture_history (log->str, log->len);

  g_assert_cmpuint (scope_history_get_n_bad_rows (history), ==, 7);
  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 1);
}

static void
test_statistics (void)
{
  g_autoptr (ScopeHistory) history = fixture_history (HEADER, strlen (HEADER));
  g_autoptr (GString)      log = g_string_new (HEADER);
  g_autofree char         *span = NULL;
  g_autoptr (GArray)       list = NULL;

  add_request (log, 0, "a", 10, FALSE);
  g_object_unref (history);
  history = fixture_history (log->str, log->len);
  list = scope_history_list_statistics (history);
  g_assert_cmpuint (list->len, ==, 1 + 11 + 3 + 2);
  g_assert_true (scope_history_has_statistic (history, PERCENTILE (97.3)));
  g_assert_false (scope_history_has_statistic (history, SCOPE_STATISTIC (WRITTEN)));
  g_assert_true (scope_history_uses_window (history, SCOPE_STATISTIC (MAX)));
  span = scope_history_dup_span (history, PERCENTILE (95));
  g_assert_cmpstr (span, ==, "p95 over 10 s");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/requests/batches/1", GUINT_TO_POINTER (1), test_batches);
  g_test_add_data_func ("/requests/batches/2", GUINT_TO_POINTER (2), test_batches);
  g_test_add_func ("/requests/late", test_late);
  g_test_add_func ("/requests/ranks", test_ranks);
  g_test_add_func ("/requests/silence", test_silence);
  g_test_add_func ("/requests/two-logs", test_two_logs);
  g_test_add_func ("/requests/bad-rows", test_bad_rows);
  g_test_add_func ("/requests/statistics", test_statistics);

  return g_test_run ();
}
