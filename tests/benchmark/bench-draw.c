/* bench-draw.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long both charts take to be drawn, all curves shown.
 *
 *   bench-draw [ENDPOINTS SECONDS [SCALE [LIMIT_MS]]]
 *
 * The first picture, which works out the series; then the best of several
 * rounds: one after a pan, and one after a new block of which fifteen minutes
 * are looked at.  The last two are what a gesture and a live test cost.  Then both
 * at once: frames of zooming in and out while blocks arrive.
 */
#include "canvas.h"
#include "probe.h"
#include "report.h"
#include "zoom.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define START  1795000000
#define WIDTH  1200
#define HEIGHT 800
#define ROUNDS 7
#define MOTIONS 1000

/* In and out again, a block every few frames. */
#define ZOOM_FRAMES  60
#define ZOOM_FACTOR  1.12
#define BLOCK_FRAMES 3

typedef struct
{
  guint    n_endpoints;
  guint    n_blocks;
  guint32  state;
  double  *times;  /* ms, of all requests so far */
  guint64 *counts;
} Load;

static double
draw (guint32 *state)
{
  *state = *state * 1664525 + 1013904223;
  return *state / 4294967296.0;
}

static void
add_row (ScopeBlocks *blocks,
         guint        block,
         guint32      identity,
         guint64      count,
         double       time)
{
  ScopeRow row = { .stamp = START + block,
                   .count = count,
                   .failures = count / 50,
                   .average = count ? time / count : 0,
                   .users = 50,
                   .identity = identity,
                   .starts_block = identity == 0 };

  g_array_append_val (blocks->rows, row);
}

static void
add_identities (ScopeBlocks *blocks,
                guint        n)
{
  for (guint i = 0; i < n; i++)
    {
      ScopeIdentity identity = { "GET", NULL, FALSE };

      identity.name = g_strdup_printf ("/api/endpoint/%03u", i);
      g_ptr_array_add (blocks->identities, scope_identity_copy (&identity));
      g_free (identity.name);
    }
}

static void
go_on (Load         *load,
       ScopeHistory *history,
       ScopeSchema  *schema,
       guint         n_blocks)
{
  g_autoptr (ScopeBlocks) blocks =
    scope_blocks_new (schema, load->n_blocks ? load->n_endpoints : 0);

  if (load->n_blocks == 0)
    add_identities (blocks, load->n_endpoints);
  for (guint b = 0; b < n_blocks; b++, load->n_blocks++)
    for (guint i = 0; i < load->n_endpoints; i++)
      {
        guint  n = (guint) (20 * draw (&load->state));
        double base = 10 + 3 * i * (1 + sin (load->n_blocks / 300.0 + i));

        load->counts[i] += n;
        load->times[i] += n * base * (0.5 + draw (&load->state));
        add_row (blocks, load->n_blocks, i, load->counts[i], load->times[i]);
      }
  scope_history_append (history, blocks);
}

/* ms, of the clock or of CPU */
static double
time_picture (ScopeCanvas        *canvas,
              const ScopePicture *picture,
              double              (*get_time) (void))
{
  double start = get_time ();

  scope_canvas_draw (canvas, picture, WIDTH, HEIGHT);
  return 1e3 * (get_time () - start);
}

