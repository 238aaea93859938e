/* test-export-target.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an export never overwrites, whatever leads to it.
 */
#include "export-target.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SHOP "shop_full_stats_history.csv"

typedef struct
{
  char *folder; /* owned */
  char *source; /* owned: a history, there or not */
} Fixture;

static char *
make_path (Fixture    *self,
           const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
copy (Fixture    *self,
      const char *from,
      const char *name)
{
  g_autofree char   *original = g_build_filename (g_getenv ("TEST_DATA"), from, NULL);
  g_autofree char   *path = make_path (self, name);
  g_autofree char   *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize              length;

  g_file_get_contents (original, &text, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

/* As gzip --keep does. */
static void
compress (Fixture    *self,
          const char *name)
{
  g_autofree char           *gz = g_strconcat (name, ".gz", NULL);
  g_autofree char           *path = make_path (self, name);
  g_autofree char           *to = make_path (self, gz);
  g_autoptr (GFile)          file = g_file_new_for_path (to);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autofree char           *text = NULL;
  g_autoptr (GOutputStream)  plain = NULL;
  g_autoptr (GOutputStream)  out = NULL;
  g_autoptr (GError)         error = NULL;
  gsize                      length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  plain = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  out = g_converter_output_stream_new (plain, G_CONVERTER (gzip));
  g_output_stream_write_all (out, text, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("export-target-XXXXXX", &error);
  g_assert_no_error (error);
  self->source = make_path (self, "run_stats_history.csv");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = make_path (self, name);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->source);
}

/* (nullable): what is said against it. */
static char *
find_reason (Fixture    *self,
             const char *name)
{
  g_autofree char   *path = make_path (self, name);
  g_autofree char   *base = g_path_get_basename (name);
  g_autofree char   *baseline = make_path (self, "baseline.csv");
  const char        *sources[] = { self->source, baseline, NULL };
  g_autoptr (GError) error = NULL;

  if (scope_export_check_target (path, sources, &error))
    {
      g_assert_no_error (error);
      return NULL;
    }
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, base));
  return g_strdup (error->message);
}

static void
assert_refused (Fixture    *self,
                const char *name,
                const char *reason)
{
  g_autofree char *found = find_reason (self, name);

  g_assert_nonnull (found);
  g_assert_nonnull (strstr (found, reason));
}

static void
assert_allowed (Fixture    *self,
                const char *name)
{
  g_autofree char *found = find_reason (self, name);

  g_assert_cmpstr (found, ==, NULL);
}

static void
test_source (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *symbolic = make_path (self, "symbolic.csv");
  g_autofree char *hard = make_path (self, "hard.csv");
  g_autofree char *by_folder = make_path (self, "folder");
  g_autofree char *picture = make_path (self, "picture.png");

  copy (self, "runs/" SHOP, "run_stats_history.csv");
  copy (self, "runs/" SHOP, "baseline.csv");
  g_assert_cmpint (symlink (self->source, symbolic), ==, 0);
  g_assert_cmpint (symlink ("symbolic.csv", picture), ==, 0);
  g_assert_cmpint (link (self->source, hard), ==, 0);
  g_assert_cmpint (symlink (".", by_folder), ==, 0);
  assert_refused (self, "run_stats_history.csv", "a file that is shown");
  assert_refused (self, "folder/run_stats_history.csv", "a file that is shown");
  assert_refused (self, "symbolic.csv", "a file that is shown");
  assert_refused (self, "hard.csv", "a file that is shown");
  assert_refused (self, "picture.png", "a file that is shown");
  assert_refused (self, "baseline.csv", "a file that is shown");
  assert_allowed (self, "run.csv");
}

/* As while it is waited for, or after it was deleted. */
static void
test_missing_source (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *symbolic = make_path (self, "symbolic.csv");
  g_autofree char *by_folder = make_path (self, "folder");

  g_assert_cmpint (symlink ("run_stats_history.csv", symbolic), ==, 0);
  g_assert_cmpint (symlink (".", by_folder), ==, 0);
  assert_refused (self, "run_stats_history.csv", "a file that is shown");
  assert_refused (self, "symbolic.csv", "a file that is shown");
  assert_allowed (self, "run.csv");
  assert_allowed (self, "missing/run_stats_history.csv");
}

/* What Locust writes beside it, also if it has not done so yet. */
static void
test_beside (Fixture      *self,
             gconstpointer data)
{
  static const char *const names[] = { "run_stats.csv", "run_failures.csv", "run_exceptions.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_refused (self, names[i], "where Locust itself writes");
  copy (self, "runs/" SHOP, "run_stats_history.csv");
  copy (self, "runs/shop_full_stats.csv", "run_stats.csv");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_refused (self, names[i], "where Locust itself writes");
  assert_allowed (self, "run_stats.png");
  assert_allowed (self, "other_stats.csv");
}

static void
test_of_locust (Fixture      *self,
                gconstpointer data)
{
  static const char *const files[] = { "runs/" SHOP, "runs/shop_full_stats.csv",
                                       "runs/shop_full_failures.csv",
                                       "runs/request_log_v2463.csv" };
  g_autofree char         *link = make_path (self, "link.png");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      copy (self, files[i], "other.csv");
      assert_refused (self, "other.csv", "is a file of Locust");
    }
  g_assert_cmpint (symlink ("other.csv", link), ==, 0);
  assert_refused (self, "link.png", "is a file of Locust");
  compress (self, "other.csv");
  assert_refused (self, "other.csv.gz", "is a file of Locust");
}

static void
test_others (Fixture      *self,
             gconstpointer data)
{
  static const char *const texts[] = {
    "", "\n", "\xef\xbb\xbf", "\"", "what was there", "\x89PNG\r\n\x1a\n",
    "Timestamp,Type,Name,Response Time (ms),Requests/s,Failures/s,User Count\r\n",
  };
  g_autofree char *path = make_path (self, "other.csv");
  g_autofree char *folder = make_path (self, "folder.csv");
  g_autofree char *pipe = make_path (self, "pipe.csv");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      assert_allowed (self, "other.csv");
    }
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0666), ==, 0);
  assert_refused (self, "folder.csv", "is a folder");
  assert_refused (self, "pipe.csv", "is a device, a pipe or a socket");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/export-target/source", test_source },
    { "/export-target/missing-source", test_missing_source },
    { "/export-target/beside", test_beside },
    { "/export-target/of-locust", test_of_locust },
    { "/export-target/others", test_others },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
