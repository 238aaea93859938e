/* file-ops-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What operations on files share.
 */
#pragma once

#include "file-ops.h"
#include "row-writer.h"

G_BEGIN_DECLS

#define FILE_OPS_NAME "run_stats_history.csv"

struct _FileOps
{
  const guint8 *choices; /* borrowed */
  gsize         n;
  gsize         used;
  char         *root;    /* owned: all that is made is in it */
  char         *folder;  /* owned: holds the file */
  char         *away;    /* owned: where the folder is moved to */
  char         *path;    /* owned: of the file, which is followed */
  RowWriter     rows;
  GString      *pending; /* owned: of a row whose beginning was written */
  GString      *trace;   /* owned: what was done, to be read */
  FileOpsFunc   pause;
  gpointer      data;
};

char    *file_ops_get_place          (FileOps    *self,
                                      const char *name);
goffset  file_ops_get_size           (const char *path);
gboolean file_ops_exists             (FileOps    *self);

void     file_ops_append_rows        (FileOps    *self);
void     file_ops_append_part        (FileOps    *self);
void     file_ops_append_burst       (FileOps    *self);
void     file_ops_append_header      (FileOps    *self);
void     file_ops_append_two_writers (FileOps    *self);
void     file_ops_rewrite            (FileOps    *self);
void     file_ops_cut                (FileOps    *self);
void     file_ops_leave_hole         (FileOps    *self);
void     file_ops_replace            (FileOps    *self);
void     file_ops_write_to_moved     (FileOps    *self);

G_END_DECLS
