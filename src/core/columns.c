/* columns.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of Locust with eleven percentiles takes 48 bytes: what changes with
 * every row.  Minimum and maximum of a run change seldom; each change is kept
 * with the row that it came in.
 */
#include "columns.h"

#include <string.h>

/* Samples. */
#define FIRST_ALLOCATION 32

#define PACKED_HEAD (2 * sizeof (guint32) + sizeof (double))
#define WIDE_HEAD   (2 * sizeof (guint64) + sizeof (double))

typedef struct
{
  guint  row;
  guint  value; /* number in the schema */
  double number;
} ScopeChange;

/* The counters of a row, however it is kept. */
typedef struct
{
  guint64 count;
  guint64 failures;
  double  sum;
} Head;

/* The change that tells a minimum or maximum at @row. */
static const ScopeChange *
find_change (const ScopeColumns *self,
             guint               value,
             guint               row)
{
  const ScopeChange *changes = (const ScopeChange *) self->changes->data;
  guint              low = 0;
  guint              high = self->changes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (changes[middle].row <= row)
        low = middle + 1;
      else
        high = middle;
    }
  while (low > 0)
    if (changes[--low].value == value)
      return &changes[low];
  return NULL;
}

static void
find_latest (ScopeColumns *self)
{
  for (guint i = 0; i < self->schema->n_extremes; i++)
    {
      const ScopeChange *change = find_change (self, self->schema->extremes[i], self->n_rows);

      self->latest[i] = change ? change->number : NAN;
    }
}

/**
 * scope_columns_new:
 * @first: the block of the first row
 * @schema: what rows hold beside the counters
 * @arena: where the rows are put; it must outlive the columns
 *
 * Returns: (transfer full): empty columns
 */
ScopeColumns *
scope_columns_new (guint        first,
                   ScopeSchema *schema,
                   ScopeArena  *arena)
{
  ScopeColumns *self =
    g_malloc0 (sizeof (ScopeColumns) + schema->n_extremes * sizeof (double));

  self->first = first;
  self->schema = scope_schema_ref (schema);
  self->stride = PACKED_HEAD + schema->kept_size;
  self->arena = arena;
  self->chunks = g_ptr_array_new ();
  self->changes = g_array_new (FALSE, FALSE, sizeof (ScopeChange));
  if (schema->has_requests)
    self->ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  find_latest (self);
  return self;
}

void
scope_columns_free (ScopeColumns *self)
{
  g_ptr_array_unref (self->chunks);
  g_array_unref (self->changes);
  g_free (self->samples);
  g_clear_pointer (&self->ends, g_array_unref);
  scope_schema_unref (self->schema);
  g_free (self);
}

/* What Locust wrote in a row; NaN where there is none. */
double
scope_columns_get_value (const ScopeColumns *self,
                         guint               value,
                         guint               row)
{
  const guint8 *place = scope_columns_get_row (self, row);

  if (scope_value_is_extreme (&self->schema->values[value]))
    {
      const ScopeChange *change = find_change (self, value, row);

      return change ? change->number : NAN;
    }
  return self->is_wide ? ((const double *) (place + WIDE_HEAD))[value]
                       : scope_schema_unpack (self->schema, place + PACKED_HEAD, value);
}

static Head
get_head (const ScopeColumns *self,
          guint               row)
{
  return (Head){ scope_columns_get_count (self, row), scope_columns_get_failures (self, row),
                 scope_columns_get_sum (self, row) };
}

static void
put_head (guint8     *place,
          gboolean    is_wide,
          const Head *head)
{
  if (is_wide)
    {
      ((guint64 *) place)[0] = head->count;
      ((guint64 *) place)[1] = head->failures;
      ((double *) place)[2] = head->sum;
    }
  else
    {
      ((guint32 *) place)[0] = (guint32) head->count;
      ((guint32 *) place)[1] = (guint32) head->failures;
      ((double *) place)[1] = head->sum;
    }
}

/* Where the next row goes. */
static gpointer
make_room (ScopeColumns *self)
{
  if (self->n_rows == self->chunks->len * SCOPE_CHUNK_ROWS)
    g_ptr_array_add (self->chunks,
                     scope_arena_alloc (self->arena, SCOPE_CHUNK_ROWS * self->stride));
  return scope_columns_get_row (self, self->n_rows);
}

