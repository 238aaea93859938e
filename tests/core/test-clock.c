/* test-clock.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer whose true times are known stamps its blocks with whole seconds;
 * how near does the clock come to those times?  The bounds are a little above
 * what was measured over 20 phases, not what one might wish for.
 */
#include "clock.h"

#include <math.h>
#include <stdlib.h>

#define START    1795338539
#define BLOCKS   10000
#define N_PHASES 20
#define SETTLED  120
#define WINDOW_S 10

typedef struct
{
  double tick;       /* s */
  double lateness;   /* s: each tick is longer by up to this */
  /* Bounds: */
  double error;      /* s, of nine blocks in ten */
  double stretched;  /* how much too long or short a window may be, relative: ... */
  double usually;    /* ... of 99 windows in 100 */
} Writer;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (double *values,
          guint   n,
          double  q)
{
  qsort (values, n, sizeof (double), compare);
  return values[MIN (n - 1, (guint) (q * n))];
}

/* Also sees to it that each time lies within its second and that they rise. */
static void
run_clock (const Writer *writer,
           double        phase,
           double       *truths,
           double       *times)
{
  ScopeClock clock = { 0 };

  for (guint i = 0; i < BLOCKS; i++)
    {
      truths[i] = i == 0 ? START + phase
                         : truths[i - 1] + writer->tick +
                             writer->lateness * g_test_rand_double_range (0, 1);
      scope_clock_learn (&clock, (gint64) floor (truths[i]));
    }
  for (guint i = 0; i < BLOCKS; i++)
    {
      gint64   stamp = (gint64) floor (truths[i]);
      gboolean paused = TRUE;

      times[i] = scope_clock_next (&clock, stamp, &paused);
      g_assert_false (paused);
      g_assert_cmpfloat (times[i], >=, stamp);
      g_assert_cmpfloat (times[i], <, stamp + 1);
      if (i > 0)
        g_assert_cmpfloat (times[i], >, times[i - 1]);
    }
  g_assert_cmpfloat_with_epsilon (scope_clock_tick (&clock), writer->tick + writer->lateness / 2,
                                  0.001);
}

static void
check_writer (const Writer *writer,
              double        phase)
{
  static double truths[BLOCKS], times[BLOCKS], errors[BLOCKS], ratios[BLOCKS];
  guint         window = (guint) (WINDOW_S / writer->tick);
  guint         n = 0;
  double        error, usually, worst;

  run_clock (writer, phase, truths, times);
  for (guint i = SETTLED; i < BLOCKS; i++, n++)
    {
      errors[n] = fabs (times[i] - truths[i]);
      ratios[n] = fabs ((times[i] - times[i - window]) / (truths[i] - truths[i - window]) - 1);
    }
  error = quantile (errors, n, 0.9);
  usually = quantile (ratios, n, 0.99);
  worst = ratios[n - 1];
  g_test_message ("tick %g s, phase %g: nine blocks in ten within %.3f s; a window's length "
                  "within %.2f %% (99 in 100), %.2f %% (all)",
                  writer->tick, phase, error, 100 * usually, 100 * worst);
  g_assert_cmpfloat (error, <=, writer->error);
  g_assert_cmpfloat (usually, <=, writer->usually);
  g_assert_cmpfloat (worst, <=, writer->stretched);
}

static void
test_steady_writer (gconstpointer data)
{
  for (guint i = 0; i < N_PHASES; i++)
    check_writer (data, i / (double) N_PHASES);
}

static double
next (ScopeClock *clock,
      gint64      stamp,
      gboolean    expect_pause)
{
  gboolean paused;
  double   time;

  scope_clock_learn (clock, START + stamp);
  time = scope_clock_next (clock, START + stamp, &paused);

  g_assert_cmpint (paused, ==, expect_pause);
  return time - START;
}

