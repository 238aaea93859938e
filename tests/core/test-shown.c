/* test-shown.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever stands in a name, what is shown of it is one line of an ordinary
 * length that does nothing.
 */
#include "shown.h"

#include <string.h>

static void
assert_shown (const char *text,
              const char *expected)
{
  g_autofree char *shown = scope_shown_dup (text);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_as_it_is (void)
{
  static const char *const TEXTS[] = { "", "/api/cart", "<b>&amp;%s", "搜索商品", "אבג",
                                       "zero\u200bwidth" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    assert_shown (TEXTS[i], TEXTS[i]);
}

static void
test_one_line (void)
{
  assert_shown ("two\r\nlines\tand\u2028more", "two  lines and more");
}

static void
test_controls (void)
{
  assert_shown ("\033[31mred\a\177\xc2\x9b", "�[31mred���");
  assert_shown ("\u202eabc\u2066", "�abc�");
}

static void
test_long (void)
{
  static const char *const PARTS[] = { "a", "字" };

  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    {
      g_autoptr (GString) text = g_string_new ("^");
      g_autofree char    *shown = NULL;

      while (g_utf8_strlen (text->str, -1) < SCOPE_MOST_SHOWN - 1)
        g_string_append (text, PARTS[i]);
      g_string_append (text, "$");
      assert_shown (text->str, text->str);

      g_string_insert (text, 1, PARTS[i]);
      shown = scope_shown_dup (text->str);
      g_assert_cmpint (g_utf8_strlen (shown, -1), ==, SCOPE_MOST_SHOWN);
      g_assert_true (g_str_has_prefix (shown, "^") && g_str_has_suffix (shown, "$"));
      g_assert_nonnull (strstr (shown, "…"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shown/as-it-is", test_as_it_is);
  g_test_add_func ("/shown/one-line", test_one_line);
  g_test_add_func ("/shown/controls", test_controls);
  g_test_add_func ("/shown/long", test_long);
  return g_test_run ();
}
