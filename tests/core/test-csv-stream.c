/* test-csv-stream.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes through a pipe.
 */
#include "csv-load.h"
#include "feed.h"
#include "reading.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  const char *bytes;
  gsize       length;
  gsize       piece;
  int         fd;
} Writer;

static gpointer
write_thread (gpointer data)
{
  Writer *writer = data;

  for (gsize at = 0; at < writer->length;)
    {
      gssize n = write (writer->fd, writer->bytes + at, MIN (writer->piece, writer->length - at));

      g_assert_cmpint (n, >, 0);
      at += n;
    }
  close (writer->fd);
  return NULL;
}

/* All of it in one look that waits for the end. */
static void
read_all (Reading    *f,
          const char *bytes,
          gsize       length,
          gsize       piece)
{
  Writer   writer = { bytes, length, piece };
  int      ends[2];
  GThread *thread;

  g_assert_cmpint (pipe (ends), ==, 0);
  writer.fd = ends[1];
  reading_use (f, scope_csv_reader_new_stream (ends[0]));
  thread = g_thread_new ("writer", write_thread, &writer);
  reading_look (f);
  g_thread_join (thread);
  g_assert_true (scope_csv_reader_get_position (f->reader).is_over);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).offset, ==, length);
  close (ends[0]);
}

static void
test_pieces (Reading      *f,
             gconstpointer data)
{
  static const gsize PIECES[] = { 1, 7, 4096, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (PIECES); i++)
    {
      g_autoptr (GString) text = reading_text (PIECES[i] < 4096 ? 50 : 20000, i);

      read_all (f, text->str, text->len, PIECES[i]);
      reading_assert_is (f, text->str, text->len);
      g_clear_object (&f->history);
      f->history = scope_history_new ();
    }
}

/* What has come is there although more may. */
static void
test_live (Reading      *f,
           gconstpointer data)
{
  g_autoptr (GString) text = reading_text (10, 0);
  g_autoptr (GString) more = g_string_new (NULL);
  int                 ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  reading_use (f, scope_csv_reader_new_stream (ends[0]));
  scope_csv_reader_set_live (f->reader, TRUE);
  reading_look (f);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 0);
  g_assert_cmpint (write (ends[1], text->str, text->len), ==, text->len);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
  fixture_add_blocks (more, 10, 3, 0);
  g_assert_cmpint (write (ends[1], more->str, more->len), ==, more->len);
  g_string_append_len (text, more->str, more->len);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
  g_assert_false (scope_csv_reader_get_position (f->reader).is_over);
  close (ends[1]);
  reading_look (f);
  g_assert_true (scope_csv_reader_get_position (f->reader).is_over);
  g_assert_cmpuint (f->n_resets, ==, 0);
  close (ends[0]);
}

/* The file of "tail -F" is written anew: the row that it cut is lost, and the
 * header is none. */
static void
test_torn (Reading      *f,
           gconstpointer data)
{
  static const char *const CUTS[] = { "1795338600,5,GET,/a,1.5", "1795338600,5,GET,\"/a",
                                      "1795338600,5,GET,/a,1.500000,0.250000,12,34,7,0,12,2" };
  const ScopeBadRow       *bad;
  guint                    n;

  for (guint i = 0; i < G_N_ELEMENTS (CUTS); i++)
    {
      g_autoptr (GString) text = reading_text (10, 0);
      g_autoptr (GString) second = reading_text (5, 1);

      g_string_append (text, CUTS[i]);
      g_string_append_len (text, second->str, second->len);
      read_all (f, text->str, text->len, 100);
      g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 15);
      g_assert_cmpuint (scope_history_get_n_runs (f->history), ==, 2);
      g_assert_cmpuint (scope_history_get_n_bad_rows (f->history), ==, 1);
      bad = scope_history_get_bad_rows (f->history, &n);
      g_assert_cmpstr (bad[0].reason, ==, "the row has no end before the header comes again");
      g_clear_object (&f->history);
      f->history = scope_history_new ();
    }
}

/* As where the program before the pipe was ended. */
static void
test_ends_in_a_row (Reading      *f,
                    gconstpointer data)
{
  g_autoptr (GString) text = reading_text (10, 0);
  const ScopeBadRow  *bad;
  guint               n;

  g_string_append (text, "1795338600,5,GET,/a,1.5,0,12,34,7,0,12,2,1,1,1");
  read_all (f, text->str, text->len, 100);
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, 10);
  g_assert_cmpuint (scope_history_get_n_bad_rows (f->history), ==, 1);
  bad = scope_history_get_bad_rows (f->history, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (bad[0].reason, ==, "it ends in the middle");
}

static void
test_other (Reading      *f,
            gconstpointer data)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  reading_use (f, scope_csv_reader_new_stream (ends[0]));
  scope_csv_reader_set_live (f->reader, TRUE);
  g_assert_cmpint (write (ends[1], "{}\n", 3), ==, 3);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "JSON");
  g_assert_true (scope_csv_reader_get_position (f->reader).is_over);
  close (ends[0]);
  close (ends[1]);
}

/* What gzip wrote has an end, which did not come. */
static void
test_cut_gzip (Reading      *f,
               gconstpointer data)
{
  static const char HEAD[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
  int               ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  reading_use (f, scope_csv_reader_new_stream (ends[0]));
  g_assert_cmpint (write (ends[1], HEAD, sizeof HEAD - 1), ==, sizeof HEAD - 1);
  close (ends[1]);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "has no end");
  close (ends[0]);
}

static void
test_load (Reading      *f,
           gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20000, 0);
  g_autoptr (GError)  error = NULL;
  int                 ends[2];
  Writer              writer = { text->str, text->len, 5000 };
  GThread            *thread;

  g_assert_cmpint (pipe (ends), ==, 0);
  writer.fd = ends[1];
  thread = g_thread_new ("writer", write_thread, &writer);
  g_assert_true (scope_csv_load_stream (f->history, ends[0], 0, &error));
  g_assert_no_error (error);
  g_thread_join (thread);
  reading_assert_is (f, text->str, text->len);
  close (ends[0]);
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
    { "/csv-stream/pieces", test_pieces },
    { "/csv-stream/live", test_live },
    { "/csv-stream/torn", test_torn },
    { "/csv-stream/ends-in-a-row", test_ends_in_a_row },
    { "/csv-stream/other", test_other },
    { "/csv-stream/cut-gzip", test_cut_gzip },
    { "/csv-stream/load", test_load },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Reading, NULL, reading_set_up, TESTS[i].func, reading_tear_down);
  return g_test_run ();
}
