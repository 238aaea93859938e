/* repr.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as Python's repr() writes them, and fast: a made-up history of
 * some gigabytes has three of them in each row.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REPR_MIN 1e-3
#define REPR_MAX 1e15

char *put_uint (char   *to,
                guint64 value);
char *put_repr (char   *to,
                double  value);

G_END_DECLS
