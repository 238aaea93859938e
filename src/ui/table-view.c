/* table-view.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows stay where they are while their numbers change: they are sorted again
 * only when their user asks for it, or when others are shown.  Nothing is done
 * while the table is not in sight.
 */
#include "table-view-private.h"

#include "elapsed.h"
#include "headings.h"
#include "picture.h"

#include <glib/gi18n-lib.h>

/* Calm enough to be read. */
#define NEWS_DELAY_MS 100

/* As in the legend: GTK makes 200 rows for the 25 in sight. */
#define FIRST_ROWS       24
#define MOST_ROWS        256
#define MORE_INTERVAL_MS 60

#define DAY_S 86400

enum
{
  PROP_SORTED_BY = 1,
  PROP_DESCENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTableView, scope_table_view, GTK_TYPE_WIDGET)

static gboolean
has_blocks (ScopeTableView *self)
{
  return self->history != NULL && scope_history_get_n_blocks (self->history) > 0;
}

/* "At 14:03:20 · RT: average over 10 s · TPS: counted over 10 s" */
static char *
format_instant (ScopeTableView *self,
                double          origin)
{
  ScopeStatistic   rt = scope_history_get_response_time (self->history);
  ScopeStatistic   tps = scope_table_get_throughput (self->history);
  double           time = scope_history_get_times (self->history)[self->times.block];
  g_autofree char *clock = scope_format_moment (time, origin);
  g_autofree char *rt_span = scope_history_dup_span (self->history, rt);
  g_autofree char *tps_span = scope_history_dup_span (self->history, tps);

  if (self->times.at_cursor)
    /* Translators: the time of the cursor, then what response times and requests a second
       are, as in “At 14:03:20 · RT: average over 10 s · TPS: counted over 10 s”. */
    return g_strdup_printf (_("At %s · RT: %s · TPS: %s"), clock, rt_span, tps_span);
  /* Translators: the same of the latest numbers, and the time that they are of. */
  return g_strdup_printf (_("Latest, %s · RT: %s · TPS: %s"), clock, rt_span, tps_span);
}

/* With the day where a clock's times alone could be those of several. */
static char *
format_moment (ScopeTableView *self,
               double          time,
               double          origin)
{
  g_autoptr (GDateTime) local = NULL;

  if (!isnan (origin) || self->times.to - self->times.from < DAY_S)
    return scope_format_moment (time, origin);
  local = g_date_time_new_from_unix_local ((gint64) time);
  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

/* "From 14:00:05 to 14:04:10 (4:05) · requests, failures, means" */
static char *
format_stretch (ScopeTableView *self,
                double          origin)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *length = NULL;

  if (!self->times.has_range)
    return g_strdup (_("There are no requests in the time that is shown"));
  from = format_moment (self, self->times.from, origin);
  to = format_moment (self, self->times.to, origin);
  length = scope_format_duration (self->times.from, self->times.to, origin);
  /* Translators: two times, the time between them, and what is of that, as in
     “From 14:00:05 to 14:04:10 (4:05) · requests, failures, means”. */
  return g_strdup_printf (_("From %s to %s (%s) · requests, failures, means"), from, to, length);
}

static void
show_headings (ScopeTableView *self)
{
  ScopePicture     picture = { .history = self->history, .view = self->view,
                               .elapsed = self->elapsed };
  double           origin = scope_picture_get_origin (&picture);
  g_autofree char *instant = format_instant (self, origin);
  g_autofree char *stretch = format_stretch (self, origin);

  gtk_label_set_text (self->instant, instant);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->instant), instant);
  gtk_label_set_text (self->stretch, stretch);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stretch), stretch);
}

/* Replaces what is different between the rows and @wanted. */
static void
set_rows (ScopeTableView *self,
          GPtrArray      *wanted)
{
  GListModel *model = G_LIST_MODEL (self->endpoints);
  guint       n = g_list_model_get_n_items (model);
  guint       same_before = 0, same_after = 0;

  while (same_before < MIN (n, wanted->len))
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, same_before);

      if (item != g_ptr_array_index (wanted, same_before))
        break;
      same_before++;
    }
  while (same_after < MIN (n, wanted->len) - same_before)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, n - 1 - same_after);

      if (item != g_ptr_array_index (wanted, wanted->len - 1 - same_after))
        break;
      same_after++;
    }
  if (same_before < MAX (n, wanted->len))
    g_list_store_splice (self->endpoints, same_before, n - same_before - same_after,
                         wanted->pdata + same_before, wanted->len - same_before - same_after);
}