static void
test_first_blocks (void)
{
  ScopeClock clock = { 0 };

  g_assert_cmpfloat (scope_clock_tick (&clock), ==, 1.0024);
  g_assert_cmpfloat_with_epsilon (next (&clock, 0, FALSE), 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (next (&clock, 1, FALSE), 1.5024, 1e-6);
  g_assert_cmpfloat_with_epsilon (next (&clock, 2, FALSE), 2.5048, 0.003);
}

/* Where a second is skipped a naive clock sees two seconds go by.  The first few
 * times it tells how far within its second a block really is. */
static void
test_skipped_second (void)
{
  ScopeClock clock = { 0 };
  double     before = next (&clock, 0, FALSE);
  guint      n_skipped = 0;

  for (guint i = 1; i < 3000; i++)
    {
      gint64 stamp = (gint64) (i * 1.0024);
      double time = next (&clock, stamp, FALSE);

      if (stamp - (gint64) ((i - 1) * 1.0024) == 2)
        {
          n_skipped++;
          g_assert_cmpfloat (time - before, >, 0.9);
          g_assert_cmpfloat (time - before, <, n_skipped < 3 ? 1.5 : 1.2);
        }
      before = time;
    }
  g_assert_cmpuint (n_skipped, ==, 7);
}

static void
test_pause (void)
{
  ScopeClock clock = { 0 };
  double     tick;

  for (guint i = 0; i < 20; i++)
    next (&clock, i, FALSE);
  next (&clock, 22, FALSE); /* three seconds may be two ticks and a bit */
  tick = scope_clock_tick (&clock);
  g_assert_cmpfloat_with_epsilon (next (&clock, 26, TRUE), 26.5, 1e-6);
  g_assert_cmpfloat (scope_clock_tick (&clock), ==, tick);
  next (&clock, 27, FALSE);
  next (&clock, 100027, TRUE);
  next (&clock, 100028, FALSE);
}

static void
test_pause_of_slow_writer (void)
{
  ScopeClock clock = { 0 };

  next (&clock, 0, FALSE);
  for (guint i = 1; i < 20; i++)
    next (&clock, 2 * i, FALSE);
  next (&clock, 44, FALSE); /* 6 s are three ticks */
  next (&clock, 52, TRUE);
}

static void
test_pause_of_fast_writer (void)
{
  ScopeClock clock = { 0 };

  for (guint i = 0; i < 80; i++)
    next (&clock, i / 4, FALSE);
  next (&clock, 23, TRUE);
  for (guint i = 0; i < 8; i++)
    next (&clock, 24 + i / 4, FALSE);
}

/* Time goes on, one tick a block, and is never set right again: a chart that
 * ran backwards could not be read. */
static void
test_set_back (void)
{
  ScopeClock clock = { 0 };
  double     before = 0;

  for (guint i = 0; i < 100; i++)
    before = next (&clock, i, FALSE);
  for (guint i = 0; i < 100; i++)
    {
      double time = next (&clock, (gint64) i - 3600, FALSE);

      g_assert_cmpfloat (time - before, >, 0.5);
      g_assert_cmpfloat (time - before, <, 1.6);
      before = time;
    }
  next (&clock, 200 - 3600, TRUE);
}

/* Many blocks of one second come after each other, and later seconds are not
 * moved by them. */
static void
test_crowded_second (void)
{
  ScopeClock clock = { 0 };
  double     before = 0;

  for (guint i = 0; i < 50; i++)
    {
      double time = next (&clock, i / 10, FALSE);

      g_assert_cmpfloat (time, >, before);
      g_assert_cmpfloat (time, >=, i / 10);
      g_assert_cmpfloat (time, <, i / 10 + 1);
      before = time;
    }
}

int
main (int    argc,
      char **argv)
{
  static const Writer USUAL = { 1.0024, 0, 0.20, 0.06, 0.01 };
  static const Writer UNEVEN = { 1.0024, 0.02, 0.20, 0.06, 0.02 };
  static const Writer QUICK = { 1.0008, 0, 0.35, 0.06, 0.01 };
  static const Writer BUSY = { 1.02, 0.05, 0.20, 0.04, 0.03 };
  static const Writer OLD = { 2.0048, 0, 0.20, 0.12, 0.01 };
  static const Writer FAST = { 0.2507, 0.002, 0.20, 0.04, 0.03 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/clock/one-second", &USUAL, test_steady_writer);
  g_test_add_data_func ("/clock/one-second-uneven", &UNEVEN, test_steady_writer);
  g_test_add_data_func ("/clock/one-second-nearly", &QUICK, test_steady_writer);
  g_test_add_data_func ("/clock/one-second-busy", &BUSY, test_steady_writer);
  g_test_add_data_func ("/clock/two-seconds", &OLD, test_steady_writer);
  g_test_add_data_func ("/clock/quarter-second", &FAST, test_steady_writer);
  g_test_add_func ("/clock/first-blocks", test_first_blocks);
  g_test_add_func ("/clock/skipped-second", test_skipped_second);
  g_test_add_func ("/clock/pause", test_pause);
  g_test_add_func ("/clock/pause-of-slow-writer", test_pause_of_slow_writer);
  g_test_add_func ("/clock/pause-of-fast-writer", test_pause_of_fast_writer);
  g_test_add_func ("/clock/set-back", test_set_back);
  g_test_add_func ("/clock/crowded-second", test_crowded_second);
  return g_test_run ();
}
