/* fixture.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the chart tests share: histories from recorded runs or from a few
 * lines of text, and a canvas whose pixels can be asked for.
 */
#pragma once

#include "history.h"
#include "ink.h"

#include <cairo.h>

G_BEGIN_DECLS

/* An image surface with a frame round the place to draw on, so that what is
 * painted outside is seen. */
typedef struct
{
  cairo_surface_t *surface; /* owned */
  cairo_t         *cr;      /* owned: its origin is inside the frame */
  int              width;   /* device px, without the frame */
  int              height;
  int              frame;   /* device px */
} Canvas;

typedef struct
{
  int left, top, right, bottom; /* device px; right and bottom are outside */
  int n;                        /* how many pixels */
} Extents;

ScopeHistory *fixture_parse      (const char   *csv,
                                  gssize        length);
ScopeHistory *fixture_load_run   (const char   *name);
ScopeHistory *fixture_take_blocks (const char  *name,
                                  guint         n_blocks);
guint         fixture_find       (ScopeHistory *history,
                                  const char   *type,
                                  const char   *name);
void          fixture_show_only  (ScopeHistory *history,
                                  guint         position);

void     canvas_init         (Canvas           *self,
                              int               width,
                              int               height,
                              int               frame,
                              double            scale);
void     canvas_clear        (Canvas           *self);
guint32  canvas_get          (Canvas           *self,
                              int               x,
                              int               y);
gboolean canvas_frame_intact (Canvas           *self);
Extents  canvas_find         (Canvas           *self,
                              const ScopeColor *color,
                              int               top,
                              int               bottom);
gboolean canvas_is           (Canvas           *self,
                              int               x,
                              int               y,
                              const ScopeColor *color);

/* Curves at a place of a context, in parts where they are pixels; the one in
 * front comes first there. */
typedef void (*DrawCurves) (ScopeInk *ink, gconstpointer data);

void     canvas_draw_curves  (cairo_t          *cr,
                              double            x,
                              double            y,
                              double            width,
                              double            height,
                              DrawCurves        draw,
                              gconstpointer     data);
GArray  *canvas_get_points   (const GArray     *bins,
                              const ScopeSeries *series);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Canvas, canvas_clear)

G_END_DECLS
