/* test-requests-live.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log of requests that is being written: a second is shown when it is over.
 * These tests go by the clock, so each begins early in a second and does what
 * it must before that ends.
 */
#include "csv-reader.h"
#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEADER                                                                                     \
  "timestamp,request_type,name,response_time_ms,response_length,status_code,exception\r\n"

/* µs: how late in a second a test may still begin */
#define LATEST_START 400000

typedef struct
{
  char           *folder;  /* owned */
  char           *path;    /* owned */
  ScopeCsvReader *reader;  /* owned */
  ScopeHistory   *history; /* owned */
  gint64          now;     /* s: the second in which the test began */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("locustscope-log-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "requests.csv", NULL);
  f->reader = scope_csv_reader_new (f->path);
  scope_csv_reader_set_live (f->reader, TRUE);
  f->history = scope_history_new ();
  while (g_get_real_time () % G_USEC_PER_SEC > LATEST_START)
    g_usleep (10000);
  f->now = g_get_real_time () / G_USEC_PER_SEC;
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  scope_csv_reader_free (f->reader);
  g_object_unref (f->history);
  g_remove (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

static void
write_in (Fixture    *f,
          int         flags,
          const char *text)
{
  int fd = open (f->path, O_WRONLY | O_CREAT | flags, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, strlen (text));
  close (fd);
}

/* A request that ends in that second, counted from now. */
static void
add (GString    *log,
     Fixture    *f,
     int         second,
     const char *name)
{
  g_string_append_printf (log, "%" G_GINT64_FORMAT ".25,GET,%s,12.50,64,200,\r\n",
                          f->now + second, name);
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  scope_history_append (data, blocks);
  return TRUE;
}

static void
look (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (scope_csv_reader_look (f->reader, blocks_cb, f->history, &error));
  g_assert_no_error (error);
}

static void
wait_for (Fixture *f,
          int      second)
{
  while (g_get_real_time () < (f->now + second) * G_USEC_PER_SEC)
    g_usleep (10000);
}

/* The requests of all endpoints that are shown. */
static guint64
count (Fixture *f)
{
  guint64 sum = 0;

  for (guint run = 0; run < scope_history_get_n_runs (f->history); run++)
    {
      guint               last = scope_history_get_run (f->history, run).end - 1;
      const ScopeColumns *columns = scope_history_get_columns (f->history, 0);

      sum += scope_columns_get_count (columns, last - columns->first);
    }
  return sum;
}

static gboolean
is_in_time (Fixture *f)
{
  if (g_get_real_time () / G_USEC_PER_SEC == f->now)
    return TRUE;
  g_test_skip ("the machine was too slow");
  return FALSE;
}

static void
assert_fresh (Fixture *f)
{
  g_autoptr (GBytes)       bytes = fixture_read (f->path);
  g_autoptr (ScopeHistory) expected =
    fixture_history (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  fixture_assert_same (f->history, expected);
}

static void
test_held (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);
  guint64             counts[3];

  add (log, f, -2, "a");
  add (log, f, 0, "a");
  add (log, f, -1, "b"); /* late: it need not wait */
  write_in (f, O_TRUNC, log->str);
  look (f);
  counts[0] = count (f);
  g_string_truncate (log, 0);
  add (log, f, 0, "c");
  write_in (f, O_APPEND, log->str);
  look (f);
  counts[1] = count (f);
  look (f);
  counts[2] = count (f);
  if (!is_in_time (f))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (counts[i], ==, 2);

  wait_for (f, 1);
  look (f); /* nothing was written meanwhile */
  g_assert_cmpuint (count (f), ==, 4);
  assert_fresh (f);
  look (f);
  assert_fresh (f);
}

/* What comes with the next second does not wait for it. */
static void
test_next_second (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, -1, "a");
  add (log, f, 0, "a");
  write_in (f, O_TRUNC, log->str);
  look (f);
  wait_for (f, 1);
  g_string_truncate (log, 0);
  add (log, f, 1, "a");
  write_in (f, O_APPEND, log->str);
  look (f);
  g_assert_cmpuint (count (f), >=, 2);
  wait_for (f, 2);
  look (f);
  g_assert_cmpuint (count (f), ==, 3);
  assert_fresh (f);
}

/* A log whose clock is not ours is not waited for. */
static void
test_other_clock (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, 100, "a");
  add (log, f, 101, "a");
  write_in (f, O_TRUNC, log->str);
  look (f);
  g_assert_cmpuint (count (f), ==, 2);
  assert_fresh (f);
}

static void
test_not_live (Fixture      *f,
               gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  scope_csv_reader_set_live (f->reader, FALSE);
  add (log, f, -1, "a");
  add (log, f, 0, "a");
  add (log, f, 1, "b");
  write_in (f, O_TRUNC, log->str);
  look (f);
  g_assert_cmpuint (count (f), ==, 3);
  assert_fresh (f);
}

/* What was held back of the old log is not put into the new one. */
static void
test_truncated (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, -1, "a");
  add (log, f, 0, "old");
  write_in (f, O_TRUNC, log->str);
  look (f);
  g_string_assign (log, HEADER);
  add (log, f, -3, "b");
  write_in (f, O_TRUNC, log->str);
  look (f);
  assert_fresh (f);
  wait_for (f, 1);
  look (f);
  assert_fresh (f);
}

