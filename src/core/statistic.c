/* statistic.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust writes counters and means since the start of a test.  What happened
 * in a window is the difference between its two ends:
 *
 *   average response time = (n2·a2 - n1·a1) / (n2 - n1)
 *   throughput            = (n2 - n1) / (t2 - t1)
 *
 * with n = Total Request Count and a = Total Average Response Time.  An
 * endpoint without a row at an end counts as (0, 0) there.  Everything else
 * is what Locust wrote, and named so.
 */
#include "statistic.h"

#include "number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const ScopeSchema    *schema;
  const ScopeColumns   *columns;
  const ScopeIntervals *intervals;
  guint                 from;
  guint                 to;
} Source;

typedef void (*Compute) (ScopeStatistic self,
                         const Source  *source,
                         float         *values);

/* The counters at the block where the interval begins. */
typedef struct
{
  guint64 count;
  guint64 failures;
  double  sum;
} Base;

static inline Base
get_base (const ScopeColumns *columns,
          gint32              base)
{
  Base  zero = { 0, 0, 0.0 };
  guint row;

  if (base < 0 || (guint) base < columns->first)
    return zero;
  row = base - columns->first;
  if (isnan (columns->sum[row]))
    return zero;
  return (Base){ columns->count[row], columns->failures[row], columns->sum[row] };
}

static void
compute_average (ScopeStatistic self,
                 const Source  *source,
                 float         *values)
{
  const ScopeColumns *columns = source->columns;

  for (guint i = source->from; i < source->to; i++)
    {
      gint32 b = source->intervals->base[columns->first + i];
      Base   base = get_base (columns, b);
      gint64 n = (gint64) (columns->count[i] - base.count);

      if (b == SCOPE_BASE_NONE || n <= 0 || isnan (columns->sum[i]))
        values[i - source->from] = NAN;
      else
        values[i - source->from] = (float) fmax (0, (columns->sum[i] - base.sum) / n);
    }
}

static void
compute_total_average (ScopeStatistic self,
                       const Source  *source,
                       float         *values)
{
  const ScopeColumns *columns = source->columns;

  for (guint i = source->from; i < source->to; i++)
    values[i - source->from] =
      columns->count[i] > 0 ? (float) (columns->sum[i] / columns->count[i]) : NAN;
}

static void
compute_rate (ScopeStatistic self,
              const Source  *source,
              float         *values)
{
  const ScopeColumns *columns = source->columns;
  gboolean            failures = self.kind == SCOPE_STATISTIC_FAILURES;

  for (guint i = source->from; i < source->to; i++)
    {
      gint32 b = source->intervals->base[columns->first + i];
      float  duration = source->intervals->duration[columns->first + i];
      Base   base = get_base (columns, b);
      gint64 n = failures ? (gint64) (columns->failures[i] - base.failures)
                          : (gint64) (columns->count[i] - base.count);

      if (b == SCOPE_BASE_NONE || duration <= 0 || n < 0 || isnan (columns->sum[i]))
        values[i - source->from] = NAN;
      else
        values[i - source->from] = n / duration;
    }
}

static int
find_value (ScopeStatistic     self,
            const ScopeSchema *schema)
{
  static const struct
  {
    ScopeStatisticKind kind;
    ScopeValueKind     value;
  } values[] = {
    { SCOPE_STATISTIC_PERCENTILE, SCOPE_VALUE_PERCENTILE },
    { SCOPE_STATISTIC_MIN, SCOPE_VALUE_MIN },
    { SCOPE_STATISTIC_MAX, SCOPE_VALUE_MAX },
    { SCOPE_STATISTIC_WRITTEN, SCOPE_VALUE_REQUEST_RATE },
  };

  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    for (guint i = 0; values[v].kind == self.kind && schema != NULL && i < schema->n_values; i++)
      if (schema->values[i].kind == values[v].value && schema->values[i].percent == self.percent)
        return (int) i;
  return -1;
}

static void
set_gaps (const Source *source,
          float        *values)
{
  for (guint i = source->from; i < source->to; i++)
    values[i - source->from] = NAN;
}

/* A rate is there without requests; of a response time 0 says that there was
 * none in the window, and before the first one there is none at all. */
static void
compute_written (ScopeStatistic self,
                 const Source  *source,
                 float         *values)
{
  const ScopeColumns *columns = source->columns;
  int                 column = find_value (self, source->schema);
  gboolean            is_rate = self.kind == SCOPE_STATISTIC_WRITTEN;

  if (column < 0)
    {
      set_gaps (source, values);
      return;
    }
  memcpy (values, columns->values[column] + source->from,
          sizeof (float) * (source->to - source->from));
  for (guint i = source->from; !is_rate && i < source->to; i++)
    if (columns->count[i] == 0 || values[i - source->from] == 0)
      values[i - source->from] = NAN;
}

