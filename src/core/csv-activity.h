/* csv-activity.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a test last did anything, by the rows of its file.
 */
#pragma once

#include "blocks.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean has_rows;
  gint64   last_stamp;   /* s */
  gint64   active_stamp; /* s: last block with users, or whose counters moved */
  guint32  total;        /* identity of the total row */
  guint64  last_count;   /* of the total row */
} ScopeCsvActivity;

#define SCOPE_CSV_ACTIVITY_INIT { .total = G_MAXUINT32 }

void scope_csv_activity_note (ScopeCsvActivity *self,
                              ScopeBlocks      *blocks);

G_END_DECLS
