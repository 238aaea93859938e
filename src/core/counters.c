/* counters.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where counters move in steps of several blocks, rates are told from their
 * means over one step; intervals.c says why.
 */
#include "counters.h"

/**
 * scope_counters_get_smooth:
 * @columns: of an endpoint
 * @smooth: the blocks of a step
 * @stretch: the first block of the stretch
 * @block: the last block of the step
 *
 * Returns: the mean over the blocks of a step, in the first one as if it had
 *   begun with the stretch
 */
ScopeCounters
scope_counters_get_smooth (const ScopeColumns *columns,
                           guint               smooth,
                           guint               stretch,
                           gint32              block)
{
  ScopeCounters mean = { 0 };

  for (guint i = 0; i < smooth; i++)
    {
      gint32        b = MAX (block - (gint32) i, (gint32) stretch);
      ScopeCounters one = scope_counters_get (columns, b);

      mean.count += one.count / smooth;
      mean.failures += one.failures / smooth;
      mean.sum += one.sum / smooth;
    }
  return mean;
}
