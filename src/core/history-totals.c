/* history-totals.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was counted between two times.
 */
#include "history-private.h"

/* A run begins with the first block of @stretch, and its counters were 0. */
static gboolean
starts_from_zero (ScopeHistory *self,
                  guint         block)
{
  for (guint i = 0; i < self->stretches->len; i++)
    {
      const ScopeStretch *stretch = &g_array_index (self->stretches, ScopeStretch, i);

      if (stretch->first >= block)
        return stretch->first == block && stretch->from_zero;
    }
  return FALSE;
}

/**
 * scope_history_find_blocks:
 * @self: the history
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 * @first: (out): the first block that stands for time between the two
 * @after_last: (out): the block after the last
 *
 * Each block stands for the time since the block before it, which must not be
 * earlier than @start; a run that begins between the two is counted from its
 * zero, which lies a moment before its first block.  So between the times of
 * two blocks is the difference of their counters, and between the first and
 * the last block of a run all of it.
 *
 * Returns: whether there is any
 */
gboolean
scope_history_find_blocks (ScopeHistory *self,
                           double        start,
                           double        end,
                           guint        *first,
                           guint        *after_last)
{
  const double *times;
  guint         n, last;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);

  times = (const double *) self->times->data;
  n = self->times->len;
  *first = scope_times_find (times, n, start);
  last = scope_times_find (times, n, end);
  *after_last = last < n && times[last] == end ? last + 1 : last;
  if (*first < *after_last && !starts_from_zero (self, *first))
    *first += 1;
  return *first < *after_last;
}

/**
 * scope_history_get_totals:
 * @self: the history
 * @position: of the endpoint in the list model
 * @first: the first block
 * @end: the block after the last
 *
 * Takes no more time for many blocks than for a few.
 *
 * Returns: what was counted after block @first - 1, or since the start of a
 *   run, up to block @end - 1; its requests are NaN if nothing is known, as
 *   where two processes wrote to the file
 */
ScopeTotals
scope_history_get_totals (ScopeHistory *self,
                          guint         position,
                          guint         first,
                          guint         end)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), SCOPE_TOTALS_UNKNOWN);
  g_return_val_if_fail (position < self->entries->len, SCOPE_TOTALS_UNKNOWN);

  if (self->two_writers)
    return SCOPE_TOTALS_UNKNOWN;
  return scope_totals_compute (scope_history_get_entry (self, position)->columns,
                               &self->intervals, (const ScopeStretch *) self->stretches->data,
                               self->stretches->len, first, MIN (end, self->times->len));
}
