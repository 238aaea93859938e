/* export.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture is made in memory, numbers are copied: from then on the history may
 * change.  Both are then put in place at once, so that an older file of that name
 * is there whole until the new one is.
 */
#include "export.h"

#include "curves.h"
#include "image.h"
#include "replace-file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* A px is 1/96 inch, a point 1/72. */
#define POINTS_PER_PX 0.75

struct _ScopeExport
{
  GByteArray  *picture; /* owned, or NULL: ... */
  ScopeCurves *curves;  /* ... owned */
};

const ScopeExportSize SCOPE_EXPORT_DEFAULT_SIZE = { .width = 1200, .height = 800, .scale = 2 };

typedef cairo_surface_t *(*MakeSurface) (const ScopeExportSize *size,
                                         double                *scale,
                                         GByteArray            *bytes);

static cairo_status_t
take_bytes (void                *data,
            const unsigned char *bytes,
            unsigned int         length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_png_surface (const ScopeExportSize *size,
                  double                *scale,
                  GByteArray            *bytes)
{
  *scale = size->scale;
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) round (size->width * size->scale),
                                     (int) round (size->height * size->scale));
}

static cairo_surface_t *
make_svg_surface (const ScopeExportSize *size,
                  double                *scale,
                  GByteArray            *bytes)
{
  cairo_surface_t *surface =
    cairo_svg_surface_create_for_stream (take_bytes, bytes, size->width, size->height);

  *scale = 1;
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return surface;
}

static cairo_surface_t *
make_pdf_surface (const ScopeExportSize *size,
                  double                *scale,
                  GByteArray            *bytes)
{
  *scale = POINTS_PER_PX;
  return cairo_pdf_surface_create_for_stream (take_bytes, bytes, size->width * POINTS_PER_PX,
                                              size->height * POINTS_PER_PX);
}

static const struct
{
  const char *ending;
  MakeSurface make;
  gboolean    is_image;
} FORMATS[] = {
  { ".png", make_png_surface, TRUE },
  { ".svg", make_svg_surface, FALSE },
  { ".pdf", make_pdf_surface, FALSE },
  { ".csv", NULL, FALSE },
};

static int
find_format (const char *path,
             GError    **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *name = path[0] != '\0' ? g_filename_display_basename (path) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    if (g_str_has_suffix (lower, FORMATS[i].ending))
      return (int) i;
  if (name == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                         _("There is no name of a file to write to, such as chart.png."));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                 _("“%s” does not end in .png, .svg, .pdf or .csv, which decides what is written."), name);
  return -1;
}

/* Whether the ending of @path is one that can be written. */
gboolean
scope_export_check_path (const char *path,
                         GError    **error)
{
  return find_format (path, error) >= 0;
}

static gboolean
check_cairo (cairo_status_t status,
             GError       **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture cannot be drawn: %s."),
               cairo_status_to_string (status));
  return FALSE;
}

static gboolean
draw (const ScopePicture    *picture,
      const ScopeExportSize *size,
      int                    format,
      GByteArray            *bytes,
      GError               **error)
{
  ScopePicture     copy = *picture;
  double           scale;
  cairo_surface_t *surface = FORMATS[format].make (size, &scale, bytes);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_scale (cr, scale, scale);
  copy.column = 1 / size->scale;
  scope_picture_draw (&copy, cr, size->width, size->height);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && FORMATS[format].is_image)
    status = scope_image_write (surface, bytes) ? status : CAIRO_STATUS_NO_MEMORY;
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_cairo (status, error);
}

/**
 * scope_export_draw_page:
 * @picture: what to draw; its column width is not used
 * @cr: a page, in points
 * @width: of the page, in points
 * @height: of the page, in points
 *
 * Draws the picture so that it fills the page, in the size of a PDF.
 */
void
scope_export_draw_page (const ScopePicture *picture,
                        cairo_t            *cr,
                        double              width,
                        double              height)
{
  ScopePicture copy = *picture;

  copy.column = 1 / SCOPE_EXPORT_DEFAULT_SIZE.scale;
  cairo_save (cr);
  cairo_scale (cr, POINTS_PER_PX, POINTS_PER_PX);
  scope_picture_draw (&copy, cr, width / POINTS_PER_PX, height / POINTS_PER_PX);
  cairo_restore (cr);
}

/**
 * scope_export_draw_png:
 * @picture: what to draw; its column width is not used
 * @size: how large
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the picture as a PNG
 */
GBytes *
scope_export_draw_png (const ScopePicture    *picture,
                       const ScopeExportSize *size,
                       GError               **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!draw (picture, size, 0, bytes, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * scope_export_new:
 * @picture: what to draw; its column width is not used
 * @size: how large
 * @path: whose ending decides between PNG, SVG, PDF and CSV
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): what is to be written, which needs nothing
 *   of @picture any more
 */
ScopeExport *
scope_export_new (const ScopePicture    *picture,
                  const ScopeExportSize *size,
                  const char            *path,
                  GError               **error)
{
  g_autoptr (ScopeExport) self = g_new0 (ScopeExport, 1);
  int                     format = find_format (path, error);

  if (format < 0)
    return NULL;
  if (FORMATS[format].make == NULL)
    {
      self->curves = scope_curves_new (picture, error);
      return self->curves != NULL ? g_steal_pointer (&self) : NULL;
    }
  self->picture = g_byte_array_new ();
  return draw (picture, size, format, self->picture, error) ? g_steal_pointer (&self) : NULL;
}

void
scope_export_free (ScopeExport *self)
{
  g_clear_pointer (&self->picture, g_byte_array_unref);
  g_clear_pointer (&self->curves, scope_curves_free);
  g_free (self);
}

/* Whether these are numbers, and there are none. */
gboolean
scope_export_is_empty (const ScopeExport *self)
{
  return self->curves != NULL && !scope_curves_has_rows (self->curves);
}

static gboolean
sink (gpointer    replacement,
      const char *text,
      gsize       length)
{
  return scope_replacement_write (replacement, text, length);
}

static gboolean
write_all (ScopeReplacement *replacement,
           gpointer          data)
{
  ScopeExport *self = data;

  if (self->curves != NULL)
    return scope_curves_write (self->curves, sink, replacement);
  return scope_replacement_write (replacement, self->picture->data, self->picture->len);
}

/**
 * scope_export_write:
 * @self: what is to be written
 * @path: where to
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Writes it as scope_replace_file() does; any thread may do so.
 *
 * Returns: whether the file was written
 */
gboolean
scope_export_write (ScopeExport *self,
                    const char  *path,
                    GError     **error)
{
  return scope_replace_file (path, write_all, self, error);
}

/**
 * scope_export:
 * @picture: what to draw; its column width is not used
 * @size: how large
 * @path: where to; its ending decides between PNG, SVG, PDF and CSV
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Returns: whether the file was written
 */
gboolean
scope_export (const ScopePicture    *picture,
              const ScopeExportSize *size,
              const char            *path,
              GError               **error)
{
  g_autoptr (ScopeExport) self = scope_export_new (picture, size, path, error);

  return self != NULL && scope_export_write (self, path, error);
}
