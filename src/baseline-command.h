/* baseline-command.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --baseline and --baseline-run: what is compared with.
 */
#pragma once

#include "baseline.h"

G_BEGIN_DECLS

gboolean       scope_baseline_command_check (GVariantDict *options,
                                             GError      **error);
gboolean       scope_baseline_command_check_target (GVariantDict *options,
                                                    const char   *path,
                                                    GError      **error);
ScopeBaseline *scope_baseline_command_make  (ScopeHistory *looked_at,
                                             ScopeView    *view,
                                             ScopeHistory *history,
                                             GVariantDict *options,
                                             const char   *title,
                                             GError      **error);

G_END_DECLS
