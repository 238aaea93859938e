/* csv-fast-rows.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row begins with the stamp and the users of the row before, mostly, and
 * with the endpoint that followed last time: those are compared, not read.
 * Behind them commas and the line end are found sixteen bytes at a time, so that
 * every field is known by both its ends, and its digits are read eight at a
 * time from the last one back.  Minimum and maximum are
 * mostly the endpoint's last ones, and compared as text.
 *
 * Nothing is given up halfway: a row is checked to its end before it counts.
 */
#ifdef __SSE2__

#include "csv-fast-private.h"

#include "csv-scan.h"
#include "digits.h"

/* As Locust writes them. */
static inline gboolean
read_rate (const char *start,
           const char *end,
           guint8     *place)
{
  guint64 rate;
  guint32 packed;

  if (!scope_scan_read_rate (start, end, &rate) || rate >= HIGHEST_RATE)
    return FALSE;
  packed = (guint32) rate;
  memcpy (place, &packed, sizeof packed);
  return TRUE;
}

static inline gboolean
read_rates (ScopeCsvFast  *self,
            const char    *from,
            const guint16 *ends,
            guint8        *packed)
{
  const char *start = from;

  for (guint i = 0; i < 2; i++)
    {
      const char *end = from + ends[i];

      if (self->keeps_rates[i] ? !read_rate (start, end, packed + self->rate_places[i])
                               : !scope_scan_is_rate (start, end))
        return FALSE;
      start = end + 1;
    }
  return TRUE;
}

/* As scope_parse_measured() reads it: up to seven digits, a point, up to
 * sixteen. */
static inline gboolean
read_double (const char *start,
             const char *end,
             double     *value)
{
  guint64 points = scope_digits_load (start) ^ SCOPE_EIGHT ('.');
  guint   n_whole, n;
  guint64 whole, decimals;

  points = (points - SCOPE_EIGHT (1)) & ~points & SCOPE_EIGHT (0x80);
  n_whole = __builtin_ctzll (points | G_GUINT64_CONSTANT (1) << 63) / 8;
  n = end - start - n_whole - 1;
  if (points == 0 || n - 1 > 15 || n_whole + n > 19 ||
      !scope_digits_read_uint (start, start + n_whole, &whole) ||
      !scope_scan_read_long (end, n, &decimals))
    return scope_parse_measured (start, end - start, value);
  *value = (double) (whole * SCOPE_POWERS[n] + decimals) / (double) SCOPE_POWERS[n];
  return TRUE;
}

static inline gboolean
read_percentile (const char *start,
                 const char *end,
                 guint8     *place)
{
  guint64 value;
  guint16 packed;

  if (!scope_digits_read_uint (start, end, &value) || value >= SCOPE_PACKED_PERCENTILE_NONE)
    {
      if (end - start != 3 || memcmp (start, "N/A", 3) != 0)
        return FALSE;
      value = SCOPE_PACKED_PERCENTILE_NONE;
    }
  packed = (guint16) value;
  memcpy (place, &packed, sizeof packed);
  return TRUE;
}

/* Both, which mostly stand there as in the endpoint's last row. */
static inline gboolean
read_extremes (ScopeCsvEndpoint *known,
               const char       *from,
               const guint16    *ends)
{
  const char *minimum = from + ends[AVERAGE] + 1;
  const char *maximum = from + ends[MINIMUM] + 1;
  guint       n_minimum = maximum - 1 - minimum;
  guint       n_maximum = from + ends[MAXIMUM] - maximum;
  guint       n = n_minimum + 1 + n_maximum;

  if (n == known->extremes_length && scope_scan_is_same (minimum, known->extremes_text, n))
    return TRUE;
  known->extremes_length = 0;
  if (n_minimum - 1 >= SCOPE_CSV_LONGEST_EXTREME || n_maximum - 1 >= SCOPE_CSV_LONGEST_EXTREME ||
      !read_double (minimum, maximum - 1, &known->extremes[0]) ||
      !read_double (maximum, maximum + n_maximum, &known->extremes[1]))
    return FALSE;
  memcpy (known->extremes_text, minimum, n);
  known->extremes_length = n;
  return TRUE;
}

/* Reads stamp and users, which mostly stand there as in the row before.  Bytes
 * up to and with the second comma, or 0. */
static inline guint
read_head (ScopeCsvFast *self,
           const char   *start)
{
  guint64     digits, last, users;
  const char *end;

  if (self->head_length > 0 && scope_scan_is_same (start, self->head_text, self->head_length))
    return self->head_length;
  digits = scope_digits_load (start);
  end = memchr (start + SCOPE_CSV_STAMP_BYTES, ',', SCOPE_CSV_MAX_USERS);
  if (start[SCOPE_CSV_STAMP_BYTES - 1] != ',' || end == NULL ||
      scope_digits_find_others (digits) != 0 ||
      !scope_digits_read_uint (start + 8, start + 10, &last) ||
      !scope_digits_read_uint (start + SCOPE_CSV_STAMP_BYTES, end, &users))
    return 0;
  self->stamp = (gint64) scope_digits_to_number (digits) * 100 + last;
  self->users = (guint32) users;
  self->head_length = end + 1 - start;
  memcpy (self->head_text, start, self->head_length);
  return self->head_length;
}

