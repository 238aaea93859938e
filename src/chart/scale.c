/* scale.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Number ticks stand at 1, 2 or 5 times a power of ten, time ticks at the
 * steps of a clock and a calendar, in local time.
 */
#include "scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MINUTE 60
#define HOUR   3600
#define DAY    86400

static const double CLOCK_STEPS[] = {
  1,         2,         5,         10,       15,       30,       MINUTE,   2 * MINUTE,
  5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,     2 * HOUR, 3 * HOUR, 6 * HOUR,
  12 * HOUR, DAY,       2 * DAY,   7 * DAY,  14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
};

static void
tick_clear (gpointer data)
{
  g_free (((ScopeTick *) data)->label);
}

/* Returns: (transfer full) (element-type ScopeTick): none yet. */
GArray *
scope_ticks_new (void)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (ScopeTick));

  g_array_set_clear_func (ticks, tick_clear);
  return ticks;
}

/**
 * scope_scale_nice_step:
 * @span: a length in values, above 0
 * @max_steps: how often the step may fit into it, above 0
 *
 * Returns: the smallest of 1, 2 and 5 times a power of ten that fits
 */
double
scope_scale_nice_step (double span,
                       guint  max_steps)
{
  static const double factors[] = { 1, 2, 5, 10 };
  double              least = span / max_steps;
  double              power = pow (10, floor (log10 (least)));

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= least * (1 - 1e-9))
      return factors[i] * power;
  return 10 * power;
}

/**
 * scope_scale_nice_high:
 * @highest: the highest value that is shown
 * @max_steps: how many ticks may stand above 0
 *
 * Returns: a round value that leaves a little air above @highest; 1 where
 *   there is nothing above 0
 */
double
scope_scale_nice_high (double highest,
                       guint  max_steps)
{
  double with_air = highest * 1.04;
  double step;

  if (!(highest > 0))
    return 1;
  step = scope_scale_nice_step (with_air, max_steps);
  /* Half a step is round enough for the edge and wastes less; below the first
   * tick it would leave nothing to read the height by. */
  return MAX (ceil (with_air / (step / 2) - 1e-9) * (step / 2), step);
}

/* Returns: (transfer full): @value, its thousands with a thin space. */
char *
scope_format_decimals (double value,
                       int    decimals)
{
  char        digits[64];
  GString    *text = g_string_new (NULL);
  const char *point;
  gsize       n_whole;

  g_snprintf (digits, sizeof digits, "%.*f", decimals, value);
  point = strpbrk (digits, ".,");
  n_whole = point ? (gsize) (point - digits) : strlen (digits);
  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0 && n_whole > 4 && g_ascii_isdigit (digits[i - 1]))
        g_string_append (text, " ");
      g_string_append_c (text, digits[i]);
    }
  if (point != NULL)
    g_string_append (text, point);
  return g_string_free (text, FALSE);
}

/**
 * scope_format_number:
 * @value: a measured value, not below 0
 *
 * Returns: (transfer full): the value with about three significant digits
 */
char *
scope_format_number (double value)
{
  double size = fabs (value);

  return scope_format_decimals (value, size >= 99.95 || size == 0 ? 0 : size >= 0.995 ? 1 : 2);
}

/**
 * scope_format_count:
 * @count: how many, a whole number
 *
 * Returns: (transfer full): all of its digits
 */
char *
scope_format_count (double count)
{
  return scope_format_decimals (count, 0);
}

/**
 * scope_scale_number_ticks:
 * @self: the scale
 * @spacing: the least distance of two ticks in px
 *
 * Returns: (transfer full) (element-type ScopeTick): ticks, lowest first
 */
GArray *
scope_scale_number_ticks (const ScopeScale *self,
                          double            spacing)
{
  GArray *ticks = scope_ticks_new ();
  double  length = fabs (self->to - self->from);
  double  span = self->high - self->low;
  double  step, first;
  int     decimals;

  if (!(span > 0) || !(length > 0))
    return ticks;
  step = scope_scale_nice_step (span, MAX ((guint) (length / spacing), 1));
  first = ceil (self->low / step - 1e-9);
  decimals = (int) MAX (0, -floor (log10 (step) + 1e-9));
  for (double i = first; i * step <= self->high + step * 1e-9; i++)
    {
      double    value = i == 0 ? 0 : i * step; /* never -0 */
      ScopeTick tick = { .value = value,
                         .position = scope_scale_to_px (self, value),
                         .label = scope_format_decimals (value, MIN (decimals, 12)) };

      g_array_append_val (ticks, tick);
    }
  return ticks;
}

/**
 * scope_scale_clock_step:
 * @least: seconds
 *
 * Returns: the smallest round step of a clock or a calendar, in seconds, that is
 *   not below @least
 */
