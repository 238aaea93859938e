/* users-strip.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It tells when load came and went, not how much to the last user: one label,
 * the highest number, is enough.
 */
#include "users-strip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STRIP_PX     32
#define LABEL_GAP_PX 8
#define FILL_ALPHA   0.13

/* The most users at once, or 0 where the file does not tell. */
guint32
scope_users_strip_most (ScopeHistory   *history,
                        ScopeBlockRange range)
{
  const guint32 *users = scope_history_get_users (history);
  guint32        most = 0;

  for (guint b = range.first; b < range.end; b++)
    if (users[b] != SCOPE_USERS_UNKNOWN)
      most = MAX (most, users[b]);
  return most;
}

/* The height in px that the strip needs; 0 where there is nothing to show. */
double
scope_users_strip_height (ScopeHistory   *history,
                          ScopeBlockRange range,
                          ScopeText      *text)
{
  return scope_users_strip_most (history, range) > 0 ? scope_text_height (text, SCOPE_TEXT_TITLE) + STRIP_PX : 0;
}

/* The width of its label with the gap, in px. */
double
scope_users_strip_gutter (ScopeHistory   *history,
                          ScopeBlockRange range,
                          ScopeText      *text)
{
  g_autofree char *label = g_strdup_printf ("%u", scope_users_strip_most (history, range));

  return scope_text_measure (text, SCOPE_TEXT_LABEL, label) + LABEL_GAP_PX;
}

static guint32
get_highest (const guint32  *users,
             const ScopeBin *bin)
{
  guint32 highest = 0;

  for (guint b = bin->first; b < bin->end; b++)
    if (users[b] != SCOPE_USERS_UNKNOWN)
      highest = MAX (highest, users[b]);
  return highest;
}

/* From bin to bin; @closed makes an area of it. */
static void
add_steps (ScopeHistory     *history,
           const GArray     *bins,
           cairo_t          *cr,
           const ScopeScale *y,
           gboolean          closed)
{
  const guint32 *users = scope_history_get_users (history);
  double         before = 0;

  for (guint i = 0; i < bins->len; i++)
    {
      const ScopeBin *bin = &g_array_index (bins, ScopeBin, i);
      double          now = scope_scale_to_px (y, get_highest (users, bin));

      if (i == 0 && closed)
        cairo_move_to (cr, bin->x_first, y->from);
      if (i > 0 && now == before && i + 1 < bins->len) /* a step needs but its two ends */
        continue;
      if (i > 0)
        cairo_line_to (cr, bin->x_first, before);
      cairo_line_to (cr, bin->x_first, now);
      cairo_line_to (cr, bin->x_last, now);
      before = now;
    }
  if (closed && bins->len > 0)
    {
      cairo_line_to (cr, g_array_index (bins, ScopeBin, bins->len - 1).x_last, y->from);
      cairo_close_path (cr);
    }
}

/**
 * scope_users_strip_draw:
 * @history: the history
 * @range: the blocks that are looked at
 * @bins: (element-type ScopeBin): the same by pixel column
 * @cr: where to draw
 * @text: the text style
 * @theme: the colours
 * @gutter: as of the charts above
 * @top: px
 * @height: px, from scope_users_strip_height()
 */
void
scope_users_strip_draw (ScopeHistory      *history,
                        ScopeBlockRange    range,
                        const GArray      *bins,
                        cairo_t           *cr,
                        ScopeText         *text,
                        const ScopeTheme  *theme,
                        const ScopeGutter *gutter,
                        double             top,
                        double             height)
{
  guint32          most = scope_users_strip_most (history, range);
  g_autofree char *label = g_strdup_printf ("%u", most);
  ScopeScale       y = { .low = 0,
                         .high = most,
                         .from = floor (top + height) - 0.5,
                         .to = floor (top + height - STRIP_PX + 10) + 0.5 };
  double           half = scope_text_height (text, SCOPE_TEXT_LABEL) / 2;
  ScopeColor       fill = theme->dim;

  scope_text_draw (text, cr, SCOPE_TEXT_TITLE, &theme->text, _("Users"), gutter->margin, top, 0,
                   gutter->end - gutter->margin);
  scope_text_draw (text, cr, SCOPE_TEXT_LABEL, &theme->dim, label, gutter->left - LABEL_GAP_PX,
                   round (y.to - half), 1, 0);

  cairo_save (cr);
  cairo_rectangle (cr, gutter->left, top, gutter->right - gutter->left, height);
  cairo_clip (cr);
  fill.alpha = FILL_ALPHA;
  scope_color_set (&fill, cr);
  add_steps (history, bins, cr, &y, TRUE);
  cairo_fill (cr);
  scope_color_set (&theme->dim, cr);
  cairo_set_line_width (cr, 1);
  add_steps (history, bins, cr, &y, FALSE);
  cairo_stroke (cr);
  cairo_restore (cr);
}
