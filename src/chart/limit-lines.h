/* limit-lines.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limits of a chart: a dashed line at each, its number beside the axis, and
 * a tint behind the time in which any curve is above its own.
 */
#pragma once

#include "plot.h"
#include "scope-limits.h"

G_BEGIN_DECLS

typedef struct
{
  double     bound;
  ScopeColor color;  /* the endpoint's, if it holds for one only of those that are shown */
  gboolean   is_own; /* not meant for all endpoints */
} ScopeLimitLine;

typedef struct
{
  ScopeStatistic statistic;
  GArray        *bounds; /* owned float: of each curve of the chart; NaN for none */
  GArray        *lines;  /* owned ScopeLimitLine: lowest first, those for many first among equals */
  GArray        *values; /* owned double: the lines' bounds */
} ScopeLimitLines;

void     scope_limit_lines_init        (ScopeLimitLines       *self,
                                        ScopeLimits           *limits,
                                        ScopeHistory          *history,
                                        const ScopePlot       *plot,
                                        const ScopeTheme      *theme);
void     scope_limit_lines_clear       (ScopeLimitLines       *self);
gboolean scope_limit_lines_equal       (const ScopeLimitLines *self,
                                        const ScopeLimitLines *other);
char    *scope_limit_lines_dup_text    (const ScopeLimitLines *self);
double   scope_limit_lines_label_width (const ScopeLimitLines *self,
                                        const ScopePlot       *plot,
                                        ScopeText             *text);
void     scope_limit_lines_draw_tint   (const ScopeLimitLines *self,
                                        const ScopePlot       *plot,
                                        ScopeHistory          *history,
                                        ScopeEndpoint         *highlight,
                                        const GArray          *bins,
                                        cairo_t               *cr,
                                        const ScopeTheme      *theme,
                                        const ScopeGutter     *gutter);
void     scope_limit_lines_draw        (const ScopeLimitLines *self,
                                        const ScopePlot       *plot,
                                        cairo_t               *cr,
                                        const ScopeGutter     *gutter,
                                        double                 phase);
void     scope_limit_lines_draw_labels (const ScopeLimitLines *self,
                                        const ScopePlot       *plot,
                                        cairo_t               *cr,
                                        ScopeText             *text,
                                        const ScopeTheme      *theme,
                                        const ScopeGutter     *gutter);

G_END_DECLS
