/* history-runs.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runs of the counters: which blocks they have, and when their tests began.
 */
#include "history-private.h"

static guint
find_run (ScopeHistory *self,
          guint         run,
          guint        *n_runs)
{
  guint first = self->times->len;

  *n_runs = 0;
  for (guint i = 0; i < self->stretches->len; i++)
    {
      const ScopeStretch *stretch = &g_array_index (self->stretches, ScopeStretch, i);

      if (stretch->is_run && (*n_runs)++ == run)
        first = stretch->first;
    }
  return first;
}

/* How often the counters started. */
guint
scope_history_get_n_runs (ScopeHistory *self)
{
  guint n_runs;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  find_run (self, 0, &n_runs);
  return n_runs;
}

/* The blocks of a run, counted from 0. */
ScopeRun
scope_history_get_run (ScopeHistory *self,
                       guint         run)
{
  guint n_runs;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), (ScopeRun){ 0 });
  return (ScopeRun){ .first = find_run (self, run, &n_runs),
                     .end = find_run (self, run + 1, &n_runs) };
}

/* The run that a block belongs to, counted from 0. */
guint
scope_history_find_run (ScopeHistory *self,
                        guint         block)
{
  guint n = 0;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  for (guint i = 0; i < self->stretches->len; i++)
    {
      const ScopeStretch *stretch = &g_array_index (self->stretches, ScopeStretch, i);

      if (stretch->first > block)
        break;
      n += stretch->is_run;
    }
  return MAX (n, 1) - 1;
}

/* The first block of the run by which @columns have a request, or the one after
 * its last. */
static guint
find_first_request (const ScopeColumns *columns,
                    ScopeRun            run)
{
  guint low = run.first > columns->first ? run.first - columns->first : 0;
  guint end = run.end > columns->first ? MIN (run.end - columns->first, columns->n_rows) : 0;
  guint high = end;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (scope_columns_get_count (columns, middle) > 0)
        high = middle;
      else
        low = middle + 1;
    }
  return low < end ? columns->first + low : run.end;
}

/* The first block of the run with a request, or the one after its last.  The
 * total has all requests; without one each endpoint is asked. */
static guint
find_first_block (ScopeHistory *self,
                  ScopeRun      run)
{
  guint first = run.end;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const ScopeHistoryEntry *entry = scope_history_get_entry (self, i);
      const ScopeColumns      *columns = entry->columns;

      if (entry->is_total && scope_columns_has_row (columns, run.first))
        return find_first_request (columns, run);
    }
  for (guint i = 0; i < self->entries->len && first > run.first; i++)
    first = MIN (first, find_first_request (scope_history_get_entry (self, i)->columns, run));
  return first;
}

/**
 * scope_history_find_first_request:
 * @self: the history
 * @run: counted from 0
 * @block: (out): the first block of the run by which there was a request
 *
 * Takes the longer the more endpoints there are, but not the more blocks.
 *
 * Returns: whether there was any
 */
gboolean
scope_history_find_first_request (ScopeHistory *self,
                                  guint         run,
                                  guint        *block)
{
  ScopeRun blocks = scope_history_get_run (self, run);

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);

  *block = find_first_block (self, blocks);
  return *block < blocks.end;
}

/**
 * scope_history_get_run_start:
 * @self: the history
 * @run: counted from 0
 *
 * Rows that were written before a test began belong to its run; the time that
 * has passed is counted from its first request.
 *
 * Returns: seconds since the epoch: the last moment known without a request
 */
double
scope_history_get_run_start (ScopeHistory *self,
                             guint         run)
{
  ScopeRun      blocks = scope_history_get_run (self, run);
  const double *times = scope_history_get_times (self);
  guint         first;

  g_return_val_if_fail (blocks.first < blocks.end, 0);

  if (!scope_history_find_first_request (self, run, &first))
    return times[blocks.first];
  if (first > blocks.first)
    return times[first - 1];
  for (guint i = 0; i < self->stretches->len; i++)
    {
      const ScopeStretch *stretch = &g_array_index (self->stretches, ScopeStretch, i);

      if (stretch->first == first && stretch->from_zero)
        return times[first] - stretch->tick;
    }
  return times[first];
}
