/* csv-header.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a header by its labels.  The percentile list is the user's, so any
 * label that is a percentage is one.
 */
#include "csv-header.h"

#include "csv-foreign.h"
#include "csv-record.h"
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

/* Of labels for the same place the later ones are older. */
static const Column HISTORY_COLUMNS[] = {
  { "Timestamp", G_STRUCT_OFFSET (ScopeCsvHeader, stamp), TRUE },
  { "Type", G_STRUCT_OFFSET (ScopeCsvHeader, type), TRUE },
  { "Name", G_STRUCT_OFFSET (ScopeCsvHeader, name), TRUE },
  { "Total Request Count", G_STRUCT_OFFSET (ScopeCsvHeader, count), TRUE },
  { "Total Failure Count", G_STRUCT_OFFSET (ScopeCsvHeader, failures), TRUE },
  { "Total Average Response Time", G_STRUCT_OFFSET (ScopeCsvHeader, average), TRUE },
  { "# requests", G_STRUCT_OFFSET (ScopeCsvHeader, count), FALSE },
  { "# failures", G_STRUCT_OFFSET (ScopeCsvHeader, failures), FALSE },
  { "Average response time", G_STRUCT_OFFSET (ScopeCsvHeader, average), FALSE },
  { "User Count", G_STRUCT_OFFSET (ScopeCsvHeader, users), FALSE },
  { NULL },
};

static const Column LOG_COLUMNS[] = {
  { "timestamp", G_STRUCT_OFFSET (ScopeCsvHeader, stamp), TRUE },
  { "request_type", G_STRUCT_OFFSET (ScopeCsvHeader, type), TRUE },
  { "name", G_STRUCT_OFFSET (ScopeCsvHeader, name), TRUE },
  { "response_time_ms", G_STRUCT_OFFSET (ScopeCsvHeader, response_time), TRUE },
  { "exception", G_STRUCT_OFFSET (ScopeCsvHeader, exception), TRUE },
  { NULL },
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
  { "Requests Failed/s", SCOPE_VALUE_FAILURE_RATE },
  { "Min response time", SCOPE_VALUE_MIN },
  { "Max response time", SCOPE_VALUE_MAX },
};

static guint
find_label (const char *const *labels,
            const char        *label)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_str_equal (labels[i], label))
      return i;
  return SCOPE_CSV_NO_COLUMN;
}

/* "95%"; the last but one of 0.13 and 0.14 has lost its sign. */
gboolean
scope_csv_parse_percent (const char *label,
                         double     *percent)
{
  gsize length = strlen (label);

  if (g_str_equal (label, "99.999"))
    length++;
  else if (length < 2 || label[length - 1] != '%')
    return FALSE;
  return scope_parse_double (label, length - 1, percent) && *percent >= 0 && *percent <= 100;
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
  return scope_csv_parse_percent (label, &value->percent);
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
  self->schema->averages_are_cut = self->is_legacy;
  self->schema->has_requests = self->response_time != SCOPE_CSV_NO_COLUMN;
}

static void
find_percentiles (ScopeCsvHeader    *self,
                  const char *const *labels)
{
  double percent;

  self->first_percentile = self->n_columns;
  for (guint i = self->n_columns; i-- > 0;)
    if (scope_csv_parse_percent (labels[i], &percent))
      {
        self->first_percentile = i;
        self->n_percentiles++;
      }
  while (self->first_percentile + self->n_side_by_side < self->n_columns &&
         scope_csv_parse_percent (labels[self->first_percentile + self->n_side_by_side], &percent))
    self->n_side_by_side++;
}

/* Says what the file is, or which column it lacks. */
static void
set_error (GError    **error,
           const char *bytes,
           gsize       length,
           const char *missing)
{
  g_autofree char *message = scope_csv_foreign_describe (bytes, length);

  if (message == NULL)
    {
      g_autofree char *what =
        g_strdup_printf (_("This is not a statistics history of Locust: its first line has no "
                           "column “%s”."),
                         missing);

      message = scope_csv_foreign_with_need (what);
    }
  g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT, message);
}

/* Such rows are taken apart by the places of their columns, which no release
 * has changed: TYPE, NAME, STAMP or STAMP, USERS, TYPE, NAME, then numbers
 * with the percentiles side by side. */
static gboolean
is_in_legacy_order (const ScopeCsvHeader *self)
{
  guint texts = self->users == SCOPE_CSV_NO_COLUMN ? 3 : 4;

  if (self->users == SCOPE_CSV_NO_COLUMN
        ? self->type != 0 || self->name != 1 || self->stamp != 2
        : self->stamp != 0 || self->users != 1 || self->type != 2 || self->name != 3)
    return FALSE;
  return self->first_percentile >= texts &&
         self->first_percentile + self->n_percentiles <= self->n_columns &&
         self->n_side_by_side == self->n_percentiles;
}

