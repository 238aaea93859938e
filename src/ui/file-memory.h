/* file-memory.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where it is kept what a user chose for each file.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *scope_file_memory_read       (const char   *path,
                                    gsize        *length);
void  scope_file_memory_write      (GApplication *application,
                                    const char   *path,
                                    const char   *text);
void  scope_file_memory_forget_all (GApplication *application);

G_END_DECLS
