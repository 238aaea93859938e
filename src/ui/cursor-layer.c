/* cursor-layer.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its nodes lie above those of the picture, which stay as they are: of a move
 * no curve is drawn again.
 */
#include "cursor-layer.h"

#include "elapsed.h"
#include "limit-text.h"
#include "readout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECTION_ALPHA 0.12
#define SPAN_ALPHA      0.06
#define LINE_ALPHA     0.45
#define PINNED_ALPHA   0.9
#define DOT_RADIUS_PX  3.5f
#define RING_RADIUS_PX 5.0f
#define GAP_PX         10

#define CLOCK_GAP_PX   12 /* between labels of the time axis */

/* What the cursor is at. */
typedef struct
{
  const ScopeCharts *charts; /* borrowed */
  guint              block;
  double             time;   /* s since the epoch */
  double             x;      /* px */
  gboolean           has_curve;
  ScopeProbe         probe;
} Place;

static gboolean
find_place (const ScopeCharts *charts,
            ScopeCursor       *cursor,
            double             y,
            Place             *place)
{
  ScopeHistory *history = charts->picture->history;

  *place = (Place){ .charts = charts };
  if (!scope_cursor_get_time (cursor, &place->time) ||
      !scope_history_find_block (history, place->time, &place->block))
    return FALSE;
  place->time = scope_history_get_times (history)[place->block];
  place->x = scope_scale_to_px (&charts->x, place->time);
  place->has_curve = scope_charts_find_curve (charts, scope_charts_find_plot (charts, y),
                                              place->block, y, &place->probe);
  return TRUE;
}

static gboolean
is_in_sight (const ScopeCharts *charts,
             double             x)
{
  return x >= charts->gutter.left - 0.5 && x <= charts->gutter.right + 0.5;
}

static ScopeEndpoint *
get_endpoint (const Place *self)
{
  return scope_history_get_endpoint (self->charts->picture->history, self->probe.position);
}

/* "baseline 28 ms, +12 %", or %NULL where there is nothing to compare. */
static char *
format_baseline (const Place *self)
{
  ScopeBaseline   *baseline = self->charts->picture->baseline;
  ScopeStatistic   statistic = self->charts->plots[self->probe.plot].statistic;
  double           value = NAN;
  g_autofree char *before = NULL;
  g_autofree char *difference = NULL;

  if (baseline != NULL)
    value = scope_baseline_get_value (baseline, self->probe.position, statistic, self->time);
  if (isnan (value))
    return NULL;
  before = scope_format_number (value);
  difference = scope_compared_format_difference (
    scope_baseline_get_difference (baseline, self->probe.position, statistic, self->time));
  if (scope_statistic_is_response_time (statistic))
    /* Translators: a baseline's response time, and by how much it differs, as in
       “baseline 28 ms, +12 %”. */
    return g_strdup_printf (_("baseline %s ms, %s"), before, difference ? difference : "–");
  /* Translators: a baseline's requests, or failures, a second, and by how much they differ. */
  return g_strdup_printf (_("baseline %s/s, %s"), before, difference ? difference : "–");
}

static char *
format_value (const Place *self)
{
  return scope_format_value (self->charts->plots[self->probe.plot].statistic, self->probe.value);
}

/* "GET /cart  31 ms" */
static char *
format_curve (const Place *self)
{
  g_autofree char *name = scope_endpoint_dup_label (get_endpoint (self));
  g_autofree char *value = format_value (self);

  return g_strconcat (name, "  ", value, NULL);
}

static void
append_disc (GtkSnapshot   *snapshot,
             float          x,
             float          y,
             float          radius,
             const GdkRGBA *color)
{
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (
    &disc, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &disc.bounds);
  gtk_snapshot_pop (snapshot);
}

