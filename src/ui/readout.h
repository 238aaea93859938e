/* readout.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text above the charts, on a ground of its own.
 */
#pragma once

#include "charts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is said of a curve: "GET /cart  31 ms", and below it "baseline 28 ms, +12 %". */
typedef struct
{
  ScopeEndpoint *endpoint; /* borrowed: of the picture's history */
  const char    *value;
  const char    *below;    /* NULL: nothing */
} ScopeReadout;

GdkRGBA scope_readout_get_rgba (const ScopeColor   *color,
                                double              alpha);
void scope_readout_measure     (GtkWidget          *widget,
                                const char         *text,
                                int                *width,
                                int                *height);
void scope_readout_append      (GtkWidget          *widget,
                                GtkSnapshot        *snapshot,
                                const ScopeCharts  *charts,
                                const ScopeReadout *readout,
                                double              x,
                                double              y);
void scope_readout_append_text (GtkWidget          *widget,
                                GtkSnapshot        *snapshot,
                                const ScopeCharts  *charts,
                                const char         *text,
                                double              x,
                                double              y,
                                gboolean            centred);

G_END_DECLS
