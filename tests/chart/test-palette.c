/* test-palette.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contrast as WCAG 2.1 works it out: 3:1 for what is drawn, 4.5:1 for what
 * is read.
 */
#include "palette.h"

#include <math.h>

static const ScopeThemeId THEMES[] = {
  SCOPE_THEME_LIGHT,
  SCOPE_THEME_DARK,
  SCOPE_THEME_LIGHT_HIGH_CONTRAST,
  SCOPE_THEME_DARK_HIGH_CONTRAST,
};

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const ScopeColor *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) +
         0.0722 * linear (color->blue);
}

static double
contrast (const ScopeColor *a,
          const ScopeColor *b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_formula (void)
{
  ScopeColor black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  ScopeColor gray = { 0x77 / 255.0, 0x77 / 255.0, 0x77 / 255.0, 1 };

  g_assert_cmpfloat_with_epsilon (contrast (&black, &white), 21, 0.001);
  g_assert_cmpfloat_with_epsilon (contrast (&gray, &white), 4.48, 0.01);
}

static void
test_curves (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (THEMES); t++)
    {
      const ScopeTheme *theme = scope_theme_get (THEMES[t]);
      double            least = 21;

      for (guint i = 0; i < G_N_ELEMENTS (theme->curves); i++)
        least = MIN (least, contrast (&theme->curves[i], &theme->background));
      g_test_message ("theme %u: curves at least %.2f:1", t, least);
      g_assert_cmpfloat (least, >=, 3);
    }
}

static void
test_text (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (THEMES); t++)
    {
      const ScopeTheme *theme = scope_theme_get (THEMES[t]);
      gboolean          high = THEMES[t] >= SCOPE_THEME_LIGHT_HIGH_CONTRAST;

      g_assert_cmpfloat (contrast (&theme->text, &theme->background), >=, high ? 7 : 4.5);
      g_assert_cmpfloat (contrast (&theme->dim, &theme->background), >=, high ? 7 : 4.5);
      g_assert_cmpfloat (contrast (&theme->limit, &theme->background), >=, high ? 7 : 4.5);
      /* A tint is seen, and so is what lies before it. */
      g_assert_cmpfloat (contrast (&theme->exceeded, &theme->background), >=, high ? 1.3 : 1.1);
      g_assert_cmpfloat (contrast (&theme->limit, &theme->exceeded), >=, 4.5);
      for (guint c = 0; c < SCOPE_N_SLOT_COLORS; c++)
        g_assert_cmpfloat (contrast (&theme->curves[c], &theme->exceeded), >=, high ? 2.3 : 2.6);
    }
}

static void
test_colors_differ (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (THEMES); t++)
    {
      const ScopeTheme *theme = scope_theme_get (THEMES[t]);
      const ScopeColor *c = theme->curves;

      for (guint i = 0; i < G_N_ELEMENTS (theme->curves); i++)
        for (guint k = 0; k < i; k++)
          g_assert_cmpfloat (hypot (hypot (c[i].red - c[k].red, c[i].green - c[k].green),
                                    c[i].blue - c[k].blue),
                             >, 0.12);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/formula", test_formula);
  g_test_add_func ("/palette/curves", test_curves);
  g_test_add_func ("/palette/text", test_text);
  g_test_add_func ("/palette/colors-differ", test_colors_differ);
  return g_test_run ();
}
