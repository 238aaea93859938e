/* test-statistic.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every statistic worked out by hand, its names, which files have it, and
 * what the history makes of a choice.
 */
#include "fixture.h"

#include <math.h>
#include <string.h>

#define START 1795338539

#define PERCENTILE(p) ((ScopeStatistic){ .kind = SCOPE_STATISTIC_PERCENTILE, .percent = (p) })

/* The header of Locust 0.13 and 0.14, with two of its percentiles. */
#define LEGACY_HEADER                                                                        \
  "\"Type\",\"Name\",\"Timestamp\",\"# requests\",\"# failures\",\"Requests/s\","            \
  "\"Requests Failed/s\",\"Median response time\",\"Average response time\","                \
  "\"Min response time\",\"Max response time\",\"Average Content Size\",\"50%\",\"95%\"\r\n"

static ScopeHistory *
read_text (const char *text)
{
  return fixture_history (text, strlen (text));
}

/* Ten blocks of /a: 10 requests and 2 failures each, of 20 ms, in the last
 * five of 50 ms; block 3 has no percentiles yet or none any more. */
static ScopeHistory *
make_history (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  double              sum = 0;

  for (guint b = 0; b < 10; b++)
    {
      sum += b == 0 ? 0 : 10 * (b < 5 ? 20 : 50);
      fixture_full_row (text, &(FixtureRow){ .stamp = START + b,
                                             .name = "/a",
                                             .count = 10 * b,
                                             .failures = 2 * b,
                                             .average = b ? sum / (10 * b) : 0,
                                             .p50 = b == 0 ? "N/A" : b == 3 ? "0" : "21",
                                             .p95 = b == 0 ? "N/A" : b == 3 ? "0" : "34.5",
                                             .min = b ? 10.5 : 0,
                                             .max = b ? 60 + b : 0 });
    }
  return read_text (text->str);
}

static double
get_value (ScopeHistory  *history,
           ScopeStatistic statistic,
           guint          block)
{
  int         position = fixture_find (history, "GET", "/a");
  ScopeSeries series = scope_history_get_series (history, position, statistic);
  double      exact = scope_history_get_value (history, position, statistic, block);

  /* One value, asked for in two ways. */
  g_assert_cmpuint (block - series.first, <, series.n);
  g_assert_true (isnan (exact) ? isnan (series.values[block - series.first])
                               : series.values[block - series.first] == (float) exact);
  return exact;
}

static void
assert_near (double value,
             double expected)
{
  if (isnan (value) != isnan (expected) || fabs (value - expected) > 1e-9 * fabs (expected) + 1e-9)
    g_error ("%g, not %g", value, expected);
}

static void
test_values (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);

  scope_history_set_window (history, 4);
  /* Blocks 5 to 9 are all of 50 ms, the window at 6 is half and half. */
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 9), 50);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 6), 35);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 0), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (REQUESTS), 9), 40 / (times[9] - times[5]));
  assert_near (get_value (history, SCOPE_STATISTIC (FAILURES), 9), 8 / (times[9] - times[5]));
  assert_near (get_value (history, SCOPE_STATISTIC (FAILURE_SHARE), 9), 20);
  assert_near (get_value (history, SCOPE_STATISTIC (FAILURE_SHARE), 0), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (REQUESTS), 0), 0);
  assert_near (get_value (history, SCOPE_STATISTIC (FAILURES), 0), 0);

  assert_near (get_value (history, SCOPE_STATISTIC (TOTAL_AVERAGE), 9), (4 * 20 + 5 * 50) / 9.0);
  assert_near (get_value (history, SCOPE_STATISTIC (TOTAL_AVERAGE), 0), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (MIN), 5), 10.5);
  assert_near (get_value (history, SCOPE_STATISTIC (MAX), 5), 65);
  assert_near (get_value (history, SCOPE_STATISTIC (WRITTEN), 5), 1.5);
  assert_near (get_value (history, SCOPE_STATISTIC (WRITTEN), 0), 1.5);
  assert_near (get_value (history, PERCENTILE (50), 5), 21);
  assert_near (get_value (history, PERCENTILE (95), 5), 34.5);
}

/* N/A, a percentile of 0, no request yet, and a column that is not there. */
static void
test_gaps (void)
{
  g_autoptr (ScopeHistory) history = make_history ();

  assert_near (get_value (history, PERCENTILE (50), 0), NAN);
  assert_near (get_value (history, PERCENTILE (50), 3), NAN);
  assert_near (get_value (history, PERCENTILE (95), 3), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (MIN), 0), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (MAX), 0), NAN);
  for (guint b = 0; b < 10; b++)
    assert_near (get_value (history, PERCENTILE (99), b), NAN);
}

