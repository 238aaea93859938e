/* test-csv-feed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The feed as a window has it: a main loop, a thread that reads, real files.
 * Each test waits for what must come; only one that hangs ever times out.
 */
#include "csv-feed.h"
#include "csv-reader.h"
#include "fixture.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define TIMEOUT_S 120
#define LONG_AGO  1000000000

#define LARGE_BLOCKS 200000

typedef struct
{
  char         *folder;  /* owned */
  char         *path;    /* owned */
  char         *summary; /* owned */
  ScopeFeed    *feed;    /* owned */
  ScopeHistory *history; /* owned */
  GThread      *thread;  /* borrowed: where "blocks" must come */
  guint         n_batches;
  guint         n_wanted; /* blocks to wait for */
  ScopeFeedState state;   /* to wait for */
  gboolean      stop_at_first;
} Fixture;

static void
blocks_cb (ScopeFeed   *feed,
           ScopeBlocks *blocks,
           gpointer     data)
{
  Fixture *f = data;

  g_assert_true (g_thread_self () == f->thread);
  g_assert_true (scope_feed_get_running (feed));
  f->n_batches++;
  scope_history_append (f->history, blocks);
  if (f->stop_at_first)
    scope_feed_stop (feed);
}

/* Whether something was so within one turn of the loop after another. */
static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Fixture    *f,
            gboolean  (*is_so) (Fixture *f),
            const char *what)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_S * G_USEC_PER_SEC;
  guint  timer = g_timeout_add (10, wake_cb, NULL);

  while (!is_so (f))
    {
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain for: %s", what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
}

/* Lets the loop and the other threads do what they would. */
static void
idle_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;
  guint  timer = g_timeout_add (10, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static guint
count_reading_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL))
        n += g_str_has_prefix (comm, "csv-feed");
    }
  return n;
}

static gboolean
no_thread_is_left (Fixture *f)
{
  return count_reading_threads () == 0;
}

static gboolean
has_read_all (Fixture *f)
{
  return scope_feed_get_progress (f->feed) == 1;
}

static gboolean
has_blocks (Fixture *f)
{
  return scope_history_get_n_blocks (f->history) == f->n_wanted;
}

static gboolean
has_batch (Fixture *f)
{
  return f->n_batches > 0;
}

static gboolean
has_state (Fixture *f)
{
  return scope_feed_get_state (f->feed) == f->state;
}

static gboolean
has_error (Fixture *f)
{
  return scope_feed_get_error (f->feed) != NULL;
}

static gboolean
has_no_error (Fixture *f)
{
  return scope_feed_get_error (f->feed) == NULL;
}

static void
wait_for_blocks (Fixture *f,
                 guint    n)
{
  f->n_wanted = n;
  wait_until (f, has_blocks, "blocks");
}

static void
wait_for_state (Fixture       *f,
                ScopeFeedState state)
{
  f->state = state;
  wait_until (f, has_state, "a state");
}

static void
make_feed (Fixture *f)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->path);

  f->feed = scope_csv_feed_new (file);
  g_assert_true (scope_csv_feed_get_file (SCOPE_CSV_FEED (f->feed)) == file);
  g_signal_connect (f->feed, "blocks", G_CALLBACK (blocks_cb), f);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("locustscope-feed-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "run_stats_history.csv", NULL);
  f->summary = scope_csv_summary_path (f->path);
  f->history = scope_history_new ();
  f->thread = g_thread_self ();
  make_feed (f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  if (f->feed != NULL)
    g_assert_finalize_object (f->feed);
  wait_until (f, no_thread_is_left, "the end of the reading thread");
  g_object_unref (f->history);
  g_remove (f->path);
  g_remove (f->summary);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->summary);
}

/* Blocks of a running test: two endpoints and the total. */
static void
add_blocks (GString *text,
            guint    first,
            guint    n)
{
  for (guint b = first; b < first + n; b++)
    {
      fixture_row (text, 1795338539 + b, "GET", "/a", b * 3, 20);
      fixture_row (text, 1795338539 + b, "GET", "\"b, c\"", b, 10.25);
      fixture_row (text, 1795338539 + b, "", "Aggregated", b * 4, 15);
    }
}

