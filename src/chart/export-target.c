/* export-target.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An export can be made again, what a test has recorded cannot: no file of
 * Locust is ever written over, whatever leads to it.
 */
#include "export-target.h"

#include "csv-file.h"
#include "csv-locust.h"
#include "replace-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether both have one name in one folder, while neither is there. */
static gboolean
is_same_place (const char *a,
               const char *b)
{
  g_autofree char *to_a = scope_replace_file_resolve (a, NULL);
  g_autofree char *to_b = scope_replace_file_resolve (b, NULL);
  g_autofree char *name_a = to_a ? g_path_get_basename (to_a) : NULL;
  g_autofree char *name_b = to_b ? g_path_get_basename (to_b) : NULL;
  g_autofree char *folder_a = to_a ? g_path_get_dirname (to_a) : NULL;
  g_autofree char *folder_b = to_b ? g_path_get_dirname (to_b) : NULL;

  return name_a != NULL && g_strcmp0 (name_a, name_b) == 0 &&
         scope_csv_file_is_same (folder_a, folder_b);
}

static gboolean
leads_to (const char *path,
          const char *other)
{
  struct stat status;

  return scope_csv_file_is_same (path, other) ||
         (stat (path, &status) != 0 && stat (other, &status) != 0 && is_same_place (path, other));
}

/* What cannot be read is nothing that this program shows. */
static gboolean
is_of_locust (const char *path)
{
  int              fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *bytes = g_malloc (SCOPE_CSV_LOCUST_BYTES);
  ssize_t          n;

  if (fd < 0)
    return FALSE;
  do
    n = read (fd, bytes, SCOPE_CSV_LOCUST_BYTES);
  while (n < 0 && errno == EINTR);
  close (fd);
  return n > 0 && scope_csv_is_of_locust (bytes, n);
}

static gboolean
refuse (const char *path,
        const char *format,
        GError    **error)
{
  g_autofree char *name = g_filename_display_basename (path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, format, name);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
is_beside (const char *path,
           const char *source)
{
  g_auto (GStrv) names = scope_csv_list_locust_names (source);

  for (guint i = 0; names[i] != NULL; i++)
    if (leads_to (path, names[i]))
      return TRUE;
  return FALSE;
}

/**
 * scope_export_check_target:
 * @path: where an export is to be written
 * @sources: (array zero-terminated=1): the files that are read, which need not
 *   exist
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Whatever links lead there, @path may be none of @sources, no file that Locust
 * writes beside one of them, whether it has done so yet or not, no other file of
 * Locust, and nothing but a file.  It blocks for as long as the disk takes; it may
 * be called from any thread.
 *
 * Returns: whether an export may be written there
 */
gboolean
scope_export_check_target (const char        *path,
                           const char *const *sources,
                           GError           **error)
{
  for (guint i = 0; sources[i] != NULL; i++)
    if (leads_to (path, sources[i]))
      return refuse (path,
                     _("“%s” is a file that is shown, which is never overwritten. Choose another "
                       "name."),
                     error);
  if (!scope_replace_file_check (path, error))
    return FALSE;
  for (guint i = 0; sources[i] != NULL; i++)
    if (is_beside (path, sources[i]))
      return refuse (path,
                     _("“%s” is where Locust itself writes. Choose another name."), error);
  if (is_of_locust (path))
    return refuse (path,
                   _("“%s” is a file of Locust, which is never overwritten. Choose another "
                     "name."),
                   error);
  return TRUE;
}
