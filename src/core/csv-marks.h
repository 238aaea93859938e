/* csv-marks.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file that was read is recognised by: its first bytes, and those before
 * the place where reading stopped.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough for the stamp below the header: before a test begins the rows of two
 * files differ in nothing else. */
#define SCOPE_CSV_HEAD_BYTES 1024

/* Enough for the stamp of a row, of whose end many others may have the like. */
#define SCOPE_CSV_MARK_BYTES 1024

typedef struct
{
  char  head[SCOPE_CSV_HEAD_BYTES];
  gsize head_length;
  char  mark[SCOPE_CSV_MARK_BYTES]; /* the bytes before the place */
  gsize mark_length;
} ScopeCsvMarks;

void     scope_csv_marks_clear     (ScopeCsvMarks       *self);
void     scope_csv_marks_note      (ScopeCsvMarks       *self,
                                    const char          *bytes,
                                    gsize                length);
void     scope_csv_marks_note_gap  (ScopeCsvMarks       *self);
gboolean scope_csv_marks_hold      (const ScopeCsvMarks *self,
                                    int                  fd,
                                    goffset              place);
gboolean scope_csv_marks_mark_holds (const ScopeCsvMarks *self,
                                     int                  fd,
                                     goffset              place);

G_END_DECLS
