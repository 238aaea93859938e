/* history.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The object itself: a list of its endpoints, and what can be asked of it.
 * Batches are taken in by history-append.c, statistics chosen in
 * history-choice.c.
 */
#include "history-private.h"

#include <math.h>
#include <string.h>

#define DEFAULT_WINDOW 10.0

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScopeHistory, scope_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
entry_free (gpointer data)
{
  ScopeHistoryEntry *entry = data;

  g_object_unref (entry->endpoint);
  scope_columns_free (entry->columns);
  scope_series_cache_free (entry->series);
  g_free (entry);
}

static void
bad_row_clear (gpointer data)
{
  g_free (((ScopeBadRow *) data)->reason);
}

static GType
get_item_type (GListModel *model)
{
  return SCOPE_TYPE_ENDPOINT;
}

static guint
get_n_items (GListModel *model)
{
  return SCOPE_HISTORY (model)->entries->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  ScopeHistory *self = SCOPE_HISTORY (model);

  if (position >= self->entries->len)
    return NULL;
  return g_object_ref (scope_history_get_entry (self, position)->endpoint);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
scope_history_finalize (GObject *object)
{
  ScopeHistory *self = SCOPE_HISTORY (object);

  g_clear_pointer (&self->schema, scope_schema_unref);
  scope_history_disown_endpoints (self);
  g_ptr_array_unref (self->entries);
  scope_arena_clear (&self->arena);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->keys);
  scope_slots_unref (self->slots);
  g_array_unref (self->order);
  g_array_unref (self->by_identity);
  g_ptr_array_unref (self->identities);
  g_array_unref (self->times);
  g_array_unref (self->counted);
  g_array_unref (self->stamps);
  g_array_unref (self->users);
  g_array_unref (self->stretches);
  g_array_unref (self->bad);
  g_queue_clear_full (&self->summaries, (GDestroyNotify) scope_blocks_unref);
  scope_intervals_clear (&self->intervals);
  G_OBJECT_CLASS (scope_history_parent_class)->finalize (object);
}

static void
scope_history_class_init (ScopeHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_history_finalize;

  /**
   * ScopeHistory::appended:
   * @first_changed: the first block of which anything is new or different
   *
   * Emitted once for each batch, after its rows are in place, or once for all
   * that came while samples were held.
   */
  g_signal_new ("appended", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * ScopeHistory::chosen:
   *
   * Another statistic or another averaging window is charted.
   */
  g_signal_new ("chosen", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);

  /**
   * ScopeHistory::latest:
   *
   * The latest numbers of some endpoints may have changed.
   */
  g_signal_new ("latest", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);

  /**
   * ScopeHistory::shown:
   *
   * An endpoint was shown or hidden, or has another colour; once for many
   * where they were switched together.
   */
  g_signal_new ("shown", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
scope_history_init (ScopeHistory *self)
{
  scope_arena_init (&self->arena);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->slots = scope_slots_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->identities = g_ptr_array_new_with_free_func (scope_identity_free);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_identity = g_array_new (FALSE, FALSE, sizeof (guint));
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->counted = g_array_new (FALSE, FALSE, sizeof (double));
  self->stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->users = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->stretches = g_array_new (FALSE, FALSE, sizeof (ScopeStretch));
  self->summary_block = self->summary_block_settled = G_MAXUINT;
  g_queue_init (&self->summaries);
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  scope_intervals_init (&self->intervals, DEFAULT_WINDOW, 1);
  self->response_time.kind = SCOPE_STATISTIC_AVERAGE;
  self->throughput.kind = SCOPE_STATISTIC_REQUESTS;
  self->run = -1;
  self->state = 1;
  self->untold_from = G_MAXUINT;
  self->header_block = G_MAXUINT;
}

/**
 * scope_history_new:
 *
 * Returns: (transfer full): an empty history
 */
ScopeHistory *
scope_history_new (void)
{
  return g_object_new (SCOPE_TYPE_HISTORY, NULL);
}

/* Returns: (transfer none) (nullable): what rows hold beside their counters. */
ScopeSchema *
scope_history_get_schema (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return self->schema;
}

guint
scope_history_get_n_blocks (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->times->len;
}

/* When each block was written, in seconds since the epoch, rising; valid
 * until the next batch. */
const double *
scope_history_get_times (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return (const double *) self->times->data;
}

/* The stamps as they stand in the file, in seconds since the epoch; valid
 * until the next batch. */
const gint64 *
scope_history_get_stamps (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return (const gint64 *) self->stamps->data;
}

/* The user count of each block, or SCOPE_USERS_UNKNOWN; valid until the next
 * batch. */
const guint32 *
scope_history_get_users (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return (const guint32 *) self->users->data;
}

/* Runs, and what lies between pauses; valid until the next batch. */
const ScopeStretch *
scope_history_get_stretches (ScopeHistory *self,
                             guint        *n_stretches)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  *n_stretches = self->stretches->len;
  return (const ScopeStretch *) self->stretches->data;
}

/* Whether two processes write to the file, so that its counters mean
 * nothing. */
gboolean
scope_history_has_two_writers (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);
  return self->two_writers;
}

/* How many endpoints there are, the total not counted. */
guint
scope_history_get_n_endpoints (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->n_endpoints;
}

/**
 * scope_history_get_endpoint:
 * @self: the history
 * @position: as in the list model
 *
 * Returns: (transfer none): the endpoint, or the total, at that position
 */
ScopeEndpoint *
scope_history_get_endpoint (ScopeHistory *self,
                            guint         position)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  g_return_val_if_fail (position < self->entries->len, NULL);
  return scope_history_get_entry (self, position)->endpoint;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  return scope_endpoint_compare (scope_history_get_entry (data, *(const guint *) a)->endpoint,
                                 scope_history_get_entry (data, *(const guint *) b)->endpoint);
}

