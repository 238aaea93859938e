/* csv-feed.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows a PREFIX_stats_history.csv: reads what is there in the background,
 * then whatever is appended, as soon as the system tells or within a second.
 * Standard input is followed likewise, to its end.
 */
#pragma once

#include "csv-worker.h"
#include "feed.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_CSV_FEED (scope_csv_feed_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCsvFeed, scope_csv_feed, SCOPE, CSV_FEED, ScopeFeed)

ScopeFeed *scope_csv_feed_new        (GFile            *file);
ScopeFeed *scope_csv_feed_new_stream (void);
void       scope_csv_feed_read_ahead (ScopeCsvFeed     *self,
                                      ScopeCsvAheadFunc func,
                                      gpointer          data);
void       scope_csv_feed_wait       (ScopeCsvFeed     *self,
                                      gint64            time_us);
void       scope_csv_feed_take       (ScopeCsvFeed     *self,
                                      gint64            time_us);
GFile     *scope_csv_feed_get_file   (ScopeCsvFeed     *self);
gboolean   scope_csv_feed_get_exists (ScopeCsvFeed     *self);
gboolean   scope_csv_feed_is_stream  (ScopeCsvFeed     *self);
gboolean   scope_csv_feed_is_over    (ScopeCsvFeed     *self);

G_END_DECLS
