/* strips.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture as render nodes side by side.  Those that have not changed are the
 * ones that GTK has on the screen already, which it need not draw again.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *nodes;  /* owned GskRenderNode, from left to right */
  int        width;  /* px */
  int        height;
  int        scale;  /* device pixels a px */
} ScopeStrips;

void scope_strips_init     (ScopeStrips     *self);
void scope_strips_clear    (ScopeStrips     *self);
void scope_strips_take     (ScopeStrips     *self,
                            cairo_surface_t *surface,
                            int              width,
                            int              height,
                            int              scale,
                            double           changed_from);
void scope_strips_snapshot (ScopeStrips     *self,
                            GtkSnapshot     *snapshot);

G_END_DECLS
