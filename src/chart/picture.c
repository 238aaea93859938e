/* picture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is kept between two drawings and nothing is set by one: what is
 * drawn is a function of the history, the view and the size.
 */
#include "picture.h"

#include "legend-strip.h"
#include "plot.h"
#include "selection.h"
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

/* The share of the height that a legend may take, and what the charts keep of
 * it before there is one. */
#define LEGEND_SHARE  0.35
#define MIN_CHARTS_PX 220

static ScopeStatistic
get_failures (ScopeHistory *history)
{
  return SCOPE_STATISTIC (FAILURES);
}

/* Response time has a little more of the height than the others. */
static const struct
{
  ScopeStatistic (*get_statistic) (ScopeHistory *history);
  double weight;
} PLOTS[] = {
  { scope_history_get_response_time, 0.55 },
  { scope_history_get_throughput, 0.45 },
  { get_failures, 0.3 }, /* if it is asked for */
};

#define MAX_PLOTS G_N_ELEMENTS (PLOTS)

/* Below this there is no room for the users. */
#define MIN_HEIGHT_WITH_USERS_PX 330

static ScopeBlockRange
get_range (const ScopePicture *self,
           double             *start,
           double             *end)
{
  scope_view_get_range (self->view, start, end);
  return scope_block_range (scope_history_get_times (self->history),
                            scope_history_get_n_blocks (self->history), *start, *end);
}

/* Name of the file and stretch of time.  Returns where they end, in px. */
static double
draw_heading (const ScopePicture *self,
              cairo_t            *cr,
              ScopeText          *text,
              const ScopeTheme   *theme,
              double              width,
              double              start,
              double              end,
              GTimeZone          *zone)
{
  g_autofree char *range = scope_format_range (start, end, zone);
  int              run = scope_view_get_run (self->view);
  double           y = MARGIN_PX;

  if (run >= 0)
    {
      g_autofree char *only_range = g_steal_pointer (&range);
      /* Translators: a start of the counters, counted from 1. */
      g_autofree char *name = g_strdup_printf (_("Run %u"), (guint) run + 1);

      range = g_strconcat (name, " · ", only_range, NULL);
    }

  scope_text_draw (text, cr, SCOPE_TEXT_HEAD, &theme->text, self->heading, MARGIN_PX, y, 0,
                   width - 2 * MARGIN_PX);
  y += scope_text_height (text, SCOPE_TEXT_HEAD) + 2;
  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, range, MARGIN_PX, y, 0,
                   width - 2 * MARGIN_PX);
  return y + scope_text_height (text, SCOPE_TEXT_BODY) + MARGIN_PX;
}

static void
draw_time_labels (cairo_t           *cr,
                  ScopeText         *text,
                  const ScopeTheme  *theme,
                  const ScopeGutter *gutter,
                  const GArray      *ticks,
                  double             y)
{
  for (guint i = 0; i < ticks->len; i++)
    {
      const ScopeTick *tick = &g_array_index (ticks, ScopeTick, i);
      double           half = scope_text_measure (text, SCOPE_TEXT_LABEL, tick->label) / 2;
      double           x = MIN (tick->position, gutter->end - half);

      scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &theme->dim, tick->label, round (x), y, 0.5, 0);
    }
}

/* What stands beside the first title: the day and the offset of the clock. */
static char *
make_note (const ScopePicture *self,
           double              end,
           double              width,
           GTimeZone          *zone)
{
  g_autofree char     *offset = scope_format_utc_offset (end, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) end);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char      *day = local ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");

  if (self->heading != NULL) /* which says it already */
    return NULL;
  if (width < NARROW_PX)
    return g_steal_pointer (&offset);
  return g_strdup_printf ("%s · %s", day, offset);
}

static void
draw_hint (cairo_t           *cr,
           ScopeText         *text,
           const ScopeTheme  *theme,
           const ScopeGutter *gutter,
           const ScopePlot   *plot)
{
  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, _("No endpoint is switched on"),
                   (gutter->left + gutter->right) / 2, (plot->y.from + plot->y.to) / 2 - 8, 0.5,
                   gutter->right - gutter->left);
}

