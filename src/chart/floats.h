/* floats.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Four floats at a time.
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

/* Without what stands behind the point. */
static inline ScopeInts
scope_floats_to_ints (ScopeFloats floats)
{
  return __builtin_convertvector (floats, ScopeInts);
}

G_END_DECLS
