/* readout.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name may be shortened, a number never: "20 ms" would be taken for what was
 * "120 ms".  Each has a layout of its own, so that neither turns the direction of the
 * other.
 */
#include "readout.h"

#include "distinct.h"

#include <math.h>

#define LABEL_ALPHA  0.88 /* what lies below a curve's name can still be seen */
#define GAP_PX       10
#define PADDING_PX   4
#define MAX_LABEL_PX 320
#define LABEL_SHARE  0.55 /* of the width of the charts */
#define MIN_NAME_PX  60   /* if there is room for it at all */

static PangoLayout *
make_layout (GtkWidget  *widget,
             const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE); /* what breaks a line in a name does not */
  return layout;
}

static int
get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* How large a line is, in px. */
void
scope_readout_measure (GtkWidget  *widget,
                       const char *text,
                       int        *width,
                       int        *height)
{
  g_autoptr (PangoLayout) layout = make_layout (widget, text);

  pango_layout_get_pixel_size (layout, width, height);
}

/* Text that runs from right to left stands at the right of the width it is given. */
static void
append_layout (GtkSnapshot   *snapshot,
               PangoLayout   *layout,
               const GdkRGBA *ink,
               double         x,
               double         y)
{
  PangoRectangle place;

  pango_layout_get_pixel_extents (layout, NULL, &place);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - place.x), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* As GTK has it; @alpha: of its own */
GdkRGBA
scope_readout_get_rgba (const ScopeColor *color,
                        double            alpha)
{
  return (GdkRGBA){ (float) color->red, (float) color->green, (float) color->blue,
                    (float) (color->alpha * alpha) };
}

/* The ground, and where what stands on it begins, within the charts. */
static double
append_ground (GtkSnapshot       *snapshot,
               const ScopeCharts *charts,
               double             left,
               double             y,
               double             width,
               double             height,
               double             alpha)
{
  GdkRGBA ground = scope_readout_get_rgba (&charts->theme->background, alpha);
  double  first = charts->gutter.left + PADDING_PX; /* beside the numbers of the axis */

  if (first + width > charts->gutter.end)
    first = PADDING_PX;
  left = round (CLAMP (left, first, MAX (charts->gutter.end - width, first)));
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT ((float) left - PADDING_PX, (float) y,
                                                  (float) width + 2 * PADDING_PX, (float) height));
  return left;
}

/* Right of @x if there is room, otherwise left of it. */
static double
find_left (const ScopeCharts *charts,
           double             x,
           double             width)
{
  return x + GAP_PX + width <= charts->gutter.end ? x + GAP_PX : x - GAP_PX - width;
}

/* What there is for a name. */
typedef struct
{
  PangoLayout *layout; /* borrowed: has the name that was looked at last */
  double       px;
} Room;

static gboolean
fits (const char *name,
      gpointer    data)
{
  const Room *room = data;

  pango_layout_set_text (room->layout, name, -1);
  return get_width (room->layout) <= room->px;
}

/* Returns: (transfer full) (nullable): the name, in as much room as the value leaves;
 *   %NULL where that is none */
static PangoLayout *
make_name (GtkWidget          *widget,
           const ScopeCharts  *charts,
           const ScopeReadout *readout,
           int                 value_width)
{
  double       all = charts->gutter.right - charts->gutter.left;
  double       px = MIN (all * LABEL_SHARE, MAX_LABEL_PX) - value_width - GAP_PX;
  PangoLayout *name = make_layout (widget, "");
  Room         room = { name, MAX (px, MIN (MIN_NAME_PX, all - value_width - GAP_PX)) };
  g_autofree char *text =
    scope_distinct_fit (charts->picture->history, readout->endpoint, fits, &room);

  if (fits (text, &room))
    return name;
  if (room.px < MIN_NAME_PX)
    {
      g_object_unref (name);
      return NULL;
    }
  pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (name, (int) (room.px * PANGO_SCALE));
  return name;
}

/**
 * scope_readout_append:
 * @widget: where it is drawn, for its font
 * @snapshot: above the charts
 * @charts: as they are drawn
 * @readout: what is said
 * @x: px of what it is said of
 * @y: px of the top
 */
void
scope_readout_append (GtkWidget          *widget,
                      GtkSnapshot        *snapshot,
                      const ScopeCharts  *charts,
                      const ScopeReadout *readout,
                      double              x,
                      double              y)
{
  g_autoptr (PangoLayout) value = make_layout (widget, readout->value);
  g_autoptr (PangoLayout) below = readout->below ? make_layout (widget, readout->below) : NULL;
  g_autoptr (PangoLayout) name = make_name (widget, charts, readout, get_width (value));
  GdkRGBA ink = scope_readout_get_rgba (&charts->theme->text, 1);
  int     name_width = name ? get_width (name) + GAP_PX : 0;
  int     height = MAX (get_height (value), name ? get_height (name) : 0);
  int     width = MAX (name_width + get_width (value), below ? get_width (below) : 0);
  double  left = find_left (charts, x, width);

  y = round (y);
  left = append_ground (snapshot, charts, left, y, width, height + (below ? get_height (below) : 0),
                        LABEL_ALPHA);
  if (name != NULL)
    append_layout (snapshot, name, &ink, left, y);
  append_layout (snapshot, value, &ink, left + name_width, y);
  if (below != NULL)
    append_layout (snapshot, below, &ink, left, y + height);
}

/**
 * scope_readout_append_text:
 * @widget: where it is drawn, for its font
 * @snapshot: above the charts
 * @charts: as they are drawn
 * @text: on one line
 * @x: px of what it is said of
 * @y: px of the top
 * @centred: whether it is centred on @x, and nothing below it can be seen
 */
void
scope_readout_append_text (GtkWidget         *widget,
                           GtkSnapshot       *snapshot,
                           const ScopeCharts *charts,
                           const char        *text,
                           double             x,
                           double             y,
                           gboolean           centred)
{
  g_autoptr (PangoLayout) layout = make_layout (widget, text);
  GdkRGBA                 ink = scope_readout_get_rgba (&charts->theme->text, 1);
  int                     width = get_width (layout);
  double                  left = centred ? x - width / 2.0 : find_left (charts, x, width);

  y = round (y);
  left = append_ground (snapshot, charts, left, y, width, get_height (layout),
                        centred ? 1 : LABEL_ALPHA);
  append_layout (snapshot, layout, &ink, left, y);
}
