/* test-distinct.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "distinct.h"
#include "fixture.h"

#include <string.h>

/* Each name among all of @names, beside what is expected of it. */
static void
assert_distinct (const char *const (*names)[2],
                 guint               n)
{
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeHistory) history = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "1795338539,5,GET,%s,1.5,0,12,34,10,0,12,20,1,90,64\r\n",
                            names[i][0]);
  history = fixture_history (text->str, text->len);
  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint   *endpoint =
        scope_history_get_endpoint (history, fixture_find (history, "GET", names[i][0]));
      g_autoptr (GPtrArray) texts = scope_distinct_list (history, endpoint, FALSE);
      g_autofree char      *shown = NULL;

      g_ptr_array_add (texts, NULL);
      shown = g_strjoinv ("|", (char **) texts->pdata);
      g_assert_cmpstr (shown, ==, names[i][1] ? names[i][1] : "");
    }
}

static void
test_names (void)
{
  static const char *const PATHS[][2] = {
    { "/catalogue/region-018/items/[id]", "…/region-018/items/[id]|…-018/items/[id]" },
    { "/catalogue/region-019/items/[id]", "…/region-019/items/[id]|…-019/items/[id]" },
    { "/catalogue/region-018/items", "…/region-018/items|…-018/items" },
    { "/catalogue/region-019/items", "…/region-019/items|…-019/items" },
    { "/catalogue/region-019/prices", "…/region-019/prices|…/prices" },
    { "/catalogue", NULL },
    { "/checkout", NULL },
    { "搜索商品", NULL },
  };
  static const char *const QUERIES[][2] = {
    { "/search?category=shoes&colour=red", "…&colour=red" },
    { "/search?category=shoes&colour=blue", "…&colour=blue" },
    { "/search?category=hats", "…?category=hats" },
  };
  static const char *const NO_SEPARATORS[][2] = {
    { "loadTheFrontPageOfTheShopTwice", "…ageOfTheShopTwice" },
    { "loadTheFrontPageOfTheShopOnce", "…ageOfTheShopOnce" },
    { "加载商店的第一个页面两次", "…一个页面两次" },
    { "加载商店的第一个页面一次", "…一个页面一次" },
  };
  /* A whole name that is the beginning of another, or its end. */
  static const char *const NESTED[][2] = {
    { "/shop/eu/cart", "…/eu/cart" },
    { "/shop/eu/cart/items", "…/eu/cart/items|…/cart/items" },
    { "/shop/us/cart", "…/us/cart" },
    { "/cart", NULL },
  };
  static const char *const ONE[][2] = { { "/catalogue/region-018/items/[id]", NULL } };

  assert_distinct (PATHS, G_N_ELEMENTS (PATHS));
  assert_distinct (QUERIES, G_N_ELEMENTS (QUERIES));
  assert_distinct (NO_SEPARATORS, G_N_ELEMENTS (NO_SEPARATORS));
  assert_distinct (NESTED, G_N_ELEMENTS (NESTED));
  assert_distinct (ONE, G_N_ELEMENTS (ONE));
}

/* The same by another method is no other name, and the total has its own. */
static void
test_methods (void)
{
  static const char TEXT[] = FIXTURE_HEADER
    "1795338539,5,GET,/api/v1/cart/[id],1.5,0,12,34,10,0,12,20,1,90,64\r\n"
    "1795338539,5,POST,/api/v1/cart/[id],1.5,0,12,34,10,0,12,20,1,90,64\r\n"
    "1795338539,5,GET,/api/v1/order/[id],1.5,0,12,34,10,0,12,20,1,90,64\r\n"
    "1795338539,5,,Aggregated,1.5,0,12,34,10,0,12,20,1,90,64\r\n";
  g_autoptr (ScopeHistory) history = fixture_history (TEXT, strlen (TEXT));
  ScopeEndpoint            *post =
    scope_history_get_endpoint (history, fixture_find (history, "POST", "/api/v1/cart/[id]"));
  ScopeEndpoint            *total =
    scope_history_get_endpoint (history, fixture_find (history, "", "Aggregated"));
  g_autoptr (GPtrArray)     names = scope_distinct_list (history, post, FALSE);
  g_autoptr (GPtrArray)     labels = scope_distinct_list (history, post, TRUE);
  g_autoptr (GPtrArray)     none = scope_distinct_list (history, total, TRUE);

  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "…/v1/cart/[id]");
  g_assert_cmpstr (names->pdata[1], ==, "…/cart/[id]");
  g_assert_cmpuint (labels->len, ==, 2);
  g_assert_cmpstr (labels->pdata[1], ==, "POST …/cart/[id]");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (scope_distinct_is_shared (
    history, scope_history_get_endpoint (history, fixture_find (history, "GET", "/api/v1/cart/[id]"))));
  g_assert_false (scope_distinct_is_shared (
    history, scope_history_get_endpoint (history, fixture_find (history, "GET", "/api/v1/order/[id]"))));
}

/* Whatever the names, what is left is valid, an end of the name, and of no other. */
static void
test_random (void)
{
  static const char *const PARTS[] = { "/", "a", "é", "搜", "/item", "-", "?q=", "aaaaaaaaaaaaaaaa" };

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray)    names = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
      g_autoptr (ScopeHistory) history = NULL;

      for (guint i = 0; i < 12; i++)
        {
          GString *name = g_string_new (NULL);

          for (gint n = g_test_rand_int_range (1, 8); n > 0; n--)
            g_string_append (name, PARTS[g_test_rand_int_range (0, G_N_ELEMENTS (PARTS))]);
          g_ptr_array_add (names, g_string_free (name, FALSE));
          g_string_append_printf (text, "1795338539,5,GET,%s,1.5,0,12,34,10,0,12,20,1,90,64\r\n",
                                  (char *) g_ptr_array_index (names, i));
        }
      history = fixture_history (text->str, text->len);
      for (guint i = 0; i < names->len; i++)
        {
          const char      *name = g_ptr_array_index (names, i);
          int              position = fixture_find (history, "GET", name);
          g_autoptr (GPtrArray) texts = scope_distinct_list (
            history, scope_history_get_endpoint (history, position), FALSE);
          gsize length = strlen (name);

          for (guint t = 0; t < texts->len; t++)
            {
              const char *rest = (const char *) texts->pdata[t] + strlen ("…");

              g_assert_true (g_str_has_prefix (texts->pdata[t], "…"));
              g_assert_true (g_utf8_validate (rest, -1, NULL));
              g_assert_cmpuint (strlen (rest), <, length);
              length = strlen (rest);
              for (guint j = 0; j < names->len; j++)
                {
                  const char *other = g_ptr_array_index (names, j);

                  g_assert_cmpint (g_str_has_suffix (other, rest), ==, g_str_equal (name, other));
                }
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/distinct/names", test_names);
  g_test_add_func ("/distinct/methods", test_methods);
  g_test_add_func ("/distinct/random", test_random);
  return g_test_run ();
}
