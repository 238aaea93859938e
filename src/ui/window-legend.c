/* window-legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend beside the charts: how wide it is, and where the focus goes when it
 * is hidden and comes back.
 */
#include "window-private.h"

/* Of the window's width, unless its edge was dragged. */
#define LEGEND_SHARE      0.36
#define MAX_LEGEND_SHARE  0.7
#define MIN_LEGEND_PX     320
#define MAX_LEGEND_PX     600 /* if nothing was asked for */

/* Gives the legend its share of the window. */
void
scope_window_size_legend (ScopeWindow *self)
{
  double most = MAX (self->width * MAX_LEGEND_SHARE, MIN_LEGEND_PX);
  double width = self->legend_width > 0 ? MIN (self->legend_width, most)
                                        : MIN (self->width * LEGEND_SHARE, MAX_LEGEND_PX);

  gtk_widget_set_size_request (GTK_WIDGET (self->legend), (int) MAX (width, MIN_LEGEND_PX), -1);
}

/* The edge moves along with the pointer: each offset adds to the width there is. */
static void
drag_update_cb (ScopeWindow *self,
                double       dx,
                double       dy)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->legend));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    dx = -dx;
  self->legend_width = (int) MAX (width - dx, MIN_LEGEND_PX);
  scope_window_size_legend (self);
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

/* What is hidden has no focus: GTK would give it to the first button there is. */
static void
reveal_cb (ScopeWindow *self)
{
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

/* Listens to whether the legend is shown, and to its edge. */
void
scope_window_add_legend (ScopeWindow *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_cursor_from_name (self->legend_edge, "col-resize");
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->legend_edge, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Adds the action that leads from the legend to the charts. */
void
scope_window_install_legend (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.focus-charts", NULL, focus_charts_action);
}
