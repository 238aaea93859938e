/* test-file-choices.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is chosen for a file, written, and read for a history that begins anew.
 */
#include "file-choices.h"
#include "fixture.h"

#include <string.h>

#define PATH "/tmp/a [b]/results;x_stats_history.csv"

static const char *const NAMES[] = { "/plain", "/a;b\\;c\\", " lead and trail ", "two\nlines\t",
                                     "搜索商品", "", "[Limit 0]\nStatistic=p95" };

static ScopeHistory *
make_history (void)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_auto (GStrv)   parts = g_strsplit (NAMES[i], "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);

      g_string_append_printf (text, "1795338539,5,GET,\"%s\",1.5,0,12,34,10,0,12,20,1,90,64\r\n",
                              quoted);
    }
  g_string_append (text, "1795338539,5,,Aggregated,1.5,0,12,34,70,0,12,20,1,90,64\r\n");
  return fixture_history (text->str, text->len);
}

static ScopeEndpoint *
find (ScopeHistory *history,
      const char   *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (scope_endpoint_get_name (scope_history_get_endpoint (history, i)), name))
      return scope_history_get_endpoint (history, i);
  g_assert_not_reached ();
}

static void
apply (const ScopeFileChoices *choices,
       ScopeHistory           *history)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    scope_file_choices_apply (choices, scope_history_get_endpoint (history, i));
}

static void
test_endpoints (void)
{
  g_autoptr (ScopeHistory) history = make_history ();
  g_autoptr (ScopeLimits)  limits = scope_limits_new (history);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (ScopeHistory)     before = make_history ();
      g_autoptr (ScopeHistory)     again = make_history ();
      g_autoptr (ScopeFileChoices) choices = NULL;
      g_autofree char             *text = NULL;
      guint                        n_chosen = 0;

      scope_endpoint_set_visible (find (before, NAMES[i]), FALSE);
      scope_endpoint_keep (find (before, "Aggregated"));
      text = scope_file_choices_write (PATH, before, limits, NULL);
      choices = scope_file_choices_parse (text, strlen (text), PATH);
      g_assert_nonnull (choices);
      apply (choices, again);
      for (guint j = 0; j < G_N_ELEMENTS (NAMES); j++)
        {
          ScopeEndpoint *endpoint = find (again, NAMES[j]);

          g_assert_cmpint (scope_endpoint_get_chosen (endpoint), ==, i == j);
          g_assert_true (i != j || !scope_endpoint_get_visible (endpoint));
          n_chosen += scope_endpoint_get_chosen (endpoint);
        }
      g_assert_cmpuint (n_chosen, ==, 1);
      g_assert_true (scope_endpoint_get_chosen (find (again, "Aggregated")));
      g_assert_true (scope_endpoint_get_visible (find (again, "Aggregated")));
    }
}

static void
test_limits (void)
{
  g_autoptr (ScopeHistory)     history = make_history ();
  g_autoptr (ScopeLimits)      limits = scope_limits_new (history);
  g_autoptr (ScopeLimits)      again = scope_limits_new (history);
  ScopeStatistic               p95 = { .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 95 };
  g_autoptr (ScopeLimit)       of_all = scope_limit_new (p95, 0.1);
  g_autoptr (ScopeLimit)       of_one = scope_limit_new_endpoint (p95, 1e9, "GET", NAMES[6]);
  g_autoptr (ScopeLimit)       of_some = scope_limit_parse ("p95=7:*a*", NULL);
  g_autoptr (ScopeFileChoices) choices = NULL;
  g_autofree char             *text = NULL;
  const GPtrArray             *list;

  g_assert_null (scope_file_choices_write (PATH, history, limits, NULL));
  scope_limits_put (limits, of_some); /* which is not kept */
  g_assert_null (scope_file_choices_write (PATH, history, limits, NULL));
  scope_limits_put (limits, of_all);
  scope_limits_put (limits, of_one);
  text = scope_file_choices_write (PATH, history, limits, NULL);
  choices = scope_file_choices_parse (text, strlen (text), PATH);
  g_assert_nonnull (choices);
  scope_file_choices_apply_limits (choices, again);
  list = scope_limits_get_list (again);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_true (scope_limit_equal (g_ptr_array_index (list, 0), of_all));
  g_assert_true (scope_limit_equal (g_ptr_array_index (list, 1), of_one));
  apply (choices, history);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    g_assert_false (scope_endpoint_get_chosen (find (history, NAMES[i])));
}

