/* baseline.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is worked out once is where the two runs start, from which the offset
 * between them follows; it is looked at anew only where what came can have
 * changed it.  Whoever listens is told when it did.
 */
#include "baseline-private.h"

#include <math.h>

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeBaseline, scope_baseline, G_TYPE_OBJECT)

static void
scope_baseline_finalize (GObject *object)
{
  ScopeBaseline *self = SCOPE_BASELINE (object);

  g_clear_object (&self->looked_at);
  g_clear_object (&self->view);
  g_clear_object (&self->history);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_array_unref (self->positions);
  g_free (self->title);
  G_OBJECT_CLASS (scope_baseline_parent_class)->finalize (object);
}

static void
scope_baseline_class_init (ScopeBaselineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_baseline_finalize;

  /**
   * ScopeBaseline::changed:
   *
   * Its values are others, or belong to other times.
   */
  signals[CHANGED] = g_signal_new ("changed", SCOPE_TYPE_BASELINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_baseline_init (ScopeBaseline *self)
{
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->offset = NAN;
}

static ScopeBaselineStart
find_start (ScopeHistory *history,
            guint         run)
{
  ScopeBaselineStart start = { .run = run };

  start.is_known = run < scope_history_get_n_runs (history) &&
                   scope_history_find_first_request (history, run, &start.first_request);
  if (start.is_known)
    start.time = scope_history_get_run_start (history, run);
  return start;
}

/* The last run with requests: rows that are written after a test say nothing. */
static ScopeBaselineStart
find_last_start (ScopeHistory *history)
{
  for (guint run = scope_history_get_n_runs (history); run > 0; run--)
    {
      ScopeBaselineStart start = find_start (history, run - 1);

      if (start.is_known)
        return start;
    }
  return (ScopeBaselineStart){ .run = MAX (scope_history_get_n_runs (history), 1) - 1 };
}

/* The offset of the runs that are compared; tells when it is another. */
static void
update_offset (ScopeBaseline *self)
{
  double   before = self->offset;
  gboolean same = scope_baseline_is_own (self) && self->start.run == self->run;

  self->offset = self->start.is_known && self->own_start.is_known && !same
                   ? self->start.time - self->own_start.time
                   : NAN;
  if (self->offset != before && !(isnan (self->offset) && isnan (before)))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_start (ScopeBaseline *self)
{
  self->n_runs = scope_history_get_n_runs (self->looked_at);
  self->viewed = scope_view_get_run (self->view);
  if (self->viewed >= 0 && (guint) self->viewed < self->n_runs)
    self->start = find_start (self->looked_at, (guint) self->viewed);
  else
    self->start = find_last_start (self->looked_at);
}

/* Whether the start is as it was when nothing before @first_changed, a block,
 * has changed. */
static gboolean
is_settled (const ScopeBaselineStart *start,
            guint        first_changed)
{
  return start->is_known && start->first_request < first_changed;
}

static void
appended_cb (ScopeBaseline *self,
             guint          first_changed)
{
  guint n_runs = scope_history_get_n_runs (self->looked_at);
  /* Where all runs are looked at, a later one may have begun by now. */
  gboolean is_last = self->viewed >= 0 || self->start.run + 1 == n_runs;

  if (n_runs != self->n_runs || !is_settled (&self->start, first_changed) || !is_last)
    update_start (self);
  if (scope_baseline_is_own (self) && !is_settled (&self->own_start, first_changed))
    self->own_start = find_start (self->history, self->run);
  update_offset (self);
}

/* Endpoints are added, unless the file was begun anew. */
static void
items_changed_cb (ScopeBaseline *self,
                  guint          position,
                  guint          n_removed)
{
  if (n_removed == 0)
    return;
  g_array_set_size (self->positions, MIN (position, self->positions->len));
  update_start (self);
  if (scope_baseline_is_own (self))
    self->own_start = find_start (self->history, self->run);
  update_offset (self);
}

static void
looked_cb (ScopeBaseline *self)
{
  if (scope_view_get_run (self->view) == self->viewed)
    return;
  update_start (self);
  update_offset (self);
}

/* Both are averaged over the same time. */
static void
chosen_cb (ScopeBaseline *self)
{
  if (!scope_baseline_is_own (self))
    scope_history_set_window (self->history, scope_history_get_window (self->looked_at));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_baseline_new:
 * @looked_at: what is compared with it
 * @view: of that: the run that is looked at is compared, or of all runs the last
 *   one with requests
 * @history: of which the baseline is a run: of a second file, which does not
 *   change any more and which nobody else looks at, or @looked_at
 * @run: counted from 0, or SCOPE_BASELINE_LAST_RUN
 * @title: (nullable): what the second file is called
 *
 * Returns: (transfer full): the baseline; it chooses the averaging window of
 *   @history as that of @looked_at is
 */
ScopeBaseline *
scope_baseline_new (ScopeHistory *looked_at,
                    ScopeView    *view,
                    ScopeHistory *history,
                    int           run,
                    const char   *title)
{
  ScopeBaseline *self = g_object_new (SCOPE_TYPE_BASELINE, NULL);

  self->looked_at = g_object_ref (looked_at);
  self->view = g_object_ref (view);
  self->history = g_object_ref (history);
  self->title = g_strdup (title);
  g_signal_connect_object (looked_at, "appended", G_CALLBACK (appended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (looked_at, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (looked_at, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "changed", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);

  self->own_start = run < 0 ? find_last_start (history) : find_start (history, (guint) run);
  self->run = self->own_start.run;
  update_start (self);
  update_offset (self);
  chosen_cb (self);
  return self;
}

/* Returns: (transfer none): the history that the baseline is a run of. */
ScopeHistory *
scope_baseline_get_history (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);
  return self->history;
}

/* Whether it is another run of the file that is looked at. */
gboolean
scope_baseline_is_own (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  return self->history == self->looked_at;
}

/* Its run, counted from 0. */
guint
scope_baseline_get_run (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), 0);
  return self->run;
}

/* Compares with another run of the same history, counted from 0. */
void
scope_baseline_set_run (ScopeBaseline *self,
                        guint          run)
{
  g_return_if_fail (SCOPE_IS_BASELINE (self));

  if (self->run == run)
    return;
  self->run = run;
  self->own_start = find_start (self->history, run);
  update_offset (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_baseline_get_offset:
 * @self: the baseline
 * @offset: (out): seconds
 *
 * What is to be added to a time of the baseline to have the time at which as
 * much had passed since the first request of the run that is looked at.
 *
 * Returns: whether there is anything to compare: requests in both runs, and
 *   not the same run twice
 */
gboolean
scope_baseline_get_offset (ScopeBaseline *self,
                           double        *offset)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  *offset = self->offset;
  return !isnan (self->offset);
}

/* The blocks of its run, from the last one without a request on. */
ScopeRun
scope_baseline_get_blocks (ScopeBaseline *self)
{
  ScopeRun blocks;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), (ScopeRun){ 0 });

  blocks = scope_history_get_run (self->history, self->run);
  if (self->own_start.is_known && self->own_start.first_request > blocks.first)
    blocks.first = MIN (self->own_start.first_request - 1, blocks.end);
  return blocks;
}
