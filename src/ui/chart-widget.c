/* chart-widget.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is drawn once, into pixels, and shown again from there until
 * the data, the size or the style changes.
 */
#include "chart-widget.h"

#include "canvas.h"
#include "cursor-layer.h"
#include "strips.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MIN_WIDTH_PX      240
#define MIN_HEIGHT_PX     140
#define NATURAL_WIDTH_PX  800
#define NATURAL_HEIGHT_PX 560

/* Samples that a key with Shift moves the cursor by. */
#define LARGE_STEP 10

/* A screen reader is told of changes at most this often. */
#define DESCRIBE_INTERVAL_MS 3000

/* While a picture takes long to draw, at most this share of the time goes
 * into drawing. */
#define DRAWING_SHARE    4
#define CHEAP_DRAWING_US 8000

struct _ScopeChartWidget
{
  GtkWidget      parent_instance;

  /* owned */
  ScopeHistory  *history;
  ScopeView     *view;
  ScopeCursor   *cursor;
  char          *font;
  ScopeCanvas   *canvas;
  ScopeStrips    strips;     /* the picture, ... */
  gboolean       is_drawn;   /* ... which need not be drawn again */
  GSignalGroup  *history_signals;
  GSignalGroup  *view_signals;
  GSignalGroup  *cursor_signals;

  gboolean       failures;   /* a third chart is shown */
  double         font_px;
  double         pointer_y;  /* px: where the pointer is, or was last */
  gint64         drawing_us; /* what the last drawing took */
  gint64         drawn_us;   /* monotonic: when it was over */
  guint          refresh;    /* timeout: draw again */
  guint          describe;   /* timeout: describe again */
};

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

/* The charts, where the cursor can be among them. */
static const ScopeCharts *
get_charts (ScopeChartWidget *self)
{
  const ScopeCharts *charts = scope_canvas_get_charts (self->canvas);

  return charts != NULL && charts->picture->history == self->history ? charts : NULL;
}

static void
describe (ScopeChartWidget *self)
{
  ScopePicture picture = scope_chart_widget_get_picture (self);

  g_clear_handle_id (&self->describe, g_source_remove);
  if (self->history != NULL)
    {
      const ScopeCharts *charts = get_charts (self);
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
  describe (self);
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

static void
visible_changed_cb (ScopeChartWidget *self)
{
  drop_picture (self);
  queue_describe (self);
}

/* Of its moves nothing but the cursor is drawn. */
static void
moved_cb (ScopeChartWidget *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  queue_describe (self);
}

/* Whether @x is on the time axis; the block that is nearest to it. */
static gboolean
find_block (ScopeChartWidget *self,
            double            x,
            guint            *block)
{
  const ScopeCharts *charts = get_charts (self);

  return charts != NULL && x >= charts->gutter.left && x <= charts->gutter.right &&
         scope_history_find_block (self->history, scope_scale_from_px (&charts->x, x), block);
}

static double
get_time (ScopeChartWidget *self,
          guint             block)
{
  return scope_history_get_times (self->history)[block];
}

static void
motion_cb (ScopeChartWidget *self,
           double            x,
           double            y)
{
  guint block;

  self->pointer_y = y;
  if (find_block (self, x, &block))
    scope_cursor_point (self->cursor, get_time (self, block));
  else if (self->cursor != NULL)
    scope_cursor_leave (self->cursor);
  if (self->cursor != NULL && scope_cursor_get_pinned (self->cursor))
    gtk_widget_queue_draw (GTK_WIDGET (self)); /* another curve may be named */
}

static void
leave_cb (ScopeChartWidget *self)
{
  if (self->cursor != NULL)
    scope_cursor_leave (self->cursor);
}

/* A click pins the cursor, or lets it go. */
static void
pressed_cb (ScopeChartWidget *self,
            int               n_presses,
            double            x,
            double            y)
{
  guint block;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_block (self, x, &block))
    return;
  self->pointer_y = y;
  if (!scope_cursor_get_pinned (self->cursor))
    {
      scope_cursor_pin (self->cursor, get_time (self, block));
      return;
    }
  scope_cursor_clear (self->cursor);
  scope_cursor_point (self->cursor, get_time (self, block));
}

/* Moves the cursor by samples, and pins it: the first time from the end of what
 * is shown. */
static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  ScopeChartWidget  *self = SCOPE_CHART_WIDGET (widget);
  const ScopeCharts *charts = get_charts (self);
  gint64             block;
  guint              at;
  double             time;

  if (charts == NULL)
    return FALSE;
  if (!scope_cursor_get_time (self->cursor, &time))
    time = charts->x.high;
  if (!scope_history_find_block (self->history, time, &at))
    return FALSE;
  block = CLAMP ((gint64) at + g_variant_get_int32 (args), 0,
                 (gint64) scope_history_get_n_blocks (self->history) - 1);
  scope_cursor_pin (self->cursor, get_time (self, (guint) block));
  describe (self); /* whoever moves it by keys may not see it */
  return TRUE;
}

