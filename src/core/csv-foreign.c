/* csv-foreign.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked only of what cannot be read.  Binary files are told by their first
 * bytes, texts by how they begin and by a word near the beginning, without
 * blanks and quotes, as these differ between the versions of a program.
 */
#include "csv-foreign.h"

#include "csv-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of a file that is looked at. */
#define HEAD_BYTES 1024

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* So many zeros at the beginning are no format of anything. */
#define MOST_ZEROS 16

#define HISTORY_NAME   "PREFIX_stats_history.csv"
#define HISTORY_SUFFIX "_stats_history.csv"

/* What is needed, where there is nothing better to say. */
#define NEED                                                              \
  N_ ("Open the PREFIX_stats_history.csv that “locust --csv PREFIX "      \
      "--csv-full-history” writes, or a log of its requests.")

#define BESIDE N_ ("Open PREFIX_stats_history.csv beside it.")

#define UNPACK                                                            \
  /* Translators: a command. */                                           \
  N_ ("Unpack it, or run in a terminal: %s | locustscope -")

#define CONVERT                                                           \
  /* Translators: a command. */                                           \
  N_ ("Save it as UTF-8, or run in a terminal: %s | locustscope -")

/* Translators: the name of a program. */
#define RESULTS N_ ("These are results of %s.")

/* Translators: the name of a program that packs files. */
#define PACKED N_ ("This file is compressed with %s.")

/* Translators: the name of a format. */
#define ARCHIVE N_ ("This is an archive (%s).")

/* Translators: the name of a format. */
#define PICTURE N_ ("This is a picture (%s).")

#define SEPARATED                                                         \
  N_ ("Open the file as Locust wrote it, or save it as CSV with commas " \
      "between the columns and points in the numbers.")

#define OFFICE     N_ ("This is a document of an office program, not a CSV.")
#define SEMICOLONS N_ ("A spreadsheet saved this history with semicolons between its columns.")
#define TABS       N_ ("A spreadsheet saved this history with tabs between its columns.")

#define TOTALS                                                            \
  N_ ("This is Locust’s PREFIX_stats.csv, which holds only the latest totals.")
#define JSON_TOTALS                                                       \
  N_ ("These are Locust’s statistics as JSON, which hold only the latest totals.")
#define OLD_TOTALS                                                        \
  N_ ("These are totals of a Locust before 0.13.3, which wrote no history.")

#define WEB_REPORT N_ ("This is a report of Locust as a web page.")
#define WEB_PAGE   N_ ("This is a web page (HTML), not a CSV.")
#define PRINTED    N_ ("This is what Locust printed, not what it wrote to its CSV.")
#define LOCUSTFILE N_ ("This is a locustfile, by which a test is run.")

typedef struct
{
  const char *what;
  const char *name;    /* (nullable): for @what */
  const char *todo;    /* (nullable): NULL is NEED */
  const char *command; /* (nullable): for @todo */
} Words;

#define MAGIC(bytes) bytes, sizeof (bytes) - 1

