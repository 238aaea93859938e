/* table-rows.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An order is that of the moment in which it was asked for: rows that changed
 * their places with each block could not be read.
 */
#include "table-rows.h"

#include "selection.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of a number in text: more digits than anyone compares by eye. */
#define NUMBER_FORMAT "%.6g"
#define COUNT_FORMAT  "%.0f"

static double
get_response_time (const ScopeTableTimes *self,
                   guint                  position,
                   guint                  block)
{
  return scope_history_get_value (self->history, position,
                                  scope_history_get_response_time (self->history), block);
}

static double
get_throughput (const ScopeTableTimes *self,
                guint                  position,
                guint                  block)
{
  return scope_history_get_value (self->history, position,
                                  scope_table_get_throughput (self->history), block);
}

static double
get_failure_rate (const ScopeTableTimes *self,
                  guint                  position,
                  guint                  block)
{
  return scope_history_get_value (self->history, position, SCOPE_STATISTIC (FAILURES), block);
}

static double
get_requests (const ScopeTotals *totals)
{
  return totals->requests;
}

static double
get_failures (const ScopeTotals *totals)
{
  return totals->failures;
}

/* A column has a text, a number at an instant, or one over a stretch. */
static const struct
{
  const char *id;
  const char *title;
  const char *heading; /* NULL: the title */
  double    (*get_at) (const ScopeTableTimes *self,
                       guint                  position,
                       guint                  block);
  double    (*get_over) (const ScopeTotals *totals);
  gboolean    is_count;
} COLUMNS[] = {
  [SCOPE_TABLE_METHOD] = { .id = "method", .title = N_("Method") },
  [SCOPE_TABLE_NAME] = { .id = "name", .title = N_("Name") },
  [SCOPE_TABLE_RESPONSE_TIME] = {
    .id = "response-time",
    /* Translators: heads a column: response time in milliseconds. */
    .title = N_("RT (ms)"),
    .get_at = get_response_time,
  },
  [SCOPE_TABLE_THROUGHPUT] = {
    .id = "throughput",
    /* Translators: heads a column: requests per second. */
    .title = N_("TPS"),
    .get_at = get_throughput,
  },
  [SCOPE_TABLE_FAILURE_RATE] = {
    .id = "failure-rate",
    /* Translators: heads a column: failures a second. */
    .title = N_("Failed/s"),
    .get_at = get_failure_rate,
  },
  [SCOPE_TABLE_REQUESTS] = {
    .id = "requests",
    /* Translators: heads a column: how many. */
    .title = N_("Requests"),
    .get_over = get_requests,
    .is_count = TRUE,
  },
  [SCOPE_TABLE_FAILURES] = {
    .id = "failures",
    /* Translators: heads a column: how many. */
    .title = N_("Failed"),
    .get_over = get_failures,
    .is_count = TRUE,
  },
  [SCOPE_TABLE_FAILURE_SHARE] = {
    .id = "failure-share",
    /* Translators: heads a column: of the requests, in per cent. */
    .title = N_("Failed (%)"),
    /* Translators: the same where there is little room. */
    .heading = N_("Fail %"),
    .get_over = scope_totals_get_failure_share,
  },
  [SCOPE_TABLE_AVERAGE] = {
    .id = "average",
    /* Translators: heads a column: average response time in milliseconds. */
    .title = N_("Mean RT (ms)"),
    /* Translators: the same where there is little room. */
    .heading = N_("Mean RT"),
    .get_over = scope_totals_get_average,
  },
  [SCOPE_TABLE_RATE] = {
    .id = "rate",
    /* Translators: heads a column: requests per second on average. */
    .title = N_("Mean TPS"),
    .get_over = scope_totals_get_rate,
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (COLUMNS) == SCOPE_TABLE_N_COLUMNS);

/* The last block that is looked at while there is no cursor: of the run, not of
 * the stretch, as in the legend. */
static guint
get_last_block (ScopeHistory *history,
                ScopeView    *view)
{
  int   run = scope_view_get_run (view);
  guint end = scope_history_get_n_blocks (history);

  if (run >= 0 && (guint) run < scope_history_get_n_runs (history))
    end = scope_history_get_run (history, (guint) run).end;
  return end - 1;
}

/**
 * scope_table_times_init:
 * @self: uninitialised storage
 * @history: the history, which has blocks
 * @view: the stretch of time that is looked at
 * @cursor: the instant; nowhere: the latest numbers
 */
void
scope_table_times_init (ScopeTableTimes *self,
                        ScopeHistory    *history,
                        ScopeView       *view,
                        ScopeCursor     *cursor)
{
  const double *times = scope_history_get_times (history);
  guint         n_blocks = scope_history_get_n_blocks (history);
  double        time, start, end;

  g_return_if_fail (n_blocks > 0);

  *self = (ScopeTableTimes){ .history = history };
  self->at_cursor = scope_cursor_get_time (cursor, &time) &&
                    scope_history_find_block (history, time, &self->block);
  if (!self->at_cursor)
    self->block = get_last_block (history, view);
  scope_view_get_range (view, &start, &end);
  self->has_range = scope_history_find_blocks (history, start, end, &self->first, &self->end);
  if (!self->has_range)
    return;
  self->from = times[scope_times_find (times, n_blocks, start)];
  self->to = times[self->end - 1];
}

/* Whether its numbers are whole. */
gboolean
scope_table_is_count (ScopeTableColumn column)
{
  g_return_val_if_fail (column < SCOPE_TABLE_N_COLUMNS, FALSE);
  return COLUMNS[column].is_count;
}

/* What scope_table_find_id() understands. */
const char *
scope_table_get_id (ScopeTableColumn column)
{
  return column < SCOPE_TABLE_N_COLUMNS ? COLUMNS[column].id : "";
}

/* The column of that id, or SCOPE_TABLE_N_COLUMNS. */
ScopeTableColumn
scope_table_find_id (const char *id)
{
  for (guint i = 0; i < SCOPE_TABLE_N_COLUMNS; i++)
    if (g_strcmp0 (id, COLUMNS[i].id) == 0)
      return i;
  return SCOPE_TABLE_N_COLUMNS;
}

/* Returns: (transfer full): what is in the column, translated. */
char *
scope_table_dup_title (ScopeTableColumn column)
{
  g_return_val_if_fail (column < SCOPE_TABLE_N_COLUMNS, NULL);
  return g_strdup (_(COLUMNS[column].title));
}

/* Returns: (transfer full): the same in few letters. */
char *
scope_table_dup_heading (ScopeTableColumn column)
{
  g_return_val_if_fail (column < SCOPE_TABLE_N_COLUMNS, NULL);
  return g_strdup (COLUMNS[column].heading ? _(COLUMNS[column].heading) : _(COLUMNS[column].title));
}

/* The chosen statistic of throughput, if it is one of requests: failures have a
 * column of their own. */
ScopeStatistic
scope_table_get_throughput (ScopeHistory *history)
{
  ScopeStatistic chosen = scope_history_get_throughput (history);

  return chosen.kind == SCOPE_STATISTIC_FAILURES ? SCOPE_STATISTIC (REQUESTS) : chosen;
}

/* An endpoint's latest row can be that of the block before: the rest of a block
 * may not have been written yet. */
static guint
get_block (const ScopeTableTimes *self,
           guint                  position)
{
  const ScopeColumns *columns = scope_history_get_columns (self->history, position);
  guint               end = columns->first + columns->n_rows;

  return self->at_cursor || end == 0 ? self->block : MIN (self->block, end - 1);
}

/**
 * scope_table_get_number:
 * @self: which times numbers are of
 * @endpoint: of the history
 * @column: one of the numbers
 *
 * Returns: the number; NaN where there is none
 */
double
scope_table_get_number (const ScopeTableTimes *self,
                        ScopeEndpoint         *endpoint,
                        ScopeTableColumn       column)
{
  guint       position = scope_endpoint_get_position (endpoint);
  ScopeTotals totals;

  g_return_val_if_fail (column < SCOPE_TABLE_N_COLUMNS, NAN);

  if (COLUMNS[column].get_at != NULL)
    return COLUMNS[column].get_at (self, position, get_block (self, position));
  if (COLUMNS[column].get_over == NULL || !self->has_range)
    return NAN;
  totals = scope_history_get_totals (self->history, position, self->first, self->end);
  return COLUMNS[column].get_over (&totals);
}

/* A row while it is sorted. */
typedef struct
{
  ScopeEndpoint *endpoint; /* borrowed */
  double         number;
} Row;

static int
compare_texts (const Row       *a,
               const Row       *b,
               ScopeTableColumn column)
{
  if (column == SCOPE_TABLE_METHOD)
    return strcmp (scope_endpoint_get_type_name (a->endpoint),
                   scope_endpoint_get_type_name (b->endpoint));
  return strcmp (scope_endpoint_get_name (a->endpoint), scope_endpoint_get_name (b->endpoint));
}

/* The total stays first, rows without a number go last, whatever the direction;
 * equal ones are in the order of the legend. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const Row             *x = a;
  const Row             *y = b;
  const ScopeTableOrder *order = data;
  gboolean               x_is_total = scope_endpoint_get_is_total (x->endpoint);
  int                    result;

  if (x_is_total || scope_endpoint_get_is_total (y->endpoint))
    return x_is_total ? -1 : 1;
  if (isnan (x->number) != isnan (y->number))
    return isnan (x->number) ? 1 : -1;
  if (order->column <= SCOPE_TABLE_NAME)
    result = compare_texts (x, y, order->column);
  else
    result = (x->number > y->number) - (x->number < y->number);
  if (result == 0)
    return scope_endpoint_compare (x->endpoint, y->endpoint);
  return order->descending ? -result : result;
}

/**
 * scope_table_list:
 * @self: which times numbers are of
 * @order: how rows are sorted
 *
 * Returns: (transfer full) (element-type ScopeEndpoint): what is shown, sorted by
 *   the numbers of now
 */
GPtrArray *
scope_table_list (const ScopeTableTimes *self,
                  ScopeTableOrder        order)
{
  g_autoptr (GArray) shown = scope_selection_list (self->history);
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), shown->len);
  GPtrArray         *endpoints = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean           by_number = order.column > SCOPE_TABLE_NAME;

  for (guint i = 0; i < shown->len; i++)
    {
      Row row = { .endpoint =
                    scope_history_get_endpoint (self->history, g_array_index (shown, guint, i)) };

      if (by_number && order.column < SCOPE_TABLE_N_COLUMNS)
        row.number = scope_table_get_number (self, row.endpoint, order.column);
      g_array_append_val (rows, row);
    }
  if (order.column < SCOPE_TABLE_N_COLUMNS)
    g_array_sort_with_data (rows, compare_rows, &order);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (endpoints, g_object_ref (g_array_index (rows, Row, i).endpoint));
  return endpoints;
}

