/* window-export.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts as a file: drawn at once, as they are, and written by a thread,
 * since a disk may take its time, and text of many numbers.  The window may be
 * closed meanwhile; the application stays until the file is written, or it is said
 * that it was not.
 */
#include "window-private.h"

#include "export-target.h"
#include "export.h"
#include "show-in-files.h"

#include <glib/gi18n-lib.h>

/* A file that is there at once needs no word before. */
#define SAY_DELAY_MS 800

/* A file while it is written. */
typedef struct
{
  GtkApplication *application; /* owned, and held */
  ScopeWindow    *window;      /* weak: NULL once it is closed */
  GTask          *task;        /* owned until its thread runs */
  ScopeExport    *content;     /* owned */
  GStrv           sources;     /* owned: what is never written over */
  char           *path;        /* owned */
  char           *asked;       /* owned; NULL: an ending was added to that name */
  AdwToast       *toast;       /* owned (nullable): says that it takes its time */
  guint           say;         /* timeout */
} Export;

/* Borrowed Export, in the order in which they were asked for.  Of those with one
 * path a later one waits for an earlier one, whose picture is older. */
static GQueue exports = G_QUEUE_INIT;

static void
export_free (Export *export)
{
  g_clear_weak_pointer (&export->window);
  g_application_release (G_APPLICATION (export->application));
  g_object_unref (export->application);
  scope_export_free (export->content);
  g_strfreev (export->sources);
  g_free (export->path);
  g_free (export->asked);
  g_free (export);
}

