/* bench-rotate.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six hours of a test whose file is followed, compressed in time: a block each
 * second is one append, and the next comes when it has been read.  Each half hour
 * the counters start again; each hour the file is truncated and written anew, or
 * replaced, or deleted and created.  What is waited for, held open and kept in
 * memory at the end is what it was at first.
 *
 *   bench-rotate [ENDPOINTS HOURS]
 */
#include "csv-feed.h"
#include "history.h"
#include "made-up.h"
#include "report.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define START 1795338539

#define BLOCKS_AN_HOUR 3600

/* What a measurement is off, on a machine that does other things, too. */
#define FLAT AT_MOST (1.3)

typedef struct
{
  guint         n_endpoints;
  char         *folder;  /* owned */
  char         *path;    /* owned */
  MadeUp       *test;    /* owned */
  GString      *text;    /* owned: of a block */
  int           fd;      /* owned: the writer's */
  ScopeFeed    *feed;    /* owned */
  ScopeHistory *history; /* owned */
  guint         n_blocks; /* that the file has */
  gint64        time;    /* s since the epoch */
  GArray       *waits;   /* owned: ms, for each block of the hour */
  guint64       n_rows;
  guint64       n_taken;
} Soak;

typedef struct
{
  double median; /* ms */
  double late;   /* ms: 95 % */
  double memory; /* MB */
  guint  n_files;
} Hour;

static void
blocks_cb (Soak        *self,
           ScopeBlocks *blocks)
{
  self->n_taken += blocks->rows->len;
  scope_history_append (self->history, blocks);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* ms from the write until the history has all rows. */
static double
append_block (Soak *self)
{
  gint64 from;

  g_string_truncate (self->text, 0);
  if (self->n_blocks == 0)
    made_up_add_header (self->text);
  self->n_rows += made_up_add_block (self->test, self->text);
  self->n_blocks++;
  self->time++;
  from = g_get_monotonic_time ();
  if (write (self->fd, self->text->str, self->text->len) != (gssize) self->text->len)
    g_error ("%s cannot be written", self->path);
  while (self->n_taken < self->n_rows)
    g_main_context_iteration (NULL, TRUE);
  return (g_get_monotonic_time () - from) / 1e3;
}

static void
begin_test (Soak *self)
{
  g_clear_pointer (&self->test, made_up_free);
  self->test = made_up_new (self->n_endpoints, MADE_UP_SEED);
  made_up_set_start (self->test, self->time);
}

/* Another file, by one way after the other. */
static void
rotate (Soak *self,
        guint hour)
{
  g_autofree char *other = g_strconcat (self->path, ".new", NULL);

  if (self->fd >= 0)
    close (self->fd);
  if (hour % 3 == 2)
    g_unlink (self->path);
  self->fd = open (hour % 3 == 1 ? other : self->path,
                   O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (hour % 3 == 1)
    g_rename (other, self->path);
  self->n_blocks = 0;
  begin_test (self);
}

static guint
count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static Hour
live_an_hour (Soak *self,
              guint hour)
{
  Hour figures;

  rotate (self, hour);
  g_array_set_size (self->waits, 0);
  for (guint i = 0; i < BLOCKS_AN_HOUR; i++)
    {
      double ms;

      if (i == BLOCKS_AN_HOUR / 2)
        begin_test (self);
      ms = append_block (self);
      g_array_append_val (self->waits, ms);
    }
  if (scope_history_get_n_blocks (self->history) != BLOCKS_AN_HOUR ||
      scope_history_get_n_runs (self->history) != 2)
    g_error ("%u blocks of %u, %u runs", scope_history_get_n_blocks (self->history),
             BLOCKS_AN_HOUR, scope_history_get_n_runs (self->history));
  malloc_trim (0);
  figures = (Hour){ .median = get_median (self->waits),
                    .late = get_percentile (self->waits, 95),
                    .memory = get_resident_mb (),
                    .n_files = count_files () };
  return figures;
}

static void
live (Soak *self,
      guint n_hours)
{
  Hour first = { 0 }, last = { 0 };

  printf ("%4s %16s %16s %12s %12s\n", "hour", "wait (ms)", "of 95 % (ms)", "memory (MB)",
          "open files");
  for (guint i = 1; i <= n_hours; i++)
    {
      last = live_an_hour (self, i - 1);
      if (i == 1)
        first = last;
      printf ("%4u %16.3f %16.3f %12.1f %12u\n", i, last.median, last.late, last.memory,
              last.n_files);
      fflush (stdout);
    }
  report ("rotation: write to history, last hour to first", last.median / first.median, "x", FLAT);
  report ("rotation: memory, last hour to first", last.memory / first.memory, "x", FLAT);
  report ("rotation: files held open, last hour to first",
          (double) last.n_files / first.n_files, "x", AT_MOST (1));
}

int
main (int    argc,
      char **argv)
{
  Soak              self = { .n_endpoints = argc > 2 ? (guint) atoi (argv[1]) : 100, .fd = -1 };
  g_autoptr (GFile) file = NULL;

  self.folder = g_dir_make_tmp ("locustscope-rotate-XXXXXX", NULL);
  self.path = g_build_filename (self.folder, "soak_stats_history.csv", NULL);
  self.text = g_string_new (NULL);
  self.waits = g_array_new (FALSE, FALSE, sizeof (double));
  self.time = START;
  self.history = scope_history_new ();
  file = g_file_new_for_path (self.path);
  self.feed = scope_csv_feed_new (file);
  g_signal_connect_swapped (self.feed, "blocks", G_CALLBACK (blocks_cb), &self);
  g_timeout_add (10, wake_cb, NULL);
  scope_feed_start (self.feed);
  live (&self, argc > 2 ? (guint) atoi (argv[2]) : 6);
  scope_feed_stop (self.feed);
  g_object_unref (self.feed);
  g_object_unref (self.history);
  made_up_free (self.test);
  close (self.fd);
  g_unlink (self.path);
  g_rmdir (self.folder);
  g_string_free (self.text, TRUE);
  g_array_unref (self.waits);
  g_free (self.path);
  g_free (self.folder);
  return 0;
}
