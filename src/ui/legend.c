/* legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are real widgets bound to an endpoint's properties, so that they are
 * reached by keyboard and screen reader; the list makes only those in sight.
 */
#include "legend-private.h"

#include "headings.h"
#include "menus.h"
#include "selection.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* GTK makes 200 rows, if there are so many, for the 25 in sight.  They take
 * 0.4 ms each: the first picture waits for no more than these, and the others
 * come so many at a time. */
#define FIRST_ROWS       24
#define MOST_ROWS        256
#define MORE_INTERVAL_MS 60

enum
{
  PROP_SORTED_BY = 1,
};

G_DEFINE_FINAL_TYPE (ScopeLegend, scope_legend, GTK_TYPE_WIDGET)

static gboolean
matches (gpointer item,
         gpointer data)
{
  const ScopeSearch *looked_for = SCOPE_LEGEND (data)->looked_for;

  return looked_for == NULL || scope_search_matches (looked_for, item);
}

/* Without rows a column is as wide as its heading: they would all move.  Each keeps
 * the width it has, but for that of names, which takes what is left. */
static void
keep_widths (ScopeLegend *self,
             gboolean     keep)
{
  GtkWidget *headings = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *heading = gtk_widget_get_first_child (headings);

  for (ScopeLegendColumn i = 0; i < SCOPE_LEGEND_N_COLUMNS && heading != NULL; i++)
    {
      GtkColumnViewColumn *column = scope_legend_get_column (self, i);
      GtkAllocation        place;

      gtk_widget_get_allocation (heading, &place);
      if (i != SCOPE_LEGEND_NAME)
        gtk_column_view_column_set_fixed_width (
          column, keep && gtk_widget_get_visible (heading) ? place.width : -1);
      heading = gtk_widget_get_next_sibling (heading);
    }
}

/* An empty list says why. */
static void
listed_cb (ScopeLegend *self)
{
  gboolean searches = self->looked_for != NULL && !scope_search_is_empty (self->looked_for);
  gboolean nothing = searches && g_list_model_get_n_items (self->listed) == 0;

  if (gtk_widget_get_visible (GTK_WIDGET (self->nothing)) == nothing)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), nothing);
  keep_widths (self, nothing);
}

/* Before the rows become others: between those that are new, and have no height yet,
 * GTK finds no place to scroll to. */
void
scope_legend_scroll_up (ScopeLegend *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
}

/* Says what is wrong with an expression, or (NULL) that nothing fits. */
static void
explain_nothing (ScopeLegend  *self,
                 const GError *error)
{
  /* Translators: of what was searched for; what is wrong with it follows. */
  g_autofree char *text = error ? g_strdup_printf (_("Not a regular expression: %s"),
                                                   error->message)
                                : g_strdup (_("No endpoint fits"));

  gtk_label_set_text (self->nothing, text);
}

/* Of a regular expression that is none, as while it is typed, what was found last
 * stays; a mark in the entry says what is wrong with it. */
static void
search_cb (ScopeLegend *self)
{
  g_autoptr (GError) error = NULL;
  ScopeSearch       *looked_for =
    scope_search_new (gtk_editable_get_text (self->search), &error);

  explain_nothing (self, error);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->search), error ? error->message : self->hint);
  if (error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->search), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->search),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error->message, -1);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->search), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->hint, -1);
  g_clear_pointer (&self->looked_for, scope_search_free);
  self->looked_for = looked_for;
  scope_legend_scroll_up (self);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->listed != NULL)
    listed_cb (self);
}

static void
stop_search_cb (ScopeLegend *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Shows what was found and nothing else; again: what was shown before. */
static void
show_found_cb (ScopeLegend *self)
{
  if (self->looked_for == NULL || scope_search_is_empty (self->looked_for) ||
      self->listed == NULL || g_list_model_get_n_items (self->listed) == 0)
    return;
  scope_selection_toggle_only (self->history, self->listed, self->before);
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
  scope_legend_measure_names (SCOPE_LEGEND (widget));
}

/* Of GTK's list Tab would go through all rows: it is one stop among others, the row
 * that had the focus last. */
static gboolean
scope_legend_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);
  GtkWidget   *stops[] = { self->ahead, GTK_WIDGET (self->view), self->after };
  GtkWidget   *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int          n = G_N_ELEMENTS (stops);
  int          step = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1;
  int          at = step > 0 ? -1 : n; /* the focus comes from outside */

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (scope_legend_parent_class)->focus (widget, direction);
  for (int i = 0; i < n; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, stops[i]))
      at = i;
  if (at >= 0 && at < n && at != 1 && gtk_widget_child_focus (stops[at], direction))
    return TRUE;
  for (at += step; at >= 0 && at < n; at += step)
    if (at != 1 ? gtk_widget_child_focus (stops[at], direction)
                : g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0 &&
                    gtk_widget_grab_focus (stops[at]))
      return TRUE;
  return FALSE;
}

