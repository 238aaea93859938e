/* identities.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a block come in the order of the block before, so what followed
 * last time is compared first and hardly anything is ever looked up.
 */
#include "identities.h"

#include <string.h>

#define TOTAL_NAME "Aggregated"

typedef struct
{
  GBytes  *key;  /* owned: type and name as they stand in the file; NULL: not in it */
  guint32  next; /* what followed this one last time */
  gboolean is_total;
} Identity;

struct _ScopeIdentities
{
  GArray     *list;     /* Identity */
  GHashTable *by_key;   /* GBytes -> number + 1 */
  GByteArray *key;      /* scratch */
  guint32     previous; /* what was found last */
  guint32     expected; /* what is found next, if all goes as before */
};

static void
identity_clear (gpointer data)
{
  g_clear_pointer (&((Identity *)data)->key, g_bytes_unref);
}

/* Returns: (transfer full): an empty list. */
ScopeIdentities *
scope_identities_new (void)
{
  ScopeIdentities *self = g_new0 (ScopeIdentities, 1);

  self->list = g_array_new (FALSE, FALSE, sizeof (Identity));
  g_array_set_clear_func (self->list, identity_clear);
  self->by_key = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  self->key = g_byte_array_new ();
  self->previous = self->expected = G_MAXUINT32;
  return self;
}

void
scope_identities_free (ScopeIdentities *self)
{
  g_hash_table_unref (self->by_key);
  g_array_unref (self->list);
  g_byte_array_unref (self->key);
  g_free (self);
}

guint32
scope_identities_get_n (const ScopeIdentities *self)
{
  return self->list->len;
}

/* Whether it is the total of all endpoints. */
gboolean
scope_identities_is_total (const ScopeIdentities *self, guint32 identity)
{
  return g_array_index (self->list, Identity, identity).is_total;
}

static guint32
add (ScopeIdentities *self, ScopeBlocks *blocks, GBytes *key, ScopeIdentity *identity)
{
  Identity item = { .key = key ? g_bytes_ref (key) : NULL,
                    .next = G_MAXUINT32,
                    .is_total = identity->is_total };

  g_ptr_array_add (blocks->identities, identity);
  g_array_append_val (self->list, item);
  if (key != NULL)
    g_hash_table_insert (self->by_key, item.key, GUINT_TO_POINTER (self->list->len));
  return self->list->len - 1;
}

/* The total of a file that has no rows of it. */
guint32
scope_identities_add_total (ScopeIdentities *self, ScopeBlocks *blocks)
{
  ScopeIdentity *total = g_new0 (ScopeIdentity, 1);

  total->type = g_strdup ("");
  total->name = g_strdup (TOTAL_NAME);
  total->is_total = TRUE;
  return add (self, blocks, NULL, total);
}

static guint32
add_found (ScopeIdentities     *self,
           ScopeBlocks         *blocks,
           GBytes              *key,
           const ScopeCsvField *type,
           const ScopeCsvField *name,
           const char          *total_type)
{
  ScopeIdentity *identity = g_new0 (ScopeIdentity, 1);

  identity->type = scope_csv_field_to_string (type);
  identity->name = scope_csv_field_to_string (name);
  identity->is_total
      = g_strcmp0 (identity->type, total_type) == 0 && g_str_equal (identity->name, TOTAL_NAME);
  if (identity->is_total)
    identity->type[0] = '\0';
  return add (self, blocks, key, identity);
}

static gboolean
is_expected (const ScopeIdentities *self)
{
  gsize         size;
  const guint8 *data;

  if (self->expected >= self->list->len)
    return FALSE;
  if (g_array_index (self->list, Identity, self->expected).key == NULL)
    return FALSE;
  data = g_bytes_get_data (g_array_index (self->list, Identity, self->expected).key, &size);
  return size == self->key->len && memcmp (data, self->key->data, size) == 0;
}

/**
 * scope_identities_find:
 * @self: the list
 * @blocks: takes whoever is new
 * @type: the cell
 * @name: the cell
 * @total_type: (nullable): the type that a total row has, where there are some
 *
 * Returns: the number of that (Type, Name)
 */
guint32
scope_identities_find (ScopeIdentities     *self,
                       ScopeBlocks         *blocks,
                       const ScopeCsvField *type,
                       const ScopeCsvField *name,
                       const char          *total_type)
{
  guint32 found = self->expected;

  g_byte_array_set_size (self->key, 0);
  g_byte_array_append (self->key, (const guint8 *)type->start, type->length);
  g_byte_array_append (self->key, (const guint8 *)"\n", 1);
  g_byte_array_append (self->key, (const guint8 *)name->start, name->length);

  if (!is_expected (self))
    {
      g_autoptr (GBytes) key = g_bytes_new (self->key->data, self->key->len);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));

      found = number > 0 ? number - 1 : add_found (self, blocks, key, type, name, total_type);
    }
  if (self->previous < self->list->len)
    g_array_index (self->list, Identity, self->previous).next = found;
  self->previous = found;
  self->expected = g_array_index (self->list, Identity, found).next;
  return found;
}