/* A name is one cell, whatever is in it. */
static void
append_text (GString    *text,
             const char *cell)
{
  g_autofree char *line = g_strdup (cell);

  g_string_append (text, g_strdelimit (line, "\t\r\n", ' '));
}

static void
append_cell (GString               *text,
             const ScopeTableTimes *self,
             ScopeEndpoint         *endpoint,
             ScopeTableColumn       column)
{
  char   digits[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (column == SCOPE_TABLE_METHOD)
    append_text (text, scope_endpoint_get_type_name (endpoint));
  else if (column == SCOPE_TABLE_NAME)
    append_text (text, scope_endpoint_get_name (endpoint));
  else if (!isnan (number = scope_table_get_number (self, endpoint, column)))
    g_string_append (text, g_ascii_formatd (digits, sizeof digits,
                                            COLUMNS[column].is_count ? COUNT_FORMAT : NUMBER_FORMAT,
                                            number));
}

/**
 * scope_table_to_text:
 * @self: which times numbers are of
 * @endpoints: (element-type ScopeEndpoint): the rows
 *
 * Returns: (transfer full): a heading and the rows, one a line, cells separated
 *   by tabs; numbers have a point in every language, and where there is none the
 *   cell is empty
 */
char *
scope_table_to_text (const ScopeTableTimes *self,
                     GPtrArray             *endpoints)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; c < SCOPE_TABLE_N_COLUMNS; c++)
    g_string_append_printf (text, "%s%c", _(COLUMNS[c].title),
                            c + 1 < SCOPE_TABLE_N_COLUMNS ? '\t' : '\n');
  for (guint i = 0; i < endpoints->len; i++)
    for (guint c = 0; c < SCOPE_TABLE_N_COLUMNS; c++)
      {
        append_cell (text, self, g_ptr_array_index (endpoints, i), c);
        g_string_append_c (text, c + 1 < SCOPE_TABLE_N_COLUMNS ? '\t' : '\n');
      }
  return g_string_free (text, FALSE);
}
