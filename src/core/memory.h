/* memory.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much memory there is for what is read.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing limits it that can be found out. */
#define SCOPE_MEMORY_ENDLESS G_MAXINT64

/* Bytes; below 0 where there is less than should be left. */
typedef gint64 (*ScopeMemoryFunc) (void);

gint64 scope_memory_get_room        (void);
gint64 scope_memory_parse_meminfo   (const char *text,
                                     const char *label);
gint64 scope_memory_get_groups_room (const char *membership,
                                     const char *root);

G_END_DECLS
