/* samples.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The samples of each row are sorted, those of a window are not.  So a rank
 * is searched for among the numbers themselves: as long as they are not
 * negative, doubles are in the order of their bits, and half of what is left
 * goes at each step.
 */
#include "samples.h"

#include <math.h>
#include <string.h>

static guint64
to_bits (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return bits;
}

static double
from_bits (guint64 bits)
{
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/* How many samples of a row are no more than @limit. */
static guint64
count_up_to (const ScopeColumns *columns,
             guint               row,
             double              limit)
{
  guint64 start = row > 0 ? scope_columns_get_end (columns, row - 1) : 0;
  guint64 low = start;
  guint64 high = scope_columns_get_end (columns, row);

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (columns->samples[middle] <= limit)
        low = middle + 1;
      else
        high = middle;
    }
  return low - start;
}

/* Counted from 1.  A product that is whole but for rounding is whole. */
static guint64
get_rank (double  percent,
          guint64 n)
{
  double place = percent * n / 100;

  if (fabs (place - round (place)) < 1e-9 * n)
    place = round (place);
  return MAX (1, (guint64) ceil (place));
}

/**
 * scope_samples_get_percentile:
 * @columns: of an endpoint, from a log of requests
 * @from: the first row
 * @to: the row after the last
 * @percent: 0 to 100
 *
 * By nearest rank: of n sorted response times the one at place
 * ceil (percent / 100 · n), counted from 1; at 0 % the lowest.
 *
 * Returns: a response time in ms; NaN where there is none
 */
double
scope_samples_get_percentile (const ScopeColumns *columns,
                              guint               from,
                              guint               to,
                              double              percent)
{
  guint64 low = G_MAXUINT64, high = 0, n = 0;
  guint64 rank;

  for (guint row = from; row < to; row++)
    {
      guint64 start = row > 0 ? scope_columns_get_end (columns, row - 1) : 0;
      guint64 end = scope_columns_get_end (columns, row);

      if (start == end)
        continue;
      low = MIN (low, to_bits (columns->samples[start]));
      high = MAX (high, to_bits (columns->samples[end - 1]));
      n += end - start;
    }
  if (n == 0)
    return NAN;
  rank = get_rank (percent, n);

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      guint64 count = 0;

      for (guint row = from; row < to; row++)
        count += count_up_to (columns, row, from_bits (middle));
      if (count >= rank)
        high = middle;
      else
        low = middle + 1;
    }
  return from_bits (low);
}
