/* csv-fast.c
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
#include "csv-fast.h"

#include "digits.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>

/* TIMESTAMP, USERS, TYPE, NAME, two rates, then the percentiles; behind them: */
enum
{
  COUNT,
  FAILURES,
  MEDIAN,
  AVERAGE,
  MINIMUM,
  MAXIMUM,
  SIZE,
  N_BEHIND
};

#define FIRST_RATE       4
#define FIRST_PERCENTILE 6

/* Bytes: a stamp, two rates of eight, and every other field one or none. */
#define SHORTEST_ROW 40

#define STAMP_BYTES 11 /* with the comma */
#define MAX_USERS   9  /* digits */

/* How far behind the name a row may end, in steps of 64 bytes. */
#define MAX_MASKS 8

/* So much may be looked at from any byte of a row on. */
#define MARGIN (MAX_MASKS * 64 + 8)

#define LONGEST_EXTREME 25 /* bytes */

typedef struct
{
  char    text[LONGEST_EXTREME + 7]; /* of the last one */
  guint   length;
  double  value;
} Extreme;

typedef struct
{
  guint32  next;     /* what followed last time */
  guint    length;   /* of the text */
  guint    n_lines;  /* line ends in it */
  gboolean is_total;
  char    *text;     /* owned: type and name as they stand in the file, with their commas */
  Extreme  minimum;
  Extreme  maximum;
} Known;

struct _ScopeCsvFast
{
  guint   n_percentiles;
  guint   n_fields;  /* behind the name */
  guint   packed_size;
  guint   rate_places[2];
  guint   first_percentile_place;
  guint   minimum_place;
  guint   maximum_place;
  GArray *known;     /* Known */
  guint32 previous;
  guint32 expected;
  char    stamp_text[STAMP_BYTES];
  gint64  stamp;
  char    users_text[MAX_USERS + 2];
  guint   users_length; /* with the comma */
  guint32 users;
};

static void
known_clear (gpointer data)
{
  g_free (((Known *) data)->text);
}

static gboolean
is_value (const ScopeCsvHeader *header,
          guint                 value,
          guint                 column,
          ScopeValueKind        kind)
{
  return value < header->schema->n_values && header->value_columns[value] == column &&
         header->schema->values[value].kind == kind;
}

/**
 * scope_csv_fast_new:
 * @header: of the file
 *
 * Returns: (transfer full) (nullable): a reader of its rows; %NULL where the
 *   columns are not those of Locust 1.2 and later
 */
ScopeCsvFast *
scope_csv_fast_new (const ScopeCsvHeader *header)
{
  guint              n = header->n_percentiles;
  guint              behind = FIRST_PERCENTILE + n;
  const ScopeSchema *schema = header->schema;
  ScopeCsvFast      *self;

  if (header->is_legacy || schema->has_requests || header->stamp != 0 || header->users != 1 ||
      header->type != 2 || header->name != 3 || header->count != behind + COUNT ||
      header->failures != behind + FAILURES || header->average != behind + AVERAGE ||
      header->n_columns != behind + N_BEHIND || schema->n_values != n + 4 ||
      !is_value (header, 0, FIRST_RATE, SCOPE_VALUE_REQUEST_RATE) ||
      !is_value (header, 1, FIRST_RATE + 1, SCOPE_VALUE_FAILURE_RATE) ||
      !is_value (header, n + 2, behind + MINIMUM, SCOPE_VALUE_MIN) ||
      !is_value (header, n + 3, behind + MAXIMUM, SCOPE_VALUE_MAX))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!is_value (header, i + 2, FIRST_PERCENTILE + i, SCOPE_VALUE_PERCENTILE))
      return NULL;

  self = g_new0 (ScopeCsvFast, 1);
  self->n_percentiles = n;
  self->n_fields = 2 + n + N_BEHIND;
  self->packed_size = schema->packed_size;
  self->rate_places[0] = schema->values[0].place;
  self->rate_places[1] = schema->values[1].place;
  self->first_percentile_place = n > 0 ? schema->values[2].place : 0;
  self->minimum_place = schema->values[n + 2].place;
  self->maximum_place = schema->values[n + 3].place;
  self->known = g_array_new (FALSE, TRUE, sizeof (Known));
  g_array_set_clear_func (self->known, known_clear);
  self->previous = self->expected = G_MAXUINT32;
  return self;
}

void
scope_csv_fast_free (ScopeCsvFast *self)
{
  g_array_unref (self->known);
  g_free (self);
}

static void
remember_order (ScopeCsvFast *self,
                guint32       identity)
{
  if (self->previous < self->known->len && self->expected != identity)
    g_array_index (self->known, Known, self->previous).next = identity;
  self->previous = identity;
  self->expected = g_array_index (self->known, Known, identity).next;
}

