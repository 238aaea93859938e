/* log-scale.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scale of decimal logarithms is linear, like any other; its bounds and ticks
 * stand at 1, 2 and 5 times a power of ten.
 */
#include "scale.h"

/* log10 of 1, 2 and 5: whole decades are between them. */
static const double MARKS[] = { 0, 0.30102999566398120, 0.69897000433601880 };

#define LEAST_GAP 0.30102999566398114 /* between two of them: log10 of 2 */
#define ROUNDING  1e-9

/* Air above the highest value, as a factor 1.04 is on a linear scale. */
#define AIR 0.017

/* The highest mark that is not above @log. */
static double
round_down (double log)
{
  double decade = floor (log + ROUNDING);

  for (guint i = G_N_ELEMENTS (MARKS); i-- > 0;)
    if (decade + MARKS[i] <= log + ROUNDING)
      return decade + MARKS[i];
  return decade;
}

/* The lowest mark that is not below @log. */
static double
round_up (double log)
{
  double decade = floor (log - ROUNDING);

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    if (decade + MARKS[i] >= log - ROUNDING)
      return decade + MARKS[i];
  return decade + 1;
}

/**
 * scope_scale_log_bounds:
 * @lowest: decimal logarithm of the lowest value that is shown
 * @highest: of the highest; below @lowest where there is none
 * @low: (out): decimal logarithm of a round value at or below it
 * @high: (out): of a round value above it
 */
void
scope_scale_log_bounds (double  lowest,
                        double  highest,
                        double *low,
                        double *high)
{
  *low = 0;
  *high = 1;
  if (lowest > highest)
    return;
  *low = round_down (lowest);
  *high = round_up (highest + AIR);
}

static void
add_tick (GArray           *ticks,
          const ScopeScale *scale,
          double            decade,
          double            mark)
{
  ScopeTick tick = { .value = decade + mark };
  double    value = pow (10, tick.value);

  if (tick.value < scale->low - ROUNDING || tick.value > scale->high + ROUNDING)
    return;
  tick.position = scope_scale_to_px (scale, tick.value);
  tick.label = scope_format_decimals (value, (int) MAX (0, -decade));
  g_array_append_val (ticks, tick);
}

/**
 * scope_scale_log_ticks:
 * @self: a scale of decimal logarithms
 * @spacing: the least distance of two ticks in px
 *
 * Returns: (transfer full) (element-type ScopeTick): ticks, lowest first, with
 *   the values themselves as labels
 */
GArray *
scope_scale_log_ticks (const ScopeScale *self,
                       double            spacing)
{
  GArray *ticks = scope_ticks_new ();
  double  px = fabs (self->to - self->from) / (self->high - self->low); /* a decade */
  double  step = MAX (1, ceil (spacing / px));
  guint   n_marks = px * LEAST_GAP >= spacing ? G_N_ELEMENTS (MARKS) : 1;

  if (!(self->high > self->low) || !(px > 0))
    return ticks;
  for (double decade = ceil (floor (self->low + ROUNDING) / step) * step;
       decade <= self->high + ROUNDING; decade += step)
    for (guint i = 0; i < n_marks; i++)
      add_tick (ticks, self, decade, MARKS[i]);
  return ticks;
}
