/* test-canvas.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept from one drawing to the next is what would be drawn anew: a
 * test grows block by block, and each picture is compared with that of a canvas
 * that has seen none before.
 */
#include "calm.h"
#include "canvas.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define START       1795000000
#define N_ENDPOINTS 14
#define WIDTH       700
#define HEIGHT      520
#define LOW_HEIGHT  160

/* Of 255: lines are cut at other places. */
#define MOST_LEVELS 8

typedef struct
{
  ScopeHistory *history;
  ScopeView    *view;
  ScopeBaseline *baseline; /* NULL: nothing is compared */
  ScopeSchema  *schema;
  ScopeLimits  *limits;
  ScopeCanvas  *canvas;
  ScopePicture  picture;
  guint         n_blocks;
  guint         n_identities;
  guint64       counts[N_ENDPOINTS];
  guint64       failures[N_ENDPOINTS];
  double        times[N_ENDPOINTS];
  guint         level;  /* ms */
  guint         partly; /* pictures */
  int           height; /* px */
} Test;

static void
appended_cb (ScopeHistory *history,
             guint         first_changed,
             ScopeCanvas  *canvas)
{
  scope_canvas_invalidate (canvas, first_changed);
}

static void
changed_cb (Test *test)
{
  scope_canvas_invalidate (test->canvas, 0);
}

static void
test_init (Test  *test,
           double scale)
{
  *test = (Test){ .history = scope_history_new (),
                  .schema = scope_schema_new (NULL, 0, TRUE),
                  .canvas = scope_canvas_new (),
                  .level = 100,
                  .height = HEIGHT };
  test->view = scope_view_new (test->history);
  test->limits = scope_limits_new (test->history);
  test->picture = (ScopePicture){ .history = test->history,
                                  .view = test->view,
                                  .limits = test->limits,
                                  .font = "Sans",
                                  .font_px = 13,
                                  .column = 1 / scale,
                                  .is_live = TRUE };
  g_signal_connect (test->history, "appended", G_CALLBACK (appended_cb), test->canvas);
  g_signal_connect_swapped (test->history, "chosen", G_CALLBACK (changed_cb), test);
  g_signal_connect_swapped (test->limits, "changed", G_CALLBACK (changed_cb), test);
}

static void
test_clear (Test *test)
{
  g_object_unref (test->limits);
  g_clear_object (&test->baseline);
  g_object_unref (test->view);
  g_object_unref (test->history);
  scope_schema_unref (test->schema);
  scope_canvas_free (test->canvas);
}

static void
add_identities (Test        *test,
                ScopeBlocks *blocks)
{
  for (; test->n_identities < N_ENDPOINTS; test->n_identities++)
    {
      g_autofree char *name = g_strdup_printf ("/endpoint/%u", test->n_identities);
      ScopeIdentity    identity = { (char *) "GET", name, FALSE };

      g_ptr_array_add (blocks->identities, scope_identity_copy (&identity));
    }
}

/* Some endpoints have no request for a while. */
static void
go_on (Test *test,
       guint n_blocks)
{
  g_autoptr (ScopeBlocks) blocks = scope_blocks_new (test->schema, test->n_identities);

  add_identities (test, blocks);
  for (guint b = 0; b < n_blocks; b++, test->n_blocks++)
    for (guint i = 0; i < N_ENDPOINTS; i++)
      {
        guint    n = i % 4 == 3 && test->n_blocks / 25 % 2 ? 0 : g_test_rand_int_range (1, 20);
        guint    failed = g_test_rand_int_range (0, 4) == 0 ? g_test_rand_int_range (0, n + 1) : 0;
        ScopeRow row = { .stamp = START + test->n_blocks,
                         .users = 20 + test->n_blocks / 40 % 7,
                         .identity = i,
                         .starts_block = i == 0 };

        test->counts[i] += n;
        test->failures[i] += failed;
        test->times[i] += n * test->level * (1 + i / 5.0) * g_test_rand_double_range (0.7, 1.3);
        row.count = test->counts[i];
        row.failures = test->failures[i];
        row.average = row.count ? test->times[i] / row.count : 0;
        g_array_append_val (blocks->rows, row);
      }
  scope_history_append (test->history, blocks);
}

static void
start_again (Test *test)
{
  for (guint i = 0; i < N_ENDPOINTS; i++)
    {
      test->counts[i] = 0;
      test->failures[i] = 0;
      test->times[i] = 0;
    }
}

static void
show_all (Test *test)
{
  for (guint i = 0; i < N_ENDPOINTS; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (test->history, i), TRUE);
}

