/* test-limit-lines.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a picture shows of limits, pixel by pixel; what is said of them in words.
 */
#include "charts.h"
#include "elapsed.h"
#include "fixture.h"
#include "limit-text.h"

#include <string.h>

#define START  1795338539
#define WIDTH  700
#define HEIGHT 420

#define HEADER                                                                           \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,Total Request Count,"    \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"          \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

#define P95 ((ScopeStatistic){ .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 95 })

typedef struct
{
  ScopeHistory *history;
  ScopeView    *view;
  ScopeLimits  *limits;
  ScopePicture  picture;
  ScopeText     text;
  Canvas        canvas;
  ScopeCharts   charts; /* where all of it was drawn last */
} Fixture;

/* 30 s; /a has 50 ms, and 300 ms from the 10th to the 14th; /b has 100 ms, none from
 * the 20th to the 24th, and half of its requests fail. */
static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint b = 0; b < 30; b++)
    {
      g_string_append_printf (text, "%u,1,GET,/a,0,0,9,%u,%u,0,9,9,9,9,0\r\n", START + b,
                              b >= 10 && b < 15 ? 300 : 50, 10 * (b + 1));
      g_string_append_printf (text, "%u,1,GET,/b,0,0,9,%u,%u,%u,9,9,9,9,0\r\n", START + b,
                              b >= 20 && b < 25 ? 0 : 100, 10 * (b + 1), 5 * (b + 1));
    }
  self->history = fixture_parse (text->str, text->len);
  scope_history_set_response_time (self->history, P95);
  for (guint i = 0; i < 2; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (self->history, i), TRUE);
  self->view = scope_view_new (self->history);
  self->limits = scope_limits_new (self->history);
  self->picture = (ScopePicture){ .history = self->history,
                                  .view = self->view,
                                  .limits = self->limits,
                                  .font = "Sans",
                                  .font_px = 13,
                                  .column = 1 };
  canvas_init (&self->canvas, WIDTH, HEIGHT, 0, 1);
  scope_text_init (&self->text, self->canvas.cr, "Sans", 13);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  scope_charts_clear (&self->charts);
  scope_text_clear (&self->text);
  canvas_clear (&self->canvas);
  g_object_unref (self->limits);
  g_object_unref (self->view);
  g_object_unref (self->history);
}

static void
put (Fixture    *self,
     const char *text)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ScopeLimit) limit = scope_limit_parse (text, &error);

  g_assert_no_error (error);
  scope_limits_put (self->limits, limit);
}

static void
draw (Fixture *self)
{
  g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < 2; i++)
    if (scope_endpoint_get_visible (scope_history_get_endpoint (self->history, i)))
      g_array_append_val (curves, i);
  scope_charts_clear (&self->charts);
  scope_charts_init (&self->charts, &self->picture, curves, &self->text, WIDTH, 10, HEIGHT - 10);
  scope_color_set (&self->charts.theme->background, self->canvas.cr);
  cairo_paint (self->canvas.cr);
  scope_charts_draw (&self->charts, self->canvas.cr, &self->text);
}

/* Whether the upper chart is tinted at that time: somewhere in its upper half no
 * line is in the way. */
static gboolean
is_tinted (Fixture *self,
           double   seconds)
{
  const ScopePlot *plot = &self->charts.plots[0];
  double           time = scope_history_get_times (self->history)[0] + seconds;
  int              x = (int) scope_scale_to_px (&self->charts.x, time);

  for (int y = (int) plot->y.to + 2; y < (plot->y.to + plot->y.from) / 2; y++)
    if (canvas_is (&self->canvas, x, y, &self->charts.theme->exceeded))
      return TRUE;
  return FALSE;
}

/* Of a row of pixels, those that have that colour. */
static guint
count_row (Fixture          *self,
           int               y,
           const ScopeColor *color)
{
  return (guint) canvas_find (&self->canvas, color, y, y + 1).n;
}

static int
get_row (Fixture *self,
         double   bound)
{
  return (int) scope_scale_to_px (&self->charts.plots[0].y, bound);
}

