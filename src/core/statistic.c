/* statistic.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust writes counters and means since the start of a test.  What happened
 * in a window is the difference between its two ends:
 *
 *   average response time = (n2·a2 - n1·a1) / (n2 - n1)
 *   throughput            = (n2 - n1) / (t2 - t1)
 *
 * with n = Total Request Count and a = Total Average Response Time.  An
 * endpoint that has had no row in the run counts as (0, 0) there; one whose
 * row could not be read has no value.
 */
#include "statistic.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The counters at the block where the interval begins; the sum is NaN where
 * they are not known. */
typedef struct
{
  guint64 count;
  double  sum;
} Base;

static inline Base
get_base (const ScopeColumns *columns,
          gint32              base)
{
  Base zero = { 0, 0.0 };
  guint row;

  if (base < 0 || (guint) base < columns->first)
    return zero;
  row = base - columns->first;
  if (isnan (columns->sum[row]) && columns->count[row] == 0)
    return zero;
  return (Base){ columns->count[row], columns->sum[row] };
}

static void
compute_average (const ScopeColumns   *columns,
                 const ScopeIntervals *intervals,
                 guint                 from,
                 guint                 to,
                 float                *values)
{
  for (guint i = from; i < to; i++)
    {
      gint32 b = intervals->base[columns->first + i];
      Base   base = get_base (columns, b);
      gint64 n = (gint64) (columns->count[i] - base.count);

      if (b == SCOPE_BASE_NONE || n <= 0 || isnan (columns->sum[i] - base.sum))
        values[i - from] = NAN;
      else
        values[i - from] = (float) fmax (0, (columns->sum[i] - base.sum) / n);
    }
}

static void
compute_request_rate (const ScopeColumns   *columns,
                      const ScopeIntervals *intervals,
                      guint                 from,
                      guint                 to,
                      float                *values)
{
  for (guint i = from; i < to; i++)
    {
      gint32 b = intervals->base[columns->first + i];
      Base   base = get_base (columns, b);
      float  duration = intervals->duration[columns->first + i];
      gint64 n = (gint64) (columns->count[i] - base.count);

      if (b == SCOPE_BASE_NONE || duration <= 0 || n < 0 || isnan (columns->sum[i] - base.sum))
        values[i - from] = NAN;
      else
        values[i - from] = n / duration;
    }
}

const ScopeStatistic SCOPE_STATISTIC_AVERAGE = {
  .id = "average",
  .title = N_("Response time (ms)"),
  .span = N_("average over %g s"),
  .compute = compute_average,
};

const ScopeStatistic SCOPE_STATISTIC_REQUEST_RATE = {
  .id = "requests",
  .title = N_("Requests/s"),
  .span = N_("counted over %g s"),
  .compute = compute_request_rate,
};

/**
 * scope_statistic_describe:
 * @self: a statistic
 * @window: the averaging window in seconds
 *
 * Returns: (transfer full): what a value covers, translated
 */
char *
scope_statistic_describe (const ScopeStatistic *self,
                          double                window)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(self->span), window);
#pragma GCC diagnostic pop
}
