/* csv-activity.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locust goes on writing rows after a test: only users, or counters that
 * move, are activity.
 */
#include "csv-activity.h"

static void
note_row (ScopeCsvActivity *self,
          const ScopeRow   *row)
{
  gboolean is_total = row->identity == self->total;

  self->last_stamp = row->stamp;
  if (row->users != 0 || !self->has_rows || (is_total && row->count != self->last_count))
    self->active_stamp = row->stamp;
  if (is_total)
    self->last_count = row->count;
  self->has_rows = TRUE;
}

/**
 * scope_csv_activity_note:
 * @self: what was noted of the batches before
 * @blocks: the next batch; one of a summary tells nothing
 */
void
scope_csv_activity_note (ScopeCsvActivity *self,
                         ScopeBlocks      *blocks)
{
  if (blocks->reset)
    {
      self->has_rows = FALSE;
      self->total = G_MAXUINT32;
    }
  for (guint i = 0; i < blocks->identities->len; i++)
    if (((ScopeIdentity *) g_ptr_array_index (blocks->identities, i))->is_total)
      self->total = blocks->n_known + i;
  if (blocks->summary_us != 0)
    return;
  for (guint i = 0; i < blocks->rows->len; i++)
    note_row (self, &g_array_index (blocks->rows, ScopeRow, i));
  if (blocks->requests->len > 0)
    {
      /* A request is activity, and after the last one its log just ends. */
      self->last_stamp = self->active_stamp =
        g_array_index (blocks->requests, ScopeRequest, blocks->requests->len - 1).second;
      self->has_rows = TRUE;
    }
}
