/* gtktest.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests of widgets need: a window, frames, pixels, and a history made
 * from a few words.  It knows no widget of the program.
 */
#pragma once

#include <gtk/gtk.h>

#include "history.h"

G_BEGIN_DECLS

typedef gboolean (*GtktestCondition) (gpointer data);

void          gtktest_init        (int              *argc,
                                   char           ***argv,
                                   guint             alarm_s);
gboolean      gtktest_wait_until  (GtktestCondition  condition,
                                   gpointer          data,
                                   guint             timeout_ms);
gboolean      gtktest_wait_null   (gpointer         *weak_pointer);
void          gtktest_wait_frames (GtkWidget        *widget,
                                   guint             n);
GtkWidget    *gtktest_show        (GtkWidget        *child,
                                   int               width,
                                   int               height);
void          gtktest_destroy     (GtkWidget        *window);
gpointer      gtktest_controller  (GtkWidget        *widget,
                                   GType             type);
GPtrArray    *gtktest_find_all    (GtkWidget        *widget,
                                   GType             type);
GdkTexture   *gtktest_render      (GtkWidget        *widget);
guint         gtktest_count       (GdkTexture       *texture,
                                   const GdkRGBA    *color);
guint         gtktest_count_ink   (GdkTexture       *texture,
                                   const GdkRGBA    *ink,
                                   const GdkRGBA    *background);

ScopeHistory *gtktest_history_new (const char *const *endpoints,
                                   guint              n_blocks);
void          gtktest_append      (ScopeHistory      *history,
                                   const char *const *endpoints,
                                   guint              n_blocks);
char         *gtktest_csv         (const char *const *endpoints,
                                   guint              first,
                                   guint              n_blocks,
                                   gboolean           header);

G_END_DECLS
