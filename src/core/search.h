/* search.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a user types to find endpoints: words, /regular expressions/,
 * method:GET, each of them with ! before it for its contrary.
 */
#pragma once

#include "endpoint.h"

G_BEGIN_DECLS

typedef struct _ScopeSearch ScopeSearch;

ScopeSearch *scope_search_new      (const char        *text,
                                    GError           **error);
void         scope_search_free     (ScopeSearch       *self);
gboolean     scope_search_is_empty (const ScopeSearch *self);
gboolean     scope_search_matches  (const ScopeSearch *self,
                                    ScopeEndpoint     *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeSearch, scope_search_free)

G_END_DECLS
