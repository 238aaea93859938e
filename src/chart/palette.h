/* palette.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The colours of a picture: those of the curves, and those behind them.
 */
#pragma once

#include "endpoint.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue, alpha;
} ScopeColor;

typedef struct
{
  ScopeColor background;
  ScopeColor text;
  ScopeColor dim;        /* axis labels */
  ScopeColor grid;
  ScopeColor limit;      /* a line that should not be crossed */
  ScopeColor exceeded;   /* behind the time in which one was */
  ScopeColor curves[SCOPE_N_SLOT_COLORS];
  double     faded;      /* how far curves of a baseline are on the way to the background */
} ScopeTheme;

typedef struct
{
  ScopeColor    color;
  const double *dashes;   /* px; NULL for a solid line */
  int           n_dashes;
} ScopePen;

typedef enum
{
  SCOPE_THEME_LIGHT,
  SCOPE_THEME_DARK,
  SCOPE_THEME_LIGHT_HIGH_CONTRAST,
  SCOPE_THEME_DARK_HIGH_CONTRAST,
} ScopeThemeId;

const ScopeTheme *scope_theme_get     (ScopeThemeId      id);
ScopePen          scope_theme_get_pen (const ScopeTheme *self,
                                       ScopeEndpoint    *endpoint);
ScopePen          scope_theme_fade    (const ScopeTheme *self,
                                       ScopePen          pen,
                                       double            share);
ScopePen          scope_theme_get_baseline_pen (const ScopeTheme *self,
                                       ScopeEndpoint    *endpoint);
void              scope_color_set     (const ScopeColor *self,
                                       cairo_t          *cr);

G_END_DECLS