static const struct
{
  const char *id;    /* as on the command line */
  const char *name;  /* in a list of choices */
  const char *title; /* heads the chart, with the unit */
  const char *span;  /* what a value covers; %g is the window in s */
  const char *block_span;
  Compute     compute;
} KINDS[] = {
  [SCOPE_STATISTIC_AVERAGE] = {
    .id = "average",
    .name = N_("Average"),
    .title = N_("Response time (ms)"),
    .span = N_("average over %g s"),
    .block_span = N_("average over one block"),
    .compute = compute_average,
  },
  [SCOPE_STATISTIC_PERCENTILE] = {
    .id = "p",
    .title = N_("Response time (ms)"),
    .compute = compute_written,
  },
  [SCOPE_STATISTIC_MIN] = {
    .id = "min",
    .name = N_("Minimum"),
    .title = N_("Response time (ms)"),
    .span = N_("minimum since the start"),
    .compute = compute_written,
  },
  [SCOPE_STATISTIC_MAX] = {
    .id = "max",
    .name = N_("Maximum"),
    .title = N_("Response time (ms)"),
    .span = N_("maximum since the start"),
    .compute = compute_written,
  },
  [SCOPE_STATISTIC_TOTAL_AVERAGE] = {
    .id = "total-average",
    .name = N_("Average since the start"),
    .title = N_("Response time (ms)"),
    .span = N_("average since the start"),
    .compute = compute_total_average,
  },
  [SCOPE_STATISTIC_REQUESTS] = {
    .id = "requests",
    .name = N_("Requests/s"),
    .title = N_("Requests/s"),
    .span = N_("counted over %g s"),
    .block_span = N_("counted over one block"),
    .compute = compute_rate,
  },
  [SCOPE_STATISTIC_FAILURES] = {
    .id = "failures",
    .name = N_("Failures/s"),
    .title = N_("Failures/s"),
    .span = N_("counted over %g s"),
    .block_span = N_("counted over one block"),
    .compute = compute_rate,
  },
  [SCOPE_STATISTIC_WRITTEN] = {
    .id = "written",
    .name = N_("Requests/s as Locust wrote it"),
    .title = N_("Requests/s"),
    .span = N_("as Locust wrote it, about 10 s that ended 3 s ago"),
    .compute = compute_written,
  },
};

/**
 * scope_statistic_parse:
 * @id: as on the command line, such as "average" or "p99.9"
 * @statistic: (out): what it names
 *
 * Returns: whether it names a statistic; a file need not have it
 */
gboolean
scope_statistic_parse (const char     *id,
                       ScopeStatistic *statistic)
{
  *statistic = (ScopeStatistic){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (i != SCOPE_STATISTIC_PERCENTILE && g_str_equal (id, KINDS[i].id))
      {
        statistic->kind = i;
        return TRUE;
      }
  statistic->kind = SCOPE_STATISTIC_PERCENTILE;
  return id[0] == 'p' && scope_parse_double (id + 1, strlen (id + 1), &statistic->percent) &&
         statistic->percent >= 0 && statistic->percent <= 100;
}

static char *
format_percent (double percent)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.12g", percent));
}

/* Returns: (transfer full): what scope_statistic_parse() understands. */
char *
scope_statistic_dup_id (ScopeStatistic self)
{
  g_autofree char *percent = NULL;

  if (self.kind != SCOPE_STATISTIC_PERCENTILE)
    return g_strdup (KINDS[self.kind].id);
  percent = format_percent (self.percent);
  return g_strconcat (KINDS[self.kind].id, percent, NULL);
}

gboolean
scope_statistic_equal (ScopeStatistic a,
                       ScopeStatistic b)
{
  return a.kind == b.kind && a.percent == b.percent;
}

/* Whether it is a response time in ms, not a rate. */
gboolean
scope_statistic_is_response_time (ScopeStatistic self)
{
  return self.kind < SCOPE_STATISTIC_REQUESTS;
}

/* Whether a file with these columns has it. */
gboolean
scope_statistic_is_available (ScopeStatistic     self,
                              const ScopeSchema *schema)
{
  return KINDS[self.kind].compute != compute_written || find_value (self, schema) >= 0;
}

/* Whether its values depend on the averaging window. */
gboolean
scope_statistic_uses_window (ScopeStatistic self)
{
  return KINDS[self.kind].block_span != NULL;
}

/* Returns: (transfer full): as in a list of choices, translated. */
char *
scope_statistic_dup_name (ScopeStatistic self)
{
  if (self.kind == SCOPE_STATISTIC_PERCENTILE) /* “p95” in every language */
    return scope_statistic_dup_id (self);
  return g_strdup (_(KINDS[self.kind].name));
}

/* Returns: (transfer full): what is measured, with its unit, translated. */
char *
scope_statistic_dup_title (ScopeStatistic self)
{
  return g_strdup (_(KINDS[self.kind].title));
}

static char *
format_span (const char *span,
             double      window)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
  return g_strdup_printf (span, window);
#pragma GCC diagnostic pop
}

/**
 * scope_statistic_dup_span:
 * @self: a statistic
 * @window: the averaging window in seconds; 0 is one block
 * @whole_run: whether the file's percentiles are of the whole run
 *
 * Returns: (transfer full): which statistic, and what a value covers,
 *   translated
 */
char *
scope_statistic_dup_span (ScopeStatistic self,
                          double         window,
                          gboolean       whole_run)
{
  g_autofree char *name = NULL;

  if (self.kind != SCOPE_STATISTIC_PERCENTILE)
    return format_span (window > 0 || KINDS[self.kind].block_span == NULL
                          ? _(KINDS[self.kind].span)
                          : _(KINDS[self.kind].block_span),
                        window);
  name = scope_statistic_dup_name (self);
  return g_strdup_printf (
    /* Translators: a percentile such as “p95”. */
    whole_run ? _("%s over the whole run") : _("%s over about 10 s"), name);
}

/**
 * scope_statistic_compute:
 * @self: a statistic
 * @schema: what the columns hold beside the counters
 * @columns: of an endpoint
 * @intervals: of all blocks up to the last row
 * @from: the first row
 * @to: the row after the last
 * @values: (out): one for each row; NaN is a gap
 */
void
scope_statistic_compute (ScopeStatistic        self,
                         const ScopeSchema    *schema,
                         const ScopeColumns   *columns,
                         const ScopeIntervals *intervals,
                         guint                 from,
                         guint                 to,
                         float                *values)
{
  Source source = {
    .schema = schema, .columns = columns, .intervals = intervals, .from = from, .to = to
  };

  KINDS[self.kind].compute (self, &source, values);
}
