/* columns.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The packed columns of one endpoint.  Row i belongs to block first + i.  A
 * block in which the endpoint has no row holds an absent one (sum is NaN),
 * with the counters that it last had in the run.
 */
#pragma once

#include "blocks.h"

G_BEGIN_DECLS

typedef struct
{
  guint    first;     /* block of row 0 */
  guint    n_rows;
  guint    allocated;
  gboolean began_before; /* what its counters were before row 0 is not known, and not 0 */
  guint64 *count;     /* requests since the start of the run */
  guint64 *failures;  /* failures since the start of the run */
  double  *sum;       /* ms: sum of all response times since the start; NaN: no row */

  ScopeSchema *schema; /* owned */
  gpointer    *values; /* schema->n_values columns: of float if they are percentiles, which
                        * are round numbers, otherwise of double */

  /* Of a log of requests; otherwise NULL. */
  double  *samples;   /* ms: all response times, row by row, rising in each */
  guint64 *ends;      /* how many of them there are up to the end of a row */
  guint64  allocated_samples;
} ScopeColumns;

ScopeColumns *scope_columns_new           (guint             first,
                                           ScopeSchema      *schema);
void          scope_columns_free          (ScopeColumns     *self);
void          scope_columns_append        (ScopeColumns     *self,
                                           const ScopeRow   *row,
                                           const double     *values);
void          scope_columns_append_absent (ScopeColumns     *self,
                                           gboolean          starts_run);
void          scope_columns_append_samples (ScopeColumns    *self,
                                           const double     *samples,
                                           guint             n_samples,
                                           guint             n_failed,
                                           gboolean          starts_run);
void          scope_columns_truncate      (ScopeColumns     *self,
                                           guint             n_rows);
gboolean      scope_columns_has_row       (const ScopeColumns *self,
                                           guint             block);
double        scope_columns_get_value     (const ScopeColumns *self,
                                           guint             value,
                                           guint             row);

G_END_DECLS
