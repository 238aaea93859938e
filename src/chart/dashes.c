/* dashes.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dashes.h"

#include <math.h>

/* The sum of all @n lengths, dash, gap, and so on, in px; 0 of none. */
double
scope_dashes_get_period (const double *lengths,
                         int           n)
{
  double period = 0;

  for (int i = 0; i < n; i++)
    period += lengths[i];
  return period;
}

/* How far @at lies behind the beginning of a dash or gap, and which it is. */
static double
find (const double *lengths,
      int           n,
      double        at,
      int          *which)
{
  double period = scope_dashes_get_period (lengths, n);

  at -= floor (at / period) * period;
  for (*which = 0; *which < n - 1 && at >= lengths[*which]; ++*which)
    at -= lengths[*which];
  return at;
}

/* Whether the line has a gap at @at px. */
gboolean
scope_dashes_is_gap (const double *lengths,
                     int           n,
                     double        at)
{
  int which;

  if (scope_dashes_get_period (lengths, n) <= 0)
    return FALSE;
  find (lengths, n, at, &which);
  return which % 2 == 1;
}

/* A line that rises by @height px within a px, or steeply, is drawn whole where
 * that is more than a dash and a gap: no spike hides in a gap. */
gboolean
scope_dashes_is_jump (const double *lengths,
                      int           n,
                      double        width,
                      double        height)
{
  return fabs (height) > scope_dashes_get_period (lengths, n) &&
         (width <= 1 || fabs (height) > SCOPE_DASHES_STEEP * width);
}

/**
 * scope_dashes_add_path:
 * @cr: a context with an empty path
 * @vertices: of a line whose x never falls, in px
 * @n_vertices: their number
 * @pen: with dashes
 * @phase: px into the dashes at px 0
 *
 * Adds the dashes of the line to the path.
 */
void
scope_dashes_add_path (cairo_t           *cr,
                       const ScopeVertex *vertices,
                       guint              n_vertices,
                       const ScopePen    *pen,
                       double             phase)
{
  gboolean drawing = FALSE;

  for (guint i = 0; i + 1 < n_vertices; i++)
    {
      ScopeVertex a = vertices[i], b = vertices[i + 1];
      double      slope = b.x > a.x ? (b.y - a.y) / (double) (b.x - a.x) : 0;
      double      x = a.x;
      gboolean    jump =
        scope_dashes_is_jump (pen->dashes, pen->n_dashes, b.x - a.x, b.y - a.y);

      if (b.x == a.x || jump)
        {
          if (!jump && scope_dashes_is_gap (pen->dashes, pen->n_dashes, phase + x))
            {
              drawing = FALSE;
              continue;
            }
          if (!drawing)
            cairo_move_to (cr, a.x, a.y);
          cairo_line_to (cr, b.x, b.y);
          drawing = TRUE;
          continue;
        }
      while (x < b.x)
        {
          int    which;
          double into = find (pen->dashes, pen->n_dashes, phase + x, &which);
          double rest = MAX (pen->dashes[which] - into, 1e-6);
          double next = MIN (x + rest, b.x);

          if (which % 2 == 0)
            {
              if (!drawing)
                cairo_move_to (cr, x, a.y + slope * (x - a.x));
              cairo_line_to (cr, next, a.y + slope * (next - a.x));
            }
          drawing = which % 2 == 0;
          x = next;
        }
    }
}
