/* csv-feed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All reading is done by a worker thread, which may block for as long as the
 * file system likes.  What it has read waits in a short queue for the main
 * context; when the queue is full the worker waits.  File monitors and a
 * timer only wake the worker.
 */
#include "csv-feed.h"

#include "csv-reader.h"

#include <stdlib.h>

#define MONITOR_RATE_LIMIT_MS 5
#define LOOK_INTERVAL_MS      1000

/* GLib tells of a write at once, but then of no other for 0.1 s: until it does,
 * the worker looks for itself. */
#define UNTOLD_US         110000
#define LOOK_AGAIN_US     4000

#define QUEUE_LENGTH          3

/* While the window is still being made: some 100 MB of a file. */
#define QUEUE_LENGTH_AHEAD    32

/* Time for batches in one turn of the main context: frames come in between. */
#define TURN_US 4000

/* Lower than GDK_PRIORITY_REDRAW, so that what was read is also drawn. */
#define BATCH_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

/* Twice the longest time between two flushes of Locust. */
#define ENDED_AFTER_S 20

typedef struct
{
  ScopeBlocks     *blocks; /* owned; NULL at the end of a look */
  GError          *error;  /* owned: of a look */
  char            *target; /* owned, by malloc: what the path leads to after a look */
  ScopeCsvPosition position;
} Report;

typedef struct
{
  gatomicrefcount ref_count;
  GMutex          lock;
  GCond           changed;
  /* Under the lock: */
  GQueue          reports;    /* owned Report */
  gboolean        look;       /* the main context asks for a look */
  gboolean        paused;
  gboolean        held;       /* reads, but nobody is there to be told */
  gboolean        ended;      /* the feed is gone */
  gboolean        scheduled;  /* a turn of the main context is on its way */
  ScopeCsvFeed   *feed;       /* borrowed; NULL once ended */
  /* Fixed: */
  guint           queue_length;
  GMainContext   *context;    /* owned */
  char           *path;       /* owned */
} Worker;

struct _ScopeCsvFeed
{
  ScopeFeed     parent_instance;

  GFile        *file;     /* owned */
  Worker       *worker;   /* owned; NULL until started */
  GFileMonitor *monitors[3]; /* owned: of the path, of what a link there leads to, and of the
                              * summary beside it */
  char         *target;   /* owned: what is watched beside the path, or NULL */
  guint         timer;

  ScopeCsvPosition position;
  gint64        seen_us;  /* monotonic: when the position last changed */
  gboolean      has_rows;
  guint32       total;         /* identity of the total row */
  guint64       last_count;    /* of the total row */
  gint64        last_stamp;    /* s */
  gint64        active_stamp;  /* s: last block with users, or whose counters moved */
};

G_DEFINE_FINAL_TYPE (ScopeCsvFeed, scope_csv_feed, SCOPE_TYPE_FEED)

static gboolean turn_cb (gpointer data);

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_pointer (&report->blocks, scope_blocks_unref);
  g_clear_error (&report->error);
  free (report->target);
  g_free (report);
}

static Worker *
worker_ref (Worker *worker)
{
  g_atomic_ref_count_inc (&worker->ref_count);
  return worker;
}

static void
worker_unref (gpointer data)
{
  Worker *worker = data;

  if (!g_atomic_ref_count_dec (&worker->ref_count))
    return;
  g_queue_clear_full (&worker->reports, report_free);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->changed);
  g_main_context_unref (worker->context);
  g_free (worker->path);
  g_free (worker);
}

/* With the lock held. */
static void
schedule_turn (Worker *worker)
{
  g_autoptr (GSource) source = NULL;

  if (worker->scheduled || worker->paused || worker->held || worker->ended)
    return;
  worker->scheduled = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, BATCH_PRIORITY);
  g_source_set_callback (source, turn_cb, worker_ref (worker), worker_unref);
  g_source_attach (source, worker->context);
}

/* Takes the report; waits while the queue is full or the feed stopped.
 * FALSE once nobody wants any more. */
