/* test-chart-widget.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts in a window: what is switched on is drawn, and nothing is drawn
 * twice.  Where exactly a curve runs is for the tests of the picture.
 */
#include "chart-widget.h"
#include "gtktest.h"
#include "selection.h"

#include <adwaita.h>

#define WIDTH  700
#define HEIGHT 500

/* The charts are described to a screen reader every 3 s at most. */
#define DESCRIBE_TIMEOUT_MS 60000

static const char *const ENDPOINTS[] = { "GET /cart", "POST /cart", "GET /search", NULL };

typedef struct
{
  ScopeHistory     *history; /* owned */
  ScopeView        *view;    /* owned */
  ScopeCursor      *cursor;  /* owned */
  ScopeChartWidget *chart;   /* borrowed: in the window */
  GtkWidget        *window;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->history = gtktest_history_new (ENDPOINTS, 60);
  scope_selection_propose (self->history); /* the total would lie under a curve */
  self->view = scope_view_new (self->history);
  self->cursor = scope_cursor_new ();
  self->chart = g_object_new (SCOPE_TYPE_CHART_WIDGET, NULL);
  scope_chart_widget_set_history (self->chart, self->history, self->view, self->cursor);
  self->window = gtktest_show (GTK_WIDGET (self->chart), WIDTH, HEIGHT);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtktest_destroy (self->window);
  g_assert_finalize_object (self->view);
  g_assert_finalize_object (self->cursor);
  g_assert_finalize_object (self->history);
}

static ScopeEndpoint *
find_endpoint (Fixture    *self,
               const char *label)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    {
      ScopeEndpoint   *endpoint = scope_history_get_endpoint (self->history, i);
      g_autofree char *own = scope_endpoint_dup_label (endpoint);

      if (g_str_equal (own, label))
        return endpoint;
    }
  g_error ("no endpoint %s", label);
}

static guint
count_pixels (Fixture    *self,
              const char *label)
{
  g_autoptr (GdkTexture) texture = gtktest_render (GTK_WIDGET (self->chart));
  ScopePicture           picture = scope_chart_widget_get_picture (self->chart);
  const ScopeTheme      *theme = scope_theme_get (picture.theme);
  ScopePen               pen = scope_theme_get_pen (theme, find_endpoint (self, label));
  const ScopeColor      *ground = &theme->background, *grid = &theme->grid;
  GdkRGBA                ink = { pen.color.red, pen.color.green, pen.color.blue, 1 };

  /* A flat line can lie on a grid line. */
  return gtktest_count_ink (texture, &ink,
                            &(GdkRGBA){ ground->red, ground->green, ground->blue, 1 }) +
         gtktest_count_ink (texture, &ink, &(GdkRGBA){ grid->red, grid->green, grid->blue, 1 });
}

