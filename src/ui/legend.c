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
#define METHOD_WIDTH_CHARS 5
#define METHOD_CHARS       8

struct _ScopeLegend
{
  GtkWidget            parent_instance;

  ScopeHistory        *history; /* owned */

  /* template */
  GtkWidget           *content;
  GtkColumnView       *view;
  GtkColumnViewColumn *switch_column;
  GtkColumnViewColumn *method_column;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *response_time_column;
  GtkColumnViewColumn *throughput_column;
  GtkNoSelection      *selection;
};

G_DEFINE_FINAL_TYPE (ScopeLegend, scope_legend, GTK_TYPE_WIDGET)

/* One kind of column: its cell, and what binds it to an endpoint. */
typedef struct
{
  GtkWidget *(*make) (void);
  void       (*bind) (GtkListItem   *item,
                      ScopeEndpoint *endpoint);
  void       (*unbind) (GtkListItem *item);
} Cell;

#define BINDING  "scope-binding"
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

static GtkWidget *
make_label (float            xalign,
            PangoEllipsizeMode ellipsize)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", xalign, "ellipsize", ellipsize, NULL);
}

static GtkWidget *
make_method (void)
{
  GtkWidget *label = make_label (0, PANGO_ELLIPSIZE_END);

  gtk_label_set_width_chars (GTK_LABEL (label), METHOD_WIDTH_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), METHOD_CHARS);
  gtk_widget_add_css_class (label, "method");
  return label;
}

static void
bind_method (GtkListItem   *item,
             ScopeEndpoint *endpoint)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      scope_endpoint_get_type_name (endpoint));
}

static GtkWidget *
make_name (void)
{
  return make_label (0, PANGO_ELLIPSIZE_MIDDLE);
}

static void
bind_name (GtkListItem   *item,
           ScopeEndpoint *endpoint)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *line = g_strdup (scope_endpoint_get_name (endpoint));

  gtk_label_set_text (GTK_LABEL (label), g_strdelimit (line, "\r\n\t", ' '));
  gtk_widget_set_tooltip_text (label, scope_endpoint_get_name (endpoint));
}

static GtkWidget *
make_number (void)
{
  GtkWidget *label = make_label (1, PANGO_ELLIPSIZE_NONE);

  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static gboolean
number_to_text (GBinding     *binding,
                const GValue *from,
                GValue       *to,
                gpointer      data)
{
  double number = g_value_get_double (from);

  if (isnan (number))
    g_value_set_string (to, "–");
  else
    g_value_take_string (to, scope_format_number (number));
  return TRUE;
}

static void
bind_number (GtkListItem   *item,
             ScopeEndpoint *endpoint,
             const char    *property)
{
  g_object_set_data (G_OBJECT (item), BINDING,
                     g_object_bind_property_full (endpoint, property,
                                                  gtk_list_item_get_child (item), "label",
                                                  G_BINDING_SYNC_CREATE, number_to_text, NULL, NULL,
                                                  NULL));
}

static void
bind_response_time (GtkListItem   *item,
                    ScopeEndpoint *endpoint)
{
  bind_number (item, endpoint, "response-time");
}

static void
bind_throughput (GtkListItem   *item,
                 ScopeEndpoint *endpoint)
{
  bind_number (item, endpoint, "throughput");
}

static const Cell SWITCH = { make_switch, bind_switch, unbind_property };
static const Cell METHOD = { make_method, bind_method, NULL };
static const Cell NAME = { make_name, bind_name, NULL };
static const Cell RESPONSE_TIME = { make_number, bind_response_time, unbind_property };
static const Cell THROUGHPUT = { make_number, bind_throughput, unbind_property };

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  gtk_list_item_set_child (item, ((const Cell *) data)->make ());
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
  scope_selection_show_all (SCOPE_LEGEND (widget)->history, TRUE);
}

static void
show_none (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  scope_selection_show_all (SCOPE_LEGEND (widget)->history, FALSE);
}

static void
invert (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  scope_selection_invert (SCOPE_LEGEND (widget)->history);
}

static int
compare_endpoints (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  return scope_endpoint_compare ((ScopeEndpoint *) a, (ScopeEndpoint *) b);
}

static void
scope_legend_dispose (GObject *object)
{
  ScopeLegend *self = SCOPE_LEGEND (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_LEGEND);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (scope_legend_parent_class)->dispose (object);
}

static void
scope_legend_class_init (ScopeLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_legend_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/legend.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, view);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, selection);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, switch_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, method_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, name_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, response_time_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, throughput_column);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_install_action (widget_class, "legend.all", NULL, show_all);
  gtk_widget_class_install_action (widget_class, "legend.none", NULL, show_none);
  gtk_widget_class_install_action (widget_class, "legend.invert", NULL, invert);
}

static void
scope_legend_init (ScopeLegend *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Endpoints"), -1);
}

/**
 * scope_legend_set_history:
 * @self: the legend
 * @history: whose endpoints are listed
 */
void
scope_legend_set_history (ScopeLegend  *self,
                          ScopeHistory *history)
{
  g_autoptr (GtkSortListModel) sorted = NULL;
  GtkSorter                   *sorter;

  g_return_if_fail (SCOPE_IS_LEGEND (self));

  if (!g_set_object (&self->history, history))
    return;
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_endpoints, NULL, NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (history)), sorter);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (sorted));
}
