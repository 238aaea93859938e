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

#include "arena.h"
#include "blocks.h"

#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  guint        first;     /* block of row 0 */
  guint        n_rows;
  guint8      *next;      /* where the next row goes; NULL: in a new chunk */
  guint8      *last;      /* the last row, or NULL */
  gboolean     is_partial; /* an absent row says nothing of its counters, ... */
  gboolean     was_zero;   /* ... but they were 0 before row 0 */
  ScopeSchema *schema;    /* owned */

  /* Mostly packed: 32-bit counters, the sum, the kept part of a packed row.
   * Where one number does not fit, all rows are wide: 64-bit counters, the
   * sum, doubles. */
  gboolean     is_wide;
  gsize        stride;    /* bytes */
  ScopeArena  *arena;     /* borrowed: where the chunks are */
  GPtrArray   *chunks;    /* guint8: SCOPE_CHUNK_ROWS rows each */
  GArray      *changes;   /* ScopeChange: of minimum and maximum */

  /* Of a log of requests; otherwise NULL. */
  double      *samples;   /* ms: all response times, row by row, rising in each */
  GArray      *ends;      /* guint64: how many of them there are up to the end of a row */
  guint64      allocated_samples;

  double       latest[];  /* minimum and maximum in the last row, in the order of the schema */
} ScopeColumns;

/* Rows are never moved: those of all endpoints would be at the same time. */
#define SCOPE_CHUNK_ROWS 64

ScopeColumns *scope_columns_new            (guint               first,
                                            ScopeSchema        *schema,
                                            ScopeArena         *arena);
void          scope_columns_free           (ScopeColumns       *self);
void          scope_columns_append         (ScopeColumns       *self,
                                            const ScopeRow     *row,
                                            const double       *values);
gboolean      scope_columns_go_on          (ScopeColumns       *self,
                                            const ScopeRow     *row,
                                            const guint8       *packed);
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
double        scope_columns_get_value      (const ScopeColumns *self,
                                            guint               value,
                                            guint               row);

static inline gpointer
scope_columns_get_row (const ScopeColumns *self,
                       guint               row)
{
  guint8 *chunk = g_ptr_array_index (self->chunks, row / SCOPE_CHUNK_ROWS);

  return chunk + row % SCOPE_CHUNK_ROWS * self->stride;
}

/* Of a minimum or maximum: what scope_columns_get_value() gives for the last
 * row. */
static inline double
scope_columns_get_latest (const ScopeColumns *self,
                          guint               value)
{
  return self->latest[scope_schema_get_extreme (self->schema, value)];
}

/* Of a log: how many samples there are up to the end of a row. */
static inline guint64
scope_columns_get_end (const ScopeColumns *self,
                       guint               row)
{
  return g_array_index (self->ends, guint64, row);
}

/* Requests since the start of the run. */
static inline guint64
scope_columns_get_count (const ScopeColumns *self,
                         guint               row)
{
  gconstpointer place = scope_columns_get_row (self, row);

  return self->is_wide ? ((const guint64 *) place)[0] : ((const guint32 *) place)[0];
}

/* Failures since the start of the run. */
static inline guint64
scope_columns_get_failures (const ScopeColumns *self,
                            guint               row)
{
  gconstpointer place = scope_columns_get_row (self, row);

  return self->is_wide ? ((const guint64 *) place)[1] : ((const guint32 *) place)[1];
}

/* ms: the sum of all response times since the start of the run; NaN: no row. */
static inline double
scope_columns_get_sum (const ScopeColumns *self,
                       guint               row)
{
  const double *place = scope_columns_get_row (self, row);

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
