/* test-replace-faults.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever a disk does while a file is replaced: the old one stays byte for byte,
 * or the new one is there, and nothing else is in the folder.
 */
#include "faulty-disk.h"
#include "replace-file.h"
#include "replace-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEFT_OVER ".locustscope-export-0123456789ab"

/* The disk fails at each call, before and after some went well. */
static void
test_faults (ReplaceFixture *self,
             gconstpointer   data)
{
  static const struct
  {
    const char *call;
    int         number;
    int         after;
  } faults[] = {
    { "create", EACCES, 0 }, { "create", EROFS, 0 },  { "create", ENOSPC, 0 },
    { "write", ENOSPC, 0 },  { "write", ENOSPC, 1 },  { "write", ENOSPC, 5 },
    { "write", EDQUOT, 3 },  { "write", EIO, 2 },     { "fsync", EIO, 0 },
    { "fsync", ENOSPC, 0 },  { "close", EDQUOT, 0 },  { "close", EIO, 0 },
    { "rename", EIO, 0 },    { "rename", ENOSPC, 0 }, { "rename", EPERM, 0 },
  };
  g_autofree char *inner = g_build_filename (self->folder, "new.png", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      const char *paths[] = { self->path, inner };

      for (guint k = 0; k < G_N_ELEMENTS (paths); k++)
        {
          faulty_disk_set (self->folder, faults[i].call, faults[i].number, faults[i].after, 0);
          replace_fixture_assert_fails (self, paths[k], g_strerror (faults[i].number));
          faulty_disk_set (NULL, NULL, 0, 0, 0);
          replace_fixture_assert_bytes (self->path, OLD, strlen (OLD));
          replace_fixture_assert_names (self, "chart.png");
        }
    }
  replace_fixture_replace (self, self->path);
}

/* What does not keep the file from being written: no locks, nothing to sync. */
static void
test_small_faults (ReplaceFixture *self,
                   gconstpointer   data)
{
  static const struct
  {
    const char *call;
    int         number;
    int         after;
  } faults[] = {
    { "flock", ENOLCK, 0 }, { "fsync", EINVAL, 0 }, { "fsync", EIO, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      replace_fixture_write (self->path, OLD);
      faulty_disk_set (self->folder, faults[i].call, faults[i].number, faults[i].after, 0);
      replace_fixture_replace (self, self->path);
      faulty_disk_set (NULL, NULL, 0, 0, 0);
      replace_fixture_assert_names (self, "chart.png");
    }
}

/* The system's own: no file may become as long. */
static void
test_too_long (ReplaceFixture *self,
               gconstpointer   data)
{
  struct rlimit old, limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = (struct rlimit){ N_BYTES / 2, old.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  replace_fixture_assert_fails (self, self->path, "File too large");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  replace_fixture_assert_bytes (self->path, OLD, strlen (OLD));
  replace_fixture_assert_names (self, "chart.png");
}

static void
test_left_over (ReplaceFixture *self,
                gconstpointer   data)
{
  static const char *const others[] = {
    ".locustscope-export-", ".locustscope-export-0123456789aB", ".locustscope-export-0123456789abc",
    ".locustscope-export-01234567", ".chart.png.0123456789ab", "locustscope-export-0123456789ab",
  };
  g_autofree char *left = g_build_filename (self->folder, LEFT_OVER, NULL);
  g_autofree char *names = NULL;
  g_autofree char *after = NULL;
  int              fd;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = g_build_filename (self->folder, others[i], NULL);

      replace_fixture_write (other, OLD);
    }
  names = replace_fixture_list (self);
  replace_fixture_write (left, OLD);

  /* Another process is still writing it. */
  fd = g_open (left, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  replace_fixture_replace (self, self->path);
  replace_fixture_assert_bytes (left, OLD, strlen (OLD));

  /* Nobody is any more. */
  g_assert_cmpint (close (fd), ==, 0);
  replace_fixture_replace (self, self->path);
  after = replace_fixture_list (self);
  g_assert_cmpstr (after, ==, names);

  /* Read-only as the file that it was to replace, and an export that fails. */
  replace_fixture_write (left, OLD);
  g_assert_cmpint (g_chmod (left, 0444), ==, 0);
  faulty_disk_set (self->folder, "write", ENOSPC, 0, 0);
  replace_fixture_assert_fails (self, self->path, "No space left");
  g_clear_pointer (&after, g_free);
  after = replace_fixture_list (self);
  g_assert_cmpstr (after, ==, names);
}

/* What is called so, but was not left: never opened, never followed. */
static void
test_no_left_over (ReplaceFixture *self,
                   gconstpointer   data)
{
  g_autofree char *left = g_build_filename (self->folder, LEFT_OVER, NULL);

  g_assert_cmpint (symlink (self->path, left), ==, 0);
  replace_fixture_replace (self, self->path);
  g_assert_true (g_file_test (left, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_unlink (left), ==, 0);
  g_assert_cmpint (mkfifo (left, 0666), ==, 0);
  replace_fixture_replace (self, self->path);
  g_assert_cmpint (g_unlink (left), ==, 0);
  g_assert_cmpint (g_mkdir (left, 0777), ==, 0);
  replace_fixture_replace (self, self->path);
  replace_fixture_assert_names (self, LEFT_OVER " chart.png");
}

typedef struct
{
  const char *path;
  guint8      byte; /* all of them */
} Writer;

static gpointer
write_thread (gpointer data)
{
  const Writer      *writer = data;
  guint8            *text = g_malloc (N_BYTES);
  g_autoptr (GBytes) bytes = NULL;

  memset (text, writer->byte, N_BYTES);
  bytes = g_bytes_new_take (text, N_BYTES);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;

      scope_replace_file (writer->path, replace_fixture_fill, bytes, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

/* Several at once, each of which also looks for what the others have left. */
static void
test_together (ReplaceFixture *self,
               gconstpointer   data)
{
  Writer   writers[4];
  GThread *threads[G_N_ELEMENTS (writers)];

  faulty_disk_set (self->folder, "none", 0, 0, 0); /* small pieces */
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      writers[i] = (Writer){ self->path, (guint8) ('a' + i) };
      threads[i] = g_thread_new ("writer", write_thread, &writers[i]);
    }
  for (guint n = 0; n < 200; n++)
    {
      g_autofree char *text = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
      if (length == strlen (OLD))
        continue;
      g_assert_cmpuint (length, ==, N_BYTES);
      for (guint i = 1; i < N_BYTES; i++)
        g_assert_true (text[i] == text[0]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (threads[i]);
  replace_fixture_assert_names (self, "chart.png");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (ReplaceFixture *, gconstpointer);
  } tests[] = {
    { "/replace-faults/faults", test_faults },
    { "/replace-faults/small-faults", test_small_faults },
    { "/replace-faults/too-long", test_too_long },
    { "/replace-faults/left-over", test_left_over },
    { "/replace-faults/no-left-over", test_no_left_over },
    { "/replace-faults/together", test_together },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReplaceFixture, NULL, replace_fixture_set_up, tests[i].test, replace_fixture_tear_down);
  return g_test_run ();
}
