/* elapsed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Elapsed times know no days: hours go on counting, so that any two of them
 * can be subtracted in the head.
 */
#include "elapsed.h"

/* s: a time that is whole but for rounding is whole. */
#define ROUNDING_S 0.0005

static gint64
floor_elapsed (double seconds)
{
  return (gint64) floor (seconds + ROUNDING_S);
}

/**
 * scope_format_elapsed:
 * @seconds: since the start of a run, or below 0 before it
 *
 * Returns: (transfer full): as in “0:00”, “1:30” or “1:02:30”, without what is
 *   less than a second
 */
char *
scope_format_elapsed (double seconds)
{
  gint64      whole = floor_elapsed (seconds);
  const char *sign = whole < 0 ? "−" : "";
  gint64      s = ABS (whole);

  if (s >= 3600)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT ":%02d:%02d", sign, s / 3600,
                            (int) (s / 60 % 60), (int) (s % 60));
  return g_strdup_printf ("%s%d:%02d", sign, (int) (s / 60), (int) (s % 60));
}

/**
 * scope_format_moment:
 * @time: seconds since the epoch
 * @origin: seconds since the epoch: when a run began; NaN for the local time of
 *   a clock
 *
 * Returns: (transfer full): as in “1:02:30”, or “14:03:20”
 */
char *
scope_format_moment (double time,
                     double origin)
{
  g_autoptr (GDateTime) clock = NULL;

  if (!isnan (origin))
    return scope_format_elapsed (time - origin);
  clock = g_date_time_new_from_unix_local ((gint64) floor (time + ROUNDING_S));
  return clock ? g_date_time_format (clock, "%H:%M:%S") : g_strdup ("");
}

/**
 * scope_format_duration:
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 * @origin: as of scope_format_moment()
 *
 * Returns: (transfer full): the time between the two as they are written, so
 *   that a reader who subtracts them gets the same
 */
char *
scope_format_duration (double start,
                       double end,
                       double origin)
{
  if (isnan (origin))
    return scope_format_elapsed (floor (end + ROUNDING_S) - floor (start + ROUNDING_S));
  return scope_format_elapsed (
    (double) (floor_elapsed (end - origin) - floor_elapsed (start - origin)));
}

/**
 * scope_format_elapsed_range:
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 * @origin: seconds since the epoch: when a run began
 *
 * Returns: (transfer full): as in “1:30 – 1:02:30”
 */
char *
scope_format_elapsed_range (double start,
                            double end,
                            double origin)
{
  g_autofree char *from = scope_format_elapsed (start - origin);
  g_autofree char *to = scope_format_elapsed (end - origin);

  return g_strconcat (from, " – ", to, NULL);
}

/**
 * scope_scale_elapsed_ticks:
 * @self: a scale whose values are seconds since the epoch
 * @spacing: the least distance of two ticks in px
 * @origin: seconds since the epoch: when a run began
 *
 * Returns: (transfer full) (element-type ScopeTick): ticks, earliest first,
 *   at round elapsed times
 */
GArray *
scope_scale_elapsed_ticks (const ScopeScale *self,
                           double            spacing,
                           double            origin)
{
  GArray *ticks = scope_ticks_new ();
  double  length = fabs (self->to - self->from);
  double  span = self->high - self->low;
  double  step;

  if (!(span > 0) || !(length > 0))
    return ticks;
  step = scope_scale_clock_step (span * spacing / length);
  for (double i = ceil ((self->low - origin) / step - 1e-9);; i++)
    {
      double    time = origin + i * step;
      ScopeTick tick;

      if (time > self->high + step * 1e-9)
        return ticks;
      tick = (ScopeTick){ .value = time,
                          .position = scope_scale_to_px (self, time),
                          .label = scope_format_elapsed (i * step) };
      g_array_append_val (ticks, tick);
    }
}
