/* charts.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts one below the other on a shared time axis: first where all of it
 * stands, then the paint.  Made for one drawing.
 */
#pragma once

#include "compared.h"
#include "limit-lines.h"
#include "picture.h"
#include "plot.h"

G_BEGIN_DECLS

#define SCOPE_MAX_PLOTS 3

/* Px between the charts and the edges of a picture without a heading. */
#define SCOPE_PICTURE_EDGE_PX 10

typedef struct
{
  const ScopePicture *picture; /* borrowed */
  const ScopeTheme   *theme;   /* borrowed */
  GArray             *curves;  /* owned guint: positions in the history */
  ScopePlot           plots[SCOPE_MAX_PLOTS];
  ScopeLimitLines     limits[SCOPE_MAX_PLOTS]; /* of each plot */
  guint               n_plots;
  ScopeGutter         gutter;
  ScopeScale          x;       /* from seconds to px */
  ScopeBlockRange     range;   /* blocks that are looked at */
  double              origin;  /* s since the epoch: where elapsed times begin; NaN: a clock's */
  GArray             *ticks;   /* owned ScopeTick: of the time axis */
  GArray             *bins;    /* owned ScopeBin: blocks by pixel column */
  ScopeCompared       compared; /* the baseline, behind the curves */
  char               *note;    /* owned (nullable): at the right of the first title */
  guint32             most_users; /* at once */
  double              users_top; /* px: of the strip of users */
  double              users_height; /* px; 0: there is none */
  double              labels_top; /* px: of the time axis' labels */
} ScopeCharts;

void scope_charts_init        (ScopeCharts        *self,
                               const ScopePicture *picture,
                               GArray             *curves,
                               ScopeText          *text,
                               double              width,
                               double              top,
                               double              bottom);
void scope_charts_clear       (ScopeCharts        *self);
void scope_charts_draw        (ScopeCharts        *self,
                               cairo_t            *cr,
                               ScopeText          *text);
void scope_charts_draw_grid   (const ScopeCharts  *self,
                               cairo_t            *cr,
                               ScopeText          *text);
void scope_charts_draw_curves (ScopeCharts        *self,
                               cairo_t            *cr,
                               int                 first);
void scope_charts_draw_limits (const ScopeCharts  *self,
                               cairo_t            *cr);
void scope_charts_draw_users  (const ScopeCharts  *self,
                               cairo_t            *cr,
                               ScopeText          *text);
char *scope_charts_format_origin (double             origin,
                                  gboolean           with_day,
                                  GTimeZone         *zone);
char *scope_charts_format_time   (const ScopeCharts *self,
                                  double             time);
void scope_charts_draw_times  (const ScopeCharts  *self,
                               cairo_t            *cr,
                               ScopeText          *text);

G_END_DECLS
