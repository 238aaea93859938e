/* test-history-batches.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A history that grows: in whatever batches rows come it must hold exactly
 * what it would hold had they come at once, and tell its listeners what is
 * new.  The fixture's dump asks for every value of every series.
 */
#include "fixture.h"

#include <math.h>
#include <string.h>

#define START 1795338539

/* Asks for all series, as charts do after each batch, and for what lies
 * before the first change to be as it was. */
typedef struct
{
  GPtrArray *before;  /* owned GArray of float: two for each endpoint */
  guint      n_appended;
  guint      n_items_changed;
} Listener;

static void
check_series (Listener     *self,
              ScopeSeries   series,
              guint         place,
              guint         first_changed)
{
  GArray *before;
  guint   kept;

  if (place == self->before->len)
    g_ptr_array_add (self->before, g_array_new (FALSE, FALSE, sizeof (float)));
  before = g_ptr_array_index (self->before, place);
  kept = first_changed > series.first ? MIN (first_changed - series.first, before->len) : 0;
  g_assert_cmpuint (series.n, >=, kept);
  g_assert_cmpmem (before->data, kept * sizeof (float), series.values, kept * sizeof (float));
  g_array_set_size (before, 0);
  g_array_append_vals (before, series.values, series.n);
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
appended_cb (ScopeHistory *history,
             guint         first_changed,
             gpointer      data)
{
  Listener *self = data;
  guint     n = g_list_model_get_n_items (G_LIST_MODEL (history));

  self->n_appended++;
  g_assert_cmpuint (first_changed, <=, scope_history_get_n_blocks (history));
  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);
      double         latest[2] = { scope_endpoint_get_response_time (endpoint),
                                   scope_endpoint_get_throughput (endpoint) };
      ScopeStatistic statistics[2] = { scope_history_get_response_time (history),
                                       scope_history_get_throughput (history) };

      for (guint s = 0; s < 2; s++)
        {
          ScopeSeries series = scope_history_get_series (history, i, statistics[s]);

          check_series (self, series, 2 * i + s, first_changed);
          if (series.n > 0)
            g_assert_true (same (latest[s], series.values[series.n - 1]));
        }
    }
}

static void
items_changed_cb (ScopeHistory *history,
                  guint         position,
                  guint         removed,
                  guint         added,
                  gpointer      data)
{
  Listener *self = data;

  self->n_items_changed++;
  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, >, 0);
  g_assert_cmpuint (position + added, ==, g_list_model_get_n_items (G_LIST_MODEL (history)));
}

/* Cuts a batch between any two of its rows, as a file grows. */
static ScopeBlocks *
take_rows (ScopeBlocks *all,
           guint        from,
           guint        to,
           guint       *n_known)
{
  ScopeBlocks  *part = scope_blocks_new (all->schema, *n_known);
  const double *values = (const double *) all->values->data;
  const guint8 *packed = all->packed->data;

  for (guint i = 0; i < to; i++)
    {
      ScopeRow *row = &g_array_index (all->rows, ScopeRow, i);

      if (row->is_packed)
        packed += all->schema->packed_size;
      else
        values += all->schema->n_values;
      if (i < from)
        continue;
      if (row->is_packed)
        g_byte_array_append (part->packed, packed - all->schema->packed_size,
                             all->schema->packed_size);
      else
        g_array_append_vals (part->values, values - all->schema->n_values, all->schema->n_values);

      for (; *n_known <= row->identity; *n_known += 1)
        {
          ScopeIdentity *identity = g_ptr_array_index (all->identities, *n_known);
          ScopeIdentity *copy = g_memdup2 (identity, sizeof *identity);

          copy->type = g_strdup (identity->type);
          copy->name = g_strdup (identity->name);
          g_ptr_array_add (part->identities, copy);
        }
      g_array_append_vals (part->rows, row, 1);
    }
  return part;
}

static void
append_in_batches (ScopeHistory *history,
                   ScopeBlocks  *all,
                   guint         longest,
                   Listener     *listener)
{
  guint n_known = 0;
  guint n_batches = 0, n_with_items = 0;

  for (guint from = 0; from < all->rows->len;)
    {
      guint                   n = g_test_rand_int_range (1, longest + 1);
      guint                   to = MIN (all->rows->len, from + n);
      g_autoptr (ScopeBlocks) part = take_rows (all, from, to, &n_known);

      n_batches++;
      n_with_items += part->identities->len > 0;
      scope_history_append (history, part);
      g_assert_cmpuint (listener->n_appended, ==, n_batches);
      g_assert_cmpuint (listener->n_items_changed, ==, n_with_items);
      from = to;
    }
}

