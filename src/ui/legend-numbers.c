/* legend-numbers.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which numbers an endpoint has: at the cursor, between its two ends, or the
 * latest, and how they differ from others; and what is said of them above.
 */
#include "legend-private.h"

#include "compared.h"
#include "elapsed.h"
#include "means.h"
#include "scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NO_BREAK_SPACE "\342\200\257" /* a narrow one */

/* What a number is of, and the latest of an endpoint. */
typedef struct
{
  ScopeStatistic (*get_statistic) (ScopeHistory *history);
  double         (*get_latest) (ScopeEndpoint *endpoint);
} Number;

static ScopeStatistic
get_failure_share (ScopeHistory *history)
{
  return SCOPE_STATISTIC (FAILURE_SHARE);
}

static const Number NUMBERS[] = {
  [SCOPE_LEGEND_RESPONSE_TIME] = { scope_history_get_response_time,
                                   scope_endpoint_get_response_time },
  [SCOPE_LEGEND_THROUGHPUT] = { scope_history_get_throughput, scope_endpoint_get_throughput },
  [SCOPE_LEGEND_FAILURE_SHARE] = { get_failure_share, scope_endpoint_get_failure_share },
};

/* What the numbers are of: of a stretch between two blocks, of one block, or the
 * latest. */
typedef enum
{
  OF_SPAN,
  OF_BLOCK,
  OF_LATEST,
} Of;

static Of
find_blocks (ScopeLegend *self,
             guint       *first,
             guint       *last)
{
  double start, end, time;

  if (scope_cursor_get_span (self->cursor, &start, &end) &&
      scope_history_find_block (self->history, start, first) &&
      scope_history_find_block (self->history, end, last) && *first < *last)
    return OF_SPAN;
  if (scope_cursor_get_time (self->cursor, &time) &&
      scope_history_find_block (self->history, time, last))
    return OF_BLOCK;
  return OF_LATEST;
}

/* Whether numbers have a second line, with what they are compared with. */
gboolean
scope_legend_has_two_lines (ScopeLegend *self)
{
  guint first, last;

  return self->baseline != NULL || find_blocks (self, &first, &last) == OF_SPAN;
}

/**
 * scope_legend_get_number:
 * @self: the legend
 * @column: one of numbers
 * @endpoint: of its history
 *
 * Returns: the number at the cursor, the mean between its two ends, or the latest;
 *   NaN where there is none
 */
double
scope_legend_get_number (ScopeLegend      *self,
                         ScopeLegendColumn column,
                         ScopeEndpoint    *endpoint)
{
  const Number  *number = &NUMBERS[column];
  guint          position = scope_endpoint_get_position (endpoint);
  ScopeStatistic statistic = number->get_statistic (self->history);
  double         start, end;
  guint          first, last;

  switch (find_blocks (self, &first, &last))
    {
    case OF_SPAN:
      scope_cursor_get_span (self->cursor, &start, &end);
      return scope_history_get_mean (self->history, position, statistic, start, end);
    case OF_BLOCK:
      return scope_history_get_value (self->history, position, statistic, last);
    case OF_LATEST:
    default:
      return number->get_latest (endpoint);
    }
}

/* A number is never broken at the spaces in it, but only where we do. */
static void
keep_together (GString *text)
{
  g_string_replace (text, " ", NO_BREAK_SPACE, 0);
}

/* With up to five digits: more would not fit, and nobody reads them.  What is more
 * is told in thousands, or in millions. */