/* Cut to nothing, and nothing comes. */
static void
test_emptied (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, -1, "a");
  add (log, f, 0, "a");
  write_in (f, O_TRUNC, log->str);
  look (f);
  write_in (f, O_TRUNC, "");
  look (f);
  wait_for (f, 1);
  look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
}

/* A second log is put behind the first while that is held back. */
static void
test_header_again (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);
  guint               n_runs;

  add (log, f, -1, "a");
  add (log, f, 0, "a");
  g_string_append (log, HEADER);
  add (log, f, 0, "b");
  add (log, f, -1, "c"); /* not before its run begins */
  write_in (f, O_TRUNC, log->str);
  look (f);
  n_runs = scope_history_get_n_runs (f->history);
  if (is_in_time (f))
    g_assert_cmpuint (n_runs, ==, 1);
  wait_for (f, 1);
  look (f);
  assert_fresh (f);
  g_assert_cmpuint (scope_history_get_n_runs (f->history), ==, 2);
}

/* Half a row comes with the release of those before it. */
static void
test_half_a_row (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);
  gsize               cut;

  add (log, f, 0, "a");
  cut = log->len + 7;
  add (log, f, 0, "b");
  write_in (f, O_TRUNC, "");
  g_assert_true (g_file_set_contents (f->path, log->str, (gssize) cut, NULL));
  look (f);
  wait_for (f, 1);
  look (f);
  assert_fresh (f);
  write_in (f, O_APPEND, log->str + cut);
  look (f);
  assert_fresh (f);
  g_assert_cmpuint (count (f), ==, 2);
}

/* Rows are not in the order of time: each is shown when its own second is
 * over. */
static void
test_out_of_order (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);
  guint64             n;

  add (log, f, -1, "a");
  add (log, f, 1, "a"); /* by a clock a little ahead */
  add (log, f, 0, "a");
  write_in (f, O_TRUNC, log->str);
  look (f);
  wait_for (f, 1);
  look (f);
  n = count (f);
  if (g_get_real_time () / G_USEC_PER_SEC == f->now + 1)
    g_assert_cmpuint (n, ==, 2);
  wait_for (f, 2);
  look (f);
  assert_fresh (f);
}

/* The log goes when the test has ended; what was read of it stays. */
static void
test_removed (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, -1, "a");
  add (log, f, 0, "a");
  write_in (f, O_TRUNC, log->str);
  look (f);
  g_assert_cmpint (g_remove (f->path), ==, 0);
  wait_for (f, 1);
  look (f);
  g_assert_cmpuint (count (f), ==, 2);
}

/* The second log is an older one; still the first ends before it. */
static void
test_older_log_behind (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (HEADER);

  add (log, f, -1, "a");
  add (log, f, 0, "a");
  g_string_append (log, HEADER);
  add (log, f, -50, "b");
  write_in (f, O_TRUNC, log->str);
  look (f);
  wait_for (f, 1);
  look (f);
  assert_fresh (f);
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
    { "/requests-live/held", test_held },
    { "/requests-live/next-second", test_next_second },
    { "/requests-live/other-clock", test_other_clock },
    { "/requests-live/not-live", test_not_live },
    { "/requests-live/truncated", test_truncated },
    { "/requests-live/emptied", test_emptied },
    { "/requests-live/header-again", test_header_again },
    { "/requests-live/half-a-row", test_half_a_row },
    { "/requests-live/out-of-order", test_out_of_order },
    { "/requests-live/removed", test_removed },
    { "/requests-live/older-log-behind", test_older_log_behind },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  return g_test_run ();
}