/* Returns: (transfer full): what the widget draws at the moment. */
static GskRenderNode *
get_node (Fixture *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (self->chart)->snapshot (GTK_WIDGET (self->chart), snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Whether the strips of the later picture @a are the same ones, each of the pixels
 * that it had; there may be a cursor above them. */
static gboolean
is_same (GskRenderNode *a,
         GskRenderNode *b)
{
  guint n = gsk_container_node_get_n_children (b);

  if (gsk_container_node_get_n_children (a) < n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (gsk_container_node_get_child (a, i) != gsk_container_node_get_child (b, i))
      return FALSE;
  return TRUE;
}

static void
assert_redrawn (Fixture        *self,
                GskRenderNode **node)
{
  GskRenderNode *now = get_node (self);

  g_assert_false (is_same (now, *node));
  gsk_render_node_unref (*node);
  *node = now;
}

static void
assert_kept (Fixture       *self,
             GskRenderNode *node)
{
  GskRenderNode *now = get_node (self);

  g_assert_true (is_same (now, node));
  gsk_render_node_unref (now);
}

static void
test_draws (Fixture      *self,
            gconstpointer data)
{
  for (guint i = 0; ENDPOINTS[i] != NULL; i++)
    g_assert_cmpuint (count_pixels (self, ENDPOINTS[i]), >, WIDTH / 2);
}

static void
test_switched_off (Fixture      *self,
                   gconstpointer data)
{
  scope_endpoint_set_visible (find_endpoint (self, "POST /cart"), FALSE);
  g_assert_cmpuint (count_pixels (self, "POST /cart"), ==, 0);
  g_assert_cmpuint (count_pixels (self, "GET /cart"), >, WIDTH / 2);
  g_assert_cmpuint (count_pixels (self, "GET /search"), >, WIDTH / 2);

  scope_endpoint_set_visible (find_endpoint (self, "POST /cart"), TRUE);
  g_assert_cmpuint (count_pixels (self, "POST /cart"), >, WIDTH / 2);
}

static void
test_drawn_once (Fixture      *self,
                 gconstpointer data)
{
  GskRenderNode *node = get_node (self);

  gtk_widget_queue_draw (GTK_WIDGET (self->chart));
  gtktest_wait_frames (self->window, 3);
  assert_kept (self, node);
  /* Set to what it is: nothing has changed. */
  scope_endpoint_set_visible (find_endpoint (self, "GET /cart"), TRUE);
  scope_chart_widget_set_history (self->chart, self->history, self->view, self->cursor);
  gtktest_wait_frames (self->window, 3);
  assert_kept (self, node);
  gsk_render_node_unref (node);
}

static void
test_drawn_again (Fixture      *self,
                  gconstpointer data)
{
  GskRenderNode *node = get_node (self);

  scope_endpoint_set_visible (find_endpoint (self, "GET /cart"), FALSE);
  gtktest_wait_frames (self->window, 2);
  assert_redrawn (self, &node);
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH + 80, HEIGHT);
  gtktest_wait_frames (self->window, 10);
  assert_redrawn (self, &node);
  gsk_render_node_unref (node);
}

static gboolean
is_redrawn (gpointer data)
{
  gpointer      *self_and_node = data;
  GskRenderNode *now = get_node (self_and_node[0]);
  gboolean       redrawn = !is_same (now, self_and_node[1]);

  gsk_render_node_unref (now);
  return redrawn;
}

static void
test_follows (Fixture      *self,
              gconstpointer data)
{
  static const char *const more[] = { "GET /cart", "POST /cart", "GET /search", "PUT /new", NULL };
  GskRenderNode           *node = get_node (self);
  gpointer                 self_and_node[] = { self, node };

  gtktest_append (self->history, more, 20);
  g_assert_true (gtktest_wait_until (is_redrawn, self_and_node, 3000));
  g_assert_cmpuint (count_pixels (self, "PUT /new"), >, WIDTH / 8);
  /* The charts listen to endpoints that came later, too. */
  scope_endpoint_set_visible (find_endpoint (self, "PUT /new"), FALSE);
  g_assert_cmpuint (count_pixels (self, "PUT /new"), ==, 0);
  gsk_render_node_unref (node);
}

static void
test_dark (Fixture      *self,
           gconstpointer data)
{
  AdwStyleManager       *manager = adw_style_manager_get_default ();
  g_autoptr (GdkTexture) texture = NULL;
  guint                  n_white;

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpuint (count_pixels (self, "GET /cart"), >, WIDTH / 2);
  texture = gtktest_render (GTK_WIDGET (self->chart));
  n_white = gtktest_count (texture, &(GdkRGBA){ 1, 1, 1, 1 });
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  g_assert_cmpuint (n_white, <, WIDTH * HEIGHT / 20);
}

static void
point_at (Fixture *self,
          double   x,
          double   y)
{
  gpointer motion = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_EVENT_CONTROLLER_MOTION);

  g_signal_emit_by_name (motion, "motion", x, y);
  gtktest_wait_frames (self->window, 2);
}

/* Presses at one place and lets go at another, or at the same. */
static void
drag (Fixture *self,
      double   x,
      double   y,
      double   dx)
{
  gpointer gesture = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  if (dx != 0)
    g_signal_emit_by_name (gesture, "drag-update", dx, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", dx, 0.0);
  gtktest_wait_frames (self->window, 2);
}

static void
click_at (Fixture *self,
          double   x,
          double   y)
{
  drag (self, x, y, 0);
}

/* The cursor lies above the picture: of its moves nothing else is drawn. */
static void
test_cursor (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GdkTexture) before = gtktest_render (GTK_WIDGET (self->chart));
  g_autoptr (GdkTexture) with = NULL;
  g_autoptr (GdkTexture) after = NULL;
  GskRenderNode         *node = get_node (self);
  GdkRGBA                white = { 1, 1, 1, 1 };
  double                 first, second;

  point_at (self, WIDTH / 2, HEIGHT / 4);
  g_assert_true (scope_cursor_get_time (self->cursor, &first));
  with = gtktest_render (GTK_WIDGET (self->chart));
  g_assert_cmpuint (gtktest_count (with, &white), <, gtktest_count (before, &white) - HEIGHT / 3);
  assert_kept (self, node);
  point_at (self, WIDTH * 3 / 4, HEIGHT / 4);
  g_assert_true (scope_cursor_get_time (self->cursor, &second));
  g_assert_cmpfloat (second, >, first + 10);
  assert_kept (self, node);

  point_at (self, 2, HEIGHT / 4); /* beside the time axis */
  g_assert_false (scope_cursor_get_time (self->cursor, &first));
  after = gtktest_render (GTK_WIDGET (self->chart));
  g_assert_cmpuint (gtktest_count (after, &white), ==, gtktest_count (before, &white));
  gsk_render_node_unref (node);
}

static void
test_pin (Fixture      *self,
          gconstpointer data)
{
  gpointer motion = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  double   pinned, time;

  click_at (self, WIDTH / 2, HEIGHT / 4);
  g_assert_true (scope_cursor_get_pinned (self->cursor));
  g_assert_true (scope_cursor_get_time (self->cursor, &pinned));
  point_at (self, WIDTH / 4, HEIGHT / 4);
  g_signal_emit_by_name (motion, "leave");
  g_assert_true (scope_cursor_get_time (self->cursor, &time));
  g_assert_cmpfloat (time, ==, pinned);
  click_at (self, WIDTH / 4, HEIGHT / 4);
  g_assert_false (scope_cursor_get_pinned (self->cursor));
  g_assert_true (scope_cursor_get_time (self->cursor, &time));
  g_assert_cmpfloat (time, <, pinned);
}

static void
get_range (Fixture *self,
           double  *start,
           double  *end)
{
  scope_view_get_range (self->view, start, end);
}

/* A drag shows the stretch that it went over; a second click shows all again. */
static void
test_drag (Fixture      *self,
           gconstpointer data)
{
  gpointer click = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_GESTURE_CLICK);
  double   first, last, start, end, time;

  get_range (self, &first, &last);
  drag (self, WIDTH * 3 / 4, HEIGHT / 4, -WIDTH / 2); /* either way */
  get_range (self, &start, &end);
  g_assert_true (scope_view_get_fixed (self->view));
  g_assert_cmpfloat_with_epsilon (end - start, (last - first) * 0.55, (last - first) * 0.06);
  g_assert_cmpfloat (start, >, first + (last - first) * 0.1);
  g_assert_cmpfloat (end, <, last - (last - first) * 0.1);
  g_assert_false (scope_cursor_get_time (self->cursor, &time)); /* it is no click */

  gtktest_append (self->history, ENDPOINTS, 5); /* it stays */
  gtktest_wait_frames (self->window, 2);
  get_range (self, &first, &last);
  g_assert_cmpfloat (first, ==, start);
  g_assert_cmpfloat (last, ==, end);

  g_assert_true (scope_zoom_back (scope_chart_widget_get_zoom (self->chart)));
  g_assert_false (scope_view_get_fixed (self->view));
  g_assert_true (scope_zoom_forward (scope_chart_widget_get_zoom (self->chart)));
  g_signal_emit_by_name (click, "pressed", 2, 100.0, 100.0);
  g_assert_false (scope_view_get_fixed (self->view));
}

