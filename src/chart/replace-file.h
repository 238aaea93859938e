/* replace-file.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that is there whole, the old one or the new one, whatever happens.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new file while it is written. */
typedef struct _ScopeReplacement ScopeReplacement;

/* Writes all of it; FALSE where a write has failed. */
typedef gboolean (*ScopeReplaceFunc) (ScopeReplacement *replacement,
                                      gpointer          data);

gboolean scope_replace_file         (const char       *path,
                                     ScopeReplaceFunc  write,
                                     gpointer          data,
                                     GError          **error);
gboolean scope_replacement_write    (ScopeReplacement *self,
                                     const void       *bytes,
                                     gsize             length);
gboolean scope_replace_file_check   (const char       *path,
                                     GError          **error);
char    *scope_replace_file_resolve (const char       *path,
                                     GError          **error);

G_END_DECLS
