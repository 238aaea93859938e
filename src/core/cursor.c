/* cursor.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It keeps a time and not a block: blocks of a summary come and go.
 */
#include "cursor.h"

#include <math.h>

struct _ScopeCursor
{
  GObject  parent_instance;

  double   time;   /* s since the epoch; NaN: there is none */
  double   other;  /* s since the epoch: the other end of a span; NaN: there is none */
  gboolean pinned;
  ScopeEndpoint *endpoint; /* owned: that stands out; NULL: none */
};

enum
{
  MOVED,
  HIGHLIGHTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeCursor, scope_cursor, G_TYPE_OBJECT)

static void
scope_cursor_dispose (GObject *object)
{
  g_clear_object (&SCOPE_CURSOR (object)->endpoint);
  G_OBJECT_CLASS (scope_cursor_parent_class)->dispose (object);
}

static void
scope_cursor_class_init (ScopeCursorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_cursor_dispose;

  /**
   * ScopeCursor::moved:
   *
   * It is at another time, gone, pinned or let go.
   */
  signals[MOVED] = g_signal_new ("moved", SCOPE_TYPE_CURSOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  /**
   * ScopeCursor::highlighted:
   *
   * Another endpoint stands out, or none.
   */
  signals[HIGHLIGHTED] = g_signal_new ("highlighted", SCOPE_TYPE_CURSOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_cursor_init (ScopeCursor *self)
{
  self->time = NAN;
  self->other = NAN;
}

static gboolean
is_same (double a,
         double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
move (ScopeCursor *self,
      double       time,
      double       other,
      gboolean     pinned)
{
  if (is_same (time, self->time) && is_same (other, self->other) && pinned == self->pinned)
    return;
  self->time = time;
  self->other = other;
  self->pinned = pinned;
  g_signal_emit (self, signals[MOVED], 0);
}

/* Returns: (transfer full): a cursor that is nowhere. */
ScopeCursor *
scope_cursor_new (void)
{
  return g_object_new (SCOPE_TYPE_CURSOR, NULL);
}

/**
 * scope_cursor_get_time:
 * @self: the cursor
 * @time: (out): seconds since the epoch
 *
 * Returns: whether it is anywhere
 */
gboolean
scope_cursor_get_time (ScopeCursor *self,
                       double      *time)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  *time = self->time;
  return !isnan (self->time);
}

gboolean
scope_cursor_get_pinned (ScopeCursor *self)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  return self->pinned;
}

/* The pointer is at @time, in seconds since the epoch: one that is pinned stays. */
void
scope_cursor_point (ScopeCursor *self,
                    double       time)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  if (!self->pinned)
    move (self, time, NAN, FALSE);
}

/* The pointer is nowhere: one that is pinned stays. */
void
scope_cursor_leave (ScopeCursor *self)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  if (!self->pinned)
    move (self, NAN, NAN, FALSE);
}

/* Stays at @time, in seconds since the epoch; the other end of a span stays where
 * it is. */
void
scope_cursor_pin (ScopeCursor *self,
                  double       time)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  g_return_if_fail (!isnan (time));
  move (self, time, self->other, TRUE);
}

/**
 * scope_cursor_pin_other:
 * @self: a cursor that is pinned
 * @time: seconds since the epoch
 *
 * Stays at @time too: what lies between is looked at, from where it was pinned
 * first to where it was pinned last.
 */
void
scope_cursor_pin_other (ScopeCursor *self,
                        double       time)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  g_return_if_fail (!isnan (time));

  if (!self->pinned)
    move (self, time, NAN, TRUE);
  else
    move (self, time, isnan (self->other) ? self->time : self->other, TRUE);
}

/**
 * scope_cursor_get_other:
 * @self: the cursor
 * @time: (out): seconds since the epoch: where it was pinned first
 *
 * Returns: whether it is pinned at two instants
 */
gboolean
scope_cursor_get_other (ScopeCursor *self,
                        double      *time)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  *time = self->other;
  return !isnan (self->other);
}

/**
 * scope_cursor_get_span:
 * @self: the cursor
 * @start: (out): seconds since the epoch
 * @end: (out): seconds since the epoch, later than @start
 *
 * Returns: whether it is pinned at two instants that are not the same
 */
gboolean
scope_cursor_get_span (ScopeCursor *self,
                       double      *start,
                       double      *end)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), FALSE);
  *start = MIN (self->time, self->other);
  *end = MAX (self->time, self->other);
  return !isnan (self->other) && *start < *end;
}

/* Is nowhere, and not pinned any more. */
void
scope_cursor_clear (ScopeCursor *self)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  move (self, NAN, NAN, FALSE);
}

/* Makes @endpoint (nullable) stand out among all. */
void
scope_cursor_set_endpoint (ScopeCursor   *self,
                           ScopeEndpoint *endpoint)
{
  g_return_if_fail (SCOPE_IS_CURSOR (self));
  if (g_set_object (&self->endpoint, endpoint))
    g_signal_emit (self, signals[HIGHLIGHTED], 0);
}

/* Returns: (transfer none) (nullable): the endpoint that stands out. */
ScopeEndpoint *
scope_cursor_get_endpoint (ScopeCursor *self)
{
  g_return_val_if_fail (SCOPE_IS_CURSOR (self), NULL);
  return self->endpoint;
}
