/* test-legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend's rows are real widgets: a test reads and presses them.
 */
#include "gtktest.h"
#include "legend.h"
#include "scale.h"
#include "selection.h"

#include <adwaita.h>

#define WIDTH  420
#define HEIGHT 500

#define N_COLUMNS 6

/* What a window of this height can hold, with those that the list view keeps
 * ready above and below. */
#define MOST_ROWS 300

enum
{
  COLUMN_SWITCH,
  COLUMN_METHOD,
  COLUMN_NAME,
  COLUMN_RESPONSE_TIME,
  COLUMN_THROUGHPUT,
  COLUMN_FAILURE_SHARE
};

static const char *const ENDPOINTS[] = { "GET /cart", "POST /cart", "GET two\nlines, \"quoted\"",
                                         NULL };

#define NEWS_TIMEOUT_MS 60000

typedef struct
{
  ScopeHistory *history; /* owned */
  ScopeCursor  *cursor;  /* owned */
  ScopeLegend  *legend;  /* borrowed: in the window */
  GtkWidget    *window;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->history = gtktest_history_new (ENDPOINTS, 30);
  self->legend = g_object_new (SCOPE_TYPE_LEGEND, NULL);
  self->cursor = scope_cursor_new ();
  scope_legend_set_history (self->legend, self->history, self->cursor);
  self->window = gtktest_show (GTK_WIDGET (self->legend), WIDTH, HEIGHT);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtktest_destroy (self->window);
  g_assert_finalize_object (self->cursor);
  g_assert_finalize_object (self->history);
}

/* Returns: (transfer none): the check button of the row in that place. */
static GtkCheckButton *
get_check (Fixture *self,
           guint    row)
{
  g_autoptr (GPtrArray) checks = gtktest_find_all (GTK_WIDGET (self->legend),
                                                   GTK_TYPE_CHECK_BUTTON);

  g_assert_cmpuint (row, <, checks->len);
  return g_ptr_array_index (checks, row);
}

/* Returns: (transfer none): what the row of @check says in that column. */
static const char *
get_text (GtkCheckButton *check,
          guint           column)
{
  GtkWidget            *box = gtk_widget_get_parent (GTK_WIDGET (check));
  GtkWidget            *row = gtk_widget_get_parent (gtk_widget_get_parent (box));
  g_autoptr (GPtrArray) texts = gtktest_find_all (row, GTK_TYPE_INSCRIPTION);
  g_autoptr (GPtrArray) names = gtktest_find_all (row, GTK_TYPE_LABEL);

  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpuint (texts->len, ==, N_COLUMNS - 2); /* all but the switch and the name */
  if (column == COLUMN_NAME)
    return gtk_label_get_text (g_ptr_array_index (names, 0));
  return gtk_inscription_get_text (g_ptr_array_index (texts, column - (column > COLUMN_NAME) - 1));
}

static ScopeEndpoint *
get_endpoint (Fixture    *self,
              const char *name,
              const char *type)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, i);

      if (g_str_equal (scope_endpoint_get_name (endpoint), name) &&
          g_str_equal (scope_endpoint_get_type_name (endpoint), type))
        return endpoint;
    }
  g_error ("no endpoint %s %s", type, name);
}

static void
test_rows (Fixture      *self,
           gconstpointer data)
{
  static const char *const expected[][2] = {
    { "", "Aggregated" }, { "GET", "/cart" }, { "POST", "/cart" }, { "GET", "two lines, \"quoted\"" },
  };
  g_autoptr (GPtrArray) checks = gtktest_find_all (GTK_WIDGET (self->legend),
                                                   GTK_TYPE_CHECK_BUTTON);

  g_assert_cmpuint (checks->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (checks, i);

      g_assert_cmpstr (get_text (check, COLUMN_METHOD), ==, expected[i][0]);
      g_assert_cmpstr (get_text (check, COLUMN_NAME), ==, expected[i][1]);
    }
}

/* A name with a line break takes as much room as any other. */
static void
test_one_line (Fixture      *self,
               gconstpointer data)
{
  int first = gtk_widget_get_height (
    gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (get_check (self, 1)))));
  int last = gtk_widget_get_height (
    gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (get_check (self, 3)))));

  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (last, ==, first);
}

