/* history-summary.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust writes its history to the disk every few seconds, but a summary of
 * the same counters every second: each summary is a block of the history
 * before its time.  So it stands at the end of the columns as if it were one,
 * unsettled, and is taken away when rows of the history come.  Where the
 * history holds the total alone, the rows of a summary become those of the
 * endpoints in the block that has the same total.
 */
#include "history-private.h"

#include <math.h>

/* s: twice the longest time between two flushes of Locust */
#define LATEST_S 20

#define MOST_SUMMARIES 64

/* A test that goes on has all its counters where they were or higher; rows
 * of another one wait for the history. */
static gboolean
goes_on (ScopeHistory      *self,
         const ScopeBlocks *summary)
{
  for (guint i = 0; i < summary->rows->len; i++)
    {
      const ScopeRow     *row = &g_array_index (summary->rows, ScopeRow, i);
      const ScopeColumns *columns =
        scope_history_get_entry (self, g_array_index (self->by_identity, guint, row->identity))
          ->columns;

      if (columns->n_rows > 0 && row->count < scope_columns_get_count (columns, columns->n_rows - 1))
        return FALSE;
    }
  return TRUE;
}

/* Whether endpoints that have no row before @block can have had requests: all
 * that could tell is the total. */
static gboolean
began_before_block (ScopeHistory *self,
                    guint         block)
{
  const ScopeStretch *last =
    &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);

  if (self->n_own_endpoints > 0 || (last->first == block && last->from_zero))
    return FALSE;
  return block == 0 || self->summary_block != block - 1;
}

/* Adds the rows of those endpoints that have none in the last block yet. */
static void
add_rows (ScopeHistory      *self,
          const ScopeBlocks *summary)
{
  guint              n_values = self->schema->n_values;
  g_autofree double *values = g_new (double, n_values + 1);
  guint              block = self->times->len - 1;
  gboolean           began_before = began_before_block (self, block);

  for (guint i = 0; i < summary->rows->len; i++)
    {
      const ScopeRow *row = &g_array_index (summary->rows, ScopeRow, i);
      ScopeColumns   *columns =
        scope_history_get_entry (self, g_array_index (self->by_identity, guint, row->identity))
          ->columns;

      if (columns->n_rows == 0)
        {
          columns->first = block;
          columns->began_before = began_before;
        }
      if (columns->first + columns->n_rows != block)
        continue;
      for (guint v = 0; v < n_values; v++)
        {
          values[v] = g_array_index (summary->values, double, (gsize) i *n_values + v);
          /* A summary's percentiles are of the whole run. */
          if (self->percentiles_slide && self->schema->values[v].kind == SCOPE_VALUE_PERCENTILE)
            values[v] = NAN;
        }
      scope_columns_append (columns, row, values);
      self->rows_in_block++;
    }
  self->summary_block = block;
}

static gint64
get_second (const ScopeBlocks *summary)
{
  return summary->summary_us / G_USEC_PER_SEC;
}

/* Where the history has the total alone, its endpoints' rows come from the
 * summary that was written with the last block.  Both are written without any
 * request in between, so their totals are the same. */
void
scope_history_add_summary_rows (ScopeHistory *self)
{
  const ScopeBlocks *nearest = NULL;
  gint64             stamp;

  if (self->n_own_endpoints > 0 || !self->block_is_whole || self->two_writers)
    return;
  stamp = g_array_index (self->stamps, gint64, self->stamps->len - 1);
  for (GList *l = self->summaries.head; l != NULL; l = l->next)
    {
      const ScopeBlocks *summary = l->data;
      const ScopeRow *last = &g_array_index (summary->rows, ScopeRow, summary->rows->len - 1);

      if (last->count == self->last_total && ABS (get_second (summary) - stamp) <= LATEST_S &&
          (nearest == NULL ||
           ABS (get_second (summary) - stamp) <= ABS (get_second (nearest) - stamp)))
        nearest = summary;
    }
  if (nearest != NULL)
    add_rows (self, nearest);
}

