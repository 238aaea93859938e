/* legend-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the legend share: its rows' cells, what pointer
 * and keys do to them, and the rest.
 */
#pragma once

#include "legend.h"

G_BEGIN_DECLS

struct _ScopeLegend
{
  GtkWidget            parent_instance;

  /* owned */
  ScopeHistory        *history;
  ScopeCursor         *cursor;
  GtkFilter           *filter;
  GListModel          *listed;  /* the endpoints that are searched for, sorted */
  GPtrArray           *numbers; /* borrowed GtkListItem: those in sight */
  char                *words;   /* searched for; NULL: nothing */
  GHashTable          *before;  /* owned ScopeEndpoint: what is shown again after one alone */
  ScopeEndpoint       *anchor;  /* owned: where a range begins; NULL: nowhere */
  guint                news;    /* timeout: the numbers are out of date */
  guint                grow;    /* timeout: there are more rows than were made yet */

  /* template */
  GtkWidget           *content;
  GtkEditable         *search;
  GtkWidget           *nothing; /* says that nothing was found */
  GtkColumnView       *view;
  GtkColumnViewColumn *switch_column;
  GtkColumnViewColumn *method_column;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *response_time_column;
  GtkColumnViewColumn *throughput_column;
  GtkNoSelection      *selection;
  GtkSliceListModel   *rows;    /* of what is listed, those that there are rows for */
};

/* Of a row: its endpoint. */
#define SCOPE_LEGEND_ENDPOINT "scope-endpoint"

#define SCOPE_LEGEND_N_NUMBERS 2 /* columns, the last ones */

void scope_legend_make_cells      (ScopeLegend      *self);
void scope_legend_show_numbers    (ScopeLegend      *self);
void scope_legend_queue_numbers   (ScopeLegend      *self);
void scope_legend_listen          (ScopeLegend      *self);
void scope_legend_install_actions (ScopeLegendClass *klass);

G_END_DECLS
