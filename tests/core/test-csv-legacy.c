/* test-csv-legacy.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust 0.13 to 1.1 put names between quotes as they are and wrote as many
 * percentiles as the user wanted under the same header.  Also here: names in
 * the code pages of a Windows.
 */
#include "fixture.h"
#include "history.h"

#include <math.h>
#include <string.h>

/* Of 0.13 and 0.14, and of 1.0 and 1.1, with two of their percentiles. */
#define HEADER_A                                                                             \
  "\"Type\",\"Name\",\"Timestamp\",\"# requests\",\"# failures\",\"Requests/s\","            \
  "\"Requests Failed/s\",\"Median response time\",\"Average response time\","                \
  "\"Min response time\",\"Max response time\",\"Average Content Size\",\"50%\",\"95%\"\r\n"
#define HEADER_B                                                                             \
  "\"Timestamp\",\"User Count\",\"Type\",\"Name\",\"Requests/s\",\"Failures/s\",\"50%\","  \
  "\"95%\",\"Total Request Count\",\"Total Failure Count\",\"Total Median Response Time\"," \
  "\"Total Average Response Time\",\"Total Min Response Time\","                            \
  "\"Total Max Response Time\",\"Total Average Content Size\"\r\n"

#define STAMP 1795338836

/* Names that would end a quoted cell or a line, or be cells of their own. */
static const char *const NAMES[] = {
  "/plain",
  "/items, all",
  "say \"hi\"",
  "\"",
  "5\" pipe",
  "three \" of \" them \"",
  "two\nlines",
  "two\r\nlines, \"and\" more",
  "a\",\"b",
  "\",\"",
  "ends with a comma,",
  "1,2,3",
  "/a\",5,6",
  "搜索，\"商品\"",
  "",
};

static void
add_row (GString    *text,
         gboolean    is_b,
         gint64      stamp,
         const char *type,
         const char *name,
         guint       count,
         const char *percentiles)
{
  if (is_b)
    g_string_append_printf (text,
                            "\"%" G_GINT64_FORMAT "\",\"7\",\"%s\",\"%s\",0.50,0.00%s,%u,1,28,"
                            "44,28,59.87,64.00\r\n",
                            stamp, type, name, percentiles, count);
  else
    g_string_append_printf (text,
                            "\"%s\",\"%s\",\"%" G_GINT64_FORMAT "\",%u,1,0.50,0.00,28,44,28,59.87,"
                            "64.00%s\r\n",
                            type, name, stamp, count, percentiles);
}

static Parsed *
parse (GString *text)
{
  Parsed *parsed = parsed_whole (text->str, text->len);

  g_assert_no_error (parsed->error);
  return parsed;
}

static const char *
get_identity (Parsed *parsed,
              guint   row)
{
  guint32 identity = g_array_index (parsed->rows, ScopeRow, row).identity;

  g_assert_cmpuint (row, <, parsed->rows->len);
  return g_ptr_array_index (parsed->identities, identity);
}

static float
get_value (Parsed        *parsed,
           guint          row,
           ScopeValueKind kind)
{
  guint n = parsed->schema->n_values;

  for (guint i = 0; i < n; i++)
    if (parsed->schema->values[i].kind == kind)
      return g_array_index (parsed->values, double, row * n + i);
  g_assert_not_reached ();
}

static GString *
write_names (gboolean is_b)
{
  GString *text = g_string_new (is_b ? HEADER_B : HEADER_A);

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
        add_row (text, is_b, STAMP + 2 * round, "GET", NAMES[i], 100 * round + i + 1, ",12,34");
      add_row (text, is_b, STAMP + 2 * round, is_b ? "" : "None", "Aggregated", 200 + round,
               ",12,34");
    }
  return text;
}

