/* window-legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend beside the charts: how wide it is, by its edge, which is dragged, or
 * moved by keys as that of a GtkPaned; and where the focus goes when it is hidden and
 * comes back.
 */
#include "window-private.h"

/* Of the window's width, unless its edge was dragged. */
#define LEGEND_SHARE      0.36
#define MAX_LEGEND_SHARE  0.7
#define MIN_LEGEND_PX     320
#define MAX_LEGEND_PX     600 /* if nothing was asked for */
#define SEPARATOR_PX      1

/* Of the edge, by an arrow key, and with Ctrl. */
#define STEP_PX      10
#define LONG_STEP_PX 60

/* As much as leaves room for the charts beside it: with less the flap would lay it over
 * them. */
static double
get_most_px (ScopeWindow *self)
{
  int charts;

  gtk_widget_measure (GTK_WIDGET (self->views), GTK_ORIENTATION_HORIZONTAL, -1, &charts, NULL,
                      NULL, NULL);
  return MAX (MIN (self->width * MAX_LEGEND_SHARE, self->width - charts - SEPARATOR_PX),
              MIN_LEGEND_PX);
}

/* Gives the legend its share of the window. */
void
scope_window_size_legend (ScopeWindow *self)
{
  double most = get_most_px (self);
  double width = self->legend_width > 0 ? MIN (self->legend_width, most)
                                        : MIN (self->width * LEGEND_SHARE, MAX_LEGEND_PX);

  width = MAX (width, MIN_LEGEND_PX);
  scope_legend_set_room (self->legend, (int) width);
  gtk_widget_set_size_request (GTK_WIDGET (self->legend), (int) width, -1);
}

/* By @dx to the right of where it was with @width. */
static void
move_edge (ScopeWindow *self,
           double       width,
           double       dx)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    dx = -dx;
  self->legend_width = (int) MAX (width - dx, MIN_LEGEND_PX);
  scope_window_size_legend (self);
}

/* Where the pointer is in the window: what is dragged moves along with it. */
static double
get_pointer (ScopeWindow    *self,
             GtkGestureDrag *drag)
{
  GtkWidget *edge = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));
  double     x, y, dx, dy, in_window = 0;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y) &&
      gtk_gesture_drag_get_offset (drag, &dx, &dy))
    gtk_widget_translate_coordinates (edge, GTK_WIDGET (self), x + dx, y + dy, &in_window, &dy);
  return in_window;
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               ScopeWindow    *self)
{
  double dy;

  gtk_widget_translate_coordinates (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag)),
                                    GTK_WIDGET (self), x, y, &self->drag_x, &dy);
  self->drag_width = gtk_widget_get_width (GTK_WIDGET (self->legend));
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                ScopeWindow    *self)
{
  move_edge (self, self->drag_width, get_pointer (self, drag) - self->drag_x);
}

static gboolean
has_focus (ScopeWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->legend));
}

/* To the charts, or to the table in their place. */
static void
focus_charts (ScopeWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->views), GTK_DIR_TAB_FORWARD);
}

static void
focus_charts_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  focus_charts (SCOPE_WINDOW (widget));
}

/* Let go, the edge is no stop of Tab. */
static void
leave_edge_cb (GtkEventController *focus)
{
  gtk_widget_set_focusable (gtk_event_controller_get_widget (focus), FALSE);
}

static gboolean
edge_key_cb (ScopeWindow    *self,
             guint           key,
             guint           code,
             GdkModifierType modifiers)
{
  int step = modifiers & GDK_CONTROL_MASK ? LONG_STEP_PX : STEP_PX;
  int width = gtk_widget_get_width (GTK_WIDGET (self->legend));

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_edge (self, width, -step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_edge (self, width, step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
    case GDK_KEY_Escape:
      focus_charts (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
focus_edge_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (!gtk_widget_get_mapped (self->legend_edge))
    return;
  gtk_widget_set_focusable (self->legend_edge, TRUE);
  gtk_widget_grab_focus (self->legend_edge);
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}

static void
update_edges (ScopeWindow *self)
{
  gboolean beside = !adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap);

  gtk_widget_set_visible (self->legend_edge, beside);
  gtk_widget_set_visible (self->charts_edge, beside);
}

/* What is hidden has no focus: GTK would give it to the first button there is. */
static void
reveal_cb (ScopeWindow *self)
{
  update_edges (self);
  if (!adw_flap_get_folded (self->flap))
    self->shows_legend = adw_flap_get_reveal_flap (self->flap);
  if (adw_flap_get_reveal_flap (self->flap))
    {
      if (self->legend_focus)
        scope_legend_focus_rows (self->legend);
      self->legend_focus = FALSE;
    }
  else if (has_focus (self))
    {
      self->legend_focus = TRUE;
      focus_charts (self);
    }
}

/* Without room beside the charts it goes, and lies over them if it is asked for; with
 * room it is as it was before.  There is no edge to move then. */
static void
fold_cb (ScopeWindow *self)
{
  update_edges (self);
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap) && self->shows_legend);
}

/* Listens to whether the legend is shown, and to its edge. */
void
scope_window_add_legend (ScopeWindow *self)
{
  GtkWidget          *edges[] = { self->legend_edge, self->separator, self->charts_edge };
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      GtkGesture *drag = gtk_gesture_drag_new ();

      gtk_widget_set_cursor_from_name (edges[i], "col-resize");
      g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
      g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
      gtk_widget_add_controller (edges[i], GTK_EVENT_CONTROLLER (drag));
    }
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (edge_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->legend_edge, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_edge_cb), NULL);
  gtk_widget_add_controller (self->legend_edge, focus);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self,
                           G_CONNECT_SWAPPED);
  self->shows_legend = TRUE;
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (fold_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Adds the actions that lead to the legend's edge, and from the legend to the charts. */
void
scope_window_install_legend (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.focus-charts", NULL, focus_charts_action);
  gtk_widget_class_install_action (widget_class, "win.focus-legend-edge", NULL, focus_edge_action);
}
