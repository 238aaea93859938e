/* test-raster.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many samples in a pixel column, and many curves: what is drawn as pixels is
 * compared with Cairo's own strokes through every sample.  With
 * PICTURES=FOLDER both are written there, side by side, to be looked at.
 */
#include "fixture.h"

#include <math.h>

#define WIDTH  200
#define HEIGHT 100

static const ScopeScale Y = { 0, HEIGHT, HEIGHT, 0 };

static const double DASHES[] = { 7, 4 };

typedef struct
{
  guint     n_curves;
  guint     n_samples;
  double   *times;
  float   **values;
  ScopePen *pens;
  GArray   *bins;
  ScopeScale x;
} Scene;

/* A level, a slow wave, noise and spikes; now and then gaps. */
static float
next_value (guint   i,
            guint   n,
            double  level,
            double  noise,
            double *walk)
{
  *walk = *walk * 0.98 + g_test_rand_double_range (-noise, noise);
  if (g_test_rand_int_range (0, 300) == 0)
    return NAN;
  return (float) CLAMP (level + 8 * sin (i * 12.0 / n) + *walk +
                          g_test_rand_double_range (-noise, noise) +
                          (g_test_rand_int_range (0, 500) == 0 ? 20 : 0),
                        0, HEIGHT);
}

static void
scene_init (Scene *self,
            guint  n_curves,
            guint  n_samples,
            double noise,
            double scale)
{
  ScopeStretch stretch = { 0 };

  self->n_curves = n_curves;
  self->n_samples = n_samples;
  self->x = (ScopeScale){ 0, n_samples - 1, 0, WIDTH };
  self->times = g_new (double, n_samples);
  self->values = g_new (float *, n_curves);
  self->pens = g_new0 (ScopePen, n_curves);
  for (guint i = 0; i < n_samples; i++)
    self->times[i] = i;
  for (guint c = 0; c < n_curves; c++)
    {
      double walk = 0, level = g_test_rand_double_range (15, 75);

      self->values[c] = g_new (float, n_samples);
      for (guint i = 0; i < n_samples; i++)
        self->values[c][i] = next_value (i, n_samples, level, noise, &walk);
      self->pens[c].color = (ScopeColor){ g_test_rand_int_range (0, 11) / 10.0,
                                          g_test_rand_int_range (0, 11) / 10.0,
                                          g_test_rand_int_range (0, 11) / 10.0, 1 };
    }
  if (n_curves == 1)
    self->pens[0].color = (ScopeColor){ 0, 0, 0, 1 };
  self->bins = scope_bins_new (self->times, (ScopeBlockRange){ 0, n_samples }, &stretch, 1,
                               &self->x, 1 / scale);
}

static void
scene_clear (Scene *self)
{
  for (guint c = 0; c < self->n_curves; c++)
    g_free (self->values[c]);
  g_free (self->values);
  g_free (self->times);
  g_free (self->pens);
  g_array_unref (self->bins);
}

static ScopeSeries
get_series (const Scene *self,
            guint        curve)
{
  return (ScopeSeries){ .values = self->values[curve], .first = 0, .n = self->n_samples };
}

static void
draw_scene (ScopeInk     *ink,
            gconstpointer data)
{
  const Scene *self = data;

  for (guint c = self->n_curves; c > 0; c--)
    {
      ScopeSeries series = get_series (self, c - 1);

      scope_ink_curve (ink, self->bins, &series, &Y, &self->pens[c - 1]);
    }
}

/* Every sample, stroked by Cairo. */
static void
stroke_scene (const Scene *self,
              cairo_t     *cr)
{
  cairo_set_line_width (cr, SCOPE_INK_WIDTH_PX);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint c = 0; c < self->n_curves; c++)
    {
      const float *values = self->values[c];

      scope_color_set (&self->pens[c].color, cr);
      cairo_new_path (cr);
      for (guint i = 0; i < self->n_samples; i++)
        if (!isnan (values[i]))
          {
            if (i == 0 || isnan (values[i - 1]))
              cairo_move_to (cr, scope_scale_to_px (&self->x, i), HEIGHT - values[i]);
            cairo_line_to (cr, scope_scale_to_px (&self->x, i), HEIGHT - values[i]);
          }
      cairo_stroke (cr);
    }
}

