/* chart-widget.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows the picture of a history in a window and keeps it up to date.
 */
#pragma once

#include "cursor.h"
#include "picture.h"
#include "zoom.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_CHART_WIDGET (scope_chart_widget_get_type ())
G_DECLARE_FINAL_TYPE (ScopeChartWidget, scope_chart_widget, SCOPE, CHART_WIDGET, GtkWidget)

void         scope_chart_widget_set_history (ScopeChartWidget *self,
                                             ScopeHistory     *history,
                                             ScopeView        *view,
                                             ScopeCursor      *cursor);
void         scope_chart_widget_set_limits  (ScopeChartWidget *self,
                                             ScopeLimits      *limits);
void         scope_chart_widget_set_baseline (ScopeChartWidget *self,
                                              ScopeBaseline    *baseline);
void         scope_chart_widget_set_failures (ScopeChartWidget *self,
                                              ScopeFailures     failures);
void         scope_chart_widget_set_logarithmic (ScopeChartWidget *self,
                                                 gboolean          is_log);
void         scope_chart_widget_set_elapsed (ScopeChartWidget *self,
                                             gboolean          elapsed);
ScopePicture scope_chart_widget_get_picture (ScopeChartWidget *self);
ScopeZoom   *scope_chart_widget_get_zoom    (ScopeChartWidget *self);
void         scope_chart_widget_zoom        (ScopeChartWidget *self,
                                             double            factor);

G_END_DECLS
