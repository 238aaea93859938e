/* gtktest.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4 has no synthetic events: a test finds a widget's controller and emits
 * its signal.  Pixels come from the Cairo renderer, so they are the same
 * whatever the display can do.
 */
#include "gtktest.h"

#include "csv-parser.h"

#include <unistd.h>

/* Only a failure waits as long: with sanitizers on a busy machine the first frames of many rows
 * take seconds. */
#define TIMEOUT_MS 60000

/* As near as this in every channel is the same colour. */
#define COLOR_TOLERANCE 10

#define FIRST_STAMP 1700000000

#define HEADER                                                                                     \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,100%,Total Request Count,"             \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"                    \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

/* gtk_test_init, and an alarm: a test that waits for ever ends. */
void
gtktest_init (int    *argc,
              char ***argv,
              guint   alarm_s)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_test_init (argc, argv, NULL);
  gtk_css_provider_load_from_resource (style, "/io/github/locustscope/Locustscope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  alarm (alarm_s);
}

static gboolean
set_true (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition holds; FALSE where it never does. */
gboolean
gtktest_wait_until (GtktestCondition condition,
                    gpointer         data,
                    guint            timeout_ms)
{
  gboolean late = FALSE;
  guint    timeout = g_timeout_add (timeout_ms, set_true, &late);
  gboolean holds;

  while (!(holds = condition (data)) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  return holds;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Runs the main loop until a weak pointer was cleared. */
gboolean
gtktest_wait_null (gpointer *weak_pointer)
{
  return gtktest_wait_until (is_null, weak_pointer, TIMEOUT_MS);
}

static gboolean
count_down (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       data)
{
  guint *n = data;

  if (*n > 0)
    (*n)--;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* Runs the main loop for @n frames of @widget. */
void
gtktest_wait_frames (GtkWidget *widget,
                     guint      n)
{
  guint tick = gtk_widget_add_tick_callback (widget, count_down, &n, NULL);

  if (!gtk_widget_get_mapped (widget))
    g_error ("no frames will come: the widget is not mapped");
  if (!gtktest_wait_until (is_zero, &n, TIMEOUT_MS))
    g_error ("no frames come");
  gtk_widget_remove_tick_callback (widget, tick);
}

/* Returns: (transfer none): a shown window around @child, drawn once. */
GtkWidget *
gtktest_show (GtkWidget *child,
              int        width,
              int        height)
{
  GtkWidget *window = gtk_window_new ();

  /* No decoration: the child is as large as the window. */
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

/* Destroys a window; it is an error if anything keeps it. */
void
gtktest_destroy (GtkWidget *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  if (!gtktest_wait_null (&weak))
    g_error ("the window outlives gtk_window_destroy: something holds a reference");
}

/* Returns: (transfer none) (nullable): the widget's controller of that type. */
gpointer
gtktest_controller (GtkWidget *widget,
                    GType      type)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller; /* the widget holds it */
    }
  return NULL;
}

static void
find (GtkWidget *widget,
      GType      type,
      GPtrArray *found)
{
  GtkWidget *child;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find (child, type, found);
}

/* Returns: (transfer container): the widgets of that type, in their order. */
GPtrArray *
gtktest_find_all (GtkWidget *widget,
                  GType      type)
{
  GPtrArray *found = g_ptr_array_new ();

  find (widget, type, found);
  return found;
}

/* Returns: (transfer full): the widget's pixels, as of the next frame. */
GdkTexture *
gtktest_render (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderer)  renderer = gsk_cairo_renderer_new ();
  GtkSnapshot             *snapshot = gtk_snapshot_new ();
  int                      width, height;
  GskRenderNode           *node;
  GdkTexture              *texture;

  gtktest_wait_frames (widget, 2); /* what is to be drawn again has no pixels */
  paintable = gtk_widget_paintable_new (widget);
  width = gdk_paintable_get_intrinsic_width (paintable);
  height = gdk_paintable_get_intrinsic_height (paintable);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL || !gsk_renderer_realize (renderer, NULL, NULL))
    g_error ("nothing drawn: is the widget mapped?");
  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  gsk_renderer_unrealize (renderer);
  return texture;
}

static gboolean
is_near (guchar channel,
         float  wanted)
{
  return ABS (channel - wanted * 255) <= COLOR_TOLERANCE;
}

/* How many pixels have that colour. */
guint
gtktest_count (GdkTexture    *texture,
               const GdkRGBA *color)
{
  gsize              stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize              size = stride * gdk_texture_get_height (texture);
  g_autofree guchar *data = g_malloc (size);
  guint              n = 0;

  gdk_texture_download (texture, data, stride); /* BGRA */
  for (gsize i = 0; i < size; i += 4)
    n += is_near (data[i], color->blue) && is_near (data[i + 1], color->green) &&
         is_near (data[i + 2], color->red);
  return n;
}

/* How much of a pixel is covered by ink over the background, 0 to 1; below 0
 * where the pixel is no mixture of the two. */
static double
get_coverage (const guchar  *pixel, /* BGRA */
              const GdkRGBA *ink,
              const GdkRGBA *background)
{
  double inks[] = { ink->blue, ink->green, ink->red };
  double grounds[] = { background->blue, background->green, background->red };
  double along = 0, length = 0, off = 0, coverage;

  for (guint i = 0; i < 3; i++)
    {
      along += (pixel[i] / 255.0 - grounds[i]) * (inks[i] - grounds[i]);
      length += (inks[i] - grounds[i]) * (inks[i] - grounds[i]);
    }
  coverage = length > 0 ? along / length : -1;
  for (guint i = 0; i < 3; i++)
    off = MAX (off, ABS (pixel[i] / 255.0 - grounds[i] - coverage * (inks[i] - grounds[i])));
  return off < 3 / 255.0 ? coverage : -1;
}

/* How many pixels a line of that colour has on a background of one colour:
 * more than half covered, wherever it lies between the pixels. */
guint
gtktest_count_ink (GdkTexture    *texture,
                   const GdkRGBA *ink,
                   const GdkRGBA *background)
{
  gsize              stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize              size = stride * gdk_texture_get_height (texture);
  g_autofree guchar *data = g_malloc (size);
  guint              n = 0;

  gdk_texture_download (texture, data, stride); /* BGRA */
  for (gsize i = 0; i < size; i += 4)
    n += get_coverage (data + i, ink, background) > 0.6;
  return n;
}

/* A row whose counters rise by a steady rate: endpoint i answers 10 + i
 * requests a second in (i + 1) * 100 ms. */
static void
append_row (GString    *csv,
            const char *endpoint,
            guint       i,
            guint       block)
{
  g_auto (GStrv)  parts = g_strsplit (endpoint, " ", 2);
  g_auto (GStrv)  quoted = g_strsplit (parts[1], "\"", -1);
  g_autofree char *name = g_strjoinv ("\"\"", quoted);

  g_string_append_printf (csv, "%u,5,%s,\"%s\",10.0,0.0,100,200,%u,0,100,%u,1,300,64\r\n",
                          FIRST_STAMP + block, parts[0], name, (10 + i) * (block + 1),
                          (i + 1) * 100);
}

/**
 * gtktest_csv:
 * @endpoints: (array zero-terminated=1): "GET /name"
 * @first: which block comes first
 * @n_blocks: how many, a second apart
 * @header: whether the file begins with them
 *
 * Returns: (transfer full): what Locust would write
 */
char *
gtktest_csv (const char *const *endpoints,
             guint              first,
             guint              n_blocks,
             gboolean           header)
{
  GString *csv = g_string_new (header ? HEADER : NULL);

  for (guint block = first; block < first + n_blocks; block++)
    {
      for (guint i = 0; endpoints[i] != NULL; i++)
        append_row (csv, endpoints[i], i, block);
      append_row (csv, " Aggregated", 0, block);
    }
  return g_string_free (csv, FALSE);
}

#define PARSER "gtktest-parser"

/* Appends the next @n_blocks blocks of the same test. */
void
gtktest_append (ScopeHistory      *history,
                const char *const *endpoints,
                guint              n_blocks)
{
  ScopeCsvParser         *parser = g_object_get_data (G_OBJECT (history), PARSER);
  guint                   first = scope_history_get_n_blocks (history);
  g_autofree char        *csv = NULL;
  g_autoptr (ScopeBlocks) blocks = NULL;
  g_autoptr (GError)      error = NULL;

  csv = gtktest_csv (endpoints, first, n_blocks, parser == NULL);
  if (parser == NULL)
    {
      parser = scope_csv_parser_new ();
      g_object_set_data_full (G_OBJECT (history), PARSER, parser,
                              (GDestroyNotify) scope_csv_parser_free);
    }
  blocks = scope_csv_parser_feed (parser, csv, strlen (csv), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (blocks->n_bad, ==, 0);
  scope_history_append (history, blocks);
}

/* Returns: (transfer full): a history of @n_blocks blocks. */
ScopeHistory *
gtktest_history_new (const char *const *endpoints,
                     guint              n_blocks)
{
  ScopeHistory *history = scope_history_new ();

  gtktest_append (history, endpoints, n_blocks);
  return history;
}
