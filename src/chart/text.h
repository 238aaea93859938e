/* text.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels of a picture, laid out once: to shape one costs a hundred times what
 * it costs to draw it again.
 */
#pragma once

#include "palette.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  SCOPE_TEXT_LABEL, /* axis labels */
  SCOPE_TEXT_BODY,  /* legend, units */
  SCOPE_TEXT_TITLE, /* what a chart shows */
  SCOPE_TEXT_HEAD,  /* name of the file */
} ScopeTextSize;

typedef struct
{
  PangoLayout *layout; /* owned: what all lines are copies of */
  GHashTable  *lines;  /* owned: style, width and text -> PangoLayout */
  char        *family; /* owned */
  double       size;   /* px of body text */
  int          baselines[SCOPE_TEXT_HEAD + 1]; /* Pango units, by style: of a line of plain text */
} ScopeText;

void   scope_text_init    (ScopeText        *self,
                           cairo_t          *cr,
                           const char       *family,
                           double            size);
void   scope_text_clear   (ScopeText        *self);
double scope_text_height  (ScopeText        *self,
                           ScopeTextSize     size);
double scope_text_measure (ScopeText        *self,
                           ScopeTextSize     size,
                           const char       *text);
double scope_text_draw    (ScopeText        *self,
                           cairo_t          *cr,
                           ScopeTextSize     size,
                           const ScopeColor *color,
                           const char       *text,
                           double            x,
                           double            y,
                           double            align,
                           double            max_width);

G_END_DECLS
