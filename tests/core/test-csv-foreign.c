/* test-csv-foreign.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is not a history is refused in words that say what it is and help; but
 * what may become one is waited for.
 */
#include "csv-foreign.h"
#include "feed.h"
#include "fixture.h"

#include <string.h>

#define NEED "Open the PREFIX_stats_history.csv that"

typedef struct
{
  const char *bytes;
  gsize       length;
  const char *what;
  const char *todo;
} Case;

#define CASE(bytes, what, todo) { bytes, sizeof (bytes) - 1, what, todo }

static void
assert_says (const char *message,
             const char *words)
{
  if (strstr (message, words) == NULL)
    g_error ("“%s” does not say “%s”", message, words);
}

static Parsed *
parsed_refused (const char *bytes,
                gsize       length)
{
  g_autoptr (Parsed)         parsed = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  if (parsed_feed (parsed, parser, bytes, length))
    g_error ("“%.60s” is not refused", bytes);
  g_assert_error (parsed->error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT);
  g_assert_cmpuint (parsed->rows->len, ==, 0);

  /* Nothing that follows makes it a history. */
  g_assert_false (parsed_feed (parsed, parser, FIXTURE_HEADER, strlen (FIXTURE_HEADER)));
  g_assert_error (parsed->error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT);
  return g_steal_pointer (&parsed);
}

static void
assert_refused (const char *bytes,
                gsize       length,
                const char *what,
                const char *todo)
{
  g_autoptr (Parsed)         parsed = parsed_refused (bytes, length);
  g_autoptr (Parsed)         pieces = parsed_new ();
  g_autoptr (ScopeCsvParser) other = scope_csv_parser_new ();

  assert_says (parsed->error->message, what);
  assert_says (parsed->error->message, todo);

  for (gsize i = 0; i < length; i++)
    parsed_feed (pieces, other, bytes + i, 1);
  g_assert_error (pieces->error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT);
}

static void
assert_cases_refused (const Case *cases,
                      guint       n)
{
  for (guint i = 0; i < n; i++)
    assert_refused (cases[i].bytes, cases[i].length, cases[i].what, cases[i].todo);
}

static void
assert_waits (const char *bytes,
              gsize       length)
{
  g_autoptr (Parsed)         parsed = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  if (!parsed_feed (parsed, parser, bytes, length))
    g_error ("“%.60s” is refused: %s", bytes, parsed->error->message);
}

static void
assert_file_refused (const char *name,
                     const char *what,
                     const char *todo)
{
  g_autofree char   *path = fixture_path ("runs", name);
  g_autoptr (GBytes) bytes = fixture_read (path);

  assert_refused (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), what, todo);
}

