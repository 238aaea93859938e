/* test-csv-locust.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv-locust.h"

#include <string.h>

static void
assert_told (const char *text,
             gboolean    expected)
{
  g_assert_cmpint (scope_csv_is_of_locust (text, strlen (text)), ==, expected);
}

/* Every header that Locust has written, of every system. */
static void
test_headers (void)
{
  g_autofree char  *folder = g_build_filename (g_getenv ("TEST_DATA"), "headers", NULL);
  g_autoptr (GDir)  dir = g_dir_open (folder, 0, NULL);
  const char       *name;
  guint             n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_true (scope_csv_is_of_locust (text, MIN (length, SCOPE_CSV_LOCUST_BYTES)));
      n++;
    }
  g_assert_cmpuint (n, >, 10);
}

static void
test_others (void)
{
  assert_told ("Type,Name,Request Count,Failure Count", TRUE);
  assert_told ("\"Type\",\"Name\",\"# requests\",\"# failures\"\n", TRUE);
  assert_told ("Method,Name,Error,Occurrences\r\n", TRUE);
  assert_told ("Count,Message,Traceback,Nodes\r\n", TRUE);
  assert_told ("\xef\xbb\xbfTimestamp,User Count,Type,Name,Total Request Count\n", TRUE);
  assert_told ("timestamp,request_type,name,response_time_ms,exception\n", TRUE);
  assert_told ("", FALSE);
  assert_told ("\xef\xbb\xbf", FALSE);
  assert_told ("\r\n", FALSE);
  assert_told (",,,", FALSE);
  assert_told ("\"Type,Name,Request Count\n", FALSE);
  assert_told ("text\nType,Name,Request Count\n", FALSE);
  assert_told ("Timestamp,Type,Name,Response Time (ms),Requests/s,Failures/s,User Count\r\n", FALSE);
}

/* The percentiles are the user's. */
static void
test_long_header (void)
{
  g_autoptr (GString) text = g_string_new ("Timestamp,User Count,Type,Name");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, ",%g%%", i + 0.125);
  g_string_append (text, ",Total Request Count\r\n");
  assert_told (text->str, TRUE);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, ',');
  assert_told (text->str, TRUE);
}

static void
test_names (void)
{
  g_auto (GStrv) names = scope_csv_list_locust_names ("/a/b_stats_history.csv");
  g_auto (GStrv) none = scope_csv_list_locust_names ("/a/b.csv");

  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) names, "/a/b_stats.csv"));
  g_assert_true (g_strv_contains ((const char *const *) names, "/a/b_failures.csv"));
  g_assert_true (g_strv_contains ((const char *const *) names, "/a/b_exceptions.csv"));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-locust/headers", test_headers);
  g_test_add_func ("/csv-locust/others", test_others);
  g_test_add_func ("/csv-locust/long-header", test_long_header);
  g_test_add_func ("/csv-locust/names", test_names);
  return g_test_run ();
}
