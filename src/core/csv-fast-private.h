/* csv-fast-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the fast reader share.  csv-fast-rows.c is
 * compiled once for each set of instructions.
 */
#pragma once

#include "csv-fast.h"

G_BEGIN_DECLS

/* TIMESTAMP, USERS, TYPE, NAME, two rates, then the percentiles; behind them: */
enum
{
  COUNT,
  FAILURES,
  MEDIAN,
  AVERAGE,
  MINIMUM,
  MAXIMUM,
  SIZE,
  N_BEHIND
};

#define FIRST_RATE       4
#define FIRST_PERCENTILE 6

/* Bytes: a stamp, two rates of eight, and every other field one or none. */
#define SHORTEST_ROW 40

/* In millionths; more are not packed. */
#define HIGHEST_RATE 4001000000

/* Bytes: how far behind the name a row may end. */
#define LONGEST_REST 512

/* So much may be looked at from any byte of a row on. */
#define MARGIN (LONGEST_REST + 8)

/* As scope_csv_fast_read(). */
typedef gsize ScopeCsvFastRows (ScopeCsvFast    *self,
                                const char      *data,
                                gsize            length,
                                ScopeBlockMarks *marks,
                                ScopeBlocks     *blocks,
                                guint64         *line);

struct _ScopeCsvFast
{
  ScopeCsvFastRows *read;
  guint         n_percentiles;
  guint         n_fields;  /* behind the name */
  guint         packed_size;
  gboolean      keeps_rates[2];
  guint         rate_places[2];
  gboolean      keeps_percentiles;
  guint         first_percentile_place;
  guint         extremes_place;
  ScopeCsvKnown known;

  /* The last stamp and users, with their commas. */
  char          head_text[SCOPE_CSV_STAMP_BYTES + SCOPE_CSV_MAX_USERS + 1 + SCOPE_CSV_TEXT_MARGIN];
  guint         head_length; /* 0: there was none */
  gint64        stamp;
  guint32       users;
};

ScopeCsvFastRows scope_csv_fast_rows_sse2, scope_csv_fast_rows_avx512;

G_END_DECLS
