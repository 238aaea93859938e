/* csv-ahead.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks further on in a file, read before the parser has come to them, by
 * whatever thread.
 */
#pragma once

#include "block-marks.h"
#include "csv-fast.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeCsvFast    *fast;    /* owned; knows what the parser's does */
  ScopeBlocksPool *pool;    /* owned: what one thread wrote is far from the other */
  ScopeSchema     *schema;  /* owned */
  ScopeBlocks     *blocks;  /* owned; NULL: nothing was read */
  ScopeBlockMarks  marks;   /* as if the file began there */
  guint64          n_lines;
  gsize            used;    /* bytes */
} ScopeCsvAhead;

ScopeCsvAhead *scope_csv_ahead_new  (const ScopeCsvHeader *header);
void           scope_csv_ahead_free (ScopeCsvAhead        *self);
gsize          scope_csv_ahead_read (ScopeCsvAhead        *self,
                                     const char           *data,
                                     gsize                 length,
                                     gsize                 part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeCsvAhead, scope_csv_ahead_free)

G_END_DECLS