/**
 * scope_csv_fast_learn:
 * @self: the reader
 * @identity: whose row the plain parser has read
 * @is_total: whether it is the total
 * @text: type and name as they stand in the file, with the comma behind each
 * @length: its length in bytes
 */
void
scope_csv_fast_learn (ScopeCsvFast *self,
                      guint32       identity,
                      gboolean      is_total,
                      const char   *text,
                      gsize         length)
{
  guint  n_before = self->known->len;
  Known *known;

  if (identity >= n_before)
    {
      g_array_set_size (self->known, identity + 1);
      for (guint i = n_before; i <= identity; i++)
        g_array_index (self->known, Known, i).next = G_MAXUINT32;
    }
  known = &g_array_index (self->known, Known, identity);
  if (known->text == NULL)
    {
      known->text = g_memdup2 (text, length);
      known->length = length;
      known->is_total = is_total;
      for (gsize i = 0; i < length; i++)
        known->n_lines += text[i] == '\n';
    }
  remember_order (self, identity);
}

/* "12.345678": in millionths; six decimals and no more than 4000. */
static inline gboolean
read_rate (const char *start,
           const char *end,
           guint8     *place)
{
  gsize   n = end - start;
  guint64 decimals, whole;
  guint32 rate;

  if (n < 8 || n > 11 || end[-7] != '.')
    return FALSE;
  decimals = scope_digits_load_last (end, 6);
  if (scope_digits_find_others (decimals) != 0 ||
      !scope_digits_read_uint (start, end - 7, &whole) || whole > 4000)
    return FALSE;
  rate = (guint32) whole * 1000000 + scope_digits_to_number (decimals);
  memcpy (place, &rate, sizeof rate);
  return TRUE;
}

static inline gboolean
read_percentile (const char *start,
                 const char *end,
                 guint8     *place)
{
  guint64 value = scope_digits_read_short (start, end);
  guint16 packed;

  if (value == G_MAXUINT &&
      (!scope_digits_read_uint (start, end, &value) || value >= SCOPE_PACKED_PERCENTILE_NONE))
    {
      if (end - start != 3 || memcmp (start, "N/A", 3) != 0)
        return FALSE;
      value = SCOPE_PACKED_PERCENTILE_NONE;
    }
  packed = (guint16) value;
  memcpy (place, &packed, sizeof packed);
  return TRUE;
}

static inline gboolean
read_extreme (const char *start,
              const char *end,
              Extreme    *last,
              guint8     *place)
{
  gsize n = end - start;

  if (n != last->length || memcmp (start, last->text, n) != 0)
    {
      if (n == 0 || n > LONGEST_EXTREME || !scope_digits_read_double (start, end, &last->value))
        {
          last->length = 0;
          return FALSE;
        }
      memcpy (last->text, start, n);
      last->length = n;
    }
  memcpy (place, &last->value, sizeof last->value);
  return TRUE;
}

static inline gboolean
read_stamp (ScopeCsvFast *self,
            const char   *start)
{
  guint64 digits = scope_digits_load (start);
  guint64 last;

  if (memcmp (start, self->stamp_text, STAMP_BYTES) == 0)
    return TRUE;
  if (start[10] != ',' || scope_digits_find_others (digits) != 0 ||
      !scope_digits_read_uint (start + 8, start + 10, &last))
    return FALSE;
  self->stamp = (gint64) scope_digits_to_number (digits) * 100 + last;
  memcpy (self->stamp_text, start, STAMP_BYTES);
  return TRUE;
}

/* Bytes up to and with the comma, or 0. */
static inline guint
read_users (ScopeCsvFast *self,
            const char   *start)
{
  const char *end;
  guint64     users;

  if (self->users_length > 0 && memcmp (start, self->users_text, self->users_length) == 0)
    return self->users_length;
  end = memchr (start, ',', MAX_USERS);
  if (end == NULL || !scope_digits_read_uint (start, end, &users))
    return 0;
  self->users = (guint32) users;
  self->users_length = end - start + 1;
  memcpy (self->users_text, start, self->users_length);
  return self->users_length;
}

/* Of 64 bytes. */
typedef struct
{
  guint64 commas;
  guint64 newlines;
  guint64 quotes;
} Masks;

static inline guint64
find (__m128i bytes,
      char    character,
      guint   place)
{
  return (guint64) (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (character)))
         << place;
}

static inline Masks
find_all (const char *from)
{
  Masks masks = { 0 };

  for (guint i = 0; i < 64; i += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (from + i));

      masks.commas |= find (bytes, ',', i);
      masks.newlines |= find (bytes, '\n', i);
      masks.quotes |= find (bytes, '"', i);
    }
  return masks;
}

/* Where the fields behind the name end; the line end, or NULL where the row
 * has another number of them, or a quote. */
