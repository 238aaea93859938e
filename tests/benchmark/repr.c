/* repr.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the range that a history needs, a double is m / 2^k with numbers that
 * fit into 128 bits when scaled to seventeen digits.  So the interval of
 * decimals that read back as the same double is known exactly, and the
 * shortest in it is found by dropping digits.
 */
#include "repr.h"

#include <string.h>

#define DIGITS 17

/* Writes @value in decimal at @to; returns where it ends. */
char *
put_uint (char   *to,
          guint64 value)
{
  char  digits[20];
  guint n = 0;

  do
    digits[n++] = '0' + value % 10;
  while ((value /= 10) > 0);
  while (n > 0)
    *to++ = digits[--n];
  return to;
}

/* floor (m * 10^p / 2^k) */
static guint64
scale (guint64 m,
       guint64 power,
       int     k)
{
  return (guint64) (((unsigned __int128) m * power) >> k);
}

/* The shortest decimal, in units of 10^-@p, that reads as (2m)/2^(k+1). */
static guint64
find_shortest (guint64 m,
               guint64 power,
               int     k)
{
  guint64 middle = scale (2 * m, power, k + 1);
  guint64 low = scale (2 * m - 1, power, k + 1); /* not itself inside */
  guint64 high = scale (2 * m + 1, power, k + 1);
  guint64 unit = 1;

  while (high / (10 * unit) * (10 * unit) > low)
    unit *= 10;
  /* Of those of that length the one closest by. */
  if (unit == 1)
    return middle + ((scale (2 * m, power, k) & 1) != 0);
  return (middle + unit / 2) / unit * unit;
}

/**
 * put_repr:
 * @to: where to write, at most 24 bytes
 * @value: 0, or from %REPR_MIN to %REPR_MAX
 *
 * Returns: where it ends
 */
char *
put_repr (char  *to,
          double value)
{
  guint64 bits, m, decimal, power = 1, whole, part;
  int     k;

  if (value == (double) (guint64) value)
    {
      to = put_uint (to, (guint64) value);
      memcpy (to, ".0", 2);
      return to + 2;
    }
  memcpy (&bits, &value, sizeof bits);
  m = (bits & ((G_GUINT64_CONSTANT (1) << 52) - 1)) | G_GUINT64_CONSTANT (1) << 52;
  k = 1075 - (int) (bits >> 52);
  /* As many places as make seventeen digits. */
  for (double v = value; v < 1e16; v *= 10)
    power *= 10;
  decimal = find_shortest (m, power, k);
  whole = decimal / power;
  part = decimal % power;
  to = put_uint (to, whole);
  *to++ = '.';
  for (guint64 unit = power / 10; part > 0; part %= unit, unit /= 10)
    *to++ = '0' + part / unit;
  return to;
}
