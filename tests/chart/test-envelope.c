/* test-envelope.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The envelope of random series against a plain oracle that looks at every
 * sample of every pixel column again: at any zoom, with gaps, with stretches
 * and with endpoints that begin late.
 */
#include "envelope.h"
#include "fixture.h"

#include <math.h>

/* Of a pixel: so near to the next one is in it. */
#define ALMOST 1e-3

#define MAX_BLOCKS 5000

typedef struct
{
  guint         n_blocks;
  double        times[MAX_BLOCKS];
  float         values[MAX_BLOCKS];
  ScopeStretch  stretches[MAX_BLOCKS];
  guint         n_stretches;
  ScopeSeries   series;
  ScopeScale    x;
  double        column;
} Case;

/* Without stretches but the first, and without gaps: one block a second. */
static void
case_init (Case  *self,
           guint  n_blocks,
           double width)
{
  *self = (Case){ .n_blocks = n_blocks, .n_stretches = 1, .column = 1 };
  for (guint b = 0; b < n_blocks; b++)
    {
      self->times[b] = 1795338538.5 + b;
      self->values[b] = (float) b;
    }
  self->series = (ScopeSeries){ .values = self->values, .first = 0, .n = n_blocks };
  self->x = (ScopeScale){ self->times[0], self->times[n_blocks - 1], 50, 50 + width };
  if (n_blocks == 1)
    self->x.high += 10;
}

static void
case_randomise (Case *self)
{
  guint  n = self->n_blocks = g_test_rand_int_range (1, g_test_rand_bit () ? 40 : MAX_BLOCKS + 1);
  double time = 1795338538.5;
  double gaps = g_test_rand_bit () ? 0 : g_test_rand_double_range (0, 0.9);
  double breaks = g_test_rand_bit () ? 0 : g_test_rand_double_range (0, 0.2);
  double zoom, start;
  guint  first;

  self->n_stretches = 0;
  for (guint b = 0; b < n; b++)
    {
      gboolean starts = b == 0 || g_test_rand_double () < breaks;

      if (starts)
        self->stretches[self->n_stretches++] = (ScopeStretch){ .first = b };
      time += g_test_rand_double_range (0.001, 2) + (starts ? 10 : 0);
      self->times[b] = time;
      self->values[b] =
        g_test_rand_double () < gaps ? NAN : (float) g_test_rand_double_range (0, 100);
    }
  first = g_test_rand_bit () ? 0 : (guint) g_test_rand_int_range (0, n + 1);
  self->series = (ScopeSeries){ .values = self->values + first,
                                .first = first,
                                .n = n - first - (g_test_rand_bit () && first < n) };

  zoom = g_test_rand_bit () ? 1 : g_test_rand_double_range (0.001, 1.5);
  start = (time - self->times[0]) * (1 - zoom);
  start = self->times[0] + g_test_rand_double_range (-0.2, 1) * start;
  self->x = (ScopeScale){ .low = start,
                          .high = start + (time - self->times[0]) * zoom + 0.01,
                          .from = 47,
                          .to = 47 + g_test_rand_int_range (1, 2001) };
  self->column = g_test_rand_bit () ? 1 : 0.5;
}

static GArray *
make_envelope (Case            *self,
               ScopeBlockRange *range)
{
  g_autoptr (GArray) bins = NULL;

  *range = scope_block_range (self->times, self->n_blocks, self->x.low, self->x.high);
  bins = scope_bins_new (self->times, *range, self->stretches, self->n_stretches, &self->x,
                         self->column);
  return canvas_get_points (bins, &self->series);
}

static float
get_value (Case *self,
           guint block)
{
  if (block < self->series.first || block >= self->series.first + self->series.n)
    return NAN;
  return self->series.values[block - self->series.first];
}

static gboolean
starts_stretch (Case *self,
                guint block)
{
  for (guint s = 0; s < self->n_stretches; s++)
    if (self->stretches[s].first == block)
      return TRUE;
  return FALSE;
}

static double
get_place (Case *self,
           guint block)
{
  double px = scope_scale_to_px (&self->x, self->times[block]) - self->x.from;

  return floor (px / self->column + ALMOST);
}

/* The point of blocks [first, end), worked out the long way.  Returns whether
 * there is one. */
static gboolean
expect_point (Case           *self,
              ScopeBlockRange range,
              guint           first,
              guint           end,
              ScopePoint     *point)
{
  guint n = 0;

  *point = (ScopePoint){ .low = INFINITY, .high = -INFINITY };
  for (guint b = first; b < end; b++)
    {
      float value = get_value (self, b);

      if (isnan (value))
        continue;
      if (n++ == 0)
        {
          point->first = value;
          point->joined = b > range.first && !isnan (get_value (self, b - 1)) &&
                          !starts_stretch (self, b);
        }
      point->last = value;
      point->low = fminf (point->low, value);
      point->high = fmaxf (point->high, value);
    }
  return n > 0;
}

