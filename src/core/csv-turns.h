/* csv-turns.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two threads that read a long file, piece by piece in turns.
 */
#pragma once

#include "csv-parser.h"

G_BEGIN_DECLS

#define SCOPE_CSV_PIECE_BYTES      (512 << 10)
#define SCOPE_CSV_MOST_PIECE_BYTES (4 << 20)

/* Takes a batch and the bytes that it was in; FALSE: no more is wanted.  It is
 * called by either thread, in the order of the file. */
typedef gboolean (*ScopeCsvTurnFunc) (const char  *bytes,
                                      gsize        length,
                                      ScopeBlocks *blocks,
                                      gpointer     data);

gboolean scope_csv_read_in_turns (ScopeCsvParser   *parser,
                                  int               fd,
                                  goffset           offset,
                                  gsize             piece,
                                  ScopeCsvTurnFunc  func,
                                  gpointer          data);

G_END_DECLS
