/* recent-files.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkRecentManager keeps the list for the whole desktop; here it is narrowed
 * to what this program opened and what is still there.
 */
#include "recent-files.h"

#include "config.h"

#include <gtk/gtk.h>

#define MIME_TYPE "application/x-locust-stats-history+csv"

static int
compare_visited (gconstpointer a,
                 gconstpointer b)
{
  GDateTime *x = gtk_recent_info_get_modified (*(GtkRecentInfo *const *) a);
  GDateTime *y = gtk_recent_info_get_modified (*(GtkRecentInfo *const *) b);

  return g_date_time_compare (y, x);
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, APP_ID) && gtk_recent_info_is_local (info) &&
         gtk_recent_info_exists (info);
}

/**
 * scope_recent_files_list:
 * @most: how many are wanted
 *
 * Returns: (transfer container) (element-type GFile): the latest first
 */
GPtrArray *
scope_recent_files_list (guint most)
{
  GPtrArray           *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) infos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  for (GList *l = items; l != NULL; l = l->next)
    if (is_ours (l->data))
      g_ptr_array_add (infos, gtk_recent_info_ref (l->data));
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (infos, compare_visited);
  for (guint i = 0; i < MIN (infos->len, most); i++)
    g_ptr_array_add (files, g_file_new_for_uri (
                              gtk_recent_info_get_uri (g_ptr_array_index (infos, i))));
  return files;
}

/* Puts @file, which exists, at the head of the list. */
void
scope_recent_files_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData    data = {
       .mime_type = (char *) MIME_TYPE,
       .app_name = (char *) APP_ID,
       .app_exec = (char *) "locustscope %f",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
