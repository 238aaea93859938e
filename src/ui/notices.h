/* notices.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the desktop is told while its user looks at something else.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void scope_notices_send     (GApplication *application,
                             const char   *id,
                             const char   *title,
                             const char   *body,
                             GFile        *file);
void scope_notices_withdraw (GApplication *application,
                             const char   *id);

G_END_DECLS
