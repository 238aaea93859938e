/* csv-worker.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that reads a file, and may block for as long as the file system
 * likes.  What it has read waits in a short queue for the main context; when
 * the queue is full it waits.
 */
#pragma once

#include "csv-activity.h"
#include "csv-reader.h"

G_BEGIN_DECLS

/* A folder that was moved away is another than what comes in its place. */
typedef struct
{
  guint64 device;
  guint64 inode; /* 0: there is none */
} ScopeCsvFolder;

typedef struct
{
  ScopeBlocks     *blocks; /* owned; NULL at the end of a look */
  GError          *error;  /* owned: of a look */
  char            *target; /* owned, by malloc: what the path leads to after a look */
  ScopeCsvFolder   folder; /* the one that the path is in, after a look */
  ScopeCsvPosition position;
  ScopeCsvActivity activity;
} ScopeCsvReport;

typedef struct _ScopeCsvWorker ScopeCsvWorker;

/* Called in the main context that the worker was made in. */
typedef void (*ScopeCsvReportFunc) (ScopeCsvReport *report, GObject *owner);

/* Called in a thread of the worker's. */
typedef void (*ScopeCsvAheadFunc) (ScopeBlocks *blocks, gpointer data);

ScopeCsvWorker *scope_csv_worker_new (const char        *path,
                                      ScopeCsvAheadFunc  ahead,
                                      gpointer           ahead_data,
                                      ScopeCsvReportFunc func,
                                      GObject           *owner);
void scope_csv_worker_look (ScopeCsvWorker *self);
void scope_csv_worker_pause (ScopeCsvWorker *self);
void scope_csv_worker_resume (ScopeCsvWorker *self);
void scope_csv_worker_wait (ScopeCsvWorker *self, gint64 time_us);
void scope_csv_worker_take (ScopeCsvWorker *self, gint64 time_us);
void scope_csv_worker_end (ScopeCsvWorker *self);

G_END_DECLS