/* What Locust writes when no user is left. */
static void
add_idle_blocks (GString *text,
                 guint    first,
                 guint    n,
                 guint    count)
{
  for (guint b = first; b < first + n; b++)
    g_string_append_printf (text, "%u,0,,Aggregated,0,0,1,1,%u,0,1,1.5,1,1,1\r\n", 1795338539 + b,
                            count);
}

static void
write_in (const char *path,
          int         flags,
          const char *text)
{
  int    fd = open (path, O_WRONLY | O_CREAT | flags, 0600);
  gssize length = strlen (text);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, length), ==, length);
  close (fd);
}

static void
write_blocks (Fixture *f,
              int      flags,
              guint    first,
              guint    n)
{
  g_autoptr (GString) text = g_string_new (first == 0 ? FIXTURE_HEADER : NULL);

  add_blocks (text, first, n);
  write_in (f->path, flags, text->str);
}

static void
set_time (const char *path,
          gint64      seconds)
{
  struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
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
test_follow (Fixture      *f,
             gconstpointer data)
{
  g_assert_false (scope_feed_get_running (f->feed));
  g_assert_cmpfloat (scope_feed_get_progress (f->feed), ==, 0);
  write_blocks (f, O_TRUNC, 0, 5);
  scope_feed_start (f->feed);
  scope_feed_start (f->feed);
  g_assert_true (scope_feed_get_running (f->feed));
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 5);
  for (guint b = 5; b < 30; b += 5)
    {
      write_blocks (f, O_APPEND, b, 5);
      wait_for_blocks (f, b + 5);
      assert_fresh (f);
    }
  g_assert_cmpfloat (scope_feed_get_progress (f->feed), ==, 1);
  g_assert_null (scope_feed_get_error (f->feed));
}

static void
test_not_there_yet (Fixture      *f,
                    gconstpointer data)
{
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_WAITING);
  g_assert_null (scope_feed_get_error (f->feed));
  write_in (f->path, O_TRUNC, FIXTURE_HEADER);
  idle_for (50);
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_WAITING);
  write_blocks (f, O_TRUNC, 0, 3);
  wait_for_blocks (f, 3);
  wait_for_state (f, SCOPE_FEED_LIVE);
}

