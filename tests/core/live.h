/* live.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer of both files, as Locust is one, and a live reader of them.  The
 * history is flushed only when a test says so; a summary is written with the
 * time of its tick, so that no test has to wait.
 */
#pragma once

#include "csv-reader.h"
#include "fixture.h"

G_BEGIN_DECLS

#define LIVE_SUMMARY_HEADER                                                              \
  "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,"    \
  "Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,"      \
  "50%,95%\r\n"

#define LIVE_ENDPOINTS 6

typedef struct
{
  gboolean present; /* has a row */
  guint64  count;
  guint64  failures;
  double   sum;
  double   min;
  double   max;
} LiveCounters;

typedef struct
{
  gint64       stamp;
  LiveCounters counters[LIVE_ENDPOINTS];
} LiveTick;

typedef struct
{
  gboolean        only_total;      /* without --csv-full-history */
  gboolean        slide;           /* the history's percentiles are of the last 10 s */
  gint64          stamp;           /* of the latest tick */
  LiveCounters    counters[LIVE_ENDPOINTS]; /* of /a, /b and so on */
  GArray         *ticks;           /* owned LiveTick: what really happened */
  GString        *rows;            /* owned: all of the history */
  gsize           n_flushed;       /* bytes of it that are in the file */
  GString        *summary;         /* owned: as of the latest tick */

  char           *folder;          /* owned */
  char           *path;            /* owned */
  char           *summary_path;    /* owned */
  ScopeCsvReader *reader;          /* owned */
  ScopeHistory   *history;         /* owned */
} Live;

void    live_set_up              (Live          *self,
                                  gconstpointer  data);
void    live_tear_down           (Live          *self,
                                  gconstpointer  data);
void    live_begin               (Live          *self,
                                  gboolean       only_total,
                                  guint          seconds_ago);
void    live_open                (Live          *self);
void    live_request             (Live          *self,
                                  char           name,
                                  guint          n,
                                  double         response_time);
void    live_begin_test          (Live          *self);
void    live_tick                (Live          *self);
void    live_flush               (Live          *self,
                                  gsize          n);
void    live_put                 (const char    *path,
                                  const char    *bytes,
                                  gsize          length,
                                  gint64         time_us);
void    live_put_summary         (Live          *self,
                                  const char    *bytes,
                                  gssize         length);
void    live_summarize           (Live          *self);
void    live_look                (Live          *self);
void    live_step                (Live          *self,
                                  gboolean       summarized);
int     live_find                (Live          *self,
                                  char           name);
double  live_get                 (Live          *self,
                                  char           name,
                                  ScopeStatistic statistic,
                                  gint64         stamp);
gint64  live_get_count           (Live          *self,
                                  char           name,
                                  gint64         stamp);
gint64  live_get_last            (Live          *self);
void    live_assert_settled      (Live          *self);
void    live_assert_all_settled  (Live          *self);
void    live_assert_true         (Live          *self);

G_END_DECLS
