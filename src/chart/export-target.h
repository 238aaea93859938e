/* export-target.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an export may be written over.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean scope_export_check_target (const char        *path,
                                    const char *const *sources,
                                    GError           **error);

G_END_DECLS
