/* chart-input.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pointer, wheel, fingers and keys do to the cursor and to the stretch of
 * time that is looked at.  Nothing is drawn here.
 */
#include "chart-widget-private.h"

/* Samples that a key with Shift moves the cursor by. */
#define LARGE_STEP 10

/* Px that a drag moves at least: less is a click. */
#define DRAG_PX 6

/* Of the stretch that is looked at: what a notch of the wheel moves it by, and
 * how much longer one makes it. */
#define PAN_SHARE   0.1
#define KEY_PAN_SHARE 0.5
#define ZOOM_FACTOR 1.25

/* The same of a px that fingers move by. */
#define ZOOM_FACTOR_PX 1.01

/* Turns of the wheel, or presses of a key, that follow each other sooner are one
 * step back. */
#define ONE_GESTURE_US 700000

#define POINT_AGAIN_MS 40

/* Whether @x is on the time axis; the block that is nearest to it. */
static gboolean
find_block (ScopeChartWidget *self,
            double            x,
            guint            *block)
{
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);

  return charts != NULL && x >= charts->gutter.left && x <= charts->gutter.right &&
         scope_history_find_block (self->history, scope_scale_from_px (&charts->x, x), block);
}

static double
get_time (ScopeChartWidget *self,
          guint             block)
{
  return scope_history_get_times (self->history)[block];
}

static gboolean
point_again_cb (gpointer data)
{
  ScopeChartWidget *self = data;
  double            time;
  guint             block;

  self->point_again = 0;
  if (self->is_hovered && scope_cursor_get_time (self->cursor, &time) &&
      !scope_cursor_get_pinned (self->cursor) && find_block (self, self->pointer_x, &block))
    scope_cursor_point (self->cursor, get_time (self, block));
  return G_SOURCE_REMOVE;
}

/* Another instant comes to be under a pointer that rests: soon, when the charts
 * have been drawn, the cursor is there. */
void
scope_chart_widget_queue_point (ScopeChartWidget *self)
{
  if (self->point_again == 0 && self->is_hovered)
    self->point_again = g_timeout_add (POINT_AGAIN_MS, point_again_cb, self);
}

