/* history-choice.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is charted of the history: a statistic of response times, one of
 * throughput, and the window over which both are taken.
 */
#include "history-private.h"

#include <math.h>

/* Another choice. */
static void
choose (ScopeHistory *self)
{
  scope_history_latest_changed (self);
  g_signal_emit_by_name (self, "chosen");
}

/* A log has them all; these are the ones that Locust reports. */
static void
list_percentiles (ScopeHistory *self,
                  GArray       *list)
{
  static const double usual[] = { 50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100 };
  ScopeStatistic      statistic = { .kind = SCOPE_STATISTIC_PERCENTILE };

  for (guint i = 0; self->schema->has_requests && i < G_N_ELEMENTS (usual); i++)
    {
      statistic.percent = usual[i];
      g_array_append_val (list, statistic);
    }
  for (guint i = 0; i < self->schema->n_values; i++)
    {
      statistic.percent = self->schema->values[i].percent;
      if (self->schema->values[i].kind == SCOPE_VALUE_PERCENTILE)
        g_array_append_val (list, statistic);
    }
}

/* Tells the numbers at the end of @run, counted from 0, as the endpoints' latest;
 * -1 for those of the last block. */
void
scope_history_set_latest_run (ScopeHistory *self,
                              int           run)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));

  self->run = run;
  scope_history_latest_changed (self);
}

/* Returns: the block that the endpoints' latest numbers are of; 0 where there is none. */
guint
scope_history_get_latest_block (ScopeHistory *self)
{
  guint n_runs, end;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);

  n_runs = scope_history_get_n_runs (self);
  end = self->run >= 0 && (guint) self->run < n_runs
          ? scope_history_get_run (self, (guint) self->run).end
          : self->times->len;
  return end > 0 ? end - 1 : 0;
}

/**
 * scope_history_list_statistics:
 * @self: the history
 *
 * Returns: (transfer full) (element-type ScopeStatistic): the statistics of
 *   response times that the file has, then those of throughput; of a log, the
 *   usual ones
 */
GArray *
scope_history_list_statistics (ScopeHistory *self)
{
  static const ScopeStatisticKind fixed[] = {
    SCOPE_STATISTIC_MIN,      SCOPE_STATISTIC_MAX,      SCOPE_STATISTIC_TOTAL_AVERAGE,
    SCOPE_STATISTIC_REQUESTS, SCOPE_STATISTIC_FAILURES, SCOPE_STATISTIC_WRITTEN,
  };
  GArray        *list = g_array_new (FALSE, FALSE, sizeof (ScopeStatistic));
  ScopeStatistic statistic = { .kind = SCOPE_STATISTIC_AVERAGE };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), list);

  if (scope_statistic_is_available (statistic, self->schema))
    g_array_append_val (list, statistic);
  if (self->schema != NULL)
    list_percentiles (self, list);
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      statistic = (ScopeStatistic){ .kind = fixed[i] };
      if (scope_statistic_is_available (statistic, self->schema))
        g_array_append_val (list, statistic);
    }
  return list;
}

/* Charts @statistic of response times, wherever the file has it. */
void
scope_history_set_response_time (ScopeHistory  *self,
                                 ScopeStatistic statistic)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (scope_statistic_is_response_time (statistic));

  self->chose_response_time = TRUE;
  if (scope_statistic_equal (self->response_time, statistic))
    return;
  self->response_time = statistic;
  choose (self);
}

/* What is charted of response times: what was chosen, if the file has it. */
ScopeStatistic
scope_history_get_response_time (ScopeHistory *self)
{
  static const ScopeStatistic defaults[] = {
    { .kind = SCOPE_STATISTIC_AVERAGE },
    { .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 50 },
    { .kind = SCOPE_STATISTIC_TOTAL_AVERAGE },
  };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), defaults[0]);

  if (self->chose_response_time &&
      scope_statistic_is_available (self->response_time, self->schema))
    return self->response_time;
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (scope_statistic_is_available (defaults[i], self->schema))
      return defaults[i];
  return defaults[0];
}

/* Charts @statistic of throughput, wherever the file has it. */
void
scope_history_set_throughput (ScopeHistory  *self,
                              ScopeStatistic statistic)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (scope_statistic_is_throughput (statistic));

  if (scope_statistic_equal (self->throughput, statistic))
    return;
  self->throughput = statistic;
  choose (self);
}

/* What is charted of throughput: what was chosen, if the file has it. */
ScopeStatistic
scope_history_get_throughput (ScopeHistory *self)
{
  ScopeStatistic requests = { .kind = SCOPE_STATISTIC_REQUESTS };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), requests);
  return scope_statistic_is_available (self->throughput, self->schema) ? self->throughput
                                                                       : requests;
}

/**
 * scope_history_set_window:
 * @self: the history
 * @window: the averaging window in seconds; 0 is one block
 */
void
scope_history_set_window (ScopeHistory *self,
                          double        window)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (window >= 0);

  if (self->intervals.window == window)
    return;
  scope_intervals_clear (&self->intervals);
  scope_intervals_init (&self->intervals, window, self->intervals.smooth);
  scope_history_extend_intervals (self);
  for (guint i = 0; i < self->entries->len; i++)
    scope_series_cache_truncate (scope_history_get_entry (self, i)->series, 0);
  choose (self);
}

/* The averaging window in seconds; 0 is one block. */
double
scope_history_get_window (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->intervals.window;
}

/* Whether values of @statistic depend on the averaging window in this file. */
gboolean
scope_history_uses_window (ScopeHistory  *self,
                           ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);
  return scope_statistic_uses_window (statistic, self->schema);
}

/* Whether this file has @statistic. */
gboolean
scope_history_has_statistic (ScopeHistory  *self,
                             ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);
  return scope_statistic_is_available (statistic, self->schema);
}

/* Returns: (transfer full): what a value of @statistic covers in this file. */
char *
scope_history_dup_span (ScopeHistory  *self,
                        ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return scope_statistic_dup_span (statistic, self->schema, self->intervals.window,
                                   !self->percentiles_slide);
}
