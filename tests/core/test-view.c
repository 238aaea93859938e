/* test-view.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stretch of time looked at: it follows, or stays where it was put.
 */
#include "fixture.h"
#include "view.h"

#define START 1795338539

static void
append (ScopeHistory   *history,
        ScopeCsvParser *parser,
        guint           first,
        guint           n)
{
  g_autoptr (GString) text = g_string_new (first == 0 ? FIXTURE_HEADER : NULL);

  for (guint i = first; i < first + n; i++)
    fixture_row (text, START + i, "GET", "/a", i, 5);
  fixture_append (history, parser, text->str);
}

static void
assert_range (ScopeView *view,
              double     start,
              double     end)
{
  double from, to;

  scope_view_get_range (view, &from, &to);
  g_assert_cmpfloat_with_epsilon (from, start, 0.1);
  g_assert_cmpfloat_with_epsilon (to, end, 0.1);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_follow_and_fix (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeView)      view = scope_view_new (history);
  guint                      n_changed = 0;

  g_signal_connect_swapped (view, "changed", G_CALLBACK (count_cb), &n_changed);
  assert_range (view, 0, 10); /* of nothing there is an axis too */
  append (history, parser, 0, 1);
  assert_range (view, START + 0.5, START + 10.5);
  append (history, parser, 1, 30);
  assert_range (view, START + 0.5, START + 30.55);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_false (scope_view_get_fixed (view));

  scope_view_set_fixed (view, START + 5, START + 8);
  scope_view_set_fixed (view, START + 5, START + 8);
  g_assert_cmpuint (n_changed, ==, 3);
  append (history, parser, 31, 10);
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_true (scope_view_get_fixed (view));
  assert_range (view, START + 5, START + 8);

  scope_view_follow (view);
  scope_view_follow (view);
  g_assert_cmpuint (n_changed, ==, 4);
  assert_range (view, START + 0.5, START + 40.6);
}

static double
get_roomy_end (ScopeView *view)
{
  double start, end;

  scope_view_get_roomy_range (view, &start, &end);
  return end - START;
}

/* A live test gets room at the end, which is used up before there is more. */
static void
test_room (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeView)      view = scope_view_new (history);
  double                     last = 0;
  guint                      n_steps = 0;

  append (history, parser, 0, 1000); /* a file */
  g_assert_cmpfloat_with_epsilon (get_roomy_end (view), 999.5, 0.3);
  for (guint i = 1000; i < 1200; i++)
    {
      double start, end, roomy;

      append (history, parser, i, 1);
      scope_view_get_range (view, &start, &end);
      roomy = get_roomy_end (view);
      g_assert_cmpfloat (roomy, >=, end - START);
      g_assert_cmpfloat (roomy, <, (end - START) * 1.025);
      g_assert_cmpfloat (roomy, >=, last);
      n_steps += roomy != last;
      last = roomy;
    }
  g_assert_cmpuint (n_steps, <, 15);
  assert_range (view, START + 0.5, START + 1199.5);

  scope_view_drop_room (view);
  g_assert_cmpfloat_with_epsilon (get_roomy_end (view), 1199.5, 0.3);
  append (history, parser, 1200, 1);
  g_assert_cmpfloat (get_roomy_end (view), >, 1210);
  append (history, parser, 1201, 1500); /* the rest of a file */
  g_assert_cmpfloat_with_epsilon (get_roomy_end (view), 2700.5, 0.5);
}

/* The last minutes move along; while there are fewer, all are shown. */
static void
test_window (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeView)      view = scope_view_new (history);
  guint                      n_changed = 0;

  scope_view_set_window (view, 300);
  g_signal_connect_swapped (view, "changed", G_CALLBACK (count_cb), &n_changed);
  append (history, parser, 0, 100);
  assert_range (view, START + 0.5, START + 99.5);
  append (history, parser, 100, 500);
  assert_range (view, START + 299.5, START + 599.5);
  append (history, parser, 600, 1);
  assert_range (view, START + 300.5, START + 600.5);
  g_assert_cmpfloat_with_epsilon (get_roomy_end (view), 600.5, 0.2);
  g_assert_cmpuint (n_changed, ==, 3);
  scope_view_set_window (view, 300);
  g_assert_cmpuint (n_changed, ==, 3);
  scope_view_set_window (view, 0);
  g_assert_cmpuint (n_changed, ==, 4);
  assert_range (view, START + 0.5, START + 600.5);
}

static void
test_history_outlives_view (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  ScopeView                 *view = scope_view_new (history);

  g_object_run_dispose (G_OBJECT (view));
  g_assert_finalize_object (view);
  append (history, parser, 0, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/follow-and-fix", test_follow_and_fix);
  g_test_add_func ("/view/room", test_room);
  g_test_add_func ("/view/window", test_window);
  g_test_add_func ("/view/history-outlives-view", test_history_outlives_view);
  return g_test_run ();
}
