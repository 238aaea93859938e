/* charts.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All charts have one gutter, so that they share the time axis below the
 * lowest.
 */
#include "charts.h"

#include "elapsed.h"
#include "users-strip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Curves × pixel columns: fewer are drawn before a thread has started. */
#define WORTH_A_THREAD 2000
#define MAX_THREADS    16


#define MARGIN_PX        14
#define PLOT_GAP_PX      18
#define TICK_GAP_PX      7
#define TIME_TICK_GAP_PX 34
#define NARROW_PX        560
#define REACH_PX         3 /* more than half of a dot */
#define END_PX           2 /* of the plot, right of its last moment: a dot there is whole */

/* Below this there is no room for the users. */
#define MIN_HEIGHT_WITH_USERS_PX 330

static ScopeStatistic
get_response_time (const ScopePicture *picture)
{
  return scope_history_get_response_time (picture->history);
}

static ScopeStatistic
get_throughput (const ScopePicture *picture)
{
  return scope_history_get_throughput (picture->history);
}

static ScopeStatistic
get_failures (const ScopePicture *picture)
{
  return picture->failures == SCOPE_FAILURES_SHARE ? SCOPE_STATISTIC (FAILURE_SHARE)
                                                   : SCOPE_STATISTIC (FAILURES);
}

/* Response time has a little more of the height than the others. */
static const struct
{
  ScopeStatistic (*get_statistic) (const ScopePicture *picture);
  double weight;
} PLOTS[] = {
  { get_response_time, 0.55 },
  { get_throughput, 0.45 },
  { get_failures, 0.3 }, /* if it is asked for */
};

G_STATIC_ASSERT (G_N_ELEMENTS (PLOTS) == SCOPE_MAX_PLOTS);

/**
 * scope_charts_format_origin:
 * @origin: seconds since the epoch: where elapsed times begin
 * @with_day: whether there is room for the day and the offset of the clock
 * @zone: a time zone
 *
 * Returns: (transfer full): when that was, as in “0:00 is 14:00:05”
 */
char *
scope_charts_format_origin (double     origin,
                            gboolean   with_day,
                            GTimeZone *zone)
{
  g_autofree char      *offset = scope_format_utc_offset (origin, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) origin);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char      *clock = NULL;
  g_autofree char      *all = NULL;

  if (local != NULL)
    clock = g_date_time_format (local, with_day ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S");
  all = with_day && clock ? g_strdup_printf ("%s (%s)", clock, offset) : g_strdup (clock);
  /* Translators: when the elapsed times on the time axis begin, as in “0:00 is 14:00:05”. */
  return g_strdup_printf (_("0:00 is %s"), all ? all : "");
}

/* What stands beside the first title: the day and the offset of the clock, or
 * when elapsed times begin. */
static char *
make_note (const ScopePicture *picture,
           double              end,
           double              origin,
           double              width,
           GTimeZone          *zone)
{
  g_autofree char     *offset = scope_format_utc_offset (end, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) end);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char      *day = local ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");

  if (picture->heading != NULL) /* which says it already */
    return NULL;
  if (!isnan (origin))
    return scope_charts_format_origin (origin, width >= NARROW_PX, zone);
  if (width < NARROW_PX)
    return g_steal_pointer (&offset);
  return g_strdup_printf ("%s · %s", day, offset);
}

/* The height of the strip of users; 0 where there is none or no room. */
static double
get_users_height (ScopeHistory   *history,
                  ScopeBlockRange range,
                  double          room,
                  ScopeText      *text)
{
  return room < MIN_HEIGHT_WITH_USERS_PX ? 0 : scope_users_strip_height (history, range, text);
}

/* The scale of the time axis.  On the screen a px begins at a whole number of
 * its length in seconds, so that a later picture is this one shifted. */
static ScopeScale
make_time_scale (const ScopePicture *picture,
                 const ScopeGutter  *gutter,
                 double              start,
                 double              end)
{
  ScopeScale scale = { .low = start, .high = end, .from = gutter->left,
                       .to = MAX (gutter->right - END_PX, gutter->left + 0.5) };
  double     px = (end - start) / (scale.to - scale.from);

  if (picture->is_live && scope_view_get_window (picture->view) > 0)
    {
      scale.low = ceil (start / px - 1e-6) * px;
      scale.high = scale.low + px * (scale.to - scale.from);
    }
  return scale;
}

