/* handed-on.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that somebody who follows a file was given since it was begun anew: the rows
 * one after the other, and the history that they make.
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

typedef struct
{
  ScopeHistory *history;    /* owned */
  GByteArray   *rows;       /* owned: of each row and request all that was read */
  GArray       *ends;       /* owned; guint: where each of them ends */
  GString      *identities; /* owned */
  GString      *bad;        /* owned: lines that could not be read, and why */
  guint         n_bad;
  gboolean      refused;    /* the file is no history */
} HandedOn;

HandedOn *handed_on_new        (void);
void      handed_on_free       (HandedOn    *self);
void      handed_on_take       (HandedOn    *self,
                                ScopeBlocks *blocks);
HandedOn *handed_on_of_bytes   (const char  *bytes,
                                gsize        length);
char     *handed_on_compare    (HandedOn    *self,
                                HandedOn    *expected,
                                gboolean     histories_too);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandedOn, handed_on_free)

G_END_DECLS
