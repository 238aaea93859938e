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
 * endpoint that has had no row in the run counts as (0, 0) there; one whose
 * row could not be read has no value.  Everything else is what Locust wrote,
 * and named so; in a log of requests it comes from the requests themselves.
 */
#include "statistic.h"

#include "counters.h"
#include "number.h"
#include "samples.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What is left of equal sums after products and differences. */
#define ROUNDING_MS 1e-3

/* Blocks by which a window may be longer than it should. */
#define MOST_EARLIER 3

typedef struct
{
  const ScopeColumns   *columns;
  const ScopeIntervals *intervals;
  int                   column;  /* of a value that Locust wrote, or -1 */
  double                percent; /* of a percentile of a log */
} Source;

/* One row's value; the row is there. */
typedef double (*GetValue) (const Source *source,
                            guint         row);

/* The base of an interval, or a block near it if nothing is known there of
 * this endpoint: the row could not be read, or never came.  One a little
 * earlier is best; otherwise the window is shorter. */
static gint32
get_known_base (const Source        *source,
                const ScopeInterval *interval,
                gint32               block)
{
  gint32 base = interval->base;

  if (base == SCOPE_BASE_NONE || !isnan (scope_counters_get (source->columns, base).sum))
    return base;
  for (gint32 b = base - 1; b >= (gint32) interval->stretch && b >= base - MOST_EARLIER; b--)
    if (!isnan (scope_counters_get (source->columns, b).sum))
      return b;
  while (++base < block)
    if (!isnan (scope_counters_get (source->columns, base).sum))
      return base;
  return SCOPE_BASE_NONE;
}

/* What was counted in the interval that ends at the row; NaN where none does. */
static inline ScopeCounters
get_difference (const Source *source,
                guint         row)
{
  static const ScopeCounters none = { NAN, NAN, NAN, NAN };
  guint                      block = source->columns->first + row;
  const ScopeInterval       *interval = &source->intervals->blocks[block];
  gint32                     base = get_known_base (source, interval, (gint32) block);
  double                     duration = interval->duration;
  ScopeCounters              now, before;

  if (base == SCOPE_BASE_NONE)
    return none;
  if (base != interval->base)
    duration = source->intervals->times[block] - source->intervals->times[base];
  if (source->intervals->smooth > 1)
    {
      now = scope_counters_get_smooth (source->columns, source->intervals->smooth,
                                       interval->stretch, (gint32) block);
      before = scope_counters_get_smooth (source->columns, source->intervals->smooth,
                                          interval->stretch, base);
    }
  else
    {
      now = scope_counters_get (source->columns, (gint32) block);
      before = scope_counters_get (source->columns, base);
    }
  if (isnan (now.sum - before.sum))
    return none;
  return (ScopeCounters){ now.count - before.count, now.failures - before.failures,
                          now.sum - before.sum, duration };
}

static double
get_average (const Source *source,
             guint         row)
{
  ScopeCounters difference = get_difference (source, row);

  /* A sum that falls though the count rises is no sum of one run. */
  if (!(difference.count > 1e-6) || difference.sum < -ROUNDING_MS)
    return NAN;
  return fmax (0, difference.sum / difference.count);
}

static double
get_total_average (const Source *source,
                   guint         row)
{
  const ScopeColumns *columns = source->columns;

  guint64             count = scope_columns_get_count (columns, row);

  return count > 0 ? scope_columns_get_sum (columns, row) / count : NAN;
}

static double
get_rate (double n,
          double duration)
{
  return n >= 0 && duration > 0 ? n / duration : NAN;
}

static double
get_request_rate (const Source *source,
                  guint         row)
{
  ScopeCounters difference = get_difference (source, row);

  return get_rate (difference.count, difference.duration);
}

static double
get_failure_rate (const Source *source,
                  guint         row)
{
  ScopeCounters difference = get_difference (source, row);

  return get_rate (difference.failures, difference.duration);
}

/* Of the requests in the window, in per cent; NaN where there was none. */
static double
get_failure_share (const Source *source,
                   guint         row)
{
  ScopeCounters difference = get_difference (source, row);

  if (!(difference.count > 1e-6) || difference.failures < 0)
    return NAN;
  return fmin (100 * difference.failures / difference.count, 100);
}

/* A rate is there without requests. */
static double
get_written_rate (const Source *source,
                  guint         row)
{
  return scope_columns_get_value (source->columns, source->column, row);
}

/* Of a response time, 0 says that there was no request in the window; before
 * the first one there is none at all. */
static double
get_written_time (const Source *source,
                  guint         row)
{
  double value = scope_columns_get_value (source->columns, source->column, row);

  return scope_columns_get_count (source->columns, row) == 0 || value == 0 ? NAN : value;
}

