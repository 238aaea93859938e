/* users-strip.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many users there were, as thin steps below the charts.
 */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

guint32 scope_users_strip_most  (ScopeHistory       *history,
                                 ScopeBlockRange     range);
double scope_users_strip_height (ScopeHistory       *history,
                                 ScopeBlockRange     range,
                                 ScopeText          *text);
double scope_users_strip_gutter (ScopeHistory       *history,
                                 ScopeBlockRange     range,
                                 ScopeText          *text);
void   scope_users_strip_draw   (ScopeHistory       *history,
                                 ScopeBlockRange     range,
                                 const GArray       *bins,
                                 cairo_t            *cr,
                                 ScopeText          *text,
                                 const ScopeTheme   *theme,
                                 const ScopeGutter  *gutter,
                                 double              top,
                                 double              height);

G_END_DECLS
