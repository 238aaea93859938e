/* test-csv-pieces.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every recorded history, cut into pieces in every way that came to mind: the
 * parser must say the same as for the whole.
 */
#include "fixture.h"

#include <string.h>

#define N_SEEDS    4
#define CUT_WITHIN 3000
#define CUT_FILE   4500
#define BYTES_FILE 40000

typedef void (*CheckFunc) (const char *bytes,
                           gsize       length,
                           const char *path);

static void
for_each_history (CheckFunc check)
{
  g_autoptr (GPtrArray) paths = fixture_histories ();

  for (guint i = 0; i < paths->len; i++)
    {
      const char       *path = g_ptr_array_index (paths, i);
      g_autoptr (GBytes) bytes = fixture_read (path);
      gsize             length;
      const char       *data = g_bytes_get_data (bytes, &length);

      check (data, length, path);
    }
}

/* Feeds pieces of lengths up to @longest; 0: as long as a disk's sector. */
static void
check_pieces (const char *bytes,
              gsize       length,
              const char *path,
              int         longest)
{
  g_autoptr (Parsed)         whole = parsed_whole (bytes, length);
  g_autoptr (Parsed)         pieces = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  for (gsize start = 0; start < length;)
    {
      gsize n = longest > 0 ? (gsize) g_test_rand_int_range (1, longest + 1) : 512;

      n = MIN (n, length - start);
      g_assert_true (parsed_feed (pieces, parser, bytes + start, n));
      start += n;
    }
  parsed_assert_same (pieces, whole, path);
}

static void
check_one_byte_at_a_time (const char *bytes,
                          gsize       length,
                          const char *path)
{
  check_pieces (bytes, MIN (length, BYTES_FILE), path, 1);
}

static void
test_one_byte_at_a_time (void)
{
  for_each_history (check_one_byte_at_a_time);
}

static void
check_random_pieces (const char *bytes,
                     gsize       length,
                     const char *path)
{
  static const int LONGEST[N_SEEDS] = { 0, 12, 700, 9000 };

  for (guint i = 0; i < N_SEEDS; i++)
    check_pieces (bytes, length, path, LONGEST[i]);
}

static void
test_random_pieces (void)
{
  for_each_history (check_random_pieces);
}

static void
check_split_anywhere (const char *bytes,
                      gsize       length,
                      const char *path)
{
  g_autoptr (Parsed) whole = NULL;

  length = MIN (length, CUT_FILE);
  whole = parsed_whole (bytes, length);
  for (gsize cut = 0; cut < MIN (length, CUT_WITHIN); cut++)
    {
      g_autoptr (Parsed)         pieces = parsed_new ();
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

      g_assert_true (parsed_feed (pieces, parser, bytes, cut));
      g_assert_true (parsed_feed (pieces, parser, bytes + cut, length - cut));
      parsed_assert_same (pieces, whole, path);
    }
}

static void
test_split_anywhere (void)
{
  for_each_history (check_split_anywhere);
}

/* Damage must not be read one way in one piece and another way in two. */
static void
check_damaged (const char *bytes,
               gsize       length,
               const char *path)
{
  static const char DAMAGE[] = "\",\r\n0a\xff";

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);
      gsize            header = (const char *) memchr (bytes, '\n', length) + 1 - bytes;

      for (guint i = 0; i < 12; i++)
        copy[g_test_rand_int_range (header, length)] =
          DAMAGE[g_test_rand_int_range (0, sizeof DAMAGE)];
      check_pieces (copy, length, path, 300);
    }
}

static void
test_damaged (void)
{
  for_each_history (check_damaged);
}

/* A row is as long as it is, not as long as the pieces it came in. */
static void
test_around_the_longest_row (void)
{
  static const int  BEYOND[] = { -3000000, -40, -1, 0, 1, 2, 12, 13, 700, 1500000 };
  static const char FILL[] = { 'x', '\n', '"' };

  for (guint i = 0; i < G_N_ELEMENTS (BEYOND) * G_N_ELEMENTS (FILL); i++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
      gsize               start;

      fixture_row (text, 1795338539, "GET", "/before", 1, 2);
      start = text->len;
      g_string_append (text, "1795338539,5,GET,\"");
      while ((int) (text->len - start) < SCOPE_CSV_MAX_ROW_BYTES + MAX (BEYOND[i / 3], -400000))
        g_string_append_c (text, text->len % 50 ? 'x' : FILL[i % 3]);
      g_string_append_c (text, '\n');
      for (guint count = 1; count < 9; count++)
        fixture_row (text, 1795338540 + count, "GET", "/after", count, 2);
      check_pieces (text->str, text->len, "around the longest row", 400000);
      check_pieces (text->str, text->len, "around the longest row", 900);
    }
}

/* What is refused in one piece is refused in two. */
static void
test_refused_in_pieces (void)
{
  static const struct
  {
    const char *text;
    gsize       length;
  } TEXTS[] = {
    { FIXTURE_HEADER, sizeof FIXTURE_HEADER - 1 },
#define WITH_NUL "Timestamp,Type,Name,Total Request Count,Total Failure Count,"                \
                 "Total Average Response Time,a\0\200b\r\n"
    { WITH_NUL, sizeof WITH_NUL - 1 },
#define TORN "\0\256\"\n1795338899,5,GET,/a\n" FIXTURE_HEADER
    { TORN, sizeof TORN - 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (Parsed) whole = parsed_whole (TEXTS[i].text, TEXTS[i].length);

      g_assert_cmpint (whole->error != NULL, ==, i > 0);
      for (gsize part = 1; part < TEXTS[i].length; part++)
        {
          g_autoptr (Parsed)         pieces = parsed_new ();
          g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

          if (parsed_feed (pieces, parser, TEXTS[i].text, part))
            parsed_feed (pieces, parser, TEXTS[i].text + part, TEXTS[i].length - part);
          g_assert_cmpint (pieces->error != NULL, ==, i > 0);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-parser/one-byte-at-a-time", test_one_byte_at_a_time);
  g_test_add_func ("/csv-parser/random-pieces", test_random_pieces);
  g_test_add_func ("/csv-parser/split-anywhere", test_split_anywhere);
  g_test_add_func ("/csv-parser/damaged-in-pieces", test_damaged);
  g_test_add_func ("/csv-parser/around-the-longest-row", test_around_the_longest_row);
  g_test_add_func ("/csv-parser/refused-in-pieces", test_refused_in_pieces);
  return g_test_run ();
}