static void
test_replaced (Fixture      *f,
               gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  write_blocks (f, O_TRUNC, 0, 30);
  scope_feed_start (f->feed);
  wait_for_blocks (f, 30);
  add_blocks (text, 0, 40);
  write_in (other, O_TRUNC, text->str);
  g_assert_cmpint (g_rename (other, f->path), ==, 0);
  wait_for_blocks (f, 40);
  assert_fresh (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  write_blocks (f, O_TRUNC, 0, 10);
  wait_for_blocks (f, 10);
  assert_fresh (f);
  write_blocks (f, O_TRUNC, 0, 4);
  wait_for_blocks (f, 4);
  assert_fresh (f);
}

static gboolean
exists (Fixture *f)
{
  return scope_csv_feed_get_exists (SCOPE_CSV_FEED (f->feed));
}

static gboolean
exists_not (Fixture *f)
{
  return !exists (f);
}

/* The folder comes after the feed; it is moved away, and another is in its place;
 * then it is back. */
static void
test_folder (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *away = g_strconcat (f->folder, "-away", NULL);
  g_autofree char *other = g_strconcat (f->folder, "-other", NULL);

  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_null (scope_feed_get_error (f->feed));
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  write_blocks (f, O_TRUNC, 0, 3);
  wait_for_blocks (f, 3);

  g_assert_cmpint (g_rename (f->folder, away), ==, 0);
  wait_until (f, exists_not, "the file to go");
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 3);
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  write_blocks (f, O_TRUNC, 0, 7);
  wait_for_blocks (f, 7);
  write_blocks (f, O_APPEND, 7, 1);
  wait_for_blocks (f, 8);

  g_assert_cmpint (g_rename (f->folder, other), ==, 0);
  g_assert_cmpint (g_rename (away, f->folder), ==, 0);
  wait_for_blocks (f, 3);
  g_assert_cmpint (g_rename (f->folder, away), ==, 0);
  wait_until (f, exists_not, "the file to go");
  g_assert_cmpint (g_rename (away, f->folder), ==, 0);
  wait_until (f, exists, "the file to be back");
  write_blocks (f, O_APPEND, 3, 2);
  wait_for_blocks (f, 5);
  assert_fresh (f);
  g_free (f->summary);
  f->summary = g_build_filename (other, "run_stats_history.csv", NULL);
  g_assert_cmpint (g_unlink (f->summary), ==, 0);
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

/* As on a file server, or where nothing more can be watched: the system is asked,
 * and then tells nothing. */
static gboolean tells_nothing;

int
inotify_add_watch (int         fd,
                   const char *path,
                   guint32     mask)
{
  int (*real) (int, const char *, guint32) = dlsym (RTLD_NEXT, "inotify_add_watch");

  return tells_nothing ? real (fd, "/", IN_UNMOUNT) : real (fd, path, mask);
}

static void
test_untold (Fixture      *f,
             gconstpointer data)
{
  gint64 start;

  tells_nothing = TRUE;
  write_blocks (f, O_TRUNC, 0, 3);
  scope_feed_start (f->feed);
  wait_for_blocks (f, 3);
  idle_for (300); /* until it does not look by itself any more */
  for (guint b = 3; b < 6; b++)
    {
      start = g_get_monotonic_time ();
      write_blocks (f, O_APPEND, b, 1);
      wait_for_blocks (f, b + 1);
      g_test_message ("seen after %.2f s", (g_get_monotonic_time () - start) / 1e6);
      idle_for (300);
    }
  write_blocks (f, O_TRUNC, 0, 2);
  wait_for_blocks (f, 2);
  tells_nothing = FALSE;
}

static void
test_stream (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  int                 ends[2], old = dup (STDIN_FILENO);

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (dup2 (ends[0], STDIN_FILENO), ==, STDIN_FILENO);
  close (ends[0]);
  g_object_unref (f->feed);
  f->feed = scope_csv_feed_new_stream ();
  g_signal_connect (f->feed, "blocks", G_CALLBACK (blocks_cb), f);
  g_assert_true (scope_csv_feed_is_stream (SCOPE_CSV_FEED (f->feed)));
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  wait_for_state (f, SCOPE_FEED_WAITING);
  add_blocks (text, 0, 5);
  g_assert_cmpint (write (ends[1], text->str, text->len), ==, text->len);
  wait_for_blocks (f, 5);
  wait_for_state (f, SCOPE_FEED_LIVE);
  g_assert_false (scope_csv_feed_is_over (SCOPE_CSV_FEED (f->feed)));
  close (ends[1]);
  wait_for_state (f, SCOPE_FEED_ENDED);
  g_assert_true (scope_csv_feed_is_over (SCOPE_CSV_FEED (f->feed)));
  g_assert_null (scope_feed_get_error (f->feed));
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 5);
  g_assert_finalize_object (g_steal_pointer (&f->feed));
  wait_until (f, no_thread_is_left, "the end of the reading thread");
  g_assert_cmpint (dup2 (old, STDIN_FILENO), ==, STDIN_FILENO);
  close (old);
}

static void
test_state_by_time (Fixture      *f,
                    gconstpointer data)
{
  write_blocks (f, O_TRUNC, 0, 5);
  set_time (f->path, LONG_AGO);
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_ENDED);

  write_blocks (f, O_APPEND, 5, 1);
  wait_for_state (f, SCOPE_FEED_LIVE);
  set_time (f->path, LONG_AGO);
  wait_for_state (f, SCOPE_FEED_ENDED);

  /* PREFIX_stats.csv is written every second, the history every five. */
  write_in (f->summary, O_TRUNC, "");
  wait_for_state (f, SCOPE_FEED_LIVE);
  set_time (f->summary, LONG_AGO);
  wait_for_state (f, SCOPE_FEED_ENDED);
}

