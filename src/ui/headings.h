/* headings.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The headings of a table of numbers: where their labels stand, and which of them
 * sorts.  Its rows are sorted elsewhere.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     scope_headings_align      (GtkColumnView *view,
                                    guint          n_numbers);
void     scope_headings_listen     (GtkColumnView *view,
                                    GCallback      sorted,
                                    gpointer       object);
void     scope_headings_ignore     (GtkColumnView *view,
                                    GCallback      sorted,
                                    gpointer       object);
gboolean scope_headings_get_sorted (GtkColumnView *view,
                                    guint         *column,
                                    gboolean      *descending);

G_END_DECLS
