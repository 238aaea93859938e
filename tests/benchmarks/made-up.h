/* made-up.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Histories of any size, as Locust 2.29 and later writes them, for benchmarks.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GString *made_up_history (guint n_endpoints,
                          guint n_seconds);

G_END_DECLS
