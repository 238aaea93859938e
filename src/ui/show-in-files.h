/* show-in-files.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file, marked in the desktop's file manager.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void scope_show_in_files (GtkWindow  *parent,
                          const char *path);

G_END_DECLS
