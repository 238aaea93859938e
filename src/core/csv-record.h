/* csv-record.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a row of a CSV ends, and what its fields are: quotes, doubled quotes
 * and line breaks inside them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer rows are passed over: no name that a person reads is as long. */
#define SCOPE_CSV_MAX_ROW_BYTES (1 << 20)

/* The longest row and its line end. */
#define SCOPE_CSV_MAX_SCANNED (SCOPE_CSV_MAX_ROW_BYTES + 1)

typedef enum
{
  SCOPE_CSV_RECORD_UNFINISHED,
  SCOPE_CSV_RECORD_WHOLE,
  SCOPE_CSV_RECORD_TORN, /* an opened quote was never closed; the next row stands below */
  SCOPE_CSV_RECORD_TOO_LONG,
} ScopeCsvRecordEnd;

typedef struct
{
  const char *start;
  gsize       length;
  gboolean    quoted; /* the quotes round it are already left out */
} ScopeCsvField;

ScopeCsvRecordEnd scope_csv_find_record_end (const char          *data,
                                             gsize                length,
                                             gsize               *scanned,
                                             gboolean            *in_quotes,
                                             gsize               *end);
gsize             scope_csv_trim_line_end   (const char          *record,
                                             gsize                length);
guint             scope_csv_split_fields    (const char          *record,
                                             gsize                length,
                                             ScopeCsvField       *fields,
                                             guint                max_fields);
char             *scope_csv_field_to_string (const ScopeCsvField *field);

G_END_DECLS
