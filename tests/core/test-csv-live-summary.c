/* test-csv-live-summary.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Summaries of all kinds: half written, mixed, of other columns, of another time.
 * Wherever one cannot be trusted nothing is taken from it.
 */
#include "usual-test.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* The rows that a parser makes of a summary, as text; NULL: it is refused. */
static char *
parse (const char *bytes,
       gsize       length)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        history = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeBlocks)    first = NULL;
  g_autoptr (ScopeBlocks)    blocks = NULL;
  g_autofree char           *copy = g_memdup2 (bytes, length); /* to see reading beyond it */
  GString                   *text;

  fixture_row (history, 1, "", "Aggregated", 0, 0);
  first = scope_csv_parser_feed (parser, history->str, history->len, NULL);
  blocks = scope_csv_parser_read_summary (parser, copy, length, 1);
  if (blocks == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < blocks->rows->len; i++)
    {
      const ScopeRow *row = &g_array_index (blocks->rows, ScopeRow, i);

      g_string_append_printf (text, "%u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %.17g", row->identity,
                              row->count, row->failures, row->average);
      for (guint v = 0; v < blocks->schema->n_values; v++)
        g_string_append_printf (text, " %g", g_array_index (blocks->values, double,
                                                            i * blocks->schema->n_values + v));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
test_prefixes (Live         *f,
               gconstpointer data)
{
  g_autofree char *whole = NULL;

  live_begin (f, FALSE, AGO);
  usual_test_work (f);
  live_request (f, 'b', 12, 100);
  live_request (f, 'c', 12, 100);
  live_tick (f);
  whole = parse (f->summary->str, f->summary->len);
  g_assert_nonnull (whole);
  for (gsize length = 0; length < f->summary->len; length++)
    {
      g_autofree char *text = parse (f->summary->str, length);

      if (text != NULL)
        g_error ("%" G_GSIZE_FORMAT " bytes of %" G_GSIZE_FORMAT " are taken: %s", length,
                 f->summary->len, text);
    }
}

typedef enum
{
  MIX_ONE,  /* one endpoint moves */
  MIX_ALL,  /* all do, and numbers get longer */
  MIX_NEW,  /* another endpoint comes */
  MIX_LESS, /* the new version is shorter */
} Mix;

static void
make_versions (Live    *f,
               Mix      mix,
               GString *old)
{
  live_begin (f, FALSE, AGO);
  live_request (f, 'a', 9, 20);
  live_request (f, 'b', 98, 30);
  live_tick (f);
  g_string_assign (old, f->summary->str);
  if (mix == MIX_LESS)
    live_begin_test (f);
  if (mix != MIX_NEW)
    live_request (f, mix == MIX_ONE ? 'b' : 'a', 1, 25);
  if (mix == MIX_ALL)
    live_request (f, 'b', 3, 1234.5);
  if (mix == MIX_NEW)
    live_request (f, 'c', 10, 1);
  live_tick (f);
}

/* Of a row only what must hold if it is to be drawn as a throughput. */
static char *
get_counts (const char *rows)
{
  g_auto (GStrv) lines = rows ? g_strsplit (rows, "\n", -1) : NULL;
  GString       *text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_strv_length (words) == 4)
        g_string_append_printf (text, "%s %s %s\n", words[0], words[1], words[2]);
    }
  return g_string_free (text, FALSE);
}

/* What lies there while the new version is written over the old one. */
static void
check_mixtures (Live    *f,
                Mix      mix,
                gboolean only_counts)
{
  g_autoptr (GString) old = g_string_new (NULL);
  g_autofree char    *old_rows = NULL;
  g_autofree char    *new_rows = NULL;
  g_autofree char    *old_counts = NULL;
  g_autofree char    *new_counts = NULL;

  make_versions (f, mix, old);
  old_rows = parse (old->str, old->len);
  new_rows = parse (f->summary->str, f->summary->len);
  old_counts = get_counts (old_rows);
  new_counts = get_counts (new_rows);
  for (gsize k = 0; k <= f->summary->len; k++)
    {
      g_autoptr (GString) mixed = g_string_new_len (f->summary->str, k);
      g_autofree char    *rows = NULL;
      g_autofree char    *counts = NULL;

      if (k < old->len)
        g_string_append (mixed, old->str + k);
      rows = parse (mixed->str, mixed->len);
      counts = get_counts (rows);
      if (rows == NULL)
        continue;
      if (only_counts ? !g_str_equal (counts, old_counts) && !g_str_equal (counts, new_counts)
                      : !g_str_equal (rows, old_rows) && !g_str_equal (rows, new_rows))
        g_error ("the first %" G_GSIZE_FORMAT " bytes over the old version are taken: %s", k,
                 mixed->str);
    }
}

static void
test_mixed_counts (Live         *f,
                   gconstpointer data)
{
  for (Mix mix = MIX_ONE; mix <= MIX_LESS; mix++)
    check_mixtures (f, mix, TRUE);
}