static void
put_limit (Test       *test,
           const char *text)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ScopeLimit) limit = scope_limit_parse (text, &error);

  g_assert_no_error (error);
  scope_limits_put (test->limits, limit);
}

/* Where the pictures differ, for a human. */
static void
keep_pictures (cairo_surface_t *one,
               cairo_surface_t *other)
{
  const char *folder = g_getenv ("PICTURES");

  if (folder != NULL)
    {
      g_autofree char *kept = g_strdup_printf ("%s/canvas-kept.png", folder);
      g_autofree char *whole = g_strdup_printf ("%s/canvas-whole.png", folder);

      cairo_surface_write_to_png (one, kept);
      cairo_surface_write_to_png (other, whole);
    }
}

/* What the y axis of a chart reaches over. */
static ScopeSpread
get_shown (Test *test,
           guint plot)
{
  const ScopeScale *y = &scope_canvas_get_charts (test->canvas)->plots[plot].y;

  return (ScopeSpread){ y->low, y->high };
}

static void
assert_as_whole (Test *test)
{
  ScopeCanvas     *other = scope_canvas_new ();
  cairo_surface_t *kept = scope_canvas_draw (test->canvas, &test->picture, WIDTH, test->height);
  ScopeSpread      shown[SCOPE_MAX_PLOTS];
  ScopePicture     picture = test->picture;
  cairo_surface_t *whole;
  gsize            stride = cairo_image_surface_get_stride (kept);
  int              width = cairo_image_surface_get_width (kept);
  const guint8    *a = cairo_image_surface_get_data (kept);
  const guint8    *b;

  /* Its axes may reach farther than they need to: it has seen what is gone. */
  for (guint i = 0; i < scope_canvas_get_charts (test->canvas)->n_plots; i++)
    shown[i] = get_shown (test, i);
  picture.least = shown;
  whole = scope_canvas_draw (other, &picture, WIDTH, test->height);
  b = cairo_image_surface_get_data (whole);
  g_assert_false (scope_canvas_was_partly (other));
  test->partly += scope_canvas_was_partly (test->canvas);
  for (int y = 0; y < cairo_image_surface_get_height (kept); y++)
    {
      if (memcmp (a + y * stride, b + y * stride, 4 * (gsize) width) == 0)
        continue;
      for (int x = 0; x < width; x++)
        for (guint channel = 0; channel < 3; channel++)
          {
            gsize at = y * stride + 4 * (gsize) x + channel;

            if (ABS (a[at] - b[at]) <= MOST_LEVELS)
              continue;
            keep_pictures (kept, whole);
            g_error ("Block %u: another pixel at %d, %d: %d, not %d", test->n_blocks, x, y, a[at],
                     b[at]);
          }
    }
  scope_canvas_free (other);
}

static void
check_growing (double        scale,
               double        window,
               ScopeFailures failures,
               gboolean      limited,
               guint         step)
{
  Test test;

  test_init (&test, scale);
  test.picture.failures = failures;
  scope_view_set_window (test.view, window);
  if (limited)
    {
      /* One that comes and goes, one that is seldom exceeded, one out of sight. */
      put_limit (&test, "average=300");
      put_limit (&test, "average=360:/endpoint/13");
      put_limit (&test, "average=4000:/endpoint/2");
      put_limit (&test, "failure-share=14.5");
    }
  go_on (&test, 400);
  show_all (&test);
  assert_as_whole (&test);
  for (guint i = 0; i < 60; i++)
    {
      test.picture.elapsed = i >= 45;
      go_on (&test, step);
      assert_as_whole (&test);
    }
  g_test_message ("scale %g, %g s, %u blocks at a time: %u of 61 partly", scale, window, step,
                  test.partly);
  g_assert_cmpuint (test.partly, >, 30);
  test_clear (&test);
}

static void
test_growing (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      check_growing (scale, 0, SCOPE_FAILURES_NONE, FALSE, 1);
      check_growing (scale, 300, SCOPE_FAILURES_NONE, FALSE, 1);
      check_growing (scale, 300, SCOPE_FAILURES_RATE, FALSE, 5);
      check_growing (scale, 97, SCOPE_FAILURES_NONE, FALSE, 1);
      check_growing (scale, 3600, SCOPE_FAILURES_NONE, FALSE, 2);
    }
}

/* The same with limits: tints and dashes go along. */
static void
test_limits (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      check_growing (scale, 0, SCOPE_FAILURES_NONE, TRUE, 1);
      check_growing (scale, 300, SCOPE_FAILURES_SHARE, TRUE, 1);
      check_growing (scale, 61, SCOPE_FAILURES_NONE, TRUE, 3);
      check_growing (scale, 3600, SCOPE_FAILURES_SHARE, TRUE, 2);
    }
}

