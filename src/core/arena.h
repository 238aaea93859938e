/* arena.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory that is only ever given back all at once: that of a history's rows.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *slabs; /* owned */
  gsize      size;   /* bytes, of all of them */
  guint8    *free;   /* in the last one */
  gsize      n_free; /* bytes */
} ScopeArena;

void     scope_arena_init  (ScopeArena *self);
void     scope_arena_clear (ScopeArena *self);
gpointer scope_arena_alloc (ScopeArena *self,
                            gsize       size);

G_END_DECLS
