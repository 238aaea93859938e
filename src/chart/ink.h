/* ink.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws an envelope as a curve, on image and vector surfaces alike.
 */
#pragma once

#include "envelope.h"
#include "palette.h"

G_BEGIN_DECLS

#define SCOPE_INK_WIDTH_PX 1.5

void scope_ink_curve (cairo_t          *cr,
                      const GArray     *points,
                      const ScopeScale *y,
                      const ScopePen   *pen);

G_END_DECLS