/* The wheel moves along what is looked at; keys zoom about the cursor. */
static void
test_wheel_and_keys (Fixture      *self,
                     gconstpointer data)
{
  gpointer scroll = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  double   start, end, moved, then, cursor;
  gboolean handled = FALSE;

  click_at (self, WIDTH / 4, HEIGHT / 4);
  g_assert_true (scope_cursor_get_time (self->cursor, &cursor));
  scope_chart_widget_zoom (self->chart, 0.5);
  gtktest_wait_frames (self->window, 2);
  get_range (self, &start, &end);
  g_assert_cmpfloat_with_epsilon (end - start, 29.5, 1);
  g_assert_cmpfloat_with_epsilon ((cursor - start) / (end - start), 0.2, 0.06);
  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_true (handled);
  get_range (self, &moved, &then);
  g_assert_cmpfloat (moved, >, start + 1);
  g_assert_cmpfloat_with_epsilon (then - moved, end - start, 0.01);
}

/* Two fingers that go apart zoom in about where they are, and back. */
static void
test_pinch (Fixture      *self,
            gconstpointer data)
{
  gpointer pinch = gtktest_controller (GTK_WIDGET (self->chart), GTK_TYPE_GESTURE_ZOOM);
  double   first, last, start, end, at, cursor;

  get_range (self, &first, &last);
  point_at (self, WIDTH * 3 / 4, HEIGHT / 4);
  g_assert_true (scope_cursor_get_time (self->cursor, &cursor));
  at = (cursor - first) / (last - first);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  gtktest_wait_frames (self->window, 2);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  gtktest_wait_frames (self->window, 2);
  get_range (self, &start, &end);
  g_assert_cmpfloat_with_epsilon (end - start, (last - first) / 2, (last - first) * 0.02);
  g_assert_cmpfloat_with_epsilon ((cursor - start) / (end - start), at, 0.04);
  scope_zoom_back (scope_chart_widget_get_zoom (self->chart));
  g_assert_false (scope_view_get_fixed (self->view)); /* all of it was one step */
}

