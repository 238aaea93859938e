/* test-limits.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be limited, which limit holds for an endpoint, and when it was
 * exceeded: by hand, and while a history grows against all of it looked at anew.
 */
#include "fixture.h"
#include "limits-survey.h"

#include <math.h>
#include <string.h>

#define START 1795338539

#define P95 ((ScopeStatistic){ .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 95 })

/* One value a second of each endpoint, as its 95 % column; NULL ends a row of
 * them, and "-" is no request. */
typedef struct
{
  const char *name; /* "Aggregated" is the total */
  const char *values[12];
} Course;

static void
add_blocks (GString      *text,
            const Course *courses,
            guint         n_courses,
            guint         from,
            guint         to)
{
  for (guint b = from; b < to; b++)
    for (guint i = 0; i < n_courses; i++)
      {
        const char *value = courses[i].values[b];

        fixture_full_row (text, &(FixtureRow){ .stamp = START + b,
                                               .name = courses[i].name,
                                               .count = 10 * (b + 1),
                                               .failures = 2 * b,
                                               .average = 20,
                                               .p50 = "20",
                                               .p95 = g_str_equal (value, "-") ? "0" : value,
                                               .min = 10,
                                               .max = 90 });
      }
}

static ScopeHistory *
make_history (const Course *courses,
              guint         n_courses,
              guint         n_blocks)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  add_blocks (text, courses, n_courses, 0, n_blocks);
  return fixture_history (text->str, text->len);
}

static ScopeLimits *
make_limits (ScopeHistory *history,
             ...)
{
  ScopeLimits *limits = scope_limits_new (history);
  const char  *text;
  va_list      arguments;

  va_start (arguments, history);
  while ((text = va_arg (arguments, const char *)) != NULL)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (ScopeLimit) limit = scope_limit_parse (text, &error);

      g_assert_no_error (error);
      scope_limits_put (limits, limit);
    }
  va_end (arguments);
  return limits;
}

static guint
find (ScopeHistory *history,
      const char   *name)
{
  int position = fixture_find (history, g_str_equal (name, "Aggregated") ? "" : "GET", name);

  g_assert_cmpint (position, >=, 0);
  return (guint) position;
}

static void
test_parse (void)
{
  g_autoptr (ScopeLimit) all = scope_limit_parse ("p95=500", NULL);
  g_autoptr (ScopeLimit) some = scope_limit_parse ("failure-share=0.5:GET /a=b:*", NULL);

  g_assert_true (scope_statistic_equal (all->statistic, P95));
  g_assert_cmpfloat (all->value, ==, 500);
  g_assert_null (all->pattern);
  g_assert_cmpint (scope_limit_get_reach (all), ==, SCOPE_LIMIT_ALL);
  g_assert_true (scope_statistic_equal (some->statistic, SCOPE_STATISTIC (FAILURE_SHARE)));
  g_assert_cmpfloat (some->value, ==, 0.5);
  g_assert_cmpstr (some->pattern, ==, "GET /a=b:*");
  g_assert_cmpint (scope_limit_get_reach (some), ==, SCOPE_LIMIT_PATTERN);
}

static void
test_parse_refused (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "STATISTIC=VALUE" },         { "p95", "STATISTIC=VALUE" },
    { "p95=500:", "STATISTIC=VALUE" }, { "p95=", "“”" },
    { "p95=:x", "“”" },                { "p95=abc", "“abc”" },
    { "p95=-1", "“-1”" },              { "p95=nan", "“nan”" },
    { "failure-share=101", "“101”" },  { "failure-share=1e9:/a", "“1e9”" },
    { "p95=inf", "“inf”" },            { "p95=1,5", "“1,5”" },
    { "p95=500ms", "“500ms”" },        { "p101=5", "“p101”" },
    { "requests=5", "“requests”" },    { "written=5", "“written”" },
    { "=5", "“”" },                    { "average =5", "“average ”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (ScopeLimit) limit = scope_limit_parse (cases[i].text, &error);

      g_assert_null (limit);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” says: %s", cases[i].text, error->message);
    }
}

static double
get_bound (ScopeLimits *limits,
           const char  *name)
{
  const ScopeLimit *limit =
    scope_limits_find (limits, find (scope_limits_get_history (limits), name), P95);

  return limit ? limit->value : NAN;
}

