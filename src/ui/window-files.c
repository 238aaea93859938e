/* window-files.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window's file choosers: which history to open, and where to write the
 * picture.
 */
#include "window-private.h"

#include "settings.h"

#include <glib/gi18n-lib.h>

#define THEME_CHOICE "theme"

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *pattern,
            const char     *other)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  if (other != NULL)
    gtk_file_filter_add_pattern (filter, other);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_response_cb (ScopeWindow *self,
                  int          response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile)                file = NULL;
  g_autofree char                 *uri = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  uri = g_file_get_uri (file);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-file", "s", uri);
}

static void
set_folder_of (GtkFileChooser *chooser,
               GFile          *file)
{
  g_autoptr (GFile) folder = file ? g_file_get_parent (file) : NULL;

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
show_chooser (ScopeWindow          *self,
              GtkFileChooserNative *chooser,
              GCallback             response_cb)
{
  g_signal_connect_object (chooser, "response", response_cb, self, G_CONNECT_SWAPPED);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_clear_object (&self->chooser);
  self->chooser = chooser;
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Lets the user pick a history. */
static void
choose_history (ScopeWindow *self,
                const char  *title,
                const char  *accept_label,
                GCallback    response_cb)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                 accept_label, _("_Cancel"));

  add_filter (GTK_FILE_CHOOSER (chooser), _("Locust statistics histories"), "*_stats_history.csv",
              "*_stats_history.csv.gz");
  add_filter (GTK_FILE_CHOOSER (chooser), _("CSV files"), "*.csv", "*.csv.gz");
  add_filter (GTK_FILE_CHOOSER (chooser), _("All files"), "*", NULL);
  if (scope_window_has_own_file (self))
    set_folder_of (GTK_FILE_CHOOSER (chooser), self->file);
  show_chooser (self, chooser, response_cb);
}

/* Lets the user pick a history to open. */
void
scope_window_choose_file (ScopeWindow *self)
{
  choose_history (self, _("Open Statistics History"), _("_Open"), G_CALLBACK (open_response_cb));
}

static void
baseline_response_cb (ScopeWindow *self,
                      int          response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile)                file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  scope_window_compare (self, file, SCOPE_BASELINE_LAST_RUN);
}

/* Lets the user pick a history to compare with. */
void
scope_window_choose_baseline (ScopeWindow *self)
{
  choose_history (self, _("Compare with Statistics History"), _("_Compare"),
                  G_CALLBACK (baseline_response_cb));
}

static void
export_response_cb (ScopeWindow *self,
                    int          response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile)                file = NULL;
  const char                      *theme;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  theme = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), THEME_CHOICE);
  scope_window_export (self, file,
                       g_strcmp0 (theme, "dark") == 0 ? SCOPE_THEME_DARK : SCOPE_THEME_LIGHT);
}

/* Returns: (transfer full): "results" for "results_stats_history.csv". */
char *
scope_window_suggest_name (ScopeWindow *self)
{
  static const char *const suffixes[] = { "_stats_history.csv.gz", "_stats_history.csv", ".csv.gz",
                                          ".csv" };
  g_autofree char         *path = g_file_get_path (self->file);
  g_autofree char         *name = g_path_get_basename (path);

  if (scope_csv_feed_is_stream (SCOPE_CSV_FEED (self->feed)))
    return g_strdup ("locustscope");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]) && strlen (name) > strlen (suffixes[i]))
      {
        name[strlen (name) - strlen (suffixes[i])] = '\0';
        break;
      }
  return g_steal_pointer (&name);
}

/* Lets the user pick where to write the picture. */
void
scope_window_choose_export (ScopeWindow *self)
{
  const char *ids[] = { "light", "dark", NULL };
  const char *labels[] = { _("Light"), _("Dark"), NULL };
  GSettings  *settings = scope_settings_get ();
  g_autofree char      *base = scope_window_suggest_name (self);
  g_autofree char      *name = g_strconcat (base, ".png", NULL);
  g_autofree char      *colors =
    settings ? g_settings_get_string (settings, SCOPE_SETTING_EXPORT_COLORS) : g_strdup (ids[0]);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Export Charts"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));

  add_filter (GTK_FILE_CHOOSER (chooser), _("Pictures and tables (.png, .svg, .pdf, .csv)"),
              "*.[pscPSC][nvdsNVDS][gfvGFV]", NULL);
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (chooser), THEME_CHOICE, _("Colors"), ids, labels);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (chooser), THEME_CHOICE, colors);
  if (scope_window_has_own_file (self))
    set_folder_of (GTK_FILE_CHOOSER (chooser), self->file);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  show_chooser (self, chooser, G_CALLBACK (export_response_cb));
}
