/* limits-dialog.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where limits are set: for all endpoints, and for one.
 */
#pragma once

#include "scope-limits.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LIMITS_DIALOG (scope_limits_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLimitsDialog, scope_limits_dialog, SCOPE, LIMITS_DIALOG, AdwWindow)

ScopeLimitsDialog *scope_limits_dialog_new    (GtkWindow         *parent,
                                               ScopeLimits       *limits);
void               scope_limits_dialog_choose (ScopeLimitsDialog *self,
                                               ScopeEndpoint     *endpoint);

G_END_DECLS
