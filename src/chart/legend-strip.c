/* legend-strip.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As many rows and columns as fit; where that is not enough, the last entry
 * says how many more there are.
 */
#include "legend-strip.h"

#include "compared.h"
#include "distinct.h"
#include "elapsed.h"
#include "ink.h"
#include "means.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define COLUMN_WIDTH_PX 280
#define WIDE_COLUMN_PX  370 /* with differences */
#define COLUMN_GAP_PX   28
#define SAMPLE_PX       24
#define GAP_PX          8
#define ROW_GAP_PX      4

/* s: the same moment is the same but for rounding. */
#define ROUNDING_S 1e-6

/* Whether the numbers are the means of what both runs have in sight, so that each
 * belongs to its difference. */
static gboolean
is_of_means (const ScopeLegendStrip *self)
{
  return !isnan (self->start);
}

/* When the numbers are of. */
static char *
make_caption (const ScopeLegendStrip *self,
              double                  origin)
{
  const double    *times = scope_history_get_times (self->history);
  g_autofree char *from = NULL, *to = NULL;

  if (!is_of_means (self))
    {
      to = scope_format_moment (times[self->block], origin);
      /* Translators: of the numbers in a legend: a time of day. */
      return g_strdup_printf (_("At %s"), to);
    }
  from = scope_format_moment (self->start, origin);
  to = scope_format_moment (self->end, origin);
  /* Translators: of the numbers in a legend: a stretch of time; the means of it, each with its
     difference from that of the curve that is dashed. */
  return g_strdup_printf (_("%s – %s: mean, and difference to the dashed"), from, to);
}

/**
 * scope_legend_strip_init:
 * @self: uninitialised storage
 * @history: of which the curves are
 * @baseline: (nullable): what is compared with
 * @curves: (element-type guint): positions of the endpoints, in their order
 * @start: of the time axis, in seconds since the epoch
 * @end: of the time axis, in seconds since the epoch
 * @origin: where elapsed times begin; NaN for the time of a clock
 *
 * Finds of when the numbers are: those at the end of what is in sight, or, where
 * two runs are compared, the means of what both have of it.
 */
void
scope_legend_strip_init (ScopeLegendStrip *self,
                         ScopeHistory     *history,
                         ScopeBaseline    *baseline,
                         const GArray     *curves,
                         double            start,
                         double            end,
                         double            origin)
{
  const double *times = scope_history_get_times (history);
  guint         n_blocks = scope_history_get_n_blocks (history);
  guint         after;

  *self = (ScopeLegendStrip){ .history = history,
                              .baseline = baseline,
                              .curves = curves,
                              .start = start,
                              .end = end };
  if (baseline == NULL || !scope_baseline_get_common (baseline, &self->start, &self->end))
    self->start = self->end = NAN;
  after = scope_times_find (times, n_blocks, end + ROUNDING_S);
  if (after == 0 || curves->len == 0)
    return;
  self->block = after - 1;
  self->caption = make_caption (self, origin);
}

void
scope_legend_strip_clear (ScopeLegendStrip *self)
{
  g_clear_pointer (&self->caption, g_free);
}

static guint
count_columns (const ScopeLegendStrip *self,
               double                  width)
{
  double column = self->baseline ? WIDE_COLUMN_PX : COLUMN_WIDTH_PX;

  return MAX ((guint) ((width + COLUMN_GAP_PX) / (column + COLUMN_GAP_PX)), 1);
}

static double
row_height (ScopeText *text)
{
  return scope_text_height (text, SCOPE_TEXT_BODY) + ROW_GAP_PX;
}

/**
 * scope_legend_strip_height:
 * @self: the legend
 * @width: px
 * @max_height: px
 * @text: the text style
 *
 * Returns: the height in px that it needs, at most @max_height; 0 where there is
 *   no room for any entry
 */
double
scope_legend_strip_height (const ScopeLegendStrip *self,
                           double                  width,
                           double                  max_height,
                           ScopeText              *text)
{
  guint  columns = count_columns (self, width);
  guint  rows = (self->curves->len + columns - 1) / columns + 1;
  double row = row_height (text);
  double most = MAX (floor (max_height / row), 0);

  return self->curves->len == 0 || most < 2 ? 0 : MIN (rows, most) * row;
}

static double
get_number (const ScopeLegendStrip *self,
            guint                   position,
            ScopeStatistic          statistic)
{
  if (self->caption == NULL)
    return NAN;
  return is_of_means (self) ? scope_history_get_mean (self->history, position, statistic,
                                                      self->start - ROUNDING_S,
                                                      self->end + ROUNDING_S)
                            : scope_history_get_value (self->history, position, statistic,
                                                       self->block);
}

