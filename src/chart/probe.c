/* probe.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One value of each curve is looked at, and nothing is drawn.
 */
#include "probe.h"

/* Px from @y to the plot. */
static double
get_distance (const ScopePlot *plot,
              double           y)
{
  return MAX (MAX (plot->y.to - y, y - plot->y.from), 0);
}

/**
 * scope_charts_find_plot:
 * @self: the charts
 * @y: px
 *
 * Returns: the chart that @y is in, or nearest to
 */
guint
scope_charts_find_plot (const ScopeCharts *self,
                        double             y)
{
  guint nearest = 0;

  for (guint i = 1; i < self->n_plots; i++)
    if (get_distance (&self->plots[i], y) < get_distance (&self->plots[nearest], y))
      nearest = i;
  return nearest;
}

/**
 * scope_charts_find_curve:
 * @self: the charts
 * @plot: one of them
 * @block: where on the time axis
 * @y: px
 * @probe: (out): the curve that is nearest to @y there
 *
 * Returns: whether any of its curves has a value there
 */
gboolean
scope_charts_find_curve (const ScopeCharts *self,
                         guint              plot,
                         guint              block,
                         double             y,
                         ScopeProbe        *probe)
{
  const ScopePlot *chart = &self->plots[plot];
  gboolean         found = FALSE;

  for (guint i = 0; i < self->curves->len; i++)
    {
      guint       position = g_array_index (self->curves, guint, i);
      ScopeSeries series =
        scope_history_get_series (self->picture->history, position, chart->statistic);
      double      value, px;

      if (block < series.first || block - series.first >= series.n)
        continue;
      value = series.values[block - series.first];
      px = scope_plot_to_px (chart, value);
      if (isnan (value) || (found && fabs (px - y) >= fabs (probe->y - y)))
        continue;
      *probe = (ScopeProbe){ plot, position, value, px };
      found = TRUE;
    }
  return found;
}