static void
test_tint (Fixture      *self,
           gconstpointer data)
{
  draw (self);
  g_assert_false (is_tinted (self, 12));
  put (self, "p95=200");
  draw (self);
  g_assert_false (is_tinted (self, 9.3));
  for (guint s = 10; s < 15; s++)
    g_assert_true (is_tinted (self, s));
  g_assert_false (is_tinted (self, 14.7));
  g_assert_false (is_tinted (self, 22));

  /* One that stands out is looked at alone, if it is shown. */
  self->picture.highlight = scope_history_get_endpoint (self->history, 1);
  draw (self);
  g_assert_false (is_tinted (self, 12));
  self->picture.highlight = scope_history_get_endpoint (self->history, 0);
  draw (self);
  g_assert_true (is_tinted (self, 12));
  scope_endpoint_set_visible (scope_history_get_endpoint (self->history, 1), FALSE);
  self->picture.highlight = scope_history_get_endpoint (self->history, 1);
  draw (self);
  g_assert_true (is_tinted (self, 12));
  scope_endpoint_set_visible (scope_history_get_endpoint (self->history, 1), TRUE);
  self->picture.highlight = NULL;

  put (self, "p95=80:/b"); /* which has a gap */
  draw (self);
  g_assert_true (is_tinted (self, 1));
  g_assert_true (is_tinted (self, 19));
  g_assert_false (is_tinted (self, 22));
  g_assert_true (is_tinted (self, 26));

  fixture_show_only (self->history, 0); /* what is not shown does not count */
  draw (self);
  g_assert_false (is_tinted (self, 1));
  g_assert_true (is_tinted (self, 12));

  put (self, "p95=300"); /* 300 itself is not above */
  draw (self);
  g_assert_false (is_tinted (self, 12));
}

/* A moment is tinted however long the test is. */
static void
test_moment (Fixture      *self,
             gconstpointer data)
{
  Extents found;

  put (self, "p95=200");
  scope_view_set_fixed (self->view, START - 7200, START + 7200);
  draw (self);
  /* Above the line, and the number beside it. */
  found = canvas_find (&self->canvas, &self->charts.theme->exceeded,
                       (int) self->charts.plots[0].y.to + 1, get_row (self, 200) - 12);
  g_assert_cmpint (found.n, >, 10);
  g_assert_cmpint (found.right - found.left, <=, 3);
}

static void
test_line (Fixture      *self,
           gconstpointer data)
{
  const ScopeColor *limit;
  ScopePen          pen;
  guint             n;

  put (self, "p95=200");
  put (self, "p95=250:/b");
  put (self, "average=20");
  draw (self);
  limit = &self->charts.theme->limit;
  pen = scope_theme_get_pen (self->charts.theme, scope_history_get_endpoint (self->history, 1));
  n = count_row (self, get_row (self, 200), limit);
  g_assert_cmpuint (n, >, WIDTH / 3); /* 5 of 8 px, or 4 whole ones */
  g_assert_cmpuint (n, <, WIDTH * 3 / 4);
  g_assert_cmpuint (count_row (self, get_row (self, 250), &pen.color), >, WIDTH / 3);
  g_assert_cmpuint (count_row (self, get_row (self, 250), limit), ==, 0);
  g_assert_cmpuint (self->charts.limits[0].lines->len, ==, 2);
  g_assert_cmpuint (self->charts.limits[1].lines->len, ==, 0);

  fixture_show_only (self->history, 0); /* the line of what is not shown goes */
  draw (self);
  g_assert_cmpuint (self->charts.limits[0].lines->len, ==, 1);
}

static void
test_axis (Fixture      *self,
           gconstpointer data)
{
  double high;

  draw (self);
  high = self->charts.plots[0].y.high;
  g_assert_cmpfloat (high, <, 400);
  put (self, "p95=590");
  draw (self);
  g_assert_cmpfloat (self->charts.plots[0].y.high, >, 590);
  g_assert_cmpuint (count_row (self, get_row (self, 590), &self->charts.theme->limit), >, WIDTH / 3);
  put (self, "p95=610"); /* more than twice 300 */
  draw (self);
  g_assert_cmpfloat (self->charts.plots[0].y.high, ==, high);
  /* Of it only the number beside the axis is red. */
  g_assert_cmpint (canvas_find (&self->canvas, &self->charts.theme->limit, 0, HEIGHT).right, <,
                   (int) self->charts.gutter.left);
  g_assert_cmpint (canvas_find (&self->canvas, &self->charts.theme->limit, 0, HEIGHT).n, >, 2);
  /* It stands at the end of the axis. */
  g_assert_cmpint (canvas_find (&self->canvas, &self->charts.theme->limit,
                                (int) self->charts.plots[0].y.to + 9, HEIGHT).n, ==, 0);
}

