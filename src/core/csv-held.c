/* csv-held.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv-held.h"

/* s: how far the clock of a log may be ahead of ours */
#define MOST_AHEAD_S 3

/* By our clock, which may not be the one that the log was written by: what is
 * seconds ahead is not waited for. */
static gboolean
is_going_on (gint64 second,
             gint64 now)
{
  return second >= now && second <= now + MOST_AHEAD_S;
}

/**
 * scope_csv_held_exchange:
 * @held: (element-type ScopeRequest): what was held back
 * @blocks: the next batch
 *
 * Puts what was held back before the requests of @blocks, and holds back those
 * whose second is not over.
 */
void
scope_csv_held_exchange (GArray      *held,
                         ScopeBlocks *blocks)
{
  gint64   now = g_get_real_time () / G_USEC_PER_SEC;
  guint    n = 0;
  gboolean runs_on = TRUE; /* what comes after the start of a run does not overtake it */

  if (held->len == 0 && blocks->requests->len == 0)
    return;
  g_array_prepend_vals (blocks->requests, held->data, held->len);
  g_array_set_size (held, 0);
  for (guint i = 0; i < blocks->requests->len; i++)
    {
      ScopeRequest request = g_array_index (blocks->requests, ScopeRequest, i);

      if (request.starts_run && held->len > 0)
        runs_on = FALSE;
      if (runs_on && !is_going_on (request.second, now))
        {
          g_array_index (blocks->requests, ScopeRequest, n++) = request;
          continue;
        }
      runs_on = runs_on && !request.starts_run;
      g_array_append_val (held, request);
    }
  g_array_set_size (blocks->requests, n);
}