double
scope_scale_clock_step (double least)
{
  double step = CLOCK_STEPS[G_N_ELEMENTS (CLOCK_STEPS) - 1];

  for (guint i = 0; i < G_N_ELEMENTS (CLOCK_STEPS); i++)
    if (CLOCK_STEPS[i] >= least)
      return CLOCK_STEPS[i];
  while (step < least)
    step *= 2;
  return step;
}

static double
get_offset (GTimeZone *zone,
            double     time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, (gint64) floor (time));

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

static char *
format_time (double      time,
             GTimeZone  *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) floor (time + 0.0005));
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  return local ? g_date_time_format (local, format) : g_strdup ("");
}

static char *
format_tick (double     time,
             double     step,
             double     local,
             GTimeZone *zone)
{
  if (fmod (local, DAY) == 0)
    /* Translators: a day on the time axis, as in “Nov 23”. */
    return format_time (time, zone, _("%b %-d"));
  return format_time (time, zone, step < MINUTE ? "%H:%M:%S" : "%H:%M");
}

/* The first round local time from about @time on, with the offset that holds
 * since summer time began or ended; the one before @time where it lies at
 * @earliest or later. */
static double
round_anew (double     time,
            double     earliest,
            double     step,
            double     offset,
            GTimeZone *zone)
{
  double before = floor ((time + offset) / step) * step;

  if (before - offset >= earliest && get_offset (zone, before - offset) == offset)
    return before;
  return ceil ((time + offset) / step) * step;
}

/**
 * scope_scale_time_ticks:
 * @self: a scale whose values are seconds since the epoch
 * @spacing: the least distance of two ticks in px
 * @zone: the time zone of the labels
 *
 * Returns: (transfer full) (element-type ScopeTick): ticks, earliest first,
 *   at round local times
 */
GArray *
scope_scale_time_ticks (const ScopeScale *self,
                        double            spacing,
                        GTimeZone        *zone)
{
  GArray *ticks = scope_ticks_new ();
  double  length = fabs (self->to - self->from);
  double  span = self->high - self->low;
  double  least, step;
  double  offset = get_offset (zone, self->low);
  double  earliest = self->low;

  if (!(span > 0) || !(length > 0))
    return ticks;
  least = span * spacing / length;
  step = scope_scale_clock_step (least);

  for (double local = ceil ((self->low + offset) / step) * step;; local += step)
    {
      double    time = local - offset;
      double    now = get_offset (zone, time);
      ScopeTick tick;

      if (now != offset)
        {
          /* Summer time began or ended: ticks stay at round local times. */
          local = round_anew (time, earliest, step, now, zone);
          offset = now;
          time = local - now;
        }
      if (time > self->high)
        return ticks;
      tick = (ScopeTick){ .value = time,
                          .position = scope_scale_to_px (self, time),
                          .label = format_tick (time, step, local, zone) };
      g_array_append_val (ticks, tick);
      earliest = time + least;
    }
}

/**
 * scope_format_utc_offset:
 * @time: seconds since the epoch
 * @zone: a time zone
 *
 * Returns: (transfer full): as in “UTC+08:00”
 */
char *
scope_format_utc_offset (double     time,
                         GTimeZone *zone)
{
  int offset = (int) get_offset (zone, time);
  int minutes = ABS (offset) / 60;

  return g_strdup_printf ("UTC%s%02d:%02d", offset < 0 ? "−" : "+", minutes / 60, minutes % 60);
}

/**
 * scope_format_range:
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 * @zone: a time zone
 *
 * Returns: (transfer full): as in “2026-11-23 14:00:05 – 14:04:10 (UTC+08:00)”
 */
char *
scope_format_range (double     start,
                    double     end,
                    GTimeZone *zone)
{
  g_autofree char *from_day = format_time (start, zone, "%Y-%m-%d");
  g_autofree char *to_day = format_time (end, zone, "%Y-%m-%d");
  g_autofree char *from = format_time (start, zone, "%H:%M:%S");
  g_autofree char *to = format_time (end, zone, "%H:%M:%S");
  g_autofree char *from_offset = scope_format_utc_offset (start, zone);
  g_autofree char *offset = scope_format_utc_offset (end, zone);
  gboolean         same_day = g_str_equal (from_day, to_day);

  if (!g_str_equal (from_offset, offset)) /* summer time began or ended */
    return g_strdup_printf ("%s %s (%s) – %s%s%s (%s)", from_day, from, from_offset,
                            same_day ? "" : to_day, same_day ? "" : " ", to, offset);
  return g_strdup_printf ("%s %s – %s%s%s (%s)", from_day, from, same_day ? "" : to_day,
                          same_day ? "" : " ", to, offset);
}
