/* test-window.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows made, filled, dropped on and closed inside the test's process: what
 * is left behind can only be seen from here.
 */
#include "application.h"
#include "gtktest.h"
#include "window-private.h"

#include <glib/gstdio.h>

#define LOADED_TIMEOUT_MS 60000

/* Enough not to be read in one turn of the main context. */
#define LARGE_BLOCKS 60000

static const char *const ENDPOINTS[] = { "GET /cart", "POST /cart", "GET /search", NULL };

typedef struct
{
  ScopeApplication *application; /* borrowed: the process's only one */
  ScopeWindow      *window;
  char             *directory;   /* owned */
} Fixture;

static ScopeApplication *
get_application (void)
{
  static ScopeApplication *application;

  if (application == NULL)
    {
      g_autoptr (GError) error = NULL;

      application = scope_application_new ();
      g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  return application;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->application = get_application ();
  self->window = scope_window_new (ADW_APPLICATION (self->application));
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  self->directory = g_dir_make_tmp ("window-test-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  const char      *name;

  if (self->window != NULL)
    gtktest_destroy (GTK_WIDGET (self->window));
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
}

static GFile *
write_file (Fixture    *self,
            const char *name,
            guint       n_blocks)
{
  g_autofree char   *path = g_build_filename (self->directory, name, NULL);
  g_autofree char   *csv = gtktest_csv (ENDPOINTS, 0, n_blocks, TRUE);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, csv, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static gboolean
is_loaded (gpointer data)
{
  return ((ScopeWindow *) data)->loaded;
}

static gboolean
is_half_loaded (gpointer data)
{
  ScopeWindow *self = data;
  double       progress = scope_feed_get_progress (self->feed);

  return progress > 0 && progress < 1;
}

/* What a window holds; none of it may outlive the window. */
typedef struct
{
  gpointer window, feed, history, view, chart, legend, replay;
} Parts;

static void
watch_parts (Parts       *parts,
             ScopeWindow *window)
{
  *parts = (Parts){ window,        window->feed,   window->history, window->view,
                    window->chart, window->legend, window->replay };
  for (gpointer *part = (gpointer *) parts; part < (gpointer *) (parts + 1); part++)
    if (*part != NULL)
      g_object_add_weak_pointer (*part, part);
}

static void
assert_parts_gone (Parts *parts)
{
  gboolean gone = TRUE;

  for (gpointer *part = (gpointer *) parts; part < (gpointer *) (parts + 1); part++)
    if (!gtktest_wait_null (part))
      {
        g_test_message ("%s outlives its window: %u references", G_OBJECT_TYPE_NAME (*part),
                        G_OBJECT (*part)->ref_count);
        gone = FALSE;
      }
  g_assert_true (gone);
}

static void
assert_page (Fixture    *self,
             const char *name)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->window->stack), ==, name);
}

static void
test_templates (Fixture      *self,
                gconstpointer data)
{
  assert_page (self, "start");
  /* Every page of the stack can be drawn. */
  for (guint i = 0; i < 4; i++)
    {
      static const char *const pages[] = { "start", "waiting", "failed", "charts" };

      gtk_stack_set_visible_child_name (self->window->stack, pages[i]);
      assert_page (self, pages[i]);
      gtktest_wait_frames (GTK_WIDGET (self->window), 2);
    }
}

static void
test_about (Fixture      *self,
            gconstpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint       n_about = 0;

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "about", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!ADW_IS_ABOUT_WINDOW (window))
        continue;
      n_about++;
      g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (window)) ==
                     GTK_WINDOW (self->window));
      gtk_test_widget_wait_for_draw (window);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_assert_cmpuint (n_about, ==, 1);
}

/* The table of shortcuts is made for whoever asks for it. */
static void
test_shortcuts (Fixture      *self,
                gconstpointer data)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (self->window);

  g_assert_null (gtk_application_window_get_help_overlay (window));
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *overlay;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.shortcuts", NULL));
      overlay = GTK_WIDGET (gtk_application_window_get_help_overlay (window));
      gtk_test_widget_wait_for_draw (overlay);
      gtk_window_close (GTK_WINDOW (overlay));
    }
}

static void
open_file (Fixture *self,
           GFile   *file)
{
  g_autoptr (ScopeFeed)    feed = scope_csv_feed_new (file);
  g_autoptr (ScopeHistory) history = scope_history_new ();

  scope_window_open (self->window, SCOPE_CSV_FEED (feed), history);
}

static void
test_opens (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "a_stats_history.csv", 30);
  Parts             parts;

  open_file (self, file);
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  assert_page (self, "charts");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==,
                   "a_stats_history.csv – Locustscope");
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), ==, 30);
  g_assert_cmpuint (scope_history_get_n_endpoints (self->window->history), ==, 3);

  watch_parts (&parts, self->window);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&self->window)));
  assert_parts_gone (&parts);
}