static void
check_names (gboolean is_b)
{
  g_autoptr (GString) text = write_names (is_b);
  g_autoptr (Parsed)  parsed = parse (text);
  guint               n = G_N_ELEMENTS (NAMES) + 1;

  g_assert_cmpuint (parsed->n_bad, ==, 0);
  g_assert_cmpuint (parsed->rows->len, ==, 3 * n);
  g_assert_cmpuint (parsed->identities->len, ==, n);
  for (guint i = 0; i < parsed->rows->len; i++)
    {
      const ScopeRow  *row = &g_array_index (parsed->rows, ScopeRow, i);
      gboolean         is_total = i % n == n - 1;
      g_autofree char *expected = is_total ? NULL : g_strdup_printf ("0|GET|%s", NAMES[i % n]);

      if (is_total)
        g_assert_true (g_str_has_prefix (get_identity (parsed, i), "1|"));
      else
        g_assert_cmpstr (get_identity (parsed, i), ==, expected);
      g_assert_cmpint (row->stamp, ==, STAMP + 2 * (i / n));
      g_assert_cmpuint (row->count, ==, is_total ? 200 + i / n : 100 * (i / n) + i % n + 1);
      g_assert_cmpuint (row->failures, ==, 1);
      g_assert_cmpfloat (row->average, ==, 44);
      g_assert_cmpuint (row->users, ==, is_b ? 7 : SCOPE_USERS_UNKNOWN);
      g_assert_cmpint (row->starts_block, ==, i % n == 0);
      g_assert_cmpfloat (get_value (parsed, i, SCOPE_VALUE_MAX), ==, 59.87f);
      g_assert_cmpfloat (get_value (parsed, i, SCOPE_VALUE_REQUEST_RATE), ==, 0.5f);
      g_assert_cmpfloat (get_value (parsed, i, SCOPE_VALUE_PERCENTILE), ==, 12);
    }
}

static void
test_names (void)
{
  check_names (FALSE);
  check_names (TRUE);
}

static void
check_pieces (GString    *text,
              int         longest,
              const char *what)
{
  g_autoptr (Parsed)         whole = parse (text);
  g_autoptr (Parsed)         pieces = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  for (gsize start = 0; start < text->len;)
    {
      gsize n = (gsize) g_test_rand_int_range (1, longest + 1);

      n = MIN (n, text->len - start);
      g_assert_true (parsed_feed (pieces, parser, text->str + start, n));
      start += n;
    }
  parsed_assert_same (pieces, whole, what);
}

/* Names, damage and all: pieces say what the whole does. */
static void
test_pieces (void)
{
  static const char DAMAGE[] = "\",\r\n0a\xff";

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GString) text = write_names (round % 2);
      gsize               header = strchr (text->str, '\n') + 1 - text->str;

      for (guint i = 0; i < round / 4; i++)
        text->str[g_test_rand_int_range (header, text->len)] =
          DAMAGE[g_test_rand_int_range (0, sizeof DAMAGE - 1)];
      check_pieces (text, 1, "one byte at a time");
      check_pieces (text, 90, "short pieces");
      check_pieces (text, 900, "long pieces");
    }
}

/* What the percentiles of such rows are of is not known; all else is. */
static void
test_other_percentiles (void)
{
  static const char *const PERCENTILES[] = { "", ",12", ",12,34,56", ",\"N/A\"",
                                             ",1,2,3,4,5,6,7,8,9" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (PERCENTILES); i++)
    {
      g_autoptr (GString) text = g_string_new (i % 2 ? HEADER_B : HEADER_A);
      g_autoptr (Parsed)  parsed = NULL;

      for (guint round = 0; round < 3; round++)
        add_row (text, i % 2, STAMP + 2 * round, "GET", "/a, \"b\"", 5 + round, PERCENTILES[i / 2]);
      parsed = parse (text);
      g_assert_cmpuint (parsed->n_bad, ==, 0);
      g_assert_cmpuint (parsed->rows->len, ==, 3);
      for (guint v = 0; v < parsed->schema->n_values; v++)
        g_assert_cmpint (parsed->schema->values[v].kind, !=, SCOPE_VALUE_PERCENTILE);
      for (guint row = 0; row < 3; row++)
        {
          g_assert_cmpuint (g_array_index (parsed->rows, ScopeRow, row).count, ==, 5 + row);
          g_assert_cmpfloat (get_value (parsed, row, SCOPE_VALUE_MIN), ==, 28);
          g_assert_cmpfloat (get_value (parsed, row, SCOPE_VALUE_MAX), ==, 59.87f);
          g_assert_cmpstr (get_identity (parsed, row), ==, "0|GET|/a, \"b\"");
        }
    }
}

/* One odd row among others takes nothing from them. */
static void
test_odd_row (void)
{
  g_autoptr (GString) text = g_string_new (HEADER_A);
  g_autoptr (Parsed)  parsed = NULL;

  add_row (text, FALSE, STAMP, "GET", "/a", 1, ",12,34");
  add_row (text, FALSE, STAMP + 2, "GET", "/a", 2, ",12");
  add_row (text, FALSE, STAMP + 4, "GET", "/a", 3, ",\"N/A\",\"N/A\"");
  add_row (text, FALSE, STAMP + 6, "GET", "/a", 4, ",12,34");
  parsed = parse (text);
  g_assert_cmpuint (parsed->rows->len, ==, 4);
  g_assert_cmpfloat (get_value (parsed, 0, SCOPE_VALUE_PERCENTILE), ==, 12);
  g_assert_true (isnan (get_value (parsed, 1, SCOPE_VALUE_PERCENTILE)));
  g_assert_true (isnan (get_value (parsed, 2, SCOPE_VALUE_PERCENTILE)));
  g_assert_cmpfloat (get_value (parsed, 3, SCOPE_VALUE_PERCENTILE), ==, 12);
  g_assert_cmpfloat (get_value (parsed, 1, SCOPE_VALUE_MAX), ==, 59.87f);
}

