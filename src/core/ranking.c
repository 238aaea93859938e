/* ranking.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The total is not ranked.
 */
#include "ranking.h"

#include "means.h"

#include <math.h>

typedef struct
{
  ScopeEndpoint *endpoint; /* borrowed */
  double         value;
} Ranked;

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return (x->value < y->value) - (x->value > y->value);
}

/* The endpoints that have a value above @least over the stretch, highest first. */
static GArray *
rank (ScopeHistory  *history,
      ScopeStatistic statistic,
      double         least,
      double         start,
      double         end)
{
  guint   n = g_list_model_get_n_items (G_LIST_MODEL (history));
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < n; i++)
    {
      Ranked item = { scope_history_get_endpoint (history, i),
                      scope_history_get_mean (history, i, statistic, start, end) };

      if (!scope_endpoint_get_is_total (item.endpoint) && item.value > least)
        g_array_append_val (ranked, item);
    }
  g_array_sort (ranked, compare_values);
  return ranked;
}

/* Shows the first @n of them and nothing else; if there are none, all stays as it
 * is. */
static guint
show (ScopeHistory *history,
      GArray       *ranked,
      guint         n)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

  n = MIN (n, ranked->len);
  if (n == 0)
    return 0;
  for (guint i = 0; i < n; i++)
    g_hash_table_add (wanted, g_array_index (ranked, Ranked, i).endpoint);
  scope_history_hold_shown (history);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      scope_endpoint_set_visible (endpoint, g_hash_table_contains (wanted, endpoint));
    }
  scope_history_release_shown (history);
  return n;
}

/**
 * scope_ranking_show_slowest:
 * @history: the history
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 *
 * Shows the ten endpoints whose charted response time is highest over the
 * stretch, on average, and no others.
 *
 * Returns: how many; 0 where no endpoint has one, and nothing was changed
 */
guint
scope_ranking_show_slowest (ScopeHistory *history,
                            double        start,
                            double        end)
{
  g_autoptr (GArray) ranked =
    rank (history, scope_history_get_response_time (history), -1, start, end);

  return show (history, ranked, SCOPE_RANKING_SLOWEST);
}

/**
 * scope_ranking_show_failing:
 * @history: the history
 * @start: seconds since the epoch
 * @end: seconds since the epoch
 *
 * Shows all endpoints with failed requests in the stretch, and no others.
 *
 * Returns: how many; 0 where no request failed, and nothing was changed
 */
guint
scope_ranking_show_failing (ScopeHistory *history,
                            double        start,
                            double        end)
{
  g_autoptr (GArray) ranked = rank (history, SCOPE_STATISTIC (FAILURE_SHARE), 0, start, end);

  return show (history, ranked, ranked->len);
}
