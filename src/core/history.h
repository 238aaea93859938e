/* history.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that is known of a load test: columns for each endpoint over a shared
 * time column, and the stretches of time that belong together.  It is a
 * GListModel of its endpoints; new samples are told by "appended", once for
 * a batch.  It does not know where its rows come from or who draws them.
 */
#pragma once

#include <gio/gio.h>

#include "blocks.h"
#include "columns.h"
#include "endpoint.h"
#include "intervals.h"
#include "series.h"
#include "totals.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_HISTORY (scope_history_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHistory, scope_history, SCOPE, HISTORY, GObject)

/* What lies between two starts of the counters. */
typedef struct
{
  guint first; /* block */
  guint end;   /* the block after the last */
} ScopeRun;

/* Up to so many endpoints all are shown by default. */
#define SCOPE_SHOWN_BY_DEFAULT 12

ScopeHistory         *scope_history_new              (void);
void                  scope_history_append           (ScopeHistory         *self,
                                                      ScopeBlocks          *blocks);
ScopeSchema          *scope_history_get_schema       (ScopeHistory         *self);
guint                 scope_history_get_n_blocks     (ScopeHistory         *self);
const double         *scope_history_get_times        (ScopeHistory         *self);
const gint64         *scope_history_get_stamps       (ScopeHistory         *self);
const guint32        *scope_history_get_users        (ScopeHistory         *self);
const ScopeStretch   *scope_history_get_stretches    (ScopeHistory         *self,
                                                      guint                *n_stretches);
gboolean              scope_history_find_block       (ScopeHistory         *self,
                                                      double                time,
                                                      guint                *block);
gboolean              scope_history_find_blocks      (ScopeHistory         *self,
                                                      double                start,
                                                      double                end,
                                                      guint                *first,
                                                      guint                *after_last);
ScopeTotals           scope_history_get_totals       (ScopeHistory         *self,
                                                      guint                 position,
                                                      guint                 first,
                                                      guint                 end);
guint                 scope_history_get_n_runs       (ScopeHistory         *self);
ScopeRun              scope_history_get_run          (ScopeHistory         *self,
                                                      guint                 run);
guint                 scope_history_find_run         (ScopeHistory         *self,
                                                      guint                 block);
gboolean              scope_history_find_first_request (ScopeHistory       *self,
                                                      guint                 run,
                                                      guint                *block);
double                scope_history_get_run_start    (ScopeHistory         *self,
                                                      guint                 run);
void                  scope_history_hold_samples     (ScopeHistory         *self);
void                  scope_history_release_samples  (ScopeHistory         *self);
void                  scope_history_hold_shown       (ScopeHistory         *self);
void                  scope_history_release_shown    (ScopeHistory         *self);
gboolean              scope_history_has_two_writers  (ScopeHistory         *self);
guint                 scope_history_get_n_endpoints  (ScopeHistory         *self);
ScopeEndpoint        *scope_history_get_endpoint     (ScopeHistory         *self,
                                                      guint                 position);
const GArray         *scope_history_get_order        (ScopeHistory         *self);
const ScopeColumns   *scope_history_get_columns      (ScopeHistory         *self,
                                                      guint                 position);
ScopeSeries           scope_history_get_series       (ScopeHistory         *self,
                                                      guint                 position,
                                                      ScopeStatistic        statistic);
ScopeSeries           scope_history_get_log_series   (ScopeHistory         *self,
                                                      guint                 position,
                                                      ScopeStatistic        statistic);
double                scope_history_get_value        (ScopeHistory         *self,
                                                      guint                 position,
                                                      ScopeStatistic        statistic,
                                                      guint                 block);
void                  scope_history_read_values      (ScopeHistory         *self,
                                                      guint                 position,
                                                      ScopeStatistic        statistic,
                                                      guint                 from,
                                                      guint                 to,
                                                      float                *values);
GArray               *scope_history_list_statistics  (ScopeHistory         *self);
void                  scope_history_set_response_time (ScopeHistory        *self,
                                                      ScopeStatistic        statistic);
ScopeStatistic        scope_history_get_response_time (ScopeHistory        *self);
void                  scope_history_set_throughput   (ScopeHistory         *self,
                                                      ScopeStatistic        statistic);
ScopeStatistic        scope_history_get_throughput   (ScopeHistory         *self);
guint                 scope_history_get_latest_block (ScopeHistory         *self);
void                  scope_history_set_latest_run   (ScopeHistory         *self,
                                                      int                   run);
void                  scope_history_set_window       (ScopeHistory         *self,
                                                      double                window);
double                scope_history_get_window       (ScopeHistory         *self);
gboolean              scope_history_uses_window      (ScopeHistory         *self,
                                                      ScopeStatistic        statistic);
gboolean              scope_history_has_statistic    (ScopeHistory         *self,
                                                      ScopeStatistic        statistic);
char                 *scope_history_dup_span         (ScopeHistory         *self,
                                                      ScopeStatistic        statistic);
guint64               scope_history_get_n_bad_rows   (ScopeHistory         *self);
const ScopeBadRow    *scope_history_get_bad_rows     (ScopeHistory         *self,
                                                      guint                *n_kept);
gboolean              scope_history_has_only_total   (ScopeHistory         *self);
guint                 scope_history_get_n_own_rows   (ScopeHistory         *self,
                                                      guint                 position);

G_END_DECLS
