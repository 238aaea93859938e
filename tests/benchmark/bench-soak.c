/* bench-soak.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten hours of a test at 500 rows/s, compressed in time: that a row more, a
 * frame and the memory of a row cost at the end what they cost at the start.
 *
 *   bench-soak [ENDPOINTS HOURS]
 *
 * The picture follows the last fifteen minutes with all endpoints shown, and is
 * drawn after each block; once an hour the whole run is drawn.  A line an hour.
 */
#include "canvas.h"
#include "csv-parser.h"
#include "made-up.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#define WIDTH       1200
#define HEIGHT      800
#define LOOKED_AT_S 900

/* Nothing grows, but for what a measurement is off. */
#define FLAT AT_MOST (1.1)

typedef struct
{
  MadeUp         *test;    /* borrowed */
  ScopeCsvParser *parser;  /* borrowed */
  ScopePicture    picture;
  ScopeCanvas    *canvas;  /* owned: of the last 15 minutes */
  GString        *text;    /* owned: of a block */
  GArray         *appends; /* owned: ns a row, for each block of the hour */
  GArray         *frames;  /* owned: ms of CPU, for each block of the hour */
  guint64         n_rows;
  double          at_first; /* MB before the first row */
} Soak;

typedef struct
{
  double append; /* ns a row */
  double frame;  /* ms of CPU */
  double whole;  /* ms of CPU */
  double held;   /* bytes a row */
} Hour;

static void
take_block (Soak *self)
{
  g_autoptr (ScopeBlocks) blocks = NULL;
  guint                   n_rows;
  double                  from, ns;

  g_string_truncate (self->text, 0);
  n_rows = made_up_add_block (self->test, self->text);
  from = get_cpu_seconds ();
  blocks = scope_csv_parser_feed (self->parser, self->text->str, self->text->len, NULL);
  scope_history_append (self->picture.history, blocks);
  ns = 1e9 * (get_cpu_seconds () - from) / n_rows;
  g_array_append_val (self->appends, ns);
  self->n_rows += n_rows;
}

/* ms of CPU, of the next picture on a canvas. */
static double
draw (Soak        *self,
      ScopeCanvas *canvas)
{
  double from = get_cpu_seconds ();

  scope_canvas_draw (canvas, &self->picture, WIDTH, HEIGHT);
  return 1e3 * (get_cpu_seconds () - from);
}

/* ms of CPU, of a picture of all blocks so far that shares nothing with another. */
static double
draw_whole (Soak *self)
{
  ScopeCanvas *canvas = scope_canvas_new ();
  double       ms;

  scope_view_set_window (self->picture.view, 0);
  ms = draw (self, canvas);
  scope_view_set_window (self->picture.view, LOOKED_AT_S);
  scope_canvas_free (canvas);
  return ms;
}

static void
appended_cb (Soak *self,
             guint first_changed)
{
  scope_canvas_invalidate (self->canvas, first_changed);
}

static void
show_all (ScopeHistory *history)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), TRUE);
}

static Hour
live_an_hour (Soak *self)
{
  Hour hour;

  g_array_set_size (self->appends, 0);
  g_array_set_size (self->frames, 0);
  for (guint minute = 0; minute < 60; minute++)
    {
      for (guint second = 0; second < 60; second++)
        {
          double ms;

          take_block (self);
          if (second == 0)
            show_all (self->picture.history);
          ms = draw (self, self->canvas);
          g_array_append_val (self->frames, ms);
        }
    }
  hour.append = get_median (self->appends);
  hour.frame = get_median (self->frames);
  hour.whole = draw_whole (self);
  hour.held = 1e6 * (get_resident_mb () - self->at_first) / self->n_rows;
  return hour;
}

static void
live (Soak *self,
      guint n_hours)
{
  Hour first = { 0 }, last = { 0 };

  printf ("%4s %12s %16s %21s %12s %17s\n", "hour", "rows (10^6)", "append (ns/row)",
          "frame of 15 min (ms)", "of all (ms)", "held (bytes/row)");
  for (guint i = 1; i <= n_hours; i++)
    {
      last = live_an_hour (self);
      if (i == 1)
        first = last;
      printf ("%4u %12.1f %16.0f %21.2f %12.1f %17.1f\n", i, self->n_rows / 1e6, last.append,
              last.frame, last.whole, last.held);
      fflush (stdout);
    }
  report ("500 rows/s: append, a row, in the last hour", last.append, "ns", AT_MOST (400));
  report ("500 rows/s: append, last hour to first", last.append / first.append, "x", FLAT);
  report ("500 rows/s: frame of 15 min, in the last hour", last.frame, "ms CPU", NO_TARGET);
  report ("500 rows/s: frame of 15 min, last hour to first", last.frame / first.frame, "x",
          FLAT);
  report ("500 rows/s: frame of the whole run, at its end", last.whole, "ms CPU", NO_TARGET);
  report ("500 rows/s: held, a row, at its end", last.held, "bytes", AT_MOST (64));
  report ("500 rows/s: held, a row, last hour to first", last.held / first.held, "x", FLAT);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (MadeUp) test = made_up_new (argc > 2 ? (guint) atoi (argv[1]) : 499, MADE_UP_SEED);
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeView)      view = scope_view_new (history);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    nothing = NULL;
  Soak                       self = { .test = test, .parser = parser };

  self.picture = (ScopePicture){ .history = history, .view = view, .font = "Sans", .font_px = 13,
                                 .column = 1, .is_live = TRUE };
  self.canvas = scope_canvas_new ();
  scope_view_set_window (view, LOOKED_AT_S);
  g_signal_connect_swapped (history, "appended", G_CALLBACK (appended_cb), &self);
  self.text = g_string_new (NULL);
  self.appends = g_array_new (FALSE, FALSE, sizeof (double));
  self.frames = g_array_new (FALSE, FALSE, sizeof (double));
  made_up_add_header (self.text);
  nothing = scope_csv_parser_feed (parser, self.text->str, self.text->len, NULL);
  self.at_first = get_resident_mb ();
  live (&self, argc > 2 ? (guint) atoi (argv[2]) : 10);
  g_string_free (self.text, TRUE);
  g_array_unref (self.appends);
  g_array_unref (self.frames);
  scope_canvas_free (self.canvas);
  return 0;
}
