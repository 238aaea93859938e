/* means.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A statistic over a stretch of time that a user has marked.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

double scope_history_get_mean (ScopeHistory  *self,
                               guint          position,
                               ScopeStatistic statistic,
                               double         start,
                               double         end);

G_END_DECLS
