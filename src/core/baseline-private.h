/* baseline-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the baseline share: one finds where the runs lie
 * beside each other, one compares their values, one says in words what is wrong.
 */
#pragma once

#include "baseline.h"

G_BEGIN_DECLS

/* Where the time of a run begins. */
typedef struct
{
  gboolean is_known;      /* there was a request */
  guint    run;
  guint    first_request; /* block */
  double   time;          /* s since the epoch */
} ScopeBaselineStart;

struct _ScopeBaseline
{
  GObject       parent_instance;

  /* owned */
  ScopeHistory *looked_at; /* what is compared with the baseline */
  ScopeView    *view;      /* of that */
  ScopeHistory *history;   /* the baseline's; maybe the same */
  char         *title;     /* what its file is called */
  GHashTable   *known;     /* ScopeEndpoint of the history, borrowed -> position + 1; 0: several
                            * look alike.  NULL before it is needed */
  GArray       *positions; /* guint: of the first endpoints looked at, their counterparts' */

  guint         run;       /* of the history */
  int           viewed;    /* the view's run, when last looked */
  guint         n_runs;    /* of what is looked at, then */
  ScopeBaselineStart start;     /* of the run that is looked at */
  ScopeBaselineStart own_start; /* of the baseline's */
  double        offset;    /* s from a time of the baseline to that of the same moment; NaN: none */
};

G_END_DECLS
