/* schema.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rows of a file hold beside their counters, and how that is packed:
 * percentiles are whole ms and mostly small, rates have six decimals.
 */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

G_BEGIN_DECLS

/* More columns than any percentile list of use has. */
#define SCOPE_MAX_VALUES 128

typedef enum
{
  SCOPE_VALUE_REQUEST_RATE,  /* Requests/s as Locust wrote it */
  SCOPE_VALUE_FAILURE_RATE,  /* Failures/s as Locust wrote it */
  SCOPE_VALUE_MIN,           /* ms, since the start of the test */
  SCOPE_VALUE_MAX,           /* ms, since the start of the test */
  SCOPE_VALUE_PERCENTILE,    /* ms */
} ScopeValueKind;

typedef struct
{
  ScopeValueKind kind;
  double         percent; /* of a percentile, 0..100 */
  guint          place;   /* bytes into a packed row */
} ScopeValue;

/* The columns that one file has; a batch of a file that was begun anew
 * carries a new one. */
typedef struct
{
  gatomicrefcount ref_count;
  gboolean        has_users;
  gboolean        averages_are_cut; /* to whole ms, so that differences say nothing */
  gboolean        has_requests;     /* each by itself instead of rows with counters */
  guint           dropped;          /* a bit for each kind that is neither packed nor kept */
  guint           kept_size;        /* bytes of a packed row that change from row to row */
  guint           packed_size;      /* those, then a double for each minimum and maximum */
  guint           n_extremes;
  guint           extremes[SCOPE_MAX_VALUES]; /* which values are a minimum or maximum */
  guint           n_values;
  ScopeValue      values[];
} ScopeSchema;

#define SCOPE_PACKED_RATE_NONE       G_MAXUINT32
#define SCOPE_PACKED_RATE_SCALE      1e6
#define SCOPE_PACKED_PERCENTILE_NONE G_MAXUINT16

ScopeSchema *scope_schema_new    (const ScopeValue  *values,
                                  guint              n_values,
                                  gboolean           has_users);
ScopeSchema *scope_schema_ref    (ScopeSchema       *self);
void         scope_schema_unref  (ScopeSchema       *self);
void         scope_schema_drop   (ScopeSchema       *self,
                                  guint              kinds);
gboolean     scope_schema_pack   (const ScopeSchema *self,
                                  const double      *values,
                                  guint8            *packed);

/* A bit for a kind. */
static inline guint
scope_value_kind_bit (ScopeValueKind kind)
{
  return 1u << kind;
}

/* Whether a value is there to be asked for. */
static inline gboolean
scope_schema_keeps (const ScopeSchema *self,
                    guint              value)
{
  return (self->dropped & scope_value_kind_bit (self->values[value].kind)) == 0;
}

/* A minimum or maximum: it changes seldom. */
static inline gboolean
scope_value_is_extreme (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_MIN || value->kind == SCOPE_VALUE_MAX;
}

/* Which of the extremes it is. */
static inline guint
scope_schema_get_extreme (const ScopeSchema *self,
                          guint              value)
{
  return (self->values[value].place - self->kept_size) / sizeof (double);
}

/* One value of a packed row; NaN where there is none. */
static inline double
scope_schema_unpack (const ScopeSchema *self,
                     const guint8      *packed,
                     guint              value)
{
  const guint8 *place = packed + self->values[value].place;
  guint16       percentile;
  guint32       rate;
  double        extreme;

  if (!scope_schema_keeps (self, value))
    return NAN;
  switch (self->values[value].kind)
    {
    case SCOPE_VALUE_MIN:
    case SCOPE_VALUE_MAX:
      memcpy (&extreme, place, sizeof extreme);
      return extreme;
    case SCOPE_VALUE_PERCENTILE:
      memcpy (&percentile, place, sizeof percentile);
      return percentile == SCOPE_PACKED_PERCENTILE_NONE ? NAN : percentile;
    default:
      memcpy (&rate, place, sizeof rate);
      return rate == SCOPE_PACKED_RATE_NONE ? NAN : rate / SCOPE_PACKED_RATE_SCALE;
    }
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeSchema, scope_schema_unref)

G_END_DECLS
