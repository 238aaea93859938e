/* show-in-files.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See https://www.freedesktop.org/wiki/Specifications/file-manager-interface.
 */
#include "show-in-files.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  AdwToastOverlay     *toasts;  /* owned */
  GFile               *file;    /* owned */
  GdkAppLaunchContext *context; /* owned */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->toasts);
  g_object_unref (request->file);
  g_object_unref (request->context);
  g_free (request);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Request *request = data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    adw_toast_overlay_add_toast (request->toasts,
                                 adw_toast_new (_("There is no program that shows folders")));
  request_free (request);
}

/* Where no file manager can mark a file, its folder is opened.
 *
 * @request: (transfer full): what was asked for */
static void
open_folder (Request *request)
{
  g_autoptr (GFile) folder = g_file_get_parent (request->file);
  g_autofree char  *uri = g_file_get_uri (folder);

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (request->context), NULL,
                                           launched_cb, request);
}

static void
shown_cb (GObject      *bus,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (reply == NULL)
    open_folder (data);
  else
    request_free (data);
}

/* By which the file manager may take the focus: without one it stays behind, or is made
 * out as asking for attention.
 *
 * Returns: (transfer full) (nullable) */
static char *
make_token (GdkAppLaunchContext *context)
{
  g_autoptr (GAppInfo) files = g_app_info_get_default_for_type ("inode/directory", FALSE);

  return files ? g_app_launch_context_get_startup_notify_id (G_APP_LAUNCH_CONTEXT (context), files,
                                                             NULL)
               : NULL;
}

/**
 * scope_show_in_files:
 * @bus: (nullable): the session's
 * @path: of a file
 * @toasts: where it is said that nothing could show it
 */
void
scope_show_in_files (GDBusConnection *bus,
                     const char      *path,
                     AdwToastOverlay *toasts)
{
  GdkDisplay                    *display = gtk_widget_get_display (GTK_WIDGET (toasts));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);
  Request                       *request = g_new0 (Request, 1);
  g_autofree char               *uri = NULL;
  g_autofree char               *token = NULL;
  const char                    *uris[2] = { NULL };

  request->toasts = g_object_ref (toasts);
  request->file = g_file_new_for_path (path);
  request->context = g_object_ref (context);
  if (bus == NULL)
    {
      open_folder (request);
      return;
    }
  uris[0] = uri = g_file_get_uri (request->file);
  token = make_token (context);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, token ? token : ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, request);
}