static GArray *
make_time_ticks (const ScopeScale *x,
                 double            origin,
                 ScopeText        *text,
                 GTimeZone        *zone)
{
  double spacing = scope_text_measure (text, SCOPE_TEXT_LABEL, "00:00:00") + TIME_TICK_GAP_PX;

  return isnan (origin) ? scope_scale_time_ticks (x, spacing, zone)
                        : scope_scale_elapsed_ticks (x, spacing, origin);
}

/* s beside the plot that a pen reaches in from. */
static double
get_beside (const ScopeScale *x)
{
  return REACH_PX * (x->high - x->low) / (x->to - x->from);
}

/* Blocks by pixel column; with those beside the plot that a pen reaches in from. */
static GArray *
make_bins (const ScopePicture *picture,
           const ScopeScale   *x)
{
  ScopeHistory       *history = picture->history;
  const double       *times = scope_history_get_times (history);
  double              beside = get_beside (x);
  ScopeBlockRange     range = scope_block_range (times, scope_history_get_n_blocks (history),
                                                 x->low - beside, x->high + beside);
  guint               n_stretches;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);

  return scope_bins_new (times, range, stretches, n_stretches, x, picture->column);
}

/**
 * scope_charts_init:
 * @self: uninitialised storage
 * @picture: what is drawn; its history has blocks
 * @curves: (element-type guint): positions of the endpoints
 * @text: the text style
 * @width: px, of the whole picture
 * @top: px
 * @bottom: px
 *
 * Works out where all of it stands.
 */
void
scope_charts_init (ScopeCharts        *self,
                   const ScopePicture *picture,
                   GArray             *curves,
                   ScopeText          *text,
                   double              width,
                   double              top,
                   double              bottom)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  ScopeHistory         *history = picture->history;
  const double         *times = scope_history_get_times (history);
  double                time_height = scope_text_height (text, SCOPE_TEXT_LABEL) + TICK_GAP_PX;
  double                start, end, height, weights = 0;
  ScopeGutter          *gutter = &self->gutter;

  scope_picture_get_range (picture, &start, &end);
  *self = (ScopeCharts){
    .picture = picture,
    .theme = scope_theme_get (picture->theme),
    .curves = g_array_ref (curves),
    .n_plots = picture->failures != SCOPE_FAILURES_NONE ? SCOPE_MAX_PLOTS : SCOPE_MAX_PLOTS - 1,
    .gutter = { .margin = MARGIN_PX, .right = width - MARGIN_PX, .end = width - MARGIN_PX },
    .range = scope_block_range (times, scope_history_get_n_blocks (history), start, end),
    .labels_top = bottom - time_height + TICK_GAP_PX,
  };
  scope_compared_init (&self->compared, picture->baseline, curves, start, end);
  self->most_users = scope_users_strip_most (history, self->range);
  self->users_height = get_users_height (history, self->range, bottom - top, text);
  height = bottom - top - time_height - self->users_height -
           (self->n_plots - (self->users_height > 0 ? 0 : 1)) * PLOT_GAP_PX;
  for (guint i = 0; i < self->n_plots; i++)
    weights += PLOTS[i].weight;
  if (self->users_height > 0)
    gutter->left = gutter->margin + scope_users_strip_gutter (history, self->range, text);
  for (guint i = 0; i < self->n_plots; i++)
    {
      ScopePlot *plot = &self->plots[i];
      double     share = height * PLOTS[i].weight / weights;
      ScopeStatistic statistic = PLOTS[i].get_statistic (picture);

      scope_plot_init (plot, statistic,
                       picture->is_log && scope_statistic_is_response_time (statistic), curves);
      scope_limit_lines_init (&self->limits[i], picture->limits, history, plot, self->theme);
      plot->limits = self->limits[i].values;
      plot->beside = scope_compared_get_extremes (&self->compared, plot->statistic, plot->is_log);
      scope_plot_fit (plot, history, self->range, picture->least ? &picture->least[i] : NULL, top,
                      share, text);
      top += share + PLOT_GAP_PX;
      gutter->left = MAX (gutter->left, gutter->margin + scope_plot_label_width (plot, text));
      gutter->left =
        MAX (gutter->left,
             gutter->margin + scope_limit_lines_label_width (&self->limits[i], plot, text));
    }
  gutter->left = MIN (ceil (gutter->left), gutter->right - 1);
  self->users_top = top;

  self->x = make_time_scale (picture, gutter, start, end);
  self->origin = scope_picture_get_origin (picture);
  self->ticks = make_time_ticks (&self->x, self->origin, text, zone);
  self->bins = make_bins (picture, &self->x);
  scope_compared_place (&self->compared, &self->x, picture->column, get_beside (&self->x));
  self->note = make_note (picture, end, self->origin, width, zone);
}

