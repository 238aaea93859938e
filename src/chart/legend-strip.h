/* legend-strip.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend of a picture that stands alone: a sample of each line with its
 * name and latest numbers, in columns.
 */
#pragma once

#include "baseline.h"
#include "text.h"

G_BEGIN_DECLS

double scope_legend_strip_height (ScopeBaseline    *baseline,
                                  guint             n_entries,
                                  double            width,
                                  double            max_height,
                                  ScopeText        *text);
void   scope_legend_strip_draw   (ScopeHistory     *history,
                                  ScopeBaseline    *baseline,
                                  const GArray     *curves,
                                  cairo_t          *cr,
                                  ScopeText        *text,
                                  const ScopeTheme *theme,
                                  double            left,
                                  double            top,
                                  double            width,
                                  double            height);

G_END_DECLS