/* Finds all places; returns the label of one that is missing and needed. */
static const char *
find_columns (ScopeCsvHeader    *self,
              const char *const *labels)
{
  gboolean      is_log = find_label (labels, "response_time_ms") != SCOPE_CSV_NO_COLUMN;
  const Column *columns = is_log ? LOG_COLUMNS : HISTORY_COLUMNS;

  self->stamp = self->type = self->name = SCOPE_CSV_NO_COLUMN;
  self->count = self->failures = self->average = self->users = SCOPE_CSV_NO_COLUMN;
  self->response_time = self->exception = SCOPE_CSV_NO_COLUMN;
  for (const Column *column = columns; column->label != NULL; column++)
    if (G_STRUCT_MEMBER (guint, self, column->place) == SCOPE_CSV_NO_COLUMN)
      G_STRUCT_MEMBER (guint, self, column->place) = find_label (labels, column->label);
  for (const Column *column = columns; column->label != NULL; column++)
    if (column->needed && G_STRUCT_MEMBER (guint, self, column->place) == SCOPE_CSV_NO_COLUMN)
      return column->label;
  return NULL;
}

/* Says what the file is, or which limit it exceeds. */
static void
set_size_error (GError    **error,
                const char *bytes,
                gsize       length,
                gsize       available)
{
  g_autofree char *message = scope_csv_foreign_describe (bytes, available);

  if (message == NULL)
    {
      g_autofree char *what =
        length > SCOPE_CSV_MAX_ROW_BYTES
          ? g_strdup_printf (_("The first line of this file is longer than %d bytes."),
                             SCOPE_CSV_MAX_ROW_BYTES)
          : g_strdup_printf (_("The first line of this file has more than %d columns."),
                             SCOPE_CSV_MAX_COLUMNS);

      message = scope_csv_foreign_with_need (what);
    }
  g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT, message);
}

static gboolean
has_byte_order_mark (const char *record,
                     gsize       length)
{
  return length >= 3 && memcmp (record, BYTE_ORDER_MARK, 3) == 0;
}

/* One more than there may be where there are too many. */
static char **
split_labels (const char *record,
              gsize       length)
{
  ScopeCsvField            fields[SCOPE_CSV_MAX_COLUMNS + 1];
  gsize                    mark = has_byte_order_mark (record, length) ? 3 : 0;
  guint                    n;
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  n = scope_csv_split_fields (record + mark, length - mark, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (fields)); i++)
    {
      g_autofree char *label = scope_csv_field_to_string (&fields[i]);

      g_strv_builder_add (labels, label);
    }
  return g_strv_builder_end (labels);
}

/**
 * scope_csv_header_new:
 * @record: the first row, where it stands in the file
 * @length: its length in bytes, or more than %SCOPE_CSV_MAX_ROW_BYTES where it
 *   has not ended
 * @available: how many bytes there are, from the first row on
 * @error: return location for %SCOPE_FEED_ERROR_FORMAT
 *
 * Returns: (transfer full): where everything stands, or %NULL where a column
 *   is missing that no chart can do without
 */
ScopeCsvHeader *
scope_csv_header_new (const char *record,
                      gsize       length,
                      gsize       available,
                      GError    **error)
{
  g_auto (GStrv)     strings = split_labels (record, length);
  const char *const *labels = (const char *const *) strings;
  ScopeCsvHeader    *self;
  const char        *missing;

  if (length > SCOPE_CSV_MAX_ROW_BYTES || g_strv_length (strings) > SCOPE_CSV_MAX_COLUMNS)
    {
      set_size_error (error, record, length, available);
      return NULL;
    }
  self = g_new0 (ScopeCsvHeader, 1);
  self->n_columns = g_strv_length (strings);
  missing = find_columns (self, labels);
  if (missing != NULL)
    {
      set_error (error, record, available, missing);
      scope_csv_header_free (self);
      return NULL;
    }
  find_percentiles (self, labels);
  self->is_legacy = length > 0 && record[0] == '"' && is_in_legacy_order (self);
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

/* Forgets the percentiles of a legacy header, which does not follow the
 * user's list: what they are of is not known. */
void
scope_csv_header_drop_percentiles (ScopeCsvHeader *self)
{
  ScopeSchema          *old = self->schema;
  g_autofree ScopeValue *values = g_new0 (ScopeValue, old->n_values + 1);
  guint                 n = 0;

  for (guint i = 0; i < old->n_values; i++)
    if (old->values[i].kind != SCOPE_VALUE_PERCENTILE)
      {
        values[n] = old->values[i];
        self->value_columns[n++] = self->value_columns[i];
      }
  self->schema = scope_schema_new (values, n, old->has_users);
  self->schema->averages_are_cut = old->averages_are_cut;
  scope_schema_unref (old);
}

/* Whether the row at @record is the header again. */
gboolean
scope_csv_header_is_same (const ScopeCsvHeader *self,
                          const char           *record,
                          gsize                 length)
{
  return length == self->record_length && memcmp (record, self->record, length) == 0;
}
