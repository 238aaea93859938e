/* csv-load.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What two threads read in turns is taken in by the one that has just read it,
 * as that has it near.  What only one can read is taken in by the caller's,
 * while the next is parsed: a few batches may be on the way, and the reader
 * waits for the ones before to be taken, so that memory does not depend on the
 * file.
 */
#include "csv-load.h"

#include "csv-foreign.h"
#include "csv-reader.h"
#include "feed.h"

#include <glib/gi18n-lib.h>

#define MOST_ON_THE_WAY 4

typedef struct
{
  ScopeHistory *history; /* borrowed */
  ScopeCsvReader *reader; /* owned */
  GAsyncQueue *batches; /* ScopeBlocks, owned by whoever takes them; then END */
  GAsyncQueue *places;  /* one item for each batch that may be on the way */
  GError      *error;   /* owned */
} Load;

/* What ends the queue, and what fills the places: not NULL is all they are. */
static char END, PLACE;

/* All that is on the way is taken in. */
static void
wait_until_taken (Load *load)
{
  for (guint i = 0; i < MOST_ON_THE_WAY; i++)
    g_async_queue_pop (load->places);
  for (guint i = 0; i < MOST_ON_THE_WAY; i++)
    g_async_queue_push (load->places, &PLACE);
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Load *load = data;

  if (blocks->packed->len > 0)
    {
      wait_until_taken (load);
      scope_history_append (load->history, blocks);
      return TRUE;
    }
  g_async_queue_pop (load->places);
  g_async_queue_push (load->batches, scope_blocks_ref (blocks));
  return TRUE;
}

static gpointer
read_thread (gpointer data)
{
  Load *load = data;

  scope_csv_reader_look (load->reader, blocks_cb, load, &load->error);
  g_async_queue_push (load->batches, &END);
  return NULL;
}

static void
take_batches (Load *load)
{
  gpointer batch;

  while ((batch = g_async_queue_pop (load->batches)) != &END)
    {
      scope_history_append (load->history, batch);
      scope_blocks_unref (batch);
      g_async_queue_push (load->places, &PLACE);
    }
}

/* Names the history beside the file at @path (nullable), if there is one, and the
 * file, which a window has in its title. */
static void
name_files (GError    **error,
            const char *path,
            const char *name)
{
  g_autofree char *history = path ? scope_csv_foreign_find_history (path) : NULL;

  if (history != NULL && g_file_test (history, G_FILE_TEST_IS_REGULAR))
    {
      g_autofree char *shown = g_filename_display_name (history);
      char            *message = scope_csv_foreign_name_history ((*error)->message, shown);

      g_free ((*error)->message);
      (*error)->message = message;
    }
  g_prefix_error (error, "%s: ", name);
}

/* Takes the reader. */
static gboolean
load (ScopeHistory   *history,
      ScopeCsvReader *reader,
      guint           dropped,
      const char     *path,
      const char     *name,
      GError        **error)
{
  Load     load = { .history = history,
                    .reader = reader,
                    .batches = g_async_queue_new (),
                    .places = g_async_queue_new () };
  GThread *thread;

  scope_csv_reader_drop (reader, dropped);
  for (guint i = 0; i < MOST_ON_THE_WAY; i++)
    g_async_queue_push (load.places, &PLACE);
  thread = g_thread_new ("csv-load", read_thread, &load);
  take_batches (&load);
  g_thread_join (thread);
  g_async_queue_unref (load.batches);
  g_async_queue_unref (load.places);

  if (load.error == NULL && !scope_csv_reader_get_position (reader).exists)
    g_set_error (&load.error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("“%s” does not exist."), name);
  else if (load.error != NULL && load.error->domain == SCOPE_FEED_ERROR &&
           load.error->code != SCOPE_FEED_ERROR_NOT_FILE &&
           load.error->code != SCOPE_FEED_ERROR_READ)
    name_files (&load.error, path, name);
  scope_csv_reader_free (reader);
  if (load.error == NULL)
    return TRUE;
  g_propagate_error (error, load.error);
  return FALSE;
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
  g_autofree char *name = g_filename_display_name (path);

  return load (history, scope_csv_reader_new (path), dropped, path, name, error);
}

/**
 * scope_csv_load_stream:
 * @history: an empty history
 * @fd: of a stream, which stays open
 * @dropped: see scope_csv_load()
 * @error: return location for a %SCOPE_FEED_ERROR
 *
 * Returns: whether the stream could be read to its end
 */
gboolean
scope_csv_load_stream (ScopeHistory *history,
                       int           fd,
                       guint         dropped,
                       GError      **error)
{
  return load (history, scope_csv_reader_new_stream (fd), dropped, NULL, _("Standard input"), error);
}

/* Whether what was read before the error is as good as without it. */
gboolean
scope_csv_load_is_partial (const GError *error)
{
  return g_error_matches (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_READ) ||
         g_error_matches (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_DAMAGED) ||
         g_error_matches (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_MEMORY);
}