static const struct
{
  gsize       place;
  const char *bytes;
  gsize       length;
  Words       words;
} BINARIES[] = {
  { 0, MAGIC ("\xfd" "7zXZ\0"), { PACKED, "xz", UNPACK, "xz -dc FILE" } },
  { 0, MAGIC ("\x28\xb5\x2f\xfd"), { PACKED, "zstd", UNPACK, "zstd -dc FILE" } },
  { 4, MAGIC ("1AY&SY"), { PACKED, "bzip2", UNPACK, "bzip2 -dc FILE" } },
  { 0, MAGIC ("\x04\x22\x4d\x18"), { PACKED, "lz4", UNPACK, "lz4 -dc FILE" } },
  /* The first layer of gzip has been taken off. */
  { 0, MAGIC ("\x1f\x8b"), { N_ ("This file is compressed twice."), NULL, UNPACK, "gzip -dc FILE" } },
  { 0, MAGIC ("\x1f\x9d"), { PACKED, "compress", UNPACK, "gzip -dc FILE" } },
  { 30, MAGIC ("mimetypeapplication/vnd.oasis.opendocument"), { OFFICE, NULL, SEPARATED } },
  { 30, MAGIC ("docProps/"), { OFFICE, NULL, SEPARATED } },
  { 30, MAGIC ("_rels/.rels"), { OFFICE, NULL, SEPARATED } },
  { 30, MAGIC ("xl/"), { OFFICE, NULL, SEPARATED } },
  { 30, MAGIC ("[Content_Types].xml"), { OFFICE, NULL, SEPARATED } },
  { 0, MAGIC ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), { OFFICE, NULL, SEPARATED } },
  { 0, MAGIC ("PK\3\4"), { ARCHIVE, "zip", UNPACK, "unzip -p FILE" } },
  { 0, MAGIC ("7z\xbc\xaf\x27\x1c"), { ARCHIVE, "7z", UNPACK, "7z x -so FILE" } },
  { 257, MAGIC ("ustar"), { ARCHIVE, "tar", UNPACK, "tar -xOf FILE" } },
  { 0, MAGIC ("\x89PNG"), { PICTURE, "PNG" } },
  { 0, MAGIC ("\xff\xd8\xff"), { PICTURE, "JPEG" } },
  { 0, MAGIC ("GIF8"), { PICTURE, "GIF" } },
  { 8, MAGIC ("WEBP"), { PICTURE, "WebP" } },
  { 0, MAGIC ("%PDF-"), { N_ ("This is a PDF document.") } },
  { 0, MAGIC ("\xff\xfe\0\0"),
    { N_ ("This text is in UTF-32."), NULL, CONVERT, "iconv -f UTF-32 -t UTF-8 FILE" } },
  { 0, MAGIC ("\xff\xfe"),
    { N_ ("This text is in UTF-16."), NULL, CONVERT, "iconv -f UTF-16 -t UTF-8 FILE" } },
  { 0, MAGIC ("\xfe\xff"),
    { N_ ("This text is in UTF-16."), NULL, CONVERT, "iconv -f UTF-16 -t UTF-8 FILE" } },
};

