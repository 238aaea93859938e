/* test-selection.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which endpoints are shown.  What is shown is compared as a string of their
 * numbers, the total as "T".
 */
#include "fixture.h"
#include "selection.h"

#include <string.h>

/* Endpoint i has had (i + 1) requests and cost (i * 7 % n) seconds in all. */
static ScopeHistory *
make_history (guint n)
{
  g_autoptr (GString) text = g_string_new (FIXTURE_HEADER);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("/%u", i);

      fixture_row (text, 1795338539, i % 2 ? "POST" : "GET", name, i + 1,
                   1000.0 * (i * 7 % n) / (i + 1));
    }
  fixture_row (text, 1795338539, "", "Aggregated", n * (n + 1) / 2, 1);
  return fixture_history (text->str, text->len);
}

static char *
get_shown (ScopeHistory *history)
{
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (!scope_endpoint_get_visible (endpoint))
        continue;
      if (shown->len > 0)
        g_string_append_c (shown, ' ');
      g_string_append (shown, scope_endpoint_get_is_total (endpoint)
                                ? "T"
                                : scope_endpoint_get_name (endpoint) + 1);
    }
  return g_string_free (shown, FALSE);
}

static void
assert_shown (ScopeHistory *history,
              const char   *expected)
{
  g_autofree char *shown = get_shown (history);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_total_alone (void)
{
  g_autoptr (ScopeHistory) history = make_history (0);

  scope_selection_propose (history);
  assert_shown (history, "T");
  g_assert_cmpuint (scope_selection_count (history), ==, 0);
}

static void
test_few (void)
{
  g_autoptr (ScopeHistory) history = make_history (12);

  scope_selection_propose (history);
  assert_shown (history, "0 1 2 3 4 5 6 7 8 9 10 11");
  g_assert_cmpuint (scope_selection_count (history), ==, 12);
}

/* Costs of 0 … 12 s: the three cheapest are 0, 2 (14 % 13) and 4 (28 % 13). */
static void
test_many (void)
{
  g_autoptr (ScopeHistory) history = make_history (13);

  scope_selection_propose (history);
  assert_shown (history, "1 3 5 6 7 8 9 10 11 12");
  g_assert_cmpuint (scope_selection_count (history), ==, 10);
}

static void
test_choice_stays (void)
{
  g_autoptr (ScopeHistory) history = make_history (13);

  scope_selection_propose (history);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 0), TRUE);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 12), FALSE);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 13), TRUE);
  for (guint i = 0; i < 3; i++)
    scope_selection_propose (history);
  assert_shown (history, "0 1 3 5 6 7 8 9 10 11 T");
}

/* A switch that only repeats what is so is no choice. */
static void
test_echo_is_no_choice (void)
{
  g_autoptr (ScopeHistory) history = make_history (13);

  for (guint i = 0; i < 14; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      scope_endpoint_set_visible (endpoint, scope_endpoint_get_visible (endpoint));
      g_assert_false (scope_endpoint_get_chosen (endpoint));
    }
  scope_selection_propose (history);
  assert_shown (history, "1 3 5 6 7 8 9 10 11 12");
}

static void
test_all_none_invert (void)
{
  g_autoptr (ScopeHistory) history = make_history (3);
  g_autoptr (ScopeHistory) alone = make_history (0);

  scope_selection_propose (history);
  scope_selection_show_all (history, FALSE);
  assert_shown (history, "");
  scope_selection_invert (history);
  assert_shown (history, "0 1 2");
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 1), FALSE);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 3), TRUE);
  scope_selection_invert (history);
  assert_shown (history, "1 T");
  scope_selection_show_all (history, TRUE);
  assert_shown (history, "0 1 2 T");
  scope_selection_show_all (history, FALSE);
  assert_shown (history, "");
  scope_selection_show_all (history, TRUE);
  assert_shown (history, "0 1 2");

  scope_selection_show_all (alone, FALSE);
  assert_shown (alone, "");
  scope_selection_invert (alone);
  assert_shown (alone, "T");
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* However many are switched together, whoever draws them is told once. */
static void
test_told_once (void)
{
  g_autoptr (ScopeHistory) history = make_history (1000);
  guint                    n = 0;

  g_signal_connect_swapped (history, "shown", G_CALLBACK (count_cb), &n);
  scope_selection_settle (history);
  g_assert_cmpuint (n, ==, 1);
  scope_selection_show_all (history, TRUE);
  g_assert_cmpuint (n, ==, 2);
  scope_selection_show_all (history, TRUE); /* as it is */
  g_assert_cmpuint (n, ==, 2);
  scope_selection_invert (history);
  g_assert_cmpuint (n, ==, 3);
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 7), TRUE);
  g_assert_cmpuint (n, >, 3);
}

