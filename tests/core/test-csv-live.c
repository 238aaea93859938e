/* test-csv-live.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary beside a history tells what the history does not have yet, and
 * gives way to it.  Wherever it cannot be trusted nothing is taken from it.
 */
#include "live.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* How long ago the tests begin, in s: with all their ticks they end before
 * now, and their first summary is not too old. */
#define AGO 15

/* What moves in a second: /a busy, /b sometimes, /c never again. */
static void
work (Live *f)
{
  guint second = (guint) (f->stamp % 7);

  live_request (f, 'a', 3 + second, 20 + second);
  if (second % 2 == 0)
    live_request (f, 'b', 1, 100);
}

/* A test that has been going on for some seconds, all of it flushed. */
static void
begin (Live    *f,
       gboolean only_total,
       guint    n_ticks)
{
  g_remove (f->summary_path);
  live_open (f);
  live_begin (f, only_total, AGO);
  live_request (f, 'c', 2, 7);
  for (guint i = 0; i < n_ticks; i++)
    {
      work (f);
      live_tick (f);
    }
  live_flush (f, G_MAXSIZE);
  live_look (f);
}

static void
step (Live    *f,
      gboolean summarized)
{
  work (f);
  live_step (f, summarized);
}

/* The history ends where it was flushed, with no number of a summary. */
static void
assert_not_used (Live *f)
{
  live_look (f);
  g_assert_cmpint (live_get_last (f), <, f->stamp);
  live_assert_settled (f);
}

static void
test_extended (Live         *f,
               gconstpointer data)
{
  for (guint n = 1; n <= 8; n++)
    {
      begin (f, FALSE, 3);
      live_assert_all_settled (f);
      for (guint i = 0; i < n; i++)
        {
          step (f, TRUE);
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

  begin (f, FALSE, 3);
  for (guint i = 0; i < 5; i++)
    step (f, TRUE);
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
  begin (f, FALSE, 3);
  step (f, FALSE);
  step (f, FALSE);
  step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 4);
  live_assert_true (f);
  live_assert_settled (f);
  step (f, TRUE);
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

      begin (f, FALSE, 3);
      work (f);
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
  begin (f, FALSE, 3);
  live_request (f, 'd', 5, 40);
  step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'd', f->stamp), ==, 5);
  g_assert_cmpfloat_with_epsilon (live_get (f, 'd', SCOPE_STATISTIC (AVERAGE), f->stamp), 40,
                                  1e-9);
  g_assert_cmpfloat (live_get (f, 'd', SCOPE_STATISTIC (REQUESTS), f->stamp), >, 0);
  live_assert_settled (f);
  live_request (f, 'e', 1, 1);
  step (f, TRUE);
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
  step (f, TRUE);
  live_assert_settled (f);
  live_assert_true (f);
}

static void
test_idle (Live         *f,
           gconstpointer data)
{
  begin (f, FALSE, 3);
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

  begin (f, FALSE, 4);
  step (f, TRUE);
  step (f, TRUE);
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
  begin (f, FALSE, 4);
  for (guint i = 0; i < LIVE_ENDPOINTS; i++)
    f->counters[i].count = f->counters[i].failures = f->counters[i].sum = 0;
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), <, f->stamp);
  live_assert_settled (f);
  live_flush (f, G_MAXSIZE);
  live_look (f);
  live_assert_all_settled (f);
  step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  live_assert_true (f);
}

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

  begin (f, TRUE, 4);
  g_assert_true (scope_history_has_only_total (f->history));
  step (f, TRUE);
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
  begin (f, TRUE, 2);
  for (guint i = 0; i < 10; i++)
    {
      step (f, TRUE);
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

  begin (f, TRUE, 2);
  step (f, TRUE);
  step (f, TRUE);
  before = live_get_count (f, 'a', f->stamp);
  step (f, FALSE);
  step (f, FALSE);
  step (f, TRUE);
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
  step (f, TRUE);
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
      step (f, TRUE);
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
  work (f);
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

  begin (f, FALSE, 3);
  work (f);
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

  begin (f, FALSE, 3);
  work (f);
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

  begin (f, FALSE, 3);
  step (f, TRUE);
  g_assert_cmpfloat (live_get (f, 'a', p95, f->stamp), ==, 55);
  /* Those of the total stand last and can be torn without anybody seeing it. */
  g_assert_true (isnan (live_get (f, 'A', p95, f->stamp)));

  f->slide = TRUE;
  begin (f, FALSE, 3);
  step (f, TRUE);
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

  begin (f, FALSE, 3);
  work (f);
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

  begin (f, FALSE, 3);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      live_tick (f);
      live_put_summary (f, texts[i], -1);
      live_look (f);
      g_assert_cmpint (live_get_last (f), <, f->stamp - i);
      live_assert_settled (f);
    }

  begin (f, FALSE, 3);
  live_tick (f);
  g_assert_cmpint (g_mkdir (f->summary_path, 0700), ==, 0);
  assert_not_used (f);
  g_assert_cmpint (g_rmdir (f->summary_path), ==, 0);
  g_assert_cmpint (mkfifo (f->summary_path, 0600), ==, 0);
  assert_not_used (f);
  g_assert_cmpint (g_remove (f->summary_path), ==, 0);
  step (f, TRUE);
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

  begin (f, FALSE, 3);
  work (f);
  live_tick (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, now - 30 * G_USEC_PER_SEC);
  assert_not_used (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, now + 1000 * G_USEC_PER_SEC);
  assert_not_used (f);
  live_put (f->summary_path, f->summary->str, f->summary->len, 1);
  assert_not_used (f);

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
  step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  live_flush (f, strlen (FIXTURE_HEADER) + 10);
  live_look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  g_assert_cmpint (g_remove (f->path), ==, 0);
  step (f, TRUE);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  live_put (f->path, f->rows->str, f->rows->len, 0);
  f->n_flushed = f->rows->len;
  live_look (f);
  live_assert_all_settled (f);
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

        begin (f, only_total, 3);
        step (f, TRUE);
        step (f, TRUE);
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
  begin (f, FALSE, 3);
  live_open (f);
  scope_csv_reader_set_live (f->reader, FALSE);
  step (f, TRUE);
  live_assert_all_settled (f);
}

