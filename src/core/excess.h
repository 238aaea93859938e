/* excess.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When, for how long and by how much one endpoint was above a limit.  Worked
 * out block by block, so that new ones cost what they are.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* The last so many blocks may still change without all being worked out again:
 * Locust flushes every 10 s, and until then rows of a summary stand for them. */
#define SCOPE_EXCESS_KEPT 24

/* Blocks are meaningful where there is a value above, that is n_above > 0. */
typedef struct
{
  guint    n_values;    /* gaps are none */
  guint    n_above;     /* of them, those above the limit */
  guint    first;       /* block of the first above */
  guint    since;       /* block: the values above that came last began there */
  guint    last;        /* block of the last above */
  guint    at_highest;  /* block of the highest value */
  float    first_value;
  float    highest;     /* of those above */
  double   seconds;     /* how long they were above, gaps not counted */
  gboolean is_above;    /* by the last block, which may be a gap */
} ScopeExcess;

/* What is known up to some block, and the same some blocks earlier. */
typedef struct
{
  ScopeExcess early; /* of the blocks before: */
  guint       early_end;
  ScopeExcess now;   /* of the blocks before: */
  guint       end;
} ScopeExcessFold;

void scope_excess_fold_init   (ScopeExcessFold *self,
                               guint            first);
void scope_excess_fold_extend (ScopeExcessFold *self,
                               ScopeHistory    *history,
                               guint            position,
                               ScopeStatistic   statistic,
                               double           bound,
                               guint            end);

G_END_DECLS
