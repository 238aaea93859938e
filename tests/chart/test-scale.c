/* test-scale.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Number ticks and their labels, and what is said of a stretch of time.
 * Ticks of time have a test of their own.
 */
#include "scale.h"

#include <math.h>

static gboolean
is_nice (double step)
{
  double power = pow (10, floor (log10 (step) + 1e-9));
  double factor = step / power;

  return fabs (factor - 1) < 1e-6 || fabs (factor - 2) < 1e-6 || fabs (factor - 5) < 1e-6;
}

/* The nice step below a nice one: 5 → 2 → 1 → 0.5. */
static double
next_lower (double step)
{
  double power = pow (10, floor (log10 (step) + 1e-9));

  return fabs (step / power - 5) < 1e-6 ? step / 2.5 : step / 2;
}

static void
test_nice_step (void)
{
  for (int exponent = -6; exponent <= 12; exponent++)
    for (double mantissa = 1; mantissa < 10; mantissa += 0.13)
      for (guint max = 1; max <= 20; max++)
        {
          double span = mantissa * pow (10, exponent);
          double step = scope_scale_nice_step (span, max);

          g_assert_true (is_nice (step));
          g_assert_cmpfloat (span / step, <=, max * (1 + 1e-6));
          g_assert_cmpfloat (span / next_lower (step), >, max * (1 - 1e-6));
        }
}

static void
test_nice_step_exact (void)
{
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (1, 1), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (1000, 10), 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (100.1, 10), 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (0.3, 3), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (21, 10), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (scope_scale_nice_step (99, 1), 100, 1e-9);
}

static void
test_nice_high_of_nothing (void)
{
  g_assert_cmpfloat (scope_scale_nice_high (0, 5), ==, 1);
  g_assert_cmpfloat (scope_scale_nice_high (-3, 5), ==, 1);
  g_assert_cmpfloat (scope_scale_nice_high (NAN, 5), ==, 1);
}

/* Air above the highest value, but not half a chart of it, and always a tick
 * above 0 to read the height by. */
static void
test_nice_high (void)
{
  for (int exponent = -4; exponent <= 9; exponent++)
    for (double mantissa = 1; mantissa < 10; mantissa += 0.07)
      for (guint max = 1; max <= 12; max++)
        {
          double highest = mantissa * pow (10, exponent);
          double high = scope_scale_nice_high (highest, max);
          double step = scope_scale_nice_step (high, max);

          g_assert_cmpfloat (high, >=, highest * 1.0399);
          g_assert_cmpfloat (high, <=, highest * 2.6 * (1 + 1e-6));
          if (max >= 4)
            g_assert_cmpfloat (high, <=, highest * 1.375);
          g_assert_cmpfloat (step, <=, high * (1 + 1e-9));
          g_assert_cmpfloat_with_epsilon (high / (step / 2), round (high / (step / 2)), 1e-6);
        }
}

/* Which of the spaces stands between thousands is a matter of type, not of
 * numbers. */
static char *
with_plain_spaces (const char *label)
{
  GString *plain = g_string_new (label);

  g_string_replace (plain, "\u2009", " ", 0);
  g_string_replace (plain, "\u202f", " ", 0);
  return g_string_free (plain, FALSE);
}

static double
parse_label (const char *label)
{
  g_autofree char *plain = with_plain_spaces (label);
  g_auto (GStrv)   groups = g_strsplit (plain, " ", -1);
  g_autofree char *joined = g_strjoinv ("", groups);

  return g_ascii_strtod (joined, NULL);
}

static const ScopeTick *
get (GArray *ticks,
     guint   i)
{
  return &g_array_index (ticks, ScopeTick, i);
}

static void
check_number_ticks (const ScopeScale *scale,
                    double            spacing)
{
  g_autoptr (GArray) ticks = scope_scale_number_ticks (scale, spacing);
  double             length = fabs (scale->to - scale->from);

  for (guint i = 0; i < ticks->len; i++)
    {
      const ScopeTick *tick = get (ticks, i);

      g_assert_cmpfloat (tick->value, >=, scale->low - fabs (scale->low) * 1e-9);
      g_assert_cmpfloat (tick->value, <=, scale->high * (1 + 1e-8));
      g_assert_cmpfloat_with_epsilon (tick->position, scope_scale_to_px (scale, tick->value), 1e-9);
      g_assert_cmpfloat_with_epsilon (parse_label (tick->label), tick->value,
                                      1e-9 * fabs (scale->high));
      g_assert_false (g_str_has_prefix (tick->label, "-0") && tick->value == 0);
      if (i == 0)
        continue;
      g_assert_cmpfloat (tick->value, >, get (ticks, i - 1)->value);
      g_assert_cmpstr (tick->label, !=, get (ticks, i - 1)->label);
      if (length >= spacing)
        g_assert_cmpfloat (fabs (tick->position - get (ticks, i - 1)->position), >=,
                           spacing * (1 - 1e-6));
    }
}

