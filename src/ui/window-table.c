/* window-table.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table in place of the charts, and what is copied: the charts as a picture,
 * the table as text.
 */
#include "window-private.h"

#include "export.h"
#include "table-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_shown (ScopeWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "table") == 0;
}

/* A window begins with the charts, and sooner without a table. */
static void
make_table (ScopeWindow *self)
{
  if (self->table != NULL)
    return;
  self->table = g_object_new (SCOPE_TYPE_TABLE_VIEW, NULL);
  gtk_stack_add_named (self->views, GTK_WIDGET (self->table), "table");
  scope_table_view_set_history (self->table, self->history, self->view, self->cursor);
  scope_table_view_set_elapsed (self->table,
                                scope_chart_widget_get_picture (self->chart).elapsed);
}

/* A cursor that goes with the pointer would leave with the charts: it stays where
 * it is, since that is what its user wants to see the numbers of. */
static void
keep_cursor (ScopeWindow *self)
{
  double time;

  if (scope_cursor_get_time (self->cursor, &time))
    scope_cursor_pin (self->cursor, time);
}

static void
show_table_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       data)
{
  ScopeWindow *self = data;
  gboolean     show = g_variant_get_boolean (state);

  if (self->view == NULL || show == is_shown (self))
    return;
  g_simple_action_set_state (action, state);
  if (show)
    {
      make_table (self);
      keep_cursor (self);
    }
  gtk_stack_set_visible_child_name (self->views, show ? "table" : "charts");
  gtk_widget_grab_focus (show ? GTK_WIDGET (self->table) : GTK_WIDGET (self->chart));
}

static void
show_toast (ScopeWindow *self,
            const char  *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
show_error (ScopeWindow  *self,
            const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  show_toast (self, escaped);
}

/* As the export draws them: light, since it is pasted into something. */
static void
copy_picture_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  ScopeWindow      *self = data;
  ScopePicture      picture = scope_chart_widget_get_picture (self->chart);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) content = NULL;

  picture.theme = SCOPE_THEME_LIGHT;
  picture.heading = self->title;
  bytes = scope_export_draw_png (&picture, &SCOPE_EXPORT_DEFAULT_SIZE, &error);
  if (bytes == NULL)
    {
      show_error (self, error);
      return;
    }
  content = gdk_content_provider_new_for_bytes ("image/png", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  show_toast (self, _("The charts were copied as a picture"));
}

/* In the order in which rows are shown, otherwise as the legend has them. */
static char *
dup_text (ScopeWindow *self)
{
  g_autoptr (GPtrArray) endpoints = NULL;
  ScopeTableTimes       times;

  scope_table_times_init (&times, self->history, self->view, self->cursor);
  endpoints = is_shown (self) ? scope_table_view_list (self->table)
                              : scope_table_list (&times, SCOPE_TABLE_UNSORTED);
  return scope_table_to_text (&times, endpoints);
}

/* As bytes: a string would be converted on its way out, and with GTK 4.8 on X11
 * the stream that does it is closed, and waits for ever, in the thread that the
 * reader is served in; a text of more than a few hundred kilobytes then hangs the
 * program.  Whoever asks GTK for a string still gets one. */
static void
copy_text (ScopeWindow *self,
           const char  *text)
{
  static const char *const       types[] = { "text/plain;charset=utf-8", "text/plain" };
  g_autoptr (GBytes)             bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GdkContentProvider) content = NULL;
  GdkContentProvider            *ways[G_N_ELEMENTS (types)];

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    ways[i] = gdk_content_provider_new_for_bytes (types[i], bytes);
  content = gdk_content_provider_new_union (ways, G_N_ELEMENTS (ways));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
}

static void
copy_table_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  ScopeWindow     *self = data;
  g_autofree char *text = dup_text (self);

  copy_text (self, text);
  show_toast (self, _("The table was copied as text"));
}

/* Whoever types, or has selected text, copies that or nothing. */
static gboolean
copy_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_LABEL (focus)))
    return FALSE;
  return gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
}

/* Without data there is nothing to copy, and no table. */
void
scope_window_update_table (ScopeWindow *self,
                           gboolean     has_blocks)
{
  static const char *const names[] = { "show-table", "copy-picture", "copy-table" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), names[i])), has_blocks);
}

/* Makes the actions. */
void
scope_window_add_table (ScopeWindow *self)
{
  static const GActionEntry actions[] = {
    { "show-table", NULL, NULL, "false", show_table_cb },
    { "copy-picture", copy_picture_cb },
    { "copy-table", copy_table_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* Ctrl+C, and with Shift: no accelerators of the application, which would come
 * before the text in focus. */
void
scope_window_install_table (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_key_cb, "s",
                                "win.copy-picture");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                copy_key_cb, "s", "win.copy-table");
}
