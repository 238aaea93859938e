/* csv-worker.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv-worker.h"

#include "feed.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* GLib tells of a write at once, but then of no other for 0.1 s: until it does,
 * the worker looks for itself. */
#define UNTOLD_US     110000
#define LOOK_AGAIN_US 4000

#define QUEUE_LENGTH 8

/* Time for batches in one turn of the main context: frames come in between. */
#define TURN_US 12000

/* Lower than GDK_PRIORITY_REDRAW, so that what was read is also drawn. */
#define BATCH_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

struct _ScopeCsvWorker
{
  gatomicrefcount ref_count;
  GMutex          lock;
  GCond           changed;
  /* Under the lock: */
  GQueue          reports;    /* owned ScopeCsvReport */
  gboolean        look;       /* the main context asks for a look */
  gboolean        paused;
  gboolean        is_ahead;   /* what is read goes to @ahead */
  gboolean        is_taken;   /* @ahead is taking something just now */
  gboolean        ended;      /* the owner is gone */
  gboolean        scheduled;  /* a turn of the main context is on its way */
  GObject        *owner;      /* borrowed; NULL once ended */
  /* Fixed: */
  GMainContext   *context;    /* owned */
  char           *path;       /* owned; NULL: standard input */
  ScopeCsvReportFunc func;    /* takes what was read */
  ScopeCsvAheadFunc ahead;    /* the same, in the worker's thread */
  gpointer        ahead_data;
  /* The thread's: */
  ScopeCsvActivity activity;
  gboolean        looks_ahead; /* what the look reads goes to @ahead */
  gboolean        is_cut;      /* it ended since that is over, and not at the end of the file */
};

static gboolean turn_cb (gpointer data);

static void
report_free (gpointer data)
{
  ScopeCsvReport *report = data;

  g_clear_pointer (&report->blocks, scope_blocks_unref);
  g_clear_error (&report->error);
  free (report->target);
  g_free (report);
}

static ScopeCsvWorker *
worker_ref (ScopeCsvWorker *worker)
{
  g_atomic_ref_count_inc (&worker->ref_count);
  return worker;
}

static void
worker_unref (gpointer data)
{
  ScopeCsvWorker *worker = data;

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
schedule_turn (ScopeCsvWorker *worker)
{
  g_autoptr (GSource) source = NULL;

  if (worker->scheduled || worker->paused || worker->is_ahead || worker->ended)
    return;
  worker->scheduled = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, BATCH_PRIORITY);
  g_source_set_callback (source, turn_cb, worker_ref (worker), worker_unref);
  g_source_attach (source, worker->context);
}

/* With the lock held: gives a batch to whom it is read ahead for. */
static void
give_ahead (ScopeCsvWorker *worker,
            ScopeBlocks    *blocks)
{
  worker->is_taken = TRUE;
  g_mutex_unlock (&worker->lock);
  worker->ahead (blocks, worker->ahead_data);
  g_mutex_lock (&worker->lock);
  worker->is_taken = FALSE;
  g_cond_broadcast (&worker->changed);
}

/* Takes the report; waits while the queue is full or the feed has stopped.
 * FALSE once nobody wants any more. */
static gboolean
push_report (ScopeCsvWorker *worker,
             ScopeCsvReport *report)
{
  gboolean wanted;

  g_mutex_lock (&worker->lock);
  report->activity = worker->activity;
  if (worker->is_ahead && report->blocks != NULL && !worker->ended)
    {
      give_ahead (worker, report->blocks);
      report_free (report); /* one that follows tells the position */
    }
  else
    {
      g_queue_push_tail (&worker->reports, report);
      g_cond_broadcast (&worker->changed);
    }
  schedule_turn (worker);
  while (!worker->ended &&
         (worker->paused || g_queue_get_length (&worker->reports) >= QUEUE_LENGTH))
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
  ScopeCsvWorker *worker = data;
  ScopeCsvReport *report = g_new0 (ScopeCsvReport, 1);

  scope_csv_activity_note (&worker->activity, blocks);
  report->blocks = scope_blocks_ref (blocks);
  report->position = *position;
  if (!push_report (worker, report))
    return FALSE;
  g_mutex_lock (&worker->lock);
  worker->is_cut = worker->looks_ahead && !worker->is_ahead;
  g_mutex_unlock (&worker->lock);
  return !worker->is_cut;
}

