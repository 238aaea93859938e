/* block-marks.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where blocks begin in the order of a file's rows: at another stamp, after a
 * total row, at an endpoint that the block has already, and where the header
 * came again.
 */
#pragma once

#include "blocks.h"

G_BEGIN_DECLS

typedef struct
{
  guint64  block;      /* of the last row, counted from 1 */
  gint64   stamp;      /* of the last row */
  gint64   latest;     /* of all rows */
  gint64   doubted;    /* stamp of the last row that had none that is possible, ... */
  guint    n_doubted;  /* ... and how many different ones came without another between */
  gboolean after_total;
  gboolean starts_run; /* the header came again */
  GArray  *seen_in;    /* owned; guint64: the last block with a row of each identity */
} ScopeBlockMarks;

static inline void
scope_block_marks_init (ScopeBlockMarks *self)
{
  *self = (ScopeBlockMarks){ .stamp = G_MININT64,
                             .latest = G_MININT64,
                             .seen_in = g_array_new (FALSE, TRUE, sizeof (guint64)) };
}

static inline void
scope_block_marks_clear (ScopeBlockMarks *self)
{
  g_array_unref (self->seen_in);
}

/* s: between two rows no pause is as long as ten years.  What fell behind, as
 * where a clock was not set yet, may come back. */
#define SCOPE_LONGEST_STEP_S (10 * 365 * 86400)

static inline gboolean
scope_block_marks_is_possible (const ScopeBlockMarks *self,
                               gint64                 stamp)
{
  return self->block == 0 || stamp <= self->latest + SCOPE_LONGEST_STEP_S;
}

/* So many stamps that follow each other closely are right, and those before were
 * wrong. */
#define SCOPE_DOUBTED_STAMPS 3
#define SCOPE_DOUBTED_STEP_S 86400

/* Of a stamp that is not possible: whether it must be, after others like it. */
static inline gboolean
scope_block_marks_believe (ScopeBlockMarks *self,
                           gint64           stamp)
{
  if (self->n_doubted == 0 || stamp < self->doubted ||
      stamp > self->doubted + SCOPE_DOUBTED_STEP_S)
    self->n_doubted = 1;
  else if (stamp > self->doubted)
    self->n_doubted++;
  self->doubted = stamp;
  return self->n_doubted > SCOPE_DOUBTED_STAMPS;
}

/* Marks the next row, whose stamp and identity are known. */
static inline void
scope_block_marks_add (ScopeBlockMarks *self,
                       ScopeRow        *row,
                       gboolean         is_total)
{
  guint64 *seen_in;

  if (row->identity >= self->seen_in->len)
    g_array_set_size (self->seen_in, row->identity + 1);
  seen_in = &g_array_index (self->seen_in, guint64, row->identity);
  row->starts_run = self->starts_run;
  row->starts_block = self->block == 0 || self->after_total || self->starts_run ||
                      row->stamp != self->stamp || *seen_in == self->block;
  self->block += row->starts_block;
  *seen_in = self->block;
  self->starts_run = FALSE;
  self->stamp = row->stamp;
  self->latest = MAX (self->latest, row->stamp);
  self->n_doubted = 0;
  self->after_total = is_total;
}

/* Goes on behind what @others has marked as if it began a file. */
static inline void
scope_block_marks_join (ScopeBlockMarks       *self,
                        const ScopeBlockMarks *others)
{
  if (others->seen_in->len > self->seen_in->len)
    g_array_set_size (self->seen_in, others->seen_in->len);
  for (guint i = 0; i < others->seen_in->len; i++)
    if (g_array_index (others->seen_in, guint64, i) > 0)
      g_array_index (self->seen_in, guint64, i) =
        self->block + g_array_index (others->seen_in, guint64, i);
  self->block += others->block;
  self->stamp = others->stamp;
  self->latest = MAX (self->latest, others->latest);
  self->n_doubted = 0;
  self->after_total = others->after_total;
  self->starts_run = others->starts_run;
}

G_END_DECLS
