/* csv-row.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the cells of a row to its numbers, and what is said of a row where
 * that cannot be done.
 */
#include "csv-parser-private.h"

#include "number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of a cell that is no number. */
#define SHOWN_CHARACTERS 40

/* s since the epoch: the end of the year 9999 */
#define LAST_TIME G_GUINT64_CONSTANT (253402300799)

/**
 * scope_csv_parser_add_bad:
 * @self: the parser
 * @blocks: takes what is said
 * @format: why the row cannot be read, translated, with its arguments
 *
 * Counts the row that is read as one that cannot be.
 */
void
scope_csv_parser_add_bad (ScopeCsvParser *self,
                          ScopeBlocks    *blocks,
                          const char     *format,
                          ...)
{
  ScopeBadRow bad = { .line = self->line };
  va_list     args;

  blocks->n_bad++;
  if (blocks->bad->len == SCOPE_BAD_ROWS_KEPT)
    return;
  va_start (args, format);
  bad.reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (blocks->bad, bad);
}

static gboolean
is_not_available (const ScopeCsvField *field)
{
  return field->length == 3 && memcmp (field->start, "N/A", 3) == 0;
}

/* The beginning of a cell, fit to be shown: whole characters, on one line. */
static char *
dup_shown (const ScopeCsvField *field)
{
  ScopeCsvField    first = *field;
  g_autofree char *text = NULL;
  char            *shown;

  first.length = MIN (first.length, 4 * SHOWN_CHARACTERS);
  text = scope_csv_field_to_string (&first);
  shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), SHOWN_CHARACTERS));
  for (char *p = shown; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return shown;
}

static gboolean
read_counters (ScopeCsvParser *self,
               ScopeBlocks    *blocks,
               const ScopeCsvField    *fields,
               ScopeRow       *row)
{
  const ScopeCsvHeader *header = self->header;
  guint64               stamp, users = 0;
  g_autofree char      *shown = NULL;
  struct
  {
    guint    column;
    guint64 *value;
  } integers[] = {
    { header->stamp, &stamp },
    { header->count, &row->count },
    { header->failures, &row->failures },
    { header->users, &users },
  };

  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      const ScopeCsvField *field = &fields[integers[i].column];

      if (integers[i].column == SCOPE_CSV_NO_COLUMN)
        continue;
      if (scope_parse_uint (field->start, field->length, integers[i].value))
        continue;
      shown = dup_shown (field);
      scope_csv_parser_add_bad (self, blocks, _("column %u is not a whole number: “%s”"),
                                integers[i].column + 1, shown);
      return FALSE;
    }
  if (stamp > LAST_TIME)
    {
      scope_csv_parser_add_bad (self, blocks, _("its time is after the year 9999"));
      return FALSE;
    }
  row->stamp = (gint64) stamp;
  if (!scope_block_marks_is_possible (&self->marks, row->stamp) &&
      !scope_block_marks_believe (&self->marks, row->stamp))
    {
      scope_csv_parser_add_bad (self, blocks,
                                _("its time is years after that of the row above"));
      return FALSE;
    }
  row->users = header->users == SCOPE_CSV_NO_COLUMN ? SCOPE_USERS_UNKNOWN
                                                    : (guint32) MIN (users, G_MAXUINT32 - 1);
  return TRUE;
}

static gboolean
read_number (ScopeCsvParser *self,
             ScopeBlocks    *blocks,
             const ScopeCsvField    *fields,
             guint           column,
             double         *number)
{
  const ScopeCsvField *field = &fields[column];
  g_autofree char     *shown = NULL;

  if (is_not_available (field))
    {
      *number = NAN;
      return TRUE;
    }
  if (scope_parse_double (field->start, field->length, number))
    return TRUE;
  shown = dup_shown (field);
  scope_csv_parser_add_bad (self, blocks, _("column %u is not a number: “%s”"), column + 1,
                            shown);
  return FALSE;
}

/* All numbers are calculated from counts and averages: with a row whose average is
 * no possible one, nothing can be done. */
static gboolean
read_average (ScopeCsvParser      *self,
              ScopeBlocks         *blocks,
              const ScopeCsvField *fields,
              double              *average)
{
  guint            column = self->header->average;
  g_autofree char *shown = NULL;

  if (!read_number (self, blocks, fields, column, average))
    return FALSE;
  if (isnan (*average) || fabs (*average) <= SCOPE_MOST_MEASURED)
    return TRUE;
  shown = dup_shown (&fields[column]);
  scope_csv_parser_add_bad (self, blocks, _("column %u is larger than can be: “%s”"), column + 1,
                            shown);
  return FALSE;
}

/**
 * scope_csv_parser_read_row:
 * @self: the parser
 * @blocks: told where a cell is no number
 * @fields: one for each column of the header
 * @row: (out): stamp, users and counters
 * @values: (out): one for each value of the schema
 *
 * Returns: whether all cells could be read
 */
gboolean
scope_csv_parser_read_row (ScopeCsvParser      *self,
                           ScopeBlocks         *blocks,
                           const ScopeCsvField *fields,
                           ScopeRow            *row,
                           double              *values)
{
  const ScopeCsvHeader *header = self->header;

  if (!read_counters (self, blocks, fields, row) ||
      !read_average (self, blocks, fields, &row->average))
    return FALSE;
  if (isnan (row->average) || row->count == 0)
    row->average = 0;
  for (guint i = 0; i < header->schema->n_values; i++)
    {
      if (!read_number (self, blocks, fields, header->value_columns[i], &values[i]))
        return FALSE;
      if (fabs (values[i]) > SCOPE_MOST_MEASURED)
        values[i] = NAN;
    }
  return TRUE;
}

/**
 * scope_csv_parser_read_request:
 * @self: the parser of a log of requests
 * @blocks: told where a cell is no number
 * @fields: one for each column of the header
 * @request: (out): when it ended, how long it took, whether it failed
 *
 * The time of a row is that of the request's start.
 *
 * Returns: whether all cells could be read
 */
gboolean
scope_csv_parser_read_request (ScopeCsvParser      *self,
                               ScopeBlocks         *blocks,
                               const ScopeCsvField *fields,
                               ScopeRequest        *request)
{
  const ScopeCsvHeader *header = self->header;
  double                start;

  if (!read_number (self, blocks, fields, header->stamp, &start) ||
      !read_number (self, blocks, fields, header->response_time, &request->response_time))
    return FALSE;
  if (!(start >= 0 && request->response_time >= 0 &&
        start + request->response_time / 1000 <= LAST_TIME))
    {
      scope_csv_parser_add_bad (self, blocks,
                                _("the time or the response time is not a possible one"));
      return FALSE;
    }
  request->response_time = fabs (request->response_time); /* not -0 */
  request->second = (gint64) floor (start + request->response_time / 1000);
  request->failed = fields[header->exception].length > 0;
  return TRUE;
}
