/* test-time.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever the interval at which blocks are written and whatever is done to
 * the clock that stamps them, a steady test is a steady curve.
 */
#include "clock.h"
#include "fixture.h"

#include <math.h>

#define START 1795338539
#define PACE  40 /* requests/s */
#define BLOCKS 200

/* The stamp of a block that was written at @time. */
typedef gint64 (*Stamp) (double time);

static gint64
right (double time)
{
  return (gint64) floor (time);
}

static gint64
set_back_a_second (double time)
{
  return (gint64) floor (time < 60 ? time : time - 1);
}

static gint64
set_back_twice (double time)
{
  return (gint64) floor (time < 40 ? time : time < 90 ? time - 2.5 : time - 33);
}

static gint64
set_back_an_hour (double time)
{
  return (gint64) floor (time < 60 ? time : time - 3600);
}

static gint64
set_on_a_second (double time)
{
  return (gint64) floor (time < 60 ? time : time + 1);
}

static ScopeHistory *
make_history (double tick,
              Stamp  stamp)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint b = 0; b < BLOCKS; b++)
    {
      double  time = b * tick * 1.0024;
      guint64 count = (guint64) (PACE * time);

      fixture_row (text, START + stamp (time + 0.3), "GET", "/a", count, 20);
      fixture_row (text, START + stamp (time + 0.3), "", "Aggregated", count, 20);
    }
  return fixture_history (text->str, text->len);
}

/* Where windows are wrong by @tolerance at most, but for @n_wrong of them,
 * which are by twice as much. */
static void
assert_steady (ScopeHistory *history,
               double        tolerance,
               guint         n_wrong)
{
  const double *times = scope_history_get_times (history);
  guint         n = 0, n_stretches;

  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, BLOCKS);
  scope_history_get_stretches (history, &n_stretches);
  g_assert_cmpuint (n_stretches, ==, 1);
  g_assert_cmpuint (scope_history_get_n_runs (history), ==, 1);
  for (guint b = 12; b < BLOCKS; b++)
    {
      double rate = scope_history_get_value (history, 0, SCOPE_STATISTIC (REQUESTS), b);
      double average = scope_history_get_value (history, 0, SCOPE_STATISTIC (AVERAGE), b);

      g_assert_cmpfloat (times[b], >, times[b - 1]);
      g_assert_cmpfloat_with_epsilon (average, 20, 1e-6);
      g_assert_cmpfloat_with_epsilon (rate, PACE, 2 * tolerance * PACE);
      n += fabs (rate - PACE) > tolerance * PACE;
    }
  g_assert_cmpuint (n, <=, n_wrong);
}

static void
test_ticks (void)
{
  static const double ticks[] = { 0.5, 1, 2, 5, 10, 30, 60, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    {
      g_autoptr (ScopeHistory) history = make_history (ticks[i], right);

      assert_steady (history, 0.05, 12);
    }
}

static void
test_clock (gconstpointer data)
{
  g_autoptr (ScopeHistory) history = make_history (1, *(const Stamp *) data);

  assert_steady (history, 0.06, 24);
}

/* A pause before the usual step is known, and one after. */
static void
test_pauses (void)
{
  for (guint before = 1; before < 4; before++)
    {
      g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
      g_autoptr (ScopeHistory) history = NULL;
      const ScopeStretch      *stretches;
      guint                    n_stretches;

      for (guint b = 0; b < 40; b++)
        fixture_row (text, START + b + (b >= before ? 30 : 0) + (b >= 30 ? 5 : 0), "",
                     "Aggregated", 5 * b, 20);
      history = fixture_history (text->str, text->len);
      stretches = scope_history_get_stretches (history, &n_stretches);
      g_assert_cmpuint (n_stretches, ==, 3);
      g_assert_cmpuint (stretches[1].first, ==, before);
      g_assert_false (stretches[1].is_run);
      g_assert_cmpuint (stretches[2].first, ==, 30);
      g_assert_cmpuint (scope_history_get_n_runs (history), ==, 1);
    }
}

/* From one block to the next: where a second is skipped for the first time, and
 * where several blocks share a second, in the first one too. */
static void
test_block_by_block (void)
{
  static const struct
  {
    double tick, low, high;
  } cases[] = { { 1, 0.95, 1.06 },  { 0.5, 0.9, 1.1 },   { 0.4, 0.9, 1.15 },
                { 0.25, 0.9, 1.2 }, { 0.2, 0.8, 1.25 },  { 0.1, 0.75, 1.35 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScopeHistory) history = make_history (cases[i].tick, right);
      guint                    n_wrong = 0;

      scope_history_set_window (history, 0);
      for (guint b = 1; b < BLOCKS; b++)
        {
          /* Counts are whole numbers, too. */
          double count = PACE * cases[i].tick;
          double rate = scope_history_get_value (history, 0, SCOPE_STATISTIC (REQUESTS), b) / PACE;

          n_wrong += rate < cases[i].low * (1 - 1 / count) || rate > cases[i].high * (1 + 1 / count);
          g_assert_cmpfloat (rate, >, 0.4);
          g_assert_cmpfloat (rate, <, 2.5);
        }
      /* Where a short tick leaves out one of a second's places, that is seen. */
      g_assert_cmpuint (n_wrong, <=, cases[i].tick < 1 ? 4 : 0);
    }
}

/* Each run may be written at an interval of its own. */
static void
test_run_by_run (void)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;
  guint                    n_stretches;

  for (guint b = 0; b < 50; b++)
    fixture_row (text, START + b, "", "Aggregated", 20 * b, 20);
  for (guint b = 0; b < 20; b++)
    fixture_row (text, START + 100 + 5 * b, "", "Aggregated", 100 * b, 20);
  for (guint b = 0; b < 50; b++)
    fixture_row (text, START + 300 + b, "", "Aggregated", 20 * b, 20);
  history = fixture_history (text->str, text->len);
  scope_history_get_stretches (history, &n_stretches);
  g_assert_cmpuint (n_stretches, ==, 3);
  for (guint b = 51; b < 120; b++)
    if (b != 70)
      g_assert_cmpfloat_with_epsilon (
        scope_history_get_value (history, 0, SCOPE_STATISTIC (REQUESTS), b), 20, b > 81 ? 1 : 10.1);
}

/* Half-second blocks: which step is the usual one is not asked anew with each
 * block, which would time all of them again. */
static void
test_learns_once (void)
{
  ScopeClock clock = { 0 };
  guint      n = 0;

  for (guint b = 0; b < 1000; b++)
    n += scope_clock_learn (&clock, START + b / 2);
  g_assert_cmpuint (n, <, 12);
}

int
main (int    argc,
      char **argv)
{
  static const Stamp second = set_back_a_second, twice = set_back_twice, hour = set_back_an_hour,
                     on = set_on_a_second;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/ticks", test_ticks);
  g_test_add_data_func ("/time/set-back/a-second", &second, test_clock);
  g_test_add_data_func ("/time/set-back/twice", &twice, test_clock);
  g_test_add_data_func ("/time/set-back/an-hour", &hour, test_clock);
  g_test_add_data_func ("/time/set-on/a-second", &on, test_clock);
  g_test_add_func ("/time/block-by-block", test_block_by_block);
  g_test_add_func ("/time/run-by-run", test_run_by_run);
  g_test_add_func ("/time/pauses", test_pauses);
  g_test_add_func ("/time/learns-once", test_learns_once);
  return g_test_run ();
}
