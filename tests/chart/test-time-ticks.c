/* test-time-ticks.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ticks of the time axis at every zoom, in zones with odd offsets, and where
 * summer time begins or ends: rising, far enough apart, at round local
 * times, none left out, and each with the label a calendar gives it.
 */
#include "scale.h"

#include <math.h>

#define HOUR 3600
#define DAY  86400

static const double STEPS[] = {
  1,         2,         5,         10,        15,       30,       60,       120,
  300,       600,       900,       1800,      HOUR,     2 * HOUR, 3 * HOUR, 6 * HOUR,
  12 * HOUR, DAY,       2 * DAY,   7 * DAY,   14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
};

static const char *const ZONES[] = {
  "UTC",
  "Asia/Shanghai",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "Australia/Lord_Howe",
};

static double
utc (int year,
     int month,
     int day,
     int hour,
     int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time);
}

static GDateTime *
local_time (double     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) plain = g_date_time_new_from_unix_utc ((gint64) time);

  return g_date_time_to_timezone (plain, zone);
}

/* Seconds as a clock on the wall counts them. */
static gint64
wall_seconds (double     time,
              GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, (gint64) time);

  return (gint64) time + g_time_zone_get_offset (zone, interval);
}

static double
expected_step (double least)
{
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (STEPS[i] >= least)
      return STEPS[i];
  return 0;
}

static char *
expected_label (double     time,
                double     step,
                GTimeZone *zone)
{
  g_autoptr (GDateTime) local = local_time (time, zone);

  if (wall_seconds (time, zone) % DAY == 0)
    return g_date_time_format (local, "%b %-d");
  return g_date_time_format (local, step < 60 ? "%H:%M:%S" : "%H:%M");
}

static const ScopeTick *
get (GArray *ticks,
     guint   i)
{
  return &g_array_index (ticks, ScopeTick, i);
}

/* Each round time on the wall has its tick, unless the one before is so near
 * that the labels would touch. */
static void
check_none_left_out (GArray    *ticks,
                     double     low,
                     double     high,
                     double     step,
                     double     least,
                     GTimeZone *zone)
{
  double grain = MIN (step, 900); /* offsets are whole quarters of an hour */
  guint  next = 0;

  for (double time = ceil (low / grain) * grain; time <= high; time += grain)
    {
      double before = low - least;

      if (wall_seconds (time, zone) % (gint64) step != 0)
        continue;
      while (next < ticks->len && get (ticks, next)->value < time)
        next++;
      if (next < ticks->len && get (ticks, next)->value == time)
        continue;
      if (next > 0)
        before = get (ticks, next - 1)->value;
      if (time - before > least + 0.001)
        g_error ("no tick at %.0f, %.0f s after the one before; step %.0f", time, time - before,
                 step);
    }
}

static void
check (double     low,
       double     span,
       double     length,
       double     spacing,
       GTimeZone *zone)
{
  ScopeScale scale = { low, low + span, 50, 50 + length };
  double     least = span * spacing / length;
  double     step = expected_step (least);
  g_autoptr (GArray) ticks = scope_scale_time_ticks (&scale, spacing, zone);

  for (guint i = 0; i < ticks->len; i++)
    {
      const ScopeTick *tick = get (ticks, i);
      g_autofree char *label = expected_label (tick->value, step, zone);

      g_assert_cmpfloat (tick->value, >=, low);
      g_assert_cmpfloat (tick->value, <=, low + span);
      g_assert_cmpfloat (tick->value, ==, floor (tick->value));
      g_assert_cmpfloat_with_epsilon (tick->position, scope_scale_to_px (&scale, tick->value),
                                      1e-6);
      g_assert_cmpint (wall_seconds (tick->value, zone) % (gint64) step, ==, 0);
      g_assert_cmpstr (tick->label, ==, label);
      if (i > 0)
        g_assert_cmpfloat (tick->position - get (ticks, i - 1)->position, >=, spacing - 1e-6);
    }
  check_none_left_out (ticks, low, low + span, step, least, zone);
}

