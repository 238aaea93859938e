/* test-intervals.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where windows begin: hand-made cases, and random ones against the plainest
 * search there is.
 */
#include "intervals.h"

#include <math.h>

static void
extend (ScopeIntervals     *intervals,
        const double       *times,
        guint               n,
        const ScopeStretch *stretches,
        guint               n_stretches)
{
  scope_intervals_extend (intervals, times, n, stretches, n_stretches);
  g_assert_cmpuint (intervals->n, ==, n);
}

static void
assert_interval (const ScopeIntervals *intervals,
                 guint                 block,
                 gint32                base,
                 double                duration)
{
  g_assert_cmpint (intervals->blocks[block].base, ==, base);
  g_assert_cmpfloat_with_epsilon (intervals->blocks[block].duration, duration, 1e-5);
}

/* The window is filled step by step, from where all counters were 0. */
static void
test_from_zero (void)
{
  static const double       TIMES[] = { 100.5, 101.5, 102.5, 103.5, 104.5, 105.5 };
  static const ScopeStretch RUN = { 0, TRUE, TRUE, 1 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 3, 1);
  extend (&intervals, TIMES, 6, &RUN, 1);
  assert_interval (&intervals, 0, SCOPE_BASE_ZERO, 1);
  assert_interval (&intervals, 1, SCOPE_BASE_ZERO, 2);
  assert_interval (&intervals, 2, SCOPE_BASE_ZERO, 3);
  assert_interval (&intervals, 3, 0, 3);
  assert_interval (&intervals, 5, 2, 3);
  scope_intervals_clear (&intervals);
}

static void
test_counts_unknown_at_start (void)
{
  static const double       TIMES[] = { 100.5, 101.5, 102.5, 103.5, 104.5 };
  static const ScopeStretch RUN = { 0, FALSE, TRUE, 1 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 3, 1);
  extend (&intervals, TIMES, 5, &RUN, 1);
  assert_interval (&intervals, 0, SCOPE_BASE_NONE, 0);
  assert_interval (&intervals, 1, 0, 1);
  assert_interval (&intervals, 3, 0, 3);
  assert_interval (&intervals, 4, 1, 3);
  scope_intervals_clear (&intervals);
}

static void
test_one_block (void)
{
  static const double       TIMES[] = { 100.5, 101.5, 103.5 };
  static const ScopeStretch RUN = { 0, TRUE, TRUE, 1.25 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 0, 1);
  extend (&intervals, TIMES, 3, &RUN, 1);
  assert_interval (&intervals, 0, SCOPE_BASE_ZERO, 1.25);
  assert_interval (&intervals, 1, 0, 1);
  assert_interval (&intervals, 2, 1, 2);
  scope_intervals_clear (&intervals);
}

/* A window shorter than a tick still has one. */
static void
test_shorter_than_a_tick (void)
{
  static const double       TIMES[] = { 100.5, 102.5, 104.5 };
  static const ScopeStretch RUN = { 0, TRUE, TRUE, 2 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 0.3, 1);
  extend (&intervals, TIMES, 3, &RUN, 1);
  assert_interval (&intervals, 0, SCOPE_BASE_ZERO, 2);
  assert_interval (&intervals, 2, 1, 2);
  scope_intervals_clear (&intervals);
}

/* The block nearest to the window's beginning, before it or after. */
static void
test_nearest (void)
{
  static const double       TIMES[] = { 100, 101.4, 102.2, 103, 104, 105 };
  static const ScopeStretch RUN = { 0, FALSE, TRUE, 1 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 3, 1);
  extend (&intervals, TIMES, 6, &RUN, 1);
  assert_interval (&intervals, 4, 1, 2.6);
  assert_interval (&intervals, 5, 2, 2.8);
  scope_intervals_clear (&intervals);
}

static void
test_never_before_its_stretch (void)
{
  static const double       TIMES[] = { 100, 101, 102, 150, 151, 152, 153, 154 };
  static const ScopeStretch STRETCHES[] = {
    { 0, TRUE, TRUE, 1 }, { 3, FALSE, FALSE, 1 }, { 5, TRUE, TRUE, 1.5 }
  };
  ScopeIntervals intervals;

  scope_intervals_init (&intervals, 10, 1);
  extend (&intervals, TIMES, 8, STRETCHES, 3);
  assert_interval (&intervals, 2, SCOPE_BASE_ZERO, 3);
  assert_interval (&intervals, 3, SCOPE_BASE_NONE, 0);
  assert_interval (&intervals, 4, 3, 1);
  assert_interval (&intervals, 5, SCOPE_BASE_ZERO, 1.5);
  assert_interval (&intervals, 7, SCOPE_BASE_ZERO, 3.5);
  scope_intervals_clear (&intervals);
}

/* Averaged over three blocks, counters are known from the third on; before, only
 * response times are. */