static void
append (GFile      *file,
        const char *text)
{
  FILE *out = g_fopen (g_file_peek_path (file), "a");

  g_assert_nonnull (out);
  g_assert_cmpuint (fwrite (text, 1, strlen (text), out), ==, strlen (text));
  g_assert_cmpint (fclose (out), ==, 0);
}

typedef struct
{
  ScopeWindow *window; /* borrowed */
  guint        n;      /* endpoints, and the total */
} Listed;

static gboolean
has_listed (gpointer data)
{
  Listed *listed = data;

  return listed->window->n_listed == listed->n;
}

/* Whatever comes first, the total is not shown where there are endpoints. */
static void
test_row_by_row (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "a_stats_history.csv", 0);
  g_autofree char  *csv = gtktest_csv (ENDPOINTS, 0, 1, FALSE);
  g_auto (GStrv)    rows = g_strsplit (csv, "\r\n", -1);
  Listed            listed = { self->window, 0 };

  open_file (self, file);
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  for (guint i = 0; rows[i][0] != '\0'; i++)
    {
      append (file, rows[i]);
      append (file, "\r\n");
      listed.n++;
      g_assert_true (gtktest_wait_until (has_listed, &listed, LOADED_TIMEOUT_MS));
    }
  g_assert_cmpuint (listed.n, ==, 4);
  for (guint i = 0; i < listed.n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->window->history, i);

      g_assert_cmpint (scope_endpoint_get_visible (endpoint), !=,
                       scope_endpoint_get_is_total (endpoint));
    }
}

static gboolean
exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* Files that are being written need no window, and keep none. */
static void
test_closed_while_exporting (Fixture      *self,
                             gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "b.csv" };
  g_autoptr (GFile)        file = write_file (self, "a_stats_history.csv", 30);
  Parts                    parts;

  open_file (self, file);
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) target = g_file_new_build_filename (self->directory, names[i], NULL);

      scope_window_export (self->window, target, SCOPE_THEME_LIGHT);
    }
  watch_parts (&parts, self->window);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&self->window)));
  assert_parts_gone (&parts);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_assert_true (gtktest_wait_until (exists, path, LOADED_TIMEOUT_MS));
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* While it is being read, a file is shown a few times a second and not with each
 * of its batches; in the end whole. */
static void
test_few_pictures (Fixture      *self,
                   gconstpointer data)
{
  g_autoptr (GFile)     file = write_file (self, "large_stats_history.csv", LARGE_BLOCKS);
  g_autoptr (ScopeFeed) feed = scope_csv_feed_new (file);
  g_autoptr (ScopeHistory) history = scope_history_new ();
  gint64                start = g_get_monotonic_time ();
  guint                 n_batches = 0, n_told = 0;

  scope_window_open (self->window, SCOPE_CSV_FEED (feed), history);
  g_signal_connect_swapped (feed, "blocks", G_CALLBACK (count_cb), &n_batches);
  g_signal_connect_swapped (self->window->history, "appended", G_CALLBACK (count_cb), &n_told);
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  g_assert_cmpuint (n_batches, >, 3);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpuint (n_told, <=, 2 + (g_get_monotonic_time () - start) / 250000);
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), ==, LARGE_BLOCKS);
}

static void
test_closed_while_loading (Fixture      *self,
                           gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "large_stats_history.csv", LARGE_BLOCKS);
  Parts             parts;

  open_file (self, file);
  g_assert_true (gtktest_wait_until (is_half_loaded, self->window, LOADED_TIMEOUT_MS));
  watch_parts (&parts, self->window);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&self->window)));
  assert_parts_gone (&parts);
}

static void
test_closed_at_once (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "a_stats_history.csv", 30);
  Parts             parts;

  open_file (self, file);
  watch_parts (&parts, self->window);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  assert_parts_gone (&parts);
}

static void
test_stop_and_continue (Fixture      *self,
                        gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "large_stats_history.csv", LARGE_BLOCKS);
  guint             n;

  open_file (self, file);
  g_assert_true (gtktest_wait_until (is_half_loaded, self->window, LOADED_TIMEOUT_MS));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.stop-reading", NULL);
  n = scope_history_get_n_blocks (self->window->history);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, LARGE_BLOCKS);
  gtktest_wait_frames (GTK_WIDGET (self->window), 20);
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), ==, n);
  g_assert_false (self->window->loaded);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.continue-reading", NULL);
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), ==, LARGE_BLOCKS);
}