static char *
format_number (double number)
{
  static const struct
  {
    double      least;
    double      unit;
    const char *suffix;
  } sizes[] = { { 99999.5e3, 1e6, "M" }, { 99999.5, 1e3, "k" }, { 0, 1, NULL } };
  g_autofree char    *digits = NULL;
  g_autoptr (GString) text = NULL;
  guint               i = 0;

  if (isnan (number))
    return g_strdup ("–");
  while (number < sizes[i].least)
    i++;
  digits = scope_format_number (number / sizes[i].unit);
  text = g_string_new (digits);
  if (sizes[i].suffix != NULL)
    g_string_append_printf (text, " %s", sizes[i].suffix);
  keep_together (text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "+12 %" of the baseline's value; NULL: nothing is compared. */
static char *
format_difference (ScopeLegend      *self,
                   Of                of,
                   guint             block,
                   ScopeLegendColumn column,
                   guint             position)
{
  ScopeStatistic      statistic = NUMBERS[column].get_statistic (self->history);
  double              difference;
  g_autofree char    *percent = NULL;
  g_autoptr (GString) text = NULL;

  if (self->baseline == NULL)
    return NULL;
  if (column == SCOPE_LEGEND_FAILURE_SHARE) /* per cent of per cent would be read wrong */
    return g_strdup (" ");
  if (of == OF_LATEST)
    difference = scope_baseline_get_mean_difference (self->baseline, position, statistic,
                                                     -INFINITY, INFINITY);
  else
    difference = scope_baseline_get_difference (self->baseline, position, statistic,
                                                scope_history_get_times (self->history)[block]);
  percent = scope_compared_format_difference (difference);
  text = g_string_new (percent ? percent : "–");
  keep_together (text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "+4.1", by how much a value changed from one end of the span to the other; NULL:
 * there is none, and nothing is compared. */
static char *
format_change (ScopeLegend      *self,
               ScopeLegendColumn column,
               ScopeEndpoint    *endpoint)
{
  ScopeStatistic   statistic = NUMBERS[column].get_statistic (self->history);
  guint            position = scope_endpoint_get_position (endpoint);
  guint            first, last;
  double           change;
  Of               of = find_blocks (self, &first, &last);
  g_autofree char *size = NULL;

  if (of != OF_SPAN)
    return format_difference (self, of, last, column, position);
  change = scope_history_get_value (self->history, position, statistic, last) -
           scope_history_get_value (self->history, position, statistic, first);
  size = format_number (fabs (change));
  if (isnan (change) || change == 0)
    return g_strdup (isnan (change) ? "–" : "±0");
  return g_strconcat (change < 0 ? "−" : "+", size, NULL);
}

/**
 * scope_legend_format_number:
 * @self: the legend
 * @column: one of numbers
 * @endpoint: of its history
 * @number: as scope_legend_get_number() gives it
 *
 * Returns: (transfer full): the number, and on a second line, if there is anything
 *   to compare it with, how it differs
 */
char *
scope_legend_format_number (ScopeLegend      *self,
                            ScopeLegendColumn column,
                            ScopeEndpoint    *endpoint,
                            double            number)
{
  g_autofree char *text = format_number (number);
  g_autofree char *change = format_change (self, column, endpoint);

  return change ? g_strconcat (text, "\n", change, NULL) : g_steal_pointer (&text);
}

static char *
say_time (ScopeLegend *self,
          double       time)
{
  return self->format_time ? self->format_time (self->format_data, time)
                           : scope_format_moment (time, NAN);
}

/**
 * scope_legend_set_format_time:
 * @self: the legend
 * @format_time: says times as the charts do; called again when they say them another way
 * @data: for @format_time; it outlives the legend
 */
void
scope_legend_set_format_time (ScopeLegend          *self,
                              ScopeLegendFormatTime format_time,
                              gpointer              data)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));

  self->format_time = format_time;
  self->format_data = data;
  if (self->history != NULL)
    scope_legend_queue_numbers (self);
}

/* Of the latest numbers, and by how much all that both runs have in common differs. */
static char *
say_latest_difference (ScopeLegend *self,
                       const char  *latest)
{
  double           start = -INFINITY, end = INFINITY;
  g_autofree char *common = NULL;

  if (!scope_baseline_get_common (self->baseline, &start, &end))
    /* Translators: of the numbers in a table: a time of day. */
    return g_strdup_printf (_("Latest, %s"), latest);
  common = scope_format_elapsed (end - start);
  /* Translators: of the numbers in a table, which are two in a row, one below the other: their
     time of day; a value, and by how many per cent its mean differs from that of another run,
     over the time that both have, as in “0:55”. */
  return g_strdup_printf (_("Latest, %s; difference: mean of the common %s"), latest, common);
}

/* Says above the rows when their numbers are of. */
void
scope_legend_show_caption (ScopeLegend *self)
{
  const double    *times = scope_history_get_times (self->history);
  guint            n = scope_history_get_n_blocks (self->history);
  guint            first = 0, last = scope_history_get_latest_block (self->history);
  Of               of = n > 0 ? find_blocks (self, &first, &last) : OF_LATEST;
  g_autofree char *from = n > 0 ? say_time (self, times[first]) : NULL;
  g_autofree char *to = n > 0 ? say_time (self, times[last]) : NULL;
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup ("");
  else if (of == OF_SPAN)
    /* Translators: of the numbers in a table, which are two in a row, one below the other:
       the mean of a stretch of time, and by how much a value changed from its start to its end. */
    text = g_strdup_printf (_("%s – %s: mean, and change"), from, to);
  else if (self->baseline != NULL && of == OF_LATEST)
    text = say_latest_difference (self, to);
  else if (self->baseline != NULL)
    /* Translators: of the numbers in a table, which are two in a row, one below the other: their
       time of day; a value, and by how many per cent it differs from that of another run. */
    text = g_strdup_printf (_("At %s: value, and difference to the dashed"), to);
  else if (of == OF_BLOCK)
    /* Translators: of the numbers in a table: a time of day. */
    text = g_strdup_printf (_("At %s"), to);
  else
    /* Translators: of the numbers in a table: a time of day. */
    text = g_strdup_printf (_("Latest, %s"), to);
  if (g_strcmp0 (gtk_label_get_text (self->caption), text) != 0)
    gtk_label_set_text (self->caption, text);
}
