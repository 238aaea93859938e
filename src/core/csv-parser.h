/* csv-parser.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the bytes of a PREFIX_stats_history.csv to rows.  A pure function of
 * the bytes: however they are cut into pieces, the rows are the same.  It
 * reads no file and knows no time.
 */
#pragma once

#include "blocks.h"
#include "csv-ahead.h"
#include "csv-header.h"
#include "csv-record.h"

G_BEGIN_DECLS

typedef struct _ScopeCsvParser ScopeCsvParser;

ScopeCsvParser *scope_csv_parser_new         (void);
void            scope_csv_parser_free        (ScopeCsvParser *self);
void            scope_csv_parser_drop        (ScopeCsvParser *self,
                                              guint           kinds);
ScopeBlocks    *scope_csv_parser_feed        (ScopeCsvParser *self,
                                              const char     *bytes,
                                              gsize           length,
                                              GError        **error);
ScopeBlocks    *scope_csv_parser_end         (ScopeCsvParser *self);
ScopeBlocks    *scope_csv_parser_feed_gap    (ScopeCsvParser *self,
                                              gsize           length);
gboolean        scope_csv_parser_can_read_ahead (ScopeCsvParser *self);
ScopeCsvAhead  *scope_csv_parser_new_ahead   (ScopeCsvParser *self);
void            scope_csv_parser_teach_ahead (ScopeCsvParser *self,
                                              ScopeCsvAhead  *ahead);
ScopeBlocks    *scope_csv_parser_join_ahead  (ScopeCsvParser *self,
                                              ScopeCsvAhead  *ahead);
ScopeBlocks    *scope_csv_parser_read_summary (ScopeCsvParser *self,
                                              const char     *bytes,
                                              gsize           length,
                                              gint64          written_us);
gboolean        scope_csv_parser_has_header  (ScopeCsvParser *self);
gsize           scope_csv_parser_get_pending (ScopeCsvParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeCsvParser, scope_csv_parser_free)

G_END_DECLS