static const Course SHOP[] = {
  { "/a", { "10", "600", "700", "-", "510", "500", "20" } },
  { "/b", { "10", "10", "10", "10", "10", "10", "501" } },
  { "/c", { "-", "-", "-", "-", "-", "-", "-" } },
  { "Aggregated", { "900", "900", "900", "900", "900", "900", "900" } },
};

static void
test_most_specific (void)
{
  g_autoptr (ScopeHistory) history = make_history (SHOP, G_N_ELEMENTS (SHOP), 7);
  g_autoptr (ScopeLimits)  limits =
    make_limits (history, "p95=100:GET /a", "p95=500", "p95=200:/[ab]", "average=1:*", NULL);
  g_autoptr (ScopeLimit) own = scope_limit_new_endpoint (P95, 300, "GET", "/a");
  g_autoptr (ScopeLimit) other = scope_limit_new_endpoint (P95, 400, "POST", "/b");
  g_autoptr (ScopeLimit) total = scope_limit_new_endpoint (P95, 450, "", "Aggregated");

  g_assert_cmpfloat (get_bound (limits, "/a"), ==, 200); /* the later pattern */
  g_assert_cmpfloat (get_bound (limits, "/b"), ==, 200);
  g_assert_cmpfloat (get_bound (limits, "/c"), ==, 500);
  g_assert_true (isnan (get_bound (limits, "Aggregated")));
  scope_limits_put (limits, own);
  scope_limits_put (limits, other);
  scope_limits_put (limits, total);
  g_assert_cmpfloat (get_bound (limits, "/a"), ==, 300);
  g_assert_cmpfloat (get_bound (limits, "/b"), ==, 200);
  g_assert_cmpfloat (get_bound (limits, "Aggregated"), ==, 450);
  own->value = 0; /* it is the same limit all the same */
  scope_limits_remove (limits, own);
  g_assert_cmpfloat (get_bound (limits, "/a"), ==, 200);
}

