/* csv-fast.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of the shape that Locust 1.2 and later writes, all but a few in every
 * file.  What is not exactly of that shape is left to the plain parser, and
 * what is read is what the plain parser reads.
 */
#pragma once

#include "block-marks.h"
#include "csv-header.h"
#include "csv-known.h"

G_BEGIN_DECLS

typedef struct _ScopeCsvFast ScopeCsvFast;

ScopeCsvFast *scope_csv_fast_new   (const ScopeCsvHeader *header);
void          scope_csv_fast_free  (ScopeCsvFast         *self);
ScopeCsvKnown *scope_csv_fast_get_known (ScopeCsvFast     *self);
gsize         scope_csv_fast_read  (ScopeCsvFast         *self,
                                    const char           *data,
                                    gsize                 length,
                                    ScopeBlockMarks      *marks,
                                    ScopeBlocks          *blocks,
                                    guint64              *line);

G_END_DECLS
