/* legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are real widgets bound to an endpoint's properties, so that they are
 * reached by keyboard and screen reader; the list makes only those in sight.
 */
#include "legend.h"

#include "line-sample.h"
#include "scale.h"
#include "selection.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The usual methods are not cut; a long one does not push names away. */
#define MIN_METHOD_CHARS 4
#define METHOD_CHARS     7
#define NAME_CHARS       4
#define MIN_NUMBER_CHARS 5
#define NUMBER_CHARS     6
#define N_NUMBERS        2 /* columns, the last ones */

/* GTK makes 200 rows, if there are so many, for the 25 in sight.  They take
 * 0.4 ms each: the first picture waits for no more than these, and the others
 * come so many at a time. */
#define FIRST_ROWS       24
#define MOST_ROWS        256
#define MORE_INTERVAL_MS 60

/* The curves come first: a frame with new numbers takes 3 ms longer, and nobody
 * reads them so soon or so often. */
#define NUMBERS_DELAY_MS 40

struct _ScopeLegend
{
  GtkWidget            parent_instance;

  /* owned */
  ScopeHistory        *history;
  ScopeCursor         *cursor;
  GtkFilter           *filter;
  GListModel          *listed;  /* the endpoints that are searched for, sorted */
  GPtrArray           *numbers; /* borrowed GtkListItem: those in sight */
  char                *words;   /* searched for; NULL: nothing */
  guint                news;    /* timeout: the numbers are out of date */
  guint                grow;    /* timeout: there are more rows than were made yet */

  /* template */
  GtkWidget           *content;
  GtkEditable         *search;
  GtkColumnView       *view;
  GtkColumnViewColumn *switch_column;
  GtkColumnViewColumn *method_column;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *response_time_column;
  GtkColumnViewColumn *throughput_column;
  GtkNoSelection      *selection;
  GtkSliceListModel   *rows;    /* of what is listed, those that there are rows for */
};

G_DEFINE_FINAL_TYPE (ScopeLegend, scope_legend, GTK_TYPE_WIDGET)

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
#define ENDPOINT "scope-endpoint"

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
  g_object_set_data_full (G_OBJECT (row), ENDPOINT, g_object_ref (endpoint), g_object_unref);
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

static void
activate_cb (ScopeLegend *self,
             guint        position)
{
  g_autoptr (ScopeEndpoint) endpoint =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  scope_endpoint_set_visible (endpoint, !scope_endpoint_get_visible (endpoint));
}

/* Space switches the row in focus, as Return does. */
static gboolean
key_pressed_cb (ScopeLegend    *self,
                guint           key,
                guint           code,
                GdkModifierType modifiers)
{
  GtkWidget     *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  ScopeEndpoint *endpoint = focus ? g_object_get_data (G_OBJECT (focus), ENDPOINT) : NULL;

  if (endpoint == NULL || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      (key != GDK_KEY_space && key != GDK_KEY_KP_Space))
    return FALSE;
  scope_endpoint_set_visible (endpoint, !scope_endpoint_get_visible (endpoint));
  return TRUE;
}

static void
show_all (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_show_listed (self->history, self->listed, TRUE);
}

static void
show_none (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_show_listed (self->history, self->listed, FALSE);
}

static void
invert (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_invert_listed (self->history, self->listed);
}

static void
show_news (ScopeLegend *self)
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
  show_news (self);
  return G_SOURCE_REMOVE;
}

static void
queue_news (ScopeLegend *self)
{
  if (self->news == 0)
    self->news = g_timeout_add (NUMBERS_DELAY_MS, news_cb, self);
}

static gboolean
matches (gpointer item,
         gpointer data)
{
  const char *words = SCOPE_LEGEND (data)->words;

  return words == NULL || scope_endpoint_matches (item, words);
}

/* What more letters fit was fitted by fewer: only those are looked at again. */
static GtkFilterChange
compare_words (const char *before,
               const char *now)
{
  if (before == NULL || g_str_has_prefix (now, before))
    return GTK_FILTER_CHANGE_MORE_STRICT;
  if (g_str_has_prefix (before, now))
    return GTK_FILTER_CHANGE_LESS_STRICT;
  return GTK_FILTER_CHANGE_DIFFERENT;
}

static void
search_cb (ScopeLegend *self)
{
  g_autofree char *before = g_steal_pointer (&self->words);

  self->words = scope_endpoint_fold (gtk_editable_get_text (self->search));
  gtk_filter_changed (self->filter, compare_words (before, self->words));
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
}

