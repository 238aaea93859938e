/* test-csv-live-random.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both files as they are written in all the ways that can be thought of, and
 * looked at whenever it happens.  The seeds are fixed.
 */
#include "live.h"

#include <math.h>
#include <string.h>

#define ROUNDS  120
#define TICKS   17 /* fewer than the seconds after which a summary is too old */

typedef struct
{
  Live    *f;
  GRand   *rand;  /* owned */
  GString *older; /* owned: the summary that is being written over */
} Round;

static gboolean
one_in (Round *self,
        guint  n)
{
  return g_rand_int_range (self->rand, 0, (gint32) n) == 0;
}

static void
work (Round *self)
{
  guint n = one_in (self, 4) ? 0 : (guint) g_rand_int_range (self->rand, 0, 6);

  for (guint i = 0; i < n; i++)
    live_request (self->f, 'a' + g_rand_int_range (self->rand, 0, LIVE_ENDPOINTS),
                  g_rand_int_range (self->rand, 1, 30), g_rand_int_range (self->rand, 1, 400));
}

/* Not whole: only its beginning is there, or the rest is of the one before. */
static void
write_half (Round *self)
{
  GString            *new = self->f->summary;
  gsize               k = g_rand_int_range (self->rand, 0, (gint32) new->len);
  g_autoptr (GString) half = g_string_new_len (new->str, k);

  /* within the total's row the counts can be new and the rest old */
  if (one_in (self, 2) && k < self->older->len && strstr (new->str + k, "Aggregated") != NULL)
    g_string_append (half, self->older->str + k);
  if (g_string_equal (half, self->older))
    return; /* nothing of it is there yet, and nothing was written */
  live_put_summary (self->f, half->str, (gssize) half->len);
}

static void
write_summary (Round *self)
{
  if (one_in (self, 6))
    return; /* nobody looks while it is there */
  if (one_in (self, 4))
    {
      write_half (self);
      if (one_in (self, 2))
        live_look (self->f);
      if (one_in (self, 3))
        return;
    }
  live_summarize (self->f);
}

static void
look (Round *self)
{
  live_look (self->f);
  live_assert_settled (self->f);
  live_assert_true (self->f);
}

static void
check_round (Round *self,
             gboolean only_total)
{
  Live  *f = self->f;
  guint  n_flushed = (guint) g_rand_int_range (self->rand, 0, 20);
  gsize  n_bytes;

  /* Some blocks are older than any summary. */
  live_open (f);
  live_begin (f, only_total, n_flushed + TICKS + 1);
  live_put_summary (f, "", 0);
  f->slide = one_in (self, 2);
  scope_history_set_window (f->history, one_in (self, 2) ? 10 : 0);
  for (guint i = 0; i < n_flushed; i++)
    {
      work (self);
      live_tick (f);
    }
  live_flush (f, G_MAXSIZE);
  for (guint i = 0; i < TICKS; i++)
    {
      work (self);
      if (one_in (self, 30))
        live_begin_test (f);
      g_string_assign (self->older, f->summary->str);
      live_tick (f);
      write_summary (self);
      if (one_in (self, 4))
        {
          n_bytes = f->rows->len - f->n_flushed;
          live_flush (f, (gsize) g_rand_int_range (self->rand, 0, (gint32) n_bytes + 1));
        }
      if (!one_in (self, 3))
        look (self);
    }
  live_flush (f, G_MAXSIZE);
  look (self);
  g_assert_cmpint (live_get_last (f), ==, f->stamp);
  if (!only_total)
    live_assert_all_settled (f);
}

/* Five requests a second of 30 ms each: whatever was missed, no other value is
 * ever shown. */
static void
assert_constant (Live *f)
{
  int                 position = live_find (f, 'a');
  const ScopeColumns *columns;

  if (position < 0)
    return;
  columns = scope_history_get_columns (f->history, position);
  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint  block = columns->first + i;
      double rate = scope_history_get_value (f->history, position, SCOPE_STATISTIC (REQUESTS), block);
      double average =
        scope_history_get_value (f->history, position, SCOPE_STATISTIC (AVERAGE), block);

      if (!isnan (rate) && fabs (rate - 5) > 0.3)
        g_error ("block %u: %g requests/s", block, rate);
      if (!isnan (average) && fabs (average - 30) > 1e-6)
        g_error ("block %u: %g ms", block, average);
    }
}

static void
check_constant (Round   *self,
                gboolean only_total)
{
  Live *f = self->f;
  guint n_flushed = (guint) g_rand_int_range (self->rand, 1, 2 * TICKS);
  guint begin = G_MAXUINT;

  /* Another test, where its counters cannot grow past those before. */
  if (n_flushed > TICKS)
    begin = n_flushed + (guint) g_rand_int_range (self->rand, 0, TICKS);
  live_open (f);
  live_begin (f, only_total, n_flushed + TICKS + 1);
  live_put_summary (f, "", 0);
  scope_history_set_window (f->history, one_in (self, 2) ? 10 : 0);
  for (guint i = 0; i < n_flushed + TICKS; i++)
    {
      if (i == begin)
        live_begin_test (f);
      live_request (f, 'a', 5, 30);
      live_tick (f);
      if (i >= n_flushed && !one_in (self, 5))
        live_summarize (f);
      if (i + 1 == n_flushed)
        live_flush (f, G_MAXSIZE);
      else if (one_in (self, 4))
        live_flush (f, (gsize) g_rand_int_range (self->rand, 0,
                                                 (gint32) (f->rows->len - f->n_flushed) + 1));
      live_look (f);
      assert_constant (f);
    }
  live_flush (f, G_MAXSIZE);
  look (self);
  assert_constant (f);
}

static void
run_seed (gconstpointer data,
          gboolean      only_total)
{
  Live  f = { 0 };
  Round round = { .f = &f,
                  .rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data)),
                  .older = g_string_new (NULL) };

  live_set_up (&f, NULL);
  for (guint i = 0; i < ROUNDS; i++)
    {
      check_round (&round, only_total);
      check_constant (&round, only_total);
    }
  live_tear_down (&f, NULL);
  g_rand_free (round.rand);
  g_string_free (round.older, TRUE);
}

static void
test_full (gconstpointer data)
{
  run_seed (data, FALSE);
}

static void
test_only_total (gconstpointer data)
{
  run_seed (data, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autofree char *full = g_strdup_printf ("/csv-live-random/full/%u", seed);
      g_autofree char *only_total = g_strdup_printf ("/csv-live-random/only-total/%u", seed);

      g_test_add_data_func (full, GUINT_TO_POINTER (seed), test_full);
      g_test_add_data_func (only_total, GUINT_TO_POINTER (seed), test_only_total);
    }

  return g_test_run ();
}
