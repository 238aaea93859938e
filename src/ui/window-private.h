/* window-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the window share.
 */
#pragma once

#include "banner.h"
#include "baseline.h"
#include "chart-widget.h"
#include "csv-feed.h"
#include "feed.h"
#include "file-choices.h"
#include "legend.h"
#include "limits-dialog.h"
#include "limits-survey.h"
#include "replay.h"
#include "start-page.h"
#include "table-view.h"
#include "view.h"
#include "window.h"

G_BEGIN_DECLS

/* Limits have changed since. */
#define SCOPE_ABOVE_UNKNOWN G_MAXUINT

struct _ScopeWindow
{
  AdwApplicationWindow parent_instance;

  /* owned */
  GFile               *file;   /* NULL while nothing was opened */
  char                *title;  /* what the file is called */
  ScopeReplay         *replay; /* of the sample run */
  ScopeFeed           *feed;
  ScopeHistory        *history;
  ScopeView           *view;
  ScopeCursor         *cursor;
  ScopeLimits         *limits;
  ScopeFileChoices    *choices;        /* that were made when the file was open last; or NULL */
  char                *remembered;     /* what is kept of the file, or NULL */
  GArray              *limited;        /* ScopeStatistic: what was limited when last looked at */
  ScopeLimitsSurvey    survey;         /* of all endpoints, while one goes on */
  ScopeBaseline       *baseline; /* NULL: nothing is compared */
  char                *baseline_path; /* where its file was read, or NULL */
  GCancellable        *comparing; /* while a second file is read, ... */
  char                *comparing_title; /* ... which is called so */
  GtkFileChooserNative *chooser; /* while one is open */
  GAction             *show_legend;
  GFile               *beside; /* the history beside a file that is none, if it is there */

  ScopeLimitsDialog   *limits_dialog;  /* borrowed: while it is open */

  guint                show_loading;   /* timeout */
  guint                show_news;      /* timeout: of what is held */
  guint                update_banners; /* idle */
  guint                write_choices;  /* timeout */
  gboolean             only_total;     /* as was found then */
  guint                n_endpoints;    /* when last looked at */
  guint                n_listed;       /* then, with the total */
  guint                listed_runs;    /* in the menu of runs */
  guint                compared_runs;  /* in that of the ones to compare with */
  gconstpointer        listed_schema;  /* borrowed, to compare: in the drop-down */
  ScopeTableView      *table;          /* borrowed: NULL before it was first shown */
  int                  legend_width;   /* px: what was asked for; 0: nothing was */
  gboolean             shows_legend;   /* where there is room for it beside the charts */
  double               drag_x;         /* px: where its edge was taken, ... */
  int                  drag_width;     /* ... and how wide it was then */
  int                  width;          /* px: what the window is adapted to */
  guint                adapt;          /* idle: the width has changed */
  guint                start_survey;   /* timeout */
  guint                go_on_survey;   /* idle */
  guint                n_above;        /* endpoints above a limit, as was found last */
  gint64               exceeded_told;  /* µs, monotonic: when the desktop was told last */
  gboolean             was_live;       /* the feed, when its state changed last */
  gboolean             starts_maximized; /* as the last one was, and has been since */
  guint                look_again;  /* timeout: whether there is a folder for its file now */
  guint                resize;      /* timeout: its size comes back */
  gboolean             charts_limited; /* what is limited is being charted */
  gboolean             told;           /* the desktop, of anything */
  gboolean             has_no_folder;  /* that its file, which is waited for, could be in */
  gboolean             frozen;         /* the view, by its user */
  gboolean             held;           /* batches are not told one by one */
  gboolean             legend_focus;   /* a row had the focus when the legend was hidden */
  gboolean             loaded;         /* what was there at the start was read */

  /* template */
  AdwToastOverlay     *toasts;
  AdwWindowTitle      *window_title;
  AdwSplitButton      *open_button;
  GMenu               *primary_menu;
  GMenu               *recent_menu;
  GtkMenuButton       *choice_button;
  GMenu               *choice_menu;
  GMenu               *window_menu;
  GMenu               *time_menu;
  GMenu               *compare_menu;
  GMenu               *own_runs_menu;
  GMenu               *baseline_runs_menu;
  GMenu               *response_time_menu;
  GMenu               *throughput_menu;
  GMenu               *failures_menu;
  GtkWidget           *wide_bar;   /* the drop-downs in the header bar */
  GtkWidget           *narrow_bar; /* the same below the charts */
  GtkWidget           *export_button;
  GtkMenuButton       *run_button;
  GtkMenuButton       *narrow_choice_button; /* the same where there is no room above */
  GtkMenuButton       *narrow_run_button;
  GMenu               *run_menu;
  GtkRevealer         *loading;
  GtkProgressBar      *progress;
  ScopeBanner         *error_banner;
  ScopeBanner         *total_banner;
  ScopeBanner         *writers_banner;
  GtkRevealer         *shown_bar;
  GtkLabel            *shown_label;
  ScopeBanner         *limits_banner;
  ScopeBanner         *bad_rows_banner;
  ScopeBanner         *stopped_banner;
  ScopeBanner         *compare_banner;
  GtkStack            *stack;
  AdwStatusPage       *waiting_page;
  AdwStatusPage       *failed_page;
  GtkWidget           *history_button;
  GtkLabel            *history_label;
  GtkWidget           *another_button;
  AdwFlap             *flap;
  GtkStack            *views;  /* the charts, or the table in their place */
  ScopeChartWidget    *chart;
  GtkWidget           *jump_button; /* above it, while the view does not follow */
  ScopeLegend         *legend;
  GtkWidget           *legend_edge; /* by which it is made wider, ... */
  GtkWidget           *separator;   /* ... beside it ... */
  GtkWidget           *charts_edge; /* ... and beyond */
};