/* No cursor yet: a window can open under a pointer that rests. */
static void
enter_cb (ScopeChartWidget *self,
          double            x,
          double            y)
{
  self->is_hovered = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
motion_cb (ScopeChartWidget *self,
           double            x,
           double            y)
{
  guint block;

  self->is_hovered = TRUE;
  self->pointer_x = x;
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
  self->is_hovered = FALSE;
  if (self->cursor != NULL)
    scope_cursor_leave (self->cursor);
}

/* A click pins the cursor, or lets it go; with Shift it pins the other end of a
 * span. */
static void
click (ScopeChartWidget *self,
       double            x,
       double            y,
       GdkModifierType   state)
{
  guint block;

  if (!find_block (self, x, &block))
    return;
  self->pointer_y = y;
  if ((state & GDK_SHIFT_MASK) != 0)
    {
      scope_cursor_pin_other (self->cursor, get_time (self, block));
      return;
    }
  if (!scope_cursor_get_pinned (self->cursor))
    {
      scope_cursor_pin (self->cursor, get_time (self, block));
      return;
    }
  scope_cursor_clear (self->cursor);
  scope_cursor_point (self->cursor, get_time (self, block));
}

/* Seconds a px. */
static double
get_pace (const ScopeCharts *charts)
{
  return (charts->x.high - charts->x.low) / (charts->x.to - charts->x.from);
}

static void
drag_begin_cb (ScopeChartWidget *self,
               double            x,
               double            y,
               GtkGestureSingle *gesture)
{
  guint button = gtk_gesture_single_get_current_button (gesture);

  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->is_cancelled = FALSE;
  self->selected_from = self->selected_to = x;
  self->pressed_y = y;
  self->panned_px = 0;
}

/* The first button selects, the middle one moves what is looked at. */
static void
drag_update_cb (ScopeChartWidget *self,
                double            dx,
                double            dy,
                GtkGestureSingle *gesture)
{
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);

  if (charts == NULL || self->is_cancelled)
    return;
  if (gtk_gesture_single_get_current_button (gesture) == GDK_BUTTON_MIDDLE)
    {
      if (self->panned_px == 0)
        scope_zoom_remember (self->zoom);
      scope_zoom_pan (self->zoom, (self->panned_px - dx) * get_pace (charts));
      self->panned_px = dx;
      return;
    }
  self->selected_to = CLAMP (self->selected_from + dx, charts->gutter.left, charts->gutter.right);
  self->is_selecting |= ABS (dx) >= DRAG_PX;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (ScopeChartWidget *self,
             double            dx,
             double            dy,
             GtkGestureSingle *gesture)
{
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);
  double             from = MIN (self->selected_from, self->selected_to);
  double             to = MAX (self->selected_from, self->selected_to);

  if (gtk_gesture_single_get_current_button (gesture) == GDK_BUTTON_MIDDLE || self->is_cancelled)
    return;
  if (!self->is_selecting)
    {
      click (self, self->selected_from, self->pressed_y,
             gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
      return;
    }
  self->is_selecting = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (charts == NULL)
    return;
  scope_zoom_remember (self->zoom);
  scope_zoom_to (self->zoom, scope_scale_from_px (&charts->x, MAX (from, charts->gutter.left)),
                 scope_scale_from_px (&charts->x, to));
}

static void
drag_cancel_cb (ScopeChartWidget *self)
{
  self->is_selecting = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The second of two quick clicks shows all; both together leave the cursor. */
static void
pressed_cb (ScopeChartWidget *self,
            int               n_presses)
{
  if (n_presses != 2 || self->zoom == NULL)
    return;
  scope_zoom_remember (self->zoom);
  scope_zoom_to_all (self->zoom);
}

static void
remember_gesture (ScopeChartWidget *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->scrolled_us > ONE_GESTURE_US)
    scope_zoom_remember (self->zoom);
  self->scrolled_us = now;
}

static gboolean
scroll_cb (ScopeChartWidget         *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkModifierType    state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  gboolean           is_px = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE;
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);
  double             notch;

  if (charts == NULL)
    return FALSE;
  remember_gesture (self);
  notch = is_px ? get_pace (charts) : PAN_SHARE * (charts->x.high - charts->x.low);
  if ((state & GDK_CONTROL_MASK) != 0)
    scope_zoom_at (self->zoom, scope_scale_from_px (&charts->x, self->pointer_x),
                   pow (is_px ? ZOOM_FACTOR_PX : ZOOM_FACTOR, dy));
  else
    scope_zoom_pan (self->zoom, (dx + dy) * notch);
  return TRUE;
}

static void
pinch_begin_cb (ScopeChartWidget *self)
{
  self->scale = 1;
  if (self->zoom != NULL)
    scope_zoom_remember (self->zoom);
}

static void
pinch_cb (ScopeChartWidget *self,
          double            scale,
          GtkGesture       *gesture)
{
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);
  double             x, y;

  if (charts == NULL)
    return;
  if (!gtk_gesture_is_active (gesture) ||
      !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    x = self->pointer_x;
  scope_zoom_at (self->zoom, scope_scale_from_px (&charts->x, x), self->scale / scale);
  self->scale = scale;
}

/* Moves the cursor by samples, and pins it: the first time from the end of what
 * is shown. */
static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  ScopeChartWidget  *self = SCOPE_CHART_WIDGET (widget);
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);
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
  time = get_time (self, (guint) block);
  if (scope_view_get_fixed (self->view) && (time < charts->x.low || time > charts->x.high))
    scope_zoom_pan (self->zoom, time < charts->x.low ? time - charts->x.low : time - charts->x.high);
  scope_cursor_pin (self->cursor, time);
  scope_chart_widget_describe (self); /* whoever moves it by keys may not see it */
  return TRUE;
}

/* Pins the cursor where it is, or at the end of what is shown; again, one end of a
 * span, whose other end is moved from then on.  Until it is moved, once more is as
 * often as needed: arrows pin the cursor, too. */