/* ms of a motion of the pointer: the curve that is nearest to it. */
static double
time_cursor (ScopeCanvas *canvas)
{
  const ScopeCharts *charts = scope_canvas_get_charts (canvas);
  double             start = get_seconds ();

  for (guint i = 0; i < MOTIONS; i++)
    {
      double     y = (i * 37) % HEIGHT;
      guint      block = charts->range.first +
                    i * (charts->range.end - charts->range.first - 1) / MOTIONS;
      ScopeProbe probe;

      scope_charts_find_curve (charts, scope_charts_find_plot (charts, y), block, y, &probe);
    }
  return 1e3 * (get_seconds () - start) / MOTIONS;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* ms of frames of zooming while blocks arrive: the median and the longest. */
static void
time_zoom (Load               *load,
           ScopeSchema        *schema,
           ScopeCanvas        *canvas,
           const ScopePicture *picture,
           double             *median,
           double             *longest)
{
  g_autoptr (ScopeZoom) zoom = scope_zoom_new (picture->view);
  double                frames[ZOOM_FRAMES];
  double                start, end;

  scope_view_get_range (picture->view, &start, &end);
  for (guint i = 0; i < ZOOM_FRAMES; i++)
    {
      if (i % BLOCK_FRAMES == 0)
        go_on (load, picture->history, schema, 1);
      scope_zoom_at (zoom, start + 0.7 * (end - start),
                     i < ZOOM_FRAMES / 2 ? 1 / ZOOM_FACTOR : ZOOM_FACTOR);
      frames[i] = time_picture (canvas, picture, get_seconds);
    }
  qsort (frames, ZOOM_FRAMES, sizeof *frames, compare_doubles);
  *median = frames[ZOOM_FRAMES / 2];
  *longest = frames[ZOOM_FRAMES - 1];
}

/* MIN() would take the time twice. */
static void
keep_least (double *least,
            double  value)
{
  *least = MIN (*least, value);
}

static void
appended_cb (ScopeHistory *history,
             guint         first_changed,
             ScopeCanvas  *canvas)
{
  scope_canvas_invalidate (canvas, first_changed);
}

static void
report_zoom (const Load *load,
             guint       n_blocks,
             const char *scale,
             double      median,
             double      longest)
{
  g_autofree char *what = g_strdup_printf ("%u endpoints x %u s: zooming during live data, %s, ",
                                           load->n_endpoints, n_blocks, scale);
  g_autofree char *median_row = g_strconcat (what, "median frame", NULL);
  g_autofree char *longest_row = g_strconcat (what, "longest frame", NULL);

  report (median_row, median, "ms", load->n_endpoints == 200 ? AT_MOST (16.7) : NO_TARGET);
  report (longest_row, longest, "ms", NO_TARGET);
}

static void
report_all (const Load *load,
            guint       n_blocks,
            double      first,
            double      pan,
            double      live,
            double      cursor)
{
  static const struct
  {
    guint  n_endpoints;
    double pan;
    double live;
  } targets[] = { { 50, AT_MOST (4), NO_TARGET },
                  { 200, AT_MOST (8.3), AT_MOST (2) },
                  { 500, AT_MOST (16.7), NO_TARGET } };
  g_autofree char *what = g_strdup_printf ("%u endpoints x %u s: ", load->n_endpoints, n_blocks);
  g_autofree char *first_row = g_strconcat (what, "first picture of both charts", NULL);
  g_autofree char *pan_row = g_strconcat (what, "full redraw of both charts", NULL);
  g_autofree char *live_row = g_strconcat (what, "live frame, 15 min shown", NULL);
  g_autofree char *cursor_row = g_strconcat (what, "the curve nearest to the pointer", NULL);
  double           pan_target = NO_TARGET, live_target = NO_TARGET;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (targets[i].n_endpoints == load->n_endpoints)
      {
        pan_target = targets[i].pan;
        live_target = targets[i].live;
      }
  report (first_row, first, "ms", NO_TARGET);
  report (pan_row, pan, "ms", pan_target);
  report (live_row, live, "ms CPU", live_target);
  report (cursor_row, cursor, "ms", AT_MOST (1));
}

int
main (int    argc,
      char **argv)
{
  Load   load = { .n_endpoints = argc > 2 ? (guint) atoi (argv[1]) : 50, .state = 7 };
  guint  n_blocks = argc > 2 ? (guint) atoi (argv[2]) : 3600;
  double scale = argc > 3 ? atof (argv[3]) : 1;
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autoptr (ScopeView)    view = scope_view_new (history);
  g_autoptr (ScopeLimits)  limits = scope_limits_new (history);
  g_autoptr (ScopeSchema)  schema = scope_schema_new (NULL, 0, TRUE);
  ScopePicture             picture = { .history = history,
                                       .view = view,
                                       .limits = limits,
                                       .font = "Sans",
                                       .font_px = 13,
                                       .column = 1 / scale,
                                       .is_live = TRUE };
  ScopeCanvas             *canvas = scope_canvas_new ();
  double                   first, pan = G_MAXDOUBLE, live = G_MAXDOUBLE;
  double                   end = START + n_blocks;

  if (argc > 4) /* ms, of response times */
    {
      g_autoptr (ScopeLimit) limit = scope_limit_new (SCOPE_STATISTIC (AVERAGE), atof (argv[4]));

      scope_limits_put (limits, limit);
    }
  load.times = g_new0 (double, load.n_endpoints);
  load.counts = g_new0 (guint64, load.n_endpoints);
  for (guint b = 0; b < n_blocks; b += 600)
    go_on (&load, history, schema, MIN (600, n_blocks - b));
  for (guint i = 0; i < load.n_endpoints; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), TRUE);

  g_signal_connect (history, "appended", G_CALLBACK (appended_cb), canvas);
  first = time_picture (canvas, &picture, get_seconds);
  for (guint i = 0; i < ROUNDS; i++)
    {
      scope_view_set_fixed (view, START + i, end);
      keep_least (&pan, time_picture (canvas, &picture, get_seconds));
    }
  scope_view_follow (view);
  scope_view_set_window (view, 900);
  for (guint i = 0; i < ROUNDS; i++)
    {
      go_on (&load, history, schema, 1);
      keep_least (&live, time_picture (canvas, &picture, get_cpu_seconds));
    }
  report_all (&load, n_blocks, first, pan, live, time_cursor (canvas));
  scope_view_set_window (view, 0);
  for (guint i = 0; i < 2; i++)
    {
      double median, longest;

      picture.is_log = i > 0;
      scope_view_follow (view);
      scope_canvas_draw (canvas, &picture, WIDTH, HEIGHT);
      time_zoom (&load, schema, canvas, &picture, &median, &longest);
      report_zoom (&load, n_blocks, i ? "logarithmic" : "linear", median, longest);
    }
  scope_canvas_free (canvas);
  g_free (load.times);
  g_free (load.counts);
  return 0;
}
