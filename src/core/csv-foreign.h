/* csv-foreign.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file is that is not a history, in words for whoever opened it, and
 * what to do with it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *scope_csv_foreign_describe_early (const char *bytes,
                                        gsize       length);
char *scope_csv_foreign_describe       (const char *bytes,
                                        gsize       length);
char *scope_csv_foreign_with_need      (const char *what);
char *scope_csv_foreign_find_history   (const char *path);
char *scope_csv_foreign_name_history   (const char *message,
                                        const char *name);

G_END_DECLS