/* The sample run is a file that goes when its window goes. */
static void
test_sample (Fixture      *self,
             gconstpointer data)
{
  g_autofree char  *csv = gtktest_csv (ENDPOINTS, 0, 200, TRUE);
  g_autoptr (GBytes) recording = g_bytes_new (csv, strlen (csv));
  g_autofree char  *path = NULL;
  Parts             parts;

  g_assert_true (scope_window_open_sample (self->window, recording));
  path = g_file_get_path (scope_window_get_file (self->window));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), >=, 75);
  g_assert_cmpuint (scope_history_get_n_blocks (self->window->history), <, 90);

  watch_parts (&parts, self->window);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&self->window)));
  assert_parts_gone (&parts);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
drop (ScopeWindow *window,
      GSList      *files)
{
  g_autoptr (GPtrArray) all = gtktest_find_all (GTK_WIDGET (window), ADW_TYPE_TOAST_OVERLAY);
  GtkDropTarget        *target;
  g_auto (GValue)       value = G_VALUE_INIT;
  gboolean              taken = FALSE;

  g_assert_cmpuint (all->len, ==, 1);
  target = gtktest_controller (all->pdata[0], GTK_TYPE_DROP_TARGET);

  g_assert_nonnull (target);
  g_assert_true (gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (target),
                                                    GDK_TYPE_FILE_LIST));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
  return taken;
}

static void
test_drop (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GFile) a = write_file (self, "a_stats_history.csv", 30);
  g_autoptr (GFile) b = write_file (self, "b_stats_history.csv", 40);
  GSList            last = { .data = b };
  GSList            first = { .data = a, .next = &last };
  GtkWindow        *other;

  g_assert_true (drop (self->window, &first));
  g_assert_true (g_file_equal (scope_window_get_file (self->window), a));
  other = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  g_assert_true (other != GTK_WINDOW (self->window));
  g_assert_true (g_file_equal (scope_window_get_file (SCOPE_WINDOW (other)), b));
  g_assert_true (gtktest_wait_until (is_loaded, self->window, LOADED_TIMEOUT_MS));
  g_assert_true (gtktest_wait_until (is_loaded, other, LOADED_TIMEOUT_MS));
  g_assert_cmpuint (scope_history_get_n_blocks (SCOPE_WINDOW (other)->history), ==, 40);
  gtktest_destroy (GTK_WIDGET (other));
}

static void
test_banner (void)
{
  ScopeBanner          *banner = g_object_new (SCOPE_TYPE_BANNER, "button-label", "Show All",
                                               "action-name", "win.show-all", NULL);
  GtkWidget            *window = gtktest_show (GTK_WIDGET (banner), 300, 100);
  g_autoptr (GPtrArray) revealers = gtktest_find_all (GTK_WIDGET (banner), GTK_TYPE_REVEALER);
  g_autoptr (GPtrArray) buttons = gtktest_find_all (GTK_WIDGET (banner), GTK_TYPE_BUTTON);
  g_autoptr (GPtrArray) labels = gtktest_find_all (GTK_WIDGET (banner), GTK_TYPE_LABEL);

  g_assert_false (gtk_revealer_get_reveal_child (revealers->pdata[0]));
  scope_banner_show (banner, "10 of 300 endpoints shown");
  g_assert_true (gtk_revealer_get_reveal_child (revealers->pdata[0]));
  g_assert_cmpstr (gtk_label_get_text (labels->pdata[0]), ==, "10 of 300 endpoints shown");
  g_assert_true (gtk_widget_get_visible (buttons->pdata[0]));
  g_assert_cmpstr (gtk_button_get_label (buttons->pdata[0]), ==, "Show All");
  g_assert_cmpstr (gtk_actionable_get_action_name (buttons->pdata[0]), ==, "win.show-all");
  scope_banner_hide (banner);
  g_assert_false (gtk_revealer_get_reveal_child (revealers->pdata[0]));
  gtktest_destroy (window);

  /* Nothing can be done about some things: then there is no button. */
  banner = g_object_ref_sink (g_object_new (SCOPE_TYPE_BANNER, NULL));
  g_ptr_array_unref (g_steal_pointer (&buttons));
  buttons = gtktest_find_all (GTK_WIDGET (banner), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_visible (buttons->pdata[0]));
  g_assert_finalize_object (banner);
}

int
main (int   argc,
      char *argv[])
{
  gtktest_init (&argc, &argv, 900);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/window/templates", test_templates);
  ADD ("/window/about", test_about);
  ADD ("/window/shortcuts", test_shortcuts);
  ADD ("/window/opens", test_opens);
  ADD ("/window/row-by-row", test_row_by_row);
  ADD ("/window/closed-while-exporting", test_closed_while_exporting);
  ADD ("/window/few-pictures", test_few_pictures);
  ADD ("/window/closed-while-loading", test_closed_while_loading);
  ADD ("/window/closed-at-once", test_closed_at_once);
  ADD ("/window/stop-and-continue", test_stop_and_continue);
  ADD ("/window/sample", test_sample);
  ADD ("/window/drop", test_drop);
  g_test_add_func ("/window/banner", test_banner);
  return g_test_run ();
}
