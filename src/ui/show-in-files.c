/* show-in-files.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See https://www.freedesktop.org/wiki/Specifications/file-manager-interface.
 */
#include "show-in-files.h"

/* Where no file manager can mark a file, its folder is opened. */
static void
shown_cb (GObject      *bus,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GFile)    file = data;
  g_autoptr (GFile)    folder = g_file_get_parent (file);
  g_autofree char     *uri = g_file_get_uri (folder);
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (reply == NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

/**
 * scope_show_in_files:
 * @parent: a window of the application
 * @path: of a file
 */
void
scope_show_in_files (GtkWindow  *parent,
                     const char *path)
{
  GApplication    *application = G_APPLICATION (gtk_window_get_application (parent));
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  const char      *uris[] = { uri, NULL };

  if (bus == NULL)
    return;
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_steal_pointer (&file));
}