static void
test_empty (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autoptr (ScopeView)    view = scope_view_new (history);
  g_autoptr (ScopeCursor)  cursor = scope_cursor_new ();
  ScopeChartWidget        *chart = g_object_new (SCOPE_TYPE_CHART_WIDGET, NULL);
  GtkWidget               *window = gtktest_show (GTK_WIDGET (chart), WIDTH, HEIGHT);

  scope_chart_widget_set_history (chart, history, view, cursor);
  gtktest_wait_frames (window, 2);
  gtktest_destroy (window);
}

static gboolean
is_described (gpointer data)
{
  ScopeChartWidget *chart = data;
  ScopePicture      picture = scope_chart_widget_get_picture (chart);
  g_autofree char  *words = scope_picture_describe (&picture);
  g_autofree char  *differs = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);

  return differs == NULL;
}

static void
test_accessible (Fixture      *self,
                 gconstpointer data)
{
  GtkAccessible   *chart = GTK_ACCESSIBLE (self->chart);
  ScopePicture     picture = scope_chart_widget_get_picture (self->chart);
  g_autofree char *words = scope_picture_describe (&picture);

  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Response time and throughput");
  g_assert_nonnull (strstr (words, "/search"));
  scope_endpoint_set_visible (find_endpoint (self, "GET /search"), FALSE);
  g_assert_true (gtktest_wait_until (is_described, self->chart, DESCRIBE_TIMEOUT_MS));
}

int
main (int   argc,
      char *argv[])
{
  gtktest_init (&argc, &argv, 900);
  adw_init ();
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/chart-widget/draws", test_draws);
  ADD ("/chart-widget/switched-off", test_switched_off);
  ADD ("/chart-widget/drawn-once", test_drawn_once);
  ADD ("/chart-widget/drawn-again", test_drawn_again);
  ADD ("/chart-widget/follows", test_follows);
  ADD ("/chart-widget/dark", test_dark);
  ADD ("/chart-widget/accessible", test_accessible);
  ADD ("/chart-widget/cursor", test_cursor);
  ADD ("/chart-widget/pin", test_pin);
  ADD ("/chart-widget/drag", test_drag);
  ADD ("/chart-widget/wheel-and-keys", test_wheel_and_keys);
  ADD ("/chart-widget/pinch", test_pinch);
  g_test_add_func ("/chart-widget/empty", test_empty);
  return g_test_run ();
}