/* It fits where the window is narrowest. */
static void
test_narrow (Fixture      *self,
             gconstpointer data)
{
  /* px of the legend; with the more there is a column of methods */
  static const int ROOMS[] = { 320, 440 };

  for (guint i = 0; i < G_N_ELEMENTS (ROOMS); i++)
    {
      int least;

      scope_legend_set_room (self->legend, ROOMS[i]);
      gtktest_wait_frames (self->window, 2);
      gtk_widget_measure (GTK_WIDGET (self->legend), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                          NULL, NULL);
      g_assert_cmpint (least, <=, ROOMS[i]);
    }
}

static void
test_both_ways (Fixture      *self,
                gconstpointer data)
{
  ScopeEndpoint  *endpoint = get_endpoint (self, "/cart", "POST");
  GtkCheckButton *check = get_check (self, 2);

  g_assert_true (gtk_check_button_get_active (check));
  gtk_check_button_set_active (check, FALSE);
  g_assert_false (scope_endpoint_get_visible (endpoint));
  g_assert_true (scope_endpoint_get_chosen (endpoint));
  g_assert_true (scope_endpoint_get_visible (get_endpoint (self, "/cart", "GET")));

  scope_endpoint_set_visible (endpoint, TRUE);
  g_assert_true (gtk_check_button_get_active (check));
}

/* A row that is shown but not touched is not the user's choice. */
static void
test_not_chosen (Fixture      *self,
                 gconstpointer data)
{
  g_assert_false (scope_endpoint_get_chosen (get_endpoint (self, "/cart", "POST")));
  scope_endpoint_propose_visible (get_endpoint (self, "/cart", "POST"), FALSE);
  g_assert_false (gtk_check_button_get_active (get_check (self, 2)));
  g_assert_false (scope_endpoint_get_chosen (get_endpoint (self, "/cart", "POST")));
}

/* A click on the row, or Return, is as good as one on the box. */
static void
test_activate (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GPtrArray) views = gtktest_find_all (GTK_WIDGET (self->legend), GTK_TYPE_COLUMN_VIEW);

  g_assert_cmpuint (views->len, ==, 1);
  g_signal_emit_by_name (views->pdata[0], "activate", 2);
  g_assert_false (scope_endpoint_get_visible (get_endpoint (self, "/cart", "POST")));
  g_assert_false (gtk_check_button_get_active (get_check (self, 2)));
}

static gboolean
is_news_shown (gpointer data)
{
  Fixture *self = data;

  return g_str_equal (get_text (get_check (self, 2), COLUMN_RESPONSE_TIME), "100");
}

static void
test_numbers (Fixture      *self,
              gconstpointer data)
{
  static const char *const faster[] = { "POST /cart", "GET /cart",
                                        "GET two\nlines, \"quoted\"", NULL };
  ScopeEndpoint           *endpoint = get_endpoint (self, "/cart", "POST");
  GtkCheckButton          *check = get_check (self, 2);
  g_autofree char         *response_time = NULL;
  g_autofree char         *throughput = NULL;

  /* The second endpoint of the list: 200 ms, 11 requests a second. */
  g_assert_cmpstr (get_text (check, COLUMN_RESPONSE_TIME), ==, "200");
  response_time = scope_format_number (scope_endpoint_get_response_time (endpoint));
  throughput = scope_format_number (scope_endpoint_get_throughput (endpoint));
  g_assert_cmpstr (get_text (check, COLUMN_RESPONSE_TIME), ==, response_time);
  g_assert_cmpstr (get_text (check, COLUMN_THROUGHPUT), ==, throughput);
  g_assert_cmpfloat_with_epsilon (scope_endpoint_get_throughput (endpoint), 11, 0.2);

  /* From here on it is another's turn to be the second. */
  gtktest_append (self->history, faster, 20);
  g_assert_cmpstr (response_time, !=, "100");
  g_assert_true (gtktest_wait_until (is_news_shown, self, NEWS_TIMEOUT_MS));
}