/* The time, in place of the labels of the axis that it would touch. */
static void
append_clock (GtkWidget         *widget,
              GtkSnapshot       *snapshot,
              const ScopeCharts *charts,
              double             time,
              double             px)
{
  g_autofree char   *clock = scope_charts_format_time (charts, time);
  GdkRGBA            ground = scope_readout_get_rgba (&charts->theme->background, 1);
  int                width, height;

  scope_readout_measure (widget, clock, &width, &height);
  width += CLOCK_GAP_PX;
  for (guint i = 0; i < charts->ticks->len; i++)
    {
      double x = g_array_index (charts->ticks, ScopeTick, i).position;

      if (fabs (x - px) < width)
        gtk_snapshot_append_color (snapshot, &ground,
                                   &GRAPHENE_RECT_INIT ((float) x - (float) width / 2,
                                                        (float) charts->labels_top, (float) width,
                                                        (float) height + 1));
    }
  scope_readout_append_text (widget, snapshot, charts, clock, px, charts->labels_top, TRUE);
}

static void
append_curve (GtkWidget   *widget,
              GtkSnapshot *snapshot,
              const Place *place)
{
  const ScopePlot *plot = &place->charts->plots[place->probe.plot];
  ScopePen         pen = scope_theme_get_pen (place->charts->theme, get_endpoint (place));
  GdkRGBA          ring = scope_readout_get_rgba (&place->charts->theme->background, 1);
  GdkRGBA          ink = scope_readout_get_rgba (&pen.color, 1);
  double           y = CLAMP (place->probe.y, plot->y.to, plot->y.from);
  g_autofree char *value = format_value (place);
  g_autofree char *baseline = format_baseline (place);
  ScopeReadout     readout = { get_endpoint (place), value, baseline };
  double           above = baseline != NULL ? 4.0 : 2.2;

  append_disc (snapshot, (float) place->x, (float) y, RING_RADIUS_PX, &ring);
  append_disc (snapshot, (float) place->x, (float) y, DOT_RADIUS_PX, &ink);
  scope_readout_append (widget, snapshot, place->charts, &readout, place->x,
                        MAX (y - above * GAP_PX, plot->y.to));
}

static void
append_line (GtkSnapshot       *snapshot,
             const ScopeCharts *charts,
             double             x,
             gboolean           pinned)
{
  GdkRGBA line = scope_readout_get_rgba (&charts->theme->text, pinned ? PINNED_ALPHA : LINE_ALPHA);

  for (guint i = 0; i < charts->n_plots; i++)
    {
      const ScopeScale *scale = &charts->plots[i].y;

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT ((float) floor (x), (float) scale->to, 1,
                                                      (float) (scale->from - scale->to)));
    }
  if (charts->users_height > 0)
    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT ((float) floor (x), (float) charts->users_top, 1,
                                                    (float) charts->users_height));
}

/* Tints what lies between two px, as far as it is in sight. */
static void
append_tint (GtkSnapshot       *snapshot,
             const ScopeCharts *charts,
             double             from,
             double             to,
             double             alpha)
{
  GdkRGBA tint = scope_readout_get_rgba (&charts->theme->text, alpha);
  double  left = MAX (MIN (from, to), charts->gutter.left);
  double  width = MIN (MAX (from, to), charts->gutter.right) - left;

  for (guint i = 0; i < charts->n_plots && width > 0; i++)
    {
      const ScopeScale *y = &charts->plots[i].y;

      gtk_snapshot_append_color (snapshot, &tint,
                                 &GRAPHENE_RECT_INIT ((float) left, (float) y->to, (float) width,
                                                      (float) (y->from - y->to)));
    }
}

/* The other end of a span, what lies between, and how long it is. */
static void
append_span (GtkWidget         *widget,
             GtkSnapshot       *snapshot,
             const ScopeCharts *charts,
             ScopeCursor       *cursor)
{
  double           start, end, other, from, to;
  int              width;
  gboolean         has_room;
  g_autofree char *clock = NULL;
  g_autofree char *duration = NULL;

  if (!scope_cursor_get_span (cursor, &start, &end) || !scope_cursor_get_other (cursor, &other))
    return;
  from = scope_scale_to_px (&charts->x, start);
  to = scope_scale_to_px (&charts->x, end);
  clock = scope_charts_format_time (charts, start);
  scope_readout_measure (widget, clock, &width, NULL);
  has_room = to - from >= width + CLOCK_GAP_PX; /* for two times side by side */
  append_tint (snapshot, charts, from, to, SPAN_ALPHA);
  duration = scope_format_duration (start, end, charts->origin);
  from = MAX (from, charts->gutter.left);
  to = MIN (to, charts->gutter.right);
  if (from < to)
    scope_readout_append_text (widget, snapshot, charts, duration, (from + to) / 2,
                               charts->plots[0].y.to + 2, TRUE);
  other = scope_scale_to_px (&charts->x, other);
  if (!is_in_sight (charts, other))
    return;
  append_line (snapshot, charts, other, TRUE);
  if (has_room)
    append_clock (widget, snapshot, charts, scope_scale_from_px (&charts->x, other), other);
}