static void
test_total_alone (void)
{
  g_autoptr (ScopeHistory) history = make_history (&SHOP[3], 1, 7);
  g_autoptr (ScopeLimits)  limits = make_limits (history, "p95=500", NULL);

  g_assert_cmpfloat (get_bound (limits, "Aggregated"), ==, 500);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_changed (void)
{
  g_autoptr (ScopeHistory) history = make_history (SHOP, G_N_ELEMENTS (SHOP), 7);
  g_autoptr (ScopeLimits)  limits = make_limits (history, "p95=500", NULL);
  g_autoptr (ScopeLimit)   same = scope_limit_new (P95, 500);
  guint                    n_changed = 0;

  g_signal_connect_swapped (limits, "changed", G_CALLBACK (count_cb), &n_changed);
  scope_limits_put (limits, same);
  scope_limits_set_run (limits, -1);
  g_assert_cmpuint (n_changed, ==, 0);
  same->value = 400;
  scope_limits_put (limits, same);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (scope_limits_get_list (limits)->len, ==, 1);
  scope_limits_remove (limits, same);
  scope_limits_remove (limits, same);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (scope_limits_get_n_statistics (limits), ==, 0);
}

static void
test_excess (void)
{
  g_autoptr (ScopeHistory) history = make_history (SHOP, G_N_ELEMENTS (SHOP), 7);
  g_autoptr (ScopeLimits)  limits = make_limits (history, "p95=500", NULL);
  ScopeExcess              excess;

  g_assert_nonnull (scope_limits_check (limits, find (history, "/a"), P95, &excess));
  g_assert_cmpuint (excess.n_values, ==, 6);
  g_assert_cmpuint (excess.n_above, ==, 3); /* 500 itself is not above */
  g_assert_cmpuint (excess.first, ==, 1);
  g_assert_cmpuint (excess.since, ==, 4); /* anew after the gap */
  g_assert_cmpuint (excess.last, ==, 4);
  g_assert_cmpuint (excess.at_highest, ==, 2);
  g_assert_cmpfloat (excess.first_value, ==, 600);
  g_assert_cmpfloat (excess.highest, ==, 700);
  g_assert_cmpfloat_with_epsilon (excess.seconds, 3, 0.01);
  g_assert_false (excess.is_above);
  g_assert_cmpint (scope_limits_get_mark (limits, find (history, "/a")), ==, SCOPE_LIMIT_EXCEEDED);

  g_assert_nonnull (scope_limits_check (limits, find (history, "/b"), P95, &excess));
  g_assert_true (excess.is_above);
  g_assert_cmpuint (excess.first, ==, 6);
  g_assert_cmpint (scope_limits_get_mark (limits, find (history, "/b")), ==, SCOPE_LIMIT_ABOVE);

  g_assert_nonnull (scope_limits_check (limits, find (history, "/c"), P95, &excess));
  g_assert_cmpuint (excess.n_values, ==, 0);
  g_assert_cmpint (scope_limits_get_mark (limits, find (history, "/c")), ==, SCOPE_LIMIT_KEPT);

  g_assert_null (scope_limits_check (limits, find (history, "Aggregated"), P95, &excess));
  g_assert_null (scope_limits_check (limits, find (history, "/a"), SCOPE_STATISTIC (MAX), &excess));
}

/* A limit of 0.1 is not exceeded by 0.1, though series keep 0.100000001. */
static void
test_equal_is_not_above (void)
{
  static const Course course = { "/a", { "0.1", "0.1" } };
  g_autoptr (ScopeHistory) history = make_history (&course, 1, 2);
  g_autoptr (ScopeLimits)  limits = make_limits (history, "p95=0.1", NULL);
  ScopeExcess              excess;

  scope_limits_check (limits, 0, P95, &excess);
  g_assert_cmpuint (excess.n_values, ==, 2);
  g_assert_cmpuint (excess.n_above, ==, 0);
}

static void
test_survey (void)
{
  g_autoptr (ScopeHistory)   history = make_history (SHOP, G_N_ELEMENTS (SHOP), 7);
  g_autoptr (ScopeLimits)    limits = make_limits (history, "p95=500", "failure-share=0", NULL);
  g_auto (ScopeLimitsSurvey) survey;
  const ScopeLimitsFinding  *finding;
  guint                      n_rounds = 1;

  scope_limits_survey_init (&survey, limits);
  while (!scope_limits_survey_go_on (&survey, 0)) /* one endpoint at a time */
    n_rounds++;
  g_assert_cmpuint (n_rounds, ==, 4);
  finding = &g_array_index (survey.findings, ScopeLimitsFinding, 0);
  g_assert_cmpuint (finding->n_checked, ==, 2);
  g_assert_cmpuint (finding->n_exceeded, ==, 2);
  g_assert_cmpuint (finding->n_above, ==, 1);
  g_assert_cmpuint (finding->position, ==, find (history, "/a"));
  g_assert_cmpuint (finding->block, ==, 1);
  g_assert_true (finding->is_one_bound);
  g_assert_cmpfloat (finding->bound, ==, 500);
  finding = &g_array_index (survey.findings, ScopeLimitsFinding, 1);
  g_assert_cmpuint (finding->n_checked, ==, 3);
}

static void
assert_same_excess (const ScopeExcess *a,
                    const ScopeExcess *b)
{
  g_assert_cmpuint (a->n_values, ==, b->n_values);
  g_assert_cmpuint (a->n_above, ==, b->n_above);
  g_assert_cmpint (a->is_above, ==, b->is_above);
  if (a->n_above == 0)
    return;
  g_assert_cmpuint (a->first, ==, b->first);
  g_assert_cmpuint (a->since, ==, b->since);
  g_assert_cmpuint (a->last, ==, b->last);
  g_assert_cmpuint (a->at_highest, ==, b->at_highest);
  g_assert_cmpfloat (a->first_value, ==, b->first_value);
  g_assert_cmpfloat (a->highest, ==, b->highest);
  g_assert_cmpfloat_with_epsilon (a->seconds, b->seconds, 1e-6);
}

/* What a loop over the series says. */
static ScopeExcess
look_anew (ScopeHistory  *history,
           guint          position,
           ScopeStatistic statistic,
           double         bound,
           ScopeRun       range)
{
  ScopeExcess         excess = { 0 };
  ScopeSeries         series = scope_history_get_series (history, position, statistic);
  const double       *times = scope_history_get_times (history);
  guint               n_stretches;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);
  gboolean            before = FALSE;

  for (guint i = 0; i < series.n; i++)
    {
      guint    block = series.first + i;
      gboolean above = series.values[i] > (float) bound;
      double   length = block > 0 ? times[block] - times[block - 1] : 0;

      if (block < range.first || block >= range.end)
        continue;
      for (guint s = 0; s < n_stretches; s++)
        if (stretches[s].first == block)
          length = stretches[s].tick;
      excess.n_values += !isnan (series.values[i]);
      excess.is_above = above;
      if (above && excess.n_above++ == 0)
        {
          excess.first = block;
          excess.first_value = series.values[i];
        }
      if (above && !before)
        excess.since = block;
      if (above && series.values[i] > excess.highest)
        {
          excess.highest = series.values[i];
          excess.at_highest = block;
        }
      if (above)
        {
          excess.last = block;
          excess.seconds += length;
        }
      before = above;
    }
  return excess;
}

