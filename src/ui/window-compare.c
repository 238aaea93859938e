/* window-compare.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is compared with: a run of a second file, which a thread reads once, or
 * another run of the window's own.  It is gone when the window is, and when a
 * run of a file that was begun anew is no more.
 */
#include "window-private.h"

#include "compared.h"
#include "csv-file.h"
#include "csv-load.h"

#include <glib/gi18n-lib.h>

#define NO_RUN (-1)

/* A second file while it is read. */
typedef struct
{
  ScopeHistory *history; /* owned: the thread's, until it is done */
  char         *path;    /* owned */
  char         *title;   /* owned */
  int           run;     /* that is wanted */
} Second;

static void
second_free (gpointer data)
{
  Second *second = data;

  g_object_unref (second->history);
  g_free (second->path);
  g_free (second->title);
  g_free (second);
}

static void
set_state (ScopeWindow *self,
           const char  *name,
           int          run)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_int32 (run));
}

static void
list_runs (GMenu        *menu,
           ScopeHistory *history,
           const char   *action)
{
  guint n_runs = history ? scope_history_get_n_runs (history) : 0;

  g_menu_remove_all (menu);
  for (guint run = 0; run < n_runs && n_runs > 1; run++)
    {
      g_autofree char      *label = scope_window_dup_run_label (history, run);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "i", (int) run);
      g_menu_append_item (menu, item);
    }
}

/* Says what is dashed, and what can be done about it. */
static void
update_banner (ScopeWindow *self)
{
  g_autofree char *text = NULL;

  if (self->comparing != NULL)
    /* Translators: a file's name. */
    text = g_strdup_printf (_("Reading %s to compare…"), self->comparing_title);
  else if (self->baseline != NULL)
    text = scope_compared_describe (self->baseline);
  if (text != NULL)
    scope_banner_show (self->compare_banner, text);
  else
    scope_banner_hide (self->compare_banner);
}

/* Brings the banner and the menu in line with what is compared; a menu of runs is
 * filled when there are others. */
void
scope_window_update_compare (ScopeWindow *self)
{
  gboolean is_own = self->baseline != NULL && scope_baseline_is_own (self->baseline);
  gboolean is_other = self->baseline != NULL && !is_own;
  guint    n_runs = self->history ? scope_history_get_n_runs (self->history) : 0;

  if (n_runs != self->compared_runs)
    list_runs (self->own_runs_menu, self->history, "win.compare-run");
  self->compared_runs = n_runs;
  set_state (self, "compare-run", is_own ? (int) scope_baseline_get_run (self->baseline) : NO_RUN);
  set_state (self, "baseline-run",
             is_other ? (int) scope_baseline_get_run (self->baseline) : NO_RUN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-file", self->view != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-none",
                                 self->baseline != NULL || self->comparing != NULL);
  update_banner (self);
}

/* No file is read any more. */
static void
end_reading (ScopeWindow *self)
{
  g_clear_object (&self->comparing);
  g_clear_pointer (&self->comparing_title, g_free);
}

/* Nobody waits for a file that is read. */
static void
stop_reading (ScopeWindow *self)
{
  if (self->comparing != NULL)
    g_cancellable_cancel (self->comparing);
  end_reading (self);
}

/* What is compared with from now on, if anything. */
static void
set_baseline (ScopeWindow   *self,
              ScopeBaseline *baseline)
{
  gboolean is_other = baseline != NULL && !scope_baseline_is_own (baseline);

  stop_reading (self);
  if (self->baseline != NULL)
    g_signal_handlers_disconnect_by_data (self->baseline, self);
  g_set_object (&self->baseline, baseline);
  g_clear_pointer (&self->baseline_path, g_free);
  if (baseline != NULL)
    g_signal_connect_object (baseline, "changed", G_CALLBACK (scope_window_update_compare), self,
                             G_CONNECT_SWAPPED);
  scope_chart_widget_set_baseline (self->chart, baseline);
  scope_legend_set_baseline (self->legend, baseline);
  list_runs (self->baseline_runs_menu, is_other ? scope_baseline_get_history (baseline) : NULL,
             "win.baseline-run");
  scope_window_update_compare (self);
}