/* A minimum or maximum of 0 ms is one. */
static double
get_written_extreme (const Source *source,
                     guint         row)
{
  return scope_columns_get_count (source->columns, row) == 0
           ? NAN
           : scope_columns_get_value (source->columns, source->column, row);
}

/* Of single requests all can be had over the window. */
static double
get_sample_percentile (const Source *source,
                       guint         row)
{
  guint                first = source->columns->first;
  const ScopeInterval *interval = &source->intervals->blocks[first + row];
  guint                from;

  if (interval->base == SCOPE_BASE_NONE)
    return NAN;
  from = interval->base == SCOPE_BASE_ZERO ? interval->stretch : (guint) interval->base + 1;
  return scope_samples_get_percentile (source->columns, from > first ? from - first : 0, row + 1,
                                       source->percent);
}

typedef struct
{
  const char *span; /* what a value covers; %g is the window in s */
  const char *block_span;
  GetValue    get_value;
  gboolean    is_written; /* a column of the file, of this kind: */
  ScopeValueKind value;
} Origin;

static const struct
{
  const char *id;    /* as on the command line */
  const char *name;  /* in a list of choices */
  const char *title; /* heads the chart, with the unit */
  Origin      origin;
  Origin      in_log; /* where it is another */
  double      percent; /* what it is the percentile of in a log */
} KINDS[] = {
  [SCOPE_STATISTIC_AVERAGE] = {
    .id = "average",
    .name = N_("Average"),
    .title = N_("Response time (ms)"),
    .origin = {
      .span = N_("average over %g s"),
      .block_span = N_("average over one block"),
      .get_value = get_average,
    },
  },
  [SCOPE_STATISTIC_PERCENTILE] = {
    .id = "p",
    .title = N_("Response time (ms)"),
    .origin = {
      .get_value = get_written_time,
      .is_written = TRUE,
      .value = SCOPE_VALUE_PERCENTILE,
    },
    .in_log = {
      /* Translators: a percentile such as “p95”. */
      .span = N_("%s over %g s"),
      .block_span = N_("%s over one block"),
      .get_value = get_sample_percentile,
    },
  },
  [SCOPE_STATISTIC_MIN] = {
    .id = "min",
    .name = N_("Minimum"),
    .title = N_("Response time (ms)"),
    .origin = {
      .span = N_("minimum since the start"),
      .get_value = get_written_extreme,
      .is_written = TRUE,
      .value = SCOPE_VALUE_MIN,
    },
    .in_log = {
      .span = N_("minimum over %g s"),
      .block_span = N_("minimum over one block"),
      .get_value = get_sample_percentile,
    },
    .percent = 0,
  },
  [SCOPE_STATISTIC_MAX] = {
    .id = "max",
    .name = N_("Maximum"),
    .title = N_("Response time (ms)"),
    .origin = {
      .span = N_("maximum since the start"),
      .get_value = get_written_extreme,
      .is_written = TRUE,
      .value = SCOPE_VALUE_MAX,
    },
    .in_log = {
      .span = N_("maximum over %g s"),
      .block_span = N_("maximum over one block"),
      .get_value = get_sample_percentile,
    },
    .percent = 100,
  },
  [SCOPE_STATISTIC_TOTAL_AVERAGE] = {
    .id = "total-average",
    .name = N_("Average since the start"),
    .title = N_("Response time (ms)"),
    .origin = { .span = N_("average since the start"), .get_value = get_total_average },
  },
  [SCOPE_STATISTIC_REQUESTS] = {
    .id = "requests",
    .name = N_("Requests/s"),
    .title = N_("Requests/s"),
    .origin = {
      .span = N_("counted over %g s"),
      .block_span = N_("counted over one block"),
      .get_value = get_request_rate,
    },
  },
  [SCOPE_STATISTIC_FAILURES] = {
    .id = "failures",
    .name = N_("Failures/s"),
    .title = N_("Failures/s"),
    .origin = {
      .span = N_("counted over %g s"),
      .block_span = N_("counted over one block"),
      .get_value = get_failure_rate,
    },
  },
  [SCOPE_STATISTIC_WRITTEN] = {
    .id = "written",
    .name = N_("Requests/s as Locust wrote it"),
    .title = N_("Requests/s"),
    .origin = {
      .span = N_("as Locust wrote it, about 10 s that ended 3 s ago"),
      .get_value = get_written_rate,
      .is_written = TRUE,
      .value = SCOPE_VALUE_REQUEST_RATE,
    },
  },
  [SCOPE_STATISTIC_FAILURE_SHARE] = {
    .id = "failure-share",
    .name = N_("Failure share"),
    .title = N_("Failed requests (%)"),
    .origin = {
      .span = N_("share over %g s"),
      .block_span = N_("share over one block"),
      .get_value = get_failure_share,
    },
  },
};

