/* identities.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers each (Type, Name) of a file in the order of first appearance.  Two
 * are the same if their cells are, byte for byte.
 */
#pragma once

#include "blocks.h"
#include "csv-record.h"

G_BEGIN_DECLS

typedef struct _ScopeIdentities ScopeIdentities;

ScopeIdentities *scope_identities_new       (void);
void             scope_identities_free      (ScopeIdentities       *self);
guint32          scope_identities_get_n     (const ScopeIdentities *self);
guint32          scope_identities_find      (ScopeIdentities       *self,
                                             ScopeBlocks           *blocks,
                                             const ScopeCsvField   *type,
                                             const ScopeCsvField   *name,
                                             const char            *total_type);
guint32          scope_identities_add_total (ScopeIdentities       *self,
                                             ScopeBlocks           *blocks);
gboolean         scope_identities_is_total  (const ScopeIdentities *self,
                                             guint32                identity);

G_END_DECLS
