/* number.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimal numbers as they stand in a CSV cell, independent of the locale.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean scope_parse_uint   (const char *text,
                             gsize       length,
                             guint64    *value);
/* No time in ms and no rate is larger: with such numbers one can calculate. */
#define SCOPE_MOST_MEASURED 1e15

gboolean scope_parse_measured (const char *text,
                               gsize       length,
                               double     *value);
gboolean scope_parse_double (const char *text,
                             gsize       length,
                             double     *value);

G_END_DECLS
