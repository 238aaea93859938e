/* file-ops.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that can be done to a real file while somebody follows it.  Which operation
 * comes next, and how, is decided by bytes: random ones, or those that a fuzzer
 * thinks of.  It does not know who follows.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FileOps FileOps;

/* The program that is tested has some time now. */
typedef void (*FileOpsFunc) (gpointer data);

FileOps    *file_ops_new          (const guint8 *choices,
                                   gsize         n);
void        file_ops_free         (FileOps      *self);
void        file_ops_set_pause    (FileOps      *self,
                                   FileOpsFunc   func,
                                   gpointer      data);
const char *file_ops_get_path     (FileOps      *self);
const char *file_ops_get_trace    (FileOps      *self);
guint       file_ops_choose       (FileOps      *self,
                                   guint         n);
gboolean    file_ops_is_over      (FileOps      *self);
void        file_ops_note         (FileOps      *self,
                                   const char   *format,
                                   ...) G_GNUC_PRINTF (2, 3);
void        file_ops_play         (FileOps      *self,
                                   gboolean      may_pause);
void        file_ops_put_back     (FileOps      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FileOps, file_ops_free)

G_END_DECLS