/* Without requests in the window there is no average but a rate of 0. */
static void
test_no_request_in_window (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 30; b++)
    fixture_row (text, START + b, "GET", "/a", MIN (b, 10), b ? 7 : 0);
  history = read_text (text->str);
  scope_history_set_window (history, 5);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 14), 7);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 25), NAN);
  assert_near (get_value (history, SCOPE_STATISTIC (REQUESTS), 25), 0);
  assert_near (get_value (history, SCOPE_STATISTIC (FAILURES), 25), 0);
  assert_near (get_value (history, SCOPE_STATISTIC (TOTAL_AVERAGE), 25), 7);
}

/* A window of 0 is one block. */
static void
test_one_block (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);

  scope_history_set_window (history, 0);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 4), 20);
  assert_near (get_value (history, SCOPE_STATISTIC (AVERAGE), 5), 50);
  assert_near (get_value (history, SCOPE_STATISTIC (REQUESTS), 5), 10 / (times[5] - times[4]));
  g_assert_cmpfloat (scope_history_get_window (history), ==, 0);
}

static void
test_ids (void)
{
  static const char *const GOOD[] = { "average", "min", "max", "total-average", "requests",
                                      "failures", "written", "p50", "p99.9", "p0", "p100",
                                      "p99.9999" };
  static const char *const BAD[] = { "", "p", "p-1", "p100.1", "p50%", "pp50", "P50", "50",
                                     "Average", "average ", "p 50", "pnan", "pinf" };
  ScopeStatistic           statistic;

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autofree char *id = NULL;
      ScopeStatistic   again;

      g_assert_true (scope_statistic_parse (GOOD[i], &statistic));
      id = scope_statistic_dup_id (statistic);
      g_assert_cmpstr (id, ==, GOOD[i]);
      g_assert_true (scope_statistic_parse (id, &again));
      g_assert_true (scope_statistic_equal (statistic, again));
      g_assert_cmpint (scope_statistic_is_response_time (statistic), ==, i < 4 || i > 6);
    }
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (scope_statistic_parse (BAD[i], &statistic))
      g_error ("“%s” was understood", BAD[i]);
  g_assert_false (scope_statistic_equal (PERCENTILE (50), PERCENTILE (95)));
  g_assert_false (scope_statistic_equal (SCOPE_STATISTIC (MIN), SCOPE_STATISTIC (MAX)));
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_texts (void)
{
  assert_text (scope_statistic_dup_name (PERCENTILE (99.9)), "p99.9");
  assert_text (scope_statistic_dup_name (SCOPE_STATISTIC (AVERAGE)), "Average");
  assert_text (scope_statistic_dup_name (SCOPE_STATISTIC (WRITTEN)),
               "Requests/s as Locust wrote it");
  assert_text (scope_statistic_dup_title (PERCENTILE (99.9)), "Response time (ms)");
  assert_text (scope_statistic_dup_title (SCOPE_STATISTIC (MAX)), "Response time (ms)");
  assert_text (scope_statistic_dup_title (SCOPE_STATISTIC (REQUESTS)), "Requests/s");
  assert_text (scope_statistic_dup_title (SCOPE_STATISTIC (FAILURES)), "Failures/s");
  assert_text (scope_statistic_dup_title (SCOPE_STATISTIC (WRITTEN)), "Requests/s");
  assert_text (scope_statistic_dup_title (SCOPE_STATISTIC (FAILURE_SHARE)), "Failed requests (%)");

  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (AVERAGE), NULL, 10, FALSE),
               "average over 10 s");
  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (AVERAGE), NULL, 2.5, FALSE),
               "average over 2.5 s");
  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (AVERAGE), NULL, 0, FALSE),
               "average over one block");
  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (REQUESTS), NULL, 30, FALSE),
               "counted over 30 s");
  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (FAILURES), NULL, 0, TRUE),
               "counted over one block");
  assert_text (scope_statistic_dup_span (SCOPE_STATISTIC (MAX), NULL, 0, FALSE),
               "maximum since the start");
  assert_text (scope_statistic_dup_span (PERCENTILE (95), NULL, 60, FALSE), "p95 over about 10 s");
  assert_text (scope_statistic_dup_span (PERCENTILE (95), NULL, 60, TRUE), "p95 over the whole run");

  for (ScopeStatisticKind kind = SCOPE_STATISTIC_AVERAGE; kind <= SCOPE_STATISTIC_FAILURE_SHARE; kind++)
    g_assert_cmpint (scope_statistic_uses_window ((ScopeStatistic){ .kind = kind }, NULL), ==,
                     kind == SCOPE_STATISTIC_AVERAGE || kind == SCOPE_STATISTIC_REQUESTS ||
                       kind == SCOPE_STATISTIC_FAILURES || kind == SCOPE_STATISTIC_FAILURE_SHARE);
}

