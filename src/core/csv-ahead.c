/* csv-ahead.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only rows of the usual shape, of endpoints that are known, are read here;
 * at any other the thread stops, and the parser reads on from there.
 */
#include "csv-ahead.h"

static void
read_thread (gpointer data,
             gpointer user_data)
{
  ScopeCsvAhead *self = data;

  self->used = scope_csv_fast_read (self->fast, self->data, self->length, &self->marks,
                                    self->blocks, &self->n_lines);
  g_mutex_lock (&self->lock);
  self->is_reading = FALSE;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
}

/**
 * scope_csv_ahead_new:
 * @header: of the file
 *
 * Returns: (transfer full) (nullable): a reader that has begun nothing; %NULL
 *   where the rows are not for the fast one
 */
ScopeCsvAhead *
scope_csv_ahead_new (const ScopeCsvHeader *header)
{
  ScopeCsvFast  *fast = scope_csv_fast_new (header);
  ScopeCsvAhead *self;

  if (fast == NULL)
    return NULL;
  self = g_new0 (ScopeCsvAhead, 1);
  self->fast = fast;
  self->pool = scope_blocks_pool_new ();
  self->thread = g_thread_pool_new (read_thread, NULL, 1, FALSE, NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  scope_block_marks_init (&self->marks);
  return self;
}

void
scope_csv_ahead_free (ScopeCsvAhead *self)
{
  scope_csv_ahead_wait (self);
  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_clear_pointer (&self->blocks, scope_blocks_unref);
  scope_blocks_pool_unref (self->pool);
  scope_block_marks_clear (&self->marks);
  scope_csv_fast_free (self->fast);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self);
}

/**
 * scope_csv_ahead_begin:
 * @self: the reader, which has nothing begun
 * @known: the parser's, which may read on meanwhile
 * @data: the first row of a block
 * @length: how many bytes there are; they must stay until the end
 * @schema: what the rows hold beside their counters
 *
 * Has the thread read.
 */
void
scope_csv_ahead_begin (ScopeCsvAhead       *self,
                       const ScopeCsvKnown *known,
                       const char          *data,
                       gsize                length,
                       ScopeSchema         *schema)
{
  g_assert (self->blocks == NULL);

  scope_csv_known_follow (scope_csv_fast_get_known (self->fast), known);
  scope_block_marks_clear (&self->marks);
  scope_block_marks_init (&self->marks);
  self->data = data;
  self->length = length;
  self->blocks = scope_blocks_pool_take (self->pool, schema, 0);
  self->n_lines = 0;
  self->is_reading = TRUE;
  g_thread_pool_push (self->thread, self, NULL);
}

/* Waits until the thread has come to its end. */
void
scope_csv_ahead_wait (ScopeCsvAhead *self)
{
  g_mutex_lock (&self->lock);
  while (self->is_reading)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}