/* What was chosen of endpoints that come later, or not this time. */
static void
test_absent (void)
{
  g_autoptr (ScopeHistory)     history = make_history ();
  g_autoptr (ScopeLimits)      limits = scope_limits_new (history);
  g_autofree char             *uri = g_filename_to_uri (PATH, NULL, NULL);
  g_autofree char             *text = g_strdup_printf (
    "[File]\nPath=%s\nHidden=GET;/plain;GET;/later;\nShown=;/other;\n", uri);
  g_autoptr (ScopeFileChoices) before = scope_file_choices_parse (text, strlen (text), PATH);
  g_autofree char             *again = NULL;

  apply (before, history);
  scope_endpoint_set_visible (find (history, "/plain"), TRUE);
  again = scope_file_choices_write (PATH, history, limits, before);
  g_assert_nonnull (strstr (again, "Hidden=GET;/later;\n"));
  g_assert_nonnull (strstr (again, "GET;/plain;"));
  g_assert_nonnull (strstr (again, ";/other;"));
}

/* Nothing of what lies there is trusted. */
static void
test_damaged (void)
{
  static const char *const TEXTS[] = {
    "", "x", "[File]\n", "[File]\nPath=file:///tmp/other\n", "[File]\nPath=\n", "\xff\xfe",
  };
  static const char *const LIMITS[] = {
    "Statistic=p95\n", "Value=5\n", "Statistic=p95\nValue=x\n", "Statistic=p95\nValue=-1\n",
    "Statistic=p95\nValue=nan\n", "Statistic=nothing\nValue=1\n", "Statistic=requests\nValue=1\n",
    "Statistic=failure-share\nValue=101\n", "Statistic=p95\nValue=1e16\n",
    "Statistic=p95\nValue=1:*\n", "Statistic=p95\nValue=1\nType=GET\n", "Statistic=p95\nValue=1\nName=/a\n",
  };
  g_autoptr (ScopeHistory) history = make_history ();
  g_autoptr (ScopeLimits)  limits = scope_limits_new (history);
  g_autofree char         *uri = g_filename_to_uri (PATH, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    g_assert_null (scope_file_choices_parse (TEXTS[i], strlen (TEXTS[i]), PATH));
  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "[File]\nPath=%s\nHidden=GET;/plain;GET;\nShown=;;\n[Limit 0]\n%s", uri, LIMITS[i]);
      g_autoptr (ScopeFileChoices) choices = scope_file_choices_parse (text, strlen (text), PATH);

      g_assert_nonnull (choices);
      scope_file_choices_apply_limits (choices, limits);
      g_assert_cmpuint (scope_limits_get_list (limits)->len, ==, 0);
      apply (choices, history);
      g_assert_false (scope_endpoint_get_visible (find (history, "/plain")));
    }
}

static ScopeHistory *
make_many (guint n)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "1795338539,5,GET,/%u,1.5,0,12,34,10,0,12,20,1,90,64\r\n", i);
  return fixture_history (text->str, text->len);
}

static void
switch_some (ScopeHistory *history,
             guint         first,
             guint         n,
             gboolean      visible)
{
  for (guint i = first; i < first + n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      scope_endpoint_set_visible (endpoint, visible);
      scope_endpoint_keep (endpoint);
    }
}

