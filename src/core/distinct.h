/* distinct.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tells a name from the others: where there is no room for
 * "/catalogue/region-019/items/[id]", its end and its beginning are as those of
 * hundreds.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* Whether there is room for @text. */
typedef gboolean (*ScopeDistinctFits) (const char *text,
                                       gpointer    data);

GPtrArray *scope_distinct_list      (ScopeHistory      *history,
                                     ScopeEndpoint     *endpoint,
                                     gboolean           with_type);
char      *scope_distinct_fit       (ScopeHistory      *history,
                                     ScopeEndpoint     *endpoint,
                                     ScopeDistinctFits  fits,
                                     gpointer           data);
gboolean   scope_distinct_is_shared (ScopeHistory      *history,
                                     ScopeEndpoint     *endpoint);

G_END_DECLS
