/* program.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing in the program helps with it: its pixels and what the kernel knows
 * of it are enough.
 */
#include "program.h"

#include "report.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* Complete is a picture that has been still for so long, of a program that
 * in this time used next to no processor. */
#define REST_S     0.6
#define REST_CPU_S 0.06
#define MOST_S     60

#define NAME   "io.github.locustscope.Locustscope"
#define WINDOW "/io/github/locustscope/Locustscope/window/1"

/**
 * program_start:
 * @self: (out caller-allocates): the program
 * @path: its file
 * @argument: (nullable): what it is given
 *
 * Returns: whether it was started
 */
gboolean
program_start (Program    *self,
               const char *path,
               const char *argument)
{
  const char *argv[] = { path, argument, NULL };

  self->started = get_seconds ();
  return g_spawn_async (NULL, (char **) argv, NULL,
                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL,
                        &self->pid, NULL);
}

void
program_end (Program *self)
{
  kill (self->pid, SIGTERM);
  waitpid (self->pid, NULL, 0);
  g_spawn_close_pid (self->pid);
}

static double
read_number (Program    *self,
             const char *file,
             const char *key)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", self->pid, file);
  g_autofree char *text = NULL;
  const char      *place;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  place = key != NULL ? strstr (text, key) : text;
  return place != NULL ? g_ascii_strtod (place + (key != NULL ? strlen (key) : 0), NULL) : 0;
}

/* Seconds, of all its threads that live. */
double
program_get_cpu (Program *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task", self->pid);
  g_autoptr (GDir) tasks = g_dir_open (path, 0, NULL);
  const char      *task;
  double           ns = 0;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *file = g_strdup_printf ("task/%s/schedstat", task);

      ns += read_number (self, file, NULL);
    }
  return ns / 1e9;
}

/* Memory that is its own, in 10^6 bytes. */
double
program_get_resident_mb (Program *self)
{
  return read_number (self, "status", "RssAnon:") * 1024 / 1e6;
}

/**
 * program_wait_for_rest:
 * @self: a program that is drawing, or is about to
 * @screen: where it does
 * @from: s, on the clock of get_seconds()
 * @will_draw: it is not at rest before it has drawn
 *
 * Returns: seconds from @from to the first moment when the screen was as it
 *   has stayed since; negative: it did not come to rest
 */
double
program_wait_for_rest (Program *self,
                       Watch   *screen,
                       double   from,
                       gboolean will_draw)
{
  WatchPart whole = watch_get_whole (screen);
  guint64    shown = watch_hash (screen, &whole);
  double     changed = from;
  double     looked = get_seconds ();
  double     cpu = program_get_cpu (self);

  while (get_seconds () - from < MOST_S)
    {
      double when, used;

      if (watch_wait (screen, 0.05, &when))
        {
          guint64 hash = watch_hash (screen, &whole);

          if (hash != shown)
            changed = when;
          shown = hash;
        }
      if (when - looked < REST_S)
        continue;
      used = program_get_cpu (self) - cpu;
      if (when - changed >= REST_S && used < REST_CPU_S && (changed > from || !will_draw))
        return changed - from;
      looked = when;
      cpu += used;
    }
  return -1;
}

/* Does what a choice in the program's menus does. */
gboolean
program_activate (const char *action,
                  GVariant   *parameter)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant)        answer = NULL;
  GVariantBuilder             parameters;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", parameter);
  if (bus != NULL)
    answer = g_dbus_connection_call_sync (bus, NAME, WINDOW, "org.gtk.Actions", "Activate",
                                          g_variant_new ("(sava{sv})", action, &parameters, NULL),
                                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  else
    g_variant_builder_clear (&parameters);
  return answer != NULL;
}
