/* calm.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The y axes of a picture that goes along with a test: they grow at once, and
 * shrink when a while has passed in which less was enough.
 */
#pragma once

#include "charts.h"

G_BEGIN_DECLS

/* s of the test */
#define SCOPE_CALM_S 15.0

typedef struct
{
  ScopeSpread shown[SCOPE_MAX_PLOTS];
  double      enough_since[SCOPE_MAX_PLOTS]; /* s since the epoch; NaN: all is needed */
  ScopeScale  x;                             /* of the time axis, as it was */
} ScopeCalm;

void     scope_calm_begin (ScopeCalm         *self,
                           const ScopeCharts *charts);
gboolean scope_calm_hold  (ScopeCalm         *self,
                           const ScopeCharts *charts);

G_END_DECLS
