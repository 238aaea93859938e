/* test-zoom.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nearer and farther, to and fro, and back: never outside the data.
 */
#include "fixture.h"
#include "zoom.h"

#define START  1795338539
#define LENGTH 1000.0 /* s */

typedef struct
{
  ScopeHistory   *history; /* owned */
  ScopeCsvParser *parser;  /* owned */
  ScopeView      *view;    /* owned */
  ScopeZoom      *zoom;    /* owned */
  double          first;   /* s since the epoch */
  double          last;
} Fixture;

static void
append (Fixture *f,
        guint    first,
        guint    n)
{
  g_autoptr (GString) text = g_string_new (first == 0 ? FIXTURE_HEADER : NULL);

  for (guint i = first; i < first + n; i++)
    fixture_row (text, START + i, "GET", "/a", i, 5);
  fixture_append (f->history, f->parser, text->str);
  scope_view_get_extent (f->view, &f->first, &f->last);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->history = scope_history_new ();
  f->parser = scope_csv_parser_new ();
  f->view = scope_view_new (f->history);
  f->zoom = scope_zoom_new (f->view);
  append (f, 0, (guint) LENGTH + 1);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  scope_zoom_free (f->zoom);
  scope_csv_parser_free (f->parser);
  g_assert_finalize_object (f->view);
  g_assert_finalize_object (f->history);
}

/* In seconds from the first block on. */
static void
assert_range (Fixture *f,
              double   start,
              double   end)
{
  double from, to;

  scope_view_get_range (f->view, &from, &to);
  g_assert_cmpfloat_with_epsilon (from - f->first, start, 0.2);
  g_assert_cmpfloat_with_epsilon (to - f->first, end, 0.2);
}

static void
test_at (Fixture      *f,
         gconstpointer data)
{
  scope_zoom_at (f->zoom, f->first + 250, 0.5);
  assert_range (f, 125, 625);
  g_assert_true (scope_view_get_fixed (f->view));
  scope_zoom_at (f->zoom, f->first + 125, 0.1); /* at an edge it stays there */
  assert_range (f, 125, 175);
  for (guint i = 0; i < 20; i++)
    scope_zoom_at (f->zoom, f->first + 150, 0.5);
  assert_range (f, 149, 151);
  for (guint i = 0; i < 20; i++)
    scope_zoom_at (f->zoom, f->first + 150, 2);
  assert_range (f, 0, LENGTH);
  g_assert_false (scope_view_get_fixed (f->view));
}

static void
test_pan (Fixture      *f,
          gconstpointer data)
{
  scope_zoom_pan (f->zoom, 100); /* all is there already */
  g_assert_false (scope_view_get_fixed (f->view));
  scope_zoom_to (f->zoom, f->first + 400, f->first + 500);
  scope_zoom_pan (f->zoom, -50);
  assert_range (f, 350, 450);
  scope_zoom_pan (f->zoom, -1000);
  assert_range (f, 0, 100);
  scope_zoom_pan (f->zoom, 5000);
  assert_range (f, LENGTH - 100, LENGTH);
  append (f, (guint) LENGTH + 1, 100); /* it does not move by itself */
  assert_range (f, LENGTH - 100, LENGTH);
}

/* At the end of what follows there is nothing more to come to: it still follows. */
static void
test_pan_while_following (Fixture      *f,
                          gconstpointer data)
{
  scope_view_set_window (f->view, 300);
  scope_zoom_pan (f->zoom, 50);
  g_assert_false (scope_view_get_fixed (f->view));
  scope_zoom_pan (f->zoom, -50);
  g_assert_true (scope_view_get_fixed (f->view));
  assert_range (f, LENGTH - 350, LENGTH - 50);
}

static void
test_to (Fixture      *f,
         gconstpointer data)
{
  scope_zoom_to (f->zoom, f->first + 10, f->first + 20);
  assert_range (f, 10, 20);
  scope_zoom_to (f->zoom, f->first + 15, f->first + 15);
  assert_range (f, 14, 16);
  scope_zoom_to (f->zoom, f->first - 50, f->first + 30);
  assert_range (f, 0, 80);
  scope_zoom_to_all (f->zoom);
  assert_range (f, 0, LENGTH);
  g_assert_false (scope_view_get_fixed (f->view));
}

static void
test_back_and_forward (Fixture      *f,
                       gconstpointer data)
{
  g_assert_false (scope_zoom_back (f->zoom));
  scope_view_set_window (f->view, 300);
  scope_zoom_remember (f->zoom);
  scope_zoom_to (f->zoom, f->first + 10, f->first + 20);
  scope_zoom_remember (f->zoom);
  scope_zoom_at (f->zoom, f->first + 15, 0.5);
  assert_range (f, 12.5, 17.5);

  g_assert_true (scope_zoom_back (f->zoom));
  assert_range (f, 10, 20);
  g_assert_true (scope_zoom_back (f->zoom));
  assert_range (f, LENGTH - 300, LENGTH);
  g_assert_false (scope_view_get_fixed (f->view));
  g_assert_false (scope_zoom_back (f->zoom));
  g_assert_true (scope_zoom_forward (f->zoom));
  assert_range (f, 10, 20);
  g_assert_true (scope_zoom_forward (f->zoom));
  assert_range (f, 12.5, 17.5);
  g_assert_false (scope_zoom_forward (f->zoom));

  g_assert_true (scope_zoom_back (f->zoom)); /* another way from here */
  scope_zoom_remember (f->zoom);
  scope_zoom_to (f->zoom, f->first + 500, f->first + 600);
  g_assert_false (scope_zoom_forward (f->zoom));
  g_assert_true (scope_zoom_back (f->zoom));
  assert_range (f, 10, 20);
}

static void
test_freeze (Fixture      *f,
             gconstpointer data)
{
  scope_view_set_window (f->view, 300);
  scope_zoom_freeze (f->zoom, TRUE);
  append (f, (guint) LENGTH + 1, 50);
  assert_range (f, LENGTH - 300, LENGTH);
  scope_zoom_freeze (f->zoom, FALSE);
  assert_range (f, LENGTH - 250, LENGTH + 50);
}

/* Of what came one by one there was room for more: nothing comes into it. */
static void
test_freeze_without_room (Fixture      *f,
                          gconstpointer data)
{
  double start, end;

  for (guint i = 0; i < 10; i++)
    append (f, (guint) LENGTH + 1 + i, 1);
  scope_view_get_roomy_range (f->view, &start, &end);
  g_assert_cmpfloat (end, >, f->first + LENGTH + 12);
  scope_zoom_freeze (f->zoom, TRUE);
  scope_view_get_roomy_range (f->view, &start, &end);
  g_assert_cmpfloat_with_epsilon (end, f->first + LENGTH + 10, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/zoom/at", test_at);
  ADD ("/zoom/pan", test_pan);
  ADD ("/zoom/pan-while-following", test_pan_while_following);
  ADD ("/zoom/to", test_to);
  ADD ("/zoom/back-and-forward", test_back_and_forward);
  ADD ("/zoom/freeze", test_freeze);
  ADD ("/zoom/freeze-without-room", test_freeze_without_room);
  return g_test_run ();
}
