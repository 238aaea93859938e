/* history.c
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
#include "history.h"

#include "clock.h"

#include <math.h>

#define DEFAULT_WINDOW 10.0

typedef struct
{
  ScopeEndpoint    *endpoint; /* owned */
  ScopeColumns     *columns;  /* owned */
  ScopeSeriesCache *series;   /* owned */
} Entry;

struct _ScopeHistory
{
  GObject         parent_instance;

  /* owned */
  ScopeSchema    *schema;
  GPtrArray      *entries;    /* Entry, in the order of appearance */
  ScopeSlots     *slots;
  GHashTable     *known;      /* key -> ScopeEndpoint, also of earlier files */
  GArray         *by_identity; /* guint: the feed's identity -> entry */
  GArray         *times;      /* double: s since the epoch, rising */
  GArray         *stamps;     /* gint64: s since the epoch, as in the file */
  GArray         *stretches;  /* ScopeStretch */
  GArray         *bad;        /* ScopeBadRow: the first few */
  ScopeIntervals  intervals;

  ScopeClock      clock;
  guint64         n_bad;
  guint           n_endpoints;   /* entries but the total */
  guint           rows_in_block; /* of the last block */
  guint           first_changed; /* block */
};

enum
{
  APPENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScopeHistory, scope_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
entry_free (gpointer data)
{
  Entry *entry = data;

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

static inline Entry *
get_entry (ScopeHistory *self,
           guint         position)
{
  return g_ptr_array_index (self->entries, position);
}

static char *
make_key (const char *type,
          const char *name)
{
  return g_strconcat (type, "\n", name, NULL);
}

static guint
add_entry (ScopeHistory        *self,
           const ScopeIdentity *identity)
{
  g_autofree char *key = make_key (identity->type, identity->name);
  Entry           *entry = g_new0 (Entry, 1);
  ScopeEndpoint   *endpoint = g_hash_table_lookup (self->known, key);

  if (!identity->is_total)
    self->n_endpoints++;
  if (endpoint == NULL)
    {
      endpoint = scope_endpoint_new (identity->type, identity->name, identity->is_total,
                                     self->slots, self->n_endpoints <= SCOPE_SHOWN_BY_DEFAULT);
      g_hash_table_insert (self->known, g_steal_pointer (&key), endpoint);
    }
  entry->endpoint = g_object_ref (endpoint);
  entry->columns = scope_columns_new (0, self->schema->n_values); /* first: at its first row */
  entry->series = scope_series_cache_new ();
  g_ptr_array_add (self->entries, entry);
  return self->entries->len - 1;
}

static void
changed_from (ScopeHistory *self,
              guint         block)
{
  self->first_changed = MIN (self->first_changed, block);
  scope_intervals_truncate (&self->intervals, block);
}

static void
start_stretch (ScopeHistory *self,
               guint         block,
               gboolean      is_run)
{
  ScopeStretch *last = NULL;
  ScopeStretch  stretch = { .first = block,
                            .from_zero = is_run,
                            .is_run = is_run,
                            .tick = scope_clock_tick (&self->clock) };

  if (self->stretches->len > 0)
    last = &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);
  if (last != NULL && last->first == block)
    {
      /* The file's first block cannot be told from the rest of a run. */
      if (block == 0 || !is_run || last->is_run)
        return;
      *last = stretch;
    }
  else
    {
      g_array_append_val (self->stretches, stretch);
    }
  changed_from (self, block);
}

/* A block that is followed by another is whole: endpoints that have no row in
 * it are absent. */
static void
close_block (ScopeHistory *self)
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
      ScopeColumns *columns = get_entry (self, i)->columns;

      if (columns->n_rows > 0 && columns->first + columns->n_rows < n_blocks)
        scope_columns_append_absent (columns, starts_run);
    }
}

