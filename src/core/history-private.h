/* history-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the history share.
 */
#pragma once

#include "clock.h"
#include "history.h"
#include "steps.h"

G_BEGIN_DECLS

/* Counters that fall so often are not those of one test: another process
 * writes to the file.  The workers of a test report every 3 s. */
#define SCOPE_MANY_FALLS     3
#define SCOPE_FALLS_WITHIN_S 12.0

#define SCOPE_NO_ENTRY G_MAXUINT

typedef struct
{
  ScopeEndpoint    *endpoint; /* owned */
  ScopeColumns     *columns;  /* owned */
  ScopeSeriesCache *series;   /* owned */
  guint             n_settled; /* rows that new ones of the history do not replace */
  gboolean          is_total;
  gboolean          from_summary; /* has no row in the history */
  guint             latest_of; /* the state of the history that its latest numbers are of */
} ScopeHistoryEntry;

struct _ScopeHistory
{
  GObject         parent_instance;

  /* owned */
  ScopeSchema    *schema;
  ScopeArena      arena;      /* of the entries' rows */
  GPtrArray      *entries;    /* ScopeHistoryEntry, in the order of appearance */
  ScopeSlots     *slots;
  GHashTable     *known;      /* key -> ScopeEndpoint, also of earlier files */
  GHashTable     *keys;       /* of this file */
  GPtrArray      *identities; /* owned ScopeIdentity, as the feed counts them */
  GArray         *order;      /* guint: positions of entries as a list has them, or fewer */
  GArray         *by_identity; /* guint: its entry, or SCOPE_NO_ENTRY before its first row */
  GArray         *times;      /* double: s since the epoch, rising */
  GArray         *counted;    /* double: s of requests that a staircase has brought */
  GArray         *stamps;     /* gint64: s since the epoch, as in the file */
  GArray         *users;      /* guint32, or SCOPE_USERS_UNKNOWN */
  GArray         *stretches;  /* ScopeStretch */
  GArray         *bad;        /* ScopeBadRow: the first few */
  GQueue          summaries;  /* owned ScopeBlocks: the latest, oldest first */
  ScopeIntervals  intervals;

  /* what is charted, if the file has it */
  ScopeStatistic  response_time;
  ScopeStatistic  throughput;
  gboolean        chose_response_time; /* somebody did, it is not the default */
  int             run;                 /* whose latest numbers are told; -1: of all */
  guint           state;               /* counts what changes the latest numbers */

  /* what is not told yet */
  guint           held_samples;        /* how often "appended" was held back */
  guint           held_shown;          /* how often "shown" was */
  guint           untold_from;         /* block: what "appended" will say; G_MAXUINT: nothing */
  gboolean        untold_latest;
  gboolean        untold_shown;

  int             min_column; /* -1: the file has none */
  int             max_column;
  int             percentile_column; /* the first */
  double          falls[SCOPE_MANY_FALLS]; /* s since the epoch: the latest, newest first */
  gboolean        two_writers;
  gboolean        percentiles_slide; /* they are of the last 10 s, not of the run */
  ScopeClock      clock;
  guint           timed_from;  /* block: the one after the first of the run, or 0 */
  ScopeClock      timed_clock; /* as it was there */
  ScopeSteps      steps;
  guint64         n_bad;
  guint           n_endpoints;   /* entries but the total */
  guint           n_own_endpoints; /* of them, those that have rows in the history */
  guint           rows_in_block; /* of the last block */
  gboolean        block_is_whole; /* its total row has come, which is the last */
  guint64         last_total;    /* requests in the last total row */
  guint           header_block;  /* before which the header came again; G_MAXUINT: none */
  guint64         count_in_first; /* requests in the first block's rows but the total */
  gboolean        is_cut;        /* the first block lacks its first rows */
  guint           first_changed; /* block */
  guint           n_settled;     /* blocks that new ones do not replace */
  guint           rows_in_settled; /* of the last of them */
  guint           summary_block; /* the last with rows of a summary, or G_MAXUINT */
  guint           summary_block_settled;
  guint           log_run;       /* of a log of requests: the first block of the latest run */
};

static inline ScopeHistoryEntry *
scope_history_get_entry (ScopeHistory *self,
                         guint         position)
{
  return g_ptr_array_index (self->entries, position);
}

void scope_history_changed_from     (ScopeHistory *self,
                                     guint         block);
void scope_history_add_rows         (ScopeHistory *self,
                                     ScopeBlocks  *blocks);
void scope_history_append_requests  (ScopeHistory *self,
                                     ScopeBlocks  *blocks);
void scope_history_add_time         (ScopeHistory *self,
                                     gint64        stamp,
                                     gboolean      starts_run);
void scope_history_start_run        (ScopeHistory *self);
void scope_history_set_from_zero    (ScopeHistory *self,
                                     gboolean      from_zero);
void scope_history_time_reset       (ScopeHistory *self,
                                     const ScopeColumns *total);
void scope_history_note_pace        (ScopeHistory *self,
                                     double        pace);
double scope_history_get_block_length (ScopeHistory *self);
void scope_history_close_block      (ScopeHistory *self);
void scope_history_drop_unsettled   (ScopeHistory *self);
void scope_history_add_unsettled    (ScopeHistory *self);
void scope_history_add_summary_rows (ScopeHistory *self);
void scope_history_take_summary     (ScopeHistory *self,
                                     ScopeBlocks  *summary);
guint scope_history_make_entry      (ScopeHistory *self,
                                     guint32       identity,
                                     gboolean      from_summary);
void scope_history_extend_intervals (ScopeHistory *self);
void scope_history_own_endpoint     (ScopeHistory *self,
                                     guint         position);
void scope_history_disown_endpoints (ScopeHistory *self);
void scope_history_latest_changed   (ScopeHistory *self);
void scope_history_latest_appended  (ScopeHistory *self);
void scope_history_appended         (ScopeHistory *self);

G_END_DECLS
