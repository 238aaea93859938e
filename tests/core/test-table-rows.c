/* test-table-rows.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table behind the charts without a display: what its numbers are of, in
 * which order its rows are, and what is copied as text.
 */
#include "table-rows.h"

#include "fixture.h"
#include "selection.h"

#include <math.h>
#include <string.h>

#define START 1795338539

typedef struct
{
  ScopeHistory *history;
  ScopeView    *view;
  ScopeCursor  *cursor;
} Table;

static void
add_row (GString    *text,
         guint       block,
         const char *name,
         guint64     count,
         guint64     failures,
         double      average)
{
  fixture_full_row (text, &(FixtureRow){ .stamp = START + block,
                                         .name = name,
                                         .count = count,
                                         .failures = failures,
                                         .average = count ? average : 0,
                                         .p50 = "21",
                                         .p95 = "34",
                                         .min = count ? 1 : 0,
                                         .max = count ? 900 : 0 });
}

/* Twenty blocks: /slow 1 request a block of 90 ms, of which half fail; /fast 10
 * of 5 ms; /idle none after the first ten blocks. */
static void
table_init (Table *self)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint b = 0; b < 20; b++)
    {
      guint idle = MIN (b, 10);

      add_row (text, b, "/fast", 10 * b, 0, 5);
      add_row (text, b, "/idle", 2 * idle, 0, 40);
      add_row (text, b, "/slow", b, b / 2, 90);
      add_row (text, b, "Aggregated", 11 * b + 2 * idle, b / 2, 20);
    }
  self->history = fixture_history (text->str, text->len);
  self->view = scope_view_new (self->history);
  self->cursor = scope_cursor_new ();
  scope_selection_show_all (self->history, TRUE);
}

static void
table_clear (Table *self)
{
  g_object_unref (self->cursor);
  g_object_unref (self->view);
  g_object_unref (self->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
assert_number (Table           *self,
               const char      *name,
               ScopeTableColumn column,
               double           expected)
{
  ScopeTableTimes times;
  int             position = fixture_find (self->history, "GET", name);
  double          number;

  scope_table_times_init (&times, self->history, self->view, self->cursor);
  number = scope_table_get_number (
    &times, scope_history_get_endpoint (self->history, (guint) position), column);
  if (isnan (number) != isnan (expected) ||
      fabs (number - expected) > 1e-9 * fabs (expected) + 1e-9)
    g_error ("%s, %s: %g, not %g", name, scope_table_get_id (column), number, expected);
}

/* Without a cursor the latest, as in the legend; with one what was then. */
static void
test_at_an_instant (void)
{
  g_auto (Table) table = { NULL };
  const double  *times;
  ScopeEndpoint *slow;

  table_init (&table);
  times = scope_history_get_times (table.history);
  scope_history_set_window (table.history, 4);
  slow = scope_history_get_endpoint (table.history,
                                     (guint) fixture_find (table.history, "GET", "/slow"));
  assert_number (&table, "/slow", SCOPE_TABLE_RESPONSE_TIME, 90);
  assert_number (&table, "/slow", SCOPE_TABLE_THROUGHPUT, 4 / (times[19] - times[15]));
  g_assert_cmpfloat_with_epsilon (scope_endpoint_get_throughput (slow),
                                  4 / (times[19] - times[15]), 1e-4);
  assert_number (&table, "/slow", SCOPE_TABLE_FAILURE_RATE, 2 / (times[19] - times[15]));
  assert_number (&table, "/idle", SCOPE_TABLE_RESPONSE_TIME, NAN);
  assert_number (&table, "/idle", SCOPE_TABLE_THROUGHPUT, 0);

  scope_cursor_pin (table.cursor, times[8] + 0.2);
  assert_number (&table, "/idle", SCOPE_TABLE_RESPONSE_TIME, 40);
  assert_number (&table, "/idle", SCOPE_TABLE_THROUGHPUT, 8 / (times[8] - times[4]));
  /* Failures have a column of their own. */
  scope_history_set_throughput (table.history, SCOPE_STATISTIC (FAILURES));
  assert_number (&table, "/idle", SCOPE_TABLE_THROUGHPUT, 8 / (times[8] - times[4]));
  scope_history_set_throughput (table.history, SCOPE_STATISTIC (WRITTEN));
  assert_number (&table, "/idle", SCOPE_TABLE_THROUGHPUT, 1.5);
  scope_history_set_response_time (table.history, SCOPE_STATISTIC (MAX));
  assert_number (&table, "/idle", SCOPE_TABLE_RESPONSE_TIME, 900);
}

/* What is looked at, whatever the cursor and the chosen statistics. */
static void
test_over_a_stretch (void)
{
  g_auto (Table) table = { NULL };
  const double  *times;

  table_init (&table);
  times = scope_history_get_times (table.history);
  assert_number (&table, "/slow", SCOPE_TABLE_REQUESTS, 19);
  assert_number (&table, "/slow", SCOPE_TABLE_FAILURES, 9);
  assert_number (&table, "/slow", SCOPE_TABLE_FAILURE_SHARE, 900 / 19.0);
  assert_number (&table, "/idle", SCOPE_TABLE_AVERAGE, 40);

  scope_view_set_fixed (table.view, times[12], times[17] + 0.3);
  scope_cursor_pin (table.cursor, times[2]);
  scope_history_set_response_time (table.history, SCOPE_STATISTIC (MAX));
  assert_number (&table, "/fast", SCOPE_TABLE_REQUESTS, 50);
  assert_number (&table, "/fast", SCOPE_TABLE_AVERAGE, 5);
  assert_number (&table, "/fast", SCOPE_TABLE_RATE, 50 / (times[17] - times[12]));
  assert_number (&table, "/idle", SCOPE_TABLE_REQUESTS, 0);
  assert_number (&table, "/idle", SCOPE_TABLE_AVERAGE, NAN);
  assert_number (&table, "/idle", SCOPE_TABLE_FAILURE_SHARE, NAN);
  assert_number (&table, "/idle", SCOPE_TABLE_RATE, 0);

  scope_view_set_fixed (table.view, times[19] + 5, times[19] + 9); /* there is nothing */
  assert_number (&table, "/fast", SCOPE_TABLE_REQUESTS, NAN);
  assert_number (&table, "/fast", SCOPE_TABLE_RATE, NAN);
}

static void
assert_order (Table           *self,
              ScopeTableColumn column,
              gboolean         descending,
              const char      *expected)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString)   names = g_string_new (NULL);
  ScopeTableTimes       times;

  scope_table_times_init (&times, self->history, self->view, self->cursor);
  rows = scope_table_list (&times, (ScopeTableOrder){ column, descending });
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            scope_endpoint_get_name (g_ptr_array_index (rows, i)));
  g_assert_cmpstr (names->str, ==, expected);
}

