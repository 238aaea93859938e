/* line-sample.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A short piece of an endpoint's line, in its colour and dashes.
 */
#pragma once

#include "endpoint.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LINE_SAMPLE (scope_line_sample_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLineSample, scope_line_sample, SCOPE, LINE_SAMPLE, GtkWidget)

GtkWidget *scope_line_sample_new          (void);
void       scope_line_sample_set_endpoint (ScopeLineSample *self,
                                           ScopeEndpoint   *endpoint);

G_END_DECLS
