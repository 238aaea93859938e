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

/* A history that is flushed less often than that is shown without them. */
#define MOST_SUMMARIES 600

/* µs: a summary is written right after the time was asked for its block. */
#define WRITING_US 20000

static gint64
get_second (const ScopeBlocks *summary)
{
  return summary->summary_us / G_USEC_PER_SEC;
}

/* Whether a block of that stamp can have been written with the summary. */
static gboolean
is_written_with (const ScopeBlocks *summary,
                 gint64             stamp)
{
  return get_second (summary) == stamp ||
         (get_second (summary) == stamp + 1 && summary->summary_us % G_USEC_PER_SEC < WRITING_US);
}

static gint64
get_last_stamp (ScopeHistory *self)
{
  return g_array_index (self->stamps, gint64, self->stamps->len - 1);
}

/* (nullable): of what a row of a summary is of. */
static const ScopeColumns *
find_columns (ScopeHistory   *self,
              const ScopeRow *row)
{
  guint position = g_array_index (self->by_identity, guint, row->identity);

  return position == SCOPE_NO_ENTRY ? NULL : scope_history_get_entry (self, position)->columns;
}

/* A test that goes on has all its endpoints, and all counters where they were
 * or higher; rows of another one wait for the history. */
static gboolean
goes_on (ScopeHistory      *self,
         const ScopeBlocks *summary)
{
  guint n_counting = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const ScopeColumns *columns = scope_history_get_entry (self, i)->columns;

      n_counting +=
        columns->n_rows > 0 && scope_columns_get_count (columns, columns->n_rows - 1) > 0;
    }
  for (guint i = 0; i < summary->rows->len; i++)
    {
      const ScopeRow     *row = &g_array_index (summary->rows, ScopeRow, i);
      const ScopeColumns *columns = find_columns (self, row);
      guint64             before = 0;

      if (columns != NULL && columns->n_rows > 0)
        before = scope_columns_get_count (columns, columns->n_rows - 1);
      if (row->count < before)
        return FALSE;
      n_counting -= before > 0;
    }
  return n_counting == 0;
}

/* Whether endpoints that have no row before @block have had no request: only
 * where the history has but the total can it be otherwise. */
static gboolean
was_zero_before (ScopeHistory *self,
                 guint         block)
{
  const ScopeStretch *last =
    &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);

  return self->n_own_endpoints > 0 || (last->first == block && last->from_zero) ||
         (block > 0 && self->summary_block == block - 1);
}

static void
add_row (ScopeHistory      *self,
         const ScopeBlocks *summary,
         guint              i,
         gboolean           was_zero)
{
  const ScopeRow *row = &g_array_index (summary->rows, ScopeRow, i);
  guint           position = scope_history_make_entry (self, row->identity, TRUE);
  ScopeColumns   *columns = scope_history_get_entry (self, position)->columns;
  guint           n_values = self->schema->n_values;
  guint           block = self->times->len - 1;
  double          values[SCOPE_MAX_VALUES];

  if (columns->n_rows == 0)
    {
      columns->first = block;
      columns->is_partial = self->n_own_endpoints == 0;
      columns->was_zero = was_zero;
    }
  if (columns->first + columns->n_rows != block)
    return;
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

/* Adds the rows of those endpoints that have none in the last block yet. */
static void
add_rows (ScopeHistory      *self,
          const ScopeBlocks *summary)
{
  gboolean was_zero = was_zero_before (self, self->times->len - 1);

  for (guint i = 0; i < summary->rows->len; i++)
    add_row (self, summary, i, was_zero);
  self->summary_block = self->times->len - 1;
}

/* Where the history has the total alone, its endpoints' rows come from the
 * summary that was written with the last block.  Both are written without any
 * request in between, so their totals are the same. */
void
scope_history_add_summary_rows (ScopeHistory *self)
{
  if (self->n_own_endpoints > 0 || !self->block_is_whole || self->two_writers)
    return;
  for (GList *l = self->summaries.head; l != NULL; l = l->next)
    {
      const ScopeBlocks *summary = l->data;
      const ScopeRow *last = &g_array_index (summary->rows, ScopeRow, summary->rows->len - 1);

      if (last->count == self->last_total && is_written_with (summary, get_last_stamp (self)))
        add_rows (self, summary);
    }
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

/* Summaries of blocks that have come are of no more use. */
static void
forget_summaries (ScopeHistory *self)
{
  while (self->summaries.length > 0 &&
         (self->summaries.length > MOST_SUMMARIES ||
          get_second (self->summaries.head->data) < get_last_stamp (self) - 1))
    scope_blocks_unref (g_queue_pop_head (&self->summaries));
}

/* Whether the rows that the last block has are the same in the summary. */
static gboolean
is_same_block (ScopeHistory      *self,
               const ScopeBlocks *summary)
{
  guint block = self->times->len - 1;

  for (guint i = 0; i < summary->rows->len; i++)
    {
      const ScopeRow     *row = &g_array_index (summary->rows, ScopeRow, i);
      const ScopeColumns *columns = find_columns (self, row);

      if (columns != NULL && scope_columns_has_row (columns, block) &&
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

static void
add_unsettled (ScopeHistory      *self,
               const ScopeBlocks *summary)
{
  gint64 last = get_last_stamp (self);

  /* A block whose rest has not come yet is filled up from the summary that was
   * written with it. */
  if (is_written_with (summary, last) && is_same_block (self, summary))
    {
      if (!self->block_is_whole && self->times->len == self->n_settled)
        add_rows (self, summary);
    }
  else if (get_second (summary) > last && get_second (summary) <= last + LATEST_S &&
           goes_on (self, summary))
    {
      add_block (self, summary);
    }
}

/* Extends the columns, of which all rows are settled, by what summaries say
 * that is newer. */
void
scope_history_add_unsettled (ScopeHistory *self)
{
  if (self->times->len == 0)
    return;
  scope_history_add_summary_rows (self);
  settle (self);
  forget_summaries (self);
  for (GList *l = self->summaries.head; l != NULL && !self->two_writers; l = l->next)
    add_unsettled (self, l->data);
}

/**
 * scope_history_take_summary:
 * @self: the history
 * @summary: rows of the summary beside it
 */
void
scope_history_take_summary (ScopeHistory *self,
                            ScopeBlocks  *summary)
{
  gboolean is_newest = self->summaries.length == 0 ||
                       get_second (summary) >= get_second (self->summaries.tail->data);

  if (self->n_settled == 0)
    return;
  g_queue_push_tail (&self->summaries, scope_blocks_ref (summary));
  if (is_newest && self->summaries.length < MOST_SUMMARIES &&
      !is_written_with (summary, g_array_index (self->stamps, gint64, self->n_settled - 1)))
    {
      add_unsettled (self, summary);
      return;
    }
  scope_history_drop_unsettled (self);
  self->first_changed = self->n_settled - 1;
  scope_history_add_unsettled (self);
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
