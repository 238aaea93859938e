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

#include "order.h"
#include "search.h"

G_BEGIN_DECLS

/* The columns by which rows are sorted. */
typedef enum
{
  SCOPE_LEGEND_SHOWN,
  SCOPE_LEGEND_METHOD,
  SCOPE_LEGEND_NAME,
  SCOPE_LEGEND_RESPONSE_TIME,
  SCOPE_LEGEND_THROUGHPUT,
  SCOPE_LEGEND_FAILURE_SHARE,
  SCOPE_LEGEND_N_COLUMNS,
} ScopeLegendColumn;

/* The last ones are of numbers. */
#define SCOPE_LEGEND_N_NUMBERS (SCOPE_LEGEND_N_COLUMNS - SCOPE_LEGEND_RESPONSE_TIME)

struct _ScopeLegend
{
  GtkWidget            parent_instance;

  /* owned */
  ScopeHistory        *history;
  ScopeCursor         *cursor;
  ScopeLimits         *limits;   /* NULL: there are none */
  ScopeBaseline       *baseline; /* NULL: nothing is compared */
  GtkFilter           *filter;
  GListModel          *listed;  /* the endpoints that are searched for, sorted */
  GPtrArray           *names;   /* borrowed GtkListItem: those that are bound */
  GPtrArray           *numbers; /* borrowed GtkListItem: those in sight */
  GHashTable          *distinct; /* owned ScopeEndpoint -> how it is told from the others */
  ScopeSearch         *looked_for; /* NULL: nothing, or nothing that can be understood */
  ScopeOrder          *order;
  GtkSorter           *sorter;  /* by it */
  char                *hint;    /* what can be searched for */
  GHashTable          *before;  /* owned ScopeEndpoint: what is shown again after one alone */
  ScopeEndpoint       *anchor;  /* owned: where a range begins; NULL: nowhere */
  guint                news;    /* timeout: the numbers are out of date */
  guint                rename;  /* idle: names may be */
  guint                grow;    /* timeout: there are more rows than were made yet */
  GtkWidget           *only;    /* the button, in the row that is looked at */
  guint                highlight; /* timeout: the endpoint that is looked at is made out soon */

  ScopeLegendColumn    sorted_by;
  gboolean             descending;
  ScopeLegendFormatTime format_time; /* NULL: the time of day */
  gpointer             format_data; /* borrowed: of format_time */
  gboolean             narrow;      /* there is no column of methods */
  gboolean             wide_numbers; /* there is a second line below each */
  guint                generation;  /* of distinct: how often it was emptied */
  int                  name_room;   /* px of the heading of names */
  int                  name_width;  /* px of a name */
  gboolean             is_sorting;  /* so that headings do not answer themselves */
  gboolean             by_keys;     /* a key was pressed since the pointer moved */
  gboolean             is_hovered;  /* the pointer is ... */
  double               pointer_x;   /* ... here: px of the view */
  double               pointer_y;

  /* template */
  GtkWidget           *content;
  GtkWidget           *ahead;   /* the widgets above the list */
  GtkWidget           *after;   /* and below it */
  GMenu              *sort_menu;
  GtkEditable         *search;
  GtkLabel            *nothing; /* says that nothing was found */
  GtkLabel            *caption; /* says when the numbers are of */
  GtkColumnView       *view;
  GtkColumnViewColumn *shown_column;
  GtkColumnViewColumn *method_column;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *response_time_column;
  GtkColumnViewColumn *throughput_column;
  GtkColumnViewColumn *failure_share_column;
  GtkNoSelection      *selection;
  GtkSliceListModel   *rows;    /* of what is listed, those that there are rows for */
};

/* Of a row: its endpoint. */
#define SCOPE_LEGEND_ENDPOINT "scope-endpoint"

void   scope_legend_make_cells      (ScopeLegend       *self);
void   scope_legend_show_numbers    (ScopeLegend       *self);
void   scope_legend_queue_numbers   (ScopeLegend       *self);
void   scope_legend_set_css_class   (GtkWidget         *widget,
                                     const char        *css_class,
                                     gboolean           is_set);
GtkWidget *scope_legend_make_name   (void);
void   scope_legend_show_name       (ScopeLegend       *self,
                                     GtkListItem       *item);
void   scope_legend_show_names      (ScopeLegend       *self);
void   scope_legend_queue_names     (ScopeLegend       *self);
void   scope_legend_measure_names   (ScopeLegend       *self);
void   scope_legend_forget_names    (ScopeLegend       *self);
GHashTable *scope_legend_make_distinct (void);
double scope_legend_get_number      (ScopeLegend       *self,
                                     ScopeLegendColumn  column,
                                     ScopeEndpoint     *endpoint);
char  *scope_legend_format_number   (ScopeLegend       *self,
                                     ScopeLegendColumn  column,
                                     ScopeEndpoint     *endpoint,
                                     double             number);
gboolean scope_legend_has_two_lines (ScopeLegend       *self);
void   scope_legend_show_caption    (ScopeLegend       *self);
void   scope_legend_scroll_up       (ScopeLegend       *self);
void   scope_legend_listen          (ScopeLegend       *self);
void   scope_legend_install_actions (ScopeLegendClass  *klass);
void   scope_legend_toggle_only     (ScopeLegend       *self,
                                     ScopeEndpoint     *endpoint);

GtkColumnViewColumn *scope_legend_get_column (ScopeLegend       *self,
                                              ScopeLegendColumn  column);
void   scope_legend_make_sortable   (ScopeLegend       *self);
void   scope_legend_end_sorting     (ScopeLegend       *self);
void   scope_legend_sort            (ScopeLegend       *self,
                                     const char        *column);
const char *scope_legend_get_sorted_by (ScopeLegend    *self);

void   scope_legend_watch_rows      (ScopeLegend       *self);
void   scope_legend_queue_pointed   (ScopeLegend       *self);
void   scope_legend_leave_rows      (ScopeLegend       *self);
ScopeEndpoint *scope_legend_pick    (ScopeLegend       *self,
                                     double             x,
                                     double             y);

G_END_DECLS