/* Takes away what the history's own rows replace. */
void
scope_history_drop_unsettled (ScopeHistory *self)
{
  if (self->n_settled == 0)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    {
      ScopeHistoryEntry *entry = scope_history_get_entry (self, i);

      scope_columns_truncate (entry->columns, entry->n_settled);
    }
  g_array_set_size (self->times, self->n_settled);
  g_array_set_size (self->counted, self->n_settled);
  g_array_set_size (self->stamps, self->n_settled);
  g_array_set_size (self->users, self->n_settled);
  self->rows_in_block = self->rows_in_settled;
  self->summary_block = self->summary_block_settled;
}

static void
settle (ScopeHistory *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      ScopeHistoryEntry *entry = scope_history_get_entry (self, i);

      entry->n_settled = entry->columns->n_rows;
    }
  self->n_settled = self->times->len;
  self->rows_in_settled = self->rows_in_block;
  self->summary_block_settled = self->summary_block;
}

/* A block that is not whole yet is filled up from the summary that was
 * written with it: the rows that it has are the same there. */
static gboolean
is_of_last_block (ScopeHistory      *self,
                  const ScopeBlocks *summary)
{
  guint block = self->times->len - 1;

  if (ABS (get_second (summary) - g_array_index (self->stamps, gint64, block)) > 1)
    return FALSE;
  for (guint i = 0; i < summary->rows->len; i++)
    {
      const ScopeRow     *row = &g_array_index (summary->rows, ScopeRow, i);
      const ScopeColumns *columns =
        scope_history_get_entry (self, g_array_index (self->by_identity, guint, row->identity))
          ->columns;

      if (scope_columns_has_row (columns, block) &&
          scope_columns_get_count (columns, block - columns->first) != row->count)
        return FALSE;
    }
  return TRUE;
}

static void
add_block (ScopeHistory      *self,
           const ScopeBlocks *summary)
{
  gint64  stamp = get_second (summary);
  double  time = scope_clock_guess (&self->clock, stamp);
  double  length = scope_history_get_block_length (self);
  double  last = g_array_index (self->times, double, self->times->len - 1);
  double  counted = g_array_index (self->counted, double, self->counted->len - 1);
  guint32 users = g_array_index (self->users, guint32, self->users->len - 1);

  if (time <= last)
    return;
  counted += length * MAX (1, round ((time - last) / scope_clock_tick (&self->clock)));
  scope_history_close_block (self);
  g_array_append_val (self->times, time);
  g_array_append_val (self->counted, counted);
  g_array_append_val (self->stamps, stamp);
  g_array_append_val (self->users, users);
  self->rows_in_block = 0;
  add_rows (self, summary);
}

/* Extends the columns by what summaries say that is newer. */
void
scope_history_add_unsettled (ScopeHistory *self)
{
  scope_history_add_summary_rows (self);
  settle (self);
  if (self->n_settled == 0 || self->two_writers)
    return;
  for (GList *l = self->summaries.head; l != NULL; l = l->next)
    {
      const ScopeBlocks *summary = l->data;
      gint64             last = g_array_index (self->stamps, gint64, self->stamps->len - 1);

      if (self->times->len == self->n_settled && is_of_last_block (self, summary))
        add_rows (self, summary);
      else if (get_second (summary) > last && get_second (summary) <= last + LATEST_S &&
               goes_on (self, summary))
        add_block (self, summary);
    }
}

/* Keeps a summary for as long as its block can still come. */
void
scope_history_keep_summary (ScopeHistory *self,
                            ScopeBlocks  *summary)
{
  g_queue_push_tail (&self->summaries, scope_blocks_ref (summary));
  if (self->summaries.length > MOST_SUMMARIES)
    scope_blocks_unref (g_queue_pop_head (&self->summaries));
}

/**
 * scope_history_get_n_own_rows:
 * @self: the history
 * @position: of an endpoint in the list model
 *
 * Returns: how many of its rows are those of the history; what follows is of
 *   the summary beside it
 */
guint
scope_history_get_n_own_rows (ScopeHistory *self,
                              guint         position)
{
  ScopeHistoryEntry *entry;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  g_return_val_if_fail (position < self->entries->len, 0);

  entry = scope_history_get_entry (self, position);
  return entry->from_summary ? 0 : entry->n_settled;
}
