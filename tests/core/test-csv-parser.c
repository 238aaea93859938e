/* test-csv-parser.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What rows mean: names, cells, line ends, blocks, damage.  That it does not
 * matter in which pieces they come is asked in test-csv-pieces.c, and which
 * files are refused in test-csv-foreign.c.
 */
#include "fixture.h"

#include <math.h>
#include <string.h>

static const ScopeRow *
get_row (Parsed *parsed,
         guint   i)
{
  g_assert_cmpuint (i, <, parsed->rows->len);
  return &g_array_index (parsed->rows, ScopeRow, i);
}

static float
get_value (Parsed *parsed,
           guint   row,
           guint   value)
{
  g_assert_cmpuint (value, <, parsed->schema->n_values);
  return g_array_index (parsed->values, double, row *parsed->schema->n_values + value);
}

static const char *
get_identity (Parsed *parsed,
              guint   row)
{
  return g_ptr_array_index (parsed->identities, get_row (parsed, row)->identity);
}

static Parsed *
parse (const char *text)
{
  Parsed *parsed = parsed_whole (text, strlen (text));

  g_assert_no_error (parsed->error);
  return parsed;
}

static void
assert_bad (Parsed     *parsed,
            guint       i,
            guint64     line,
            const char *reason)
{
  ScopeBadRow *bad = &g_array_index (parsed->bad, ScopeBadRow, i);

  g_assert_cmpuint (i, <, parsed->bad->len);
  g_assert_cmpuint (bad->line, ==, line);
  if (strstr (bad->reason, reason) == NULL)
    g_error ("“%s” does not say “%s”", bad->reason, reason);
}

static void
test_row (void)
{
  g_autoptr (Parsed) parsed =
    parse (FIXTURE_HEADER
           "1795338539,7,GET,/api/cart,4.703319,0.500000,38,59,412,3,38,40.193617567961184,"
           "21.57,93.89235599996937,64.0\r\n");
  const ScopeRow *row = get_row (parsed, 0);

  g_assert_cmpint (row->stamp, ==, 1795338539);
  g_assert_cmpuint (row->count, ==, 412);
  g_assert_cmpuint (row->failures, ==, 3);
  g_assert_cmpfloat (row->average, ==, 40.193617567961184);
  g_assert_cmpuint (row->users, ==, 7);
  g_assert_true (row->starts_block);
  g_assert_false (row->starts_run);
  g_assert_cmpstr (get_identity (parsed, 0), ==, "0|GET|/api/cart");
  g_assert_true (parsed->schema->has_users);
  g_assert_cmpuint (parsed->schema->n_values, ==, 6);
  g_assert_cmpint (parsed->schema->values[0].kind, ==, SCOPE_VALUE_REQUEST_RATE);
  g_assert_cmpfloat (get_value (parsed, 0, 0), ==, 4.703319f);
  g_assert_cmpint (parsed->schema->values[1].kind, ==, SCOPE_VALUE_FAILURE_RATE);
  g_assert_cmpfloat (get_value (parsed, 0, 1), ==, 0.5f);
  g_assert_cmpint (parsed->schema->values[3].kind, ==, SCOPE_VALUE_PERCENTILE);
  g_assert_cmpfloat (parsed->schema->values[3].percent, ==, 95);
  g_assert_cmpfloat (get_value (parsed, 0, 3), ==, 59);
  g_assert_cmpint (parsed->schema->values[4].kind, ==, SCOPE_VALUE_MIN);
  g_assert_cmpfloat (get_value (parsed, 0, 4), ==, 21.57f);
  g_assert_cmpint (parsed->schema->values[5].kind, ==, SCOPE_VALUE_MAX);
}