static void
check (Case *self)
{
  ScopeBlockRange range;
  g_autoptr (GArray) points = make_envelope (self, &range);
  guint p = 0;

  for (guint first = range.first, end; first < range.end; first = end)
    {
      ScopePoint        wanted;
      const ScopePoint *point;

      for (end = first + 1; end < range.end; end++)
        if (get_place (self, end) != get_place (self, first) || starts_stretch (self, end))
          break;
      if (!expect_point (self, range, first, end, &wanted))
        continue;
      g_assert_cmpuint (p, <, points->len);
      point = &g_array_index (points, ScopePoint, p++);
      g_assert_cmpfloat (point->low, ==, wanted.low);
      g_assert_cmpfloat (point->high, ==, wanted.high);
      g_assert_cmpfloat (point->first, ==, wanted.first);
      g_assert_cmpfloat (point->last, ==, wanted.last);
      g_assert_cmpint (point->joined, ==, wanted.joined);
      g_assert_cmpfloat_with_epsilon (point->x_first,
                                      scope_scale_to_px (&self->x, self->times[first]),
                                      1e-6 * fabs (point->x_first) + 1e-3);
      g_assert_cmpfloat_with_epsilon (point->x_last,
                                      scope_scale_to_px (&self->x, self->times[end - 1]),
                                      1e-6 * fabs (point->x_last) + 1e-3);
      g_assert_cmpfloat (point->x_last - point->x_first, <=, self->column + 0.002);
    }
  g_assert_cmpuint (p, ==, points->len);
}

static void
test_random (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  for (guint i = 0; i < 600; i++)
    {
      case_randomise (self);
      check (self);
    }
}

/* Every sample is there once: the ranges of bins follow one another. */
static void
test_bins_cover (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  for (guint i = 0; i < 200; i++)
    {
      ScopeBlockRange    range;
      g_autoptr (GArray) bins = NULL;
      guint              next;

      case_randomise (self);
      range = scope_block_range (self->times, self->n_blocks, self->x.low, self->x.high);
      bins = scope_bins_new (self->times, range, self->stretches, self->n_stretches, &self->x,
                             self->column);
      next = range.first;
      for (guint k = 0; k < bins->len; k++)
        {
          const ScopeBin *bin = &g_array_index (bins, ScopeBin, k);

          g_assert_cmpuint (bin->first, ==, next);
          g_assert_cmpuint (bin->end, >, bin->first);
          next = bin->end;
        }
      g_assert_cmpuint (next, ==, range.end);
    }
}

static void
test_block_range (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  for (guint i = 0; i < 400; i++)
    {
      ScopeBlockRange range;

      case_randomise (self);
      range = scope_block_range (self->times, self->n_blocks, self->x.low, self->x.high);
      g_assert_cmpuint (range.first, <, self->n_blocks);
      g_assert_cmpuint (range.end, <=, self->n_blocks);
      for (guint b = 0; b < self->n_blocks; b++)
        if (self->times[b] >= self->x.low && self->times[b] <= self->x.high)
          {
            g_assert_cmpuint (b, >=, range.first);
            g_assert_cmpuint (b, <, range.end);
          }
      /* Lines lead out at both sides wherever there is somewhere to lead. */
      g_assert_true (range.first == 0 || self->times[range.first] <= self->x.low);
      g_assert_true (range.end == self->n_blocks || self->times[range.end - 1] >= self->x.high);
    }
}

static void
test_block_range_of_nothing (void)
{
  ScopeBlockRange range = scope_block_range (NULL, 0, 5, 6);

  g_assert_cmpuint (range.first, ==, 0);
  g_assert_cmpuint (range.end, ==, 0);
}

static void
test_spike (void)
{
  static const double widths[] = { 1, 2, 7, 100, 719, 1130, 2000 };
  g_autofree Case    *self = g_new0 (Case, 1);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint i = 0; i < 60; i++)
      {
        guint           n = g_test_rand_int_range (1, MAX_BLOCKS + 1);
        guint           spike = g_test_rand_int_range (0, n);
        ScopeBlockRange range;
        float           low = 0, high = 0;
        g_autoptr (GArray) points = NULL;

        case_init (self, n, widths[w]);
        self->column = i % 2 ? 1 : 0.5;
        for (guint b = 0; b < n; b++)
          self->values[b] = 5;
        self->values[spike] = i % 3 ? 900 : -900;
        points = make_envelope (self, &range);
        for (guint p = 0; p < points->len; p++)
          {
            low = fminf (low, g_array_index (points, ScopePoint, p).low);
            high = fmaxf (high, g_array_index (points, ScopePoint, p).high);
          }
        g_assert_cmpfloat (i % 3 ? high : -low, ==, 900);
        g_assert_cmpuint (points->len, <=, widths[w] / self->column + 1);
      }
}

