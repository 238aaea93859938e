/* csv-reader-gaps.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes in the middle of a file that the disk does not give.  A file server may
 * say so and mean later: they are asked for again for a while, and then passed
 * over.
 */
#include "csv-reader-private.h"

#include "csv-file.h"

#include <errno.h>
#include <sys/stat.h>

/* How long the same bytes could not be read. */
#define LEAST_STUCK_US (3 * G_USEC_PER_SEC)

/* What disks read at least. */
#define SECTOR_BYTES ((goffset) 4096)

static gboolean
can_be_read (int     fd,
             goffset offset)
{
  char byte;

  return scope_csv_file_read_at (fd, &byte, 1, offset) == 1;
}

/* The first sector behind @offset that can be read, by steps that grow and then
 * by halves, or -1. */
static goffset
find_readable (int     fd,
               goffset offset)
{
  struct stat status;
  goffset     bad = offset / SECTOR_BYTES, good = bad + 1, step = 1;

  if (fstat (fd, &status) != 0)
    return -1;
  while (good * SECTOR_BYTES < status.st_size && !can_be_read (fd, good * SECTOR_BYTES))
    {
      bad = good;
      good += step;
      step *= 2;
    }
  if (good * SECTOR_BYTES >= status.st_size)
    good = (status.st_size - 1) / SECTOR_BYTES;
  if (good <= bad || !can_be_read (fd, good * SECTOR_BYTES))
    return -1;
  while (good - bad > 1)
    {
      goffset middle = bad + (good - bad) / 2;

      if (can_be_read (fd, middle * SECTOR_BYTES))
        good = middle;
      else
        bad = middle;
    }
  return good * SECTOR_BYTES;
}

/**
 * scope_csv_reader_pass_over:
 * @receiver: of the look
 * @number: why the bytes that follow cannot be read; see errno(3)
 *
 * Returns: whether the reader stands behind them now; errno is @number otherwise
 */
gboolean
scope_csv_reader_pass_over (ScopeCsvReceiver *receiver,
                            int               number)
{
  ScopeCsvReader         *self = receiver->reader;
  gint64                  now = g_get_monotonic_time ();
  goffset                 place;
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (self->stuck_at != self->position.offset)
    self->stuck_since = now;
  self->stuck_at = self->position.offset;
  place = number == EIO && self->inflate == NULL &&
              (!self->live || now - self->stuck_since >= LEAST_STUCK_US)
            ? find_readable (self->fd, self->position.offset)
            : -1;
  if (place >= 0)
    blocks = scope_csv_parser_feed_gap (self->parser, place - self->position.offset);
  errno = number;
  if (blocks == NULL)
    return FALSE;
  scope_csv_marks_note_gap (&self->marks);
  self->position.offset = place;
  scope_csv_reader_hand_on (receiver, blocks);
  return TRUE;
}
