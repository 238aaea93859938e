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
#include "scale.h"

#include <math.h>

/* The usual methods are not cut; a long one does not push names away. */
#define MIN_METHOD_CHARS 4
#define METHOD_CHARS     7
#define NAME_CHARS       4
#define MIN_NUMBER_CHARS 5
#define NUMBER_CHARS     6

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
  /* What a number is of, and the latest of an endpoint. */
  ScopeStatistic (*get_statistic) (ScopeHistory *history);
  double     (*get_latest) (ScopeEndpoint *endpoint);
} Cell;

#define BINDING  "scope-binding"
#define CELL     "scope-cell"

static GtkWidget *
make_switch (void)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *sample = scope_line_sample_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), sample);
  return box;
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
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            scope_endpoint_get_type_name (endpoint));
}

/* A label: GtkInscription sets shortened text higher than the rest of its row. */
static GtkWidget *
make_name (void)
{
  return g_object_new (GTK_TYPE_LABEL, "width-chars", NAME_CHARS, "max-width-chars", NAME_CHARS,
                       "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "css-classes",
                       (const char *[]){ "name", NULL }, NULL);
}

static void
bind_name (GtkListItem   *item,
           ScopeEndpoint *endpoint)
{
  GtkWidget       *text = gtk_list_item_get_child (item);
  g_autofree char *line = g_strdup (scope_endpoint_get_name (endpoint));

  gtk_label_set_text (GTK_LABEL (text), g_strdelimit (line, "\r\n\t", ' '));
  gtk_widget_set_tooltip_text (text, scope_endpoint_get_name (endpoint));
}

static GtkWidget *
make_number (void)
{
  return make_text (MIN_NUMBER_CHARS, NUMBER_CHARS, 1, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                    "numeric");
}

/* The number at the cursor, or the latest. */
static double
get_number (ScopeLegend   *self,
            const Cell    *cell,
            ScopeEndpoint *endpoint)
{
  double time;
  guint  block;

  if (!scope_cursor_get_time (self->cursor, &time) ||
      !scope_history_find_block (self->history, time, &block))
    return cell->get_latest (endpoint);
  return scope_history_get_value (self->history, scope_endpoint_get_position (endpoint),
                                  cell->get_statistic (self->history), block);
}

static void
show_number (ScopeLegend *self,
             GtkListItem *item)
{
  const Cell      *cell = g_object_get_data (G_OBJECT (item), CELL);
  double           number = get_number (self, cell, gtk_list_item_get_item (item));
  g_autofree char *text = isnan (number) ? g_strdup ("–") : scope_format_number (number);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
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

static const Cell SWITCH = { make_switch, bind_switch, unbind_property };
static const Cell METHOD = { make_method, bind_method, NULL };
static const Cell NAME = { make_name, bind_name, NULL };
static const Cell RESPONSE_TIME = { make_number, bind_number, NULL,
                                    scope_history_get_response_time,
                                    scope_endpoint_get_response_time };
static const Cell THROUGHPUT = { make_number, bind_number, NULL, scope_history_get_throughput,
                                 scope_endpoint_get_throughput };

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  const Cell *cell = data;
  GtkWidget  *child = cell->make ();

  gtk_list_item_set_child (item, child);
  if (cell->get_latest == NULL)
    return;
  g_object_set_data (G_OBJECT (item), CELL, data);
  g_signal_connect_object (child, "map", G_CALLBACK (map_number_cb), item, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "unmap", G_CALLBACK (unmap_number_cb), item, G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  ((const Cell *) data)->bind (item, gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  data)
{
  ((const Cell *) data)->unbind (item);
}

static void
set_cell (GtkColumnViewColumn *column,
          const Cell          *cell)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) cell);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) cell);
  if (cell->unbind != NULL)
    g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) cell);
  gtk_column_view_column_set_factory (column, factory);
}

/* Brings the numbers in sight up to date at once. */
void
scope_legend_show_numbers (ScopeLegend *self)
{
  g_clear_handle_id (&self->news, g_source_remove);
  for (guint i = 0; i < self->numbers->len; i++)
    show_number (self, g_ptr_array_index (self->numbers, i));
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
  set_cell (self->switch_column, &SWITCH);
  set_cell (self->method_column, &METHOD);
  set_cell (self->name_column, &NAME);
  set_cell (self->response_time_column, &RESPONSE_TIME);
  set_cell (self->throughput_column, &THROUGHPUT);
}
