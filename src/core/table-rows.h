/* table-rows.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers behind the charts as a table: of each endpoint that is shown some
 * at one instant, and some over the stretch of time that is looked at.  What a
 * row holds, how rows are sorted, and the same as text; not what it looks like.
 */
#pragma once

#include "cursor.h"
#include "view.h"

G_BEGIN_DECLS

typedef enum
{
  SCOPE_TABLE_METHOD,
  SCOPE_TABLE_NAME,
  /* at an instant */
  SCOPE_TABLE_RESPONSE_TIME, /* ms: the chosen statistic */
  SCOPE_TABLE_THROUGHPUT,    /* requests a second: the chosen statistic */
  SCOPE_TABLE_FAILURE_RATE,  /* failures a second */
  /* over a stretch of time */
  SCOPE_TABLE_REQUESTS,
  SCOPE_TABLE_FAILURES,
  SCOPE_TABLE_FAILURE_SHARE, /* of the requests, in per cent */
  SCOPE_TABLE_AVERAGE,       /* ms: of all response times */
  SCOPE_TABLE_RATE,          /* requests a second */
  SCOPE_TABLE_N_COLUMNS,
} ScopeTableColumn;

/* Which times the numbers are of: valid until blocks are taken away. */
typedef struct
{
  ScopeHistory *history;   /* borrowed */
  gboolean      at_cursor; /* or at the latest row of each endpoint, up to: */
  guint         block;
  gboolean      has_range; /* or nothing of the following */
  guint         first;     /* block */
  guint         end;       /* the block after the last */
  double        from;      /* s since the epoch: the blocks between which is counted */
  double        to;
} ScopeTableTimes;

typedef struct
{
  ScopeTableColumn column; /* SCOPE_TABLE_N_COLUMNS: as the legend has them */
  gboolean         descending;
} ScopeTableOrder;

#define SCOPE_TABLE_UNSORTED ((ScopeTableOrder){ .column = SCOPE_TABLE_N_COLUMNS })

void            scope_table_times_init     (ScopeTableTimes       *self,
                                            ScopeHistory          *history,
                                            ScopeView             *view,
                                            ScopeCursor           *cursor);
gboolean        scope_table_is_count       (ScopeTableColumn       column);
const char     *scope_table_get_id         (ScopeTableColumn       column);
ScopeTableColumn scope_table_find_id       (const char            *id);
char           *scope_table_dup_title      (ScopeTableColumn       column);
char           *scope_table_dup_heading    (ScopeTableColumn       column);
ScopeStatistic  scope_table_get_throughput (ScopeHistory          *history);
double          scope_table_get_number     (const ScopeTableTimes *self,
                                            ScopeEndpoint         *endpoint,
                                            ScopeTableColumn       column);
GPtrArray      *scope_table_list           (const ScopeTableTimes *self,
                                            ScopeTableOrder        order);
char           *scope_table_to_text        (const ScopeTableTimes *self,
                                            GPtrArray             *endpoints);

G_END_DECLS
