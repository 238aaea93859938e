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
 * Blocks come at odd moments, each when the one before has long been drawn:
 * in one piece, then as Locust writes them, a buffer of 8 KB at a time.  A
 * follower that does next to nothing says how much of the time is that of the
 * system.
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

#define N_BLOCKS  60
#define TIMEOUT_S 1.0

/* GLib waits up to 0.1 s before it looks for changes again. */
#define PAUSE_S 0.25

/* After so long there is nothing more of a block to be drawn. */
#define STILL_S 0.3

#define PIECE 8192 /* bytes */

/* The whole window.  Of a long test a block is less than a pixel wide, and need
 * not be seen in a chart; the clock in the header bar, which is of the same
 * frame, changes with each. */
static const WatchPart WINDOW = { 0, 0, 1200, 800 };

typedef struct
{
  Watch   *screen;  /* borrowed */
  MadeUp  *test;    /* borrowed */
  int      fd;      /* the file that grows */
  GArray  *times;   /* owned: ms */
  double   cpu;     /* s, for each block */
} Follow;

/* Seconds from @from to the first change, or to the last before it is still. */
static double
wait_for_change (Follow  *self,
                 guint64  shown,
                 double   from,
                 gboolean last)
{
  double changed = -1;
  double when = from;

  while (when - MAX (changed, from) < (changed < 0 ? TIMEOUT_S : STILL_S))
    {
      guint64 hash = shown;

      if (watch_wait (self->screen, STILL_S, &when))
        hash = watch_hash (self->screen, &WINDOW);
      if (hash == shown)
        continue;
      shown = hash;
      changed = when;
      if (!last)
        break;
    }
  return changed - from;
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

/* Returns: when the last piece was about to be written */
static double
write_block (Follow        *self,
             const GString *text,
             gsize          piece)
{
  double when = 0;

  for (gsize from = 0; from < text->len; from += piece)
    {
      gsize size = MIN (piece, text->len - from);

      when = get_seconds ();
      if (write (self->fd, text->str + from, size) != (gssize) size)
        g_error ("The file that is to grow cannot be written to.");
    }
  return when;
}

static void
follow (Follow  *self,
        Program *program,
        gsize    piece)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double              cpu = program_get_cpu (program);

  g_array_set_size (self->times, 0);
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      guint64 shown = watch_hash (self->screen, &WINDOW);
      double  ms;

      g_string_truncate (text, 0);
      made_up_add_block (self->test, text);
      ms = 1e3 * wait_for_change (self, shown, write_block (self, text, piece), piece < text->len);
      if (ms > 0)
        g_array_append_val (self->times, ms);
      pause_a_while (self, PAUSE_S + 0.0137 * (i % 11));
    }
  self->cpu = (program_get_cpu (program) - cpu) / N_BLOCKS;
  printf ("%u of %u blocks seen: from %.2f to %.2f ms\n", self->times->len, N_BLOCKS,
          get_percentile (self->times, 0), get_percentile (self->times, 100));
}

static void
measure_floor (Follow     *self,
               const char *path,
               const char *file)
{
  Program program;

  if (!program_start (&program, path, file))
    return;
  program_wait_for_rest (&program, self->screen, program.started, TRUE);
  follow (self, &program, G_MAXSSIZE);
  report ("L: write to pixel, follower that does nothing, median", get_median (self->times), "ms",
          NO_TARGET);
  program_end (&program);
  program_wait_for_rest (&program, self->screen, get_seconds (), FALSE);
}

static void
measure (Follow     *self,
         const char *path,
         const char *file)
{
  Program program;

  if (!program_start (&program, path, file))
    return;
  program_wait_for_rest (&program, self->screen, program.started, TRUE);
  follow (self, &program, G_MAXSSIZE);
  report ("L: write to pixel, median", get_median (self->times), "ms", AT_MOST (5));
  report ("L: write to pixel, 95 %", get_percentile (self->times, 95), "ms", AT_MOST (17));
  report ("L: CPU for a block followed, the whole program", 1e3 * self->cpu, "ms", NO_TARGET);
  follow (self, &program, PIECE);
  report ("L: last of 8 KB writes to the last pixel (the legend), median", get_median (self->times), "ms",
          NO_TARGET);
  report ("L: last of 8 KB writes to the last pixel (the legend), 95 %", get_percentile (self->times, 95), "ms",
          NO_TARGET);
  program_end (&program);
}

static char *
write_history (Follow *self,
               guint   n_seconds)
{
  g_autoptr (GString) text = NULL;
  char               *path = NULL;

  /* Up to now, or nearly: the blocks to come are of the past, too. */
  made_up_set_start (self->test, time (NULL) - (gint64) (n_seconds * 1.003) - 4 * N_BLOCKS);
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
  measure_floor (&self, argv[2], path);
  measure (&self, argv[1], path);
  g_array_unref (self.times);
  close (self.fd);
  g_unlink (path);
  return 0;
}
