/* test-replace-file.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file that is replaced becomes, and what cannot be replaced.
 */
#include "replace-file.h"
#include "replace-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_new (ReplaceFixture *self,
          gconstpointer   data)
{
  g_autofree char *path = g_build_filename (self->folder, "new.png", NULL);
  mode_t           mask = umask (027);
  GStatBuf         status;

  replace_fixture_replace (self, path);
  umask (mask);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  replace_fixture_assert_names (self, "chart.png new.png");
}

static void
test_empty (ReplaceFixture *self,
            gconstpointer   data)
{
  g_bytes_unref (self->bytes);
  self->bytes = g_bytes_new_static ("", 0);
  replace_fixture_replace (self, self->path);
  replace_fixture_assert_names (self, "chart.png");
}

static void
test_relative (ReplaceFixture *self,
               gconstpointer   data)
{
  g_autofree char *old = g_get_current_dir ();

  g_assert_cmpint (g_chdir (self->folder), ==, 0);
  replace_fixture_replace (self, "chart.png");
  replace_fixture_assert_fails (self, "", "Is a directory");
  g_assert_cmpint (g_chdir (old), ==, 0);
  replace_fixture_assert_names (self, "chart.png");
}

static void
test_rights (ReplaceFixture *self,
             gconstpointer   data)
{
  static const mode_t modes[] = { 0600, 0640, 0666, 0700 };
  GStatBuf            status;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpint (g_chmod (self->path, modes[i]), ==, 0);
      replace_fixture_replace (self, self->path);
      g_assert_cmpint (g_stat (self->path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 07777, ==, modes[i]);
    }
  if (geteuid () != 0)
    return;
  g_assert_cmpint (chown (self->path, 1234, 2345), ==, 0);
  replace_fixture_replace (self, self->path);
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpint (status.st_uid, ==, 1234);
  g_assert_cmpint (status.st_gid, ==, 2345);
}

/* Neither a file nor a folder that may not be written to; the superuser may. */
static void
test_no_permission (ReplaceFixture *self,
                    gconstpointer   data)
{
  g_autofree char *inner = g_build_filename (self->folder, "new.png", NULL);
  gboolean         is_superuser = geteuid () == 0;

  g_assert_cmpint (g_chmod (self->root, 0755), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  if (is_superuser)
    {
      g_assert_cmpint (chown (self->folder, 1234, 1234), ==, 0);
      g_assert_cmpint (chown (self->path, 1234, 1234), ==, 0);
      g_assert_cmpint (seteuid (1234), ==, 0);
    }
  replace_fixture_assert_fails (self, self->path, "Permission denied");
  g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  replace_fixture_assert_fails (self, self->path, "Permission denied");
  replace_fixture_assert_fails (self, inner, "Permission denied");
  /* Names can be added, but not listed. */
  g_assert_cmpint (g_chmod (self->folder, 0333), ==, 0);
  g_assert_true (scope_replace_file (self->path, replace_fixture_fill, self->bytes, NULL));
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  if (is_superuser)
    g_assert_cmpint (seteuid (0), ==, 0);
  replace_fixture_assert_new (self, self->path);
  replace_fixture_assert_names (self, "chart.png");
}

/* The longest name that there may be, and one more. */
static void
test_long_name (ReplaceFixture *self,
                gconstpointer   data)
{
  g_autofree char *name = g_strnfill (255, 'x');
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *longer = g_strconcat (path, "x", NULL);

  replace_fixture_replace (self, path);
  replace_fixture_replace (self, path);
  replace_fixture_assert_fails (self, longer, "File name too long");
}

static void
test_folder_gone (ReplaceFixture *self,
                  gconstpointer   data)
{
  g_autofree char *missing = g_build_filename (self->root, "missing", "chart.png", NULL);
  g_autofree char *below = g_build_filename (self->path, "chart.png", NULL);

  replace_fixture_assert_fails (self, missing, "No such file or directory");
  replace_fixture_assert_fails (self, below, "Not a directory");
  replace_fixture_assert_fails (self, "/proc/chart.png", "cannot be written");
  replace_fixture_assert_bytes (self->path, OLD, strlen (OLD));
  replace_fixture_assert_names (self, "chart.png");
}

static void
test_no_file (ReplaceFixture *self,
              gconstpointer   data)
{
  g_autofree char   *folder = g_build_filename (self->folder, "folder.png", NULL);
  g_autofree char   *pipe = g_build_filename (self->folder, "pipe.png", NULL);
  g_autofree char   *device = g_build_filename (self->folder, "device.png", NULL);
  g_autofree char   *link = g_build_filename (self->folder, "link.png", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                listener = socket (AF_UNIX, SOCK_STREAM, 0);

  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/socket.png", self->folder);
  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0666), ==, 0);
  g_assert_cmpint (symlink ("/dev/null", device), ==, 0);
  g_assert_cmpint (symlink ("folder.png", link), ==, 0);
  replace_fixture_assert_fails (self, folder, "is a folder");
  replace_fixture_assert_fails (self, link, "is a folder");
  replace_fixture_assert_fails (self, self->folder, "is a folder");
  replace_fixture_assert_fails (self, pipe, "is a device, a pipe or a socket");
  replace_fixture_assert_fails (self, device, "is a device, a pipe or a socket");
  replace_fixture_assert_fails (self, address.sun_path, "is a device, a pipe or a socket");
  replace_fixture_assert_names (self, "chart.png device.png folder.png link.png pipe.png socket.png");
  close (listener);
}

