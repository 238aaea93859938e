/* means.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What counters tell is exact, of each request in the stretch; of a percentile
 * and the like there is only the mean of its values.
 */
#include "means.h"

#include <math.h>

static double
get_mean_value (const ScopeSeries *series,
                guint              first,
                guint              end)
{
  guint  from = MAX (first, series->first) - series->first;
  guint  to = MIN (end, series->first + series->n) - MIN (end, series->first);
  double sum = 0;
  guint  n = 0;

  for (guint i = from; i < to; i++)
    if (!isnan (series->values[i]))
      {
        sum += series->values[i];
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

/* What counters tell of each statistic. */
static double
get_average (const ScopeTotals *totals)
{
  return scope_totals_get_average (totals);
}

static double
get_request_rate (const ScopeTotals *totals)
{
  return scope_totals_get_rate (totals);
}

static double
get_failure_rate (const ScopeTotals *totals)
{
  return scope_totals_get_rate (totals) * totals->failures / MAX (totals->requests, 1);
}

static double
get_failure_share (const ScopeTotals *totals)
{
  return scope_totals_get_failure_share (totals);
}

/**
 * scope_history_get_mean:
 * @self: the history
 * @position: of the endpoint in the list model
 * @statistic: what is wanted
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 *
 * Averages, rates and shares are of all requests between the two: Δ(n·a)/Δn, Δn/Δt
 * and Δf/Δn.  Of what Locust wrote it is the mean of the values.
 *
 * Returns: the value, or NaN where nothing is known
 */
double
scope_history_get_mean (ScopeHistory  *self,
                        guint          position,
                        ScopeStatistic statistic,
                        double         start,
                        double         end)
{
  static double (*const from_totals[]) (const ScopeTotals *totals) = {
    [SCOPE_STATISTIC_AVERAGE] = get_average,
    [SCOPE_STATISTIC_REQUESTS] = get_request_rate,
    [SCOPE_STATISTIC_FAILURES] = get_failure_rate,
    [SCOPE_STATISTIC_FAILURE_SHARE] = get_failure_share,
  };
  ScopeSeries series;
  guint       first, after_last;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NAN);

  if (!scope_history_find_blocks (self, start, end, &first, &after_last))
    return NAN;
  if (statistic.kind < G_N_ELEMENTS (from_totals) && from_totals[statistic.kind] != NULL)
    {
      ScopeTotals totals = scope_history_get_totals (self, position, first, after_last);

      return from_totals[statistic.kind](&totals);
    }
  series = scope_history_get_series (self, position, statistic);
  return get_mean_value (&series, first, after_last);
}