/* The rows of a block that have come are the same a second earlier; what
 * fills it up is of its own second all the same. */
static void
test_cut_block_idle (Live         *f,
                     gconstpointer data)
{
  gint64 count;

  begin (f, FALSE, 3);
  step (f, TRUE);
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
  begin (f, FALSE, 3);
  live_step (f, TRUE);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
}

/* What is not known from before the opening is known of the next run. */
static void
test_only_total_second_run_known (Live         *f,
                                  gconstpointer data)
{
  begin (f, TRUE, 3);
  step (f, TRUE);
  step (f, TRUE);
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

  begin (f, TRUE, 3);
  step (f, TRUE);
  step (f, TRUE);
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
  begin (f, TRUE, 3);
  step (f, TRUE);
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

  begin (f, TRUE, 3);
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
  step (f, TRUE);
  g_assert_cmpint (live_get_count (f, 'a', f->stamp), >, 0);
  g_assert_false (scope_history_has_only_total (f->history));
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

  begin (f, FALSE, 3);
  step (f, TRUE);
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

/* A user may have told Locust to flush seldom: the curves do not jump back. */
static void
test_seldom_flushed (Live         *f,
                     gconstpointer data)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  live_begin (f, FALSE, AGO);
  work (f);
  live_tick (f);
  fixture_append (f->history, parser, f->rows->str);
  for (guint i = 0; i < 90; i++)
    {
      g_autoptr (ScopeBlocks) blocks = NULL;

      work (f);
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
  begin (f, FALSE, 2);
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
    { "/csv-live/only-total", test_only_total },
    { "/csv-live/only-total/attached", test_only_total_attached },
    { "/csv-live/only-total/missed", test_only_total_missed },
    { "/csv-live/only-total/from-start", test_only_total_from_start },
    { "/csv-live/only-total/second-run", test_only_total_second_run },
    { "/csv-live/full-after-all", test_full_after_all },
    { "/csv-live/prefixes", test_prefixes },
    { "/csv-live/mixed-counts", test_mixed_counts },
    { "/csv-live/columns", test_columns },
    { "/csv-live/other-percentiles", test_other_percentiles },
    { "/csv-live/percentiles", test_percentiles },
    { "/csv-live/windows-line-ends", test_windows_line_ends },
    { "/csv-live/no-summary", test_no_summary },
    { "/csv-live/too-many-columns", test_too_many_columns },
    { "/csv-live/other-times", test_other_times },
    { "/csv-live/no-rows-yet", test_no_rows_yet },
    { "/csv-live/new-process", test_new_process },
    { "/csv-live/not-live", test_not_live },
    { "/csv-live/cut-block-idle", test_cut_block_idle },
    { "/csv-live/idle-at-once", test_idle_at_once },
    { "/csv-live/only-total/second-run-known", test_only_total_second_run_known },
    { "/csv-live/only-total/second-run-missed", test_only_total_second_run_missed },
    { "/csv-live/only-total/steps-missed", test_only_total_steps_missed },
    { "/csv-live/only-total/reset", test_only_total_reset },
    { "/csv-live/only-total/same-total", test_only_total_same_total },
    { "/csv-live/not-only-total", test_not_only_total },
    { "/csv-live/mixed", test_mixed },
    { "/csv-live/no-stale-endpoints", test_no_stale_endpoints },
    { "/csv-live/seldom-flushed", test_seldom_flushed },
    { "/csv-live/new-test-higher", test_new_test_higher },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Live, NULL, live_set_up, TESTS[i].func, live_tear_down);
  return g_test_run ();
}
