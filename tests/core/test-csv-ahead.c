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
  g_assert_cmpuint (n_ahead, >, 100000);
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

/* What may stand where a block seems to begin: text in a name that looks like
 * the end of one, a header, endpoints that come and go, stamps that jump. */
static void
test_made_up (void)
{
  static const char *const names[] = {
    "/a", "/b", "\"two\nlines\"", "\"a total in\n1795338539,5,,Aggregated,0,0,\n it\"", "搜索",
    "\"torn",
  };

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
      gint64              stamp = STAMP;
      guint               n_names = g_test_rand_int_range (1, 4);

      for (guint b = 0; b < 60; b++)
        {
          for (guint i = 0; i < n_names; i++)
            if (g_test_rand_int_range (0, 40) != 0)
              fixture_row (text, stamp, "GET", names[i], b, 20);
          if (g_test_rand_int_range (0, 60) == 0)
            fixture_row (text, stamp, "GET", names[g_test_rand_int_range (0, 6)], b, 20);
          if (g_test_rand_int_range (0, 60) == 0)
            g_string_append (text, FIXTURE_HEADER);
          if (g_test_rand_int_range (0, 40) != 0)
            fixture_row (text, stamp, "", "Aggregated", n_names * b, 20);
          if (g_test_rand_int_range (0, 60) == 0)
            g_string_append (text, FIXTURE_HEADER);
          if (g_test_rand_int_range (0, 50) == 0)
            g_string_append (text, "damage\n");
          if (g_test_rand_int_range (0, 100) == 0)
            stamp += SCOPE_LONGEST_STEP_S - 30;
          stamp += g_test_rand_int_range (0, 10) != 0;
        }
      assert_same (text->str, text->len, g_test_rand_int_range (1200, 9000), "made up");
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
  g_test_add_func ("/csv-ahead/dropped", test_dropped);
  g_test_add_func ("/csv-ahead/freed", test_freed);
  return g_test_run ();
}
