/* export-source.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What --export draws: the file, and the one that it is compared with.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

gboolean      scope_export_source_read        (ScopeHistory *history,
                                               GVariantDict *options,
                                               char        **title,
                                               GError      **partial,
                                               GError      **error);
ScopeHistory *scope_export_source_read_second (ScopeHistory *looked_at,
                                               GVariantDict *options,
                                               const char   *name,
                                               GError      **error);

G_END_DECLS
