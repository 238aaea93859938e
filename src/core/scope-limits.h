/* scope-limits.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limits that hold for a history, which of them holds for an endpoint, and
 * when that was exceeded.  Only what is asked for is worked out.  (The C library
 * has a limits.h already.)
 */
#pragma once

#include "excess.h"
#include "limit.h"

G_BEGIN_DECLS

/* What a row of the legend says about its endpoint. */
typedef enum
{
  SCOPE_LIMIT_KEPT,     /* or without a limit */
  SCOPE_LIMIT_EXCEEDED, /* some time, but not by the latest value */
  SCOPE_LIMIT_ABOVE,    /* by the latest value */
} ScopeLimitMark;

#define SCOPE_TYPE_LIMITS (scope_limits_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLimits, scope_limits, SCOPE, LIMITS, GObject)

ScopeLimits      *scope_limits_new            (ScopeHistory      *history);
ScopeHistory     *scope_limits_get_history    (ScopeLimits       *self);
void              scope_limits_set_run        (ScopeLimits       *self,
                                               int                run);
const GPtrArray  *scope_limits_get_list       (ScopeLimits       *self);
void              scope_limits_put            (ScopeLimits       *self,
                                               const ScopeLimit  *limit);
void              scope_limits_remove         (ScopeLimits       *self,
                                               const ScopeLimit  *limit);
const ScopeLimit *scope_limits_find_same      (ScopeLimits       *self,
                                               const ScopeLimit  *limit);
guint             scope_limits_get_n_statistics (ScopeLimits     *self);
ScopeStatistic    scope_limits_get_statistic  (ScopeLimits       *self,
                                               guint              i);
const ScopeLimit *scope_limits_find           (ScopeLimits       *self,
                                               guint              position,
                                               ScopeStatistic     statistic);
const ScopeLimit *scope_limits_check          (ScopeLimits       *self,
                                               guint              position,
                                               ScopeStatistic     statistic,
                                               ScopeExcess       *excess);
ScopeLimitMark    scope_limits_get_mark       (ScopeLimits       *self,
                                               guint              position);

G_END_DECLS