static void
add_block (ScopeHistory   *self,
           const ScopeRow *row)
{
  gboolean      paused;
  double        time;
  guint         block = self->times->len;
  ScopeStretch *last;

  close_block (self);
  time = scope_clock_next (&self->clock, row->stamp, &paused);
  g_array_append_val (self->times, time);
  g_array_append_val (self->stamps, row->stamp);
  self->rows_in_block = 0;

  if (block == 0 || paused || row->starts_run)
    {
      start_stretch (self, block, block == 0 || row->starts_run);
      return;
    }
  /* Only now is the tick known that the zero of a run lies before it. */
  last = &g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1);
  if (last->first == block - 1 && last->from_zero)
    {
      last->tick = scope_clock_tick (&self->clock);
      changed_from (self, block - 1);
    }
}

/* A file that begins in the middle of a test does not tell what its counters
 * were one tick before. */
static void
note_counts_at_start (ScopeHistory *self)
{
  ScopeStretch *first = &g_array_index (self->stretches, ScopeStretch, 0);

  if (first->from_zero)
    {
      first->from_zero = FALSE;
      changed_from (self, 0);
    }
}

static gboolean
has_fallen (const ScopeColumns *columns,
            const ScopeRow     *row)
{
  guint last = columns->n_rows;

  return last > 0 && row->count < columns->count[last - 1];
}

static gboolean
is_in_block_before (ScopeHistory *self,
                    Entry        *entry)
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
      Entry   *entry = get_entry (self, i);
      gboolean present = scope_columns_has_row (entry->columns, block);

      if (present && !scope_endpoint_get_is_total (entry->endpoint))
        sum += entry->columns->count[block - entry->columns->first];
      vanished |= !present && is_in_block_before (self, entry);
    }
  return vanished && total <= sum;
}

static void
add_row (ScopeHistory   *self,
         const ScopeRow *row,
         const float    *values)
{
  Entry *entry;
  guint  block;

  if (row->starts_block || self->times->len == 0)
    add_block (self, row);
  block = self->times->len - 1;

  entry = get_entry (self, g_array_index (self->by_identity, guint, row->identity));
  if (entry->columns->n_rows == 0)
    entry->columns->first = block;
  g_assert (entry->columns->first + entry->columns->n_rows == block);

  if (has_fallen (entry->columns, row))
    start_stretch (self, block, TRUE);
  if (block == 0 && row->count > 0)
    note_counts_at_start (self);
  scope_columns_append (entry->columns, row, values);
  self->rows_in_block++;
  if (scope_endpoint_get_is_total (entry->endpoint) && some_row_vanished (self, row->count))
    start_stretch (self, block, TRUE);
}

static void
forget_samples (ScopeHistory *self)
{
  guint n = self->entries->len;

  g_ptr_array_set_size (self->entries, 0);
  g_array_set_size (self->by_identity, 0);
  g_array_set_size (self->times, 0);
  g_array_set_size (self->stamps, 0);
  g_array_set_size (self->stretches, 0);
  g_array_set_size (self->bad, 0);
  scope_intervals_clear (&self->intervals);
  g_clear_pointer (&self->schema, scope_schema_unref);
  self->clock = (ScopeClock){ 0 };
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
      Entry *entry = get_entry (self, i);
      guint  keep = self->first_changed > entry->columns->first
                      ? self->first_changed - entry->columns->first
                      : 0;

      scope_series_cache_truncate (entry->series, keep);
    }
}

/* A batch can change the latest numbers of an endpoint that has no row in it:
 * the endpoint is absent, or the block turned out to begin a run. */
static void
update_latest (ScopeHistory *self,
               Entry        *entry)
{
  guint n = entry->columns->n_rows;
  float response_time, throughput;

  if (n == 0 || entry->columns->first + n <= self->first_changed)
    return;
  SCOPE_STATISTIC_AVERAGE.compute (entry->columns, &self->intervals, n - 1, n, &response_time);
  SCOPE_STATISTIC_REQUEST_RATE.compute (entry->columns, &self->intervals, n - 1, n, &throughput);
  scope_endpoint_set_latest (entry->endpoint, response_time, throughput);
}

