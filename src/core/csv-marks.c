/* csv-marks.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file's size is not asked for: one that was rewritten can have grown
 * longer than it was, and a file server may tell an older size than what was
 * read already.
 */
#include "csv-marks.h"

#include "csv-file.h"

#include <string.h>

/* Nothing was read yet. */
void
scope_csv_marks_clear (ScopeCsvMarks *self)
{
  self->head_length = 0;
  self->mark_length = 0;
}

/* These bytes, which follow, were read. */
void
scope_csv_marks_note (ScopeCsvMarks *self,
                      const char    *bytes,
                      gsize          length)
{
  gsize more = MIN (length, SCOPE_CSV_HEAD_BYTES - self->head_length);

  memcpy (self->head + self->head_length, bytes, more);
  self->head_length += more;
  if (length >= SCOPE_CSV_MARK_BYTES)
    {
      memcpy (self->mark, bytes + length - SCOPE_CSV_MARK_BYTES, SCOPE_CSV_MARK_BYTES);
      self->mark_length = SCOPE_CSV_MARK_BYTES;
    }
  else
    {
      gsize keep = MIN (self->mark_length, SCOPE_CSV_MARK_BYTES - length);

      memmove (self->mark, self->mark + self->mark_length - keep, keep);
      memcpy (self->mark + keep, bytes, length);
      self->mark_length = keep + length;
    }
}

/* What follows was passed over. */
void
scope_csv_marks_note_gap (ScopeCsvMarks *self)
{
  self->mark_length = 0;
}

/* What cannot be read is not known to have changed. */
static gboolean
is_same (int         fd,
         const char *bytes,
         gsize       length,
         goffset     offset)
{
  char   there[MAX (SCOPE_CSV_HEAD_BYTES, SCOPE_CSV_MARK_BYTES)];
  gssize n = scope_csv_file_read_at (fd, there, length, offset);

  return n < 0 || (n == (gssize) length && memcmp (there, bytes, length) == 0);
}

/* Whether the bytes before @place, where reading stopped, still stand there. */
gboolean
scope_csv_marks_mark_holds (const ScopeCsvMarks *self,
                            int                  fd,
                            goffset              place)
{
  return is_same (fd, self->mark, self->mark_length, place - self->mark_length);
}

/* Whether what was read up to @place still stands in the file. */
gboolean
scope_csv_marks_hold (const ScopeCsvMarks *self,
                      int                  fd,
                      goffset              place)
{
  return is_same (fd, self->head, self->head_length, 0) &&
         scope_csv_marks_mark_holds (self, fd, place);
}
