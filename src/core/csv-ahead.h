/* csv-ahead.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks further on in a file, read by another thread while the parser reads
 * what comes before them.
 */
#pragma once

#include "block-marks.h"
#include "csv-fast.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeCsvFast   *fast;    /* owned; knows what the parser's does */
  ScopeBlocksPool *pool;   /* owned: what one thread wrote is far from the other */
  GThreadPool    *thread;  /* owned */
  GMutex          lock;
  GCond           done;
  gboolean        is_reading; /* under the lock */

  /* While it reads they are the thread's: */
  const char     *data;    /* borrowed */
  gsize           length;
  ScopeBlocks    *blocks;  /* owned; NULL: nothing was begun */
  ScopeBlockMarks marks;   /* as if the file began there */
  guint64         n_lines;
  gsize           used;    /* bytes */
} ScopeCsvAhead;

ScopeCsvAhead *scope_csv_ahead_new   (const ScopeCsvHeader *header);
void           scope_csv_ahead_free  (ScopeCsvAhead        *self);
void           scope_csv_ahead_begin (ScopeCsvAhead        *self,
                                      const ScopeCsvKnown  *known,
                                      const char           *data,
                                      gsize                 length,
                                      ScopeSchema          *schema);
void           scope_csv_ahead_wait  (ScopeCsvAhead        *self);

G_END_DECLS
