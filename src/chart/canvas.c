/* canvas.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * There are two surfaces, and each drawing goes to the one that is not shown:
 * whoever shows the other may still hold it, and Cairo would copy it when it
 * is drawn on.
 */
#include "canvas.h"

#include "charts.h"
#include "selection.h"

#include <math.h>
#include <string.h>

/* Px at each side of a column that its curves reach: half of a dot and a little. */
#define REACH_PX 3

/* Px right of a run's mark that its name may take. */
#define RUN_LABEL_PX 120

struct _ScopeCanvas
{
  cairo_surface_t *surfaces[2]; /* owned */
  guint            shown;       /* of them */
  int              width;       /* px */
  int              height;
  double           column;      /* px of a device pixel */

  /* What is shown; none where has_charts is not set. */
  ScopePicture     picture;
  char            *font;        /* owned: the picture's */
  ScopeCharts      charts;
  gboolean         has_charts;
  guint            changed;     /* block: from there on it is out of date */
  gboolean         was_partly;
};

ScopeCanvas *
scope_canvas_new (void)
{
  return g_new0 (ScopeCanvas, 1);
}

static void
drop_charts (ScopeCanvas *self)
{
  if (self->has_charts)
    scope_charts_clear (&self->charts);
  self->has_charts = FALSE;
}

void
scope_canvas_free (ScopeCanvas *self)
{
  drop_charts (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->surfaces); i++)
    g_clear_pointer (&self->surfaces[i], cairo_surface_destroy);
  g_free (self->font);
  g_free (self);
}

/**
 * scope_canvas_invalidate:
 * @self: the canvas
 * @block: the first block of which anything is new or different; 0 where
 *   anything else is, colours for instance
 */
void
scope_canvas_invalidate (ScopeCanvas *self,
                         guint        block)
{
  self->changed = MIN (self->changed, block);
}

/* Makes the surface that is not shown one of that size. */
static void
make_surface (ScopeCanvas *self,
              int          width,
              int          height,
              double       column)
{
  int device_width = (int) round (width / column), device_height = (int) round (height / column);

  if (self->width != width || self->height != height || self->column != column)
    {
      drop_charts (self);
      for (guint i = 0; i < G_N_ELEMENTS (self->surfaces); i++)
        g_clear_pointer (&self->surfaces[i], cairo_surface_destroy);
    }
  self->width = width;
  self->height = height;
  self->column = column;
  if (self->surfaces[!self->shown] == NULL)
    self->surfaces[!self->shown] =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, device_width, device_height);
}

static gboolean
is_same_scale (const ScopeScale *a,
               const ScopeScale *b)
{
  return a->low == b->low && a->high == b->high && a->from == b->from && a->to == b->to;
}

static gboolean
is_same_plot (const ScopePlot *a,
              const ScopePlot *b)
{
  return scope_statistic_equal (a->statistic, b->statistic) && is_same_scale (&a->y, &b->y) &&
         a->top == b->top;
}

/* Px by which the time axis has moved on since; negative: it is another one. */
static double
find_shift (const ScopeScale *before,
            const ScopeScale *now)
{
  double px = (now->high - now->low) / (now->to - now->from);
  double shift = (now->low - before->low) / px;

  if (before->from != now->from || before->to != now->to ||
      fabs (before->high - before->low - (now->high - now->low)) > 1e-3 * px ||
      fabs (shift - round (shift)) > 1e-3)
    return -1;
  return round (shift);
}

