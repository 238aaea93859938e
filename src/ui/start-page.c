/* start-page.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything on it is an action of the window; it opens nothing itself.
 */
#include "start-page.h"

#include "recent-files.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SHOWN_RECENT 5

struct _ScopeStartPage
{
  GtkWidget            parent_instance;

  /* template */
  GtkWidget           *status_page;
  AdwPreferencesGroup *recent_group;

  GPtrArray           *rows; /* borrowed: in the group */
};

G_DEFINE_FINAL_TYPE (ScopeStartPage, scope_start_page, GTK_TYPE_WIDGET)

#define URI "scope-uri"

static void
activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "app.open-file", "s",
                              g_object_get_data (G_OBJECT (row), URI));
}

static void
add_row (ScopeStartPage *self,
         GFile          *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char  *folder = parent ? g_file_get_parse_name (parent) : g_strdup ("");
  g_autofree char  *path = g_file_get_path (file);
  g_autofree char  *name = g_filename_display_basename (path);
  GtkWidget        *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), URI, g_file_get_uri (file), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), NULL);
  adw_preferences_group_add (self->recent_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
update_rows (ScopeStartPage *self)
{
  g_autoptr (GPtrArray) files = scope_recent_files_list (SHOWN_RECENT);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < files->len; i++)
    add_row (self, g_ptr_array_index (files, i));
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), files->len > 0);
}

static void
scope_start_page_dispose (GObject *object)
{
  ScopeStartPage *self = SCOPE_START_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_START_PAGE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (scope_start_page_parent_class)->dispose (object);
}

static void
scope_start_page_class_init (ScopeStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_start_page_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeStartPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, ScopeStartPage, recent_group);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
scope_start_page_init (ScopeStartPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (update_rows),
                           self, G_CONNECT_SWAPPED);
  update_rows (self);
}
