/* baseline.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is worked out once is where the two runs start, from which the offset
 * between them follows; it is looked at anew only where what came can have
 * changed it.  Whoever listens is told when it did.
 */
#include "baseline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A value stands for what is no farther than this from it. */
#define REACH_TICKS 1.5

/* Where the time of a run begins. */
typedef struct
{
  gboolean is_known;      /* there was a request */
  guint    run;
  guint    first_request; /* block */
  double   time;          /* s since the epoch */
} Start;

struct _ScopeBaseline
{
  GObject       parent_instance;

  /* owned */
  ScopeHistory *looked_at; /* what is compared with the baseline */
  ScopeView    *view;      /* of that */
  ScopeHistory *history;   /* the baseline's; maybe the same */
  char         *title;     /* what its file is called */
  GHashTable   *known;     /* ScopeEndpoint of the history, borrowed -> position + 1; 0: several
                            * look alike.  NULL before it is needed */
  GArray       *positions; /* guint: of the first endpoints looked at, their counterparts' */

  guint         run;       /* of the history */
  int           viewed;    /* the view's run, when last looked */
  guint         n_runs;    /* of what is looked at, then */
  Start         start;     /* of the run that is looked at */
  Start         own_start; /* of the baseline's */
  double        offset;    /* s from a time of the baseline to that of the same moment; NaN: none */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeBaseline, scope_baseline, G_TYPE_OBJECT)

static void
scope_baseline_finalize (GObject *object)
{
  ScopeBaseline *self = SCOPE_BASELINE (object);

  g_clear_object (&self->looked_at);
  g_clear_object (&self->view);
  g_clear_object (&self->history);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_array_unref (self->positions);
  g_free (self->title);
  G_OBJECT_CLASS (scope_baseline_parent_class)->finalize (object);
}

