/* csv-header.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which column of a statistics history, or of a log of requests, holds what.
 */
#pragma once

#include "blocks.h"

G_BEGIN_DECLS

#define SCOPE_CSV_NO_COLUMN G_MAXUINT

#define SCOPE_CSV_MAX_COLUMNS SCOPE_MAX_VALUES

typedef struct
{
  guint        n_columns;
  gboolean     is_legacy;        /* of Locust 0.13 to 1.1 */
  guint        first_percentile; /* of a legacy header: where the percentiles stand */
  guint        n_percentiles;
  guint        n_side_by_side;   /* of them, from the first on */
  /* The place of each column, counted from 0. */
  guint        stamp;
  guint        type;
  guint        name;
  guint        count;
  guint        failures;
  guint        average;
  guint        response_time; /* of a log of requests, which has no counters; otherwise
                               * SCOPE_CSV_NO_COLUMN, as is: */
  guint        exception;
  guint        users;         /* or SCOPE_CSV_NO_COLUMN */
  guint       *value_columns; /* owned: where the schema's values stand */
  ScopeSchema *schema;        /* owned */
  char        *record;        /* owned: the header as it stands in the file */
  gsize        record_length;
} ScopeCsvHeader;

ScopeCsvHeader *scope_csv_header_new     (const char           *record,
                                          gsize                 length,
                                          gsize                 available,
                                          GError              **error);
void            scope_csv_header_free    (ScopeCsvHeader       *self);
void            scope_csv_header_drop_percentiles (ScopeCsvHeader *self);
gboolean        scope_csv_parse_percent  (const char           *label,
                                          double               *percent);
gboolean        scope_csv_header_is_same (const ScopeCsvHeader *self,
                                          const char           *record,
                                          gsize                 length);

G_END_DECLS
