/* order.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number is asked for when its endpoint is first compared, and kept until the
 * user sorts again.
 */
#include "order.h"

#include <math.h>
#include <string.h>

typedef int (*Compare) (ScopeOrder    *self,
                        ScopeEndpoint *a,
                        ScopeEndpoint *b);

struct _ScopeOrder
{
  Compare             compare;
  int                 sign;    /* -1: descending */
  ScopeOrderGetNumber get_number;
  gpointer            data;    /* borrowed: of get_number */
  GHashTable         *numbers; /* owned ScopeEndpoint -> double, owned */
};

static int
compare_names (ScopeOrder    *self,
               ScopeEndpoint *a,
               ScopeEndpoint *b)
{
  return self->sign * scope_endpoint_compare (a, b);
}

static int
compare_methods (ScopeOrder    *self,
                 ScopeEndpoint *a,
                 ScopeEndpoint *b)
{
  return self->sign *
         strcmp (scope_endpoint_get_type_name (a), scope_endpoint_get_type_name (b));
}

static double
look_up (ScopeOrder    *self,
         ScopeEndpoint *endpoint)
{
  double *number = g_hash_table_lookup (self->numbers, endpoint);

  if (number == NULL)
    {
      number = g_new (double, 1);
      *number = self->get_number (endpoint, self->data);
      g_hash_table_insert (self->numbers, g_object_ref (endpoint), number);
    }
  return *number;
}

static int
compare_numbers (ScopeOrder    *self,
                 ScopeEndpoint *a,
                 ScopeEndpoint *b)
{
  double x = look_up (self, a), y = look_up (self, b);

  if (isnan (x) || isnan (y))
    return (isnan (x) != 0) - (isnan (y) != 0);
  return self->sign * ((x > y) - (x < y));
}

/* Returns: (transfer full): the order of names. */
ScopeOrder *
scope_order_new (void)
{
  ScopeOrder *self = g_new0 (ScopeOrder, 1);

  self->numbers = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  scope_order_by_name (self, FALSE);
  return self;
}

void
scope_order_free (ScopeOrder *self)
{
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static void
set (ScopeOrder *self,
     Compare     compare,
     gboolean    descending)
{
  self->compare = compare;
  self->sign = descending ? -1 : 1;
  g_hash_table_remove_all (self->numbers);
}

void
scope_order_by_name (ScopeOrder *self,
                     gboolean    descending)
{
  set (self, compare_names, descending);
}

void
scope_order_by_method (ScopeOrder *self,
                       gboolean    descending)
{
  set (self, compare_methods, descending);
}

/**
 * scope_order_by_number:
 * @self: the order
 * @get_number: what endpoints are sorted by
 * @data: for @get_number; it is kept
 * @descending: whether the largest come first
 *
 * Sorts by numbers as they are now.  Calling it again is to sort again.
 */
void
scope_order_by_number (ScopeOrder         *self,
                       ScopeOrderGetNumber get_number,
                       gpointer            data,
                       gboolean            descending)
{
  set (self, compare_numbers, descending);
  self->get_number = get_number;
  self->data = data;
}

/* Less than 0 where @a comes before @b; the same ones come in the order of names. */
int
scope_order_compare (ScopeOrder    *self,
                     ScopeEndpoint *a,
                     ScopeEndpoint *b)
{
  int order = 0;

  if (scope_endpoint_get_is_total (a) == scope_endpoint_get_is_total (b))
    order = self->compare (self, a, b);
  return order != 0 ? order : scope_endpoint_compare (a, b);
}
