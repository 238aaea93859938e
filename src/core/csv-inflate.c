/* csv-inflate.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By zlib.  A file of several members, as "cat a.gz b.gz" or a writer that was
 * started again makes, is one text; zeros behind the last are padding.
 */
#include "csv-inflate.h"

#include <zlib.h>

#define OUT_BYTES (256 << 10)

/* The largest window, and a gzip header round it. */
#define GZIP_WINDOW_BITS (15 + 16)

struct _ScopeCsvInflate
{
  z_stream stream;
  gboolean is_whole; /* at the end of a member */
  char     out[OUT_BYTES];
};

/* Returns: (transfer full): at the beginning of a file */
ScopeCsvInflate *
scope_csv_inflate_new (void)
{
  ScopeCsvInflate *self = g_new0 (ScopeCsvInflate, 1);

  if (inflateInit2 (&self->stream, GZIP_WINDOW_BITS) != Z_OK)
    g_error ("zlib: %s", self->stream.msg ? self->stream.msg : "no memory");
  return self;
}

void
scope_csv_inflate_free (ScopeCsvInflate *self)
{
  inflateEnd (&self->stream);
  g_free (self);
}

/* The padding behind a member that @bytes begin with. */
static gsize
count_padding (ScopeCsvInflate *self,
               const char      *bytes,
               gsize            length)
{
  gsize n = 0;

  if (self->is_whole)
    while (n < length && bytes[n] == '\0')
      n++;
  return n;
}

/**
 * scope_csv_inflate_run:
 * @self: the inflater
 * @bytes: those that follow
 * @length: their number, from 0
 * @used: (out): how many of them were taken
 * @out: (out) (transfer none): what came out, until the next call
 * @n_out: (out): its length; 0 where there is no more in what was taken
 *
 * To be called until neither takes nor gives anything.
 *
 * Returns: whether the bytes are sound
 */
gboolean
scope_csv_inflate_run (ScopeCsvInflate *self,
                       const char      *bytes,
                       gsize            length,
                       gsize           *used,
                       const char     **out,
                       gsize           *n_out)
{
  gsize padding = count_padding (self, bytes, length);
  int   status;

  *used = padding;
  *out = self->out;
  *n_out = 0;
  if (self->is_whole && padding == length)
    return TRUE;
  if (self->is_whole)
    {
      inflateReset (&self->stream);
      self->is_whole = FALSE;
    }
  self->stream.next_in = (Bytef *) bytes + padding;
  self->stream.avail_in = (uInt) MIN (length - padding, G_MAXINT);
  self->stream.next_out = (Bytef *) self->out;
  self->stream.avail_out = OUT_BYTES;
  status = inflate (&self->stream, Z_NO_FLUSH);
  *used = (const char *) self->stream.next_in - bytes;
  *n_out = OUT_BYTES - self->stream.avail_out;
  self->is_whole = status == Z_STREAM_END;
  /* With nothing to take or to give it says that it is stuck. */
  return status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR;
}

/* Whether the file may end here. */
gboolean
scope_csv_inflate_is_whole (ScopeCsvInflate *self)
{
  return self->is_whole;
}
