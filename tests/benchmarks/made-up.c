/* made-up.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers have as many digits as real ones, and percentiles are rounded as
 * Locust rounds them.
 */
#include "made-up.h"

#include <math.h>

#define START 1795000000

typedef struct
{
  double  base;  /* ms */
  double  pace;  /* requests/s */
  guint64 count;
  guint64 failures;
  double  sum;
  double  low;
  double  high;
} Endpoint;

/* A cheap stream of numbers in [0, 1). */
static double
draw (guint32 *state)
{
  *state = *state * 1664525 + 1013904223;
  return *state / 4294967296.0;
}

static guint
round_percentile (double ms)
{
  guint unit = 1;

  while (ms / unit >= 100)
    unit *= 10;
  return (guint) (ms / unit + 0.5) * unit;
}

static void
add_row (GString    *text,
         guint       second,
         const char *key,
         Endpoint   *endpoint)
{
  static const double factors[] = { 1, 1.2, 1.4, 1.5, 1.9, 2.4, 3, 3.7, 6, 9, 9.5 };
  double              average = endpoint->sum / MAX (1, endpoint->count);

  g_string_append_printf (text, "%u,50,%s,%.6f,%.6f", START + second, key, endpoint->pace,
                          endpoint->pace / 100);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    g_string_append_printf (text, ",%u", round_percentile (endpoint->base * factors[i]));
  g_string_append_printf (text,
                          ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                          ",%u,%.15g,%.15g,%.15g,64.0\r\n",
                          endpoint->count, endpoint->failures, round_percentile (endpoint->base),
                          average, endpoint->low, endpoint->high);
}

static void
go_on (Endpoint *endpoint,
       guint32  *state,
       double    slower)
{
  guint  n = (guint) (endpoint->pace * (0.5 + draw (state)));
  double time = endpoint->base * slower * (0.7 + 0.6 * draw (state));

  endpoint->count += n;
  endpoint->failures += draw (state) < 0.02;
  endpoint->sum += n * time;
  if (draw (state) < 0.001)
    {
      endpoint->low *= 0.97;
      endpoint->high *= 1.07;
    }
}

/**
 * made_up_history:
 * @n_endpoints: the total not counted
 * @n_seconds: a block each
 *
 * Returns: (transfer full): a whole PREFIX_stats_history.csv, the same each
 *   time
 */
GString *
made_up_history (guint n_endpoints,
                 guint n_seconds)
{
  GString             *text = g_string_sized_new (160 * (gsize) (n_endpoints + 1) * n_seconds);
  g_autofree Endpoint *endpoints = g_new0 (Endpoint, n_endpoints);
  guint32              state = 7;

  g_string_append (text, "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,"
                         "95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,"
                         "Total Median Response Time,Total Average Response Time,"
                         "Total Min Response Time,Total Max Response Time,"
                         "Total Average Content Size\r\n");
  for (guint i = 0; i < n_endpoints; i++)
    {
      double base = 10 * exp (3 * draw (&state));

      endpoints[i] = (Endpoint){ .base = base, .pace = 1 + 20 * draw (&state), .low = base * 0.31,
                                 .high = base * 9.7 };
    }
  for (guint s = 0; s < n_seconds; s++)
    {
      Endpoint total = { .base = 60, .low = 3.2719, .high = 1912.7712 };

      for (guint i = 0; i < n_endpoints; i++)
        {
          char key[40];

          g_snprintf (key, sizeof key, "%s,/api/endpoint/%03u", i % 3 ? "GET" : "POST", i);
          go_on (&endpoints[i], &state, 1 + 0.5 * sin (s / 600.0));
          add_row (text, s, key, &endpoints[i]);
          total.count += endpoints[i].count;
          total.failures += endpoints[i].failures;
          total.sum += endpoints[i].sum;
          total.pace += endpoints[i].pace;
        }
      add_row (text, s, ",Aggregated", &total);
    }
  return text;
}
