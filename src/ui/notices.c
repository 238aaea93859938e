/* notices.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where nobody on the bus shows notifications GIO warns of that: it is asked
 * first whether somebody would.
 */
#include "notices.h"

#include "config.h"

#define DAEMON  "org.freedesktop.Notifications"
#define SANDBOX "/.flatpak-info"

typedef struct
{
  GApplication  *application;  /* owned */
  char          *id;           /* owned */
  GNotification *notification; /* owned */
} Notice;

static void
notice_free (Notice *notice)
{
  g_object_unref (notice->application);
  g_object_unref (notice->notification);
  g_free (notice->id);
  g_free (notice);
}

static void
send (Notice *notice)
{
  g_application_send_notification (notice->application, notice->id, notice->notification);
}

/* Whether @result, of ListNames or ListActivatableNames, has the daemon's. */
static gboolean
has_daemon (GObject      *bus,
            GAsyncResult *result)
{
  g_autoptr (GVariant)    reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(^a&s)", &names);
  return g_strv_contains (names, DAEMON);
}

static void
ask (GDBusConnection    *bus,
     const char         *method,
     GAsyncReadyCallback answered_cb,
     Notice             *notice)
{
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", method, NULL, G_VARIANT_TYPE ("(as)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, answered_cb, notice);
}

static void
activatable_cb (GObject      *bus,
                GAsyncResult *result,
                gpointer      data)
{
  if (has_daemon (bus, result))
    send (data);
  notice_free (data);
}

static void
names_cb (GObject      *bus,
          GAsyncResult *result,
          gpointer      data)
{
  if (!has_daemon (bus, result))
    {
      ask (G_DBUS_CONNECTION (bus), "ListActivatableNames", activatable_cb, data);
      return;
    }
  send (data);
  notice_free (data);
}

/**
 * scope_notices_send:
 * @application: the application
 * @id: by which it is replaced, or withdrawn
 * @title: in a few words
 * @body: more, as plain text
 * @file: (nullable): whose window a click raises
 */
void
scope_notices_send (GApplication *application,
                    const char   *id,
                    const char   *title,
                    const char   *body,
                    GFile        *file)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  g_autofree char *uri = file ? g_file_get_uri (file) : NULL;
  g_autoptr (GIcon) icon = g_themed_icon_new (APP_ID);
  Notice           *notice;

  if (bus == NULL)
    return;
  notice = g_new0 (Notice, 1);
  notice->application = g_object_ref (application);
  notice->id = g_strdup (id);
  notice->notification = g_notification_new (title);
  g_notification_set_body (notice->notification, body);
  g_notification_set_icon (notice->notification, icon);
  if (uri != NULL)
    g_notification_set_default_action_and_target (notice->notification, "app.open-file", "s", uri);
  if (!g_file_test (SANDBOX, G_FILE_TEST_EXISTS))
    {
      ask (bus, "ListNames", names_cb, notice);
      return;
    }
  send (notice); /* by the portal */
  notice_free (notice);
}

/* Takes it away again, if it was sent. */
void
scope_notices_withdraw (GApplication *application,
                        const char   *id)
{
  g_application_withdraw_notification (application, id);
}
