/* window.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One window, one file: feed, history and view come together here, and
 * nowhere else.
 */
#pragma once

#include "csv-feed.h"
#include "history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_WINDOW (scope_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWindow, scope_window, SCOPE, WINDOW, AdwApplicationWindow)

ScopeWindow *scope_window_new         (AdwApplication *application);
ScopeWindow *scope_window_find_last   (GtkApplication *application);
void         scope_window_open        (ScopeWindow    *self,
                                       ScopeCsvFeed   *feed,
                                       ScopeHistory   *history);
gboolean     scope_window_open_sample (ScopeWindow    *self,
                                       GBytes         *recording);
void         scope_window_compare     (ScopeWindow    *self,
                                       GFile          *file,
                                       int             run);
void         scope_window_forget_choices (ScopeWindow *self);
GFile       *scope_window_get_file    (ScopeWindow    *self);

G_END_DECLS
