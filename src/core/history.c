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
#include "steps.h"

#include <math.h>
#include <string.h>

#define DEFAULT_WINDOW 10.0

/* Counters that fall so often are not those of one test: another process
 * writes to the file.  The workers of a test report every 3 s. */
#define MANY_FALLS     3
#define FALLS_WITHIN_S 12.0

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
  GHashTable     *keys;       /* of this file */
  GArray         *by_identity; /* guint: the feed's identity -> entry */
  GArray         *times;      /* double: s since the epoch, rising */
  GArray         *stamps;     /* gint64: s since the epoch, as in the file */
  GArray         *users;      /* guint32, or SCOPE_USERS_UNKNOWN */
  GArray         *stretches;  /* ScopeStretch */
  GArray         *bad;        /* ScopeBadRow: the first few */
  ScopeIntervals  intervals;

  /* what is charted, if the file has it */
  ScopeStatistic  response_time;
  ScopeStatistic  throughput;
  gboolean        chose_response_time; /* somebody did, it is not the default */

  int             min_column; /* -1: the file has none */
  int             max_column;
  double          falls[MANY_FALLS]; /* s since the epoch: the latest, newest first */
  gboolean        two_writers;
  gboolean        percentiles_slide; /* they are of the last 10 s, not of the run */
  ScopeClock      clock;
  ScopeSteps      steps;
  guint64         n_bad;
  guint           n_endpoints;   /* entries but the total */
  guint           rows_in_block; /* of the last block */
  guint           first_changed; /* block */
};

enum
{
  APPENDED,
  CHOSEN,
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
  ScopeEndpoint   *endpoint;

