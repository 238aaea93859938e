/* cursor-layer.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cursor above the charts: a line at its time, and the curve that is
 * nearest to the pointer, by name.
 */
#pragma once

#include "cursor.h"
#include "probe.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  scope_cursor_layer_snapshot (GtkWidget         *widget,
                                   GtkSnapshot       *snapshot,
                                   const ScopeCharts *charts,
                                   ScopeCursor       *cursor,
                                   double             y);
void  scope_cursor_layer_snapshot_selection (GtkSnapshot       *snapshot,
                                             const ScopeCharts *charts,
                                             double             from,
                                             double             to);
char *scope_cursor_layer_describe (const ScopeCharts *charts,
                                   ScopeCursor       *cursor,
                                   double             y);

G_END_DECLS
