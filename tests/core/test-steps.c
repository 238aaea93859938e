/* test-steps.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made-up runs whose real throughput is known: workers that report every 3 s
 * make a staircase, which must be seen and evened out, and a single process
 * must never be taken for one.
 */
#include "fixture.h"
#include "steps.h"

#include <math.h>
#include <string.h>

#define START    1795338539
#define N_BLOCKS 120
#define REPORT_S 3.0

/* Errors of throughput over 10 s, once the window is full, over all seeds.
 * Blocks are a little more than a second apart, so now and then a report comes
 * after two of them; the last blocks do not tell yet and are left out.
 * Measured with 1, 2 and 5 workers: 95 % are below 0.03, 0.05 and 0.08 %, the
 * worst are 0.1, 0.1 and 0.3 %; without evening out 20, 20 and 13 %, and 20 %.
 */
#define USUAL_ERROR 0.005
#define WORST_ERROR 0.02

#define N_SEEDS 200

/* Knuth's; good for small means. */
static guint
poisson (GRand *rand,
         double mean)
{
  double limit = exp (-mean), product = g_rand_double (rand);
  guint  n = 0;

  for (; product > limit; n++)
    product *= g_rand_double (rand);
  return n;
}

/* What the master has counted: each worker's requests, at @rate all together,
 * up to its latest report. */
static guint64
count_reported (double        time,
                double        rate,
                const double *phases,
                guint         n_workers)
{
  guint64 count = 0;

  for (guint i = 0; i < n_workers; i++)
    {
      double reported = floor ((time - phases[i]) / REPORT_S) * REPORT_S + phases[i];

      count += (guint64) fmax (0, floor (reported * rate / n_workers));
    }
  return count;
}

/* At block @reset, if not 0, the master's counters start again. */
static char *
write_distributed (GRand *rand,
                   guint  n_workers,
                   double rate,
                   guint  reset)
{
  GString *text = g_string_new (FIXTURE_HEADER);
  double   phases[8], tick = g_rand_double (rand);
  guint64  before = 0;

  g_assert_cmpuint (n_workers, <=, G_N_ELEMENTS (phases));
  for (guint i = 0; i < n_workers; i++)
    phases[i] = g_rand_double_range (rand, 0, REPORT_S);
  for (guint b = 0; b < N_BLOCKS; b++)
    {
      double  time = b * 1.0024 + tick;
      guint64 count = count_reported (time, rate, phases, n_workers) - before;

      if (b > 0 && b == reset)
        {
          before = count;
          count = 0;
        }
      fixture_row (text, START + (gint64) floor (time), "GET", "/a", count, count ? 20 : 0);
      fixture_row (text, START + (gint64) floor (time), "", "Aggregated", count, count ? 20 : 0);
    }
  return g_string_free (text, FALSE);
}

/* Appends the errors of throughput over 10 s, and those of the same without
 * evening out. */
static void
add_errors (ScopeHistory *history,
            double        rate,
            GArray       *errors,
            GArray       *plain)
{
  ScopeSeries         series = scope_history_get_series (history, 0, SCOPE_STATISTIC (REQUESTS));
  const ScopeColumns *columns = scope_history_get_columns (history, 0);
  const double       *times = scope_history_get_times (history);

  g_assert_cmpuint (series.n, ==, N_BLOCKS);
  for (guint b = 20; b < series.n - SCOPE_PACE_DELAY; b++)
    {
      double difference = (double) (scope_columns_get_count (columns, b) - scope_columns_get_count (columns, b - 10));
      double simple = fabs (difference / (times[b] - times[b - 10]) / rate - 1);
      double error = fabs (series.values[b] / rate - 1);

      g_array_append_val (errors, error);
      g_array_append_val (plain, simple);
    }
}

static int
compare_errors (gconstpointer a,
                gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
get_quantile (GArray *errors,
              double  part)
{
  g_array_sort (errors, compare_errors);
  return g_array_index (errors, double, (guint) (part * (errors->len - 1)));
}

static void
test_throughput (void)
{
  static const guint N_WORKERS[] = { 1, 2, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (N_WORKERS); i++)
    {
      g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint seed = 0; seed < N_SEEDS; seed++)
        {
          g_autoptr (GRand)        rand = g_rand_new_with_seed (seed);
          double                   rate = g_rand_double_range (rand, 100, 400);
          g_autofree char         *text = write_distributed (rand, N_WORKERS[i], rate, 0);
          g_autoptr (ScopeHistory) history = fixture_history (text, strlen (text));

          add_errors (history, rate, errors, plain);
        }
      g_test_message ("%u workers: 95 %% of errors are below %.2f %%, the worst is %.1f %%; "
                      "without evening out %.2f and %.1f %%",
                      N_WORKERS[i], 100 * get_quantile (errors, 0.95),
                      100 * get_quantile (errors, 1), 100 * get_quantile (plain, 0.95),
                      100 * get_quantile (plain, 1));
      g_assert_cmpfloat (get_quantile (errors, 0.95), <, USUAL_ERROR);
      g_assert_cmpfloat (get_quantile (errors, 1), <, WORST_ERROR);
      /* Or there was nothing to even out. */
      g_assert_cmpfloat (get_quantile (plain, 0.95), >, 0.1);
    }
}

