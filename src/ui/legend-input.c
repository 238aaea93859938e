/* legend-input.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pointer and keys do to the legend's rows: switch one, show only one,
 * switch many.
 */
#include "legend-private.h"

#include "selection.h"

static ScopeEndpoint *
get_endpoint (GtkWidget *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), SCOPE_LEGEND_ENDPOINT) : NULL;
}

/* Where @endpoint is in the list; G_MAXUINT: it is not. */
static guint
find_listed (ScopeLegend   *self,
             ScopeEndpoint *endpoint)
{
  guint n = g_list_model_get_n_items (self->listed);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeEndpoint) item = g_list_model_get_item (self->listed, i);

      if (item == endpoint)
        return i;
    }
  return G_MAXUINT;
}

static void
toggle (ScopeLegend   *self,
        ScopeEndpoint *endpoint)
{
  g_set_object (&self->anchor, endpoint);
  scope_endpoint_set_visible (endpoint, !scope_endpoint_get_visible (endpoint));
}

/* Shows only @endpoint, or what was shown before that. */
void
scope_legend_toggle_only (ScopeLegend   *self,
                          ScopeEndpoint *endpoint)
{
  g_autoptr (GListStore) one = g_list_store_new (SCOPE_TYPE_ENDPOINT);

  g_set_object (&self->anchor, endpoint);
  g_list_store_append (one, endpoint);
  scope_selection_toggle_only (self->history, G_LIST_MODEL (one), self->before);
  scope_legend_queue_pointed (self);
}

/* From the row that was switched last to this one all are as that one is. */
static void
extend (ScopeLegend   *self,
        ScopeEndpoint *endpoint)
{
  guint from = self->anchor ? find_listed (self, self->anchor) : G_MAXUINT;
  guint to = find_listed (self, endpoint);

  if (from == G_MAXUINT || to == G_MAXUINT)
    toggle (self, endpoint);
  else
    scope_selection_show_range (self->history, self->listed, from, to,
                                scope_endpoint_get_visible (self->anchor));
}

static void
activate_cb (ScopeLegend *self,
             guint        position)
{
  g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (self->listed, position);

  toggle (self, endpoint);
}

static gboolean
is_on_button (ScopeLegend *self,
              double       x,
              double       y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  return widget != NULL &&
         (widget == self->only || gtk_widget_is_ancestor (widget, self->only));
}

/* With Ctrl, or by a second quick click, which undoes what the first did, only one
 * is shown, and a third does no more; with Shift many are switched.  All other clicks
 * are the row's. */
static void
pressed_cb (ScopeLegend     *self,
            int              n_presses,
            double           x,
            double           y,
            GtkGestureClick *click)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  ScopeEndpoint  *endpoint = scope_legend_pick (self, x, y);

  if (endpoint == NULL || is_on_button (self, x, y))
    return;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      scope_legend_toggle_only (self, endpoint);
    }
  else if ((state & GDK_SHIFT_MASK) != 0)
    {
      extend (self, endpoint);
    }
  else if (n_presses == 2)
    {
      toggle (self, endpoint);
      scope_legend_toggle_only (self, endpoint);
    }
  else if (n_presses == 1)
    {
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* As in the charts; without a cursor it leads there. */
static void
clear_cursor (ScopeLegend   *self,
              ScopeEndpoint *endpoint)
{
  double time;

  if (scope_cursor_get_time (self->cursor, &time))
    scope_cursor_clear (self->cursor);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-charts", NULL);
}

/* What a key does to the row in focus, or to all. */
typedef struct
{
  guint           key;
  GdkModifierType modifiers;
  void          (*switch_one) (ScopeLegend *self, ScopeEndpoint *endpoint);
  const char     *action; /* where it is of all */
} Key;

static const Key KEYS[] = {
  { GDK_KEY_space, 0, toggle, NULL },
  { GDK_KEY_KP_Space, 0, toggle, NULL },
  { GDK_KEY_Return, 0, scope_legend_toggle_only, NULL },
  { GDK_KEY_KP_Enter, 0, scope_legend_toggle_only, NULL },
  { GDK_KEY_ISO_Enter, 0, scope_legend_toggle_only, NULL },
  { GDK_KEY_space, GDK_SHIFT_MASK, extend, NULL },
  { GDK_KEY_Escape, 0, clear_cursor, NULL },
  { GDK_KEY_a, GDK_CONTROL_MASK, NULL, "legend.all" },
  { GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, NULL, "legend.none" },
  { GDK_KEY_i, GDK_CONTROL_MASK, NULL, "legend.invert" },
};

static gboolean
key_pressed_cb (ScopeLegend    *self,
                guint           key,
                guint           code,
                GdkModifierType modifiers)
{
  GtkWidget     *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  ScopeEndpoint *endpoint = get_endpoint (focus);

  modifiers &= gtk_accelerator_get_default_mod_mask ();
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (gdk_keyval_to_lower (key) == KEYS[i].key && modifiers == KEYS[i].modifiers)
      {
        if (KEYS[i].action != NULL)
          gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, NULL);
        else if (endpoint != NULL)
          KEYS[i].switch_one (self, endpoint);
        else
          return FALSE;
        return TRUE;
      }
  return FALSE;
}

/* From the search Down leads to what was found first, not to the row that had the
 * focus before. */
static gboolean
search_key_cb (ScopeLegend    *self,
               guint           key,
               guint           code,
               GdkModifierType modifiers)
{
  g_autoptr (ScopeEndpoint) first =
    self->listed != NULL ? g_list_model_get_item (self->listed, 0) : NULL;
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));
  GtkWidget *row = gtk_widget_get_first_child (list);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || first == NULL)
    return FALSE;
  scope_legend_scroll_up (self);
  while (row != NULL && get_endpoint (row) != first)
    row = gtk_widget_get_next_sibling (row);
  return row != NULL && gtk_widget_grab_focus (row);
}

static void
show_all (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_show_listed (self->history, self->listed, TRUE);
}

static void
show_none (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_show_listed (self->history, self->listed, FALSE);
}

static void
invert (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  ScopeLegend *self = SCOPE_LEGEND (widget);

  if (self->history != NULL)
    scope_selection_invert_listed (self->history, self->listed);
}

/* Listens to pointer and keys, once and for all. */
void
scope_legend_listen (ScopeLegend *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *search_keys = gtk_event_controller_key_new ();
  GtkEventController *click = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (click, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_event_controller_set_propagation_phase (search_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (search_keys, "key-pressed", G_CALLBACK (search_key_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), search_keys);
  gtk_widget_add_controller (GTK_WIDGET (self->view), click);
}

/* Adds the actions behind the buttons. */
void
scope_legend_install_actions (ScopeLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "legend.all", NULL, show_all);
  gtk_widget_class_install_action (widget_class, "legend.none", NULL, show_none);
  gtk_widget_class_install_action (widget_class, "legend.invert", NULL, invert);
  gtk_widget_class_install_property_action (widget_class, "legend.sorted-by", "sorted-by");
}
