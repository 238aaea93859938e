/* strips.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each strip has pixels of its own: Cairo would copy the whole picture when it
 * is drawn on while a node still shows it.
 */
#include "strips.h"

#include <string.h>

#define STRIP_PX 64

void
scope_strips_init (ScopeStrips *self)
{
  *self = (ScopeStrips){
    .nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref)
  };
}

void
scope_strips_clear (ScopeStrips *self)
{
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
}

/* Device pixels [@left, @left + @width) of all rows. */
static cairo_surface_t *
copy_columns (cairo_surface_t *surface,
              int              left,
              int              width,
              int              height)
{
  cairo_surface_t *copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  const guint8    *from = cairo_image_surface_get_data (surface);
  guint8          *to = cairo_image_surface_get_data (copy);
  gsize            from_stride = cairo_image_surface_get_stride (surface);
  gsize            to_stride = cairo_image_surface_get_stride (copy);

  for (int row = 0; row < height; row++)
    memcpy (to + row * to_stride, from + row * from_stride + left * sizeof (guint32),
            width * sizeof (guint32));
  cairo_surface_mark_dirty (copy);
  return copy;
}

static GskRenderNode *
make_node (ScopeStrips     *self,
           cairo_surface_t *surface,
           int              left,
           int              width)
{
  GskRenderNode   *node =
    gsk_cairo_node_new (&GRAPHENE_RECT_INIT ((float) left, 0, (float) width, (float) self->height));
  cairo_surface_t *pixels = copy_columns (surface, left * self->scale, width * self->scale,
                                          self->height * self->scale);
  cairo_t         *cr = gsk_cairo_node_get_draw_context (node);

  cairo_translate (cr, left, 0);
  cairo_scale (cr, 1.0 / self->scale, 1.0 / self->scale);
  cairo_set_source_surface (cr, pixels, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (pixels);
  return node;
}

/**
 * scope_strips_take:
 * @self: the strips
 * @surface: an RGB24 image, which is copied
 * @width: px
 * @height: px
 * @scale: device pixels a px
 * @changed_from: px from which on it may differ from the one before
 *
 * Shows this picture from now on.
 */
void
scope_strips_take (ScopeStrips     *self,
                   cairo_surface_t *surface,
                   int              width,
                   int              height,
                   int              scale,
                   double           changed_from)
{
  guint keep = (guint) MAX (changed_from / STRIP_PX, 0);

  if (self->width != width || self->height != height || self->scale != scale)
    keep = 0;
  self->width = width;
  self->height = height;
  self->scale = scale;
  if (keep < self->nodes->len)
    g_ptr_array_set_size (self->nodes, (int) keep);
  cairo_surface_flush (surface);
  for (int left = (int) self->nodes->len * STRIP_PX; left < width; left += STRIP_PX)
    g_ptr_array_add (self->nodes, make_node (self, surface, left, MIN (STRIP_PX, width - left)));
}

void
scope_strips_snapshot (ScopeStrips *self,
                       GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_snapshot_append_node (snapshot, g_ptr_array_index (self->nodes, i));
}
