/* replay.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recording is written to a file of its own, with its stamps moved so
 * that it happens now; nothing else in it is changed.  The file goes when the
 * replay goes.
 */
#include "replay.h"

#include <glib/gstdio.h>
#include <string.h>

#define TURN_MS      250
#define STAMP_DIGITS 10

struct _ScopeReplay
{
  GObject        parent_instance;

  GBytes        *recording; /* owned */
  GFile         *file;      /* owned */
  char          *directory; /* owned: made for the file alone */
  GOutputStream *stream;    /* owned */
  gsize          offset;    /* bytes of the recording that were written */
  gint64         shift;     /* s, added to each stamp */
  guint          timer;
};

G_DEFINE_FINAL_TYPE (ScopeReplay, scope_replay, G_TYPE_OBJECT)

static void
scope_replay_dispose (GObject *object)
{
  ScopeReplay *self = SCOPE_REPLAY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->stream);
  if (self->file != NULL)
    g_file_delete (self->file, NULL, NULL);
  if (self->directory != NULL)
    g_rmdir (self->directory);
  g_clear_object (&self->file);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->recording, g_bytes_unref);
  G_OBJECT_CLASS (scope_replay_parent_class)->dispose (object);
}

static void
scope_replay_class_init (ScopeReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_replay_dispose;
}

static void
scope_replay_init (ScopeReplay *self)
{
}

/* The stamp of the line, or 0 for the header. */
static gint64
get_stamp (const char *line,
           gsize       length)
{
  char digits[STAMP_DIGITS + 1] = "";

  if (length <= STAMP_DIGITS || !g_ascii_isdigit (line[0]))
    return 0;
  memcpy (digits, line, STAMP_DIGITS);
  return g_ascii_strtoll (digits, NULL, 10);
}

/* Appends to @text what is due at @now, in seconds since the epoch. */
static void
take_due_lines (ScopeReplay *self,
                gint64       now,
                GString     *text)
{
  gsize       size;
  const char *data = g_bytes_get_data (self->recording, &size);

  while (self->offset < size)
    {
      const char *line = data + self->offset;
      const char *newline = memchr (line, '\n', size - self->offset);
      gsize       length = newline ? (gsize) (newline + 1 - line) : size - self->offset;
      gint64      stamp = get_stamp (line, length);

      if (stamp + self->shift > now && stamp > 0)
        return;
      if (stamp > 0)
        {
          g_string_append_printf (text, "%" G_GINT64_FORMAT, stamp + self->shift);
          g_string_append_len (text, line + STAMP_DIGITS, length - STAMP_DIGITS);
        }
      else
        {
          g_string_append_len (text, line, length);
        }
      self->offset += length;
    }
}

static gboolean
write_due_lines (ScopeReplay *self,
                 GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  take_due_lines (self, g_get_real_time () / G_USEC_PER_SEC, text);
  return text->len == 0 ||
         g_output_stream_write_all (self->stream, text->str, text->len, NULL, NULL, error);
}

static gboolean
timer_cb (gpointer data)
{
  ScopeReplay      *self = data;
  g_autoptr (GError) error = NULL;

  if (!write_due_lines (self, &error))
    g_info ("The sample run ends early: %s", error->message);
  else if (self->offset < g_bytes_get_size (self->recording))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static gint64
get_first_stamp (GBytes *recording)
{
  gsize       size;
  const char *data = g_bytes_get_data (recording, &size);
  const char *newline = memchr (data, '\n', size);

  return newline ? get_stamp (newline + 1, data + size - newline - 1) : 0;
}

/**
 * scope_replay_new:
 * @recording: a history without line breaks in its names
 * @file_name: what the file is called, in a folder made for it
 * @head: how many seconds of the run are there at once
 * @error: return location for a #GIOErrorEnum
 *
 * Begins to write @recording to a file as if it happened now.
 *
 * Returns: (transfer full): the replay, or %NULL where no file can be written
 */
ScopeReplay *
scope_replay_new (GBytes     *recording,
                  const char *file_name,
                  double      head,
                  GError    **error)
{
  g_autoptr (ScopeReplay) self = g_object_new (SCOPE_TYPE_REPLAY, NULL);
  g_autofree char        *path = NULL;

  self->recording = g_bytes_ref (recording);
  self->shift =
    g_get_real_time () / G_USEC_PER_SEC - (gint64) head - get_first_stamp (recording);
  self->directory = g_dir_make_tmp ("locustscope-XXXXXX", error);
  if (self->directory == NULL)
    return NULL;
  path = g_build_filename (self->directory, file_name, NULL);
  self->file = g_file_new_for_path (path);
  self->stream =
    G_OUTPUT_STREAM (g_file_create (self->file, G_FILE_CREATE_PRIVATE, NULL, error));
  if (self->stream == NULL || !write_due_lines (self, error))
    return NULL;
  self->timer = g_timeout_add (TURN_MS, timer_cb, self);
  return g_steal_pointer (&self);
}

/* Returns: (transfer none): the file that grows. */
GFile *
scope_replay_get_file (ScopeReplay *self)
{
  g_return_val_if_fail (SCOPE_IS_REPLAY (self), NULL);
  return self->file;
}