/* As each release has written them. */
static void
test_locust (void)
{
  static const Case CASES[] = {
    CASE ("Type,Name,Request Count,Failure Count,Median Response Time\r\n", "PREFIX_stats.csv",
          "PREFIX_stats_history.csv beside it"),
    CASE ("\"Type\",\"Name\",\"Request Count\",\"Failure Count\"\n", "PREFIX_stats.csv",
          "PREFIX_stats_history.csv beside it"),
    CASE ("\"Type\",\"Name\",\"# requests\",\"# failures\"\n", "PREFIX_stats.csv",
          "PREFIX_stats_history.csv beside it"),
    CASE ("\xef\xbb\xbfType,Name,Request Count,Failure Count\n", "PREFIX_stats.csv",
          "PREFIX_stats_history.csv beside it"),
    CASE ("\"Method\",\"Name\",\"# requests\",\"# failures\"\n", "before 0.13.3", "newer Locust"),
    CASE ("\"Name\",\"# requests\",\"50%\",\"66%\"\n", "before 0.13.3", "newer Locust"),
    CASE ("Method,Name,Error,Occurrences\r\n", "PREFIX_failures.csv",
          "PREFIX_stats_history.csv beside it"),
    CASE ("\"Method\",\"Name\",\"Error\",\"Occurrences\"\n", "PREFIX_failures.csv", "beside it"),
    CASE ("Method,Name,Error,Occurrences,First Seen,Last Seen\r\n", "PREFIX_failures.csv",
          "beside it"),
    CASE ("Count,Message,Traceback,Nodes\r\n3,boom,line 1,local\r\n", "PREFIX_exceptions.csv",
          "beside it"),
    CASE ("\"Count\",\"Message\",\"Traceback\",\"Nodes\"\n", "PREFIX_exceptions.csv", "beside it"),
    CASE ("<!DOCTYPE html>\n<html>\n<head>\n    <title>Test Report for locustfile.py</title>\n",
          "report of Locust", NEED),
    CASE ("{\n  \"current_response_time_percentile_50\": 43,\n", "only the latest totals", NEED),
    CASE ("[{\"name\": \"/\", \"method\": \"GET\", \"num_requests\": 3}]\n", "only the latest totals",
          NEED),
    CASE ("[2026-11-23 10:00:00,123] host/INFO/locust.main: Starting Locust 2.12.1\n",
          "Locust printed", NEED),
    CASE ("Type     Name          # reqs      # fails |    Avg\n", "Locust printed", NEED),
    CASE ("import time\nfrom locust import HttpUser, task\n", "locustfile", "locust --csv PREFIX"),
    CASE ("Timestamp,Type,Name,Response Time (ms),Requests/s,Failures/s,User Count\n",
          "Locustscope exported", "made from"),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
  assert_file_refused ("shop_full_stats.csv", "PREFIX_stats.csv", "beside it");
  assert_file_refused ("shop_full_failures.csv", "PREFIX_failures.csv", "beside it");
}

static void
test_other_programs (void)
{
  static const Case CASES[] = {
    CASE ("timeStamp,elapsed,label,responseCode,responseMessage\n1438247317701,291,a,200,OK\n",
          "results of JMeter", NEED),
    CASE ("timeStamp;elapsed;label;responseCode\n", "results of JMeter", NEED),
    CASE ("1438247317701,291,GetHomePage,200,OK,ThreadGroup1 1-2,text,true,25251,20,20,268\n",
          "results of JMeter", NEED),
    CASE ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n",
          "results of JMeter", NEED),
    CASE ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jmeterTestPlan version=\"1.2\">\n",
          "test plan of JMeter", NEED),
    CASE ("Label,# Samples,Average,Min,Max\n", "results of JMeter", NEED),
    CASE ("metric_name,timestamp,metric_value,check,error\nhttp_reqs,1595325560,1.000000\n",
          "results of k6", NEED),
    CASE ("{\"type\":\"Metric\",\"data\":{\"type\":\"gauge\"},\"metric\":\"vus\"}\n", "results of k6",
          NEED),
    CASE ("{\"metric\":\"http_reqs\",\"type\":\"Point\",\"data\":{}}\n", "results of k6", NEED),
    CASE ("{\n    \"root_group\": {\n        \"name\": \"\",\n", "results of k6", NEED),
    CASE ("response-time,DNS+dialup,DNS,Request-write,Response-delay\n0.1,0.0,0.0,0.0,0.1\n",
          "results of hey", NEED),
    CASE ("\nSummary:\n  Total:\t0.8679 secs\n  Slowest:\t0.5881 secs\n", "results of hey", NEED),
    CASE ("Running 30s test @ http://localhost:8080/\n  12 threads and 400 connections\n",
          "results of wrk", NEED),
    CASE ("This is ApacheBench, Version 2.3 <$Revision: 1903618 $>\n", "results of ApacheBench",
          NEED),
    CASE ("starttime\tseconds\tctime\tdtime\tttime\twait\n", "results of ApacheBench", NEED),
    CASE ("Percentage served,Time in ms\n0,5.614\n", "results of ApacheBench", NEED),
    CASE ("RUN\tMySim\tmysim\t1476850558062\tMy description\t2.0\n", "results of Gatling", NEED),
    CASE ("\0\0\0\0\0063.13.1\0", "results of Gatling", NEED),
    CASE ("{\"attack\":\"\",\"seq\":0,\"code\":200,\"timestamp\":\"2026-05-04T00:00:00Z\"}\n",
          "results of Vegeta", NEED),
    CASE ("{\"latencies\":{\"total\":181370729,\"mean\":3627414}}\n", "results of Vegeta", NEED),
    CASE ("Requests      [total, rate, throughput]         100, 50.5, 50.4\n", "results of Vegeta",
          NEED),
    CASE ("1595325560123456789,200,1234567,0,120,,aGk=,,0\n", "results of Vegeta", NEED),
    CASE ("{\n  \"aggregate\": {\n    \"counters\": {\n", "results of Artillery", NEED),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
}

