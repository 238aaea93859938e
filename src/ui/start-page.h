/* start-page.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a window shows before a file was chosen: how to begin.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_START_PAGE (scope_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeStartPage, scope_start_page, SCOPE, START_PAGE, GtkWidget)

G_END_DECLS
