/* view.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stretch of time that is looked at, the same in all charts: it follows
 * the history as it grows, or stays where it was put.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_VIEW (scope_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeView, scope_view, SCOPE, VIEW, GObject)

ScopeView *scope_view_new       (ScopeHistory *history);
void       scope_view_get_range (ScopeView    *self,
                                 double       *start,
                                 double       *end);
void       scope_view_get_extent (ScopeView   *self,
                                  double      *start,
                                  double      *end);
void       scope_view_get_roomy_range (ScopeView *self,
                                       double    *start,
                                       double    *end);
gboolean   scope_view_get_fixed (ScopeView    *self);
void       scope_view_set_fixed (ScopeView    *self,
                                 double        start,
                                 double        end);
void       scope_view_follow    (ScopeView    *self);
void       scope_view_set_window (ScopeView   *self,
                                  double       seconds);
double     scope_view_get_window (ScopeView   *self);
void       scope_view_drop_room (ScopeView    *self);
void       scope_view_set_run   (ScopeView    *self,
                                 int           run);
int        scope_view_get_run   (ScopeView    *self);

G_END_DECLS
