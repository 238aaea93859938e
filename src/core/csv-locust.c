/* csv-locust.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every file that Locust writes, told by its first line: also those that are no
 * charts' source, and those of other tests.
 */
#include "csv-locust.h"

#include "csv-inflate.h"
#include "csv-record.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define HISTORY_SUFFIX  "_stats_history.csv"

#define MAX_LABELS 256
#define MAX_NEEDED 4

/* The labels that all have to be there, of one kind of file. */
static const char *const KINDS[][MAX_NEEDED + 1] = {
  { "Type", "Name", "Request Count" },                    /* PREFIX_stats.csv */
  { "Type", "Name", "# requests" },                       /* the same and the history, until 1.1 */
  { "Timestamp", "Type", "Name", "Total Request Count" }, /* PREFIX_stats_history.csv */
  { "Method", "Name", "Error" },                          /* PREFIX_failures.csv */
  { "Count", "Message", "Traceback" },                    /* PREFIX_exceptions.csv */
  { "timestamp", "request_type", "response_time_ms" },    /* a log of requests */
};

/* What it writes beside a history. */
static const char *const SUFFIXES[] = { "_stats.csv", "_failures.csv", "_exceptions.csv" };

static gboolean
has_label (const ScopeCsvField *fields,
           guint                n,
           const char          *label)
{
  for (guint i = 0; i < n; i++)
    if (fields[i].length == strlen (label) && memcmp (fields[i].start, label, strlen (label)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_header (const char *bytes,
            gsize       length)
{
  ScopeCsvField fields[MAX_LABELS];
  const char   *line_end;
  guint         n;

  if (length >= strlen (BYTE_ORDER_MARK) &&
      memcmp (bytes, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    {
      bytes += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  line_end = length > 0 ? memchr (bytes, '\n', length) : NULL;
  length = scope_csv_trim_line_end (bytes, line_end ? (gsize) (line_end - bytes) : length);
  n = length > 0 ? MIN (scope_csv_split_fields (bytes, length, fields, MAX_LABELS), MAX_LABELS) : 0;
  for (guint kind = 0; kind < G_N_ELEMENTS (KINDS); kind++)
    {
      const char *const *label = KINDS[kind];

      while (*label != NULL && has_label (fields, n, *label))
        label++;
      if (*label == NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * scope_csv_is_of_locust:
 * @bytes: the beginning of a file, up to %SCOPE_CSV_LOCUST_BYTES
 * @length: how many bytes
 *
 * Returns: whether its first line is the header of a file that Locust writes, also
 *   where gzip has compressed it
 */
gboolean
scope_csv_is_of_locust (const char *bytes,
                        gsize       length)
{
  g_autoptr (ScopeCsvInflate) inflate = NULL;
  const char                 *out;
  gsize                       used, n;

  if (length == 0 || bytes[0] != SCOPE_CSV_GZIP_BYTE)
    return has_header (bytes, length);
  inflate = scope_csv_inflate_new ();
  return scope_csv_inflate_run (inflate, bytes, length, &used, &out, &n) && has_header (out, n);
}

/**
 * scope_csv_list_locust_names:
 * @path: of a PREFIX_stats_history.csv, or of another file
 *
 * Returns: (transfer full): where Locust puts its other files beside it; none
 *   where the name does not tell
 */
char **
scope_csv_list_locust_names (const char *path)
{
  GStrvBuilder    *builder = g_strv_builder_new ();
  g_autofree char *prefix = NULL;
  char           **names;

  if (g_str_has_suffix (path, HISTORY_SUFFIX))
    {
      prefix = g_strndup (path, strlen (path) - strlen (HISTORY_SUFFIX));
      for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
        {
          g_autofree char *name = g_strconcat (prefix, SUFFIXES[i], NULL);

          g_strv_builder_add (builder, name);
        }
    }
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}
