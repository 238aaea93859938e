/* fuzz-csv-parser.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes become a history or are refused, and whatever they become can be
 * looked at: each statistic, the numbers behind the charts, and the picture.
 * The history is the same if the bytes come in two pieces.  The first four bytes
 * choose what is dropped, where the pieces part, and what is looked at.
 */
#include "fixture.h"
#include "fuzz.h"

#include "curves.h"
#include "selection.h"

#include <string.h>

#define N_CHOICES 4

/* The smallest picture that can be exported. */
#define SIDE_PX 240

/* NULL where the bytes are refused. */
static ScopeHistory *
read_pieces (const char *text,
             gsize       length,
             gsize       part,
             guint       dropped)
{
  g_autoptr (ScopeHistory)   history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  gsize                      from = 0;

  scope_csv_parser_drop (parser, dropped);
  while (from < length)
    {
      gsize                   n = from == 0 ? part : length - from;
      g_autofree char        *copy = g_memdup2 (text + from, n);
      g_autoptr (GError)      error = NULL;
      g_autoptr (ScopeBlocks) blocks = scope_csv_parser_feed (parser, copy, n, &error);

      g_assert ((blocks != NULL) != (error != NULL));
      if (blocks == NULL)
        return NULL;
      scope_history_append (history, blocks);
      from += n;
    }
  return g_steal_pointer (&history);
}

/* One of those that there are. */
static void
choose_statistics (ScopeHistory *history,
                   guint         number)
{
  static const double windows[] = { 0, 5, 10, 60 };
  g_autoptr (GArray)  list = scope_history_list_statistics (history);
  ScopeStatistic      statistic;

  scope_history_set_window (history, windows[number % G_N_ELEMENTS (windows)]);
  if (list->len == 0)
    return;
  statistic = g_array_index (list, ScopeStatistic, number % list->len);
  if (scope_statistic_is_response_time (statistic))
    scope_history_set_response_time (history, statistic);
  else if (scope_statistic_is_throughput (statistic))
    scope_history_set_throughput (history, statistic);
}

static void
draw (const ScopePicture *picture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE_PX, SIDE_PX);
  cairo_t         *cr = cairo_create (surface);

  scope_picture_draw (picture, cr, SIDE_PX, SIDE_PX);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gboolean
take_text (gpointer    bytes,
           const char *text,
           gsize       length)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
  return TRUE;
}

static void
look_at (ScopeHistory *history,
         guint         statistic,
         guint         choices)
{
  g_autoptr (ScopeView)   view = scope_view_new (history);
  g_autoptr (ScopeLimits) limits = scope_limits_new (history);
  g_autoptr (GByteArray)  numbers = g_byte_array_new ();
  g_autoptr (ScopeCurves) curves = NULL;
  g_autofree char        *described = NULL;
  ScopePicture            picture = { .history = history,
                                      .view = view,
                                      .font = "Sans",
                                      .font_px = 13,
                                      .heading = "fuzz",
                                      .failures = choices % 3,
                                      .is_log = (choices & 4) != 0,
                                      .elapsed = (choices & 8) != 0,
                                      .limits = limits,
                                      .column = 1 };

  choose_statistics (history, statistic);
  if ((choices & 16) != 0 && scope_history_get_n_runs (history) > 0)
    scope_view_set_run (view, (int) (statistic % scope_history_get_n_runs (history)));
  scope_selection_settle (history);
  curves = scope_curves_new (&picture, NULL);
  scope_curves_write (curves, take_text, numbers);
  g_assert_true (g_utf8_validate_len ((const char *) numbers->data, numbers->len, NULL));
  if (scope_history_get_n_blocks (history) > 0)
    described = scope_picture_describe (&picture);
  g_assert_true (described == NULL || g_utf8_validate (described, -1, NULL));
  if ((choices & 224) == 224 && scope_history_get_n_blocks (history) > 0)
    draw (&picture);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint       kinds[] = { 0, 1 << SCOPE_VALUE_PERCENTILE,
                                       1 << SCOPE_VALUE_REQUEST_RATE };
  g_autoptr (ScopeHistory) whole = NULL;
  g_autoptr (ScopeHistory) pieces = NULL;
  const char              *text = (const char *) data + N_CHOICES;
  guint                    dropped;
  gsize                    length, part;

  if (size <= N_CHOICES)
    return 0;
  dropped = kinds[data[0] % G_N_ELEMENTS (kinds)];
  length = size - N_CHOICES;
  part = 1 + (length - 1) * data[1] / 256;
  whole = read_pieces (text, length, length, dropped);
  pieces = read_pieces (text, length, part, dropped);
  g_assert ((whole != NULL) == (pieces != NULL));
  if (whole == NULL || scope_history_get_schema (whole) == NULL)
    return 0;
  fixture_assert_same (pieces, whole);
  look_at (whole, data[2], data[3]);
  return 0;
}