/* What comes first after a reset counts as much as all that follows, though it
 * was in part before.  A report that then comes early is not seen to. */
static void
test_throughput_after_reset (void)
{
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand)        rand = g_rand_new_with_seed (seed);
      g_autofree char         *text = write_distributed (rand, 1 + seed % 2, 200, 70);
      g_autoptr (ScopeHistory) history = fixture_history (text, strlen (text));
      ScopeSeries series = scope_history_get_series (history, 0, SCOPE_STATISTIC (REQUESTS));

      for (guint b = 70; b < 70 + SCOPE_STEP_BLOCKS; b++)
        g_assert_true (isnan (series.values[b]));
      for (guint b = 70 + SCOPE_STEP_BLOCKS; b < 90; b++)
        {
          double error = fabs (series.values[b] / 200 - 1);

          g_array_append_val (errors, error);
        }
    }
  g_test_message ("After a reset 95 %% of errors are below %.2f %%",
                  100 * get_quantile (errors, 0.95));
  g_assert_cmpfloat (get_quantile (errors, 0.95), <, WORST_ERROR);
}

/* The average is not moved by evening out. */
static void
test_response_time (void)
{
  g_autoptr (GRand)        rand = g_rand_new_with_seed (7);
  g_autofree char         *text = write_distributed (rand, 2, 50, 0);
  g_autoptr (ScopeHistory) history = fixture_history (text, strlen (text));
  ScopeSeries              series = scope_history_get_series (history, 0, SCOPE_STATISTIC (AVERAGE));

  for (guint b = 10; b < series.n; b++)
    g_assert_cmpfloat_with_epsilon (series.values[b], 20, 1e-3);
}

/* In how many of the seeds a staircase is seen by the block; three workers
 * report in turn, with so many requests each. */
static guint
count_seen (const double *means,
            guint         n_blocks)
{
  guint seen = 0;

  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ScopeSteps        steps = { 0 };
      guint64           count = 0;

      for (guint b = 0; b < n_blocks; b++)
        scope_steps_add (&steps, count += poisson (rand, means[b % 3]));
      seen += scope_steps_get_width (&steps) == SCOPE_STEP_BLOCKS;
    }
  return seen;
}

/* One that is plain is seen in the second window already, one of workers that
 * report one after the other within minutes. */
static void
test_seen (void)
{
  static const double PLAIN[] = { 0, 100, 40 }, IN_TURN[] = { 12, 11, 22 };

  g_assert_cmpuint (count_seen (PLAIN, 20), ==, N_SEEDS);
  g_assert_cmpuint (count_seen (IN_TURN, 90), >, N_SEEDS * 9 / 10);
}

/* The blocks' growth, and how far each but the latest takes the counters on. */
static void
check_paces (const guint  *growth,
             const double *paces,
             guint         n)
{
  ScopeSteps steps = { 0 };
  guint64    count = 0;

  for (guint b = 0; b < n; b++)
    {
      double pace = scope_steps_add (&steps, count += growth[b]);

      g_assert_cmpfloat (pace, ==, b < SCOPE_PACE_DELAY ? 1 : paces[b - SCOPE_PACE_DELAY]);
    }
}

