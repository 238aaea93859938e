/* window-reading.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The feed's rows go into the history, the history's news to the charts and
 * the legend, each of which listens for itself.  What comes is shown when the
 * feed has caught up, and until then a few times a second: a frame of the
 * window costs as much as the rows of several megabytes.
 */
#include "window-private.h"

#include "recent-files.h"
#include "selection.h"

#include <glib/gi18n-lib.h>

/* A file that is read at once needs no progress bar. */
#define LOADING_DELAY_MS 300

#define SHOW_INTERVAL_MS 250

/* What comes next is taken in before the window is shown, so that it says in
 * its first frame that all has been read. */
#define FIRST_TURN_US 25000

/* What is shown by default is settled when there are more endpoints than fit,
 * and once more when all that was there has been read; the total may come in any
 * place. */
static void
propose_selection (ScopeWindow *self)
{
  guint n = scope_history_get_n_endpoints (self->history);
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  if (n_listed != self->n_listed &&
      (self->n_endpoints <= SCOPE_SHOWN_BY_DEFAULT || n == self->n_endpoints))
    scope_selection_propose (self->history);
  self->n_endpoints = n;
  self->n_listed = n_listed;
}

/* While samples are held, they wait until somebody calls show_news(). */
static void
set_held (ScopeWindow *self,
          gboolean     held)
{
  if (self->held == !!held)
    return;
  self->held = !!held;
  if (held)
    scope_history_hold_samples (self->history);
  else
    scope_history_release_samples (self->history);
}

/* Shows what has come. */
static void
show_news (ScopeWindow *self)
{
  gboolean held = self->held;

  g_clear_handle_id (&self->show_news, g_source_remove);
  set_held (self, FALSE);
  set_held (self, held);
  if (scope_history_get_schema (self->history) != self->listed_schema)
    scope_window_list_choices (self);
  self->listed_schema = scope_history_get_schema (self->history);
  scope_window_list_runs (self);
  scope_window_update_compare (self);
  propose_selection (self);
  scope_window_queue_banners (self);
  scope_window_update_title (self);
  scope_window_update_page (self);
}

static gboolean
show_news_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->show_news = 0;
  show_news (self);
  return G_SOURCE_REMOVE;
}

static void
blocks_cb (ScopeWindow *self,
           ScopeBlocks *blocks)
{
  if (blocks->reset)
    scope_selection_keep (self->history);
  scope_history_append (self->history, blocks);
  if (blocks->reset)
    {
      self->listed_schema = NULL;
      scope_window_forget_runs (self);
      /* Another test: what is shown by default is settled anew, and there is nothing
       * where its user looked. */
      self->n_endpoints = self->n_listed = 0;
      scope_view_follow (self->view);
      scope_cursor_clear (self->cursor);
      scope_cursor_set_endpoint (self->cursor, NULL);
    }
  if (self->show_news == 0)
    self->show_news = g_timeout_add (SHOW_INTERVAL_MS, show_news_cb, self);
}

/* Live, all that was written at once is one picture. */
static void
caught_up_cb (ScopeWindow *self)
{
  if (self->show_news != 0 || (self->loaded && scope_csv_feed_is_over (SCOPE_CSV_FEED (self->feed))))
    show_news (self);
  else
    scope_window_update_title (self); /* the file may have gone, or be back */
}

static void
hide_loading (ScopeWindow *self)
{
  g_clear_handle_id (&self->show_loading, g_source_remove);
  gtk_revealer_set_reveal_child (self->loading, FALSE);
}

static gboolean
show_loading_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->show_loading = 0;
  gtk_progress_bar_set_fraction (self->progress, scope_feed_get_progress (self->feed));
  gtk_revealer_set_reveal_child (self->loading, TRUE);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (ScopeWindow *self)
{
  double progress = scope_feed_get_progress (self->feed);

  if (gtk_revealer_get_reveal_child (self->loading))
    gtk_progress_bar_set_fraction (self->progress, progress);
  if (progress < 1 || self->loaded)
    return;
  self->loaded = TRUE;
  scope_view_drop_room (self->view);
  hide_loading (self);
  if (scope_feed_get_error (self->feed) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->chart));
  scope_selection_settle (self->history);
  if (scope_window_has_own_file (self) && scope_feed_get_error (self->feed) == NULL &&
      scope_csv_feed_get_exists (SCOPE_CSV_FEED (self->feed)))
    scope_recent_files_add (self->file);
  show_news (self);
}