static const Origin *
get_origin (ScopeStatistic     self,
            const ScopeSchema *schema)
{
  return schema != NULL && schema->has_requests && KINDS[self.kind].in_log.get_value != NULL
           ? &KINDS[self.kind].in_log
           : &KINDS[self.kind].origin;
}

/* The place of a column that Locust wrote, or -1 where the file has none. */
static int
find_column (ScopeStatistic     self,
             const ScopeSchema *schema)
{
  const Origin *origin = get_origin (self, schema);

  for (guint i = 0; origin->is_written && schema != NULL && i < schema->n_values; i++)
    if (schema->values[i].kind == origin->value &&
        schema->values[i].percent == self.percent)
      return (int) i;
  return -1;
}

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

/* Whether it is requests or failures a second. */
gboolean
scope_statistic_is_throughput (ScopeStatistic self)
{
  return self.kind >= SCOPE_STATISTIC_REQUESTS && self.kind <= SCOPE_STATISTIC_WRITTEN;
}

/* Whether a file with these columns has it. */
gboolean
scope_statistic_is_available (ScopeStatistic     self,
                              const ScopeSchema *schema)
{
  /* The difference of two averages that were cut to whole ms says nothing. */
  if (self.kind == SCOPE_STATISTIC_AVERAGE && schema != NULL && schema->averages_are_cut)
    return FALSE;
  return !get_origin (self, schema)->is_written || find_column (self, schema) >= 0;
}

/* Whether it is of what Locust wrote in such columns. */
gboolean
scope_statistic_uses_value (ScopeStatistic self,
                            ScopeValueKind kind)
{
  return KINDS[self.kind].origin.is_written && KINDS[self.kind].origin.value == kind;
}

/* Whether its values depend on the averaging window in a file with these
 * columns. */
gboolean
scope_statistic_uses_window (ScopeStatistic     self,
                             const ScopeSchema *schema)
{
  return get_origin (self, schema)->block_span != NULL;
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

/* The pragmas: both formats are translated. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
static char *
format_span (const Origin *origin,
             const char   *percentile,
             double        window)
{
  const char *span = window > 0 || origin->block_span == NULL ? origin->span : origin->block_span;

  return percentile ? g_strdup_printf (_(span), percentile, window)
                    : g_strdup_printf (_(span), window);
}
#pragma GCC diagnostic pop

/**
 * scope_statistic_dup_span:
 * @self: a statistic
 * @schema: (nullable): which columns the file has
 * @window: the averaging window in seconds; 0 is one block
 * @whole_run: whether the file's percentiles are of the whole run
 *
 * Returns: (transfer full): which statistic, and what a value covers,
 *   translated
 */
char *
scope_statistic_dup_span (ScopeStatistic     self,
                          const ScopeSchema *schema,
                          double             window,
                          gboolean           whole_run)
{
  const Origin    *origin = get_origin (self, schema);
  g_autofree char *percentile = NULL;

  if (self.kind == SCOPE_STATISTIC_PERCENTILE)
    percentile = scope_statistic_dup_name (self);
  if (origin->span != NULL)
    return format_span (origin, percentile, window);
  return g_strdup_printf (
    /* Translators: a percentile such as “p95”. */
    whole_run ? _("%s over the whole run") : _("%s over about 10 s"), percentile);
}

static Source
get_source (ScopeStatistic        self,
            const ScopeSchema    *schema,
            const ScopeColumns   *columns,
            const ScopeIntervals *intervals)
{
  return (Source){ .columns = columns,
                   .intervals = intervals,
                   .column = find_column (self, schema),
                   .percent = self.kind == SCOPE_STATISTIC_PERCENTILE
                                ? self.percent
                                : KINDS[self.kind].percent };
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
  const Origin *origin = get_origin (self, schema);
  Source        source = get_source (self, schema, columns, intervals);
  gboolean      missing = origin->is_written && source.column < 0;

  for (guint i = from; i < to; i++)
    values[i - from] =
      missing || isnan (scope_columns_get_sum (columns, i)) ? NAN : (float) origin->get_value (&source, i);
}

/* The value of one row, as scope_statistic_compute() but in full precision. */
double
scope_statistic_get_value (ScopeStatistic        self,
                           const ScopeSchema    *schema,
                           const ScopeColumns   *columns,
                           const ScopeIntervals *intervals,
                           guint                 row)
{
  const Origin *origin = get_origin (self, schema);
  Source        source = get_source (self, schema, columns, intervals);

  if ((origin->is_written && source.column < 0) || isnan (scope_columns_get_sum (columns, row)))
    return NAN;
  return origin->get_value (&source, row);
}
