/* window-legend.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legend beside the charts: where the focus goes when it is hidden and comes
 * back.
 */
#include "window-private.h"

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

/* Listens to whether the legend is shown. */
void
scope_window_add_legend (ScopeWindow *self)
{
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Adds the action that leads from the legend to the charts. */
void
scope_window_install_legend (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.focus-charts", NULL, focus_charts_action);
}
