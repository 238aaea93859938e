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
  float         *values; /* owned */
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
    g_free (self->items[i].values);
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
    }
  if (item->n < n)
    {
      scope_statistic_compute (statistic, schema, columns, intervals, item->n, n,
                               item->values + item->n);
      item->n = n;
    }
  return (ScopeSeries){ .values = item->values, .first = columns->first, .n = n };
}
