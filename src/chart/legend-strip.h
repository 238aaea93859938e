/* legend-strip.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend of a picture that stands alone: a sample of each line with its
 * name and numbers, in columns, and above them when the numbers are of.
 */
#pragma once

#include "baseline.h"
#include "text.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeHistory  *history;  /* borrowed */
  ScopeBaseline *baseline; /* borrowed (nullable): what is compared with */
  const GArray  *curves;   /* borrowed guint: positions */
  double         start;    /* s since the epoch: of what both runs have in sight; NaN: nothing */
  double         end;
  guint          block;    /* the last one in sight */
  char          *caption;  /* owned (nullable): when the numbers are of; without it there are none */
} ScopeLegendStrip;

void   scope_legend_strip_init   (ScopeLegendStrip *self,
                                  ScopeHistory     *history,
                                  ScopeBaseline    *baseline,
                                  const GArray     *curves,
                                  double            start,
                                  double            end,
                                  double            origin);
void   scope_legend_strip_clear  (ScopeLegendStrip *self);
char  *scope_legend_strip_format_numbers (const ScopeLegendStrip *self,
                                  guint             position);
double scope_legend_strip_height (const ScopeLegendStrip *self,
                                  double            width,
                                  double            max_height,
                                  ScopeText        *text);
void   scope_legend_strip_draw   (const ScopeLegendStrip *self,
                                  cairo_t          *cr,
                                  ScopeText        *text,
                                  const ScopeTheme *theme,
                                  double            left,
                                  double            top,
                                  double            width,
                                  double            height);

G_END_DECLS