static void
test_not_available (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "GET", "/a", 0, 0.0);
  g_string_append (text, "1795338540,,GET,/a,0,0,N/A,N/A,0,0,N/A,N/A,N/A,N/A,N/A\r\n"
                         "1795338540,3,GET,/b,0,0,N/A,N/A,0,0,N/A,N/A,N/A,N/A,N/A\r\n");
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->rows->len, ==, 2);
  g_assert_true (isnan (get_value (parsed, 0, 2)));
  g_assert_false (isnan (get_value (parsed, 0, 0)));
  g_assert_true (isnan (get_value (parsed, 1, 4)));
  g_assert_cmpfloat (get_row (parsed, 1)->average, ==, 0);
  assert_bad (parsed, 0, 3, "column 2");
}

static void
test_names (void)
{
  static const char *NAMES[][2] = {
    { "/plain", "/plain" },
    { "\"/items, all\"", "/items, all" },
    { "\"say \"\"hi\"\"\"", "say \"hi\"" },
    { "\"\"\"\"\"\"", "\"\"" },
    { "\"two\nlines\"", "two\nlines" },
    { "\"two\r\nlines, \"\"and\"\" more\r\n\"", "two\r\nlines, \"and\" more\r\n" },
    { "搜索商品", "搜索商品" },
    { "\"搜索，\"\"商品\"\",\"", "搜索，\"商品\"," },
    { "Aggregated", "Aggregated" },
    { "", "" },
    { " spaced ", " spaced " },
    { "it's 5'10", "it's 5'10" },
    { "a\x81\x8d", "a\xef\xbf\xbd\xef\xbf\xbd" },
  };
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
      fixture_row (text, 1795338539 + round, "GET", NAMES[i][0], i, 1.5);
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->n_bad, ==, 0);
  g_assert_cmpuint (parsed->identities->len, ==, G_N_ELEMENTS (NAMES));
  g_assert_cmpuint (parsed->rows->len, ==, 3 * G_N_ELEMENTS (NAMES));
  for (guint i = 0; i < parsed->rows->len; i++)
    {
      g_autofree char *expected =
        g_strconcat ("0|GET|", NAMES[i % G_N_ELEMENTS (NAMES)][1], NULL);

      g_assert_cmpstr (get_identity (parsed, i), ==, expected);
      g_assert_cmpuint (get_row (parsed, i)->count, ==, i % G_N_ELEMENTS (NAMES));
    }
}

static void
test_same_name_other_type (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "GET", "/cart", 1, 1);
  fixture_row (text, 1795338539, "POST", "/cart", 2, 1);
  fixture_row (text, 1795338540, "POST", "/cart", 3, 1);
  fixture_row (text, 1795338541, "GET", "/cart", 4, 1);
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->identities->len, ==, 2);
  g_assert_cmpuint (get_row (parsed, 2)->identity, ==, get_row (parsed, 1)->identity);
  g_assert_cmpuint (get_row (parsed, 3)->identity, ==, get_row (parsed, 0)->identity);
}

/* Only what has no type is the total; it alone ends a block. */
static void
test_endpoint_named_aggregated (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  for (guint i = 0; i < 2; i++)
    {
      fixture_row (text, 1795338539, "GET", "Aggregated", 1 + i, 1);
      fixture_row (text, 1795338539, "GET", "/z", 1 + i, 1);
      fixture_row (text, 1795338539, "", "Aggregated", 2 + 2 * i, 1);
    }
  parsed = parse (text->str);
  g_assert_cmpstr (get_identity (parsed, 0), ==, "0|GET|Aggregated");
  g_assert_cmpstr (get_identity (parsed, 2), ==, "1||Aggregated");
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (get_row (parsed, i)->starts_block, ==, i % 3 == 0);
}

/* Ticks shorter than a second, with and without a total row. */
static void
test_two_blocks_in_one_second (void)
{
  static const char  *NAMES[] = { "/a", "/b", "/c" };
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  for (guint i = 0; i < 12; i++)
    fixture_row (text, 1795338539 + i / 6, "GET", NAMES[i % 3], 1 + i, 1);
  parsed = parse (text->str);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpint (get_row (parsed, i)->starts_block, ==, i % 3 == 0);
}

