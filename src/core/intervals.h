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
  gboolean from_zero; /* counters were 0 a tick before it */
  gboolean is_run;    /* the start of a run, not the end of a pause */
  double   tick;      /* s: how long before it that was */
  double   part;      /* the same in ticks: mostly 1 */
} ScopeStretch;

#define SCOPE_BASE_NONE (-1) /* no interval ends at this block */
#define SCOPE_BASE_ZERO (-2) /* the interval begins where all counters were 0 */

/* What the trailing window that ends at a block covers. */
typedef struct
{
  gint32  base;     /* block, or SCOPE_BASE_ */
  guint32 stretch;  /* the first block of the stretch */
  double  duration; /* s; 0 where no interval ends, or none that rates can be told from */
} ScopeInterval;

typedef struct
{
  double         window;    /* s; 0: from one block to the next */
  guint          smooth;    /* blocks over which counters are averaged at both ends, from 1 */
  guint          n;         /* blocks covered so far */
  guint          allocated;
  ScopeInterval *blocks;
  const double  *times;     /* borrowed: s, of the blocks */
} ScopeIntervals;

void scope_intervals_init     (ScopeIntervals       *self,
                               double                window,
                               guint                 smooth);
void scope_intervals_clear    (ScopeIntervals       *self);
void scope_intervals_truncate (ScopeIntervals       *self,
                               guint                 n);
void scope_intervals_extend   (ScopeIntervals       *self,
                               const double         *times,
                               guint                 n_blocks,
                               const ScopeStretch   *stretches,
                               guint                 n_stretches);

/* The first block that was not written before @time, or @n_blocks; times rise. */
static inline guint
scope_times_find (const double *times,
                  guint         n_blocks,
                  double        time)
{
  guint low = 0, high = n_blocks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (times[middle] < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

G_END_DECLS
