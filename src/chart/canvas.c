/* canvas.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody else may hold the surface: Cairo would copy it before it is drawn on.
 */
#include "canvas.h"

#include "calm.h"
#include "selection.h"

#include <math.h>
#include <string.h>

/* Px at each side of a column that its curves reach: half of a dot and a little. */
#define REACH_PX 3

/* Px right of a run's mark that its name may take. */
#define RUN_LABEL_PX 120

struct _ScopeCanvas
{
  cairo_surface_t *surface;     /* owned */
  int              width;       /* px */
  int              height;
  double           column;      /* px of a device pixel */
  ScopeText        text;        /* of the surface, once there is one */

  /* What is shown; none where has_charts is not set. */
  ScopePicture     picture;
  char            *font;        /* owned: the picture's */
  ScopeCharts      charts;
  gboolean         has_charts;
  ScopeCalm        calm;        /* of their y axes */
  guint            changed;     /* block: from there on it is out of date */
  double           changed_from; /* px: left of it the last drawing changed nothing */
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
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  scope_text_clear (&self->text);
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

static void
make_surface (ScopeCanvas *self,
              int          width,
              int          height,
              double       column)
{
  if (self->surface != NULL && self->width == width && self->height == height &&
      self->column == column)
    return;
  drop_charts (self);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  scope_text_clear (&self->text);
  self->width = width;
  self->height = height;
  self->column = column;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) round (width / column),
                                              (int) round (height / column));
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
  return scope_statistic_equal (a->statistic, b->statistic) && a->is_log == b->is_log &&
         is_same_scale (&a->y, &b->y) && a->top == b->top;
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

