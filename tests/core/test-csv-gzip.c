/* test-csv-gzip.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that were compressed, whole or in pieces, and what is left of damaged
 * ones.
 */
#include "feed.h"
#include "reading.h"

#include <fcntl.h>
#include <string.h>
#include <zlib.h>

/* (transfer full): a member of a file, or of one that is still written to. */
static GString *
compress_text (const char *text,
               gsize       length,
               int         flush)
{
  z_stream stream = { 0 };
  GString *bytes;

  g_assert_cmpint (deflateInit2 (&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  bytes = g_string_sized_new (deflateBound (&stream, length) + 64);
  stream.next_in = (Bytef *) text;
  stream.avail_in = length;
  stream.next_out = (Bytef *) bytes->str;
  stream.avail_out = bytes->allocated_len;
  deflate (&stream, flush);
  g_string_set_size (bytes, bytes->allocated_len - stream.avail_out);
  deflateEnd (&stream);
  return bytes;
}

static void
write_bytes (Reading       *f,
             int            flags,
             const GString *bytes)
{
  fixture_write (f->path, flags, bytes->str, bytes->len);
}

static void
test_whole (Reading      *f,
            gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20000, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_FINISH);

  write_bytes (f, O_TRUNC, bytes);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
  g_assert_cmpint (scope_csv_reader_get_position (f->reader).offset, ==, bytes->len);
  reading_look (f);
  g_assert_cmpuint (f->n_resets, ==, 1);
}

/* The receiver has enough after each batch, and some bytes give many. */
static void
test_receiver_stops (Reading      *f,
                     gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20000, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_FINISH);
  guint               n_looks = 0;
  guint               n;

  write_bytes (f, O_TRUNC, bytes);
  f->refuse_after = 1;
  do
    {
      n = f->n_batches;
      reading_try (f, NULL);
      n_looks++;
    }
  while (f->n_batches > n);
  g_assert_cmpuint (n_looks, >, 10);
  g_assert_cmpuint (f->n_resets, ==, 1);
  reading_assert_is (f, text->str, text->len);
}

/* A member for each writer, with zeros between and behind them. */
static void
test_members (Reading      *f,
              gconstpointer data)
{
  g_autoptr (GString) text = reading_text (60, 0);
  g_autoptr (GString) all = g_string_new (NULL);
  gsize               third = text->len / 3;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GString) bytes =
        compress_text (text->str + i * third, i < 2 ? third : text->len - 2 * third, Z_FINISH);

      g_string_append_len (all, bytes->str, bytes->len);
      g_string_append_len (all, "\0\0\0\0\0\0", i * 3);
    }
  write_bytes (f, O_TRUNC, all);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
}

/* Byte by byte: each row when it can be made out. */
static void
test_grows (Reading      *f,
            gconstpointer data)
{
  g_autoptr (GString) text = reading_text (40, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_FINISH);

  scope_csv_reader_set_live (f->reader, TRUE);
  for (gsize i = 0; i < bytes->len; i++)
    {
      fixture_write (f->path, i ? O_APPEND : O_TRUNC, bytes->str + i, 1);
      reading_look (f);
    }
  reading_assert_is (f, text->str, text->len);
  g_assert_cmpuint (f->n_resets, ==, 1);
}

/* As "gzip" writes at the end of a pipe that is flushed. */
static void
test_flushed (Reading      *f,
              gconstpointer data)
{
  g_autoptr (GString) text = reading_text (40, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_SYNC_FLUSH);

  scope_csv_reader_set_live (f->reader, TRUE);
  write_bytes (f, O_TRUNC, bytes);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
}

/* Rewritten by another, and by one that is not compressed. */
static void
test_rewritten (Reading      *f,
                gconstpointer data)
{
  g_autoptr (GString) one = reading_text (40, 0);
  g_autoptr (GString) other = reading_text (60, 1);
  const GString      *text[2] = { one, other };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GString) bytes = compress_text (text[i % 2]->str, text[i % 2]->len, Z_FINISH);

      write_bytes (f, O_TRUNC, i == 2 ? one : bytes);
      reading_look (f);
      reading_assert_is (f, text[i % 2]->str, text[i % 2]->len);
    }
}

/* What can be made out is there, and it is said that more is missing. */
static void
test_cut (Reading      *f,
          gconstpointer data)
{
  g_autoptr (GString) text = reading_text (4000, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_FINISH);
  guint               n;

  fixture_write (f->path, O_TRUNC, bytes->str, bytes->len / 2);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "has no end");
  n = scope_history_get_n_blocks (f->history);
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpuint (n, <, 3000);

  /* The rest comes. */
  fixture_write (f->path, O_APPEND, bytes->str + bytes->len / 2, bytes->len - bytes->len / 2);
  reading_look (f);
  reading_assert_is (f, text->str, text->len);
  g_assert_cmpuint (f->n_resets, ==, 1);
}

static void
test_damaged (Reading      *f,
              gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20000, 0);
  g_autoptr (GString) bytes = compress_text (text->str, text->len, Z_FINISH);
  guint               n;

  memset (bytes->str + bytes->len / 2, 0xff, 300);
  write_bytes (f, O_TRUNC, bytes);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "is damaged at byte");
  n = scope_history_get_n_blocks (f->history);
  g_assert_cmpuint (n, >, 5000);
  g_assert_cmpuint (n, <, 15000);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "is damaged at byte");
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, n);
}

/* Something else, which gzip did not write. */
static void
test_other (Reading      *f,
            gconstpointer data)
{
  g_autoptr (GString) bytes = compress_text ("{}\n", 3, Z_FINISH);

  write_bytes (f, O_TRUNC, bytes);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "JSON");
  g_string_free (bytes, TRUE);
  bytes = compress_text ("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10, Z_FINISH);
  write_bytes (f, O_TRUNC, bytes);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_FORMAT, "compressed twice");
  fixture_write (f->path, O_TRUNC, "\x1f\x8bnothing of the kind", -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "is damaged at byte");
  fixture_write (f->path, O_TRUNC, "\x1fno", -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_DAMAGED, "is damaged at byte");
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
    { "/csv-gzip/whole", test_whole },
    { "/csv-gzip/receiver-stops", test_receiver_stops },
    { "/csv-gzip/members", test_members },
    { "/csv-gzip/grows", test_grows },
    { "/csv-gzip/flushed", test_flushed },
    { "/csv-gzip/rewritten", test_rewritten },
    { "/csv-gzip/cut", test_cut },
    { "/csv-gzip/damaged", test_damaged },
    { "/csv-gzip/other", test_other },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Reading, NULL, reading_set_up, TESTS[i].func, reading_tear_down);
  return g_test_run ();
}
