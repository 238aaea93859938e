/* table-cells.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of the table, and what stands in them: as in the legend, numbers
 * are brought up to date for the rows in sight alone.
 */
#include "table-view-private.h"

#include "headings.h"
#include "scale.h"
#include "shown.h"

#include <math.h>

/* What a column needs; the names get the room that is left. */
static const guint CHARS[] = {
  [SCOPE_TABLE_METHOD] = 6,
  [SCOPE_TABLE_NAME] = 16,
  [SCOPE_TABLE_RESPONSE_TIME] = 5,
  [SCOPE_TABLE_THROUGHPUT] = 5,
  [SCOPE_TABLE_FAILURE_RATE] = 4,
  [SCOPE_TABLE_REQUESTS] = 8,
  [SCOPE_TABLE_FAILURES] = 5,
  [SCOPE_TABLE_FAILURE_SHARE] = 4,
  [SCOPE_TABLE_AVERAGE] = 5,
  [SCOPE_TABLE_RATE] = 5,
};

G_STATIC_ASSERT (G_N_ELEMENTS (CHARS) == SCOPE_TABLE_N_COLUMNS);

#define CELL "scope-cell"

/* Text that takes the room it is given: another number costs no new layout. */
static GtkWidget *
make_inscription (guint       chars,
                  float       xalign,
                  const char *css_class)
{
  return g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", chars, "nat-chars", chars, "xalign",
                       xalign, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                       "css-classes", (const char *[]){ css_class, NULL }, NULL);
}

/* A label: GtkInscription sets shortened text higher than the rest of its row. */
static GtkWidget *
make_name (void)
{
  guint chars = CHARS[SCOPE_TABLE_NAME];

  return g_object_new (GTK_TYPE_LABEL, "width-chars", chars, "max-width-chars", chars, "xalign",
                       0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "css-classes",
                       (const char *[]){ "name", NULL }, NULL);
}

static GtkWidget *
make_cell (ScopeTableColumn column)
{
  if (column == SCOPE_TABLE_METHOD)
    return make_inscription (CHARS[column], 0, "method");
  if (column == SCOPE_TABLE_NAME)
    return make_name ();
  return make_inscription (CHARS[column], 1, "numeric");
}

static void
show_number (GtkListItem *item)
{
  const ScopeTableCell *cell = g_object_get_data (G_OBJECT (item), CELL);
  ScopeEndpoint        *endpoint = gtk_list_item_get_item (item);
  double                number = NAN;
  g_autofree char      *text = NULL;

  if (endpoint != NULL && cell->table->times.history != NULL)
    number = scope_table_get_number (&cell->table->times, endpoint, cell->column);
  if (isnan (number))
    text = g_strdup ("–");
  else
    text = scope_table_is_count (cell->column) ? scope_format_count (number)
                                               : scope_format_number (number);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

/* The list keeps many more rows ready than there are in sight. */
static void
map_number_cb (GtkListItem *item)
{
  const ScopeTableCell *cell = g_object_get_data (G_OBJECT (item), CELL);

  g_ptr_array_add (cell->table->numbers, item);
  show_number (item);
}

static void
unmap_number_cb (GtkListItem *item)
{
  const ScopeTableCell *cell = g_object_get_data (G_OBJECT (item), CELL);

  g_ptr_array_remove_fast (cell->table->numbers, item);
}

/* The row is a widget of the list's own: it has the focus, so it is named. */
static void
name_row (GtkWidget     *name,
          ScopeEndpoint *endpoint)
{
  GtkWidget       *cell = gtk_widget_get_parent (name);
  GtkWidget       *row = cell ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *label = scope_endpoint_dup_label (endpoint);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
bind_name (GtkWidget     *name,
           ScopeEndpoint *endpoint)
{
  g_autofree char *line = scope_endpoint_dup_shown_name (endpoint);

  gtk_label_set_text (GTK_LABEL (name), line);
  gtk_widget_set_tooltip_text (name, line);
  name_row (name, endpoint);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  const ScopeTableCell *cell = data;
  GtkWidget            *child = make_cell (cell->column);

  gtk_list_item_set_child (item, child);
  if (cell->column <= SCOPE_TABLE_NAME)
    return;
  g_object_set_data (G_OBJECT (item), CELL, data);
  g_signal_connect_object (child, "map", G_CALLBACK (map_number_cb), item, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "unmap", G_CALLBACK (unmap_number_cb), item, G_CONNECT_SWAPPED);
}

static void
bind_method (GtkWidget     *method,
             ScopeEndpoint *endpoint)
{
  g_autofree char *type = scope_shown_dup (scope_endpoint_get_type_name (endpoint));

  gtk_inscription_set_text (GTK_INSCRIPTION (method), type);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  const ScopeTableCell *cell = data;
  GtkWidget            *child = gtk_list_item_get_child (item);
  ScopeEndpoint        *endpoint = gtk_list_item_get_item (item);

  if (cell->column == SCOPE_TABLE_METHOD)
    bind_method (child, endpoint);
  else if (cell->column == SCOPE_TABLE_NAME)
    bind_name (child, endpoint);
  else if (gtk_widget_get_mapped (child))
    show_number (item);
}

/* Brings the numbers in sight up to date. */
void
scope_table_view_show_numbers (ScopeTableView *self)
{
  for (guint i = 0; i < self->numbers->len; i++)
    show_number (g_ptr_array_index (self->numbers, i));
}

static GtkColumnViewColumn *
make_column (ScopeTableCell *cell)
{
  GtkListItemFactory   *factory = gtk_signal_list_item_factory_new ();
  g_autofree char      *title = scope_table_dup_heading (cell->column);
  GtkColumnViewColumn  *column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), cell);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cell);
  gtk_column_view_column_set_expand (column, cell->column == SCOPE_TABLE_NAME);
  gtk_column_view_column_set_resizable (column, cell->column == SCOPE_TABLE_NAME);
  return column;
}

/* Makes the columns, once and for all. */
void
scope_table_view_make_columns (ScopeTableView *self)
{
  for (guint i = 0; i < SCOPE_TABLE_N_COLUMNS; i++)
    {
      self->cells[i] = (ScopeTableCell){ self, i };
      self->columns[i] = make_column (&self->cells[i]);
      gtk_column_view_append_column (self->list, self->columns[i]);
      g_object_unref (self->columns[i]);
    }
  scope_headings_align (self->list, SCOPE_TABLE_N_COLUMNS - SCOPE_TABLE_RESPONSE_TIME);
}
