/* bench-start.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the start of the program to its complete picture, beyond what a
 * trivial window takes; then another choice of what is charted.
 *
 *   bench-start LOCUSTSCOPE TRIVIAL-WINDOW
 *
 * Best of several rounds, one after the other: on a virtual machine memory that
 * was given back some seconds ago is slow to be had again, and L takes 170 MB.
 */
#include "made-up.h"
#include "program.h"
#include "report.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#define ROUNDS 4

typedef struct
{
  const char *name;
  guint       n_endpoints;
  guint       n_seconds;
  double      target; /* ms beyond the trivial window */
  char       *path;   /* owned */
  guint       n_rows;
  double      best;   /* s */
  double      resident_mb;
} Case;

enum
{
  TRIVIAL,
  EMPTY,
  M,
  L,
  N_CASES
};

static Case cases[N_CASES] = {
  { "trivial window: start to picture" },
  { "empty: start to picture, beyond trivial", 0, 0, AT_MOST (15) },
  { "M: start to complete picture, beyond trivial", 50, 3600, AT_MOST (20) },
  { "L: start to complete picture, beyond trivial", 200, 14400, AT_MOST (250) },
};

/* Until another choice is drawn. */
static double statistic_ms, window_ms;

/* Until the cursor has followed the pointer, and what that takes of the program,
 * the legend's numbers included. */
static double cursor_ms, cursor_cpu_ms;

#define N_MOTIONS       40
#define MOTION_PX       13
#define MOTION_PAUSE_S  0.1 /* in which the legend follows, too */

/* Down to the disk: it is not to be written while it is read. */
static gboolean
sync_file (const char *path)
{
  int      fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  return g_close (fd, NULL) && synced;
}

/* A test that ended an hour ago. */
static gboolean
write_history (Case       *self,
               const char *folder)
{
  g_autoptr (MadeUp)  test = made_up_new (self->n_endpoints, MADE_UP_SEED);
  g_autoptr (GString) text = made_up_history (test, self->n_seconds);
  struct utimbuf      times = { time (NULL) - 3600, time (NULL) - 3600 };

  for (gsize i = 0; i < text->len; i++)
    self->n_rows += text->str[i] == '\n';
  self->path = g_strdup_printf ("%s/%c_stats_history.csv", folder, self->name[0]);
  return g_file_set_contents_full (self->path, text->str, text->len, G_FILE_SET_CONTENTS_NONE,
                                   0600, NULL) &&
         sync_file (self->path) &&
         g_utime (self->path, &times) == 0;
}

static void
time_choice (Program    *program,
             Watch      *screen,
             const char *action,
             GVariant   *parameter,
             GArray     *times)
{
  double from = get_seconds ();
  double ms;

  if (!program_activate (action, parameter))
    return;
  ms = 1e3 * program_wait_for_rest (program, screen, from, TRUE);
  if (ms > 0)
    g_array_append_val (times, ms);
}

static void
time_choices (Program *program,
              Watch   *screen)
{
  static const char *const statistics[] = { "p95", "max", "p50", "average" };
  static const int         windows[] = { 30, 60, 5, 10 };
  g_autoptr (GArray)       by_statistic = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray)       by_window = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (statistics); i++)
    time_choice (program, screen, "response-time", g_variant_new_string (statistics[i]),
                 by_statistic);
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    time_choice (program, screen, "window", g_variant_new_int32 (windows[i]), by_window);
  statistic_ms = get_median (by_statistic);
  window_ms = get_median (by_window);
}

static void
pause_a_while (Watch *screen,
               double seconds)
{
  double end = get_seconds () + seconds;
  double when;

  while (get_seconds () < end)
    watch_wait (screen, end - get_seconds (), &when);
}

static void
time_motions (Program *program,
              Watch   *screen)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double             cpu;

  watch_move_pointer (screen, 100, 300);
  pause_a_while (screen, 1);
  cpu = program_get_cpu (program);
  for (int i = 1; i <= N_MOTIONS; i++)
    {
      double from = get_seconds ();
      double when, ms;

      watch_move_pointer (screen, 100 + i * MOTION_PX, 300 + i % 3);
      if (!watch_wait (screen, 1, &when))
        continue;
      ms = 1e3 * (when - from);
      g_array_append_val (times, ms);
      pause_a_while (screen, MOTION_PAUSE_S);
    }
  cursor_cpu_ms = 1e3 * (program_get_cpu (program) - cpu) / N_MOTIONS;
  cursor_ms = get_median (times);
}

static void
run (Case       *self,
     Watch      *screen,
     const char *path,
     gboolean    last)
{
  Program program;
  double  seconds;

  if (!program_start (&program, path, self->path))
    return;
  seconds = program_wait_for_rest (&program, screen, program.started, TRUE);
  if (seconds > 0)
    self->best = MIN (self->best, seconds);
  self->resident_mb = program_get_resident_mb (&program);
  printf ("%-46s %8.1f ms %8.1f MB\n", self->name, 1e3 * seconds, self->resident_mb);
  if (last && self == &cases[L])
    {
      time_choices (&program, screen);
      time_motions (&program, screen);
    }
  program_end (&program);
  /* Its window goes. */
  program_wait_for_rest (&program, screen, get_seconds (), FALSE);
}

static void
report_all (void)
{
  double grown = cases[L].resident_mb - cases[EMPTY].resident_mb;

  report (cases[TRIVIAL].name, 1e3 * cases[TRIVIAL].best, "ms", NO_TARGET);
  for (guint i = EMPTY; i < N_CASES; i++)
    report (cases[i].name, 1e3 * (cases[i].best - cases[TRIVIAL].best), "ms", cases[i].target);
  report ("L: another statistic, choice to picture", statistic_ms, "ms", AT_MOST (100));
  report ("L: another window, choice to picture", window_ms, "ms", AT_MOST (100));
  report ("L: pointer to cursor on the screen", cursor_ms, "ms", NO_TARGET);
  report ("L: CPU for a motion of the pointer, the whole program", cursor_cpu_ms, "ms", NO_TARGET);
  report ("L: window, grown beyond the empty one", grown, "MB", NO_TARGET);
  report ("L: window, grown, a row", grown * 1e6 / cases[L].n_rows, "bytes", AT_MOST (64));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (Watch) screen = watch_open ();
  g_autofree char  *folder = g_dir_make_tmp ("benchmark-XXXXXX", NULL);

  if (argc < 3 || screen == NULL || folder == NULL)
    {
      report_failure ("start to picture", "no display to be watched");
      return 77;
    }
  for (guint i = M; i < N_CASES; i++)
    if (!write_history (&cases[i], folder))
      return 1;
  /* The first round fills caches. */
  for (guint i = 0; i < N_CASES; i++)
    for (guint round = 0; round <= ROUNDS; round++)
      {
        if (round <= 1)
          cases[i].best = G_MAXDOUBLE;
        run (&cases[i], screen, argv[i == TRIVIAL ? 2 : 1], round == ROUNDS);
      }
  report_all ();
  for (guint i = M; i < N_CASES; i++)
    {
      g_unlink (cases[i].path);
      g_free (cases[i].path);
    }
  g_rmdir (folder);
  return 0;
}
