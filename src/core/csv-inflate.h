/* csv-inflate.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes of a file that was compressed by gzip, piece by piece, also while
 * it grows.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What no text begins with. */
#define SCOPE_CSV_GZIP_BYTE '\x1f'

typedef struct _ScopeCsvInflate ScopeCsvInflate;

ScopeCsvInflate *scope_csv_inflate_new      (void);
void             scope_csv_inflate_free     (ScopeCsvInflate *self);
gboolean         scope_csv_inflate_run      (ScopeCsvInflate *self,
                                             const char      *bytes,
                                             gsize            length,
                                             gsize           *used,
                                             const char     **out,
                                             gsize           *n_out);
gboolean         scope_csv_inflate_is_whole (ScopeCsvInflate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeCsvInflate, scope_csv_inflate_free)

G_END_DECLS
