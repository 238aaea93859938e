/* export.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture as a file.
 */
#pragma once

#include "picture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_EXPORT_MIN_PX    240
#define SCOPE_EXPORT_MAX_PX    16384
#define SCOPE_EXPORT_MAX_PIXELS 32767 /* a side of an image, in device pixels */
#define SCOPE_EXPORT_MIN_SCALE 0.5
#define SCOPE_EXPORT_MAX_SCALE 8.0

typedef struct
{
  int    width;  /* px */
  int    height; /* px */
  double scale;  /* device pixels a px, in PNG */
} ScopeExportSize;

extern const ScopeExportSize SCOPE_EXPORT_DEFAULT_SIZE;

/* What is to be written, as it was at one moment. */
typedef struct _ScopeExport ScopeExport;

gboolean     scope_export_check_path (const char            *path,
                                      GError               **error);
ScopeExport *scope_export_new        (const ScopePicture    *picture,
                                      const ScopeExportSize *size,
                                      const char            *path,
                                      GError               **error);
void         scope_export_free       (ScopeExport           *self);
gboolean     scope_export_is_empty   (const ScopeExport     *self);
gboolean     scope_export_write      (ScopeExport           *self,
                                      const char            *path,
                                      GError               **error);
gboolean     scope_export            (const ScopePicture    *picture,
                                      const ScopeExportSize *size,
                                      const char            *path,
                                      GError               **error);
void         scope_export_draw_page  (const ScopePicture    *picture,
                                      cairo_t               *cr,
                                      double                 width,
                                      double                 height);
GBytes      *scope_export_draw_png   (const ScopePicture    *picture,
                                      const ScopeExportSize *size,
                                      GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeExport, scope_export_free)

G_END_DECLS
