/* selection.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The total is shown where there is nothing else.  Of more endpoints than
 * fit one look, those are shown that cost their users the most time.
 */
#include "selection.h"

#include <fnmatch.h>
#include <math.h>

#define SHOWN_OF_MORE 10

typedef struct
{
  ScopeEndpoint *endpoint; /* borrowed */
  double         cost;     /* requests × average response time, in ms */
  guint          first;    /* block of its first row */
  gboolean       by_default; /* it is shown unless its user has hidden it */
} Ranked;

static int
compare_cost (gconstpointer a,
              gconstpointer b)
{
  const Ranked *x = a, *y = b;

  return (x->cost < y->cost) - (x->cost > y->cost);
}

/* In the order in which colours are handed out: as endpoints came in the file, so that
 * it is the same while the test runs and when the file is opened later. */
static int
compare_turn (gconstpointer a,
              gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->by_default != y->by_default)
    return x->by_default ? -1 : 1;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return scope_endpoint_compare (x->endpoint, y->endpoint);
}

static double
get_cost (const ScopeColumns *columns)
{
  double sum = columns->n_rows > 0 ? scope_columns_get_sum (columns, columns->n_rows - 1) : 0;

  return isnan (sum) ? 0 : sum;
}

/* Returns: (transfer full) (element-type Ranked): all but the total */
static GArray *
rank (ScopeHistory *history)
{
  guint   n = g_list_model_get_n_items (G_LIST_MODEL (history));
  guint   n_endpoints = scope_history_get_n_endpoints (history);
  guint   n_shown = n_endpoints > SCOPE_SHOWN_BY_DEFAULT ? SHOWN_OF_MORE : n_endpoints;
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < n; i++)
    {
      const ScopeColumns *columns = scope_history_get_columns (history, i);
      Ranked              item = {
                     .endpoint = scope_history_get_endpoint (history, i),
                     .cost = get_cost (columns),
                     .first = columns->first,
      };

      if (!scope_endpoint_get_is_total (item.endpoint))
        g_array_append_val (ranked, item);
    }
  if (n_shown < n_endpoints)
    g_array_sort (ranked, compare_cost);
  for (guint i = 0; i < MIN (n_shown, ranked->len); i++)
    g_array_index (ranked, Ranked, i).by_default = TRUE;
  return ranked;
}

static void
propose_total (ScopeHistory *history)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (scope_endpoint_get_is_total (endpoint))
        scope_endpoint_propose_visible (endpoint, scope_history_get_n_endpoints (history) == 0 ||
                                                    scope_history_has_only_total (history));
    }
}

/* Hides first: that frees colours for those that are shown.  What its user has hidden
 * keeps the colour it would have.
 *
 * @anew: whether no colour is one that its user has grown used to */
static void
propose (ScopeHistory *history,
         gboolean      anew)
{
  g_autoptr (GArray) ranked = rank (history);
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (Ranked));

  scope_history_hold_shown (history);
  propose_total (history);
  for (guint i = 0; i < ranked->len; i++)
    {
      const Ranked *item = &g_array_index (ranked, Ranked, i);

      if (!item->by_default)
        scope_endpoint_propose_visible (item->endpoint, FALSE);
      if (anew || scope_endpoint_get_is_new (item->endpoint))
        scope_endpoint_drop_slot (item->endpoint);
      scope_endpoint_settle_slot (item->endpoint);
      if (item->by_default || scope_endpoint_get_visible (item->endpoint))
        g_array_append_vals (turns, item, 1);
    }
  g_array_sort (turns, compare_turn);
  for (guint i = 0; i < turns->len; i++)
    {
      const Ranked *item = &g_array_index (turns, Ranked, i);

      scope_endpoint_take_slot (item->endpoint);
      if (item->by_default)
        scope_endpoint_propose_visible (item->endpoint, TRUE);
    }
  scope_history_release_shown (history);
}

/**
 * scope_selection_propose:
 * @history: the history
 *
 * Shows what is shown by default, except where the user has chosen, and hands out
 * colours to endpoints that are new.
 */
void
scope_selection_propose (ScopeHistory *history)
{
  propose (history, FALSE);
}

/**
 * scope_selection_settle:
 * @history: a history that was read to its end
 *
 * Shows what is shown by default, and hands out colours anew: so they depend
 * on what the file holds, not on the order and the pieces in which it came.
 */