static void
scope_baseline_class_init (ScopeBaselineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_baseline_finalize;

  /**
   * ScopeBaseline::changed:
   *
   * Its values are others, or belong to other times.
   */
  signals[CHANGED] = g_signal_new ("changed", SCOPE_TYPE_BASELINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_baseline_init (ScopeBaseline *self)
{
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->offset = NAN;
}

static Start
find_start (ScopeHistory *history,
            guint         run)
{
  Start start = { .run = run };

  start.is_known = run < scope_history_get_n_runs (history) &&
                   scope_history_find_first_request (history, run, &start.first_request);
  if (start.is_known)
    start.time = scope_history_get_run_start (history, run);
  return start;
}

/* The last run with requests: rows that are written after a test say nothing. */
static Start
find_last_start (ScopeHistory *history)
{
  for (guint run = scope_history_get_n_runs (history); run > 0; run--)
    {
      Start start = find_start (history, run - 1);

      if (start.is_known)
        return start;
    }
  return (Start){ .run = MAX (scope_history_get_n_runs (history), 1) - 1 };
}

/* The offset of the runs that are compared; tells when it is another. */
static void
update_offset (ScopeBaseline *self)
{
  double   before = self->offset;
  gboolean same = scope_baseline_is_own (self) && self->start.run == self->run;

  self->offset = self->start.is_known && self->own_start.is_known && !same
                   ? self->start.time - self->own_start.time
                   : NAN;
  if (self->offset != before && !(isnan (self->offset) && isnan (before)))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_start (ScopeBaseline *self)
{
  self->n_runs = scope_history_get_n_runs (self->looked_at);
  self->viewed = scope_view_get_run (self->view);
  if (self->viewed >= 0 && (guint) self->viewed < self->n_runs)
    self->start = find_start (self->looked_at, (guint) self->viewed);
  else
    self->start = find_last_start (self->looked_at);
}

/* Whether the start is as it was when nothing before @first_changed, a block,
 * has changed. */
static gboolean
is_settled (const Start *start,
            guint        first_changed)
{
  return start->is_known && start->first_request < first_changed;
}

static void
appended_cb (ScopeBaseline *self,
             guint          first_changed)
{
  guint n_runs = scope_history_get_n_runs (self->looked_at);
  /* Where all runs are looked at, a later one may have begun by now. */
  gboolean is_last = self->viewed >= 0 || self->start.run + 1 == n_runs;

  if (n_runs != self->n_runs || !is_settled (&self->start, first_changed) || !is_last)
    update_start (self);
  if (scope_baseline_is_own (self) && !is_settled (&self->own_start, first_changed))
    self->own_start = find_start (self->history, self->run);
  update_offset (self);
}

/* Endpoints are added, unless the file was begun anew. */
static void
items_changed_cb (ScopeBaseline *self,
                  guint          position,
                  guint          n_removed)
{
  if (n_removed == 0)
    return;
  g_array_set_size (self->positions, MIN (position, self->positions->len));
  update_start (self);
  if (scope_baseline_is_own (self))
    self->own_start = find_start (self->history, self->run);
  update_offset (self);
}

static void
looked_cb (ScopeBaseline *self)
{
  if (scope_view_get_run (self->view) == self->viewed)
    return;
  update_start (self);
  update_offset (self);
}

/* Both are averaged over the same time. */
static void
chosen_cb (ScopeBaseline *self)
{
  if (!scope_baseline_is_own (self))
    scope_history_set_window (self->history, scope_history_get_window (self->looked_at));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_baseline_new:
 * @looked_at: what is compared with it
 * @view: of that: the run that is looked at is compared, or of all runs the last
 *   one with requests
 * @history: of which the baseline is a run: of a second file, which does not
 *   change any more and which nobody else looks at, or @looked_at
 * @run: counted from 0, or SCOPE_BASELINE_LAST_RUN
 * @title: (nullable): what the second file is called
 *
 * Returns: (transfer full): the baseline; it chooses the averaging window of
 *   @history as that of @looked_at is
 */
ScopeBaseline *
scope_baseline_new (ScopeHistory *looked_at,
                    ScopeView    *view,
                    ScopeHistory *history,
                    int           run,
                    const char   *title)
{
  ScopeBaseline *self = g_object_new (SCOPE_TYPE_BASELINE, NULL);

  self->looked_at = g_object_ref (looked_at);
  self->view = g_object_ref (view);
  self->history = g_object_ref (history);
  self->title = g_strdup (title);
  g_signal_connect_object (looked_at, "appended", G_CALLBACK (appended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (looked_at, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (looked_at, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "changed", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);

  self->own_start = run < 0 ? find_last_start (history) : find_start (history, (guint) run);
  self->run = self->own_start.run;
  update_start (self);
  update_offset (self);
  chosen_cb (self);
  return self;
}

/* Returns: (transfer none): the history that the baseline is a run of. */
ScopeHistory *
scope_baseline_get_history (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);
  return self->history;
}

/* Whether it is another run of the file that is looked at. */
gboolean
scope_baseline_is_own (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  return self->history == self->looked_at;
}

/* Its run, counted from 0. */
guint
scope_baseline_get_run (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), 0);
  return self->run;
}

/* Compares with another run of the same history, counted from 0. */
void
scope_baseline_set_run (ScopeBaseline *self,
                        guint          run)
{
  g_return_if_fail (SCOPE_IS_BASELINE (self));

  if (self->run == run)
    return;
  self->run = run;
  self->own_start = find_start (self->history, run);
  update_offset (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * scope_baseline_get_offset:
 * @self: the baseline
 * @offset: (out): seconds
 *
 * What is to be added to a time of the baseline to have the time at which as
 * much had passed since the first request of the run that is looked at.
 *
 * Returns: whether there is anything to compare: requests in both runs, and
 *   not the same run twice
 */
gboolean
scope_baseline_get_offset (ScopeBaseline *self,
                           double        *offset)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  *offset = self->offset;
  return !isnan (self->offset);
}

/* The blocks of its run, from the last one without a request on. */
ScopeRun
scope_baseline_get_blocks (ScopeBaseline *self)
{
  ScopeRun blocks;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), (ScopeRun){ 0 });

  blocks = scope_history_get_run (self->history, self->run);
  if (self->own_start.is_known && self->own_start.first_request > blocks.first)
    blocks.first = MIN (self->own_start.first_request - 1, blocks.end);
  return blocks;
}

static guint
hash_endpoint (gconstpointer key)
{
  ScopeEndpoint *endpoint = (ScopeEndpoint *) key;

  return g_str_hash (scope_endpoint_get_type_name (endpoint)) * 31 +
         g_str_hash (scope_endpoint_get_name (endpoint));
}

static gboolean
is_same_endpoint (gconstpointer a,
                  gconstpointer b)
{
  ScopeEndpoint *one = (ScopeEndpoint *) a, *other = (ScopeEndpoint *) b;

  return scope_endpoint_get_is_total (one) == scope_endpoint_get_is_total (other) &&
         g_str_equal (scope_endpoint_get_name (one), scope_endpoint_get_name (other)) &&
         g_str_equal (scope_endpoint_get_type_name (one), scope_endpoint_get_type_name (other));
}

/* Names that could not be decoded can look alike: nobody knows which is meant. */
static void
make_known (ScopeBaseline *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  self->known = g_hash_table_new (hash_endpoint, is_same_endpoint);
  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, i);
      guint          value = g_hash_table_contains (self->known, endpoint) ? 0 : i + 1;

      g_hash_table_insert (self->known, endpoint, GUINT_TO_POINTER (value));
    }
}

/**
 * scope_baseline_get_position:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 *
 * Each is looked for once.
 *
 * Returns: the position of the same endpoint in the baseline's history, or
 *   SCOPE_BASELINE_NONE
 */
guint
scope_baseline_get_position (ScopeBaseline *self,
                             guint          position)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), SCOPE_BASELINE_NONE);

  if (scope_baseline_is_own (self))
    return position;
  if (self->known == NULL)
    make_known (self);
  for (guint i = self->positions->len; i <= position; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->looked_at, i);
      guint          found = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, endpoint));

      found = found > 0 ? found - 1 : SCOPE_BASELINE_NONE;
      g_array_append_val (self->positions, found);
    }
  return g_array_index (self->positions, guint, position);
}

