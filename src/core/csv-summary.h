/* csv-summary.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PREFIX_stats.csv, which Locust writes anew every second: the counters of
 * all endpoints, as the history will have them a few seconds later.
 */
#pragma once

#include "identities.h"

G_BEGIN_DECLS

gboolean scope_csv_summary_read (const char      *bytes,
                                 gsize            length,
                                 ScopeIdentities *identities,
                                 ScopeBlocks     *blocks);

G_END_DECLS
