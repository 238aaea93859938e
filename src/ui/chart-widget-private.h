/* chart-widget-private.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that make up the charts' widget share: one draws, the other
 * listens to pointer and keys.
 */
#pragma once

#include "canvas.h"
#include "chart-widget.h"
#include "strips.h"

G_BEGIN_DECLS

struct _ScopeChartWidget
{
  GtkWidget      parent_instance;

  /* owned */
  ScopeHistory  *history;
  ScopeView     *view;
  ScopeZoom     *zoom;
  ScopeCursor   *cursor;
  ScopeLimits   *limits;
  ScopeBaseline *baseline;   /* NULL: nothing is compared */
  char          *font;
  ScopeCanvas   *canvas;
  ScopeStrips    strips;     /* the picture, ... */
  gboolean       is_drawn;   /* ... which need not be drawn again */
  GSignalGroup  *history_signals;
  GSignalGroup  *view_signals;
  GSignalGroup  *cursor_signals;
  GSignalGroup  *baseline_signals;

  ScopeFailures  failures;   /* what a third chart shows */
  gboolean       is_log;     /* response times are on a logarithmic scale */
  gboolean       elapsed;    /* times are those since the start of a run */
  double         font_px;
  gint64         drawing_us; /* what the last drawing took */
  gint64         drawn_us;   /* monotonic: when it was over */
  guint          refresh;    /* timeout: draw again */
  guint          describe;   /* timeout: describe again */

  /* The pointer's */
  double         pointer_x;  /* px: where it is, or was last */
  double         pointer_y;
  gboolean       is_hovered; /* whether it is there now */
  guint          point_again; /* timeout: another instant is there */
  gboolean       is_cancelled; /* the drag that goes on */
  gboolean       is_selecting; /* a stretch, ... */
  double         selected_from; /* px: ... between these */
  double         selected_to;
  double         pressed_y;  /* px: where the drag began */
  double         panned_px;  /* of a drag: what the view has moved by already */
  double         scale;      /* of a pinch: what the view was zoomed by already */
  gint64         scrolled_us; /* monotonic: when the wheel turned last */
};

const ScopeCharts *scope_chart_widget_get_charts   (ScopeChartWidget *self);
void               scope_chart_widget_describe     (ScopeChartWidget *self);
void               scope_chart_widget_queue_point  (ScopeChartWidget *self);
void               scope_chart_widget_listen       (ScopeChartWidget *self);
void               scope_chart_widget_install_keys (GtkWidgetClass   *widget_class);

G_END_DECLS
