/* test-means.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Means over a stretch of time by hand: not those of values over windows.
 */
#include "fixture.h"
#include "means.h"

#include <math.h>

#define START    1795338539
#define N_BLOCKS 30

#define P95 ((ScopeStatistic){ .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 95 })

/* In block b come b requests of b ms, every fifth block one that fails. */
static ScopeHistory *
make_history (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);
  double              sum = 0;
  guint               count = 0;

  for (guint b = 0; b < N_BLOCKS; b++)
    {
      g_autofree char *p95 = g_strdup_printf ("%u", 2 * b);

      count += b;
      sum += b * b;
      fixture_full_row (text, &(FixtureRow){ .stamp = START + b,
                                             .name = "/a",
                                             .count = count,
                                             .failures = b / 5,
                                             .average = count ? sum / count : 0,
                                             .p50 = "1",
                                             .p95 = b % 10 == 0 ? "N/A" : p95,
                                             .max = b });
    }
  return fixture_history (text->str, text->len);
}

static void
assert_mean (ScopeHistory  *history,
             ScopeStatistic statistic,
             guint          first,
             guint          last,
             double         expected)
{
  const double *times = scope_history_get_times (history);

  g_assert_cmpfloat_with_epsilon (
    scope_history_get_mean (history, 0, statistic, times[first], times[last]), expected,
    1e-6 * MAX (1, expected));
}

static void
test_counted (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);
  double                   seconds = times[14] - times[10];

  /* Blocks 11 to 14: 50 requests, 11² + 12² + 13² + 14² ms, no failure; whatever the window. */
  for (guint window = 0; window <= 10; window += 5)
    {
      scope_history_set_window (history, window);
      assert_mean (history, SCOPE_STATISTIC (AVERAGE), 10, 14, 630 / 50.0);
      assert_mean (history, SCOPE_STATISTIC (REQUESTS), 10, 14, 50 / seconds);
      assert_mean (history, SCOPE_STATISTIC (FAILURES), 10, 14, 0);
      assert_mean (history, SCOPE_STATISTIC (FAILURE_SHARE), 10, 14, 0);
      assert_mean (history, SCOPE_STATISTIC (FAILURE_SHARE), 9, 10, 100 / 10.0);
      assert_mean (history, SCOPE_STATISTIC (FAILURES), 9, 10, 1 / (times[10] - times[9]));
    }
}

static void
test_written (void)
{
  g_autoptr (ScopeHistory) history = make_history ();

  assert_mean (history, P95, 10, 14, (22 + 24 + 26 + 28) / 4.0);
  assert_mean (history, P95, 18, 21, (38 + 42) / 2.0); /* without the gap at 20 */
  assert_mean (history, SCOPE_STATISTIC (MAX), 10, 14, (11 + 12 + 13 + 14) / 4.0);
}

static void
test_nothing (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  const double            *times = scope_history_get_times (history);

  g_assert_true (isnan (
    scope_history_get_mean (history, 0, SCOPE_STATISTIC (AVERAGE), times[5], times[5])));
  g_assert_true (isnan (scope_history_get_mean (history, 0, P95, times[19], times[20])));
  g_assert_true (isnan (scope_history_get_mean (history, 0, SCOPE_STATISTIC (REQUESTS), 0, 9)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/means/counted", test_counted);
  g_test_add_func ("/means/written", test_written);
  g_test_add_func ("/means/nothing", test_nothing);
  return g_test_run ();
}