/* Waits until the main context asks for a look, or until @again, of the
 * monotonic clock, where that is not 0.  FALSE once nobody wants any more. */
static gboolean
wait_for_look (ScopeCsvWorker *worker,
               gint64          again,
               gboolean       *asked)
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
         a->changed == b->changed && a->is_over == b->is_over;
}

/* Reads ahead by two threads.  Afterwards the main context has the other
 * processor: with two here, a window took half as long again to show all of
 * 600 MB. */
static void
look (ScopeCsvWorker *worker,
      ScopeCsvReader *reader,
      GError        **error)
{
  do
    {
      g_mutex_lock (&worker->lock);
      worker->looks_ahead = worker->is_ahead;
      g_mutex_unlock (&worker->lock);
      worker->is_cut = FALSE;
      g_clear_error (error);
      scope_csv_reader_set_alone (reader, !worker->looks_ahead);
      scope_csv_reader_look (reader, blocks_cb, worker, error);
    }
  while (worker->is_cut);
}

/* What is to be watched. */
static void
find_place (const char     *path,
            ScopeCsvReport *report)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat      status;

  report->target = realpath (path, NULL);
  if (stat (folder, &status) == 0)
    report->folder = (ScopeCsvFolder){ status.st_dev, status.st_ino };
}

/* When to look although nobody says so, of the monotonic clock; 0: not. */
static gint64
get_next_look (ScopeCsvWorker       *worker,
               const ScopeCsvReport *report,
               gint64                now,
               gint64                untold_until)
{
  /* It waits for a stream in the look itself. */
  if (worker->path == NULL)
    return report->position.is_over || report->error != NULL ? 0 : now;
  return now < untold_until ? now + LOOK_AGAIN_US : 0;
}

static gpointer
worker_thread (gpointer data)
{
  ScopeCsvWorker                    *worker = data;
  g_autoptr (ScopeCsvReader) reader = worker->path ? scope_csv_reader_new (worker->path)
                                                   : scope_csv_reader_new_stream (STDIN_FILENO);
  g_autoptr (GError)         last_error = NULL;
  gint64                     again = 0, untold_until = 0;
  gboolean                   asked;

  scope_csv_reader_set_live (reader, TRUE);
  while (wait_for_look (worker, again, &asked))
    {
      ScopeCsvReport          *report = g_new0 (ScopeCsvReport, 1);
      ScopeCsvPosition before = scope_csv_reader_get_position (reader);
      gboolean         is_same;
      gint64           now;

      look (worker, reader, &report->error);
      report->position = scope_csv_reader_get_position (reader);
      is_same = is_same_position (&before, &report->position) &&
                scope_feed_error_is_same (last_error, report->error);
      g_clear_error (&last_error);
      last_error = report->error ? g_error_copy (report->error) : NULL;
      now = g_get_monotonic_time ();
      untold_until = is_same ? untold_until : now + UNTOLD_US;
      again = get_next_look (worker, report, now, untold_until);
      if (is_same && !asked)
        {
          report_free (report);
          continue;
        }
      if (worker->path != NULL)
        find_place (worker->path, report);
      if (!push_report (worker, report))
        break;
    }
  worker_unref (worker);
  return NULL;
}

/**
 * scope_csv_worker_new:
 * @path: (nullable): of the file, or standard input
 * @ahead: (nullable): takes, in the worker's thread, what is read before the
 *   worker is resumed; then @func is told nothing before that
 * @ahead_data: for @ahead
 * @func: takes what was read
 * @owner: (transfer none): who is told; ends the worker before it goes
 *
 * Returns: (transfer full): a worker that reads already
 */