static void
show_error (ScopeWindow  *self,
            const GError *error)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("Nothing to Compare With"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Second *second = data;
  GError *error = NULL;

  if (scope_csv_load (second->history, second->path, 0, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Whether there is what was asked for in the file. */
static gboolean
check_second (const Second *second,
              GError      **error)
{
  guint n_runs = scope_history_get_n_runs (second->history);

  if (n_runs > 0 && second->run < (int) n_runs)
    return TRUE;
  if (n_runs == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” holds no rows yet."), second->title);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 ngettext ("“%s” has %u run.", "“%s” has %u runs.", n_runs), second->title,
                 n_runs);
  return FALSE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  ScopeWindow              *self = SCOPE_WINDOW (source);
  Second                   *second = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)        error = NULL;
  g_autoptr (ScopeBaseline) baseline = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->comparing)
    return; /* nobody waits for it any more, which may be why it ended */
  end_reading (self);
  if (g_task_propagate_boolean (G_TASK (result), &error) && check_second (second, &error))
    {
      baseline = scope_baseline_new (self->history, self->view, second->history, second->run,
                                     second->title);
      set_baseline (self, baseline);
      self->baseline_path = g_strdup (second->path);
      return;
    }
  scope_window_update_compare (self);
  show_error (self, error);
}

/* Whether both names lead to the same file. */
/**
 * scope_window_compare:
 * @self: a window that shows a file
 * @file: another
 * @run: which run of it, counted from 0, or SCOPE_BASELINE_LAST_RUN
 *
 * Reads @file and compares with it; what goes wrong is said in a dialog.
 */
void
scope_window_compare (ScopeWindow *self,
                      GFile       *file,
                      int          run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask)  task = NULL;
  Second            *second;

  g_return_if_fail (SCOPE_IS_WINDOW (self));
  g_return_if_fail (self->view != NULL);

  if (g_file_peek_path (file) == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("Only a file of this computer can be compared with. Copy it here first."));
  else if (scope_csv_file_is_same (g_file_peek_path (self->file), g_file_peek_path (file)))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _("That is the file that is shown. Another run of it can be chosen in the menu."));
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  stop_reading (self);
  second = g_new0 (Second, 1);
  second->history = scope_history_new ();
  second->path = g_file_get_path (file);
  second->title = g_filename_display_basename (second->path);
  second->run = run;
  self->comparing = g_cancellable_new ();
  self->comparing_title = g_strdup (second->title);
  task = g_task_new (self, self->comparing, read_cb, NULL);
  g_task_set_task_data (task, second, second_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_thread);
  scope_window_update_compare (self);
}

/* The file was begun anew: its runs are others. */
void
scope_window_forget_runs (ScopeWindow *self)
{
  if (self->baseline != NULL && scope_baseline_is_own (self->baseline))
    set_baseline (self, NULL);
}

/* Holds nothing any more. */
void
scope_window_dispose_compare (ScopeWindow *self)
{
  stop_reading (self);
  g_clear_object (&self->baseline);
  g_clear_pointer (&self->baseline_path, g_free);
}

static void
compare_file_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view != NULL)
    scope_window_choose_baseline (self);
}

static void
compare_none_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  set_baseline (SCOPE_WINDOW (widget), NULL);
}

static void
compare_run_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  ScopeWindow              *self = data;
  g_autoptr (ScopeBaseline) baseline = NULL;
  int                       run = g_variant_get_int32 (parameter);

  if (self->view == NULL || run < 0 || run >= (int) scope_history_get_n_runs (self->history))
    return;
  baseline = scope_baseline_new (self->history, self->view, self->history, run, NULL);
  set_baseline (self, baseline);
}

static void
baseline_run_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  ScopeWindow *self = data;
  int          run = g_variant_get_int32 (parameter);

  if (self->baseline != NULL && run >= 0 &&
      run < (int) scope_history_get_n_runs (scope_baseline_get_history (self->baseline)))
    scope_baseline_set_run (self->baseline, (guint) run);
}

/* Makes the actions, and the menu that is a part of the drop-down. */
void
scope_window_add_compare (ScopeWindow *self)
{
  static const GActionEntry actions[] = {
    { "compare-run", compare_run_cb, "i", "-1" },
    { "baseline-run", baseline_run_cb, "i", "-1" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_menu_append_section (self->compare_menu, _("Runs of This File"),
                         G_MENU_MODEL (self->own_runs_menu));
  g_menu_append_section (self->compare_menu, _("Runs of the Other File"),
                         G_MENU_MODEL (self->baseline_runs_menu));
  g_menu_append_submenu (self->choice_menu, _("_Compare"), G_MENU_MODEL (self->compare_menu));
  scope_window_update_compare (self);
}

/* Adds the actions of its keys and buttons. */
void
scope_window_install_compare (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.compare-file", NULL, compare_file_action);
  gtk_widget_class_install_action (widget_class, "win.compare-none", NULL, compare_none_action);
}
