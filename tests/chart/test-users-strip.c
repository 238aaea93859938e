/* test-users-strip.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strip of users: there when the file tells of users and there is room,
 * and as high at each moment as there were users.
 */
#include "csv-parser.h"
#include "users-strip.h"

#include <string.h>

#define WIDTH  600
#define HEIGHT 60
#define LEFT   50

#define HEADER                                                                           \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,Total Request Count,"        \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"          \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

/* Ten blocks with 0 users, ten with 5, ten with 10. */
static ScopeHistory *
make_history (guint factor)
{
  g_autoptr (GString)        text = g_string_new (HEADER);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    blocks = NULL;
  ScopeHistory              *history = scope_history_new ();

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "%u,%u,,Aggregated,0,0,5,%u,0,5,5,5,5,64\r\n", 1795338538 + i,
                            i / 10 * factor, i);
  blocks = scope_csv_parser_feed (parser, text->str, text->len, NULL);
  scope_history_append (history, blocks);
  return history;
}

/* How many rows of that column are not background. */
static guint
count_ink (cairo_surface_t *surface,
           int              x)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  guint         n = 0;

  cairo_surface_flush (surface);
  for (int y = 0; y < HEIGHT; y++)
    n += (((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff) != 0xffffff;
  return n;
}

static void
test_steps (void)
{
  g_autoptr (ScopeHistory) history = make_history (5);
  const ScopeTheme        *theme = scope_theme_get (SCOPE_THEME_LIGHT);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (surface);
  const double    *times = scope_history_get_times (history);
  ScopeBlockRange  range = scope_block_range (times, 30, times[0], times[29]);
  ScopeGutter      gutter = { .left = LEFT, .right = WIDTH, .margin = 0, .end = WIDTH };
  ScopeScale       x = { .low = times[0], .high = times[29], .from = LEFT, .to = WIDTH };
  ScopeText        text;
  guint            n_stretches, none, half, full;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);
  g_autoptr (GArray)  bins = scope_bins_new (times, range, stretches, n_stretches, &x, 1);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  scope_text_init (&text, cr, "Sans", 13);
  g_assert_cmpfloat (scope_users_strip_height (history, range, &text), >, 20);
  g_assert_cmpfloat (scope_users_strip_gutter (history, range, &text), >, 10);
  scope_users_strip_draw (history, range, bins, cr, &text, theme, &gutter, 0, HEIGHT);

  none = count_ink (surface, LEFT + (WIDTH - LEFT) / 6);
  half = count_ink (surface, LEFT + (WIDTH - LEFT) / 2);
  full = count_ink (surface, LEFT + (WIDTH - LEFT) * 5 / 6);
  g_assert_cmpuint (none, <=, 2);
  g_assert_cmpuint (full, >=, 15);
  g_assert_cmpuint (ABS ((int) full - 2 * (int) half), <=, 3);

  scope_text_clear (&text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_none (void)
{
  g_autoptr (ScopeHistory) history = make_history (0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  ScopeText        text;

  scope_text_init (&text, cr, "Sans", 13);
  g_assert_cmpfloat (
    scope_users_strip_height (history, (ScopeBlockRange){ .first = 0, .end = 30 }, &text), ==, 0);
  scope_text_clear (&text);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/users-strip/steps", test_steps);
  g_test_add_func ("/users-strip/none", test_none);
  return g_test_run ();
}
