/* chart-widget.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is drawn once, into pixels, and shown again from there until
 * the data, the size or the style changes.
 */
#include "chart-widget-private.h"

#include "cursor-layer.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MIN_WIDTH_PX      240
#define MIN_HEIGHT_PX     140
#define NATURAL_WIDTH_PX  800
#define NATURAL_HEIGHT_PX 560

/* A screen reader is told of changes at most this often. */
#define DESCRIBE_INTERVAL_MS 3000

/* While a picture takes long to draw, at most this share of the time goes
 * into drawing. */
#define DRAWING_SHARE    4
#define CHEAP_DRAWING_US 8000

G_DEFINE_FINAL_TYPE (ScopeChartWidget, scope_chart_widget, GTK_TYPE_WIDGET)

/* Draws with the next frame what is out of date. */
static void
queue_picture (ScopeChartWidget *self)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  self->is_drawn = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_picture (ScopeChartWidget *self)
{
  scope_canvas_invalidate (self->canvas, 0);
  queue_picture (self);
}

static gboolean
refresh_cb (gpointer data)
{
  ScopeChartWidget *self = data;

  self->refresh = 0;
  queue_picture (self);
  return G_SOURCE_REMOVE;
}

/* New data is drawn with the next frame, unless drawing takes so long that
 * there would be no time for anything else. */
static void
queue_refresh (ScopeChartWidget *self)
{
  gint64 rest = self->drawn_us + self->drawing_us * DRAWING_SHARE - g_get_monotonic_time ();

  if (self->refresh != 0 || !self->is_drawn)
    return;
  if (self->drawing_us < CHEAP_DRAWING_US || rest <= 0)
    queue_picture (self);
  else
    self->refresh = g_timeout_add ((guint) (rest / 1000), refresh_cb, self);
}

/* Returns: (transfer none) (nullable): where all of the picture stands. */
const ScopeCharts *
scope_chart_widget_get_charts (ScopeChartWidget *self)
{
  const ScopeCharts *charts = scope_canvas_get_charts (self->canvas);

  return charts != NULL && charts->picture->history == self->history &&
             charts->picture->baseline == self->baseline
           ? charts
           : NULL;
}

/* Says at once, in words, what is shown. */
void
scope_chart_widget_describe (ScopeChartWidget *self)
{
  ScopePicture picture = scope_chart_widget_get_picture (self);

  g_clear_handle_id (&self->describe, g_source_remove);
  if (self->history != NULL)
    {
      const ScopeCharts *charts = scope_chart_widget_get_charts (self);
      g_autofree char   *cursor =
        charts ? scope_cursor_layer_describe (charts, self->cursor, self->pointer_y) : NULL;
      g_autofree char   *all = scope_picture_describe (&picture);
      g_autofree char   *words = cursor ? g_strconcat (cursor, "; ", all, NULL) : g_strdup (all);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      words, -1);
    }
}

static gboolean
describe_cb (gpointer data)
{
  ScopeChartWidget *self = data;

  self->describe = 0;
  scope_chart_widget_describe (self);
  return G_SOURCE_REMOVE;
}

static void
queue_describe (ScopeChartWidget *self)
{
  if (self->describe == 0)
    self->describe = g_timeout_add (DESCRIBE_INTERVAL_MS, describe_cb, self);
}

static void
appended_cb (ScopeChartWidget *self,
             guint             first_changed)
{
  scope_canvas_invalidate (self->canvas, first_changed);
  queue_refresh (self);
  queue_describe (self);
}

/* A view that does not follow is moved by its user, who wants to see it. */
static void
looked_cb (ScopeChartWidget *self)
{
  if (scope_view_get_fixed (self->view))
    queue_picture (self);
  else
    queue_refresh (self);
  queue_describe (self);
  scope_chart_widget_queue_point (self);
}

static void
visible_changed_cb (ScopeChartWidget *self)
{
  drop_picture (self);
  queue_describe (self);
}

/* Another curve stands out. */
static void
highlighted_cb (ScopeChartWidget *self)
{
  queue_picture (self);
}

/* Of its moves nothing but the cursor is drawn. */
static void
moved_cb (ScopeChartWidget *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  queue_describe (self);
}

static ScopeThemeId
get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? SCOPE_THEME_DARK_HIGH_CONTRAST : SCOPE_THEME_LIGHT_HIGH_CONTRAST;
  return dark ? SCOPE_THEME_DARK : SCOPE_THEME_LIGHT;
}

