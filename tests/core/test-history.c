/* test-history.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hand-made blocks whose every value is known: windows, runs, pauses, gaps,
 * rows that are missing.  Growing in batches is asked in
 * test-history-batches.c.
 */
#include "fixture.h"
#include "selection.h"

#include <math.h>

#define START 1795338539

/* A history that takes in rows as text. */
typedef struct
{
  ScopeHistory   *history; /* owned */
  ScopeCsvParser *parser;  /* owned */
  GString        *text;    /* owned: not yet taken in */
} Writer;

static void
writer_init (Writer *self)
{
  self->history = scope_history_new ();
  self->parser = scope_csv_parser_new ();
  self->text = g_string_new (FIXTURE_HEADER);
}

static void
writer_clear (Writer *self)
{
  g_assert_finalize_object (self->history);
  scope_csv_parser_free (self->parser);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static void
flush (Writer *self)
{
  fixture_append (self->history, self->parser, self->text->str);
  g_string_truncate (self->text, 0);
}

static void
row (Writer     *self,
     gint64      stamp,
     const char *name,
     guint64     count,
     double      average)
{
  fixture_row (self->text, START + stamp, name[0] == 'A' ? "" : "GET", name, count, average);
}

static ScopeSeries
get_series (Writer               *self,
            const char           *name,
            ScopeStatistic statistic)
{
  int position = fixture_find (self->history, name[0] == 'A' ? "" : "GET", name);

  g_assert_cmpint (position, >=, 0);
  return scope_history_get_series (self->history, position, statistic);
}

/* What the charts show at @block; NaN where they show nothing. */
static void
assert_values (Writer     *self,
               const char *name,
               guint       block,
               double      response_time,
               double      throughput)
{
  ScopeSeries average = get_series (self, name, SCOPE_STATISTIC (AVERAGE));
  ScopeSeries rate = get_series (self, name, SCOPE_STATISTIC (REQUESTS));
  double      values[2] = { NAN, NAN };
  double      expected[2] = { response_time, throughput };

  g_assert_cmpuint (average.n, ==, rate.n);
  if (block >= average.first && block - average.first < average.n)
    {
      values[0] = average.values[block - average.first];
      values[1] = rate.values[block - rate.first];
    }
  for (guint i = 0; i < 2; i++)
    if (isnan (values[i]) != isnan (expected[i]) ||
        fabs (values[i] - expected[i]) > 1e-5 * fabs (expected[i]))
      g_error ("%s at block %u: %s is %g, not %g", name, block, i ? "throughput" : "response time",
               values[i], expected[i]);
}

static double
time_between (Writer *self,
              guint   from,
              guint   to)
{
  const double *times = scope_history_get_times (self->history);

  return times[to] - times[from];
}

static guint
get_stretches (Writer              *self,
               const ScopeStretch **stretches)
{
  guint n;

  *stretches = scope_history_get_stretches (self->history, &n);
  return n;
}

static double
first_tick (Writer *self)
{
  const ScopeStretch *stretches;

  get_stretches (self, &stretches);
  g_assert_true (stretches[0].from_zero);
  g_assert_cmpfloat_with_epsilon (stretches[0].tick, 1.0024, 0.001);
  return stretches[0].tick;
}

/* Ten requests a second of 20 ms, from block 20 on of 100 ms. */
static void
test_window (void)
{
  g_auto (Writer) w;
  double          sum = 0;

  writer_init (&w);
  for (guint b = 0; b < 40; b++)
    {
      sum += b == 0 ? 0 : b < 20 ? 10 * 20 : 10 * 100;
      row (&w, b, "/a", 10 * b, b ? sum / (10 * b) : 0);
    }
  flush (&w);
  g_assert_cmpuint (scope_history_get_n_blocks (w.history), ==, 40);
  g_assert_cmpfloat (scope_history_get_window (w.history), ==, 10);

  assert_values (&w, "/a", 0, NAN, 0);
  assert_values (&w, "/a", 1, 20, 10 / (time_between (&w, 0, 1) + first_tick (&w)));
  assert_values (&w, "/a", 15, 20, 100 / time_between (&w, 5, 15));
  assert_values (&w, "/a", 20, (9 * 20 + 100) / 10.0, 100 / time_between (&w, 10, 20));
  assert_values (&w, "/a", 24, (5 * 20 + 5 * 100) / 10.0, 100 / time_between (&w, 14, 24));
  assert_values (&w, "/a", 29, 100, 100 / time_between (&w, 19, 29));
  assert_values (&w, "/a", 39, 100, 100 / time_between (&w, 29, 39));
  for (guint b = 11; b < 40; b++)
    g_assert_cmpfloat_with_epsilon (time_between (&w, b - 10, b), 10, 0.03);
}

/* An endpoint's first row counts from (0, 0) at the block before. */
static void
test_late_endpoint (void)
{
  g_auto (Writer) w;

  writer_init (&w);
  for (guint b = 0; b < 20; b++)
    {
      row (&w, b, "/a", b, 5);
      if (b >= 5)
        row (&w, b, "/late", 4 * (b - 4), 30);
      row (&w, b, "Aggregated", b >= 5 ? 5 * b - 16 : b, 8);
    }
  flush (&w);
  assert_values (&w, "/late", 4, NAN, NAN);
  g_assert_cmpuint (get_series (&w, "/late", SCOPE_STATISTIC (AVERAGE)).first, ==, 5);
  assert_values (&w, "/late", 5, 30, 4 / (time_between (&w, 0, 5) + first_tick (&w)));
  assert_values (&w, "/late", 12, 30, 4 * 8 / time_between (&w, 2, 12));
  assert_values (&w, "/late", 14, 30, 4 * 10 / time_between (&w, 4, 14));
  assert_values (&w, "/late", 19, 30, 4 * 10 / time_between (&w, 9, 19));
  g_assert_cmpuint (scope_history_get_n_endpoints (w.history), ==, 2);
}

/* Nobody knows what the counters were before the file's first block. */
static void
test_begins_mid_test (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 5; b++)
    {
      row (&w, b, "/a", 5000 + 7 * b, 50);
      row (&w, b, "/idle", 3, 80);
    }
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 1);
  g_assert_false (stretches[0].from_zero);
  g_assert_true (stretches[0].is_run);
  assert_values (&w, "/a", 0, NAN, NAN);
  assert_values (&w, "/a", 1, 50, 7 / time_between (&w, 0, 1));
  assert_values (&w, "/idle", 0, NAN, NAN);
  assert_values (&w, "/idle", 1, NAN, 0);
}

