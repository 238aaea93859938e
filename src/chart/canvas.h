/* canvas.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture on the screen, kept from one drawing to the next: when blocks
 * are added to what it shows, only their columns are drawn.
 */
#pragma once

#include "charts.h"

G_BEGIN_DECLS

typedef struct _ScopeCanvas ScopeCanvas;

ScopeCanvas     *scope_canvas_new        (void);
void             scope_canvas_free       (ScopeCanvas        *self);
void             scope_canvas_invalidate (ScopeCanvas        *self,
                                          guint               block);
cairo_surface_t *scope_canvas_draw       (ScopeCanvas        *self,
                                          const ScopePicture *picture,
                                          int                 width,
                                          int                 height);
const ScopeCharts *scope_canvas_get_charts (ScopeCanvas      *self);
double           scope_canvas_get_changed (ScopeCanvas       *self);
gboolean         scope_canvas_was_partly (ScopeCanvas        *self);

G_END_DECLS