static void
test_smooth (void)
{
  static const double       TIMES[] = { 0, 1, 2, 4, 5, 6, 7, 8, 9, 10 };
  static const ScopeStretch STRETCHES[] = { { 0, FALSE, TRUE, 1 }, { 5, TRUE, TRUE, 1.5 } };
  static const ScopeStretch RUN = { 0, TRUE, TRUE, 1 };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 2, 3);
  extend (&intervals, TIMES, 10, STRETCHES, 2);
  assert_interval (&intervals, 0, SCOPE_BASE_NONE, 0);
  assert_interval (&intervals, 1, 0, 0);
  assert_interval (&intervals, 2, 0, 0);
  assert_interval (&intervals, 3, 2, 2);
  assert_interval (&intervals, 4, 2, 3);
  assert_interval (&intervals, 5, SCOPE_BASE_NONE, 0);
  assert_interval (&intervals, 7, 5, 0);
  assert_interval (&intervals, 8, 7, 1);
  assert_interval (&intervals, 9, 7, 2);
  scope_intervals_clear (&intervals);

  scope_intervals_init (&intervals, 2, 3);
  extend (&intervals, TIMES, 3, &RUN, 1);
  assert_interval (&intervals, 0, SCOPE_BASE_ZERO, 1);
  assert_interval (&intervals, 2, 0, 2);
  scope_intervals_clear (&intervals);
}

/* A block that turns out to begin a run changes only what follows. */
static void
test_truncate (void)
{
  static const double       TIMES[] = { 100, 101, 102, 103, 104 };
  static const ScopeStretch STRETCHES[] = { { 0, FALSE, TRUE, 1 }, { 3, TRUE, TRUE, 1 } };
  ScopeIntervals            intervals;

  scope_intervals_init (&intervals, 10, 1);
  extend (&intervals, TIMES, 4, STRETCHES, 1);
  assert_interval (&intervals, 3, 0, 3);
  scope_intervals_truncate (&intervals, 3);
  scope_intervals_truncate (&intervals, 4);
  g_assert_cmpuint (intervals.n, ==, 3);
  extend (&intervals, TIMES, 5, STRETCHES, 2);
  assert_interval (&intervals, 2, 0, 2);
  assert_interval (&intervals, 3, SCOPE_BASE_ZERO, 1);
  assert_interval (&intervals, 4, SCOPE_BASE_ZERO, 2);
  extend (&intervals, TIMES, 5, STRETCHES, 2);
  scope_intervals_clear (&intervals);
  scope_intervals_clear (&intervals);
}

static double
distance (const double       *times,
          const ScopeStretch *stretch,
          gint32              base,
          double              wanted)
{
  return fabs ((base == SCOPE_BASE_ZERO ? times[stretch->first] - stretch->tick : times[base]) -
               wanted);
}

static gint32
search (const double       *times,
        const ScopeStretch *stretch,
        guint               block,
        double              window)
{
  gint32 best = stretch->from_zero          ? SCOPE_BASE_ZERO
                : block > stretch->first ? (gint32) stretch->first
                                         : SCOPE_BASE_NONE;

  if (window == 0 && block > stretch->first)
    return block - 1;
  for (guint b = stretch->first; b < block; b++)
    if (distance (times, stretch, b, times[block] - window) <
        distance (times, stretch, best, times[block] - window))
      best = b;
  return best;
}

static void
test_random (void)
{
  static const double WINDOWS[] = { 0, 1, 5, 10, 60 };

  for (guint round = 0; round < 300; round++)
    {
      double         times[200];
      ScopeStretch   stretches[200];
      guint          n_stretches = 0, done = 0, s = 0;
      ScopeIntervals intervals;

      for (guint b = 0; b < 200; b++)
        {
          gboolean starts = b == 0 || g_test_rand_int_range (0, 30) == 0;

          times[b] = (b ? times[b - 1] : 1e9) + g_test_rand_double_range (0.4, starts ? 40 : 2);
          if (starts)
            stretches[n_stretches++] =
              (ScopeStretch){ b, g_test_rand_bit (), TRUE, g_test_rand_double_range (0.5, 2) };
        }
      scope_intervals_init (&intervals, WINDOWS[round % G_N_ELEMENTS (WINDOWS)], 1);
      while (done < 200)
        {
          done += g_test_rand_int_range (1, 40);
          done = MIN (200, done);
          extend (&intervals, times, done, stretches, n_stretches);
          if (g_test_rand_bit ())
            scope_intervals_truncate (&intervals, g_test_rand_int_range (0, done + 1));
          extend (&intervals, times, done, stretches, n_stretches);
        }
      for (guint b = 0; b < 200; b++)
        {
          if (s + 1 < n_stretches && stretches[s + 1].first == b)
            s++;
          g_assert_cmpint (intervals.blocks[b].base, ==,
                           search (times, &stretches[s], b, intervals.window));
        }
      scope_intervals_clear (&intervals);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intervals/from-zero", test_from_zero);
  g_test_add_func ("/intervals/counts-unknown-at-start", test_counts_unknown_at_start);
  g_test_add_func ("/intervals/one-block", test_one_block);
  g_test_add_func ("/intervals/shorter-than-a-tick", test_shorter_than_a_tick);
  g_test_add_func ("/intervals/nearest", test_nearest);
  g_test_add_func ("/intervals/never-before-its-stretch", test_never_before_its_stretch);
  g_test_add_func ("/intervals/smooth", test_smooth);
  g_test_add_func ("/intervals/truncate", test_truncate);
  g_test_add_func ("/intervals/random", test_random);
  return g_test_run ();
}