static gboolean
push_report (Worker *worker,
             Report *report)
{
  gboolean wanted;

  g_mutex_lock (&worker->lock);
  g_queue_push_tail (&worker->reports, report);
  schedule_turn (worker);
  while (!worker->ended &&
         (worker->paused || g_queue_get_length (&worker->reports) >= worker->queue_length))
    g_cond_wait (&worker->changed, &worker->lock);
  wanted = !worker->ended;
  g_mutex_unlock (&worker->lock);
  return wanted;
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Report *report = g_new0 (Report, 1);

  report->blocks = scope_blocks_ref (blocks);
  report->position = *position;
  return push_report (data, report);
}

/* Waits until the main context asks for a look, or until @again, of the
 * monotonic clock, where that is not 0.  FALSE once nobody wants any more. */
static gboolean
wait_for_look (Worker   *worker,
               gint64    again,
               gboolean *asked)
{
  gboolean wanted, in_time = TRUE;

  g_mutex_lock (&worker->lock);
  while (!worker->ended && (worker->paused || (!worker->look && in_time)))
    if (again != 0 && !worker->paused)
      in_time = g_cond_wait_until (&worker->changed, &worker->lock, again);
    else
      g_cond_wait (&worker->changed, &worker->lock);
  *asked = worker->look;
  worker->look = FALSE;
  wanted = !worker->ended;
  g_mutex_unlock (&worker->lock);
  return wanted;
}

static gboolean
is_same_position (const ScopeCsvPosition *a,
                  const ScopeCsvPosition *b)
{
  return a->exists == b->exists && a->offset == b->offset && a->size == b->size &&
         a->changed == b->changed;
}

static gpointer
worker_thread (gpointer data)
{
  Worker                    *worker = data;
  g_autoptr (ScopeCsvReader) reader = scope_csv_reader_new (worker->path);
  gint64                     again = 0, untold_until = 0;
  gboolean                   asked;

  scope_csv_reader_set_live (reader, TRUE);
  while (wait_for_look (worker, again, &asked))
    {
      Report          *report = g_new0 (Report, 1);
      ScopeCsvPosition before = scope_csv_reader_get_position (reader);
      gboolean         is_same;
      gint64           now;

      scope_csv_reader_look (reader, blocks_cb, worker, &report->error);
      report->position = scope_csv_reader_get_position (reader);
      is_same = is_same_position (&before, &report->position) && report->error == NULL;
      now = g_get_monotonic_time ();
      untold_until = is_same ? untold_until : now + UNTOLD_US;
      again = now < untold_until ? now + LOOK_AGAIN_US : 0;
      if (is_same && !asked)
        {
          report_free (report);
          continue;
        }
      report->target = realpath (worker->path, NULL);
      if (!push_report (worker, report))
        break;
    }
  worker_unref (worker);
  return NULL;
}

static Worker *
worker_new (ScopeCsvFeed *feed,
            char         *path,
            gboolean      held)
{
  Worker *worker = g_new0 (Worker, 1);

  g_atomic_ref_count_init (&worker->ref_count);
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->reports);
  worker->feed = feed;
  worker->context = g_main_context_ref_thread_default ();
  worker->path = path;
  worker->look = TRUE;
  worker->held = held;
  worker->queue_length = held ? QUEUE_LENGTH_AHEAD : QUEUE_LENGTH;
  g_thread_unref (g_thread_new ("csv-feed", worker_thread, worker_ref (worker)));
  return worker;
}

static void
ask_for_look (ScopeCsvFeed *self)
{
  Worker *worker = self->worker;

  g_mutex_lock (&worker->lock);
  worker->look = TRUE;
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->lock);
}

/* Notes when the test last did anything, by its total rows. */
static void
note_activity (ScopeCsvFeed *self,
               ScopeBlocks  *blocks)
{
  if (blocks->reset)
    {
      self->has_rows = FALSE;
      self->total = G_MAXUINT32;
    }
  for (guint i = 0; i < blocks->identities->len; i++)
    if (((ScopeIdentity *) g_ptr_array_index (blocks->identities, i))->is_total)
      self->total = blocks->n_known + i;
  if (blocks->summary_us != 0)
    return;
  for (guint i = 0; i < blocks->rows->len; i++)
    {
      const ScopeRow *row = &g_array_index (blocks->rows, ScopeRow, i);

      self->last_stamp = row->stamp;
      if (row->users != 0 || !self->has_rows ||
          (row->identity == self->total && row->count != self->last_count))
        self->active_stamp = row->stamp;
      if (row->identity == self->total)
        self->last_count = row->count;
      self->has_rows = TRUE;
    }
  for (guint i = 0; i < blocks->requests->len; i++)
    {
      /* A request is activity, and after the last one its log just ends. */
      self->last_stamp = self->active_stamp =
        g_array_index (blocks->requests, ScopeRequest, i).second;
      self->has_rows = TRUE;
    }
}

