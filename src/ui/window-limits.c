/* window-limits.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window's limits: the action that opens their dialog, and the banner that
 * says which endpoints exceeded them.  All endpoints are asked, those that are
 * not drawn too: a little at a time, at most once a second.
 */
#include "window-private.h"

#include "limit-text.h"
#include "limits-dialog.h"

#define SURVEY_INTERVAL_MS 1000
#define SLICE_US           4000

/* Whether it is limited already. */
static gboolean
knows (ScopeWindow   *self,
       ScopeStatistic statistic)
{
  for (guint i = 0; i < self->limited->len; i++)
    if (scope_statistic_equal (g_array_index (self->limited, ScopeStatistic, i), statistic))
      return TRUE;
  return FALSE;
}

/* Charts what is limited from now on: a limit that is not seen is no help. */
static void
chart_limited (ScopeWindow *self)
{
  guint n = scope_limits_get_n_statistics (self->limits);

  for (guint i = 0; i < n; i++)
    {
      ScopeStatistic statistic = scope_limits_get_statistic (self->limits, i);

      if (knows (self, statistic))
        continue;
      if (scope_statistic_is_response_time (statistic))
        scope_history_set_response_time (self->history, statistic);
      else if (statistic.kind == SCOPE_STATISTIC_FAILURE_SHARE)
        {
          self->charts_limited = TRUE; /* of this file: nobody chose it for others */
          g_action_group_activate_action (G_ACTION_GROUP (self), "failures",
                                          g_variant_new_string ("share"));
          self->charts_limited = FALSE;
        }
    }
  g_array_set_size (self->limited, 0);
  for (guint i = 0; i < n; i++)
    {
      ScopeStatistic statistic = scope_limits_get_statistic (self->limits, i);

      g_array_append_val (self->limited, statistic);
    }
}

static void
show_findings (ScopeWindow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint               n_above = 0;

  for (guint i = 0; i < self->survey.findings->len; i++)
    {
      const ScopeLimitsFinding *finding =
        &g_array_index (self->survey.findings, ScopeLimitsFinding, i);
      g_autofree char *line = NULL;

      if (finding->n_exceeded == 0)
        continue;
      n_above += finding->n_above;
      line = scope_limit_text_finding (self->limits, finding, scope_window_format_time, self);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (text->len > 0)
    scope_banner_show (self->limits_banner, text->str);
  else
    scope_banner_hide (self->limits_banner);
  scope_window_tell_exceeded (self, n_above, text->str);
}

static gboolean
survey_cb (gpointer data)
{
  ScopeWindow *self = data;

  if (!scope_limits_survey_go_on (&self->survey, g_get_monotonic_time () + SLICE_US))
    return G_SOURCE_CONTINUE;
  self->go_on_survey = 0;
  show_findings (self);
  scope_limits_survey_clear (&self->survey);
  return G_SOURCE_REMOVE;
}

static void
stop_survey (ScopeWindow *self)
{
  g_clear_handle_id (&self->go_on_survey, g_source_remove);
  scope_limits_survey_clear (&self->survey);
}

static void
start_survey (ScopeWindow *self)
{
  stop_survey (self);
  scope_limits_survey_init (&self->survey, self->limits);
  self->go_on_survey = g_idle_add_full (G_PRIORITY_LOW, survey_cb, self, NULL);
}

static gboolean
start_survey_cb (gpointer data)
{
  ScopeWindow *self = data;

  if (self->go_on_survey != 0) /* the last one goes on yet */
    return G_SOURCE_CONTINUE;
  self->start_survey = 0;
  start_survey (self);
  return G_SOURCE_REMOVE;
}

/* There is something new to look at. */
static void
queue_survey (ScopeWindow *self)
{
  if (self->start_survey == 0 && scope_limits_get_n_statistics (self->limits) > 0)
    self->start_survey = g_timeout_add (SURVEY_INTERVAL_MS, start_survey_cb, self);
}

static void
changed_cb (ScopeWindow *self)
{
  chart_limited (self);
  self->n_above = SCOPE_ABOVE_UNKNOWN;
  start_survey (self);
}

/* What was found of endpoints that are gone is nothing any more. */
static void
items_changed_cb (ScopeWindow *self,
                  guint        position,
                  guint        n_removed,
                  guint        n_added)
{
  if (n_removed > 0)
    stop_survey (self);
  queue_survey (self);
}

/* Makes the limits of the window's history, and listens to them. */
void
scope_window_add_limits (ScopeWindow *self)
{
  self->limited = g_array_new (FALSE, FALSE, sizeof (ScopeStatistic));
  self->limits = scope_limits_new (self->history);
  g_signal_connect_object (self->limits, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "appended", G_CALLBACK (queue_survey), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "chosen", G_CALLBACK (queue_survey), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  scope_chart_widget_set_limits (self->chart, self->limits);
  scope_legend_set_limits (self->legend, self->limits);
}

/* Times are said another way: what was exceeded is said anew. */
void
scope_window_update_limits (ScopeWindow *self)
{
  if (self->limits != NULL)
    start_survey (self);
}

/* Ends all that looks at them. */
void
scope_window_drop_limits (ScopeWindow *self)
{
  stop_survey (self);
  g_clear_handle_id (&self->start_survey, g_source_remove);
  g_clear_pointer (&self->limited, g_array_unref);
  g_clear_object (&self->limits);
}

static void
dialog_gone_cb (ScopeWindow *self)
{
  self->limits_dialog = NULL;
}

/**
 * scope_window_show_limits:
 * @self: a window that shows a file
 * @endpoint: (nullable): whose limit is to be set
 *
 * Opens the dialog, or raises it.
 */
void
scope_window_show_limits (ScopeWindow   *self,
                          ScopeEndpoint *endpoint)
{
  if (self->limits == NULL || scope_history_get_n_blocks (self->history) == 0)
    return;
  if (self->limits_dialog == NULL)
    {
      self->limits_dialog = scope_limits_dialog_new (GTK_WINDOW (self), self->limits);
      g_signal_connect_object (self->limits_dialog, "destroy", G_CALLBACK (dialog_gone_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (endpoint != NULL)
    scope_limits_dialog_choose (self->limits_dialog, endpoint);
  gtk_window_present (GTK_WINDOW (self->limits_dialog));
}

static void
limits_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  scope_window_show_limits (self, scope_legend_get_focused (self->legend));
}

/* Adds the action that opens the dialog. */
void
scope_window_install_limits (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.limits", NULL, limits_action);
}
