/* excess.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A value tells of the time from the block before to its own; so long it was
 * above, and no pause and no gap is counted.
 */
#include "excess.h"

#include <math.h>

#define CHUNK 256

typedef struct
{
  const double       *times;
  const ScopeStretch *stretches;
  guint               n_stretches;
  guint               at; /* the stretch of the last block that was asked for */
} Lengths;

/* The s from the block before to @block; blocks are asked for in their order. */
static double
get_length (Lengths *self,
            guint    block)
{
  while (self->at + 1 < self->n_stretches && self->stretches[self->at + 1].first <= block)
    self->at++;
  if (block == 0 || (self->n_stretches > 0 && block == self->stretches[self->at].first))
    return self->n_stretches > 0 ? self->stretches[self->at].tick : 0;
  return self->times[block] - self->times[block - 1];
}

static void
add_value (ScopeExcess *self,
           Lengths     *lengths,
           guint        block,
           float        value,
           float        bound)
{
  gboolean was_above = self->is_above;

  self->n_values += !isnan (value);
  self->is_above = value > bound; /* never true of a gap */
  if (!self->is_above)
    return;
  if (self->n_above == 0)
    {
      self->first = block;
      self->first_value = value;
    }
  if (!was_above)
    self->since = block;
  if (self->n_above == 0 || value > self->highest)
    {
      self->highest = value;
      self->at_highest = block;
    }
  self->last = block;
  self->n_above++;
  self->seconds += get_length (lengths, block);
}

/* Nothing is known yet of the blocks from @first on. */
void
scope_excess_fold_init (ScopeExcessFold *self,
                        guint            first)
{
  *self = (ScopeExcessFold){ .early_end = first, .end = first };
}

/* Goes on to @end from what is known earlier. */
static void
go_on (ScopeExcess   *self,
       ScopeHistory  *history,
       guint          position,
       ScopeStatistic statistic,
       float          bound,
       guint          from,
       guint          end)
{
  Lengths lengths = { .times = scope_history_get_times (history) };
  float   values[CHUNK];

  lengths.stretches = scope_history_get_stretches (history, &lengths.n_stretches);
  for (; from < end; from = MIN (from + CHUNK, end))
    {
      guint n = MIN (end - from, CHUNK);

      scope_history_read_values (history, position, statistic, from, from + n, values);
      for (guint i = 0; i < n; i++)
        add_value (self, &lengths, from + i, values[i], bound);
    }
}

/**
 * scope_excess_fold_extend:
 * @self: of blocks that have not changed but for the last SCOPE_EXCESS_KEPT
 * @history: the history
 * @position: of the endpoint
 * @statistic: what is limited
 * @bound: a value above is an excess; it is compared as series keep values, so
 *   that 0.1 is not above 0.1
 * @end: the block after the last that counts
 */
void
scope_excess_fold_extend (ScopeExcessFold *self,
                          ScopeHistory    *history,
                          guint            position,
                          ScopeStatistic   statistic,
                          double           bound,
                          guint            end)
{
  guint early_end = end > SCOPE_EXCESS_KEPT ? end - SCOPE_EXCESS_KEPT : 0;

  if (early_end > self->early_end)
    {
      go_on (&self->early, history, position, statistic, (float) bound, self->early_end, early_end);
      self->early_end = early_end;
    }
  self->now = self->early;
  go_on (&self->now, history, position, statistic, (float) bound, self->early_end, end);
  self->end = end;
}
