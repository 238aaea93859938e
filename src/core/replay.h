/* replay.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plays a recorded history as a growing file, so that whoever follows it
 * takes the same path as with a running test.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_REPLAY (scope_replay_get_type ())
G_DECLARE_FINAL_TYPE (ScopeReplay, scope_replay, SCOPE, REPLAY, GObject)

ScopeReplay *scope_replay_new      (GBytes       *recording,
                                    const char   *file_name,
                                    double        head,
                                    GError      **error);
GFile       *scope_replay_get_file (ScopeReplay  *self);

G_END_DECLS
