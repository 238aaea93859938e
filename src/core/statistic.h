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

typedef enum
{
  /* of response times, in ms */
  SCOPE_STATISTIC_AVERAGE,
  SCOPE_STATISTIC_PERCENTILE,
  SCOPE_STATISTIC_MIN,
  SCOPE_STATISTIC_MAX,
  SCOPE_STATISTIC_TOTAL_AVERAGE,
  /* of throughput, a second */
  SCOPE_STATISTIC_REQUESTS,
  SCOPE_STATISTIC_FAILURES,
  SCOPE_STATISTIC_WRITTEN,
  /* of failures, in per cent */
  SCOPE_STATISTIC_FAILURE_SHARE,
} ScopeStatisticKind;

/* A plain value: two of the same kind and percentage are the same. */
typedef struct
{
  ScopeStatisticKind kind;
  double             percent; /* of a percentile, otherwise 0 */
} ScopeStatistic;

#define SCOPE_STATISTIC(name) ((ScopeStatistic){ .kind = SCOPE_STATISTIC_##name })

gboolean scope_statistic_parse            (const char           *id,
                                           ScopeStatistic       *statistic);
char    *scope_statistic_dup_id           (ScopeStatistic        self);
gboolean scope_statistic_equal            (ScopeStatistic        a,
                                           ScopeStatistic        b);
gboolean scope_statistic_is_response_time (ScopeStatistic        self);
gboolean scope_statistic_is_throughput    (ScopeStatistic        self);
gboolean scope_statistic_is_available     (ScopeStatistic        self,
                                           const ScopeSchema    *schema);
gboolean scope_statistic_uses_value       (ScopeStatistic        self,
                                           ScopeValueKind        kind);
gboolean scope_statistic_uses_window      (ScopeStatistic        self,
                                           const ScopeSchema    *schema);
char    *scope_statistic_dup_name         (ScopeStatistic        self);
char    *scope_statistic_dup_title        (ScopeStatistic        self);
char    *scope_statistic_dup_span         (ScopeStatistic        self,
                                           const ScopeSchema    *schema,
                                           double                window,
                                           gboolean              whole_run);
void     scope_statistic_compute          (ScopeStatistic        self,
                                           const ScopeSchema    *schema,
                                           const ScopeColumns   *columns,
                                           const ScopeIntervals *intervals,
                                           guint                 from,
                                           guint                 to,
                                           float                *values);
double   scope_statistic_get_value        (ScopeStatistic        self,
                                           const ScopeSchema    *schema,
                                           const ScopeColumns   *columns,
                                           const ScopeIntervals *intervals,
                                           guint                 row);

G_END_DECLS