static void
assert_as_anew (ScopeLimits *limits,
                int          run)
{
  ScopeHistory *history = scope_limits_get_history (limits);
  ScopeRun      range = { 0, G_MAXUINT };

  if (run >= 0)
    range = scope_history_get_run (history, (guint) run);
  for (guint p = 0; p < g_list_model_get_n_items (G_LIST_MODEL (history)); p++)
    for (guint i = 0; i < scope_limits_get_n_statistics (limits); i++)
      {
        ScopeStatistic    statistic = scope_limits_get_statistic (limits, i);
        ScopeExcess       excess, anew;
        const ScopeLimit *limit;

        if (g_test_rand_int_range (0, 4) == 0) /* not all are always asked */
          continue;
        limit = scope_limits_check (limits, p, statistic, &excess);
        if (limit == NULL)
          continue;
        anew = look_anew (history, p, statistic, limit->value, range);
        assert_same_excess (&excess, &anew);
      }
}

/* Counters grow at random, fall now and then, and pause. */
static void
test_growing (void)
{
  static const char *const   names[] = { "/a", "/b", "/c" };
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeLimits)    limits =
    make_limits (history, "average=120", "p95=500", "failure-share=10", "average=80:/b", NULL);
  guint64 counts[3] = { 0 }, failures[3] = { 0 };
  double  sums[3] = { 0 };
  gint64  stamp = START;
  guint   n_above = 0;

  fixture_append (history, parser, FIXTURE_HEADER);
  for (guint batch = 0; batch < 400; batch++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      if (batch % 150 == 149)
        memset (counts, 0, sizeof counts), memset (failures, 0, sizeof failures),
          memset (sums, 0, sizeof sums);
      stamp += batch % 60 == 59 ? 40 : 0;
      for (int b = g_test_rand_int_range (1, 6); b > 0; b--, stamp++)
        for (guint i = 0; i < G_N_ELEMENTS (names); i++)
          {
            guint            n = (guint) g_test_rand_int_range (0, 4);
            g_autofree char *p95 = g_strdup_printf ("%d", g_test_rand_int_range (400, 520));

            counts[i] += n;
            failures[i] += g_test_rand_int_range (0, 8) == 0 ? n : 0;
            sums[i] += n * g_test_rand_double_range (20, 200);
            fixture_full_row (text, &(FixtureRow){ .stamp = stamp,
                                                   .name = names[i],
                                                   .count = counts[i],
                                                   .failures = failures[i],
                                                   .average = counts[i] ? sums[i] / counts[i] : 0,
                                                   .p50 = "20",
                                                   .p95 = p95,
                                                   .min = 1,
                                                   .max = 1000 });
          }
      fixture_append (history, parser, text->str);
      if (batch % 97 == 96)
        scope_history_set_window (history, g_test_rand_bit () ? 5 : 10);
      assert_as_anew (limits, -1);
      n_above += scope_limits_get_mark (limits, 0) == SCOPE_LIMIT_ABOVE;
    }
  g_assert_cmpuint (n_above, >, 20);
  g_assert_cmpuint (scope_history_get_n_runs (history), >, 1);
  for (int run = (int) scope_history_get_n_runs (history) - 1; run >= -1; run--)
    {
      scope_limits_set_run (limits, run);
      assert_as_anew (limits, run);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/parse", test_parse);
  g_test_add_func ("/limits/parse-refused", test_parse_refused);
  g_test_add_func ("/limits/most-specific", test_most_specific);
  g_test_add_func ("/limits/total-alone", test_total_alone);
  g_test_add_func ("/limits/changed", test_changed);
  g_test_add_func ("/limits/excess", test_excess);
  g_test_add_func ("/limits/equal-is-not-above", test_equal_is_not_above);
  g_test_add_func ("/limits/survey", test_survey);
  g_test_add_func ("/limits/growing", test_growing);
  return g_test_run ();
}
