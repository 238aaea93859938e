/* series.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * New blocks cost what they are; old ones nothing.
 */
#include "series.h"

/* Values, so that a live test does not need more with its first blocks. */
#define ROOM 128

typedef struct
{
  ScopeStatistic statistic;
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
          ScopeStatistic    statistic)
{
  for (guint i = 0; i < self->n_items; i++)
    if (scope_statistic_equal (self->items[i].statistic, statistic))
      return &self->items[i];
  self->items = g_renew (Item, self->items, self->n_items + 1);
  self->items[self->n_items] = (Item){ .statistic = statistic };
  return &self->items[self->n_items++];
}

/* Of gaps alone 0. */
static float
find_highest (const float *values,
              guint        n)
{
  float highest = 0;

  for (guint i = 0; i < n; i++)
    highest = values[i] > highest ? values[i] : highest; /* never true of a gap */
  return highest;
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

      for (guint v = end - SCOPE_SERIES_GROUP - (i > 0); v < end; v++)
        {
          float value = item->values[v];

          extremes.lowest = value < extremes.lowest ? value : extremes.lowest;
          extremes.highest = value > extremes.highest ? value : extremes.highest;
        }
      item->extremes[i] = extremes;
    }
}

/**
 * scope_series_cache_get:
 * @self: the cache of an endpoint
 * @statistic: what is wanted
 * @schema: what the columns hold beside the counters
 * @columns: of that endpoint
 * @intervals: up to the last block
 *
 * Returns: one value for each row; valid until the columns grow
 */
ScopeSeries
scope_series_cache_get (ScopeSeriesCache     *self,
                        ScopeStatistic        statistic,
                        const ScopeSchema    *schema,
                        const ScopeColumns   *columns,
                        const ScopeIntervals *intervals)
{
  Item *item = get_item (self, statistic);
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
      item->n = n;
      update_extremes (item, first);
    }
  return (ScopeSeries){ .values = item->values,
                        .first = columns->first,
                        .n = n,
                        .extremes = item->extremes };
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
  guint first = MAX (from, self->first) - self->first;
  guint end = MIN (to, self->first + self->n) - MIN (to, self->first);
  guint group = first == 0 ? 0 : first / SCOPE_SERIES_GROUP + 1; /* with the value before it */
  guint end_group = end / SCOPE_SERIES_GROUP;
  float highest;

  if (first >= end)
    return 0;
  if (self->extremes == NULL || group >= end_group)
    return find_highest (self->values + first, end - first);
  highest = find_highest (self->values + first, group * SCOPE_SERIES_GROUP - first);
  for (; group < end_group; group++)
    highest = MAX (highest, self->extremes[group].highest);
  return MAX (highest, find_highest (self->values + end_group * SCOPE_SERIES_GROUP,
                                     end - end_group * SCOPE_SERIES_GROUP));
}
