/* test-csv-ahead.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What two threads read is what one reads, wherever the second one began.
 */
#include "block-marks.h"
#include "fixture.h"

#include <string.h>

#define STAMP 1795338539

/* Reads a file as the reader does, in pieces of @size bytes of which the second
 * part is read ahead.  Returns how many bytes were. */
static gsize
read_ahead (Parsed     *parsed,
            const char *bytes,
            gsize       length,
            gsize       size)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  gsize                      n_ahead = 0;

  for (gsize start = 0; start < length;)
    {
      gsize                   n = MIN (size, length - start);
      g_autofree char        *piece = g_memdup2 (bytes + start, n);
      g_autoptr (ScopeBlocks) ahead = NULL;
      gsize                   used = 0;
      gsize                   place =
        scope_csv_parser_begin_ahead (parser, piece, n, g_test_rand_int_range (0, n));

      g_assert_cmpuint (place, <, n);
      if (!parsed_feed (parsed, parser, piece, place > 0 ? place : n))
        {
          scope_csv_parser_drop_ahead (parser);
          return 0;
        }
      start += place > 0 ? place : n;
      if (place > 0)
        ahead = scope_csv_parser_end_ahead (parser, &used);
      g_assert_true ((ahead != NULL) == (used > 0));
      if (ahead != NULL)
        parsed_take (parsed, ahead);
      start += used;
      n_ahead += used;
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
    *stamp += kind == 10 ? SCOPE_LONGEST_STEP_S - 3 : -1;
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
                add_trouble (text, &stamp, g_test_rand_int_range (0, 12));
              fixture_row (text, stamp, "GET", name, b, 20);
            }
          if (g_test_rand_int_range (0, 30) == 0)
            add_trouble (text, &stamp, g_test_rand_int_range (0, 12));
          if (g_test_rand_int_range (0, 20) != 0)
            fixture_row (text, stamp, "", "Aggregated", n_names * b, 20);
          if (g_test_rand_int_range (0, 20) == 0)
            add_trouble (text, &stamp, g_test_rand_int_range (0, 12));
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

/* The receiver has enough in between, and nothing is lost. */
static void
test_dropped (void)
{
  g_autofree char           *path = fixture_path ("runs", "shop_full_stats_history.csv");
  g_autoptr (GBytes)         bytes = fixture_read (path);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (Parsed)         parsed = parsed_new ();
  g_autoptr (Parsed)         whole = NULL;
  gsize                      length;
  const char                *data = g_bytes_get_data (bytes, &length);

  whole = parsed_whole (data, length);
  for (gsize start = 0; start < length;)
    {
      gsize n = MIN (20000, length - start);
      gsize place = scope_csv_parser_begin_ahead (parser, data + start, n, n / 2);

      if (place > 0)
        n = place;
      parsed_feed (parsed, parser, data + start, n);
      scope_csv_parser_drop_ahead (parser);
      start += n;
    }
  parsed_assert_same (parsed, whole, path);
}

/* Freed while the other thread reads. */
static void
test_freed (void)
{
  g_autofree char   *path = fixture_path ("runs", "many_endpoints_stats_history.csv");
  g_autoptr (GBytes) bytes = fixture_read (path);
  gsize              length;
  const char        *data = g_bytes_get_data (bytes, &length);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      g_autoptr (ScopeBlocks)    blocks = NULL;
      gsize                      half = length / 2;

      blocks = scope_csv_parser_feed (parser, data, half, NULL);
      scope_csv_parser_begin_ahead (parser, data + half, length - half, 100);
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
  g_test_add_func ("/csv-ahead/dropped", test_dropped);
  g_test_add_func ("/csv-ahead/freed", test_freed);
  return g_test_run ();
}
