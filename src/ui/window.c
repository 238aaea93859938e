/* window.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window itself: what it is made of, its actions, and how it adapts.
 */
#include "window-private.h"

#include "menus.h"
#include "recent-files.h"

#include <glib/gi18n-lib.h>

/* Below this the header bar has no room for the drop-downs. */
#define NARROW_PX 720

#define SHOWN_RECENT       8
#define SAMPLE_FILE_NAME   "sample_stats_history.csv"

/* The legend's share does not follow each pixel: a window's first width differs
 * a little from what was asked for, and all would be drawn twice. */
#define ADAPT_STEP_PX 32

/* A window that appears with all that is in its file is better than one that
 * appears a little sooner. */
#define MOST_WAIT_US 350000

/* Of the sample run, so that there is something to see at once. */
#define SAMPLE_HEAD_S 75

G_DEFINE_FINAL_TYPE (ScopeWindow, scope_window, ADW_TYPE_APPLICATION_WINDOW)

/* "results_stats_history.csv – folder": many have the same name. */
static char *
dup_recent_label (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *folder_name = g_filename_display_basename (folder);
  g_autofree char *label = g_strdup_printf ("%s – %s", name, folder_name);
  g_auto (GStrv)   parts = g_strsplit (label, "_", -1);

  return g_strdelimit (g_strjoinv ("__", parts), "\r\n\t", ' '); /* no mnemonics */
}

/* The arrow beside Open has a tooltip, but no name for a screen reader. */
static void
name_recent_arrow (ScopeWindow *self)
{
  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (self->open_button)); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    if (GTK_IS_MENU_BUTTON (part))
      gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Recent files"), -1);
}

/* A menu button's tooltip is its own, but the focus is on the button inside. */
static void
describe_menu_buttons (ScopeWindow *self)
{
  GtkMenuButton *buttons[] = { self->run_button, self->choice_button, self->narrow_run_button,
                               self->narrow_choice_button };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (buttons[i]))),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      gtk_widget_get_tooltip_text (GTK_WIDGET (buttons[i])), -1);
}

static void
update_recent_menu (ScopeWindow *self)
{
  g_autoptr (GPtrArray) files = scope_recent_files_list (SHOWN_RECENT);

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; i < files->len; i++)
    {
      GFile                *file = g_ptr_array_index (files, i);
      g_autofree char      *uri = g_file_get_uri (file);
      g_autofree char      *label = dup_recent_label (file);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "app.open-file", "s", uri);
      g_menu_append_item (self->recent_menu, item);
    }
  if (files->len == 0)
    g_menu_append (self->recent_menu, _("No recent files"), "win.nothing");
}

/* Which window a file is shown in is the application's business. */
static void
ask_to_open (ScopeWindow *self,
             GFile       *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-file", "s", uri);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  scope_window_choose_file (SCOPE_WINDOW (widget));
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  scope_window_choose_export (SCOPE_WINDOW (widget));
}

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->feed == NULL)
    return;
  adw_flap_set_reveal_flap (self->flap, TRUE);
  scope_legend_search (self->legend);
}

/* Under the name that GTK looks for, it would be made with each window. */
static void
shortcuts_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  GtkApplicationWindow *self = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (self) == NULL)
    {
      g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/io/github/locustscope/Locustscope/shortcuts.ui");
      GObject *overlay = gtk_builder_get_object (builder, "help_overlay");

      g_object_set (overlay, "section-name", "charts", NULL); /* the last one otherwise */
      gtk_window_set_application (GTK_WINDOW (overlay),
                                  gtk_window_get_application (GTK_WINDOW (self)));
      gtk_application_window_set_help_overlay (self, GTK_SHORTCUTS_WINDOW (overlay));
    }
  g_action_group_activate_action (G_ACTION_GROUP (self), "show-help-overlay", NULL);
}

static void
show_bad_rows_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  scope_window_show_bad_rows (SCOPE_WINDOW (widget));
}

static gboolean
drop_cb (ScopeWindow  *self,
         const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    ask_to_open (self, l->data);
  return files != NULL;
}

