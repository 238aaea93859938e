/* cursor.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One instant that is looked at in all charts and in the legend: it goes with
 * the pointer, or stays where it was pinned, or there are two and what lies
 * between them.  And one endpoint, which stands out.
 */
#pragma once

#include "endpoint.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_CURSOR (scope_cursor_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCursor, scope_cursor, SCOPE, CURSOR, GObject)

ScopeCursor *scope_cursor_new        (void);
gboolean     scope_cursor_get_time   (ScopeCursor *self,
                                      double      *time);
gboolean     scope_cursor_get_pinned (ScopeCursor *self);
void         scope_cursor_point      (ScopeCursor *self,
                                      double       time);
void         scope_cursor_leave      (ScopeCursor *self);
void         scope_cursor_pin        (ScopeCursor *self,
                                      double       time);
void         scope_cursor_pin_other  (ScopeCursor *self,
                                      double       time);
gboolean     scope_cursor_get_span   (ScopeCursor *self,
                                      double      *start,
                                      double      *end);
gboolean     scope_cursor_get_other  (ScopeCursor *self,
                                      double      *time);
void         scope_cursor_clear      (ScopeCursor *self);

void           scope_cursor_set_endpoint (ScopeCursor   *self,
                                          ScopeEndpoint *endpoint);
ScopeEndpoint *scope_cursor_get_endpoint (ScopeCursor   *self);

G_END_DECLS