static guint
count_visible (ScopeHistory *history)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    n += scope_endpoint_get_visible (scope_history_get_endpoint (history, i)) ? 1 : 0;
  return n;
}

/* Of very many that are alike only the others are named; new ones come as those. */
static void
test_many_alike (void)
{
  const guint n = 2 * SCOPE_MOST_CHOSEN;

  for (gboolean few = FALSE; few <= TRUE; few++)
    {
      g_autoptr (ScopeHistory)     history = make_many (n);
      g_autoptr (ScopeHistory)     later = make_many (n + 5);
      g_autoptr (ScopeHistory)     first = make_many (2);
      g_autoptr (ScopeHistory)     again = make_many (n);
      g_autoptr (ScopeLimits)      limits = scope_limits_new (history);
      g_autoptr (ScopeFileChoices) choices = NULL;
      g_autoptr (ScopeFileChoices) kept = NULL;
      g_autofree char             *text = NULL;
      g_autofree char             *same = NULL;

      switch_some (history, 0, n, !few);
      switch_some (history, 1, 3, few);
      text = scope_file_choices_write (PATH, history, limits, NULL);
      g_assert_nonnull (text);
      g_assert_cmpuint (strlen (text), <, 200);
      choices = scope_file_choices_parse (text, strlen (text), PATH);
      apply (choices, later);
      g_assert_cmpuint (count_visible (later), ==, few ? 3 : n + 2);
      for (guint i = 0; i < 6; i++)
        g_assert_cmpint (scope_endpoint_get_visible (scope_history_get_endpoint (later, i)), ==,
                         i >= 1 && i < 4 ? few : !few);
      /* Also where only the first have come when it is written the next time. */
      apply (choices, first);
      same = scope_file_choices_write (PATH, first, limits, choices);
      g_assert_nonnull (same);
      kept = scope_file_choices_parse (same, strlen (same), PATH);
      apply (kept, again);
      g_assert_cmpuint (count_visible (again), ==, few ? 3 : n - 3);
    }
}

/* So many choices of all kinds are not kept, but limits are. */
static void
test_many (void)
{
  const guint              n = SCOPE_MOST_CHOSEN;
  g_autoptr (ScopeHistory) history = make_many (3 * n);
  g_autoptr (ScopeLimits)  limits = scope_limits_new (history);
  g_autoptr (ScopeLimit)   limit =
    scope_limit_new ((ScopeStatistic){ .kind = SCOPE_STATISTIC_AVERAGE }, 5);
  g_autofree char *named = NULL;
  g_autofree char *few = NULL;
  g_autofree char *mixed = NULL;
  g_autofree char *limited = NULL;

  switch_some (history, 0, n, FALSE);
  named = scope_file_choices_write (PATH, history, limits, NULL);
  g_assert_nonnull (strstr (named, "Hidden="));
  g_assert_null (strstr (named, "Others="));
  /* Less than half of all: the others are as they come. */
  switch_some (history, n, 1, FALSE);
  few = scope_file_choices_write (PATH, history, limits, NULL);
  g_assert_null (few);
  /* Too many either way. */
  switch_some (history, n, n - 1, FALSE);
  switch_some (history, 2 * n - 1, n + 1, TRUE);
  mixed = scope_file_choices_write (PATH, history, limits, NULL);
  g_assert_null (mixed);
  scope_limits_put (limits, limit);
  limited = scope_file_choices_write (PATH, history, limits, NULL);
  g_assert_nonnull (limited);
  g_assert_null (strstr (limited, "Hidden"));
  g_assert_null (strstr (limited, "Shown"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-choices/endpoints", test_endpoints);
  g_test_add_func ("/file-choices/limits", test_limits);
  g_test_add_func ("/file-choices/absent", test_absent);
  g_test_add_func ("/file-choices/damaged", test_damaged);
  g_test_add_func ("/file-choices/many", test_many);
  g_test_add_func ("/file-choices/many-alike", test_many_alike);
  return g_test_run ();
}
