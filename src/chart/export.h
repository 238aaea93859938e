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

gboolean scope_export_check_path (const char            *path,
                                  GError               **error);
GBytes  *scope_export_to_bytes   (const ScopePicture    *picture,
                                  const ScopeExportSize *size,
                                  const char            *path,
                                  GError               **error);
gboolean scope_export            (const ScopePicture    *picture,
                                  const ScopeExportSize *size,
                                  const char            *path,
                                  GError               **error);

G_END_DECLS