/* What comes after the total is the next block's, whatever its second. */
static void
test_total_ends_block (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "", "Aggregated", 0, 0);
  fixture_row (text, 1795338539, "GET", "/a", 1, 1);
  fixture_row (text, 1795338539, "", "Aggregated", 1, 1);
  fixture_row (text, 1795338539, "GET", "/b", 1, 1);
  parsed = parse (text->str);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (get_row (parsed, i)->starts_block, ==, i != 2);
}

static void
test_only_total_rows (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  for (guint i = 0; i < 6; i++)
    fixture_row (text, 1795338539 + i / 2, "", "Aggregated", i, 1);
  parsed = parse (text->str);
  for (guint i = 0; i < 6; i++)
    g_assert_true (get_row (parsed, i)->starts_block);
}

/* The last row is there when its line end is, and not before. */
static void
test_unfinished_row (void)
{
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)         parsed = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  gsize                      first, length;

  g_assert_false (scope_csv_parser_has_header (parser));
  fixture_row (text, 1795338539, "GET", "/a", 1, 20);
  first = text->len;
  fixture_row (text, 1795338539, "GET", "/b", 123, 20);
  length = text->len - 1; /* all but the line feed */
  g_assert_true (parsed_feed (parsed, parser, text->str, first));
  g_assert_cmpuint (scope_csv_parser_get_pending (parser), ==, 0);
  g_assert_true (parsed_feed (parsed, parser, text->str + first, length - first));
  g_assert_true (scope_csv_parser_has_header (parser));
  g_assert_cmpuint (parsed->rows->len, ==, 1);
  g_assert_cmpuint (scope_csv_parser_get_pending (parser), ==, length - first);
  g_assert_true (parsed_feed (parsed, parser, "", 0));
  g_assert_cmpuint (parsed->rows->len, ==, 1);
  g_assert_true (parsed_feed (parsed, parser, "\n", 1));
  g_assert_cmpuint (parsed->rows->len, ==, 2);
  g_assert_cmpuint (get_row (parsed, 1)->count, ==, 123);
  g_assert_cmpuint (scope_csv_parser_get_pending (parser), ==, 0);
  g_assert_cmpuint (parsed->n_bad, ==, 0);
}

/* The same rows under Unix's line ends, Locust's, and those on Windows. */
static void
test_line_ends (void)
{
  static const char *ENDS[] = { "\n", "\r\n", "\r\r\n", "\r\n\r\n", "\n\r\n\n" };
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  expected = NULL;

  for (guint i = 0; i < 9; i++)
    fixture_row (text, 1795338539 + i / 3, "GET", i % 3 ? "/a" : "\"b, c\"", i, 20);
  expected = parse (text->str);
  g_assert_cmpuint (expected->rows->len, ==, 9);
  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++)
    {
      g_autoptr (GString) other = g_string_new (text->str);
      g_autoptr (Parsed)  parsed = NULL;

      g_string_replace (other, "\r\n", ENDS[i], 0);
      parsed = parse (other->str);
      parsed_assert_same (parsed, expected, "line ends");
    }
}

static void
test_header_again_starts_run (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "GET", "/a", 1, 20);
  fixture_row (text, 1795338539, "", "Aggregated", 1, 20);
  g_string_append (text, FIXTURE_HEADER);
  fixture_row (text, 1795338539, "GET", "/b", 5, 20);
  fixture_row (text, 1795338539, "GET", "/a", 9, 20);
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->n_bad, ==, 0);
  g_assert_cmpuint (parsed->rows->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (get_row (parsed, i)->starts_run, ==, i == 2);
  g_assert_true (get_row (parsed, 2)->starts_block);
  g_assert_false (get_row (parsed, 3)->starts_block);
}

