/* calm.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its clock is that of the test: a picture that is drawn late, or often, is the
 * same.
 */
#include "calm.h"

#include <math.h>

/* A time axis that moves on by more than this, in s or as a share of itself, was
 * moved by its user. */
#define MOST_STEP_S     12.0
#define MOST_STEP_SHARE 0.05

/* Whether the time axis went on with the test. */
static gboolean
goes_on (const ScopeScale *before,
         const ScopeScale *now)
{
  double most = MAX (MOST_STEP_S, MOST_STEP_SHARE * (before->high - before->low));
  double low = now->low - before->low, high = now->high - before->high;

  return low >= 0 && low <= most && high >= 0 && high <= most;
}

static double
get_last_time (const ScopeCharts *charts)
{
  ScopeHistory *history = charts->picture->history;

  return scope_history_get_times (history)[scope_history_get_n_blocks (history) - 1];
}

/**
 * scope_calm_begin:
 * @self: uninitialised storage
 * @charts: with axes that fit
 *
 * From here on they shrink calmly.
 */
void
scope_calm_begin (ScopeCalm         *self,
                  const ScopeCharts *charts)
{
  self->x = charts->x;
  for (guint i = 0; i < charts->n_plots; i++)
    {
      self->shown[i] = (ScopeSpread){ charts->plots[i].y.low, charts->plots[i].y.high };
      self->enough_since[i] = NAN;
    }
}

/* Whether this axis is to be longer than it need be. */
static gboolean
hold (ScopeSpread *shown,
      double      *enough_since,
      ScopeSpread  enough,
      double       now)
{
  gboolean is_shorter = enough.low > shown->low || enough.high < shown->high;

  if (!is_shorter)
    *enough_since = NAN;
  else if (isnan (*enough_since))
    *enough_since = now;
  if (!is_shorter || now - *enough_since >= SCOPE_CALM_S)
    {
      *shown = enough;
      *enough_since = NAN;
      return FALSE;
    }
  shown->low = MIN (shown->low, enough.low);
  shown->high = MAX (shown->high, enough.high);
  return TRUE;
}

/**
 * scope_calm_hold:
 * @self: the calm of the charts before these
 * @charts: the same with more blocks, and axes that fit
 *
 * Works out what is to be shown now.
 *
 * Returns: whether that is more than fits, on any axis
 */
gboolean
scope_calm_hold (ScopeCalm         *self,
                 const ScopeCharts *charts)
{
  gboolean any = FALSE;

  if (!goes_on (&self->x, &charts->x))
    {
      scope_calm_begin (self, charts);
      return FALSE;
    }
  self->x = charts->x;
  for (guint i = 0; i < charts->n_plots; i++)
    {
      const ScopeScale *y = &charts->plots[i].y;

      if (hold (&self->shown[i], &self->enough_since[i], (ScopeSpread){ y->low, y->high },
                get_last_time (charts)))
        any = TRUE;
    }
  return any;
}
