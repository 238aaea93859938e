/* table-view.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers behind the charts, in their place: a table of what is shown, at
 * the cursor and over the stretch of time that is looked at.
 */
#pragma once

#include "cursor.h"
#include "view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TABLE_VIEW (scope_table_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTableView, scope_table_view, SCOPE, TABLE_VIEW, GtkWidget)

void       scope_table_view_set_history (ScopeTableView *self,
                                         ScopeHistory   *history,
                                         ScopeView      *view,
                                         ScopeCursor    *cursor);
void       scope_table_view_set_elapsed (ScopeTableView *self,
                                         gboolean        elapsed);
GPtrArray *scope_table_view_list        (ScopeTableView *self);

G_END_DECLS
