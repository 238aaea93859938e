/* slots.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places in the palette, handed out so that what is shown together can be
 * told apart: colours first, then the same colours with dashes.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SCOPE_N_SLOT_COLORS 10
#define SCOPE_N_SLOT_DASHES 4
#define SCOPE_N_SLOTS       (SCOPE_N_SLOT_COLORS * SCOPE_N_SLOT_DASHES)
#define SCOPE_SLOT_NONE     G_MAXUINT

typedef struct _ScopeSlots ScopeSlots;

ScopeSlots *scope_slots_new     (void);
ScopeSlots *scope_slots_ref     (ScopeSlots *self);
void        scope_slots_unref   (ScopeSlots *self);
guint       scope_slots_take    (ScopeSlots *self,
                                 guint       hash);
void        scope_slots_release (ScopeSlots *self,
                                 guint       slot);

G_END_DECLS
