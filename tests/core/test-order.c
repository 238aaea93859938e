/* test-order.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Endpoints in order, as a string of their names.
 */
#include "order.h"

#include <math.h>

#define N 5

typedef struct
{
  ScopeSlots    *slots;
  ScopeOrder    *order;
  ScopeEndpoint *endpoints[N]; /* owned: b, a, T (the total), d, c */
  double         numbers[N];
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  static const char *const names[N][2] = {
    { "GET", "b" }, { "POST", "a" }, { "", "T" }, { "GET", "d" }, { "PUT", "c" },
  };

  self->slots = scope_slots_new ();
  self->order = scope_order_new ();
  for (guint i = 0; i < N; i++)
    self->endpoints[i] =
      scope_endpoint_new (names[i][0], names[i][1], i == 2, self->slots, FALSE);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  scope_order_free (self->order);
  for (guint i = 0; i < N; i++)
    g_assert_finalize_object (self->endpoints[i]);
  scope_slots_unref (self->slots);
}

static double
get_number (ScopeEndpoint *endpoint,
            gpointer       data)
{
  Fixture *self = data;

  for (guint i = 0; i < N; i++)
    if (self->endpoints[i] == endpoint)
      return self->numbers[i];
  g_assert_not_reached ();
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  return scope_order_compare (data, *(ScopeEndpoint *const *) a, *(ScopeEndpoint *const *) b);
}

static void
assert_order (Fixture    *self,
              const char *expected)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString)   text = g_string_new (NULL);

  for (guint i = 0; i < N; i++)
    g_ptr_array_add (sorted, self->endpoints[i]);
  g_ptr_array_sort_with_data (sorted, compare, self->order);
  for (guint i = 0; i < N; i++)
    g_string_append (text, scope_endpoint_get_name (sorted->pdata[i]));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
set_numbers (Fixture *self,
             double   b,
             double   a,
             double   total,
             double   d,
             double   c)
{
  double numbers[N] = { b, a, total, d, c };

  for (guint i = 0; i < N; i++)
    self->numbers[i] = numbers[i];
}

static void
test_texts (Fixture      *self,
            gconstpointer data)
{
  assert_order (self, "Tabcd");
  scope_order_by_name (self->order, TRUE);
  assert_order (self, "Tdcba");
  scope_order_by_method (self->order, FALSE);
  assert_order (self, "Tbdac");
  scope_order_by_method (self->order, TRUE);
  assert_order (self, "Tcabd");
}

/* What has no number comes last either way, what has the same in the order of
 * names, and the total is always first. */
static void
test_numbers (Fixture      *self,
              gconstpointer data)
{
  set_numbers (self, 2, 1, 50, NAN, 2);
  scope_order_by_number (self->order, get_number, self, FALSE);
  assert_order (self, "Tabcd");
  scope_order_by_number (self->order, get_number, self, TRUE);
  assert_order (self, "Tbcad");
}

static void
test_stays (Fixture      *self,
            gconstpointer data)
{
  set_numbers (self, 4, 3, 0, 2, 1);
  scope_order_by_number (self->order, get_number, self, TRUE);
  assert_order (self, "Tbadc");
  set_numbers (self, 1, 2, 0, 3, 4);
  assert_order (self, "Tbadc");
  scope_order_by_number (self->order, get_number, self, TRUE);
  assert_order (self, "Tcdab");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/order/texts", Fixture, NULL, set_up, test_texts, tear_down);
  g_test_add ("/order/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/order/stays", Fixture, NULL, set_up, test_stays, tear_down);
  return g_test_run ();
}
