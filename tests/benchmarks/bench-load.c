/* bench-load.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast a history is read from memory, and how much it takes there.
 *
 *   bench-load [ENDPOINTS SECONDS]
 *
 * Prints, best of several runs: finding the line ends (what "wc -l" does), the
 * parser alone on one core and on two, the parser and the history on one; then
 * another statistic of all endpoints, an append of ten blocks, and bytes held
 * per row.
 */
#include "csv-parser.h"
#include "history.h"
#include "made-up.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK  (1 << 20)
#define ROUNDS 5

static double
get_seconds (void)
{
  return g_get_monotonic_time () / 1e6;
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
      gboolean        keep,
      ScopeCsvParser *parser)
{
  g_autoptr (ScopeHistory) history = keep ? scope_history_new () : NULL;

  for (gsize from = 0; from < text->len; from += CHUNK)
    {
      g_autoptr (ScopeBlocks) blocks =
        scope_csv_parser_feed (parser, text->str + from, MIN (CHUNK, text->len - from), NULL);

      if (keep)
        scope_history_append (history, blocks);
    }
  return g_steal_pointer (&history);
}

/* As the reader has it done, by two threads. */
static void
parse_by_two (const GString *text)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  for (gsize from = 0; from < text->len;)
    {
      const char             *bytes = text->str + from;
      gsize                   n = MIN (4 * CHUNK, text->len - from);
      gsize                   used = 0;
      gsize                   place = scope_csv_parser_begin_ahead (parser, bytes, n, n / 2);
      g_autoptr (ScopeBlocks) first =
        scope_csv_parser_feed (parser, bytes, place > 0 ? place : n, NULL);
      g_autoptr (ScopeBlocks) second =
        place > 0 ? scope_csv_parser_end_ahead (parser, &used) : NULL;

      from += place > 0 ? place + used : n;
    }
}

static double
time_two (const GString *text)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      double start = get_seconds ();

      parse_by_two (text);
      best = MIN (best, get_seconds () - start);
    }
  return best;
}

static double
time_load (const GString *text,
           gboolean       keep)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      g_autoptr (ScopeHistory)   history = NULL;
      double                     start = get_seconds ();

      history = load (text, keep, parser);
      best = MIN (best, get_seconds () - start);
    }
  return best;
}

static double
time_scan (const GString *text)
{
  double         best = G_MAXDOUBLE;
  volatile guint n = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      double start = get_seconds ();

      n += count_lines (text);
      best = MIN (best, get_seconds () - start);
    }
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

static double
time_statistic (ScopeHistory  *history,
                ScopeStatistic statistic)
{
  double start = get_seconds ();

  ask_all (history, statistic);
  return get_seconds () - start;
}

static void
print_rate (const char *what,
            double      seconds,
            gsize       bytes,
            double      scan)
{
  printf ("%-34s %8.1f ms  %5.2f GB/s  %5.1f x line ends\n", what, 1e3 * seconds,
          bytes / seconds / 1e9, seconds / scan);
}

int
main (int    argc,
      char **argv)
{
  guint              n_endpoints = argc > 2 ? (guint) atoi (argv[1]) : 50;
  guint              n_seconds = argc > 2 ? (guint) atoi (argv[2]) : 3600;
  g_autoptr (GString) text = made_up_history (n_endpoints, n_seconds);
  guint               n_rows = count_lines (text) - 1;
  double              scan = time_scan (text);
  gsize               before, held;

  printf ("%u endpoints, %u s: %u rows, %.1f MB\n", n_endpoints, n_seconds, n_rows,
          text->len / 1e6);
  print_rate ("line ends", scan, text->len, scan);
  print_rate ("parse", time_load (text, FALSE), text->len, scan);
  print_rate ("parse, on two cores", time_two (text), text->len, scan);
  print_rate ("parse and keep", time_load (text, TRUE), text->len, scan);

  before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  {
    g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
    g_autoptr (ScopeHistory)   history = load (text, TRUE, parser);
    g_autoptr (ScopeBlocks)    blocks = NULL;
    g_autoptr (GString)        more = NULL;
    double                     start;

    held = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;
    printf ("%-34s %8.1f bytes a row, every statistic at hand\n", "held", (double) held / n_rows);
    printf ("%-34s %8.1f ms\n", "average of all endpoints",
            1e3 * time_statistic (history, SCOPE_STATISTIC (AVERAGE)));
    printf ("%-34s %8.1f ms\n", "requests/s of all endpoints",
            1e3 * time_statistic (history, SCOPE_STATISTIC (REQUESTS)));
    printf ("%-34s %8.1f ms\n", "p95 of all endpoints",
            1e3 * time_statistic (history, (ScopeStatistic){ SCOPE_STATISTIC_PERCENTILE, 95 }));
    printf ("%-34s %8.1f ms\n", "maximum of all endpoints",
            1e3 * time_statistic (history, SCOPE_STATISTIC (MAX)));
    held = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;
    printf ("%-34s %8.1f bytes a row\n", "held with four series", (double) held / n_rows);

    /* The file goes on: its last ten blocks come once more, later. */
    more = made_up_history (n_endpoints, 10);
    for (char *p = more->str; (p = strstr (p, "\n179500000")) != NULL; p++)
      memcpy (p + 1, "1799", 4);
    start = get_seconds ();
    blocks = scope_csv_parser_feed (parser, strchr (more->str, '\n') + 1,
                                    more->len - (strchr (more->str, '\n') + 1 - more->str), NULL);
    scope_history_append (history, blocks);
    ask_all (history, SCOPE_STATISTIC (AVERAGE));
    ask_all (history, SCOPE_STATISTIC (REQUESTS));
    printf ("%-34s %8.1f ns a row\n", "ten more blocks, both series",
            1e9 * (get_seconds () - start) / (10.0 * (n_endpoints + 1)));
  }
  return 0;
}