static void
scope_legend_dispose (GObject *object)
{
  ScopeLegend *self = SCOPE_LEGEND (object);

  g_clear_handle_id (&self->grow, g_source_remove);
  g_clear_handle_id (&self->news, g_source_remove);
  g_clear_handle_id (&self->rename, g_source_remove);
  scope_legend_leave_rows (self);
  scope_legend_end_sorting (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_LEGEND);
  g_clear_object (&self->filter);
  g_clear_object (&self->listed);
  g_clear_object (&self->history);
  g_clear_object (&self->cursor);
  g_clear_object (&self->limits);
  g_clear_object (&self->baseline);
  g_clear_object (&self->anchor);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->distinct, g_hash_table_unref);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->order, scope_order_free);
  g_clear_pointer (&self->looked_for, scope_search_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->before, g_hash_table_unref);
  G_OBJECT_CLASS (scope_legend_parent_class)->dispose (object);
}

static void
scope_legend_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SORTED_BY:
      g_value_set_string (value, scope_legend_get_sorted_by (SCOPE_LEGEND (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_legend_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SORTED_BY:
      scope_legend_sort (SCOPE_LEGEND (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_legend_class_init (ScopeLegendClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = scope_legend_dispose;
  object_class->get_property = scope_legend_get_property;
  object_class->set_property = scope_legend_set_property;
  /**
   * ScopeLegend:sorted-by:
   *
   * The id of the column that rows are sorted by; set to the same again, it turns
   * their order round.
   */
  g_object_class_install_property (
    object_class, PROP_SORTED_BY,
    g_param_spec_string ("sorted-by", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  widget_class->focus = scope_legend_focus;
  widget_class->measure = scope_legend_measure;
  widget_class->size_allocate = scope_legend_size_allocate;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/legend.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, ahead);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, after);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, search);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, nothing);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, caption);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, view);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, selection);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, rows);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, shown_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, method_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, name_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, response_time_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, throughput_column);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, failure_share_column);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_child (widget_class, ScopeLegend, sort_menu);
  gtk_widget_class_bind_template_callback (widget_class, show_found_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_set_css_name (widget_class, "legend");
  scope_legend_install_actions (klass);
}

static void
scope_legend_init (ScopeLegend *self)
{
  self->before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->numbers = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  self->distinct = scope_legend_make_distinct ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  scope_menus_fill (self->sort_menu, "sort_menu");
  self->hint = g_strdup (gtk_widget_get_tooltip_text (GTK_WIDGET (self->search)));
  scope_legend_listen (self);
  scope_legend_watch_rows (self);
  scope_legend_make_cells (self);
  scope_legend_make_sortable (self);
  scope_headings_align (self->view, SCOPE_LEGEND_N_NUMBERS);
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

  g_return_if_fail (SCOPE_IS_LEGEND (self));

  if (!g_set_object (&self->history, history))
    return;
  g_set_object (&self->cursor, cursor);
  g_signal_connect_object (cursor, "moved", G_CALLBACK (scope_legend_queue_numbers), self, G_CONNECT_SWAPPED);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (history)),
                                    g_object_ref (self->sorter));
  g_clear_object (&self->listed);
  self->listed = G_LIST_MODEL (
    gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (self->filter)));
  g_signal_connect_object (self->listed, "items-changed", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_slice_list_model_set_size (self->rows, FIRST_ROWS);
  gtk_slice_list_model_set_model (self->rows, self->listed);
  if (self->grow == 0)
    self->grow = g_timeout_add (MORE_INTERVAL_MS, grow_cb, self);
  scope_legend_forget_names (self);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (scope_legend_forget_names), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "latest", G_CALLBACK (scope_legend_queue_numbers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "chosen", G_CALLBACK (scope_legend_show_numbers), self, G_CONNECT_SWAPPED);
  scope_legend_show_numbers (self);
}

/* Marks the endpoints that exceed @limits (nullable), those of the history. */
void
scope_legend_set_limits (ScopeLegend *self,
                         ScopeLimits *limits)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));

  if (self->limits != NULL)
    g_signal_handlers_disconnect_by_func (self->limits, scope_legend_queue_numbers, self);
  if (!g_set_object (&self->limits, limits) || limits == NULL)
    return;
  g_signal_connect_object (limits, "changed", G_CALLBACK (scope_legend_queue_numbers), self,
                           G_CONNECT_SWAPPED);
}

/* Says by how many per cent numbers differ from those of @baseline (nullable). */
void
scope_legend_set_baseline (ScopeLegend   *self,
                           ScopeBaseline *baseline)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));

  if (self->baseline != NULL)
    g_signal_handlers_disconnect_by_func (self->baseline, scope_legend_queue_numbers, self);
  g_set_object (&self->baseline, baseline);
  if (baseline != NULL)
    g_signal_connect_object (baseline, "changed", G_CALLBACK (scope_legend_queue_numbers), self,
                             G_CONNECT_SWAPPED);
  scope_legend_queue_numbers (self);
}

/* Brings the focus to the row that had it last. */
void
scope_legend_focus_rows (ScopeLegend *self)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Begins a search for endpoints. */
void
scope_legend_search (ScopeLegend *self)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}