/* Whether the baseline's file has @statistic. */
gboolean
scope_baseline_has_statistic (ScopeBaseline *self,
                              ScopeStatistic statistic)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), FALSE);
  return scope_history_has_statistic (self->history, statistic);
}

/* The time from one block to the next round @block, in s. */
static double
get_tick (ScopeHistory *history,
          guint         block)
{
  guint               low = 0, high;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &high);

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (stretches[middle].first <= block)
        low = middle;
      else
        high = middle;
    }
  return stretches[low].tick / stretches[low].part;
}

/* The block of the baseline that stands for @time, if any does. */
static gboolean
find_block (ScopeBaseline *self,
            double         time,
            guint         *block)
{
  const double *times = scope_history_get_times (self->history);
  ScopeRun      run = scope_baseline_get_blocks (self);
  double        wanted = time - self->offset;
  guint         next;

  if (isnan (wanted) || run.first >= run.end)
    return FALSE;
  next = run.first + scope_times_find (times + run.first, run.end - run.first, wanted);
  if (next > run.first && (next == run.end || wanted - times[next - 1] <= times[next] - wanted))
    next--;
  *block = next;
  return fabs (times[next] - wanted) <= REACH_TICKS * get_tick (self->history, next);
}

/**
 * scope_baseline_get_value:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 * @statistic: what is wanted
 * @time: seconds since the epoch, in the history that is looked at
 *
 * Returns: what it was in the baseline when as much time had passed, in ms or
 *   a second; NaN where there is no such endpoint, statistic, moment or value
 */
double
scope_baseline_get_value (ScopeBaseline *self,
                          guint          position,
                          ScopeStatistic statistic,
                          double         time)
{
  guint theirs, block;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  theirs = scope_baseline_get_position (self, position);
  if (theirs == SCOPE_BASELINE_NONE || !scope_baseline_has_statistic (self, statistic) ||
      !find_block (self, time, &block))
    return NAN;
  return scope_history_get_value (self->history, theirs, statistic, block);
}

static double
get_difference (ScopeBaseline *self,
                guint          position,
                ScopeStatistic statistic,
                guint          block)
{
  double time = scope_history_get_times (self->looked_at)[block];
  double before = scope_baseline_get_value (self, position, statistic, time);
  double now;

  if (isnan (before) || before == 0) /* as mostly where there are others */
    return NAN;
  now = scope_history_get_value (self->looked_at, position, statistic, block);
  return (now - before) / before * 100;
}

