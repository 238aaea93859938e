/* made-up-names.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mostly paths of a web shop; some that have to be quoted, some in Chinese,
 * some of which two methods are tested.
 */
#include "made-up-names.h"

#include <string.h>

typedef struct
{
  const char *type; /* borrowed */
  char       *name; /* owned */
  char       *key;  /* owned: both as they are written */
} Identity;

struct _MadeUpNames
{
  GArray *identities; /* Identity: in the order of a block's rows */
};

static char *
make_name (guint i)
{
  static const char *const things[] = { "customers", "orders",    "invoices",  "products",
                                        "baskets",   "shipments", "warehouses" };
  static const char *const parts[] = { "details", "availability", "history",
                                       "[part]",  "reviews?page=[n]" };
  const char              *thing = things[i % G_N_ELEMENTS (things)];
  const char              *part = parts[i % G_N_ELEMENTS (parts)];

  if (i % 19 == 5)
    return g_strdup_printf ("/search/%03u?q=red, \"wide\" shoes&sort=price", i);
  if (i % 23 == 7)
    return g_strdup_printf ("/shop/[shop]/api/v2/%s?fields=id,name,price&shop=%03u", thing, i);
  if (i % 29 == 3)
    return g_strdup_printf ("搜索商品-%03u", i);
  return g_strdup_printf ("/shop/[shop]/api/v2/%s/region-%03u/items/[id]/%s", thing, i, part);
}

/* Quoted where it must be, with quotes inside doubled. */
static char *
make_key (const char *type,
          const char *name)
{
  g_autoptr (GString) key = g_string_new (type);

  g_string_append_c (key, ',');
  if (strpbrk (name, ",\"") == NULL)
    g_string_append (key, name);
  else
    {
      g_auto (GStrv)   pieces = g_strsplit (name, "\"", -1);
      g_autofree char *doubled = g_strjoinv ("\"\"", pieces);

      g_string_append_printf (key, "\"%s\"", doubled);
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Locust sorts by name, then by type. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Identity *left = a;
  const Identity *right = b;
  int             order = strcmp (left->name, right->name);

  return order != 0 ? order : strcmp (left->type, right->type);
}

static void
clear_identity (gpointer data)
{
  Identity *identity = data;

  g_free (identity->name);
  g_free (identity->key);
}

/**
 * made_up_names_new:
 * @n: how many endpoints
 *
 * Returns: (transfer full): as many names
 */
MadeUpNames *
made_up_names_new (guint n)
{
  MadeUpNames *self = g_new (MadeUpNames, 1);

  self->identities = g_array_new (FALSE, FALSE, sizeof (Identity));
  g_array_set_clear_func (self->identities, clear_identity);
  for (guint i = 0; i < n; i++)
    {
      /* Every sixth is the one before, with another method. */
      gboolean again = i % 6 == 5;
      Identity identity = { .type = again ? "POST" : "GET", .name = make_name (again ? i - 1 : i) };

      identity.key = make_key (identity.type, identity.name);
      g_array_append_val (self->identities, identity);
    }
  g_array_sort (self->identities, compare);
  return self;
}

void
made_up_names_free (MadeUpNames *self)
{
  g_array_unref (self->identities);
  g_free (self);
}

/* Returns: an endpoint's type and name, as they are written in its rows */
const char *
made_up_names_get (const MadeUpNames *self,
                   guint              position)
{
  return g_array_index (self->identities, Identity, position).key;
}
