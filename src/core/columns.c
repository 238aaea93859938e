/* columns.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packed, growing columns; every value of one kind lies beside the next, so
 * that a statistic is worked out in one pass over plain arrays.
 */
#include "columns.h"

#include <math.h>

#define FIRST_ALLOCATION 64

/**
 * scope_columns_new:
 * @first: the block of the first row
 * @schema: which columns there are beside the counters
 *
 * Returns: (transfer full): empty columns
 */
ScopeColumns *
scope_columns_new (guint first,
                   ScopeSchema *schema)
{
  ScopeColumns *self = g_new0 (ScopeColumns, 1);

  self->first = first;
  self->schema = scope_schema_ref (schema);
  self->values = g_new0 (gpointer, schema->n_values);
  return self;
}

void
scope_columns_free (ScopeColumns *self)
{
  for (guint i = 0; i < self->schema->n_values; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->count);
  g_free (self->failures);
  g_free (self->sum);
  g_free (self->samples);
  g_free (self->ends);
  scope_schema_unref (self->schema);
  g_free (self);
}

static gboolean
is_percentile (const ScopeColumns *self,
               guint               value)
{
  return self->schema->values[value].kind == SCOPE_VALUE_PERCENTILE;
}

static gsize
value_size (const ScopeColumns *self,
            guint               value)
{
  return is_percentile (self, value) ? sizeof (float) : sizeof (double);
}

static void
set_value (ScopeColumns *self,
           guint         value,
           guint         row,
           double        number)
{
  if (is_percentile (self, value))
    ((float *) self->values[value])[row] = (float) number;
  else
    ((double *) self->values[value])[row] = number;
}

/* What Locust wrote in a row; NaN where there is none. */
double
scope_columns_get_value (const ScopeColumns *self,
                         guint               value,
                         guint               row)
{
  return is_percentile (self, value) ? ((const float *) self->values[value])[row]
                                     : ((const double *) self->values[value])[row];
}

static void
make_room (ScopeColumns *self)
{
  if (self->n_rows < self->allocated)
    return;
  self->allocated = self->allocated ? self->allocated + self->allocated / 2 : FIRST_ALLOCATION;
  self->count = g_renew (guint64, self->count, self->allocated);
  self->failures = g_renew (guint64, self->failures, self->allocated);
  self->sum = g_renew (double, self->sum, self->allocated);
  if (self->schema->has_requests)
    self->ends = g_renew (guint64, self->ends, self->allocated);
  for (guint i = 0; i < self->schema->n_values; i++)
    self->values[i] = g_realloc_n (self->values[i], self->allocated, value_size (self, i));
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
  guint i = self->n_rows;

  make_room (self);
  self->count[i] = row->count;
  self->failures[i] = row->failures;
  self->sum[i] = row->count * row->average;
  for (guint v = 0; v < self->schema->n_values; v++)
    set_value (self, v, i, values[v]);
  self->n_rows++;
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
  guint    i = self->n_rows;
  gboolean anew = starts_run || i == 0;

  make_room (self);
  self->count[i] = anew ? 0 : self->count[i - 1];
  self->failures[i] = anew ? 0 : self->failures[i - 1];
  self->sum[i] = NAN;
  for (guint v = 0; v < self->schema->n_values; v++)
    set_value (self, v, i, NAN);
  self->n_rows++;
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
  guint    i = self->n_rows;
  gboolean anew = starts_run || i == 0;
  guint64  n_before = i > 0 ? self->ends[i - 1] : 0;
  double   sum = anew ? 0 : self->sum[i - 1];

  make_room (self);
  if (n_before + n_samples > self->allocated_samples)
    {
      self->allocated_samples = (n_before + n_samples) * 3 / 2;
      self->samples = g_renew (double, self->samples, self->allocated_samples);
    }
  for (guint s = 0; s < n_samples; s++)
    {
      self->samples[n_before + s] = samples[s];
      sum += samples[s];
    }
  self->ends[i] = n_before + n_samples;
  self->count[i] = (anew ? 0 : self->count[i - 1]) + n_samples;
  self->failures[i] = (anew ? 0 : self->failures[i - 1]) + n_failed;
  self->sum[i] = sum;
  self->n_rows++;
}

/* Takes back the rows from row @n_rows on. */
void
scope_columns_truncate (ScopeColumns *self,
                        guint         n_rows)
{
  self->n_rows = MIN (self->n_rows, n_rows);
}

gboolean
scope_columns_has_row (const ScopeColumns *self,
                       guint               block)
{
  return block >= self->first && block - self->first < self->n_rows &&
         !isnan (self->sum[block - self->first]);
}
