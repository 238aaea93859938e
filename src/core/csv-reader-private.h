/* csv-reader-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the reader share.
 */
#pragma once

#include "csv-inflate.h"
#include "csv-marks.h"
#include "csv-parser.h"
#include "csv-reader.h"

G_BEGIN_DECLS

struct _ScopeCsvReader
{
  char            *path;         /* owned; NULL: a stream */
  char            *summary_path; /* owned; NULL where the name does not tell it */
  int              fd;           /* owned, of the file that was read so far, or -1; that of a
                                  * stream is borrowed */
  ScopeCsvParser  *parser;       /* owned */
  ScopeCsvInflate *inflate;      /* owned; NULL where the bytes are those of the rows */
  gboolean         begins_anew;  /* the next batch replaces all earlier ones */
  GError          *final_error;  /* owned: nothing more is read of this file */
  ScopeCsvPosition position;
  ScopeCsvMarks    marks;
  gboolean         live;         /* looks again and again */
  gboolean         has_other_cpus;
  gboolean         has_new_endpoints; /* the last batch, many of them */
  gsize            piece;        /* bytes: what is longer is read by two threads */
  guint            dropped;      /* kinds of values */
  GArray          *held;         /* owned ScopeRequest: of a second that is not over */
  gint64           summary_seen; /* µs since the epoch: when the summary read last was written */

  ScopeMemoryFunc  get_room;
  guint64          n_taken;      /* bytes that may have been taken for what was read */
  guint64          room_asked;   /* of them, when it was asked last */
  gboolean         is_full;      /* nothing more fits */

  goffset          stuck_at;     /* the offset that cannot be read, or -1 */
  gint64           stuck_since;  /* µs, monotonic */
};

/* A look's receiver. */
typedef struct
{
  ScopeCsvReader *reader;
  ScopeCsvFunc    func;
  gpointer        data;
  gboolean        has_changed; /* what was read does not stand in the file any more */
} ScopeCsvReceiver;

void     scope_csv_reader_begin_anew     (ScopeCsvReader   *self);
gboolean scope_csv_reader_hand_on        (ScopeCsvReceiver *receiver,
                                          ScopeBlocks      *blocks);
gboolean scope_csv_reader_take           (const char       *bytes,
                                          gsize             length,
                                          ScopeBlocks      *blocks,
                                          gpointer          data);
gboolean scope_csv_reader_parse          (ScopeCsvReceiver *receiver,
                                          const char       *bytes,
                                          gsize             length);
void     scope_csv_reader_tell_of_new    (ScopeCsvReceiver *receiver);
void     scope_csv_reader_release_held   (ScopeCsvReceiver *receiver);
gboolean scope_csv_reader_has_room       (ScopeCsvReader   *self);
char    *scope_csv_reader_get_name       (ScopeCsvReader   *self);
gboolean scope_csv_reader_set_read_error (ScopeCsvReader   *self,
                                          int               number,
                                          GError          **error);
gboolean scope_csv_reader_check_end      (ScopeCsvReader   *self,
                                          GError          **error);
gboolean scope_csv_reader_end_look       (ScopeCsvReceiver *receiver,
                                          GError          **error);

gboolean scope_csv_reader_look_at_file   (ScopeCsvReceiver *receiver,
                                          GError          **error);
gboolean scope_csv_reader_look_at_stream (ScopeCsvReceiver *receiver,
                                          GError          **error);

gboolean scope_csv_reader_pass_over      (ScopeCsvReceiver *receiver,
                                          int               number);

G_END_DECLS