static void
update_state (ScopeCsvFeed *self)
{
  /* A clock that is ahead of ours, as a file server's can be, does not keep
   * a test alive: then our own watch counts. */
  gint64   file_age = g_get_real_time () - self->position.changed;
  gint64   watch_age = g_get_monotonic_time () - self->seen_us;
  gint64   age = file_age >= 0 ? file_age : watch_age;
  gboolean silent = age >= ENDED_AFTER_S * G_USEC_PER_SEC;
  gboolean frozen = self->last_stamp - self->active_stamp >= ENDED_AFTER_S;

  if (!self->has_rows)
    scope_feed_set_state (SCOPE_FEED (self), SCOPE_FEED_WAITING);
  else
    scope_feed_set_state (SCOPE_FEED (self),
                          silent || frozen ? SCOPE_FEED_ENDED : SCOPE_FEED_LIVE);
}

static void
take_position (ScopeCsvFeed           *self,
               const ScopeCsvPosition *position)
{
  if (position->offset != self->position.offset || position->changed != self->position.changed)
    self->seen_us = g_get_monotonic_time ();
  self->position = *position;
}

static void
watch (ScopeCsvFeed *self,
       guint         which,
       GFile        *file)
{
  g_autoptr (GFileMonitor) monitor =
    g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return; /* the timer is enough */
  g_file_monitor_set_rate_limit (monitor, MONITOR_RATE_LIMIT_MS);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (ask_for_look), self, G_CONNECT_SWAPPED);
  g_clear_object (&self->monitors[which]);
  self->monitors[which] = g_steal_pointer (&monitor);
}

/* Where the path is a link, appends are seen only at what it leads to. */
static void
watch_target (ScopeCsvFeed *self,
              const char   *target)
{
  g_autoptr (GFile) file = NULL;

  if (g_strcmp0 (target, g_file_peek_path (self->file)) == 0)
    target = NULL;
  if (g_strcmp0 (target, self->target) == 0)
    return;
  g_free (self->target);
  self->target = g_strdup (target);
  g_clear_object (&self->monitors[1]);
  if (target == NULL)
    return;
  file = g_file_new_for_path (target);
  watch (self, 1, file);
}

static void
watch_summary (ScopeCsvFeed *self)
{
  g_autofree char  *path = scope_csv_summary_path (g_file_peek_path (self->file));
  g_autoptr (GFile) file = NULL;

  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  watch (self, 2, file);
}

static void
take_report (ScopeCsvFeed *self,
             Report       *report)
{
  ScopeFeed *feed = SCOPE_FEED (self);
  double     progress = scope_feed_get_progress (feed);

  take_position (self, &report->position);
  if (report->blocks != NULL)
    {
      note_activity (self, report->blocks);
      scope_feed_set_error (feed, NULL);
      if (progress < 1 && report->position.size > 0)
        scope_feed_set_progress (feed, MIN ((double) report->position.offset /
                                              report->position.size,
                                            0.999));
      scope_feed_emit_blocks (feed, report->blocks);
    }
  else
    {
      if (report->target != NULL)
        watch_target (self, report->target);
      scope_feed_set_error (feed, report->error);
      scope_feed_set_progress (feed, 1);
      scope_feed_emit_caught_up (feed);
    }
  update_state (self);
}

static Report *
pop_report (Worker *worker)
{
  Report *report = NULL;

  g_mutex_lock (&worker->lock);
  if (!worker->paused && !worker->held && !worker->ended)
    report = g_queue_pop_head (&worker->reports);
  if (report == NULL)
    worker->scheduled = FALSE;
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->lock);
  return report;
}

/* Tells what was read, for as long as that; FALSE where there is no more. */
static gboolean
take_reports (Worker *worker,
              gint64  time_us)
{
  gint64 end = g_get_monotonic_time () + time_us;

  do
    {
      Report                   *report = pop_report (worker);
      g_autoptr (ScopeCsvFeed) feed = NULL;

      if (report == NULL)
        return FALSE;
      feed = g_object_ref (worker->feed);
      take_report (feed, report);
      report_free (report);
    }
  while (g_get_monotonic_time () < end);
  return TRUE;
}

