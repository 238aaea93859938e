/* follower.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader that follows a file to which things are done, and what it must have
 * handed on: after each look, exactly what a fresh reading of the file gives.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *follower_play (const guint8 *choices,
                     gsize         n,
                     char        **trace);

G_END_DECLS