/* The envelope as a line of text: values, and a bar where it is broken. */
static char *
describe (Case *self)
{
  ScopeBlockRange    range;
  g_autoptr (GArray) points = make_envelope (self, &range);
  GString           *text = g_string_new (NULL);

  for (guint p = 0; p < points->len; p++)
    {
      const ScopePoint *point = &g_array_index (points, ScopePoint, p);

      g_string_append_printf (text, "%s%g", point->joined ? "-" : p > 0 ? "|" : "", point->first);
      if (point->low != point->high)
        g_string_append_printf (text, "(%g..%g)%g", point->low, point->high, point->last);
    }
  return g_string_free (text, FALSE);
}

static void
assert_described (Case       *self,
                  const char *expected)
{
  g_autofree char *text = describe (self);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_gap_at_edge (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  /* One block a column. */
  case_init (self, 6, 500);
  assert_described (self, "0-1-2-3-4-5");
  self->values[0] = NAN;
  assert_described (self, "1-2-3-4-5");
  self->values[5] = NAN;
  assert_described (self, "1-2-3-4");
  self->values[2] = NAN;
  assert_described (self, "1|3-4");

  /* Three blocks a column: a gap at the edge of a column breaks the line. */
  case_init (self, 9, 8.0 / 3);
  assert_described (self, "0(0..2)2-3(3..5)5-6(6..8)8");
  self->values[2] = NAN;
  assert_described (self, "0(0..1)1|3(3..5)5-6(6..8)8");
  self->values[6] = NAN;
  assert_described (self, "0(0..1)1|3(3..5)5|7(7..8)8");
  /* One inside a column does not show. */
  self->values[4] = NAN;
  assert_described (self, "0(0..1)1|3(3..5)5|7(7..8)8");
  self->values[3] = self->values[5] = NAN;
  assert_described (self, "0(0..1)1|7(7..8)8");
}

static void
test_stretch_start (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  case_init (self, 6, 500);
  self->stretches[1] = (ScopeStretch){ .first = 3 };
  self->n_stretches = 2;
  assert_described (self, "0-1-2|3-4-5");
  self->values[3] = NAN;
  assert_described (self, "0-1-2|4-5");

  /* In the middle of a column: the column is split. */
  case_init (self, 9, 8.0 / 3);
  self->stretches[1] = (ScopeStretch){ .first = 4 };
  self->n_stretches = 2;
  assert_described (self, "0(0..2)2-3|4(4..5)5-6(6..8)8");

  /* A start before the range that is looked at does not count again. */
  self->x.low = self->times[5] + 0.5;
  assert_described (self, "5-6-7-8");
}

static void
test_late_endpoint (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  case_init (self, 9, 8.0 / 3);
  self->series = (ScopeSeries){ .values = self->values + 4, .first = 4, .n = 5 };
  assert_described (self, "4(4..5)5-6(6..8)8");
  self->series = (ScopeSeries){ .values = self->values + 8, .first = 8, .n = 1 };
  assert_described (self, "8");
  self->series = (ScopeSeries){ .values = NULL, .first = 9, .n = 0 };
  assert_described (self, "");
  /* Its columns are one row short while a block is being read. */
  self->series = (ScopeSeries){ .values = self->values, .first = 0, .n = 8 };
  assert_described (self, "0(0..2)2-3(3..5)5-6(6..7)7");
}

static void
test_lone_samples (void)
{
  g_autofree Case *self = g_new0 (Case, 1);

  case_init (self, 7, 600);
  for (guint b = 1; b < 7; b += 2)
    self->values[b] = NAN;
  assert_described (self, "0|2|4|6");
  case_init (self, 1, 600);
  assert_described (self, "0");
  self->values[0] = NAN;
  assert_described (self, "");
}

static void
test_highest (void)
{
  g_autofree Case *self = g_new0 (Case, 1);
  ScopeSeries      nothing = { NULL, 3, 0 };

  for (guint i = 0; i < 300; i++)
    {
      ScopeBlockRange range;
      float           highest = 0;

      case_randomise (self);
      range = scope_block_range (self->times, self->n_blocks, self->x.low, self->x.high);
      for (guint b = range.first; b < range.end; b++)
        highest = fmaxf (highest, get_value (self, b));
      g_assert_cmpfloat (scope_series_get_highest (&self->series, range.first, range.end), ==, highest);
    }
  g_assert_cmpfloat (scope_series_get_highest (&nothing, 0, 9), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/envelope/random", test_random);
  g_test_add_func ("/envelope/bins-cover", test_bins_cover);
  g_test_add_func ("/envelope/block-range", test_block_range);
  g_test_add_func ("/envelope/block-range/of-nothing", test_block_range_of_nothing);
  g_test_add_func ("/envelope/spike", test_spike);
  g_test_add_func ("/envelope/gap-at-edge", test_gap_at_edge);
  g_test_add_func ("/envelope/stretch-start", test_stretch_start);
  g_test_add_func ("/envelope/late-endpoint", test_late_endpoint);
  g_test_add_func ("/envelope/lone-samples", test_lone_samples);
  g_test_add_func ("/envelope/highest", test_highest);
  return g_test_run ();
}
