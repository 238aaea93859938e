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
forget_cb (AdwPreferencesWindow *window)
{
  GtkWindow      *parent = gtk_window_get_transient_for (GTK_WINDOW (window));
  GtkApplication *application = gtk_window_get_application (parent);

  scope_file_memory_forget_all (G_APPLICATION (application));
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      scope_window_forget_choices (l->data);
  adw_preferences_window_add_toast (window, adw_toast_new (_("Choices are forgotten")));
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
  gtk_widget_set_sensitive (window, settings != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (SWITCHES) && settings != NULL; i++)
    g_settings_bind (settings, SWITCHES[i].key, gtk_builder_get_object (builder, SWITCHES[i].id),
                     "active", G_SETTINGS_BIND_DEFAULT);
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, SCOPE_SETTING_EXPORT_COLORS,
                                  gtk_builder_get_object (builder, "export_colors"), "selected",
                                  G_SETTINGS_BIND_DEFAULT, get_selected, set_selected, NULL, NULL);
  g_signal_connect_object (gtk_builder_get_object (builder, "forget"), "clicked",
                           G_CALLBACK (forget_cb), window, G_CONNECT_SWAPPED);
  return window;
}

/* The window in use that is no dialog, or NULL. */
static GtkWindow *
find_parent (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      return l->data;
  return NULL;
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

  if (find_parent (application) == NULL)
    g_application_activate (G_APPLICATION (application)); /* started by the bus for this */
  parent = find_parent (application);
  if (window == NULL)
    g_set_weak_pointer (&window, make_window (parent));
  else
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
