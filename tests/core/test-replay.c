/* test-replay.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recording is played as if it happened now: the same bytes but for the
 * stamps, line by line when they are due, and nothing is left behind.
 */
#include "fixture.h"
#include "replay.h"

#include <glib/gstdio.h>
#include <string.h>

/* Generous: only a test that hangs takes so long. */
#define TIMEOUT_S 60

static GBytes *
make_recording (guint n_blocks)
{
  GString *text = g_string_new (FIXTURE_HEADER);

  for (guint b = 0; b < n_blocks; b++)
    {
      fixture_row (text, 1000000000 + b, "GET", "\"搜索, \"\"a\"\"\"", 10 * b, 12.5);
      fixture_row (text, 1000000000 + b, "", "Aggregated", 10 * b, 12.5);
    }
  return g_string_free_to_bytes (text);
}

static char *
read_file (GFile *file)
{
  char             *text;
  g_autoptr (GError) error = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Whether @text is the beginning of the recording, moved by so many seconds. */
static gboolean
is_moved (const char *text,
          GBytes     *recording,
          gint64     *shift)
{
  g_autofree char *original =
    g_strndup (g_bytes_get_data (recording, NULL), g_bytes_get_size (recording));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) expected = g_strsplit (original, "\n", -1);

  *shift = 0;
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      gint64 moved = g_ascii_strtoll (lines[i], NULL, 10);

      if (i == 0)
        {
          g_assert_cmpstr (lines[0], ==, expected[0]);
          continue;
        }
      g_assert_nonnull (expected[i]);
      if (*shift == 0)
        *shift = moved - g_ascii_strtoll (expected[i], NULL, 10);
      g_assert_cmpint (moved - g_ascii_strtoll (expected[i], NULL, 10), ==, *shift);
      g_assert_cmpstr (lines[i] + 10, ==, expected[i] + 10);
    }
  return strlen (text) == strlen (original);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
assert_gone (GFile *file)
{
  g_autoptr (GFile) directory = g_file_get_parent (file);

  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_false (g_file_query_exists (directory, NULL));
}

static void
test_grows (void)
{
  g_autoptr (GBytes) recording = make_recording (5);
  g_autoptr (GError) error = NULL;
  ScopeReplay       *replay = scope_replay_new (recording, "a_stats_history.csv", 2, &error);
  g_autoptr (GFile)  file = NULL;
  gint64             start = g_get_monotonic_time ();
  gint64             now = g_get_real_time () / G_USEC_PER_SEC;
  guint              timer = g_timeout_add (50, wake_cb, NULL);
  gsize              length = 0;
  gint64             shift = 0;
  gboolean           whole = FALSE;

  g_assert_no_error (error);
  file = g_object_ref (scope_replay_get_file (replay));
  while (!whole)
    {
      g_autofree char *text = read_file (file);

      whole = is_moved (text, recording, &shift);
      g_assert_cmpuint (strlen (text), >=, length);
      if (length == 0)
        g_assert_cmpuint (strlen (text), >, strlen (FIXTURE_HEADER)); /* the head is there */
      length = strlen (text);
      g_assert_cmpint (g_get_monotonic_time () - start, <, TIMEOUT_S * G_USEC_PER_SEC);
      if (!whole)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (ABS (1000000000 + shift + 2 - now), <=, 1);
  g_assert_cmpint (g_get_real_time () / G_USEC_PER_SEC, >=, 1000000004 + shift);
  g_source_remove (timer);
  g_assert_finalize_object (replay);
  assert_gone (file);
}

static void
test_all_at_once (void)
{
  g_autoptr (GBytes) recording = make_recording (300);
  g_autoptr (GError) error = NULL;
  ScopeReplay       *replay = scope_replay_new (recording, "b_stats_history.csv", 1000, &error);
  g_autoptr (GFile)  file = g_object_ref (scope_replay_get_file (replay));
  g_autofree char   *name = g_file_get_basename (file);
  g_autofree char   *text = read_file (file);
  gint64             shift;

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "b_stats_history.csv");
  g_assert_true (is_moved (text, recording, &shift));
  g_object_run_dispose (G_OBJECT (replay));
  assert_gone (file);
  g_assert_finalize_object (replay);
}

/* While it still plays. */
static void
test_ends_early (void)
{
  g_autoptr (GBytes) recording = make_recording (300);
  g_autoptr (GError) error = NULL;
  ScopeReplay       *replay = scope_replay_new (recording, "c_stats_history.csv", 0, &error);
  g_autoptr (GFile)  file = g_object_ref (scope_replay_get_file (replay));

  g_assert_no_error (error);
  g_assert_finalize_object (replay);
  assert_gone (file);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_no_such_folder (void)
{
  g_autoptr (GBytes)      recording = make_recording (3);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ScopeReplay) replay = scope_replay_new (recording, "no/folder.csv", 0, &error);

  g_assert_null (replay);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_strdup ("/tmp/locustscope-test-XXXXXX");
  int              status;

  g_assert_nonnull (g_mkdtemp (folder));
  g_setenv ("TMPDIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/grows", test_grows);
  g_test_add_func ("/replay/all-at-once", test_all_at_once);
  g_test_add_func ("/replay/ends-early", test_ends_early);
  g_test_add_func ("/replay/no-such-folder", test_no_such_folder);
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing was left in it */
  return status;
}
