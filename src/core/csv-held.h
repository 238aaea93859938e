/* csv-held.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The requests of a second that is not over, which wait until it is, so that no
 * block is shown that is still being filled.
 */
#pragma once

#include "blocks.h"

G_BEGIN_DECLS

void scope_csv_held_exchange (GArray      *held,
                              ScopeBlocks *blocks);

G_END_DECLS