static void
test_number_ticks (void)
{
  static const double lengths[] = { 20, 34, 50, 70, 120, 333, 1000, 2160 };

  for (int exponent = -4; exponent <= 9; exponent++)
    for (double mantissa = 1; mantissa < 10; mantissa += 0.41)
      for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
        {
          double     highest = mantissa * pow (10, exponent);
          guint      max = MAX ((guint) (lengths[l] / 34), 1);
          ScopeScale scale = { 0, scope_scale_nice_high (highest, max), lengths[l] + 7, 7 };
          g_autoptr (GArray) ticks = scope_scale_number_ticks (&scale, 34);

          check_number_ticks (&scale, 34);
          g_assert_cmpuint (ticks->len, >=, 2);
          g_assert_cmpfloat (get (ticks, 0)->value, ==, 0);
        }
}

static void
test_number_ticks_below_zero (void)
{
  ScopeScale scale = { -0.25, 0.3, 0, 400 };
  g_autoptr (GArray) ticks = scope_scale_number_ticks (&scale, 34);
  g_autoptr (GString) labels = g_string_new (NULL);

  check_number_ticks (&scale, 34);
  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (labels, "%s ", get (ticks, i)->label);
  g_assert_cmpstr (labels->str, ==,
                   "-0.25 -0.20 -0.15 -0.10 -0.05 0.00 0.05 0.10 0.15 0.20 0.25 0.30 ");
}

static void
test_number_ticks_without_room (void)
{
  ScopeScale no_span = { 5, 5, 0, 100 }, backwards = { 5, 1, 0, 100 }, no_length = { 0, 1, 7, 7 };
  g_autoptr (GArray) a = scope_scale_number_ticks (&no_span, 34);
  g_autoptr (GArray) b = scope_scale_number_ticks (&backwards, 34);
  g_autoptr (GArray) c = scope_scale_number_ticks (&no_length, 34);

  g_assert_cmpuint (a->len + b->len + c->len, ==, 0);
}

static char *
label_of (double high,
          double length)
{
  ScopeScale scale = { 0, high, length, 0 };
  g_autoptr (GArray) ticks = scope_scale_number_ticks (&scale, 40);

  return with_plain_spaces (get (ticks, ticks->len - 1)->label);
}

static void
test_number_labels (void)
{
  static const struct
  {
    double      high;
    double      length;
    const char *last;
  } cases[] = {
    { 1, 40, "1" },
    { 1, 400, "1.0" },
    { 0.02, 80, "0.02" },
    { 0.02, 400, "0.020" },
    { 1000, 40, "1000" },
    { 9000, 400, "9000" },
    { 10000, 40, "10 000" },
    { 250000, 400, "250 000" },
    { 1e6, 40, "1 000 000" },
    { 2e9, 40, "2 000 000 000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = label_of (cases[i].high, cases[i].length);

      g_assert_cmpstr (label, ==, cases[i].last);
    }
}

static void
test_format_number (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 0, "0" },          { 0.001, "0.00" }, { 0.123, "0.12" },
    { 0.994, "0.99" },   { 0.996, "1.0" },  { 1, "1.0" },
    { 9.96, "10.0" },    { 12.34, "12.3" }, { 99.94, "99.9" },
    { 99.96, "100" },    { 123.6, "124" },  { 9999.4, "9999" },
    { 9999.6, "10 000" },
    { 1234567, "1 234 567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = scope_format_number (cases[i].value);
      g_autofree char *plain = with_plain_spaces (text);

      g_assert_cmpstr (plain, ==, cases[i].text);
    }
}

static void
test_to_and_from_px (void)
{
  ScopeScale scale = { -3, 17, 411, 11 };

  g_assert_cmpfloat_with_epsilon (scope_scale_to_px (&scale, -3), 411, 1e-12);
  g_assert_cmpfloat_with_epsilon (scope_scale_to_px (&scale, 17), 11, 1e-12);
  for (double value = -5; value < 20; value += 0.37)
    g_assert_cmpfloat_with_epsilon (
      scope_scale_from_px (&scale, scope_scale_to_px (&scale, value)), value, 1e-9);
}

static double
utc (int year,
     int month,
     int day,
     int hour,
     int minute,
     int second)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, second);

  return g_date_time_to_unix (time);
}

static void
check_offset (const char *zone_name,
              double      time,
              const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autofree char      *text = NULL;

  if (zone == NULL)
    return;
  text = scope_format_utc_offset (time, zone);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_utc_offset (void)
{
  double winter = utc (2026, 1, 15, 12, 0, 0), summer = utc (2026, 7, 15, 12, 0, 0);

  check_offset ("UTC", winter, "UTC+00:00");
  check_offset ("Asia/Shanghai", winter, "UTC+08:00");
  check_offset ("Asia/Kathmandu", summer, "UTC+05:45");
  check_offset ("America/St_Johns", winter, "UTC−03:30");
  check_offset ("America/St_Johns", summer, "UTC−02:30");
  check_offset ("Europe/Berlin", summer, "UTC+02:00");
  check_offset ("Europe/Berlin", utc (2026, 3, 29, 0, 59, 59), "UTC+01:00");
  check_offset ("Europe/Berlin", utc (2026, 3, 29, 1, 0, 0), "UTC+02:00");
  check_offset ("Australia/Lord_Howe", winter, "UTC+11:00");
  check_offset ("Australia/Lord_Howe", summer, "UTC+10:30");
}

static void
test_format_count (void)
{
  static const struct
  {
    double      count;
    const char *text;
  } counts[] = { { 0, "0" }, { 7, "7" }, { 999, "999" }, { 1234, "1234" },
                 { 12345, "12 345" }, { 43200000, "43 200 000" } };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = scope_format_count (counts[i].count);

      g_assert_cmpstr (text, ==, counts[i].text);
    }
}

