/* test-number.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers against the C library's: the same ones are accepted, and those that
 * take the fast way are at most one unit in the last place beside.
 */
#include "number.h"

#include <math.h>
#include <string.h>

#define N_RANDOM 100000

/* The number of doubles between two of the same sign. */
static guint64
ulps_between (double a,
              double b)
{
  gint64 x, y;

  memcpy (&x, &a, sizeof x);
  memcpy (&y, &b, sizeof y);
  return x > y ? x - y : y - x;
}

static void
assert_double (const char *text)
{
  double value = -1;
  double expected = g_ascii_strtod (text, NULL);

  if (!scope_parse_double (text, strlen (text), &value))
    g_error ("“%s” is refused", text);
  if (signbit (value) != signbit (expected) || ulps_between (value, expected) > 1)
    g_error ("“%s” is read as %.17g, not %.17g", text, value, expected);
}

static void
test_uint (void)
{
  static const struct
  {
    const char *text;
    guint64     value;
  } GOOD[] = {
    { "0", 0 },
    { "7", 7 },
    { "007", 7 },
    { "1795338539", 1795338539 },
    { "4294967296", 4294967296 },
    { "9999999999999999999", 9999999999999999999u },
  };
  static const char *BAD[] = { "",    "-",    "-1",  "+1",  " 1", "1 ",  "1.0",
                               "1e3", "0x10", "nan", "１",  "1,", "N/A", "12345678901234567890" };
  guint64            value;

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      value = 1;
      g_assert_true (scope_parse_uint (GOOD[i].text, strlen (GOOD[i].text), &value));
      g_assert_cmpuint (value, ==, GOOD[i].value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (scope_parse_uint (BAD[i], strlen (BAD[i]), &value))
      g_error ("“%s” is taken for %" G_GUINT64_FORMAT, BAD[i], value);
}

static void
test_uint_keeps_to_its_cell (void)
{
  guint64 value;

  g_assert_true (scope_parse_uint ("123456", 3, &value));
  g_assert_cmpuint (value, ==, 123);
  g_assert_false (scope_parse_uint ("1\0", 2, &value));
}

static void
test_double_edges (void)
{
  static const char *GOOD[] = {
    "0", "0.0", "-0.0", "0.000000", "64.0", "1200.0", "12.141959000018687", "5.717200000049161",
    "9007199254740993", "0.1", "0.30000000000000004", "123456789012345678", "1234567890123456789",
    "9999999999999999999", "99999999999999999999", "0.1234567890123456789", ".5", "5.", "-3.25",
    "+3.25", "1e3", "1E-3", "2.5e-7", "1e22", "1e23", "1.7976931348623157e308",
    "2.2250738585072014e-308", "4.9e-324", "0.0000000000000000001", "1.000000000000000000",
    "18446744073709551615", "18446744073709551616", "286.7324012698413",
    "179769313486231570000000000000000000000000000000000000000000000000000000000000000000000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    assert_double (GOOD[i]);
}

static void
test_double_garbage (void)
{
  static const char *BAD[] = {
    "",       "-",    "+",    ".",   "1.2.3", "0x10",  "0X1p3", "nan", "NaN",  "inf", "-inf",
    "-nan",   "1e999", "-1e999", " 1", "1 ",   "\t1",   "1\n",   "--1", "1-",   "1e",  "e5",
    "infinity", "N/A", "1,5",  "१",   "1_000", "1.0f", "-0x1",  "+-1", "-.e1", "1e+", "0.0.0",
  };
  g_autofree char *digits = g_strnfill (400, '9');
  g_autofree char *longer = g_strnfill (4000, '1');
  double           value;

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (scope_parse_double (BAD[i], strlen (BAD[i]), &value))
      g_error ("“%s” is taken for %g", BAD[i], value);
  g_assert_false (scope_parse_double (digits, 400, &value));
  g_assert_false (scope_parse_double (longer, 4000, &value));
  g_assert_false (scope_parse_double ("1\0", 2, &value));
  g_assert_false (scope_parse_double ("1.5\0 6", 6, &value));
}

/* A cell is followed by the rest of its row. */
static void
test_double_keeps_to_its_cell (void)
{
  double value;

  g_assert_true (scope_parse_double ("12.345", 4, &value));
  g_assert_cmpfloat (value, ==, 12.3);
  g_assert_true (scope_parse_double ("12.5e7,9", 4, &value));
  g_assert_cmpfloat (value, ==, 12.5);
  g_assert_true (scope_parse_double ("123456789012345678901234567890", 22, &value));
  g_assert_cmpfloat (value, ==, 1234567890123456789012.0);
}

static void
append_digits (GString *text,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, '0' + g_test_rand_int_range (0, 10));
}

static void
test_double_random (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char                buffer[64];

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_string_truncate (text, 0);
      if (g_test_rand_int_range (0, 8) == 0)
        g_string_append_c (text, '-');
      append_digits (text, g_test_rand_int_range (1, 22));
      if (g_test_rand_bit ())
        {
          g_string_append_c (text, '.');
          append_digits (text, g_test_rand_int_range (0, 20));
        }
      assert_double (text->str);
    }
  /* As Python writes them: the shortest that gives the same number again. */
  for (guint i = 0; i < N_RANDOM; i++)
    {
      double number = g_test_rand_double_range (0, 1) * pow (10, g_test_rand_int_range (-6, 9));

      assert_double (g_ascii_dtostr (buffer, sizeof buffer, number));
      g_snprintf (buffer, sizeof buffer, "%.6f", number);
      assert_double (buffer);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/uint", test_uint);
  g_test_add_func ("/number/uint-keeps-to-its-cell", test_uint_keeps_to_its_cell);
  g_test_add_func ("/number/double-edges", test_double_edges);
  g_test_add_func ("/number/double-garbage", test_double_garbage);
  g_test_add_func ("/number/double-keeps-to-its-cell", test_double_keeps_to_its_cell);
  g_test_add_func ("/number/double-random", test_double_random);
  return g_test_run ();
}