static void
test_formats (void)
{
  static const Case CASES[] = {
    CASE ("{\"stats\": []}", "JSON", NEED),
    CASE ("<!doctype HTML>\n<p>hello\n", "web page", NEED),
    CASE ("<html>\n", "web page", NEED),
    CASE ("<?xml version=\"1.0\"?>\n<a/>\n", "XML", NEED),
    CASE ("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">\n", "picture (SVG)",
          NEED),
    CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture (PNG)", NEED),
    CASE ("\xff\xd8\xff\xe0\0\x10JFIF", "picture (JPEG)", NEED),
    CASE ("%PDF-1.7\n", "PDF", NEED),
    CASE ("PK\3\4\24\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/"
          "vnd.oasis.opendocument.spreadsheet",
          "office program", "CSV with commas"),
    CASE ("PK\3\4\24\0\6\0\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml",
          "office program", "CSV with commas"),
    CASE ("\x7f" "ELF\2\1\1\0\0\0\0\0", "binary file", NEED),
    CASE ("SQLite format 3\0\20\0\1\1", "binary file", NEED),
    CASE ("\1\2\3\4\n", "binary file", NEED),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
}

/* The first bytes are enough. */
static void
test_compressed (void)
{
  static const Case CASES[] = {
    CASE ("\xfd" "7zXZ\0\0\4", "compressed with xz", "xz -dc FILE | locustscope -"),
    CASE ("\x28\xb5\x2f\xfd\4", "compressed with zstd", "zstd -dc FILE | locustscope -"),
    CASE ("BZh91AY&SY", "compressed with bzip2", "bzip2 -dc FILE | locustscope -"),
    CASE ("\4\"M\x18@", "compressed with lz4", "lz4 -dc FILE | locustscope -"),
    CASE ("PK\3\4\24\0\0\0\x08\0", "archive (zip)", "unzip -p FILE | locustscope -"),
    CASE ("7z\xbc\xaf\x27\x1c\0\4", "archive (7z)", "7z x -so FILE | locustscope -"),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
}

/* What a program made of a history on its way here. */
static void
test_changed_histories (void)
{
  static const Case CASES[] = {
    CASE ("\xff\xfeT\0i\0m\0e\0", "UTF-16", "iconv -f UTF-16 -t UTF-8 FILE"),
    CASE ("\xfe\xff\0T\0i\0m\0e", "UTF-16", "iconv -f UTF-16 -t UTF-8 FILE"),
    CASE ("T\0i\0m\0e\0", "UTF-16", "iconv -f UTF-16LE -t UTF-8 FILE"),
    CASE ("\0T\0i\0m\0e", "UTF-16", "iconv -f UTF-16BE -t UTF-8 FILE"),
    CASE ("Timestamp;User Count;Type;Name;Total Request Count\n", "semicolons", "with commas"),
    CASE ("\"Timestamp\"\t\"User Count\"\t\"Type\"\t\"Name\"\n", "tabs", "with commas"),
    CASE ("timestamp;request_type;name;response_time_ms\n", "semicolons", "with commas"),
    CASE ("1795338539,9,GET,/,0.1,0.0,3,4,5,6,7,8,9\n", "without its first line", "Put it back"),
    CASE ("\"1795338539\",\"9\",\"GET\",\"/\",0.10,0.00,3,4,5,6,7,8\n", "without its first line",
          "Put it back"),
    CASE ("\"GET\",\"/\",\"1795338539\",1,0,0.10,0.00,3,4,5,6,7,8\n", "without its first line",
          "Put it back"),
    CASE ("Timestamp,User Count,Type,Name\r1795338539,1,GET,/\r", "CR alone",
          "tr '\\r' '\\n' < FILE | locustscope -"),
    CASE ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0,0,0\r\n1795338539,9,GET,/\r\n", "header is lost",
          NEED),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
}

static void
test_unknown (void)
{
  static const Case CASES[] = {
    CASE ("\n\n\nhello\n", "no column “Timestamp”", NEED),
    CASE ("Timestamp,Type\r\n", "no column “Name”", NEED),
    CASE ("second,method,name,count\n", "no column “Timestamp”", NEED),
    CASE ("[hello\n", "no column “Timestamp”", NEED),
  };

  assert_cases_refused (CASES, G_N_ELEMENTS (CASES));
}

/* Of a line that has not ended nobody knows what it will be, unless no history
 * begins like it. */
static void
test_waits (void)
{
  static const Case CASES[] = {
    CASE ("", "", ""),
    CASE ("\n\r\n", "", ""),
    CASE ("Time", "", ""),
    CASE ("hello", "", ""),
    CASE ("Type,Name,# requests,", "", ""),
    CASE ("Method,Name,Error,Occurrences", "", ""),
    CASE ("\"Timestamp\",\"User Count\"\r", "", ""),
    CASE ("\xef\xbb\xbf", "", ""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    assert_waits (CASES[i].bytes, CASES[i].length);
  for (gsize i = 0; i <= strlen (FIXTURE_HEADER); i++)
    assert_waits (FIXTURE_HEADER, i);
}

static void
test_random_bytes (void)
{
  g_autofree guint32 *words = g_new (guint32, 16384);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (Parsed) parsed = NULL;

      for (guint i = 0; i < 16384; i++)
        words[i] = (guint32) g_test_rand_int ();
      parsed = parsed_refused ((const char *) words, 16384 * sizeof (guint32));
      assert_says (parsed->error->message, NEED);
    }
}

/* A file of one endless line is not waited for for ever. */
static void
test_limits (void)
{
  g_autofree char    *line = g_strnfill (3 * SCOPE_CSV_MAX_ROW_BYTES, '7');
  g_autofree char    *most = g_strdup_printf ("longer than %d bytes", SCOPE_CSV_MAX_ROW_BYTES);
  g_autofree char    *columns = g_strdup_printf ("more than %d columns", SCOPE_CSV_MAX_COLUMNS);
  g_autoptr (GString) header = g_string_new (FIXTURE_HEADER);
  g_autoptr (Parsed)  endless = parsed_refused (line, 3 * SCOPE_CSV_MAX_ROW_BYTES);
  g_autoptr (Parsed)  wide = NULL;

  assert_says (endless->error->message, most);
  assert_says (endless->error->message, NEED);

  g_string_truncate (header, header->len - strlen ("\r\n"));
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (header, ",%u%%", i % 100);
  g_string_append_c (header, '\n');
  wide = parsed_refused (header->str, header->len);
  assert_says (wide->error->message, columns);
  assert_says (wide->error->message, NEED);
}

static void
test_find_history (void)
{
  static const char *const PATHS[][2] = {
    { "/a/results_stats.csv", "/a/results_stats_history.csv" },
    { "results_failures.csv", "results_stats_history.csv" },
    { "b/results_exceptions.csv", "b/results_stats_history.csv" },
    { "results_stats_history.csv", NULL },
    { "results.csv", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (PATHS); i++)
    {
      g_autofree char *found = scope_csv_foreign_find_history (PATHS[i][0]);

      g_assert_cmpstr (found, ==, PATHS[i][1]);
    }
}

static void
test_name_history (void)
{
  g_autofree char *text =
    scope_csv_foreign_name_history ("Open PREFIX_stats_history.csv beside it.", "a_b");

  g_assert_cmpstr (text, ==, "Open a_b beside it.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-foreign/locust", test_locust);
  g_test_add_func ("/csv-foreign/other-programs", test_other_programs);
  g_test_add_func ("/csv-foreign/formats", test_formats);
  g_test_add_func ("/csv-foreign/compressed", test_compressed);
  g_test_add_func ("/csv-foreign/changed-histories", test_changed_histories);
  g_test_add_func ("/csv-foreign/unknown", test_unknown);
  g_test_add_func ("/csv-foreign/waits", test_waits);
  g_test_add_func ("/csv-foreign/random-bytes", test_random_bytes);
  g_test_add_func ("/csv-foreign/limits", test_limits);
  g_test_add_func ("/csv-foreign/find-history", test_find_history);
  g_test_add_func ("/csv-foreign/name-history", test_name_history);
  return g_test_run ();
}
