/* csv-load.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread reads and parses while the caller's takes in what was parsed.  A
 * few batches may be on the way; the reader waits for the ones before to be
 * taken, so that memory does not depend on the file.
 */
#include "csv-load.h"

#include "csv-reader.h"
#include "feed.h"

#include <glib/gi18n-lib.h>

#define MOST_ON_THE_WAY 4

typedef struct
{
  const char  *path;    /* borrowed */
  guint        dropped; /* kinds of values */
  GAsyncQueue *batches; /* ScopeBlocks, owned by whoever takes them; then END */
  GAsyncQueue *places;  /* one item for each batch that may be on the way */
  gboolean     exists;
  GError      *error;   /* owned */
} Load;

/* What ends the queue, and what fills the places: not NULL is all they are. */
static char END, PLACE;

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Load *load = data;

  g_async_queue_pop (load->places);
  g_async_queue_push (load->batches, scope_blocks_ref (blocks));
  return TRUE;
}

static gpointer
read_thread (gpointer data)
{
  Load                      *load = data;
  g_autoptr (ScopeCsvReader) reader = scope_csv_reader_new (load->path);

  scope_csv_reader_drop (reader, load->dropped);
  scope_csv_reader_look (reader, blocks_cb, load, &load->error);
  load->exists = scope_csv_reader_get_position (reader).exists;
  g_async_queue_push (load->batches, &END);
  return NULL;
}

static void
take_batches (Load         *load,
              ScopeHistory *history)
{
  gpointer batch;

  while ((batch = g_async_queue_pop (load->batches)) != &END)
    {
      scope_history_append (history, batch);
      scope_blocks_unref (batch);
      g_async_queue_push (load->places, &PLACE);
    }
}

/**
 * scope_csv_load:
 * @history: an empty history
 * @path: of a file
 * @dropped: scope_value_kind_bit() of each kind of values that nobody will ask
 *   for
 * @error: return location for a %SCOPE_FEED_ERROR or %G_FILE_ERROR_NOENT
 *
 * Returns: whether the file could be read to its end
 */
gboolean
scope_csv_load (ScopeHistory *history,
                const char   *path,
                guint         dropped,
                GError      **error)
{
  Load             load = { .path = path,
                            .dropped = dropped,
                            .batches = g_async_queue_new (),
                            .places = g_async_queue_new () };
  g_autofree char *name = g_filename_display_name (path);
  GThread         *thread;

  for (guint i = 0; i < MOST_ON_THE_WAY; i++)
    g_async_queue_push (load.places, &PLACE);
  thread = g_thread_new ("csv-load", read_thread, &load);
  take_batches (&load, history);
  g_thread_join (thread);
  g_async_queue_unref (load.batches);
  g_async_queue_unref (load.places);

  if (load.error == NULL && !load.exists)
    g_set_error (&load.error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("“%s” does not exist."), name);
  /* Where a window has the name in its title. */
  else if (g_error_matches (load.error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT))
    g_prefix_error (&load.error, "%s: ", name);
  if (load.error == NULL)
    return TRUE;
  g_propagate_error (error, load.error);
  return FALSE;
}
