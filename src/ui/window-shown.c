/* window-shown.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bar above the charts of more endpoints than can be told apart: how many
 * are shown, and others with one click.
 */
#include "window-private.h"

#include "ranking.h"
#include "selection.h"

#include <glib/gi18n-lib.h>

static void
show_all_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->history != NULL)
    scope_selection_show_all (self->history, TRUE);
}

/* Shows those that stand out in what is looked at, or says that there are none. */
static void
show_ranked (ScopeWindow *self,
             guint      (*show) (ScopeHistory *history, double start, double end),
             const char  *none)
{
  double start, end;

  if (self->history == NULL)
    return;
  scope_view_get_range (self->view, &start, &end);
  if (show (self->history, start, end) == 0)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (none));
}

static void
show_slowest_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  show_ranked (SCOPE_WINDOW (widget), scope_ranking_show_slowest,
               _("No request ended in the time that is shown"));
}

static void
show_failing_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  show_ranked (SCOPE_WINDOW (widget), scope_ranking_show_failing,
               _("No request failed in the time that is shown"));
}

/* Brings the bar in line with what is shown. */
void
scope_window_update_shown (ScopeWindow *self)
{
  guint            n = scope_history_get_n_endpoints (self->history);
  guint            shown = scope_selection_count (self->history);
  /* Translators: how many endpoints are shown, and of how many. */
  g_autofree char *text = g_strdup_printf (_("%u of %u shown"), shown, n);

  gtk_label_set_text (self->shown_label, text);
  gtk_revealer_set_reveal_child (self->shown_bar, n > SCOPE_SHOWN_BY_DEFAULT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-all", shown < n);
}

/* Adds the actions behind its buttons. */
void
scope_window_install_shown (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "win.show-slowest", NULL, show_slowest_action);
  gtk_widget_class_install_action (widget_class, "win.show-failing", NULL, show_failing_action);
}
