/* curves.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row for each block and endpoint, in the order of the history's own
 * rows, with its stamps; numbers do not depend on the locale.
 */
#include "curves.h"

#include "selection.h"

#include <math.h>
#include <string.h>

#define HEADER "Timestamp,Type,Name,Response Time (ms),Requests/s,Failures/s,User Count"

/* What the baseline had when as much time had passed. */
#define BASELINE_HEADER ",Baseline Response Time (ms),Baseline Requests/s,Baseline Failures/s"

/* Enough to tell any two numbers of a counter's precision apart. */
#define NUMBER_FORMAT "%.15g"

/* The positions of what is shown; in a block the total comes last. */
static GArray *
get_positions (ScopeHistory *history)
{
  GArray *positions = scope_selection_list (history);
  guint   first;

  if (positions->len == 0)
    return positions;
  first = g_array_index (positions, guint, 0);
  if (scope_endpoint_get_is_total (scope_history_get_endpoint (history, first)))
    {
      g_array_remove_index (positions, 0);
      g_array_append_val (positions, first);
    }
  return positions;
}

static void
append_text (GString    *row,
             const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (row, text);
      return;
    }
  g_string_append_c (row, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *p);
    }
  g_string_append_c (row, '"');
}

static void
append_number (GString *row,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (row, ',');
  if (!isnan (number))
    g_string_append (row, g_ascii_formatd (text, sizeof text, NUMBER_FORMAT, number));
}

/* What a summary said before its time is not in the file. */
static gboolean
is_own_row (ScopeHistory *history,
            guint         position,
            guint         block)
{
  const ScopeColumns *columns = scope_history_get_columns (history, position);

  return scope_columns_has_row (columns, block) &&
         block - columns->first < scope_history_get_n_own_rows (history, position);
}

static void
append_baseline (GString            *row,
                 const ScopePicture *picture,
                 guint               position,
                 double              time)
{
  const ScopeStatistic statistics[] = { scope_history_get_response_time (picture->history),
                                        SCOPE_STATISTIC (REQUESTS), SCOPE_STATISTIC (FAILURES) };

  for (guint i = 0; i < G_N_ELEMENTS (statistics); i++)
    append_number (row,
                   scope_baseline_get_value (picture->baseline, position, statistics[i], time));
}

static void
append_row (GString            *row,
            const ScopePicture *picture,
            guint               position,
            guint               block)
{
  ScopeHistory  *history = picture->history;
  ScopeEndpoint *endpoint = scope_history_get_endpoint (history, position);
  guint32        users = scope_history_get_users (history)[block];

  g_string_append_printf (row, "%" G_GINT64_FORMAT ",", scope_history_get_stamps (history)[block]);
  append_text (row, scope_endpoint_get_type_name (endpoint));
  g_string_append_c (row, ',');
  append_text (row, scope_endpoint_get_name (endpoint));
  append_number (row, scope_history_get_value (history, position,
                                               scope_history_get_response_time (history), block));
  append_number (row, scope_history_get_value (history, position, SCOPE_STATISTIC (REQUESTS), block));
  append_number (row, scope_history_get_value (history, position, SCOPE_STATISTIC (FAILURES), block));
  append_number (row, users == SCOPE_USERS_UNKNOWN ? NAN : users);
  if (picture->baseline != NULL)
    append_baseline (row, picture, position, scope_history_get_times (history)[block]);
  g_string_append (row, "\r\n");
}

/* Whether anything that is shown has a row in the file. */
gboolean
scope_curves_has_rows (const ScopePicture *picture)
{
  g_autoptr (GArray) positions = get_positions (picture->history);

  for (guint i = 0; i < positions->len; i++)
    if (scope_history_get_n_own_rows (picture->history, g_array_index (positions, guint, i)) > 0)
      return TRUE;
  return FALSE;
}

/**
 * scope_curves_write:
 * @picture: whose visible endpoints and stretch of time are written
 * @bytes: what the CSV is appended to
 *
 * Response Time is the chosen statistic, empty where there is none;
 * Requests/s and Failures/s are counted over the averaging window.  Where a
 * baseline is compared with, each row has its values, too.
 */
void
scope_curves_write (const ScopePicture *picture,
                    GByteArray         *bytes)
{
  ScopeHistory       *history = picture->history;
  const double       *times = scope_history_get_times (history);
  g_autoptr (GArray)  positions = get_positions (history);
  g_autoptr (GString) text = g_string_new (HEADER);
  double              start, end;

  g_string_append (text, picture->baseline ? BASELINE_HEADER "\r\n" : "\r\n");
  scope_view_get_range (picture->view, &start, &end);
  for (guint block = 0; block < scope_history_get_n_blocks (history); block++)
    for (guint i = 0; i < positions->len && times[block] >= start && times[block] <= end; i++)
      {
        guint position = g_array_index (positions, guint, i);

        if (is_own_row (history, position, block))
          append_row (text, picture, position, block);
      }
  g_byte_array_append (bytes, (const guint8 *) text->str, text->len);
}