static void
keep_pictures (Canvas     *one,
               Canvas     *other,
               const char *name)
{
  const char *folder = g_getenv ("PICTURES");

  if (folder != NULL)
    {
      int              width = one->width + one->frame * 2;
      cairo_surface_t *both = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * width + 10,
                                                          one->height);
      cairo_t         *cr = cairo_create (both);
      g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

      cairo_set_source_surface (cr, one->surface, 0, 0);
      cairo_paint (cr);
      cairo_set_source_surface (cr, other->surface, width + 10, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
      g_assert_cmpint (cairo_surface_write_to_png (both, path), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (both);
    }
}

/* The mean difference of all channels of a pixel, 0 to 1. */
static double
get_difference (guint32 a,
                guint32 b)
{
  double sum = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    sum += ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff));
  return sum / (3 * 255);
}

static void
check_like_cairo (const char *name,
                  guint       n_curves,
                  guint       n_samples,
                  double      noise,
                  double      scale,
                  double      most) /* of the ink that may differ */
{
  g_auto (Canvas)  pixels = { 0 }, strokes = { 0 };
  g_autofree char *title = g_strdup_printf ("%s-%u-at-%g", name, n_samples, scale);
  Scene            scene;
  double           difference = 0, ink = 0;

  canvas_init (&pixels, WIDTH, HEIGHT, 0, scale);
  canvas_init (&strokes, WIDTH, HEIGHT, 0, scale);
  scene_init (&scene, n_curves, n_samples, noise, scale);
  canvas_draw_curves (pixels.cr, 0, 0, WIDTH, HEIGHT, draw_scene, &scene);
  stroke_scene (&scene, strokes.cr);
  keep_pictures (&pixels, &strokes, title);
  for (int x = 0; x < pixels.width; x++)
    for (int y = 0; y < pixels.height; y++)
      {
        guint32 one = canvas_get (&pixels, x, y), other = canvas_get (&strokes, x, y);

        difference += get_difference (one, other);
        ink += get_difference (other, 0xffffff);
      }
  g_test_message ("%s: %.1f %% of the ink differs", title, 100 * difference / ink);
  g_assert_cmpfloat (ink, >, 50);
  g_assert_cmpfloat (difference / ink, <, most);
  scene_clear (&scene);
}

static void
test_like_cairo (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      check_like_cairo ("calm", 1, 150, 0.3, scale, 0.25);
      check_like_cairo ("calm", 1, 700, 0.3, scale, 0.25);
      check_like_cairo ("calm", 1, 1300, 0.2, scale, 0.25);
      check_like_cairo ("calm", 1, 5000, 0.1, scale, 0.3);
      check_like_cairo ("noisy", 1, 150, 5, scale, 0.25);
      check_like_cairo ("noisy", 1, 700, 5, scale, 0.25);
      check_like_cairo ("noisy", 1, 1300, 5, scale, 0.25);
      check_like_cairo ("noisy", 1, 5000, 5, scale, 0.25);
      check_like_cairo ("many", 20, 150, 2, scale, 0.25);
      check_like_cairo ("many", 20, 2600, 2, scale, 0.25);
    }
}

/* Columns that are drawn alone are those of the whole picture. */
static void
check_parts (guint    n_samples,
             double   scale,
             gboolean dashed)
{
  g_auto (Canvas) whole = { 0 }, parts = { 0 };
  Scene           scene;
  ScopePaper      paper;
  ScopeInk        ink;
  int             first = 0;

  canvas_init (&whole, WIDTH, HEIGHT, 0, scale);
  canvas_init (&parts, WIDTH, HEIGHT, 0, scale);
  scene_init (&scene, 5, n_samples, 1, scale);
  if (dashed)
    for (guint c = 0; c < scene.n_curves; c += 2)
      {
        scene.pens[c].dashes = DASHES;
        scene.pens[c].n_dashes = G_N_ELEMENTS (DASHES);
      }
  canvas_draw_curves (whole.cr, 0, 0, WIDTH, HEIGHT, draw_scene, &scene);

  scope_paper_begin (&paper, parts.cr, 0, 0, WIDTH, HEIGHT);
  scope_ink_init (&ink, &paper, 1, 0);
  while (first < paper.n_columns)
    {
      int n = g_test_rand_int_range (1, SCOPE_RASTER_COLUMNS + 1);

      n = MIN (n, paper.n_columns - first);
      scope_ink_begin (&ink, first, first + n);
      draw_scene (&ink, &scene);
      scope_ink_end (&ink);
      first += n;
    }
  scope_ink_clear (&ink);
  scope_paper_end (&paper);
  for (int x = 0; x < whole.width; x++)
    for (int y = 0; y < whole.height; y++)
      g_assert_cmpfloat (
        get_difference (canvas_get (&whole, x, y), canvas_get (&parts, x, y)), <=, 0.01);
  scene_clear (&scene);
}

