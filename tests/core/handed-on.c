/* handed-on.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are compared to the bit.  A difference is told and not asserted, so that
 * whoever asks can say what led to it.
 */
#include "handed-on.h"

#include "fixture.h"

#include <math.h>
#include <string.h>

HandedOn *
handed_on_new (void)
{
  HandedOn *self = g_new0 (HandedOn, 1);

  self->history = scope_history_new ();
  self->rows = g_byte_array_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  self->identities = g_string_new (NULL);
  self->bad = g_string_new (NULL);
  return self;
}

void
handed_on_free (HandedOn *self)
{
  g_object_unref (self->history);
  g_byte_array_unref (self->rows);
  g_array_unref (self->ends);
  g_string_free (self->identities, TRUE);
  g_string_free (self->bad, TRUE);
  g_free (self);
}

static void
add (HandedOn     *self,
     gconstpointer value,
     gsize         size)
{
  g_byte_array_append (self->rows, value, size);
}

static void
end_row (HandedOn *self)
{
  g_array_append_val (self->ends, self->rows->len);
}

static void
add_row (HandedOn       *self,
         const ScopeRow *row)
{
  guint8 starts = row->starts_block | row->starts_run << 1;

  add (self, &row->stamp, sizeof row->stamp);
  add (self, &row->count, sizeof row->count);
  add (self, &row->failures, sizeof row->failures);
  add (self, &row->average, sizeof row->average);
  add (self, &row->users, sizeof row->users);
  add (self, &row->identity, sizeof row->identity);
  add (self, &starts, sizeof starts);
}

/* However they are packed. */
static void
add_rows (HandedOn    *self,
          ScopeBlocks *blocks)
{
  const double *plain = (const double *) blocks->values->data;
  const guint8 *packed = blocks->packed->data;

  for (guint i = 0; i < blocks->rows->len; i++)
    {
      const ScopeRow *row = &g_array_index (blocks->rows, ScopeRow, i);

      add_row (self, row);
      for (guint v = 0; v < blocks->schema->n_values; v++)
        {
          double value = row->is_packed ? scope_schema_unpack (blocks->schema, packed, v)
                                        : plain[v];

          add (self, &value, sizeof value);
        }
      if (row->is_packed)
        packed += blocks->schema->packed_size;
      else if (plain != NULL)
        plain += blocks->schema->n_values;
      end_row (self);
    }
}

static void
add_requests (HandedOn    *self,
              ScopeBlocks *blocks)
{
  for (guint i = 0; i < blocks->requests->len; i++)
    {
      const ScopeRequest *request = &g_array_index (blocks->requests, ScopeRequest, i);
      guint8              flags = request->failed | request->starts_run << 1;

      add (self, &request->second, sizeof request->second);
      add (self, &request->response_time, sizeof request->response_time);
      add (self, &request->identity, sizeof request->identity);
      add (self, &flags, sizeof flags);
      end_row (self);
    }
}

/* The next batch, or the first of a file that was begun anew. */
void
handed_on_take (HandedOn    *self,
                ScopeBlocks *blocks)
{
  scope_history_append (self->history, blocks);
  if (blocks->reset)
    {
      g_byte_array_set_size (self->rows, 0);
      g_array_set_size (self->ends, 0);
      g_string_truncate (self->identities, 0);
      g_string_truncate (self->bad, 0);
      self->n_bad = 0;
    }
  for (guint i = 0; i < blocks->identities->len; i++)
    {
      const ScopeIdentity *identity = g_ptr_array_index (blocks->identities, i);

      g_string_append_printf (self->identities, "%d|%s|%s\n", identity->is_total, identity->type,
                              identity->name);
    }
  for (guint i = 0; i < blocks->bad->len && self->n_bad++ < SCOPE_BAD_ROWS_KEPT; i++)
    {
      const ScopeBadRow *bad = &g_array_index (blocks->bad, ScopeBadRow, i);

      g_string_append_printf (self->bad, "%" G_GUINT64_FORMAT ": %s\n", bad->line, bad->reason);
    }
  add_rows (self, blocks);
  add_requests (self, blocks);
}

/* Returns: (transfer full): what a file with these bytes gives, read at once */
HandedOn *
handed_on_of_bytes (const char *bytes,
                    gsize       length)
{
  HandedOn                  *self = handed_on_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    blocks = scope_csv_parser_feed (parser, bytes, length, NULL);

  self->refused = blocks == NULL;
  if (blocks != NULL)
    handed_on_take (self, blocks);
  return self;
}

static guint
get_start (HandedOn *self,
           guint     row)
{
  return row > 0 ? g_array_index (self->ends, guint, row - 1) : 0;
}

static gboolean
is_same_row (HandedOn *self,
             HandedOn *other,
             guint     row)
{
  guint start = get_start (self, row);
  guint length = g_array_index (self->ends, guint, row) - start;

  return start == get_start (other, row) &&
         length == g_array_index (other->ends, guint, row) - start &&
         memcmp (self->rows->data + start, other->rows->data + start, length) == 0;
}

/* Returns: (transfer full) (nullable): where two texts part, short enough to read */
static char *
compare_texts (const char *what,
               const char *a,
               const char *b)
{
  gsize i = 0;

  while (a[i] != '\0' && a[i] == b[i])
    i++;
  if (a[i] == b[i])
    return NULL;
  return g_strdup_printf ("%s part at byte %" G_GSIZE_FORMAT ": …%.80s… is not …%.80s…", what, i,
                          a + (i < 40 ? 0 : i - 40), b + (i < 40 ? 0 : i - 40));
}

/**
 * handed_on_compare:
 * @self: what was handed on
 * @expected: what should have been
 * @histories_too: whether all that the histories know is compared, which takes long
 *
 * Returns: (transfer full) (nullable): what is not the same
 */
char *
handed_on_compare (HandedOn *self,
                   HandedOn *expected,
                   gboolean  histories_too)
{
  g_autofree char *a = NULL, *b = NULL;
  char            *difference;

  for (guint i = 0; i < MIN (self->ends->len, expected->ends->len); i++)
    if (!is_same_row (self, expected, i))
      return g_strdup_printf ("row %u of %u is another", i, expected->ends->len);
  if (self->ends->len != expected->ends->len)
    return g_strdup_printf ("%u rows, not %u", self->ends->len, expected->ends->len);
  difference = compare_texts ("identities", self->identities->str, expected->identities->str);
  if (difference == NULL)
    difference = compare_texts ("bad rows", self->bad->str, expected->bad->str);
  if (difference != NULL || !histories_too)
    return difference;
  a = fixture_dump (self->history);
  b = fixture_dump (expected->history);
  return compare_texts ("histories", a, b);
}
