/* legend-sort.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are sorted by a click on a heading or from a menu, and then stay where
 * they are, whatever their numbers become, until they are sorted again.
 */
#include "legend-private.h"

#include "headings.h"

static double
get_shown (ScopeEndpoint *endpoint,
           gpointer       data)
{
  return scope_endpoint_get_visible (endpoint);
}

static double
get_response_time (ScopeEndpoint *endpoint,
                   gpointer       data)
{
  return scope_legend_get_number (data, SCOPE_LEGEND_RESPONSE_TIME, endpoint);
}

static double
get_throughput (ScopeEndpoint *endpoint,
                gpointer       data)
{
  return scope_legend_get_number (data, SCOPE_LEGEND_THROUGHPUT, endpoint);
}

static double
get_failure_share (ScopeEndpoint *endpoint,
                   gpointer       data)
{
  return scope_legend_get_number (data, SCOPE_LEGEND_FAILURE_SHARE, endpoint);
}

/* How rows are sorted by a column, the first time it is asked for. */
static const struct
{
  const char         *id;
  void              (*by_text) (ScopeOrder *order, gboolean descending);
  ScopeOrderGetNumber by_number; /* the largest first */
} COLUMNS[] = {
  [SCOPE_LEGEND_SHOWN] = { .id = "shown", .by_number = get_shown },
  [SCOPE_LEGEND_METHOD] = { .id = "method", .by_text = scope_order_by_method },
  [SCOPE_LEGEND_NAME] = { .id = "name", .by_text = scope_order_by_name },
  [SCOPE_LEGEND_RESPONSE_TIME] = { .id = "response-time", .by_number = get_response_time },
  [SCOPE_LEGEND_THROUGHPUT] = { .id = "throughput", .by_number = get_throughput },
  [SCOPE_LEGEND_FAILURE_SHARE] = { .id = "failure-share", .by_number = get_failure_share },
};

G_STATIC_ASSERT (G_N_ELEMENTS (COLUMNS) == SCOPE_LEGEND_N_COLUMNS);

GtkColumnViewColumn *
scope_legend_get_column (ScopeLegend      *self,
                         ScopeLegendColumn column)
{
  GtkColumnViewColumn *columns[] = {
    self->shown_column,         self->method_column,     self->name_column,
    self->response_time_column, self->throughput_column, self->failure_share_column,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (columns) == SCOPE_LEGEND_N_COLUMNS);
  return columns[column];
}

static gboolean
is_descending_first (ScopeLegendColumn column)
{
  return COLUMNS[column].by_number != NULL;
}

/* Sorts now, and shows in the headings by what. */
static void
sort_by (ScopeLegend      *self,
         ScopeLegendColumn column,
         gboolean          descending)
{
  self->sorted_by = column;
  self->descending = descending;
  if (COLUMNS[column].by_text != NULL)
    COLUMNS[column].by_text (self->order, descending);
  else
    scope_order_by_number (self->order, COLUMNS[column].by_number, self, descending);
  scope_legend_scroll_up (self);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);

  self->is_sorting = TRUE;
  gtk_column_view_sort_by_column (self->view, scope_legend_get_column (self, column),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_sorting = FALSE;
  g_object_notify (G_OBJECT (self), "sorted-by");
}

/* A heading was clicked. */
static void
heading_cb (ScopeLegend *self)
{
  gboolean descending;
  guint    column;

  if (self->is_sorting || !scope_headings_get_sorted (self->view, &column, &descending))
    return;
  if (column != self->sorted_by)
    descending = is_descending_first (column);
  sort_by (self, column, descending);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  return scope_order_compare (data, (ScopeEndpoint *) a, (ScopeEndpoint *) b);
}

/* Makes every heading sort, at first by name. */
void
scope_legend_make_sortable (ScopeLegend *self)
{
  self->order = scope_order_new ();
  self->sorted_by = SCOPE_LEGEND_NAME;
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self->order, NULL));
  scope_headings_listen (self->view, G_CALLBACK (heading_cb), self);
}

/* Its headings are about to go. */
void
scope_legend_end_sorting (ScopeLegend *self)
{
  if (self->view != NULL)
    scope_headings_ignore (self->view, G_CALLBACK (heading_cb), self);
}

/**
 * scope_legend_sort:
 * @self: the legend
 * @column: the id of a column
 *
 * Sorts by @column; where it is sorted by that already, the other way round.
 */
void
scope_legend_sort (ScopeLegend *self,
                   const char  *column)
{
  for (ScopeLegendColumn i = 0; i < SCOPE_LEGEND_N_COLUMNS; i++)
    if (g_strcmp0 (COLUMNS[i].id, column) == 0)
      sort_by (self, i,
               self->sorted_by == i ? !self->descending : is_descending_first (i));
}

/**
 * scope_legend_sort_as:
 * @self: the legend
 * @column: the id of a column
 * @descending: whether the last or largest comes first
 */
void
scope_legend_sort_as (ScopeLegend *self,
                      const char  *column,
                      gboolean     descending)
{
  g_return_if_fail (SCOPE_IS_LEGEND (self));

  for (ScopeLegendColumn i = 0; i < SCOPE_LEGEND_N_COLUMNS; i++)
    if (g_strcmp0 (COLUMNS[i].id, column) == 0 &&
        (i != self->sorted_by || descending != self->descending))
      {
        sort_by (self, i, descending);
        return;
      }
}

gboolean
scope_legend_get_descending (ScopeLegend *self)
{
  g_return_val_if_fail (SCOPE_IS_LEGEND (self), FALSE);
  return self->descending;
}

/* The id of the column that rows are sorted by. */
const char *
scope_legend_get_sorted_by (ScopeLegend *self)
{
  return COLUMNS[self->sorted_by].id;
}
