/* statistic.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be charted, and how each value comes from the columns.
 */
#pragma once

#include "columns.h"
#include "intervals.h"

G_BEGIN_DECLS

typedef struct _ScopeStatistic ScopeStatistic;

struct _ScopeStatistic
{
  const char *id;    /* as on the command line */
  const char *title; /* to be translated, with the unit: heads the chart */
  const char *span;  /* to be translated, %g is the window in s; what a value covers */

  /* Writes one value for each row in [from, to) of @columns; NaN is a gap. */
  void      (*compute) (const ScopeColumns   *columns,
                        const ScopeIntervals *intervals,
                        guint                 from,
                        guint                 to,
                        float                *values);
};

extern const ScopeStatistic SCOPE_STATISTIC_AVERAGE;
extern const ScopeStatistic SCOPE_STATISTIC_REQUEST_RATE;

char *scope_statistic_describe (const ScopeStatistic *self,
                                double                window);

G_END_DECLS
