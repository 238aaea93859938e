/* window-time.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The actions that say which stretch of time is looked at, and the button that
 * leads back to the test.
 */
#include "window-private.h"

#include "elapsed.h"

#include <glib/gi18n-lib.h>

#define ZOOM_FACTOR 1.5

static ScopeZoom *
get_zoom (ScopeWindow *self)
{
  return scope_chart_widget_get_zoom (self->chart);
}

static void
zoom_in_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  scope_chart_widget_zoom (SCOPE_WINDOW (widget)->chart, 1 / ZOOM_FACTOR);
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  scope_chart_widget_zoom (SCOPE_WINDOW (widget)->chart, ZOOM_FACTOR);
}

static void
zoom_all_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view == NULL)
    return;
  scope_zoom_remember (get_zoom (self));
  scope_zoom_to_all (get_zoom (self));
}

static void
zoom_back_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view != NULL)
    scope_zoom_back (get_zoom (self));
}

static void
zoom_forward_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view != NULL)
    scope_zoom_forward (get_zoom (self));
}

static void
follow_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view == NULL || !scope_view_get_fixed (self->view))
    return;
  scope_zoom_remember (get_zoom (self));
  scope_view_follow (self->view);
}

static void
freeze_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->view == NULL)
    return;
  self->frozen = !scope_view_get_fixed (self->view);
  scope_zoom_freeze (get_zoom (self), self->frozen);
}

/* Lets the cursor go, if nothing in focus wants the key. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);
  double       time;

  if (self->cursor == NULL || !scope_cursor_get_time (self->cursor, &time))
    return FALSE;
  scope_cursor_clear (self->cursor);
  return TRUE;
}

static void
stretch_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  ScopeWindow *self = data;

  if (self->view == NULL)
    return;
  scope_zoom_remember (get_zoom (self));
  scope_view_follow (self->view);
  scope_view_set_window (self->view, g_variant_get_int32 (parameter));
}

/* Returns: (transfer full): @time, in seconds since the epoch, as the charts of the
 *   window @data say it. */
char *
scope_window_format_time (gpointer data,
                          double   time)
{
  ScopePicture picture = scope_chart_widget_get_picture (SCOPE_WINDOW (data)->chart);

  return scope_format_moment (time, scope_picture_get_origin (&picture));
}

static void
elapsed_cb (GSimpleAction *action,
            GVariant      *state,
            gpointer       data)
{
  ScopeWindow *self = data;
  gboolean     elapsed = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  scope_chart_widget_set_elapsed (self->chart, elapsed);
  if (self->table != NULL)
    scope_table_view_set_elapsed (self->table, elapsed);
  scope_legend_set_format_time (self->legend, scope_window_format_time, self);
  scope_window_update_limits (self);
}

/* Brings the menu and the button in line with the view and the test. */
void
scope_window_update_time (ScopeWindow *self)
{
  GAction *stretch = g_action_map_lookup_action (G_ACTION_MAP (self), "stretch");
  gboolean fixed = self->view != NULL && scope_view_get_fixed (self->view);
  gboolean live = self->feed != NULL && scope_feed_get_state (self->feed) == SCOPE_FEED_LIVE;
  const char *label;
  int      seconds = 0; /* of the menu; none of it while the view does not follow */

  if (self->view != NULL)
    seconds = fixed ? -1 : (int) scope_view_get_window (self->view);

  self->frozen &= fixed;
  g_simple_action_set_state (G_SIMPLE_ACTION (stretch), g_variant_new_int32 (seconds));
  gtk_widget_set_visible (self->jump_button, fixed);
  if (!live)
    /* Translators: shows all of the time axis again. */
    label = _("_Whole Test");
  else if (self->frozen)
    /* Translators: the picture stands still, and a click brings it back to the test. */
    label = _("Paused · Jump to _Live");
  else
    label = _("Jump to _Live");
  gtk_button_set_label (GTK_BUTTON (self->jump_button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->jump_button),
                                  live ? "win.follow" : "win.zoom-all");
}

/* Makes the menu's actions. */
void
scope_window_add_time (ScopeWindow *self)
{
  static const GActionEntry actions[] = {
    { "stretch", stretch_cb, "i", "0" },
    { "elapsed", NULL, NULL, "false", elapsed_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* Adds the actions for a stretch of time. */
void
scope_window_install_time (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.zoom-in", NULL, zoom_in_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-out", NULL, zoom_out_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-all", NULL, zoom_all_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-back", NULL, zoom_back_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-forward", NULL, zoom_forward_action);
  gtk_widget_class_install_action (widget_class, "win.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "win.freeze", NULL, freeze_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