static gboolean
is_past_shown (gpointer data)
{
  Fixture *self = data;

  return g_str_equal (get_text (get_check (self, 2), COLUMN_RESPONSE_TIME), "200") &&
         g_str_equal (get_text (get_check (self, 1), COLUMN_RESPONSE_TIME), "100");
}

static gboolean
is_news_shown_again (gpointer data)
{
  return !is_past_shown (data);
}

/* What was at the time of the cursor, and without one the latest. */
static void
test_numbers_at_cursor (Fixture      *self,
                        gconstpointer data)
{
  static const char *const faster[] = { "POST /cart", "GET /cart",
                                        "GET two\nlines, \"quoted\"", NULL };

  gtktest_append (self->history, faster, 20);
  g_assert_true (gtktest_wait_until (is_news_shown_again, self, NEWS_TIMEOUT_MS));
  scope_cursor_point (self->cursor, scope_history_get_times (self->history)[20]);
  g_assert_true (gtktest_wait_until (is_past_shown, self, NEWS_TIMEOUT_MS));
  scope_cursor_leave (self->cursor);
  g_assert_true (gtktest_wait_until (is_news_shown_again, self, NEWS_TIMEOUT_MS));
}

static void
test_no_numbers (void)
{
  g_autoptr (ScopeHistory) history = gtktest_history_new (ENDPOINTS, 1);
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  ScopeLegend             *legend = g_object_new (SCOPE_TYPE_LEGEND, NULL);
  GtkWidget               *window;
  Fixture                  self = { history, cursor, legend, NULL };

  scope_endpoint_set_latest (scope_history_get_endpoint (history, 1), NAN, NAN, NAN);
  scope_legend_set_history (legend, history, cursor);
  window = gtktest_show (GTK_WIDGET (legend), WIDTH, HEIGHT);
  g_assert_cmpstr (get_text (get_check (&self, 2), COLUMN_RESPONSE_TIME), ==, "–");
  g_assert_cmpstr (get_text (get_check (&self, 2), COLUMN_THROUGHPUT), ==, "–");
  gtktest_destroy (window);
}

/* All five digits, in one line; of larger numbers thousands or millions. */
static void
test_large_numbers (void)
{
  g_autoptr (ScopeHistory) history = gtktest_history_new (ENDPOINTS, 1);
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  ScopeLegend             *legend = g_object_new (SCOPE_TYPE_LEGEND, NULL);
  GtkWidget               *window;
  Fixture                  self = { history, cursor, legend, NULL };

  scope_legend_set_history (legend, history, cursor);
  window = gtktest_show (GTK_WIDGET (legend), WIDTH, HEIGHT);
  scope_endpoint_set_latest (scope_history_get_endpoint (history, 1), 43842.4, 123456, 0);
  scope_endpoint_set_latest (scope_history_get_endpoint (history, 2), 99999.4, 234567890, 0);
  g_signal_emit_by_name (history, "chosen");
  g_assert_cmpstr (get_text (get_check (&self, 2), COLUMN_RESPONSE_TIME), ==, "43\u202f842");
  g_assert_cmpstr (get_text (get_check (&self, 2), COLUMN_THROUGHPUT), ==, "123\u202fk");
  g_assert_cmpstr (get_text (get_check (&self, 3), COLUMN_RESPONSE_TIME), ==, "99\u202f999");
  g_assert_cmpstr (get_text (get_check (&self, 3), COLUMN_THROUGHPUT), ==, "235\u202fM");
  gtktest_destroy (window);
}

static guint
count_active (Fixture *self)
{
  g_autoptr (GPtrArray) checks = gtktest_find_all (GTK_WIDGET (self->legend),
                                                   GTK_TYPE_CHECK_BUTTON);
  guint                 n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += gtk_check_button_get_active (g_ptr_array_index (checks, i));
  return n;
}

static void
press (Fixture    *self,
       const char *action)
{
  g_autoptr (GPtrArray) buttons = gtktest_find_all (GTK_WIDGET (self->legend), GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (buttons->pdata[i]), action) == 0)
      {
        g_signal_emit_by_name (buttons->pdata[i], "clicked");
        return;
      }
  g_error ("no button for %s", action);
}