/* "14 users"; NULL: it is not known. */
static char *
format_users (const Place *place)
{
  guint32 users = scope_history_get_users (place->charts->picture->history)[place->block];

  if (users == SCOPE_USERS_UNKNOWN)
    return NULL;
  return g_strdup_printf (ngettext ("%u user", "%u users", users), users);
}

static void
append_users (GtkWidget   *widget,
              GtkSnapshot *snapshot,
              const Place *place)
{
  g_autofree char *users = format_users (place);

  if (users != NULL && place->charts->users_height > 0)
    scope_readout_append_text (widget, snapshot, place->charts, users, place->x,
                               place->charts->users_top, FALSE);
}

/**
 * scope_cursor_layer_snapshot:
 * @widget: where it is drawn, for its font
 * @snapshot: above the charts
 * @charts: as they are drawn
 * @cursor: the cursor
 * @y: px: where the pointer is, or was last
 */
void
scope_cursor_layer_snapshot (GtkWidget         *widget,
                             GtkSnapshot       *snapshot,
                             const ScopeCharts *charts,
                             ScopeCursor       *cursor,
                             double             y)
{
  Place place;

  append_span (widget, snapshot, charts, cursor);
  if (!find_place (charts, cursor, y, &place) || !is_in_sight (charts, place.x))
    return;
  append_line (snapshot, charts, place.x, scope_cursor_get_pinned (cursor));
  append_clock (widget, snapshot, charts, place.time, place.x);
  append_users (widget, snapshot, &place);
  if (place.has_curve)
    append_curve (widget, snapshot, &place);
}

/**
 * scope_cursor_layer_snapshot_selection:
 * @snapshot: above the charts
 * @charts: as they are drawn
 * @from: px
 * @to: px, right or left of @from
 *
 * Tints a stretch that is being selected.
 */
void
scope_cursor_layer_snapshot_selection (GtkSnapshot       *snapshot,
                                       const ScopeCharts *charts,
                                       double             from,
                                       double             to)
{
  append_tint (snapshot, charts, from, to, SELECTION_ALPHA);
}

/* The time, or from when to when. */
static char *
format_when (const ScopeCharts *charts,
             ScopeCursor       *cursor,
             double             time)
{
  double           start, end;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!scope_cursor_get_span (cursor, &start, &end))
    return scope_charts_format_time (charts, time);
  from = scope_charts_format_time (charts, start);
  to = scope_charts_format_time (charts, end);
  return g_strdup_printf ("%s – %s", from, to);
}

/* @part: (transfer full) (nullable) */
static void
add_part (GPtrArray *parts,
          char      *part)
{
  if (part != NULL)
    g_ptr_array_add (parts, part);
}

/**
 * scope_cursor_layer_describe:
 * @charts: as they are drawn
 * @cursor: the cursor
 * @y: px: where the pointer is, or was last
 *
 * Returns: (transfer full) (nullable): the same in words
 */
char *
scope_cursor_layer_describe (const ScopeCharts *charts,
                             ScopeCursor       *cursor,
                             double             y)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  Place                 place;

  if (!find_place (charts, cursor, y, &place))
    return NULL;
  g_ptr_array_add (parts, format_when (charts, cursor, place.time));
  if (place.has_curve)
    {
      g_ptr_array_add (parts, format_curve (&place));
      add_part (parts, format_baseline (&place));
    }
  add_part (parts, format_users (&place));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
