/* picture.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole picture of a history: the charts one below the other on a shared
 * time axis, with a heading and a legend where it stands alone.  Window and
 * export ask for the same picture.
 */
#pragma once

#include "baseline.h"
#include "history.h"
#include "palette.h"
#include "scale.h"
#include "scope-limits.h"
#include "view.h"

G_BEGIN_DECLS

/* What a third chart shows. */
typedef enum
{
  SCOPE_FAILURES_NONE,  /* there is none */
  SCOPE_FAILURES_RATE,  /* failures/s */
  SCOPE_FAILURES_SHARE, /* of the requests, in per cent */
} ScopeFailures;

typedef struct
{
  ScopeHistory *history;  /* borrowed */
  ScopeView    *view;     /* borrowed */
  ScopeBaseline *baseline; /* borrowed; NULL: nothing is compared */
  ScopeThemeId  theme;
  const char   *font;     /* borrowed: a family */
  double        font_px;
  const char   *heading;  /* borrowed; NULL: no heading and no legend */
  ScopeFailures failures;
  gboolean      is_log;   /* response times on a logarithmic scale */
  gboolean      elapsed;  /* times are those since the start of a run */
  ScopeLimits  *limits;   /* borrowed (nullable): of the history */
  double        column;   /* px of a device pixel: 1, or 0.5 at scale 2 */
  const ScopeSpread *least; /* borrowed (nullable): of each chart, what its y axis reaches over */
  gboolean      is_live;  /* on the screen: drawn again when data come */
  ScopeEndpoint *highlight; /* borrowed (nullable): if it is shown, all others are faded */
} ScopePicture;

void  scope_picture_draw     (const ScopePicture *self,
                              cairo_t            *cr,
                              double              width,
                              double              height);
void  scope_picture_get_range (const ScopePicture *self,
                              double             *start,
                              double             *end);
double scope_picture_get_origin (const ScopePicture *self);
char *scope_picture_describe (const ScopePicture *self);

G_END_DECLS
