/* series.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One statistic of one endpoint as packed values, worked out when it is asked
 * for and kept from then on.
 */
#pragma once

#include "statistic.h"

G_BEGIN_DECLS

/* Value i belongs to block first + i. */
typedef struct
{
  const float *values; /* NaN is a gap */
  guint        first;
  guint        n;
} ScopeSeries;

typedef struct _ScopeSeriesCache ScopeSeriesCache;

ScopeSeriesCache *scope_series_cache_new      (void);
void              scope_series_cache_free     (ScopeSeriesCache     *self);
void              scope_series_cache_truncate (ScopeSeriesCache     *self,
                                               guint                 n);
ScopeSeries       scope_series_cache_get      (ScopeSeriesCache     *self,
                                               ScopeStatistic        statistic,
                                               const ScopeSchema    *schema,
                                               const ScopeColumns   *columns,
                                               const ScopeIntervals *intervals);

G_END_DECLS
