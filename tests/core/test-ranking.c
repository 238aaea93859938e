/* test-ranking.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fourteen endpoints, a to n, and the total.  In the first half the first letters
 * are the slowest, in the second half the last ones; only c fails, and only then.
 */
#include "fixture.h"
#include "ranking.h"
#include "selection.h"

#define START       1795338539
#define N_ENDPOINTS 14
#define N_BLOCKS    60
#define HALF        30

static ScopeHistory *
make_history (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  double              sums[N_ENDPOINTS] = { 0 };

  for (guint b = 0; b < N_BLOCKS; b++)
    {
      for (guint e = 0; e < N_ENDPOINTS; e++)
        {
          const char name[] = { (char) ('a' + e), '\0' };
          guint      rank = b < HALF ? N_ENDPOINTS - e : e + 1;

          sums[e] += b == 0 ? 0 : 10 * rank;
          fixture_full_row (text, &(FixtureRow){ .stamp = START + b,
                                                 .name = name,
                                                 .count = 10 * b,
                                                 .failures = e == 2 && b > HALF ? b - HALF : 0,
                                                 .average = b ? sums[e] / (10 * b) : 0,
                                                 .p50 = "1",
                                                 .p95 = "1" });
        }
      fixture_full_row (text, &(FixtureRow){ .stamp = START + b,
                                             .name = "Aggregated",
                                             .count = N_ENDPOINTS * 10 * b,
                                             .failures = b > HALF ? b - HALF : 0,
                                             .average = 1000,
                                             .p50 = "1",
                                             .p95 = "1" });
    }
  return fixture_history (text->str, text->len);
}

static void
assert_shown (ScopeHistory *history,
              const char   *expected)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    if (scope_endpoint_get_visible (scope_history_get_endpoint (history, i)))
      g_string_append (shown, scope_endpoint_get_name (scope_history_get_endpoint (history, i)));
  g_assert_cmpstr (shown->str, ==, expected);
}

static double
get_time (ScopeHistory *history,
          guint         block)
{
  return scope_history_get_times (history)[block];
}

static void
test_slowest (void)
{
  g_autoptr (ScopeHistory) history = make_history ();

  scope_history_set_window (history, 0);
  g_assert_cmpuint (scope_ranking_show_slowest (history, get_time (history, 0),
                                                get_time (history, HALF - 1)),
                    ==, SCOPE_RANKING_SLOWEST);
  assert_shown (history, "abcdefghij");
  scope_ranking_show_slowest (history, get_time (history, HALF + 1),
                              get_time (history, N_BLOCKS - 1));
  assert_shown (history, "efghijklmn");
}

static void
test_failing (void)
{
  g_autoptr (ScopeHistory) history = make_history ();

  scope_selection_show_all (history, TRUE);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 14), FALSE);
  g_assert_cmpuint (scope_ranking_show_failing (history, get_time (history, 0),
                                                get_time (history, HALF)),
                    ==, 0);
  assert_shown (history, "abcdefghijklmn"); /* as before */
  g_assert_cmpuint (scope_ranking_show_failing (history, get_time (history, 0),
                                                get_time (history, N_BLOCKS - 1)),
                    ==, 1);
  assert_shown (history, "c");
}

static void
test_empty (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();

  g_assert_cmpuint (scope_ranking_show_slowest (history, 0, 10), ==, 0);
  g_assert_cmpuint (scope_ranking_show_failing (history, 0, 10), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ranking/slowest", test_slowest);
  g_test_add_func ("/ranking/failing", test_failing);
  g_test_add_func ("/ranking/empty", test_empty);
  return g_test_run ();
}