/* Compares with @other, or with a run of the same test. */
static void
compare (Test         *test,
         ScopeHistory *other,
         int           run)
{
  g_clear_object (&test->baseline);
  test->baseline = scope_baseline_new (test->history, test->view, other, run, "other");
  test->picture.baseline = test->baseline;
  scope_canvas_invalidate (test->canvas, 0);
}

/* Another test, of which some endpoints are the same. */
static ScopeHistory *
make_other (guint n_blocks)
{
  Test          other;
  ScopeHistory *history;

  test_init (&other, 1);
  other.level = 120;
  go_on (&other, n_blocks);
  history = g_object_ref (other.history);
  g_signal_handlers_disconnect_by_data (history, other.canvas);
  g_signal_handlers_disconnect_by_data (history, &other);
  test_clear (&other);
  return history;
}

static void
check_compared (double scale,
                double window,
                guint  n_blocks,
                guint  step)
{
  g_autoptr (ScopeHistory) other = make_other (n_blocks);
  Test                     test;

  test_init (&test, scale);
  scope_view_set_window (test.view, window);
  go_on (&test, 400);
  show_all (&test);
  compare (&test, other, -1);
  assert_as_whole (&test);
  for (guint i = 0; i < 60; i++)
    {
      go_on (&test, step);
      assert_as_whole (&test);
    }
  g_test_message ("scale %g, %g s, %u blocks at a time: %u of 61 partly", scale, window, step,
                  test.partly);
  g_assert_cmpuint (test.partly, >, 30);
  test_clear (&test);
}

/* A live test is drawn in part beside a baseline, too: one that goes on for longer,
 * or ends on the way; with many samples a column, or few. */
static void
test_compared (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      check_compared (scale, 0, 2000, 1);
      check_compared (scale, 300, 430, 1);
      check_compared (scale, 97, 2000, 1);
      check_compared (scale, 3600, 6000, 2);
    }
}

/* A run that grows is what another is compared with. */
static void
test_compared_growing (void)
{
  Test test;

  test_init (&test, 1);
  go_on (&test, 300);
  start_again (&test);
  go_on (&test, 100);
  show_all (&test);
  scope_view_set_run (test.view, 0);
  compare (&test, test.history, 1);
  assert_as_whole (&test);
  for (guint i = 0; i < 100; i++)
    {
      go_on (&test, 1);
      assert_as_whole (&test);
    }
  test_clear (&test);
}

/* A new run, a higher y axis, another size, an endpoint less: no matter what. */
static void
test_changes (void)
{
  ScopeHistory *others[] = { make_other (200), make_other (500) };
  Test          test;

  test_init (&test, 1);
  scope_view_set_window (test.view, 200);
  go_on (&test, 300);
  show_all (&test);
  for (guint i = 0; i < 300; i++)
    {
      go_on (&test, g_test_rand_int_range (0, 4));
      switch (g_test_rand_int_range (0, 40))
        {
        case 0:
          start_again (&test);
          break;
        case 1:
          test.level = g_test_rand_int_range (50, 2000);
          break;
        case 2:
          scope_endpoint_set_visible (
            scope_history_get_endpoint (test.history, g_test_rand_int_range (0, N_ENDPOINTS)),
            g_test_rand_bit ());
          scope_canvas_invalidate (test.canvas, 0);
          break;
        case 3:
          test.picture.theme = g_test_rand_bit () ? SCOPE_THEME_DARK : SCOPE_THEME_LIGHT;
          break;
        case 4:
          scope_history_set_response_time (test.history, g_test_rand_bit ()
                                                              ? SCOPE_STATISTIC (AVERAGE)
                                                              : SCOPE_STATISTIC (TOTAL_AVERAGE));
          break;
        case 5:
          scope_view_set_window (test.view, g_test_rand_int_range (0, 3) * 150);
          break;
        case 6:
          test.picture.failures = g_test_rand_int_range (0, 3);
          break;
        case 7:
          test.picture.font_px = g_test_rand_int_range (11, 16);
          break;
        case 8:
          test.picture.is_log = g_test_rand_bit ();
          break;
        case 9:
          test.picture.elapsed = g_test_rand_bit ();
          break;
        case 10:
          put_limit (&test, g_test_rand_bit () ? "average=300" : "average=200");
          break;
        case 11:
          put_limit (&test, g_test_rand_bit () ? "average=300:/endpoint/1*" : "total-average=250");
          break;
        case 12:
          put_limit (&test, g_test_rand_bit () ? "failure-share=10" : "failures=1");
          break;
        case 13:
          if (scope_limits_get_list (test.limits)->len > 0)
            scope_limits_remove (test.limits,
                                 g_ptr_array_index (scope_limits_get_list (test.limits), 0));
          break;
        case 14:
          compare (&test, others[g_test_rand_bit ()], -1);
          break;
        case 15:
          compare (&test, test.history, 0);
          break;
        case 16:
          g_clear_object (&test.baseline);
          test.picture.baseline = NULL;
          break;
        default:
          break;
        }
      assert_as_whole (&test);
    }
  g_assert_cmpuint (test.partly, >, 10);
  test_clear (&test);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (others[i]);
}

