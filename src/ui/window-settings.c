/* window-settings.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new window is as the last one was when it was closed: its size, its legend,
 * what it charted.  Where it looked is of its file alone, and not kept.
 */
#include "window-private.h"

#include "settings.h"

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

/* Gives a new window its size; before anything is laid out. */
void
scope_window_restore_size (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();

  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, SCOPE_SETTING_WINDOW_WIDTH),
                               g_settings_get_int (settings, SCOPE_SETTING_WINDOW_HEIGHT));
  if (g_settings_get_boolean (settings, SCOPE_SETTING_WINDOW_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  self->legend_width = g_settings_get_int (settings, SCOPE_SETTING_LEGEND_WIDTH);
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
  scope_history_set_window (self->history,
                            g_settings_get_int (settings, SCOPE_SETTING_AVERAGING_WINDOW));
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

/* How the window is as it closes. */
void
scope_window_keep_state (ScopeWindow *self)
{
  GSettings *settings = scope_settings_get ();
  int        width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  keep (settings, SCOPE_SETTING_WINDOW_MAXIMIZED,
        g_variant_new_boolean (gtk_window_is_maximized (GTK_WINDOW (self))));
  if (width > 0 && height > 0)
    {
      keep (settings, SCOPE_SETTING_WINDOW_WIDTH, g_variant_new_int32 (width));
      keep (settings, SCOPE_SETTING_WINDOW_HEIGHT, g_variant_new_int32 (height));
    }
  if (!adw_flap_get_folded (self->flap)) /* there was no room for it otherwise */
    keep (settings, SCOPE_SETTING_LEGEND_SHOWN,
          g_variant_new_boolean (adw_flap_get_reveal_flap (self->flap)));
  keep (settings, SCOPE_SETTING_LEGEND_WIDTH, g_variant_new_int32 (self->legend_width));
  keep (settings, SCOPE_SETTING_LEGEND_SORTED_BY,
        g_variant_new_string (scope_legend_get_sorted_by (self->legend)));
  keep (settings, SCOPE_SETTING_LEGEND_DESCENDING,
        g_variant_new_boolean (scope_legend_get_descending (self->legend)));
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    {
      g_autoptr (GVariant) state =
        g_action_group_get_action_state (G_ACTION_GROUP (self), ACTIONS[i].action);

      keep (settings, ACTIONS[i].key, state);
    }
}
