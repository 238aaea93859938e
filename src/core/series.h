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

/* Values of which the lowest and the highest are known. */
#define SCOPE_SERIES_GROUP 64

/* What is not above it is as low as this on a logarithmic scale: it has no 0. */
#define SCOPE_SERIES_LEAST 0.01

/* Of some values, or of a whole group of them and the one before it.  Lowest above
 * highest where there are only gaps. */
typedef struct
{
  float lowest;
  float highest;
} ScopeExtremes;

#define SCOPE_EXTREMES_NONE ((ScopeExtremes){ G_MAXFLOAT, -G_MAXFLOAT })

/* Value i belongs to block first + i. */
typedef struct
{
  const float         *values;   /* NaN is a gap */
  guint                first;
  guint                n;
  const ScopeExtremes *extremes; /* (nullable): of each whole group of values */
} ScopeSeries;

typedef struct _ScopeSeriesCache ScopeSeriesCache;

ScopeSeriesCache *scope_series_cache_new      (void);
void              scope_series_cache_free     (ScopeSeriesCache     *self);
void              scope_series_cache_truncate (ScopeSeriesCache     *self,
                                               guint                 n);
ScopeSeries       scope_series_cache_get      (ScopeSeriesCache     *self,
                                               ScopeStatistic        statistic,
                                               gboolean              is_log,
                                               const ScopeSchema    *schema,
                                               const ScopeColumns   *columns,
                                               const ScopeIntervals *intervals);
ScopeExtremes     scope_series_get_extremes   (const ScopeSeries    *self,
                                               guint                 from,
                                               guint                 to);
const float      *scope_series_cache_peek     (ScopeSeriesCache     *self,
                                               ScopeStatistic        statistic,
                                               guint                *n);
double            scope_series_get_highest    (const ScopeSeries    *self,
                                               guint                 from,
                                               guint                 to);

G_END_DECLS