static void
check_file (const char *path,
            guint       longest)
{
  g_autoptr (GBytes)         bytes = fixture_read (path);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks) all =
    scope_csv_parser_feed (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_autoptr (ScopeHistory) once = scope_history_new ();
  g_autoptr (ScopeHistory) grown = scope_history_new ();
  Listener                 listener = { 0 };

  g_assert_nonnull (all);
  all->n_bad = 0;
  g_array_set_size (all->bad, 0);
  scope_history_append (once, all);

  listener.before = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_signal_connect (grown, "appended", G_CALLBACK (appended_cb), &listener);
  g_signal_connect (grown, "items-changed", G_CALLBACK (items_changed_cb), &listener);
  append_in_batches (grown, all, longest, &listener);
  fixture_assert_same (grown, once);
  g_ptr_array_unref (listener.before);
}

static void
test_random_batches (void)
{
  static const guint    LONGEST[] = { 1, 3, 20, 400 };
  g_autoptr (GPtrArray) paths = fixture_histories ();

  for (guint i = 0; i < paths->len; i++)
    for (guint l = 0; l < G_N_ELEMENTS (LONGEST); l++)
      check_file (g_ptr_array_index (paths, i), LONGEST[l]);
}

static void
note_first_changed_cb (ScopeHistory *history,
                       guint         first_changed,
                       gpointer      data)
{
  *(guint *) data = first_changed;
}

static void
test_first_changed (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  guint                      first_changed = 99;

  g_signal_connect (history, "appended", G_CALLBACK (note_first_changed_cb), &first_changed);
  fixture_append (history, parser, text->str);
  g_assert_cmpuint (first_changed, ==, 0);
  for (guint b = 0; b < 6; b++)
    {
      g_string_truncate (text, 0);
      fixture_row (text, START + b, "GET", "/a", 1 + b, 10);
      fixture_append (history, parser, text->str);
      /* The second block tells how long before the first one zero was. */
      g_assert_cmpuint (first_changed, ==, b < 2 ? 0 : b - 1);
      g_string_truncate (text, 0);
      fixture_row (text, START + b, "GET", "/b", 1, 10);
      fixture_append (history, parser, text->str);
      g_assert_cmpuint (first_changed, ==, b);
    }
}

static ScopeBlocks *
parse_anew (const char *text)
{
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  ScopeBlocks               *blocks = scope_csv_parser_feed (parser, text, strlen (text), NULL);

  blocks->reset = TRUE;
  return blocks;
}

/* A file that is begun anew forgets all numbers, but not what the user chose
 * to see, nor its colour. */
static void
test_reset (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autoptr (GString)      first = g_string_new (FIXTURE_HEADER);
  g_autoptr (GString)      second = g_string_new (FIXTURE_HEADER);
  g_autoptr (ScopeBlocks)  one = NULL, two = NULL;
  g_autoptr (ScopeHistory) expected = NULL;
  g_autoptr (ScopeEndpoint) b = NULL;
  guint                     slot;

  for (guint i = 0; i < 30; i++)
    {
      fixture_row (first, START + i, "GET", "/a", 5 * i, 10);
      fixture_row (first, START + i, "GET", "/b", 5 * i, 10);
      fixture_row (second, START + 100 + i, "GET", "/c", 7 * i, 20);
      fixture_row (second, START + 100 + i, "GET", "/b", 9 * i, 30);
    }
  g_string_append (first, "damage\n");
  one = parse_anew (first->str);
  two = parse_anew (second->str);
  scope_history_append (history, one);
  b = g_object_ref (scope_history_get_endpoint (history, 1));
  slot = scope_endpoint_get_slot (b);
  scope_endpoint_set_visible (b, FALSE);

  scope_history_append (history, two);
  g_assert_true (scope_history_get_endpoint (history, 1) == b);
  g_assert_false (scope_endpoint_get_visible (b));
  g_assert_true (scope_endpoint_get_chosen (b));
  g_assert_cmpuint (scope_endpoint_get_slot (b), ==, slot);
  g_assert_cmpuint (scope_history_get_n_endpoints (history), ==, 2);
  g_assert_cmpuint (scope_history_get_n_bad_rows (history), ==, 0);
  expected = fixture_history (second->str, second->len);
  fixture_assert_same (history, expected);

  /* And to nothing at all. */
  g_clear_pointer (&two, scope_blocks_unref);
  two = scope_blocks_new (NULL, 0);
  two->reset = TRUE;
  scope_history_append (history, two);
  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);
  scope_history_append (history, one);
  g_assert_true (scope_history_get_endpoint (history, 1) == b);
  g_assert_cmpuint (scope_history_get_n_bad_rows (history), ==, 1);
}

