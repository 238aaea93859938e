/* legend.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of endpoints beside the charts: switches, line samples, names
 * and latest numbers.
 */
#pragma once

#include "baseline.h"
#include "cursor.h"
#include "history.h"
#include "scope-limits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LEGEND (scope_legend_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLegend, scope_legend, SCOPE, LEGEND, GtkWidget)

/* Returns: (transfer full): a time, in seconds since the epoch, as the charts say it. */
typedef char *(*ScopeLegendFormatTime) (gpointer data,
                                        double   time);

void scope_legend_set_format_time (ScopeLegend           *self,
                                   ScopeLegendFormatTime  format_time,
                                   gpointer               data);
void scope_legend_set_history (ScopeLegend  *self,
                               ScopeHistory *history,
                               ScopeCursor  *cursor);
void scope_legend_set_limits  (ScopeLegend   *self,
                               ScopeLimits   *limits);
void scope_legend_set_baseline (ScopeLegend   *self,
                                ScopeBaseline *baseline);
void scope_legend_set_room    (ScopeLegend  *self,
                               int           width);
ScopeEndpoint *scope_legend_get_focused (ScopeLegend *self);
void        scope_legend_sort_as       (ScopeLegend *self,
                                        const char  *column,
                                        gboolean     descending);
const char *scope_legend_get_sorted_by (ScopeLegend *self);
gboolean    scope_legend_get_descending (ScopeLegend *self);
void scope_legend_focus_rows  (ScopeLegend  *self);
void scope_legend_search      (ScopeLegend  *self);

G_END_DECLS
