/* baseline.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that another one is compared with: of a second file, or of the same.
 * Endpoints are matched on (Type, Name), and both runs lie on one time axis
 * such that their first requests came at the same time.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_BASELINE (scope_baseline_get_type ())
G_DECLARE_FINAL_TYPE (ScopeBaseline, scope_baseline, SCOPE, BASELINE, GObject)

/* Position of an endpoint that the baseline does not have. */
#define SCOPE_BASELINE_NONE G_MAXUINT

/* The run of a baseline that says most: the last one with requests. */
#define SCOPE_BASELINE_LAST_RUN (-1)

ScopeBaseline *scope_baseline_new            (ScopeHistory   *looked_at,
                                              ScopeView      *view,
                                              ScopeHistory   *history,
                                              int             run,
                                              const char     *title);
ScopeHistory  *scope_baseline_get_history    (ScopeBaseline  *self);
gboolean       scope_baseline_is_own         (ScopeBaseline  *self);
guint          scope_baseline_get_run        (ScopeBaseline  *self);
void           scope_baseline_set_run        (ScopeBaseline  *self,
                                              guint           run);
gboolean       scope_baseline_get_offset     (ScopeBaseline  *self,
                                              double         *offset);
ScopeRun       scope_baseline_get_blocks     (ScopeBaseline  *self);
guint          scope_baseline_get_position   (ScopeBaseline  *self,
                                              guint           position);
gboolean       scope_baseline_has_statistic  (ScopeBaseline  *self,
                                              ScopeStatistic  statistic);
double         scope_baseline_get_value      (ScopeBaseline  *self,
                                              guint           position,
                                              ScopeStatistic  statistic,
                                              double          time);
double         scope_baseline_get_difference (ScopeBaseline  *self,
                                              guint           position,
                                              ScopeStatistic  statistic,
                                              double          time);
gboolean       scope_baseline_get_common     (ScopeBaseline  *self,
                                              double         *start,
                                              double         *end);
double         scope_baseline_get_mean_difference (ScopeBaseline *self,
                                              guint           position,
                                              ScopeStatistic  statistic,
                                              double          start,
                                              double          end);
char          *scope_baseline_dup_name       (ScopeBaseline  *self);
char          *scope_baseline_dup_problem    (ScopeBaseline  *self);

G_END_DECLS
