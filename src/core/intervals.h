/* intervals.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For every block, the interval that a trailing window covers: at which block
 * it begins and how long it is.  The same for all endpoints, so it is worked
 * out once.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of blocks that lines join and windows may span.  A new one begins
 * at a new run and after a pause of the writer. */
typedef struct
{
  guint    first;     /* block */
  gboolean from_zero; /* counters were 0 one tick before it */
  gboolean is_run;    /* the start of a run, not the end of a pause */
  double   tick;      /* s */
} ScopeStretch;

#define SCOPE_BASE_NONE (-1) /* no interval ends at this block */
#define SCOPE_BASE_ZERO (-2) /* the interval begins where all counters were 0 */

typedef struct
{
  double  window;      /* s; 0: from one block to the next */
  guint   n;           /* blocks covered so far */
  guint   allocated;
  gint32 *base;        /* block, or SCOPE_BASE_ */
  double *duration;    /* s; 0 where no interval ends */
} ScopeIntervals;

void scope_intervals_init     (ScopeIntervals       *self,
                               double                window);
void scope_intervals_clear    (ScopeIntervals       *self);
void scope_intervals_truncate (ScopeIntervals       *self,
                               guint                 n);
void scope_intervals_extend   (ScopeIntervals       *self,
                               const double         *times,
                               guint                 n_blocks,
                               const ScopeStretch   *stretches,
                               guint                 n_stretches);

G_END_DECLS