/**
 * scope_baseline_get_difference:
 * @self: the baseline
 * @position: of an endpoint in the history that is looked at
 * @statistic: what is compared
 * @time: seconds since the epoch: the block nearest to it
 *
 * Returns: by how many per cent of the baseline's value it is higher; NaN where
 *   either has none, or the baseline's is 0
 */
double
scope_baseline_get_difference (ScopeBaseline *self,
                               guint          position,
                               ScopeStatistic statistic,
                               double         time)
{
  guint block;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  if (!scope_history_find_block (self->looked_at, time, &block))
    return NAN;
  return get_difference (self, position, statistic, block);
}

/* The same of the latest numbers of the endpoint, those that it tells itself. */
double
scope_baseline_get_latest_difference (ScopeBaseline *self,
                                      guint          position,
                                      ScopeStatistic statistic)
{
  const ScopeColumns *columns;
  guint               end;

  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NAN);

  columns = scope_history_get_columns (self->looked_at, position);
  end = scope_history_get_n_blocks (self->looked_at);
  if (self->viewed >= 0 && (guint) self->viewed < self->n_runs)
    end = scope_history_get_run (self->looked_at, (guint) self->viewed).end;
  end = MIN (end, columns->first + columns->n_rows);
  return end > columns->first ? get_difference (self, position, statistic, end - 1) : NAN;
}

/* Returns: (transfer full): which run it is, and of which file, translated. */
char *
scope_baseline_dup_name (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);

  if (scope_baseline_is_own (self))
    /* Translators: a start of the counters, counted from 1; within a sentence. */
    return g_strdup_printf (_("run %u"), self->run + 1);
  if (scope_history_get_n_runs (self->history) < 2)
    return g_strdup (self->title);
  /* Translators: the name of a file, and which of its runs. */
  return g_strdup_printf (_("%s, run %u"), self->title, self->run + 1);
}

/* The total counts where there is nothing else. */
static gboolean
has_counterparts (ScopeBaseline *self)
{
  guint    n = g_list_model_get_n_items (G_LIST_MODEL (self->looked_at));
  gboolean only_total = scope_history_get_n_endpoints (self->looked_at) == 0;

  for (guint i = 0; i < n; i++)
    if (scope_baseline_get_position (self, i) != SCOPE_BASELINE_NONE &&
        (only_total ||
         !scope_endpoint_get_is_total (scope_history_get_endpoint (self->looked_at, i))))
      return TRUE;
  return n == 0;
}

/* What is charted and the baseline's file does not have, or has otherwise. */
static char *
describe_statistics (ScopeBaseline *self)
{
  const ScopeStatistic charted[] = { scope_history_get_response_time (self->looked_at),
                                     scope_history_get_throughput (self->looked_at) };

  for (guint i = 0; i < G_N_ELEMENTS (charted); i++)
    {
      g_autofree char *name = scope_statistic_dup_name (charted[i]);
      g_autofree char *here = scope_history_dup_span (self->looked_at, charted[i]);
      g_autofree char *there = scope_history_dup_span (self->history, charted[i]);

      if (!scope_baseline_has_statistic (self, charted[i]))
        /* Translators: the name of a statistic, as in a list of choices. */
        return g_strdup_printf (_("Its file has no “%s”."), name);
      if (!g_str_equal (here, there))
        /* Translators: what a value covers, as in “p95 over the whole run”. */
        return g_strdup_printf (_("Its values are %s."), there);
    }
  return NULL;
}

/**
 * scope_baseline_dup_problem:
 * @self: the baseline
 *
 * Returns: (transfer full) (nullable): why nothing, or not everything, can be
 *   compared: a sentence, translated
 */
char *
scope_baseline_dup_problem (ScopeBaseline *self)
{
  g_return_val_if_fail (SCOPE_IS_BASELINE (self), NULL);

  if (!self->own_start.is_known)
    return g_strdup (_("There was no request in it."));
  if (scope_baseline_is_own (self) && self->start.run == self->run)
    return g_strdup (_("It is the run that is shown."));
  if (!has_counterparts (self))
    return g_strdup (_("It has none of these endpoints."));
  return scope_baseline_is_own (self) ? NULL : describe_statistics (self);
}
