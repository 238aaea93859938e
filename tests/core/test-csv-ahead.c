/* test-csv-ahead.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What two threads read is what one reads, wherever the second one began.
 */
#include "block-marks.h"
#include "csv-reader.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define STAMP 1795338539

/* Reads a file as two threads do, in pieces of @size bytes of which a part is
 * read ahead.  Returns how many bytes were. */
static gsize
read_ahead (Parsed     *parsed,
            const char *bytes,
            gsize       length,
            gsize       size)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeCsvAhead)  ahead = NULL;
  gsize                      n_ahead = 0;

  for (gsize start = 0; start < length;)
    {
      gsize                   n = MIN (size, length - start);
      g_autofree char        *piece = g_memdup2 (bytes + start, n);
      g_autoptr (ScopeBlocks) blocks = NULL;
      gsize                   place = 0;

      if (ahead == NULL && scope_csv_parser_can_read_ahead (parser))
        ahead = scope_csv_parser_new_ahead (parser);
      if (ahead != NULL)
        place = scope_csv_ahead_read (ahead, piece, n, g_test_rand_int_range (0, n));
      g_assert_cmpuint (place, <, n);
      if (!parsed_feed (parsed, parser, piece, place > 0 ? place : n))
        return 0;
      start += place > 0 ? place : n;
      if (place > 0)
        blocks = scope_csv_parser_join_ahead (parser, ahead);
      if (blocks != NULL)
        {
          parsed_take (parsed, blocks);
          start += ahead->used;
          n_ahead += ahead->used;
        }
      if (ahead != NULL && g_test_rand_int_range (0, 3) > 0)
        scope_csv_parser_teach_ahead (parser, ahead);
    }
  return n_ahead;
}

static gsize
assert_same (const char *bytes,
             gsize       length,
             gsize       size,
             const char *what)
{
  g_autoptr (Parsed) alone = parsed_whole (bytes, length);
  g_autoptr (Parsed) both = parsed_new ();
  gsize              n_ahead = read_ahead (both, bytes, length, size);

  parsed_assert_same (both, alone, what);
  return n_ahead;
}

static void
test_recorded (void)
{
  static const gsize    sizes[] = { 1500, 6000, 40000, 1 << 20 };
  g_autoptr (GPtrArray) paths = fixture_histories ();
  gsize                 n_ahead = 0;

  for (guint i = 0; i < paths->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        g_autoptr (GBytes) bytes = fixture_read (g_ptr_array_index (paths, i));
        gsize              length;
        const char        *data = g_bytes_get_data (bytes, &length);

        n_ahead += assert_same (data, length, sizes[k], g_ptr_array_index (paths, i));
      }
#ifdef __SSE2__
  g_assert_cmpuint (n_ahead, >, 20000);
#endif
}

/* A few bytes changed, anywhere but in the header. */
static void
test_damaged (void)
{
  static const char  damage[] = "0123456789,,\"\"\n\r.eN/A\0\xff";
  g_autofree char   *path = fixture_path ("runs", "shop_full_stats_history.csv");
  g_autoptr (GBytes) recorded = fixture_read (path);
  gsize              length;
  const char        *bytes = g_bytes_get_data (recorded, &length);

  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);
      guint            n = g_test_rand_int_range (1, 40);

      for (guint i = 0; i < n; i++)
        copy[g_test_rand_int_range (300, length)] =
          damage[g_test_rand_int_range (0, sizeof damage - 1)];
      assert_same (copy, length, g_test_rand_int_range (2000, 30000), "damaged");
    }
}

/* What may stand where a block seems to begin, or just before. */
static void
add_trouble (GString *text,
             gint64  *stamp,
             guint    kind)
{
  static const char *const names[] = {
    "/b", "\"two\nlines\"", "\"a total in\n1795338539,5,,Aggregated,0,0,\n it\"", "\"torn",
  };
  static const char *const damage[] = { "", "x", "\"", "\"0,\"\"0" };

  if (kind < G_N_ELEMENTS (names))
    fixture_row (text, *stamp, "GET", names[kind], 5, 20);
  else if (kind < 8)
    g_string_append_printf (text, "%" G_GINT64_FORMAT ",5,,Aggregated,%s\n", *stamp,
                            damage[kind - 4]);
  else if (kind < 10)
    g_string_append (text, kind == 8 ? FIXTURE_HEADER : "damage\n");
  else
    *stamp += kind == 10 ? SCOPE_LONGEST_STEP_S - 3 : kind == 11 ? -1 : 20 - *stamp;
}

static void
test_made_up (void)
{
  gsize n_ahead = 0, n = 0;

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
      gint64              stamp = STAMP;
      guint               n_names = g_test_rand_int_range (1, 4);

      for (guint b = 0; b < 60; b++)
        {
          for (guint i = 0; i < n_names; i++)
            {
              g_autofree char *name = g_strdup_printf ("/a/%u", i);

              if (g_test_rand_int_range (0, 100) == 0)
                add_trouble (text, &stamp, g_test_rand_int_range (0, 13));
              fixture_row (text, stamp, "GET", name, b, 20);
            }
          if (g_test_rand_int_range (0, 30) == 0)
            add_trouble (text, &stamp, g_test_rand_int_range (0, 13));
          if (g_test_rand_int_range (0, 20) != 0)
            fixture_row (text, stamp, "", "Aggregated", n_names * b, 20);
          if (g_test_rand_int_range (0, 20) == 0)
            add_trouble (text, &stamp, g_test_rand_int_range (0, 13));
          stamp += g_test_rand_int_range (0, 5) != 0;
        }
      n_ahead += assert_same (text->str, text->len, g_test_rand_int_range (1200, 9000), "made up");
      n += text->len;
    }
#ifdef __SSE2__
  g_assert_cmpuint (n_ahead, >, n / 50);