static char *
list_ids (ScopeHistory *history)
{
  g_autoptr (GArray) list = scope_history_list_statistics (history);
  GString           *ids = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      ScopeStatistic   statistic = g_array_index (list, ScopeStatistic, i);
      g_autofree char *id = scope_statistic_dup_id (statistic);

      g_string_append_printf (ids, "%s%s", i ? " " : "", id);
    }
  return g_string_free (ids, FALSE);
}

static void
test_available (void)
{
  g_autoptr (ScopeHistory) full = make_history ();
  g_autoptr (ScopeHistory) bare =
    read_text ("Timestamp,Type,Name,Total Request Count,Total Failure Count,"
               "Total Average Response Time\r\n"
               "1795338539,,Aggregated,0,0,0\r\n");
  g_autoptr (ScopeHistory) legacy =
    read_text (LEGACY_HEADER
               "\"GET\",\"/a\",\"1795338539\",3,0,0.00,0.00,5,6,4,7.00,8.00,5,9\r\n");

  assert_text (list_ids (full),
               "average p50 p95 min max total-average requests failures written");
  assert_text (list_ids (bare), "average total-average requests failures");
  /* The difference of averages that were cut to whole ms says nothing. */
  assert_text (list_ids (legacy), "p50 p95 min max total-average requests failures written");
}

static void
assert_chosen (ScopeHistory *history,
               const char   *response_time,
               const char   *throughput)
{
  assert_text (scope_statistic_dup_id (scope_history_get_response_time (history)), response_time);
  assert_text (scope_statistic_dup_id (scope_history_get_throughput (history)), throughput);
}

static void
assert_latest (ScopeHistory *history,
               double        response_time,
               double        throughput)
{
  int            position = fixture_find (history, "GET", "/a");
  ScopeEndpoint *endpoint = scope_history_get_endpoint (history, position);

  g_assert_cmpfloat_with_epsilon (scope_endpoint_get_response_time (endpoint), response_time,
                                  1e-4 * response_time);
  g_assert_cmpfloat_with_epsilon (scope_endpoint_get_throughput (endpoint), throughput,
                                  1e-4 * throughput);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* The latest numbers follow the choice; one that was there is no news. */
static void
test_choice (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);
  guint                    n_chosen = 0;

  g_signal_connect_swapped (history, "chosen", G_CALLBACK (count_cb), &n_chosen);
  assert_chosen (history, "average", "requests");
  scope_history_set_response_time (history, SCOPE_STATISTIC (AVERAGE));
  scope_history_set_throughput (history, SCOPE_STATISTIC (REQUESTS));
  scope_history_set_window (history, 10);
  g_assert_cmpuint (n_chosen, ==, 0);

  scope_history_set_window (history, 4);
  g_assert_cmpuint (n_chosen, ==, 1);
  assert_latest (history, 50, 40 / (times[9] - times[5]));
  scope_history_set_response_time (history, PERCENTILE (95));
  scope_history_set_response_time (history, PERCENTILE (95));
  g_assert_cmpuint (n_chosen, ==, 2);
  assert_chosen (history, "p95", "requests");
  assert_latest (history, 34.5, 40 / (times[9] - times[5]));
  scope_history_set_throughput (history, SCOPE_STATISTIC (FAILURES));
  g_assert_cmpuint (n_chosen, ==, 3);
  assert_latest (history, 34.5, 8 / (times[9] - times[5]));
  scope_history_set_throughput (history, SCOPE_STATISTIC (WRITTEN));
  assert_latest (history, 34.5, 1.5);
  scope_history_set_response_time (history, SCOPE_STATISTIC (MAX));
  assert_latest (history, 69, 1.5);
}

/* Rows that come later are worked out as was chosen. */
static void
test_choice_lasts (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);

  scope_history_set_response_time (history, PERCENTILE (95));
  scope_history_set_throughput (history, SCOPE_STATISTIC (WRITTEN));
  scope_history_set_window (history, 30);
  fixture_row (text, START, "GET", "/a", 3, 5);
  fixture_append (history, parser, text->str);
  assert_chosen (history, "p95", "written");
  assert_latest (history, 34, 1.5);
  g_assert_cmpfloat (scope_history_get_window (history), ==, 30);
}