void scope_window_follow        (ScopeWindow  *self,
                                 ScopeCsvFeed *feed,
                                 ScopeHistory *history,
                                 const char   *title);
gboolean scope_window_has_own_file (ScopeWindow *self);
void scope_window_install_reading (GtkWidgetClass *widget_class);
void scope_window_update_title  (ScopeWindow *self);
void scope_window_update_page   (ScopeWindow *self);
void scope_window_show_failed   (ScopeWindow *self);
void scope_window_leave_failed  (ScopeWindow *self,
                                 const char  *page);
void scope_window_install_failed (GtkWidgetClass *widget_class);
void scope_window_queue_banners (ScopeWindow *self);
void scope_window_update_banners (ScopeWindow *self);
void scope_window_update_shown  (ScopeWindow *self);
void scope_window_install_shown (GtkWidgetClass *widget_class);
void scope_window_show_bad_rows (ScopeWindow *self);
void scope_window_add_choices   (ScopeWindow *self);
void scope_window_list_choices  (ScopeWindow *self);
void scope_window_add_time      (ScopeWindow  *self);
void scope_window_update_time   (ScopeWindow  *self);
char *scope_window_format_time  (gpointer      data,
                                 double        time);
void scope_window_install_time  (GtkWidgetClass *widget_class);
void scope_window_size_legend   (ScopeWindow *self);
void scope_window_add_legend    (ScopeWindow *self);
void scope_window_install_legend (GtkWidgetClass *widget_class);
void scope_window_add_table     (ScopeWindow *self);
void scope_window_update_table  (ScopeWindow *self,
                                 gboolean     has_blocks);
void scope_window_install_table (GtkWidgetClass *widget_class);
void scope_window_list_runs     (ScopeWindow *self);
void scope_window_add_limits    (ScopeWindow    *self);
void scope_window_update_limits (ScopeWindow    *self);
void scope_window_drop_limits   (ScopeWindow    *self);
void scope_window_show_limits   (ScopeWindow    *self,
                                 ScopeEndpoint  *endpoint);
void scope_window_install_limits (GtkWidgetClass *widget_class);
char *scope_window_dup_run_label (ScopeHistory *history,
                                  guint        run);
void scope_window_add_compare   (ScopeWindow *self);
void scope_window_update_compare (ScopeWindow *self);
void scope_window_forget_runs   (ScopeWindow *self);
void scope_window_dispose_compare (ScopeWindow *self);
void scope_window_install_compare (GtkWidgetClass *widget_class);
void scope_window_restore_size  (ScopeWindow *self);
void scope_window_restore_maximized (ScopeWindow *self);
void scope_window_restore_state (ScopeWindow *self);
void scope_window_restore_choices (ScopeWindow *self);
void scope_window_keep_choice   (ScopeWindow *self,
                                 const char  *name);
void scope_window_keep_changes  (ScopeWindow *self);
void scope_window_keep_size     (ScopeWindow *self);
void scope_window_add_notices   (ScopeWindow *self);
void scope_window_tell_exceeded (ScopeWindow *self,
                                 guint        n_above,
                                 const char  *text);
GtkPrintOperation *scope_window_make_print (ScopeWindow *self);
void scope_window_install_print (GtkWidgetClass *widget_class);
void scope_window_install_export (GtkWidgetClass *widget_class);
void scope_window_add_memory    (ScopeWindow *self);
void scope_window_flush_memory  (ScopeWindow *self);
void scope_window_dispose_memory (ScopeWindow *self);
void scope_window_choose_file   (ScopeWindow *self);
void scope_window_choose_baseline (ScopeWindow *self);
void scope_window_choose_export (ScopeWindow *self);
char *scope_window_suggest_name (ScopeWindow *self);
void scope_window_tell_written  (ScopeWindow *self,
                                 const char  *format,
                                 const char  *path);
void scope_window_export        (ScopeWindow *self,
                                 GFile       *file,
                                 ScopeThemeId theme);

G_END_DECLS
