/* bench-draw.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long both charts take to be drawn, all curves shown.
 *
 *   bench-draw [ENDPOINTS SECONDS [SCALE]]
 *
 * Prints the best of several rounds: the first picture (which works out the
 * series), one after a pan, one after new blocks of which fifteen minutes are
 * looked at; the last two are what a gesture and a live test cost.
 */
#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define START  1795000000
#define WIDTH  1200
#define HEIGHT 800
#define ROUNDS 7

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
  g_autoptr (ScopeBlocks) blocks = scope_blocks_new (schema, load->n_blocks ? load->n_endpoints : 0);

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

static double
time_picture (const ScopePicture *picture,
              double              scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * scale),
                                                         (int) (HEIGHT * scale));
  cairo_t         *cr = cairo_create (surface);
  gint64           start = g_get_monotonic_time ();

  cairo_scale (cr, scale, scale);
  scope_picture_draw (picture, cr, WIDTH, HEIGHT);
  start = g_get_monotonic_time () - start;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return start / 1e3;
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
  g_autoptr (ScopeSchema)  schema = scope_schema_new (NULL, 0, TRUE);
  ScopePicture             picture = { .history = history,
                                       .view = view,
                                       .font = "Sans",
                                       .font_px = 13,
                                       .column = 1 / scale };
  double                   first, pan = G_MAXDOUBLE, live = G_MAXDOUBLE;
  double                   end = START + n_blocks;

  load.times = g_new0 (double, load.n_endpoints);
  load.counts = g_new0 (guint64, load.n_endpoints);
  for (guint b = 0; b < n_blocks; b += 600)
    go_on (&load, history, schema, MIN (600, n_blocks - b));
  for (guint i = 0; i < load.n_endpoints; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), TRUE);

  first = time_picture (&picture, scale);
  for (guint i = 0; i < ROUNDS; i++)
    {
      scope_view_set_fixed (view, START + i, end);
      pan = MIN (pan, time_picture (&picture, scale));
    }
  for (guint i = 0; i < ROUNDS; i++)
    {
      go_on (&load, history, schema, 5);
      scope_view_set_fixed (view, START + load.n_blocks - 900, START + load.n_blocks);
      live = MIN (live, time_picture (&picture, scale));
    }
  printf ("%u endpoints, %u s, %dx%d at scale %g, both charts\n", load.n_endpoints, n_blocks, WIDTH,
          HEIGHT, scale);
  printf ("first picture %8.1f ms\nafter a pan   %8.1f ms\nfive blocks later, of the last 15 min "
          "%8.1f ms\n",
          first, pan, live);
  g_free (load.times);
  g_free (load.counts);
  return 0;
}