void
scope_charts_clear (ScopeCharts *self)
{
  for (guint i = 0; i < self->n_plots; i++)
    {
      scope_plot_clear (&self->plots[i]);
      scope_limit_lines_clear (&self->limits[i]);
    }
  self->n_plots = 0;
  g_clear_pointer (&self->curves, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_clear_pointer (&self->bins, g_array_unref);
  g_clear_pointer (&self->note, g_free);
  scope_compared_clear (&self->compared);
}

/* The titles, and the labels of the y axes. */
static void
draw_titles (const ScopeCharts *self,
             cairo_t           *cr,
             ScopeText         *text)
{
  for (guint i = 0; i < self->n_plots; i++)
    {
      const ScopePlot *plot = &self->plots[i];
      g_autofree char *span =
        scope_history_dup_span (self->picture->history, plot->statistic);
      g_autofree char *limit = scope_limit_lines_dup_text (&self->limits[i]);

      scope_plot_draw_title (plot, cr, text, self->theme, &self->gutter, span, limit,
                             i == 0 ? self->note : NULL);
      scope_plot_draw_labels (plot, cr, text, self->theme, &self->gutter);
      scope_limit_lines_draw_labels (&self->limits[i], plot, cr, text, self->theme, &self->gutter);
    }
}

/* Where the counters started again, in all charts; named in the first. */
static void
draw_runs (const ScopeCharts *self,
           cairo_t           *cr,
           ScopeText         *text)
{
  ScopeHistory *history = self->picture->history;
  guint         n_runs = scope_history_get_n_runs (history);
  const double *times = scope_history_get_times (history);

  for (guint run = 1; run < n_runs; run++)
    {
      double           time = times[scope_history_get_run (history, run).first];
      g_autofree char *label = NULL;

      if (time <= self->x.low || time > self->x.high)
        continue;
      /* Translators: a start of the counters, counted from 1. */
      label = g_strdup_printf (_("Run %u"), run + 1);
      for (guint i = 0; i < self->n_plots; i++)
        scope_plot_draw_mark (&self->plots[i], cr, text, self->theme, &self->gutter,
                              scope_scale_to_px (&self->x, time), i == 0 ? label : NULL);
    }
}

/* What lies behind the curves. */
void
scope_charts_draw_grid (const ScopeCharts *self,
                        cairo_t           *cr,
                        ScopeText         *text)
{
  for (guint i = 0; i < self->n_plots; i++)
    scope_limit_lines_draw_tint (&self->limits[i], &self->plots[i], self->picture->history,
                                 self->picture->highlight, self->bins, cr, self->theme,
                                 &self->gutter);
  for (guint i = 0; i < self->n_plots; i++)
    scope_plot_draw_grid (&self->plots[i], cr, self->theme, &self->gutter, self->ticks);
  draw_runs (self, cr, text);
}

/* Parts of the curves' pixels, which threads take one by one. */
typedef struct
{
  const ScopePlot *plots;
  const GArray    *bins;
  int              first; /* column */
  int              parts_a_plot;
  int              n_parts;
  int              next; /* atomic */
} Work;

static gpointer
draw_thread (gpointer data)
{
  Work *work = data;
  int   part;

  while ((part = g_atomic_int_add (&work->next, 1)) < work->n_parts)
    {
      const ScopePlot *plot = &work->plots[part / work->parts_a_plot];
      int              first = work->first + part % work->parts_a_plot * SCOPE_RASTER_COLUMNS;
      int              end = MIN (first + SCOPE_RASTER_COLUMNS, plot->paper.n_columns);
      ScopeInk         ink;

      scope_ink_init (&ink, &plot->paper, plot->ready->len, plot->phase);
      scope_plot_draw_curves (plot, &ink, work->bins, first, end);
      scope_ink_clear (&ink);
    }
  return NULL;
}

static void
draw_pixels (const ScopeCharts *self,
             int                first)
{
  int      n_columns = self->plots[0].paper.n_columns - first;
  int      parts = (n_columns + SCOPE_RASTER_COLUMNS - 1) / SCOPE_RASTER_COLUMNS;
  Work     work = { self->plots, self->bins, first, parts, parts * (int) self->n_plots, 0 };
  gboolean is_little = (gint64) self->curves->len * n_columns < WORTH_A_THREAD;
  guint    n_threads = is_little ? 0 : MIN (g_get_num_processors (), MAX_THREADS) - 1;
  GThread *threads[MAX_THREADS];

  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("draw", draw_thread, &work);
  draw_thread (&work);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
}

static void
draw_path (const ScopePlot *plot,
           const GArray    *bins)
{
  ScopeInk ink;

  scope_ink_init (&ink, &plot->paper, plot->ready->len, plot->phase);
  scope_plot_draw_curves (plot, &ink, bins, 0, 0);
  scope_ink_clear (&ink);
}

static void
draw_hint (const ScopeCharts *self,
           cairo_t           *cr,
           ScopeText         *text,
           const ScopePlot   *plot)
{
  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &self->theme->dim, _("No endpoint is switched on"),
                   (self->gutter.left + self->gutter.right) / 2,
                   (plot->y.from + plot->y.to) / 2 - 8, 0.5,
                   self->gutter.right - self->gutter.left);
}

