/* test-csv-reader.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real files, and all that can be done to them between two looks.  After
 * each, the history must be what a fresh reading of the file gives.
 */
#include "csv-reader.h"
#include "feed.h"
#include "reading.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
assert_empty (Reading *f)
{
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->history)), ==, 0);
}

static void
test_not_there_yet (Reading      *f,
                    gconstpointer data)
{
  g_autoptr (GString) text = reading_text (5, 0);

  reading_look (f);
  reading_look (f);
  g_assert_false (scope_csv_reader_get_position (f->reader).exists);
  g_assert_cmpuint (f->n_batches, ==, 0);
  fixture_write (f->path, O_TRUNC, "", 0);
  reading_look (f);
  g_assert_true (scope_csv_reader_get_position (f->reader).exists);
  fixture_write (f->path, O_APPEND, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

static void
test_bursts (Reading      *f,
             gconstpointer data)
{
  g_autoptr (GString) text = reading_text (200, 0);
  guint               n_resets;

  fixture_write (f->path, O_TRUNC, "", 0);
  reading_look (f);
  n_resets = f->n_resets;
  for (gsize start = 0; start < text->len;)
    {
      gsize n = g_test_rand_int_range (1, 900);

      n = MIN (n, text->len - start);
      fixture_write (f->path, O_APPEND, text->str + start, n);
      start += n;
      reading_look (f);
      if (g_test_rand_bit ())
        reading_look (f);
    }
  reading_assert_fresh (f);
  g_assert_cmpuint (f->n_resets, ==, n_resets);
}

static void
test_half_a_line (Reading      *f,
                  gconstpointer data)
{
  g_autoptr (GString) text = reading_text (3, 0);

  fixture_write (f->path, O_TRUNC, text->str, text->len - 20);
  reading_look (f);
  g_assert_cmpuint (scope_history_get_columns (f->history, 0)->n_rows, ==, 3);
  g_assert_cmpuint (scope_history_get_columns (f->history, 2)->n_rows, ==, 2);
  fixture_write (f->path, O_APPEND, text->str + text->len - 20, 20);
  reading_look (f);
  g_assert_cmpuint (scope_history_get_columns (f->history, 2)->n_rows, ==, 3);
  reading_assert_fresh (f);
}

static void
check_rewritten (Reading *f,
                 guint    n_before,
                 guint    n_after,
                 gboolean by_rename)
{
  g_autoptr (GString) before = reading_text (n_before, 0);
  g_autoptr (GString) after = reading_text (n_after, 1);
  guint               n_resets;

  fixture_write (f->path, O_TRUNC, before->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
  n_resets = f->n_resets;
  if (by_rename)
    {
      g_autofree char *other = g_build_filename (f->folder, "other", NULL);

      fixture_write (other, O_TRUNC, after->str, -1);
      g_assert_cmpint (g_rename (other, f->path), ==, 0);
    }
  else
    {
      fixture_write (f->path, O_TRUNC, after->str, -1);
    }
  reading_look (f);
  reading_assert_fresh (f);
  g_assert_cmpuint (f->n_resets, ==, n_resets + 1);
}

static void
test_rewritten (Reading      *f,
                gconstpointer data)
{
  check_rewritten (f, 20, 5, FALSE);
  check_rewritten (f, 20, 60, FALSE);
  check_rewritten (f, 20, 20, FALSE);
}

static void
test_renamed_over (Reading      *f,
                   gconstpointer data)
{
  check_rewritten (f, 20, 5, TRUE);
  check_rewritten (f, 20, 60, TRUE);
  check_rewritten (f, 20, 20, TRUE);
}

/* Rows of a test that has not begun are the same to the byte, but for their
 * stamps. */
static void
test_rewritten_while_idle (Reading      *f,
                           gconstpointer data)
{
  for (guint seed = 0; seed < 3; seed++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

      for (guint i = 0; i < 10; i++)
        fixture_row (text, 1795338539 + 1000 * seed + i, "", "Aggregated", 0, 0);
      fixture_write (f->path, O_TRUNC, text->str, -1);
      reading_look (f);
      reading_assert_fresh (f);
    }
}

static void
test_truncated (Reading      *f,
                gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20, 0);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  fixture_write (f->path, O_TRUNC, "", 0);
  reading_look (f);
  assert_empty (f);
  fixture_write (f->path, O_APPEND, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

/* Cut in the middle, with other rows behind. */
static void
test_cut_and_continued (Reading      *f,
                        gconstpointer data)
{
  g_autoptr (GString) before = reading_text (20, 0);
  g_autoptr (GString) after = reading_text (10, 0);

  fixture_write (f->path, O_TRUNC, before->str, -1);
  reading_look (f);
  fixture_add_blocks (after, 100, 40, 2);
  fixture_write (f->path, O_TRUNC, after->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

static void
test_deleted_and_created (Reading      *f,
                          gconstpointer data)
{
  g_autoptr (GString) before = reading_text (20, 0);
  g_autoptr (GString) after = reading_text (25, 1);
  guint               n_batches;

  fixture_write (f->path, O_TRUNC, before->str, -1);
  reading_look (f);
  n_batches = f->n_batches;
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  reading_look (f);
  g_assert_false (scope_csv_reader_get_position (f->reader).exists);
  g_assert_cmpuint (f->n_batches, ==, n_batches); /* what was read stays */
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 20);
  fixture_write (f->path, O_TRUNC, after->str, -1);
  reading_look (f);
  reading_assert_fresh (f);

  /* Without a look between the two. */
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  fixture_write (f->path, O_TRUNC, before->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

/* The last rows of a file that is replaced are not lost. */
static void
test_written_to_before_rename (Reading      *f,
                               gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  g_autofree char    *moved = g_build_filename (f->folder, "moved", NULL);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  fixture_add_blocks (more, 20, 5, 0);
  g_assert_cmpint (g_rename (f->path, moved), ==, 0);
  fixture_write (moved, O_APPEND, more->str, -1);
  reading_look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 25);
  g_assert_cmpint (g_rename (moved, f->path), ==, 0);
  reading_look (f);
  reading_assert_fresh (f);
}

static void
test_written_to_before_renamed_over (Reading      *f,
                                     gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  g_autoptr (GString) after = reading_text (7, 1);
  g_autofree char    *other = g_build_filename (f->folder, "other", NULL);
  guint               n_batches, n_resets;

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  n_batches = f->n_batches;
  n_resets = f->n_resets;
  fixture_add_blocks (more, 20, 5, 0);
  fixture_write (f->path, O_APPEND, more->str, -1);
  fixture_write (other, O_TRUNC, after->str, -1);
  g_assert_cmpint (g_rename (other, f->path), ==, 0);
  reading_look (f);
  reading_assert_fresh (f);
  g_assert_cmpuint (f->n_batches, ==, n_batches + 2);
  g_assert_cmpuint (f->n_resets, ==, n_resets + 1);
}

static void
test_not_a_file (Reading      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = reading_text (5, 0);

  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, "is a folder");
  g_assert_cmpint (g_rmdir (f->path), ==, 0);
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, "locustscope - <");
  reading_look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, f->path);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", f->path), ==, 0);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, "not a regular file");
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  reading_look (f);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

/* Root may read everything: then as somebody who may not. */
static void
become_user (void)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
}

static void
become_root (void)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_no_permission (Reading      *f,
                    gconstpointer data)
{
  g_autoptr (GString) text = reading_text (5, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  int                 fd;

  fixture_add_blocks (more, 5, 5, 0);
  g_assert_cmpint (g_chmod (f->folder, 0755), ==, 0);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  g_assert_cmpint (g_chmod (f->path, 0), ==, 0);
  become_user ();
  reading_look_in_vain (f, SCOPE_FEED_ERROR_READ, "cannot be read");
  become_root ();
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  become_user ();
  reading_look (f);
  become_root ();
  reading_assert_fresh (f);

  /* What is open stays so, whatever is taken away. */
  fd = open (f->path, O_WRONLY | O_APPEND);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (g_chmod (f->path, 0), ==, 0);
  g_assert_cmpint (g_chmod (f->folder, 0), ==, 0);
  g_assert_cmpint (write (fd, more->str, more->len), ==, more->len);
  close (fd);
  become_user ();
  reading_look (f);
  become_root ();
  g_assert_cmpint (g_chmod (f->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  reading_assert_fresh (f);
}

static void
test_other_format (Reading      *f,
                   gconstpointer data)
{
  g_autoptr (GString) text = reading_text (5, 0);
  guint               n_batches;

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  fixture_write (f->path, O_TRUNC, "Method,Name,Error,Occurrences\r\n", -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "PREFIX_failures.csv");
  assert_empty (f);
  n_batches = f->n_batches;
  fixture_write (f->path, O_APPEND, "GET,/a,boom,1\r\n", -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "PREFIX_failures.csv");
  g_assert_cmpuint (f->n_batches, ==, n_batches);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);

  fixture_write (f->path, O_TRUNC, "{}\n", -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "JSON");
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  reading_look (f);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

static void
test_symbolic_link (Reading      *f,
                    gconstpointer data)
{
  g_autofree char    *one = g_build_filename (f->folder, "one", NULL);
  g_autofree char    *two = g_build_filename (f->folder, "two", NULL);
  g_autoptr (GString) text = reading_text (5, 0);
  g_autoptr (GString) other = reading_text (50, 1);
  g_autoptr (GString) more = g_string_new (NULL);

  g_assert_cmpint (symlink ("one", f->path), ==, 0);
  reading_look (f); /* leads nowhere yet */
  fixture_write (one, O_TRUNC, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
  fixture_add_blocks (more, 5, 5, 0);
  fixture_write (one, O_APPEND, more->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
  fixture_write (two, O_TRUNC, other->str, -1);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink ("two", f->path), ==, 0);
  reading_look (f);
  reading_assert_fresh (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink ("run_stats_history.csv", f->path), ==, 0);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_READ, "cannot be read");
}

/* Whoever takes the batches may stop, and go on with the next look. */
static void
test_receiver_stops (Reading      *f,
                     gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20000, 0);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  g_assert_cmpuint (text->len, >, 3 << 20);
  f->refuse_after = 1;
  reading_look (f);
  g_assert_cmpuint (f->n_batches, ==, 1);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).offset, <, text->len);
  reading_look (f);
  g_assert_cmpuint (f->n_batches, ==, 2);
  f->refuse_after = 0;
  reading_look (f);
  reading_assert_fresh (f);
}

static void
set_time (const char *path,
          gint64      seconds)
{
  struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_position (Reading      *f,
               gconstpointer data)
{
  g_autoptr (GString) text = reading_text (5, 0);
  g_autofree char    *summary = scope_csv_summary_path (f->path);
  ScopeCsvPosition    position;

  fixture_write (f->path, O_TRUNC, text->str, -1);
  set_time (f->path, 1000);
  reading_look (f);
  position = scope_csv_reader_get_position (f->reader);
  g_assert_true (position.exists);
  g_assert_cmpint (position.offset, ==, text->len);
  g_assert_cmpint (position.size, ==, text->len);
  g_assert_cmpint (position.changed, ==, 1000 * G_USEC_PER_SEC);

  fixture_write (summary, O_TRUNC, "", 0);
  set_time (summary, 2000);
  reading_look (f);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).changed, ==, 2000 * G_USEC_PER_SEC);
  set_time (summary, 500);
  reading_look (f);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).changed, ==, 1000 * G_USEC_PER_SEC);
}

