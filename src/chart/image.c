/* image.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cairo tries all filters on every line and compresses thoroughly, which takes
 * longer than all else of an export.  A chart is mostly of one colour: without
 * filters and with little effort it comes out as small.
 */
#include "image.h"

#include <png.h>

#define COMPRESSION_LEVEL 3

static void
write_cb (png_structp png,
          png_bytep   data,
          png_size_t  length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

static void
flush_cb (png_structp png)
{
}

/* Without a word: that it failed is told by what is returned. */
static void
warning_cb (png_structp     png,
            png_const_charp message)
{
}

static void
error_cb (png_structp     png,
          png_const_charp message)
{
  png_longjmp (png, 1);
}

/**
 * scope_image_write:
 * @surface: an image surface of %CAIRO_FORMAT_RGB24
 * @bytes: what the PNG is appended to
 *
 * Returns: whether there was memory for it
 */
gboolean
scope_image_write (cairo_surface_t *surface,
                 GByteArray      *bytes)
{
  int         width = cairo_image_surface_get_width (surface);
  int         height = cairo_image_surface_get_height (surface);
  int         stride = cairo_image_surface_get_stride (surface);
  guint8     *data = cairo_image_surface_get_data (surface);
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, warning_cb);
  png_infop   info = png ? png_create_info_struct (png) : NULL;

  if (info == NULL || setjmp (png_jmpbuf (png)) != 0)
    {
      png_destroy_write_struct (&png, &info);
      return FALSE;
    }
  png_set_write_fn (png, bytes, write_cb, flush_cb);
  png_set_IHDR (png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_compression_level (png, COMPRESSION_LEVEL);
  png_write_info (png, info);
  /* A pixel of Cairo's is a number of 32 bits, with red above green above blue. */
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    {
      png_set_bgr (png);
      png_set_filler (png, 0, PNG_FILLER_AFTER);
    }
  else
    {
      png_set_filler (png, 0, PNG_FILLER_BEFORE);
    }
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    png_write_row (png, data + (gsize) y * stride);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return TRUE;
}