/* The grid stands at other times where elapsed ones begin at another. */
static gboolean
is_same_origin (double a,
                double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
is_same_frame (const ScopeCharts *a,
               const ScopeCharts *b)
{
  if (a->n_plots != b->n_plots || a->gutter.left != b->gutter.left ||
      a->gutter.right != b->gutter.right || a->users_height != b->users_height ||
      a->users_top != b->users_top || g_strcmp0 (a->note, b->note) != 0 ||
      !is_same_origin (a->origin, b->origin) ||
      a->curves->len != b->curves->len || a->curves->len == 0 ||
      memcmp (a->curves->data, b->curves->data, a->curves->len * sizeof (guint)) != 0 ||
      scope_uprights_suit (a->bins, a->curves->len) !=
        scope_uprights_suit (b->bins, b->curves->len) ||
      !scope_compared_is_same (&a->compared, &b->compared))
    return FALSE;
  for (guint i = 0; i < a->n_plots; i++)
    if (!is_same_plot (&a->plots[i], &b->plots[i]) ||
        !scope_limit_lines_equal (&a->limits[i], &b->limits[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_picture (const ScopePicture *a,
                 const ScopePicture *b)
{
  return a->history == b->history && a->view == b->view && a->baseline == b->baseline &&
         a->theme == b->theme &&
         g_strcmp0 (a->font, b->font) == 0 && a->font_px == b->font_px &&
         a->failures == b->failures && a->limits == b->limits && a->elapsed == b->elapsed &&
         a->is_live == b->is_live && a->highlight == b->highlight && a->is_log == b->is_log;
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
 * stand left of it; negative where all must be.  So it is where an earlier run is
 * compared with one that grows: that one's mark lies right of all px. */
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
  if (px < (charts->gutter.left + charts->gutter.right) / 2 ||
      has_run_on_edge (&self->charts.x, charts, px))
    return -1;
  return px;
}

static cairo_t *
begin (ScopeCanvas *self)
{
  cairo_t *cr = cairo_create (self->surface);

  cairo_scale (cr, 1 / self->column, 1 / self->column);
  return cr;
}

/* The labels of the last picture are mostly those of the next. */
static void
prepare_text (ScopeCanvas        *self,
              cairo_t            *cr,
              const ScopePicture *picture)
{
  if (self->text.layout != NULL && g_strcmp0 (self->text.family, picture->font) == 0 &&
      self->text.size == picture->font_px)
    return;
  scope_text_clear (&self->text);
  scope_text_init (&self->text, cr, picture->font, picture->font_px);
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

/* Moves the plots to the left by whole px. */
static void
scroll (ScopeCanvas       *self,
        const ScopeCharts *charts,
        double             shift)
{
  gsize   stride = cairo_image_surface_get_stride (self->surface);
  guint8 *pixels = cairo_image_surface_get_data (self->surface);
  gsize   left = (gsize) (charts->gutter.left / self->column) * sizeof (guint32);
  gsize   right = (gsize) ((charts->gutter.right + 1) / self->column) * sizeof (guint32);
  gsize   distance = (gsize) (shift / self->column) * sizeof (guint32);

  if (shift == 0)
    return;
  cairo_surface_flush (self->surface);
  for (guint i = 0; i < charts->n_plots; i++)
    {
      double top, bottom;

      get_rows (&charts->plots[i], &top, &bottom);
      for (int row = (int) (top / self->column); row < (int) (bottom / self->column); row++)
        memmove (pixels + row * stride + left, pixels + row * stride + left + distance,
                 right - left - distance);
    }
  cairo_surface_mark_dirty (self->surface);
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

static void
clip_right (ScopeCanvas       *self,
            cairo_t           *cr,
            const ScopeCharts *charts,
            double             dirty)
{
  cairo_save (cr);
  cairo_rectangle (cr, dirty, 0, charts->gutter.right + 1 - dirty, self->height);
  cairo_clip (cr);
}

/* Draws what stands right of @dirty px. */
static void
draw_right (ScopeCanvas *self,
            cairo_t     *cr,
            ScopeCharts *charts,
            double       dirty)
{
  clip_right (self, cr, charts, dirty);
  for (guint i = 0; i < charts->n_plots; i++)
    {
      double top, bottom;

      get_rows (&charts->plots[i], &top, &bottom);
      fill (cr, charts, dirty, top, charts->gutter.right + 1, bottom);
    }
  scope_charts_draw_grid (charts, cr, &self->text);
  cairo_restore (cr);
  scope_charts_draw_curves (charts, cr,
                            (int) round ((dirty - charts->gutter.left) / self->column));
  clip_right (self, cr, charts, dirty);
  scope_charts_draw_limits (charts, cr);
  cairo_restore (cr);
}

/* Draws what stands below the plots: all of it, or right of @dirty px. */
static void
draw_below (ScopeCanvas *self,
            cairo_t     *cr,
            ScopeCharts *charts,
            double       dirty)
{
  double top = charts->users_height > 0 ? charts->users_top : charts->labels_top;

  cairo_save (cr);
  cairo_rectangle (cr, dirty, top, self->width - dirty, self->height - top);
  cairo_clip (cr);
  fill (cr, charts, dirty, top, self->width, self->height);
  scope_charts_draw_users (charts, cr, &self->text);
  scope_charts_draw_times (charts, cr, &self->text);
  cairo_restore (cr);
}

/* Whether each plot keeps off what stands below it: in a low picture they are
 * squeezed into each other. */
static gboolean
has_room (const ScopeCharts *charts)
{
  for (guint i = 0; i < charts->n_plots; i++)
    {
      double below = i + 1 < charts->n_plots    ? charts->plots[i + 1].top
                     : charts->users_height > 0 ? charts->users_top
                                                : charts->labels_top;
      double top, bottom;

      get_rows (&charts->plots[i], &top, &bottom);
      if (bottom > below)
        return FALSE;
    }
  return TRUE;
}

/* Whether it could be done. */
static gboolean
draw_partly (ScopeCanvas *self,
             cairo_t     *cr,
             ScopeCharts *charts)
{
  double shift, dirty;

  if (!self->has_charts || !is_same_frame (&self->charts, charts) || !has_room (charts))
    return FALSE;
  shift = find_shift (&self->charts.x, &charts->x);
  if (shift < 0)
    return FALSE;
  dirty = find_dirty (self, charts, shift);
  if (dirty < 0)
    return FALSE;
  scroll (self, charts, shift);
  draw_right (self, cr, charts, dirty);
  self->changed_from =
    shift > 0 || charts->most_users != self->charts.most_users ? 0 : dirty;
  draw_below (self, cr, charts, self->changed_from);
  return TRUE;
}

static void
draw_whole (ScopeCanvas *self,
            cairo_t     *cr,
            ScopeCharts *charts)
{
  self->changed_from = 0;
  fill (cr, charts, 0, 0, self->width, self->height);
  scope_charts_draw (charts, cr, &self->text);
}

/* Whether these charts are those before them with more blocks, on a screen that goes
 * along with the test. */
static gboolean
is_continued (ScopeCanvas       *self,
              const ScopeCharts *charts)
{
  const ScopeCharts *before = &self->charts;

  if (!self->has_charts || self->changed == 0 || scope_view_get_fixed (charts->picture->view) ||
      before->n_plots != charts->n_plots)
    return FALSE;
  for (guint i = 0; i < charts->n_plots; i++)
    if (!scope_statistic_equal (before->plots[i].statistic, charts->plots[i].statistic) ||
        before->plots[i].is_log != charts->plots[i].is_log)
      return FALSE;
  return TRUE;
}

/* Works out where all of it stands; y axes shrink calmly. */
static void
lay_out (ScopeCanvas        *self,
         const ScopePicture *picture,
         ScopeCharts        *charts)
{
  g_autoptr (GArray) curves = scope_selection_list (picture->history);
  ScopePicture       calm = *picture;
  double             bottom = self->height - SCOPE_PICTURE_EDGE_PX;

  scope_charts_init (charts, picture, curves, &self->text, self->width, SCOPE_PICTURE_EDGE_PX,
                     bottom);
  if (!is_continued (self, charts))
    {
      scope_calm_begin (&self->calm, charts);
      return;
    }
  if (!scope_calm_hold (&self->calm, charts))
    return;
  scope_charts_clear (charts);
  calm.least = self->calm.shown;
  scope_charts_init (charts, &calm, curves, &self->text, self->width, SCOPE_PICTURE_EDGE_PX,
                     bottom);
  charts->picture = picture;
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
 * Returns: (transfer none): the picture, to be copied and not to be kept
 */
cairo_surface_t *
scope_canvas_draw (ScopeCanvas        *self,
                   const ScopePicture *picture,
                   int                 width,
                   int                 height)
{
  ScopeCharts charts;
  cairo_t    *cr;

  if (self->has_charts && !is_same_picture (&self->picture, picture))
    drop_charts (self);
  make_surface (self, width, height, picture->column);
  cr = begin (self);
  if (scope_history_get_n_blocks (picture->history) == 0)
    {
      scope_picture_draw (picture, cr, width, height);
      drop_charts (self);
      self->changed_from = 0;
      self->was_partly = FALSE;
    }
  else
    {
      prepare_text (self, cr, picture);
      lay_out (self, picture, &charts);
      self->was_partly = draw_partly (self, cr, &charts);
      if (!self->was_partly)
        draw_whole (self, cr, &charts);
      drop_charts (self);
      self->charts = charts;
      self->has_charts = TRUE;
    }
  cairo_destroy (cr);
  keep_picture (self, picture);
  self->changed = G_MAXUINT;
  return self->surface;
}

/* Returns: (transfer none) (nullable): where all of the picture stands; %NULL
 *   where it is without charts.  Valid until the next drawing. */
const ScopeCharts *
scope_canvas_get_charts (ScopeCanvas *self)
{
  return self->has_charts ? &self->charts : NULL;
}

/* The px left of which the last drawing changed nothing. */
double
scope_canvas_get_changed (ScopeCanvas *self)
{
  return self->changed_from;
}

/* Whether the last drawing kept most of the one before. */
gboolean
scope_canvas_was_partly (ScopeCanvas *self)
{
  return self->was_partly;
}
