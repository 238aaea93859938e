/* uprights.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A curve with several samples in each pixel column: from the lowest to the
 * highest of each, and nothing between the columns.
 */
#pragma once

#include "envelope.h"
#include "raster.h"

G_BEGIN_DECLS

/* From values to rows of a raster, from bins' columns to its own. */
typedef struct
{
  double rows_a_value;
  double row_of_zero;
  int    first_column; /* of the bins: the raster's first */
  float  dot_radius;   /* pixels: of a sample without neighbours */
} ScopeUprightsPlace;

/* What was gathered of a line. */
typedef struct
{
  ScopeUprights uprights;
  int           first; /* column that has samples: counted from the left margin's first */
  int           end;
  guint         n_drawn; /* curves in front, since the raster was begun */
} ScopeUprightsRun;

void     scope_uprights_init (ScopeUprightsRun         *self);
gboolean scope_uprights_suit (const GArray             *bins,
                              guint                     n_curves);
void     scope_uprights_draw (ScopeUprightsRun         *self,
                              ScopeRaster              *raster,
                              const GArray             *bins,
                              guint                     from,
                              guint                     to,
                              const ScopeSeries        *series,
                              const ScopeUprightsPlace *place,
                              const ScopeStroke        *stroke);

G_END_DECLS