/* A file server's clock may be ahead of ours. */
static void
test_time_in_future (Fixture      *f,
                     gconstpointer data)
{
  write_blocks (f, O_TRUNC, 0, 5);
  set_time (f->path, g_get_real_time () / G_USEC_PER_SEC + 3600);
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_LIVE);
}

/* Locust goes on to write after a test was stopped. */
static void
test_state_by_users (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  add_blocks (text, 0, 5);
  add_idle_blocks (text, 5, 15, 16);
  write_in (f->path, O_TRUNC, text->str);
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_LIVE);

  g_string_truncate (text, 0);
  add_idle_blocks (text, 20, 10, 16);
  write_in (f->path, O_APPEND, text->str);
  wait_for_state (f, SCOPE_FEED_ENDED);

  /* The last requests of users that are gone. */
  g_string_truncate (text, 0);
  add_idle_blocks (text, 30, 1, 17);
  write_in (f->path, O_APPEND, text->str);
  wait_for_state (f, SCOPE_FEED_LIVE);

  g_string_truncate (text, 0);
  add_idle_blocks (text, 31, 25, 17);
  write_in (f->path, O_APPEND, text->str);
  wait_for_state (f, SCOPE_FEED_ENDED);
  write_blocks (f, O_APPEND, 60, 1);
  wait_for_state (f, SCOPE_FEED_LIVE);
}

static gboolean
had_time (Fixture *f)
{
  static gint64 start;

  if (start == 0)
    start = g_get_monotonic_time ();
  return g_get_monotonic_time () - start > G_USEC_PER_SEC / 2;
}

/* The summary can name the total before the history does. */
static void
test_state_by_count (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  g_string_append (text, "1795338539,0,GET,/a,0,0,1,1,1,0,1,1.5,1,1,1\r\n");
  write_in (f->path, O_TRUNC, text->str);
  write_in (f->summary, O_TRUNC,
            "Type,Name,Request Count,Failure Count,Average Response Time\r\n"
            "GET,/a,1,0,1.5\r\n,Aggregated,1,0,1.5\r\n");
  scope_feed_start (f->feed);
  wait_until (f, had_time, "the summary, which is too new to be shown");

  /* No user is counted, but requests are. */
  g_string_truncate (text, 0);
  for (guint b = 0; b < 40; b++)
    add_idle_blocks (text, b, 1, b + 1);
  write_in (f->path, O_APPEND, text->str);
  f->n_wanted = 40;
  wait_until (f, has_blocks, "the blocks");
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_LIVE);
}

static void
test_error (Fixture      *f,
            gconstpointer data)
{
  write_in (f->path, O_TRUNC, "Method,Name,Error,Occurrences\r\n");
  scope_feed_start (f->feed);
  wait_until (f, has_error, "an error");
  g_assert_true (g_error_matches (scope_feed_get_error (f->feed), SCOPE_FEED_ERROR,
                                  SCOPE_FEED_ERROR_FORMAT));
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_WAITING);
  wait_until (f, has_read_all, "progress 1");
  write_blocks (f, O_TRUNC, 0, 3);
  wait_until (f, has_no_error, "no error");
  wait_for_blocks (f, 3);
}

