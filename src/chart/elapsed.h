/* elapsed.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times as seconds since a run began, in place of those of a clock.
 */
#pragma once

#include "scale.h"

G_BEGIN_DECLS

char   *scope_format_elapsed       (double            seconds);
char   *scope_format_moment        (double            time,
                                    double            origin);
char   *scope_format_duration      (double            start,
                                    double            end,
                                    double            origin);
char   *scope_format_elapsed_range (double            start,
                                    double            end,
                                    double            origin);
GArray *scope_scale_elapsed_ticks  (const ScopeScale *self,
                                    double            spacing,
                                    double            origin);

G_END_DECLS
