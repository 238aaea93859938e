/* test-csv-header.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which files are histories: columns in any order and with any percentiles
 * are.  What is not is in test-csv-foreign.c.
 */
#include "fixture.h"

#include <string.h>

static gboolean
has_suffix (gconstpointer text,
            gconstpointer suffix)
{
  return g_str_has_suffix (text, suffix);
}

static Parsed *
parsed_file (const char *folder,
             const char *name)
{
  g_autofree char  *path = fixture_path (folder, name);
  g_autoptr (GBytes) bytes = fixture_read (path);
  gsize             length;
  const char       *data = g_bytes_get_data (bytes, &length);

  return parsed_whole (data, length);
}

/* Names with quotes and line breaks as they are, and lists of percentiles that
 * the header does not know. */
static void
test_old_releases (void)
{
  static const struct
  {
    const char *name;
    guint       n_rows;
    guint       n_identities;
    gboolean    has_percentiles;
  } files[] = {
    { "A_0.13.3-0.14.6_full.csv", 70, 6, TRUE },
    { "A_0.13.3-0.14.6_full_custom_percentiles.csv", 70, 6, FALSE },
    { "A_0.13.3-0.14.6_aggregated_only.csv", 12, 1, TRUE },
    { "B_1.0-1.1.1_full.csv", 66, 6, TRUE },
    { "B_1.0-1.1.1_aggregated_only.csv", 12, 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (Parsed) parsed = parsed_file ("headers", files[i].name);
      gboolean           has_percentiles = FALSE;

      g_assert_no_error (parsed->error);
      g_assert_cmpuint (parsed->n_bad, ==, 0);
      g_assert_cmpuint (parsed->rows->len, ==, files[i].n_rows);
      g_assert_cmpuint (parsed->identities->len, ==, files[i].n_identities);
      g_assert_true (parsed->schema->averages_are_cut);
      for (guint v = 0; v < parsed->schema->n_values; v++)
        has_percentiles |= parsed->schema->values[v].kind == SCOPE_VALUE_PERCENTILE;
      g_assert_cmpint (has_percentiles, ==, files[i].has_percentiles);
      if (files[i].n_identities > 1)
        {
          g_assert_true (g_ptr_array_find_with_equal_func (parsed->identities, "|GET|say \"hi\"",
                                                           has_suffix, NULL));
          g_assert_true (g_ptr_array_find_with_equal_func (parsed->identities, "|GET|two\nlines",
                                                           has_suffix, NULL));
        }
    }
}

/* A row that was cut off costs itself, not the next. */
static void
test_old_release_torn (void)
{
  g_autofree char    *path = fixture_path ("headers", "A_0.13.3-0.14.6_full.csv");
  g_autoptr (GBytes)  bytes = fixture_read (path);
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (bytes, NULL), 0);
  g_auto (GStrv)      lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", 4);
  g_autoptr (Parsed)  parsed = NULL;

  g_string_append_printf (text, "%s\n%.20s\n%s\n", lines[0], lines[1], lines[2]);
  parsed = parsed_whole (text->str, text->len);
  g_assert_cmpuint (parsed->rows->len, ==, 1);
  g_assert_cmpuint (parsed->n_bad, ==, 1);
}

static void
test_columns_in_another_order (void)
{
  static const char TEXT[] =
    "Total Average Response Time,New One,Name,Total Request Count,99.9%,Type,Timestamp,"
    "Total Failure Count,User Count,Requests/s\n"
    "12.5,what?,\"a, b\",40,77,PUT,1795338539,4,9,3.25\n";
  g_autoptr (Parsed) parsed = parsed_whole (TEXT, strlen (TEXT));
  const ScopeRow    *row;

  g_assert_no_error (parsed->error);
  g_assert_cmpuint (parsed->n_bad, ==, 0);
  g_assert_cmpuint (parsed->rows->len, ==, 1);
  row = &g_array_index (parsed->rows, ScopeRow, 0);
  g_assert_cmpstr (g_ptr_array_index (parsed->identities, 0), ==, "0|PUT|a, b");
  g_assert_cmpint (row->stamp, ==, 1795338539);
  g_assert_cmpuint (row->count, ==, 40);
  g_assert_cmpuint (row->failures, ==, 4);
  g_assert_cmpuint (row->users, ==, 9);
  g_assert_cmpfloat (row->average, ==, 12.5);
  g_assert_cmpuint (parsed->schema->n_values, ==, 2);
  g_assert_cmpfloat (parsed->schema->values[0].percent, ==, 99.9);
  g_assert_cmpfloat (g_array_index (parsed->values, double, 0), ==, 77);
  g_assert_cmpfloat (g_array_index (parsed->values, double, 1), ==, 3.25);
}