/* Whether it is another one. */
static gboolean
update_font (ScopeChartWidget *self)
{
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (resolution > 0 ? resolution : 96) / 72;
  size = size > 0 ? size : 14;
  if (size == self->font_px &&
      g_strcmp0 (self->font, pango_font_description_get_family (font)) == 0)
    return FALSE;
  g_free (self->font);
  self->font = g_strdup (pango_font_description_get_family (font));
  self->font_px = size;
  return TRUE;
}

static void
draw_picture (ScopeChartWidget *self,
              int               width,
              int               height,
              int               scale)
{
  ScopePicture     picture = scope_chart_widget_get_picture (self);
  gint64           start = g_get_monotonic_time ();
  cairo_surface_t *surface;

  picture.is_live = TRUE;
  picture.highlight = scope_cursor_get_endpoint (self->cursor);
  surface = scope_canvas_draw (self->canvas, &picture, width, height);
  scope_strips_take (&self->strips, surface, width, height, scale,
                     scope_canvas_get_changed (self->canvas));
  self->is_drawn = TRUE;
  self->drawn_us = g_get_monotonic_time ();
  self->drawing_us = self->drawn_us - start;
  g_debug ("Drawn in %" G_GINT64_FORMAT " µs%s", self->drawing_us,
           scope_canvas_was_partly (self->canvas) ? ", partly" : "");
}

static void
scope_chart_widget_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (widget);
  int               width = gtk_widget_get_width (widget);
  int               height = gtk_widget_get_height (widget);
  int               scale = gtk_widget_get_scale_factor (widget);
  const ScopeCharts *charts;

  if (self->history == NULL || width < 1 || height < 1)
    return;
  if (!self->is_drawn || self->strips.width != width || self->strips.height != height ||
      self->strips.scale != scale)
    draw_picture (self, width, height, scale);
  scope_strips_snapshot (&self->strips, snapshot);
  charts = scope_chart_widget_get_charts (self);
  if (charts == NULL)
    return;
  if (self->is_selecting)
    scope_cursor_layer_snapshot_selection (snapshot, charts, self->selected_from,
                                           self->selected_to);
  scope_cursor_layer_snapshot (widget, snapshot, charts, self->cursor, self->pointer_y);
}

static void
scope_chart_widget_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = horizontal ? NATURAL_WIDTH_PX : NATURAL_HEIGHT_PX;
}

static void
scope_chart_widget_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (widget);

  GTK_WIDGET_CLASS (scope_chart_widget_parent_class)->css_changed (widget, change);
  if (update_font (self))
    drop_picture (self);
}

static void
scope_chart_widget_dispose (GObject *object)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_handle_id (&self->describe, g_source_remove);
  g_clear_handle_id (&self->point_again, g_source_remove);
  g_clear_object (&self->history_signals);
  g_clear_object (&self->view_signals);
  g_clear_object (&self->cursor_signals);
  g_clear_object (&self->baseline_signals);
  g_clear_object (&self->history);
  g_clear_pointer (&self->zoom, scope_zoom_free);
  g_clear_object (&self->view);
  g_clear_object (&self->cursor);
  g_clear_object (&self->limits);
  g_clear_object (&self->baseline);
  G_OBJECT_CLASS (scope_chart_widget_parent_class)->dispose (object);
}

static void
scope_chart_widget_finalize (GObject *object)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (object);

  scope_strips_clear (&self->strips);
  scope_canvas_free (self->canvas);
  g_free (self->font);
  G_OBJECT_CLASS (scope_chart_widget_parent_class)->finalize (object);
}

