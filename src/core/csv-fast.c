/* csv-fast.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which rows can be read fast, and by which instructions.
 */
#include "csv-fast-private.h"

#ifdef __SSE2__

static gboolean
is_value (const ScopeCsvHeader *header,
          guint                 value,
          guint                 column,
          ScopeValueKind        kind)
{
  return value < header->schema->n_values && header->value_columns[value] == column &&
         header->schema->values[value].kind == kind;
}

/* The widest that the machine has, unless a test wants others. */
static ScopeCsvFastRows *
find_instructions (void)
{
#ifdef HAVE_AVX512
  if (__builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl") &&
      __builtin_cpu_supports ("avx512vbmi") && __builtin_cpu_supports ("avx512vbmi2") &&
      __builtin_cpu_supports ("bmi") && __builtin_cpu_supports ("bmi2") &&
      __builtin_cpu_supports ("popcnt") && g_getenv ("SCOPE_NARROW_VECTORS") == NULL)
    return scope_csv_fast_rows_avx512;
#endif
  return scope_csv_fast_rows_sse2;
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
  self->keeps_rates[0] = scope_schema_keeps (schema, 0);
  self->keeps_rates[1] = scope_schema_keeps (schema, 1);
  self->keeps_percentiles = n > 0 && scope_schema_keeps (schema, 2);
  self->rate_places[0] = schema->values[0].place;
  self->rate_places[1] = schema->values[1].place;
  self->first_percentile_place = n > 0 ? schema->values[2].place : 0;
  self->extremes_place = schema->values[n + 2].place;
  scope_csv_known_init (&self->known);
  self->read = find_instructions ();
  return self;
}

void
scope_csv_fast_free (ScopeCsvFast *self)
{
  scope_csv_known_clear (&self->known);
  g_free (self);
}

/* Returns: (transfer none): the endpoints whose rows it can read. */
ScopeCsvKnown *
scope_csv_fast_get_known (ScopeCsvFast *self)
{
  return &self->known;
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
  return self->read (self, data, length, marks, blocks, line);
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

ScopeCsvKnown *
scope_csv_fast_get_known (ScopeCsvFast *self)
{
  return NULL;
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