/* A file without what was chosen shows the default, and another file that has
 * it shows it again. */
static void
test_fall_back (void)
{
  static const char FEWER[] =
    "Timestamp,User Count,Type,Name,50%,Total Request Count,Total Failure Count,"
    "Total Average Response Time\r\n"
    "1795338539,5,GET,/a,12,0,0,0\r\n"
    "1795338540,5,GET,/a,12,10,5,20\r\n";
  g_autoptr (ScopeHistory) history = make_history ();
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  const char              *texts[3] = { NULL };

  scope_history_set_response_time (history, PERCENTILE (95));
  scope_history_set_throughput (history, SCOPE_STATISTIC (WRITTEN));
  fixture_row (text, START, "GET", "/a", 0, 0);
  fixture_row (text, START + 1, "GET", "/a", 4, 5);
  texts[0] = FEWER;
  texts[1] = text->str;
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      g_autoptr (ScopeBlocks)    blocks =
        scope_csv_parser_feed (parser, texts[i], strlen (texts[i]), NULL);

      blocks->reset = TRUE;
      scope_history_append (history, blocks);
      if (i == 0)
        {
          const double       *times = scope_history_get_times (history);
          guint               n_stretches;
          const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);

          assert_chosen (history, "average", "requests");
          /* The first block is one tick after the zero. */
          assert_latest (history, 20, 10 / (times[1] - times[0] + stretches[0].tick));
        }
      else
        {
          assert_chosen (history, "p95", "written");
          assert_latest (history, 34, 1.5);
        }
    }
}

/* Files of old releases: the median, until somebody chooses. */
static void
test_legacy_default (void)
{
  static const char ROWS[] =
    LEGACY_HEADER "\"GET\",\"/a\",\"1795338539\",3,0,0.00,0.00,5,6,4,7.00,8.00,5,9\r\n"
                  "\"GET\",\"/a\",\"1795338541\",5,1,1.25,0.00,5,6,4,7.00,8.00,5,9\r\n";
  g_autoptr (ScopeHistory) history = read_text (ROWS);

  assert_chosen (history, "p50", "requests");
  g_assert_cmpfloat (scope_endpoint_get_response_time (scope_history_get_endpoint (history, 0)), ==,
                     5);
  scope_history_set_response_time (history, SCOPE_STATISTIC (AVERAGE));
  assert_chosen (history, "p50", "requests");
  scope_history_set_response_time (history, PERCENTILE (95));
  assert_chosen (history, "p95", "requests");
  g_assert_cmpfloat (scope_endpoint_get_response_time (scope_history_get_endpoint (history, 0)), ==,
                     9);
  scope_history_set_response_time (history, SCOPE_STATISTIC (TOTAL_AVERAGE));
  assert_latest (history, 6, 2 / (scope_history_get_times (history)[1] -
                                  scope_history_get_times (history)[0]));
}

/* What an export need not keep. */
static void
test_uses_value (void)
{
  ScopeStatistic p95 = { SCOPE_STATISTIC_PERCENTILE, 95 };

  g_assert_true (scope_statistic_uses_value (p95, SCOPE_VALUE_PERCENTILE));
  g_assert_false (scope_statistic_uses_value (p95, SCOPE_VALUE_REQUEST_RATE));
  g_assert_true (
    scope_statistic_uses_value (SCOPE_STATISTIC (WRITTEN), SCOPE_VALUE_REQUEST_RATE));
  for (ScopeValueKind kind = 0; kind <= SCOPE_VALUE_PERCENTILE; kind++)
    {
      g_assert_false (scope_statistic_uses_value (SCOPE_STATISTIC (AVERAGE), kind));
      g_assert_false (scope_statistic_uses_value (SCOPE_STATISTIC (REQUESTS), kind));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistic/values", test_values);
  g_test_add_func ("/statistic/gaps", test_gaps);
  g_test_add_func ("/statistic/no-request-in-window", test_no_request_in_window);
  g_test_add_func ("/statistic/one-block", test_one_block);
  g_test_add_func ("/statistic/ids", test_ids);
  g_test_add_func ("/statistic/texts", test_texts);
  g_test_add_func ("/statistic/available", test_available);
  g_test_add_func ("/statistic/choice", test_choice);
  g_test_add_func ("/statistic/choice-lasts", test_choice_lasts);
  g_test_add_func ("/statistic/fall-back", test_fall_back);
  g_test_add_func ("/statistic/legacy-default", test_legacy_default);
  g_test_add_func ("/statistic/uses-value", test_uses_value);
  return g_test_run ();
}