static void
scope_chart_widget_class_init (ScopeChartWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_chart_widget_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_chart_widget_finalize;
  widget_class->snapshot = scope_chart_widget_snapshot;
  widget_class->measure = scope_chart_widget_measure;
  widget_class->css_changed = scope_chart_widget_css_changed;
  scope_chart_widget_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
scope_chart_widget_init (ScopeChartWidget *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->canvas = scope_canvas_new ();
  scope_strips_init (&self->strips);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  scope_chart_widget_listen (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Response time and throughput"), -1);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (drop_picture), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (drop_picture), self,
                           G_CONNECT_SWAPPED);
  self->history_signals = g_signal_group_new (SCOPE_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->history_signals, "appended", G_CALLBACK (appended_cb),
                                  self);
  g_signal_group_connect_swapped (self->history_signals, "chosen", G_CALLBACK (visible_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->history_signals, "shown", G_CALLBACK (visible_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->history_signals, "items-changed",
                                  G_CALLBACK (queue_refresh), self);
  self->view_signals = g_signal_group_new (SCOPE_TYPE_VIEW);
  g_signal_group_connect_swapped (self->view_signals, "changed", G_CALLBACK (looked_cb), self);
  self->cursor_signals = g_signal_group_new (SCOPE_TYPE_CURSOR);
  g_signal_group_connect_swapped (self->cursor_signals, "moved", G_CALLBACK (moved_cb), self);
  g_signal_group_connect_swapped (self->cursor_signals, "highlighted",
                                  G_CALLBACK (highlighted_cb), self);
  self->baseline_signals = g_signal_group_new (SCOPE_TYPE_BASELINE);
  g_signal_group_connect_swapped (self->baseline_signals, "changed",
                                  G_CALLBACK (visible_changed_cb), self);
  update_font (self);
}

/**
 * scope_chart_widget_set_history:
 * @self: the widget
 * @history: what is shown
 * @view: the stretch of time that is shown
 * @cursor: the instant that is looked at
 */
void
scope_chart_widget_set_history (ScopeChartWidget *self,
                                ScopeHistory     *history,
                                ScopeView        *view,
                                ScopeCursor      *cursor)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (g_set_object (&self->view, view))
    {
      g_clear_pointer (&self->zoom, scope_zoom_free);
      self->zoom = scope_zoom_new (view);
    }
  g_set_object (&self->cursor, cursor);
  if (!g_set_object (&self->history, history))
    return;
  g_signal_group_set_target (self->history_signals, history);
  g_signal_group_set_target (self->view_signals, view);
  g_signal_group_set_target (self->cursor_signals, cursor);
  drop_picture (self);
}

/* Draws the curves of @baseline (nullable) behind the others. */
void
scope_chart_widget_set_baseline (ScopeChartWidget *self,
                                 ScopeBaseline    *baseline)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (!g_set_object (&self->baseline, baseline))
    return;
  g_signal_group_set_target (self->baseline_signals, baseline);
  visible_changed_cb (self);
}

/* Draws what is limited, and what exceeds it; those of the history. */
void
scope_chart_widget_set_limits (ScopeChartWidget *self,
                               ScopeLimits      *limits)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (!g_set_object (&self->limits, limits))
    return;
  if (limits != NULL)
    g_signal_connect_object (limits, "changed", G_CALLBACK (visible_changed_cb), self,
                             G_CONNECT_SWAPPED);
  drop_picture (self);
}

/* Shows, or hides, a third chart. */
void
scope_chart_widget_set_failures (ScopeChartWidget *self,
                                 ScopeFailures     failures)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (self->failures == failures)
    return;
  self->failures = failures;
  drop_picture (self);
}

/* Draws response times on a logarithmic scale, or not. */
void
scope_chart_widget_set_logarithmic (ScopeChartWidget *self,
                                    gboolean          is_log)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (self->is_log == !!is_log)
    return;
  self->is_log = !!is_log;
  drop_picture (self);
}

/* Shows times as those since the start of a run, or as those of a clock. */
void
scope_chart_widget_set_elapsed (ScopeChartWidget *self,
                                gboolean          elapsed)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (self->elapsed == !!elapsed)
    return;
  self->elapsed = !!elapsed;
  drop_picture (self);
  scope_chart_widget_describe (self); /* at once: a key was pressed for it */
}

/* The picture as it is on the screen: for an export of the same. */
ScopePicture
scope_chart_widget_get_picture (ScopeChartWidget *self)
{
  g_return_val_if_fail (SCOPE_IS_CHART_WIDGET (self), (ScopePicture){ 0 });
  return (ScopePicture){
    .history = self->history,
    .view = self->view,
    .baseline = self->baseline,
    .theme = get_theme (),
    .font = self->font,
    .font_px = self->font_px,
    .failures = self->failures,
    .is_log = self->is_log,
    .elapsed = self->elapsed,
    .limits = self->limits,
    .column = 1.0 / gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };
}

/* Returns: (transfer none) (nullable): what the view is set by. */
ScopeZoom *
scope_chart_widget_get_zoom (ScopeChartWidget *self)
{
  g_return_val_if_fail (SCOPE_IS_CHART_WIDGET (self), NULL);
  return self->zoom;
}
