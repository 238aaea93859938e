/* replace-fixture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of files that are replaced have in common.
 */
#include "replace-fixture.h"

#include "replace-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

void
replace_fixture_write (const char *path,
                       const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
replace_fixture_set_up (ReplaceFixture *self,
                        gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  guint8            *bytes = g_malloc (N_BYTES);

  for (guint i = 0; i < N_BYTES; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);
  self->bytes = g_bytes_new_take (bytes, N_BYTES);
  self->root = g_dir_make_tmp ("replace-file-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->root, "folder", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0777), ==, 0);
  self->path = g_build_filename (self->folder, "chart.png", NULL);
  replace_fixture_write (self->path, OLD);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        g_assert_cmpint (g_unlink (inner), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
replace_fixture_tear_down (ReplaceFixture *self,
                           gconstpointer   data)
{
  faulty_disk_set (NULL, NULL, 0, 0, 0);
  remove_folder (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->path);
  g_bytes_unref (self->bytes);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The names in the folder, sorted, with a space between. */
char *
replace_fixture_list (ReplaceFixture *self)
{
  g_autoptr (GDir)      dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

void
replace_fixture_assert_names (ReplaceFixture *self,
                              const char     *names)
{
  g_autofree char *found = replace_fixture_list (self);

  g_assert_cmpstr (found, ==, names);
}

void
replace_fixture_assert_bytes (const char *path,
                              const char *bytes,
                              gsize       length)
{
  g_autofree char   *found = NULL;
  g_autoptr (GError) error = NULL;
  gsize              found_length;

  g_file_get_contents (path, &found, &found_length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found, found_length, bytes, length);
}

void
replace_fixture_assert_new (ReplaceFixture *self,
                            const char     *path)
{
  gsize       length;
  const char *bytes = g_bytes_get_data (self->bytes, &length);

  replace_fixture_assert_bytes (path, bytes, length);
}

/* A #ScopeReplaceFunc: @bytes is a #GBytes. */
gboolean
replace_fixture_fill (ScopeReplacement *replacement,
                      gpointer          bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  return scope_replacement_write (replacement, data, length / 2) &&
         scope_replacement_write (replacement, data + length / 2, length - length / 2);
}

void
replace_fixture_replace (ReplaceFixture *self,
                         const char     *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (scope_replace_file (path, replace_fixture_fill, self->bytes, &error));
  g_assert_no_error (error);
  replace_fixture_assert_new (self, path);
}

/* Fails for that reason, and says so with the name of the file. */
void
replace_fixture_assert_fails (ReplaceFixture *self,
                              const char     *path,
                              const char     *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *name = g_filename_display_basename (path);

  g_assert_false (scope_replace_file (path, replace_fixture_fill, self->bytes, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strstr (error->message, "locustscope-export"));
}
