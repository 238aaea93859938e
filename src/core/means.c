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
                guint              last)
{
  guint  from = MAX (first, series->first) - series->first;
  guint  end = MIN (last + 1, series->first + series->n) - MIN (last + 1, series->first);
  double sum = 0;
  guint  n = 0;

  for (guint i = from; i < end; i++)
    if (!isnan (series->values[i]))
      {
        sum += series->values[i];
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

double
scope_history_get_mean (ScopeHistory  *self,
                        guint          position,
                        ScopeStatistic statistic,
                        guint          first,
                        guint          last)
{
  ScopeSeries series = scope_history_get_series (self, position, statistic);

  return get_mean_value (&series, first, last);
}
