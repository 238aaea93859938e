/* palette.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten colours that differ in lightness as well as in hue, so that they stay
 * apart for colour-blind eyes; each at least 3:1 against its background.
 * Past the tenth the same colours come again with dashes.
 */
#include "palette.h"

#define RGB(hex)                                                                              \
  { (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1.0 }

#define CURVES_LIGHT                                                                        \
  { RGB (0x1a5fb4), RGB (0xd35400), RGB (0x1f8a4c), RGB (0x7b3fa0), RGB (0xb3123f),         \
    RGB (0x0b8aa0), RGB (0x6f4a26), RGB (0x8a7a00), RGB (0x4a5568), RGB (0xd6409f) }

#define CURVES_DARK                                                                         \
  { RGB (0x6fb1ff), RGB (0xff9a4a), RGB (0x5fd38d), RGB (0xc9a2f0), RGB (0xff6b81),         \
    RGB (0x4fd5e5), RGB (0xcfa577), RGB (0xe5d64f), RGB (0xaab6c9), RGB (0xff8fd0) }

static const ScopeTheme THEMES[] = {
  [SCOPE_THEME_LIGHT] = {
    .background = RGB (0xffffff),
    .text = RGB (0x2e3436),
    .dim = RGB (0x6a6f73),
    .grid = RGB (0xe4e4e6),
    .limit = RGB (0xc01c28),
    .exceeded = RGB (0xfce9e7),
    .curves = CURVES_LIGHT,
    .faded = 0.45,
  },
  [SCOPE_THEME_DARK] = {
    .background = RGB (0x1e1e1e),
    .text = RGB (0xf2f2f2),
    .dim = RGB (0xa2a5a9),
    .grid = RGB (0x38383b),
    .limit = RGB (0xff7b72),
    .exceeded = RGB (0x3d2323),
    .curves = CURVES_DARK,
    .faded = 0.4,
  },
  [SCOPE_THEME_LIGHT_HIGH_CONTRAST] = {
    .background = RGB (0xffffff),
    .text = RGB (0x000000),
    .dim = RGB (0x303030),
    .grid = RGB (0xb0b0b0),
    .limit = RGB (0xa40000),
    .exceeded = RGB (0xffd5d0),
    .curves = CURVES_LIGHT,
    .faded = 0.3,
  },
  [SCOPE_THEME_DARK_HIGH_CONTRAST] = {
    .background = RGB (0x000000),
    .text = RGB (0xffffff),
    .dim = RGB (0xd8d8d8),
    .grid = RGB (0x606060),
    .limit = RGB (0xff9a92),
    .exceeded = RGB (0x5a1a1a),
    .curves = CURVES_DARK,
    .faded = 0.3,
  },
};

/* Lines are drawn with a round pen, which lengthens each dash by its width. */
static const double LONG_DASHES[] = { 6, 5 };
static const double DOTS[] = { 0.5, 4 };
static const double DASH_DOTS[] = { 7, 4.5, 0.5, 4.5 };

/* Of a baseline. */
static const double BASELINE_DASHES[] = { 3, 4 };

static const struct
{
  const double *lengths;
  int           n;
} DASHES[SCOPE_N_SLOT_DASHES] = {
  { NULL, 0 },
  { LONG_DASHES, G_N_ELEMENTS (LONG_DASHES) },
  { DOTS, G_N_ELEMENTS (DOTS) },
  { DASH_DOTS, G_N_ELEMENTS (DASH_DOTS) },
};

/* Returns: (transfer none): the colours of that theme. */
const ScopeTheme *
scope_theme_get (ScopeThemeId id)
{
  g_return_val_if_fail (id < G_N_ELEMENTS (THEMES), &THEMES[0]);
  return &THEMES[id];
}

/* How the curves of an endpoint are drawn: the total in the text's colour, one
 * that was never shown in the grid's. */
ScopePen
scope_theme_get_pen (const ScopeTheme *self,
                     ScopeEndpoint    *endpoint)
{
  guint slot = scope_endpoint_get_slot (endpoint);
  guint dash = slot / SCOPE_N_SLOT_COLORS;

  if (scope_endpoint_get_is_total (endpoint))
    return (ScopePen){ .color = self->text };
  if (slot == SCOPE_SLOT_NONE)
    return (ScopePen){ .color = self->grid };
  return (ScopePen){ .color = self->curves[slot % SCOPE_N_SLOT_COLORS],
                     .dashes = DASHES[dash].lengths,
                     .n_dashes = DASHES[dash].n };
}

/* How the curve of an endpoint is drawn that another is compared with: in the same
 * colour, faded towards the background, and in short dashes whatever the other has.
 * Opaque, as what is drawn in pixels is. */
ScopePen
scope_theme_get_baseline_pen (const ScopeTheme *self,
                              ScopeEndpoint    *endpoint)
{
  ScopePen pen = scope_theme_fade (self, scope_theme_get_pen (self, endpoint), self->faded);

  pen.dashes = BASELINE_DASHES;
  pen.n_dashes = G_N_ELEMENTS (BASELINE_DASHES);
  return pen;
}

void
scope_color_set (const ScopeColor *self,
                 cairo_t          *cr)
{
  cairo_set_source_rgba (cr, self->red, self->green, self->blue, self->alpha);
}

/**
 * scope_theme_fade:
 * @self: the theme
 * @pen: a pen
 * @share: of the background in it, from 0 to 1
 *
 * Returns: @pen, paler; what lies behind it does not shine through
 */
ScopePen
scope_theme_fade (const ScopeTheme *self,
                  ScopePen          pen,
                  double            share)
{
  const ScopeColor *ground = &self->background;

  pen.color.red += (ground->red - pen.color.red) * share;
  pen.color.green += (ground->green - pen.color.green) * share;
  pen.color.blue += (ground->blue - pen.color.blue) * share;
  return pen;
}
