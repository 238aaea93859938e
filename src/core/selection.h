/* selection.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which endpoints are shown: by default, by pattern, all, none, the others.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

void     scope_selection_propose       (ScopeHistory      *history);
void     scope_selection_settle        (ScopeHistory      *history);
void     scope_selection_keep          (ScopeHistory      *history);
void     scope_selection_show_all      (ScopeHistory      *history,
                                        gboolean           visible);
void     scope_selection_invert        (ScopeHistory      *history);
void     scope_selection_show_listed   (ScopeHistory      *history,
                                        GListModel        *listed,
                                        gboolean           visible);
void     scope_selection_invert_listed (ScopeHistory      *history,
                                        GListModel        *listed);
gboolean scope_selection_fits          (ScopeEndpoint     *endpoint,
                                        const char        *pattern);
gboolean scope_selection_match         (ScopeHistory      *history,
                                        const char *const *patterns,
                                        const char       **unmatched);
guint    scope_selection_count         (ScopeHistory      *history);
GArray  *scope_selection_list          (ScopeHistory      *history);

gboolean scope_selection_is_only        (ScopeHistory       *history,
                                         GListModel         *listed);
void     scope_selection_toggle_only    (ScopeHistory       *history,
                                         GListModel         *listed,
                                         GHashTable         *before);
void     scope_selection_show_range     (ScopeHistory       *history,
                                         GListModel         *listed,
                                         guint               from,
                                         guint               to,
                                         gboolean            visible);

G_END_DECLS