static void
test_pace (void)
{
  static const guint  EARLY[] = { 0, 30, 0, 0, 30, 0, 0, 30, 0, 30, 0, 0, 30, 0 };
  static const double EARLY_PACES[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1 };
  static const guint  LATE[] = { 0, 30, 0, 0, 30, 0, 0, 30, 0, 0, 0, 30, 0, 0 };
  static const double LATE_PACES[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1 };
  static const guint  ONE_OF_TWO[] = { 0, 90, 30, 0, 90, 30, 0, 120, 0, 0, 120, 0, 0, 120 };
  static const double ONE_OF_TWO_PACES[] = { 1, 1, 1, 1, 1, 1, 1, 1.25, 1, 1, 1, 1, 1, 1 };
  static const guint  BOTH[] = { 0, 60, 60, 0, 60, 60, 0, 60, 60, 60, 60, 0, 60, 60 };
  static const double BOTH_PACES[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 1.5, 1, 1, 1 };
  /* It rises, falls and ends. */
  static const guint  CHANGES[] = { 0, 30, 0, 0, 40, 0, 0, 80, 0, 0, 50, 0, 0, 0, 0, 0 };
  static const double NONE[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

  check_paces (EARLY, EARLY_PACES, G_N_ELEMENTS (EARLY));
  check_paces (LATE, LATE_PACES, G_N_ELEMENTS (LATE));
  check_paces (ONE_OF_TWO, ONE_OF_TWO_PACES, G_N_ELEMENTS (ONE_OF_TWO));
  check_paces (BOTH, BOTH_PACES, G_N_ELEMENTS (BOTH));
  check_paces (CHANGES, NONE, G_N_ELEMENTS (CHANGES));
}

static void
check_single (double rate)
{
  guint wrong = 0;

  for (guint seed = 0; seed < 10 * N_SEEDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ScopeSteps        steps = { 0 };
      guint64           count = 0;

      for (guint b = 0; b < 5 * N_BLOCKS; b++)
        {
          scope_steps_add (&steps, count);
          if (scope_steps_get_width (&steps) != 1)
            {
              wrong++;
              g_test_message ("%g requests/s, seed %u: a staircase at block %u", rate, seed, b);
              break;
            }
          count += poisson (rand, rate);
        }
    }
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_single_process (void)
{
  static const double RATES[] = { 0.05, 0.3, 0.6, 1, 2, 5, 30, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (RATES); i++)
    check_single (RATES[i]);
}

/* Nothing at all, an even flow, and one that grows. */
static void
test_even_flow (void)
{
  for (guint slope = 0; slope < 4; slope++)
    for (guint rate = 0; rate < 30; rate += 10)
      {
        ScopeSteps steps = { 0 };
        guint64    count = 0;

        for (guint b = 0; b < N_BLOCKS; b++)
          {
            scope_steps_add (&steps, count);
            g_assert_cmpuint (scope_steps_get_width (&steps), ==, 1);
            count += rate + slope * b;
          }
      }
}

/* A staircase stays one when its counters start again. */
static void
test_reset (void)
{
  ScopeSteps steps = { 0 };
  guint64    count = 0;

  for (guint b = 0; b < 30; b++)
    scope_steps_add (&steps, count += b % 3 ? 0 : 60);
  g_assert_cmpuint (scope_steps_get_width (&steps), ==, SCOPE_STEP_BLOCKS);
  count = 0;
  for (guint b = 0; b < 30; b++)
    {
      scope_steps_add (&steps, count += b % 3 ? 0 : 60);
      g_assert_cmpuint (scope_steps_get_width (&steps), ==, SCOPE_STEP_BLOCKS);
    }
}

/* However the rows came, the same is seen and the same is worked out, also
 * where nobody looked in between. */
static void
test_batches (void)
{
  for (guint seed = 0; seed < 12; seed++)
    {
      g_autoptr (GRand)          rand = g_rand_new_with_seed (seed);
      g_autofree char           *text = write_distributed (rand, 1 + seed % 3, 80, seed % 2 ? 70 : 0);
      g_autoptr (ScopeHistory)   whole = fixture_history (text, strlen (text));
      g_autoptr (ScopeHistory)   pieces = scope_history_new ();
      g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
      gsize                      length = strlen (text);

      for (gsize start = 0; start < length;)
        {
          gsize            n = (gsize) g_rand_int_range (rand, 1, 900);
          g_autofree char *piece = g_strndup (text + start, n);

          fixture_append (pieces, parser, piece);
          start += strlen (piece);
          if (seed % 2 && g_list_model_get_n_items (G_LIST_MODEL (pieces)) > 0)
            scope_history_get_series (pieces, 0, SCOPE_STATISTIC (REQUESTS));
        }
      fixture_assert_same (pieces, whole);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steps/throughput", test_throughput);
  g_test_add_func ("/steps/throughput-after-reset", test_throughput_after_reset);
  g_test_add_func ("/steps/response-time", test_response_time);
  g_test_add_func ("/steps/seen", test_seen);
  g_test_add_func ("/steps/pace", test_pace);
  g_test_add_func ("/steps/single-process", test_single_process);
  g_test_add_func ("/steps/even-flow", test_even_flow);
  g_test_add_func ("/steps/reset", test_reset);
  g_test_add_func ("/steps/batches", test_batches);
  return g_test_run ();
}