static void
test_parts (void)
{
  static const guint sizes[] = { 3, 40, 199, 450, 1500, 9000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int scale = 1; scale <= 3; scale++)
      {
        check_parts (sizes[i], scale, FALSE);
        check_parts (sizes[i], scale, TRUE);
      }
}

/* The extremes of all whole groups of values, each with the value before. */
static ScopeExtremes *
make_extremes (const float *values,
               guint        n)
{
  ScopeExtremes *extremes = g_new (ScopeExtremes, n / SCOPE_SERIES_GROUP + 1);

  for (guint i = 0; i < n / SCOPE_SERIES_GROUP; i++)
    {
      extremes[i] = (ScopeExtremes){ G_MAXFLOAT, -G_MAXFLOAT };
      for (guint v = i * SCOPE_SERIES_GROUP - (i > 0); v < (i + 1) * SCOPE_SERIES_GROUP; v++)
        if (!isnan (values[v]))
          {
            extremes[i].lowest = MIN (extremes[i].lowest, values[v]);
            extremes[i].highest = MAX (extremes[i].highest, values[v]);
          }
    }
  return extremes;
}

static void
draw_with_extremes (ScopeInk     *ink,
                    gconstpointer data)
{
  const Scene *self = data;

  for (guint c = self->n_curves; c > 0; c--)
    {
      ScopeSeries             series = get_series (self, c - 1);
      g_autofree ScopeExtremes *extremes = make_extremes (series.values, series.n);

      series.extremes = extremes;
      scope_ink_curve (ink, self->bins, &series, &Y, &self->pens[c - 1]);
    }
}

/* Among many curves those left out as hidden are: the picture is that of all. */
static void
test_hidden (void)
{
  static const guint sizes[] = { 1500, 2600, 30000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int scale = 1; scale <= 2; scale++)
      {
        g_auto (Canvas) all = { 0 }, seen = { 0 };
        Scene           scene;

        canvas_init (&all, WIDTH, HEIGHT, 0, scale);
        canvas_init (&seen, WIDTH, HEIGHT, 0, scale);
        scene_init (&scene, 150, sizes[i], 2, scale);
        canvas_draw_curves (all.cr, 0, 0, WIDTH, HEIGHT, draw_scene, &scene);
        canvas_draw_curves (seen.cr, 0, 0, WIDTH, HEIGHT, draw_with_extremes, &scene);
        for (int x = 0; x < all.width; x++)
          for (int y = 0; y < all.height; y++)
            g_assert_cmpfloat (
              get_difference (canvas_get (&all, x, y), canvas_get (&seen, x, y)), <=, 0.015);
        scene_clear (&scene);
      }
}

/* A flat curve of many samples a column keeps its gaps, in step with one of few
 * samples, and a spike stays whole. */
static void
check_dashes (guint n_samples)
{
  g_auto (Canvas) canvas = { 0 };
  Scene           scene;

  canvas_init (&canvas, WIDTH, HEIGHT, 0, 1);
  scene_init (&scene, 1, n_samples, 0, 1);
  for (guint i = 0; i < n_samples; i++)
    scene.values[0][i] = 50;
  scene.values[0][n_samples / 2 + n_samples / 25] = 90; /* in column 108: of a gap */
  scene.pens[0].dashes = DASHES;
  scene.pens[0].n_dashes = G_N_ELEMENTS (DASHES);
  canvas_draw_curves (canvas.cr, 0, 0, WIDTH, HEIGHT, draw_scene, &scene);
  for (int x = 0; x < 90; x++)
    {
      guint32 pixel = canvas_get (&canvas, x, 50) & 0xff;

      if (x % 11 < 6)
        g_assert_cmpuint (pixel, <, 150);
      else if (x % 11 == 8 || x % 11 == 9)
        g_assert_cmpuint (pixel, >, 150);
    }
  g_assert_cmpuint (canvas_get (&canvas, 108, 30) & 0xff, <, 150);
  g_assert_cmpuint (canvas_get (&canvas, 108, 11) & 0xff, <, 150);
  scene_clear (&scene);
}

static void
test_dashes (void)
{
  check_dashes (201);
  check_dashes (1000);
  check_dashes (8000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raster/like-cairo", test_like_cairo);
  g_test_add_func ("/raster/parts", test_parts);
  g_test_add_func ("/raster/hidden", test_hidden);
  g_test_add_func ("/raster/dashes", test_dashes);
  return g_test_run ();
}