static inline gboolean
read_percentiles (ScopeCsvFast  *self,
                  const char    *from,
                  const guint16 *ends,
                  guint8        *packed)
{
  guint8  nowhere[sizeof (guint16)];
  guint8 *place = self->keeps_percentiles ? packed + self->first_percentile_place : nowhere;
  gsize   step = self->keeps_percentiles ? sizeof (guint16) : 0;
  guint   n = self->n_percentiles;

  if (self->keeps_percentiles ? scope_scan_read_shorts (from, ends, n, place)
                              : scope_scan_are_whole (from + ends[0], ends[n] - ends[0]))
    return TRUE;
  for (guint i = 0; i < n; i++, place += step)
    if (!read_percentile (from + ends[i] + 1, from + ends[i + 1], place))
      return FALSE;
  return TRUE;
}

/* Reads one row; its length with the line end, or 0 where it is not for us. */
static inline gsize
read_row (ScopeCsvFast *self,
          const char   *start,
          gsize         length,
          ScopeRow     *row,
          guint8       *packed)
{
  guint16           ends[LONGEST_REST + SCOPE_SCAN_MORE_FIELDS];
  const guint16    *behind = ends + 2 + self->n_percentiles;
  ScopeCsvEndpoint *known = scope_csv_known_get_expected (&self->known);
  const char       *from;
  guint             n_head;

  if (known == NULL || known->length + MARGIN + 32 > length)
    return 0;
  n_head = read_head (self, start);
  from = start + n_head;
  if (n_head == 0 || !scope_scan_is_same (from, known->text, known->length))
    return 0;
  from += known->length;
  if (!scope_scan_find_ends (from, LONGEST_REST, self->n_fields, ends) ||
      !read_percentiles (self, from, ends + 1, packed) || /* writes beyond its place */
      !read_rates (self, from, ends, packed) ||
      !scope_digits_read_uint (from + behind[COUNT - 1] + 1, from + behind[COUNT], &row->count) ||
      !scope_digits_read_uint (from + behind[FAILURES - 1] + 1, from + behind[FAILURES],
                               &row->failures) ||
      !read_double (from + behind[AVERAGE - 1] + 1, from + behind[AVERAGE], &row->average) ||
      !read_extremes (known, from, behind))
    return 0;
  memcpy (packed + self->extremes_place, known->extremes, sizeof known->extremes);
  if (row->count == 0)
    row->average = 0;
  row->stamp = self->stamp;
  row->users = self->users;
  row->identity = self->known.expected;
  row->is_packed = TRUE;
  return from + ends[self->n_fields - 1] + 1 - start;
}

/* scope_csv_fast_read(), by the instructions that it is compiled with. */
gsize
SCOPE_CSV_FAST_ROWS (ScopeCsvFast    *self,
                     const char      *data,
                     gsize            length,
                     ScopeBlockMarks *marks,
                     ScopeBlocks     *blocks,
                     guint64         *line)
{
  gsize     used = 0;
  guint     n_rows = blocks->rows->len;
  guint     n_packed = blocks->packed->len;
  ScopeRow *rows;
  guint8   *packed;

  /* Room for as many rows as there can be, to be given back below. */
  g_array_set_size (blocks->rows, n_rows + length / SHORTEST_ROW + 1);
  g_byte_array_set_size (blocks->packed,
                         n_packed + (length / SHORTEST_ROW + 1) * self->packed_size +
                           SCOPE_SCAN_MORE_NUMBERS * sizeof (guint16));
  rows = (ScopeRow *) blocks->rows->data;
  packed = blocks->packed->data;
  while (length - used > MARGIN)
    {
      ScopeRow *row = &rows[n_rows];
      const ScopeCsvEndpoint *known = scope_csv_known_get_expected (&self->known);
      gsize     n = read_row (self, data + used, length - used, row, packed + n_packed);

      if (n == 0 || !scope_block_marks_is_possible (marks, row->stamp))
        break;
      scope_block_marks_add (marks, row, known->is_total);
      *line += 1 + known->n_lines;
      scope_csv_known_go_to (&self->known, row->identity);
      used += n;
      n_rows++;
      n_packed += self->packed_size;
    }
  g_array_set_size (blocks->rows, n_rows);
  g_byte_array_set_size (blocks->packed, n_packed);
  return used;
}

#endif