static void
test_stop_and_go_on (Fixture      *f,
                     gconstpointer data)
{
  guint n_batches;

  write_blocks (f, O_TRUNC, 0, 5);
  scope_feed_stop (f->feed);
  scope_feed_start (f->feed);
  wait_for_blocks (f, 5);
  scope_feed_stop (f->feed);
  g_assert_false (scope_feed_get_running (f->feed));
  n_batches = f->n_batches;
  write_blocks (f, O_APPEND, 5, 5);
  idle_for (100);
  g_assert_cmpuint (f->n_batches, ==, n_batches);
  scope_feed_start (f->feed);
  wait_for_blocks (f, 10);
  assert_fresh (f);
  for (guint i = 0; i < 50; i++)
    {
      scope_feed_stop (f->feed);
      if (i % 5 == 0)
        write_blocks (f, O_APPEND, 10 + i / 5, 1);
      scope_feed_start (f->feed);
      if (i % 7 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_for_blocks (f, 20);
  assert_fresh (f);
}

/* Some tens of megabytes: more than the queue holds. */
static void
write_large_file (Fixture *f)
{
  g_autoptr (GString) text = g_string_new (NULL);

  write_blocks (f, O_TRUNC, 0, 1);
  for (guint b = 1; b < LARGE_BLOCKS; b += 1000)
    {
      g_string_truncate (text, 0);
      add_blocks (text, b, MIN (1000, LARGE_BLOCKS - b));
      write_in (f->path, O_APPEND, text->str);
    }
}

static void
test_large_file (Fixture      *f,
                 gconstpointer data)
{
  struct stat status;

  write_large_file (f);
  g_assert_cmpint (g_stat (f->path, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 30 << 20);
  f->stop_at_first = TRUE;
  scope_feed_start (f->feed);
  wait_until (f, has_batch, "a first batch");
  g_assert_cmpuint (f->n_batches, ==, 1);
  g_assert_cmpfloat (scope_feed_get_progress (f->feed), <, 0.5);
  idle_for (100); /* the worker waits; nothing comes */
  g_assert_cmpuint (f->n_batches, ==, 1);

  f->stop_at_first = FALSE;
  scope_feed_start (f->feed);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpuint (f->n_batches, >, 10);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, LARGE_BLOCKS);
}

/* Bytes that this process has read, or -1 where the system does not tell. */
static gint64
count_bytes_read (void)
{
  g_autofree char *io = NULL;

  if (!g_file_get_contents ("/proc/self/io", &io, NULL, NULL) || !g_str_has_prefix (io, "rchar: "))
    return -1;
  return g_ascii_strtoll (io + strlen ("rchar: "), NULL, 10);
}

/* Nobody takes the batches for a while: only a few are read ahead. */
static void
test_reads_ahead_a_little (Fixture      *f,
                           gconstpointer data)
{
  gint64 before = count_bytes_read ();

  if (before < 0)
    {
      g_test_skip ("the system does not tell what was read");
      return;
    }
  write_large_file (f);
  scope_feed_start (f->feed);
  g_usleep (300000);
  g_assert_cmpint (count_bytes_read () - before, <, 24 << 20);
  wait_until (f, has_read_all, "progress 1");
  g_assert_cmpint (count_bytes_read () - before, >, 30 << 20);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
append_cb (ScopeBlocks *blocks,
           gpointer     data)
{
  scope_history_append (data, blocks);
}

/* Reads before anybody listens; what comes later is told as usual. */
static void
test_reads_before_the_start (Fixture      *f,
                             gconstpointer data)
{
  guint n_caught_up = 0;

  write_large_file (f);
  /* The test goes on, however long reading takes. */
  set_time (f->path, g_get_real_time () / G_USEC_PER_SEC + 3600);
  g_signal_connect_swapped (f->feed, "caught-up", G_CALLBACK (count_cb), &n_caught_up);
  scope_csv_feed_read_ahead (SCOPE_CSV_FEED (f->feed), append_cb, f->history);
  scope_csv_feed_wait (SCOPE_CSV_FEED (f->feed), TIMEOUT_S * G_USEC_PER_SEC);
  idle_for (5);
  g_assert_cmpuint (f->n_batches, ==, 0);
  g_assert_cmpuint (n_caught_up, ==, 0);
  g_assert_false (scope_feed_get_running (f->feed));

  scope_feed_start (f->feed);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, LARGE_BLOCKS);
  scope_csv_feed_take (SCOPE_CSV_FEED (f->feed), 1000); /* without a turn of the loop */
  g_assert_cmpfloat (scope_feed_get_progress (f->feed), ==, 1);
  g_assert_cmpuint (n_caught_up, >=, 1);
  g_assert_cmpuint (f->n_batches, ==, 0);
  g_assert_cmpint (scope_feed_get_state (f->feed), ==, SCOPE_FEED_LIVE);

  write_blocks (f, O_APPEND, LARGE_BLOCKS, 1);
  wait_until (f, has_batch, "what was appended");
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, LARGE_BLOCKS + 1);
}

/* The rest is told by whom it was started. */
static void
test_starts_amid_reading (Fixture      *f,
                          gconstpointer data)
{
  write_large_file (f);
  for (guint i = 0; i < 10; i++)
    {
      if (f->feed == NULL)
        make_feed (f);
      g_clear_object (&f->history);
      f->history = scope_history_new ();
      scope_csv_feed_read_ahead (SCOPE_CSV_FEED (f->feed), append_cb, f->history);
      g_usleep (i * 1500);
      scope_feed_start (f->feed);
      wait_until (f, has_read_all, "the end of the file");
      g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, LARGE_BLOCKS);
      g_assert_finalize_object (g_steal_pointer (&f->feed));
    }
}