/* After rows were added or taken away. */
static void
find_ends (ScopeColumns *self)
{
  self->last = self->n_rows > 0 ? scope_columns_get_row (self, self->n_rows - 1) : NULL;
  self->next = self->n_rows % SCOPE_CHUNK_ROWS != 0 ? self->last + self->stride : NULL;
}

static void
widen (ScopeColumns *self)
{
  ScopeColumns narrow = *self;
  guint        n_rows = self->n_rows;

  self->chunks = g_ptr_array_new ();
  self->stride = WIDE_HEAD + self->schema->n_values * sizeof (double);
  self->is_wide = TRUE;
  for (self->n_rows = 0; self->n_rows < n_rows; self->n_rows++)
    {
      Head    head = get_head (&narrow, self->n_rows);
      guint8 *place = make_room (self);

      put_head (place, TRUE, &head);
      for (guint v = 0; v < self->schema->n_values; v++)
        ((double *) (place + WIDE_HEAD))[v] = scope_columns_get_value (&narrow, v, self->n_rows);
    }
  g_ptr_array_unref (narrow.chunks);
  find_ends (self);
}

static void
note_extreme (ScopeColumns *self,
              guint         value,
              double        number)
{
  ScopeChange change = { .row = self->n_rows, .value = value, .number = number };

  double     *latest = &self->latest[scope_schema_get_extreme (self->schema, value)];

  if (number == *latest || (isnan (number) && isnan (*latest)))
    return;
  *latest = number;
  g_array_append_val (self->changes, change);
}

static Head
make_head (const ScopeRow *row)
{
  return (Head){ row->count, row->failures, row->count * row->average };
}

static gboolean
fits (const ScopeRow *row)
{
  return row->count <= G_MAXUINT32 && row->failures <= G_MAXUINT32;
}

/* All extremes of a packed row are the latest ones. */
static inline gboolean
has_latest (const ScopeColumns *self,
            const guint8       *extremes)
{
  double number;

  for (guint i = 0; i < self->schema->n_extremes; i++)
    {
      memcpy (&number, extremes + i * sizeof number, sizeof number);
      if (number != self->latest[i])
        return FALSE;
    }
  return TRUE;
}

/**
 * scope_columns_go_on:
 * @self: the columns
 * @row: the endpoint's row of the next block
 * @packed: its values, as scope_schema_pack() packs them
 *
 * As scope_columns_append_packed(), for what nearly all rows are: the count is
 * not less than in the row before, minimum and maximum are the same, and there
 * is room.
 *
 * Returns: whether that was so; otherwise nothing is done
 */
gboolean
scope_columns_go_on (ScopeColumns   *self,
                     const ScopeRow *row,
                     const guint8   *packed)
{
  gsize   kept = self->schema->kept_size;
  Head    head = make_head (row);
  guint8 *next = self->next;
  guint32 last;

  if (next == NULL || self->is_wide || !fits (row) || !has_latest (self, packed + kept))
    return FALSE;
  memcpy (&last, self->last, sizeof last);
  if (row->count < last)
    return FALSE;
  put_head (next, FALSE, &head);
  for (gsize i = 0; i < kept; i += sizeof (guint64)) /* less than what a call costs */
    memcpy (next + PACKED_HEAD + i, packed + i, sizeof (guint64));
  self->last = next;
  __builtin_prefetch (next + 2 * self->stride, 1); /* for the blocks to come */
  self->n_rows++;
  self->next = self->n_rows % SCOPE_CHUNK_ROWS != 0 ? next + self->stride : NULL;
  return TRUE;
}

/**
 * scope_columns_append_packed:
 * @self: the columns
 * @row: the endpoint's row of the next block
 * @packed: its values, as scope_schema_pack() packs them
 */
