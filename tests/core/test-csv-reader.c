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
#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char           *folder;  /* owned */
  char           *path;    /* owned */
  ScopeCsvReader *reader;  /* owned */
  ScopeHistory   *history; /* owned */
  guint           n_resets;
  guint           n_batches;
  guint           refuse_after; /* batches; 0: never */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("locustscope-reader-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "run_stats_history.csv", NULL);
  f->reader = scope_csv_reader_new (f->path);
  f->history = scope_history_new ();
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char      *name;

  scope_csv_reader_free (f->reader);
  g_object_unref (f->history);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

/* Blocks of two endpoints and the total; other @seeds are other numbers. */
static void
add_blocks (GString *text,
            guint    first,
            guint    n,
            guint    seed)
{
  for (guint b = first; b < first + n; b++)
    {
      fixture_row (text, 1795338539 + 1000 * seed + b, "GET", "/a", b * (3 + seed), 20 + seed);
      fixture_row (text, 1795338539 + 1000 * seed + b, "GET", "\"b, \"\"c\"\"\"", b, 10.25);
      fixture_row (text, 1795338539 + 1000 * seed + b, "", "Aggregated", b * (4 + seed), 15);
    }
}

static GString *
make_text (guint n_blocks,
           guint seed)
{
  GString *text = g_string_new (FIXTURE_HEADER);

  add_blocks (text, 0, n_blocks, seed);
  return text;
}

/* As Locust writes: the same file, opened anew or appended to. */
static void
write_in (const char *path,
          int         flags,
          const char *text,
          gssize      length)
{
  int fd = open (path, O_WRONLY | O_CREAT | flags, 0600);

  if (length < 0)
    length = strlen (text);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, length), ==, length);
  close (fd);
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Fixture *f = data;

  g_assert_cmpint (position->offset, <=, position->size);
  f->n_batches++;
  f->n_resets += blocks->reset;
  scope_history_append (f->history, blocks);
  return f->refuse_after == 0 || f->n_batches < f->refuse_after;
}

static void
look (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (scope_csv_reader_look (f->reader, blocks_cb, f, &error));
  g_assert_no_error (error);
}

static void
look_in_vain (Fixture       *f,
              ScopeFeedError code,
              const char    *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (scope_csv_reader_look (f->reader, blocks_cb, f, &error));
  g_assert_error (error, SCOPE_FEED_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

/* The history is that of the file as it is now. */
static void
assert_fresh (Fixture *f)
{
  g_autoptr (GBytes)       bytes = fixture_read (f->path);
  g_autoptr (ScopeHistory) expected =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpuint (scope_history_get_n_blocks (expected), >, 0);
  fixture_assert_same (f->history, expected);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).offset, ==, g_bytes_get_size (bytes));
}

static void
assert_empty (Fixture *f)
{
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->history)), ==, 0);
}

static void
test_not_there_yet (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr (GString) text = make_text (5, 0);

  look (f);
  look (f);
  g_assert_false (scope_csv_reader_get_position (f->reader).exists);
  g_assert_cmpuint (f->n_batches, ==, 0);
  write_in (f->path, O_TRUNC, "", 0);
  look (f);
  g_assert_true (scope_csv_reader_get_position (f->reader).exists);
  write_in (f->path, O_APPEND, text->str, -1);
  look (f);
  assert_fresh (f);
}

static void
test_bursts (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GString) text = make_text (200, 0);
  guint               n_resets;

  write_in (f->path, O_TRUNC, "", 0);
  look (f);
  n_resets = f->n_resets;
  for (gsize start = 0; start < text->len;)
    {
      gsize n = g_test_rand_int_range (1, 900);

      n = MIN (n, text->len - start);
      write_in (f->path, O_APPEND, text->str + start, n);
      start += n;
      look (f);
      if (g_test_rand_bit ())
        look (f);
    }
  assert_fresh (f);
  g_assert_cmpuint (f->n_resets, ==, n_resets);
}

static void
test_half_a_line (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr (GString) text = make_text (3, 0);

  write_in (f->path, O_TRUNC, text->str, text->len - 20);
  look (f);
  g_assert_cmpuint (scope_history_get_columns (f->history, 0)->n_rows, ==, 3);
  g_assert_cmpuint (scope_history_get_columns (f->history, 2)->n_rows, ==, 2);
  write_in (f->path, O_APPEND, text->str + text->len - 20, 20);
  look (f);
  g_assert_cmpuint (scope_history_get_columns (f->history, 2)->n_rows, ==, 3);
  assert_fresh (f);
}