/* What Locust wrote in another order, under the same names. */
static char *
rearrange (const char        *summary,
           const char *const *labels,
           const char        *line_end)
{
  g_auto (GStrv) lines = g_strsplit (summary, "\r\n", -1);
  g_auto (GStrv) header = g_strsplit (lines[0], ",", -1);
  GString       *text = g_string_new (NULL);

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      for (guint l = 0; labels[l] != NULL; l++)
        for (guint c = 0; header[c] != NULL; c++)
          if (g_str_equal (header[c], labels[l]))
            g_string_append_printf (text, "%s%s", l > 0 ? "," : "", cells[c]);
      g_string_append (text, line_end);
    }
  return g_string_free (text, FALSE);
}

static void
check_columns (Live              *f,
               const char *const *labels,
               gboolean           taken)
{
  g_autofree char *text = NULL;

  usual_test_begin (f, FALSE, 3);
  usual_test_work (f);
  live_tick (f);
  text = rearrange (f->summary->str, labels, "\r\n");
  live_put_summary (f, text, -1);
  live_look (f);
  g_assert_cmpint (live_get_last (f), ==, taken ? f->stamp : f->stamp - 1);
  live_assert_settled (f);
  live_assert_true (f);
}

static void
test_columns (Live         *f,
              gconstpointer data)
{
  static const char *const other_order[] = {
    "Failure Count", "Name", "95%", "Max Response Time", "Type", "Average Response Time",
    "Request Count", "Min Response Time", "50%", NULL,
  };
  static const char *const fewest[] = {
    "Type", "Name", "Request Count", "Failure Count", "Average Response Time", NULL,
  };
  static const char *const twice[] = {
    "Type", "Name", "Request Count", "Failure Count", "Average Response Time", "50%", "50%", NULL,
  };

  check_columns (f, other_order, TRUE);
  g_assert_cmpfloat (live_get (f, 'a', SCOPE_STATISTIC (MAX), f->stamp), >=, 20);
  g_assert_cmpfloat (live_get (f, 'a', ((ScopeStatistic){ SCOPE_STATISTIC_PERCENTILE, 95 }),
                               f->stamp), ==, 55);
  check_columns (f, fewest, TRUE);
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (MAX), f->stamp)));
  g_assert_true (isnan (live_get (f, 'a', SCOPE_STATISTIC (WRITTEN), f->stamp)));
  check_columns (f, twice, TRUE);
  for (guint without = 0; without < 5; without++)
    {
      const char *labels[5] = { NULL };

      for (guint i = 0; i < 4; i++)
        labels[i] = fewest[i < without ? i : i + 1];
      check_columns (f, labels, FALSE);
    }
}

/* The users choose their percentiles. */
static void
test_other_percentiles (Live         *f,
                        gconstpointer data)
{
  ScopeStatistic p50 = { SCOPE_STATISTIC_PERCENTILE, 50 }, p95 = { SCOPE_STATISTIC_PERCENTILE, 95 };
  g_autoptr (GString) text = NULL;

  usual_test_begin (f, FALSE, 3);
  usual_test_work (f);
  live_tick (f);
  text = g_string_new (f->summary->str);
  g_string_replace (text, "50%", "99.9%", 1);
  live_put_summary (f, text->str, -1);
  live_look (f);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  g_assert_true (isnan (live_get (f, 'a', p50, f->stamp)));
  g_assert_cmpfloat (live_get (f, 'a', p95, f->stamp), ==, 55);
  live_assert_settled (f);
}

/* Percentiles of the last 10 s are not those of the whole run. */
static void
test_percentiles (Live         *f,
                  gconstpointer data)
{
  ScopeStatistic p95 = { SCOPE_STATISTIC_PERCENTILE, 95 };

  usual_test_begin (f, FALSE, 3);
  usual_test_step (f, TRUE);
  g_assert_cmpfloat (live_get (f, 'a', p95, f->stamp), ==, 55);
  /* Those of the total stand last and can be torn without anybody seeing it. */
  g_assert_true (isnan (live_get (f, 'A', p95, f->stamp)));

  f->slide = TRUE;
  usual_test_begin (f, FALSE, 3);
  usual_test_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  g_assert_true (isnan (live_get (f, 'a', p95, f->stamp)));
  g_assert_true (isnan (live_get (f, 'A', p95, f->stamp)));
  g_assert_cmpfloat (live_get (f, 'a', SCOPE_STATISTIC (AVERAGE), f->stamp), >, 0);
  live_assert_settled (f);
}

static void
test_windows_line_ends (Live         *f,
                        gconstpointer data)
{
  g_autoptr (GString) text = NULL;

  usual_test_begin (f, FALSE, 3);
  usual_test_work (f);
  live_tick (f);
  text = g_string_new (f->summary->str);
  g_string_replace (text, "\r\n", "\r\r\n", 0);
  live_put_summary (f, text->str, -1);
  live_look (f);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  live_assert_true (f);
  live_assert_settled (f);
}