/* Returns: (transfer none) (element-type guint): all positions in the order of
 *   lists: the total first; valid until the next batch. */
const GArray *
scope_history_get_order (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);

  if (self->order->len == self->entries->len)
    return self->order;
  g_array_set_size (self->order, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    g_array_index (self->order, guint, i) = i;
  g_array_sort_with_data (self->order, compare_positions, self);
  return self->order;
}

/* The columns of the endpoint at that position; valid until the next batch. */
const ScopeColumns *
scope_history_get_columns (ScopeHistory *self,
                           guint         position)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  g_return_val_if_fail (position < self->entries->len, NULL);
  return scope_history_get_entry (self, position)->columns;
}

static ScopeSeries
get_series (ScopeHistory  *self,
            guint          position,
            ScopeStatistic statistic,
            gboolean       is_log)
{
  ScopeHistoryEntry *entry = scope_history_get_entry (self, position);

  return scope_series_cache_get (entry->series, statistic, is_log, self->schema, entry->columns,
                                 &self->intervals);
}

/**
 * scope_history_get_series:
 * @self: the history
 * @position: of the endpoint in the list model
 * @statistic: what is wanted
 *
 * What was worked out once is kept; only new blocks cost anything.
 *
 * Returns: one value for each row; valid until the next batch
 */
ScopeSeries
scope_history_get_series (ScopeHistory  *self,
                          guint          position,
                          ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), (ScopeSeries){ 0 });
  g_return_val_if_fail (position < self->entries->len, (ScopeSeries){ 0 });
  return get_series (self, position, statistic, FALSE);
}

/* The same values' decimal logarithms, for a logarithmic scale. */
ScopeSeries
scope_history_get_log_series (ScopeHistory  *self,
                              guint          position,
                              ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), (ScopeSeries){ 0 });
  g_return_val_if_fail (position < self->entries->len, (ScopeSeries){ 0 });
  return get_series (self, position, statistic, TRUE);
}

/**
 * scope_history_get_value:
 * @self: the history
 * @position: of the endpoint in the list model
 * @statistic: what is wanted
 * @block: the block
 *
 * Returns: the value in full precision; NaN is a gap
 */
double
scope_history_get_value (ScopeHistory  *self,
                         guint          position,
                         ScopeStatistic statistic,
                         guint          block)
{
  const ScopeColumns *columns;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NAN);
  g_return_val_if_fail (position < self->entries->len, NAN);

  columns = scope_history_get_entry (self, position)->columns;
  if (!scope_columns_has_row (columns, block))
    return NAN;
  return scope_statistic_get_value (statistic, self->schema, columns, &self->intervals,
                                    block - columns->first);
}

/**
 * scope_history_read_values:
 * @self: the history
 * @position: of the endpoint in the list model
 * @statistic: what is wanted
 * @from: the first block
 * @to: the block after the last
 * @values: (out): one for each block, those of scope_history_get_series()
 *
 * For those who want to know and not to draw: nothing is kept, since the series
 * of ten thousand endpoints would take more room than their rows.
 */
void
scope_history_read_values (ScopeHistory  *self,
                           guint          position,
                           ScopeStatistic statistic,
                           guint          from,
                           guint          to,
                           float         *values)
{
  ScopeHistoryEntry *entry;
  const float       *kept;
  guint              first, end, row, n_kept;

  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (position < self->entries->len);

  entry = scope_history_get_entry (self, position);
  first = CLAMP (entry->columns->first, from, to);
  end = CLAMP (entry->columns->first + entry->columns->n_rows, first, to);
  for (guint b = from; b < to; b++)
    if (b < first || b >= end)
      values[b - from] = NAN;
  if (first == end)
    return;
  row = first - entry->columns->first;
  kept = scope_series_cache_peek (entry->series, statistic, &n_kept);
  if (row + (end - first) <= n_kept)
    memcpy (values + (first - from), kept + row, (end - first) * sizeof *values);
  else
    scope_statistic_compute (statistic, self->schema, entry->columns, &self->intervals, row,
                             row + (end - first), values + (first - from));
}

/* How many rows could not be read. */
guint64
scope_history_get_n_bad_rows (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->n_bad;
}

/* The first few of the rows that could not be read. */
const ScopeBadRow *
scope_history_get_bad_rows (ScopeHistory *self,
                            guint        *n_kept)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  *n_kept = self->bad->len;
  return (const ScopeBadRow *) self->bad->data;
}

/**
 * scope_history_has_only_total:
 * @self: the history
 *
 * Returns: whether there are requests but of no endpoint: Locust writes such
 *   a file without --csv-full-history
 */
gboolean
scope_history_has_only_total (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), FALSE);
  for (guint i = 0; i < self->entries->len && self->n_own_endpoints == 0; i++)
    {
      const ScopeHistoryEntry *entry = scope_history_get_entry (self, i);

      if (!entry->from_summary && entry->n_settled > 0 &&
          scope_columns_get_count (entry->columns, entry->n_settled - 1) > 0)
        return TRUE;
    }
  return FALSE;
}
