/* window-status.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window says about its file: the title, the page that is shown
 * while there are no charts, and the banners above them.
 */
#include "window-private.h"

#include "selection.h"

#include <glib/gi18n-lib.h>

/* Whether a folder that was missing has come. */
#define LOOK_INTERVAL_MS 2000

static gboolean
has_blocks (ScopeWindow *self)
{
  return self->history != NULL && scope_history_get_n_blocks (self->history) > 0;
}

static char *
format_last_time (ScopeWindow *self)
{
  guint                 n = scope_history_get_n_blocks (self->history);
  g_autoptr (GDateTime) time = NULL;

  if (n == 0)
    return g_strdup ("");
  time = g_date_time_new_from_unix_local (
    (gint64) scope_history_get_times (self->history)[n - 1]);
  return time ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("");
}

static char *
describe_state (ScopeWindow *self)
{
  g_autofree char *time = NULL;

  if (self->feed == NULL)
    return g_strdup ("");
  if (!scope_feed_get_running (self->feed))
    return g_strdup (_("Reading was stopped"));
  time = format_last_time (self);
  if (scope_feed_get_error (self->feed) != NULL)
    return has_blocks (self)
             /* Translators: something hinders that more is read; the time of the last rows. */
             ? g_strdup_printf (_("Cannot be read on · %s"), time)
             : g_strdup (_("Cannot be read"));
  if (!self->loaded)
    return g_strdup (_("Reading…"));
  if (has_blocks (self) && !scope_csv_feed_get_exists (SCOPE_CSV_FEED (self->feed)))
    /* Translators: the file was deleted or moved; the time of the last rows. */
    return g_strdup_printf (_("File gone · %s"), time);
  switch (scope_feed_get_state (self->feed))
    {
    case SCOPE_FEED_LIVE:
      /* Translators: the test runs; the time of the latest rows. */
      return g_strdup_printf (_("● Live · %s"), time);
    case SCOPE_FEED_ENDED:
      /* Translators: the test is over; the time of the last rows. */
      return g_strdup_printf (_("Ended · %s"), time);
    case SCOPE_FEED_WAITING:
    default:
      return scope_csv_feed_is_over (SCOPE_CSV_FEED (self->feed)) ? g_strdup (_("Ended without rows"))
                                                                  : g_strdup (_("Waiting"));
    }
}

/* The file, and whether its test still runs. */
void
scope_window_update_title (ScopeWindow *self)
{
  g_autofree char *state = describe_state (self);
  g_autofree char *title = NULL;

  scope_window_update_time (self);
  adw_window_title_set_title (self->window_title, self->title ? self->title : "Locustscope");
  adw_window_title_set_subtitle (self->window_title, state);
  title = self->title ? g_strdup_printf ("%s – Locustscope", self->title) : g_strdup ("Locustscope");
  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), title) != 0)
    gtk_window_set_title (GTK_WINDOW (self), title); /* the window manager is told each time */
}

static void update_waiting_page (ScopeWindow *self);

static gboolean
look_again_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->look_again = 0;
  if (!scope_csv_feed_get_exists (SCOPE_CSV_FEED (self->feed)))
    update_waiting_page (self);
  return G_SOURCE_REMOVE;
}

/* A disk may take its time to say whether there is the folder, at least. */
static void
looked_cb (GObject      *folder,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (ScopeWindow) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GFileInfo)   info = g_file_query_info_finish (G_FILE (folder), result, &error);
  gboolean has_none = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  if (self->feed == NULL)
    return;
  if (has_none && self->look_again == 0)
    self->look_again = g_timeout_add (LOOK_INTERVAL_MS, look_again_cb, self);
  if (self->has_no_folder == has_none)
    return;
  self->has_no_folder = has_none;
  if (!scope_csv_feed_get_exists (SCOPE_CSV_FEED (self->feed)))
    update_waiting_page (self);
}

static void
update_waiting_page (ScopeWindow *self)
{
  ScopeCsvFeed    *feed = SCOPE_CSV_FEED (self->feed);
  gboolean         exists = scope_csv_feed_get_exists (feed);
  g_autofree char *text = NULL;
  g_autofree char *escaped = g_markup_escape_text (self->title, -1);
  g_autofree char *folder_name = NULL;
  g_autofree char *escaped_folder = NULL;
  g_autoptr (GFile) folder = NULL;

  if (scope_csv_feed_is_over (feed))
    {
      adw_status_page_set_title (self->waiting_page, _("Nothing to Show"));
      adw_status_page_set_description (
        self->waiting_page,
        _("Standard input has ended, and there were no rows in it. Is what stands before the pipe "
          "right?"));
      return;
    }
  folder = g_file_get_parent (self->file);
  folder_name = folder ? g_file_get_parse_name (folder) : g_strdup ("");
  escaped_folder = g_markup_escape_text (folder_name, -1);
  if (exists)
    text = g_strdup_printf (_("There are no rows in %s yet. They appear here as soon as Locust "
                              "writes them, which it does every 5 to 10 seconds."),
                            escaped);
  else if (self->has_no_folder)
    text = g_strdup_printf (
      /* Translators: the name of a folder, and of the file that should be in it. */
      _("The folder %s does not exist, so that %s cannot be in it. If that is the right place, it "
        "is shown here as soon as Locust creates it."),
      escaped_folder, escaped);
  else
    text = g_strdup_printf (
      /* Translators: the name of a file, and of the folder that it should be in. */
      _("%s does not exist in %s yet. If that is its name and its place, it is shown here as soon "
        "as Locust creates it."),
      escaped, escaped_folder);
  adw_status_page_set_description (self->waiting_page, text);
  if (!exists && folder != NULL)
    g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                             G_PRIORITY_DEFAULT, NULL, looked_cb, g_object_ref (self));
}

