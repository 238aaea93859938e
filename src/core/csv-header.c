/* csv-header.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a header by its labels.  The percentile list is the user's, so any
 * label that is a percentage is one.
 */
#include "csv-header.h"

#include "feed.h"
#include "number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  const char *label;
  gsize       place; /* in ScopeCsvHeader */
  gboolean    needed;
} Column;

static const Column COLUMNS[] = {
  { "Timestamp", G_STRUCT_OFFSET (ScopeCsvHeader, stamp), TRUE },
  { "Type", G_STRUCT_OFFSET (ScopeCsvHeader, type), TRUE },
  { "Name", G_STRUCT_OFFSET (ScopeCsvHeader, name), TRUE },
  { "Total Request Count", G_STRUCT_OFFSET (ScopeCsvHeader, count), TRUE },
  { "Total Failure Count", G_STRUCT_OFFSET (ScopeCsvHeader, failures), TRUE },
  { "Total Average Response Time", G_STRUCT_OFFSET (ScopeCsvHeader, average), TRUE },
  { "User Count", G_STRUCT_OFFSET (ScopeCsvHeader, users), FALSE },
};

static const struct
{
  const char    *label;
  ScopeValueKind kind;
} VALUES[] = {
  { "Requests/s", SCOPE_VALUE_REQUEST_RATE },
  { "Failures/s", SCOPE_VALUE_FAILURE_RATE },
  { "Total Min Response Time", SCOPE_VALUE_MIN },
  { "Total Max Response Time", SCOPE_VALUE_MAX },
};

/* Other files, told by a label that only they have at that place. */
static const struct
{
  const char *first;
  const char *third;
  const char *message;
} OTHERS[] = {
  { "Type", "Request Count",
    N_("This is Locust’s PREFIX_stats.csv, which holds only the latest totals. "
       "Open PREFIX_stats_history.csv beside it.") },
  { "Method", "Error",
    N_("This is Locust’s PREFIX_failures.csv. Open PREFIX_stats_history.csv beside it.") },
  { "Count", "Traceback",
    N_("This is Locust’s PREFIX_exceptions.csv. Open PREFIX_stats_history.csv beside it.") },
  { "Type", "Timestamp",
    N_("This history was written by Locust 0.13 or 0.14, whose averages are cut to whole "
       "milliseconds. Histories of Locust 1.2 and later can be opened.") },
};

/* Their header has all the labels of later ones, but in quotes. */
#define OF_LOCUST_1_0                                                                  \
  N_("This history was written by Locust 1.0 or 1.1, whose averages are cut to whole " \
     "milliseconds. Histories of Locust 1.2 and later can be opened.")

static guint
find_label (const char *const *labels,
            const char        *label)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_str_equal (labels[i], label))
      return i;
  return SCOPE_CSV_NO_COLUMN;
}

static gboolean
parse_percent (const char *label,
               double     *percent)
{
  gsize length = strlen (label);

  return length > 1 && label[length - 1] == '%' &&
         scope_parse_double (label, length - 1, percent) && *percent >= 0 && *percent <= 100;
}

static gboolean
find_value (const char *label,
            ScopeValue *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    if (g_str_equal (label, VALUES[i].label))
      {
        *value = (ScopeValue){ .kind = VALUES[i].kind };
        return TRUE;
      }
  *value = (ScopeValue){ .kind = SCOPE_VALUE_PERCENTILE };
  return parse_percent (label, &value->percent);
}

static void
find_values (ScopeCsvHeader    *self,
             const char *const *labels)
{
  g_autofree ScopeValue *values = g_new0 (ScopeValue, self->n_columns);
  guint                  n = 0;

  self->value_columns = g_new0 (guint, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    if (find_value (labels[i], &values[n]))
      self->value_columns[n++] = i;
  self->schema = scope_schema_new (values, n, self->users != SCOPE_CSV_NO_COLUMN);
}

static void
set_error (GError           **error,
           const char *const *labels,
           const char        *missing)
{
  guint n = g_strv_length ((char **) labels);

  for (guint i = 0; n > 2 && i < G_N_ELEMENTS (OTHERS); i++)
    if (g_str_equal (labels[0], OTHERS[i].first) && g_str_equal (labels[2], OTHERS[i].third))
      {
        g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT,
                             _(OTHERS[i].message));
        return;
      }
  g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT,
               _("This is not a statistics history of Locust: its first line has no column "
                 "“%s”. Open the PREFIX_stats_history.csv that “locust --csv PREFIX "
                 "--csv-full-history” writes."),
               missing);
}

/**
 * scope_csv_header_new:
 * @labels: (array zero-terminated=1): the cells of the first row
 * @record: the first row as it stands in the file
 * @length: its length in bytes
 * @error: return location for %SCOPE_FEED_ERROR_FORMAT
 *
 * Returns: (transfer full): where everything stands, or %NULL where a column
 *   is missing that no chart can do without
 */
ScopeCsvHeader *
scope_csv_header_new (const char *const *labels,
                      const char        *record,
                      gsize              length,
                      GError           **error)
{
  ScopeCsvHeader   *self = g_new0 (ScopeCsvHeader, 1);
  g_autofree char **copy = g_new0 (char *, g_strv_length ((char **) labels) + 1);

  memcpy (copy, labels, sizeof (char *) * g_strv_length ((char **) labels));
  if (copy[0] != NULL && g_str_has_prefix (copy[0], BYTE_ORDER_MARK))
    copy[0] += strlen (BYTE_ORDER_MARK);
  labels = (const char *const *) copy;

  if (length > 0 && record[0] == '"' && copy[0] != NULL && g_str_equal (copy[0], "Timestamp"))
    {
      g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT, _(OF_LOCUST_1_0));
      scope_csv_header_free (self);
      return NULL;
    }
  self->n_columns = g_strv_length (copy);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      guint column = find_label (labels, COLUMNS[i].label);

      if (column == SCOPE_CSV_NO_COLUMN && COLUMNS[i].needed)
        {
          set_error (error, labels, COLUMNS[i].label);
          scope_csv_header_free (self);
          return NULL;
        }
      G_STRUCT_MEMBER (guint, self, COLUMNS[i].place) = column;
    }
  find_values (self, labels);
  self->record = g_strndup (record, length);
  self->record_length = length;
  return self;
}

void
scope_csv_header_free (ScopeCsvHeader *self)
{
  g_clear_pointer (&self->schema, scope_schema_unref);
  g_free (self->value_columns);
  g_free (self->record);
  g_free (self);
}

/* Whether the row at @record is the header again. */
gboolean
scope_csv_header_is_same (const ScopeCsvHeader *self,
                          const char           *record,
                          gsize                 length)
{
  return length == self->record_length && memcmp (record, self->record, length) == 0;
}
