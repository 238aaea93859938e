/* window-choices.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drop-downs that say what is charted: a statistic of response times, one
 * of throughput, the averaging window, and one run or all.
 */
#include "window-private.h"

#include <glib/gi18n-lib.h>

static void
set_state (ScopeWindow *self,
           const char  *name,
           GVariant    *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
set_statistic_state (ScopeWindow   *self,
                     const char    *name,
                     ScopeStatistic statistic)
{
  g_autofree char *id = scope_statistic_dup_id (statistic);

  set_state (self, name, g_variant_new_string (id));
}

/* Brings the drop-down in line with the history. */
static void
chosen_cb (ScopeWindow *self)
{
  ScopeStatistic   response_time = scope_history_get_response_time (self->history);
  double           window = scope_history_get_window (self->history);
  g_autofree char *name = scope_statistic_dup_name (response_time);
  g_autofree char *label = NULL;

  set_statistic_state (self, "response-time", response_time);
  set_statistic_state (self, "throughput", scope_history_get_throughput (self->history));
  set_state (self, "window", g_variant_new_int32 ((int) window));
  if (!scope_history_uses_window (self->history, response_time))
    label = g_strdup (name);
  else if (window > 0)
    /* Translators: a statistic and its averaging window, as in “Average · 10 s”. */
    label = g_strdup_printf (_("%s · %g s"), name, window);
  else
    /* Translators: a statistic, worked out from one block to the next. */
    label = g_strdup_printf (_("%s · one block"), name);
  gtk_menu_button_set_label (self->choice_button, label);
}

static void
statistic_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  ScopeWindow   *self = data;
  ScopeStatistic statistic;

  if (self->history == NULL ||
      !scope_statistic_parse (g_variant_get_string (parameter, NULL), &statistic))
    return;
  if (scope_statistic_is_response_time (statistic))
    scope_history_set_response_time (self->history, statistic);
  else if (scope_statistic_is_throughput (statistic))
    scope_history_set_throughput (self->history, statistic);
  scope_window_keep_choice (self, g_action_get_name (G_ACTION (action)));
}

static void
window_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  ScopeWindow *self = data;

  if (self->history == NULL)
    return;
  scope_history_set_window (self->history, g_variant_get_int32 (parameter));
  scope_window_keep_choice (self, "window");
}

static void
show_run (ScopeWindow *self,
          int          run)
{
  g_autofree char *label = NULL;

  if (run < 0)
    label = g_strdup (_("All Runs"));
  else
    /* Translators: a start of the counters, counted from 1. */
    label = g_strdup_printf (_("Run %u"), (guint) run + 1);
  set_state (self, "run", g_variant_new_int32 (run));
  gtk_menu_button_set_label (self->run_button, label);
  scope_view_set_run (self->view, run);
  scope_history_set_latest_run (self->history, run);
  scope_limits_set_run (self->limits, run);
}

static void
run_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  ScopeWindow *self = data;

  if (self->view != NULL)
    show_run (self, g_variant_get_int32 (parameter));
}

static void
append_run (ScopeWindow *self,
            int          run,
            const char  *label)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.run", "i", run);
  g_menu_append_item (self->run_menu, item);
}

/* Returns: (transfer full): a run, counted from 0, and when it started. */
char *
scope_window_dup_run_label (ScopeHistory *history,
                            guint         run)
{
  double                time = scope_history_get_run_start (history, run);
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_local ((gint64) time);
  g_autofree char      *clock = start ? g_date_time_format (start, "%H:%M:%S") : g_strdup ("");

  /* Translators: a run, and when it started, as in “Run 2 · 14:03:20”. */
  return g_strdup_printf (_("Run %u · %s"), run + 1, clock);
}

/* Fills the menu of runs, which is there when there are several. */
void
scope_window_list_runs (ScopeWindow *self)
{
  guint n_runs = scope_history_get_n_runs (self->history);

  if (n_runs == self->listed_runs)
    return;
  self->listed_runs = n_runs;
  g_menu_remove_all (self->run_menu);
  append_run (self, -1, _("All Runs"));
  for (guint run = 0; run < n_runs; run++)
    {
      g_autofree char *label = scope_window_dup_run_label (self->history, run);

      append_run (self, (int) run, label);
    }
  if (scope_view_get_run (self->view) >= (int) n_runs || scope_view_get_run (self->view) < 0)
    show_run (self, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), n_runs > 1);
}

/* What the third chart shows, by the action's state. */
static const char *const FAILURES[] = {
  [SCOPE_FAILURES_NONE] = "none",
  [SCOPE_FAILURES_RATE] = "rate",
  [SCOPE_FAILURES_SHARE] = "share",
};

static void
failures_cb (GSimpleAction *action,
             GVariant      *state,
             gpointer       data)
{
  for (guint i = 0; i < G_N_ELEMENTS (FAILURES); i++)
    if (g_str_equal (FAILURES[i], g_variant_get_string (state, NULL)))
      {
        g_simple_action_set_state (action, state);
        scope_chart_widget_set_failures (SCOPE_WINDOW (data)->chart, i);
      }
}

static void
logarithmic_cb (GSimpleAction *action,
                GVariant      *state,
                gpointer       data)
{
  g_simple_action_set_state (action, state);
  scope_chart_widget_set_logarithmic (SCOPE_WINDOW (data)->chart, g_variant_get_boolean (state));
}

/* Makes the actions behind the drop-downs. */
void
scope_window_add_choices (ScopeWindow *self)
{
  static const GActionEntry actions[] = {
    { "response-time", statistic_cb, "s", "'average'" },
    { "throughput", statistic_cb, "s", "'requests'" },
    { "window", window_cb, "i", "10" },
    { "run", run_cb, "i", "-1" },
    { "failures", NULL, "s", "'none'", failures_cb },
    { "logarithmic", NULL, NULL, "false", logarithmic_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_menu_append_submenu (self->choice_menu, _("Response _Time"),
                         G_MENU_MODEL (self->response_time_menu));
  g_menu_append_submenu (self->choice_menu, _("Th_roughput"), G_MENU_MODEL (self->throughput_menu));
  g_menu_append_submenu (self->choice_menu, _("_Failures"), G_MENU_MODEL (self->failures_menu));
  g_menu_append (self->choice_menu, _("_Logarithmic Scale"), "win.logarithmic");
  scope_window_add_compare (self);
  g_menu_append_section (self->choice_menu, _("Averaging Window"),
                         G_MENU_MODEL (self->window_menu));
  g_menu_append_section (self->choice_menu, _("Time Shown"), G_MENU_MODEL (self->time_menu));
}

/* Fills the drop-down with what the file has. */
void
scope_window_list_choices (ScopeWindow *self)
{
  g_autoptr (GArray) list = scope_history_list_statistics (self->history);

  g_menu_remove_all (self->response_time_menu);
  g_menu_remove_all (self->throughput_menu);
  for (guint i = 0; i < list->len; i++)
    {
      ScopeStatistic        statistic = g_array_index (list, ScopeStatistic, i);
      gboolean              is_time = scope_statistic_is_response_time (statistic);
      g_autofree char      *id = scope_statistic_dup_id (statistic);
      g_autofree char      *name = scope_statistic_dup_name (statistic);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, is_time ? "win.response-time" : "win.throughput",
                                         "s", id);
      g_menu_append_item (is_time ? self->response_time_menu : self->throughput_menu, item);
    }
  g_signal_handlers_disconnect_by_func (self->history, chosen_cb, self);
  g_signal_connect_object (self->history, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  chosen_cb (self);
}