static void
test_torn_quote (void)
{
  static const char *TORN[] = {
    "1795338540,5,GET,\"/se\r\n",
    "1795338540,5,GET,\"/se\r\narch, \"\" and\r\nmore\r\n",
    "1795338540,5,GET,\"\r\n",
    "\"\r\n",
  };
  static const guint LINES[] = { 1, 3, 1, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (TORN); i++)
    {
      g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
      g_autoptr (Parsed)  parsed = NULL;

      fixture_row (text, 1795338539, "GET", "/a", 1, 20);
      g_string_append (text, TORN[i]);
      fixture_row (text, 1795338541, "GET", "\"good, \"\"quoted\"\"\"", 2, 20);
      fixture_row (text, 1795338542, "GET", "/a", 3, 20);
      g_string_append (text, "damage\r\n");
      parsed = parse (text->str);
      g_assert_cmpuint (parsed->rows->len, ==, 3);
      g_assert_cmpstr (get_identity (parsed, 1), ==, "0|GET|good, \"quoted\"");
      g_assert_cmpuint (get_row (parsed, 2)->count, ==, 3);
      g_assert_cmpuint (parsed->n_bad, ==, 2);
      assert_bad (parsed, 0, 3, "quote");
      assert_bad (parsed, 1, 5 + LINES[i], "1 columns");
    }
}

static void
test_bad_rows (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  fixture_row (text, 1795338539, "GET", "\"two\nlines\"", 1, 20);          /* 2 and 3 */
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,1,2,0,1,1.5,1,1\r\n"); /* 4: one too few */
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,1,2,0,1,1.5,1,1,1,1\r\n"); /* one too many */
  g_string_append (text, "1795338539,5,GET,\"/b\"x,0,0,1,1,2,0,1,1.5,1,1,1\r\n");
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,1,-2,0,1,1.5,1,1,1\r\n");
  g_string_append (text, "now,5,GET,/b,0,0,1,1,2,0,1,1.5,1,1,1\r\n");
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,1,2,0,1,1.5.1,1,1,1\r\n");
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,fast,2,0,1,1.5,1,1,1\r\n");
  g_string_append (text, "1795338539,5,GET,/b,0,0,1,1,2,N/A,1,1.5,1,1,1\r\n");
  fixture_row (text, 1795338539, "GET", "/c", 1, 20);
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->rows->len, ==, 2);
  g_assert_cmpuint (parsed->identities->len, ==, 2);
  g_assert_cmpuint (parsed->n_bad, ==, 8);
  assert_bad (parsed, 0, 4, "14 columns where the header has 15");
  assert_bad (parsed, 1, 5, "16 columns where the header has 15");
  assert_bad (parsed, 2, 6, "quote");
  assert_bad (parsed, 3, 7, "column 9 is not a whole number: “-2”");
  assert_bad (parsed, 4, 8, "column 1 is not a whole number: “now”");
  assert_bad (parsed, 5, 9, "column 12 is not a number: “1.5.1”");
  assert_bad (parsed, 6, 10, "column 8 is not a number: “fast”");
  assert_bad (parsed, 7, 11, "column 10 is not a whole number: “N/A”");
}

static void
test_many_bad_rows (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "x\n");
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->n_bad, ==, 1000);
  g_assert_cmpuint (parsed->bad->len, ==, SCOPE_BAD_ROWS_KEPT);
  assert_bad (parsed, 19, 21, "1 columns");
}

static void
test_row_too_long (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  parsed = NULL;
  g_autofree char    *x = g_strnfill (SCOPE_CSV_MAX_ROW_BYTES + 100, 'x');

  fixture_row (text, 1795338539, "GET", "/a", 1, 20);
  fixture_row (text, 1795338539, "GET", x, 1, 20);
  fixture_row (text, 1795338540, "GET", "/a", 2, 20);
  g_string_append (text, "damage\n");
  fixture_row (text, 1795338541, "GET", "/a", 3, 20);
  parsed = parse (text->str);
  g_assert_cmpuint (parsed->rows->len, ==, 3);
  g_assert_cmpuint (parsed->n_bad, ==, 2);
  assert_bad (parsed, 0, 3, "longer than");
  assert_bad (parsed, 1, 5, "1 columns");
}

