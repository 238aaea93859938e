/* test-window-cycles.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hundreds of files one after another, each in a window that is closed again:
 * nothing is left of them.  CYCLES says how many; 60 if not set.
 */
#include "application.h"
#include "gtktest.h"
#include "window-private.h"

#include <glib/gstdio.h>
#include <malloc.h>

#define USUAL_CYCLES 60

/* Cycles after which GTK has what it keeps for good. */
#define WARM_UP 20

/* Bytes that may be left of each: what GTK and Pango still keep of new words. */
#define MOST_LEFT 3000

static const char *const ENDPOINTS[] = { "GET /cart", "POST /cart", "GET /search", NULL };

typedef struct
{
  guint  n_files;
  guint  n_threads;
  gint64 n_bytes;
} Held;

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint            n = 0;

  g_assert_nonnull (folder);
  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static Held
get_held (void)
{
  Held held = { .n_files = count_entries ("/proc/self/fd"),
                .n_threads = count_entries ("/proc/self/task") };

  malloc_trim (0);
  held.n_bytes = (gint64) mallinfo2 ().uordblks;
  return held;
}

static gboolean
is_loaded (gpointer data)
{
  return ((ScopeWindow *) data)->loaded;
}

static void
open_and_close (ScopeApplication *application,
                const char       *folder,
                guint             cycle)
{
  g_autofree char *name = g_strdup_printf ("%u_stats_history.csv", cycle % 10);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *csv = gtktest_csv (ENDPOINTS, cycle, 100, TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer          window;

  g_assert_true (g_file_set_contents (path, csv, -1, NULL));
  scope_application_open_file (application, file);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_assert_true (scope_window_get_file (window) == file ||
                 g_file_equal (scope_window_get_file (window), file));
  gtktest_wait_until (is_loaded, window, 60000);
  gtk_test_widget_wait_for_draw (window);
  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  g_assert_true (gtktest_wait_null (&window));
  while (g_main_context_iteration (NULL, FALSE)) /* what waits for an idle moment */
    ;
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_cycles (void)
{
  g_autoptr (ScopeApplication) application = scope_application_new ();
  g_autofree char             *folder = g_dir_make_tmp ("window-cycles-XXXXXX", NULL);
  const char                  *asked = g_getenv ("CYCLES");
  guint n_cycles = asked ? (guint) g_ascii_strtoull (asked, NULL, 10) : USUAL_CYCLES;
  Held  first, last;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_hold (G_APPLICATION (application));
  for (guint i = 0; i < WARM_UP; i++)
    open_and_close (application, folder, i);
  first = get_held ();
  for (guint i = 0; i < n_cycles; i++)
    open_and_close (application, folder, WARM_UP + i);
  last = get_held ();
  g_test_message ("files %u, then %u; threads %u, then %u; %.0f bytes a cycle", first.n_files,
                  last.n_files, first.n_threads, last.n_threads,
                  (double) (last.n_bytes - first.n_bytes) / n_cycles);
  g_assert_cmpuint (last.n_files, <=, first.n_files);
  g_assert_cmpuint (last.n_threads, <=, first.n_threads + 1);
  g_assert_cmpint ((last.n_bytes - first.n_bytes) / n_cycles, <, MOST_LEFT);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtktest_init (&argc, &argv, 3000);
  g_test_add_func ("/window-cycles/files", test_cycles);
  return g_test_run ();
}
