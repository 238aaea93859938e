/* envelope.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A series reduced to what can be seen: for each pixel column that has
 * samples, the first, last, lowest and highest value.  No sample is lost: a
 * spike of one sample is still the highest value of its column.
 */
#pragma once

#include "history.h"
#include "scale.h"

G_BEGIN_DECLS

/* Blocks that fall into one pixel column.  The same for all endpoints. */
typedef struct
{
  guint    first; /* block */
  guint    end;   /* the block after the last */
  int      column; /* counted from the left end of the scale */
  float    x_first, x_last; /* px of the first and the last block */
  gboolean starts_stretch;  /* no line comes from the bin before */
} ScopeBin;

typedef struct
{
  float    x_first, x_last; /* px */
  float    first, last, low, high;
  gboolean joined; /* to the point before */
} ScopePoint;

/* Blocks [first, end) that touch a stretch of time, with the neighbours to
 * which lines lead out of it. */
typedef struct
{
  guint first;
  guint end;
} ScopeBlockRange;

ScopeBlockRange scope_block_range         (const double          *times,
                                           guint                  n_blocks,
                                           double                 start,
                                           double                 end);
GArray         *scope_bins_new            (const double          *times,
                                           ScopeBlockRange        range,
                                           const ScopeStretch    *stretches,
                                           guint                  n_stretches,
                                           const ScopeScale      *x,
                                           double                 column);
guint           scope_bins_find           (const GArray          *bins,
                                           int                    column);
void            scope_envelope_add        (GArray                *points,
                                           const GArray          *bins,
                                           guint                  from,
                                           guint                  to,
                                           const ScopeSeries     *series);

G_END_DECLS
