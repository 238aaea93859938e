/* curves.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers behind a picture as CSV.
 */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

gboolean scope_curves_has_rows (const ScopePicture *picture);
void     scope_curves_write    (const ScopePicture *picture,
                                GByteArray         *bytes);

G_END_DECLS
