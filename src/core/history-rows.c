/* history-rows.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are sorted into columns here, and here it is decided which blocks
 * belong together: counters that fall, or rows that are missing from a whole
 * block, start a new run.  A block whose rest has not been read yet is
 * already part of the history; its endpoints' columns are one row shorter
 * until the rest comes.
 */
#include "history-private.h"

#include <math.h>

/* What a row holds beside its counters, in the one form or the other. */
typedef struct
{
  const double *plain;
  const guint8 *packed;
} RowValues;

/* Rows. */
#define PREFETCHED 6

/* How many times as many requests a block may have as those before it had. */
#define SAME_PACE 3

/* A block that is followed by another is whole: endpoints that have no row in
 * it are absent. */
void
scope_history_close_block (ScopeHistory *self)
{
  guint         n_blocks = self->times->len;
  ScopeStretch *last;
  gboolean      starts_run;

  if (n_blocks == 0 || self->rows_in_block == self->entries->len)
    return;
  last = &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);
  starts_run = last->is_run && last->first == n_blocks - 1;
  for (guint i = 0; i < self->entries->len; i++)
    {
      ScopeColumns *columns = scope_history_get_entry (self, i)->columns;

      if (columns->n_rows > 0 && columns->first + columns->n_rows < n_blocks)
        scope_columns_append_absent (columns, starts_run);
    }
}

static void
add_block (ScopeHistory   *self,
           const ScopeRow *row)
{
  scope_history_add_summary_rows (self);
  scope_history_close_block (self);
  scope_history_add_time (self, row->stamp, row->starts_run);
  if (row->starts_run)
    self->header_block = self->times->len - 1;
  g_array_append_val (self->users, row->users);
  self->rows_in_block = 0;
  self->block_is_whole = FALSE;
}

static double
get_value (ScopeHistory    *self,
           const ScopeRow  *row,
           const RowValues *values,
           guint            value)
{
  return row->is_packed ? scope_schema_unpack (self->schema, values->packed, value)
                        : values->plain[value];
}

/* A reset that the count has regrown past is proved by a maximum that falls
 * or a minimum that rises. */
static gboolean
has_fallen (ScopeHistory       *self,
            const ScopeColumns *columns,
            const ScopeRow     *row,
            const RowValues    *values)
{
  guint last = columns->n_rows - 1;

  if (columns->n_rows == 0 || scope_columns_get_count (columns, last) == 0)
    return FALSE;
  /* A row that could not be read has no minimum and no maximum. */
  return row->count < scope_columns_get_count (columns, last) ||
         (self->max_column >= 0 &&
          get_value (self, row, values, self->max_column) <
            scope_columns_get_latest (columns, self->max_column)) ||
         (self->min_column >= 0 &&
          get_value (self, row, values, self->min_column) >
            scope_columns_get_latest (columns, self->min_column));
}

/* Takes back the runs: what was taken for their starts is another process. */
static void
note_two_writers (ScopeHistory *self)
{
  self->two_writers = TRUE;
  g_array_set_size (self->stretches, 1);
  scope_history_changed_from (self, 0);
}

static void
note_fall (ScopeHistory *self,
           guint         block)
{
  double time = g_array_index (self->times, double, block);

  if (self->two_writers)
    return;
  scope_history_start_run (self);
  if (block == self->header_block)
    {
      self->header_block = G_MAXUINT;
      scope_history_set_from_zero (self, TRUE);
    }
  if (time == self->falls[0])
    return; /* another endpoint of the same block */
  for (guint i = SCOPE_MANY_FALLS - 1; i > 0; i--)
    self->falls[i] = self->falls[i - 1];
  self->falls[0] = time;
  if (time - self->falls[SCOPE_MANY_FALLS - 1] < SCOPE_FALLS_WITHIN_S)
    note_two_writers (self);
}

/* A file that begins in the middle of a test does not tell what its counters
 * were one tick before; nor were they 0 where a header stands between two parts
 * of one file, behind which counters go on at their pace. */
static gboolean
goes_on (ScopeHistory       *self,
         const ScopeColumns *columns,
         const ScopeRow     *row)
{
  guint   block = self->times->len - 1;
  guint64 before;

  if (block == 0)
    return row->count > 0;
  if (block != self->header_block || columns->n_rows == 0)
    return FALSE;
  before = scope_columns_get_count (columns, columns->n_rows - 1);
  return before > 0 && row->count - before <= SAME_PACE * (1 + before / columns->n_rows);
}

/* Where a file was cut within a block, that block's total is more than its rows,
 * and what the endpoints without a row had counted is not known. */
static void
note_cut (ScopeHistory      *self,
          ScopeHistoryEntry *entry,
          const ScopeRow    *row)
{
  guint block = self->times->len - 1;

  if (block == 0 && scope_endpoint_get_is_total (entry->endpoint))
    self->is_cut = row->count > self->count_in_first;
  else if (block == 0)
    self->count_in_first += row->count;
  else if (block == 1 && self->is_cut && entry->columns->n_rows == 0 &&
           self->n_own_endpoints > 0)
    entry->columns->is_partial = TRUE;
}

static gboolean
is_in_block_before (ScopeHistory *self,
                    ScopeHistoryEntry *entry)
{
  guint block = self->times->len - 1;

  return block > 0 && scope_columns_has_row (entry->columns, block - 1);
}

/* Whether endpoints that were in the block before are not in this one, now
 * that its total is known.  A row that could not be read is missing too, but
 * then the total counts requests that no row of the block does. */