static gboolean
is_same_frame (const ScopeCharts *a,
               const ScopeCharts *b)
{
  if (a->n_plots != b->n_plots || a->gutter.left != b->gutter.left ||
      a->gutter.right != b->gutter.right || a->users_height != b->users_height ||
      a->users_top != b->users_top || g_strcmp0 (a->note, b->note) != 0 ||
      a->curves->len != b->curves->len || a->curves->len == 0 ||
      memcmp (a->curves->data, b->curves->data, a->curves->len * sizeof (guint)) != 0 ||
      scope_uprights_suit (a->bins) != scope_uprights_suit (b->bins))
    return FALSE;
  for (guint i = 0; i < a->n_plots; i++)
    if (!is_same_plot (&a->plots[i], &b->plots[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_picture (const ScopePicture *a,
                 const ScopePicture *b)
{
  return a->history == b->history && a->view == b->view && a->theme == b->theme &&
         g_strcmp0 (a->font, b->font) == 0 && a->font_px == b->font_px &&
         a->failures == b->failures && a->is_live == b->is_live;
}

/* Whether a run's mark or name comes or goes: its name may be cut right of @px,
 * and what is left of the plot has none. */
static gboolean
has_run_on_edge (const ScopeScale  *before,
                 const ScopeCharts *charts,
                 double             px)
{
  ScopeHistory *history = charts->picture->history;
  const double *times = scope_history_get_times (history);

  for (guint run = 1; run < scope_history_get_n_runs (history); run++)
    {
      double time = times[scope_history_get_run (history, run).first];

      if ((time > before->low && time <= charts->x.low) ||
          scope_scale_to_px (&charts->x, time) > px - RUN_LABEL_PX)
        return TRUE;
    }
  return FALSE;
}

/* The px from which on the charts must be drawn if those before them, shifted,
 * stand left of it; negative where all must be. */
static double
find_dirty (ScopeCanvas       *self,
            const ScopeCharts *charts,
            double             shift)
{
  const double *times = scope_history_get_times (self->picture.history);
  guint         n_blocks = scope_history_get_n_blocks (self->picture.history);
  double        px = charts->gutter.right - shift;

  if (self->changed == 0)
    return -1;
  if (self->changed <= n_blocks)
    px = MIN (px, scope_scale_to_px (&charts->x, times[self->changed - 1]));
  px = floor (px - REACH_PX);
  if (px < (charts->gutter.left + charts->gutter.right) / 2 || has_run_on_edge (&self->charts.x, charts, px))
    return -1;
  return px;
}

static cairo_t *
begin (ScopeCanvas *self)
{
  cairo_t *cr = cairo_create (self->surfaces[!self->shown]);

  cairo_scale (cr, 1 / self->column, 1 / self->column);
  return cr;
}

/* The rows of a plot, with the room that lines at its edges take, in px. */
static void
get_rows (const ScopePlot *plot,
          double          *top,
          double          *bottom)
{
  *top = floor (plot->y.to - SCOPE_INK_WIDTH_PX);
  *bottom = ceil (plot->y.from + SCOPE_INK_WIDTH_PX);
}

/* Copies what is shown, the plots shifted to the left by whole px. */
static void
copy_shifted (ScopeCanvas       *self,
              const ScopeCharts *charts,
              double             shift)
{
  cairo_surface_t *from = self->surfaces[self->shown], *to = self->surfaces[!self->shown];
  int              stride = cairo_image_surface_get_stride (to);
  guint8          *source = cairo_image_surface_get_data (from);
  guint8          *target = cairo_image_surface_get_data (to);
  gsize            pixel = sizeof (guint32);
  int              left = (int) (charts->gutter.left / self->column);
  int              right = (int) ((charts->gutter.right + 1) / self->column);
  int              columns = (int) (shift / self->column);

  cairo_surface_flush (from);
  cairo_surface_flush (to);
  memcpy (target, source, (gsize) stride * cairo_image_surface_get_height (to));
  for (guint i = 0; i <= charts->n_plots && columns > 0; i++)
    {
      double top, bottom;

      if (i < charts->n_plots)
        {
          get_rows (&charts->plots[i], &top, &bottom);
        }
      else
        {
          top = charts->users_top;
          bottom = charts->users_top + charts->users_height;
        }
      for (int row = (int) (top / self->column); row < (int) (bottom / self->column); row++)
        memcpy (target + (gsize) row * stride + left * pixel,
                source + (gsize) row * stride + (left + columns) * pixel,
                (right - left - columns) * pixel);
    }
  cairo_surface_mark_dirty (to);
}

static void
fill (cairo_t           *cr,
      const ScopeCharts *charts,
      double             left,
      double             top,
      double             right,
      double             bottom)
{
  scope_color_set (&charts->theme->background, cr);
  cairo_rectangle (cr, left, top, right - left, bottom - top);
  cairo_fill (cr);
}

/* Draws what stands right of @dirty px, and what is not a curve anew. */
static void
draw_rest (ScopeCanvas *self,
           cairo_t     *cr,
           ScopeText   *text,
           ScopeCharts *charts,
           double       dirty)
{
  double right = charts->gutter.right + 1; /* with a grid line at the very end */

  cairo_save (cr);
  cairo_rectangle (cr, dirty, 0, right - dirty, self->height);
  cairo_clip (cr);
  for (guint i = 0; i < charts->n_plots; i++)
    {
      double top, bottom;

      get_rows (&charts->plots[i], &top, &bottom);
      fill (cr, charts, dirty, top, right, bottom);
    }
  scope_charts_draw_grid (charts, cr, text);
  cairo_restore (cr);
  scope_charts_draw_curves (charts, cr,
                            (int) round ((dirty - charts->gutter.left) / self->column));
  if (charts->users_height > 0)
    {
      fill (cr, charts, 0, charts->users_top, self->width,
            charts->users_top + charts->users_height);
      scope_charts_draw_users (charts, cr, text);
    }
  fill (cr, charts, 0, charts->labels_top, self->width, self->height);
  scope_charts_draw_times (charts, cr, text);
}

/* Whether it could be done. */
static gboolean
draw_partly (ScopeCanvas *self,
             cairo_t     *cr,
             ScopeText   *text,
             ScopeCharts *charts)
{
  double shift, dirty;

  if (!self->has_charts || !is_same_frame (&self->charts, charts))
    return FALSE;
  shift = find_shift (&self->charts.x, &charts->x);
  if (shift < 0)
    return FALSE;
  dirty = find_dirty (self, charts, shift);
  if (dirty < 0)
    return FALSE;
  copy_shifted (self, charts, shift);
  draw_rest (self, cr, text, charts, dirty);
  return TRUE;
}

static void
draw_whole (ScopeCanvas *self,
            cairo_t     *cr,
            ScopeText   *text,
            ScopeCharts *charts)
{
  fill (cr, charts, 0, 0, self->width, self->height);
  scope_charts_draw (charts, cr, text);
}

static void
keep_picture (ScopeCanvas        *self,
              const ScopePicture *picture)
{
  if (g_strcmp0 (self->font, picture->font) != 0)
    {
      g_free (self->font);
      self->font = g_strdup (picture->font);
    }
  self->picture = *picture;
  self->picture.font = self->font;
  self->charts.picture = &self->picture;
}

/**
 * scope_canvas_draw:
 * @self: the canvas
 * @picture: what to show, without a heading
 * @width: px
 * @height: px
 *
 * Returns: (transfer none): the picture, which stays as it is until the
 *   drawing after the next
 */
cairo_surface_t *
scope_canvas_draw (ScopeCanvas        *self,
                   const ScopePicture *picture,
                   int                 width,
                   int                 height)
{
  g_autoptr (GArray) curves = scope_selection_list (picture->history);
  ScopeCharts        charts;
  ScopeText          text;
  cairo_t           *cr;

  if (self->has_charts && !is_same_picture (&self->picture, picture))
    drop_charts (self);
  make_surface (self, width, height, picture->column);
  cr = begin (self);
  if (scope_history_get_n_blocks (picture->history) == 0)
    {
      scope_picture_draw (picture, cr, width, height);
      drop_charts (self);
    }
  else
    {
      scope_text_init (&text, cr, picture->font, picture->font_px);
      scope_charts_init (&charts, picture, curves, &text, width, SCOPE_PICTURE_EDGE_PX,
                         height - SCOPE_PICTURE_EDGE_PX);
      self->was_partly = draw_partly (self, cr, &text, &charts);
      if (!self->was_partly)
        draw_whole (self, cr, &text, &charts);
      scope_text_clear (&text);
      drop_charts (self);
      self->charts = charts;
      self->has_charts = TRUE;
    }
  cairo_destroy (cr);
  keep_picture (self, picture);
  self->changed = G_MAXUINT;
  self->shown = !self->shown;
  return self->surfaces[self->shown];
}

/* Whether the last drawing kept most of the one before. */
gboolean
scope_canvas_was_partly (ScopeCanvas *self)
{
  return self->was_partly;
}
