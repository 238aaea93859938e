/* raster.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rectangle of pixels, a few columns wide, onto which lines are laid from
 * the front to the back: what lies behind lines that already cover a pixel
 * costs nothing.
 *
 * At a few places of each column a line covers one interval of rows; a pixel's
 * coverage is the mean of what the intervals cover of it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixel columns that one raster may have. */
#define SCOPE_RASTER_COLUMNS 64

/* Columns at each side in which a line's places are known, too: no pen of
 * ours reaches farther. */
#define SCOPE_RASTER_MARGIN 16

#define SCOPE_RASTER_PLACES 4 /* at most, in a column */

#define SCOPE_RASTER_ROOM                                                                       \
  ((SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN) * SCOPE_RASTER_PLACES)

/* Rows: no line is there. */
#define SCOPE_RASTER_FAR 1e9f

/* Rows from the top that a line covers at each place. */
typedef struct
{
  float low[SCOPE_RASTER_ROOM];
  float high[SCOPE_RASTER_ROOM];
} ScopeRowIntervals;

/* A line of which each column has several samples: for each column, from the
 * left margin's first on, the rows that it has in it, and those that it passes
 * on its way from the column before. */
typedef struct
{
  float low[SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN];
  float high[SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN];
  float way_low[SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN];
  float way_high[SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN];
} ScopeUprights;

/* Where a line with dashes has gaps. */
typedef struct
{
  const double *dashes; /* borrowed: whose gaps they are */
  float         jump;   /* pixels: what is higher than that has none, ... */
  float         width;  /* ... if it is no wider than that */
  guint8        places[SCOPE_RASTER_ROOM];
  gint32        columns[SCOPE_RASTER_COLUMNS + 2 * SCOPE_RASTER_MARGIN]; /* all ones: at all
                                                                           * places */
} ScopeRasterGaps;

/* Ways to dash a line whose gaps are remembered. */
#define SCOPE_RASTER_GAPS 4

typedef struct
{
  guint32 *pixels;    /* borrowed: of a surface, from the raster's first one on */
  int      stride;    /* pixels from one row to the next */
  int      n_columns;
  int      n_rows;
  int      n_places;  /* in a column: 4, or 2 where pixels are small */
  guint32 *gathered;  /* owned: column after column, premultiplied; 64 rows a word of: */
  guint64 *opaque;    /* owned: column after column, a bit a row */
  int      n_words;   /* of those bits, a column */
  gsize    allocated; /* rows */
  int      top;       /* rows that were painted on: from ... */
  int      bottom;    /* ... to before */

  /* While a line is added: where its middle is, and what the pen covers; column
   * by column, from the left margin on. */
  ScopeRowIntervals line;
  ScopeRowIntervals wide;

  ScopeRasterGaps gaps[SCOPE_RASTER_GAPS];
  int             n_gaps; /* that have been worked out */
} ScopeRaster;

typedef struct
{
  float x, y; /* pixels from the raster's top left corner */
} ScopeVertex;

/* What is laid onto the raster. */
typedef struct
{
  guint32       pixel;    /* opaque ARGB */
  float         radius;   /* pixels */
  const double *dashes;   /* px: dash, gap, and so on; NULL: none */
  int           n_dashes;
  float         scale;    /* pixels a px */
  double        phase;    /* px into the dashes at the raster's left edge, the same
                           * for all lines until the raster's end */
} ScopeStroke;

void     scope_raster_init         (ScopeRaster         *self);
void     scope_raster_clear        (ScopeRaster         *self);
void     scope_raster_begin        (ScopeRaster         *self,
                                    guint32             *pixels,
                                    int                  stride,
                                    int                  n_columns,
                                    int                  n_rows,
                                    int                  n_places);
void     scope_raster_add_line     (ScopeRaster         *self,
                                    const ScopeVertex   *vertices,
                                    guint                n_vertices,
                                    const ScopeStroke   *stroke);
void     scope_raster_add_uprights (ScopeRaster         *self,
                                    ScopeUprights       *uprights,
                                    int                  first,
                                    int                  end,
                                    const ScopeStroke   *stroke);
gboolean scope_raster_hides        (const ScopeRaster   *self,
                                    int                  first,
                                    int                  end,
                                    float                top,
                                    float                bottom);
void     scope_raster_paint        (ScopeRaster         *self,
                                    int                  first,
                                    int                  end,
                                    gboolean             by_place,
                                    guint32              pixel);
void     scope_raster_end          (ScopeRaster         *self);

G_END_DECLS