/* Only what is listed is switched. */
static void
test_listed (void)
{
  g_autoptr (ScopeHistory) history = make_history (5);
  g_autoptr (GListStore)   listed = g_list_store_new (SCOPE_TYPE_ENDPOINT);

  scope_selection_show_all (history, FALSE);
  g_list_store_append (listed, scope_history_get_endpoint (history, 1));
  g_list_store_append (listed, scope_history_get_endpoint (history, 3));
  scope_selection_show_listed (history, G_LIST_MODEL (listed), TRUE);
  assert_shown (history, "1 3");
  scope_selection_show_all (history, TRUE);
  scope_selection_invert_listed (history, G_LIST_MODEL (listed));
  assert_shown (history, "0 2 4");
}

static void
test_match (void)
{
  static const struct
  {
    const char *patterns[4];
    const char *shown;
    const char *unmatched;
  } CASES[] = {
    { { "/1" }, "1", NULL },
    { { "/1*" }, "1 10 11", NULL },
    { { "/[23]", "/7" }, "2 3 7", NULL },
    { { "POST *" }, "1 3 5 7 9 11", NULL },
    { { "POST /1", "GET /1" }, "1", "GET /1" },
    { { "?ET /10" }, "10", NULL },
    { { "*" }, "0 1 2 3 4 5 6 7 8 9 10 11 T", NULL },
    { { "Aggregated" }, "T", NULL },
    { { "/none", "/1", "/other" }, "1", "/none" },
    { { "/NONE" }, "", "/NONE" },
    { { "" }, "", "" },
    { { NULL }, "", NULL },
  };
  g_autoptr (ScopeHistory) history = make_history (12);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const char *unmatched = "?";
      gboolean    all = scope_selection_match (history, CASES[i].patterns, &unmatched);

      g_assert_cmpstr (unmatched, ==, CASES[i].unmatched);
      g_assert_cmpint (all, ==, CASES[i].unmatched == NULL);
      assert_shown (history, CASES[i].shown);
    }
}

static char *
get_slots (ScopeHistory *history)
{
  GString *slots = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    g_string_append_printf (
      slots, "%d ", (int) scope_endpoint_get_slot (scope_history_get_endpoint (history, i)));
  return g_string_free (slots, FALSE);
}

/* Colours do not depend on how often defaults were proposed on the way, and
 * ten that are shown of many have ten undashed ones. */
static void
test_colors (void)
{
  g_autoptr (ScopeHistory) once = make_history (60);
  g_autoptr (ScopeHistory) often = make_history (60);
  g_autofree char         *slots = NULL;
  g_autofree char         *slots_often = NULL;
  gboolean                 taken[SCOPE_N_SLOT_COLORS] = { FALSE };

  scope_selection_settle (once);
  for (guint i = 0; i < 5; i++)
    scope_selection_propose (often);
  scope_selection_settle (often);
  slots = get_slots (once);
  slots_often = get_slots (often);
  g_assert_cmpstr (slots, ==, slots_often);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (once)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (once, i);
      guint          slot = scope_endpoint_get_slot (endpoint);

      if (!scope_endpoint_get_visible (endpoint))
        continue;
      g_assert_cmpuint (slot, <, SCOPE_N_SLOT_COLORS);
      g_assert_false (taken[slot]);
      taken[slot] = TRUE;
    }
}

