/* reading.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file in a folder of its own, a reader that looks at it, and the history that
 * it fills.
 */
#pragma once

#include "csv-reader.h"
#include "fixture.h"

G_BEGIN_DECLS

typedef struct _Reading Reading;

struct _Reading
{
  char           *folder;  /* owned */
  char           *path;    /* owned */
  ScopeCsvReader *reader;  /* owned */
  ScopeHistory   *history; /* owned */
  guint           n_resets;
  guint           n_batches;
  guint           refuse_after;        /* batches; 0: never */
  void          (*meanwhile) (Reading *self); /* after each batch, or NULL */
};

void     reading_set_up       (Reading        *self,
                               gconstpointer   data);
void     reading_tear_down    (Reading        *self,
                               gconstpointer   data);
void     reading_use          (Reading        *self,
                               ScopeCsvReader *reader);
GString *reading_text         (guint           n_blocks,
                               guint           seed);
gboolean reading_try          (Reading        *self,
                               GError        **error);
void     reading_look         (Reading        *self);
void     reading_look_in_vain (Reading        *self,
                               gint            code,
                               const char     *words);
void     reading_assert_is    (Reading        *self,
                               const char     *text,
                               gsize           length);
void     reading_assert_fresh (Reading        *self);

G_END_DECLS
