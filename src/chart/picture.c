/* picture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is kept between two drawings and nothing is set by one: what is
 * drawn is a function of the history, the view and the size.
 */
#include "picture.h"

#include "charts.h"
#include "elapsed.h"
#include "legend-strip.h"
#include "limit-text.h"
#include "selection.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN_PX 14
#define LINE_GAP_PX 2

/* The share of the height that a legend may take, and what the charts keep of
 * it before there is one. */
#define LEGEND_SHARE  0.35
#define MIN_CHARTS_PX 220

/**
 * scope_picture_get_range:
 * @self: a picture
 * @start: (out): seconds since the epoch
 * @end: (out): seconds since the epoch
 *
 * The stretch of time that it shows; on the screen with room for what comes.
 */
void
scope_picture_get_range (const ScopePicture *self,
                         double             *start,
                         double             *end)
{
  if (self->is_live)
    scope_view_get_roomy_range (self->view, start, end);
  else
    scope_view_get_range (self->view, start, end);
}

/**
 * scope_picture_get_origin:
 * @self: a picture, of a history that has blocks
 *
 * Elapsed times are those since the start of the run that is looked at; of
 * several, the first that is in sight.
 *
 * Returns: seconds since the epoch; NaN where times are those of a clock
 */
double
scope_picture_get_origin (const ScopePicture *self)
{
  int    run = scope_view_get_run (self->view);
  guint  n_runs = scope_history_get_n_runs (self->history);
  double start, end;

  if (!self->elapsed || n_runs == 0)
    return NAN;
  if (run < 0 || (guint) run >= n_runs)
    {
      const double *times = scope_history_get_times (self->history);
      guint         n_blocks = scope_history_get_n_blocks (self->history);

      scope_picture_get_range (self, &start, &end);
      run = (int) scope_history_find_run (
        self->history, MIN (scope_times_find (times, n_blocks, start), n_blocks - 1));
    }
  return scope_history_get_run_start (self->history, (guint) run);
}

/* Returns: (transfer full): the stretch of time that it shows. */
static char *
format_range (const ScopePicture *self,
              GTimeZone          *zone)
{
  double start, end, origin = scope_picture_get_origin (self);

  scope_picture_get_range (self, &start, &end);
  return isnan (origin) ? scope_format_range (start, end, zone)
                        : scope_format_elapsed_range (start, end, origin);
}

/* What the dashed curves are. */
static void
draw_baseline (const ScopePicture *self,
               cairo_t            *cr,
               ScopeText          *text,
               const ScopeTheme   *theme,
               double              width,
               double              y)
{
  g_autofree char *words = scope_compared_describe (self->baseline);

  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, words, MARGIN_PX, y, 0,
                   width - 2 * MARGIN_PX);
}

/* Name of the file and stretch of time, and what is compared.  Returns where they end, in px. */
static double
draw_heading (const ScopePicture *self,
              cairo_t            *cr,
              ScopeText          *text,
              const ScopeTheme   *theme,
              double              width,
              GTimeZone          *zone)
{
  g_autofree char *range = format_range (self, zone);
  int              run = scope_view_get_run (self->view);
  double           y = MARGIN_PX;

  if (run >= 0)
    {
      g_autofree char *only_range = g_steal_pointer (&range);
      /* Translators: a start of the counters, counted from 1. */
      g_autofree char *name = g_strdup_printf (_("Run %u"), (guint) run + 1);

      range = g_strconcat (name, " · ", only_range, NULL);
    }
  if (self->elapsed)
    {
      g_autofree char *elapsed = g_steal_pointer (&range);
      g_autofree char *origin =
        scope_charts_format_origin (scope_picture_get_origin (self), TRUE, zone);

      range = g_strconcat (elapsed, " · ", origin, NULL);
    }

  scope_text_draw (text, cr, SCOPE_TEXT_HEAD, &theme->text, self->heading, MARGIN_PX, y, 0,
                   width - 2 * MARGIN_PX);
  y += scope_text_height (text, SCOPE_TEXT_HEAD) + LINE_GAP_PX;
  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, range, MARGIN_PX, y, 0,
                   width - 2 * MARGIN_PX);
  y += scope_text_height (text, SCOPE_TEXT_BODY);
  if (self->baseline != NULL)
    {
      draw_baseline (self, cr, text, theme, width, y + LINE_GAP_PX);
      y += scope_text_height (text, SCOPE_TEXT_BODY) + LINE_GAP_PX;
    }
  return y + MARGIN_PX;
}

/**
 * scope_picture_draw:
 * @self: what to draw
 * @cr: where
 * @width: px
 * @height: px
 *
 * Draws the picture, its background included.
 */
