/* limit-command.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --limit: what should not be exceeded, and which endpoints did.
 */
#pragma once

#include "scope-limits.h"

G_BEGIN_DECLS

GPtrArray *scope_limit_command_parse  (GVariantDict *options,
                                       GError      **error);
gboolean   scope_limit_command_put    (ScopeLimits  *limits,
                                       GVariantDict *options,
                                       GError      **error);
gboolean   scope_limit_command_report (ScopeLimits  *limits,
                                       double        origin);

G_END_DECLS