/**
 * scope_charts_draw_curves:
 * @self: the charts
 * @cr: where the grid was drawn
 * @first: of pixels, the column from which on they are drawn
 */
void
scope_charts_draw_curves (ScopeCharts *self,
                          cairo_t     *cr,
                          int          first)
{
  gboolean is_image =
    cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;

  for (guint i = 0; i < self->n_plots; i++)
    {
      scope_plot_begin_curves (&self->plots[i], cr, self->theme, &self->gutter, &self->x,
                               self->picture->history, &self->compared, self->picture->highlight);
      if (!is_image)
        {
          draw_path (&self->plots[i], self->bins);
          scope_plot_end_curves (&self->plots[i]);
        }
    }
  if (!is_image)
    return;
  draw_pixels (self, first);
  for (guint i = self->n_plots; i > 0; i--)
    scope_plot_end_curves (&self->plots[i - 1]);
}

/* The limits' lines, in front of the curves. */
void
scope_charts_draw_limits (const ScopeCharts *self,
                          cairo_t           *cr)
{
  for (guint i = 0; i < self->n_plots; i++)
    scope_limit_lines_draw (&self->limits[i], &self->plots[i], cr, &self->gutter,
                            self->plots[i].phase);
}

/* The strip of users, if there is one. */
void
scope_charts_draw_users (const ScopeCharts *self,
                         cairo_t           *cr,
                         ScopeText         *text)
{
  if (self->users_height > 0)
    scope_users_strip_draw (self->picture->history, self->range, self->bins, cr, text, self->theme,
                            &self->gutter, self->users_top, self->users_height);
}

/* Returns: (transfer full): @time, in seconds since the epoch, as the time axis
 *   has it. */
char *
scope_charts_format_time (const ScopeCharts *self,
                          double             time)
{
  return scope_format_moment (time, self->origin);
}

/* The labels of the time axis. */
void
scope_charts_draw_times (const ScopeCharts *self,
                         cairo_t           *cr,
                         ScopeText         *text)
{
  for (guint i = 0; i < self->ticks->len; i++)
    {
      const ScopeTick *tick = &g_array_index (self->ticks, ScopeTick, i);
      double           half = scope_text_measure (text, SCOPE_TEXT_LABEL, tick->label) / 2;
      double           x = MIN (tick->position, self->gutter.end - half);

      scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &self->theme->dim, tick->label, round (x),
                       self->labels_top, 0.5, 0);
    }
}

/* Draws all of it. */
void
scope_charts_draw (ScopeCharts *self,
                   cairo_t     *cr,
                   ScopeText   *text)
{
  draw_titles (self, cr, text);
  scope_charts_draw_grid (self, cr, text);
  scope_charts_draw_curves (self, cr, 0);
  scope_charts_draw_limits (self, cr);
  for (guint i = 0; i < self->n_plots; i++)
    {
      if (self->curves->len == 0)
        draw_hint (self, cr, text, &self->plots[i]);
    }
  scope_charts_draw_users (self, cr, text);
  scope_charts_draw_times (self, cr, text);
}
