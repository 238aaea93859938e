/* csv-ahead.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only rows of the usual shape, of endpoints that are known, are read here; at
 * any other it is over, and the parser reads on from there.
 */
#include "csv-ahead.h"

/**
 * scope_csv_ahead_new:
 * @header: of the file, whose rows the fast reader can read
 *
 * Returns: (transfer full): who has read nothing, and knows no endpoint yet
 */
ScopeCsvAhead *
scope_csv_ahead_new (const ScopeCsvHeader *header)
{
  ScopeCsvAhead *self = g_new0 (ScopeCsvAhead, 1);

  self->fast = scope_csv_fast_new (header);
  g_assert (self->fast != NULL);
  self->pool = scope_blocks_pool_new ();
  self->schema = scope_schema_ref (header->schema);
  scope_block_marks_init (&self->marks);
  return self;
}

void
scope_csv_ahead_free (ScopeCsvAhead *self)
{
  g_clear_pointer (&self->blocks, scope_blocks_unref);
  scope_blocks_pool_unref (self->pool);
  scope_schema_unref (self->schema);
  scope_block_marks_clear (&self->marks);
  scope_csv_fast_free (self->fast);
  g_free (self);
}

/**
 * scope_csv_ahead_read:
 * @self: who reads ahead
 * @data: bytes of the file, from anywhere in it
 * @length: their number
 * @part: how many of them the parser has read, or may have
 *
 * Reads from where a block begins behind the part, if one is found.  What was
 * read before and not joined is forgotten.
 *
 * Returns: the place in @data, up to which the parser must be fed; 0: nothing
 *   was read
 */
gsize
scope_csv_ahead_read (ScopeCsvAhead *self,
                      const char    *data,
                      gsize          length,
                      gsize          part)
{
  ScopeCsvKnown *known = scope_csv_fast_get_known (self->fast);
  gsize          place = part < length ? scope_csv_known_find_block (known, data, length, part) : 0;

  g_clear_pointer (&self->blocks, scope_blocks_unref);
  if (place == 0 || place == length)
    return 0;
  scope_csv_known_go_to (known, known->total);
  scope_block_marks_clear (&self->marks);
  scope_block_marks_init (&self->marks);
  self->blocks = scope_blocks_pool_take (self->pool, self->schema, 0);
  self->n_lines = 0;
  self->used = scope_csv_fast_read (self->fast, data + place, length - place, &self->marks,
                                    self->blocks, &self->n_lines);
  return place;
}
