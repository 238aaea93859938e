/* recent-files.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The histories that were opened lately, as the desktop remembers them.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *scope_recent_files_list (guint  most);
void       scope_recent_files_add  (GFile *file);

G_END_DECLS
