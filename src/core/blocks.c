/* blocks.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Storage of parsed rows on their way from a feed to the history.
 */
#include "blocks.h"

G_DEFINE_BOXED_TYPE (ScopeBlocks, scope_blocks, scope_blocks_ref, scope_blocks_unref)

static void
identity_free (gpointer data)
{
  ScopeIdentity *identity = data;

  g_free (identity->type);
  g_free (identity->name);
  g_free (identity);
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
  self->identities = g_ptr_array_new_with_free_func (identity_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ScopeRow));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
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
  g_array_unref (self->requests);
  g_array_unref (self->bad);
  g_free (self);
}

/**
 * scope_schema_new:
 * @values: what each row holds, in order
 * @n_values: their number
 * @has_users: whether rows carry a user count
 *
 * Returns: (transfer full): a new schema
 */
ScopeSchema *
scope_schema_new (const ScopeValue *values,
                  guint             n_values,
                  gboolean          has_users)
{
  ScopeSchema *self = g_malloc0 (sizeof (ScopeSchema) + n_values * sizeof (ScopeValue));

  g_atomic_ref_count_init (&self->ref_count);
  self->has_users = has_users;
  self->n_values = n_values;
  if (n_values > 0)
    memcpy (self->values, values, n_values * sizeof (ScopeValue));
  return self;
}

ScopeSchema *
scope_schema_ref (ScopeSchema *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scope_schema_unref (ScopeSchema *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}
