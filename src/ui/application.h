/* application.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application: windows, and which of them a file is opened in.
 */
#pragma once

#include "window.h"

G_BEGIN_DECLS

#define SCOPE_SAMPLE_RESOURCE "/io/github/locustscope/Locustscope/sample_stats_history.csv"

#define SCOPE_TYPE_APPLICATION (scope_application_get_type ())
G_DECLARE_FINAL_TYPE (ScopeApplication, scope_application, SCOPE, APPLICATION, AdwApplication)

ScopeApplication *scope_application_new         (void);
void              scope_application_read_ahead  (ScopeApplication *self,
                                                 GFile            *file);
void              scope_application_open_file   (ScopeApplication *self,
                                                 GFile            *file);
void              scope_application_open_sample (ScopeApplication *self);

G_END_DECLS
