/* history-news.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the history tells what is new.  Nobody listens to each of ten thousand
 * endpoints: what they show is one signal of the history, and their latest
 * numbers are worked out for those that are looked at.
 */
#include "history-private.h"

#include <math.h>

/* The latest numbers of one endpoint, up to the end of the chosen run. */
static void
update_latest (gpointer owner,
               guint    position)
{
  ScopeHistory      *self = owner;
  ScopeHistoryEntry *entry = scope_history_get_entry (self, position);
  guint              first = entry->columns->first;
  guint              end = self->times->len;
  guint              n;
  float              response_time = NAN, throughput = NAN, failure_share = NAN;

  if (entry->latest_of == self->state)
    return;
  entry->latest_of = self->state;
  if (self->run >= 0)
    end = scope_history_get_run (self, (guint) self->run).end;
  n = end > first ? MIN (entry->columns->n_rows, end - first) : 0;
  if (n > 0)
    {
      scope_statistic_compute (scope_history_get_response_time (self), self->schema,
                               entry->columns, &self->intervals, n - 1, n, &response_time);
      scope_statistic_compute (scope_history_get_throughput (self), self->schema, entry->columns,
                               &self->intervals, n - 1, n, &throughput);
      scope_statistic_compute (SCOPE_STATISTIC (FAILURE_SHARE), self->schema, entry->columns,
                               &self->intervals, n - 1, n, &failure_share);
    }
  scope_endpoint_set_latest (entry->endpoint, response_time, throughput, failure_share);
}

static void
shown_changed (gpointer owner)
{
  ScopeHistory *self = owner;

  if (self->held_shown > 0)
    self->untold_shown = TRUE;
  else
    g_signal_emit_by_name (self, "shown");
}

/* The endpoint at that position is this history's. */
void
scope_history_own_endpoint (ScopeHistory *self,
                            guint         position)
{
  static const ScopeEndpointOwner calls = { shown_changed, update_latest };

  scope_endpoint_set_owner (scope_history_get_entry (self, position)->endpoint, &calls, self,
                            position);
}

/* No endpoint asks this history for anything any more. */
void
scope_history_disown_endpoints (ScopeHistory *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    scope_endpoint_set_owner (scope_history_get_entry (self, i)->endpoint, NULL, NULL, 0);
}

/* The latest numbers of all endpoints may be others now: whoever shows some of
 * them is told, and asks for those. */
void
scope_history_latest_changed (ScopeHistory *self)
{
  self->state++;
  self->untold_latest = FALSE;
  g_signal_emit_by_name (self, "latest");
}

/* The same by a batch, which may be kept for later. */
void
scope_history_latest_appended (ScopeHistory *self)
{
  if (self->held_samples == 0)
    {
      scope_history_latest_changed (self);
      return;
    }
  self->state++;
  self->untold_latest = TRUE;
}

/* Tells that a batch is in place, or keeps it for later. */
void
scope_history_appended (ScopeHistory *self)
{
  if (self->held_samples > 0)
    self->untold_from = MIN (self->untold_from, self->first_changed);
  else
    g_signal_emit_by_name (self, "appended", self->first_changed);
}

/**
 * scope_history_hold_samples:
 * @self: the history
 *
 * From now on batches are taken in without a word; new endpoints are told at
 * once.  Ends with as many calls of scope_history_release_samples().
 */
void
scope_history_hold_samples (ScopeHistory *self)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  self->held_samples++;
}

/* Tells at once, and as one batch, what came meanwhile. */
void
scope_history_release_samples (ScopeHistory *self)
{
  guint from;

  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (self->held_samples > 0);

  if (--self->held_samples > 0)
    return;
  from = self->untold_from;
  self->untold_from = G_MAXUINT;
  if (self->untold_latest)
    scope_history_latest_changed (self);
  if (from != G_MAXUINT)
    g_signal_emit_by_name (self, "appended", from);
}

/* Many endpoints are about to be shown or hidden: that is told once, by as many
 * calls of scope_history_release_shown(). */
void
scope_history_hold_shown (ScopeHistory *self)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  self->held_shown++;
}

void
scope_history_release_shown (ScopeHistory *self)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (self->held_shown > 0);

  if (--self->held_shown > 0 || !self->untold_shown)
    return;
  self->untold_shown = FALSE;
  g_signal_emit_by_name (self, "shown");
}
