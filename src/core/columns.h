/* columns.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of one endpoint, packed one after the other.  Row i belongs to
 * block first + i.  A block in which the endpoint has no row holds an absent
 * one (its sum is NaN), with the counters that it last had in the run.
 */
#pragma once

#include "blocks.h"

#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  guint        first;     /* block of row 0 */
  guint        n_rows;
  gboolean     is_partial; /* an absent row says nothing of its counters, ... */
  gboolean     was_zero;   /* ... but they were 0 before row 0 */
  ScopeSchema *schema;    /* owned */

  /* Mostly packed: 32-bit counters, the sum, the kept part of a packed row.
   * Where one number does not fit, all rows are wide: 64-bit counters, the
   * sum, doubles. */
  gboolean     is_wide;
  guint        allocated; /* rows */
  gsize        stride;    /* bytes */
  guint8      *rows;      /* owned */
  GArray      *changes;   /* ScopeChange: of minimum and maximum */
  double      *latest;    /* owned: of each value that is one, in the last row */

  /* Of a log of requests; otherwise NULL. */
  double      *samples;   /* ms: all response times, row by row, rising in each */
  guint64     *ends;      /* how many of them there are up to the end of a row */
  guint64      allocated_samples;
} ScopeColumns;

ScopeColumns *scope_columns_new            (guint               first,
                                            ScopeSchema        *schema);
void          scope_columns_free           (ScopeColumns       *self);
void          scope_columns_append         (ScopeColumns       *self,
                                            const ScopeRow     *row,
                                            const double       *values);
void          scope_columns_append_packed  (ScopeColumns       *self,
                                            const ScopeRow     *row,
                                            const guint8       *packed);
void          scope_columns_append_absent  (ScopeColumns       *self,
                                            gboolean            starts_run);
void          scope_columns_append_samples (ScopeColumns       *self,
                                            const double       *samples,
                                            guint               n_samples,
                                            guint               n_failed,
                                            gboolean            starts_run);
void          scope_columns_truncate       (ScopeColumns       *self,
                                            guint               n_rows);
double        scope_columns_get_latest     (const ScopeColumns *self,
                                            guint               value);
double        scope_columns_get_value      (const ScopeColumns *self,
                                            guint               value,
                                            guint               row);

/* Requests since the start of the run. */
static inline guint64
scope_columns_get_count (const ScopeColumns *self,
                         guint               row)
{
  const guint8 *place = self->rows + row * self->stride;

  return self->is_wide ? ((const guint64 *) place)[0] : ((const guint32 *) place)[0];
}

/* Failures since the start of the run. */
static inline guint64
scope_columns_get_failures (const ScopeColumns *self,
                            guint               row)
{
  const guint8 *place = self->rows + row * self->stride;

  return self->is_wide ? ((const guint64 *) place)[1] : ((const guint32 *) place)[1];
}

/* ms: the sum of all response times since the start of the run; NaN: no row. */
static inline double
scope_columns_get_sum (const ScopeColumns *self,
                       guint               row)
{
  const double *place = (const double *) (self->rows + row * self->stride);

  return place[self->is_wide ? 2 : 1];
}

static inline gboolean
scope_columns_has_row (const ScopeColumns *self,
                       guint               block)
{
  return block >= self->first && block - self->first < self->n_rows &&
         !isnan (scope_columns_get_sum (self, block - self->first));
}

G_END_DECLS