static gboolean
turn_cb (gpointer data)
{
  return take_reports (data, TURN_US);
}

static gboolean
timer_cb (gpointer data)
{
  ScopeCsvFeed *self = data;

  ask_for_look (self);
  update_state (self);
  return G_SOURCE_CONTINUE;
}

static void
stop_watching (ScopeCsvFeed *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->monitors); i++)
    g_clear_object (&self->monitors[i]);
  g_clear_pointer (&self->target, g_free);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
scope_csv_feed_start (ScopeFeed *feed)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (feed);

  if (self->worker == NULL)
    {
      self->worker = worker_new (self, g_file_get_path (self->file), FALSE);
    }
  else
    {
      g_mutex_lock (&self->worker->lock);
      self->worker->paused = self->worker->held = FALSE;
      schedule_turn (self->worker);
      g_mutex_unlock (&self->worker->lock);
      ask_for_look (self);
    }
  watch (self, 0, self->file);
  watch_summary (self);
  self->timer = g_timeout_add (LOOK_INTERVAL_MS, timer_cb, self);
}

static void
scope_csv_feed_stop (ScopeFeed *feed)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (feed);

  stop_watching (self);
  g_mutex_lock (&self->worker->lock);
  self->worker->paused = TRUE;
  g_mutex_unlock (&self->worker->lock);
}

static void
scope_csv_feed_dispose (GObject *object)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (object);

  stop_watching (self);
  if (self->worker != NULL)
    {
      g_mutex_lock (&self->worker->lock);
      self->worker->ended = TRUE;
      self->worker->feed = NULL;
      g_cond_broadcast (&self->worker->changed);
      g_mutex_unlock (&self->worker->lock);
      g_clear_pointer (&self->worker, worker_unref);
    }
  g_clear_object (&self->file);
  G_OBJECT_CLASS (scope_csv_feed_parent_class)->dispose (object);
}

static void
scope_csv_feed_class_init (ScopeCsvFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_csv_feed_dispose;
  SCOPE_FEED_CLASS (klass)->start = scope_csv_feed_start;
  SCOPE_FEED_CLASS (klass)->stop = scope_csv_feed_stop;
}

static void
scope_csv_feed_init (ScopeCsvFeed *self)
{
  self->total = G_MAXUINT32;
}

/**
 * scope_csv_feed_new:
 * @file: a local file, which need not exist yet
 *
 * Returns: (transfer full): a feed that has not been started
 */
ScopeFeed *
scope_csv_feed_new (GFile *file)
{
  ScopeCsvFeed *self;

  g_return_val_if_fail (g_file_peek_path (file) != NULL, NULL);

  self = g_object_new (SCOPE_TYPE_CSV_FEED, NULL);
  self->file = g_object_ref (file);
  return SCOPE_FEED (self);
}

/**
 * scope_csv_feed_read_ahead:
 * @self: a feed that has not been started
 *
 * Reads already, as far as the queue goes, while whoever will listen is still
 * being made: nothing is emitted before the start.
 */
void
scope_csv_feed_read_ahead (ScopeCsvFeed *self)
{
  g_return_if_fail (SCOPE_IS_CSV_FEED (self));
  g_return_if_fail (self->worker == NULL);
  self->worker = worker_new (self, g_file_get_path (self->file), TRUE);
}

/**
 * scope_csv_feed_take:
 * @self: a feed that was started
 * @time_us: about how long this may take
 *
 * Emits at once what has been read, and waits for nothing.
 */
void
scope_csv_feed_take (ScopeCsvFeed *self,
                     gint64        time_us)
{
  g_autoptr (ScopeCsvFeed) alive = NULL;

  g_return_if_fail (SCOPE_IS_CSV_FEED (self));
  g_return_if_fail (self->worker != NULL);
  alive = g_object_ref (self);
  take_reports (self->worker, time_us);
}

/* Returns: (transfer none): the file that is followed. */
GFile *
scope_csv_feed_get_file (ScopeCsvFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_CSV_FEED (self), NULL);
  return self->file;
}

/* Whether there was a file at the last look. */
gboolean
scope_csv_feed_get_exists (ScopeCsvFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_CSV_FEED (self), FALSE);
  return self->position.exists;
}
