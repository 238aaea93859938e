/* report.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the benchmarks in C share: a row of the table, and how time and
 * memory are measured.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Targets: the value is to be at most, or at least, so much; or nothing is
 * asked of it. */
#define AT_MOST(value)  (value)
#define AT_LEAST(value) (-(value))
#define NO_TARGET       0.0

void   report            (const char *name,
                          double      value,
                          const char *unit,
                          double      target);
void   report_failure    (const char *name,
                          const char *reason);
double get_seconds       (void);
double get_cpu_seconds   (void);
double get_resident_mb   (void);
double get_median        (GArray     *values);
double get_percentile    (GArray     *values,
                          double      percent);

G_END_DECLS
