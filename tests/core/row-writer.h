/* row-writer.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows as Locust writes them, of one test after another: no two blocks have the
 * same time, so that no row is the same as another.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROWS_OF_HISTORY,       /* what the fast parser reads */
  ROWS_OF_PLAIN_HISTORY, /* with names and numbers that only the plain one does */
  ROWS_OF_REQUESTS,      /* a log of single requests */
  N_ROW_KINDS,
} RowKind;

typedef struct
{
  RowKind kind;
  guint   block;    /* counted over all tests */
  guint   endpoint; /* of the next row; the total is the last */
  guint   count;    /* requests since the test began */
} RowWriter;

void row_writer_begin_test (RowWriter *self);
void row_writer_add_header (RowWriter *self,
                            GString   *text);
void row_writer_add_row    (RowWriter *self,
                            GString   *text);

G_END_DECLS