static void
accept_drops (ScopeWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

/* libadwaita 1.2 has no breakpoints: what a narrow header bar cannot hold
 * stands below the charts, and the legend takes its share of a wide window. */
static void
adapt (ScopeWindow *self)
{
  gboolean narrow = self->width < NARROW_PX;

  gtk_widget_set_visible (self->wide_bar, !narrow);
  gtk_widget_set_visible (self->export_button, !narrow);
  gtk_widget_set_visible (self->narrow_bar, narrow);
  scope_window_size_legend (self);
}

static gboolean
adapt_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->adapt = 0;
  adapt (self);
  return G_SOURCE_REMOVE;
}

static void
scope_window_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  GTK_WIDGET_CLASS (scope_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (ABS (width - self->width) < ADAPT_STEP_PX &&
      (width < NARROW_PX) == (self->width < NARROW_PX))
    return;
  self->width = width;
  if (self->adapt == 0) /* not while widgets are being given their places */
    self->adapt = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_cb, self, NULL);
}

/* Where its properties have their first values. */
static void
scope_window_constructed (GObject *object)
{
  G_OBJECT_CLASS (scope_window_parent_class)->constructed (object);
  scope_window_restore_maximized (SCOPE_WINDOW (object));
}

static gboolean
scope_window_close_request (GtkWindow *window)
{
  scope_window_keep_size (SCOPE_WINDOW (window));
  scope_window_flush_memory (SCOPE_WINDOW (window));
  return GTK_WINDOW_CLASS (scope_window_parent_class)->close_request (window);
}

static void
scope_window_dispose (GObject *object)
{
  ScopeWindow *self = SCOPE_WINDOW (object);

  /* The action holds the flap, and what is in the flap holds the action. */
  if (self->show_legend != NULL)
    g_action_map_remove_action (G_ACTION_MAP (self), g_action_get_name (self->show_legend));
  g_clear_object (&self->show_legend);
  if (self->feed != NULL)
    scope_feed_stop (self->feed);
  g_clear_object (&self->feed);
  g_clear_object (&self->replay);
  scope_window_dispose_memory (self);
  scope_window_drop_limits (self);
  scope_window_dispose_compare (self);
  g_clear_object (&self->view);
  g_clear_object (&self->cursor);
  g_clear_object (&self->history);
  /* Now that nothing can ask for them any more. */
  g_clear_handle_id (&self->show_loading, g_source_remove);
  g_clear_handle_id (&self->show_news, g_source_remove);
  g_clear_handle_id (&self->update_banners, g_source_remove);
  g_clear_handle_id (&self->adapt, g_source_remove);
  g_clear_handle_id (&self->resize, g_source_remove);
  g_clear_handle_id (&self->look_again, g_source_remove);
  g_clear_object (&self->file);
  g_clear_object (&self->beside);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->title, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_WINDOW);
  G_OBJECT_CLASS (scope_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, choice_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, narrow_choice_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, narrow_run_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, choice_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, response_time_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, throughput_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, failures_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, window_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, time_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, compare_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, own_runs_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, baseline_runs_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, compare_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, wide_bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, run_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, run_menu);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, error_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, total_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, writers_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, shown_bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, shown_label);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, limits_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, bad_rows_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, stopped_banner);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, waiting_page);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, views);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, jump_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, legend);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, legend_edge);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, charts_edge);
}

static void
scope_window_class_init (ScopeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = scope_window_constructed;
  G_OBJECT_CLASS (klass)->dispose = scope_window_dispose;
  widget_class->size_allocate = scope_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = scope_window_close_request;
  g_type_ensure (SCOPE_TYPE_BANNER);
  g_type_ensure (SCOPE_TYPE_CHART_WIDGET);
  g_type_ensure (SCOPE_TYPE_LEGEND);
  g_type_ensure (SCOPE_TYPE_START_PAGE);
  scope_window_install_table (widget_class);
  bind_template (widget_class);
  scope_window_install_failed (widget_class);

  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  scope_window_install_reading (widget_class);
  scope_window_install_time (widget_class);
  scope_window_install_shown (widget_class);
  scope_window_install_limits (widget_class);
  scope_window_install_compare (widget_class);
  scope_window_install_legend (widget_class);
  scope_window_install_print (widget_class);
  scope_window_install_export (widget_class);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.show-bad-rows", NULL, show_bad_rows_action);
}

