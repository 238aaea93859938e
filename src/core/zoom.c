/* zoom.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It only sets the view, which follows the test, or does not, as it is told.
 * Nothing outside the data is looked at.
 */
#include "zoom.h"

#include <math.h>

/* Earlier stretches that are kept. */
#define MOST_STEPS 100

/* s: less is no difference */
#define LEAST_S 1e-3

typedef struct
{
  gboolean fixed;
  double   start; /* s since the epoch, of a fixed one */
  double   end;
  double   window; /* s: of one that follows */
} Stretch;

struct _ScopeZoom
{
  ScopeView *view;    /* owned */
  GArray    *before;  /* Stretch: the latest is the last */
  GArray    *after;   /* likewise: those that were gone back from */
};

/**
 * scope_zoom_new:
 * @view: the view that is set
 *
 * Returns: (transfer full): one with nothing to go back to
 */
ScopeZoom *
scope_zoom_new (ScopeView *view)
{
  ScopeZoom *self = g_new0 (ScopeZoom, 1);

  self->view = g_object_ref (view);
  self->before = g_array_new (FALSE, FALSE, sizeof (Stretch));
  self->after = g_array_new (FALSE, FALSE, sizeof (Stretch));
  return self;
}

void
scope_zoom_free (ScopeZoom *self)
{
  g_object_unref (self->view);
  g_array_unref (self->before);
  g_array_unref (self->after);
  g_free (self);
}

static Stretch
get_stretch (ScopeZoom *self)
{
  Stretch stretch = { .fixed = scope_view_get_fixed (self->view),
                      .window = scope_view_get_window (self->view) };

  scope_view_get_roomy_range (self->view, &stretch.start, &stretch.end);
  return stretch;
}

static void
set_stretch (ScopeZoom     *self,
             const Stretch *stretch)
{
  if (stretch->fixed)
    {
      scope_view_set_fixed (self->view, stretch->start, stretch->end);
      return;
    }
  scope_view_follow (self->view);
  scope_view_set_window (self->view, stretch->window);
}

/* What is looked at now can be gone back to: to be called before a gesture. */
void
scope_zoom_remember (ScopeZoom *self)
{
  Stretch stretch = get_stretch (self);

  if (self->before->len == MOST_STEPS)
    g_array_remove_index (self->before, 0);
  g_array_append_val (self->before, stretch);
  g_array_set_size (self->after, 0);
}

static gboolean
follows_to (ScopeZoom *self,
            double     start,
            double     end)
{
  double from, to;

  if (scope_view_get_fixed (self->view))
    return FALSE;
  scope_view_get_range (self->view, &from, &to);
  return fabs (from - start) < LEAST_S && fabs (to - end) < LEAST_S;
}

/* Looks at [start, end], or what of it there is; all there is, where that is in it.
 * A view that follows goes on to where it would not be moved. */
static void
look_at (ScopeZoom *self,
         double     start,
         double     end)
{
  double first, last;

  scope_view_get_extent (self->view, &first, &last);
  if (end > last)
    start -= end - last;
  if (start < first)
    end += first - start;
  start = MAX (start, first);
  end = MIN (end, last);
  if (start <= first && end >= last)
    scope_zoom_to_all (self);
  else if (!follows_to (self, start, end))
    scope_view_set_fixed (self->view, start, end);
}

/**
 * scope_zoom_at:
 * @self: the zoom
 * @time: seconds since the epoch: what stays where it is
 * @factor: how much longer the stretch becomes; less than 1: shorter
 */
void
scope_zoom_at (ScopeZoom *self,
               double     time,
               double     factor)
{
  Stretch now = get_stretch (self);
  double  length = now.end - now.start;
  double  share = CLAMP ((time - now.start) / length, 0, 1);
  double  wanted = MAX (length * factor, MIN (SCOPE_ZOOM_SHORTEST_S, length));

  time = now.start + share * length;
  look_at (self, time - share * wanted, time + (1 - share) * wanted);
}

/* Looks at what is so many seconds later; negative: earlier. */
void
scope_zoom_pan (ScopeZoom *self,
                double     seconds)
{
  Stretch now = get_stretch (self);

  look_at (self, now.start + seconds, now.end + seconds);
}

/* Looks at what lies between two times, in seconds since the epoch, or a little
 * more where that is too short. */
void
scope_zoom_to (ScopeZoom *self,
               double     start,
               double     end)
{
  double missing = SCOPE_ZOOM_SHORTEST_S - (end - start);

  g_return_if_fail (start <= end);

  if (missing > 0)
    {
      start -= missing / 2;
      end += missing / 2;
    }
  look_at (self, start, end);
}

/* Looks at all there is, and follows it. */
void
scope_zoom_to_all (ScopeZoom *self)
{
  scope_view_follow (self->view);
  scope_view_set_window (self->view, 0);
}

/* Whether the picture stands still while data keep arriving; otherwise it follows
 * them.  There is no room then for what comes, or it would be seen. */
void
scope_zoom_freeze (ScopeZoom *self,
                   gboolean   frozen)
{
  double start, end;

  scope_view_get_range (self->view, &start, &end);
  if (frozen)
    scope_view_set_fixed (self->view, start, end);
  else
    scope_view_follow (self->view);
}

static gboolean
step (ScopeZoom *self,
      GArray    *from,
      GArray    *to)
{
  Stretch now = get_stretch (self), then;

  if (from->len == 0)
    return FALSE;
  then = g_array_index (from, Stretch, from->len - 1);
  g_array_set_size (from, from->len - 1);
  g_array_append_val (to, now);
  set_stretch (self, &then);
  return TRUE;
}

/* Looks at what was looked at before the last gesture.  Whether there was one. */
gboolean
scope_zoom_back (ScopeZoom *self)
{
  return step (self, self->before, self->after);
}

/* Takes that back.  Whether there was something. */
gboolean
scope_zoom_forward (ScopeZoom *self)
{
  return step (self, self->after, self->before);
}
