/* blocks.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Storage of parsed rows on their way from a feed to the history.
 */
#include "blocks.h"

/* More are not on their way at the same time for long. */
#define MOST_SPARE 4

struct _ScopeBlocksPool
{
  gatomicrefcount ref_count; /* the parser's, and one of each batch */
  GMutex          lock;
  GPtrArray      *spare;     /* owned ScopeBlocks, empty; under the lock */
};

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

static void
blocks_free (gpointer data)
{
  ScopeBlocks *self = data;

  g_clear_pointer (&self->schema, scope_schema_unref);
  g_ptr_array_unref (self->identities);
  g_array_unref (self->rows);
  g_array_unref (self->values);
  g_byte_array_unref (self->packed);
  g_array_unref (self->requests);
  g_array_unref (self->bad);
  g_free (self);
}

static ScopeBlocks *
blocks_alloc (void)
{
  ScopeBlocks *self = g_new0 (ScopeBlocks, 1);

  self->identities = g_ptr_array_new_with_free_func (scope_identity_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ScopeRow));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->packed = g_byte_array_new ();
  self->requests = g_array_new (FALSE, FALSE, sizeof (ScopeRequest));
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  return self;
}

static ScopeBlocks *
begin (ScopeBlocks *self,
       ScopeSchema *schema,
       guint32      n_known)
{
  g_atomic_ref_count_init (&self->ref_count);
  self->schema = schema ? scope_schema_ref (schema) : NULL;
  self->n_known = n_known;
  return self;
}

/* As it was made, but for the memory that it has. */
static void
empty (ScopeBlocks *self)
{
  g_clear_pointer (&self->schema, scope_schema_unref);
  self->pool = NULL;
  self->summary_us = 0;
  self->reset = FALSE;
  self->n_bad = 0;
  g_ptr_array_set_size (self->identities, 0);
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->values, 0);
  g_byte_array_set_size (self->packed, 0);
  g_array_set_size (self->requests, 0);
  g_array_set_size (self->bad, 0);
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
  return begin (blocks_alloc (), schema, n_known);
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
  ScopeBlocksPool *pool = self->pool;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (pool == NULL)
    {
      blocks_free (self);
      return;
    }
  empty (self);
  g_mutex_lock (&pool->lock);
  if (pool->spare->len < MOST_SPARE)
    g_ptr_array_add (pool->spare, g_steal_pointer (&self));
  g_mutex_unlock (&pool->lock);
  g_clear_pointer (&self, blocks_free);
  scope_blocks_pool_unref (pool);
}

/* Returns: (transfer full): an empty pool, for any threads. */
ScopeBlocksPool *
scope_blocks_pool_new (void)
{
  ScopeBlocksPool *self = g_new0 (ScopeBlocksPool, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->spare = g_ptr_array_new_with_free_func (blocks_free);
  return self;
}

void
scope_blocks_pool_unref (ScopeBlocksPool *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->spare);
  g_free (self);
}

/* As scope_blocks_new(), but the memory comes from the pool, and goes back to
 * it with the last reference. */
ScopeBlocks *
scope_blocks_pool_take (ScopeBlocksPool *self,
                        ScopeSchema     *schema,
                        guint32          n_known)
{
  ScopeBlocks *blocks = NULL;

  g_mutex_lock (&self->lock);
  if (self->spare->len > 0)
    blocks = g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  g_mutex_unlock (&self->lock);
  if (blocks == NULL)
    blocks = blocks_alloc ();
  g_atomic_ref_count_inc (&self->ref_count);
  blocks->pool = self;
  return begin (blocks, schema, n_known);
}
