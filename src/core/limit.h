/* limit.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a statistic should not exceed: of all endpoints, of those that a pattern
 * fits, or of one.
 */
#pragma once

#include "endpoint.h"
#include "statistic.h"

G_BEGIN_DECLS

/* From the least to the most specific: of several limits of one statistic the
 * most specific one holds. */
typedef enum
{
  SCOPE_LIMIT_NONE,     /* it does not fit */
  SCOPE_LIMIT_ALL,
  SCOPE_LIMIT_PATTERN,
  SCOPE_LIMIT_ENDPOINT,
} ScopeLimitReach;

typedef struct
{
  ScopeStatistic statistic;
  double         value;   /* ms, per cent or failures a second, as the statistic is */
  char          *pattern; /* owned (nullable): bytes */
  char          *type;    /* owned (nullable): of one endpoint, ... */
  char          *name;    /* owned (nullable): ... as is this */
} ScopeLimit;

gboolean        scope_limit_can_be       (ScopeStatistic    statistic);
ScopeLimit     *scope_limit_new          (ScopeStatistic    statistic,
                                          double            value);
ScopeLimit     *scope_limit_new_endpoint (ScopeStatistic    statistic,
                                          double            value,
                                          const char       *type,
                                          const char       *name);
ScopeLimit     *scope_limit_parse        (const char       *text,
                                          GError          **error);
ScopeLimit     *scope_limit_copy         (const ScopeLimit *self);
void            scope_limit_free         (ScopeLimit       *self);
gboolean        scope_limit_equal        (const ScopeLimit *self,
                                          const ScopeLimit *other);
ScopeLimitReach scope_limit_get_reach    (const ScopeLimit *self);
ScopeLimitReach scope_limit_fits         (const ScopeLimit *self,
                                          ScopeEndpoint    *endpoint,
                                          gboolean          total_too);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeLimit, scope_limit_free)

G_END_DECLS
