/* banner.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line above the charts that says something about the data, with a button
 * for what to do about it.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_BANNER (scope_banner_get_type ())
G_DECLARE_FINAL_TYPE (ScopeBanner, scope_banner, SCOPE, BANNER, GtkWidget)

void scope_banner_show (ScopeBanner *self,
                        const char  *text);
void scope_banner_hide (ScopeBanner *self);

G_END_DECLS