  /* Two names that could not be decoded can look alike. */
  while (!g_hash_table_add (self->keys, g_strdup (key)))
    {
      g_autofree char *shorter = g_steal_pointer (&key);

      key = g_strconcat (shorter, "\n", NULL);
    }
  endpoint = g_hash_table_lookup (self->known, key);
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
  g_array_append_val (self->users, row->users);
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

/* A reset that the count has regrown past is proved by a maximum that falls
 * or a minimum that rises. */
static gboolean
has_fallen (ScopeHistory       *self,
            const ScopeColumns *columns,
            const ScopeRow     *row,
            const float        *values)
{
  guint last = columns->n_rows - 1;

  if (columns->n_rows == 0 || columns->count[last] == 0)
    return FALSE;
  /* A row that could not be read has no minimum and no maximum. */
  return row->count < columns->count[last] ||
         (self->max_column >= 0 &&
          values[self->max_column] < columns->values[self->max_column][last]) ||
         (self->min_column >= 0 &&
          values[self->min_column] > columns->values[self->min_column][last]);
}

/* Takes back the runs: what was taken for their starts is another process. */
static void
note_two_writers (ScopeHistory *self)
{
  self->two_writers = TRUE;
  g_array_set_size (self->stretches, 1);
  changed_from (self, 0);
}

static void
note_fall (ScopeHistory *self,
           guint         block)
{
  double time = g_array_index (self->times, double, block);

  if (self->two_writers)
    return;
  start_stretch (self, block, TRUE);
  if (time == self->falls[0])
    return; /* another endpoint of the same block */
  for (guint i = MANY_FALLS - 1; i > 0; i--)
    self->falls[i] = self->falls[i - 1];
  self->falls[0] = time;
  if (time - self->falls[MANY_FALLS - 1] < FALLS_WITHIN_S)
    note_two_writers (self);
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

/* In a file of whole-run percentiles none is ever 0 after a request; in one
 * of sliding percentiles those of an endpoint's first row always are. */
static void
note_percentiles (ScopeHistory   *self,
                  const ScopeRow *row,
                  const float    *values)
{
  if (self->percentiles_slide || row->count == 0 || row->average < 1)
    return;
  for (guint i = 0; i < self->schema->n_values; i++)
    if (self->schema->values[i].kind == SCOPE_VALUE_PERCENTILE)
      {
        self->percentiles_slide = values[i] == 0;
        return;
      }
}

/* The total row is the last of its block. */
static void
end_block (ScopeHistory   *self,
           const ScopeRow *row)
{
  guint width;

  if (!self->two_writers && some_row_vanished (self, row->count))
    start_stretch (self, self->times->len - 1, TRUE);
  scope_steps_add (&self->steps, row->count);
  width = scope_steps_get_width (&self->steps);
  if (self->intervals.smooth != width)
    {
      self->intervals.smooth = width;
      changed_from (self, 0);
    }
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

  if (has_fallen (self, entry->columns, row, values))
    note_fall (self, block);
  if (block == 0 && row->count > 0)
    note_counts_at_start (self);
  scope_columns_append (entry->columns, row, values);
  note_percentiles (self, row, values);
  self->rows_in_block++;
  if (scope_endpoint_get_is_total (entry->endpoint))
    end_block (self, row);
}

static void
forget_samples (ScopeHistory *self)
{
  guint n = self->entries->len;

  g_ptr_array_set_size (self->entries, 0);
  g_hash_table_remove_all (self->keys);
  g_array_set_size (self->by_identity, 0);
  g_array_set_size (self->times, 0);
  g_array_set_size (self->stamps, 0);
  g_array_set_size (self->users, 0);
  g_array_set_size (self->stretches, 0);
  g_array_set_size (self->bad, 0);
  scope_intervals_clear (&self->intervals);
  g_clear_pointer (&self->schema, scope_schema_unref);
  self->percentiles_slide = FALSE;
  self->two_writers = FALSE;
  memset (self->falls, 0, sizeof self->falls);
  self->clock = (ScopeClock){ 0 };
  self->steps = (ScopeSteps){ 0 };
  self->intervals.smooth = 1;
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
  scope_statistic_compute (scope_history_get_response_time (self), self->schema, entry->columns,
                           &self->intervals, n - 1, n, &response_time);
  scope_statistic_compute (scope_history_get_throughput (self), self->schema, entry->columns,
                           &self->intervals, n - 1, n, &throughput);
  scope_endpoint_set_latest (entry->endpoint, response_time, throughput);
}

static void
extend_intervals (ScopeHistory *self)
{
  if (self->times->len == 0)
    return;
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
  g_hash_table_unref (self->keys);
  scope_slots_unref (self->slots);
  g_array_unref (self->by_identity);
  g_array_unref (self->times);
  g_array_unref (self->stamps);
  g_array_unref (self->users);
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

  /**
   * ScopeHistory::chosen:
   *
   * Another statistic or another averaging window is charted.
   */
  signals[CHOSEN] = g_signal_new ("chosen", SCOPE_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
scope_history_init (ScopeHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->slots = scope_slots_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_identity = g_array_new (FALSE, FALSE, sizeof (guint));
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->users = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->stretches = g_array_new (FALSE, FALSE, sizeof (ScopeStretch));
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  scope_intervals_init (&self->intervals, DEFAULT_WINDOW, 1);
  self->response_time.kind = SCOPE_STATISTIC_AVERAGE;
  self->throughput.kind = SCOPE_STATISTIC_REQUESTS;
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

static void
take_schema (ScopeHistory *self,
             ScopeSchema  *schema)
{
  self->schema = scope_schema_ref (schema);
  self->min_column = self->max_column = -1;
  for (guint i = 0; i < schema->n_values; i++)
    if (schema->values[i].kind == SCOPE_VALUE_MIN)
      self->min_column = (int) i;
    else if (schema->values[i].kind == SCOPE_VALUE_MAX)
      self->max_column = (int) i;
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
    take_schema (self, blocks->schema);
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
scope_history_get_series (ScopeHistory  *self,
                          guint          position,
                          ScopeStatistic statistic)
{
  Entry *entry;

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), (ScopeSeries){ 0 });
  g_return_val_if_fail (position < self->entries->len, (ScopeSeries){ 0 });

  entry = get_entry (self, position);
  return scope_series_cache_get (entry->series, statistic, self->schema, entry->columns,
                                 &self->intervals);
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

  columns = get_entry (self, position)->columns;
  if (!scope_columns_has_row (columns, block))
    return NAN;
  return scope_statistic_get_value (statistic, self->schema, columns, &self->intervals,
                                    block - columns->first);
}

/* Another choice: the latest numbers are worked out anew. */
static void
choose (ScopeHistory *self)
{
  self->first_changed = 0;
  for (guint i = 0; i < self->entries->len; i++)
    update_latest (self, get_entry (self, i));
  g_signal_emit (self, signals[CHOSEN], 0);
}

/**
 * scope_history_list_statistics:
 * @self: the history
 *
 * Returns: (transfer full) (element-type ScopeStatistic): the statistics of
 *   response times that the file has, then those of throughput
 */
GArray *
scope_history_list_statistics (ScopeHistory *self)
{
  static const ScopeStatisticKind fixed[] = {
    SCOPE_STATISTIC_MIN,      SCOPE_STATISTIC_MAX,      SCOPE_STATISTIC_TOTAL_AVERAGE,
    SCOPE_STATISTIC_REQUESTS, SCOPE_STATISTIC_FAILURES, SCOPE_STATISTIC_WRITTEN,
  };
  GArray        *list = g_array_new (FALSE, FALSE, sizeof (ScopeStatistic));
  ScopeStatistic statistic = { .kind = SCOPE_STATISTIC_AVERAGE };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), list);

  if (scope_statistic_is_available (statistic, self->schema))
    g_array_append_val (list, statistic);
  for (guint i = 0; self->schema != NULL && i < self->schema->n_values; i++)
    {
      statistic = (ScopeStatistic){ SCOPE_STATISTIC_PERCENTILE, self->schema->values[i].percent };
      if (self->schema->values[i].kind == SCOPE_VALUE_PERCENTILE)
        g_array_append_val (list, statistic);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      statistic = (ScopeStatistic){ .kind = fixed[i] };
      if (scope_statistic_is_available (statistic, self->schema))
        g_array_append_val (list, statistic);
    }
  return list;
}

/* Charts @statistic of response times, wherever the file has it. */
void
scope_history_set_response_time (ScopeHistory  *self,
                                 ScopeStatistic statistic)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (scope_statistic_is_response_time (statistic));

  self->chose_response_time = TRUE;
  if (scope_statistic_equal (self->response_time, statistic))
    return;
  self->response_time = statistic;
  choose (self);
}

/* What is charted of response times: what was chosen, if the file has it. */
ScopeStatistic
scope_history_get_response_time (ScopeHistory *self)
{
  static const ScopeStatistic defaults[] = {
    { .kind = SCOPE_STATISTIC_AVERAGE },
    { .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 50 },
    { .kind = SCOPE_STATISTIC_TOTAL_AVERAGE },
  };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), defaults[0]);

  if (self->chose_response_time &&
      scope_statistic_is_available (self->response_time, self->schema))
    return self->response_time;
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (scope_statistic_is_available (defaults[i], self->schema))
      return defaults[i];
  return defaults[0];
}

