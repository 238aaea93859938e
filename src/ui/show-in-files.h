/* show-in-files.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file, marked in the desktop's file manager.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void scope_show_in_files (GDBusConnection *bus,
                          const char      *path,
                          AdwToastOverlay *toasts);

G_END_DECLS