/* Where the counters started again, in all charts; named in the first. */
static void
draw_runs (const ScopePicture *self,
           cairo_t            *cr,
           ScopeText          *text,
           const ScopeTheme   *theme,
           const ScopeGutter  *gutter,
           const ScopeScale   *x,
           const ScopePlot    *plots,
           guint               n_plots)
{
  guint         n_runs = scope_history_get_n_runs (self->history);
  const double *times = scope_history_get_times (self->history);

  for (guint run = 1; run < n_runs; run++)
    {
      double           time = times[scope_history_get_run (self->history, run).first];
      g_autofree char *label = NULL;

      if (time <= x->low || time > x->high)
        continue;
      /* Translators: a start of the counters, counted from 1. */
      label = g_strdup_printf (_("Run %u"), run + 1);
      for (guint i = 0; i < n_plots; i++)
        scope_plot_draw_mark (&plots[i], cr, text, theme, gutter, scope_scale_to_px (x, time),
                              i == 0 ? label : NULL);
    }
}

/* The height of the strip of users; 0 where there is none or no room. */
static double
get_users_height (const ScopePicture *self,
                  ScopeBlockRange     range,
                  double              room,
                  ScopeText          *text)
{
  return room < MIN_HEIGHT_WITH_USERS_PX ? 0
                                         : scope_users_strip_height (self->history, range, text);
}

/* Parts of the curves' pixels, which threads take one by one. */
typedef struct
{
  const ScopePlot *plots;
  const GArray    *bins;
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
      int              first = part % work->parts_a_plot * SCOPE_RASTER_COLUMNS;
      int              end = MIN (first + SCOPE_RASTER_COLUMNS, plot->paper.n_columns);
      ScopeInk         ink;

      scope_ink_init (&ink, &plot->paper, plot->phase);
      scope_plot_draw_curves (plot, &ink, work->bins, first, end);
      scope_ink_clear (&ink);
    }
  return NULL;
}

static void
draw_pixels (const ScopePlot *plots,
             guint            n_plots,
             const GArray    *bins)
{
  int      n_columns = plots[0].paper.n_columns;
  int      parts = (n_columns + SCOPE_RASTER_COLUMNS - 1) / SCOPE_RASTER_COLUMNS;
  Work     work = { plots, bins, parts, parts * (int) n_plots, 0 };
  gboolean is_little = plots[0].ready->len * bins->len < WORTH_A_THREAD;
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

  scope_ink_init (&ink, &plot->paper, plot->phase);
  scope_plot_draw_curves (plot, &ink, bins, 0, 0);
  scope_ink_clear (&ink);
}

static void
draw_curves (const ScopePicture *self,
             cairo_t            *cr,
             const ScopeTheme   *theme,
             const ScopeGutter  *gutter,
             const ScopeScale   *x,
             ScopePlot          *plots,
             guint               n_plots,
             const GArray       *bins)
{
  gboolean is_image =
    cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;

  for (guint i = 0; i < n_plots; i++)
    {
      scope_plot_begin_curves (&plots[i], cr, theme, gutter, x, self->history);
      if (!is_image)
        {
          draw_path (&plots[i], bins);
          scope_plot_end_curves (&plots[i]);
        }
    }
  if (!is_image)
    return;
  draw_pixels (plots, n_plots, bins);
  for (guint i = n_plots; i > 0; i--)
    scope_plot_end_curves (&plots[i - 1]);
}

