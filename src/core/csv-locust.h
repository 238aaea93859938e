/* csv-locust.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a file is one that Locust has written.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough for any header but one that somebody made up. */
#define SCOPE_CSV_LOCUST_BYTES (1 << 14)

gboolean scope_csv_is_of_locust       (const char *bytes,
                                       gsize       length);
char   **scope_csv_list_locust_names  (const char *path);

G_END_DECLS