/* "AC": those are shown, of the endpoints A to E. */
static char *
dup_shown (ScopeHistory *history)
{
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (scope_endpoint_get_visible (endpoint))
        g_string_append (shown, scope_endpoint_get_name (endpoint));
    }
  return g_string_free (shown, FALSE);
}

static void
assert_names (ScopeHistory *history,
              const char   *expected)
{
  g_autofree char *shown = dup_shown (history);

  g_assert_cmpstr (shown, ==, expected);
}

static ScopeHistory *
make_five (void)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  ScopeHistory              *history = scope_history_new ();

  for (const char *name = "ABCDE"; *name != '\0'; name++)
    {
      g_autofree char *one = g_strndup (name, 1);

      fixture_row (text, 1795338539, "GET", one, 1, 5);
    }
  fixture_append (history, parser, text->str);
  return history;
}

static void
toggle_only (ScopeHistory  *history,
             ScopeEndpoint *endpoint,
             GHashTable    *before)
{
  g_autoptr (GListStore) listed = g_list_store_new (SCOPE_TYPE_ENDPOINT);

  g_list_store_append (listed, endpoint);
  scope_selection_toggle_only (history, G_LIST_MODEL (listed), before);
}

/* One alone, another alone, and back to what was shown before both. */
#define N_COMING 14

/* Each second another endpoint comes, in some order that is not that of names; the rows
 * of those before come along. */
static char *
make_rows (guint second)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i <= second; i++)
    {
      g_autofree char *name = g_strdup_printf ("/%u", (i * 5 + 3) % N_COMING);

      fixture_row (text, 1795338539 + second, "GET", name, 1 + second - i, 10);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
compare_slots (ScopeHistory *a,
               ScopeHistory *b)
{
  g_autofree char *slots_a = get_slots (a);
  g_autofree char *slots_b = get_slots (b);

  return strcmp (slots_a, slots_b);
}

/* A test has the colours that it has when its file is opened later, and with whatever
 * its user had hidden. */
static void
test_same_colors (void)
{
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory)   live = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeHistory)   at_once = NULL;
  g_autoptr (ScopeHistory)   chosen = NULL;
  g_autoptr (ScopeHistory)   copied = NULL;

  fixture_append (live, parser, FIXTURE_HEADER);
  for (guint second = 0; second < N_COMING; second++)
    {
      g_autofree char *rows = make_rows (second);

      g_string_append (text, rows);
      fixture_append (live, parser, rows);
      if (second % 3 == 2 || second == N_COMING - 1)
        scope_selection_propose (live);
    }
  at_once = fixture_history (text->str, text->len);
  scope_selection_settle (at_once);
  g_assert_cmpint (compare_slots (live, at_once), ==, 0);

  /* Not there when it was opened, and then all at once. */
  copied = fixture_history (text->str, text->len);
  scope_selection_propose (copied);
  g_assert_cmpint (compare_slots (copied, at_once), ==, 0);

  chosen = fixture_history (text->str, text->len);
  for (guint i = 0; i < N_COMING; i += 3)
    {
      scope_endpoint_set_visible (scope_history_get_endpoint (chosen, i), i % 2);
      scope_endpoint_keep (scope_history_get_endpoint (chosen, i));
    }
  scope_selection_settle (chosen);
  g_assert_cmpint (compare_slots (chosen, at_once), ==, 0);
}

static void
test_only (void)
{
  g_autoptr (ScopeHistory) history = make_five ();
  g_autoptr (GHashTable)   before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  ScopeEndpoint           *b = scope_history_get_endpoint (history, 1);
  ScopeEndpoint           *d = scope_history_get_endpoint (history, 3);

  assert_names (history, "ABCDE");
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 0), FALSE);
  toggle_only (history, b, before);
  assert_names (history, "B");
  toggle_only (history, d, before);
  assert_names (history, "D");
  toggle_only (history, d, before);
  assert_names (history, "BCDE");

  toggle_only (history, d, before);
  scope_endpoint_set_visible (b, TRUE); /* a choice of its own */
  toggle_only (history, d, before);
  assert_names (history, "D");
  toggle_only (history, d, before);
  assert_names (history, "BD");
}

