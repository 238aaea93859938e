/* history-append.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A batch is taken in: who is new in it, what else it says of the file, and
 * what was worked out before and does not hold any more.  Its rows are sorted
 * in by history-rows.c.
 */
#include "history-private.h"

#include <string.h>

static char *
make_key (const char *type,
          const char *name)
{
  return g_strconcat (type, "\n", name, NULL);
}

/**
 * scope_history_make_entry:
 * @self: the history
 * @identity: as the feed counts them
 * @from_summary: whether its first row is that of a summary
 *
 * Returns: the position of its entry, which is made if there is none yet
 */
guint
scope_history_make_entry (ScopeHistory *self,
                          guint32       identity,
                          gboolean      from_summary)
{
  guint               *position = &g_array_index (self->by_identity, guint, identity);
  const ScopeIdentity *who = g_ptr_array_index (self->identities, identity);
  g_autofree char     *key = NULL;
  ScopeHistoryEntry   *entry;
  ScopeEndpoint       *endpoint;

  if (*position != SCOPE_NO_ENTRY)
    return *position;
  key = make_key (who->type, who->name);
  /* Two names that could not be decoded can look alike. */
  while (!g_hash_table_add (self->keys, g_strdup (key)))
    {
      g_autofree char *shorter = g_steal_pointer (&key);

      key = g_strconcat (shorter, "\n", NULL);
    }
  endpoint = g_hash_table_lookup (self->known, key);
  if (!who->is_total)
    self->n_endpoints++;
  if (!who->is_total && !from_summary)
    self->n_own_endpoints++;
  if (endpoint == NULL)
    {
      endpoint = scope_endpoint_new (who->type, who->name, who->is_total, self->slots,
                                     self->n_endpoints <= SCOPE_SHOWN_BY_DEFAULT);
      g_hash_table_insert (self->known, g_steal_pointer (&key), endpoint);
    }
  entry = g_new0 (ScopeHistoryEntry, 1);
  entry->endpoint = g_object_ref (endpoint);
  entry->columns = scope_columns_new (0, self->schema, &self->arena); /* first: at its first row */
  entry->series = scope_series_cache_new ();
  entry->is_total = who->is_total;
  entry->from_summary = from_summary;
  g_ptr_array_add (self->entries, entry);
  *position = self->entries->len - 1;
  scope_history_own_endpoint (self, *position);
  return *position;
}

static void
note_identities (ScopeHistory *self,
                 ScopeBlocks  *blocks)
{
  guint none = SCOPE_NO_ENTRY;

  for (guint i = 0; i < blocks->identities->len; i++)
    {
      g_ptr_array_add (self->identities,
                       scope_identity_copy (g_ptr_array_index (blocks->identities, i)));
      g_array_append_val (self->by_identity, none);
    }
}

/* Notes that nothing worked out for @block or later ones holds any more. */
void
scope_history_changed_from (ScopeHistory *self,
                            guint         block)
{
  self->first_changed = MIN (self->first_changed, block);
  scope_intervals_truncate (&self->intervals, block);
}