void
scope_picture_draw (const ScopePicture *self,
                    cairo_t            *cr,
                    double              width,
                    double              height)
{
  const ScopeTheme *theme = scope_theme_get (self->theme);
  g_autoptr (GArray) curves = scope_selection_list (self->history);
  ScopeText         text;
  double            top = SCOPE_PICTURE_EDGE_PX;
  double            bottom = height - SCOPE_PICTURE_EDGE_PX;

  scope_color_set (&theme->background, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  scope_text_init (&text, cr, self->font, self->font_px);
  if (self->heading != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      ScopeLegendStrip      strip;
      double                start, end, legend, room;

      scope_picture_get_range (self, &start, &end);
      scope_legend_strip_init (&strip, self->history, self->baseline, curves, start, end,
                               scope_picture_get_origin (self));
      top = draw_heading (self, cr, &text, theme, width, zone);
      room = MAX (height - top - 2 * MARGIN_PX - MIN_CHARTS_PX, 0);
      legend = scope_legend_strip_height (&strip, width - 2 * MARGIN_PX,
                                          MIN (height * LEGEND_SHARE, room), &text);
      bottom = height - MARGIN_PX - legend;
      scope_legend_strip_draw (&strip, cr, &text, theme, MARGIN_PX, bottom, width - 2 * MARGIN_PX,
                               legend);
      scope_legend_strip_clear (&strip);
      bottom -= legend > 0 ? MARGIN_PX : 0;
    }
  if (scope_history_get_n_blocks (self->history) > 0)
    {
      ScopeCharts charts;

      scope_charts_init (&charts, self, curves, &text, width, top, bottom);
      scope_charts_draw (&charts, cr, &text);
      scope_charts_clear (&charts);
    }
  scope_text_clear (&text);
}

/* The curve that is the highest in what is shown of response times, and how high;
 * NULL: there is none. */
static ScopeEndpoint *
find_highest (const ScopePicture *self,
              const GArray       *curves,
              double             *highest)
{
  ScopeStatistic  statistic = scope_history_get_response_time (self->history);
  const double   *times = scope_history_get_times (self->history);
  guint           n_blocks = scope_history_get_n_blocks (self->history);
  ScopeEndpoint  *endpoint = NULL;
  double          start, end;
  guint           first, last;

  scope_picture_get_range (self, &start, &end);
  first = scope_times_find (times, n_blocks, start);
  last = scope_times_find (times, n_blocks, end);
  last += last < n_blocks && times[last] <= end;
  for (guint i = 0; i < curves->len; i++)
    {
      guint         position = g_array_index (curves, guint, i);
      ScopeSeries   series = scope_history_get_series (self->history, position, statistic);
      ScopeExtremes extremes = scope_series_get_extremes (&series, first, last);

      if (extremes.lowest > extremes.highest || (endpoint != NULL && extremes.highest <= *highest))
        continue;
      endpoint = scope_history_get_endpoint (self->history, position);
      *highest = extremes.highest;
    }
  return endpoint;
}

/* What the curves are of, and which is the highest. */
static char *
describe_curves (const ScopePicture *self,
                 const GArray       *curves)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  double                value;
  ScopeEndpoint        *slowest = find_highest (self, curves, &value);
  g_autofree char      *range = NULL;
  g_autofree char      *span = NULL;
  g_autofree char      *name = NULL;
  g_autofree char      *highest = NULL;

  range = format_range (self, zone);
  span = scope_history_dup_span (self->history, scope_history_get_response_time (self->history));
  if (slowest == NULL)
    /* Translators: %u curves, a stretch of time, a statistic such as “average over 10 s”. */
    return g_strdup_printf (ngettext ("%u endpoint, %s; %s", "%u endpoints, %s; %s", curves->len),
                            curves->len, range, span);
  name = scope_endpoint_dup_label (slowest);
  highest = scope_format_number (value);
  /* Translators: %u curves, a stretch of time, a statistic such as “average over 10 s”, the
     endpoint with the highest response time, and that. */
  return g_strdup_printf (ngettext ("%u endpoint, %s; %s; highest: %s with %s ms",
                                    "%u endpoints, %s; %s; highest: %s with %s ms",
                                    curves->len),
                          curves->len, range, span, name, highest);
}

/**
 * scope_picture_describe:
 * @self: a picture
 *
 * Returns: (transfer full): what it shows, in words; first what is wrong
 */
char *
scope_picture_describe (const ScopePicture *self)
{
  g_autoptr (GArray) curves = scope_selection_list (self->history);
  g_autofree char   *exceeded = NULL;
  g_autofree char   *all = NULL;
  g_autofree char   *baseline = NULL;

  if (scope_history_get_n_blocks (self->history) == 0)
    return g_strdup (_("No data yet"));
  all = describe_curves (self, curves);
  if (self->limits != NULL)
    exceeded = scope_limit_text_visible (self->limits, curves);
  if (self->baseline != NULL)
    baseline = scope_compared_describe (self->baseline);
  return g_strconcat (exceeded ? exceeded : "", exceeded ? "; " : "", all, baseline ? "; " : "",
                      baseline, NULL);
}
