/* test-csv-live.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary beside a history tells what the history does not have yet, and
 * gives way to it.
 */
#include "usual-test.h"

#include <string.h>

static void
test_extended (Live         *f,
               gconstpointer data)
{
  for (guint n = 1; n <= 8; n++)
    {
      usual_test_begin (f, FALSE, 3);
      live_assert_all_settled (f);
      for (guint i = 0; i < n; i++)
        {
          usual_test_step (f, TRUE);
          g_assert_cmpint (live_get_last (f), ==, f->stamp);
          g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 4 + i);
          live_assert_settled (f);
          live_assert_true (f);
        }
      live_flush (f, G_MAXSIZE);
      live_look (f);
      live_assert_all_settled (f);
      live_assert_true (f);
    }
}

/* The points of a summary are worked out as they will be. */
static void
test_same_values (Live         *f,
                  gconstpointer data)
{
  double before[4], after[4];

  usual_test_begin (f, FALSE, 3);
  for (guint i = 0; i < 5; i++)
    usual_test_step (f, TRUE);
  for (guint i = 0; i < 4; i++)
    before[i] = live_get (f, "aabA"[i], i % 2 ? SCOPE_STATISTIC (AVERAGE)
                                              : SCOPE_STATISTIC (REQUESTS), f->stamp);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  for (guint i = 0; i < 4; i++)
    {
      after[i] = live_get (f, "aabA"[i], i % 2 ? SCOPE_STATISTIC (AVERAGE)
                                               : SCOPE_STATISTIC (REQUESTS), f->stamp);
      g_assert_cmpfloat_with_epsilon (before[i], after[i], 0.001 * after[i]);
    }
}

/* Missed ones leave no trace: the curve goes on to the next. */
static void
test_missed (Live         *f,
             gconstpointer data)
{
  usual_test_begin (f, FALSE, 3);
  usual_test_step (f, FALSE);
  usual_test_step (f, FALSE);
  usual_test_step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 4);
  live_assert_true (f);
  live_assert_settled (f);
  usual_test_step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 5);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
}

/* A history can end at any byte of a block.  Each time it is a test of now: what
 * is older is not live, and a machine may be slow. */
static void
test_cut_block (Live         *f,
                gconstpointer data)
{
  for (gsize missing = 1;; missing++)
    {
      gsize end;

      usual_test_begin (f, FALSE, 3);
      usual_test_work (f);
      live_tick (f);
      end = f->rows->len;
      if (missing > end - f->n_flushed)
        break;
      live_put (f->path, f->rows->str, end - missing, 0);
      f->n_flushed = end - missing;
      live_summarize (f);
      live_open (f);
      live_look (f);
      g_assert_cmpint (live_get_last (f), ==, f->stamp);
      g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 4);
      for (guint i = 0; i < 4; i++)
        g_assert_cmpint (live_get_count (f, "abcA"[i], f->stamp), >, 0);
      live_assert_true (f);
      live_assert_settled (f);
      live_flush (f, G_MAXSIZE);
      live_look (f);
      live_assert_all_settled (f);
    }
}

/* Endpoints whose names come first in a summary. */
static void
test_new_endpoint (Live         *f,
                   gconstpointer data)
{
  usual_test_begin (f, FALSE, 3);
  live_request (f, 'd', 5, 40);
  usual_test_step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'd', f->stamp), ==, 5);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'd', SCOPE_STATISTIC (AVERAGE), f->stamp), 40,
                                  1e-9);
  g_assert_cmpfloat (live_get (f, 'd', SCOPE_STATISTIC (REQUESTS), f->stamp), >, 0);
  live_assert_settled (f);
  live_request (f, 'e', 1, 1);
  usual_test_step (f, TRUE);
  live_assert_settled (f);
  live_assert_true (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
  g_assert_cmpuint (scope_history_get_n_endpoints (f->history), ==, 5);
}

/* The summary names them in another order than the history has. */
static void
test_order_of_endpoints (Live         *f,
                         gconstpointer data)
{
  live_begin (f, FALSE, AGO);
  live_tick (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_request (f, 'e', 1, 10);
  live_tick (f); /* not seen */
  live_request (f, 'b', 1, 10);
  live_step (f, TRUE);
  live_request (f, 'a', 1, 10);
  live_step (f, TRUE);
  live_assert_settled (f);
  live_assert_true (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
  usual_test_step (f, TRUE);
  live_assert_settled (f);
  live_assert_true (f);
}

static void
test_idle (Live         *f,
           gconstpointer data)
{
  usual_test_begin (f, FALSE, 3);
  for (guint i = 0; i < 4; i++)
    live_step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'c', live_get_last (f)), ==, 2);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  g_assert_cmpfloat (live_get (f, 'c', SCOPE_STATISTIC (REQUESTS), f->stamp), >=, 0);
  live_assert_true (f);
  live_assert_settled (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
}

static void
test_new_test (Live         *f,
               gconstpointer data)
{
  gint64 last;

  usual_test_begin (f, FALSE, 4);
  usual_test_step (f, TRUE);
  usual_test_step (f, TRUE);
  last = f->stamp;
  live_begin_test (f);
  for (guint i = 0; i < 3; i++)
    {
      live_request (f, 'a', 1, 50);
      live_step (f, TRUE);
      g_assert_cmpint (live_get_last (f), ==, last);
      live_assert_settled (f);
      live_assert_true (f);
    }
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
  g_assert_cmpuint (scope_history_get_n_runs (f->history), ==, 2);
  live_request (f, 'a', 1, 50);
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  live_assert_settled (f);
  live_assert_true (f);
}

static void
test_reset (Live         *f,
            gconstpointer data)
{
  usual_test_begin (f, FALSE, 4);
  for (guint i = 0; i < LIVE_ENDPOINTS; i++)
    f->counters[i].count = f->counters[i].failures = f->counters[i].sum = 0;
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), <, f->stamp);
  live_assert_settled (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
  usual_test_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  live_assert_true (f);
}

