/* test-readout.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands at the cursor, by the glyphs that are drawn: names may be shortened,
 * numbers may not.
 */
#include "gtktest.h"
#include "readout.h"

#include <string.h>

#define LEFT_PX 40

/* The texts of a drawing, in order. */
typedef struct
{
  GArray *n_glyphs; /* owned guint */
  GArray *lefts;    /* owned float: px */
} Drawing;

static void
drawing_clear (Drawing *self)
{
  g_array_unref (self->n_glyphs);
  g_array_unref (self->lefts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawing, drawing_clear)

static void
collect (Drawing       *self,
         GskRenderNode *node,
         float          dx)
{
  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        collect (self, gsk_container_node_get_child (node, i), dx);
      break;
    case GSK_TRANSFORM_NODE:
      {
        float x, y;

        gsk_transform_to_translate (gsk_transform_node_get_transform (node), &x, &y);
        collect (self, gsk_transform_node_get_child (node), dx + x);
        break;
      }
    case GSK_TEXT_NODE:
      {
        guint n = gsk_text_node_get_num_glyphs (node);
        float left = dx + gsk_text_node_get_offset (node)->x;

        g_array_append_val (self->n_glyphs, n);
        g_array_append_val (self->lefts, left);
        break;
      }
    default:
      break;
    }
}

static Drawing
draw (ScopeHistory       *history,
      const ScopeReadout *readout,
      double              width,
      double              x)
{
  ScopePicture              picture = { .history = history };
  g_autoptr (GtkWidget)     widget = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  ScopeCharts               charts = {
                  .picture = &picture,
                  .theme = scope_theme_get (SCOPE_THEME_LIGHT),
                  .gutter = { .left = LEFT_PX, .right = LEFT_PX + width, .end = LEFT_PX + width },
  };
  Drawing drawing = { .n_glyphs = g_array_new (FALSE, FALSE, sizeof (guint)),
                      .lefts = g_array_new (FALSE, FALSE, sizeof (float)) };

  scope_readout_append (widget, snapshot, &charts, readout, x, 10);
  node = gtk_snapshot_free_to_node (snapshot);
  collect (&drawing, node, 0);
  return drawing;
}

static guint
get_n_glyphs (const Drawing *drawing,
              guint          i)
{
  g_assert_cmpuint (i, <, drawing->n_glyphs->len);
  return g_array_index (drawing->n_glyphs, guint, i);
}

/* From a window as narrow as can be up to one where all fits. */
static void
test_widths (void)
{
  static const char *const NAMES[] = { "POST /api/v1/catalogue/region-019/items/checkout",
                                       "POST /api/v1/catalogue/region-018/items/checkout", NULL };
  g_autoptr (ScopeHistory) history = gtktest_history_new (NAMES, 3);
  const ScopeReadout       readout = { scope_history_get_endpoint (history, 0), "120 ms",
                                       "baseline 1111 ms, −89 %" };
  const guint n_value = (guint) strlen ("120 ms");
  const guint n_below = (guint) g_utf8_strlen (readout.below, -1);
  guint       n_before = 0;

  for (double width = 90; width < 1000; width += 7)
    {
      g_auto (Drawing) drawing = draw (history, &readout, width, LEFT_PX + width / 2);
      guint            n = drawing.n_glyphs->len;
      guint            n_name = n == 3 ? get_n_glyphs (&drawing, 0) : 0;

      g_assert_cmpuint (n, >=, 2);
      g_assert_cmpuint (get_n_glyphs (&drawing, n - 2), ==, n_value);
      g_assert_cmpuint (get_n_glyphs (&drawing, n - 1), ==, n_below);
      g_assert_cmpuint (n_name, >=, n_before);
      n_before = n_name;
    }
  g_assert_cmpuint (n_before, >=, g_utf8_strlen ("POST …/region-019/items/checkout", -1));
}

/* What runs from right to left stands where the rest does. */
static void
test_direction (void)
{
  static const char *const NAMES[] = { "قائمة المنتجات/وأكثر/من/ذلك/بكثير/في/سطر/واحد/طويل", NULL };
  g_autoptr (ScopeHistory) history = gtktest_history_new (NAMES, 3);
  const ScopeReadout       readout = { scope_history_get_endpoint (history, 0), "18.3/s", NULL };

  for (int turned = 0; turned < 2; turned++)
    {
      gtk_widget_set_default_direction (turned ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      for (double width = 200; width < 1000; width += 50)
        {
          g_auto (Drawing) drawing = draw (history, &readout, width, LEFT_PX + 20);
          guint            last = drawing.lefts->len - 1;

          g_assert_cmpuint (get_n_glyphs (&drawing, last), ==, strlen ("18.3/s"));
          g_assert_cmpfloat (g_array_index (drawing.lefts, float, 0), <, LEFT_PX + 20 + 30);
          g_assert_cmpfloat (g_array_index (drawing.lefts, float, last), <, LEFT_PX + 20 + 330);
        }
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int    argc,
      char **argv)
{
  gtktest_init (&argc, &argv, 60);
  g_test_add_func ("/readout/widths", test_widths);
  g_test_add_func ("/readout/direction", test_direction);
  return g_test_run ();
}