/* @start is compared without regard to case.  Of several that fit the first. */
static const struct
{
  const char *start;  /* (nullable) */
  const char *within; /* (nullable) */
  Words       words;
} TEXTS[] = {
  { "Type,Name,RequestCount,", NULL, { TOTALS, NULL, BESIDE } },
  { "Type,Name,#requests,", NULL, { TOTALS, NULL, BESIDE } },
  { "Method,Name,Error,", NULL,
    { N_ ("This is Locust’s PREFIX_failures.csv, which counts errors."), NULL, BESIDE } },
  { "Count,Message,Traceback,", NULL,
    { N_ ("This is Locust’s PREFIX_exceptions.csv, which lists errors in the load test itself."),
      NULL, BESIDE } },
  { "Method,Name,#requests,", NULL, { OLD_TOTALS, NULL, N_ ("Run the test with a newer Locust.") } },
  { "Name,#requests,50%", NULL, { OLD_TOTALS, NULL, N_ ("Run the test with a newer Locust.") } },
  { "Timestamp;UserCount;", NULL, { SEMICOLONS, NULL, SEPARATED } },
  { "Type;Name;Timestamp;", NULL, { SEMICOLONS, NULL, SEPARATED } },
  { "timestamp;request_type;", NULL, { SEMICOLONS, NULL, SEPARATED } },
  { "Timestamp\tUserCount\t", NULL, { TABS, NULL, SEPARATED } },
  { "Type\tName\tTimestamp\t", NULL, { TABS, NULL, SEPARATED } },
  { "timestamp\trequest_type\t", NULL, { TABS, NULL, SEPARATED } },
  { "Timestamp,Type,Name,ResponseTime(ms),", NULL,
    { N_ ("This is a table that Locustscope exported."), NULL,
      N_ ("Open the history that it was made from.") } },
  { "{", "num_requests:", { JSON_TOTALS } },
  { "[{", "num_requests:", { JSON_TOTALS } },
  { "{", "current_response_time_percentile", { JSON_TOTALS } },
  { "{", "current_fail_per_sec", { JSON_TOTALS } },
  { "{", "type:Metric", { RESULTS, "k6" } },
  { "{", "type:Point", { RESULTS, "k6" } },
  { "{", "http_req", { RESULTS, "k6" } },
  { "{", "root_group:", { RESULTS, "k6" } },
  { "metric_name,timestamp,metric_value", NULL, { RESULTS, "k6" } },
  { "{attack:", "seq:", { RESULTS, "Vegeta" } },
  { "{latencies:{total:", NULL, { RESULTS, "Vegeta" } },
  { "Requests[total,rate", NULL, { RESULTS, "Vegeta" } },
  { "{aggregate:{", NULL, { RESULTS, "Artillery" } },
  { "{", NULL, { N_ ("This is JSON, not a CSV.") } },
  { "[{", NULL, { N_ ("This is JSON, not a CSV.") } },
  { "<", "<testResults", { RESULTS, "JMeter" } },
  { "<", "<jmeterTestPlan", { N_ ("This is a test plan of JMeter.") } },
  { "timeStamp", "elapsed", { RESULTS, "JMeter" } },
  { "Label,#Samples,", NULL, { RESULTS, "JMeter" } },
  { "<", "<title>TestReportfor", { WEB_REPORT } },
  { "<", "<title>Locust", { WEB_REPORT } },
  { "<", "<svg", { PICTURE, "SVG" } },
  { "<!doctypehtml", NULL, { WEB_PAGE } },
  { "<html", NULL, { WEB_PAGE } },
  { "<?xml", NULL, { N_ ("This is XML, not a CSV.") } },
  { "response-time,DNS+dialup,", NULL, { RESULTS, "hey" } },
  { "Summary:Total:", NULL, { RESULTS, "hey" } },
  { "Running", "test@http", { RESULTS, "wrk" } },
  { "ThisisApacheBench", NULL, { RESULTS, "ApacheBench" } },
  { "starttime\tseconds\tctime", NULL, { RESULTS, "ApacheBench" } },
  { "Percentageserved,Timein", NULL, { RESULTS, "ApacheBench" } },
  { "RUN\t", NULL, { RESULTS, "Gatling" } },
  { "ASSERTION\t", NULL, { RESULTS, "Gatling" } },
  { "[", "/INFO/locust.", { PRINTED } },
  { "TypeName#reqs", NULL, { PRINTED } },
  { NULL, "fromlocustimport", { LOCUSTFILE } },
  { NULL, "importlocust", { LOCUSTFILE } },
};

static const Words ZEROS = {
  N_ ("This file begins with zeros, as one does that was cut while it was written: its header is "
      "lost.")
};
static const Words BINARY = { N_ ("This is a binary file, not a CSV.") };
static const Words VEGETA = { RESULTS, "Vegeta" };
static const Words GATLING = { RESULTS, "Gatling" };
static const Words JMETER = { RESULTS, "JMeter" };
static const Words UTF_16_LE = { N_ ("This text is in UTF-16."), NULL, CONVERT,
                                 "iconv -f UTF-16LE -t UTF-8 FILE" };
static const Words UTF_16_BE = { N_ ("This text is in UTF-16."), NULL, CONVERT,
                                 "iconv -f UTF-16BE -t UTF-8 FILE" };
static const Words NO_HEADER = {
  N_ ("This seems to be a history of Locust without its first line, the header."), NULL,
  N_ ("Put it back: it is the first line of any other history of the same test.")
};
static const Words NO_NEWLINES = {
  N_ ("The lines of this history end with CR alone."), NULL,
  /* Translators: a command. */
  N_ ("Open the file as Locust wrote it, or run in a terminal: %s | locustscope -"),
  "tr '\\r' '\\n' < FILE"
};

/* Both may have a place for one text. */
static char *
put (const char *format,
     const char *text)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(format), text);
#pragma GCC diagnostic pop
}

