/* dump-history.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints all that is known of a history file, one row for each block and
 * endpoint, for scripts that work the same out in another way.  What has no
 * value is an empty cell.
 */
#include "fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void
print_text (const char *text)
{
  g_auto (GStrv)   parts = g_strsplit (text, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  printf (",\"%s\"", quoted);
}

static void
print_number (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  printf (",%s", isnan (number) ? "" : g_ascii_dtostr (buffer, sizeof buffer, number));
}

static void
print_row (ScopeHistory *history,
           guint         block,
           guint         position)
{
  ScopeEndpoint      *endpoint = scope_history_get_endpoint (history, position);
  const ScopeColumns *columns = scope_history_get_columns (history, position);
  guint               i = block - columns->first;

  printf ("%" G_GINT64_FORMAT, scope_history_get_stamps (history)[block]);
  print_text (scope_endpoint_get_type_name (endpoint));
  print_text (scope_endpoint_get_name (endpoint));
  print_number (
    scope_history_get_series (history, position, SCOPE_STATISTIC (AVERAGE)).values[i]);
  print_number (
    scope_history_get_series (history, position, SCOPE_STATISTIC (REQUESTS)).values[i]);
  print_number (scope_history_get_times (history)[block]);
  printf (",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT, scope_columns_get_count (columns, i), scope_columns_get_failures (columns, i));
  print_number (scope_columns_get_count (columns, i) > 0 ? scope_columns_get_sum (columns, i) / scope_columns_get_count (columns, i) : 0);
  printf (",%u\n", block);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (ScopeHistory) history = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: dump-history PREFIX_stats_history.csv\n");
      return EXIT_FAILURE;
    }
  bytes = fixture_read (argv[1]);
  history = fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  printf ("Timestamp,Type,Name,Response Time (ms),Requests/s,Time,Count,Failures,Average,Block\n");
  for (guint b = 0; b < scope_history_get_n_blocks (history); b++)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
      if (scope_columns_has_row (scope_history_get_columns (history, i), b))
        print_row (history, b, i);
  return EXIT_SUCCESS;
}