/* Where plots are squeezed into what stands below them. */
static void
test_low (void)
{
  for (int height = LOW_HEIGHT; height > 20; height -= 35)
    {
      Test test;

      test_init (&test, 1);
      test.height = height;
      test.picture.failures = TRUE;
      scope_view_set_window (test.view, 300);
      go_on (&test, 400);
      show_all (&test);
      for (guint i = 0; i < 15; i++)
        {
          go_on (&test, 1);
          assert_as_whole (&test);
        }
      test_clear (&test);
    }
}

/* Draws block by block until the axis of response times is shorter. */
static guint
count_until_shorter (Test  *test,
                     double high)
{
  guint n = 0;

  for (; n < 100 && get_shown (test, 0).high >= high; n++)
    {
      go_on (test, 1);
      scope_canvas_draw (test->canvas, &test->picture, WIDTH, HEIGHT);
    }
  return n;
}

/* An axis grows at once, and shrinks when less has been enough for a while: of what
 * data do, not of what its user does. */
static void
check_calm (gboolean is_log)
{
  Test   test;
  double low, high;
  guint  n;

  test_init (&test, 1);
  test.picture.is_log = is_log;
  scope_view_set_window (test.view, 40);
  scope_history_set_window (test.history, 5);
  go_on (&test, 100);
  show_all (&test);
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  low = get_shown (&test, 0).high;
  test.level = 2000;
  go_on (&test, 8);
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  high = get_shown (&test, 0).high;
  g_assert_cmpfloat (high, >, is_log ? low + 0.5 : 4 * low); /* at once */

  test.level = 100;
  n = count_until_shorter (&test, high);
  /* Its highest block can be the first of eight; out of sight, and a while. */
  g_assert_cmpuint (n, >, 40 - 12 + SCOPE_CALM_S);
  g_assert_cmpuint (n, <, 40 + SCOPE_CALM_S + 15);

  test.level = 2000;
  go_on (&test, 8);
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  test.level = 100;
  go_on (&test, 30);
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  high = get_shown (&test, 0).high;
  scope_view_set_window (test.view, 20); /* it is out of sight by the user's doing */
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  g_assert_cmpfloat (get_shown (&test, 0).high, <, high);
  test_clear (&test);
}

static void
test_calm (void)
{
  check_calm (FALSE);
  check_calm (TRUE);
}

/* What is said to be unchanged is. */
static void
test_changed (void)
{
  Test  test;
  guint n_kept = 0;

  test_init (&test, 1);
  go_on (&test, 900);
  show_all (&test);
  scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
  for (guint i = 0; i < 60; i++)
    {
      cairo_surface_t   *surface = scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
      gsize              stride = cairo_image_surface_get_stride (surface);
      const guint8      *pixels = cairo_image_surface_get_data (surface);
      g_autofree guint8 *before = g_memdup2 (pixels, stride * HEIGHT);
      gsize              same;

      go_on (&test, 1);
      scope_canvas_draw (test.canvas, &test.picture, WIDTH, HEIGHT);
      same = (gsize) scope_canvas_get_changed (test.canvas) * 4;
      n_kept += same > 0;
      for (int row = 0; row < HEIGHT; row++)
        g_assert_cmpmem (before + row * stride, same, pixels + row * stride, same);
    }
  g_assert_cmpuint (n_kept, >, 40);
  test_clear (&test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/growing", test_growing);
  g_test_add_func ("/canvas/limits", test_limits);
  g_test_add_func ("/canvas/compared", test_compared);
  g_test_add_func ("/canvas/compared-growing", test_compared_growing);
  g_test_add_func ("/canvas/changes", test_changes);
  g_test_add_func ("/canvas/low", test_low);
  g_test_add_func ("/canvas/calm", test_calm);
  g_test_add_func ("/canvas/changed", test_changed);
  return g_test_run ();
}