static void
extend_intervals (ScopeHistory *self)
{
  scope_intervals_extend (&self->intervals, (const double *) self->times->data, self->times->len,
                          (const ScopeStretch *) self->stretches->data, self->stretches->len);
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
  return g_object_ref (get_entry (self, position)->endpoint);
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
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->known);
  scope_slots_unref (self->slots);
  g_array_unref (self->by_identity);
  g_array_unref (self->times);
  g_array_unref (self->stamps);
  g_array_unref (self->stretches);
  g_array_unref (self->bad);
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
   * Emitted once for each batch, after its rows are in place.
   */
  signals[APPENDED] = g_signal_new ("appended", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
scope_history_init (ScopeHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->slots = scope_slots_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_identity = g_array_new (FALSE, FALSE, sizeof (guint));
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->stretches = g_array_new (FALSE, FALSE, sizeof (ScopeStretch));
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  scope_intervals_init (&self->intervals, DEFAULT_WINDOW);
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
  const ScopeRow *rows = (const ScopeRow *) blocks->rows->data;
  const float    *values = (const float *) blocks->values->data;
  guint           n_before;

  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (blocks != NULL);

  if (blocks->reset)
    forget_samples (self);
  if (self->schema == NULL && blocks->schema != NULL)
    self->schema = scope_schema_ref (blocks->schema);
  g_return_if_fail (blocks->rows->len == 0 || self->schema != NULL);

  n_before = self->entries->len;
  self->first_changed = self->times->len > 0 ? self->times->len - 1 : 0;
  for (guint i = 0; i < blocks->identities->len; i++)
    {
      guint position = add_entry (self, g_ptr_array_index (blocks->identities, i));

      g_array_append_val (self->by_identity, position);
    }
  for (guint i = 0; i < blocks->rows->len; i++)
    add_row (self, &rows[i], values + (gsize) i * self->schema->n_values);
  note_bad_rows (self, blocks);

  if (blocks->rows->len > 0)
    {
      scope_intervals_truncate (&self->intervals, self->first_changed);
      extend_intervals (self);
      truncate_series (self);
      for (guint i = 0; i < self->entries->len; i++)
        update_latest (self, get_entry (self, i));
    }
  if (self->entries->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->entries->len - n_before);
  g_signal_emit (self, signals[APPENDED], 0, self->first_changed);
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

/* Runs, and what lies between pauses; valid until the next batch. */
const ScopeStretch *
scope_history_get_stretches (ScopeHistory *self,
                             guint        *n_stretches)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  *n_stretches = self->stretches->len;
  return (const ScopeStretch *) self->stretches->data;
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
  return get_entry (self, position)->endpoint;
}

/* The columns of the endpoint at that position; valid until the next batch. */
const ScopeColumns *
scope_history_get_columns (ScopeHistory *self,
                           guint         position)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  g_return_val_if_fail (position < self->entries->len, NULL);
  return get_entry (self, position)->columns;
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
scope_history_get_series (ScopeHistory         *self,
                          guint                 position,
                          const ScopeStatistic *statistic)
{
  Entry *entry;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), (ScopeSeries){ 0 });
  g_return_val_if_fail (position < self->entries->len, (ScopeSeries){ 0 });

  entry = get_entry (self, position);
  return scope_series_cache_get (entry->series, statistic, entry->columns, &self->intervals);
}

/* The averaging window in seconds. */
double
scope_history_get_window (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->intervals.window;
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
  for (guint i = 0; i < self->entries->len && self->n_endpoints == 0; i++)
    {
      const ScopeColumns *columns = get_entry (self, i)->columns;

      if (columns->n_rows > 0 && columns->count[columns->n_rows - 1] > 0)
        return TRUE;
    }
  return FALSE;
}
