/* plot.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Layout first (how high the y axis goes, how wide its labels are), then
 * paint: grid, labels, curves.  No boxes: the grid lies behind the curves and
 * the labels stand outside.
 */
#include "plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define TICK_SPACING_PX 34
#define TITLE_GAP_PX    9
#define LABEL_GAP_PX    8

/* Of the background in the curves beside one that stands out. */
#define FADED_SHARE 0.78

/* A limit farther above, as a factor, is not worth an axis that long. */
#define FAR_ABOVE 2

/**
 * scope_plot_init:
 * @self: uninitialised storage
 * @statistic: what the chart shows
 * @is_log: whether on a logarithmic scale
 * @curves: (element-type guint) (transfer none): positions of the endpoints
 *   in the history, drawn in this order
 */
void
scope_plot_init (ScopePlot     *self,
                 ScopeStatistic statistic,
                 gboolean       is_log,
                 GArray        *curves)
{
  *self = (ScopePlot){ .statistic = statistic,
                       .is_log = is_log,
                       .beside = SCOPE_EXTREMES_NONE,
                       .curves = g_array_ref (curves) };
}

void
scope_plot_clear (ScopePlot *self)
{
  g_clear_pointer (&self->curves, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
}

/* What the y axis is to reach: a limit that is not more than twice as high as the
 * highest value is worth the room. */
static double
reach_limits (const ScopePlot *self,
              double           highest)
{
  double reach = highest;

  for (guint i = 0; self->limits != NULL && i < self->limits->len; i++)
    {
      double limit = g_array_index (self->limits, double, i);

      if (limit <= FAR_ABOVE * highest)
        reach = MAX (reach, limit);
    }
  return reach;
}

/**
 * scope_plot_fit:
 * @self: the chart
 * @history: what it shows
 * @range: the blocks that are looked at
 * @least: (nullable): what the y axis reaches over in any case
 * @top: px
 * @height: px, with the title
 * @text: the text style
 *
 * Works out a y axis from 0 to a round value above all that is visible; on a
 * logarithmic scale from a round value below it.
 */
void
scope_plot_fit (ScopePlot      *self,
                ScopeHistory   *history,
                ScopeBlockRange range,
                const ScopeSpread *least,
                double          top,
                double          height,
                ScopeText      *text)
{
  ScopeExtremes extremes = self->beside;
  double        length;

  self->top = top;
  self->title_height = scope_text_height (text, SCOPE_TEXT_TITLE) + TITLE_GAP_PX;
  for (guint i = 0; i < self->curves->len; i++)
    {
      ScopeSeries series =
        scope_plot_get_series (self, history, g_array_index (self->curves, guint, i));
      ScopeExtremes own = scope_series_get_extremes (&series, range.first, range.end);

      extremes.lowest = MIN (extremes.lowest, own.lowest);
      extremes.highest = MAX (extremes.highest, own.highest);
    }
  length = MAX (height - self->title_height, 1);
  self->y = (ScopeScale){
    .from = floor (top + height) - 0.5,
    .to = ceil (top + self->title_height) + 0.5,
  };
  self->y.from = MAX (self->y.from, self->y.to + 1); /* never upside down */
  if (self->is_log)
    scope_scale_log_bounds (extremes.lowest,
                            log10 (reach_limits (self, pow (10, extremes.highest))),
                            &self->y.low, &self->y.high);
  else
    self->y.high = scope_scale_nice_high (reach_limits (self, MAX (extremes.highest, 0)),
                                          MAX ((guint) (length / TICK_SPACING_PX), 1));
  if (least != NULL && least->low < least->high)
    {
      self->y.low = MIN (self->y.low, least->low);
      self->y.high = MAX (self->y.high, least->high);
    }
  self->ticks = self->is_log ? scope_scale_log_ticks (&self->y, TICK_SPACING_PX)
                             : scope_scale_number_ticks (&self->y, TICK_SPACING_PX);
}

/* The values of the endpoint at @position in the unit of the y axis. */
ScopeSeries
scope_plot_get_series (const ScopePlot *self,
                       ScopeHistory    *history,
                       guint            position)
{
  return self->is_log ? scope_history_get_log_series (history, position, self->statistic)
                      : scope_history_get_series (history, position, self->statistic);
}

/* Where @value stands. */
double
scope_plot_to_px (const ScopePlot *self,
                  double           value)
{
  return scope_scale_to_px (&self->y,
                            self->is_log ? log10 (MAX (value, SCOPE_SERIES_LEAST)) : value);
}

/* The width of the widest label of the y axis, in px, with its gap. */
double
scope_plot_label_width (const ScopePlot *self,
                        ScopeText       *text)
{
  double widest = 0;

  for (guint i = 0; i < self->ticks->len; i++)
    widest = MAX (widest, scope_text_measure (text, SCOPE_TEXT_LABEL,
                                              g_array_index (self->ticks, ScopeTick, i).label));
  return widest + LABEL_GAP_PX;
}

static double
crisp (double position)
{
  return scope_scale_round_down (position) + 0.5;
}

void
scope_plot_draw_grid (const ScopePlot   *self,
                      cairo_t           *cr,
                      const ScopeTheme  *theme,
                      const ScopeGutter *gutter,
                      const GArray      *time_ticks)
{
  scope_color_set (&theme->grid, cr);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < self->ticks->len; i++)
    {
      double y = crisp (g_array_index (self->ticks, ScopeTick, i).position);

      cairo_move_to (cr, gutter->left, y);
      cairo_line_to (cr, gutter->right, y);
    }
  for (guint i = 0; i < time_ticks->len; i++)
    {
      double x = crisp (g_array_index (time_ticks, ScopeTick, i).position);

      cairo_move_to (cr, x, self->y.from);
      cairo_line_to (cr, x, self->y.to);
    }
  cairo_stroke (cr);
}

