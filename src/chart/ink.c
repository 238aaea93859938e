/* ink.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At most four vertices a pixel column, however many samples lie in it.  A
 * sample without neighbours is a dot.
 */
#include "ink.h"

#include <math.h>

#define DOT_RADIUS_PX 1.75

static void
line_to (cairo_t          *cr,
         const ScopeScale *y,
         double            x,
         double            value)
{
  cairo_line_to (cr, x, scope_scale_to_px (y, value));
}

/* From the first value over the extremes to the last: the nearer one first. */
static void
add_column (cairo_t          *cr,
            const ScopeScale *y,
            const ScopePoint *point)
{
  double   middle = (point->x_first + point->x_last) / 2;
  gboolean low_first = point->first - point->low <= point->high - point->first;
  float    one = low_first ? point->low : point->high;
  float    other = low_first ? point->high : point->low;

  if (one != point->first)
    line_to (cr, y, middle, one);
  if (other != one && other != point->last)
    line_to (cr, y, middle, other);
  if (point->x_last != point->x_first || point->last != point->first)
    line_to (cr, y, point->x_last, point->last);
}

static gboolean
is_alone (const GArray *points,
          guint         i)
{
  const ScopePoint *point = &g_array_index (points, ScopePoint, i);

  if (point->joined || point->low != point->high)
    return FALSE;
  return i + 1 == points->len || !g_array_index (points, ScopePoint, i + 1).joined;
}

static void
add_dots (cairo_t          *cr,
          const GArray     *points,
          const ScopeScale *y)
{
  for (guint i = 0; i < points->len; i++)
    {
      const ScopePoint *point = &g_array_index (points, ScopePoint, i);

      if (!is_alone (points, i))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, point->x_first, scope_scale_to_px (y, point->first), DOT_RADIUS_PX, 0,
                 2 * G_PI);
    }
}

/**
 * scope_ink_curve:
 * @cr: where to draw, clipped to the plot
 * @points: (element-type ScopePoint): the envelope
 * @y: from values to px
 * @pen: colour and dashes
 */
void
scope_ink_curve (cairo_t          *cr,
                 const GArray     *points,
                 const ScopeScale *y,
                 const ScopePen   *pen)
{
  cairo_new_path (cr);
  for (guint i = 0; i < points->len; i++)
    {
      const ScopePoint *point = &g_array_index (points, ScopePoint, i);

      if (!point->joined)
        cairo_new_sub_path (cr);
      line_to (cr, y, point->x_first, point->first);
      add_column (cr, y, point);
    }
  scope_color_set (&pen->color, cr);
  cairo_set_line_width (cr, SCOPE_INK_WIDTH_PX);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, pen->dashes, pen->n_dashes, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  add_dots (cr, points, y);
  cairo_fill (cr);
}