void
scope_selection_settle (ScopeHistory *history)
{
  propose (history, TRUE);
}

/* Another test comes in the place of this one: if its user has chosen anything, all
 * endpoints that come again are as they were, also those that were proposed. */
void
scope_selection_keep (ScopeHistory *history)
{
  guint    n = g_list_model_get_n_items (G_LIST_MODEL (history));
  gboolean any = FALSE;

  for (guint i = 0; i < n && !any; i++)
    any = scope_endpoint_get_chosen (scope_history_get_endpoint (history, i));
  for (guint i = 0; i < n && any; i++)
    scope_endpoint_keep (scope_history_get_endpoint (history, i));
}

/**
 * scope_selection_show_listed:
 * @history: the history
 * @listed: some of its endpoints, or @history itself
 * @visible: whether they are shown
 *
 * Shows, or hides, all that are listed; the total only where it stands alone.
 */
void
scope_selection_show_listed (ScopeHistory *history,
                             GListModel   *listed,
                             gboolean      visible)
{
  guint n = g_list_model_get_n_items (listed);

  scope_history_hold_shown (history);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (listed, i);

      if (!visible || n == 1 || !scope_endpoint_get_is_total (endpoint))
        scope_endpoint_set_visible (endpoint, visible);
    }
  scope_history_release_shown (history);
}

/**
 * scope_selection_invert_listed:
 * @history: the history
 * @listed: some of its endpoints, or @history itself
 *
 * Of those that are listed, shows what is hidden and hides what is shown; the
 * total stays as it is where it does not stand alone.
 */
void
scope_selection_invert_listed (ScopeHistory *history,
                               GListModel   *listed)
{
  guint n = g_list_model_get_n_items (listed);

  scope_history_hold_shown (history);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (listed, i);

      if (n == 1 || !scope_endpoint_get_is_total (endpoint))
        scope_endpoint_set_visible (endpoint, !scope_endpoint_get_visible (endpoint));
    }
  scope_history_release_shown (history);
}

/**
 * scope_selection_is_only:
 * @history: the history
 * @listed: some of its endpoints
 *
 * Returns: whether they are shown and no others
 */
gboolean
scope_selection_is_only (ScopeHistory *history,
                         GListModel   *listed)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));
  guint n_listed = g_list_model_get_n_items (listed);
  guint n_shown = 0;

  for (guint i = 0; i < n; i++)
    n_shown += scope_endpoint_get_visible (scope_history_get_endpoint (history, i));
  for (guint i = 0; i < n_listed; i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (listed, i);

      if (!scope_endpoint_get_visible (endpoint))
        return FALSE;
    }
  return n_shown == n_listed;
}

static GHashTable *
collect_listed (GListModel *listed)
{
  GHashTable *set = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  guint       n = g_list_model_get_n_items (listed);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (set, g_list_model_get_item (listed, i));
  return set;
}

/**
 * scope_selection_toggle_only:
 * @history: the history
 * @listed: some of its endpoints, at least one
 * @before: (element-type ScopeEndpoint): what was shown before one or a few were
 *   shown alone; kept by the caller from call to call, and changed
 *
 * Shows those that are listed and no others; where that is so already, what was
 * shown before.
 */
void
scope_selection_toggle_only (ScopeHistory *history,
                             GListModel   *listed,
                             GHashTable   *before)
{
  guint                  n = g_list_model_get_n_items (G_LIST_MODEL (history));
  gboolean               again = scope_selection_is_only (history, listed);
  gboolean               known = g_hash_table_size (before) > 0;
  g_autoptr (GHashTable) wanted = NULL;
  gboolean               remember;

  if (again && !known)
    return;
  wanted = collect_listed (listed);
  /* From one alone to another what was before stays the same. */
  remember = !again && (!known || scope_selection_count (history) > 1);
  if (remember)
    g_hash_table_remove_all (before);
  scope_history_hold_shown (history);
  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (remember && scope_endpoint_get_visible (endpoint))
        g_hash_table_add (before, g_object_ref (endpoint));
      scope_endpoint_set_visible (endpoint,
                                  g_hash_table_contains (again ? before : wanted, endpoint));
    }
  scope_history_release_shown (history);
}

