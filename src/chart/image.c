/* image.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cairo tries all filters on every line and compresses thoroughly, which takes
 * longer than all else of an export.  A chart is mostly of one colour: without
 * filters and with little effort it comes out as small.  Two threads compress
 * half of the lines each; the halves of a deflate stream need nothing of each
 * other.
 */
#include "image.h"

#include <string.h>
#include <zlib.h>

#define COMPRESSION_LEVEL 3
#define N_PARTS           2

/* Of the zlib format: 32 KB to look back, and that the effort was little. */
#define ZLIB_HEADER "\x78\x5e"

#define SIGNATURE     "\x89PNG\r\n\x1a\n"
#define BITS          8
#define COLOR_RGB     2
#define BYTES_A_PIXEL 3

/* Lines of the image, which one thread compresses. */
typedef struct
{
  const guint8 *lines;      /* borrowed: of Cairo's */
  gsize         stride;     /* bytes */
  guint         width;
  guint         n_lines;
  gboolean      is_last;
  guint8       *compressed; /* owned */
  gsize         n_compressed;
  uLong         checksum;   /* of what was compressed */
  gsize         n_plain;    /* bytes of that */
  gboolean      failed;
} Part;

/* A line of a PNG: that it is not filtered, then red, green, blue of each
 * pixel, which is one number of 32 bits with Cairo. */
static void
pack_line (const guint8 *line,
           guint         width,
           guint8       *packed)
{
  *packed++ = 0;
  for (guint x = 0; x < width; x++)
    {
      guint32 pixel;

      memcpy (&pixel, line + x * sizeof pixel, sizeof pixel);
      *packed++ = pixel >> 16 & 0xff;
      *packed++ = pixel >> 8 & 0xff;
      *packed++ = pixel & 0xff;
    }
}

static gpointer
compress_thread (gpointer data)
{
  Part              *part = data;
  gsize              n_line = 1 + BYTES_A_PIXEL * (gsize) part->width;
  g_autofree guint8 *line = g_malloc (n_line);
  z_stream           stream = { 0 };
  gsize              most;

  part->n_plain = n_line * part->n_lines;
  part->checksum = adler32 (0, NULL, 0);
  if (deflateInit2 (&stream, COMPRESSION_LEVEL, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL - 1,
                    Z_DEFAULT_STRATEGY) != Z_OK)
    {
      part->failed = TRUE;
      return NULL;
    }
  most = deflateBound (&stream, part->n_plain) + n_line;
  part->compressed = g_try_malloc (most);
  if (part->compressed == NULL)
    {
      part->failed = TRUE;
      deflateEnd (&stream);
      return NULL;
    }
  stream.next_out = part->compressed;
  stream.avail_out = (uInt) most;
  for (guint y = 0; y < part->n_lines; y++)
    {
      pack_line (part->lines + y * part->stride, part->width, line);
      part->checksum = adler32 (part->checksum, line, (uInt) n_line);
      stream.next_in = line;
      stream.avail_in = (uInt) n_line;
      part->failed |= deflate (&stream, Z_NO_FLUSH) != Z_OK;
    }
  /* The next part begins with a whole byte. */
  part->failed |= deflate (&stream, part->is_last ? Z_FINISH : Z_SYNC_FLUSH) !=
                  (part->is_last ? Z_STREAM_END : Z_OK);
  part->n_compressed = stream.total_out;
  deflateEnd (&stream);
  return NULL;
}

static void
add_number (GByteArray *bytes,
            guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

/* Begins a chunk of the file; returns where. */
static gsize
begin_chunk (GByteArray *bytes,
             const char *type,
             gsize       length)
{
  add_number (bytes, (guint32) length);
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  return bytes->len - 4;
}

static void
end_chunk (GByteArray *bytes,
           gsize       start)
{
  add_number (bytes, (guint32) crc32 (crc32 (0, NULL, 0), bytes->data + start,
                                      (uInt) (bytes->len - start)));
}

static void
write_header (GByteArray *bytes,
              guint       width,
              guint       height)
{
  static const guint8 form[] = { BITS, COLOR_RGB, 0, 0, 0 };
  gsize               start;

  g_byte_array_append (bytes, (const guint8 *) SIGNATURE, strlen (SIGNATURE));
  start = begin_chunk (bytes, "IHDR", 2 * sizeof (guint32) + sizeof form);
  add_number (bytes, width);
  add_number (bytes, height);
  g_byte_array_append (bytes, form, sizeof form);
  end_chunk (bytes, start);
}

static void
write_parts (GByteArray *bytes,
             const Part *parts)
{
  gsize length = strlen (ZLIB_HEADER) + sizeof (guint32);
  uLong checksum = parts[0].checksum;
  gsize start;

  for (guint i = 0; i < N_PARTS; i++)
    length += parts[i].n_compressed;
  start = begin_chunk (bytes, "IDAT", length);
  g_byte_array_append (bytes, (const guint8 *) ZLIB_HEADER, strlen (ZLIB_HEADER));
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_byte_array_append (bytes, parts[i].compressed, (guint) parts[i].n_compressed);
      if (i > 0)
        checksum = adler32_combine (checksum, parts[i].checksum, (z_off_t) parts[i].n_plain);
    }
  add_number (bytes, (guint32) checksum);
  end_chunk (bytes, start);
  end_chunk (bytes, begin_chunk (bytes, "IEND", 0));
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
  guint    height = (guint) cairo_image_surface_get_height (surface);
  Part     parts[N_PARTS];
  GThread *threads[N_PARTS];
  gboolean failed = FALSE;

  cairo_surface_flush (surface);
  for (guint i = 0; i < N_PARTS; i++)
    {
      gsize stride = (gsize) cairo_image_surface_get_stride (surface);
      guint first = height * i / N_PARTS;

      parts[i] = (Part){ .lines = cairo_image_surface_get_data (surface) + first * stride,
                         .stride = stride,
                         .width = (guint) cairo_image_surface_get_width (surface),
                         .n_lines = height * (i + 1) / N_PARTS - first,
                         .is_last = i + 1 == N_PARTS };
      if (i > 0)
        threads[i] = g_thread_new ("compress", compress_thread, &parts[i]);
    }
  compress_thread (&parts[0]);
  for (guint i = 0; i < N_PARTS; i++)
    {
      if (i > 0)
        g_thread_join (threads[i]);
      failed |= parts[i].failed;
    }
  if (!failed)
    {
      write_header (bytes, parts[0].width, height);
      write_parts (bytes, parts);
    }
  for (guint i = 0; i < N_PARTS; i++)
    g_free (parts[i].compressed);
  return !failed;
}
