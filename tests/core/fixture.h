/* fixture.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the core share: where the recorded runs are, hand-made
 * rows, everything a parser said in one place, and a history written out as
 * text so that two of them can be compared.
 */
#pragma once

#include "csv-parser.h"
#include "history.h"

G_BEGIN_DECLS

/* A header as Locust writes it, with two percentiles only. */
#define FIXTURE_HEADER                                                                   \
  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,Total Request Count,"    \
  "Total Failure Count,Total Median Response Time,Total Average Response Time,"          \
  "Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n"

/* All that a parser gave for one file. */
typedef struct
{
  ScopeSchema *schema;     /* owned */
  GPtrArray   *identities; /* owned strings: "total|TYPE|NAME" */
  GArray      *rows;       /* ScopeRow */
  GArray      *values;     /* float */
  GArray      *bad;        /* ScopeBadRow: the first few */
  guint64      n_bad;
  GError      *error;      /* owned */
} Parsed;

/* A row with all that can be charted; a percentile is text, as it can be
 * "N/A". */
typedef struct
{
  gint64      stamp;
  const char *name; /* "Aggregated" is the total */
  guint64     count;
  guint64     failures;
  double      average;
  const char *p50;
  const char *p95;
  double      min;
  double      max;
} FixtureRow;

char         *fixture_path         (const char    *folder,
                                    const char    *name);
GPtrArray    *fixture_histories    (void);
GBytes       *fixture_read         (const char    *path);

Parsed       *parsed_new           (void);
void          parsed_free          (Parsed        *self);
gboolean      parsed_feed          (Parsed        *self,
                                    ScopeCsvParser *parser,
                                    const char    *bytes,
                                    gsize          length);
void          parsed_take          (Parsed        *self,
                                    ScopeBlocks   *blocks);
Parsed       *parsed_by_lines      (const char    *bytes,
                                    gsize          length,
                                    guint          dropped);
Parsed       *parsed_whole         (const char    *bytes,
                                    gsize          length);
void          parsed_assert_same   (Parsed        *self,
                                    Parsed        *expected,
                                    const char    *what);

void          fixture_row          (GString       *text,
                                    gint64         stamp,
                                    const char    *type,
                                    const char    *name,
                                    guint64        count,
                                    double         average);
void          fixture_full_row     (GString       *text,
                                    const FixtureRow *row);
void          fixture_add_blocks   (GString       *text,
                                    guint          first,
                                    guint          n,
                                    guint          seed);
void          fixture_write        (const char    *path,
                                    int            flags,
                                    const char    *text,
                                    gssize         length);
void          fixture_remove_all   (const char    *path);
void          fixture_append       (ScopeHistory  *history,
                                    ScopeCsvParser *parser,
                                    const char    *text);
ScopeHistory *fixture_history      (const char    *bytes,
                                    gsize          length);
int           fixture_find         (ScopeHistory  *history,
                                    const char    *type,
                                    const char    *name);
char         *fixture_dump         (ScopeHistory  *history);
void          fixture_assert_same  (ScopeHistory  *history,
                                    ScopeHistory  *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parsed, parsed_free)

G_END_DECLS