/* What was alone from the start stays. */
static void
test_only_one (void)
{
  g_autoptr (ScopeHistory) history = make_five ();
  g_autoptr (GHashTable)   before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  for (guint i = 1; i < 5; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), FALSE);
  toggle_only (history, scope_history_get_endpoint (history, 0), before);
  assert_names (history, "A");
  toggle_only (history, scope_history_get_endpoint (history, 2), before);
  assert_names (history, "C");
  toggle_only (history, scope_history_get_endpoint (history, 2), before);
  assert_names (history, "A");
}

/* A few, as a search finds them. */
static void
test_only_listed (void)
{
  g_autoptr (ScopeHistory) history = make_five ();
  g_autoptr (GHashTable)   before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_autoptr (GListStore)   listed = g_list_store_new (SCOPE_TYPE_ENDPOINT);

  scope_endpoint_set_visible (scope_history_get_endpoint (history, 4), FALSE);
  g_list_store_append (listed, scope_history_get_endpoint (history, 1));
  g_list_store_append (listed, scope_history_get_endpoint (history, 4));
  g_assert_false (scope_selection_is_only (history, G_LIST_MODEL (listed)));
  scope_selection_toggle_only (history, G_LIST_MODEL (listed), before);
  assert_names (history, "BE");
  g_assert_true (scope_selection_is_only (history, G_LIST_MODEL (listed)));
  scope_selection_toggle_only (history, G_LIST_MODEL (listed), before);
  assert_names (history, "ABCD");
}

/* What was proposed outlives a new test only beside a choice. */
static void
test_keep (void)
{
  g_autoptr (ScopeHistory) history = make_history (20);
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;

  scope_selection_propose (history);
  scope_selection_keep (history);
  g_assert_false (scope_endpoint_get_chosen (scope_history_get_endpoint (history, 3)));
  scope_endpoint_set_visible (scope_history_get_endpoint (history, 3),
                              !scope_endpoint_get_visible (scope_history_get_endpoint (history, 3)));
  before = get_shown (history);
  scope_selection_keep (history);
  for (guint i = 0; i < 20; i++)
    scope_endpoint_propose_visible (scope_history_get_endpoint (history, i), i < 5);
  after = get_shown (history);
  g_assert_cmpstr (after, ==, before);
}

static void
test_range (void)
{
  g_autoptr (ScopeHistory) history = make_five ();

  scope_selection_show_range (history, G_LIST_MODEL (history), 3, 1, FALSE);
  assert_names (history, "AE");
  scope_selection_show_range (history, G_LIST_MODEL (history), 2, 3, TRUE);
  assert_names (history, "ACDE");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/total-alone", test_total_alone);
  g_test_add_func ("/selection/few", test_few);
  g_test_add_func ("/selection/many", test_many);
  g_test_add_func ("/selection/choice-stays", test_choice_stays);
  g_test_add_func ("/selection/echo-is-no-choice", test_echo_is_no_choice);
  g_test_add_func ("/selection/all-none-invert", test_all_none_invert);
  g_test_add_func ("/selection/told-once", test_told_once);
  g_test_add_func ("/selection/listed", test_listed);
  g_test_add_func ("/selection/match", test_match);
  g_test_add_func ("/selection/colors", test_colors);
  g_test_add_func ("/selection/same-colors", test_same_colors);
  g_test_add_func ("/selection/only", test_only);
  g_test_add_func ("/selection/only-one", test_only_one);
  g_test_add_func ("/selection/only-listed", test_only_listed);
  g_test_add_func ("/selection/keep", test_keep);
  g_test_add_func ("/selection/range", test_range);
  return g_test_run ();
}
