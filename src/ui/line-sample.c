/* line-sample.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn with the same pen as the charts; decoration only, so it says nothing
 * to a screen reader.
 */
#include "line-sample.h"

#include "palette.h"

#include <adwaita.h>

#define WIDTH_PX      26
#define HEIGHT_PX     12
#define LINE_WIDTH_PX 2.5
#define HIDDEN_ALPHA  0.5

struct _ScopeLineSample
{
  GtkWidget      parent_instance;

  ScopeEndpoint *endpoint; /* owned */
};

G_DEFINE_FINAL_TYPE (ScopeLineSample, scope_line_sample, GTK_TYPE_WIDGET)

static void
scope_line_sample_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ScopeLineSample *self = SCOPE_LINE_SAMPLE (widget);
  gboolean         dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  ScopePen         pen;
  cairo_t         *cr;

  if (self->endpoint == NULL)
    return;
  pen = scope_theme_get_pen (scope_theme_get (dark ? SCOPE_THEME_DARK : SCOPE_THEME_LIGHT),
                             self->endpoint);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!scope_endpoint_get_visible (self->endpoint))
    pen.color.alpha *= HIDDEN_ALPHA;
  scope_color_set (&pen.color, cr);
  cairo_set_line_width (cr, LINE_WIDTH_PX);
  cairo_set_dash (cr, pen.dashes, pen.n_dashes, 0);
  cairo_set_line_cap (cr, pen.dashes ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, 0, height / 2.0);
  cairo_line_to (cr, width, height / 2.0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
scope_line_sample_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : HEIGHT_PX;
}

static void
scope_line_sample_dispose (GObject *object)
{
  g_clear_object (&SCOPE_LINE_SAMPLE (object)->endpoint);
  G_OBJECT_CLASS (scope_line_sample_parent_class)->dispose (object);
}

static void
scope_line_sample_class_init (ScopeLineSampleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_line_sample_dispose;
  widget_class->snapshot = scope_line_sample_snapshot;
  widget_class->measure = scope_line_sample_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
scope_line_sample_init (ScopeLineSample *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
scope_line_sample_new (void)
{
  return g_object_new (SCOPE_TYPE_LINE_SAMPLE, "valign", GTK_ALIGN_CENTER, NULL);
}

void
scope_line_sample_set_endpoint (ScopeLineSample *self,
                                ScopeEndpoint   *endpoint)
{
  g_return_if_fail (SCOPE_IS_LINE_SAMPLE (self));

  if (self->endpoint == endpoint)
    return;
  if (self->endpoint != NULL)
    g_signal_handlers_disconnect_by_func (self->endpoint, gtk_widget_queue_draw, self);
  g_set_object (&self->endpoint, endpoint);
  /* Its colour is chosen when it is first shown. */
  g_signal_connect_object (endpoint, "notify::visible", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (endpoint, "notify::slot", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
