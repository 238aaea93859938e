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

/* Of the stretch: what a growing picture leaves free at its end, so that it need
 * not be drawn anew with each block. */
#define ROOM 0.02

/* Blocks that come this much later than the last, and by no more than this share
 * of the stretch, are those of a live test; more at once are a file's. */
#define LIVE_STEP_S     12.0
#define LIVE_STEP_SHARE 0.05

struct _ScopeView
{
  GObject       parent_instance;

  ScopeHistory *history; /* owned */
  int           run;     /* counted from 0; -1: all */
  gboolean      fixed;
  double        start;   /* s since the epoch, of a fixed view */
  double        end;
  double        window;  /* s: what is looked at while following; 0: all */
  double        last_end; /* s since the epoch: the last block that is looked at */
  double        room_end; /* s since the epoch: to there is room; 0: there is none */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeView, scope_view, G_TYPE_OBJECT)

/* Room is made when a block does not fit in any more, and given up when the
 * stretch is another. */
static void
update_room (ScopeView *self)
{
  double start, end, step;

  scope_view_get_range (self, &start, &end);
  step = end - self->last_end;
  if (end < self->last_end || step > LIVE_STEP_S || step > LIVE_STEP_SHARE * (end - start))
    self->room_end = 0;
  else if (step > 0 && end > self->room_end)
    self->room_end = end + ROOM * (end - start);
  self->last_end = end;
}

static void
appended_cb (ScopeView *self)
{
  if (self->fixed)
    return;
  update_room (self);
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
 * scope_view_get_extent:
 * @self: the view
 * @start: (out): seconds since the epoch
 * @end: (out): seconds since the epoch, later than @start
 *
 * All that could be looked at.
 */
void
scope_view_get_extent (ScopeView *self,
                       double    *start,
                       double    *end)
{
  ScopeRun      run;
  const double *times;

  g_return_if_fail (SCOPE_IS_VIEW (self));

  run = get_blocks (self);
  times = scope_history_get_times (self->history);
  *start = run.end > run.first ? times[run.first] : 0;
  *end = run.end > run.first ? MAX (times[run.end - 1], *start + SHORTEST_S) : *start + SHORTEST_S;
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
  g_return_if_fail (SCOPE_IS_VIEW (self));

  if (self->fixed)
    {
      *start = self->start;
      *end = self->end;
      return;
    }
  scope_view_get_extent (self, start, end);
  if (self->window > 0)
    *start = MAX (*start, *end - self->window);
}

/**
 * scope_view_get_roomy_range:
 * @self: the view
 * @start: (out): seconds since the epoch
 * @end: (out): seconds since the epoch, later than @start
 *
 * The range of a picture that grows: with a little room behind the last block
 * while blocks come one by one, unless it moves along with them.
 */
void
scope_view_get_roomy_range (ScopeView *self,
                            double    *start,
                            double    *end)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));

  scope_view_get_range (self, start, end);
  if (!self->fixed && (self->window <= 0 || *end - *start < self->window))
    *end = MAX (*end, self->room_end);
}

/* Gives up the room behind the last block, as when a file has been read. */
void
scope_view_drop_room (ScopeView *self)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));

  if (self->room_end == 0)
    return;
  self->room_end = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_view_set_window:
 * @self: the view
 * @seconds: how much of the end is looked at while following; 0: all
 */
void
scope_view_set_window (ScopeView *self,
                       double     seconds)
{
  g_return_if_fail (SCOPE_IS_VIEW (self));

  if (self->window == seconds)
    return;
  self->window = seconds;
  self->room_end = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Seconds of the end that are looked at while following; 0: all. */
double
scope_view_get_window (ScopeView *self)
{
  g_return_val_if_fail (SCOPE_IS_VIEW (self), 0);
  return self->fixed ? 0 : self->window;
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
  self->room_end = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The run that is looked at, counted from 0; -1 for all. */
int
scope_view_get_run (ScopeView *self)
{
  g_return_val_if_fail (SCOPE_IS_VIEW (self), -1);
  return self->run;
}