static void
fill_menus (ScopeWindow *self)
{
  scope_menus_fill (self->primary_menu, "primary_menu");
  scope_menus_fill (self->failures_menu, "failures_menu");
  scope_menus_fill (self->window_menu, "window_menu");
  scope_menus_fill (self->time_menu, "time_menu");
  scope_menus_fill (self->compare_menu, "compare_menu");
}

static void
scope_window_init (ScopeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  scope_window_restore_size (self);
  fill_menus (self);
  self->show_legend = G_ACTION (g_property_action_new ("show-legend", self->flap, "reveal-flap"));
  g_action_map_add_action (G_ACTION_MAP (self), self->show_legend);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (update_recent_menu), self, G_CONNECT_SWAPPED);
  accept_drops (self);
  /* As wide as it will be: nothing is drawn twice. */
  g_object_get (self, "default-width", &self->width, NULL);
  adapt (self);
  scope_window_add_time (self);
  scope_window_add_choices (self);
  scope_window_add_legend (self);
  scope_window_add_table (self);
  scope_window_restore_state (self);
  scope_window_keep_changes (self);
  name_recent_arrow (self);
  describe_menu_buttons (self);
  update_recent_menu (self);
  scope_window_update_title (self);
  scope_window_update_page (self);
}

/**
 * scope_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window with the start page
 */
ScopeWindow *
scope_window_new (AdwApplication *application)
{
  return g_object_new (SCOPE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * scope_window_find_last:
 * @application: the application
 *
 * Returns: (transfer none) (nullable): the window that was used last, also where a
 *   dialog of it is in front
 */
ScopeWindow *
scope_window_find_last (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* Does, while the file is being read, what GTK would do only when the window is
 * shown: styles and measures all that is in it. */
static void
make_ready (ScopeWindow *self)
{
  int width;

  gtk_stack_set_visible_child_name (self->stack, "charts");
  gtk_widget_realize (GTK_WIDGET (self));
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
}

/**
 * scope_window_open:
 * @self: a window that shows no file yet
 * @feed: of a local file, which need not exist yet, or of standard input; it may
 *   read ahead
 * @history: what it reads ahead into
 */
void
scope_window_open (ScopeWindow  *self,
                   ScopeCsvFeed *feed,
                   ScopeHistory *history)
{
  GFile           *file = scope_csv_feed_get_file (feed);
  g_autofree char *name = scope_csv_feed_is_stream (feed)
                            ? g_strdup (_("Standard input"))
                            : g_filename_display_basename (g_file_peek_path (file));

  g_return_if_fail (SCOPE_IS_WINDOW (self));
  make_ready (self);
  scope_csv_feed_wait (feed, MOST_WAIT_US);
  scope_window_follow (self, feed, history, name);
}

/**
 * scope_window_open_sample:
 * @self: a window that shows no file yet
 * @recording: the sample run
 *
 * Replays the sample run to a file and follows it like any other.
 *
 * Returns: whether the file could be made
 */
gboolean
scope_window_open_sample (ScopeWindow *self,
                          GBytes      *recording)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ScopeFeed) feed = NULL;
  g_autoptr (ScopeHistory) history = scope_history_new ();

  g_return_val_if_fail (SCOPE_IS_WINDOW (self), FALSE);

  self->replay = scope_replay_new (recording, SAMPLE_FILE_NAME, SAMPLE_HEAD_S, &error);
  if (self->replay == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return FALSE;
    }
  feed = scope_csv_feed_new (scope_replay_get_file (self->replay));
  scope_window_follow (self, SCOPE_CSV_FEED (feed), history, _("Sample Run"));
  return TRUE;
}

/* Returns: (transfer none) (nullable): the file that is shown. */
GFile *
scope_window_get_file (ScopeWindow *self)
{
  g_return_val_if_fail (SCOPE_IS_WINDOW (self), NULL);
  return self->file;
}
