/* counters.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What had been counted of an endpoint when a block was written.  An endpoint
 * that has had no row in the run counts as zero there; one whose row could not
 * be read, or never came, is not known.
 */
#pragma once

#include "columns.h"

G_BEGIN_DECLS

/* At a block, since the start of the run, or the difference of two of them. */
typedef struct
{
  double count;    /* requests */
  double failures;
  double sum;      /* ms: of all response times; NaN: nothing is known */
  double duration; /* s, of a difference */
} ScopeCounters;

/* At @block, where the endpoint's columns have a row, or before them; below 0:
 * where all counters were 0. */
static inline ScopeCounters
scope_counters_get (const ScopeColumns *columns,
                    gint32              block)
{
  static const ScopeCounters zero = { 0 }, unknown = { 0, 0, NAN, 0 };
  double                     sum;
  guint                      row;

  if (block < 0)
    return zero;
  if ((guint) block < columns->first)
    return columns->is_partial && !columns->was_zero ? unknown : zero;
  row = block - columns->first;
  sum = scope_columns_get_sum (columns, row);
  if (isnan (sum))
    return scope_columns_get_count (columns, row) == 0 && !columns->is_partial ? zero : unknown;
  return (ScopeCounters){ scope_columns_get_count (columns, row),
                          scope_columns_get_failures (columns, row), sum, 0 };
}

ScopeCounters scope_counters_get_smooth (const ScopeColumns *columns,
                                         guint               smooth,
                                         guint               stretch,
                                         gint32              block);

G_END_DECLS
