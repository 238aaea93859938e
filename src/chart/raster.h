/* raster.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes lines into the pixels of an image surface.  It knows pixels and
 * vertices only, and only lines that never go back in x, as curves over time
 * do not: that is why it is much faster than a general stroker.
 */
#pragma once

#include "palette.h"

G_BEGIN_DECLS

typedef struct
{
  float x, y; /* device pixels */
} ScopeVertex;

typedef struct
{
  guint32 *pixels; /* borrowed: ARGB32 or RGB24, opaque */
  int      stride; /* pixels from one row to the next */
  int      left, top, right, bottom; /* what may be painted */
  int      samples; /* places in a pixel column at which coverage is taken */
  int      n_places; /* columns × samples */
  float   *scratch; /* owned: for what follows */
  float   *low;     /* of the line, at each of those places */
  float   *high;
  float   *wide_low; /* of what the pen covers there */
  float   *wide_high;
  float   *changes; /* of what is covered, from a row of a column to the next */
} ScopeRaster;

gboolean scope_raster_init   (ScopeRaster       *self,
                              cairo_t           *cr,
                              double             x,
                              double             y,
                              double             width,
                              double             height);
void     scope_raster_clear  (ScopeRaster       *self,
                              cairo_t           *cr);
void     scope_raster_stroke (ScopeRaster       *self,
                              const ScopeVertex *vertices,
                              guint              n_vertices,
                              float              radius,
                              const ScopePen    *pen,
                              float              scale);

G_END_DECLS