static void
test_all_none_invert (Fixture      *self,
                      gconstpointer data)
{
  ScopeEndpoint *total = get_endpoint (self, "Aggregated", "");

  scope_endpoint_propose_visible (total, FALSE);
  press (self, "legend.none");
  g_assert_cmpuint (count_active (self), ==, 0);
  gtk_check_button_set_active (get_check (self, 1), TRUE);
  press (self, "legend.invert");
  g_assert_cmpuint (count_active (self), ==, 2);
  g_assert_false (gtk_check_button_get_active (get_check (self, 1)));
  press (self, "legend.all");
  g_assert_cmpuint (count_active (self), ==, 3);
  g_assert_false (scope_endpoint_get_visible (total));
}

static void
search (Fixture    *self,
        const char *words)
{
  g_autoptr (GPtrArray) entries = gtktest_find_all (GTK_WIDGET (self->legend),
                                                    GTK_TYPE_SEARCH_ENTRY);

  g_assert_cmpuint (entries->len, ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[0]), words);
  gtktest_wait_frames (self->window, 2);
}

static void
assert_names (Fixture    *self,
              const char *names)
{
  g_autoptr (GPtrArray) checks = gtktest_find_all (GTK_WIDGET (self->legend),
                                                   GTK_TYPE_CHECK_BUTTON);
  g_autoptr (GString)   found = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "",
                            get_text (g_ptr_array_index (checks, i), COLUMN_NAME));
  g_assert_cmpstr (found->str, ==, names);
}

/* All words, in any order, as capitals or not, in the method or the name. */
static void
test_search (Fixture      *self,
             gconstpointer data)
{
  search (self, "CART");
  assert_names (self, "/cart|/cart");
  search (self, "cart post");
  assert_names (self, "/cart");
  g_assert_cmpstr (get_text (get_check (self, 0), COLUMN_METHOD), ==, "POST");
  search (self, "cart pos");
  assert_names (self, "/cart");
  search (self, "gett");
  assert_names (self, "");
  search (self, " ");
  assert_names (self, "Aggregated|/cart|/cart|two lines, \"quoted\"");
}

/* Enter shows what was found and nothing else, and what was before; of an
 * expression that is none, what was found before it stays listed. */
static void
test_show_found (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) entries = gtktest_find_all (GTK_WIDGET (self->legend),
                                                    GTK_TYPE_SEARCH_ENTRY);
  int                   end = -1;

  scope_endpoint_set_visible (get_endpoint (self, "/cart", "POST"), FALSE);
  search (self, "/^post/");
  assert_names (self, "/cart");
  g_assert_cmpuint (scope_selection_count (self->history), ==, 2); /* no chart changed */
  g_signal_emit_by_name (entries->pdata[0], "activate");
  g_assert_cmpuint (scope_selection_count (self->history), ==, 1);
  g_assert_true (scope_endpoint_get_visible (get_endpoint (self, "/cart", "POST")));
  g_signal_emit_by_name (entries->pdata[0], "activate");
  g_assert_cmpuint (scope_selection_count (self->history), ==, 2);
  g_assert_false (scope_endpoint_get_visible (get_endpoint (self, "/cart", "POST")));

  gtk_editable_insert_text (entries->pdata[0], " /(/", -1, &end);
  gtktest_wait_frames (self->window, 2);
  assert_names (self, "/cart");
  g_assert_true (gtk_widget_has_css_class (entries->pdata[0], "error"));
  search (self, "!cart method:get");
  assert_names (self, "two lines, \"quoted\"");
  g_assert_false (gtk_widget_has_css_class (entries->pdata[0], "error"));
  search (self, "");
  g_signal_emit_by_name (entries->pdata[0], "activate");
  g_assert_cmpuint (scope_selection_count (self->history), ==, 2);
}

static gboolean
is_sorted_last (gpointer data)
{
  return g_str_equal (get_text (get_check (data, 3), COLUMN_RESPONSE_TIME), "300");
}

