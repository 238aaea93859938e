/* csv-summary.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is written in place, so what is read can be the beginning of a new
 * version and the end of an old one.  It is taken only if every row is whole,
 * the last is the total, and the total is the sum of all the others.
 */
#include "csv-summary.h"

#include "csv-header.h"
#include "number.h"

#include <math.h>
#include <string.h>

#define NOT_THERE G_MAXUINT

static const char *const LABELS[] = {
  "Type", "Name", "Request Count", "Failure Count", "Average Response Time",
};

enum
{
  TYPE,
  NAME,
  COUNT,
  FAILURES,
  AVERAGE,
  N_LABELS
};

/* Where everything stands. */
typedef struct
{
  guint n_columns;
  guint places[N_LABELS];
  guint values[SCOPE_CSV_MAX_COLUMNS]; /* of the schema's values, or NOT_THERE */
} Columns;

typedef struct
{
  ScopeCsvField type;
  ScopeCsvField name;
  ScopeRow      row;
} Line;

static gboolean
is_label (const ScopeCsvField *field,
          const char          *label)
{
  return field->length == strlen (label) && memcmp (field->start, label, field->length) == 0;
}

static guint
find_label (const ScopeCsvField *fields,
            guint                n,
            const char          *label)
{
  for (guint i = 0; i < n; i++)
    if (is_label (&fields[i], label))
      return i;
  return NOT_THERE;
}

static guint
find_percentile (const ScopeCsvField *fields,
                 guint                n,
                 double               percent)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = scope_csv_field_to_string (&fields[i]);
      double           found;

      if (scope_csv_parse_percent (label, &found) && found == percent)
        return i;
    }
  return NOT_THERE;
}

/* Its rates are of the whole run, those of the history are not. */
static guint
find_value (const ScopeCsvField *fields,
            guint                n,
            ScopeValue           value)
{
  switch (value.kind)
    {
    case SCOPE_VALUE_MIN:
      return find_label (fields, n, "Min Response Time");
    case SCOPE_VALUE_MAX:
      return find_label (fields, n, "Max Response Time");
    case SCOPE_VALUE_PERCENTILE:
      return find_percentile (fields, n, value.percent);
    default:
      return NOT_THERE;
    }
}

static gboolean
read_header (const ScopeCsvField *fields,
             guint                n,
             const ScopeSchema   *schema,
             Columns             *columns)
{
  if (n > SCOPE_CSV_MAX_COLUMNS)
    return FALSE;
  columns->n_columns = n;
  for (guint i = 0; i < N_LABELS; i++)
    {
      columns->places[i] = find_label (fields, n, LABELS[i]);
      if (columns->places[i] == NOT_THERE)
        return FALSE;
    }
  for (guint i = 0; i < schema->n_values; i++)
    columns->values[i] = find_value (fields, n, schema->values[i]);
  return TRUE;
}

static gboolean
is_total (const Line *line)
{
  return line->type.length == 0 && is_label (&line->name, "Aggregated");
}

static gboolean
read_line (const ScopeCsvField *fields,
           const Columns       *columns,
           Line                *line)
{
  const ScopeCsvField *count = &fields[columns->places[COUNT]];
  const ScopeCsvField *failures = &fields[columns->places[FAILURES]];
  const ScopeCsvField *average = &fields[columns->places[AVERAGE]];

  *line = (Line){ .type = fields[columns->places[TYPE]], .name = fields[columns->places[NAME]] };
  line->row.users = SCOPE_USERS_UNKNOWN;
  return scope_parse_uint (count->start, count->length, &line->row.count) &&
         scope_parse_uint (failures->start, failures->length, &line->row.failures) &&
         scope_parse_measured (average->start, average->length, &line->row.average);
}

static void
add_values (GArray              *values,
            const ScopeCsvField *fields,
            const Columns       *columns,
            guint                n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      guint  place = columns->values[i];
      double value = NAN;

      if (place != NOT_THERE &&
          !scope_parse_measured (fields[place].start, fields[place].length, &value))
        value = NAN; /* “N/A” */
      g_array_append_val (values, value);
    }
}

