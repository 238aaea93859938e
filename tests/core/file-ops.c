/* file-ops.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is in a folder of its own: there the folder that holds the file, and
 * the places that this, and the file, are moved to.
 */
#include "file-ops-private.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What can lie in the folder. */
static const char *const NAMES[] = { FILE_OPS_NAME, "moved", "one", "two", "next" };

/* A number below @n; 0 once all is decided. */
guint
file_ops_choose (FileOps *self,
                 guint    n)
{
  return self->used < self->n ? self->choices[self->used++] % n : 0;
}

gboolean
file_ops_is_over (FileOps *self)
{
  return self->used >= self->n;
}

/* What is read where something went wrong. */
void
file_ops_note (FileOps    *self,
               const char *format,
               ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->trace, format, arguments);
  va_end (arguments);
  g_string_append_c (self->trace, '\n');
}

/* Where the folder is, which is made if it is nowhere. */
static const char *
get_folder (FileOps *self)
{
  if (g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    return self->folder;
  if (g_file_test (self->away, G_FILE_TEST_IS_DIR))
    return self->away;
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  return self->folder;
}

/* Returns: (transfer full): a path in the folder */
char *
file_ops_get_place (FileOps    *self,
           const char *name)
{
  return g_build_filename (get_folder (self), name, NULL);
}

/* 0 where there is no file. */
goffset
file_ops_get_size (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_size : 0;
}

/* Whether the file that is followed is there. */
gboolean
file_ops_exists (FileOps *self)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);

  return g_access (path, F_OK) == 0;
}

static void
delete (FileOps *self)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);

  g_unlink (path);
  g_string_truncate (self->pending, 0);
  file_ops_note (self, "delete");
}

static void
delete_and_create (FileOps *self)
{
  delete (self);
  file_ops_append_rows (self);
}

/* There, or back over what may have been made meanwhile. */
static void
move_file (FileOps *self)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);
  g_autofree char *moved = file_ops_get_place (self, "moved");
  gboolean         is_back = g_access (moved, F_OK) == 0;

  if (is_back ? g_rename (moved, path) == 0 : g_rename (path, moved) == 0)
    file_ops_note (self, is_back ? "move the file back" : "move the file away");
}

static void
remove_folder (const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
move_folder (FileOps *self)
{
  gboolean is_back = g_file_test (self->away, G_FILE_TEST_IS_DIR);

  g_string_truncate (self->pending, 0);
  if (is_back)
    remove_folder (self->folder);
  else
    get_folder (self);
  g_assert_cmpint (is_back ? g_rename (self->away, self->folder)
                           : g_rename (self->folder, self->away), ==, 0);
  if (!is_back && file_ops_choose (self, 4) == 0)
    g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  file_ops_note (self, is_back ? "move the folder back" : "move the folder away");
}

static void
delete_folder (FileOps *self)
{
  g_string_truncate (self->pending, 0);
  remove_folder (self->folder);
  file_ops_note (self, "delete the folder");
}

static void
turn_link (FileOps *self)
{
  const char      *target = file_ops_choose (self, 2) ? "one" : "two";
  g_autofree char *next = file_ops_get_place (self, "next");
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);

  g_unlink (next);
  g_assert_cmpint (symlink (target, next), ==, 0);
  g_assert_cmpint (g_rename (next, path), ==, 0);
  g_string_truncate (self->pending, 0);
  file_ops_note (self, "turn a link to %s", target);
}

/* Whoever may read everything sees nothing of it. */
static void
forbid (FileOps *self)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);

  if (!file_ops_exists (self))
    return;
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  file_ops_note (self, "forbid, look, allow");
  self->pause (self->data);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
}

static void
pause_for_a_while (FileOps *self)
{
  self->pause (self->data);
}

/* As often as they stand here. */
static const struct
{
  void   (*func) (FileOps *self);
  gboolean pauses;
} OPERATIONS[] = {
  { file_ops_append_rows },
  { file_ops_append_rows },
  { file_ops_append_part },
  { file_ops_append_part },
  { file_ops_append_part },
  { file_ops_append_burst },
  { file_ops_append_burst },
  { file_ops_append_header },
  { file_ops_append_two_writers },
  { file_ops_rewrite },
  { file_ops_rewrite },
  { file_ops_cut },
  { file_ops_cut },
  { file_ops_leave_hole },
  { file_ops_replace },
  { file_ops_write_to_moved },
  { delete },
  { delete_and_create },
  { move_file },
  { move_folder },
  { delete_folder },
  { turn_link },
  { forbid, TRUE },
  { pause_for_a_while, TRUE },
};

/* One operation. */
void
file_ops_play (FileOps *self,
               gboolean may_pause)
{
  guint i = file_ops_choose (self, G_N_ELEMENTS (OPERATIONS));

  if (may_pause || !OPERATIONS[i].pauses)
    OPERATIONS[i].func (self);
}

/* So that there is a file again, with a row that nobody has seen. */
void
file_ops_put_back (FileOps *self)
{
  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR) &&
      g_file_test (self->away, G_FILE_TEST_IS_DIR))
    move_folder (self);
  file_ops_append_rows (self);
}

const char *
file_ops_get_path (FileOps *self)
{
  return self->path;
}

/* What was done so far, a line for each operation. */
const char *
file_ops_get_trace (FileOps *self)
{
  return self->trace->str;
}

void
file_ops_set_pause (FileOps    *self,
                    FileOpsFunc func,
                    gpointer    data)
{
  self->pause = func;
  self->data = data;
}

/**
 * file_ops_new:
 * @choices: what decides; it must live as long as the operations
 * @n: their number
 *
 * Returns: (transfer full): operations on a file that does not exist yet
 */
FileOps *
file_ops_new (const guint8 *choices,
              gsize         n)
{
  FileOps *self = g_new0 (FileOps, 1);

  self->choices = choices;
  self->n = n;
  self->root = g_dir_make_tmp ("locustscope-ops-XXXXXX", NULL);
  g_assert_nonnull (self->root);
  self->folder = g_build_filename (self->root, "folder", NULL);
  self->away = g_build_filename (self->root, "away", NULL);
  self->path = g_build_filename (self->folder, FILE_OPS_NAME, NULL);
  self->pending = g_string_new (NULL);
  self->trace = g_string_new (NULL);
  self->rows.kind = file_ops_choose (self, N_ROW_KINDS);
  return self;
}

void
file_ops_free (FileOps *self)
{
  remove_folder (self->folder);
  remove_folder (self->away);
  g_assert_cmpint (g_rmdir (self->root), ==, 0);
  g_string_free (self->pending, TRUE);
  g_string_free (self->trace, TRUE);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->away);
  g_free (self->path);
  g_free (self);
}