/* The largest first; rows stay when numbers change, until they are sorted again. */
static void
test_sort (Fixture      *self,
           gconstpointer data)
{
  static const char *const faster[] = { "GET two\nlines, \"quoted\"", "POST /cart", "GET /cart",
                                        NULL };
  g_autofree char         *sorted_by = NULL;

  g_object_set (self->legend, "sorted-by", "response-time", NULL);
  gtktest_wait_frames (self->window, 2);
  assert_names (self, "Aggregated|two lines, \"quoted\"|/cart|/cart");
  gtktest_append (self->history, faster, 20);
  g_assert_true (gtktest_wait_until (is_sorted_last, self, NEWS_TIMEOUT_MS));
  assert_names (self, "Aggregated|two lines, \"quoted\"|/cart|/cart");
  g_object_set (self->legend, "sorted-by", "method", NULL);
  g_object_set (self->legend, "sorted-by", "response-time", NULL);
  gtktest_wait_frames (self->window, 2);
  assert_names (self, "Aggregated|/cart|/cart|two lines, \"quoted\"");
  g_object_set (self->legend, "sorted-by", "response-time", NULL); /* the other way round */
  gtktest_wait_frames (self->window, 2);
  assert_names (self, "Aggregated|two lines, \"quoted\"|/cart|/cart");
  g_object_get (self->legend, "sorted-by", &sorted_by, NULL);
  g_assert_cmpstr (sorted_by, ==, "response-time");
}

/* As a click on a heading has GTK do it. */
static void
test_sort_by_heading (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (GPtrArray) views = gtktest_find_all (GTK_WIDGET (self->legend), GTK_TYPE_COLUMN_VIEW);
  GListModel           *columns = gtk_column_view_get_columns (views->pdata[0]);
  g_autoptr (GtkColumnViewColumn) throughput = g_list_model_get_item (columns, COLUMN_THROUGHPUT);
  g_autofree char                *sorted_by = NULL;

  gtk_column_view_sort_by_column (views->pdata[0], throughput, GTK_SORT_ASCENDING);
  gtktest_wait_frames (self->window, 2);
  g_object_get (self->legend, "sorted-by", &sorted_by, NULL);
  g_assert_cmpstr (sorted_by, ==, "throughput");
  assert_names (self, "Aggregated|two lines, \"quoted\"|/cart|/cart");
  gtk_column_view_sort_by_column (views->pdata[0], throughput, GTK_SORT_ASCENDING);
  gtktest_wait_frames (self->window, 2);
  assert_names (self, "Aggregated|/cart|/cart|two lines, \"quoted\"");
  g_assert_cmpstr (get_text (get_check (self, 1), COLUMN_METHOD), ==, "GET");
}

/* Whether the response time in the first row has room for @text. */
static gboolean
has_room (Fixture    *self,
          const char *text)
{
  GtkWidget *row = gtk_widget_get_parent (
    gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (get_check (self, 1)))));
  g_autoptr (GPtrArray)   texts = gtktest_find_all (row, GTK_TYPE_INSCRIPTION);
  GtkWidget              *cell = g_ptr_array_index (texts, 1);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (cell, text);
  int                     width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width <= gtk_widget_get_width (cell);
}

static gboolean
is_span_shown (gpointer data)
{
  return g_str_equal (get_text (get_check (data, 2), COLUMN_RESPONSE_TIME), "200\n±0");
}

/* Between two ends of the cursor: the mean, and the change. */
static void
test_span (Fixture      *self,
           gconstpointer data)
{
  const double *times = scope_history_get_times (self->history);
  int           least;

  g_assert_true (has_room (self, "43\u202f842"));
  scope_cursor_pin (self->cursor, times[15]);
  scope_cursor_pin_other (self->cursor, times[25]);
  g_assert_true (gtktest_wait_until (is_span_shown, self, NEWS_TIMEOUT_MS));
  g_assert_cmpstr (get_text (get_check (self, 2), COLUMN_FAILURE_SHARE), ==, "0\n±0");
  gtktest_wait_frames (self->window, 2);
  g_assert_true (has_room (self, "−100\u202f%"));
  g_assert_true (has_room (self, "+999\u202f%"));
  g_assert_true (has_room (self, "+43\u202f842"));
  scope_legend_set_room (self->legend, 320);
  gtktest_wait_frames (self->window, 2);
  gtk_widget_measure (GTK_WIDGET (self->legend), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 320 + 2 * 18); /* two characters more in each of two columns */
  scope_legend_set_room (self->legend, 600);
  scope_cursor_clear (self->cursor);
  gtktest_wait_frames (self->window, 2);
}

