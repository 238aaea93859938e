/* blocks.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Storage of parsed rows on their way from a feed to the history.
 */
#include "blocks.h"

G_DEFINE_BOXED_TYPE (ScopeBlocks, scope_blocks, scope_blocks_ref, scope_blocks_unref)

void
scope_identity_free (gpointer self)
{
  ScopeIdentity *identity = self;

  g_free (identity->type);
  g_free (identity->name);
  g_free (identity);
}

/* Returns: (transfer full): the same again. */
ScopeIdentity *
scope_identity_copy (const ScopeIdentity *self)
{
  ScopeIdentity *copy = g_new (ScopeIdentity, 1);

  *copy = (ScopeIdentity){ g_strdup (self->type), g_strdup (self->name), self->is_total };
  return copy;
}

static void
bad_row_clear (gpointer data)
{
  ScopeBadRow *bad = data;

  g_free (bad->reason);
}

/**
 * scope_blocks_new:
 * @schema: (nullable): what the rows hold beside their counters
 * @n_known: how many identities earlier batches of this file brought
 *
 * Returns: (transfer full): an empty batch
 */
ScopeBlocks *
scope_blocks_new (ScopeSchema *schema,
                  guint32      n_known)
{
  ScopeBlocks *self = g_new0 (ScopeBlocks, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->schema = schema ? scope_schema_ref (schema) : NULL;
  self->n_known = n_known;
  self->identities = g_ptr_array_new_with_free_func (scope_identity_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ScopeRow));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->packed = g_byte_array_new ();
  self->requests = g_array_new (FALSE, FALSE, sizeof (ScopeRequest));
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  return self;
}

ScopeBlocks *
scope_blocks_ref (ScopeBlocks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scope_blocks_unref (ScopeBlocks *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->schema, scope_schema_unref);
  g_ptr_array_unref (self->identities);
  g_array_unref (self->rows);
  g_array_unref (self->values);
  g_byte_array_unref (self->packed);
  g_array_unref (self->requests);
  g_array_unref (self->bad);
  g_free (self);
}
