/* test-legend-strip.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a picture that stands alone are of what it shows.
 */
#include "fixture.h"
#include "legend-strip.h"

#include <math.h>

#define START     1795338539
#define YESTERDAY (START - 86400)

#define HEADER                                                                           \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,Total Request Count,"            \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"          \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

/* A block without requests, and then 5 a block: of @before ms up to block @step, of @after ms from there on. */
static ScopeHistory *
make_run (gint64 start,
          guint  n_blocks,
          guint  step,
          double before,
          double after)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  double              sum = 0;
  ScopeHistory       *history;

  for (guint b = 0; b <= n_blocks; b++)
    {
      char average[G_ASCII_DTOSTR_BUF_SIZE];

      sum += b == 0 ? 0 : b <= step ? before : after;
      g_ascii_dtostr (average, sizeof average, b > 0 ? sum / b : 0);
      g_string_append_printf (text, "%" G_GINT64_FORMAT ",5,GET,/a,5,0,%u,0,12,%s,1,99,64\r\n",
                              start + b, 5 * b, average);
    }
  history = fixture_parse (text->str, text->len);
  scope_history_set_window (history, 0);
  return history;
}

static double
get_time (ScopeHistory *history,
          guint         block)
{
  return scope_history_get_times (history)[block];
}

static void
assert_says (ScopeHistory  *history,
             ScopeBaseline *baseline,
             double         start,
             double         end,
             const char    *caption,
             const char    *numbers)
{
  g_autoptr (GArray)  curves = g_array_new (FALSE, TRUE, sizeof (guint));
  double              origin = scope_history_get_run_start (history, 0);
  ScopeLegendStrip    strip;
  g_autofree char    *said = NULL;

  g_array_set_size (curves, 1);
  scope_legend_strip_init (&strip, history, baseline, curves, start, end, origin);
  said = scope_legend_strip_format_numbers (&strip, 0);
  g_assert_cmpstr (strip.caption, ==, caption);
  g_assert_cmpstr (said, ==, numbers);
  scope_legend_strip_clear (&strip);
}

static void
test_end (void)
{
  g_autoptr (ScopeHistory) history = make_run (START, 60, 30, 20, 40);
  double                   start = scope_history_get_run_start (history, 0);

  assert_says (history, NULL, start, get_time (history, 60), "At 1:00", "40.0 ms · 5.0/s");
  assert_says (history, NULL, get_time (history, 5), get_time (history, 25), "At 0:25", "20.0 ms · 5.0/s");
  assert_says (history, NULL, get_time (history, 5), get_time (history, 25) + 0.4, "At 0:25", "20.0 ms · 5.0/s");
  assert_says (history, NULL, start - 50, start - 20, NULL, "– · –/s"); /* nothing is in sight */
}

/* The run that is compared with ends after 40 s. */
static void
test_compared (void)
{
  g_autoptr (ScopeHistory)  history = make_run (START, 60, 30, 20, 40);
  g_autoptr (ScopeHistory)  other = make_run (YESTERDAY, 40, 0, 10, 10);
  g_autoptr (ScopeView)     view = scope_view_new (history);
  g_autoptr (ScopeBaseline) baseline = scope_baseline_new (history, view, other, -1, "old.csv");
  double                    start = scope_history_get_run_start (history, 0);

  assert_says (history, baseline, start, get_time (history, 60),
               "0:00 – 0:40: mean, and difference to the dashed", "25.0 ms (+150 %) · 4.9/s (±0 %)");
  assert_says (history, baseline, get_time (history, 10), get_time (history, 20),
               "0:10 – 0:20: mean, and difference to the dashed", "20.0 ms (+100 %) · 5.0/s (±0 %)");
  assert_says (history, baseline, get_time (history, 50), get_time (history, 60), "At 1:00", "40.0 ms · 5.0/s");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legend-strip/end", test_end);
  g_test_add_func ("/legend-strip/compared", test_compared);
  return g_test_run ();
}