ScopeCsvWorker *
scope_csv_worker_new (const char        *path,
                      ScopeCsvAheadFunc  ahead,
                      gpointer           ahead_data,
                      ScopeCsvReportFunc func,
                      GObject           *owner)
{
  ScopeCsvWorker *self = g_new0 (ScopeCsvWorker, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->reports);
  self->owner = owner;
  self->func = func;
  self->context = g_main_context_ref_thread_default ();
  self->path = g_strdup (path);
  self->look = TRUE;
  self->ahead = ahead;
  self->ahead_data = ahead_data;
  self->is_ahead = ahead != NULL;
  self->activity = (ScopeCsvActivity) SCOPE_CSV_ACTIVITY_INIT;
  g_thread_unref (g_thread_new ("csv-feed", worker_thread, worker_ref (self)));
  return self;
}

/* Wakes it: the file may have changed. */
void
scope_csv_worker_look (ScopeCsvWorker *self)
{
  g_mutex_lock (&self->lock);
  self->look = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* Neither reads nor tells until it is resumed. */
void
scope_csv_worker_pause (ScopeCsvWorker *self)
{
  g_mutex_lock (&self->lock);
  self->paused = TRUE;
  g_mutex_unlock (&self->lock);
}

/* With the lock held: what was read ahead is the owner's from now on. */
static void
end_ahead (ScopeCsvWorker *self)
{
  self->is_ahead = FALSE;
  while (self->is_taken)
    g_cond_wait (&self->changed, &self->lock);
}

/* Goes on, and looks. */
void
scope_csv_worker_resume (ScopeCsvWorker *self)
{
  g_mutex_lock (&self->lock);
  self->paused = FALSE;
  end_ahead (self);
  self->look = TRUE;
  schedule_turn (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * scope_csv_worker_wait:
 * @self: a worker that reads ahead
 * @time_us: the longest that this may take
 *
 * Waits until all that is there has been read.
 */
void
scope_csv_worker_wait (ScopeCsvWorker *self,
                       gint64          time_us)
{
  gint64 end = g_get_monotonic_time () + time_us;

  g_mutex_lock (&self->lock);
  while (self->is_ahead && g_queue_is_empty (&self->reports))
    if (!g_cond_wait_until (&self->changed, &self->lock, end))
      break;
  g_mutex_unlock (&self->lock);
}

/**
 * scope_csv_worker_end:
 * @self: (transfer full): the worker
 *
 * Tells nothing from now on; the thread goes as soon as it can.
 */
void
scope_csv_worker_end (ScopeCsvWorker *self)
{
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  self->owner = NULL;
  end_ahead (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  worker_unref (self);
}

static ScopeCsvReport *
pop_report (ScopeCsvWorker *worker)
{
  ScopeCsvReport *report = NULL;

  g_mutex_lock (&worker->lock);
  if (!worker->paused && !worker->is_ahead && !worker->ended)
    report = g_queue_pop_head (&worker->reports);
  if (report == NULL)
    worker->scheduled = FALSE;
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->lock);
  return report;
}

/* Tells what was read, for as long as that; FALSE where there is no more. */
static gboolean
take_reports (ScopeCsvWorker *worker,
              gint64          time_us)
{
  gint64 end = g_get_monotonic_time () + time_us;

  do
    {
      ScopeCsvReport             *report = pop_report (worker);
      g_autoptr (GObject) owner = NULL;

      if (report == NULL)
        return FALSE;
      owner = g_object_ref (worker->owner);
      worker->func (report, owner);
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

/**
 * scope_csv_worker_take:
 * @self: the worker
 * @time_us: about how long this may take
 *
 * Tells at once what has been read, and waits for nothing.
 */
void
scope_csv_worker_take (ScopeCsvWorker *self,
                       gint64          time_us)
{
  take_reports (self, time_us);
}
