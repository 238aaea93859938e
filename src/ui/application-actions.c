/* application-actions.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be asked of the application as a whole, by menus, keys, the desktop and
 * the system; and the keys of the windows' actions.
 */
#include "application-private.h"

#include "config.h"
#include "preferences.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

static void
open_file_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  scope_application_open_file (SCOPE_APPLICATION (data), file);
}

static void
open_sample_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  scope_application_open_sample (SCOPE_APPLICATION (data));
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  gtk_window_present (GTK_WINDOW (scope_window_new (ADW_APPLICATION (data))));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       data)
{
  scope_preferences_show (GTK_APPLICATION (data));
}

/* Of the application, so that the keys of its windows are those of this one, too. */
static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  GtkWidget *about = g_object_new (
    ADW_TYPE_ABOUT_WINDOW,
    "application", data,
    "transient-for", gtk_application_get_active_window (GTK_APPLICATION (data)),
    "modal", TRUE,
    "application-name", "Locustscope",
    "application-icon", APP_ID,
    "version", PACKAGE_VERSION,
    "developer-name", _("The Locustscope authors"),
    "copyright", "© 2026 The Locustscope authors",
    "website", "https://github.com/locustscope/locustscope",
    "issue-url", "https://github.com/locustscope/locustscope/issues",
    "comments", _("Every endpoint of a Locust load test as its own live curve"),
    "license-type", GTK_LICENSE_GPL_3_0,
    /* Translators: your own name, one a line. */
    "translator-credits", _("translator-credits"),
    NULL);

  gtk_window_present (GTK_WINDOW (about));
}

/* Dialogs go with their windows, of which the one in use is the last: it is what is
 * remembered. */
static void
close_windows (GtkApplication *self)
{
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *l = gtk_application_get_windows (self); l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      g_ptr_array_add (windows, g_object_ref (l->data));
  for (guint i = windows->len; i-- > 0;)
    gtk_window_close (g_ptr_array_index (windows, i));
}

static gboolean
quit_cb (gpointer data)
{
  close_windows (GTK_APPLICATION (data));
  return G_SOURCE_REMOVE;
}

/* Not while a window still handles the key. */
static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, quit_cb, g_object_ref (data), g_object_unref);
}

/* Asked to end by the system, maybe again while it ends: windows close as usual,
 * and tidy up. */
static gboolean
terminate_cb (gpointer data)
{
  close_windows (GTK_APPLICATION (data));
  return G_SOURCE_CONTINUE;
}

static const int SIGNALS[] = { SIGTERM, SIGINT, SIGHUP };

/* Adds the actions, and what the keys do. */
void
scope_application_add_actions (ScopeApplication *self)
{
  static const GActionEntry actions[] = {
    { "open-file", open_file_action, "s" },
    { "open-sample", open_sample_action },
    { "demo", open_sample_action }, /* as the desktop entry calls it */
    { "new-window", new_window_action },
    { "preferences", preferences_action },
    { "about", about_action },
    { "quit", quit_action },
  };
  static const struct
  {
    const char *action;
    const char *keys[4];
  } keys[] = {
    { "win.open", { "<Control>o" } },
    { "win.export", { "<Control>e", "<Control>s" } },
    { "win.print", { "<Control>p" } },
    { "app.preferences", { "<Control>comma" } },
    { "win.compare-file", { "<Control>b" } },
    { "win.find", { "<Control>f" } },
    { "win.limits", { "<Control>l" } },
    { "win.show-legend", { "F9" } },
    { "win.focus-legend-edge", { "F8" } },
    { "win.show-table", { "<Control>t" } },
    { "win.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
    { "win.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
    { "win.zoom-all", { "<Control>0", "<Control>KP_0" } },
    { "win.zoom-back", { "<Alt>Left" } },
    { "win.zoom-forward", { "<Alt>Right" } },
    { "win.shortcuts", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].keys);
  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    {
      struct sigaction action;

      /* One that is ignored stays so, as that of a terminal's end is for nohup. */
      if (sigaction (SIGNALS[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        g_unix_signal_add (SIGNALS[i], terminate_cb, self);
    }
}