static inline const char *
find_ends (const char  *from,
           guint        n_fields,
           const char **ends)
{
  guint n = 0;

  for (guint i = 0; i < MAX_MASKS; i++, from += 64)
    {
      Masks   masks = find_all (from);
      guint64 on_line = masks.newlines ? (masks.newlines & -masks.newlines) - 1 : G_MAXUINT64;
      guint64 commas = masks.commas & on_line;

      if ((masks.quotes & on_line) != 0)
        return NULL;
      for (; commas != 0 && n < n_fields; commas &= commas - 1)
        ends[n++] = from + __builtin_ctzll (commas);
      if (masks.newlines != 0)
        return n + 1 == n_fields ? from + __builtin_ctzll (masks.newlines) : NULL;
    }
  return NULL;
}

/* Reads one row; its length with the line end, or 0 where it is not for us. */
static inline gsize
read_row (ScopeCsvFast *self,
          const char   *start,
          gsize         length,
          ScopeRow     *row,
          guint8       *packed)
{
  const char *ends[SCOPE_CSV_MAX_COLUMNS];
  const char *from = start + STAMP_BYTES;
  const char *line_end;
  const char *const *behind = ends + 2 + self->n_percentiles;
  Known      *known;
  guint       n_users;

  if (self->expected >= self->known->len || !read_stamp (self, start))
    return 0;
  n_users = read_users (self, from);
  from += n_users;
  known = &g_array_index (self->known, Known, self->expected);
  if (n_users == 0 || known->text == NULL || known->length + MARGIN + 32 > length ||
      memcmp (from, known->text, known->length) != 0)
    return 0;
  from += known->length;
  line_end = find_ends (from, self->n_fields, ends);
  if (line_end == NULL || !read_rate (from, ends[0], packed + self->rate_places[0]) ||
      !read_rate (ends[0] + 1, ends[1], packed + self->rate_places[1]))
    return 0;
  for (guint i = 0; i < self->n_percentiles; i++)
    if (!read_percentile (ends[1 + i] + 1, ends[2 + i],
                          packed + self->first_percentile_place + i * sizeof (guint16)))
      return 0;
  if (!scope_digits_read_uint (behind[COUNT - 1] + 1, behind[COUNT], &row->count) ||
      !scope_digits_read_uint (behind[FAILURES - 1] + 1, behind[FAILURES], &row->failures) ||
      !scope_digits_read_double (behind[AVERAGE - 1] + 1, behind[AVERAGE], &row->average) ||
      !read_extreme (behind[MINIMUM - 1] + 1, behind[MINIMUM], &known->minimum,
                     packed + self->minimum_place) ||
      !read_extreme (behind[MAXIMUM - 1] + 1, behind[MAXIMUM], &known->maximum,
                     packed + self->maximum_place))
    return 0;
  if (row->count == 0)
    row->average = 0;
  row->stamp = self->stamp;
  row->users = self->users;
  row->identity = self->expected;
  row->is_packed = TRUE;
  return line_end + 1 - start;
}

/**
 * scope_csv_fast_read:
 * @self: the reader
 * @data: bytes from the beginning of a row on
 * @length: their number
 * @marks: where blocks begin
 * @blocks: takes the rows
 * @line: (inout): the line of the file that is read, counted from 1
 *
 * Reads rows for as long as they have the usual shape and are far enough from
 * the end of @data.
 *
 * Returns: how many bytes were read
 */
gsize
scope_csv_fast_read (ScopeCsvFast    *self,
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
                         n_packed + (length / SHORTEST_ROW + 1) * self->packed_size);
  rows = (ScopeRow *) blocks->rows->data;
  packed = blocks->packed->data;
  while (length - used > MARGIN)
    {
      ScopeRow *row = &rows[n_rows];
      Known    *known;
      gsize     n = read_row (self, data + used, length - used, row, packed + n_packed);

      if (n == 0 || !scope_block_marks_is_possible (marks, row->stamp))
        break;
      known = &g_array_index (self->known, Known, row->identity);
      scope_block_marks_add (marks, row, known->is_total);
      *line += 1 + known->n_lines;
      remember_order (self, row->identity);
      used += n;
      n_rows++;
      n_packed += self->packed_size;
    }
  g_array_set_size (blocks->rows, n_rows);
  g_byte_array_set_size (blocks->packed, n_packed);
  return used;
}

#else /* every row is left to the plain parser */

ScopeCsvFast *
scope_csv_fast_new (const ScopeCsvHeader *header)
{
  return NULL;
}

void
scope_csv_fast_free (ScopeCsvFast *self)
{
}

void
scope_csv_fast_learn (ScopeCsvFast *self,
                      guint32       identity,
                      gboolean      is_total,
                      const char   *text,
                      gsize         length)
{
}

gsize
scope_csv_fast_read (ScopeCsvFast    *self,
                     const char      *data,
                     gsize            length,
                     ScopeBlockMarks *marks,
                     ScopeBlocks     *blocks,
                     guint64         *line)
{
  return 0;
}

#endif
