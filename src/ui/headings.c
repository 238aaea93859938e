/* headings.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before 4.10 GTK does not say which heading was clicked.  But its sorter asks
 * that of the column first, and turns the answer round if it descends.
 */
#include "headings.h"

#define ASKED "scope-asked" /* of a view: the column that was, counted from 1 */

/* Of a column's sorter, which sorts nothing. */
typedef struct
{
  GtkColumnView *view; /* borrowed: it owns the column */
  guint          column;
} Heading;

static int
note_asked (gconstpointer a,
            gconstpointer b,
            gpointer      data)
{
  const Heading *heading = data;

  if (g_object_get_data (G_OBJECT (heading->view), ASKED) == NULL)
    g_object_set_data (G_OBJECT (heading->view), ASKED, GUINT_TO_POINTER (heading->column + 1));
  return GTK_ORDERING_LARGER;
}

/* Puts the label of a heading over the end of the numbers below, and the arrow of
 * a sorted column right before it: with room between them it would be as near to
 * the label of the column before. */
static void
align_to_end (GtkWidget *heading)
{
  GtkWidget *box = gtk_widget_get_first_child (heading);
  GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

  if (!GTK_IS_BOX (box) || !GTK_IS_LABEL (label))
    return; /* not as GTK 4.8 makes it: it stays at the start */
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_reorder_child_after (GTK_BOX (box), label, gtk_widget_get_last_child (box));
}

/* Aligns the last @n_numbers headings of @view with the numbers below; GTK has no
 * property for it. */
void
scope_headings_align (GtkColumnView *view,
                      guint          n_numbers)
{
  GtkWidget *headings = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *heading = gtk_widget_get_last_child (headings);

  for (guint i = 0; i < n_numbers && heading != NULL; i++)
    {
      align_to_end (heading);
      heading = gtk_widget_get_prev_sibling (heading);
    }
}

/**
 * scope_headings_listen:
 * @view: a table that has all its columns
 * @sorted: called with @object when a heading was clicked, or made to sort
 * @object: a #GObject
 *
 * Lets every heading sort.  Before @view goes, scope_headings_ignore() is to be
 * called: it sorts anew as its columns go.
 */
void
scope_headings_listen (GtkColumnView *view,
                       GCallback      sorted,
                       gpointer       object)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      Heading                        *heading = g_new (Heading, 1);
      g_autoptr (GtkSorter)           sorter = NULL;

      *heading = (Heading){ view, i };
      sorter = GTK_SORTER (gtk_custom_sorter_new (note_asked, heading, g_free));
      gtk_column_view_column_set_sorter (column, sorter);
    }
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed", sorted, object,
                           G_CONNECT_SWAPPED);
}

void
scope_headings_ignore (GtkColumnView *view,
                       GCallback      sorted,
                       gpointer       object)
{
  g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (view), sorted, object);
}

/**
 * scope_headings_get_sorted:
 * @view: a table whose headings sort
 * @column: (out): by which of its columns
 * @descending: (out): whether the largest come first
 *
 * Returns: whether it is sorted by any
 */
gboolean
scope_headings_get_sorted (GtkColumnView *view,
                           guint         *column,
                           gboolean      *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  guint      asked;

  g_object_set_data (G_OBJECT (view), ASKED, NULL);
  *descending = gtk_sorter_compare (sorter, view, sorter) == GTK_ORDERING_SMALLER; /* any two */
  asked = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), ASKED));
  *column = asked - 1;
  return asked > 0;
}