/* The file was begun anew: only the user's choices stay. */
static void
forget_samples (ScopeHistory *self)
{
  guint n = self->entries->len;

  scope_history_disown_endpoints (self);
  g_ptr_array_set_size (self->entries, 0);
  scope_arena_clear (&self->arena);
  scope_arena_init (&self->arena);
  g_hash_table_remove_all (self->keys);
  g_array_set_size (self->order, 0);
  g_array_set_size (self->by_identity, 0);
  g_ptr_array_set_size (self->identities, 0);
  g_array_set_size (self->times, 0);
  g_array_set_size (self->counted, 0);
  g_array_set_size (self->stamps, 0);
  g_array_set_size (self->users, 0);
  g_array_set_size (self->stretches, 0);
  g_array_set_size (self->bad, 0);
  scope_intervals_clear (&self->intervals);
  g_clear_pointer (&self->schema, scope_schema_unref);
  self->percentiles_slide = FALSE;
  self->two_writers = FALSE;
  memset (self->falls, 0, sizeof self->falls);
  self->clock = self->timed_clock = (ScopeClock){ 0 };
  self->timed_from = 0;
  self->header_block = G_MAXUINT;
  self->is_cut = FALSE;
  self->count_in_first = 0;
  self->steps = (ScopeSteps){ 0 };
  self->intervals.smooth = 1;
  self->log_run = 0;
  self->run = -1;
  self->n_settled = 0;
  self->summary_block = self->summary_block_settled = G_MAXUINT;
  self->block_is_whole = FALSE;
  self->n_own_endpoints = 0;
  g_queue_clear_full (&self->summaries, (GDestroyNotify) scope_blocks_unref);
  self->n_bad = 0;
  self->n_endpoints = 0;
  self->first_changed = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static void
note_bad_rows (ScopeHistory *self,
               ScopeBlocks  *blocks)
{
  self->n_bad += blocks->n_bad;
  for (guint i = 0; i < blocks->bad->len && self->bad->len < SCOPE_BAD_ROWS_KEPT; i++)
    {
      ScopeBadRow bad = g_array_index (blocks->bad, ScopeBadRow, i);

      bad.reason = g_strdup (bad.reason);
      g_array_append_val (self->bad, bad);
    }
}

/* Series that were worked out beyond what has changed are cut there. */
static void
truncate_series (ScopeHistory *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      ScopeHistoryEntry *entry = scope_history_get_entry (self, i);
      guint  keep = self->first_changed > entry->columns->first
                      ? self->first_changed - entry->columns->first
                      : 0;

      scope_series_cache_truncate (entry->series, keep);
    }
}

/* Works out the windows of blocks that are new or have changed. */
void
scope_history_extend_intervals (ScopeHistory *self)
{
  GArray *times = self->intervals.smooth > 1 ? self->counted : self->times;

  if (times->len == 0)
    return;
  scope_intervals_extend (&self->intervals, (const double *) times->data, times->len,
                          (const ScopeStretch *) self->stretches->data, self->stretches->len);
}

static void
take_schema (ScopeHistory *self,
             ScopeSchema  *schema)
{
  self->schema = scope_schema_ref (schema);
  self->min_column = self->max_column = self->percentile_column = -1;
  for (guint i = 0; i < schema->n_values; i++)
    if (schema->values[i].kind == SCOPE_VALUE_MIN)
      self->min_column = (int) i;
    else if (schema->values[i].kind == SCOPE_VALUE_MAX)
      self->max_column = (int) i;
    else if (schema->values[i].kind == SCOPE_VALUE_PERCENTILE && self->percentile_column < 0 &&
             scope_schema_keeps (schema, i))
      self->percentile_column = (int) i;
}

/**
 * scope_history_append:
 * @self: the history
 * @blocks: the next rows of the file, or the first ones of a new file
 *
 * Takes in a batch, then emits ::items-changed where endpoints are new and
 * ::appended.
 */
void
scope_history_append (ScopeHistory *self,
                      ScopeBlocks  *blocks)
{
  guint n_before;

  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (blocks != NULL);

  if (blocks->reset)
    forget_samples (self);
  if (self->schema == NULL && blocks->schema != NULL)
    take_schema (self, blocks->schema);
  g_return_if_fail (self->schema != NULL ||
                    (blocks->rows->len == 0 && blocks->requests->len == 0));

  n_before = self->entries->len;
  if (blocks->summary_us == 0)
    scope_history_drop_unsettled (self);
  self->first_changed = self->times->len > 0 ? self->times->len - 1 : 0;
  note_identities (self, blocks);
  if (blocks->summary_us != 0)
    {
      scope_history_take_summary (self, blocks);
    }
  else
    {
      scope_history_add_rows (self, blocks);
      scope_history_append_requests (self, blocks);
      scope_history_add_unsettled (self);
    }
  note_bad_rows (self, blocks);

  if (blocks->rows->len > 0 || blocks->requests->len > 0)
    {
      scope_intervals_truncate (&self->intervals, self->first_changed);
      scope_history_extend_intervals (self);
      truncate_series (self);
      scope_history_latest_appended (self);
    }
  if (self->entries->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->entries->len - n_before);
  scope_history_appended (self);
}