/**
 * scope_selection_show_range:
 * @history: the history
 * @listed: some of its endpoints, or @history itself
 * @from: the first of them, ...
 * @to: ... and the last, or the other way round
 * @visible: whether they are shown
 */
void
scope_selection_show_range (ScopeHistory *history,
                            GListModel   *listed,
                            guint         from,
                            guint         to,
                            gboolean      visible)
{
  scope_history_hold_shown (history);
  for (guint i = MIN (from, to); i <= MAX (from, to); i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (listed, i);

      if (endpoint != NULL)
        scope_endpoint_set_visible (endpoint, visible);
    }
  scope_history_release_shown (history);
}

/* Shows, or hides, every endpoint; the total only where it stands alone. */
void
scope_selection_show_all (ScopeHistory *history,
                          gboolean      visible)
{
  scope_selection_show_listed (history, G_LIST_MODEL (history), visible);
}

/* Shows what is hidden and hides what is shown; the total stays as it is. */
void
scope_selection_invert (ScopeHistory *history)
{
  scope_selection_invert_listed (history, G_LIST_MODEL (history));
}

/**
 * scope_selection_fits:
 * @endpoint: an endpoint, or the total
 * @pattern: shell-style, on the name or on "TYPE NAME"
 *
 * Returns: whether @pattern fits @endpoint
 */
gboolean
scope_selection_fits (ScopeEndpoint *endpoint,
                      const char    *pattern)
{
  const char       *name = scope_endpoint_get_name (endpoint);
  g_autofree char *both = g_strconcat (scope_endpoint_get_type_name (endpoint), " ", name, NULL);

  return fnmatch (pattern, name, 0) == 0 || fnmatch (pattern, both, 0) == 0;
}

/**
 * scope_selection_match:
 * @history: the history
 * @patterns: (array zero-terminated=1): shell-style patterns on the name, or
 *   on "TYPE NAME"
 * @unmatched: (out) (transfer none): the first pattern that fits no endpoint
 *
 * Shows the endpoints that any of the patterns fits, and no others: with the colours
 * that they have, if they are shown by default, and otherwise with free ones.
 *
 * Returns: whether each pattern fits some endpoint
 */
gboolean
scope_selection_match (ScopeHistory      *history,
                       const char *const *patterns,
                       const char       **unmatched)
{
  guint                n = g_list_model_get_n_items (G_LIST_MODEL (history));
  g_autofree gboolean *wanted = g_new0 (gboolean, n + 1);
  g_autoptr (GArray)   ranked = NULL;

  *unmatched = NULL;
  for (guint p = 0; patterns[p] != NULL; p++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < n; i++)
        if (scope_selection_fits (scope_history_get_endpoint (history, i), patterns[p]))
          wanted[i] = any = TRUE;
      if (!any && *unmatched == NULL)
        *unmatched = patterns[p];
    }
  scope_history_hold_shown (history);
  for (guint i = 0; i < n; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), wanted[i]);
  ranked = rank (history);
  for (guint i = 0; i < ranked->len; i++)
    {
      Ranked *item = &g_array_index (ranked, Ranked, i);

      if (!scope_endpoint_get_visible (item->endpoint))
        scope_endpoint_drop_slot (item->endpoint);
    }
  g_array_sort (ranked, compare_turn);
  for (guint i = 0; i < ranked->len; i++)
    if (scope_endpoint_get_visible (g_array_index (ranked, Ranked, i).endpoint))
      scope_endpoint_take_slot (g_array_index (ranked, Ranked, i).endpoint);
  scope_history_release_shown (history);
  return *unmatched == NULL;
}

/* How many endpoints are shown, the total not counted. */
guint
scope_selection_count (ScopeHistory *history)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));
  guint shown = 0;

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      shown += !scope_endpoint_get_is_total (endpoint) && scope_endpoint_get_visible (endpoint);
    }
  return shown;
}

/**
 * scope_selection_list:
 * @history: the history
 *
 * Returns: (transfer full) (element-type guint): the positions of what is
 *   shown, in the order of lists: the total first
 */
GArray *
scope_selection_list (ScopeHistory *history)
{
  const GArray *order = scope_history_get_order (history);
  GArray       *shown = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < order->len; i++)
    {
      guint position = g_array_index (order, guint, i);

      if (scope_endpoint_get_visible (scope_history_get_endpoint (history, position)))
        g_array_append_val (shown, position);
    }
  return shown;
}