/* A view that filters the list asks for items while they change. */
static void
visit_items_cb (ScopeHistory *history,
                guint         position,
                guint         removed,
                guint         added,
                gpointer      data)
{
  guint *n = data;

  *n = *n + added - removed;
  g_assert_cmpuint (*n, ==, g_list_model_get_n_items (G_LIST_MODEL (history)));
  for (guint i = 0; i < *n; i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (history), i);

      g_assert_true (SCOPE_IS_ENDPOINT (endpoint));
    }
}

static void
test_list_model (void)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);
  guint                    n = 0;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (history)) == SCOPE_TYPE_ENDPOINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), 0));
  g_signal_connect (history, "items-changed", G_CALLBACK (visit_items_cb), &n);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (ScopeBlocks) blocks = NULL;
      g_autofree char        *name = g_strdup_printf ("/%u", i);

      fixture_row (text, START, "GET", name, 1, 10);
      blocks = parse_anew (text->str);
      scope_history_append (history, blocks);
      g_assert_cmpuint (n, ==, i + 1);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_latest_notifies (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  ScopeEndpoint             *a;
  guint                      n_told = 0;

  fixture_row (text, START, "GET", "/a", 0, 0);
  fixture_append (history, parser, text->str);
  a = scope_history_get_endpoint (history, 0);
  g_assert_true (isnan (scope_endpoint_get_response_time (a)));
  g_assert_cmpfloat (scope_endpoint_get_throughput (a), ==, 0);
  g_signal_connect_swapped (history, "latest", G_CALLBACK (count_cb), &n_told);

  for (guint b = 1; b < 4; b++)
    {
      g_string_truncate (text, 0);
      fixture_row (text, START + b, "GET", "/a", 10 * b, 25);
      fixture_append (history, parser, text->str);
      g_assert_cmpfloat (scope_endpoint_get_response_time (a), ==, 25);
      g_assert_cmpuint (n_told, ==, b);
    }
}

static void
note_told_cb (GArray *told,
              guint   first_changed)
{
  g_array_append_val (told, first_changed);
}

/* Batches that come while samples are held are told as one. */
static void
test_held (void)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GString)        text = g_string_new (FIXTURE_HEADER);
  g_autoptr (GArray)         told = g_array_new (FALSE, FALSE, sizeof (guint));
  guint                      n_latest = 0;

  g_signal_connect_swapped (history, "appended", G_CALLBACK (note_told_cb), told);
  g_signal_connect_swapped (history, "latest", G_CALLBACK (count_cb), &n_latest);
  for (guint b = 0; b < 6; b++)
    {
      if (b == 2)
        scope_history_hold_samples (history);
      fixture_row (text, START + b, "GET", "/a", 10 * b, 25);
      fixture_append (history, parser, text->str);
      g_string_truncate (text, 0);
    }
  g_assert_cmpuint (told->len, ==, 2);
  g_assert_cmpuint (n_latest, ==, 2);
  scope_history_release_samples (history);
  g_assert_cmpuint (told->len, ==, 3);
  g_assert_cmpuint (g_array_index (told, guint, 2), ==, 1); /* that block could still grow */
  g_assert_cmpuint (n_latest, ==, 3);
  scope_history_hold_samples (history);
  scope_history_set_window (history, 5); /* what the user chooses does not wait */
  g_assert_cmpuint (n_latest, ==, 4);
  scope_history_release_samples (history);
  g_assert_cmpuint (n_latest, ==, 4);
  g_assert_cmpuint (told->len, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/random-batches", test_random_batches);
  g_test_add_func ("/history/first-changed", test_first_changed);
  g_test_add_func ("/history/reset", test_reset);
  g_test_add_func ("/history/list-model", test_list_model);
  g_test_add_func ("/history/latest-notifies", test_latest_notifies);
  g_test_add_func ("/history/held", test_held);
  return g_test_run ();
}
