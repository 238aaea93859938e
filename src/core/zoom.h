/* zoom.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a user does to a view: nearer and farther, to and fro, and back to what
 * was looked at before.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* s: nothing nearer is looked at */
#define SCOPE_ZOOM_SHORTEST_S 2.0

typedef struct _ScopeZoom ScopeZoom;

ScopeZoom *scope_zoom_new      (ScopeView *view);
void       scope_zoom_free     (ScopeZoom *self);
void       scope_zoom_remember (ScopeZoom *self);
void       scope_zoom_at       (ScopeZoom *self,
                                double     time,
                                double     factor);
void       scope_zoom_pan      (ScopeZoom *self,
                                double     seconds);
void       scope_zoom_to       (ScopeZoom *self,
                                double     start,
                                double     end);
void       scope_zoom_to_all   (ScopeZoom *self);
void       scope_zoom_freeze   (ScopeZoom *self,
                                gboolean   frozen);
gboolean   scope_zoom_back     (ScopeZoom *self);
gboolean   scope_zoom_forward  (ScopeZoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeZoom, scope_zoom_free)

G_END_DECLS
