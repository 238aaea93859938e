/* csv-legacy.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything right of the last text cell is a number or "N/A", so a row is
 * taken apart from the right; what is left over on the left are the texts.
 * A line that does not come apart goes on in the next one.
 */
#include "csv-legacy.h"

#include <string.h>

#define STAMP_DIGITS 10

static gboolean
is_number (const ScopeCsvField *cell)
{
  if (cell->length == 5 && memcmp (cell->start, "\"N/A\"", 5) == 0)
    return TRUE;
  for (gsize i = 0; i < cell->length; i++)
    if (!g_ascii_isdigit (cell->start[i]) && strchr (".-+eE", cell->start[i]) == NULL)
      return FALSE;
  return cell->length > 0;
}

/* Takes the cells of numbers off the right end.  Returns how many there are;
 * they stand in @cells from the right to the left. */
static guint
take_numbers (const char    *record,
              gsize         *length,
              ScopeCsvField *cells)
{
  guint n = 0;

  while (n < SCOPE_CSV_MAX_COLUMNS)
    {
      const char   *comma = memrchr (record, ',', *length);
      ScopeCsvField cell;

      if (comma == NULL)
        break;
      cell = (ScopeCsvField){ .start = comma + 1, .length = record + *length - comma - 1 };
      if (!is_number (&cell))
        break;
      *length = comma - record;
      if (cell.start[0] == '"')
        cell = (ScopeCsvField){ .start = cell.start + 1, .length = cell.length - 2 };
      cells[n++] = cell;
    }
  return n;
}

/* A cell of @n_digits digits, or of some where that is 0, in quotes. */
static gboolean
is_quoted_number (const char *cell,
                  gsize       length,
                  gsize       n_digits)
{
  if (length < 3 || cell[0] != '"' || cell[length - 1] != '"' ||
      (n_digits > 0 && length != n_digits + 2))
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    if (!g_ascii_isdigit (cell[i]))
      return FALSE;
  return TRUE;
}

static void
set_field (ScopeCsvField *field,
           const char    *start,
           const char    *end)
{
  *field = (ScopeCsvField){ .start = start, .length = end - start };
}

/* "TYPE","NAME": only the name may hold anything. */
static gboolean
split_identity (const ScopeCsvHeader *header,
                const char           *text,
                gsize                 length,
                ScopeCsvField        *fields)
{
  const char *end = text + length;
  const char *middle;

  if (length < 5 || text[0] != '"' || end[-1] != '"')
    return FALSE;
  middle = memmem (text + 1, length - 1, "\",\"", 3);
  if (middle == NULL || middle + 3 > end - 1)
    return FALSE;
  set_field (&fields[header->type], text + 1, middle);
  set_field (&fields[header->name], middle + 3, end - 1);
  return TRUE;
}

/* "STAMP","USERS","TYPE","NAME" or "TYPE","NAME","STAMP" */
static gboolean
split_texts (const ScopeCsvHeader *header,
             const char           *text,
             gsize                 length,
             ScopeCsvField        *fields)
{
  const char *comma;
  gsize       first;

  if (header->stamp > header->name)
    {
      comma = memrchr (text, ',', length);
      if (comma == NULL ||
          !is_quoted_number (comma + 1, text + length - comma - 1, STAMP_DIGITS))
        return FALSE;
      set_field (&fields[header->stamp], comma + 2, text + length - 1);
      return split_identity (header, text, comma - text, fields);
    }

  first = STAMP_DIGITS + 2;
  if (length <= first || text[first] != ',' || !is_quoted_number (text, first, STAMP_DIGITS))
    return FALSE;
  comma = memchr (text + first + 1, ',', length - first - 1);
  if (comma == NULL || !is_quoted_number (text + first + 1, comma - text - first - 1, 0))
    return FALSE;
  set_field (&fields[header->stamp], text + 1, text + first - 1);
  set_field (&fields[header->users], text + first + 2, comma - 1);
  return split_identity (header, comma + 1, text + length - comma - 1, fields);
}

/**
 * scope_csv_legacy_split_fields:
 * @header: of such a file
 * @record: a row without its line end
 * @length: its length in bytes
 * @fields: (out): one for each column of the header
 * @n_percentiles: (out): how many percentile cells the row has; where that is
 *   not as many as the header has, their fields are empty
 *
 * Returns: whether the row came apart
 */
gboolean
scope_csv_legacy_split_fields (const ScopeCsvHeader *header,
                               const char           *record,
                               gsize                 length,
                               ScopeCsvField        *fields,
                               guint                *n_percentiles)
{
  ScopeCsvField cells[SCOPE_CSV_MAX_COLUMNS];
  guint         n = take_numbers (record, &length, cells);
  guint         texts = MAX (header->name, header->stamp) + 1;
  guint         left = header->first_percentile - texts;
  guint         right = header->n_columns - header->first_percentile - header->n_percentiles;

  if (n < left + right || !split_texts (header, record, length, fields))
    return FALSE;
  for (guint i = 0; i < left; i++)
    fields[texts + i] = cells[n - 1 - i];
  for (guint i = 0; i < right; i++)
    fields[header->n_columns - 1 - i] = cells[i];
  *n_percentiles = n - left - right;
  for (guint i = 0; i < header->n_percentiles; i++)
    fields[header->first_percentile + i] =
      *n_percentiles == header->n_percentiles
        ? cells[n - 1 - left - i]
        : (ScopeCsvField){ .start = "N/A", .length = 3 };
  return TRUE;
}

static gboolean
comes_apart (const ScopeCsvHeader *header,
             const char           *record,
             const char           *end)
{
  ScopeCsvField fields[SCOPE_CSV_MAX_COLUMNS];
  guint         n_percentiles;

  return scope_csv_legacy_split_fields (
    header, record, scope_csv_trim_line_end (record, end - record), fields, &n_percentiles);
}

/* As scope_csv_find_record_end(), for such a file. */
ScopeCsvRecordEnd
scope_csv_legacy_find_record_end (const ScopeCsvHeader *header,
                                  const char           *data,
                                  gsize                 length,
                                  gsize                *scanned,
                                  gsize                *end)
{
  gsize limit = MIN (length, SCOPE_CSV_MAX_SCANNED);

  while (*scanned < limit)
    {
      const char *line = data + *scanned;
      const char *newline = memchr (line, '\n', limit - *scanned);

      if (newline == NULL)
        break;
      *end = newline - data;
      if (*scanned > 0 && comes_apart (header, line, newline))
        {
          /* A row by itself: what stands before it never ended. */
          *end = *scanned - 1;
          return SCOPE_CSV_RECORD_TORN;
        }
      if (comes_apart (header, data, newline) || newline == data)
        return SCOPE_CSV_RECORD_WHOLE;
      *scanned = newline + 1 - data;
    }
  return limit < SCOPE_CSV_MAX_SCANNED ? SCOPE_CSV_RECORD_UNFINISHED : SCOPE_CSV_RECORD_TOO_LONG;
}