/* The labels of the y axis. */
void
scope_plot_draw_labels (const ScopePlot   *self,
                        cairo_t           *cr,
                        ScopeText         *text,
                        const ScopeTheme  *theme,
                        const ScopeGutter *gutter)
{
  double half = scope_text_height (text, SCOPE_TEXT_LABEL) / 2;

  for (guint i = 0; i < self->ticks->len; i++)
    {
      const ScopeTick *tick = &g_array_index (self->ticks, ScopeTick, i);

      scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &theme->dim, tick->label,
                       gutter->left - LABEL_GAP_PX, round (tick->position - half), 1, 0);
    }
}

/* Returns: (transfer full) (nullable): as much of what follows the title as there is
 * room for: numbers are not cut, whole parts go, from the last one on; of a response
 * time its name is left. */
static char *
fit_rest (const ScopePlot *self,
          ScopeText       *text,
          const char      *span,
          const char      *limit,
          double           room)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  gsize               ends[4] = { 0 }; /* of the bytes of the first parts */
  guint               n = 0;
  const char         *parts[] = {
    span,
    limit,
    /* Translators: of the scale of a chart. */
    self->is_log ? _("logarithmic") : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL)
        continue;
      g_string_append_printf (rest, " · %s", parts[i]);
      ends[++n] = rest->len;
    }
  while (n > 0 && scope_text_measure (text, SCOPE_TEXT_BODY, rest->str) > room)
    g_string_truncate (rest, ends[--n]);
  if (n == 0 && scope_statistic_is_response_time (self->statistic))
    {
      g_autofree char *name = scope_statistic_dup_name (self->statistic);

      g_string_printf (rest, " · %s", name);
      n = scope_text_measure (text, SCOPE_TEXT_BODY, rest->str) <= room;
    }
  return n > 0 ? g_string_free (g_steal_pointer (&rest), FALSE) : NULL;
}

/* "Response time (ms) · average over 10 s · limit 500 ms" of @span, what a value
 * covers, and @limit (nullable), and at the right edge @note (nullable). */
void
scope_plot_draw_title (const ScopePlot   *self,
                       cairo_t           *cr,
                       ScopeText         *text,
                       const ScopeTheme  *theme,
                       const ScopeGutter *gutter,
                       const char        *span,
                       const char        *limit,
                       const char        *note)
{
  g_autofree char *title = scope_statistic_dup_title (self->statistic);
  g_autofree char *rest = NULL;
  double           x = gutter->margin;
  double           end = gutter->end;
  double           room;

  if (note != NULL)
    end -= scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, note, gutter->end, self->top,
                            1, MAX (gutter->end - gutter->margin, 1)) +
           2 * LABEL_GAP_PX;
  room = end - x;
  if (room < 1)
    return;
  x += scope_text_draw (text, cr, SCOPE_TEXT_TITLE, &theme->text, title, x,
                        self->top, 0, room);
  rest = fit_rest (self, text, span, limit, end - x);
  if (rest != NULL)
    scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, rest, x, self->top, 0, 0);
}

/* A vertical line at @x px that something begins at; (nullable): @label stands
 * beside its top. */
void
scope_plot_draw_mark (const ScopePlot   *self,
                      cairo_t           *cr,
                      ScopeText         *text,
                      const ScopeTheme  *theme,
                      const ScopeGutter *gutter,
                      double             x,
                      const char        *label)
{
  static const double dashes[] = { 3, 3 };

  scope_color_set (&theme->dim, cr);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, crisp (x), self->y.from);
  cairo_line_to (cr, crisp (x), self->y.to);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (label != NULL && gutter->right - x > 4 * LABEL_GAP_PX)
    scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &theme->dim, label, round (x) + 4, self->y.to + 2,
                     0, gutter->right - x - 4);
}

