/* series.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * New blocks cost what they are; old ones nothing.
 */
#include "series.h"

#include <math.h>

/* Values, so that a live test does not need more with its first blocks. */
#define ROOM 128

typedef struct
{
  ScopeStatistic statistic;
  gboolean       is_log;    /* their decimal logarithms */
  float         *values;   /* owned */
  ScopeExtremes *extremes; /* owned: of each whole group of them */
  guint          n;
  guint          allocated;
} Item;

struct _ScopeSeriesCache
{
  guint n_items;
  Item *items; /* owned: one for each statistic that was asked for */
};

ScopeSeriesCache *
scope_series_cache_new (void)
{
  return g_new0 (ScopeSeriesCache, 1);
}

void
scope_series_cache_free (ScopeSeriesCache *self)
{
  for (guint i = 0; i < self->n_items; i++)
    {
      g_free (self->items[i].values);
      g_free (self->items[i].extremes);
    }
  g_free (self->items);
  g_free (self);
}

/* Forgets all values from row @n on: they have changed. */
void
scope_series_cache_truncate (ScopeSeriesCache *self,
                             guint             n)
{
  for (guint i = 0; i < self->n_items; i++)
    self->items[i].n = MIN (self->items[i].n, n);
}

static Item *
get_item (ScopeSeriesCache *self,
          ScopeStatistic    statistic,
          gboolean          is_log)
{
  for (guint i = 0; i < self->n_items; i++)
    if (scope_statistic_equal (self->items[i].statistic, statistic) &&
        self->items[i].is_log == is_log)
      return &self->items[i];
  self->items = g_renew (Item, self->items, self->n_items + 1);
  self->items[self->n_items] = (Item){ .statistic = statistic, .is_log = is_log };
  return &self->items[self->n_items++];
}

/* A gap stays one. */
static float
take_log (float value)
{
  return isnan (value) ? value : log10f (MAX (value, (float) SCOPE_SERIES_LEAST));
}

/* Takes in values; no comparison is true of a gap. */
static void
widen (ScopeExtremes *self,
       const float   *values,
       guint          n)
{
  float lowest = self->lowest, highest = self->highest;

  for (guint i = 0; i < n; i++)
    {
      lowest = values[i] < lowest ? values[i] : lowest;
      highest = values[i] > highest ? values[i] : highest;
    }
  *self = (ScopeExtremes){ lowest, highest };
}

/* The values from @first on are new. */
static void
update_extremes (Item *item,
                 guint first)
{
  for (guint i = first / SCOPE_SERIES_GROUP; (i + 1) * SCOPE_SERIES_GROUP <= item->n; i++)
    {
      const guint   end = (i + 1) * SCOPE_SERIES_GROUP;
      ScopeExtremes extremes = { G_MAXFLOAT, -G_MAXFLOAT };

      widen (&extremes, item->values + end - SCOPE_SERIES_GROUP - (i > 0),
             SCOPE_SERIES_GROUP + (i > 0));
      item->extremes[i] = extremes;
    }
}

/**
 * scope_series_cache_get:
 * @self: the cache of an endpoint
 * @statistic: what is wanted
 * @is_log: whether their decimal logarithms are
 * @schema: what the columns hold beside the counters
 * @columns: of that endpoint
 * @intervals: up to the last block
 *
 * Returns: one value for each row; valid until the columns grow
 */
ScopeSeries
scope_series_cache_get (ScopeSeriesCache     *self,
                        ScopeStatistic        statistic,
                        gboolean              is_log,
                        const ScopeSchema    *schema,
                        const ScopeColumns   *columns,
                        const ScopeIntervals *intervals)
{
  Item *item = get_item (self, statistic, !!is_log);
  guint n = columns->n_rows;

  if (n > item->allocated)
    {
      item->allocated = n + n / 8 + ROOM;
      item->values = g_renew (float, item->values, item->allocated);
      item->extremes =
        g_renew (ScopeExtremes, item->extremes, item->allocated / SCOPE_SERIES_GROUP + 1);
    }
  if (item->n < n)
    {
      guint first = item->n;

      scope_statistic_compute (statistic, schema, columns, intervals, first, n,
                               item->values + first);
      for (guint i = first; item->is_log && i < n; i++)
        item->values[i] = take_log (item->values[i]);
      item->n = n;
      update_extremes (item, first);
    }
  return (ScopeSeries){ .values = item->values,
                        .first = columns->first,
                        .n = n,
                        .extremes = item->extremes };
}

/* Returns: (transfer none) (nullable): the values of the first @n rows, as far
 *   as they are kept. */
const float *
scope_series_cache_peek (ScopeSeriesCache *self,
                         ScopeStatistic    statistic,
                         guint            *n)
{
  *n = 0;
  for (guint i = 0; i < self->n_items; i++)
    if (!self->items[i].is_log && scope_statistic_equal (self->items[i].statistic, statistic))
      {
        *n = self->items[i].n;
        return self->items[i].values;
      }
  return NULL;
}

/**
 * scope_series_get_extremes:
 * @self: values by block
 * @from: the first block that is looked at
 * @to: the block behind the last
 *
 * Returns: the lowest and the highest value there
 */
ScopeExtremes
scope_series_get_extremes (const ScopeSeries *self,
                           guint              from,
                           guint              to)
{
  guint         first = MAX (from, self->first) - self->first;
  guint         end = MIN (to, self->first + self->n) - MIN (to, self->first);
  guint         group = first == 0 ? 0 : first / SCOPE_SERIES_GROUP + 1; /* with the value before it */
  guint         end_group = end / SCOPE_SERIES_GROUP;
  ScopeExtremes extremes = { G_MAXFLOAT, -G_MAXFLOAT };

  if (first >= end)
    return extremes;
  if (self->extremes == NULL || group >= end_group)
    {
      widen (&extremes, self->values + first, end - first);
      return extremes;
    }
  widen (&extremes, self->values + first, group * SCOPE_SERIES_GROUP - first);
  for (; group < end_group; group++)
    {
      extremes.lowest = MIN (extremes.lowest, self->extremes[group].lowest);
      extremes.highest = MAX (extremes.highest, self->extremes[group].highest);
    }
  widen (&extremes, self->values + end_group * SCOPE_SERIES_GROUP,
         end - end_group * SCOPE_SERIES_GROUP);
  return extremes;
}

/**
 * scope_series_get_highest:
 * @self: values by block
 * @from: the first block that is looked at
 * @to: the block behind the last
 *
 * Returns: the highest value there, or 0 where there is none above
 */
double
scope_series_get_highest (const ScopeSeries *self,
                          guint              from,
                          guint              to)
{
  return MAX (scope_series_get_extremes (self, from, to).highest, 0);
}
