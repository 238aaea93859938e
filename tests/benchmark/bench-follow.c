/* bench-follow.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the write of a block to the pixels of the charts, while a large file
 * grows; and what that costs.
 *
 *   bench-follow LOCUSTSCOPE FOLLOW-FLOOR [ENDPOINTS SECONDS]
 *
 * Blocks come at odd moments, each when the one before has long been drawn.
 * A follower that does next to nothing says how much of the time is that of
 * the system.
 */
#include "made-up.h"
#include "program.h"
#include "report.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define N_BLOCKS  120
#define TIMEOUT_S 1.0
#define PAUSE_S   0.12

/* Inside the charts, left of the legend; the bar of the floor is there too. */
static const WatchPart CHARTS = { 60, 140, 640, 560 };

typedef struct
{
  Watch   *screen;  /* borrowed */
  MadeUp  *test;    /* borrowed */
  int      fd;      /* the file that grows */
  GArray  *times;   /* owned: ms */
  double   cpu;     /* s, for each block */
  guint    n_rows;  /* of the last block */
  guint    n_missed;
} Follow;

static double
wait_for_change (Follow *self,
                 guint64 shown,
                 double  from)
{
  double when = from;

  while (when - from < TIMEOUT_S)
    if (watch_wait (self->screen, TIMEOUT_S, &when) && watch_hash (self->screen, &CHARTS) != shown)
      return when - from;
  return -1;
}

/* What else it draws is not to be taken for the next block. */
static void
pause_a_while (Follow *self,
               double  seconds)
{
  double end = get_seconds () + seconds;
  double when;

  while (get_seconds () < end)
    watch_wait (self->screen, end - get_seconds (), &when);
}

static void
follow (Follow  *self,
        Program *program)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double              cpu = program_get_cpu (program);

  for (guint i = 0; i < N_BLOCKS; i++)
    {
      guint64 shown = watch_hash (self->screen, &CHARTS);
      double  from, seconds;

      g_string_truncate (text, 0);
      self->n_rows = made_up_add_block (self->test, text);
      from = get_seconds ();
      if (write (self->fd, text->str, text->len) != (gssize) text->len)
        return;
      seconds = wait_for_change (self, shown, from) * 1e3;
      if (seconds > 0)
        g_array_append_val (self->times, seconds);
      else
        self->n_missed++;
      pause_a_while (self, PAUSE_S + 0.0137 * (i % 11));
    }
  self->cpu = (program_get_cpu (program) - cpu) / N_BLOCKS;
}

static gboolean
measure (Follow     *self,
         const char *path,
         const char *file)
{
  Program program;

  g_array_set_size (self->times, 0);
  self->n_missed = 0;
  if (!program_start (&program, path, file))
    return FALSE;
  program_wait_for_rest (&program, self->screen, program.started, TRUE);
  follow (self, &program);
  program_end (&program);
  program_wait_for_rest (&program, self->screen, get_seconds (), FALSE);
  printf ("%s: %u blocks of %u rows, %u not seen\n", path, N_BLOCKS, self->n_rows, self->n_missed);
  return self->times->len > 0;
}

static char *
write_history (Follow *self,
               guint   n_seconds)
{
  g_autoptr (GString) text = NULL;
  char               *path = NULL;

  /* Up to now, or nearly: the blocks to come are of the past, too. */
  made_up_set_start (self->test, time (NULL) - (gint64) (n_seconds * 1.003) - 2 * N_BLOCKS - 60);
  text = made_up_history (self->test, n_seconds);
  self->fd = g_file_open_tmp ("XXXXXX_stats_history.csv", &path, NULL);
  if (self->fd >= 0 && write (self->fd, text->str, text->len) == (gssize) text->len)
    return path;
  g_free (path);
  return NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (Watch)  screen = watch_open ();
  g_autoptr (MadeUp) test = made_up_new (argc > 4 ? (guint) atoi (argv[3]) : 200, MADE_UP_SEED);
  g_autofree char   *path = NULL;
  Follow             self = { .screen = screen, .test = test };

  if (argc < 3 || screen == NULL)
    {
      report_failure ("L: write to pixel", "no display to be watched");
      return 77;
    }
  path = write_history (&self, argc > 4 ? (guint) atoi (argv[4]) : 14400);
  if (path == NULL)
    return 1;
  self.times = g_array_new (FALSE, FALSE, sizeof (double));
  if (measure (&self, argv[2], path))
    report ("L: write to pixel, follower that does nothing, median", get_median (self.times), "ms",
            NO_TARGET);
  if (measure (&self, argv[1], path))
    {
      report ("L: write to pixel, median", get_median (self.times), "ms", AT_MOST (5));
      report ("L: write to pixel, 95 %", get_percentile (self.times, 95), "ms", AT_MOST (17));
      report ("L: CPU for a block followed, the whole program", 1e3 * self.cpu, "ms", NO_TARGET);
    }
  else
    report_failure ("L: write to pixel, median", "nothing was drawn");
  g_array_unref (self.times);
  close (self.fd);
  g_unlink (path);
  return 0;
}
