/* compared.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The baseline's blocks are put into bins of their own, by the scale of the
 * time axis shifted by the offset: its curves are drawn like all others.
 */
#include "compared.h"

#include "uprights.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What is more is so many times as much. */
#define MOST_PER_CENT 999

static void
find_curves (ScopeCompared *self,
             const GArray  *shown)
{
  self->curves = g_array_sized_new (FALSE, FALSE, sizeof (ScopePair), shown->len);
  for (guint i = 0; i < shown->len; i++)
    {
      guint     position = g_array_index (shown, guint, i);
      ScopePair pair = { position, scope_baseline_get_position (self->baseline, position) };

      if (pair.position != SCOPE_BASELINE_NONE)
        g_array_append_val (self->curves, pair);
    }
}

/* The blocks of the run that touch [@start, @end], in the baseline's time. */
static ScopeBlockRange
find_range (ScopeBaseline *baseline,
            double         start,
            double         end)
{
  ScopeHistory   *history = scope_baseline_get_history (baseline);
  ScopeRun        run = scope_baseline_get_blocks (baseline);
  ScopeBlockRange range = scope_block_range (scope_history_get_times (history),
                                             scope_history_get_n_blocks (history), start, end);

  range.first = CLAMP (range.first, run.first, run.end);
  range.end = CLAMP (range.end, range.first, run.end);
  return range;
}

/**
 * scope_compared_init:
 * @self: uninitialised storage
 * @baseline: (nullable): what is compared with
 * @shown: (element-type guint): positions of the endpoints that are shown
 * @start: of the time axis, in seconds since the epoch
 * @end: of the time axis, in seconds since the epoch
 *
 * Finds what of the baseline is looked at.
 */
void
scope_compared_init (ScopeCompared *self,
                     ScopeBaseline *baseline,
                     const GArray  *shown,
                     double         start,
                     double         end)
{
  *self = (ScopeCompared){ 0 };
  if (baseline == NULL || !scope_baseline_get_offset (baseline, &self->offset))
    return;
  self->baseline = baseline;
  self->range = find_range (baseline, start - self->offset, end - self->offset);
  find_curves (self, shown);
}

/**
 * scope_compared_place:
 * @self: what is compared
 * @x: the scale of the time axis
 * @column: width of a pixel column in px
 * @beside: seconds at each side of the axis that a pen reaches in from
 *
 * Works out where its blocks stand.
 */
void
scope_compared_place (ScopeCompared    *self,
                      const ScopeScale *x,
                      double            column,
                      double            beside)
{
  ScopeHistory       *history;
  const ScopeStretch *stretches;
  ScopeBlockRange     range;
  guint               n_stretches;

  if (self->baseline == NULL)
    return;
  self->x = *x;
  self->x.low -= self->offset;
  self->x.high -= self->offset;
  history = scope_baseline_get_history (self->baseline);
  range = find_range (self->baseline, self->x.low - beside, self->x.high + beside);
  stretches = scope_history_get_stretches (history, &n_stretches);
  self->bins = scope_bins_new (scope_history_get_times (history), range, stretches, n_stretches,
                               &self->x, column);
  /* No line leads in from before the run, or from before its first request. */
  if (self->bins->len > 0 && range.first == scope_baseline_get_blocks (self->baseline).first)
    g_array_index (self->bins, ScopeBin, 0).starts_stretch = TRUE;
}

void
scope_compared_clear (ScopeCompared *self)
{
  g_clear_pointer (&self->curves, g_array_unref);
  g_clear_pointer (&self->bins, g_array_unref);
}

/* Values up to the end of what is looked at: behind a run comes another. */
static ScopeSeries
get_series (const ScopeCompared *self,
            const ScopePair     *pair,
            ScopeStatistic       statistic,
            gboolean             is_log)
{
  ScopeHistory *history = scope_baseline_get_history (self->baseline);
  ScopeSeries   series = is_log ? scope_history_get_log_series (history, pair->position, statistic)
                                : scope_history_get_series (history, pair->position, statistic);
  guint         end = scope_baseline_get_blocks (self->baseline).end;

  series.n = MIN (series.n, end - MIN (end, series.first));
  return series;
}

