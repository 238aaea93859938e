/* csv-file.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes of a file that another program may write to at any time.
 */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

gboolean scope_csv_file_is_same         (const char        *path,
                                         const char        *other);
gint64   scope_csv_file_get_change       (const struct stat *status);
gssize   scope_csv_file_read_at          (int                fd,
                                          char              *buffer,
                                          gsize              length,
                                          goffset            offset);
gboolean scope_csv_file_is_as            (int                fd,
                                          const struct stat *status);
gssize   scope_csv_file_read_piece       (int                fd,
                                          char              *buffer,
                                          gsize              length,
                                          goffset            offset,
                                          struct stat       *status);
char    *scope_csv_file_read_undisturbed (const char        *path,
                                          goffset            most,
                                          struct stat       *status);

G_END_DECLS
