/* text.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures are tabular, so that labels do not jitter while values change.
 * Names come from a file and are never taken for markup.
 */
#include "text.h"

static const struct
{
  double      factor; /* of the body text */
  PangoWeight weight;
} STYLES[] = {
  [SCOPE_TEXT_LABEL] = { 0.88, PANGO_WEIGHT_NORMAL },
  [SCOPE_TEXT_BODY] = { 1.0, PANGO_WEIGHT_NORMAL },
  [SCOPE_TEXT_TITLE] = { 1.0, PANGO_WEIGHT_BOLD },
  [SCOPE_TEXT_HEAD] = { 1.25, PANGO_WEIGHT_BOLD },
};

/* Lines that are kept: those of any picture are fewer, but for long legends. */
#define MOST_LINES 256

/* Returns: (transfer none): the line, valid until the next; with @max_width, in
 * px, cut in its middle where it is longer, 0 for no limit. */
static PangoLayout *
get_line (ScopeText    *self,
          ScopeTextSize size,
          const char   *text,
          double        max_width)
{
  int                   width = max_width > 0 ? (int) (max_width * PANGO_SCALE) : -1;
  g_autofree char      *key = g_strdup_printf ("%d %d %s", size, width, text);
  PangoLayout          *line = g_hash_table_lookup (self->lines, key);
  PangoFontDescription *font;

  if (line != NULL)
    return line;
  if (g_hash_table_size (self->lines) == MOST_LINES)
    g_hash_table_remove_all (self->lines);
  font = pango_font_description_new ();
  pango_font_description_set_family_static (font, self->family);
  pango_font_description_set_absolute_size (font, self->size * STYLES[size].factor * PANGO_SCALE);
  pango_font_description_set_weight (font, STYLES[size].weight);
  line = pango_layout_copy (self->layout);
  pango_layout_set_font_description (line, font);
  pango_font_description_free (font);
  pango_layout_set_width (line, width);
  pango_layout_set_ellipsize (line, width < 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_text (line, text, -1);
  g_hash_table_insert (self->lines, g_steal_pointer (&key), line);
  return line;
}

/**
 * scope_text_init:
 * @self: uninitialised storage
 * @cr: what will be drawn on
 * @family: a font family
 * @size: of body text, in px
 */
void
scope_text_init (ScopeText  *self,
                 cairo_t    *cr,
                 const char *family,
                 double      size)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  cairo_font_options_t     *options = cairo_font_options_create ();

  /* Unrounded metrics: the same layout on every surface and at every scale. */
  self->layout = pango_cairo_create_layout (cr);
  cairo_surface_get_font_options (cairo_get_target (cr), options);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pango_layout_get_context (self->layout), options);
  pango_context_set_round_glyph_positions (pango_layout_get_context (self->layout), FALSE);
  pango_layout_context_changed (self->layout);
  cairo_font_options_destroy (options);
  self->family = g_strdup (family);
  self->size = size;
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++)
    self->baselines[i] = pango_layout_get_baseline (get_line (self, i, "0", 0));
}

void
scope_text_clear (ScopeText *self)
{
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->family, g_free);
}

/* The height of a line in px. */
double
scope_text_height (ScopeText    *self,
                   ScopeTextSize size)
{
  int width, height;

  pango_layout_get_pixel_size (get_line (self, size, "0", 0), &width, &height);
  return height;
}

/* The width of a line in px. */
double
scope_text_measure (ScopeText    *self,
                    ScopeTextSize size,
                    const char   *text)
{
  int width, height;

  pango_layout_get_pixel_size (get_line (self, size, text, 0), &width, &height);
  return width;
}

/**
 * scope_text_draw:
 * @self: the text style
 * @cr: where to draw
 * @size: the style
 * @color: the colour
 * @text: one line
 * @x: px
 * @y: px of the line's top
 * @align: 0: begins at @x, 0.5: centred on it, 1: ends there
 * @max_width: in px; a longer text is cut in its middle.  0 for no limit
 *
 * Returns: the width in px that was drawn
 */
double
scope_text_draw (ScopeText        *self,
                 cairo_t          *cr,
                 ScopeTextSize     size,
                 const ScopeColor *color,
                 const char       *text,
                 double            x,
                 double            y,
                 double            align,
                 double            max_width)
{
  PangoLayout *line = get_line (self, size, text, 0);
  int          width, height;

  pango_layout_get_pixel_size (line, &width, &height);
  if (max_width > 0 && width > max_width)
    {
      line = get_line (self, size, text, max_width);
      width = (int) max_width;
    }
  /* A fallback font may be taller: what stands on one line shares a baseline. */
  y += (self->baselines[size] - pango_layout_get_baseline (line)) / (double) PANGO_SCALE;
  scope_color_set (color, cr);
  cairo_move_to (cr, x - align * width, y);
  pango_cairo_show_layout (cr, line);
  return width;
}
