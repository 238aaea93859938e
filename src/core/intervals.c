/* intervals.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The interval that ends at a block begins at the block whose distance comes
 * nearest to the window, but never before the block's own stretch.
 *
 * Where counters move in steps of several blocks, as the workers of a
 * distributed run report, a difference of two of them depends on how many
 * steps happen to lie between.  Averaged over the blocks of one step they
 * rise evenly, whatever the phases of the workers.  For rates no window begins
 * before the first whole step: a run's first reports may be of requests before
 * it, and how much of a step they are is not known.
 */
#include "intervals.h"

#include <math.h>

/**
 * scope_intervals_init:
 * @self: uninitialised storage
 * @window: length in seconds; 0 for one block
 * @smooth: over how many blocks counters are averaged at both ends; 1 for
 *   counters that move with every block
 */
void
scope_intervals_init (ScopeIntervals *self,
                      double          window,
                      guint           smooth)
{
  *self = (ScopeIntervals){ .window = window, .smooth = smooth };
}

void
scope_intervals_clear (ScopeIntervals *self)
{
  g_clear_pointer (&self->blocks, g_free);
  self->n = self->allocated = 0;
}

/* Forgets what was worked out for block @n and those after it. */
void
scope_intervals_truncate (ScopeIntervals *self,
                          guint           n)
{
  self->n = MIN (self->n, n);
}

/* The time at which the interval from @base on begins. */
static double
base_time (const double       *times,
           const ScopeStretch *stretch,
           gint32              base)
{
  return base == SCOPE_BASE_ZERO ? times[stretch->first] - stretch->tick : times[base];
}

static gint32
next_base (const ScopeStretch *stretch,
           gint32              base)
{
  return base == SCOPE_BASE_ZERO ? (gint32) stretch->first : base + 1;
}

/* Where the first window of a stretch that rates can be told from begins.  A
 * file whose counters are 0 begins before the first report. */
static gint32
first_base (const ScopeIntervals *self,
            const ScopeStretch   *stretch)
{
  return stretch->from_zero && (self->smooth == 1 || stretch->first == 0)
           ? SCOPE_BASE_ZERO
           : (gint32) (stretch->first + self->smooth - 1);
}

static gint32
find_base (const ScopeIntervals *self,
           const double         *times,
           const ScopeStretch   *stretch,
           guint                 block,
           gint32                start)
{
  gint32 base = start;

  for (;;)
    {
      gint32 next = next_base (stretch, base);
      double wanted = times[block] - self->window;

      if (next >= (gint32) block)
        return base;
      if (self->window > 0 &&
          fabs (base_time (times, stretch, next) - wanted) >=
            fabs (base_time (times, stretch, base) - wanted))
        return base;
      base = next;
    }
}

/**
 * scope_intervals_extend:
 * @self: the intervals
 * @times: when each block was written, or how much of the run its counters
 *   cover, in seconds, never falling
 * @n_blocks: the number of blocks
 * @stretches: ordered by their first block; the first begins at block 0
 * @n_stretches: their number
 *
 * Works out the intervals of the blocks that were not yet covered.
 */
void
scope_intervals_extend (ScopeIntervals     *self,
                        const double       *times,
                        guint               n_blocks,
                        const ScopeStretch *stretches,
                        guint               n_stretches)
{
  guint  s;
  gint32 base;

  self->times = times;
  if (self->n >= n_blocks)
    return;
  if (n_blocks > self->allocated)
    {
      self->allocated = MAX (n_blocks, self->allocated + self->allocated / 2);
      self->blocks = g_renew (ScopeInterval, self->blocks, self->allocated);
    }

  for (s = n_stretches - 1; s > 0 && stretches[s].first > self->n; s--)
    ;
  base = first_base (self, &stretches[s]);
  if (self->n > stretches[s].first && (gint32) self->n - 1 > base)
    base = self->blocks[self->n - 1].base;

  for (guint b = self->n; b < n_blocks; b++)
    {
      const ScopeStretch *stretch;

      if (s + 1 < n_stretches && stretches[s + 1].first == b)
        s++;
      stretch = &stretches[s];
      if (b == stretch->first)
        base = first_base (self, stretch);
      self->blocks[b] = (ScopeInterval){ .base = SCOPE_BASE_NONE, .stretch = stretch->first };
      if ((gint32) b > base)
        {
          base = find_base (self, times, stretch, b, base);
          self->blocks[b].base = base;
          self->blocks[b].duration = times[b] - base_time (times, stretch, base);
        }
      else if (b > stretch->first)
        {
          self->blocks[b].base = (gint32) stretch->first;
        }
    }
  self->n = n_blocks;
}