/* Requests stop: no response time, but a throughput of 0. */
static void
test_gap (void)
{
  g_auto (Writer) w;

  writer_init (&w);
  for (guint b = 0; b < 30; b++)
    row (&w, b, "/a", MIN (b, 5), 40);
  flush (&w);
  assert_values (&w, "/a", 14, 40, 1 / time_between (&w, 4, 14));
  assert_values (&w, "/a", 15, NAN, 0);
  assert_values (&w, "/a", 29, NAN, 0);
}

static void
test_counters_fall (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 12; b++)
    {
      row (&w, b, "/a", b < 6 ? 100 * b : 3 * (b - 5), b < 6 ? 10 : 70);
      row (&w, b, "/b", b < 6 ? 9 : 10 + b, 15); /* regrown past what it was */
      row (&w, b, "Aggregated", b < 6 ? 100 * b + 9 : 3 * (b - 5) + 10 + b, 15);
    }
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 6);
  g_assert_true (stretches[1].is_run);
  g_assert_true (stretches[1].from_zero);
  assert_values (&w, "/a", 5, 10, 500 / time_between (&w, 0, 5));
  assert_values (&w, "/a", 6, 70, 3 / stretches[1].tick);
  assert_values (&w, "/a", 11, 70, 18 / (time_between (&w, 6, 11) + stretches[1].tick));
  assert_values (&w, "/b", 6, 15, 16 / stretches[1].tick);
}

/* A reset while a block is written: rows that stood before the one that tells
 * belong to the new run too. */
static void
test_last_row_falls (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 4; b++)
    {
      row (&w, b, "/a", b < 3 ? 2 * b : 5, 10);
      if (b == 3)
        flush (&w);
      row (&w, b, "/z", b < 3 ? 50 * b : 7, 10);
    }
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 3);
  assert_values (&w, "/a", 3, 10, 5 / stretches[1].tick);
}

static void
test_rows_vanish (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 4; b++)
    {
      row (&w, b, "/a", 1 + b, 10);
      row (&w, b, "/b", 1 + b, 10);
      row (&w, b, "Aggregated", 2 + 2 * b, 10);
    }
  for (guint b = 4; b < 8; b++)
    {
      row (&w, b, "/a", 90 * (b - 3), 25);
      if (b >= 6)
        row (&w, b, "/b", 2 * (b - 5), 35);
      row (&w, b, "Aggregated", 90 * (b - 3) + (b >= 6 ? 2 * (b - 5) : 0), 25);
    }
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 4);
  g_assert_true (stretches[1].is_run);
  assert_values (&w, "/a", 4, 25, 90 / stretches[1].tick);
  assert_values (&w, "/b", 3, 10, 6 / time_between (&w, 0, 3) * 3 / 6);
  assert_values (&w, "/b", 4, NAN, NAN);
  assert_values (&w, "/b", 5, NAN, NAN);
  assert_values (&w, "/b", 6, 35, 2 / (time_between (&w, 4, 6) + stretches[1].tick));
  g_assert_false (scope_columns_has_row (
    scope_history_get_columns (w.history, fixture_find (w.history, "GET", "/b")), 5));
}