static gboolean
clear_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (widget);
  double            time;

  if (self->cursor == NULL || !scope_cursor_get_time (self->cursor, &time))
    return FALSE;
  scope_cursor_clear (self->cursor);
  return TRUE;
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

  if (self->history == NULL || width < 1 || height < 1)
    return;
  if (!self->is_drawn || self->strips.width != width || self->strips.height != height ||
      self->strips.scale != scale)
    draw_picture (self, width, height, scale);
  scope_strips_snapshot (&self->strips, snapshot);
  if (get_charts (self) != NULL)
    scope_cursor_layer_snapshot (widget, snapshot, get_charts (self), self->cursor,
                                 self->pointer_y);
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
  g_clear_object (&self->history_signals);
  g_clear_object (&self->view_signals);
  g_clear_object (&self->cursor_signals);
  g_clear_object (&self->history);
  g_clear_object (&self->view);
  g_clear_object (&self->cursor);
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
add_step (GtkWidgetClass *widget_class,
          guint           key,
          guint           keypad_key,
          int             samples)
{
  gtk_widget_class_add_binding (widget_class, key, 0, step_cb, "i", samples);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, step_cb, "i", samples);
  gtk_widget_class_add_binding (widget_class, key, GDK_SHIFT_MASK, step_cb, "i",
                                samples * LARGE_STEP);
}

/* While the charts are in focus digits choose the statistic, and arrows move the
 * cursor. */
static void
add_keys (GtkWidgetClass *widget_class)
{
  static const char *const statistics[] = { "average", "p50", "p95", "p99", "max",
                                            "total-average" };

  for (guint i = 0; i < G_N_ELEMENTS (statistics); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, 0, "win.response-time",
                                           "s", statistics[i]);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, 0, "win.response-time",
                                           "s", statistics[i]);
    }
  add_step (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1);
  add_step (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_cb, NULL);
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
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
scope_chart_widget_init (ScopeChartWidget *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->canvas = scope_canvas_new ();
  scope_strips_init (&self->strips);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

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
  g_signal_group_connect_swapped (self->view_signals, "changed", G_CALLBACK (queue_refresh), self);
  self->cursor_signals = g_signal_group_new (SCOPE_TYPE_CURSOR);
  g_signal_group_connect_swapped (self->cursor_signals, "moved", G_CALLBACK (moved_cb), self);
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

  g_set_object (&self->view, view);
  g_set_object (&self->cursor, cursor);
  if (!g_set_object (&self->history, history))
    return;
  g_signal_group_set_target (self->history_signals, history);
  g_signal_group_set_target (self->view_signals, view);
  g_signal_group_set_target (self->cursor_signals, cursor);
  drop_picture (self);
}

/* Shows, or hides, a third chart of failures/s. */
void
scope_chart_widget_set_failures (ScopeChartWidget *self,
                                 gboolean          failures)
{
  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  if (self->failures == !!failures)
    return;
  self->failures = !!failures;
  drop_picture (self);
}

/* The picture as it is on the screen: for an export of the same. */
ScopePicture
scope_chart_widget_get_picture (ScopeChartWidget *self)
{
  g_return_val_if_fail (SCOPE_IS_CHART_WIDGET (self), (ScopePicture){ 0 });
  return (ScopePicture){
    .history = self->history,
    .view = self->view,
    .theme = get_theme (),
    .font = self->font,
    .font_px = self->font_px,
    .failures = self->failures,
    .column = 1.0 / gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };
}
