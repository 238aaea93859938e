/* shown.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text of a file as it is shown: whoever wrote it may have put anything in.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a longer text the middle is left out: laying out a name of a megabyte
 * takes seconds, and nobody reads it. */
#define SCOPE_MOST_SHOWN 400

char *scope_shown_dup (const char *text);

G_END_DECLS
