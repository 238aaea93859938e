/* limits-survey.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "limits-survey.h"

/**
 * scope_limits_survey_init:
 * @self: uninitialised storage
 * @limits: must not change while it is gone through
 */
void
scope_limits_survey_init (ScopeLimitsSurvey *self,
                          ScopeLimits       *limits)
{
  guint n = scope_limits_get_n_statistics (limits);

  *self = (ScopeLimitsSurvey){
    .limits = limits,
    .findings = g_array_sized_new (FALSE, TRUE, sizeof (ScopeLimitsFinding), n),
  };
  for (guint i = 0; i < n; i++)
    {
      ScopeLimitsFinding finding = { .statistic = scope_limits_get_statistic (limits, i) };

      g_array_append_val (self->findings, finding);
    }
}

void
scope_limits_survey_clear (ScopeLimitsSurvey *self)
{
  g_clear_pointer (&self->findings, g_array_unref);
}

static void
add (ScopeLimitsFinding *self,
     guint               position,
     const ScopeExcess  *excess,
     double              bound)
{
  self->n_checked += excess->n_values > 0;
  if (excess->n_above == 0)
    return;
  if (self->n_exceeded == 0 || excess->first < self->block)
    {
      self->position = position;
      self->block = excess->first;
    }
  self->is_one_bound = self->n_exceeded == 0 || (self->is_one_bound && bound == self->bound);
  self->bound = bound;
  self->n_exceeded++;
  self->n_above += excess->is_above;
}

/**
 * scope_limits_survey_go_on:
 * @self: a survey
 * @until_us: monotonic time at which to pause; G_MAXINT64 for never
 *
 * Returns: whether all endpoints were asked
 */
gboolean
scope_limits_survey_go_on (ScopeLimitsSurvey *self,
                           gint64             until_us)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (scope_limits_get_history (self->limits)));

  if (self->findings->len == 0)
    return TRUE;
  while (self->next < n)
    {
      guint position = self->next++;

      for (guint i = 0; i < self->findings->len; i++)
        {
          ScopeLimitsFinding *finding = &g_array_index (self->findings, ScopeLimitsFinding, i);
          ScopeExcess         excess;
          const ScopeLimit   *limit =
            scope_limits_check (self->limits, position, finding->statistic, &excess);

          if (limit != NULL)
            add (finding, position, &excess, limit->value);
        }
      if (until_us != G_MAXINT64 && g_get_monotonic_time () >= until_us)
        break;
    }
  return self->next >= n;
}
