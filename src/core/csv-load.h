/* csv-load.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a file or a stream once, to its end.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

gboolean scope_csv_load (ScopeHistory *history,
                         const char   *path,
                         guint         dropped,
                         GError      **error);
gboolean scope_csv_load_stream (ScopeHistory *history,
                                int           fd,
                                guint         dropped,
                                GError      **error);
gboolean scope_csv_load_is_partial (const GError *error);

G_END_DECLS