/* Whatever else lies there, and comes right in the end. */
static void
test_no_summary (Live         *f,
                 gconstpointer data)
{
  static const char *const texts[] = {
    "", "\r\n", ",", "\"", LIVE_SUMMARY_HEADER, "Type,Name\r\n", FIXTURE_HEADER,
    LIVE_SUMMARY_HEADER ",Aggregated\r\n",
    LIVE_SUMMARY_HEADER "GET,/a,1,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER ",Aggregated,-1,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER ",Aggregated,99999999999999999999999,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER ",Aggregated,1,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER "GET,/a,100,0,1,N/A,1,1,1,1,0,1,1\r\n,Aggregated,100,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER ",Aggregated,100,0,1,1,1,1,1,1,0,1,1\r\n"
                        "GET,/a,100,0,1,1,1,1,1,1,0,1,1\r\n",
    LIVE_SUMMARY_HEADER "GET,/a,0,0,1,1,1,1,1,1,0,1,1\r\n,Aggregated,0,0,1,1,1,1,1,1,0,1,1",
  };

  usual_test_begin (f, FALSE, 3);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      live_tick (f);
      live_put_summary (f, texts[i], -1);
      live_look (f);
      g_assert_cmpint (live_get_last (f), <, f->stamp - i);
      live_assert_settled (f);
    }

  usual_test_begin (f, FALSE, 3);
  live_tick (f);
  g_assert_cmpint (g_mkdir (f->summary_path, 0700), ==, 0);
  usual_test_assert_not_used (f);
  g_assert_cmpint (g_rmdir (f->summary_path), ==, 0);
  g_assert_cmpint (mkfifo (f->summary_path, 0600), ==, 0);
  usual_test_assert_not_used (f);
  g_assert_cmpint (g_remove (f->summary_path), ==, 0);
  usual_test_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
}

/* More columns than are read. */
static void
test_too_many_columns (Live         *f,
                       gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *rows = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "c%u,", i);
  g_string_append (text, "Type,Name,Request Count,Failure Count,Average Response Time\r\n");
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "1,");
  g_string_append (text, ",Aggregated,0,0,0\r\n");
  rows = parse (text->str, text->len);
  g_assert_null (rows);
}

static void
test_other_times (Live         *f,
                  gconstpointer data)
{
  gint64 now = g_get_real_time ();

  usual_test_begin (f, FALSE, 3);
  usual_test_work (f);
  live_tick (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, now - 30 * G_USEC_PER_SEC);
  usual_test_assert_not_used (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, now + 1000 * G_USEC_PER_SEC);
  usual_test_assert_not_used (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, 1);
  usual_test_assert_not_used (f);

  /* not newer than the history */
  live_flush (f, G_MAXSIZE);
  live_put (f->summary_path, f->summary->str, f->summary->len,
            (f->stamp - 3) * G_USEC_PER_SEC);
  live_look (f);
  live_assert_all_settled (f);
}

/* Without a row of the history it is not known what the counters belong to. */
static void
test_no_rows_yet (Live         *f,
                  gconstpointer data)
{
  live_begin (f, FALSE, AGO);
  live_look (f);
  usual_test_step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  live_flush (f, strlen (FIXTURE_HEADER) + 10);
  live_look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  g_assert_cmpint (g_remove (f->path), ==, 0);
  usual_test_step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  live_put (f->path, f->rows->str, f->rows->len, 0);
  f->n_flushed = f->rows->len;
  live_look (f);
  live_assert_all_settled (f);
}

/* The counts of the total can be new and the rest of its row old. */
static void
test_mixed (Live         *f,
            gconstpointer data)
{
  for (Mix mix = MIX_ONE; mix <= MIX_LESS; mix++)
    check_mixtures (f, mix, FALSE);
}

/* What is not used does not show in the legend either. */
static void
test_no_stale_endpoints (Live         *f,
                         gconstpointer data)
{
  g_autofree char *old = NULL;

  usual_test_begin (f, FALSE, 3);
  usual_test_step (f, TRUE);
  old = g_strdup (f->summary->str);
  live_begin (f, FALSE, AGO - 7);
  live_put (f->summary_path, old, strlen (old), (f->stamp - 1) * G_USEC_PER_SEC);
  live_tick (f);
  live_request (f, 'd', 2, 10);
  live_tick (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  g_assert_cmpuint (scope_history_get_n_endpoints (f->history), ==, 1);
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
    { "/csv-live-summary/prefixes", test_prefixes },
    { "/csv-live-summary/mixed-counts", test_mixed_counts },
    { "/csv-live-summary/columns", test_columns },
    { "/csv-live-summary/other-percentiles", test_other_percentiles },
    { "/csv-live-summary/percentiles", test_percentiles },
    { "/csv-live-summary/windows-line-ends", test_windows_line_ends },
    { "/csv-live-summary/no-summary", test_no_summary },
    { "/csv-live-summary/too-many-columns", test_too_many_columns },
    { "/csv-live-summary/other-times", test_other_times },
    { "/csv-live-summary/no-rows-yet", test_no_rows_yet },
    { "/csv-live-summary/mixed", test_mixed },
    { "/csv-live-summary/no-stale-endpoints", test_no_stale_endpoints },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Live, NULL, live_set_up, TESTS[i].func, live_tear_down);
  return g_test_run ();
}
