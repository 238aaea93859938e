/* legend-cells.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in the legend's rows: real check boxes, samples of lines, names,
 * and numbers, which are brought up to date for the rows in sight alone.
 */
#include "legend-private.h"

#include "line-sample.h"
#include "shown.h"

#include <string.h>

/* The usual methods are not cut; a long one does not push names away. */
#define MIN_METHOD_CHARS 4
#define METHOD_CHARS     6
#define MIN_NUMBER_CHARS 5
#define NUMBER_CHARS     6 /* "43 842" */
#define WIDE_CHARS       7 /* "−100 %", "+43 842" */
#define SHARE_CHARS      5

/* The curves come first: a frame with new numbers takes 3 ms longer, and nobody
 * reads them so soon or so often. */
#define NUMBERS_DELAY_MS 40

/* One kind of column: its cell, and what binds it to an endpoint. */
typedef struct
{
  GtkWidget *(*make) (void);
  void       (*bind) (GtkListItem   *item,
                      ScopeEndpoint *endpoint);
  void       (*unbind) (GtkListItem *item);
} Cell;

#define BINDING  "scope-binding"
#define COLUMN   "scope-column"
#define LEGEND   "scope-legend"

static GtkWidget *
make_switch (void)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *sample = scope_line_sample_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_focusable (check, FALSE); /* its row is, and Space switches it there */
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), sample);
  return box;
}

/* Whether the button of the row that is looked at is in it. */
static gboolean
row_is_pointed (GtkWidget *row)
{
  GtkWidget *legend = gtk_widget_get_ancestor (row, SCOPE_TYPE_LEGEND);

  return legend != NULL && SCOPE_LEGEND (legend)->only != NULL &&
         gtk_widget_is_ancestor (SCOPE_LEGEND (legend)->only, row);
}

/* The row is a widget of the list's own: it has the focus, so it is named, and
 * knows its endpoint for the keys pressed there. */
static void
name_row (GtkWidget     *check,
          ScopeEndpoint *endpoint,
          const char    *label)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_widget_get_parent (check));
  GtkWidget *row = cell ? gtk_widget_get_parent (cell) : NULL;

  if (row == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), SCOPE_LEGEND_ENDPOINT, g_object_ref (endpoint), g_object_unref);
  if (row_is_pointed (row))
    scope_legend_queue_pointed (SCOPE_LEGEND (gtk_widget_get_ancestor (row, SCOPE_TYPE_LEGEND)));
}

static void
bind_switch (GtkListItem   *item,
             ScopeEndpoint *endpoint)
{
  GtkWidget       *check = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget       *sample = gtk_widget_get_next_sibling (check);
  g_autofree char *label = scope_endpoint_dup_label (endpoint);

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  name_row (check, endpoint, label);
  scope_line_sample_set_endpoint (SCOPE_LINE_SAMPLE (sample), endpoint);
  g_object_set_data (G_OBJECT (item), BINDING,
                     g_object_bind_property (endpoint, "visible", check, "active",
                                             G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL));
}

static void
unbind_property (GtkListItem *item)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (item), BINDING);

  if (binding != NULL)
    g_binding_unbind (binding);
}

/* Adds it, or takes it away. */
void
scope_legend_set_css_class (GtkWidget  *widget,
                            const char *css_class,
                            gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* Text that takes the room it is given: another row in its place, or another
 * number, costs no new layout of the table. */
static GtkWidget *
make_text (guint                  min_chars,
           guint                  nat_chars,
           float                  xalign,
           GtkInscriptionOverflow overflow,
           const char            *css_class)
{
  return g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", min_chars, "nat-chars", nat_chars,
                       "xalign", xalign, "text-overflow", overflow, "css-classes",
                       (const char *[]){ css_class, NULL }, NULL);
}

static GtkWidget *
make_method (void)
{
  return make_text (MIN_METHOD_CHARS, METHOD_CHARS, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                    "method");
}

static void
bind_method (GtkListItem   *item,
             ScopeEndpoint *endpoint)
{
  g_autofree char *type = scope_shown_dup (scope_endpoint_get_type_name (endpoint));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), type);
}

static void
bind_name (GtkListItem   *item,
           ScopeEndpoint *endpoint)
{
  ScopeLegend *legend = g_object_get_data (G_OBJECT (item), LEGEND);

  g_ptr_array_add (legend->names, item);
  scope_legend_show_name (legend, item);
}

/* Rows out of sight are not brought up to date; not while they get their places. */
static void
map_name_cb (GtkListItem *item,
             GtkWidget   *child)
{
  scope_legend_queue_names (g_object_get_data (G_OBJECT (item), LEGEND));
}

static void
unbind_name (GtkListItem *item)
{
  ScopeLegend *legend = g_object_get_data (G_OBJECT (item), LEGEND);

  g_ptr_array_remove_fast (legend->names, item);
}

static GtkWidget *
make_number (void)
{
  return make_text (MIN_NUMBER_CHARS, NUMBER_CHARS, 1, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                    "numeric");
}

static GtkWidget *
make_share (void)
{
  return make_text (SHARE_CHARS, SHARE_CHARS, 1, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "numeric");
}

static void
show_number (ScopeLegend *self,
             GtkListItem *item)
{
  ScopeLegendColumn column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), COLUMN));
  ScopeEndpoint    *endpoint = gtk_list_item_get_item (item);
  GtkInscription   *text = GTK_INSCRIPTION (gtk_list_item_get_child (item));
  double            value = scope_legend_get_number (self, column, endpoint);
  double            start, end;
  g_autofree char  *number = scope_legend_format_number (self, column, endpoint, value);

  /* Not the change in a span: it may be for the better. */
  if (column == SCOPE_LEGEND_FAILURE_SHARE)
    scope_legend_set_css_class (GTK_WIDGET (text), "error",
                                value > 0 && !scope_cursor_get_span (self->cursor, &start, &end));
  gtk_inscription_set_min_lines (text, strchr (number, '\n') ? 2 : 1);
  gtk_inscription_set_text (text, number);
}

