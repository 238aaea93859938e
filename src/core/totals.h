/* totals.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was counted of one endpoint over a stretch of time, however long it is
 * and whatever runs and pauses lie in it.
 */
#pragma once

#include "columns.h"
#include "intervals.h"

G_BEGIN_DECLS

typedef struct
{
  double   requests;   /* NaN: nothing is known */
  double   failures;
  double   sum;        /* ms: of all response times; NaN: not known */
  double   timed;      /* requests in the time that the duration is of */
  double   duration;   /* s in which blocks were written; 0: no rate can be told */
  gboolean is_partial; /* of some of the time nothing is known */
} ScopeTotals;

#define SCOPE_TOTALS_UNKNOWN ((ScopeTotals){ .requests = NAN, .failures = NAN, .sum = NAN })

ScopeTotals scope_totals_compute (const ScopeColumns   *columns,
                                  const ScopeIntervals *intervals,
                                  const ScopeStretch   *stretches,
                                  guint                 n_stretches,
                                  guint                 first,
                                  guint                 end);

/* ms; NaN where there was no request. */
static inline double
scope_totals_get_average (const ScopeTotals *self)
{
  return self->requests > 0 ? self->sum / self->requests : NAN;
}

/* Requests a second; NaN where no time is known. */
static inline double
scope_totals_get_rate (const ScopeTotals *self)
{
  return self->duration > 0 ? self->timed / self->duration : NAN;
}

/* Of the requests, in per cent; NaN where there was none. */
static inline double
scope_totals_get_failure_share (const ScopeTotals *self)
{
  return self->requests > 0 ? fmin (100 * self->failures / self->requests, 100) : NAN;
}

G_END_DECLS
