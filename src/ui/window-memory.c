/* window-memory.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window's user chooses for its file is there again when the file is
 * opened the next time.
 */
#include "window-private.h"

#include "file-choices.h"
#include "file-memory.h"
#include "settings.h"

#include <string.h>

/* After a choice, since others often follow. */
#define WRITE_DELAY_MS 1000

static gboolean
is_remembered (ScopeWindow *self)
{
  return scope_window_has_own_file (self) &&
         scope_settings_get_boolean (SCOPE_SETTING_REMEMBER_FILES, TRUE);
}

static void
items_changed_cb (ScopeWindow *self,
                  guint        position,
                  guint        n_removed,
                  guint        n_added)
{
  if (n_added == 0 || self->choices == NULL)
    return;
  scope_history_hold_shown (self->history);
  for (guint i = position; i < position + n_added; i++)
    scope_file_choices_apply (self->choices, scope_history_get_endpoint (self->history, i));
  scope_history_release_shown (self->history);
}

/* What has not changed is not written. */
static void
write_choices (ScopeWindow *self)
{
  const char      *path = g_file_peek_path (self->file);
  g_autofree char *text = NULL;

  if (!is_remembered (self))
    return;
  text = scope_file_choices_write (path, self->history, self->limits, self->choices);
  if (g_strcmp0 (text, self->remembered) == 0)
    return;
  /* What comes again from now on is as it is now. */
  g_clear_pointer (&self->choices, scope_file_choices_free);
  if (text != NULL)
    self->choices = scope_file_choices_parse (text, strlen (text), path);
  scope_file_memory_write (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), path,
                           text);
  g_free (self->remembered);
  self->remembered = g_steal_pointer (&text);
}

static gboolean
write_cb (gpointer data)
{
  ScopeWindow *self = data;

  self->write_choices = 0;
  write_choices (self);
  return G_SOURCE_REMOVE;
}

static void
chosen_cb (ScopeWindow *self)
{
  if (self->write_choices == 0)
    self->write_choices = g_timeout_add (WRITE_DELAY_MS, write_cb, self);
}

static void
recall (ScopeWindow *self)
{
  const char *path = g_file_peek_path (self->file);
  gsize       length;

  if (!is_remembered (self))
    return;
  self->remembered = scope_file_memory_read (path, &length);
  if (self->remembered != NULL)
    self->choices = scope_file_choices_parse (self->remembered, length, path);
  if (self->choices == NULL)
    return;
  scope_file_choices_apply_limits (self->choices, self->limits);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->history)));
}

/* Brings back what was chosen for the file, and keeps what will be. */
void
scope_window_add_memory (ScopeWindow *self)
{
  recall (self);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "shown", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->limits, "changed", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Writes what waits for that; the window closes. */
void
scope_window_flush_memory (ScopeWindow *self)
{
  if (self->write_choices == 0)
    return;
  g_clear_handle_id (&self->write_choices, g_source_remove);
  write_choices (self);
}

/* What was kept of all files is gone: what is chosen next is kept anew. */
void
scope_window_forget_choices (ScopeWindow *self)
{
  g_clear_handle_id (&self->write_choices, g_source_remove);
  g_clear_pointer (&self->choices, scope_file_choices_free);
  g_clear_pointer (&self->remembered, g_free);
}

void
scope_window_dispose_memory (ScopeWindow *self)
{
  scope_window_forget_choices (self);
}
