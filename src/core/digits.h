/* digits.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of which both ends are known, eight digits at a time, on machines
 * that keep the lowest byte of a number first.  Up to eight
 * bytes before the first digit are looked at, and not used.  All give what
 * number.h gives, or refuse.
 */
#pragma once

#include "number.h"

#include <string.h>

G_BEGIN_DECLS

/* Eight times the same byte. */
#define SCOPE_EIGHT(byte) ((byte) * G_GUINT64_CONSTANT (0x0101010101010101))

#define SCOPE_ZEROS SCOPE_EIGHT ('0')

static inline guint64
scope_digits_load (const char *from)
{
  guint64 word;

  memcpy (&word, from, sizeof word);
  return word;
}

/* The last @n characters before @end, with zeros before them: 1 to 8. */
static inline guint64
scope_digits_load_last (const char *end,
                        guint       n)
{
  guint shift = 8 * (8 - n);

  return (scope_digits_load (end - 8) & (G_MAXUINT64 << shift)) |
         (SCOPE_ZEROS & ((G_GUINT64_CONSTANT (1) << shift) - 1));
}

/* Marks those of eight characters that are no digits; 0 where there are none. */
static inline guint64
scope_digits_find_others (guint64 word)
{
  guint64 value = word ^ SCOPE_ZEROS;

  return ((value + G_GUINT64_CONSTANT (0x7676767676767676)) | value) &
         G_GUINT64_CONSTANT (0x8080808080808080);
}

/* The number that eight digits are: two, four, eight at a time. */
static inline guint32
scope_digits_to_number (guint64 word)
{
  word -= SCOPE_ZEROS;
  word = word * 10 + (word >> 8);
  return (((word & G_GUINT64_CONSTANT (0x000000FF000000FF)) *
           G_GUINT64_CONSTANT (0x000F424000000064)) +
          (((word >> 16) & G_GUINT64_CONSTANT (0x000000FF000000FF)) *
           G_GUINT64_CONSTANT (0x0000271000000001))) >>
         32;
}

static inline gboolean
scope_digits_read_uint (const char *start,
                        const char *end,
                        guint64    *value)
{
  gsize   n = end - start;
  guint64 word;

  if (n - 1 > 7)
    return FALSE;
  word = scope_digits_load_last (end, n);
  *value = scope_digits_to_number (word);
  return scope_digits_find_others (word) == 0;
}

static const guint64 SCOPE_POWERS[] = {
  1,
  10,
  100,
  1000,
  10000,
  100000,
  1000000,
  10000000,
  100000000,
  1000000000,
  10000000000,
  100000000000,
  1000000000000,
  10000000000000,
  100000000000000,
  1000000000000000,
  10000000000000000,
};

G_END_DECLS