/* Charts @statistic of throughput, wherever the file has it. */
void
scope_history_set_throughput (ScopeHistory  *self,
                              ScopeStatistic statistic)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (!scope_statistic_is_response_time (statistic));

  if (scope_statistic_equal (self->throughput, statistic))
    return;
  self->throughput = statistic;
  choose (self);
}

/* What is charted of throughput: what was chosen, if the file has it. */
ScopeStatistic
scope_history_get_throughput (ScopeHistory *self)
{
  ScopeStatistic requests = { .kind = SCOPE_STATISTIC_REQUESTS };

  g_return_val_if_fail (SCOPE_IS_HISTORY (self), requests);
  return scope_statistic_is_available (self->throughput, self->schema) ? self->throughput
                                                                       : requests;
}

/**
 * scope_history_set_window:
 * @self: the history
 * @window: the averaging window in seconds; 0 is one block
 */
void
scope_history_set_window (ScopeHistory *self,
                          double        window)
{
  g_return_if_fail (SCOPE_IS_HISTORY (self));
  g_return_if_fail (window >= 0);

  if (self->intervals.window == window)
    return;
  scope_intervals_clear (&self->intervals);
  scope_intervals_init (&self->intervals, window, self->intervals.smooth);
  extend_intervals (self);
  for (guint i = 0; i < self->entries->len; i++)
    scope_series_cache_truncate (get_entry (self, i)->series, 0);
  choose (self);
}

/* The averaging window in seconds; 0 is one block. */
double
scope_history_get_window (ScopeHistory *self)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), 0);
  return self->intervals.window;
}

/* Returns: (transfer full): what a value of @statistic covers in this file. */
char *
scope_history_dup_span (ScopeHistory  *self,
                        ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_HISTORY (self), NULL);
  return scope_statistic_dup_span (statistic, self->intervals.window, !self->percentiles_slide);
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
