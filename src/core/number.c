/* number.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The common shapes (digits, digits with a fraction) are read here; anything
 * else is left to g_ascii_strtod, so that what is accepted does not depend on
 * which way was taken.
 */
#include "number.h"

#include <math.h>
#include <string.h>

/* Every one is exact in a double. */
static const double POWERS_OF_TEN[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

#define MAX_CELL 400

/**
 * scope_parse_uint:
 * @text: the cell
 * @length: its length in bytes
 * @value: (out): the number
 *
 * Reads a cell of nothing but digits.
 *
 * Returns: whether it was one that fits
 */
gboolean
scope_parse_uint (const char *text,
                  gsize       length,
                  guint64    *value)
{
  guint64 v = 0;

  if (length == 0 || length > 19)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guchar) text[i] - '0';

      if (digit > 9)
        return FALSE;
      v = v * 10 + digit;
    }
  *value = v;
  return TRUE;
}

static gboolean
parse_uncommon (const char *text,
                gsize       length,
                double     *value)
{
  char  copy[MAX_CELL + 1];
  char *end;

  /* strtod would take "0x10", "inf", "nan" and leading blanks: no number of
   * Locust's begins with anything but a digit, a sign or a point. */
  if (length == 0 || length > MAX_CELL || memchr (text, 'x', length) || memchr (text, 'X', length))
    return FALSE;
  if (!g_ascii_isdigit (text[0]) && text[0] != '-' && text[0] != '+' && text[0] != '.')
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';
  *value = g_ascii_strtod (copy, &end);
  return end == copy + length && isfinite (*value);
}

/**
 * scope_parse_double:
 * @text: the cell
 * @length: its length in bytes
 * @value: (out): the number
 *
 * Reads a decimal number that fills the whole cell.  Numbers of up to 19
 * digits are within one unit in the last place, all others are exact.
 *
 * Returns: whether it was a finite number
 */
gboolean
scope_parse_double (const char *text,
                    gsize       length,
                    double     *value)
{
  guint64 mantissa = 0;
  gsize   i = 0;
  gsize   n_fraction = 0;

  if (length > 20)
    return parse_uncommon (text, length, value);
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    mantissa = mantissa * 10 + (text[i] - '0');
  if (i == 0)
    return parse_uncommon (text, length, value);
  if (i < length && text[i] == '.')
    for (i++; i < length && g_ascii_isdigit (text[i]); i++, n_fraction++)
      mantissa = mantissa * 10 + (text[i] - '0');
  if (i < length || i - (n_fraction > 0) > 19)
    return parse_uncommon (text, length, value);
  *value = (double) mantissa / POWERS_OF_TEN[n_fraction];
  return TRUE;
}

/**
 * scope_parse_measured:
 * @text: the cell
 * @length: its length in bytes
 * @value: (out): the number
 *
 * Returns: whether it was a number, as for scope_parse_double(), and one that can
 *   have been measured
 */
gboolean
scope_parse_measured (const char *text,
                      gsize       length,
                      double     *value)
{
  return scope_parse_double (text, length, value) && fabs (*value) <= SCOPE_MOST_MEASURED;
}