static gboolean
some_row_vanished (ScopeHistory *self,
                   guint64       total)
{
  guint    block = self->times->len - 1;
  guint64  sum = 0;
  gboolean vanished = FALSE;

  if (self->rows_in_block >= self->entries->len)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      ScopeHistoryEntry *entry = scope_history_get_entry (self, i);
      gboolean present = scope_columns_has_row (entry->columns, block);

      if (entry->from_summary)
        continue;
      if (present && !scope_endpoint_get_is_total (entry->endpoint))
        sum += scope_columns_get_count (entry->columns, block - entry->columns->first);
      vanished |= !present && is_in_block_before (self, entry);
    }
  return vanished && total <= sum;
}

/* In a file of whole-run percentiles none is ever 0 after a request; in one
 * of sliding percentiles those of an endpoint's first row always are. */
static void
note_percentiles (ScopeHistory   *self,
                  const ScopeRow *row,
                  const RowValues *values)
{
  if (self->percentiles_slide || row->count == 0 || row->average < 1)
    return;
  if (self->percentile_column >= 0)
    self->percentiles_slide = get_value (self, row, values, self->percentile_column) == 0;
}

/* The total row is the last of its block. */
static void
end_block (ScopeHistory       *self,
           const ScopeRow     *row,
           const ScopeColumns *total)
{
  guint width;

  if (!self->two_writers && some_row_vanished (self, row->count))
    scope_history_start_run (self);
  scope_history_time_reset (self, total);
  self->last_total = row->count;
  self->block_is_whole = TRUE;
  scope_history_note_pace (self, scope_steps_add (&self->steps, row->count));
  width = scope_steps_get_width (&self->steps);
  if (self->intervals.smooth != width)
    {
      self->intervals.smooth = width;
      scope_history_changed_from (self, 0);
    }
}

/* An endpoint that only summaries knew has a row in the history. */
static void
take_over (ScopeHistory      *self,
           ScopeHistoryEntry *entry)
{
  entry->from_summary = FALSE;
  self->n_own_endpoints += !scope_endpoint_get_is_total (entry->endpoint);
  if (entry->columns->n_rows > 0)
    scope_history_changed_from (self, entry->columns->first);
  scope_columns_truncate (entry->columns, 0);
  entry->columns->is_partial = FALSE;
}

static void
add_row (ScopeHistory   *self,
         const ScopeRow *row,
         const RowValues *values)
{
  ScopeHistoryEntry *entry;
  guint  block;

  if (row->starts_block || self->times->len == 0)
    add_block (self, row);
  block = self->times->len - 1;

  entry = scope_history_get_entry (self, scope_history_make_entry (self, row->identity, FALSE));
  if (entry->from_summary)
    take_over (self, entry);
  if (entry->columns->n_rows == 0)
    entry->columns->first = block;
  g_assert (entry->columns->first + entry->columns->n_rows == block);

  if (has_fallen (self, entry->columns, row, values))
    note_fall (self, block);
  else if (goes_on (self, entry->columns, row))
    scope_history_set_from_zero (self, FALSE);
  note_cut (self, entry, row);
  if (row->is_packed)
    scope_columns_append_packed (entry->columns, row, values->packed);
  else
    scope_columns_append (entry->columns, row, values->plain);
  note_percentiles (self, row, values);
  self->rows_in_block++;
  if (scope_endpoint_get_is_total (entry->endpoint))
    end_block (self, row, entry->columns);
}

/* What nearly all rows are: FALSE where it is not, and nothing was done. */
static inline gboolean
add_usual_row (ScopeHistory    *self,
               const ScopeRow  *row,
               const RowValues *values)
{
  guint              block = self->times->len - 1;
  guint              position = g_array_index (self->by_identity, guint, row->identity);
  ScopeHistoryEntry *entry;

  if (!row->is_packed || row->starts_block || position == SCOPE_NO_ENTRY ||
      block <= 1 || block == self->header_block)
    return FALSE;
  entry = scope_history_get_entry (self, position);
  if (entry->is_total || entry->from_summary || entry->columns->n_rows == 0)
    return FALSE;
  g_assert (entry->columns->first + entry->columns->n_rows == block);
  if (!scope_columns_go_on (entry->columns, row, values->packed))
    return FALSE;
  note_percentiles (self, row, values);
  self->rows_in_block++;
  return TRUE;
}

/* What a row to come is put behind is in other lines of the cache. */
static inline void
prefetch (ScopeHistory   *self,
          const ScopeRow *row)
{
  guint         position = g_array_index (self->by_identity, guint, row->identity);
  const guint8 *columns;

  if (position == SCOPE_NO_ENTRY)
    return;
  columns = (const guint8 *) scope_history_get_entry (self, position)->columns;
  __builtin_prefetch (columns);
  __builtin_prefetch (columns + 64);
}

/**
 * scope_history_add_rows:
 * @self: the history
 * @blocks: a batch whose identities are known
 */
void
scope_history_add_rows (ScopeHistory *self,
                        ScopeBlocks  *blocks)
{
  RowValues       values = { (const double *) blocks->values->data, blocks->packed->data };
  const ScopeRow *rows = (const ScopeRow *) blocks->rows->data;
  guint           n = blocks->rows->len;

  for (guint i = 0; i < n; i++)
    {
      const ScopeRow *row = &rows[i];

      if (i + PREFETCHED < n)
        prefetch (self, &rows[i + PREFETCHED]);
      if (!add_usual_row (self, row, &values))
        add_row (self, row, &values);
      if (row->is_packed)
        values.packed += self->schema->packed_size;
      else if (values.plain != NULL) /* as it is without any values */
        values.plain += self->schema->n_values;
    }
}