static void
test_third_chart (Fixture      *self,
                  gconstpointer data)
{
  put (self, "failure-share=40");
  self->picture.failures = SCOPE_FAILURES_SHARE;
  draw (self);
  g_assert_cmpuint (self->charts.n_plots, ==, 3);
  g_assert_cmpuint (self->charts.limits[2].lines->len, ==, 1);
  g_assert_cmpint (canvas_find (&self->canvas, &self->charts.theme->exceeded,
                                (int) self->charts.plots[2].y.to, HEIGHT).n, >, WIDTH);
  self->picture.failures = SCOPE_FAILURES_RATE;
  draw (self);
  g_assert_cmpuint (self->charts.limits[2].lines->len, ==, 0);
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* The second of a block, as its time is drawn. */
static char *
get_clock (Fixture *self,
           guint    block)
{
  return scope_format_moment (scope_history_get_times (self->history)[block], NAN);
}

/* As one who says times another way. */
static char *
say_block (gpointer data,
           double   time)
{
  guint block;

  g_assert_true (scope_history_find_block (((Fixture *) data)->history, time, &block));
  return g_strdup_printf ("block %u", block);
}

static void
test_words (Fixture      *self,
            gconstpointer data)
{
  g_auto (ScopeLimitsSurvey) survey;
  g_autoptr (GArray)         curves = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char           *tenth = get_clock (self, 10), *before = get_clock (self, 0);
  g_autofree char           *since = get_clock (self, 25);
  g_autofree char           *was = g_strdup_printf ("p95 was above 90 ms, first at %s", tenth);
  g_autofree char           *is = g_strdup_printf ("p95 above 90 ms since %s", since);
  g_autofree char *first = g_strdup_printf ("2 endpoints exceeded the limit (p95 90 ms), first GET /b at %s", before);
  g_autofree char *described = NULL;

  assert_text (scope_limit_text_mark (self->limits, 0, NULL, NULL), NULL);
  put (self, "p95=90");
  assert_text (scope_limit_text_mark (self->limits, 0, NULL, NULL), was);
  assert_text (scope_limit_text_mark (self->limits, 1, NULL, NULL), is);
  scope_limits_survey_init (&survey, self->limits);
  g_assert_true (scope_limits_survey_go_on (&survey, G_MAXINT64));
  assert_text (scope_limit_text_finding (self->limits, &g_array_index (survey.findings, ScopeLimitsFinding, 0), NULL, NULL),
               first);
  assert_text (scope_limit_text_mark (self->limits, 1, say_block, self), "p95 above 90 ms since block 25");
  assert_text (scope_limit_text_finding (self->limits, &g_array_index (survey.findings, ScopeLimitsFinding, 0),
                                         say_block, self),
               "2 endpoints exceeded the limit (p95 90 ms), first GET /b at block 0");
  for (guint i = 0; i < 2; i++)
    g_array_append_val (curves, i);
  assert_text (scope_limit_text_visible (self->limits, curves),
               "2 of the endpoints shown were above their limits, 1 now");
  described = scope_picture_describe (&self->picture);
  g_assert_true (g_str_has_prefix (described, "2 of the endpoints shown were above their limits, 1 now; "));
  g_array_remove_index (curves, 1);
  assert_text (scope_limit_text_visible (self->limits, curves),
               "1 of the endpoints shown was above its limit");
  put (self, "p95=20");
  assert_text (scope_limit_text_visible (self->limits, curves),
               "1 of the endpoints shown is above its limit");
  put (self, "p95=1000");
  assert_text (scope_limit_text_visible (self->limits, curves), NULL);
}

static void
test_numbers (void)
{
  assert_text (scope_format_above (P95, 612.3, 500), "612 ms");
  assert_text (scope_format_above (P95, 500.25, 500), "500.25 ms"); /* not 500 */
  assert_text (scope_format_above (SCOPE_STATISTIC (FAILURE_SHARE), 12.34, 1), "12.3 %");
  assert_text (scope_format_bound (P95, 1234.5), "1234.5 ms");
  assert_text (scope_format_bound (SCOPE_STATISTIC (FAILURES), 0.1), "0.1/s");
  assert_text (scope_limit_text_name (SCOPE_STATISTIC (FAILURE_SHARE), 0.5), "Failure share 0.5 %");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/limit-lines/tint", test_tint },   { "/limit-lines/moment", test_moment },
    { "/limit-lines/line", test_line },   { "/limit-lines/axis", test_axis },
    { "/limit-lines/words", test_words }, { "/limit-lines/third-chart", test_third_chart },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/limit-lines/numbers", test_numbers);
  return g_test_run ();
}