void
scope_columns_append_packed (ScopeColumns   *self,
                             const ScopeRow *row,
                             const guint8   *packed)
{
  const ScopeSchema *schema = self->schema;
  Head               head = make_head (row);
  guint8            *place;

  if (!self->is_wide && !fits (row))
    widen (self);
  place = make_room (self);
  put_head (place, self->is_wide, &head);
  if (!self->is_wide)
    memcpy (place + PACKED_HEAD, packed, schema->kept_size);
  for (guint i = 0; i < schema->n_extremes; i++)
    note_extreme (self, schema->extremes[i],
                  scope_schema_unpack (schema, packed, schema->extremes[i]));
  for (guint v = 0; self->is_wide && v < schema->n_values; v++)
    ((double *) (place + WIDE_HEAD))[v] = scope_schema_unpack (schema, packed, v);
  self->n_rows++;
  find_ends (self);
}

/**
 * scope_columns_append:
 * @self: the columns
 * @row: the endpoint's row of the next block
 * @values: numbers in the order of the schema
 */
void
scope_columns_append (ScopeColumns   *self,
                      const ScopeRow *row,
                      const double   *values)
{
  guint8  packed[SCOPE_MAX_VALUES * sizeof (double)];
  Head    head = make_head (row);
  guint8 *place;

  if (scope_schema_pack (self->schema, values, packed))
    {
      scope_columns_append_packed (self, row, packed);
      return;
    }
  if (!self->is_wide)
    widen (self);
  place = make_room (self);
  put_head (place, TRUE, &head);
  for (guint v = 0; v < self->schema->n_values; v++)
    if (scope_value_is_extreme (&self->schema->values[v]))
      note_extreme (self, v, values[v]);
    else
      ((double *) (place + WIDE_HEAD))[v] = values[v];
  self->n_rows++;
  find_ends (self);
}

/**
 * scope_columns_append_absent:
 * @self: the columns
 * @starts_run: whether the next block is the first of a run
 *
 * Notes that the next block has no row of this endpoint: it has had no
 * request in the run, or its row could not be read.
 */
void
scope_columns_append_absent (ScopeColumns *self,
                             gboolean      starts_run)
{
  double   values[SCOPE_MAX_VALUES];
  ScopeRow row = { .average = NAN };

  if (!starts_run && self->n_rows > 0)
    {
      row.count = scope_columns_get_count (self, self->n_rows - 1);
      row.failures = scope_columns_get_failures (self, self->n_rows - 1);
    }
  for (guint v = 0; v < self->schema->n_values; v++)
    values[v] = NAN;
  scope_columns_append (self, &row, values);
}

/**
 * scope_columns_append_samples:
 * @self: the columns of a log of requests
 * @samples: the response times of the next block in ms, rising
 * @n_samples: their number, maybe 0
 * @n_failed: how many of the requests failed
 * @starts_run: whether the block is the first of a run
 */
void
scope_columns_append_samples (ScopeColumns *self,
                              const double *samples,
                              guint         n_samples,
                              guint         n_failed,
                              gboolean      starts_run)
{
  guint   row = self->n_rows;
  guint64 n_before = row > 0 ? scope_columns_get_end (self, row - 1) : 0;
  guint64 end = n_before + n_samples;
  Head    head = { 0 };
  guint8 *place;

  if (row > 0 && !starts_run)
    head = get_head (self, row - 1);
  head.count += n_samples;
  head.failures += n_failed;
  if (!self->is_wide && head.count > G_MAXUINT32)
    widen (self);
  place = make_room (self);
  if (n_before + n_samples > self->allocated_samples)
    {
      self->allocated_samples = (n_before + n_samples) * 5 / 4 + FIRST_ALLOCATION;
      self->samples = g_renew (double, self->samples, self->allocated_samples);
    }
  for (guint s = 0; s < n_samples; s++)
    {
      self->samples[n_before + s] = samples[s];
      head.sum += samples[s];
    }
  g_array_append_val (self->ends, end);
  put_head (place, self->is_wide, &head);
  self->n_rows++;
  find_ends (self);
}

/* Takes back the rows from row @n_rows on. */
void
scope_columns_truncate (ScopeColumns *self,
                        guint         n_rows)
{
  if (n_rows >= self->n_rows)
    return;
  self->n_rows = n_rows;
  if (self->ends != NULL)
    g_array_set_size (self->ends, n_rows);
  while (self->changes->len > 0 &&
         g_array_index (self->changes, ScopeChange, self->changes->len - 1).row >= n_rows)
    g_array_set_size (self->changes, self->changes->len - 1);
  find_latest (self);
  find_ends (self);
}
