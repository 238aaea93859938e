/* file-memory.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small file for each in $XDG_STATE_HOME, found by a sum of its path: two
 * programs do not write the same one for different files.  Those that were not
 * written for the longest time make room.  One thread writes them, in the order
 * in which they were given to it.
 */
#include "file-memory.h"

#include "replace-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define FOLDER      "locustscope/files"
#define SUFFIX      ".ini"
#define MOST_FILES  500
#define FOLDER_MODE 0700

typedef struct
{
  GApplication *application; /* owned, and held */
  char         *path;        /* owned: of the small file; NULL: of all */
  char         *text;        /* owned; NULL: it goes */
} Job;

typedef struct
{
  char  *path;    /* owned */
  gint64 written; /* s since the epoch */
} Kept;

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), FOLDER, NULL);
}

static char *
find_place (const char *path)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *name = g_strconcat (sum, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static void
kept_clear (gpointer data)
{
  g_free (((Kept *) data)->path);
}

static int
compare_written (gconstpointer a,
                 gconstpointer b)
{
  const Kept *x = a, *y = b;

  return (x->written < y->written) - (x->written > y->written);
}

/* All that are kept but for the @most that were written last. */
static void
remove_oldest (guint most)
{
  g_autofree char   *folder = get_folder ();
  g_autoptr (GDir)   dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Kept));
  const char        *name;

  g_array_set_clear_func (all, kept_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Kept     kept = { .path = g_build_filename (folder, name, NULL) };
      GStatBuf status;

      if (g_str_has_suffix (name, SUFFIX) && g_stat (kept.path, &status) == 0)
        {
          kept.written = status.st_mtime;
          g_array_append_val (all, kept);
        }
      else
        {
          kept_clear (&kept);
        }
    }
  g_array_sort (all, compare_written);
  for (guint i = most; i < all->len; i++)
    g_unlink (g_array_index (all, Kept, i).path);
}

static gboolean
write_text (ScopeReplacement *replacement,
            gpointer          text)
{
  return scope_replacement_write (replacement, text, strlen (text));
}

static gboolean
done_cb (gpointer data)
{
  Job *job = data;

  g_application_release (job->application);
  g_object_unref (job->application);
  g_free (job->path);
  g_free (job->text);
  g_free (job);
  return G_SOURCE_REMOVE;
}

/* What cannot be kept is no loss that should be told. */
static void
work (gpointer data,
      gpointer unused)
{
  Job             *job = data;
  g_autofree char *folder = get_folder ();

  if (job->path == NULL)
    remove_oldest (0);
  else if (job->text == NULL)
    g_unlink (job->path);
  else if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0 &&
           scope_replace_file (job->path, write_text, job->text, NULL))
    remove_oldest (MOST_FILES);
  g_idle_add (done_cb, job);
}

/* Takes @path. */
static void
push (GApplication *application,
      char         *path,
      const char   *text)
{
  static GThreadPool *writer;
  Job                *job = g_new0 (Job, 1);

  if (writer == NULL)
    writer = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
  job->application = g_object_ref (application);
  g_application_hold (application);
  job->path = path;
  job->text = g_strdup (text);
  g_thread_pool_push (writer, job, NULL);
}

/**
 * scope_file_memory_read:
 * @path: of a file
 * @length: (out): of the text, in bytes
 *
 * Returns: (transfer full) (nullable): what is kept of it
 */
char *
scope_file_memory_read (const char *path,
                        gsize      *length)
{
  g_autofree char *place = find_place (path);
  char            *text;

  return g_file_get_contents (place, &text, length, NULL) ? text : NULL;
}

/**
 * scope_file_memory_write:
 * @application: stays until it is written
 * @path: of a file
 * @text: (nullable): what is to be kept of it; nothing
 */
void
scope_file_memory_write (GApplication *application,
                         const char   *path,
                         const char   *text)
{
  push (application, find_place (path), text);
}

/* Forgets what was kept of all files. */
void
scope_file_memory_forget_all (GApplication *application)
{
  push (application, NULL, NULL);
}