/* The total is always first, what has no number last. */
static void
test_order (void)
{
  g_auto (Table) table = { NULL };
  const double  *times;

  table_init (&table);
  times = scope_history_get_times (table.history);
  assert_order (&table, SCOPE_TABLE_N_COLUMNS, FALSE, "Aggregated /fast /idle /slow");
  assert_order (&table, SCOPE_TABLE_NAME, TRUE, "Aggregated /slow /idle /fast");
  assert_order (&table, SCOPE_TABLE_METHOD, TRUE, "Aggregated /fast /idle /slow");
  assert_order (&table, SCOPE_TABLE_REQUESTS, FALSE, "Aggregated /slow /idle /fast");
  assert_order (&table, SCOPE_TABLE_REQUESTS, TRUE, "Aggregated /fast /idle /slow");
  assert_order (&table, SCOPE_TABLE_AVERAGE, TRUE, "Aggregated /slow /idle /fast");
  assert_order (&table, SCOPE_TABLE_FAILURES, TRUE, "Aggregated /slow /fast /idle");
  scope_view_set_fixed (table.view, times[12], times[17]);
  assert_order (&table, SCOPE_TABLE_AVERAGE, TRUE, "Aggregated /slow /fast /idle");
  assert_order (&table, SCOPE_TABLE_AVERAGE, FALSE, "Aggregated /fast /slow /idle");
  scope_endpoint_set_visible (scope_history_get_endpoint (table.history, 0), FALSE);
  assert_order (&table, SCOPE_TABLE_RESPONSE_TIME, FALSE, "Aggregated /idle /slow");
  scope_selection_show_all (table.history, FALSE);
  assert_order (&table, SCOPE_TABLE_RESPONSE_TIME, FALSE, "");
}

static void
test_ids (void)
{
  for (guint i = 0; i < SCOPE_TABLE_N_COLUMNS; i++)
    {
      g_autofree char *title = scope_table_dup_title (i);

      g_assert_cmpuint (scope_table_find_id (scope_table_get_id (i)), ==, i);
      g_assert_cmpstr (title, !=, "");
    }
  g_assert_cmpuint (scope_table_find_id (""), ==, SCOPE_TABLE_N_COLUMNS);
  g_assert_cmpuint (scope_table_find_id (NULL), ==, SCOPE_TABLE_N_COLUMNS);
  g_assert_cmpstr (scope_table_get_id (SCOPE_TABLE_N_COLUMNS), ==, "");
}

