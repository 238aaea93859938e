/* limit-lines.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tint says when, and the line how much: both are of the curves that are
 * shown, each with the limit that holds for it.  The dashes go with the time, so
 * that a later picture is this one shifted; the number stands beside the axis,
 * where nothing moves.
 */
#include "limit-lines.h"

#include "limit-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LABEL_GAP_PX 8 /* as of the labels of the axis */
#define LEAST_PX     2.0 /* of a tint: a moment is seen, too */

static const double DASHES[] = { 5, 3 };
#define PERIOD_PX 8

/* The line of @limit, which is added if need be. */
static void
add_curve (ScopeLimitLines  *self,
           GPtrArray        *limits,
           const ScopeLimit *limit,
           const ScopeColor *color,
           const ScopeTheme *theme)
{
  ScopeLimitLine line = { limit->value, *color, TRUE };
  guint          i;

  if (g_ptr_array_find (limits, limit, &i))
    {
      g_array_index (self->lines, ScopeLimitLine, i).color = theme->limit;
      return;
    }
  if (scope_limit_get_reach (limit) == SCOPE_LIMIT_ALL)
    line = (ScopeLimitLine){ limit->value, theme->limit, FALSE };
  g_ptr_array_add (limits, (gpointer) limit);
  g_array_append_val (self->lines, line);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const ScopeLimitLine *x = a, *y = b;

  if (x->bound != y->bound)
    return x->bound < y->bound ? -1 : 1;
  return x->is_own - y->is_own;
}

/**
 * scope_limit_lines_init:
 * @self: uninitialised storage
 * @limits: (nullable): those of @history
 * @history: of which the curves are
 * @plot: a chart
 * @theme: colours
 *
 * Finds which limits hold for the curves of @plot, which need not be fitted yet.
 */
void
scope_limit_lines_init (ScopeLimitLines  *self,
                        ScopeLimits      *limits,
                        ScopeHistory     *history,
                        const ScopePlot  *plot,
                        const ScopeTheme *theme)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  *self = (ScopeLimitLines){
    .statistic = plot->statistic,
    .bounds = g_array_new (FALSE, FALSE, sizeof (float)),
    .lines = g_array_new (FALSE, FALSE, sizeof (ScopeLimitLine)),
    .values = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  for (guint i = 0; limits != NULL && i < plot->curves->len; i++)
    {
      guint             position = g_array_index (plot->curves, guint, i);
      const ScopeLimit *limit = scope_limits_find (limits, position, plot->statistic);
      float             bound = limit ? (float) limit->value : NAN;
      ScopePen          pen;

      g_array_append_val (self->bounds, bound);
      if (limit == NULL)
        continue;
      pen = scope_theme_get_pen (theme, scope_history_get_endpoint (history, position));
      add_curve (self, found, limit, &pen.color, theme);
    }
  if (self->lines->len == 0)
    g_array_set_size (self->bounds, 0);
  g_array_sort (self->lines, compare_lines);
  for (guint i = 0; i < self->lines->len; i++)
    g_array_append_val (self->values, g_array_index (self->lines, ScopeLimitLine, i).bound);
}

void
scope_limit_lines_clear (ScopeLimitLines *self)
{
  g_clear_pointer (&self->bounds, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->values, g_array_unref);
}

static gboolean
is_same_array (const GArray *a,
               const GArray *b,
               gsize         size)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * size) == 0);
}

/* Whether both look the same, of the same curves with the same values. */
gboolean
scope_limit_lines_equal (const ScopeLimitLines *self,
                         const ScopeLimitLines *other)
{
  if (!is_same_array (self->bounds, other->bounds, sizeof (float)) ||
      !is_same_array (self->values, other->values, sizeof (double)))
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    if (memcmp (&g_array_index (self->lines, ScopeLimitLine, i).color,
                &g_array_index (other->lines, ScopeLimitLine, i).color, sizeof (ScopeColor)) != 0)
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): for the title, as in “limit 500 ms”; %NULL
 *   where there is none. */
char *
scope_limit_lines_dup_text (const ScopeLimitLines *self)
{
  g_autofree char *bound = NULL;

  if (self->lines->len == 0)
    return NULL;
  if (self->lines->len > 1)
    /* Translators: how many limits are drawn in a chart. */
    return g_strdup_printf (ngettext ("%u limit", "%u limits", self->lines->len),
                            self->lines->len);
  bound = scope_format_bound (self->statistic, g_array_index (self->values, double, 0));
  /* Translators: a value that should not be exceeded, as in “limit 500 ms”. */
  return g_strdup_printf (_("limit %s"), bound);
}

/* Where a limit stands. */
static double
get_y (const ScopePlot *plot,
       double           bound)
{
  return scope_scale_round_down (scope_plot_to_px (plot, bound)) + 0.5;
}

/* -1: it is above what the axis shows, 1: below. */
static int
get_side (const ScopePlot *plot,
          double           bound)
{
  double y = get_y (plot, bound);

  return y < plot->y.to - 1 ? -1 : y > plot->y.from + 1 ? 1 : 0;
}

