/* csv-feed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A worker reads; file monitors and a timer only wake it.
 */
#include "csv-feed.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define MONITOR_RATE_LIMIT_MS 5
#define LOOK_INTERVAL_MS      1000

#define STREAM_PATH "/dev/stdin"

/* Twice the longest time between two flushes of Locust. */
#define ENDED_AFTER_S 20

struct _ScopeCsvFeed
{
  ScopeFeed     parent_instance;

  GFile        *file;     /* owned; that of standard input is a name only */
  gboolean      is_stream;
  ScopeCsvWorker *worker; /* owned; NULL until started */
  GFileMonitor *monitors[3]; /* owned: of the path, of what a link there leads to, and of the
                              * summary beside it */
  char         *target;   /* owned: what is watched beside the path, or NULL */
  ScopeCsvFolder folder;  /* in which the path was at the last look */
  guint         timer;

  ScopeCsvPosition position;
  gint64        seen_us;  /* monotonic: when the position last changed */
  ScopeCsvActivity activity;
};

G_DEFINE_FINAL_TYPE (ScopeCsvFeed, scope_csv_feed, SCOPE_TYPE_FEED)

static void
update_state (ScopeCsvFeed *self)
{
  /* A clock that is ahead of ours, as a file server's can be, does not keep
   * a test alive: then our own watch counts. */
  gint64   file_age = g_get_real_time () - self->position.changed;
  gint64   watch_age = g_get_monotonic_time () - self->seen_us;
  gint64   age = file_age >= 0 ? file_age : watch_age;
  gboolean silent = age >= ENDED_AFTER_S * G_USEC_PER_SEC;
  gboolean frozen =
    self->activity.last_stamp - self->activity.active_stamp >= ENDED_AFTER_S;

  if (!self->activity.has_rows)
    scope_feed_set_state (SCOPE_FEED (self), SCOPE_FEED_WAITING);
  else
    scope_feed_set_state (SCOPE_FEED (self),
                          silent || frozen || self->position.is_over ? SCOPE_FEED_ENDED
                                                                     : SCOPE_FEED_LIVE);
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
look_cb (ScopeCsvFeed *self)
{
  scope_csv_worker_look (self->worker);
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
  g_signal_connect_object (monitor, "changed", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
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

/* The system goes on watching a folder that was moved away, and notices late
 * that one was made. */
static void
watch_folder (ScopeCsvFeed         *self,
              const ScopeCsvFolder *folder)
{
  gboolean is_same =
    folder->device == self->folder.device && folder->inode == self->folder.inode;

  self->folder = *folder;
  if (is_same || folder->inode == 0)
    return;
  watch (self, 0, self->file);
  watch_summary (self);
}

/* Batches of a long file are given back to the C library alone, which keeps what
 * lies between other memory. */
static gboolean
give_back_cb (gpointer data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

static void
take_report (ScopeCsvReport *report,
             GObject        *owner)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (owner);
  ScopeFeed *feed = SCOPE_FEED (self);
  double     progress = scope_feed_get_progress (feed);

  take_position (self, &report->position);
  self->activity = report->activity;
  if (report->blocks != NULL)
    {
      scope_feed_set_error (feed, NULL);
      if (progress < 1 && report->position.size > 0)
        scope_feed_set_progress (feed, MIN ((double) report->position.offset /
                                              report->position.size,
                                            0.999));
      scope_feed_emit_blocks (feed, report->blocks);
    }
  else
    {
      watch_folder (self, &report->folder);
      if (report->target != NULL)
        watch_target (self, report->target);
      scope_feed_set_error (feed, report->error);
      scope_feed_set_progress (feed, 1);
      scope_feed_emit_caught_up (feed);
      /* When the picture is drawn. */
      if (progress < 1)
        g_idle_add_full (G_PRIORITY_LOW, give_back_cb, NULL, NULL);
    }
  update_state (self);
}

static void
make_worker (ScopeCsvFeed         *self,
             ScopeCsvAheadFunc     ahead,
             gpointer              data)
{
  self->worker = scope_csv_worker_new (self->is_stream ? NULL : g_file_peek_path (self->file),
                                       ahead, data, take_report, G_OBJECT (self));
}

static gboolean
timer_cb (gpointer data)
{
  ScopeCsvFeed *self = data;

  look_cb (self);
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
    make_worker (self, NULL, NULL);
  else
    scope_csv_worker_resume (self->worker);
  if (!self->is_stream)
    {
      watch (self, 0, self->file);
      watch_summary (self);
    }
  self->timer = g_timeout_add (LOOK_INTERVAL_MS, timer_cb, self);
}

static void
scope_csv_feed_stop (ScopeFeed *feed)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (feed);

  stop_watching (self);
  scope_csv_worker_pause (self->worker);
}

static void
scope_csv_feed_dispose (GObject *object)
{
  ScopeCsvFeed *self = SCOPE_CSV_FEED (object);

  stop_watching (self);
  g_clear_pointer (&self->worker, scope_csv_worker_end);
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
 * scope_csv_feed_new_stream:
 *
 * Of standard input, which only one feed can read.
 *
 * Returns: (transfer full): a feed that has not been started
 */
ScopeFeed *
scope_csv_feed_new_stream (void)
{
  ScopeCsvFeed *self = g_object_new (SCOPE_TYPE_CSV_FEED, NULL);

  self->file = g_file_new_for_path (STREAM_PATH);
  self->is_stream = TRUE;
  return SCOPE_FEED (self);
}

/**
 * scope_csv_feed_read_ahead:
 * @self: a feed that has not been started
 * @func: takes each batch, in a thread of the feed's
 * @data: for @func; it must outlive the feed, or its start
 *
 * Reads already, while whoever will listen is still being made: what is read
 * until the feed is started is not emitted, but given to @func.
 */
void
scope_csv_feed_read_ahead (ScopeCsvFeed     *self,
                           ScopeCsvAheadFunc func,
                           gpointer          data)
{
  g_return_if_fail (SCOPE_IS_CSV_FEED (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (self->worker == NULL);
  make_worker (self, func, data);
}

/**
 * scope_csv_feed_wait:
 * @self: a feed
 * @time_us: the longest that this may take
 *
 * Where it reads ahead, waits until all that is there has been read.
 */
void
scope_csv_feed_wait (ScopeCsvFeed *self,
                     gint64        time_us)
{
  g_return_if_fail (SCOPE_IS_CSV_FEED (self));
  if (self->worker != NULL)
    scope_csv_worker_wait (self->worker, time_us);
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
  scope_csv_worker_take (self->worker, time_us);
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

/* Whether it is standard input that is followed. */
gboolean
scope_csv_feed_is_stream (ScopeCsvFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_CSV_FEED (self), FALSE);
  return self->is_stream;
}

/* Whether nothing more will come, as behind the end of a stream. */
gboolean
scope_csv_feed_is_over (ScopeCsvFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_CSV_FEED (self), FALSE);
  return self->position.is_over;
}
