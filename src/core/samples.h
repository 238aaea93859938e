/* samples.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ranks among the single response times of a log: exact percentiles.
 */
#pragma once

#include "columns.h"

G_BEGIN_DECLS

double scope_samples_get_percentile (const ScopeColumns *columns,
                                     guint               from,
                                     guint               to,
                                     double              percent);

G_END_DECLS