static void
test_range (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr (GTimeZone) plain = g_time_zone_new_utc ();
  g_autofree char      *same = scope_format_range (utc (2026, 11, 23, 6, 0, 5),
                                                   utc (2026, 11, 23, 6, 4, 10), plain);
  g_autofree char      *over = scope_format_range (utc (2026, 12, 31, 23, 59, 50),
                                                   utc (2027, 1, 1, 0, 0, 10), plain);
  g_autofree char      *local = NULL;

  g_assert_cmpstr (same, ==, "2026-11-23 06:00:05 – 06:04:10 (UTC+00:00)");
  g_assert_cmpstr (over, ==, "2026-12-31 23:59:50 – 2027-01-01 00:00:10 (UTC+00:00)");
  if (zone == NULL)
    return;
  /* Midnight is where the reader lives. */
  local = scope_format_range (utc (2026, 11, 23, 15, 59, 0), utc (2026, 11, 23, 16, 1, 0), zone);
  g_assert_cmpstr (local, ==, "2026-11-23 23:59:00 – 2026-11-24 00:01:00 (UTC+08:00)");
}

/* Of a scale of logarithms: "low high: ticks". */
static void
assert_log_scale (double      lowest,
                  double      highest,
                  double      length,
                  const char *expected)
{
  ScopeScale          scale = { .from = length, .to = 0 };
  g_autoptr (GArray)  ticks = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  scope_scale_log_bounds (log10 (lowest), log10 (highest), &scale.low, &scale.high);
  g_assert_cmpfloat (scale.low, <=, log10 (lowest) + 1e-9);
  g_assert_cmpfloat (scale.high, >, log10 (highest));
  ticks = scope_scale_log_ticks (&scale, 30);
  g_string_printf (text, "%.4g %.4g:", pow (10, scale.low), pow (10, scale.high));
  for (guint i = 0; i < ticks->len; i++)
    {
      const ScopeTick *tick = &g_array_index (ticks, ScopeTick, i);

      g_assert_cmpfloat (tick->position, >=, -1e-6);
      g_assert_cmpfloat (tick->position, <=, length + 1e-6);
      if (i > 0)
        g_assert_cmpfloat (g_array_index (ticks, ScopeTick, i - 1).position - tick->position, >=,
                           30 - 1e-6);
      g_string_append_printf (text, " %s", tick->label);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_log (void)
{
  double low, high;

  assert_log_scale (12, 870, 300, "10 1000: 10 20 50 100 200 500 1000");
  assert_log_scale (12, 870, 100, "10 1000: 10 100 1000");
  assert_log_scale (12, 870, 50, "10 1000: 100"); /* every other decade */
  assert_log_scale (0.3, 4, 200, "0.2 5: 0.2 0.5 1 2 5");
  assert_log_scale (20, 45, 100, "20 50: 20 50");
  assert_log_scale (20, 50, 100, "20 100: 20 50 100");
  assert_log_scale (0.01, 60000, 220, "0.01 1e+05: 0.01 0.1 1 10 100 1000 10 000 100 000");
  assert_log_scale (7, 7, 100, "5 10: 5 10");
  scope_scale_log_bounds (G_MAXFLOAT, -G_MAXFLOAT, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/nice-step", test_nice_step);
  g_test_add_func ("/scale/nice-step/exact", test_nice_step_exact);
  g_test_add_func ("/scale/nice-high", test_nice_high);
  g_test_add_func ("/scale/nice-high/of-nothing", test_nice_high_of_nothing);
  g_test_add_func ("/scale/number-ticks", test_number_ticks);
  g_test_add_func ("/scale/number-ticks/below-zero", test_number_ticks_below_zero);
  g_test_add_func ("/scale/number-ticks/without-room", test_number_ticks_without_room);
  g_test_add_func ("/scale/number-labels", test_number_labels);
  g_test_add_func ("/scale/log", test_log);
  g_test_add_func ("/scale/format-number", test_format_number);
  g_test_add_func ("/scale/format-count", test_format_count);
  g_test_add_func ("/scale/to-and-from-px", test_to_and_from_px);
  g_test_add_func ("/scale/utc-offset", test_utc_offset);
  g_test_add_func ("/scale/range", test_range);
  return g_test_run ();
}
