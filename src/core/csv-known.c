/* csv-known.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known is only a guess at what comes: every row is compared with it.
 */
#include "csv-known.h"

#include <string.h>

static void
endpoint_clear (gpointer data)
{
  g_clear_pointer (&((ScopeCsvEndpoint *) data)->text, g_atomic_rc_box_release);
}

/**
 * scope_csv_known_init:
 * @self: uninitialised storage
 */
void
scope_csv_known_init (ScopeCsvKnown *self)
{
  self->list = g_array_new (FALSE, TRUE, sizeof (ScopeCsvEndpoint));
  g_array_set_clear_func (self->list, endpoint_clear);
  self->total = self->previous = self->expected = G_MAXUINT32;
  self->n_learnt = 0;
}

void
scope_csv_known_clear (ScopeCsvKnown *self)
{
  g_clear_pointer (&self->list, g_array_unref);
}

static ScopeCsvEndpoint *
get_endpoint (ScopeCsvKnown *self,
              guint32        identity)
{
  guint n_before = self->list->len;

  if (identity >= n_before)
    g_array_set_size (self->list, identity + 1);
  for (guint i = n_before; i < self->list->len; i++)
    g_array_index (self->list, ScopeCsvEndpoint, i).next = G_MAXUINT32;
  return &g_array_index (self->list, ScopeCsvEndpoint, identity);
}

/**
 * scope_csv_known_learn:
 * @self: what is known
 * @identity: whose row was read
 * @is_total: whether it is the total
 * @text: type and name as they stand in the file, with the comma behind each
 * @length: its length in bytes
 */
void
scope_csv_known_learn (ScopeCsvKnown *self,
                       guint32        identity,
                       gboolean       is_total,
                       const char    *text,
                       gsize          length)
{
  ScopeCsvEndpoint *endpoint = get_endpoint (self, identity);

  if (endpoint->text == NULL)
    {
      endpoint->text = g_atomic_rc_box_alloc0 (length + SCOPE_CSV_TEXT_MARGIN);
      memcpy (endpoint->text, text, length);
      endpoint->length = length;
      endpoint->is_total = is_total;
      for (gsize i = 0; i < length; i++)
        endpoint->n_lines += text[i] == '\n';
      if (is_total)
        self->total = identity;
      self->n_learnt++;
    }
  if (self->previous < self->list->len &&
      g_array_index (self->list, ScopeCsvEndpoint, self->previous).next != identity)
    {
      g_array_index (self->list, ScopeCsvEndpoint, self->previous).next = identity;
      self->n_learnt++;
    }
  scope_csv_known_go_to (self, identity);
}

/**
 * scope_csv_known_follow:
 * @self: what is known
 * @other: what somebody else, always the same, knows of the file
 *
 * Learns all of that.
 */
void
scope_csv_known_follow (ScopeCsvKnown       *self,
                        const ScopeCsvKnown *other)
{
  if (self->n_learnt == other->n_learnt)
    return;
  for (guint i = 0; i < other->list->len; i++)
    {
      ScopeCsvEndpoint       *endpoint = get_endpoint (self, i);
      const ScopeCsvEndpoint *source = &g_array_index (other->list, ScopeCsvEndpoint, i);

      if (endpoint->text == NULL && source->text != NULL)
        {
          *endpoint = *source;
          g_atomic_rc_box_acquire (endpoint->text);
        }
      endpoint->next = source->next;
    }
  self->total = other->total;
  self->n_learnt = other->n_learnt;
}

/* Whether what stands at @name are type and name of a row. */
static gboolean
is_in_row (const char *data,
           const char *name)
{
  const char *p = name;

  if (p - data <= SCOPE_CSV_STAMP_BYTES + SCOPE_CSV_MAX_USERS || *--p != ',')
    return FALSE;
  while (g_ascii_isdigit (p[-1]) && name - p <= SCOPE_CSV_MAX_USERS)
    p--;
  return p[-1] == ',' && p - data > SCOPE_CSV_STAMP_BYTES &&
         p[-SCOPE_CSV_STAMP_BYTES - 1] == '\n';
}

/**
 * scope_csv_known_find_block:
 * @self: what is known
 * @data: bytes of the file
 * @length: their number
 * @from: where to begin to look
 *
 * Looks for a total row, behind which a block begins.  It may be one in a
 * quoted name, which only who reads to there can tell.
 *
 * Returns: the place behind it, or 0
 */
gsize
scope_csv_known_find_block (const ScopeCsvKnown *self,
                            const char          *data,
                            gsize                length,
                            gsize                from)
{
  const ScopeCsvEndpoint *total;
  const char             *end = data + length;
  const char             *p = data + from;

  if (self->total == G_MAXUINT32)
    return 0;
  total = &g_array_index (self->list, ScopeCsvEndpoint, self->total);
  while ((p = memmem (p, end - p, total->text, total->length)) != NULL)
    {
      const char *newline = memchr (p, '\n', end - p);

      if (newline != NULL && is_in_row (data, p))
        return newline + 1 - data;
      p++;
    }
  return 0;
}
