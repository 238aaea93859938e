/* view.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The range is worked out when it is asked for; only a fixed one is stored.
 */
#include "view.h"

/* So that a chart of one block has a time axis. */
#define SHORTEST_S 10.0

struct _ScopeView
{
  GObject       parent_instance;

  ScopeHistory *history; /* owned */
  int           run;     /* counted from 0; -1: all */
  gboolean      fixed;
  double        start;   /* s since the epoch, of a fixed view */
  double        end;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeView, scope_view, G_TYPE_OBJECT)

static void
appended_cb (ScopeView *self)
{
  if (!self->fixed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
scope_view_dispose (GObject *object)
{
  ScopeView *self = SCOPE_VIEW (object);

  g_clear_object (&self->history);
  G_OBJECT_CLASS (scope_view_parent_class)->dispose (object);
}

static void
scope_view_class_init (ScopeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_view_dispose;

  /**
   * ScopeView::changed:
   *
   * Another stretch of time is looked at.
   */
  signals[CHANGED] = g_signal_new ("changed", SCOPE_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
scope_view_init (ScopeView *self)
{
  self->run = -1;
}

/**
 * scope_view_new:
 * @history: what is looked at
 *
 * Returns: (transfer full): a view that follows the whole history
 */
ScopeView *
scope_view_new (ScopeHistory *history)
{
  ScopeView *self = g_object_new (SCOPE_TYPE_VIEW, NULL);

  self->history = g_object_ref (history);
  g_signal_connect_object (history, "appended", G_CALLBACK (appended_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static ScopeRun
get_blocks (ScopeView *self)
{
  if (self->run >= 0 && (guint) self->run < scope_history_get_n_runs (self->history))
    return scope_history_get_run (self->history, (guint) self->run);
  return (ScopeRun){ .first = 0, .end = scope_history_get_n_blocks (self->history) };
}

/**
 * scope_view_get_range:
 * @self: the view
 * @start: (out): seconds since the epoch
 * @end: (out): seconds since the epoch, later than @start
 */
void
scope_view_get_range (ScopeView *self,
                      double    *start,
                      double    *end)
{
  ScopeRun      run;
  const double *times;

  g_return_if_fail (SCOPE_IS_VIEW (self));

  run = get_blocks (self);
  times = scope_history_get_times (self->history);
  if (self->fixed)
    {
      *start = self->start;
      *end = self->end;
    }
  else
    {
      *start = run.end > run.first ? times[run.first] : 0;
      *end = run.end > run.first ? MAX (times[run.end - 1], *start + SHORTEST_S)
                                 : *start + SHORTEST_S;
    }
}

gboolean
scope_view_get_fixed (ScopeView *self)
{
  g_return_val_if_fail (SCOPE_IS_VIEW (self), FALSE);
  return self->fixed;
}

/* Looks at [start, end], in seconds since the epoch, whatever arrives. */
void
scope_view_set_fixed (ScopeView *self,
                      double     start,
                      double     end)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));
  g_return_if_fail (start < end);

  if (self->fixed && self->start == start && self->end == end)
    return;
  self->fixed = TRUE;
  self->start = start;
  self->end = end;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Looks at the whole history as it grows. */
void
scope_view_follow (ScopeView *self)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));

  if (!self->fixed)
    return;
  self->fixed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_view_set_run:
 * @self: the view
 * @run: counted from 0; -1 for all
 *
 * Looks at one run of the counters.
 */
void
scope_view_set_run (ScopeView *self,
                    int        run)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));

  if (self->run == run)
    return;
  self->run = run;
  self->fixed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The run that is looked at, counted from 0; -1 for all. */
int
scope_view_get_run (ScopeView *self)
{
  g_return_val_if_fail (SCOPE_IS_VIEW (self), -1);
  return self->run;
}