static void
test_links (ReplaceFixture *self,
            gconstpointer   data)
{
  g_autofree char *deep = g_build_filename (self->root, "deep", NULL);
  g_autofree char *deeper = g_build_filename (deep, "deeper", NULL);
  g_autofree char *link = g_build_filename (deeper, "link.png", NULL);
  g_autofree char *by_folder = g_build_filename (self->folder, "to", NULL);
  g_autofree char *through = g_build_filename (by_folder, "link.png", NULL);
  g_autofree char *real = g_build_filename (deep, "real.png", NULL);
  g_autofree char *round = g_build_filename (self->folder, "round.png", NULL);
  g_autofree char *target = NULL;

  /* Two links, nothing at their end, and “..” of a folder that is a link. */
  g_assert_cmpint (g_mkdir (deep, 0777), ==, 0);
  g_assert_cmpint (g_mkdir (deeper, 0777), ==, 0);
  g_assert_cmpint (symlink ("../real.png", link), ==, 0);
  g_assert_cmpint (symlink (deeper, by_folder), ==, 0);
  replace_fixture_replace (self, through);
  replace_fixture_assert_new (self, real);
  replace_fixture_replace (self, through);
  target = g_file_read_link (link, NULL);
  g_assert_cmpstr (target, ==, "../real.png");
  g_assert_false (g_file_test (real, G_FILE_TEST_IS_SYMLINK));
  replace_fixture_assert_names (self, "chart.png to");

  g_assert_cmpint (symlink ("round.png", round), ==, 0);
  replace_fixture_assert_fails (self, round, "Too many levels of symbolic links");
  g_assert_null (scope_replace_file_resolve (round, NULL));
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
    { "/replace-file/new", test_new },
    { "/replace-file/empty", test_empty },
    { "/replace-file/relative", test_relative },
    { "/replace-file/rights", test_rights },
    { "/replace-file/no-permission", test_no_permission },
    { "/replace-file/long-name", test_long_name },
    { "/replace-file/folder-gone", test_folder_gone },
    { "/replace-file/no-file", test_no_file },
    { "/replace-file/links", test_links },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReplaceFixture, NULL, replace_fixture_set_up, tests[i].test, replace_fixture_tear_down);
  return g_test_run ();
}