static char *
join (const char *what,
      const char *todo)
{
  /* Translators: two sentences. */
  return g_strdup_printf (_("%s %s"), what, todo);
}

static char *
describe (const Words *words)
{
  g_autofree char *what = put (words->what, words->name);
  g_autofree char *todo = put (words->todo ? words->todo : NEED, words->command);

  return join (what, todo);
}

/* Without blanks and quotes; a tab is one only where a line begins with it. */
static char *
squeeze (const char *head,
         gsize       length)
{
  GString *text = g_string_new (NULL);
  gboolean begins = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      begins = begins || head[i] == '\n';
      if (head[i] == '\0' || strchr (begins ? " \"\r\n\t" : " \"\r\n", head[i]) != NULL)
        continue;
      begins = FALSE;
      g_string_append_c (text, head[i]);
    }
  return g_string_free (text, FALSE);
}

/* As Gatling 3.12 and later write it: a zero, then its version as a text. */
static gboolean
is_gatling (const char *head,
            gsize       length)
{
  return length > 7 && memcmp (head, "\0\0\0\0", 4) == 0 && head[4] > 2 && head[4] < 24 &&
         g_ascii_isdigit (head[5]) && (head[6] == '.' || g_ascii_isdigit (head[6]));
}

/* What tells a binary file, or a text that is not one of bytes; NULL where it
 * may be a text. */
static const Words *
find_binary (const char *head,
             gsize       length,
             gsize       line_length)
{
  gsize zeros = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (BINARIES); i++)
    if (length >= BINARIES[i].place + BINARIES[i].length &&
        memcmp (head + BINARIES[i].place, BINARIES[i].bytes, BINARIES[i].length) == 0)
      return &BINARIES[i].words;
  if (memchr (head, '\0', line_length) == NULL)
    return NULL;
  if (memmem (head, length, "Latency", 7) != NULL && memmem (head, length, "BytesOut", 8) != NULL)
    return &VEGETA;
  if (is_gatling (head, length))
    return &GATLING;
  while (zeros < length && zeros < MOST_ZEROS && head[zeros] == '\0')
    zeros++;
  if (zeros == MOST_ZEROS)
    return &ZEROS;
  if (length < 4)
    return NULL; /* not yet */
  if (head[0] != '\0' && head[1] == '\0' && head[2] != '\0' && head[3] == '\0')
    return &UTF_16_LE;
  if (head[0] == '\0' && head[1] != '\0' && head[2] == '\0' && head[3] != '\0')
    return &UTF_16_BE;
  return &BINARY;
}

static const Words *
find_text (const char *squeezed,
           gboolean    is_early)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *start = TEXTS[i].start;
      const char *within = TEXTS[i].within;

      if (is_early && (start == NULL || strchr ("{[<", start[0]) == NULL))
        continue;
      if ((start == NULL || g_ascii_strncasecmp (squeezed, start, strlen (start)) == 0) &&
          (within == NULL || strstr (squeezed, within) != NULL))
        return &TEXTS[i].words;
    }
  return NULL;
}

static gboolean
is_number (const ScopeCsvField *field,
           gsize                least,
           gsize                most)
{
  for (gsize i = 0; i < field->length; i++)
    if (!g_ascii_isdigit (field->start[i]))
      return FALSE;
  return field->length >= least && field->length <= most;
}

/* Rows that begin with a time and have no header. */
static const Words *
find_row (const char *line,
          gsize       length)
{
  ScopeCsvField fields[10];
  guint         n = scope_csv_split_fields (line, length, fields, G_N_ELEMENTS (fields));

  if (n >= 10 && ((is_number (&fields[0], 10, 10) && is_number (&fields[1], 1, 9)) ||
                  is_number (&fields[2], 10, 10)))
    return &NO_HEADER;
  if (n >= 7 && is_number (&fields[0], 19, 19) && is_number (&fields[1], 1, 3) &&
      is_number (&fields[2], 1, 19))
    return &VEGETA;
  if (n >= 7 && is_number (&fields[0], 13, 13) && is_number (&fields[1], 1, 9) &&
      is_number (&fields[3], 3, 3))
    return &JMETER;
  return NULL;
}

