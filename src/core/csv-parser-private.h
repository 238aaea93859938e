/* csv-parser-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the parser share.
 */
#pragma once

#include "block-marks.h"
#include "csv-fast.h"
#include "csv-parser.h"
#include "identities.h"

G_BEGIN_DECLS

struct _ScopeCsvParser
{
  ScopeCsvHeader *header;     /* owned; NULL until it was read */
  GByteArray     *tail;       /* owned: bytes of the row that has not ended */
  gsize           scanned;    /* how much of the tail was looked at */
  gboolean        in_quotes;  /* where the looking stopped */
  gboolean        skipping;   /* the rest of a row that is too long */
  GError         *error;      /* owned: not a history; nothing is read any more */

  ScopeBlocksPool *pool;       /* owned */
  ScopeIdentities *identities; /* owned */
  ScopeCsvFast   *fast;       /* owned; NULL where rows have another shape */
  ScopeBlockMarks marks;
  guint           dropped;    /* kinds of values that nobody will ask for */
  gboolean        is_settled; /* the header's schema is what the rows hold */
  guint64         line;       /* of the next row */
};

void     scope_csv_parser_add_bad      (ScopeCsvParser      *self,
                                        ScopeBlocks         *blocks,
                                        const char          *format,
                                        ...) G_GNUC_PRINTF (3, 4);
gboolean scope_csv_parser_read_row     (ScopeCsvParser      *self,
                                        ScopeBlocks         *blocks,
                                        const ScopeCsvField *fields,
                                        ScopeRow            *row,
                                        double              *values);
gboolean scope_csv_parser_read_request (ScopeCsvParser      *self,
                                        ScopeBlocks         *blocks,
                                        const ScopeCsvField *fields,
                                        ScopeRequest        *request);

G_END_DECLS
