/* plot.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One chart: a title, a grid, axes and the curves of one statistic.  It is
 * made for one drawing and thrown away after it.
 */
#pragma once

#include "compared.h"
#include "ink.h"
#include "text.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeStatistic        statistic;
  GArray               *curves;   /* owned guint: positions in the history */
  gboolean              is_log;   /* y is of decimal logarithms */
  const GArray         *limits;   /* borrowed double (nullable): they are in sight unless they lie
                                   * far above all values */
  ScopeScale            y;
  GArray               *ticks;    /* owned ScopeTick: of the y axis */
  ScopeExtremes         beside;   /* what the y axis holds beside its curves */
  double                top;      /* px of the title */
  double                title_height;
  ScopePaper            paper;    /* while curves are drawn, as are: */
  GArray               *ready;    /* owned ScopeCurve: the curves with all that they need, ... */
  GArray               *behind;   /* owned ScopeCurve: ... and those of a baseline, ... */
  const GArray         *behind_bins; /* borrowed: ... with their pixel columns */
  double                phase;    /* px into all dashes at px 0 */
} ScopePlot;

typedef struct
{
  double left, right; /* px: of the plot, the same for all charts */
  double margin;      /* px: left edge of titles and labels */
  double end;         /* px: right edge of titles */
} ScopeGutter;

void   scope_plot_init         (ScopePlot            *self,
                                ScopeStatistic        statistic,
                                gboolean              is_log,
                                GArray               *curves);
void   scope_plot_clear        (ScopePlot            *self);
void   scope_plot_fit          (ScopePlot            *self,
                                ScopeHistory         *history,
                                ScopeBlockRange       range,
                                const ScopeSpread    *least,
                                double                top,
                                double                height,
                                ScopeText            *text);
ScopeSeries scope_plot_get_series (const ScopePlot    *self,
                                ScopeHistory         *history,
                                guint                 position);
double scope_plot_to_px        (const ScopePlot      *self,
                                double                value);
double scope_plot_label_width  (const ScopePlot      *self,
                                ScopeText            *text);
void   scope_plot_draw_title   (const ScopePlot      *self,
                                cairo_t              *cr,
                                ScopeText            *text,
                                const ScopeTheme     *theme,
                                const ScopeGutter    *gutter,
                                const char           *span,
                                const char           *limit,
                                const char           *note);
void   scope_plot_draw_labels  (const ScopePlot      *self,
                                cairo_t              *cr,
                                ScopeText            *text,
                                const ScopeTheme     *theme,
                                const ScopeGutter    *gutter);
void   scope_plot_draw_grid    (const ScopePlot      *self,
                                cairo_t              *cr,
                                const ScopeTheme     *theme,
                                const ScopeGutter    *gutter,
                                const GArray         *time_ticks);
void   scope_plot_draw_mark    (const ScopePlot      *self,
                                cairo_t              *cr,
                                ScopeText            *text,
                                const ScopeTheme     *theme,
                                const ScopeGutter    *gutter,
                                double                x,
                                const char           *label);
void   scope_plot_begin_curves (ScopePlot            *self,
                                cairo_t              *cr,
                                const ScopeTheme     *theme,
                                const ScopeGutter    *gutter,
                                const ScopeScale     *x,
                                ScopeHistory         *history,
                                const ScopeCompared  *compared,
                                ScopeEndpoint        *highlight);
void   scope_plot_draw_curves  (const ScopePlot      *self,
                                ScopeInk             *ink,
                                const GArray         *bins,
                                int                   first,
                                int                   end);
void   scope_plot_end_curves   (ScopePlot            *self);

G_END_DECLS