/* The buttons below the list are about what is listed. */
static void
test_switch_found (Fixture      *self,
                   gconstpointer data)
{
  press (self, "legend.none");
  search (self, "cart");
  press (self, "legend.all");
  g_assert_true (scope_endpoint_get_visible (get_endpoint (self, "/cart", "GET")));
  g_assert_true (scope_endpoint_get_visible (get_endpoint (self, "/cart", "POST")));
  g_assert_cmpuint (scope_selection_count (self->history), ==, 2);
  search (self, "post");
  press (self, "legend.invert");
  g_assert_false (scope_endpoint_get_visible (get_endpoint (self, "/cart", "POST")));
  g_assert_cmpuint (scope_selection_count (self->history), ==, 1);
}

/* Before a file is opened there is nothing to switch; pressing does no harm. */
static void
test_empty (void)
{
  ScopeLegend *legend = g_object_new (SCOPE_TYPE_LEGEND, NULL);
  GtkWidget   *window = gtktest_show (GTK_WIDGET (legend), WIDTH, HEIGHT);
  Fixture      self = { NULL, NULL, legend, window };

  press (&self, "legend.all");
  press (&self, "legend.none");
  press (&self, "legend.invert");
  search (&self, "cart");
  gtktest_destroy (window);
}

static void
test_ten_thousand (void)
{
  g_autoptr (GPtrArray)    names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray)    checks = NULL;
  g_autoptr (ScopeHistory) history = NULL;
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  ScopeLegend             *legend = g_object_new (SCOPE_TYPE_LEGEND, NULL);
  GtkWidget               *window = gtktest_show (GTK_WIDGET (legend), WIDTH, HEIGHT);
  gint64                   start;

  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (names, g_strdup_printf ("GET /endpoint/%05u", i));
  g_ptr_array_add (names, NULL);
  history = gtktest_history_new ((const char *const *) names->pdata, 2);

  start = g_get_monotonic_time ();
  scope_legend_set_history (legend, history, cursor);
  gtktest_wait_frames (window, 2);
  g_test_message ("%.0f ms until the rows were there", (g_get_monotonic_time () - start) / 1e3);
  checks = gtktest_find_all (GTK_WIDGET (legend), GTK_TYPE_CHECK_BUTTON);
  g_assert_cmpuint (checks->len, >, 10);
  g_assert_cmpuint (checks->len, <, MOST_ROWS);
  gtktest_destroy (window);
}

static void
test_accessible (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) views = gtktest_find_all (GTK_WIDGET (self->legend), GTK_TYPE_COLUMN_VIEW);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (views->pdata[0]),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Endpoints");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_check (self, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "POST /cart");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_check (self, 3)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "GET two lines, \"quoted\"");
}

int
main (int   argc,
      char *argv[])
{
  gtktest_init (&argc, &argv, 900);
  adw_init ();
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/legend/rows", test_rows);
  ADD ("/legend/one-line", test_one_line);
  ADD ("/legend/narrow", test_narrow);
  ADD ("/legend/both-ways", test_both_ways);
  ADD ("/legend/not-chosen", test_not_chosen);
  ADD ("/legend/activate", test_activate);
  ADD ("/legend/numbers", test_numbers);
  ADD ("/legend/numbers-at-cursor", test_numbers_at_cursor);
  ADD ("/legend/all-none-invert", test_all_none_invert);
  ADD ("/legend/search", test_search);
  ADD ("/legend/show-found", test_show_found);
  ADD ("/legend/sort", test_sort);
  ADD ("/legend/sort-by-heading", test_sort_by_heading);
  ADD ("/legend/span", test_span);
  ADD ("/legend/switch-found", test_switch_found);
  ADD ("/legend/accessible", test_accessible);
  g_test_add_func ("/legend/no-numbers", test_no_numbers);
  g_test_add_func ("/legend/large-numbers", test_large_numbers);
  g_test_add_func ("/legend/empty", test_empty);
  g_test_add_func ("/legend/ten-thousand", test_ten_thousand);
  return g_test_run ();
}
