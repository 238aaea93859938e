/* csv-file.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is locked, as the writer would not look: what has changed is found
 * out afterwards.
 */
#include "csv-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Of a piece that is written to meanwhile. */
#define MOST_READS 3

/* Whether both lead to one file, which is there. */
gboolean
scope_csv_file_is_same (const char *path,
                        const char *other)
{
  struct stat a, b;

  return stat (path, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

/* µs since the epoch: when the file was written. */
gint64
scope_csv_file_get_change (const struct stat *status)
{
  return (gint64) status->st_mtim.tv_sec * G_USEC_PER_SEC + status->st_mtim.tv_nsec / 1000;
}

/* What pread() gives, whatever signals come. */
gssize
scope_csv_file_read_at (int     fd,
                        char   *buffer,
                        gsize   length,
                        goffset offset)
{
  ssize_t n;

  do
    n = pread (fd, buffer, length, offset);
  while (n < 0 && errno == EINTR);
  return n;
}

/**
 * scope_csv_file_is_as:
 * @fd: of a file
 * @status: of the file, earlier
 *
 * Returns: whether nobody can be seen to have written to it since
 */
gboolean
scope_csv_file_is_as (int                fd,
                      const struct stat *status)
{
  struct stat now;

  return fstat (fd, &now) != 0 || (now.st_size == status->st_size &&
                                   now.st_mtim.tv_sec == status->st_mtim.tv_sec &&
                                   now.st_mtim.tv_nsec == status->st_mtim.tv_nsec);
}

/**
 * scope_csv_file_read_piece:
 * @fd: of a file
 * @buffer: (out): its bytes
 * @length: how many fit
 * @offset: where they begin
 * @status: (out): of the file, before that was read
 *
 * Pages are copied one by one.  Where the file is cut and written anew between two of
 * them, the first are of what was there and the last of what is there now, which no
 * later look could tell: what was written to meanwhile is read once more.
 *
 * Returns: as pread() does
 */
gssize
scope_csv_file_read_piece (int          fd,
                           char        *buffer,
                           gsize        length,
                           goffset      offset,
                           struct stat *status)
{
  gssize n;

  for (guint i = 0; i < MOST_READS; i++)
    {
      gboolean is_known = fstat (fd, status) == 0;

      n = scope_csv_file_read_at (fd, buffer, length, offset);
      if (n <= 0 || !is_known || scope_csv_file_is_as (fd, status))
        break;
    }
  return n;
}

/**
 * scope_csv_file_read_undisturbed:
 * @path: of a regular file
 * @most: bytes that it may have
 * @status: (out): of the file, with its length
 *
 * Returns: (transfer full) (nullable): all that is in it; %NULL where it cannot
 *   be read, or somebody has written to it meanwhile
 */
char *
scope_csv_file_read_undisturbed (const char  *path,
                                 goffset      most,
                                 struct stat *status)
{
  int              fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat      after;
  g_autofree char *bytes = NULL;

  if (fd < 0)
    return NULL;
  if (fstat (fd, status) == 0 && S_ISREG (status->st_mode) && status->st_size > 0 &&
      status->st_size <= most)
    {
      bytes = g_malloc (status->st_size);
      if (scope_csv_file_read_at (fd, bytes, status->st_size, 0) != status->st_size ||
          fstat (fd, &after) != 0 || after.st_size != status->st_size ||
          scope_csv_file_get_change (&after) != scope_csv_file_get_change (status))
        g_clear_pointer (&bytes, g_free);
    }
  close (fd);
  return g_steal_pointer (&bytes);
}
