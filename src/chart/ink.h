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
#include "raster.h"

G_BEGIN_DECLS

#define SCOPE_INK_WIDTH_PX 1.5

typedef struct
{
  cairo_t    *cr;       /* borrowed */
  gboolean    is_image;
  ScopeRaster raster;   /* of an image surface */
  double      scale;    /* device pixels a px */
  double      shift_x;  /* device pixels */
  double      shift_y;
  GArray     *vertices; /* owned ScopeVertex: scratch */
} ScopeInk;

void scope_ink_begin (ScopeInk         *self,
                      cairo_t          *cr,
                      double            x,
                      double            y,
                      double            width,
                      double            height);
void scope_ink_curve (ScopeInk         *self,
                      const GArray     *points,
                      const ScopeScale *y,
                      const ScopePen   *pen);
void scope_ink_end   (ScopeInk         *self);

G_END_DECLS