/* Whether minimum and maximum of the total are those of the others. */
static gboolean
has_extremes (const GArray      *lines,
              const double      *values,
              const ScopeSchema *schema)
{
  const double *total = values + (lines->len - 1) * (gsize) schema->n_values;

  for (guint v = 0; v < schema->n_values; v++)
    {
      gboolean is_max = schema->values[v].kind == SCOPE_VALUE_MAX;
      double   extreme = NAN;

      if (!scope_value_is_extreme (&schema->values[v]) || isnan (total[v]))
        continue;
      for (guint i = 0; i + 1 < lines->len; i++)
        {
          double value = values[i * (gsize) schema->n_values + v];

          if (g_array_index (lines, Line, i).row.count > 0)
            extreme = is_max ? fmax (extreme, value) : fmin (extreme, value);
        }
      if (!isnan (extreme) && extreme != total[v])
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_near (double a,
         double b)
{
  return fabs (a - b) <= 1e-6 * fmax (fabs (a), fabs (b));
}

/* Whether the last row is what all others are together; the total can be torn
 * behind its counts, too. */
static gboolean
is_sum (const GArray  *lines,
        const double  *values,
        const ScopeSchema *schema)
{
  const Line *total = &g_array_index (lines, Line, lines->len - 1);
  guint64     count = 0, failures = 0;
  double      time = 0;

  for (guint i = 0; i + 1 < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (is_total (line))
        return FALSE;
      count += line->row.count;
      failures += line->row.failures;
      time += line->row.count * line->row.average;
    }
  return is_total (total) && total->row.count == count && total->row.failures == failures &&
         is_near (total->row.count * total->row.average, time) &&
         has_extremes (lines, values, schema);
}

/* Nothing tells whether they were torn. */
static void
forget_total_percentiles (GArray            *values,
                          const ScopeSchema *schema)
{
  for (guint v = 0; v < schema->n_values; v++)
    if (schema->values[v].kind == SCOPE_VALUE_PERCENTILE)
      g_array_index (values, double, values->len - schema->n_values + v) = NAN;
}

/**
 * scope_csv_summary_read:
 * @bytes: a whole PREFIX_stats.csv
 * @length: its length in bytes
 * @identities: those of the history beside it
 * @blocks: takes the rows, all of one block; its schema is the history's
 *
 * Returns: whether the file was whole; otherwise @blocks stays as it was
 */
gboolean
scope_csv_summary_read (const char      *bytes,
                        gsize            length,
                        ScopeIdentities *identities,
                        ScopeBlocks     *blocks)
{
  ScopeCsvField      fields[SCOPE_CSV_MAX_COLUMNS];
  Columns            columns = { 0 };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  gsize              start = 0;

  while (start < length)
    {
      gsize    scanned = 0, end;
      gboolean in_quotes = FALSE;
      Line     line;
      guint    n;

      if (scope_csv_find_record_end (bytes + start, length - start, &scanned, &in_quotes, &end) !=
          SCOPE_CSV_RECORD_WHOLE)
        return FALSE;
      n = scope_csv_trim_line_end (bytes + start, end);
      n = n > 0 ? scope_csv_split_fields (bytes + start, n, fields, SCOPE_CSV_MAX_COLUMNS) : 0;
      start += end + 1;
      if (n == 0)
        continue; /* a text file of Windows has an empty line after each row */
      if (columns.n_columns == 0)
        {
          if (!read_header (fields, n, blocks->schema, &columns))
            return FALSE;
          continue;
        }
      if (n != columns.n_columns || !read_line (fields, &columns, &line))
        return FALSE;
      g_array_append_val (lines, line);
      add_values (values, fields, &columns, blocks->schema->n_values);
    }
  if (lines->len == 0 || !is_sum (lines, (const double *) values->data, blocks->schema))
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      line->row.identity = scope_identities_find (identities, blocks, &line->type, &line->name, "");
      line->row.starts_block = i == 0;
      g_array_append_val (blocks->rows, line->row);
    }
  forget_total_percentiles (values, blocks->schema);
  g_array_append_vals (blocks->values, values->data, values->len);
  return TRUE;
}
