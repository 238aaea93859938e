/* blocks.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a parser hands on: rows in the order of the file, with the places
 * where blocks begin marked.  A batch is written by one thread and only read
 * after that, so it can cross threads without a lock.
 */
#pragma once

#include "schema.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char    *type;     /* owned; "" for the total row */
  char    *name;     /* owned, valid UTF-8 */
  gboolean is_total; /* the row Aggregated, not an endpoint of that name */
} ScopeIdentity;

#define SCOPE_USERS_UNKNOWN G_MAXUINT32

typedef struct
{
  gint64  stamp;       /* seconds since the epoch, as in the file */
  guint64 count;       /* requests since the start of the test */
  guint64 failures;    /* failures since the start of the test */
  double  average;     /* ms since the start of the test; 0 without requests */
  guint32 users;       /* or SCOPE_USERS_UNKNOWN */
  guint32 identity;    /* counted from 0 in the order of first appearance */
  guint   starts_block : 1;
  guint   starts_run : 1; /* the header came again before this row */
  guint   is_packed : 1;  /* its values are among the packed ones */
} ScopeRow;

/* One request of a log. */
typedef struct
{
  gint64  second;        /* s since the epoch: the whole second in which it ended */
  double  response_time; /* ms */
  guint32 identity;
  guint   failed : 1;
  guint   starts_run : 1; /* the header came again before it */
} ScopeRequest;

typedef struct
{
  guint64 line;   /* counted from 1 */
  char   *reason; /* owned, translated */
} ScopeBadRow;

#define SCOPE_BAD_ROWS_KEPT 20

/* Memory that batches have given back: each would have to be got from the
 * system anew, page by page. */
typedef struct _ScopeBlocksPool ScopeBlocksPool;

typedef struct
{
  gatomicrefcount ref_count;
  ScopeBlocksPool *pool;       /* owned; NULL: its memory is not given back */
  gint64          summary_us;  /* µs since the epoch: when the summary was written that the rows
                                * are of, which give way to the history's own; otherwise 0 */
  gboolean        reset;       /* what came before is no longer in the file */
  ScopeSchema    *schema;      /* owned; NULL until a header was read */
  guint32         n_known;     /* identities that came in earlier batches */
  GPtrArray      *identities;  /* owned ScopeIdentity: new in this batch */
  GArray         *rows;        /* ScopeRow */
  GArray         *values;      /* double: schema->n_values for each row that is not packed */
  GByteArray     *packed;      /* schema->packed_size for each row that is */
  GArray         *requests;    /* ScopeRequest: nearly in the order in which they ended */
  guint64         n_bad;       /* rows of this batch that could not be read */
  GArray         *bad;         /* ScopeBadRow: the first few of them */
} ScopeBlocks;

#define SCOPE_TYPE_BLOCKS (scope_blocks_get_type ())

GType          scope_blocks_get_type (void);
ScopeIdentity *scope_identity_copy   (const ScopeIdentity *self);
void           scope_identity_free   (gpointer             self);

ScopeBlocks *scope_blocks_new      (ScopeSchema *schema,
                                    guint32      n_known);
ScopeBlocks *scope_blocks_ref      (ScopeBlocks *self);
void         scope_blocks_unref    (ScopeBlocks *self);

ScopeBlocksPool *scope_blocks_pool_new   (void);
void             scope_blocks_pool_unref (ScopeBlocksPool *self);
ScopeBlocks     *scope_blocks_pool_take  (ScopeBlocksPool *self,
                                          ScopeSchema     *schema,
                                          guint32          n_known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeBlocks, scope_blocks_unref)

G_END_DECLS