/* A new process has the same files; the old summary lies there for a second. */
static void
test_new_process (Live         *f,
                  gconstpointer data)
{
  for (guint only_total = 0; only_total < 2; only_total++)
    for (guint n_ticks = 0; n_ticks < 3; n_ticks++)
      {
        g_autofree char *old = NULL;

        usual_test_begin (f, only_total, 3);
        usual_test_step (f, TRUE);
        usual_test_step (f, TRUE);
        old = g_strdup (f->summary->str);
        live_begin (f, only_total, AGO - 7);
        live_put (f->summary_path, old, strlen (old), (f->stamp - 1) * G_USEC_PER_SEC);
        live_look (f);
        g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
        for (guint i = 0; i < n_ticks; i++)
          {
            if (i > 0)
              live_request (f, 'd', 2, 10);
            live_tick (f);
          }
        live_flush (f, G_MAXSIZE);
        live_look (f);
        live_assert_settled (f);
        live_assert_true (f);
        if (n_ticks > 0)
          g_assert_cmpint (live_get_last (f), ==, f->stamp);
        if (live_find (f, 'a') >= 0)
          g_assert_cmpuint (scope_history_get_columns (f->history, live_find (f, 'a'))->n_rows, ==,
                            0);
        live_request (f, 'd', 2, 10);
        live_step (f, TRUE);
        live_assert_settled (f);
        live_assert_true (f);
        live_flush (f, G_MAXSIZE);
        live_look (f);
        live_assert_settled (f);
      }
}

/* Whoever looks once has the file and nothing else. */
static void
test_not_live (Live         *f,
               gconstpointer data)
{
  usual_test_begin (f, FALSE, 3);
  live_open (f);
  scope_csv_reader_set_live (f->reader, FALSE);
  usual_test_step (f, TRUE);
  live_assert_all_settled (f);
}

/* The rows of a block that have come are the same a second earlier; what
 * fills it up is of its own second all the same. */
static void
test_cut_block_idle (Live         *f,
                     gconstpointer data)
{
  gint64 count;

  usual_test_begin (f, FALSE, 3);
  usual_test_step (f, TRUE);
  live_request (f, 'c', 5, 100); /* neither /a nor /b */
  count = (gint64) f->counters[2].count;
  live_step (f, TRUE);
  /* as far as /b's row */
  live_flush (f, strstr (f->rows->str + f->rows->len - 260, ",GET,/c") - 10 -
                   (f->rows->str + f->n_flushed));
  live_look (f);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  g_assert_cmpint (live_get_count (f, 'c', f->stamp), ==, count);
}

/* A second without any request is one. */
static void
test_idle_at_once (Live         *f,
                   gconstpointer data)
{
  usual_test_begin (f, FALSE, 3);
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
}

/* A user may have told Locust to flush seldom: the curves do not jump back. */
static void
test_seldom_flushed (Live         *f,
                     gconstpointer data)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  live_begin (f, FALSE, AGO);
  usual_test_work (f);
  live_tick (f);
  fixture_append (f->history, parser, f->rows->str);
  for (guint i = 0; i < 90; i++)
    {
      g_autoptr (ScopeBlocks) blocks = NULL;

      usual_test_work (f);
      live_tick (f);
      blocks = scope_csv_parser_read_summary (parser, f->summary->str, f->summary->len,
                                              f->stamp * G_USEC_PER_SEC + 500000);
      scope_history_append (f->history, blocks);
      if (live_get_last (f) != f->stamp)
        g_error ("after %u summaries the curves end %d s ago", i + 1,
                 (int) (f->stamp - live_get_last (f)));
    }
}

/* Another test whose total is higher is not the one that was going on. */
static void
test_new_test_higher (Live         *f,
                      gconstpointer data)
{
  usual_test_begin (f, FALSE, 2);
  live_begin_test (f);
  live_request (f, 'd', 500, 50); /* and none of the others */
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), <, f->stamp);
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
    { "/csv-live/extended", test_extended },
    { "/csv-live/same-values", test_same_values },
    { "/csv-live/missed", test_missed },
    { "/csv-live/cut-block", test_cut_block },
    { "/csv-live/new-endpoint", test_new_endpoint },
    { "/csv-live/order-of-endpoints", test_order_of_endpoints },
    { "/csv-live/idle", test_idle },
    { "/csv-live/new-test", test_new_test },
    { "/csv-live/reset", test_reset },
    { "/csv-live/new-process", test_new_process },
    { "/csv-live/not-live", test_not_live },
    { "/csv-live/cut-block-idle", test_cut_block_idle },
    { "/csv-live/idle-at-once", test_idle_at_once },
    { "/csv-live/seldom-flushed", test_seldom_flushed },
    { "/csv-live/new-test-higher", test_new_test_higher },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Live, NULL, live_set_up, TESTS[i].func, live_tear_down);
  return g_test_run ();
}
