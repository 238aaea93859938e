/* ranking.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which endpoints stand out over a stretch of time, to be shown alone.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* So many are shown as the slowest. */
#define SCOPE_RANKING_SLOWEST 10

guint scope_ranking_show_slowest (ScopeHistory *history,
                                  double        start,
                                  double        end);
guint scope_ranking_show_failing (ScopeHistory *history,
                                  double        start,
                                  double        end);

G_END_DECLS
