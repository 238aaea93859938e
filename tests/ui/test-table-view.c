/* test-table-view.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table as a widget: its rows follow what is shown and how it is sorted,
 * their numbers what is written, and nothing is done out of sight.
 */
#include "gtktest.h"
#include "selection.h"
#include "table-view.h"

#include <adwaita.h>

#define WIDTH      760
#define HEIGHT     400
#define TIMEOUT_MS 60000

/* What the list keeps ready for a window of that height. */
#define MOST_ROWS 300

static const char *const ENDPOINTS[] = { "GET /a", "GET /b", "POST /c", NULL };

typedef struct
{
  ScopeHistory   *history; /* owned */
  ScopeView      *view;    /* owned */
  ScopeCursor    *cursor;  /* owned */
  ScopeTableView *table;   /* borrowed: in the window */
  GtkWidget      *window;
} Fixture;

static void
show_table (Fixture           *self,
            const char *const *endpoints)
{
  self->history = gtktest_history_new (endpoints, 30);
  self->view = scope_view_new (self->history);
  self->cursor = scope_cursor_new ();
  scope_selection_show_all (self->history, TRUE);
  self->table = g_object_new (SCOPE_TYPE_TABLE_VIEW, NULL);
  scope_table_view_set_history (self->table, self->history, self->view, self->cursor);
  self->window = gtktest_show (GTK_WIDGET (self->table), WIDTH, HEIGHT);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  show_table (self, ENDPOINTS);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtktest_destroy (self->window);
  g_assert_finalize_object (self->cursor);
  g_assert_finalize_object (self->view);
  g_assert_finalize_object (self->history);
}

/* "/a /b": the rows from top to bottom. */
static char *
dup_rows (Fixture *self)
{
  g_autoptr (GPtrArray) endpoints = scope_table_view_list (self->table);
  GString              *names = g_string_new (NULL);

  for (guint i = 0; i < endpoints->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            scope_endpoint_get_name (g_ptr_array_index (endpoints, i)));
  return g_string_free (names, FALSE);
}

static void
assert_rows (Fixture    *self,
             const char *expected)
{
  g_autofree char *rows = dup_rows (self);

  g_assert_cmpstr (rows, ==, expected);
}

/* Whether some cell in sight says so. */
static gboolean
has_text (Fixture    *self,
          const char *text)
{
  g_autoptr (GPtrArray) cells = gtktest_find_all (GTK_WIDGET (self->table), GTK_TYPE_INSCRIPTION);

  for (guint i = 0; i < cells->len; i++)
    if (g_strcmp0 (gtk_inscription_get_text (g_ptr_array_index (cells, i)), text) == 0)
      return TRUE;
  return FALSE;
}

/* What the latest row counts, as it is written. */
static gboolean
is_up_to_date (gpointer data)
{
  Fixture            *self = data;
  ScopeEndpoint      *endpoint = scope_history_get_endpoint (self->history, 0);
  const ScopeColumns *columns =
    scope_history_get_columns (self->history, scope_endpoint_get_position (endpoint));
  guint64          count = scope_columns_get_count (columns, columns->n_rows - 1) -
                  scope_columns_get_count (columns, 0);
  g_autofree char *text = g_strdup_printf ("%lu", (gulong) count);

  return has_text (self, text);
}

static void
sort_by (Fixture    *self,
         const char *column,
         gboolean    descending)
{
  g_object_set (self->table, "sorted-by", column, "descending", descending, NULL);
}

static void
test_order (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *sorted_by = NULL;
  gboolean         descending;

  assert_rows (self, "Aggregated /a /b /c");
  sort_by (self, "name", TRUE);
  assert_rows (self, "Aggregated /c /b /a");
  g_object_get (self->table, "sorted-by", &sorted_by, "descending", &descending, NULL);
  g_assert_cmpstr (sorted_by, ==, "name");
  g_assert_true (descending);
  sort_by (self, "method", FALSE);
  assert_rows (self, "Aggregated /a /b /c");
  sort_by (self, "", FALSE);
  assert_rows (self, "Aggregated /a /b /c");
}

/* Rows go where their endpoints are hidden, and come in their order. */
static void
test_shown (Fixture      *self,
            gconstpointer data)
{
  ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, 1);
  const char    *name = scope_endpoint_get_name (endpoint);

  sort_by (self, "name", TRUE);
  scope_endpoint_set_visible (endpoint, FALSE);
  g_assert_cmpstr (name, ==, "/b");
  assert_rows (self, "Aggregated /c /a");
  scope_endpoint_set_visible (endpoint, TRUE);
  assert_rows (self, "Aggregated /c /b /a");
  scope_selection_show_all (self->history, FALSE);
  scope_endpoint_set_visible (scope_history_get_endpoint (self->history, 3), FALSE);
  assert_rows (self, "");
}