static Parsed *
parse_times (const gint64 *times,
             guint         n)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint i = 0; i < n; i++)
    fixture_row (text, times[i], "GET", "/a", i + 1, 20);
  return parse (text->str);
}

/* A clock that was wrong for a while costs no row, or only those that show that it
 * was. */
static void
test_times_far_apart (void)
{
  static const gint64 BEHIND[] = { 1795338539, 1795338540, 1, 2, 1795338543, 1795338544 };
  static const gint64 AHEAD[] = { 1795338539, 4294967296, 4294967297, 1795338542, 1795338543 };
  static const gint64 SET[] = { 5, 6, 1795338539, 1795338540, 1795338541, 1795338542, 1795338543 };
  static const gint64 NEVER[] = { 253402300799, 253402300800, 1000000000000000000 };
  g_autoptr (Parsed)  behind = parse_times (BEHIND, G_N_ELEMENTS (BEHIND));
  g_autoptr (Parsed)  ahead = parse_times (AHEAD, G_N_ELEMENTS (AHEAD));
  g_autoptr (Parsed)  set = parse_times (SET, G_N_ELEMENTS (SET));
  g_autoptr (Parsed)  never = parse_times (NEVER, G_N_ELEMENTS (NEVER));

  g_assert_cmpuint (behind->n_bad, ==, 0);
  g_assert_cmpuint (behind->rows->len, ==, G_N_ELEMENTS (BEHIND));
  g_assert_cmpuint (ahead->n_bad, ==, 2);
  assert_bad (ahead, 0, 3, "years after");
  g_assert_cmpuint (ahead->rows->len, ==, 3);
  g_assert_cmpuint (set->n_bad, ==, 3);
  g_assert_cmpint (g_array_index (set->rows, ScopeRow, 2).stamp, ==, 1795338542);
  g_assert_cmpuint (set->rows->len, ==, 4);
  g_assert_cmpuint (never->n_bad, ==, 2);
  assert_bad (never, 0, 3, "year 9999");
}

static void
test_nothing (void)
{
  g_autoptr (Parsed) parsed = parsed_whole ("", 0);

  g_assert_no_error (parsed->error);
  g_assert_null (parsed->schema);
  g_assert_cmpuint (parsed->rows->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-parser/row", test_row);
  g_test_add_func ("/csv-parser/not-available", test_not_available);
  g_test_add_func ("/csv-parser/names", test_names);
  g_test_add_func ("/csv-parser/same-name-other-type", test_same_name_other_type);
  g_test_add_func ("/csv-parser/endpoint-named-aggregated", test_endpoint_named_aggregated);
  g_test_add_func ("/csv-parser/two-blocks-in-one-second", test_two_blocks_in_one_second);
  g_test_add_func ("/csv-parser/total-ends-block", test_total_ends_block);
  g_test_add_func ("/csv-parser/only-total-rows", test_only_total_rows);
  g_test_add_func ("/csv-parser/unfinished-row", test_unfinished_row);
  g_test_add_func ("/csv-parser/line-ends", test_line_ends);
  g_test_add_func ("/csv-parser/header-again-starts-run", test_header_again_starts_run);
  g_test_add_func ("/csv-parser/torn-quote", test_torn_quote);
  g_test_add_func ("/csv-parser/bad-rows", test_bad_rows);
  g_test_add_func ("/csv-parser/many-bad-rows", test_many_bad_rows);
  g_test_add_func ("/csv-parser/row-too-long", test_row_too_long);
  g_test_add_func ("/csv-parser/times-far-apart", test_times_far_apart);
  g_test_add_func ("/csv-parser/nothing", test_nothing);
  return g_test_run ();
}
