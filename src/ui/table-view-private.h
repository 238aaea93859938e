/* table-view-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the table share: its columns and their cells, and
 * the rest.
 */
#pragma once

#include "table-rows.h"
#include "table-view.h"

G_BEGIN_DECLS

/* What a column's cells know. */
typedef struct
{
  ScopeTableView  *table;  /* borrowed: it owns the column */
  ScopeTableColumn column;
} ScopeTableCell;

struct _ScopeTableView
{
  GtkWidget            parent_instance;

  /* owned */
  ScopeHistory        *history;
  ScopeView           *view;
  ScopeCursor         *cursor;
  GListStore          *endpoints; /* the rows */
  GPtrArray           *numbers;   /* borrowed GtkListItem: those in sight */

  ScopeTableCell       cells[SCOPE_TABLE_N_COLUMNS];
  GtkColumnViewColumn *columns[SCOPE_TABLE_N_COLUMNS]; /* borrowed: the list's */
  ScopeTableTimes      times;     /* which the numbers are of; without a history: none */
  ScopeTableOrder      order;
  gboolean             is_sorting; /* so that headings do not answer themselves */
  gboolean             elapsed;   /* times are those since the start of a run */
  gboolean             is_stale;  /* there may be other rows */
  guint                news;      /* timeout: the numbers are out of date */
  guint                grow;      /* timeout: there are more rows than were made yet */

  /* template */
  GtkWidget           *content;
  GtkLabel            *instant;   /* says what the first numbers are of */
  GtkLabel            *stretch;   /* the same of the others */
  GtkWidget           *nothing;   /* says that nothing is shown */
  GtkColumnView       *list;
  GtkSliceListModel   *rows;      /* of the endpoints, those that there are rows for */
  GMenu               *sort_menu;
};

void scope_table_view_make_columns (ScopeTableView *self);
void scope_table_view_show_numbers (ScopeTableView *self);

G_END_DECLS
