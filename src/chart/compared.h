/* compared.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The curves of a baseline behind those that are compared with it: faded and
 * dashed in the same colours, moved along the time axis to where as much time
 * had passed.  Made for one drawing.
 */
#pragma once

#include "baseline.h"
#include "envelope.h"
#include "palette.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeBaseline  *baseline; /* borrowed; NULL: there is nothing to compare */
  double          offset;   /* s from its times to those of the axis */
  GArray         *curves;   /* owned ScopePair: of what is shown and it has, too */
  ScopeBlockRange range;    /* of its blocks: those that are looked at */
  ScopeScale      x;        /* from its seconds to px */
  GArray         *bins;     /* owned ScopeBin: its blocks by pixel column */
} ScopeCompared;

/* The same endpoint in both histories. */
typedef struct
{
  guint shown;
  guint position; /* in the baseline's */
} ScopePair;

/* A curve with all that it needs. */
typedef struct
{
  ScopeSeries series;
  ScopePen    pen;
} ScopeCurve;

void     scope_compared_init        (ScopeCompared       *self,
                                     ScopeBaseline       *baseline,
                                     const GArray        *shown,
                                     double               start,
                                     double               end);
void     scope_compared_place       (ScopeCompared       *self,
                                     const ScopeScale    *x,
                                     double               column,
                                     double               beside);
void     scope_compared_clear       (ScopeCompared       *self);
ScopeExtremes scope_compared_get_extremes (const ScopeCompared *self,
                                     ScopeStatistic       statistic,
                                     gboolean             is_log);
GArray  *scope_compared_get_curves  (const ScopeCompared *self,
                                     ScopeHistory        *history,
                                     ScopeStatistic       statistic,
                                     gboolean             is_log,
                                     const ScopeTheme    *theme);
gboolean scope_compared_is_same     (const ScopeCompared *a,
                                     const ScopeCompared *b);
char    *scope_compared_format_difference (double            difference);
char    *scope_compared_describe    (ScopeBaseline       *baseline);

G_END_DECLS
