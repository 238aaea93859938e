/* limit-text.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits, and how they were exceeded, in words: the same in the legend, in the
 * banner, for a screen reader and on the command line.
 */
#pragma once

#include "limits-survey.h"

G_BEGIN_DECLS

/* Returns: (transfer full): @time, in s since the epoch, in words. */
typedef char *(*ScopeFormatTime)    (gpointer                  data,
                                     double                    time);

char *scope_format_value            (ScopeStatistic            statistic,
                                     double                    value);
char *scope_format_bound            (ScopeStatistic            statistic,
                                     double                    bound);
char *scope_format_above            (ScopeStatistic            statistic,
                                     double                    value,
                                     double                    bound);
char *scope_limit_text_name         (ScopeStatistic            statistic,
                                     double                    bound);
char *scope_limit_text_mark         (ScopeLimits              *limits,
                                     guint                     position,
                                     ScopeFormatTime           format_time,
                                     gpointer                  data);
char *scope_limit_text_finding      (ScopeLimits              *limits,
                                     const ScopeLimitsFinding *finding,
                                     ScopeFormatTime           format_time,
                                     gpointer                  data);
char *scope_limit_text_visible      (ScopeLimits              *limits,
                                     const GArray             *curves);

G_END_DECLS