/**
 * scope_compared_get_extremes:
 * @self: what is compared
 * @statistic: what is charted
 * @is_log: whether by its decimal logarithms
 *
 * Returns: the lowest and the highest of its values that are looked at
 */
ScopeExtremes
scope_compared_get_extremes (const ScopeCompared *self,
                             ScopeStatistic       statistic,
                             gboolean             is_log)
{
  ScopeExtremes extremes = SCOPE_EXTREMES_NONE;

  if (self->baseline == NULL || !scope_baseline_has_statistic (self->baseline, statistic))
    return extremes;
  for (guint i = 0; i < self->curves->len; i++)
    {
      ScopeSeries series =
        get_series (self, &g_array_index (self->curves, ScopePair, i), statistic, is_log);
      ScopeExtremes own = scope_series_get_extremes (&series, self->range.first, self->range.end);

      extremes.lowest = MIN (extremes.lowest, own.lowest);
      extremes.highest = MAX (extremes.highest, own.highest);
    }
  return extremes;
}

/**
 * scope_compared_get_curves:
 * @self: what is compared
 * @history: the one that is shown, which decides about colours
 * @statistic: what is charted
 * @is_log: whether by its decimal logarithms
 * @theme: colours
 *
 * Returns: (transfer full) (element-type ScopeCurve): its curves, in the order of
 *   those that are shown; none where it has no such statistic
 */
GArray *
scope_compared_get_curves (const ScopeCompared *self,
                           ScopeHistory        *history,
                           ScopeStatistic       statistic,
                           gboolean             is_log,
                           const ScopeTheme    *theme)
{
  GArray *curves = g_array_new (FALSE, FALSE, sizeof (ScopeCurve));

  if (self->baseline == NULL || !scope_baseline_has_statistic (self->baseline, statistic))
    return curves;
  for (guint i = 0; i < self->curves->len; i++)
    {
      const ScopePair *pair = &g_array_index (self->curves, ScopePair, i);
      ScopeCurve       curve = {
              get_series (self, pair, statistic, is_log),
              scope_theme_get_baseline_pen (theme, scope_history_get_endpoint (history, pair->shown)),
      };

      g_array_append_val (curves, curve);
    }
  return curves;
}

/* Whether both stand in the same way beside what they are compared with. */
gboolean
scope_compared_is_same (const ScopeCompared *a,
                        const ScopeCompared *b)
{
  if (a->baseline != b->baseline || a->baseline == NULL)
    return a->baseline == b->baseline;
  return a->offset == b->offset && a->curves->len == b->curves->len &&
         (a->curves->len == 0 || memcmp (a->curves->data, b->curves->data,
                                         a->curves->len * sizeof (ScopePair)) == 0) &&
         scope_uprights_suit (a->bins, a->curves->len) ==
           scope_uprights_suit (b->bins, b->curves->len);
}

/* Returns: (transfer full): a difference in per cent, as in “+12 %”, or as in “×30”
 *   where that can be grasped more easily; %NULL of NaN. */
char *
scope_compared_format_difference (double difference)
{
  double           rounded = round (difference);
  g_autofree char *number = NULL;

  if (isnan (difference))
    return NULL;
  if (rounded > MOST_PER_CENT)
    return g_strdup_printf ("×%.0f", 1 + difference / 100);
  number = g_strdup_printf ("%s%.0f", rounded > 0 ? "+" : rounded < 0 ? "−" : "±", fabs (rounded));
  /* Translators: a difference in per cent, with its sign. */
  return g_strdup_printf (_("%s %%"), number);
}

/* Returns: (transfer full): what the curves of @baseline look like, where they are
 *   from, and why there are none, as the case may be. */
char *
scope_compared_describe (ScopeBaseline *baseline)
{
  g_autofree char *name = scope_baseline_dup_name (baseline);
  g_autofree char *problem = scope_baseline_dup_problem (baseline);
  g_autofree char *text = NULL;

  /* Translators: a file, one of its runs, or both, as in “old.csv, run 2”: their curves
     are dashed. */
  text = g_strdup_printf (_("Dashed: %s"), name);
  return problem ? g_strconcat (text, " · ", problem, NULL) : g_steal_pointer (&text);
}
