/* clock.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the whole-second stamps of the blocks to the times at which they were
 * written.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer ones count as one of so many seconds. */
#define SCOPE_CLOCK_LONGEST_STEP 127

typedef struct
{
  guint   n_blocks;
  gint64  last_stamp;
  double  last_time;
  double  offset;    /* s: what a clock set back is ahead by */
  guint   n_steps;   /* pauses left out */
  gint64  sum_steps; /* s */

  /* Learned from all blocks of a run. */
  double  known_tick;                          /* s; 0: not known */
  double  known_phase;                         /* s: of the first block within its second */
  guint   known_blocks;                        /* of which both are known */
  guint   n_first;                             /* blocks with the first stamp */
  gint64  last_learned;                        /* stamp */
  guint   n_learned;                           /* stamps */
  guint   median;                              /* s, of the steps, once there is one */
  guint   steps[SCOPE_CLOCK_LONGEST_STEP + 1]; /* how often a step of so many seconds came */
} ScopeClock;

gboolean scope_clock_learn (ScopeClock     *self,
                            gint64          stamp);
void     scope_clock_begin (ScopeClock     *self);
void     scope_clock_restart (ScopeClock       *self,
                              const ScopeClock *from);
double scope_clock_next (ScopeClock       *self,
                         gint64            stamp,
                         gboolean         *paused);
double scope_clock_guess (const ScopeClock *self,
                          gint64            stamp);
double scope_clock_tick (const ScopeClock *self);

G_END_DECLS
