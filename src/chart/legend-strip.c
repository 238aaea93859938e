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
#include "ink.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define COLUMN_WIDTH_PX 280
#define WIDE_COLUMN_PX  370 /* with differences */
#define COLUMN_GAP_PX   28
#define SAMPLE_PX       24
#define GAP_PX          8
#define ROW_GAP_PX      4

static guint
count_columns (ScopeBaseline *baseline,
               double         width)
{
  double column = baseline ? WIDE_COLUMN_PX : COLUMN_WIDTH_PX;

  return MAX ((guint) ((width + COLUMN_GAP_PX) / (column + COLUMN_GAP_PX)), 1);
}

static double
row_height (ScopeText *text)
{
  return scope_text_height (text, SCOPE_TEXT_BODY) + ROW_GAP_PX;
}

/**
 * scope_legend_strip_height:
 * @baseline: (nullable): what is compared with
 * @n_entries: how many curves there are
 * @width: px
 * @max_height: px
 * @text: the text style
 *
 * Returns: the height in px that they need, at most @max_height
 */
double
scope_legend_strip_height (ScopeBaseline *baseline,
                           guint          n_entries,
                           double         width,
                           double         max_height,
                           ScopeText     *text)
{
  guint  columns = count_columns (baseline, width);
  guint  rows = (n_entries + columns - 1) / columns;
  double row = row_height (text);

  return MIN (rows, floor (max_height / row)) * row;
}

static char *
format_difference (ScopeBaseline *baseline,
                   guint          position,
                   ScopeStatistic statistic)
{
  return baseline ? scope_compared_format_difference (
                      scope_baseline_get_latest_difference (baseline, position, statistic))
                  : NULL;
}

static char *
format_latest (ScopeHistory  *history,
               ScopeBaseline *baseline,
               guint          position)
{
  ScopeEndpoint   *endpoint = scope_history_get_endpoint (history, position);
  double           response_time = scope_endpoint_get_response_time (endpoint);
  double           throughput = scope_endpoint_get_throughput (endpoint);
  g_autofree char *ms = scope_format_number (response_time);
  g_autofree char *rate = isnan (throughput) ? g_strdup ("–") : scope_format_number (throughput);
  g_autofree char *slower =
    format_difference (baseline, position, scope_history_get_response_time (history));
  g_autofree char *faster =
    format_difference (baseline, position, scope_history_get_throughput (history));

  if (isnan (response_time))
    /* Translators: no response time, and the latest throughput, as in “– · 0/s”. */
    return g_strdup_printf (_("– · %s/s"), rate);
  if (slower != NULL || faster != NULL)
    /* Translators: latest response time and throughput, each with its difference from the
     * baseline, as in “31 ms (+12 %) · 12.4/s (−3 %)”. */
    return g_strdup_printf (_("%s ms (%s) · %s/s (%s)"), ms, slower ? slower : "–", rate,
                            faster ? faster : "–");
  /* Translators: latest response time and throughput, as in “31 ms · 12.4/s”. */
  return g_strdup_printf (_("%s ms · %s/s"), ms, rate);
}

static void
draw_entry (ScopeHistory     *history,
            ScopeBaseline    *baseline,
            guint             position,
            cairo_t          *cr,
            ScopeText        *text,
            const ScopeTheme *theme,
            double            x,
            double            y,
            double            width)
{
  ScopeEndpoint   *endpoint = scope_history_get_endpoint (history, position);
  ScopePen         pen = scope_theme_get_pen (theme, endpoint);
  g_autofree char *label = scope_endpoint_dup_label (endpoint);
  g_autofree char *latest = format_latest (history, baseline, position);
  double           middle = round (y + scope_text_height (text, SCOPE_TEXT_BODY) / 2);
  double           room = width - SAMPLE_PX - GAP_PX;

  scope_color_set (&pen.color, cr);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, pen.dashes, pen.n_dashes, 0);
  cairo_set_line_cap (cr, pen.dashes ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, x, middle);
  cairo_line_to (cr, x + SAMPLE_PX, middle);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  room -= scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, latest, x + width, y, 1, 0);
  if (room > 3 * GAP_PX)
    scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->text, label, x + SAMPLE_PX + GAP_PX, y, 0,
                     room - 2 * GAP_PX);
}

/* Draws the entries of @curves (element-type guint) from top to bottom, then
 * in the next column. */
void
scope_legend_strip_draw (ScopeHistory     *history,
                         ScopeBaseline    *baseline,
                         const GArray     *curves,
                         cairo_t          *cr,
                         ScopeText        *text,
                         const ScopeTheme *theme,
                         double            left,
                         double            top,
                         double            width,
                         double            height)
{
  guint  columns = count_columns (baseline, width);
  double row = row_height (text);
  guint  rows = (guint) (height / row + 0.001);
  double entry_width = (width + COLUMN_GAP_PX) / columns - COLUMN_GAP_PX;
  guint  places = rows * columns;
  guint  used_rows;

  if (places == 0)
    return;
  used_rows = curves->len > places ? rows : (curves->len + columns - 1) / columns;
  for (guint i = 0; i < MIN (curves->len, places); i++)
    {
      double x = left + (i / used_rows) * (entry_width + COLUMN_GAP_PX);
      double y = top + (i % used_rows) * row;

      if (i + 1 == places && curves->len > places)
        {
          guint            n = curves->len - i;
          g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

          scope_text_draw (text, cr, SCOPE_TEXT_BODY, &theme->dim, more, x + SAMPLE_PX + GAP_PX, y,
                           0, entry_width - SAMPLE_PX - GAP_PX);
          return;
        }
      draw_entry (history, baseline, g_array_index (curves, guint, i), cr, text, theme, x, y,
                  entry_width);
    }
}
