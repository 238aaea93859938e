/* window-settings.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new window is as the last one was: its size, its legend, what it charted.
 * Where it looked is of its file alone, and not kept.
 */
#include "window-private.h"

#include "settings.h"

/* Until the window manager has given a window that is no longer maximized its size. */
#define RESIZE_DELAY_MS 100

/* Actions whose states are kept. */
static const struct
{
  const char *key;
  const char *action;
} ACTIONS[] = {
  { SCOPE_SETTING_FAILURES, "failures" },
  { SCOPE_SETTING_LOGARITHMIC, "logarithmic" },
  { SCOPE_SETTING_ELAPSED_TIME, "elapsed" },
};

/* The last window may have been on a larger screen: no monitor is. */
static void
get_most (ScopeWindow  *self,
          GdkRectangle *most)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  guint       n = g_list_model_get_n_items (monitors);

  *most = (GdkRectangle){ .width = n > 0 ? 0 : G_MAXINT, .height = n > 0 ? 0 : G_MAXINT };
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle           place;

      gdk_monitor_get_geometry (monitor, &place);
      most->width = MAX (most->width, place.width);
      most->height = MAX (most->height, place.height);
    }
}

static void
set_size (ScopeWindow *self)
{
  GSettings   *settings = scope_settings_get ();
  GdkRectangle most;

  get_most (self, &most);
  gtk_window_set_default_size (
    GTK_WINDOW (self),
    MIN (g_settings_get_int (settings, SCOPE_SETTING_WINDOW_WIDTH), most.width),
    MIN (g_settings_get_int (settings, SCOPE_SETTING_WINDOW_HEIGHT), most.height));
}

/* Gives a new window its size; before anything is laid out. */
void
scope_window_restore_size (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();

  if (settings == NULL)
    return;
  set_size (self);
  self->legend_width = g_settings_get_int (settings, SCOPE_SETTING_LEGEND_WIDTH);
}

static gboolean
resize_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->resize = 0;
  set_size (self);
  return G_SOURCE_REMOVE;
}

/* Of a window that was maximized when it was made some window managers (xfwm4, for one)
 * take the size without its shadow for its own, once it is no longer maximized: with each
 * start it would be smaller. */
static void
maximized_cb (ScopeWindow *self)
{
  if (gtk_window_is_maximized (GTK_WINDOW (self)) || !self->starts_maximized)
    return;
  self->starts_maximized = FALSE;
  if (self->resize == 0)
    self->resize = g_timeout_add (RESIZE_DELAY_MS, resize_cb, self);
}

/* Not before: GTK has it as a property that is set when a window is made. */
void
scope_window_restore_maximized (ScopeWindow *self)
{
  if (!scope_settings_get_boolean (SCOPE_SETTING_WINDOW_MAXIMIZED, FALSE))
    return;
  self->starts_maximized = TRUE;
  g_signal_connect_object (self, "notify::maximized", G_CALLBACK (maximized_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_maximize (GTK_WINDOW (self));
}

/* The legend, and what is shown beside the two charts. */
void
scope_window_restore_state (ScopeWindow *self)
{
  GSettings       *settings = scope_settings_get ();
  g_autofree char *sorted_by = NULL;

  if (settings == NULL)
    return;
  sorted_by = g_settings_get_string (settings, SCOPE_SETTING_LEGEND_SORTED_BY);
  scope_legend_sort_as (self->legend, sorted_by,
                        g_settings_get_boolean (settings, SCOPE_SETTING_LEGEND_DESCENDING));
  adw_flap_set_reveal_flap (self->flap,
                            g_settings_get_boolean (settings, SCOPE_SETTING_LEGEND_SHOWN));
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, ACTIONS[i].key);
      g_autoptr (GVariant) state =
        g_action_group_get_action_state (G_ACTION_GROUP (self), ACTIONS[i].action);

      if (!g_variant_equal (value, state))
        g_action_group_change_action_state (G_ACTION_GROUP (self), ACTIONS[i].action, value);
    }
}

