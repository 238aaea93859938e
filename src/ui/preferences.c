/* preferences.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row is a setting, and holds at once.
 */
#include "preferences.h"

#include "file-memory.h"
#include "settings.h"
#include "window.h"

#include <glib/gi18n-lib.h>

#define RESOURCE "/io/github/locustscope/Locustscope/preferences.ui"

static const struct
{
  const char *key;
  const char *id;
} SWITCHES[] = {
  { SCOPE_SETTING_NOTIFY_ENDED, "notify_ended" },
  { SCOPE_SETTING_NOTIFY_EXCEEDED, "notify_exceeded" },
  { SCOPE_SETTING_REMEMBER_FILES, "remember_files" },
};

/* What a schema is needed for; choices of files are kept without one, too. */
static const char *const PARTS[] = { "notifications", "remember", "pictures" };

/* In the order of the row's list. */
static const char *const COLORS[] = { "light", "dark" };

static gboolean
get_selected (GValue   *value,
              GVariant *variant,
              gpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (COLORS); i++)
    if (g_str_equal (g_variant_get_string (variant, NULL), COLORS[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_selected (const GValue       *value,
              const GVariantType *type,
              gpointer            data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (COLORS) ? g_variant_new_string (COLORS[i]) : NULL;
}

static void
forget_cb (AdwPreferencesWindow *window,
           const char           *response)
{
  GtkWindow      *parent = gtk_window_get_transient_for (GTK_WINDOW (window));
  GtkApplication *application = gtk_window_get_application (parent);

  if (!g_str_equal (response, "forget"))
    return;
  scope_file_memory_forget_all (G_APPLICATION (application));
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      scope_window_forget_choices (l->data);
  adw_preferences_window_add_toast (window, adw_toast_new (_("Choices are forgotten")));
}

/* It cannot be undone. */
static void
ask_to_forget_cb (AdwPreferencesWindow *window)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (window), _("Forget All Choices?"),
    _("Which endpoints are shown, and which limits are set, is forgotten for each file. It cannot "
      "be undone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "forget",
                                    _("_Forget"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "forget",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (forget_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Without a schema nothing could be set. */
static GtkWidget *
make_window (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE);
  GtkWidget             *window = GTK_WIDGET (gtk_builder_get_object (builder, "preferences"));
  GSettings             *settings = scope_settings_get ();

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_application (GTK_WINDOW (window), gtk_window_get_application (parent));
  gtk_widget_set_visible (GTK_WIDGET (gtk_builder_get_object (builder, "missing")),
                          settings == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (gtk_builder_get_object (builder, PARTS[i])),
                              settings != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (SWITCHES) && settings != NULL; i++)
    g_settings_bind (settings, SWITCHES[i].key, gtk_builder_get_object (builder, SWITCHES[i].id),
                     "active", G_SETTINGS_BIND_DEFAULT);
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, SCOPE_SETTING_EXPORT_COLORS,
                                  gtk_builder_get_object (builder, "export_colors"), "selected",
                                  G_SETTINGS_BIND_DEFAULT, get_selected, set_selected, NULL, NULL);
  g_signal_connect_object (gtk_builder_get_object (builder, "forget"), "clicked",
                           G_CALLBACK (ask_to_forget_cb), window, G_CONNECT_SWAPPED);
  return window;
}

/**
 * scope_preferences_show:
 * @application: whose window in use they belong to
 *
 * Opens the preferences, or raises them.
 */
void
scope_preferences_show (GtkApplication *application)
{
  static GtkWidget *window; /* weak */
  GtkWindow        *parent;

  if (scope_window_find_last (application) == NULL)
    g_application_activate (G_APPLICATION (application)); /* started by the bus for this */
  parent = GTK_WINDOW (scope_window_find_last (application));
  if (window == NULL)
    g_set_weak_pointer (&window, make_window (parent));
  else
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