static void
test_without_users (void)
{
  static const char TEXT[] = "Timestamp,Type,Name,Total Request Count,Total Failure Count,"
                             "Total Average Response Time\n"
                             "1795338539,GET,/,40,4,12.5\n";
  g_autoptr (Parsed) parsed = parsed_whole (TEXT, strlen (TEXT));

  g_assert_no_error (parsed->error);
  g_assert_false (parsed->schema->has_users);
  g_assert_cmpuint (g_array_index (parsed->rows, ScopeRow, 0).users, ==, SCOPE_USERS_UNKNOWN);
}

static void
test_byte_order_mark (void)
{
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf" FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "GET", "/a", 1, 20);
  parsed = parsed_whole (text->str, text->len);
  g_assert_no_error (parsed->error);
  g_assert_cmpuint (parsed->rows->len, ==, 1);
}

static void
assert_percentiles (const char   *name,
                    const double *percents,
                    guint         n)
{
  g_autofree char   *path = fixture_path ("headers", name);
  g_autoptr (GBytes) bytes = fixture_read (path);
  g_autoptr (Parsed) parsed =
    parsed_whole (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  guint found = 0;

  g_assert_cmpuint (parsed->n_bad, ==, 0);
  for (guint i = 0; i < parsed->schema->n_values; i++)
    if (parsed->schema->values[i].kind == SCOPE_VALUE_PERCENTILE)
      {
        g_assert_cmpuint (found, <, n);
        g_assert_cmpfloat (parsed->schema->values[i].percent, ==, percents[found++]);
      }
  g_assert_cmpuint (found, ==, n);
}

static void
test_custom_percentiles (void)
{
  static const double D[] = { 50, 90, 95, 99 };
  static const double E[] = { 50, 90, 95, 97.5, 99, 99.9 };
  static const double USUAL[] = { 50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100 };

  assert_percentiles ("D_2.2.2-2.28.0_full_custom_percentiles.csv", D, G_N_ELEMENTS (D));
  assert_percentiles ("E_2.29.0-2.46.3_full_custom_percentiles.csv", E, G_N_ELEMENTS (E));
  assert_percentiles ("C_1.2-2.2.1_full.csv", USUAL, G_N_ELEMENTS (USUAL));
}

/* On Windows the same rows come with other line ends, and one name in a code
 * page that cannot be known. */
static void
test_windows (void)
{
  g_autofree char   *d_path = fixture_path ("headers", "D_2.2.2-2.28.0_full.csv");
  g_autofree char   *w_path = fixture_path ("headers", "W_windows_utf8.csv");
  g_autofree char   *g_path = fixture_path ("headers", "W_windows_gbk.csv");
  g_autoptr (GBytes) d_bytes = fixture_read (d_path);
  g_autoptr (GBytes) w_bytes = fixture_read (w_path);
  g_autoptr (GBytes) g_bytes = fixture_read (g_path);
  g_autoptr (Parsed) d = parsed_whole (g_bytes_get_data (d_bytes, NULL), g_bytes_get_size (d_bytes));
  g_autoptr (Parsed) w = parsed_whole (g_bytes_get_data (w_bytes, NULL), g_bytes_get_size (w_bytes));
  g_autoptr (Parsed) g = parsed_whole (g_bytes_get_data (g_bytes, NULL), g_bytes_get_size (g_bytes));

  g_assert_cmpuint (d->n_bad, ==, 0);
  g_assert_cmpuint (d->rows->len, >, 50);
  g_assert_cmpuint (w->n_bad, ==, 0);
  g_assert_cmpuint (w->rows->len, ==, d->rows->len);
  g_assert_cmpmem (w->values->data, w->values->len * sizeof (double), d->values->data, d->values->len * sizeof (double));
  g_assert_cmpuint (g->n_bad, ==, 0);
  g_assert_cmpuint (g->identities->len, ==, d->identities->len);
  g_assert_cmpmem (g->values->data, g->values->len * sizeof (double), d->values->data, d->values->len * sizeof (double));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-header/old-releases", test_old_releases);
  g_test_add_func ("/csv-header/old-release-torn", test_old_release_torn);
  g_test_add_func ("/csv-header/columns-in-another-order", test_columns_in_another_order);
  g_test_add_func ("/csv-header/without-users", test_without_users);
  g_test_add_func ("/csv-header/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/csv-header/custom-percentiles", test_custom_percentiles);
  g_test_add_func ("/csv-header/windows", test_windows);
  return g_test_run ();
}
