/* window-failed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page in place of the charts of a file that cannot be shown: why, and the
 * history beside it, where Locust wrote both.
 */
#include "window-private.h"

#include "csv-foreign.h"

#include <glib/gi18n-lib.h>

static void
set_suggested (GtkWidget *button,
               gboolean   suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
update (ScopeWindow *self)
{
  const GError    *error = self->feed ? scope_feed_get_error (self->feed) : NULL;
  gboolean         has_history = self->beside != NULL;
  g_autofree char *path = has_history ? g_file_get_path (self->beside) : NULL;
  g_autofree char *name = path ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (error == NULL)
    return;
  text = g_error_matches (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_READ)
           ? g_strdup_printf (_("%s It is shown here as soon as it can be."), error->message)
           : scope_csv_foreign_name_history (error->message, has_history ? name : NULL);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->failed_page, escaped);
  gtk_widget_set_visible (self->history_button, has_history);
  set_suggested (self->another_button, !has_history);
  if (has_history)
    {
      /* Translators: the name of a file. */
      g_autofree char *label = g_strdup_printf (_("Open %s"), name);

      gtk_label_set_label (self->history_label, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->history_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ScopeWindow) self = data;
  g_autoptr (GFileInfo)   info = g_file_query_info_finish (G_FILE (source), result, NULL);
  GtkWidget              *focus;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      self->feed == NULL)
    return;
  g_set_object (&self->beside, G_FILE (source));
  update (self);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus == NULL || focus == self->another_button)
    gtk_widget_grab_focus (self->history_button);
}

/* A disk may take its time to say whether it is there. */
static void
look_for_history (ScopeWindow *self)
{
  const GError     *error = scope_feed_get_error (self->feed);
  g_autofree char  *path = g_file_get_path (self->file);
  g_autofree char  *history = path ? scope_csv_foreign_find_history (path) : NULL;
  g_autoptr (GFile) file = NULL;

  if (history == NULL || !g_error_matches (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT))
    return;
  file = g_file_new_for_path (history);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, looked_cb, g_object_ref (self));
}

/* Says why there are no charts; looks for the history when the page comes up. */
void
scope_window_show_failed (ScopeWindow *self)
{
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0;

  if (!was_shown)
    g_clear_object (&self->beside);
  update (self);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  if (was_shown)
    return;
  gtk_widget_grab_focus (self->another_button);
  look_for_history (self);
}

/* Turns to another page; the focus does not stay behind on a button. */
void
scope_window_leave_failed (ScopeWindow *self,
                           const char  *page)
{
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0;

  gtk_stack_set_visible_child_name (self->stack, page);
  if (was_shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->chart));
}

/* Opens the history in a window of its own, and closes this one, which has
 * nothing to show. */
static void
open_history_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ScopeWindow     *self = SCOPE_WINDOW (widget);
  g_autofree char *uri = self->beside ? g_file_get_uri (self->beside) : NULL;

  if (uri == NULL)
    return;
  gtk_widget_activate_action (widget, "app.open-file", "s", uri);
  gtk_window_close (GTK_WINDOW (self));
}

/* Adds the action that opens the history beside the file. */
void
scope_window_install_failed (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, history_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, history_label);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, another_button);
  gtk_widget_class_install_action (widget_class, "win.open-history", NULL, open_history_action);
}