static void
check_rewritten (Fixture *f,
                 guint    n_before,
                 guint    n_after,
                 gboolean by_rename)
{
  g_autoptr (GString) before = make_text (n_before, 0);
  g_autoptr (GString) after = make_text (n_after, 1);
  guint               n_resets;

  write_in (f->path, O_TRUNC, before->str, -1);
  look (f);
  assert_fresh (f);
  n_resets = f->n_resets;
  if (by_rename)
    {
      g_autofree char *other = g_build_filename (f->folder, "other", NULL);

      write_in (other, O_TRUNC, after->str, -1);
      g_assert_cmpint (g_rename (other, f->path), ==, 0);
    }
  else
    {
      write_in (f->path, O_TRUNC, after->str, -1);
    }
  look (f);
  assert_fresh (f);
  g_assert_cmpuint (f->n_resets, ==, n_resets + 1);
}

static void
test_rewritten (Fixture      *f,
                gconstpointer data)
{
  check_rewritten (f, 20, 5, FALSE);
  check_rewritten (f, 20, 60, FALSE);
  check_rewritten (f, 20, 20, FALSE);
}

static void
test_renamed_over (Fixture      *f,
                   gconstpointer data)
{
  check_rewritten (f, 20, 5, TRUE);
  check_rewritten (f, 20, 60, TRUE);
  check_rewritten (f, 20, 20, TRUE);
}

/* Rows of a test that has not begun are the same to the byte, but for their
 * stamps. */
static void
test_rewritten_while_idle (Fixture      *f,
                           gconstpointer data)
{
  for (guint seed = 0; seed < 3; seed++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

      for (guint i = 0; i < 10; i++)
        fixture_row (text, 1795338539 + 1000 * seed + i, "", "Aggregated", 0, 0);
      write_in (f->path, O_TRUNC, text->str, -1);
      look (f);
      assert_fresh (f);
    }
}

static void
test_truncated (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GString) text = make_text (20, 0);

  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  write_in (f->path, O_TRUNC, "", 0);
  look (f);
  assert_empty (f);
  write_in (f->path, O_APPEND, text->str, -1);
  look (f);
  assert_fresh (f);
}

/* Cut in the middle, with other rows behind. */
static void
test_cut_and_continued (Fixture      *f,
                        gconstpointer data)
{
  g_autoptr (GString) before = make_text (20, 0);
  g_autoptr (GString) after = make_text (10, 0);

  write_in (f->path, O_TRUNC, before->str, -1);
  look (f);
  add_blocks (after, 100, 40, 2);
  write_in (f->path, O_TRUNC, after->str, -1);
  look (f);
  assert_fresh (f);
}

static void
test_deleted_and_created (Fixture      *f,
                          gconstpointer data)
{
  g_autoptr (GString) before = make_text (20, 0);
  g_autoptr (GString) after = make_text (25, 1);
  guint               n_batches;

  write_in (f->path, O_TRUNC, before->str, -1);
  look (f);
  n_batches = f->n_batches;
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  look (f);
  g_assert_false (scope_csv_reader_get_position (f->reader).exists);
  g_assert_cmpuint (f->n_batches, ==, n_batches); /* what was read stays */
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 20);
  write_in (f->path, O_TRUNC, after->str, -1);
  look (f);
  assert_fresh (f);

  /* Without a look between the two. */
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  write_in (f->path, O_TRUNC, before->str, -1);
  look (f);
  assert_fresh (f);
}

/* The last rows of a file that is replaced are not lost. */
static void
test_written_to_before_rename (Fixture      *f,
                               gconstpointer data)
{
  g_autoptr (GString) text = make_text (20, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  g_autofree char    *moved = g_build_filename (f->folder, "moved", NULL);

  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  add_blocks (more, 20, 5, 0);
  g_assert_cmpint (g_rename (f->path, moved), ==, 0);
  write_in (moved, O_APPEND, more->str, -1);
  look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 25);
  g_assert_cmpint (g_rename (moved, f->path), ==, 0);
  look (f);
  assert_fresh (f);
}

static void
test_written_to_before_renamed_over (Fixture      *f,
                                     gconstpointer data)
{
  g_autoptr (GString) text = make_text (20, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  g_autoptr (GString) after = make_text (7, 1);
  g_autofree char    *other = g_build_filename (f->folder, "other", NULL);
  guint               n_batches, n_resets;

  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  n_batches = f->n_batches;
  n_resets = f->n_resets;
  add_blocks (more, 20, 5, 0);
  write_in (f->path, O_APPEND, more->str, -1);
  write_in (other, O_TRUNC, after->str, -1);
  g_assert_cmpint (g_rename (other, f->path), ==, 0);
  look (f);
  assert_fresh (f);
  g_assert_cmpuint (f->n_batches, ==, n_batches + 2);
  g_assert_cmpuint (f->n_resets, ==, n_resets + 1);
}

static void
test_not_a_file (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = make_text (5, 0);

  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, "is a folder");
  g_assert_cmpint (g_rmdir (f->path), ==, 0);
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, "not a regular file");
  look_in_vain (f, SCOPE_FEED_ERROR_NOT_FILE, f->path);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  look (f);
  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  assert_fresh (f);
}