/* Sorts the rows by the numbers of now. */
static void
sort_rows (ScopeTableView *self)
{
  g_autoptr (GPtrArray) wanted = NULL;

  self->is_stale = FALSE;
  if (has_blocks (self))
    wanted = scope_table_list (&self->times, self->order);
  else
    wanted = g_ptr_array_new ();
  set_rows (self, wanted);
  gtk_widget_set_visible (self->nothing, has_blocks (self) && wanted->len == 0);
}

/* Brings all that is in sight up to date at once. */
static void
show_news (ScopeTableView *self)
{
  g_clear_handle_id (&self->news, g_source_remove);
  self->times.history = NULL;
  if (has_blocks (self))
    {
      scope_table_times_init (&self->times, self->history, self->view, self->cursor);
      show_headings (self);
    }
  if (self->is_stale)
    sort_rows (self);
  scope_table_view_show_numbers (self);
}

static gboolean
news_cb (gpointer data)
{
  ScopeTableView *self = data;

  self->news = 0;
  show_news (self);
  return G_SOURCE_REMOVE;
}

static void
queue_news (ScopeTableView *self)
{
  if (self->news == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->news = g_timeout_add (NEWS_DELAY_MS, news_cb, self);
}

/* Others are shown. */
static void
shown_cb (ScopeTableView *self)
{
  self->is_stale = TRUE;
  queue_news (self);
}

/* A file that is begun anew takes its blocks away, of which the times are. */
static void
items_changed_cb (ScopeTableView *self)
{
  if (!has_blocks (self))
    self->times.history = NULL;
  shown_cb (self);
}

static gboolean
is_number (ScopeTableColumn column)
{
  return column >= SCOPE_TABLE_RESPONSE_TIME && column < SCOPE_TABLE_N_COLUMNS;
}

/* As a click on the heading does. */
static void
sort_by (ScopeTableView  *self,
         ScopeTableColumn column,
         gboolean         descending)
{
  self->is_sorting = TRUE;
  gtk_column_view_sort_by_column (self->list,
                                  column < SCOPE_TABLE_N_COLUMNS ? self->columns[column] : NULL,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_sorting = FALSE;
}

/* Of numbers the largest come first, at first. */
static void
sorted_cb (ScopeTableView *self)
{
  ScopeTableOrder order = SCOPE_TABLE_UNSORTED;
  guint           column;

  if (scope_headings_get_sorted (self->list, &column, &order.descending))
    order.column = column;
  if (!self->is_sorting && order.column != self->order.column && !order.descending &&
      is_number (order.column))
    {
      sort_by (self, order.column, TRUE);
      return;
    }
  self->order = order;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORTED_BY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_news (self);
}

static gboolean
grow_cb (gpointer data)
{
  ScopeTableView *self = data;
  guint           n = gtk_slice_list_model_get_size (self->rows) + FIRST_ROWS;

  if (n < MOST_ROWS && n < g_list_model_get_n_items (G_LIST_MODEL (self->endpoints)))
    {
      gtk_slice_list_model_set_size (self->rows, n);
      return G_SOURCE_CONTINUE;
    }
  self->grow = 0;
  gtk_slice_list_model_set_size (self->rows, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

static void
scope_table_view_map (GtkWidget *widget)
{
  ScopeTableView *self = SCOPE_TABLE_VIEW (widget);

  show_news (self);
  if (self->grow == 0 && gtk_slice_list_model_get_size (self->rows) < G_MAXUINT)
    self->grow = g_timeout_add (MORE_INTERVAL_MS, grow_cb, self);
  GTK_WIDGET_CLASS (scope_table_view_parent_class)->map (widget);
}

static void
scope_table_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&SCOPE_TABLE_VIEW (widget)->news, g_source_remove);
  GTK_WIDGET_CLASS (scope_table_view_parent_class)->unmap (widget);
}

static gboolean
scope_table_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SCOPE_TABLE_VIEW (widget)->list));
}

static void
scope_table_view_dispose (GObject *object)
{
  ScopeTableView *self = SCOPE_TABLE_VIEW (object);

  g_clear_handle_id (&self->grow, g_source_remove);
  g_clear_handle_id (&self->news, g_source_remove);
  if (self->list != NULL) /* which sorts anew as its columns go */
    scope_headings_ignore (self->list, G_CALLBACK (sorted_cb), self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_TABLE_VIEW);
  g_clear_object (&self->endpoints);
  g_clear_object (&self->history);
  g_clear_object (&self->view);
  g_clear_object (&self->cursor);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  G_OBJECT_CLASS (scope_table_view_parent_class)->dispose (object);
}