static void
test_summary_path (void)
{
  g_autofree char *path = scope_csv_summary_path ("/a/b_stats_history.csv");

  g_assert_cmpstr (path, ==, "/a/b_stats.csv");
  g_assert_null (scope_csv_summary_path ("/a/b.csv"));
  g_assert_null (scope_csv_summary_path ("/a_stats_history.csv/b"));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void      (*func) (Reading *, gconstpointer);
  } TESTS[] = {
    { "/csv-reader/not-there-yet", test_not_there_yet },
    { "/csv-reader/bursts", test_bursts },
    { "/csv-reader/half-a-line", test_half_a_line },
    { "/csv-reader/rewritten", test_rewritten },
    { "/csv-reader/renamed-over", test_renamed_over },
    { "/csv-reader/rewritten-while-idle", test_rewritten_while_idle },
    { "/csv-reader/truncated", test_truncated },
    { "/csv-reader/cut-and-continued", test_cut_and_continued },
    { "/csv-reader/deleted-and-created", test_deleted_and_created },
    { "/csv-reader/written-to-before-rename", test_written_to_before_rename },
    { "/csv-reader/written-to-before-renamed-over", test_written_to_before_renamed_over },
    { "/csv-reader/not-a-file", test_not_a_file },
    { "/csv-reader/no-permission", test_no_permission },
    { "/csv-reader/other-format", test_other_format },
    { "/csv-reader/symbolic-link", test_symbolic_link },
    { "/csv-reader/receiver-stops", test_receiver_stops },
    { "/csv-reader/position", test_position },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Reading, NULL, reading_set_up, TESTS[i].func, reading_tear_down);
  g_test_add_func ("/csv-reader/summary-path", test_summary_path);
  return g_test_run ();
}
