/* window-notices.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tells whoever looks at another window that the test has ended, or that a limit
 * is exceeded; takes it back when they look at this one.
 */
#include "window-private.h"

#include "notices.h"
#include "settings.h"

#include <glib/gi18n-lib.h>

#define ENDED    "ended"
#define EXCEEDED "exceeded"

/* Between two notifications of what exceeds a limit. */
#define EXCEEDED_INTERVAL_US (60 * G_USEC_PER_SEC)

static GApplication *
get_application (ScopeWindow *self)
{
  return G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* Of each file one of each kind. */
static char *
make_id (ScopeWindow *self,
         const char  *kind)
{
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);

  return g_strconcat (kind, "-", sum, NULL);
}

static void
tell (ScopeWindow *self,
      const char  *kind,
      const char  *title,
      const char  *body)
{
  g_autofree char *id = make_id (self, kind);

  self->told = TRUE;
  scope_notices_send (get_application (self), id, title, body,
                      scope_csv_feed_is_stream (SCOPE_CSV_FEED (self->feed)) ? NULL : self->file);
}

/* Whether it is in front, or a dialog of it. */
static gboolean
is_in_front (ScopeWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint       n = g_list_model_get_n_items (windows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window) &&
          (window == GTK_WINDOW (self) ||
           gtk_window_get_transient_for (window) == GTK_WINDOW (self)))
        return TRUE;
    }
  return FALSE;
}

/* Nobody waits for the end of the sample run. */
static gboolean
is_wanted (ScopeWindow *self,
           const char  *key)
{
  return self->loaded && self->replay == NULL && !is_in_front (self) &&
         scope_settings_get_boolean (key, TRUE);
}

static void
state_cb (ScopeWindow *self)
{
  ScopeFeedState   state = scope_feed_get_state (self->feed);
  gboolean         has_ended = self->was_live && state == SCOPE_FEED_ENDED;
  guint            n = scope_history_get_n_blocks (self->history);
  g_autofree char *time = NULL;
  g_autofree char *body = NULL;

  self->was_live = self->loaded && state == SCOPE_FEED_LIVE;
  if (!has_ended || n == 0 || !is_wanted (self, SCOPE_SETTING_NOTIFY_ENDED))
    return;
  time = scope_window_format_time (self, scope_history_get_times (self->history)[n - 1]);
  /* Translators: the name of a file, and the time of its last rows. */
  body = g_strdup_printf (_("%s, at %s"), self->title, time);
  tell (self, ENDED, _("The Test Has Ended"), body);
}

/**
 * scope_window_tell_exceeded:
 * @self: the window
 * @n_above: how many endpoints are above a limit now, each statistic counted
 * @text: which exceeded theirs, and since when
 *
 * More of them than before is news, if the test runs; not what a limit found when
 * it was set, and not each second of one that comes and goes.
 */
void
scope_window_tell_exceeded (ScopeWindow *self,
                            guint        n_above,
                            const char  *text)
{
  gboolean         has_more = self->n_above != SCOPE_ABOVE_UNKNOWN && n_above > self->n_above;
  gint64           now = g_get_monotonic_time ();
  g_autofree char *body = NULL;

  self->n_above = n_above;
  if (!has_more || scope_feed_get_state (self->feed) != SCOPE_FEED_LIVE ||
      !is_wanted (self, SCOPE_SETTING_NOTIFY_EXCEEDED) ||
      (self->exceeded_told > 0 && now - self->exceeded_told < EXCEEDED_INTERVAL_US))
    return;
  self->exceeded_told = now;
  /* Translators: the name of a file, and which of its limits are exceeded. */
  body = g_strdup_printf (_("%s: %s"), self->title, text);
  tell (self, EXCEEDED, _("A Limit Is Exceeded"), body);
}

static void
active_cb (ScopeWindow *self)
{
  g_autofree char *ended = NULL;
  g_autofree char *exceeded = NULL;

  if (!self->told || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  self->told = FALSE;
  ended = make_id (self, ENDED);
  exceeded = make_id (self, EXCEEDED);
  scope_notices_withdraw (get_application (self), ended);
  scope_notices_withdraw (get_application (self), exceeded);
}

/* Listens to the window's feed. */
void
scope_window_add_notices (ScopeWindow *self)
{
  g_signal_connect_object (self->feed, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
}