/* Nobody came to listen. */
static void
test_dispose_before_the_start (Fixture      *f,
                               gconstpointer data)
{
  write_large_file (f);
  scope_csv_feed_read_ahead (SCOPE_CSV_FEED (f->feed), append_cb, f->history);
  g_clear_object (&f->feed);
  wait_until (f, no_thread_is_left, "the thread to end");
  g_assert_cmpuint (f->n_batches, ==, 0);
}

static void
test_dispose_while_reading (Fixture      *f,
                            gconstpointer data)
{
  write_large_file (f);
  for (guint i = 0; i < 10; i++)
    {
      guint n_batches;

      if (f->feed == NULL)
        make_feed (f);
      f->stop_at_first = i % 3 == 2;
      f->n_batches = 0;
      g_clear_object (&f->history);
      f->history = scope_history_new ();
      scope_feed_start (f->feed);
      if (i % 2 == 0)
        wait_until (f, has_batch, "a first batch");
      g_assert_finalize_object (g_steal_pointer (&f->feed));
      n_batches = f->n_batches;
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (f->n_batches, ==, n_batches);
    }
  wait_until (f, no_thread_is_left, "the end of the reading threads");
}

static void
drop_feed_cb (ScopeFeed   *feed,
              ScopeBlocks *blocks,
              gpointer     data)
{
  Fixture *f = data;

  g_clear_object (&f->feed);
}

/* A window that is closed by what it was just told. */
static void
test_dropped_by_its_listener (Fixture      *f,
                              gconstpointer data)
{
  gpointer weak = f->feed;

  write_large_file (f);
  g_object_add_weak_pointer (G_OBJECT (f->feed), &weak);
  g_signal_connect (f->feed, "blocks", G_CALLBACK (drop_feed_cb), f);
  scope_feed_start (f->feed);
  wait_until (f, has_batch, "a first batch");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (weak);
  g_assert_cmpuint (f->n_batches, ==, 1);
}

static void
test_never_started (Fixture      *f,
                    gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (f->feed));
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
    { "/csv-feed/follow", test_follow },
    { "/csv-feed/not-there-yet", test_not_there_yet },
    { "/csv-feed/replaced", test_replaced },
    { "/csv-feed/folder", test_folder },
    { "/csv-feed/untold", test_untold },
    { "/csv-feed/stream", test_stream },
    { "/csv-feed/state-by-time", test_state_by_time },
    { "/csv-feed/time-in-future", test_time_in_future },
    { "/csv-feed/state-by-users", test_state_by_users },
    { "/csv-feed/state-by-count", test_state_by_count },
    { "/csv-feed/error", test_error },
    { "/csv-feed/stop-and-go-on", test_stop_and_go_on },
    { "/csv-feed/large-file", test_large_file },
    { "/csv-feed/reads-ahead-a-little", test_reads_ahead_a_little },
    { "/csv-feed/reads-before-the-start", test_reads_before_the_start },
    { "/csv-feed/starts-amid-reading", test_starts_amid_reading },
    { "/csv-feed/dispose-before-the-start", test_dispose_before_the_start },
    { "/csv-feed/dispose-while-reading", test_dispose_while_reading },
    { "/csv-feed/dropped-by-its-listener", test_dropped_by_its_listener },
    { "/csv-feed/never-started", test_never_started },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  return g_test_run ();
}
