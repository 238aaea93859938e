/* report.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row goes to standard output, and to the file that BENCHMARK_TABLE names,
 * where table.py finds it: name, value, unit and target, with tabs between.
 */
#include "report.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void
add_to_table (const char *row)
{
  const char *path = g_getenv ("BENCHMARK_TABLE");
  FILE       *file = path != NULL ? fopen (path, "a") : NULL;

  if (file == NULL)
    return;
  fputs (row, file);
  fclose (file);
}

/**
 * report:
 * @name: of the row
 * @value: what was measured
 * @unit: of it
 * @target: AT_MOST(), AT_LEAST() or NO_TARGET
 */
void
report (const char *name,
        double      value,
        const char *unit,
        double      target)
{
  g_autofree char *wanted =
    target == NO_TARGET ? g_strdup ("")
                        : g_strdup_printf ("%s%g", target > 0 ? "<=" : ">=", fabs (target));
  g_autofree char *row = g_strdup_printf ("%s\t%.6g\t%s\t%s\n", name, value, unit, wanted);

  printf ("%-60s %10.4g %s %s\n", name, value, unit, wanted);
  fflush (stdout);
  add_to_table (row);
}

/* A row without a value: it says why. */
void
report_failure (const char *name,
                const char *reason)
{
  g_autofree char *row = g_strdup_printf ("%s\t\t%s\t\n", name, reason);

  printf ("%-60s %s\n", name, reason);
  add_to_table (row);
}

double
get_seconds (void)
{
  return g_get_monotonic_time () / 1e6;
}

/* Of all threads of this process. */
double
get_cpu_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/* Private memory in use, whoever asked for it, in 10^6 bytes. */
double
get_resident_mb (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  long  total = 0, resident = 0, shared = 0;

  malloc_trim (0);
  if (file != NULL)
    {
      if (fscanf (file, "%ld %ld %ld", &total, &resident, &shared) != 3)
        resident = shared = 0;
      fclose (file);
    }
  return (resident - shared) * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Of doubles, which it sorts. */
double
get_percentile (GArray *values,
                double  percent)
{
  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare);
  return g_array_index (values, double, (guint) ((values->len - 1) * percent / 100 + 0.5));
}

double
get_median (GArray *values)
{
  return get_percentile (values, 50);
}
