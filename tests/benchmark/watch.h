/* watch.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is on the screen of an X server, and when it changed.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Watch Watch;

typedef struct
{
  int x, y, width, height; /* px */
} WatchPart;

Watch    *watch_open      (void);
void      watch_close     (Watch           *self);
WatchPart watch_get_whole (Watch           *self);
gboolean  watch_wait      (Watch           *self,
                           double           timeout,
                           double          *when);
guint64   watch_hash      (Watch           *self,
                           const WatchPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_close)

void       watch_move_pointer (Watch           *self,
                               int              x,
                               int              y);

G_END_DECLS