/* A row that could not be read is missing from its block, but the total still
 * counts its requests: no test has begun. */
static void
test_row_is_lost (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 40; b++)
    {
      row (&w, b, "/a", 1000 + 3 * b, 10);
      if (b == 20)
        g_string_append (w.text, "1795338559,5,GET,/b,damaged\r\n");
      else
        row (&w, b, "/b", 1000 + 2 * b, 10);
      if (b == 22)
        g_string_append (w.text, "1795338561,5,,Aggregated,damaged\r\n");
      else
        row (&w, b, "Aggregated", 2000 + 5 * b, 10);
    }
  flush (&w);
  g_assert_cmpuint (scope_history_get_n_bad_rows (w.history), ==, 2);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 1);
  assert_values (&w, "/a", 20, 10, 30 / time_between (&w, 10, 20));
  assert_values (&w, "/a", 30, 10, 30 / time_between (&w, 20, 30));
  assert_values (&w, "/b", 20, NAN, NAN);
  assert_values (&w, "/b", 21, 10, 20 / time_between (&w, 11, 21));
  /* counted from the row before the one that is not known */
  assert_values (&w, "/b", 30, 10, 22 / time_between (&w, 19, 30));
  assert_values (&w, "/b", 31, 10, 20 / time_between (&w, 21, 31));
  assert_values (&w, "Aggregated", 23, 10, 50 / time_between (&w, 13, 23));
}

static void
test_header_again (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  row (&w, 0, "/a", 1, 10);
  row (&w, 1, "/a", 2, 10);
  g_string_append (w.text, FIXTURE_HEADER);
  row (&w, 2, "/a", 30, 50);
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 2);
  assert_values (&w, "/a", 2, 50, 30 / stretches[1].tick);
}

/* Two parts of one file: counters that go on at their pace were not 0 before. */
static void
test_header_between_parts (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 30; b++)
    {
      if (b == 15)
        g_string_append (w.text, FIXTURE_HEADER);
      row (&w, b, "/a", 20 * b, 10);
    }
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  assert_values (&w, "/a", 15, NAN, NAN);
  assert_values (&w, "/a", 16, 10, 20 / time_between (&w, 15, 16));
}

/* A file that was cut within its first block: what an endpoint that lost its
 * row there had counted is not known. */
static void
test_cut_at_front (void)
{
  g_auto (Writer) w;

  writer_init (&w);
  row (&w, 0, "/b", 100, 10);
  row (&w, 0, "Aggregated", 300, 10);
  for (guint b = 1; b < 20; b++)
    {
      row (&w, b, "/a", 200 + 20 * b, 10);
      row (&w, b, "/b", 100 + 10 * b, 10);
      if (b > 5)
        row (&w, b, "/late", 4 * (b - 5), 10);
      row (&w, b, "Aggregated", 300 + 34 * b, 10);
    }
  flush (&w);
  assert_values (&w, "/b", 1, 10, 10 / time_between (&w, 0, 1));
  assert_values (&w, "/a", 1, NAN, NAN);
  assert_values (&w, "/a", 2, 10, 20 / time_between (&w, 1, 2));
  assert_values (&w, "/late", 6, 10, 4 / time_between (&w, 0, 6));
}

/* Nothing but what no chart can do without. */
static void
test_fewest_columns (void)
{
  g_autoptr (GString)      text = g_string_new ("Timestamp,Type,Name,Total Request Count,"
                                                "Total Failure Count,"
                                                "Total Average Response Time\r\n");
  g_autoptr (ScopeHistory) history = NULL;

  for (guint b = 0; b < 100; b++)
    g_string_append_printf (text, "%u,GET,/a,%u,%u,20.5\r\n", START + b, 10 * b, b);
  history = fixture_history (text->str, text->len);
  g_assert_cmpuint (scope_history_get_n_blocks (history), ==, 100);
  g_assert_cmpfloat_with_epsilon (
    scope_history_get_value (history, 0, SCOPE_STATISTIC (AVERAGE), 50), 20.5, 1e-9);
  g_assert_false (scope_history_has_statistic (history, SCOPE_STATISTIC (MAX)));
}

/* No window spans a pause of the writer; the counters go on. */
static void
test_pause (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  for (guint b = 0; b < 10; b++)
    row (&w, b, "/a", 10 * b, 10);
  for (guint b = 10; b < 15; b++)
    row (&w, b + 60, "/a", 10 * (b + 60), 10);
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 10);
  g_assert_false (stretches[1].is_run);
  g_assert_false (stretches[1].from_zero);
  assert_values (&w, "/a", 10, NAN, NAN);
  assert_values (&w, "/a", 11, 10, 10 / time_between (&w, 10, 11));
  assert_values (&w, "/a", 14, 10, 40 / time_between (&w, 10, 14));
}

