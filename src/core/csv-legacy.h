/* csv-legacy.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows as Locust 0.13 to 1.1 wrote them: names in quotes but with quotes and
 * line breaks as they are, and as many percentile cells as the user's list
 * has, whatever the header says.  Such rows are read from both ends.
 */
#pragma once

#include "csv-header.h"
#include "csv-record.h"

G_BEGIN_DECLS

ScopeCsvRecordEnd scope_csv_legacy_find_record_end (const ScopeCsvHeader *header,
                                                    const char           *data,
                                                    gsize                 length,
                                                    gsize                *scanned,
                                                    gsize                *end);
gboolean          scope_csv_legacy_split_fields    (const ScopeCsvHeader *header,
                                                    const char           *record,
                                                    gsize                 length,
                                                    ScopeCsvField        *fields,
                                                    guint                *n_percentiles);

G_END_DECLS