/* Fades all but the one of @highlight. */
static void
fade_behind (GArray              *curves,
             const ScopeCompared *compared,
             ScopeHistory        *history,
             ScopeEndpoint       *highlight,
             const ScopeTheme    *theme)
{
  for (guint i = 0; i < curves->len; i++)
    {
      guint       shown = g_array_index (compared->curves, ScopePair, i).shown;
      ScopeCurve *curve = &g_array_index (curves, ScopeCurve, i);

      if (scope_history_get_endpoint (history, shown) != highlight)
        curve->pen = scope_theme_fade (theme, curve->pen, FADED_SHARE);
    }
}

/**
 * scope_plot_begin_curves:
 * @self: a plot that was fitted
 * @cr: where its frame was drawn
 * @theme: colours
 * @gutter: where
 * @x: from seconds to px
 * @history: of which the curves are
 * @compared: what lies behind them
 * @highlight: (nullable): the endpoint whose curve stands out, before all others
 *
 * Makes ready for scope_plot_draw_curves(); until scope_plot_end_curves() @cr
 * is not to be drawn on, nor a history appended to.
 */
void
scope_plot_begin_curves (ScopePlot         *self,
                         cairo_t           *cr,
                         const ScopeTheme  *theme,
                         const ScopeGutter *gutter,
                         const ScopeScale  *x,
                         ScopeHistory      *history,
                         const ScopeCompared *compared,
                         ScopeEndpoint     *highlight)
{
  gboolean stands_out = highlight != NULL && scope_endpoint_get_visible (highlight);
  gint64 front = -1;
  double room = SCOPE_INK_WIDTH_PX; /* a line at 0 or at the edge keeps its width */

  scope_paper_begin (&self->paper, cr, gutter->left, self->y.to - room,
                     gutter->right - gutter->left, self->y.from - self->y.to + 2 * room);
  self->phase = x->low * (x->to - x->from) / (x->high - x->low) - x->from;
  self->ready = g_array_sized_new (FALSE, FALSE, sizeof (ScopeCurve), self->curves->len);
  for (guint i = 0; i < self->curves->len; i++)
    {
      guint          position = g_array_index (self->curves, guint, i);
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, position);
      ScopeCurve     curve = { scope_plot_get_series (self, history, position),
                               scope_theme_get_pen (theme, endpoint) };

      if (stands_out && endpoint == highlight)
        front = i;
      else if (stands_out)
        curve.pen = scope_theme_fade (theme, curve.pen, FADED_SHARE);
      g_array_append_val (self->ready, curve);
    }
  if (front >= 0)
    {
      ScopeCurve curve = g_array_index (self->ready, ScopeCurve, front);

      g_array_remove_index (self->ready, (guint) front);
      g_array_append_val (self->ready, curve);
    }
  self->behind = scope_compared_get_curves (compared, history, self->statistic, self->is_log, theme);
  if (stands_out)
    fade_behind (self->behind, compared, history, highlight, theme);
  self->behind_bins = compared->bins;
}

/* The one in front first, or last. */
static void
draw_curves (const ScopePlot *self,
             ScopeInk        *ink,
             const GArray    *curves,
             const GArray    *bins,
             gboolean         front_first)
{
  for (guint i = 0; i < curves->len; i++)
    {
      const ScopeCurve *curve =
        &g_array_index (curves, ScopeCurve, front_first ? curves->len - 1 - i : i);

      scope_ink_curve (ink, bins, &curve->series, &self->y, &curve->pen);
    }
}

/**
 * scope_plot_draw_curves:
 * @self: a plot that is ready
 * @ink: of its paper
 * @bins: (element-type ScopeBin): the pixel columns of the whole picture
 * @first: a column of the paper
 * @end: the column behind the last, at most SCOPE_RASTER_COLUMNS on
 *
 * Draws these columns of all curves.  Of pixels several threads may each draw
 * some columns, with an ink each; paths have but one part.
 */
void
scope_plot_draw_curves (const ScopePlot *self,
                        ScopeInk        *ink,
                        const GArray    *bins,
                        int              first,
                        int              end)
{
  gboolean front_first = self->paper.pixels != NULL;

  scope_ink_begin (ink, first, end);
  if (!front_first)
    draw_curves (self, ink, self->behind, self->behind_bins, front_first);
  draw_curves (self, ink, self->ready, bins, front_first);
  if (front_first)
    draw_curves (self, ink, self->behind, self->behind_bins, front_first);
  scope_ink_end (ink);
}

void
scope_plot_end_curves (ScopePlot *self)
{
  scope_paper_end (&self->paper);
  g_clear_pointer (&self->ready, g_array_unref);
  g_clear_pointer (&self->behind, g_array_unref);
}