static char *
format_difference (const ScopeLegendStrip *self,
                   guint                   position,
                   ScopeStatistic          statistic)
{
  return is_of_means (self)
           ? scope_compared_format_difference (scope_baseline_get_mean_difference (
               self->baseline, position, statistic, self->start, self->end))
           : NULL;
}

/* Returns: (transfer full): the numbers of the endpoint at @position, as in “31 ms
 *   (+12 %) · 12.4/s (−3 %)”. */
char *
scope_legend_strip_format_numbers (const ScopeLegendStrip *self,
                                   guint                   position)
{
  ScopeStatistic   of_times = scope_history_get_response_time (self->history);
  ScopeStatistic   of_rates = scope_history_get_throughput (self->history);
  double           response_time = get_number (self, position, of_times);
  double           throughput = get_number (self, position, of_rates);
  g_autofree char *ms = scope_format_number (response_time);
  g_autofree char *rate = isnan (throughput) ? g_strdup ("–") : scope_format_number (throughput);
  g_autofree char *slower = format_difference (self, position, of_times);
  g_autofree char *faster = format_difference (self, position, of_rates);

  if (isnan (response_time))
    /* Translators: no response time, and the throughput, as in “– · 0/s”. */
    return g_strdup_printf (_("– · %s/s"), rate);
  if (slower != NULL || faster != NULL)
    /* Translators: response time and throughput, each with its difference from the baseline,
       as in “31 ms (+12 %) · 12.4/s (−3 %)”. */
    return g_strdup_printf (_("%s ms (%s) · %s/s (%s)"), ms, slower ? slower : "–", rate,
                            faster ? faster : "–");
  /* Translators: response time and throughput, as in “31 ms · 12.4/s”. */
  return g_strdup_printf (_("%s ms · %s/s"), ms, rate);
}

/* What there is for a name. */
typedef struct
{
  ScopeText *text; /* borrowed */
  double     px;
} Room;

static gboolean
fits (const char *name,
      gpointer    data)
{
  const Room *room = data;

  return scope_text_measure (room->text, SCOPE_TEXT_BODY, name) <= room->px;
}

static void
draw_entry (const ScopeLegendStrip *self,
            guint                   position,
            cairo_t                *cr,
            ScopeText              *text,
            const ScopeTheme       *theme,
            double                  x,
            double                  y,
            double                  width)
{
  ScopeEndpoint   *endpoint = scope_history_get_endpoint (self->history, position);
  ScopePen         pen = scope_theme_get_pen (theme, endpoint);
  g_autofree char *numbers = scope_legend_strip_format_numbers (self, position);
  double           middle = round (y + scope_text_height (text, SCOPE_TEXT_BODY) / 2);
  double           room = width - SAMPLE_PX - GAP_PX;
  Room             there = { .text = text };
  g_autofree char *label = NULL;

  scope_color_set (&pen.color, cr);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, pen.dashes, pen.n_dashes, 0);
  cairo_set_line_cap (cr, pen.dashes ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, x, middle);
  cairo_line_to (cr, x + SAMPLE_PX, middle);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  room -= scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, numbers, x + width, y, 1, 0);
  room -= 2 * GAP_PX;
  if (room <= GAP_PX)
    return;
  there.px = room;
  label = scope_distinct_fit (self->history, endpoint, fits, &there);
  scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->text, label, x + SAMPLE_PX + GAP_PX, y, 0,
                   room);
}

/* Draws when the numbers are of, and below it the entries from top to bottom, then in
 * the next column. */
void
scope_legend_strip_draw (const ScopeLegendStrip *self,
                         cairo_t                *cr,
                         ScopeText              *text,
                         const ScopeTheme       *theme,
                         double                  left,
                         double                  top,
                         double                  width,
                         double                  height)
{
  guint  columns = count_columns (self, width);
  double row = row_height (text);
  guint  rows = (guint) (height / row + 0.001);
  double entry_width = (width + COLUMN_GAP_PX) / columns - COLUMN_GAP_PX;
  guint  n = self->curves->len;
  guint  places, used_rows;

  if (rows < 2)
    return;
  if (self->caption != NULL)
    scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, self->caption, left, top, 0, width);
  top += row;
  places = (rows - 1) * columns;
  used_rows = n > places ? rows - 1 : (n + columns - 1) / columns;
  for (guint i = 0; i < MIN (n, places); i++)
    {
      double x = left + (i / used_rows) * (entry_width + COLUMN_GAP_PX);
      double y = top + (i % used_rows) * row;

      if (i + 1 == places && n > places)
        {
          g_autofree char *more =
            g_strdup_printf (ngettext ("and %u more", "and %u more", n - i), n - i);

          scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, more, x + SAMPLE_PX + GAP_PX, y,
                           0, entry_width - SAMPLE_PX - GAP_PX);
          return;
        }
      draw_entry (self, g_array_index (self->curves, guint, i), cr, text, theme, x, y,
                  entry_width);
    }
}