#endif
}

static void
add_blocks (GString *text,
            gint64   stamp,
            guint    n)
{
  for (guint b = 0; b < n; b++)
    {
      fixture_row (text, stamp + b, "GET", "/a/0", b, 20);
      fixture_row (text, stamp + b, "GET", "/a/1", b, 20);
      fixture_row (text, stamp + b, "", "Aggregated", 2 * b, 20);
    }
}

/* What looks like the end of a block and is none. */
static void
test_no_end (void)
{
  static const char *const ends[] = { "1795338559,5,,Aggregated,x\n",
                                      "1795338559,5,,Aggregated,\"\n",
                                      FIXTURE_HEADER "1795338559,5,,Aggregated,x\n" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint round = 0; round < 100; round++)
      {
        g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

        add_blocks (text, STAMP, 20);
        if (ends[i][0] != FIXTURE_HEADER[0])
          fixture_row (text, STAMP + 20, "GET", "/a/1", 20, 20);
        g_string_append (text, ends[i]);
        add_blocks (text, STAMP + 20, 20);
        assert_same (text->str, text->len, g_test_rand_int_range (2000, 6000), ends[i]);
      }
}

typedef struct
{
  Parsed  *parsed;  /* borrowed */
  gboolean stops;   /* now and then it has enough */
  gboolean is_busy; /* it is called by one thread at a time */
} Taker;

static gboolean
take_cb (ScopeBlocks            *blocks,
         const ScopeCsvPosition *position,
         gpointer                data)
{
  Taker *taker = data;

  g_assert_false (taker->is_busy);
  taker->is_busy = TRUE;
  parsed_take (taker->parsed, blocks);
  taker->is_busy = FALSE;
  return !taker->stops || g_test_rand_int_range (0, 6) > 0;
}

static void
append (const char *path,
        const char *bytes,
        gsize       length)
{
  g_autoptr (GFile)             file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (file, 0, NULL, NULL);

  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), bytes, length, NULL, NULL,
                                            NULL));
}

/* Reads a file by two threads, in pieces of @size bytes, of which there is only
 * a part at first. */
static void
assert_same_in_turns (const GString *text,
                      gsize          size,
                      gsize          first)
{
  g_autofree char           *path = NULL;
  int                        fd = g_file_open_tmp ("XXXXXX_history.csv", &path, NULL);
  g_autoptr (ScopeCsvReader) reader = scope_csv_reader_new (path);
  g_autoptr (Parsed)         alone = parsed_whole (text->str, text->len);
  g_autoptr (Parsed)         both = parsed_new ();
  Taker                      taker = { both, g_test_rand_int_range (0, 2) };

  close (fd);
  append (path, text->str, first);
  scope_csv_reader_set_piece (reader, size);
  while (scope_csv_reader_get_position (reader).offset < (goffset) first)
    g_assert_true (scope_csv_reader_look (reader, take_cb, &taker, NULL));
  append (path, text->str + first, text->len - first);
  while (scope_csv_reader_get_position (reader).offset < (goffset) text->len)
    g_assert_true (scope_csv_reader_look (reader, take_cb, &taker, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  parsed_assert_same (both, alone, "in turns");
}

static void
test_in_turns (void)
{
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
      gint64              stamp = STAMP;

      for (guint b = 0; b < 700; b++)
        {
          guint kind = g_test_rand_int_range (0, 11);

          for (guint i = 0; i < 4; i++)
            {
              g_autofree char *name = g_strdup_printf ("/a/%u", i);

              fixture_row (text, stamp, "GET", name, b, 20);
            }
          if (round > 0 && kind != 3 && g_test_rand_int_range (0, 100) == 0)
            add_trouble (text, &stamp, kind);
          fixture_row (text, stamp++, "", "Aggregated", 4 * b, 20);
        }
      assert_same_in_turns (text, g_test_rand_int_range (8192, 40000),
                            round > 0 ? g_test_rand_int_range (0, text->len) : 0);
    }
}

/* What a writer appends while both read. */
static gpointer
write_thread (gpointer data)
{
  const char *const *what = data;
  const char        *text = what[1];
  gsize              length = strlen (text);

  for (gsize at = 0; at < length; at += 3000)
    append (what[0], text + at, MIN (3000, length - at));
  return NULL;
}

static void
test_while_it_grows (void)
{
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char           *path = NULL;
      int                        fd = g_file_open_tmp ("XXXXXX_history.csv", &path, NULL);
      g_autoptr (ScopeCsvReader) reader = scope_csv_reader_new (path);
      g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
      g_autoptr (Parsed)         alone = NULL;
      g_autoptr (Parsed)         both = parsed_new ();
      Taker                      taker = { both };
      GThread                   *thread;

      close (fd);
      add_blocks (text, STAMP, 5000);
      alone = parsed_whole (text->str, text->len);
      scope_csv_reader_set_piece (reader, 8192);
      thread = g_thread_new ("writer", write_thread, (gpointer[]){ path, text->str });
      while (scope_csv_reader_get_position (reader).offset < (goffset) text->len)
        g_assert_true (scope_csv_reader_look (reader, take_cb, &taker, NULL));
      g_thread_join (thread);
      g_assert_cmpint (g_unlink (path), ==, 0);
      parsed_assert_same (both, alone, "while it grows");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-ahead/recorded", test_recorded);
  g_test_add_func ("/csv-ahead/damaged", test_damaged);
  g_test_add_func ("/csv-ahead/made-up", test_made_up);
  g_test_add_func ("/csv-ahead/no-end", test_no_end);
  g_test_add_func ("/csv-ahead/in-turns", test_in_turns);
  g_test_add_func ("/csv-ahead/while-it-grows", test_while_it_grows);
  return g_test_run ();
}
