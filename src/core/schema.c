/* schema.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A packed row: the rates in millionths as 32-bit numbers, the percentiles as
 * 16-bit ones, and behind them, as doubles, minimum and maximum.  What does
 * not fit exactly is not packed.
 */
#include "schema.h"

#include <math.h>
#include <string.h>

static gsize
get_size (ScopeValueKind kind)
{
  switch (kind)
    {
    case SCOPE_VALUE_MIN:
    case SCOPE_VALUE_MAX:
      return sizeof (double);
    case SCOPE_VALUE_PERCENTILE:
      return sizeof (guint16);
    default:
      return sizeof (guint32);
    }
}

/* Gives places to all values of one size. */
static guint
place_values (ScopeSchema *self,
              gsize        size,
              guint        place)
{
  for (guint i = 0; i < self->n_values; i++)
    if (get_size (self->values[i].kind) == size && scope_schema_keeps (self, i))
      {
        self->values[i].place = place;
        place += size;
      }
  return place;
}

static void
place_all (ScopeSchema *self)
{
  guint end = place_values (self, sizeof (guint16), place_values (self, sizeof (guint32), 0));

  self->kept_size = (end + 7) / 8 * 8;
  self->packed_size = place_values (self, sizeof (double), self->kept_size);
}

/**
 * scope_schema_new:
 * @values: what each row holds, in order
 * @n_values: their number
 * @has_users: whether rows carry a user count
 *
 * Returns: (transfer full): a new schema
 */
ScopeSchema *
scope_schema_new (const ScopeValue *values,
                  guint             n_values,
                  gboolean          has_users)
{
  ScopeSchema *self = g_malloc0 (sizeof (ScopeSchema) + n_values * sizeof (ScopeValue));

  g_atomic_ref_count_init (&self->ref_count);
  self->has_users = has_users;
  self->n_values = n_values;
  if (n_values > 0)
    memcpy (self->values, values, n_values * sizeof (ScopeValue));
  for (guint i = 0; i < n_values; i++)
    if (scope_value_is_extreme (&values[i]))
      self->extremes[self->n_extremes++] = i;
  place_all (self);
  return self;
}

/**
 * scope_schema_drop:
 * @self: a schema that nothing was packed by yet
 * @kinds: scope_value_kind_bit() of each kind that nobody will ask for; not of
 *   minimum and maximum, which tell runs apart
 *
 * Rows are then packed without them.
 */
void
scope_schema_drop (ScopeSchema *self,
                   guint        kinds)
{
  self->dropped = kinds & ~(scope_value_kind_bit (SCOPE_VALUE_MIN) |
                            scope_value_kind_bit (SCOPE_VALUE_MAX));
  place_all (self);
}

ScopeSchema *
scope_schema_ref (ScopeSchema *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scope_schema_unref (ScopeSchema *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

static gboolean
pack_rate (double  rate,
           guint8 *place)
{
  guint32 packed = SCOPE_PACKED_RATE_NONE;

  if (!isnan (rate))
    {
      double scaled = round (rate * SCOPE_PACKED_RATE_SCALE);

      if (!(scaled >= 0 && scaled < SCOPE_PACKED_RATE_NONE) ||
          scaled / SCOPE_PACKED_RATE_SCALE != rate)
        return FALSE;
      packed = (guint32) scaled;
    }
  memcpy (place, &packed, sizeof packed);
  return TRUE;
}

static gboolean
pack_percentile (double  percentile,
                 guint8 *place)
{
  guint16 packed = SCOPE_PACKED_PERCENTILE_NONE;

  if (!isnan (percentile))
    {
      if (!(percentile >= 0 && percentile < SCOPE_PACKED_PERCENTILE_NONE) ||
          percentile != floor (percentile))
        return FALSE;
      packed = (guint16) percentile;
    }
  memcpy (place, &packed, sizeof packed);
  return TRUE;
}

/**
 * scope_schema_pack:
 * @self: the schema
 * @values: its values, NaN where there is none
 * @packed: (out): packed_size bytes
 *
 * Returns: whether they all fit exactly
 */
gboolean
scope_schema_pack (const ScopeSchema *self,
                   const double      *values,
                   guint8            *packed)
{
  memset (packed, 0, self->packed_size);
  for (guint i = 0; i < self->n_values; i++)
    {
      guint8 *place = packed + self->values[i].place;

      if (!scope_schema_keeps (self, i))
        continue;
      if (scope_value_is_extreme (&self->values[i]))
        memcpy (place, &values[i], sizeof values[i]);
      else if (self->values[i].kind == SCOPE_VALUE_PERCENTILE ? !pack_percentile (values[i], place)
                                                              : !pack_rate (values[i], place))
        return FALSE;
    }
  return TRUE;
}
