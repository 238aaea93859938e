/* application-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the application share.
 */
#pragma once

#include "application.h"

G_BEGIN_DECLS

void scope_application_add_actions (ScopeApplication *self);

G_END_DECLS
