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

G_BEGIN_DECLS

typedef struct _ScopeCsvFast ScopeCsvFast;

ScopeCsvFast *scope_csv_fast_new   (const ScopeCsvHeader *header);
void          scope_csv_fast_free  (ScopeCsvFast         *self);
void          scope_csv_fast_learn (ScopeCsvFast         *self,
                                    guint32               identity,
                                    gboolean              is_total,
                                    const char           *text,
                                    gsize                 length);
void          scope_csv_fast_follow (ScopeCsvFast        *self,
                                    const ScopeCsvFast   *other);
void          scope_csv_fast_go_to (ScopeCsvFast         *self,
                                    guint32               identity);
guint32       scope_csv_fast_get_previous (const ScopeCsvFast *self);
gsize         scope_csv_fast_find_block (const ScopeCsvFast *self,
                                    const char           *data,
                                    gsize                 length,
                                    gsize                 from);
gsize         scope_csv_fast_read  (ScopeCsvFast         *self,
                                    const char           *data,
                                    gsize                 length,
                                    ScopeBlockMarks      *marks,
                                    ScopeBlocks          *blocks,
                                    guint64              *line);

G_END_DECLS