static char *
make_label (const ScopePlot *plot,
            double           bound)
{
  static const char *const arrows[] = { " ↑", "", " ↓" };
  g_autofree char         *number = g_strdup_printf ("%.12g", bound);

  return g_strconcat (number, arrows[get_side (plot, bound) + 1], NULL);
}

/* Where the middle of a label stands: one of a limit out of sight at the end of the
 * axis. */
static double
get_label_y (const ScopePlot *plot,
             double           bound)
{
  int side = get_side (plot, bound);

  if (side == 0)
    return get_y (plot, bound);
  return side < 0 ? plot->y.to : plot->y.from;
}

/* The px that a label leaves to the number of the axis: one of a limit out of sight
 * stands beside it, so that it is not taken for it. */
static double
get_label_offset (const ScopePlot *plot,
                  double           bound,
                  ScopeText       *text)
{
  double y = get_label_y (plot, bound);
  double height = scope_text_height (text, SCOPE_TEXT_LABEL);

  if (get_side (plot, bound) == 0)
    return 0;
  for (guint i = 0; i < plot->ticks->len; i++)
    {
      const ScopeTick *tick = &g_array_index (plot->ticks, ScopeTick, i);

      if (fabs (tick->position - y) < height - 2)
        return scope_text_measure (text, SCOPE_TEXT_LABEL, tick->label) + LABEL_GAP_PX;
    }
  return 0;
}

/* The width of the widest label, in px, with its gap; 0 without any. */
double
scope_limit_lines_label_width (const ScopeLimitLines *self,
                               const ScopePlot       *plot,
                               ScopeText             *text)
{
  double widest = 0;

  for (guint i = 0; i < self->values->len; i++)
    {
      double           bound = g_array_index (self->values, double, i);
      g_autofree char *label = make_label (plot, bound);

      widest = MAX (widest, scope_text_measure (text, SCOPE_TEXT_LABEL, label) + LABEL_GAP_PX +
                              get_label_offset (plot, bound, text));
    }
  return widest;
}

/* Marks the bins from @from to @to in which the series is above @bound. */
static void
mark_above (guint8            *marks,
            const GArray      *bins,
            guint              from,
            guint              to,
            const ScopeSeries *series,
            float              bound)
{
  guint first = g_array_index (bins, ScopeBin, from).first;
  guint end = g_array_index (bins, ScopeBin, to - 1).end;

  if (scope_series_get_highest (series, first, end) <= bound)
    return;
  for (guint i = from; i < to; i++)
    {
      const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);

      marks[i] |= scope_series_get_highest (series, bin->first, bin->end) > bound;
    }
}

/* Half way from a bin to the next, or as far behind it as it is behind the one
 * before. */
static double
get_edge (const GArray *bins,
          guint         i)
{
  const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);
  const ScopeBin *next = i + 1 < bins->len ? bin + 1 : NULL;

  if (next != NULL && !next->starts_stretch)
    return (bin->x_last + next->x_first) / 2;
  if (i > 0 && !bin->starts_stretch)
    return bin->x_last + (bin->x_first - (bin - 1)->x_last) / 2;
  return bin->x_last + LEAST_PX / 2;
}

/* The same to the left. */
static double
get_start (const GArray *bins,
           guint         i)
{
  const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);
  const ScopeBin *next = i + 1 < bins->len ? bin + 1 : NULL;

  if (i > 0 && !bin->starts_stretch)
    return get_edge (bins, i - 1);
  if (next != NULL && !next->starts_stretch)
    return bin->x_first - (next->x_first - bin->x_last) / 2;
  return bin->x_first - LEAST_PX / 2;
}

/* Adds a rectangle for each stretch of marked bins. */
static void
add_stretches (cairo_t         *cr,
               const ScopePlot *plot,
               const GArray    *bins,
               const guint8    *marks,
               guint            from,
               guint            to)
{
  for (guint i = from; i < to; i++)
    {
      double left, right, missing;

      if (!marks[i])
        continue;
      left = get_start (bins, i);
      while (i + 1 < to && marks[i + 1] && !g_array_index (bins, ScopeBin, i + 1).starts_stretch)
        i++;
      right = get_edge (bins, i);
      missing = MAX (LEAST_PX - (right - left), 0);
      cairo_rectangle (cr, left - missing / 2, plot->y.to - 0.5, right - left + missing,
                       plot->y.from - plot->y.to + 1);
    }
}

/* The bins that reach into what is drawn on. */
static void
find_bins (cairo_t      *cr,
           const GArray *bins,
           guint        *from,
           guint        *to)
{
  double left, right, top, bottom;

  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  for (*from = 0, *to = bins->len; *from < *to;)
    {
      guint middle = *from + (*to - *from) / 2;

      if (g_array_index (bins, ScopeBin, middle).x_last < left)
        *from = middle + 1;
      else
        *to = middle;
    }
  for (*to = *from; *to < bins->len && g_array_index (bins, ScopeBin, *to).x_first <= right;)
    (*to)++;
  /* A tint reaches half way to the next bin, and one of a moment a little more. */
  for (guint i = 0; i < 3; i++)
    {
      *from -= *from > 0;
      *to += *to < bins->len;
    }
}