static void
running_cb (ScopeWindow *self)
{
  gboolean running = scope_feed_get_running (self->feed);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop-reading", running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.continue-reading", !running);
  set_held (self, running);
  if (running)
    {
      scope_banner_hide (self->stopped_banner);
    }
  else
    {
      g_autofree char *text =
        /* Translators: how much was read, in per cent. */
        g_strdup_printf (_("Reading was stopped at %.0f %%. What was read is shown."),
                         scope_feed_get_progress (self->feed) * 100);

      hide_loading (self);
      scope_selection_settle (self->history); /* of what was read */
      scope_banner_show (self->stopped_banner, text);
      show_news (self);
    }
  scope_window_update_title (self);
}

/* What has ended needs no room to grow. */
static void
state_cb (ScopeWindow *self)
{
  if (scope_feed_get_state (self->feed) == SCOPE_FEED_ENDED)
    scope_view_drop_room (self->view);
  scope_window_update_title (self);
}

static void
error_cb (ScopeWindow *self)
{
  scope_window_update_title (self);
  scope_window_update_page (self);
}

/**
 * scope_window_follow:
 * @self: a window that shows no file yet
 * @feed: of its file; it may be reading ahead
 * @history: its rows, those that were read ahead already
 * @title: what the file is called
 */
void
scope_window_follow (ScopeWindow  *self,
                     ScopeCsvFeed *feed,
                     ScopeHistory *history,
                     const char   *title)
{
  g_return_if_fail (self->file == NULL);

  self->file = g_object_ref (scope_csv_feed_get_file (feed));
  self->title = g_strdup (title);
  self->feed = g_object_ref (SCOPE_FEED (feed));
  scope_feed_start (self->feed); /* from here on the history is ours alone */
  self->history = g_object_ref (history);
  self->view = scope_view_new (history);
  self->cursor = scope_cursor_new ();
  g_signal_connect_object (self->history, "shown", G_CALLBACK (scope_window_update_banners),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "changed", G_CALLBACK (scope_window_update_time), self,
                           G_CONNECT_SWAPPED);
  scope_window_restore_choices (self);
  scope_chart_widget_set_history (self->chart, self->history, self->view, self->cursor);
  scope_window_add_limits (self);
  scope_window_add_memory (self);
  scope_window_add_notices (self);

  g_signal_connect_object (self->feed, "blocks", G_CALLBACK (blocks_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "caught-up", G_CALLBACK (caught_up_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "notify::progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "notify::running", G_CALLBACK (running_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "notify::error", G_CALLBACK (error_cb), self,
                           G_CONNECT_SWAPPED);
  self->show_loading = g_timeout_add (LOADING_DELAY_MS, show_loading_cb, self);
  running_cb (self);
  scope_csv_feed_take (feed, FIRST_TURN_US);
  scope_legend_set_history (self->legend, self->history, self->cursor);
  show_news (self);
}

/* Whether it shows a file of its user's, and not the sample or standard input. */
gboolean
scope_window_has_own_file (ScopeWindow *self)
{
  return self->feed != NULL && self->replay == NULL &&
         !scope_csv_feed_is_stream (SCOPE_CSV_FEED (self->feed));
}

static void
stop_reading_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->feed != NULL)
    scope_feed_stop (self->feed);
}

static void
continue_reading_action (GtkWidget  *widget,
                         const char *action,
                         GVariant   *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (self->feed == NULL)
    return;
  scope_feed_start (self->feed);
  if (!self->loaded && self->show_loading == 0)
    self->show_loading = g_timeout_add (LOADING_DELAY_MS, show_loading_cb, self);
}

/* Adds the actions that stop reading and go on with it. */
void
scope_window_install_reading (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.stop-reading", NULL, stop_reading_action);
  gtk_widget_class_install_action (widget_class, "win.continue-reading", NULL,
                                   continue_reading_action);
}
