/* bench-load.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast a history is read, how much it takes in memory, and what a row
 * more costs.
 *
 *   bench-load SIZE ENDPOINTS SECONDS
 *
 * From memory on one core, from a file in the page cache on two.  Best of
 * several rounds, except for the rows that come one block at a time: there
 * the median is what a live test costs.
 */
#include "csv-load.h"
#include "csv-parser.h"
#include "history.h"
#include "made-up.h"
#include "report.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK    (1 << 20)
#define ROUNDS   5
#define N_BLOCKS 200 /* that come later */

static const char *size; /* S, M or L: the rows begin with it */

static void
report_of (const char *what,
           double      value,
           const char *unit,
           double      target)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", size, what);

  report (name, value, unit, target);
}

static guint
count_lines (const GString *text)
{
  const char *end = text->str + text->len;
  guint       n = 0;

  for (const char *p = text->str; (p = memchr (p, '\n', end - p)) != NULL; p++)
    n++;
  return n;
}

static ScopeHistory *
load (const GString  *text,
      ScopeCsvParser *parser)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();

  for (gsize from = 0; from < text->len; from += CHUNK)
    {
      g_autoptr (ScopeBlocks) blocks =
        scope_csv_parser_feed (parser, text->str + from, MIN (CHUNK, text->len - from), NULL);

      scope_history_append (history, blocks);
    }
  return g_steal_pointer (&history);
}

/* Reading and keeping: every statistic can be chosen after it.  On one core
 * the time of the processor is that of the clock, whatever else runs. */
static double
time_load (const GString *text)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      double                     start = get_cpu_seconds ();
      g_autoptr (ScopeHistory)   history = load (text, parser);

      start = get_cpu_seconds () - start;
      best = MIN (best, start);
    }
  return best;
}

/* No more than two cores, on a machine that has them. */
static void
use_two_cores (void)
{
  cpu_set_t all, two;
  int       n = 0;

  CPU_ZERO (&two);
  if (sched_getaffinity (0, sizeof all, &all) != 0)
    return;
  for (int i = 0; i < CPU_SETSIZE && n < 2; i++)
    if (CPU_ISSET (i, &all))
      {
        CPU_SET (i, &two);
        n++;
      }
  sched_setaffinity (0, sizeof two, &two);
}

static gboolean
write_all (int            fd,
           const GString *text)
{
  gsize written = 0;

  while (written < text->len)
    {
      gssize n = write (fd, text->str + written, text->len - written);

      if (n < 0)
        return FALSE;
      written += n;
    }
  return TRUE;
}

/* As --export reads: with as many threads as it likes. */
static double
time_load_file (const GString *text)
{
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("XXXXXX_stats_history.csv", &path, NULL);
  double           best = G_MAXDOUBLE;

  if (fd < 0)
    return G_MAXDOUBLE;
  /* Down to the disk: it is not to be written while it is read. */
  if (write_all (fd, text) && fsync (fd) == 0)
    for (guint i = 0; i < ROUNDS; i++)
      {
        g_autoptr (ScopeHistory) history = scope_history_new ();
        double                   start = get_seconds ();

        if (!scope_csv_load (history, path, 0, NULL))
          continue;
        start = get_seconds () - start;
        best = MIN (best, start);
      }
  close (fd);
  g_unlink (path);
  return best;
}

static void
ask_all (ScopeHistory  *history,
         ScopeStatistic statistic)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    scope_history_get_series (history, i, statistic);
}

static void
report_statistic (ScopeHistory  *history,
                  ScopeStatistic statistic,
                  const char    *what)
{
  double start = get_seconds ();

  ask_all (history, statistic);
  report_of (what, 1e3 * (get_seconds () - start), "ms", NO_TARGET);
}

/* The test goes on, a block a second. */
static void
report_append (ScopeHistory   *history,
               ScopeCsvParser *parser,
               MadeUp         *test)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray)  kept = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray)  charted = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_BLOCKS; i++)
    {
      guint                   n_rows = made_up_add_block (test, text);
      double                  start = get_cpu_seconds ();
      g_autoptr (ScopeBlocks) blocks = scope_csv_parser_feed (parser, text->str, text->len, NULL);
      double                  ns;

      scope_history_append (history, blocks);
      ns = 1e9 * (get_cpu_seconds () - start) / n_rows;
      g_array_append_val (kept, ns);
      ask_all (history, SCOPE_STATISTIC (AVERAGE));
      ask_all (history, SCOPE_STATISTIC (REQUESTS));
      ns = 1e9 * (get_cpu_seconds () - start) / n_rows;
      g_array_append_val (charted, ns);
      g_string_truncate (text, 0);
    }
  report_of ("append, a row, parse and keep", get_median (kept), "ns", NO_TARGET);
  report_of ("append, a row, and two series, all endpoints", get_median (charted), "ns",
             AT_MOST (400));
}

static void
report_rates (const GString *text)
{
  gboolean aimed_at = g_str_equal (size, "L");
  double   gb = text->len / 1e9;
  double   seconds;

  report_of ("parse and keep, one core", gb / time_load (text), "GB/s",
             aimed_at ? AT_LEAST (2) : NO_TARGET);
  seconds = time_load_file (text);
  if (seconds < G_MAXDOUBLE)
    report_of ("parse and keep, a file, two cores", gb / seconds, "GB/s",
               aimed_at ? AT_LEAST (3.5) : NO_TARGET);
}

int
main (int    argc,
      char **argv)
{
  guint               n_endpoints = argc > 3 ? (guint) atoi (argv[2]) : 50;
  guint               n_seconds = argc > 3 ? (guint) atoi (argv[3]) : 3600;
  g_autoptr (MadeUp)  test = made_up_new (n_endpoints, MADE_UP_SEED);
  g_autoptr (GString) text = made_up_history (test, n_seconds);
  guint               n_rows = count_lines (text) - 1;

  size = argc > 3 ? argv[1] : "M";
  printf ("%u endpoints, %u s: %u rows, %.1f MB\n", n_endpoints, n_seconds, n_rows,
          text->len / 1e6);
  use_two_cores ();
  report_rates (text);
  {
    g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
    double                     before = get_resident_mb ();
    g_autoptr (ScopeHistory)   history = load (text, parser);
    double                     held = get_resident_mb () - before;

    /* In a small one there is more of pages than of rows. */
    if (n_rows > 100000)
      report_of ("held in memory, a row", held * 1e6 / n_rows, "bytes", AT_MOST (64));
    report_statistic (history, SCOPE_STATISTIC (AVERAGE), "series of the average, all endpoints");
    report_statistic (history, SCOPE_STATISTIC (REQUESTS), "series of requests/s, all endpoints");
    report_statistic (history, (ScopeStatistic){ SCOPE_STATISTIC_PERCENTILE, 95 },
                      "series of p95, all endpoints");
    report_statistic (history, SCOPE_STATISTIC (MAX), "series of the maximum, all endpoints");
    report_append (history, parser, test);
  }
  return 0;
}
