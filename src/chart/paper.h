/* paper.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of a surface that curves are drawn on: pixels, of which several
 * threads may each take some columns, or a context for paths.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  cairo_t *cr;        /* borrowed */
  double   scale;     /* device pixels a px */

  /* Of an image surface; otherwise there are no pixels. */
  guint32 *pixels;    /* borrowed: ARGB32 or RGB24, opaque; the first of the part */
  int      stride;    /* pixels from one row to the next */
  int      n_columns;
  int      n_rows;
  double   shift_x;   /* device pixels from px 0 to the first column; mostly negative */
  double   shift_y;
} ScopePaper;

void scope_paper_begin (ScopePaper *self,
                        cairo_t    *cr,
                        double      x,
                        double      y,
                        double      width,
                        double      height);
void scope_paper_end   (ScopePaper *self);

G_END_DECLS