static gboolean
pin_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  ScopeChartWidget  *self = SCOPE_CHART_WIDGET (widget);
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);
  double             time, other;
  guint              block;

  if (charts == NULL)
    return FALSE;
  if (!scope_cursor_get_time (self->cursor, &time))
    time = charts->x.high;
  if (!scope_history_find_block (self->history, time, &block))
    return FALSE;
  if (scope_cursor_get_other (self->cursor, &other) && other != time)
    scope_cursor_clear (self->cursor);
  if (scope_cursor_get_pinned (self->cursor))
    scope_cursor_pin_other (self->cursor, get_time (self, block));
  else
    scope_cursor_pin (self->cursor, get_time (self, block));
  scope_chart_widget_describe (self);
  return TRUE;
}

/* Moves what is looked at by half of it. */
static gboolean
pan_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  ScopeChartWidget  *self = SCOPE_CHART_WIDGET (widget);
  const ScopeCharts *charts = scope_chart_widget_get_charts (self);

  if (charts == NULL)
    return FALSE;
  remember_gesture (self);
  scope_zoom_pan (self->zoom,
                  g_variant_get_int32 (args) * KEY_PAN_SHARE * (charts->x.high - charts->x.low));
  return TRUE;
}

/* Zooms in on what lies between the cursor's two ends. */
static gboolean
zoom_to_span_cb (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   data)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (widget);
  double            start, end;

  if (self->cursor == NULL || !scope_cursor_get_span (self->cursor, &start, &end))
    return FALSE;
  scope_zoom_remember (self->zoom);
  scope_zoom_to (self->zoom, start, end);
  return TRUE;
}

static gboolean
clear_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  ScopeChartWidget *self = SCOPE_CHART_WIDGET (widget);
  double            time;

  if (self->is_selecting)
    {
      self->is_cancelled = TRUE; /* until the button is let go */
      drag_cancel_cb (self);
      return TRUE;
    }
  if (self->cursor == NULL || !scope_cursor_get_time (self->cursor, &time))
    return FALSE;
  scope_cursor_clear (self->cursor);
  scope_chart_widget_describe (self);
  return TRUE;
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
 * cursor; Space stops the picture, End brings it back to the test, and T switches
 * between the times of a clock and those since the start. */
void
scope_chart_widget_install_keys (GtkWidgetClass *widget_class)
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
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, pan_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, pan_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Page_Up, 0, pan_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Page_Down, 0, pan_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, 0, zoom_to_span_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "win.freeze", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Space, 0, "win.freeze", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "win.follow", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_End, 0, "win.follow", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "win.logarithmic", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, pin_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, pin_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "win.elapsed", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_cb, NULL);
}

static void
add_controller (ScopeChartWidget   *self,
                GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
listen_to_drags (ScopeChartWidget *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  gtk_gesture_group (drag, click);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (drag_cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  add_controller (self, GTK_EVENT_CONTROLLER (drag));
  add_controller (self, GTK_EVENT_CONTROLLER (click));
}

/* Listens to the pointer, once and for all. */
void
scope_chart_widget_listen (ScopeChartWidget *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, G_CONNECT_SWAPPED);
  add_controller (self, motion);
  add_controller (self, scroll);
  add_controller (self, GTK_EVENT_CONTROLLER (pinch));
  listen_to_drags (self);
}

/**
 * scope_chart_widget_zoom:
 * @self: the widget
 * @factor: how much longer the stretch that is looked at becomes
 *
 * Zooms about the cursor, or about the middle.
 */
void
scope_chart_widget_zoom (ScopeChartWidget *self,
                         double            factor)
{
  const ScopeCharts *charts;
  double             time;

  g_return_if_fail (SCOPE_IS_CHART_WIDGET (self));

  charts = scope_chart_widget_get_charts (self);
  if (charts == NULL)
    return;
  if (!scope_cursor_get_time (self->cursor, &time) || time < charts->x.low || time > charts->x.high)
    time = (charts->x.low + charts->x.high) / 2;
  scope_zoom_remember (self->zoom);
  scope_zoom_at (self->zoom, time, factor);
}
