/* probe.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which curve is nearest to a place in the charts.
 */
#pragma once

#include "charts.h"

G_BEGIN_DECLS

typedef struct
{
  guint  plot;     /* of the charts, from the top */
  guint  position; /* of the endpoint in the history */
  double value;
  double y;        /* px */
} ScopeProbe;

guint    scope_charts_find_plot  (const ScopeCharts *self,
                                  double             y);
gboolean scope_charts_find_curve (const ScopeCharts *self,
                                  guint              plot,
                                  guint              block,
                                  double             y,
                                  ScopeProbe        *probe);

G_END_DECLS