static void
test_spans (gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (data);
  static const double   spans[] = {
    5, 7.3, 11, 30, 61, 100, 240, 600, 1500, HOUR, 2.5 * HOUR, 7 * HOUR, 13 * HOUR, DAY, 2 * DAY,
    5 * DAY, 12 * DAY, 31 * DAY, 90 * DAY, 200 * DAY, 366 * DAY,
  };
  static const double lengths[] = { 150, 320, 1130, 3800 };

  if (zone == NULL)
    {
      g_test_skip ("this machine does not know the zone");
      return;
    }
  for (guint s = 0; s < G_N_ELEMENTS (spans); s++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      for (guint i = 0; i < 12; i += spans[s] > 20 * DAY ? 5 : 1)
        check (utc (2026, 1 + i, 3 * i % 27 + 1, 7 * i % 24, 13 * i % 60) + 0.37 * i, spans[s],
               lengths[l], 90, zone);
}

/* Windows that begin now and then in the day before a change. */
static void
check_round_change (GTimeZone *zone,
                    double     change)
{
  static const double spans[] = { 600, HOUR, 3 * HOUR, 8 * HOUR, 15 * HOUR, 30 * HOUR,
                                  3 * DAY, 8 * DAY, 20 * DAY };
  static const double lengths[] = { 200, 600, 1130 };

  for (guint s = 0; s < G_N_ELEMENTS (spans); s++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      for (double before = 0; before <= MIN (spans[s], 30 * HOUR); before += 2700)
        check (change - before + 0.25, spans[s], lengths[l], 90, zone);
}

static void
test_summer_time (void)
{
  static const struct
  {
    const char *zone;
    int         month, day, hour;
  } changes[] = {
    { "Europe/Berlin", 3, 29, 1 },
    { "Europe/Berlin", 10, 25, 1 },
    { "America/St_Johns", 3, 8, 5 },
    { "America/St_Johns", 11, 1, 4 },
    { "Australia/Lord_Howe", 4, 4, 15 },
    { "Australia/Lord_Howe", 10, 3, 15 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (changes[i].zone);

      if (zone != NULL)
        check_round_change (zone, utc (2026, changes[i].month, changes[i].day, changes[i].hour, 0));
    }
}

static void
assert_labels (const char *zone_name,
               double      low,
               double      span,
               double      step,
               const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  ScopeScale            scale = { low, low + span, 0, span };
  g_autoptr (GArray)    ticks = NULL;
  g_autoptr (GString)   labels = g_string_new (NULL);

  if (zone == NULL)
    return;
  ticks = scope_scale_time_ticks (&scale, step * 0.8, zone);
  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "", get (ticks, i)->label);
  g_assert_cmpstr (labels->str, ==, expected);
}

static void
test_labels (void)
{
  assert_labels ("UTC", utc (2026, 11, 23, 14, 0), 20, 5,
                 "14:00:00, 14:00:05, 14:00:10, 14:00:15, 14:00:20");
  assert_labels ("UTC", utc (2026, 11, 23, 23, 59) + 50, 20, 10, "23:59:50, Nov 24, 00:00:10");
  assert_labels ("Asia/Shanghai", utc (2026, 11, 23, 15, 0), 2 * HOUR, HOUR,
                 "23:00, Nov 24, 01:00");
  assert_labels ("Asia/Kathmandu", utc (2026, 11, 23, 15, 20), 6 * HOUR, 2 * HOUR,
                 "22:00, Nov 24, 02:00");
  assert_labels ("America/St_Johns", utc (2026, 1, 1, 1, 0), 14 * HOUR, 6 * HOUR,
                 "Jan 1, 06:00");
  assert_labels ("UTC", utc (2026, 2, 27, 0, 0), 3 * DAY, DAY, "Feb 27, Feb 28, Mar 1, Mar 2");
}

static void
test_summer_time_labels (void)
{
  assert_labels ("Europe/Berlin", utc (2026, 3, 28, 23, 0), 6 * HOUR, HOUR,
                 "Mar 29, 01:00, 03:00, 04:00, 05:00, 06:00, 07:00");
  assert_labels ("Europe/Berlin", utc (2026, 3, 28, 23, 0), 8 * HOUR, 2 * HOUR,
                 "Mar 29, 04:00, 06:00, 08:00");
  assert_labels ("Europe/Berlin", utc (2026, 3, 28, 23, 0), 24 * HOUR, 6 * HOUR,
                 "Mar 29, 06:00, 12:00, 18:00, Mar 30");
  assert_labels ("Europe/Berlin", utc (2026, 3, 27, 23, 0), 4 * DAY, DAY,
                 "Mar 28, Mar 29, Mar 30, Mar 31, Apr 1");
  assert_labels ("Europe/Berlin", utc (2026, 10, 24, 22, 0), 5 * HOUR, HOUR,
                 "Oct 25, 01:00, 02:00, 02:00, 03:00, 04:00");
  assert_labels ("Europe/Berlin", utc (2026, 10, 23, 22, 0), 4 * DAY, DAY,
                 "Oct 24, Oct 25, Oct 26, Oct 27");
  assert_labels ("Australia/Lord_Howe", utc (2026, 4, 4, 13, 0), 4 * HOUR, HOUR,
                 "Apr 5, 01:00, 02:00, 03:00");
  assert_labels ("Australia/Lord_Howe", utc (2026, 10, 3, 13, 30), 4 * HOUR, HOUR,
                 "Oct 4, 01:00, 03:00, 04:00");
}

static void
test_without_room (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  ScopeScale            no_span = { 5, 5, 0, 100 }, no_length = { 0, 10, 7, 7 };
  ScopeScale            narrow = { 1795338538, 1795338538 + 80, 50, 51 };
  g_autoptr (GArray)    a = scope_scale_time_ticks (&no_span, 90, zone);
  g_autoptr (GArray)    b = scope_scale_time_ticks (&no_length, 90, zone);
  g_autoptr (GArray)    c = scope_scale_time_ticks (&narrow, 90, zone);

  g_assert_cmpuint (a->len + b->len, ==, 0);
  g_assert_cmpuint (c->len, <=, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ZONES); i++)
    {
      g_autofree char *path = g_strconcat ("/time-ticks/spans/", ZONES[i], NULL);

      g_test_add_data_func (path, ZONES[i], test_spans);
    }
  g_test_add_func ("/time-ticks/labels", test_labels);
  g_test_add_func ("/time-ticks/summer-time", test_summer_time);
  g_test_add_func ("/time-ticks/summer-time/labels", test_summer_time_labels);
  g_test_add_func ("/time-ticks/without-room", test_without_room);
  return g_test_run ();
}
