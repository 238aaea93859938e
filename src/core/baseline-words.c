/* baseline-words.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the baseline is called, and why it cannot be compared with, in words.
 */
#include "baseline-private.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full): which run it is, and of which file, translated. */
char *
scope_baseline_dup_name (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);

  if (scope_baseline_is_own (self))
    /* Translators: a start of the counters, counted from 1; within a sentence. */
    return g_strdup_printf (_("run %u"), self->run + 1);
  if (scope_history_get_n_runs (self->history) < 2)
    return g_strdup (self->title);
  /* Translators: the name of a file, and which of its runs. */
  return g_strdup_printf (_("%s, run %u"), self->title, self->run + 1);
}

/* The total counts where there is nothing else. */
static gboolean
has_counterparts (ScopeBaseline *self)
{
  guint    n = g_list_model_get_n_items (G_LIST_MODEL (self->looked_at));
  gboolean only_total = scope_history_get_n_endpoints (self->looked_at) == 0;

  for (guint i = 0; i < n; i++)
    if (scope_baseline_get_position (self, i) != SCOPE_BASELINE_NONE &&
        (only_total ||
         !scope_endpoint_get_is_total (scope_history_get_endpoint (self->looked_at, i))))
      return TRUE;
  return n == 0;
}

/* What is charted and the baseline's file does not have, or has otherwise. */
static char *
describe_statistics (ScopeBaseline *self)
{
  const ScopeStatistic charted[] = { scope_history_get_response_time (self->looked_at),
                                     scope_history_get_throughput (self->looked_at) };

  for (guint i = 0; i < G_N_ELEMENTS (charted); i++)
    {
      g_autofree char *name = scope_statistic_dup_name (charted[i]);
      g_autofree char *here = scope_history_dup_span (self->looked_at, charted[i]);
      g_autofree char *there = scope_history_dup_span (self->history, charted[i]);

      if (!scope_baseline_has_statistic (self, charted[i]))
        /* Translators: the name of a statistic, as in a list of choices. */
        return g_strdup_printf (_("Its file has no “%s”."), name);
      if (!g_str_equal (here, there))
        /* Translators: what a value covers, as in “p95 over the whole run”. */
        return g_strdup_printf (_("Its values are %s."), there);
    }
  return NULL;
}

/**
 * scope_baseline_dup_problem:
 * @self: the baseline
 *
 * Returns: (transfer full) (nullable): why nothing, or not everything, can be
 *   compared: a sentence, translated
 */
char *
scope_baseline_dup_problem (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);

  if (!self->own_start.is_known)
    return g_strdup (_("There was no request in it."));
  if (scope_baseline_is_own (self) && self->start.run == self->run)
    return g_strdup (_("It is the run that is shown."));
  if (!has_counterparts (self))
    return g_strdup (_("It has none of these endpoints."));
  return scope_baseline_is_own (self) ? NULL : describe_statistics (self);
}