static gboolean
has_lone_cr (const char *line,
             gsize       length)
{
  for (gsize i = 0; i + 1 < length; i++)
    if (line[i] == '\r' && line[i + 1] != '\r' && line[i + 1] != '\n')
      return TRUE;
  return FALSE;
}

static gboolean
has_control_characters (const char *line,
                        gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) line[i] < ' ' && strchr ("\t\r\n\f\033", line[i]) == NULL)
      return TRUE;
  return FALSE;
}

static const Words *
find (const char *bytes,
      gsize       length,
      gboolean    is_early)
{
  const char      *newline;
  gsize            head = MIN (length, HEAD_BYTES);
  gsize            line_length, line_head;
  g_autofree char *squeezed = NULL;
  const Words     *words;

  if (bytes == NULL || length == 0)
    return NULL;
  newline = memchr (bytes, '\n', length);
  line_length = newline ? (gsize) (newline - bytes) : length;
  line_head = MIN (line_length, HEAD_BYTES);
  words = find_binary (bytes, head, is_early ? line_head : line_length);
  if (words != NULL)
    return words;
  if (head >= 3 && memcmp (bytes, BYTE_ORDER_MARK, 3) == 0)
    {
      bytes += 3;
      head -= 3;
      line_head -= 3;
    }
  squeezed = squeeze (bytes, head);
  if (has_lone_cr (bytes, line_head) && strstr (squeezed, "Timestamp") != NULL)
    return &NO_NEWLINES;
  words = find_text (squeezed, is_early);
  if (words == NULL && !is_early)
    words = find_row (bytes, line_head);
  if (words == NULL && !is_early && has_control_characters (bytes, line_head))
    words = &BINARY;
  return words;
}

/**
 * scope_csv_foreign_describe_early:
 * @bytes: the beginning of a file whose first line has not ended
 * @length: how many bytes there are
 *
 * Returns: (transfer full) (nullable): what the file is, and what to do; %NULL
 *   where it may become a history yet
 */
char *
scope_csv_foreign_describe_early (const char *bytes,
                                  gsize       length)
{
  const Words *words = find (bytes, length, TRUE);

  return words ? describe (words) : NULL;
}

/**
 * scope_csv_foreign_describe:
 * @bytes: the beginning of a file that is not a history: its first line, and
 *   what follows
 * @length: how many bytes there are
 *
 * Returns: (transfer full) (nullable): what the file is, and what to do; %NULL
 *   where that cannot be told
 */
char *
scope_csv_foreign_describe (const char *bytes,
                            gsize       length)
{
  const Words *words = find (bytes, length, FALSE);

  return words ? describe (words) : NULL;
}

/* Returns: (transfer full): @what, a sentence, and what is needed. */
char *
scope_csv_foreign_with_need (const char *what)
{
  return join (what, _(NEED));
}

/**
 * scope_csv_foreign_find_history:
 * @path: of a file that is not a history
 *
 * Returns: (transfer full) (nullable): where Locust puts the history of the
 *   same test; %NULL where the name does not tell it
 */
char *
scope_csv_foreign_find_history (const char *path)
{
  static const char *const SUFFIXES[] = { "_stats.csv", "_failures.csv", "_exceptions.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    if (g_str_has_suffix (path, SUFFIXES[i]))
      {
        g_autofree char *prefix = g_strndup (path, strlen (path) - strlen (SUFFIXES[i]));

        return g_strconcat (prefix, HISTORY_SUFFIX, NULL);
      }
  return NULL;
}

/**
 * scope_csv_foreign_name_history:
 * @message: what was said of a file
 * @name: (nullable): of the history beside it, if there is one
 *
 * Returns: (transfer full): the message with that name where Locust's own
 *   pattern stood
 */
char *
scope_csv_foreign_name_history (const char *message,
                                const char *name)
{
  g_autoptr (GString) text = g_string_new (message);

  if (name != NULL)
    g_string_replace (text, HISTORY_NAME, name, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