static void
test_no_permission (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr (GString) text = make_text (5, 0);

  write_in (f->path, O_TRUNC, text->str, -1);
  g_assert_cmpint (g_chmod (f->path, 0), ==, 0);
  if (access (f->path, R_OK) == 0)
    {
      g_test_skip ("whoever runs this may read everything");
      return;
    }
  look_in_vain (f, SCOPE_FEED_ERROR_READ, "cannot be read");
  g_assert_cmpint (g_chmod (f->path, 0600), ==, 0);
  look (f);
  assert_fresh (f);
}

static void
test_other_format (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr (GString) text = make_text (5, 0);
  guint               n_batches;

  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  write_in (f->path, O_TRUNC, "Method,Name,Error,Occurrences\r\n", -1);
  look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "PREFIX_failures.csv");
  assert_empty (f);
  n_batches = f->n_batches;
  write_in (f->path, O_APPEND, "GET,/a,boom,1\r\n", -1);
  look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "PREFIX_failures.csv");
  g_assert_cmpuint (f->n_batches, ==, n_batches);

  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  assert_fresh (f);

  write_in (f->path, O_TRUNC, "{}\n", -1);
  look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "not a statistics history");
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  look (f);
  write_in (f->path, O_TRUNC, text->str, -1);
  look (f);
  assert_fresh (f);
}

static void
test_symbolic_link (Fixture      *f,
                    gconstpointer data)
{
  g_autofree char    *one = g_build_filename (f->folder, "one", NULL);
  g_autofree char    *two = g_build_filename (f->folder, "two", NULL);
  g_autoptr (GString) text = make_text (5, 0);
  g_autoptr (GString) other = make_text (50, 1);
  g_autoptr (GString) more = g_string_new (NULL);

  g_assert_cmpint (symlink ("one", f->path), ==, 0);
  look (f); /* leads nowhere yet */
  write_in (one, O_TRUNC, text->str, -1);
  look (f);
  assert_fresh (f);
  add_blocks (more, 5, 5, 0);
  write_in (one, O_APPEND, more->str, -1);
  look (f);
  assert_fresh (f);
  write_in (two, O_TRUNC, other->str, -1);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink ("two", f->path), ==, 0);
  look (f);
  assert_fresh (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink ("run_stats_history.csv", f->path), ==, 0);
  look_in_vain (f, SCOPE_FEED_ERROR_READ, "cannot be read");
}

/* Whoever takes the batches may stop, and go on with the next look. */
static void
test_receiver_stops (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr (GString) text = make_text (20000, 0);

  write_in (f->path, O_TRUNC, text->str, -1);
  g_assert_cmpuint (text->len, >, 3 << 20);
  f->refuse_after = 1;
  look (f);
  g_assert_cmpuint (f->n_batches, ==, 1);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).offset, <, text->len);
  look (f);
  g_assert_cmpuint (f->n_batches, ==, 2);
  f->refuse_after = 0;
  look (f);
  assert_fresh (f);
}

static void
set_time (const char *path,
          gint64      seconds)
{
  struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_position (Fixture      *f,
               gconstpointer data)
{
  g_autoptr (GString) text = make_text (5, 0);
  g_autofree char    *summary = scope_csv_summary_path (f->path);
  ScopeCsvPosition    position;

  write_in (f->path, O_TRUNC, text->str, -1);
  set_time (f->path, 1000);
  look (f);
  position = scope_csv_reader_get_position (f->reader);
  g_assert_true (position.exists);
  g_assert_cmpint (position.offset, ==, text->len);
  g_assert_cmpint (position.size, ==, text->len);
  g_assert_cmpint (position.changed, ==, 1000 * G_USEC_PER_SEC);

  write_in (summary, O_TRUNC, "", 0);
  set_time (summary, 2000);
  look (f);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).changed, ==, 2000 * G_USEC_PER_SEC);
  set_time (summary, 500);
  look (f);
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
    void      (*func) (Fixture *, gconstpointer);
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
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  g_test_add_func ("/csv-reader/summary-path", test_summary_path);
  return g_test_run ();
}