/* What the history charts, if it has that. */
void
scope_window_restore_choices (ScopeWindow *self)
{
  GSettings       *settings = scope_settings_get ();
  g_autofree char *response_time = NULL;
  g_autofree char *throughput = NULL;
  const int        windows[] = { 0, 5, 10, 30, 60 }; /* those of the menu */
  int              window;
  ScopeStatistic   statistic;

  if (settings == NULL)
    return;
  response_time = g_settings_get_string (settings, SCOPE_SETTING_RESPONSE_TIME);
  throughput = g_settings_get_string (settings, SCOPE_SETTING_THROUGHPUT);
  /* The default is that of the file, which may not have an average. */
  if (g_settings_get_user_value (settings, SCOPE_SETTING_RESPONSE_TIME) != NULL &&
      scope_statistic_parse (response_time, &statistic) &&
      scope_statistic_is_response_time (statistic))
    scope_history_set_response_time (self->history, statistic);
  if (scope_statistic_parse (throughput, &statistic) && scope_statistic_is_throughput (statistic))
    scope_history_set_throughput (self->history, statistic);
  window = g_settings_get_int (settings, SCOPE_SETTING_AVERAGING_WINDOW);
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    if (windows[i] == window)
      scope_history_set_window (self->history, window);
}

/* What a user chose by the action @name, which a history has taken. */
void
scope_window_keep_choice (ScopeWindow *self,
                          const char  *name)
{
  GSettings           *settings = scope_settings_get ();
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), name);

  if (settings != NULL)
    g_settings_set_value (
      settings, g_str_equal (name, "window") ? SCOPE_SETTING_AVERAGING_WINDOW : name, state);
}

/* What is written only where it has changed. */
static void
keep (GSettings  *settings,
      const char *key,
      GVariant   *value)
{
  g_autoptr (GVariant) wanted = g_variant_ref_sink (value);
  g_autoptr (GVariant) kept = g_settings_get_value (settings, key);

  if (!g_variant_equal (wanted, kept))
    g_settings_set_value (settings, key, wanted);
}

/* Where there was room for it, and it went by itself. */
static void
legend_cb (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();

  if (!adw_flap_get_folded (self->flap))
    keep (settings, SCOPE_SETTING_LEGEND_SHOWN,
          g_variant_new_boolean (adw_flap_get_reveal_flap (self->flap)));
}

static void
sorted_cb (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();

  keep (settings, SCOPE_SETTING_LEGEND_SORTED_BY,
        g_variant_new_string (scope_legend_get_sorted_by (self->legend)));
  keep (settings, SCOPE_SETTING_LEGEND_DESCENDING,
        g_variant_new_boolean (scope_legend_get_descending (self->legend)));
}

static void
action_cb (ScopeWindow *self,
           const char  *name,
           GVariant    *state)
{
  GSettings *settings = scope_settings_get ();

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS) && !self->charts_limited; i++)
    if (g_str_equal (ACTIONS[i].action, name))
      keep (settings, ACTIONS[i].key, state);
}

/* From now on what the user changes is kept at once: the next window has it. */
void
scope_window_keep_changes (ScopeWindow *self)
{
  if (scope_settings_get () == NULL)
    return;
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (legend_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->legend, "notify::sorted-by", G_CALLBACK (sorted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "action-state-changed", G_CALLBACK (action_cb), NULL);
}

/* How large the window is as it closes, and its legend. */
void
scope_window_keep_size (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();
  int        width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  keep (settings, SCOPE_SETTING_WINDOW_MAXIMIZED,
        g_variant_new_boolean (gtk_window_is_maximized (GTK_WINDOW (self))));
  if (width > 0 && height > 0 && !self->starts_maximized && self->resize == 0)
    {
      keep (settings, SCOPE_SETTING_WINDOW_WIDTH, g_variant_new_int32 (width));
      keep (settings, SCOPE_SETTING_WINDOW_HEIGHT, g_variant_new_int32 (height));
    }
  keep (settings, SCOPE_SETTING_LEGEND_WIDTH, g_variant_new_int32 (self->legend_width));
}