static void
scope_table_view_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ScopeTableView *self = SCOPE_TABLE_VIEW (object);

  switch (id)
    {
    case PROP_SORTED_BY:
      g_value_set_string (value, scope_table_get_id (self->order.column));
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->order.descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_table_view_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  ScopeTableView  *self = SCOPE_TABLE_VIEW (object);
  ScopeTableColumn column;

  switch (id)
    {
    case PROP_SORTED_BY:
      column = scope_table_find_id (g_value_get_string (value));
      sort_by (self, column, is_number (column));
      break;
    case PROP_DESCENDING:
      sort_by (self, self->order.column, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_table_view_class_init (ScopeTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  G_OBJECT_CLASS (klass)->dispose = scope_table_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = scope_table_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = scope_table_view_set_property;
  widget_class->map = scope_table_view_map;
  widget_class->unmap = scope_table_view_unmap;
  widget_class->grab_focus = scope_table_view_grab_focus;
  properties[PROP_SORTED_BY] = g_param_spec_string ("sorted-by", NULL, NULL, "", flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "table.sorted-by", "sorted-by");
  gtk_widget_class_install_property_action (widget_class, "table.descending", "descending");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/table-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, instant);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, stretch);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, nothing);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, list);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, rows);
  gtk_widget_class_bind_template_child (widget_class, ScopeTableView, sort_menu);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.show-table", NULL);
  gtk_widget_class_set_css_name (widget_class, "numbers");
}

static void
append_order (GMenu      *menu,
              const char *label,
              const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "table.sorted-by", "s", id);
  g_menu_append_item (menu, item);
}

/* The same as the headings, by keys. */
static void
fill_sort_menu (ScopeTableView *self)
{
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();

  append_order (columns, _("As in the _Legend"), "");
  for (guint i = 0; i < SCOPE_TABLE_N_COLUMNS; i++)
    {
      g_autofree char *title = scope_table_dup_title (i);

      append_order (columns, title, scope_table_get_id (i));
    }
  g_menu_append (direction, _("_Descending"), "table.descending");
  g_menu_append_section (self->sort_menu, NULL, G_MENU_MODEL (columns));
  g_menu_append_section (self->sort_menu, NULL, G_MENU_MODEL (direction));
}

static void
scope_table_view_init (ScopeTableView *self)
{
  self->numbers = g_ptr_array_new ();
  self->endpoints = g_list_store_new (SCOPE_TYPE_ENDPOINT);
  self->order = SCOPE_TABLE_UNSORTED;
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  scope_table_view_make_columns (self);
  fill_sort_menu (self);
  gtk_slice_list_model_set_size (self->rows, FIRST_ROWS);
  gtk_slice_list_model_set_model (self->rows, G_LIST_MODEL (self->endpoints));
  scope_headings_listen (self->list, G_CALLBACK (sorted_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Numbers behind the charts"), -1);
}

/**
 * scope_table_view_set_history:
 * @self: the table
 * @history: whose endpoints are listed
 * @view: the stretch of time that some of the numbers are of
 * @cursor: when the others are of; nowhere: the latest
 */
void
scope_table_view_set_history (ScopeTableView *self,
                              ScopeHistory   *history,
                              ScopeView      *view,
                              ScopeCursor    *cursor)
{
  g_return_if_fail (SCOPE_IS_TABLE_VIEW (self));
  g_return_if_fail (self->history == NULL);

  self->history = g_object_ref (history);
  self->view = g_object_ref (view);
  self->cursor = g_object_ref (cursor);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "latest", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "chosen", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "changed", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cursor, "moved", G_CALLBACK (queue_news), self, G_CONNECT_SWAPPED);
  shown_cb (self);
}

/* Shows times as those since the start of a run, or as those of a clock. */
void
scope_table_view_set_elapsed (ScopeTableView *self,
                              gboolean        elapsed)
{
  g_return_if_fail (SCOPE_IS_TABLE_VIEW (self));

  self->elapsed = !!elapsed;
  queue_news (self);
}

/**
 * scope_table_view_list:
 * @self: the table
 *
 * Returns: (transfer full) (element-type ScopeEndpoint): the rows as they are
 *   shown
 */
GPtrArray *
scope_table_view_list (ScopeTableView *self)
{
  GPtrArray *endpoints = g_ptr_array_new_with_free_func (g_object_unref);
  guint      n;

  g_return_val_if_fail (SCOPE_IS_TABLE_VIEW (self), endpoints);

  if (self->is_stale)
    show_news (self);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->endpoints));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (endpoints, g_list_model_get_item (G_LIST_MODEL (self->endpoints), i));
  return endpoints;
}
