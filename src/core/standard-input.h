/* standard-input.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "-" as the name of a file.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean    scope_stdin_is_meant (const char *name);
const char *scope_stdin_get_path (const char *name);
gboolean    scope_stdin_check    (GError    **error);

G_END_DECLS
