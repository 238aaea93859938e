/* limits-survey.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many of all endpoints have exceeded their limits, and which was the
 * first: found out piece by piece, since there may be ten thousand.
 */
#pragma once

#include "scope-limits.h"

G_BEGIN_DECLS

/* Of one statistic. */
typedef struct
{
  ScopeStatistic statistic;
  guint          n_checked;  /* endpoints with a limit and a value */
  guint          n_exceeded; /* of them, those that were above it */
  guint          n_above;    /* of them, those whose latest value is */
  guint          position;   /* of the one that was the first, ... */
  guint          block;      /* ... there */
  gboolean       is_one_bound; /* those that exceeded it all had this one: */
  double         bound;
} ScopeLimitsFinding;

typedef struct
{
  ScopeLimits *limits;   /* borrowed */
  guint        next;     /* position */
  GArray      *findings; /* owned ScopeLimitsFinding: one for each statistic */
} ScopeLimitsSurvey;

void     scope_limits_survey_init  (ScopeLimitsSurvey *self,
                                    ScopeLimits       *limits);
void     scope_limits_survey_clear (ScopeLimitsSurvey *self);
gboolean scope_limits_survey_go_on (ScopeLimitsSurvey *self,
                                    gint64             until_us);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScopeLimitsSurvey, scope_limits_survey_clear)

G_END_DECLS