static void
test_text (void)
{
  g_auto (Table)        table = { NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char      *text = NULL;
  g_auto (GStrv)        lines = NULL;
  ScopeTableTimes       times;

  table_init (&table);
  scope_table_times_init (&times, table.history, table.view, table.cursor);
  rows = scope_table_list (&times, (ScopeTableOrder){ SCOPE_TABLE_AVERAGE, TRUE });
  text = scope_table_to_text (&times, rows);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6); /* the last one is ended */
  g_assert_cmpstr (lines[0], ==,
                   "Method\tName\tRT (ms)\tTPS\tFailed/s\tRequests\tFailed\tFailed (%)\t"
                   "Mean RT (ms)\tMean TPS");
  g_assert_true (g_str_has_prefix (lines[1], "\tAggregated\t20\t"));
  g_assert_true (g_str_has_prefix (lines[2], "GET\t/slow\t90\t"));
  g_assert_nonnull (strstr (lines[2], "\t19\t9\t47.3684\t90\t0."));
  g_assert_nonnull (strstr (lines[3], "GET\t/idle\t40\t0"));
  g_assert_cmpstr (lines[5], ==, "");
  for (guint i = 0; i < 5; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, SCOPE_TABLE_N_COLUMNS);
    }
}

/* A tab or an end of a line in a name moves no cell. */
static void
test_strange_names (void)
{
  static const char TEXT[] =
    "Timestamp,Type,Name,Total Request Count,Total Failure Count,Total Average Response Time\r\n"
    "1795338539,GET,\"/a\tb\nc\",0,0,0\r\n"
    "1795338540,GET,\"/a\tb\nc\",3,0,5\r\n";
  g_autoptr (ScopeHistory) history = fixture_history (TEXT, strlen (TEXT));
  g_autoptr (ScopeView)    view = scope_view_new (history);
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  g_autoptr (GPtrArray)    rows = NULL;
  g_autofree char         *text = NULL;
  ScopeTableTimes          times;

  scope_table_times_init (&times, history, view, cursor);
  rows = scope_table_list (&times, SCOPE_TABLE_UNSORTED);
  text = scope_table_to_text (&times, rows);
  g_assert_nonnull (strstr (text, "\nGET\t/a b c\t5\t"));
}

/* A run that is looked at by itself ends with its own numbers. */
static void
test_run (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  g_autoptr (ScopeView)    view = NULL;
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  ScopeTableTimes          times;

  for (guint b = 0; b < 20; b++)
    add_row (text, b, "/a", b < 10 ? 3 * b : 5 * (b - 10), 0, b < 10 ? 20 : 30);
  history = fixture_history (text->str, text->len);
  view = scope_view_new (history);
  scope_view_set_run (view, 0);
  scope_table_times_init (&times, history, view, cursor);
  g_assert_cmpuint (times.block, ==, 9);
  g_assert_cmpuint (times.end, ==, 10);
  g_assert_cmpfloat (scope_table_get_number (&times, scope_history_get_endpoint (history, 0),
                                             SCOPE_TABLE_REQUESTS), ==, 27);
  g_assert_cmpuint (scope_history_find_run (history, 9), ==, 0);
  g_assert_cmpuint (scope_history_find_run (history, 10), ==, 1);
}

/* It is said between which blocks was counted, not how far the charts reach. */
static void
test_bounds (void)
{
  g_auto (Table)  table = { NULL };
  const double   *times;
  ScopeTableTimes now;

  table_init (&table);
  times = scope_history_get_times (table.history);
  scope_view_set_fixed (table.view, times[0] - 4, times[19] + 3);
  scope_table_times_init (&now, table.history, table.view, table.cursor);
  g_assert_cmpfloat (now.from, ==, times[0]);
  g_assert_cmpfloat (now.to, ==, times[19]);
  scope_view_set_fixed (table.view, times[12] - 0.4, times[17] + 0.3);
  scope_table_times_init (&now, table.history, table.view, table.cursor);
  g_assert_cmpuint (now.first, ==, 13);
  g_assert_cmpfloat (now.from, ==, times[12]);
  g_assert_cmpfloat (now.to, ==, times[17]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table-rows/at-an-instant", test_at_an_instant);
  g_test_add_func ("/table-rows/over-a-stretch", test_over_a_stretch);
  g_test_add_func ("/table-rows/bounds", test_bounds);
  g_test_add_func ("/table-rows/order", test_order);
  g_test_add_func ("/table-rows/ids", test_ids);
  g_test_add_func ("/table-rows/text", test_text);
  g_test_add_func ("/table-rows/strange-names", test_strange_names);
  g_test_add_func ("/table-rows/run", test_run);
  return g_test_run ();
}
