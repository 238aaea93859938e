/* export-command.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * “locustscope --export”: reads a history to its end and draws it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int scope_export_command_run (GVariantDict *options);

G_END_DECLS
