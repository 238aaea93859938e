/* steps.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tells counters that move in steps of several blocks, as those of a
 * distributed run do, from counters that move with every block.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Workers report every 3 s, a block is written every second. */
#define SCOPE_STEP_BLOCKS 3

/* The middle one is judged by two neighbours on either side. */
#define SCOPE_STEPS_COMPARED 5
#define SCOPE_PACE_DELAY     (SCOPE_STEPS_COMPARED / 2)

typedef struct
{
  guint   n;                             /* counts since the last fall */
  guint64 last;
  gint64  growth[SCOPE_STEP_BLOCKS];     /* of the latest blocks */
  gint64  step[SCOPE_STEPS_COMPARED];    /* growth over a step, of the latest blocks */
  guint   n_compared;
  guint64 requests;                      /* in the blocks that were compared */
  double  change[SCOPE_STEP_BLOCKS + 1]; /* sums of how growth differs from that of 1, 2, 3
                                          * blocks before */
} ScopeSteps;

double scope_steps_add       (ScopeSteps       *self,
                              guint64           count);
guint  scope_steps_get_width (const ScopeSteps *self);

G_END_DECLS
