/* image.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An image surface as a PNG.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean scope_image_write (cairo_surface_t *surface,
                          GByteArray      *bytes);

G_END_DECLS