/* The charts, between @top and @bottom in px. */
static void
draw_plots (const ScopePicture *self,
            cairo_t            *cr,
            ScopeText          *text,
            const ScopeTheme   *theme,
            GArray             *curves,
            double              width,
            double              top,
            double              bottom)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  double                start, end;
  ScopeBlockRange       range = get_range (self, &start, &end);
  double                time_height = scope_text_height (text, SCOPE_TEXT_LABEL) + TICK_GAP_PX;
  guint                 n_plots = self->failures ? MAX_PLOTS : MAX_PLOTS - 1;
  double                users = get_users_height (self, range, bottom - top, text);
  double                height =
    bottom - top - time_height - users - (n_plots - (users > 0 ? 0 : 1)) * PLOT_GAP_PX;
  double                weights = 0;
  ScopeGutter gutter = { .margin = MARGIN_PX, .right = width - MARGIN_PX, .end = width - MARGIN_PX };
  ScopePlot   plots[MAX_PLOTS];
  ScopeScale  x;
  g_autoptr (GArray) ticks = NULL;
  g_autoptr (GArray) bins = NULL;
  const ScopeStretch *stretches;
  guint               n_stretches;

  for (guint i = 0; i < n_plots; i++)
    weights += PLOTS[i].weight;
  if (users > 0)
    gutter.left = gutter.margin + scope_users_strip_gutter (self->history, range, text);
  for (guint i = 0; i < n_plots; i++)
    {
      double share = height * PLOTS[i].weight / weights;

      scope_plot_init (&plots[i], PLOTS[i].get_statistic (self->history), curves);
      scope_plot_fit (&plots[i], self->history, range, top, share, text);
      top += share + PLOT_GAP_PX;
      gutter.left = MAX (gutter.left, gutter.margin + scope_plot_label_width (&plots[i], text));
    }
  gutter.left = MIN (ceil (gutter.left), gutter.right - 1);

  x = (ScopeScale){ .low = start, .high = end, .from = gutter.left, .to = gutter.right };
  ticks = scope_scale_time_ticks (
    &x, scope_text_measure (text, SCOPE_TEXT_LABEL, "00:00:00") + TIME_TICK_GAP_PX, zone);
  stretches = scope_history_get_stretches (self->history, &n_stretches);
  bins = scope_bins_new (scope_history_get_times (self->history), range, stretches, n_stretches,
                         &x, self->column);

  for (guint i = 0; i < n_plots; i++)
    {
      g_autofree char *span = scope_history_dup_span (self->history, plots[i].statistic);
      g_autofree char *note = i == 0 ? make_note (self, end, width, zone) : NULL;

      scope_plot_draw_frame (&plots[i], cr, text, theme, &gutter, ticks,
                             span, note);
    }
  draw_runs (self, cr, text, theme, &gutter, &x, plots, n_plots);
  draw_curves (self, cr, theme, &gutter, &x, plots, n_plots, bins);
  for (guint i = 0; i < n_plots; i++)
    {
      if (curves->len == 0)
        draw_hint (cr, text, theme, &gutter, &plots[i]);
    }
  if (users > 0)
    scope_users_strip_draw (self->history, range, bins, cr, text, theme, &gutter, top, users);
  draw_time_labels (cr, text, theme, &gutter, ticks, bottom - time_height + TICK_GAP_PX);
  for (guint i = 0; i < n_plots; i++)
    scope_plot_clear (&plots[i]);
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
  double            top = MARGIN_PX - 4;
  double            bottom = height - MARGIN_PX + 4;

  scope_color_set (&theme->background, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  scope_text_init (&text, cr, self->font, self->font_px);
  if (self->heading != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      double                start, end, legend, room;

      get_range (self, &start, &end);
      top = draw_heading (self, cr, &text, theme, width, start, end, zone);
      room = MAX (height - top - 2 * MARGIN_PX - MIN_CHARTS_PX, 0);
      legend = scope_legend_strip_height (curves->len, width - 2 * MARGIN_PX,
                                          MIN (height * LEGEND_SHARE, room), &text);
      bottom = height - MARGIN_PX - legend;
      scope_legend_strip_draw (self->history, curves, cr, &text, theme, MARGIN_PX, bottom,
                               width - 2 * MARGIN_PX, legend);
      bottom -= legend > 0 ? MARGIN_PX : 0;
    }
  if (scope_history_get_n_blocks (self->history) > 0)
    draw_plots (self, cr, &text, theme, curves, width, top, bottom);
  scope_text_clear (&text);
}

/**
 * scope_picture_describe:
 * @self: a picture
 *
 * Returns: (transfer full): what it shows, in words
 */
char *
scope_picture_describe (const ScopePicture *self)
{
  g_autoptr (GArray)    curves = scope_selection_list (self->history);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  ScopeEndpoint        *slowest = NULL;
  double                start, end;
  g_autofree char      *range = NULL;
  g_autofree char      *name = NULL;
  g_autofree char      *highest = NULL;

  if (scope_history_get_n_blocks (self->history) == 0)
    return g_strdup (_("No data yet"));
  get_range (self, &start, &end);
  range = scope_format_range (start, end, zone);
  for (guint i = 0; i < curves->len; i++)
    {
      ScopeEndpoint *endpoint =
        scope_history_get_endpoint (self->history, g_array_index (curves, guint, i));
      double response_time = scope_endpoint_get_response_time (endpoint);

      if (!isnan (response_time) &&
          (slowest == NULL || response_time > scope_endpoint_get_response_time (slowest)))
        slowest = endpoint;
    }
  if (slowest == NULL)
    /* Translators: %u curves, then a stretch of time. */
    return g_strdup_printf (ngettext ("%u endpoint, %s", "%u endpoints, %s", curves->len),
                            curves->len, range);
  name = scope_endpoint_dup_label (slowest);
  highest = scope_format_number (scope_endpoint_get_response_time (slowest));
  /* Translators: %u curves, a stretch of time, the slowest endpoint, its response time. */
  return g_strdup_printf (ngettext ("%u endpoint, %s; slowest now: %s with %s ms",
                                    "%u endpoints, %s; slowest now: %s with %s ms", curves->len),
                          curves->len, range, name, highest);
}