/* A row that was cut off anywhere is one bad row; those round it are read. */
static void
check_torn (gboolean is_b)
{
  g_autoptr (GString) row = g_string_new (NULL);

  add_row (row, is_b, STAMP + 2, "GET", "torn, \"", 2, ",12,34");
  for (gsize cut = 1; cut < row->len - 1; cut++)
    {
      g_autoptr (GString) text = g_string_new (is_b ? HEADER_B : HEADER_A);
      g_autoptr (Parsed)  parsed = NULL;
      const ScopeRow     *last;

      add_row (text, is_b, STAMP, "GET", "/a", 1, ",12,34");
      g_string_append_len (text, row->str, cut);
      g_string_append (text, "\r\n");
      add_row (text, is_b, STAMP + 4, "GET", "/a", 3, ",12,34");
      parsed = parse (text);
      last = &g_array_index (parsed->rows, ScopeRow, parsed->rows->len - 1);
      g_assert_cmpint (last->stamp, ==, STAMP + 4);
      g_assert_cmpuint (last->count, ==, 3);
      g_assert_cmpstr (get_identity (parsed, parsed->rows->len - 1), ==, "0|GET|/a");
      g_assert_cmpstr (get_identity (parsed, 0), ==, "0|GET|/a");
      /* Cut among its last numbers it cannot be told from a row. */
      g_assert_cmpuint (parsed->rows->len + parsed->n_bad, ==, 3);
      if (strstr (row->str, ",28,44") > row->str + cut)
        g_assert_cmpuint (parsed->n_bad, ==, 1);
    }
}

static void
test_torn (void)
{
  check_torn (FALSE);
  check_torn (TRUE);
}

static void
check_windows_name (const char *bytes,
                    const char *expected)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  fixture_row (text, STAMP, "GET", bytes, 1, 2);
  fixture_row (text, STAMP + 1, "GET", bytes, 2, 2);
  history = fixture_history (text->str, text->len);
  g_assert_cmpuint (scope_history_get_n_endpoints (history), ==, 1);
  g_assert_cmpstr (scope_endpoint_get_name (scope_history_get_endpoint (history, 0)), ==, expected);
}

static void
test_code_pages (void)
{
  check_windows_name ("\xcb\xd1\xcb\xf7\xc9\xcc\xc6\xb7", "搜索商品");
  check_windows_name ("/api/\xcb\xd1\xcb\xf7?q=1", "/api/搜索?q=1");
  check_windows_name ("\"\xcb\xd1\xcb\xf7, \"\"\xc9\xcc\xc6\xb7\"\"\"", "搜索, \"商品\"");
  check_windows_name ("caf\xe9", "café");
  check_windows_name ("\xdc" "bersicht f\xfcr \x80", "Übersicht für €");
  check_windows_name ("搜索商品 café", "搜索商品 café");
  check_windows_name ("plain", "plain");
}

static void
test_undecodable (void)
{
  static const char *const NAMES_[] = { "a\xff\xfe", "a\xfe\xff", "a\xff\xff" };
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 3; b++)
    for (guint i = 0; i < G_N_ELEMENTS (NAMES_); i++)
      fixture_row (text, STAMP + b, "GET", NAMES_[i], 10 * b + i, 2);
  history = fixture_history (text->str, text->len);
  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 3);
  g_assert_cmpuint (scope_history_get_n_endpoints (history), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      g_assert_true (g_utf8_validate (scope_endpoint_get_name (endpoint), -1, NULL));
      g_assert_cmpuint (scope_columns_get_count (scope_history_get_columns (history, i), 2), ==, 20 + i);
      /* One that is switched off leaves the others on. */
      for (guint k = 0; k < i; k++)
        g_assert_true (scope_history_get_endpoint (history, k) != endpoint);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-legacy/names", test_names);
  g_test_add_func ("/csv-legacy/pieces", test_pieces);
  g_test_add_func ("/csv-legacy/other-percentiles", test_other_percentiles);
  g_test_add_func ("/csv-legacy/odd-row", test_odd_row);
  g_test_add_func ("/csv-legacy/torn", test_torn);
  g_test_add_func ("/csv-record/code-pages", test_code_pages);
  g_test_add_func ("/csv-record/undecodable", test_undecodable);
  return g_test_run ();
}
