/* menus.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The menus of windows and legends, as menus.ui has them.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void scope_menus_fill (GMenu      *menu,
                       const char *id);

G_END_DECLS