/**
 * scope_limit_lines_draw_tint:
 * @self: the limits of a chart
 * @plot: the chart
 * @history: of which the curves are
 * @highlight: (nullable): the endpoint that stands out
 * @bins: (element-type ScopeBin): the blocks by pixel column
 * @cr: where the grid will be drawn; what is clipped away costs nothing
 * @theme: colours
 * @gutter: where
 *
 * Tints the time in which any curve is above its limit, or that of @highlight if it is
 * shown, by what its series holds: at any zoom a column is tinted if one of its blocks
 * is above.
 */
void
scope_limit_lines_draw_tint (const ScopeLimitLines *self,
                             const ScopePlot       *plot,
                             ScopeHistory          *history,
                             ScopeEndpoint         *highlight,
                             const GArray          *bins,
                             cairo_t               *cr,
                             const ScopeTheme      *theme,
                             const ScopeGutter     *gutter)
{
  gboolean           stands_out = highlight != NULL && scope_endpoint_get_visible (highlight);
  g_autofree guint8 *marks = NULL;
  guint              from, to;

  if (self->lines->len == 0 || bins->len == 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, gutter->left, plot->y.to - 0.5, gutter->right - gutter->left,
                   plot->y.from - plot->y.to + 1);
  cairo_clip (cr);
  find_bins (cr, bins, &from, &to);
  if (from < to)
    {
      marks = g_new0 (guint8, bins->len);
      for (guint i = 0; i < plot->curves->len; i++)
        {
          guint       position = g_array_index (plot->curves, guint, i);
          float       bound = g_array_index (self->bounds, float, i);
          ScopeSeries series;

          if (isnan (bound) ||
              (stands_out && scope_history_get_endpoint (history, position) != highlight))
            continue;
          series = scope_history_get_series (history, position, self->statistic);
          mark_above (marks, bins, from, to, &series, bound);
        }
      add_stretches (cr, plot, bins, marks, from, to);
      scope_color_set (&theme->exceeded, cr);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

/**
 * scope_limit_lines_draw:
 * @self: the limits of a chart
 * @plot: the chart
 * @cr: where its curves were drawn
 * @gutter: where
 * @phase: px into all dashes at px 0
 *
 * Draws the lines, in front of the curves.
 */
void
scope_limit_lines_draw (const ScopeLimitLines *self,
                        const ScopePlot       *plot,
                        cairo_t               *cr,
                        const ScopeGutter     *gutter,
                        double                 phase)
{
  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, DASHES, G_N_ELEMENTS (DASHES), fmod (phase + gutter->left, PERIOD_PX));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ScopeLimitLine *line = &g_array_index (self->lines, ScopeLimitLine, i);
      double                y = get_y (plot, line->bound);

      if (get_side (plot, line->bound) != 0)
        continue;
      scope_color_set (&line->color, cr);
      cairo_move_to (cr, gutter->left, y);
      cairo_line_to (cr, gutter->right, y);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* Covers the labels of the axis that a label at @y would touch. */
static void
cover_ticks (const ScopePlot   *plot,
             cairo_t           *cr,
             const ScopeTheme  *theme,
             const ScopeGutter *gutter,
             double             y,
             double             height)
{
  scope_color_set (&theme->background, cr);
  for (guint i = 0; i < plot->ticks->len; i++)
    {
      double tick = g_array_index (plot->ticks, ScopeTick, i).position;

      if (fabs (tick - y) >= height - 2)
        continue;
      cairo_rectangle (cr, gutter->margin, round (tick - height / 2),
                       gutter->left - LABEL_GAP_PX + 1 - gutter->margin, ceil (height));
      cairo_fill (cr);
    }
}

static gboolean
is_free (const GArray *taken,
         double        y,
         double        height)
{
  for (guint i = 0; i < taken->len; i++)
    if (fabs (g_array_index (taken, double, i) - y) < height - 1)
      return FALSE;
  return TRUE;
}

/* The numbers beside the axis, those in sight in the place of its own that they would
 * touch; those for all first, and of others what there is room for. */
void
scope_limit_lines_draw_labels (const ScopeLimitLines *self,
                               const ScopePlot       *plot,
                               cairo_t               *cr,
                               ScopeText             *text,
                               const ScopeTheme      *theme,
                               const ScopeGutter     *gutter)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));
  double             height = scope_text_height (text, SCOPE_TEXT_LABEL);

  for (guint i = 0; i < 2 * self->lines->len; i++)
    {
      gboolean              own_turn = i >= self->lines->len;
      const ScopeLimitLine *line =
        &g_array_index (self->lines, ScopeLimitLine, i % self->lines->len);
      double                y = get_label_y (plot, line->bound);
      g_autofree char      *label = NULL;

      if (line->is_own != own_turn || !is_free (taken, y, height))
        continue;
      label = make_label (plot, line->bound);
      if (get_side (plot, line->bound) == 0)
        cover_ticks (plot, cr, theme, gutter, y, height);
      scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &line->color, label,
                       gutter->left - LABEL_GAP_PX - get_label_offset (plot, line->bound, text),
                       round (y - height / 2), 1, 0);
      g_array_append_val (taken, y);
    }
}