static void
stop_search_cb (ScopeLegend *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static int
compare_endpoints (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  return scope_endpoint_compare ((ScopeEndpoint *) a, (ScopeEndpoint *) b);
}

/* As wide as it is told to be, or as it must: not as its columns would like,
 * since what is beside it would be drawn anew as they come to like another. */
static void
scope_legend_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  gtk_widget_measure (SCOPE_LEGEND (widget)->content, orientation, for_size, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
scope_legend_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (SCOPE_LEGEND (widget)->content, width, height, baseline, NULL);
}

static void
scope_legend_dispose (GObject *object)
{
  ScopeLegend *self = SCOPE_LEGEND (object);

  g_clear_handle_id (&self->grow, g_source_remove);
  g_clear_handle_id (&self->news, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_LEGEND);
  g_clear_object (&self->filter);
  g_clear_object (&self->listed);
  g_clear_object (&self->history);
  g_clear_object (&self->cursor);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (scope_legend_parent_class)->dispose (object);
}

static void
scope_legend_class_init (ScopeLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_legend_dispose;
  widget_class->measure = scope_legend_measure;
  widget_class->size_allocate = scope_legend_size_allocate;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/legend.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, search);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, view);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, selection);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, rows);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, switch_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, method_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, name_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, response_time_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, throughput_column);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_install_action (widget_class, "legend.all", NULL, show_all);
  gtk_widget_class_install_action (widget_class, "legend.none", NULL, show_none);
  gtk_widget_class_install_action (widget_class, "legend.invert", NULL, invert);
}

/* Puts the labels of a heading to the end, over the numbers below. */
static void
align_to_end (GtkWidget *heading)
{
  for (GtkWidget *child = gtk_widget_get_first_child (heading); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      {
        gtk_widget_set_hexpand (child, TRUE);
        gtk_widget_set_halign (child, GTK_ALIGN_END);
      }
    else
      {
        align_to_end (child);
      }
}

/* GTK has no property for it: the last headings of the view's first row. */
static void
align_number_headings (ScopeLegend *self)
{
  GtkWidget *headings = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *heading = gtk_widget_get_last_child (headings);

  for (guint i = 0; i < N_NUMBERS && heading != NULL; i++)
    {
      align_to_end (heading);
      heading = gtk_widget_get_prev_sibling (heading);
    }
}

static void
scope_legend_init (ScopeLegend *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->numbers = g_ptr_array_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  set_cell (self->switch_column, &SWITCH);
  set_cell (self->method_column, &METHOD);
  set_cell (self->name_column, &NAME);
  set_cell (self->response_time_column, &RESPONSE_TIME);
  set_cell (self->throughput_column, &THROUGHPUT);
  align_number_headings (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Endpoints"), -1);
}

static gboolean
grow_cb (gpointer data)
{
  ScopeLegend *self = data;
  guint        n = gtk_slice_list_model_get_size (self->rows) + FIRST_ROWS;

  if (n < MOST_ROWS && n < g_list_model_get_n_items (self->listed))
    {
      gtk_slice_list_model_set_size (self->rows, n);
      return G_SOURCE_CONTINUE;
    }
  self->grow = 0;
  gtk_slice_list_model_set_size (self->rows, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

/**
 * scope_legend_set_history:
 * @self: the legend
 * @history: whose endpoints are listed
 * @cursor: when their numbers are of; nowhere: the latest
 */
void
scope_legend_set_history (ScopeLegend  *self,
                          ScopeHistory *history,
                          ScopeCursor  *cursor)
{
  GtkSortListModel *sorted;
  GtkSorter        *sorter;

  g_return_if_fail (SCOPE_IS_LEGEND (self));

  if (!g_set_object (&self->history, history))
    return;
  g_set_object (&self->cursor, cursor);
  g_signal_connect_object (cursor, "moved", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_endpoints, NULL, NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (history)), sorter);
  g_clear_object (&self->listed);
  self->listed = G_LIST_MODEL (
    gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (self->filter)));
  gtk_slice_list_model_set_size (self->rows, FIRST_ROWS);
  gtk_slice_list_model_set_model (self->rows, self->listed);
  if (self->grow == 0)
    self->grow = g_timeout_add (MORE_INTERVAL_MS, grow_cb, self);
  g_signal_connect_object (history, "latest", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "chosen", G_CALLBACK (show_news), self, G_CONNECT_SWAPPED);
}

/* Begins a search for endpoints. */
void
scope_legend_search (ScopeLegend *self)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}
