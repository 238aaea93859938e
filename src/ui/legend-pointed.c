/* legend-pointed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The row under the pointer, or the one that keys have brought into focus: its
 * curves stand out, and it has a button that shows it alone.
 */
#include "legend-private.h"

#include "selection.h"

#include <glib/gi18n-lib.h>

/* A pointer that only crosses the legend makes no curve stand out. */
#define HIGHLIGHT_DELAY_MS 80

static GtkWidget *
get_row (GtkWidget *widget,
         GtkWidget *view)
{
  for (; widget != NULL && widget != view; widget = gtk_widget_get_parent (widget))
    if (g_object_get_data (G_OBJECT (widget), SCOPE_LEGEND_ENDPOINT) != NULL)
      return widget;
  return NULL;
}

static GtkWidget *
pick_row (ScopeLegend *self,
          double       x,
          double       y)
{
  GtkWidget *view = GTK_WIDGET (self->view);

  return get_row (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT), view);
}

/* The row that keys have brought into focus, or NULL. */
static GtkWidget *
find_focused_row (ScopeLegend *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root)) ||
      !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return NULL;
  return get_row (focus, GTK_WIDGET (self->view));
}

/* The row that is looked at, or NULL: with the pointer or with keys, whichever was
 * used last. */
static GtkWidget *
find_row (ScopeLegend *self)
{
  GtkWidget *focused = find_focused_row (self);

  if (self->is_hovered && !(self->by_keys && focused != NULL))
    return pick_row (self, self->pointer_x, self->pointer_y);
  return focused;
}

static ScopeEndpoint *
get_endpoint (GtkWidget *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), SCOPE_LEGEND_ENDPOINT) : NULL;
}

/* Where the button goes: over the end of the name. */
static GtkOverlay *
find_name (GtkWidget *row)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);

  while (cell != NULL && !GTK_IS_OVERLAY (gtk_widget_get_first_child (cell)))
    cell = gtk_widget_get_next_sibling (cell);
  return cell != NULL ? GTK_OVERLAY (gtk_widget_get_first_child (cell)) : NULL;
}

static gboolean
is_only (ScopeLegend   *self,
         ScopeEndpoint *endpoint)
{
  g_autoptr (GListStore) one = g_list_store_new (SCOPE_TYPE_ENDPOINT);

  g_list_store_append (one, endpoint);
  return scope_selection_is_only (self->history, G_LIST_MODEL (one));
}

static void
move_button (ScopeLegend *self,
             GtkWidget   *row)
{
  GtkOverlay *name = row != NULL ? find_name (row) : NULL;
  GtkWidget  *parent = gtk_widget_get_parent (self->only);

  if (parent != NULL && parent != (GtkWidget *) name)
    gtk_overlay_remove_overlay (GTK_OVERLAY (parent), self->only);
  if (name == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->only),
                        is_only (self, get_endpoint (row))
                          /* Translators: a small button: shows again what was shown before. */
                          ? _("Back")
                          /* Translators: a small button: shows this endpoint and no other. */
                          : _("Only"));
  if (parent != (GtkWidget *) name)
    gtk_overlay_add_overlay (name, self->only);
}

static gboolean
highlight_cb (gpointer data)
{
  ScopeLegend *self = data;
  GtkWidget   *row = find_row (self);

  self->highlight = 0;
  move_button (self, row);
  scope_cursor_set_endpoint (self->cursor, get_endpoint (row));
  return G_SOURCE_REMOVE;
}

/* Another row may be looked at, or another endpoint be in it: soon the button and
 * the curves follow.  Not at once: GTK is still telling widgets of the pointer. */
void
scope_legend_queue_pointed (ScopeLegend *self)
{
  if (self->highlight == 0 && self->cursor != NULL && self->only != NULL)
    self->highlight = g_timeout_add (HIGHLIGHT_DELAY_MS, highlight_cb, self);
}

/* Its rows are about to go. */
void
scope_legend_leave_rows (ScopeLegend *self)
{
  g_clear_handle_id (&self->highlight, g_source_remove);
  if (self->only != NULL && gtk_widget_get_parent (self->only) != NULL)
    gtk_overlay_remove_overlay (GTK_OVERLAY (gtk_widget_get_parent (self->only)), self->only);
  g_clear_object (&self->only);
}

static void
motion_cb (ScopeLegend *self,
           double       x,
           double       y)
{
  /* GTK tells of it too where only rows moved below it. */
  if (!self->is_hovered || x != self->pointer_x || y != self->pointer_y)
    self->by_keys = FALSE;
  self->is_hovered = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  scope_legend_queue_pointed (self);
}

static void
leave_cb (ScopeLegend *self)
{
  self->is_hovered = FALSE;
  scope_legend_queue_pointed (self);
}

static gboolean
key_pressed_cb (ScopeLegend *self)
{
  self->by_keys = TRUE;
  scope_legend_queue_pointed (self);
  return FALSE;
}

static void
clicked_cb (ScopeLegend *self)
{
  GtkWidget *row = get_row (self->only, GTK_WIDGET (self->view));

  if (row != NULL)
    scope_legend_toggle_only (self, get_endpoint (row));
  scope_legend_queue_pointed (self);
}

static void
root_cb (ScopeLegend *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (scope_legend_queue_pointed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (root, "notify::focus-visible", G_CALLBACK (scope_legend_queue_pointed),
                           self, G_CONNECT_SWAPPED);
}

/* Returns: (transfer none) (nullable): the endpoint of the row at a place of the
 *   list, in px. */
ScopeEndpoint *
scope_legend_pick (ScopeLegend *self,
                   double       x,
                   double       y)
{
  return get_endpoint (pick_row (self, x, y));
}

/* Returns: (transfer none) (nullable): the endpoint of the row in focus. */
ScopeEndpoint *
scope_legend_get_focused (ScopeLegend *self)
{
  GtkRoot *root;

  g_return_val_if_fail (SCOPE_IS_LEGEND (self), NULL);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  return root != NULL ? get_endpoint (get_row (gtk_root_get_focus (root), GTK_WIDGET (self->view)))
                      : NULL;
}

/* Listens to what is looked at, once and for all. */
void
scope_legend_watch_rows (ScopeLegend *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkAdjustment      *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  self->only = g_object_ref_sink (gtk_button_new ());
  gtk_widget_add_css_class (self->only, "only");
  gtk_widget_set_focusable (self->only, FALSE); /* Return does the same */
  gtk_widget_set_halign (self->only, GTK_ALIGN_END);
  gtk_widget_set_valign (self->only, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->only, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), motion);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (scroll, "value-changed", G_CALLBACK (scope_legend_queue_pointed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::root", G_CALLBACK (root_cb), self, G_CONNECT_SWAPPED);
}
