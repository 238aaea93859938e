/* csv-record.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a writer was cut off inside quotes, the rows after it would all be
 * taken for one name.  So a line inside quotes that begins like a row of a
 * history ends the torn one.
 */
#include "csv-record.h"

#include <string.h>

/* Whether a row of this file seems to begin here: ten digits and a comma.
 * Inside a quoted name nobody writes that. */
static gboolean
looks_like_row (const char *text,
                gsize       length,
                gboolean   *undecided)
{
  *undecided = FALSE;
  for (gsize i = 0; i < 11; i++)
    {
      if (i == length)
        {
          *undecided = TRUE;
          return FALSE;
        }
      if (i < 10 ? !g_ascii_isdigit (text[i]) : text[i] != ',')
        return FALSE;
    }
  return TRUE;
}

static gboolean
odd_quotes (const char *start,
            const char *end)
{
  gboolean odd = FALSE;

  while ((start = memchr (start, '"', end - start)) != NULL)
    {
      odd = !odd;
      start++;
    }
  return odd;
}

/**
 * scope_csv_find_record_end:
 * @data: the beginning of a row
 * @length: how many bytes there are
 * @scanned: (inout): how far earlier calls came; 0 at first
 * @in_quotes: (inout): whether they stopped inside quotes
 * @end: (out): the place of the line end
 *
 * Finds the line end that ends the row.
 *
 * Returns: whether it was there
 */
ScopeCsvRecordEnd
scope_csv_find_record_end (const char *data,
                           gsize       length,
                           gsize      *scanned,
                           gboolean   *in_quotes,
                           gsize      *end)
{
  gsize limit = MIN (length, SCOPE_CSV_MAX_SCANNED);

  while (*scanned < limit)
    {
      const char *from = data + *scanned;
      const char *newline = memchr (from, '\n', limit - *scanned);
      const char *stop = newline ? newline : data + limit;
      gboolean    undecided;

      if (odd_quotes (from, stop))
        *in_quotes = !*in_quotes;
      *scanned = stop - data;
      if (newline == NULL)
        break;
      *end = *scanned;
      if (!*in_quotes)
        return SCOPE_CSV_RECORD_WHOLE;
      if (looks_like_row (newline + 1, length - *end - 1, &undecided))
        return SCOPE_CSV_RECORD_TORN;
      if (undecided)
        return SCOPE_CSV_RECORD_UNFINISHED; /* at the line end, to look again with more */
      *scanned += 1;
    }
  return *scanned < SCOPE_CSV_MAX_SCANNED ? SCOPE_CSV_RECORD_UNFINISHED : SCOPE_CSV_RECORD_TOO_LONG;
}

/* The length of a row without the CRs before its line end. */
gsize
scope_csv_trim_line_end (const char *record,
                         gsize       length)
{
  while (length > 0 && record[length - 1] == '\r')
    length--;
  return length;
}

/**
 * scope_csv_split_fields:
 * @record: a row without its line end
 * @length: its length in bytes
 * @fields: (out): the first @max_fields fields
 * @max_fields: how many there is room for
 *
 * Returns: the number of fields, or 0 where quotes do not match
 */
guint
scope_csv_split_fields (const char *record,
                        gsize       length,
                        ScopeCsvField      *fields,
                        guint       max_fields)
{
  const char *p = record;
  const char *end = record + length;
  guint       n = 0;

  for (;;)
    {
      ScopeCsvField field = { .start = p };

      if (p < end && *p == '"')
        {
          field.start = ++p;
          field.quoted = TRUE;
          for (;; p += 2)
            {
              p = memchr (p, '"', end - p);
              if (p == NULL)
                return 0;
              if (p + 1 >= end || p[1] != '"')
                break;
            }
          field.length = p - field.start;
          p++;
          if (p < end && *p != ',')
            return 0;
        }
      else
        {
          const char *comma = memchr (p, ',', end - p);

          p = comma ? comma : end;
          field.length = p - field.start;
        }
      if (n < max_fields)
        fields[n] = field;
      n++;
      if (p >= end)
        return n;
      p++;
    }
}

/* Whether most of what is not ASCII are pairs of bytes as in GB 2312, the code
 * page of a Chinese Windows.  One pair alone can also be two letters of a
 * European one, as in “Größe”. */
static gboolean
looks_like_gbk (const char *text,
                gsize       length)
{
  guint pairs = 0, others = 0;

  for (gsize i = 0; i < length; i++)
    {
      guchar first = text[i], second = i + 1 < length ? text[i + 1] : 0;

      if (first < 0x80)
        continue;
      if (first >= 0xa1 && second >= 0xa1)
        pairs++;
      else
        others++;
      if (second >= 0x80)
        i++;
    }
  return pairs > 1 && pairs > others;
}

/**
 * scope_csv_field_to_string:
 * @field: a field
 *
 * Text that is not UTF-8 is taken for a Windows code page; what fits none is
 * shown with replacement characters.
 *
 * Returns: (transfer full): the field's text as valid UTF-8
 */
char *
scope_csv_field_to_string (const ScopeCsvField *field)
{
  g_autoptr (GString) text = g_string_new_len (field->start, field->length);
  char               *converted;

  if (field->quoted)
    g_string_replace (text, "\"\"", "\"", 0);
  if (g_utf8_validate_len (text->str, text->len, NULL))
    return g_strdup (text->str);
  converted = g_convert (text->str, text->len, "UTF-8",
                         looks_like_gbk (text->str, text->len) ? "GB18030" : "WINDOWS-1252", NULL,
                         NULL, NULL);
  if (converted != NULL && memchr (text->str, '\0', text->len) == NULL)
    return converted;
  g_free (converted);
  return g_utf8_make_valid (text->str, text->len);
}
