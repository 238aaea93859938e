/* reading.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reading.h"

#include "feed.h"

#include <string.h>

void
reading_set_up (Reading      *self,
                gconstpointer data)
{
  self->folder = g_dir_make_tmp ("locustscope-reader-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "run_stats_history.csv", NULL);
  self->reader = scope_csv_reader_new (self->path);
  self->history = scope_history_new ();
}

void
reading_tear_down (Reading      *self,
                   gconstpointer data)
{
  scope_csv_reader_free (self->reader);
  g_object_unref (self->history);
  fixture_remove_all (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* Takes the reader, in place of the one that looks at the path. */
void
reading_use (Reading        *self,
             ScopeCsvReader *reader)
{
  scope_csv_reader_free (self->reader);
  self->reader = reader;
}

/* (transfer full): header and blocks; see fixture_add_blocks(). */
GString *
reading_text (guint n_blocks,
              guint seed)
{
  GString *text = g_string_new (FIXTURE_HEADER);

  fixture_add_blocks (text, 0, n_blocks, seed);
  return text;
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Reading *self = data;

  g_assert_cmpint (position->offset, <=, position->size);
  self->n_batches++;
  self->n_resets += blocks->reset;
  scope_history_append (self->history, blocks);
  if (self->meanwhile != NULL)
    self->meanwhile (self);
  return self->refuse_after == 0 || self->n_batches < self->refuse_after;
}

gboolean
reading_try (Reading *self,
             GError **error)
{
  return scope_csv_reader_look (self->reader, blocks_cb, self, error);
}

void
reading_look (Reading *self)
{
  g_autoptr (GError) error = NULL;

  reading_try (self, &error);
  g_assert_no_error (error);
}

/* @code: a ScopeFeedError */
void
reading_look_in_vain (Reading    *self,
                      gint        code,
                      const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (reading_try (self, &error));
  g_assert_error (error, SCOPE_FEED_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

/* The history is that of these bytes. */
void
reading_assert_is (Reading    *self,
                   const char *text,
                   gsize       length)
{
  g_autoptr (ScopeHistory) expected = fixture_history (text, length);

  g_assert_cmpuint (scope_history_get_n_blocks (expected), >, 0);
  fixture_assert_same (self->history, expected);
}

/* The history is that of the file as it is now. */
void
reading_assert_fresh (Reading *self)
{
  g_autoptr (GBytes) bytes = fixture_read (self->path);

  reading_assert_is (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpint (scope_csv_reader_get_position (self->reader).offset, ==,
                   g_bytes_get_size (bytes));
}
