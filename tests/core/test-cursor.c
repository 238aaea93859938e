/* test-cursor.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The instant that is looked at: it goes with the pointer until it is pinned.
 */
#include "cursor.h"
#include "fixture.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_at (ScopeCursor *cursor,
           double       expected,
           gboolean     pinned)
{
  double time;

  g_assert_true (scope_cursor_get_time (cursor, &time));
  g_assert_cmpfloat (time, ==, expected);
  g_assert_cmpint (scope_cursor_get_pinned (cursor), ==, pinned);
}

static void
test_goes_with_the_pointer (void)
{
  g_autoptr (ScopeCursor) cursor = scope_cursor_new ();
  guint                   n_moved = 0;
  double                  time;

  g_signal_connect_swapped (cursor, "moved", G_CALLBACK (count_cb), &n_moved);
  g_assert_false (scope_cursor_get_time (cursor, &time));
  scope_cursor_point (cursor, 100);
  assert_at (cursor, 100, FALSE);
  scope_cursor_point (cursor, 100);
  g_assert_cmpuint (n_moved, ==, 1);
  scope_cursor_leave (cursor);
  g_assert_false (scope_cursor_get_time (cursor, &time));
  scope_cursor_leave (cursor);
  g_assert_cmpuint (n_moved, ==, 2);
}

static void
test_stays_where_it_was_pinned (void)
{
  g_autoptr (ScopeCursor) cursor = scope_cursor_new ();
  double                  time;

  scope_cursor_point (cursor, 100);
  scope_cursor_pin (cursor, 90);
  scope_cursor_point (cursor, 110);
  scope_cursor_leave (cursor);
  assert_at (cursor, 90, TRUE);
  scope_cursor_pin (cursor, 91);
  assert_at (cursor, 91, TRUE);
  scope_cursor_clear (cursor);
  g_assert_false (scope_cursor_get_time (cursor, &time));
  scope_cursor_point (cursor, 110);
  assert_at (cursor, 110, FALSE);
}

static void
assert_span (ScopeCursor *cursor,
             double       start,
             double       end)
{
  double from, to;

  g_assert_true (scope_cursor_get_span (cursor, &from, &to));
  g_assert_cmpfloat (from, ==, start);
  g_assert_cmpfloat (to, ==, end);
}

/* The first end stays, the other one goes where it is told to. */
static void
test_span (void)
{
  g_autoptr (ScopeCursor) cursor = scope_cursor_new ();
  double                  from, to;

  scope_cursor_pin_other (cursor, 100); /* there is no first one yet */
  assert_at (cursor, 100, TRUE);
  g_assert_false (scope_cursor_get_span (cursor, &from, &to));
  scope_cursor_pin_other (cursor, 130);
  assert_at (cursor, 130, TRUE);
  assert_span (cursor, 100, 130);
  scope_cursor_pin_other (cursor, 80);
  assert_span (cursor, 80, 100);
  scope_cursor_pin (cursor, 90); /* as a key moves it */
  assert_span (cursor, 90, 100);
  scope_cursor_pin (cursor, 100);
  g_assert_false (scope_cursor_get_span (cursor, &from, &to));
  scope_cursor_pin (cursor, 110);
  assert_span (cursor, 100, 110);
  scope_cursor_point (cursor, 200);
  scope_cursor_leave (cursor);
  assert_span (cursor, 100, 110);
  scope_cursor_clear (cursor);
  g_assert_false (scope_cursor_get_span (cursor, &from, &to));
  g_assert_false (scope_cursor_get_time (cursor, &from));
  scope_cursor_pin (cursor, 50); /* the other end is forgotten */
  g_assert_false (scope_cursor_get_span (cursor, &from, &to));
}

static void
test_endpoint (void)
{
  g_autoptr (ScopeCursor)   cursor = scope_cursor_new ();
  ScopeSlots               *slots = scope_slots_new ();
  g_autoptr (ScopeEndpoint) endpoint = scope_endpoint_new ("GET", "/", FALSE, slots, TRUE);
  guint                     n_highlighted = 0, n_moved = 0;

  g_signal_connect_swapped (cursor, "highlighted", G_CALLBACK (count_cb), &n_highlighted);
  g_signal_connect_swapped (cursor, "moved", G_CALLBACK (count_cb), &n_moved);
  g_assert_null (scope_cursor_get_endpoint (cursor));
  scope_cursor_set_endpoint (cursor, endpoint);
  scope_cursor_set_endpoint (cursor, endpoint);
  g_assert_true (scope_cursor_get_endpoint (cursor) == endpoint);
  g_assert_cmpuint (n_highlighted, ==, 1);
  scope_cursor_set_endpoint (cursor, NULL);
  g_assert_null (scope_cursor_get_endpoint (cursor));
  g_assert_cmpuint (n_highlighted, ==, 2);
  g_assert_cmpuint (n_moved, ==, 0);
  scope_slots_unref (slots);
}

/* The block that is nearest to a time; between two the earlier. */
static void
test_nearest_block (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  const double              *times;
  guint                      block;

  g_assert_false (scope_history_find_block (history, 0, &block));
  for (guint i = 0; i < 50; i++)
    fixture_row (text, 1795338539 + 2 * i + (i > 30 ? 100 : 0), "GET", "/a", i, 5);
  fixture_append (history, parser, text->str);
  times = scope_history_get_times (history);
  for (guint i = 0; i < 50; i++)
    {
      double before = i > 0 ? (times[i] - times[i - 1]) * 0.49 : 1e9;
      double after = i < 49 ? (times[i + 1] - times[i]) * 0.49 : 1e9;

      g_assert_true (scope_history_find_block (history, times[i], &block));
      g_assert_cmpuint (block, ==, i);
      g_assert_true (scope_history_find_block (history, times[i] - before, &block));
      g_assert_cmpuint (block, ==, i);
      g_assert_true (scope_history_find_block (history, times[i] + after, &block));
      g_assert_cmpuint (block, ==, i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cursor/goes-with-the-pointer", test_goes_with_the_pointer);
  g_test_add_func ("/cursor/stays-where-it-was-pinned", test_stays_where_it_was_pinned);
  g_test_add_func ("/cursor/span", test_span);
  g_test_add_func ("/cursor/endpoint", test_endpoint);
  g_test_add_func ("/cursor/nearest-block", test_nearest_block);
  return g_test_run ();
}
