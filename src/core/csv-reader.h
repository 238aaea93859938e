/* csv-reader.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at a history file that another program writes, replaces, truncates
 * or has not made yet, or at a stream, and reads what is new.  It blocks while
 * it reads, so a window calls it from a thread.
 */
#pragma once

#include <gio/gio.h>

#include "blocks.h"
#include "memory.h"

G_BEGIN_DECLS

typedef struct _ScopeCsvReader ScopeCsvReader;

typedef struct
{
  gboolean exists;   /* there is a file at the path */
  gboolean is_over;  /* of a stream: no more comes */
  goffset  offset;   /* bytes read so far */
  goffset  size;     /* bytes there were at the last look */
  gint64   changed;  /* µs since the epoch: when the file, or the summary beside it, was written,
                      * or when the last of a stream came */
} ScopeCsvPosition;

/* Takes a batch, one after the other but not all in the same thread; FALSE ends
 * the look, to be gone on with by the next. */
typedef gboolean (*ScopeCsvFunc) (ScopeBlocks            *blocks,
                                  const ScopeCsvPosition *position,
                                  gpointer                data);

ScopeCsvReader  *scope_csv_reader_new          (const char      *path);
ScopeCsvReader  *scope_csv_reader_new_stream   (int              fd);
void             scope_csv_reader_free         (ScopeCsvReader  *self);
void             scope_csv_reader_set_live     (ScopeCsvReader  *self,
                                                gboolean         live);
void             scope_csv_reader_drop         (ScopeCsvReader  *self,
                                                guint            kinds);
void             scope_csv_reader_set_piece    (ScopeCsvReader  *self,
                                                gsize            piece);
void             scope_csv_reader_set_alone    (ScopeCsvReader  *self,
                                                gboolean         alone);
void             scope_csv_reader_set_memory   (ScopeCsvReader  *self,
                                                ScopeMemoryFunc  func);
gboolean         scope_csv_reader_look         (ScopeCsvReader  *self,
                                                ScopeCsvFunc     func,
                                                gpointer         data,
                                                GError         **error);
ScopeCsvPosition scope_csv_reader_get_position (ScopeCsvReader  *self);

char            *scope_csv_summary_path        (const char      *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeCsvReader, scope_csv_reader_free)

G_END_DECLS
