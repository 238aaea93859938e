/* file-choices.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a user chose for one file, as a text that is kept until the file is opened
 * again: which endpoints are shown or hidden, and limits.
 */
#pragma once

#include "history.h"
#include "scope-limits.h"

G_BEGIN_DECLS

/* More are not named. */
#define SCOPE_MOST_CHOSEN 2000

typedef struct _ScopeFileChoices ScopeFileChoices;

ScopeFileChoices *scope_file_choices_parse        (const char             *text,
                                                   gsize                   length,
                                                   const char             *path);
void              scope_file_choices_free         (ScopeFileChoices       *self);
void              scope_file_choices_apply        (const ScopeFileChoices *self,
                                                   ScopeEndpoint          *endpoint);
void              scope_file_choices_apply_limits (const ScopeFileChoices *self,
                                                   ScopeLimits            *limits);
char             *scope_file_choices_write        (const char             *path,
                                                   ScopeHistory           *history,
                                                   ScopeLimits            *limits,
                                                   const ScopeFileChoices *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeFileChoices, scope_file_choices_free)

G_END_DECLS