static void
show_error (ScopeWindow  *self,
            const GError *error)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("The Charts Were Not Exported"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The window that asked for it, or else any, or a new one: that a file is not there
 * has to be said. */
static ScopeWindow *
get_window (const Export *export)
{
  ScopeWindow *window = export->window ? export->window
                                       : scope_window_find_last (export->application);

  if (window == NULL)
    window = scope_window_new (ADW_APPLICATION (export->application));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* @format: what is said of the name of the file */
static AdwToast *
make_toast (const char *format,
            const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new ("");

  adw_toast_set_title (toast, escaped);
  return toast;
}

/* Until it is there. */
static gboolean
say_cb (gpointer data)
{
  Export *export = data;

  export->say = 0;
  if (export->window == NULL)
    return G_SOURCE_REMOVE;
  /* Translators: the name of the picture's file. */
  export->toast = make_toast (_("Exporting to %s…"), export->path);
  adw_toast_set_timeout (export->toast, 0);
  adw_toast_overlay_add_toast (export->window->toasts, g_object_ref (export->toast));
  return G_SOURCE_REMOVE;
}

static void
say_no_more (Export *export)
{
  g_clear_handle_id (&export->say, g_source_remove);
  if (export->toast != NULL && export->window != NULL)
    adw_toast_dismiss (export->toast);
  g_clear_object (&export->toast);
}

/**
 * scope_window_tell_written:
 * @self: the window
 * @format: what is said of the name of the file
 * @path: of a file that was written
 *
 * Says so, and offers to show it.
 */
void
scope_window_tell_written (ScopeWindow *self,
                           const char  *format,
                           const char  *path)
{
  AdwToast *toast = make_toast (format, path);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH); /* another may take its time yet */
  adw_toast_set_button_label (toast, _("Show in Files"));
  adw_toast_set_action_name (toast, "win.show-in-files");
  adw_toast_set_action_target_value (toast, g_variant_new_bytestring (path));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A name that got its ending here may overwrite nothing: the user was not asked. */
static gboolean
write_file (const Export *export,
            GError      **error)
{
  if (export->asked != NULL && g_file_test (export->path, G_FILE_TEST_EXISTS))
    return scope_export_check_path (export->asked, error);
  return scope_export_check_target (export->path, (const char *const *) export->sources, error) &&
         scope_export_write (export->content, export->path, error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_file (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static Export *
find_export (const char *path)
{
  for (GList *l = exports.head; l != NULL; l = l->next)
    if (g_str_equal (((Export *) l->data)->path, path))
      return l->data;
  return NULL;
}

/* The thread has it until it has written. */
static void
start (Export *export)
{
  g_autoptr (GTask) task = g_steal_pointer (&export->task);

  g_task_run_in_thread (task, write_thread);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Export            *export = data;
  Export            *next;
  g_autoptr (GError) error = NULL;

  g_queue_remove (&exports, export);
  say_no_more (export);
  next = find_export (export->path);
  if (next != NULL)
    start (next);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    show_error (get_window (export), error);
  else if (export->window != NULL)
    /* Translators: the name of the picture's file. */
    scope_window_tell_written (export->window, _("Exported to %s"), export->path);
  export_free (export);
}

/* The files that the windows show, and those that they compare with. */
static GStrv
list_sources (GtkApplication *application)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv         sources;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      ScopeWindow *window = SCOPE_IS_WINDOW (l->data) ? l->data : NULL;

      if (window != NULL && window->file != NULL)
        g_strv_builder_add (builder, g_file_peek_path (window->file));
      if (window != NULL && window->baseline_path != NULL)
        g_strv_builder_add (builder, window->baseline_path);
    }
  sources = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return sources;
}

/* Takes @content. */
static void
write_later (ScopeWindow *self,
             ScopeExport *content,
             const char  *path,
             const char  *asked)
{
  Export  *export = g_new0 (Export, 1);
  gboolean is_first = find_export (path) == NULL;

  export->application = g_object_ref (gtk_window_get_application (GTK_WINDOW (self)));
  g_application_hold (G_APPLICATION (export->application));
  g_set_weak_pointer (&export->window, self);
  export->content = content;
  export->sources = list_sources (export->application);
  export->path = g_strdup (path);
  export->asked = g_strdup (asked);
  export->say = g_timeout_add (SAY_DELAY_MS, say_cb, export);
  export->task = g_task_new (NULL, NULL, written_cb, export);
  g_task_set_task_data (export->task, export, NULL);
  g_queue_push_tail (&exports, export);
  if (is_first)
    start (export);
}

static ScopeExport *
draw (ScopeWindow *self,
      const char  *path,
      ScopeThemeId theme,
      GError     **error)
{
  ScopePicture            picture = scope_chart_widget_get_picture (self->chart);
  g_autoptr (ScopeExport) content = NULL;

  picture.theme = theme;
  picture.heading = self->title;
  content = scope_export_new (&picture, &SCOPE_EXPORT_DEFAULT_SIZE, path, error);
  if (content == NULL || !scope_export_is_empty (content))
    return g_steal_pointer (&content);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("What is shown has no rows, so that a CSV would be empty. Show more endpoints, "
                 "or a longer time."));
  return NULL;
}

/**
 * scope_window_export:
 * @self: a window that shows a file
 * @file: where to; a name without any ending gets the usual one
 * @theme: its colours
 *
 * Draws what is shown and has it written; says so when that is done, and why if it
 * could not be.
 */
void
scope_window_export (ScopeWindow *self,
                     GFile       *file,
                     ScopeThemeId theme)
{
  g_autofree char   *asked = g_file_get_path (file);
  g_autofree char   *name = asked ? g_path_get_basename (asked) : NULL;
  gboolean           has_ending = name != NULL && strchr (name, '.') != NULL;
  g_autofree char   *path = g_strconcat (asked ? asked : "", has_ending ? "" : ".png", NULL);
  ScopeExport       *content = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SCOPE_IS_WINDOW (self));

  if (asked == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("Pictures can only be written to folders of this computer."));
  else
    content = draw (self, path, theme, &error);
  if (content == NULL)
    show_error (self, error);
  else
    write_later (self, content, path, has_ending ? NULL : asked);
}

static void
show_in_files_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *path)
{
  ScopeWindow  *self = SCOPE_WINDOW (widget);
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  scope_show_in_files (g_application_get_dbus_connection (application),
                       g_variant_get_bytestring (path), self->toasts);
}

/* Adds the action that shows what was written. */
void
scope_window_install_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-in-files", "ay", show_in_files_action);
}
