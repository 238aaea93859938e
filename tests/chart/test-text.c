/* test-text.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept of one label is never taken for another.
 */
#include "fixture.h"
#include "text.h"

#define LABEL "GET /api/orders/{id}/positions/{position}"

static const ScopeColor BLACK = { 0, 0, 0, 1 };

/* A text that was cut, one that was not, and another style of the same. */
static void
test_kept (void)
{
  g_auto (Canvas) canvas = { 0 };
  ScopeText       text;
  double          width, title_width;

  canvas_init (&canvas, 400, 40, 0, 1);
  scope_text_init (&text, canvas.cr, "Sans", 13);
  width = scope_text_measure (&text, SCOPE_TEXT_BODY, LABEL);
  title_width = scope_text_measure (&text, SCOPE_TEXT_TITLE, LABEL);
  g_assert_cmpfloat (title_width, >, width);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (
        scope_text_draw (&text, canvas.cr, SCOPE_TEXT_BODY, &BLACK, LABEL, 0, 0, 0, 80), ==, 80);
      g_assert_cmpfloat (
        scope_text_draw (&text, canvas.cr, SCOPE_TEXT_BODY, &BLACK, LABEL, 0, 0, 0, 60), ==, 60);
      g_assert_cmpfloat (
        scope_text_draw (&text, canvas.cr, SCOPE_TEXT_BODY, &BLACK, LABEL, 0, 0, 0, 0), ==, width);
      g_assert_cmpfloat (scope_text_measure (&text, SCOPE_TEXT_TITLE, LABEL), ==, title_width);
    }
  scope_text_clear (&text);
}

/* More labels than are kept. */
static void
test_many (void)
{
  g_auto (Canvas) canvas = { 0 };
  ScopeText       text;

  canvas_init (&canvas, 10, 10, 0, 1);
  scope_text_init (&text, canvas.cr, "Sans", 13);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i);

      scope_text_measure (&text, SCOPE_TEXT_LABEL, label);
      g_assert_cmpuint (g_hash_table_size (text.lines), <, 1000);
    }
  scope_text_clear (&text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/kept", test_kept);
  g_test_add_func ("/text/many", test_many);
  return g_test_run ();
}