static void
test_counters_fall_after_pause (void)
{
  g_auto (Writer)     w;
  const ScopeStretch *stretches;

  writer_init (&w);
  row (&w, 0, "/a", 10, 10);
  row (&w, 1, "/a", 20, 10);
  row (&w, 300, "/a", 4, 30);
  flush (&w);
  g_assert_cmpuint (get_stretches (&w, &stretches), ==, 2);
  g_assert_cmpuint (stretches[1].first, ==, 2);
  g_assert_true (stretches[1].is_run);
  assert_values (&w, "/a", 2, 30, 4 / stretches[1].tick);
}

/* At a tick of 2 s the zero of a run lies 2 s before its first block. */
static void
test_two_second_ticks (void)
{
  g_auto (Writer) w;

  writer_init (&w);
  for (guint b = 0; b < 20; b++)
    row (&w, 2 * b, "/a", b < 9 ? 0 : 20 * (b - 8), 10);
  flush (&w);
  assert_values (&w, "/a", 1, NAN, 0);
  g_assert_cmpfloat_with_epsilon (
    get_series (&w, "/a", SCOPE_STATISTIC (REQUESTS)).values[19], 10, 0.1);
}

static void
test_only_total (void)
{
  g_auto (Writer) w;

  writer_init (&w);
  row (&w, 0, "Aggregated", 0, 0);
  flush (&w);
  g_assert_false (scope_history_has_only_total (w.history));
  row (&w, 1, "Aggregated", 5, 10);
  flush (&w);
  g_assert_true (scope_history_has_only_total (w.history));
  g_assert_cmpuint (scope_history_get_n_endpoints (w.history), ==, 0);
  row (&w, 2, "/a", 5, 10);
  flush (&w);
  g_assert_false (scope_history_has_only_total (w.history));
}

static void
test_bad_rows (void)
{
  g_auto (Writer)    w;
  const ScopeBadRow *bad;
  guint              n;

  writer_init (&w);
  for (guint i = 0; i < 50; i++)
    {
      g_string_append (w.text, "damage\n");
      flush (&w);
    }
  g_assert_cmpuint (scope_history_get_n_bad_rows (w.history), ==, 50);
  bad = scope_history_get_bad_rows (w.history, &n);
  g_assert_cmpuint (n, ==, SCOPE_BAD_ROWS_KEPT);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (bad[i].line, ==, i + 2);
      g_assert_nonnull (bad[i].reason);
    }
}

/* Ten endpoints look ten ways before any is dashed, whatever their names. */
static void
test_slots (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_auto (Writer) w;
      guint           taken[40] = { 0 };

      writer_init (&w);
      row (&w, 0, "Aggregated", 1, 1);
      for (guint i = 0; i < 40; i++)
        {
          g_autofree char *name = g_strdup_printf ("/%u/%u", g_test_rand_int () & 0xffff, i);

          row (&w, 0, name, 1, 1);
        }
      flush (&w);
      scope_selection_show_all (w.history, TRUE);
      for (guint i = 1; i <= 40; i++)
        {
          guint slot = scope_endpoint_get_slot (scope_history_get_endpoint (w.history, i));

          g_assert_cmpuint (slot, <, MIN (40, (i + 9) / 10 * 10));
          g_assert_cmpuint (taken[slot]++, ==, 0);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/window", test_window);
  g_test_add_func ("/history/late-endpoint", test_late_endpoint);
  g_test_add_func ("/history/begins-mid-test", test_begins_mid_test);
  g_test_add_func ("/history/gap", test_gap);
  g_test_add_func ("/history/counters-fall", test_counters_fall);
  g_test_add_func ("/history/last-row-falls", test_last_row_falls);
  g_test_add_func ("/history/rows-vanish", test_rows_vanish);
  g_test_add_func ("/history/row-is-lost", test_row_is_lost);
  g_test_add_func ("/history/header-again", test_header_again);
  g_test_add_func ("/history/header-between-parts", test_header_between_parts);
  g_test_add_func ("/history/cut-at-front", test_cut_at_front);
  g_test_add_func ("/history/fewest-columns", test_fewest_columns);
  g_test_add_func ("/history/pause", test_pause);
  g_test_add_func ("/history/counters-fall-after-pause", test_counters_fall_after_pause);
  g_test_add_func ("/history/two-second-ticks", test_two_second_ticks);
  g_test_add_func ("/history/only-total", test_only_total);
  g_test_add_func ("/history/bad-rows", test_bad_rows);
  g_test_add_func ("/history/slots", test_slots);
  return g_test_run ();
}
