/* test-csv-fast.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read fast is what the plain parser reads.
 */
#include "fixture.h"

#include <string.h>

/* More than the fast one wants to see behind a row. */
#define MARGIN 4096

static Parsed *
read_fast (const char *text,
           gsize       length,
           guint       dropped)
{
  Parsed                    *parsed = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  scope_csv_parser_drop (parser, dropped);
  parsed_feed (parsed, parser, text, length);
  return parsed;
}

static void
assert_same (const char *text,
             gsize       length,
             const char *what)
{
  static const guint dropped[] = {
    0,
    1 << SCOPE_VALUE_PERCENTILE | 1 << SCOPE_VALUE_REQUEST_RATE | 1 << SCOPE_VALUE_FAILURE_RATE,
    1 << SCOPE_VALUE_REQUEST_RATE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    {
      g_autoptr (Parsed) fast = read_fast (text, length, dropped[i]);
      g_autoptr (Parsed) plain = parsed_by_lines (text, length, dropped[i]);

      parsed_assert_same (fast, plain, what);
    }
}

G_GNUC_UNUSED static guint
count_packed (const char *text,
              gsize       length)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    blocks = scope_csv_parser_feed (parser, text, length, NULL);
  guint                      n = 0;

  for (guint i = 0; i < blocks->rows->len; i++)
    n += g_array_index (blocks->rows, ScopeRow, i).is_packed;
  return n;
}

static void
test_recorded (void)
{
  g_autoptr (GPtrArray) paths = fixture_histories ();

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GBytes) bytes = fixture_read (g_ptr_array_index (paths, i));
      gsize              size;
      const char        *text = g_bytes_get_data (bytes, &size);

      assert_same (text, size, g_ptr_array_index (paths, i));
    }
}

/* Most rows of a file are read fast, where the machine can. */
static void
test_is_used (void)
{
#ifdef __SSE2__
  g_autofree char   *path = fixture_path ("runs", "many_endpoints_stats_history.csv");
  g_autoptr (GBytes) bytes = fixture_read (path);
  g_autoptr (Parsed) parsed = NULL;
  gsize              size;
  const char        *text = g_bytes_get_data (bytes, &size);

  parsed = parsed_whole (text, size);
  g_assert_cmpuint (count_packed (text, size), >, parsed->rows->len / 2);
#endif
}

/* Recorded rows with a few bytes changed. */
static void
test_damaged (gconstpointer data)
{
  static const char     bytes[] = "0123456789,,\"\n\r.eE-+ N/Axn\0\xff";
  g_autofree char      *path = fixture_path ("runs", "shop_full_stats_history.csv");
  g_autoptr (GBytes)    recorded = fixture_read (path);
  gsize                 size;
  const char           *text = g_bytes_get_data (recorded, &size);
  g_autoptr (GRand)     rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));

  for (guint round = 0; round < 300; round++)
    {
      gsize            length = g_rand_int_range (rand, 2000, 20000);
      g_autofree char *copy = g_memdup2 (text, length);
      guint            n = g_rand_int_range (rand, 1, 12);

      /* Not in the header: then nothing at all is read. */
      for (guint i = 0; i < n; i++)
        copy[g_rand_int_range (rand, 300, length)] =
          bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      assert_same (copy, length, "damaged");
    }
}

/* Numbers of all shapes where numbers stand. */
static void
test_numbers (void)
{
  static const char *const cells[] = {
    "0", "7", "00", "1.5", "12.345678", "4000.999999", "4001.000000", "5000.000000", "8589.934592", "9999.999999", "12345.678901", "123456.123456", "0.000000",
    "65534", "65535", "65536", "99999999", "100000000", "4294967295", "4294967296",
    "18446744073709551615", "99999999999999999999", "57.1234567890123", "1e3", "1e999", "-0",
    "-1", "+5", ".5", "5.", "N/A", "NaN", "inf", "0x10", " 7", "7 ", "", "\"7\"", "1234567.5",
    "12345678.5", "0.1234567890123456", "0.12345678901234567", "3.14159265358979323846",
    "1,5", "٣", "123.4567890123456789012345678901234567890",
  };

  for (guint column = 0; column < 15; column++)
    for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
      {
        g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

        for (guint b = 0; b < 20; b++)
          {
            char *fields[] = { "1795338539", "5", "GET", "/a", "1.500000", "0.000000", "12", "34",
                               "100", "3", "12", "20.25", "1.5", "99.75", "64.0", NULL };
            g_autofree char *row = NULL;
            g_autofree char *stamp = g_strdup_printf ("%u", 1795338539 + b);

            fields[0] = stamp;
            if (b == 10)
              fields[column] = (char *) cells[i];
            row = g_strjoinv (",", fields);
            g_string_append_printf (text, "%s\r\n", row);
          }
        for (guint b = 0; text->len < MARGIN; b++)
          fixture_row (text, 1795338559 + b, "GET", "/a", 200 + b, 20);
        assert_same (text->str, text->len, cells[i]);
      }
}

/* Endpoints that come, go and change places; names with everything in them. */
static void
test_order (gconstpointer data)
{
  static const char *const names[] = { "/a", "\"b, \"\"c\"\"\"", "\"two\nlines\"", "搜索", "",
                                       "Aggregated", "\",\"", "/a/b" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));

  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

      for (guint b = 0; b < 40; b++)
        {
          for (guint i = 0; i < G_N_ELEMENTS (names); i++)
            if (g_rand_int_range (rand, 0, 20) != 0)
              fixture_row (text, 1795338539 + b, g_rand_int_range (rand, 0, 30) ? "GET" : "",
                           names[g_rand_int_range (rand, 0, 15) ? i : 0], b, 20);
          if (g_rand_int_range (rand, 0, 30) == 0)
            g_string_append (text, FIXTURE_HEADER);
          fixture_row (text, 1795338539 + b, "", "Aggregated", 6 * b, 20);
        }
      assert_same (text->str, text->len, "order");
    }
}

/* A list of percentiles so long that rows are too. */
static void
test_many_percentiles (void)
{
  for (guint n = 0; n < 110; n += 7)
    {
      g_autoptr (GString) text =
        g_string_new ("Timestamp,User Count,Type,Name,Requests/s,Failures/s,");

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%u%%,", i);
      g_string_append (text, "Total Request Count,Total Failure Count,Total Median Response Time,"
                             "Total Average Response Time,Total Min Response Time,"
                             "Total Max Response Time,Total Average Content Size\r\n");
      for (guint b = 0; b < 60; b++)
        {
          g_string_append_printf (text, "%u,1,GET,/a,0.000000,0.000000,", 1795338539 + b);
          for (guint i = 0; i < n; i++)
            g_string_append_printf (text, "%u,", i * b);
          g_string_append (text, "0,0,0,0,0,0,0\r\n");
        }
      assert_same (text->str, text->len, "percentiles");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-fast/recorded", test_recorded);
  g_test_add_func ("/csv-fast/is-used", test_is_used);
  g_test_add_data_func ("/csv-fast/damaged/1", GUINT_TO_POINTER (1), test_damaged);
  g_test_add_data_func ("/csv-fast/damaged/2", GUINT_TO_POINTER (2), test_damaged);
  g_test_add_func ("/csv-fast/numbers", test_numbers);
  g_test_add_data_func ("/csv-fast/order", GUINT_TO_POINTER (3), test_order);
  g_test_add_func ("/csv-fast/many-percentiles", test_many_percentiles);
  return g_test_run ();
}