/* Start page, charts, or why there are none. */
void
scope_window_update_page (ScopeWindow *self)
{
  const GError *error = self->feed ? scope_feed_get_error (self->feed) : NULL;
  const char   *page = "charts";

  if (self->feed == NULL)
    page = "start";
  else if (error != NULL && !has_blocks (self))
    page = "failed";
  else if (self->loaded && !has_blocks (self))
    page = "waiting";

  if (g_str_equal (page, "waiting"))
    update_waiting_page (self);
  if (error != NULL && has_blocks (self))
    scope_banner_show (self->error_banner, error->message);
  else
    scope_banner_hide (self->error_banner);
  if (g_str_equal (page, "failed"))
    scope_window_show_failed (self);
  else
    scope_window_leave_failed (self, page);
  gtk_widget_set_visible (GTK_WIDGET (self->choice_button), has_blocks (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", has_blocks (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.print", has_blocks (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.limits", has_blocks (self));
  scope_window_update_table (self, has_blocks (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-legend",
                                 g_str_equal (page, "charts"));
}

static void
show_bad_rows (ScopeWindow *self)
{
  guint64            n = scope_history_get_n_bad_rows (self->history);
  guint              n_kept;
  const ScopeBadRow *bad = scope_history_get_bad_rows (self->history, &n_kept);
  g_autofree char   *text = NULL;

  if (n == 0 || n_kept == 0)
    {
      scope_banner_hide (self->bad_rows_banner);
      return;
    }
  /* Translators: how many rows, the line of the first, and what is wrong there. */
  text = g_strdup_printf (
    ngettext ("%lu row could not be read (line %lu: %s). All others are shown.",
              "%lu rows could not be read (the first is line %lu: %s). All others are shown.", n),
    (gulong) n, (gulong) bad[0].line, bad[0].reason);
  scope_banner_show (self->bad_rows_banner, text);
}

static gboolean
update_banners_cb (gpointer data)
{
  ScopeWindow *self = data;
  guint        n = scope_history_get_n_endpoints (self->history);
  gboolean     two_writers = scope_history_has_two_writers (self->history);
  gboolean     only_total = scope_history_has_only_total (self->history);

  self->update_banners = 0;
  /* That there is nothing else can show late, after a summary named the others. */
  if (only_total && !self->only_total)
    {
      self->only_total = TRUE;
      scope_selection_propose (self->history);
    }
  self->only_total = only_total;
  if (only_total && !two_writers)
    scope_banner_show (
      self->total_banner,
      n == 0 ? _("This file holds only the total of all endpoints. To see a curve for each, run "
                 "Locust with --csv-full-history.")
             : _("This file holds only the total of all endpoints; their own curves begin where it "
                 "was opened. To have them whole, run Locust with --csv-full-history."));
  else
    scope_banner_hide (self->total_banner);
  if (two_writers)
    scope_banner_show (self->writers_banner,
                       _("The counters in this file fall every few seconds: two Locust processes "
                         "write to it. Give each its own --csv prefix; only the master needs one."));
  else
    scope_banner_hide (self->writers_banner);
  scope_window_update_shown (self);
  show_bad_rows (self);
  return G_SOURCE_REMOVE;
}

/* Brings the banners up to date before the next frame: the charts are drawn
 * once for what is new and for the room that banners leave them. */
void
scope_window_queue_banners (ScopeWindow *self)
{
  if (self->update_banners == 0 && self->history != NULL)
    self->update_banners =
      g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_banners_cb, self, NULL);
}

/* Brings the banners up to date at once: a click comes within its frame. */
void
scope_window_update_banners (ScopeWindow *self)
{
  g_clear_handle_id (&self->update_banners, g_source_remove);
  if (self->history != NULL)
    update_banners_cb (self);
}

/* Lists the first rows that could not be read: the line, and why. */
void
scope_window_show_bad_rows (ScopeWindow *self)
{
  guint              n_kept;
  const ScopeBadRow *bad;
  guint64            n;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char   *title = NULL;
  GtkWidget         *dialog;

  if (self->history == NULL)
    return;
  n = scope_history_get_n_bad_rows (self->history);
  bad = scope_history_get_bad_rows (self->history, &n_kept);
  for (guint i = 0; i < n_kept; i++)
    {
      /* Translators: a line of the file, and why it could not be read. */
      g_string_append_printf (text, _("Line %lu: %s"), (gulong) bad[i].line, bad[i].reason);
      g_string_append_c (text, '\n');
    }
  if (n > n_kept)
    g_string_append_printf (
      text, ngettext ("and %lu more", "and %lu more", n - n_kept), (gulong) (n - n_kept));
  title = g_strdup_printf (
    ngettext ("%lu Row Could Not Be Read", "%lu Rows Could Not Be Read", n), (gulong) n);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), title, text->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
