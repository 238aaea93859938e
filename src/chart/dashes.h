/* dashes.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dashes and gaps of a curve.  They are counted along x: so they move with the
 * curve when it is scrolled, and each part of a picture knows its own without
 * the others.
 */
#pragma once

#include "palette.h"
#include "raster.h"

G_BEGIN_DECLS

double   scope_dashes_get_period (const double      *lengths,
                                  int                n);
gboolean scope_dashes_is_gap     (const double      *lengths,
                                  int                n,
                                  double             at);
/* Px up or down for each to the right. */
#define SCOPE_DASHES_STEEP 3

gboolean scope_dashes_is_jump    (const double      *lengths,
                                  int                n,
                                  double             width,
                                  double             height);
void     scope_dashes_add_path   (cairo_t           *cr,
                                  const ScopeVertex *vertices,
                                  guint              n_vertices,
                                  const ScopePen    *pen,
                                  double             phase);

G_END_DECLS