/* What a number is compared with is longer than itself. */
static void
set_wide (GtkInscription *text,
          gboolean        wide)
{
  gtk_inscription_set_min_chars (text, wide ? WIDE_CHARS : MIN_NUMBER_CHARS);
  gtk_inscription_set_nat_chars (text, wide ? WIDE_CHARS : NUMBER_CHARS);
}

/* A column is as wide as its widest cell, in sight or not.  Shares are not
 * compared by per cent. */
static void
widen_cells (GtkWidget *widget,
             gboolean   wide)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_INSCRIPTION (child))
      widen_cells (child, wide);
    else if (gtk_widget_has_css_class (child, "numeric") &&
             gtk_inscription_get_nat_chars (GTK_INSCRIPTION (child)) != SHARE_CHARS)
      set_wide (GTK_INSCRIPTION (child), wide);
}

/* The list keeps ten times as many rows ready as there are in sight: those are
 * brought up to date as they appear. */
static void
map_number_cb (GtkListItem *item,
               GtkWidget   *label)
{
  GtkWidget *legend = gtk_widget_get_ancestor (label, SCOPE_TYPE_LEGEND);

  g_ptr_array_add (SCOPE_LEGEND (legend)->numbers, item);
  if (gtk_list_item_get_item (item) != NULL)
    show_number (SCOPE_LEGEND (legend), item);
}

static void
unmap_number_cb (GtkListItem *item,
                 GtkWidget   *label)
{
  GtkWidget *legend = gtk_widget_get_ancestor (label, SCOPE_TYPE_LEGEND);

  g_ptr_array_remove_fast (SCOPE_LEGEND (legend)->numbers, item);
}

static void
bind_number (GtkListItem   *item,
             ScopeEndpoint *endpoint)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (gtk_widget_get_mapped (child))
    show_number (SCOPE_LEGEND (gtk_widget_get_ancestor (child, SCOPE_TYPE_LEGEND)), item);
}

static const Cell CELLS[] = {
  [SCOPE_LEGEND_SHOWN] = { make_switch, bind_switch, unbind_property },
  [SCOPE_LEGEND_METHOD] = { make_method, bind_method, NULL },
  [SCOPE_LEGEND_NAME] = { scope_legend_make_name, bind_name, unbind_name },
  [SCOPE_LEGEND_RESPONSE_TIME] = { make_number, bind_number, NULL },
  [SCOPE_LEGEND_THROUGHPUT] = { make_number, bind_number, NULL },
  [SCOPE_LEGEND_FAILURE_SHARE] = { make_share, bind_number, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (CELLS) == SCOPE_LEGEND_N_COLUMNS);

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  ScopeLegendColumn column = GPOINTER_TO_UINT (data);
  GtkWidget        *child = CELLS[column].make ();

  gtk_list_item_set_child (item, child);
  g_object_set_data (G_OBJECT (item), LEGEND, g_object_get_data (G_OBJECT (factory), LEGEND));
  if (column == SCOPE_LEGEND_NAME)
    g_signal_connect_object (child, "map", G_CALLBACK (map_name_cb), item, G_CONNECT_SWAPPED);
  if (CELLS[column].bind != bind_number)
    return;
  if (column != SCOPE_LEGEND_FAILURE_SHARE)
    set_wide (GTK_INSCRIPTION (child),
              SCOPE_LEGEND (g_object_get_data (G_OBJECT (factory), LEGEND))->wide_numbers);
  g_object_set_data (G_OBJECT (item), COLUMN, data);
  g_signal_connect_object (child, "map", G_CALLBACK (map_number_cb), item, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "unmap", G_CALLBACK (unmap_number_cb), item, G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  CELLS[GPOINTER_TO_UINT (data)].bind (item, gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  data)
{
  CELLS[GPOINTER_TO_UINT (data)].unbind (item);
}

/* Brings the numbers in sight up to date at once. */
void
scope_legend_show_numbers (ScopeLegend *self)
{
  gboolean wide = scope_legend_has_two_lines (self);

  g_clear_handle_id (&self->news, g_source_remove);
  if (self->wide_numbers != wide)
    {
      self->wide_numbers = wide;
      widen_cells (GTK_WIDGET (self->view), wide);
    }
  for (guint i = 0; i < self->numbers->len; i++)
    show_number (self, g_ptr_array_index (self->numbers, i));
  scope_legend_show_names (self);
  scope_legend_show_caption (self);
}

static gboolean
news_cb (gpointer data)
{
  ScopeLegend *self = data;

  self->news = 0;
  scope_legend_show_numbers (self);
  return G_SOURCE_REMOVE;
}

/* Brings them up to date soon. */
void
scope_legend_queue_numbers (ScopeLegend *self)
{
  if (self->news == 0)
    self->news = g_timeout_add (NUMBERS_DELAY_MS, news_cb, self);
}

/* Says what stands in each column. */
void
scope_legend_make_cells (ScopeLegend *self)
{
  for (ScopeLegendColumn column = 0; column < SCOPE_LEGEND_N_COLUMNS; column++)
    {
      g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

      g_object_set_data (G_OBJECT (factory), LEGEND, self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
      if (CELLS[column].unbind != NULL)
        g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GUINT_TO_POINTER (column));
      gtk_column_view_column_set_factory (scope_legend_get_column (self, column), factory);
    }
}
