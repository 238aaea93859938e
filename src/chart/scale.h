/* scale.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between values and pixels: a linear scale, and where its ticks stand and
 * what they say.
 */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  double low, high;   /* values */
  double from, to;    /* px where they stand */
} ScopeScale;

/* What an axis reaches over, in its own unit; low and high the same: nothing. */
typedef struct
{
  double low, high;
} ScopeSpread;

typedef struct
{
  double value;
  double position; /* px */
  char  *label;    /* owned */
} ScopeTick;

static inline double
scope_scale_to_px (const ScopeScale *self,
                   double            value)
{
  return self->from + (value - self->low) * (self->to - self->from) / (self->high - self->low);
}

static inline double
scope_scale_from_px (const ScopeScale *self,
                     double            px)
{
  return self->low + (px - self->from) * (self->high - self->low) / (self->to - self->from);
}

/* The pixel that @px lies in, one that is almost reached included: times often lie
 * on the edge of a pixel, and should not go to and fro between two. */
static inline double
scope_scale_round_down (double px)
{
  return floor (px + 1e-3);
}

GArray *scope_ticks_new          (void);
double  scope_scale_clock_step   (double            least);
double  scope_scale_nice_step    (double            span,
                                  guint             max_steps);
double  scope_scale_nice_high    (double            highest,
                                  guint             max_steps);
GArray *scope_scale_number_ticks (const ScopeScale *self,
                                  double            spacing);
GArray *scope_scale_log_ticks    (const ScopeScale *self,
                                  double            spacing);
void    scope_scale_log_bounds   (double            lowest,
                                  double            highest,
                                  double           *low,
                                  double           *high);
GArray *scope_scale_time_ticks   (const ScopeScale *self,
                                  double            spacing,
                                  GTimeZone        *zone);
char   *scope_format_decimals    (double            value,
                                  int               decimals);
char   *scope_format_number      (double            value);
char   *scope_format_count       (double            count);
char   *scope_format_utc_offset  (double            time,
                                  GTimeZone        *zone);
char   *scope_format_range       (double            start,
                                  double            end,
                                  GTimeZone        *zone);

G_END_DECLS