static void
test_numbers_follow (Fixture      *self,
                     gconstpointer data)
{
  g_assert_true (gtktest_wait_until (is_up_to_date, self, TIMEOUT_MS));
  gtktest_append (self->history, ENDPOINTS, 7);
  g_assert_false (is_up_to_date (self)); /* soon, not at once */
  g_assert_true (gtktest_wait_until (is_up_to_date, self, TIMEOUT_MS));
}

/* Out of sight nothing is done, and all is there when it is seen again. */
static void
test_hidden (Fixture      *self,
             gconstpointer data)
{
  g_assert_true (gtktest_wait_until (is_up_to_date, self, TIMEOUT_MS));
  gtk_widget_set_visible (GTK_WIDGET (self->table), FALSE);
  gtktest_append (self->history, ENDPOINTS, 7);
  scope_endpoint_set_visible (scope_history_get_endpoint (self->history, 1), FALSE);
  for (guint i = 0; i < 30; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_false (is_up_to_date (self));
  gtk_widget_set_visible (GTK_WIDGET (self->table), TRUE);
  g_assert_true (gtktest_wait_until (is_up_to_date, self, TIMEOUT_MS));
  assert_rows (self, "Aggregated /a /c");
}

/* The arrow of a heading over numbers is its own beyond doubt: right before it. */
static void
test_arrow (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) lists = gtktest_find_all (GTK_WIDGET (self->table), GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GPtrArray) labels = gtktest_find_all (g_ptr_array_index (lists, 0), GTK_TYPE_LABEL);
  GListModel           *columns = gtk_column_view_get_columns (g_ptr_array_index (lists, 0));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 3);
  GtkWidget                      *label = NULL, *arrow, *heading;
  graphene_rect_t                 at, arrow_at;

  gtk_column_view_column_set_fixed_width (column, 160);
  sort_by (self, "throughput", TRUE);
  gtktest_wait_frames (self->window, 3);
  for (guint i = 0; i < labels->len && label == NULL; i++)
    if (g_strcmp0 (gtk_label_get_text (g_ptr_array_index (labels, i)), "TPS") == 0)
      label = g_ptr_array_index (labels, i);
  g_assert_nonnull (label);
  arrow = gtk_widget_get_prev_sibling (label);
  g_assert_nonnull (arrow);
  g_assert_cmpstr (gtk_widget_get_css_name (arrow), ==, "sort-indicator");
  heading = gtk_widget_get_parent (gtk_widget_get_parent (label));
  g_assert_true (gtk_widget_compute_bounds (label, heading, &at));
  g_assert_true (gtk_widget_compute_bounds (arrow, heading, &arrow_at));
  g_assert_cmpfloat (arrow_at.size.width, >, 0);
  g_assert_cmpfloat (at.origin.x - arrow_at.origin.x - arrow_at.size.width, <=, 8);
  g_assert_cmpfloat (at.origin.x + at.size.width, >=, gtk_widget_get_width (heading) - 1);
}

/* A file that is begun anew has other endpoints, or none yet. */
static void
test_begun_anew (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (ScopeBlocks) blocks = scope_blocks_new (NULL, 0);

  g_assert_true (gtktest_wait_until (is_up_to_date, self, TIMEOUT_MS));
  blocks->reset = TRUE;
  scope_history_append (self->history, blocks);
  assert_rows (self, "");
  gtktest_wait_frames (self->window, 3);
}

/* Of very many only those near the ones in sight become widgets. */
static void
test_many (void)
{
  Fixture               self = { NULL };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cells = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 2000; i++)
    g_ptr_array_add (names, g_strdup_printf ("GET /endpoint/%u", i));
  g_ptr_array_add (names, NULL);
  show_table (&self, (const char *const *) names->pdata);
  gtktest_wait_frames (self.window, 20);
  cells = gtktest_find_all (GTK_WIDGET (self.table), GTK_TYPE_INSCRIPTION);
  rows = scope_table_view_list (self.table);
  g_assert_cmpuint (rows->len, ==, 2000);
  g_assert_cmpuint (cells->len, >, 0);
  g_assert_cmpuint (cells->len, <, MOST_ROWS * 10);
  tear_down (&self, NULL);
}

int
main (int    argc,
      char **argv)
{
  gtktest_init (&argc, &argv, 280);
  adw_init ();
#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/table-view/order", test_order);
  add ("/table-view/shown", test_shown);
  add ("/table-view/numbers-follow", test_numbers_follow);
  add ("/table-view/hidden", test_hidden);
  add ("/table-view/arrow", test_arrow);
  add ("/table-view/begun-anew", test_begun_anew);
#undef add
  g_test_add_func ("/table-view/many", test_many);
  return g_test_run ();
}
