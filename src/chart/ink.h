/* ink.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws envelopes as curves: as pixels on image surfaces, as paths on vector
 * surfaces, of the same vertices.
 */
#pragma once

#include "envelope.h"
#include "palette.h"
#include "paper.h"
#include "raster.h"
#include "uprights.h"

G_BEGIN_DECLS

#define SCOPE_INK_WIDTH_PX 1.5

typedef struct
{
  const ScopePaper *paper;    /* borrowed */
  guint             n_curves;
  int               first;    /* column of the paper, where the raster begins */
  double            phase;    /* px into all dashes at px 0 */
  const GArray     *bins;     /* borrowed: those last drawn in the columns of pixels, ... */
  guint             from;     /* ... the first that matters there, ... */
  guint             to;       /* ... and the one behind the last */
  ScopeRaster       raster;   /* of pixels */
  ScopeUprightsRun  run;      /* scratch */
  GArray           *points;   /* owned ScopePoint: scratch */
  GArray           *vertices; /* owned ScopeVertex: scratch */
} ScopeInk;

void scope_ink_init    (ScopeInk          *self,
                        const ScopePaper  *paper,
                        guint              n_curves,
                        double             phase);
void scope_ink_clear   (ScopeInk          *self);
void scope_ink_begin   (ScopeInk          *self,
                        int                first,
                        int                end);
void scope_ink_curve   (ScopeInk          *self,
                        const GArray      *bins,
                        const ScopeSeries *series,
                        const ScopeScale  *y,
                        const ScopePen    *pen);
void scope_ink_points  (ScopeInk          *self,
                        const GArray      *points,
                        const ScopeScale  *y,
                        const ScopePen    *pen);
void scope_ink_end     (ScopeInk          *self);

G_END_DECLS
