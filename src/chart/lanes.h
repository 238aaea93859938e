/* lanes.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Four numbers, or four pixels, at a time.
 */
#pragma once

#include <glib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

#define SCOPE_LANES 4

typedef float  ScopeFloats __attribute__ ((vector_size (SCOPE_LANES * sizeof (float))));
typedef gint32 ScopeInts __attribute__ ((vector_size (SCOPE_LANES * sizeof (gint32))));

/* ARGB32, premultiplied. */
typedef guint32 ScopePixels __attribute__ ((vector_size (SCOPE_LANES * sizeof (guint32))));

/* Every other channel of pixels, each with eight bits above it. */
typedef guint16 ScopeChannels __attribute__ ((vector_size (2 * SCOPE_LANES * sizeof (guint16))));

static inline ScopeFloats
scope_floats_load (const float *values)
{
  ScopeFloats loaded;

  memcpy (&loaded, values, sizeof loaded);
  return loaded;
}

static inline void
scope_floats_store (float      *values,
                    ScopeFloats floats)
{
  memcpy (values, &floats, sizeof floats);
}

static inline ScopeInts
scope_ints_load (const gint32 *values)
{
  ScopeInts loaded;

  memcpy (&loaded, values, sizeof loaded);
  return loaded;
}

static inline ScopeFloats
scope_floats_all (float value)
{
  return (ScopeFloats){ value, value, value, value };
}

/* The lesser of each pair; @b where @a is NaN. */
static inline ScopeFloats
scope_floats_min (ScopeFloats a,
                  ScopeFloats b)
{
#ifdef __SSE2__
  return (ScopeFloats) _mm_min_ps ((__m128) a, (__m128) b);
#else
  ScopeInts less = a < b;

  return (ScopeFloats) ((less & (ScopeInts) a) | (~less & (ScopeInts) b));
#endif
}

/* The greater of each pair; @b where @a is NaN. */
static inline ScopeFloats
scope_floats_max (ScopeFloats a,
                  ScopeFloats b)
{
#ifdef __SSE2__
  return (ScopeFloats) _mm_max_ps ((__m128) a, (__m128) b);
#else
  ScopeInts more = a > b;

  return (ScopeFloats) ((more & (ScopeInts) a) | (~more & (ScopeInts) b));
#endif
}

/* @a where the mask has all ones, @b where it has none. */
static inline ScopeFloats
scope_floats_choose (ScopeInts   mask,
                     ScopeFloats a,
                     ScopeFloats b)
{
  return (ScopeFloats) ((mask & (ScopeInts) a) | (~mask & (ScopeInts) b));
}

/* Without what stands behind the point. */
static inline ScopeInts
scope_floats_to_ints (ScopeFloats floats)
{
  return __builtin_convertvector (floats, ScopeInts);
}

static inline ScopePixels
scope_pixels_load (const guint32 *pixels)
{
  ScopePixels loaded;

  memcpy (&loaded, pixels, sizeof loaded);
  return loaded;
}

static inline void
scope_pixels_store (guint32    *place,
                    ScopePixels pixels)
{
  memcpy (place, &pixels, sizeof pixels);
}

static inline ScopePixels
scope_pixels_all (guint32 pixel)
{
  return (ScopePixels){ pixel, pixel, pixel, pixel };
}

/* a × b / 255, of numbers from 0 to 255. */
static inline ScopeChannels
scope_channels_multiply (ScopeChannels a,
                         ScopeChannels b)
{
  ScopeChannels product = a * b + 128;

  return (product + (product >> 8)) >> 8;
}

/* @pixels × @shares / 255, in each of the four channels. */
static inline ScopePixels
scope_pixels_multiply (ScopePixels pixels,
                       ScopePixels shares)
{
  ScopeChannels both = (ScopeChannels) (shares | shares << 16);
  ScopeChannels even = (ScopeChannels) (pixels & 0xff00ff);
  ScopeChannels odd = (ScopeChannels) ((pixels >> 8) & 0xff00ff);

  return (ScopePixels) scope_channels_multiply (even, both) |
         (ScopePixels) scope_channels_multiply (odd, both) << 8;
}

/* A bit for each lane that is not 0; these are 0 or all ones. */
static inline guint
scope_ints_to_bits (ScopeInts masks)
{
#ifdef __SSE2__
  return (guint) _mm_movemask_ps ((__m128) masks);
#else
  return (masks[0] & 1) | (masks[1] & 2) | (masks[2] & 4) | (masks[3] & 8);
#endif
}

G_END_DECLS
