/* made-up.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Histories of any size, as Locust 2.29 and later writes them with
 * --csv-full-history, for benchmarks: the same from the same seed.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MadeUp MadeUp;

/* Any other will do: figures are compared with this one. */
#define MADE_UP_SEED 7

MadeUp  *made_up_new        (guint    n_endpoints,
                             guint32  seed);
void     made_up_free       (MadeUp  *self);
void     made_up_set_start  (MadeUp  *self,
                             gint64   start);
void     made_up_add_header (GString *text);
guint    made_up_add_block  (MadeUp  *self,
                             GString *text);
GString *made_up_history    (MadeUp  *self,
                             guint    n_seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadeUp, made_up_free)

G_END_DECLS
