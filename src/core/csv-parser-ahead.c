/* csv-parser-ahead.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that were read before the parser had come to them join its own.
 */
#include "csv-parser-private.h"

/* Whether the rows are for that, and some have come. */
gboolean
scope_csv_parser_can_read_ahead (ScopeCsvParser *self)
{
  return self->fast != NULL && self->error == NULL && !self->skipping;
}

/**
 * scope_csv_parser_new_ahead:
 * @self: a parser that can be read ahead of
 *
 * Returns: (transfer full): who reads ahead, and knows what the parser does
 */
ScopeCsvAhead *
scope_csv_parser_new_ahead (ScopeCsvParser *self)
{
  ScopeCsvAhead *ahead;

  g_return_val_if_fail (scope_csv_parser_can_read_ahead (self), NULL);

  ahead = scope_csv_ahead_new (self->header);
  scope_csv_parser_teach_ahead (self, ahead);
  return ahead;
}

/* Tells who reads ahead what the parser has learnt. */
void
scope_csv_parser_teach_ahead (ScopeCsvParser *self,
                              ScopeCsvAhead  *ahead)
{
  scope_csv_known_follow (scope_csv_fast_get_known (ahead->fast),
                          scope_csv_fast_get_known (self->fast));
}

/* What was read ahead follows exactly: a block begins there, whatever its
 * first row is. */
static gboolean
is_where_ahead_began (ScopeCsvParser *self,
                      ScopeCsvAhead  *ahead)
{
  const GArray *rows = ahead->blocks->rows;

  return self->error == NULL && self->tail->len == 0 && !self->skipping &&
         self->marks.after_total && !self->marks.starts_run && rows->len > 0 &&
         scope_block_marks_is_possible (&self->marks, g_array_index (rows, ScopeRow, 0).stamp);
}

/**
 * scope_csv_parser_join_ahead:
 * @self: the parser, fed to where scope_csv_ahead_read() said
 * @ahead: who has read from there on
 *
 * Returns: (transfer full) (nullable): the rows of the @ahead->used bytes that
 *   follow, which need not be fed any more; %NULL where these turned out to be
 *   in the middle of something
 */
ScopeBlocks *
scope_csv_parser_join_ahead (ScopeCsvParser *self,
                             ScopeCsvAhead  *ahead)
{
  g_return_val_if_fail (ahead->blocks != NULL, NULL);

  if (!is_where_ahead_began (self, ahead))
    return NULL;
  ahead->blocks->n_known = scope_identities_get_n (self->identities);
  scope_block_marks_join (&self->marks, &ahead->marks);
  self->line += ahead->n_lines;
  scope_csv_known_go_to (scope_csv_fast_get_known (self->fast),
                         scope_csv_fast_get_known (ahead->fast)->previous);
  return g_steal_pointer (&ahead->blocks);
}
