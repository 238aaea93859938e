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
  g_test_add_func ("/view/history-outlives-view", test_history_outlives_view);
  return g_test_run ();
}
