/* test-search.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is found of a few endpoints, as a string of their numbers.
 */
#include "search.h"

#include <string.h>

static const char *const ENDPOINTS[][2] = {
  { "GET", "/api/cart" },     /* 0 */
  { "POST", "/api/cart" },    /* 1 */
  { "GET", "/api/Order/[id]" }, /* 2 */
  { "WS", "搜索 商品" },      /* 3 */
  { "", "Aggregated" },       /* 4 */
  { "POSTPONED", "two\nlines" }, /* 5 */
};

static char *
find (const char *text)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ScopeSearch) search = scope_search_new (text, &error);
  ScopeSlots             *slots = scope_slots_new ();
  GString                *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ENDPOINTS); i++)
    {
      g_autoptr (ScopeEndpoint) endpoint =
        scope_endpoint_new (ENDPOINTS[i][0], ENDPOINTS[i][1], i == 4, slots, FALSE);

      if (scope_search_matches (search, endpoint))
        g_string_append_printf (found, "%u", i);
    }
  scope_slots_unref (slots);
  return g_string_free (found, FALSE);
}

static void
assert_found (const char *text,
              const char *expected)
{
  g_autofree char *found = find (text);

  g_assert_cmpstr (found, ==, expected);
}

/* What is left out where a name is shown is found all the same. */
static void
test_long_names (void)
{
  g_autoptr (GError)        error = NULL;
  g_autofree char          *a = g_strnfill (1000, 'a');
  g_autofree char          *name = g_strconcat (a, "needle", a, NULL);
  ScopeSlots               *slots = scope_slots_new ();
  g_autoptr (ScopeEndpoint) endpoint = scope_endpoint_new ("GET", name, FALSE, slots, FALSE);
  g_autofree char          *label = scope_endpoint_dup_label (endpoint);
  static const char *const  FOUND[] = { "needle", "/a{3}needle/" };

  g_assert_null (strstr (label, "needle"));
  for (guint i = 0; i < G_N_ELEMENTS (FOUND); i++)
    {
      g_autoptr (ScopeSearch) search = scope_search_new (FOUND[i], &error);

      g_assert_no_error (error);
      g_assert_true (scope_search_matches (search, endpoint));
    }
  scope_slots_unref (slots);
}

static void
test_words (void)
{
  assert_found ("", "012345");
  assert_found ("  ", "012345");
  assert_found ("cart", "01");
  assert_found ("CART post", "1");
  assert_found ("get  order", "2");
  assert_found ("/api/", "012"); /* as an expression it finds the same */
  assert_found ("[id]", "2");
  assert_found ("商品", "3");
  assert_found ("two lines", "5");
  assert_found ("nothing", "");
}

static void
test_not (void)
{
  assert_found ("!cart", "2345");
  assert_found ("api !get", "1");
  assert_found ("!api !商品 !agg", "5");
  assert_found ("!", "012345"); /* the term is still to come */
  assert_found ("cart !", "01");
}

static void
test_method (void)
{
  assert_found ("method:post", "15"); /* as it is being typed */
  assert_found ("method:POST cart", "1");
  assert_found ("Method:get order", "2");
  assert_found ("!method:GET", "1345");
  assert_found ("method:", "012345");
}

static void
test_regex (void)
{
  assert_found ("/cart$/", "01");
  assert_found ("/^get/", "02");
  assert_found ("!/^(get|post)/", "34");
  assert_found ("/order|商/ !ws", "2");
  assert_found ("//", "");   /* no expression but a word */
  assert_found ("/a", "012"); /* a path that is being typed */
}

static void
test_bad_regex (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (scope_search_new ("cart /(/", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_REGEX_ERROR);
}

static void
test_empty (void)
{
  g_autoptr (ScopeSearch) nothing = scope_search_new (" ! ", NULL);
  g_autoptr (ScopeSearch) word = scope_search_new ("a", NULL);

  g_assert_true (scope_search_is_empty (nothing));
  g_assert_false (scope_search_is_empty (word));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/long-names", test_long_names);
  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/not", test_not);
  g_test_add_func ("/search/method", test_method);
  g_test_add_func ("/search/regex", test_regex);
  g_test_add_func ("/search/bad-regex", test_bad_regex);
  g_test_add_func ("/search/empty", test_empty);
  return g_test_run ();
}
