/* curves.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers behind a picture as CSV: taken at one moment, and written when and
 * by whom one likes.
 */
#pragma once

#include "picture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ScopeCurves ScopeCurves;

/* Takes some of the text; FALSE where no more is wanted. */
typedef gboolean (*ScopeCurvesSink) (gpointer    data,
                                     const char *text,
                                     gsize       length);

ScopeCurves *scope_curves_new      (const ScopePicture *picture,
                                    GError            **error);
void         scope_curves_free     (ScopeCurves        *self);
gboolean     scope_curves_has_rows (const ScopeCurves  *self);
gboolean     scope_curves_write    (const ScopeCurves  *self,
                                    ScopeCurvesSink     sink,
                                    gpointer            data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeCurves, scope_curves_free)

G_END_DECLS
