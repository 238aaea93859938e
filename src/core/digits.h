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

/* Up to four digits, by half the steps; G_MAXUINT where it is anything else. */
static inline guint
scope_digits_read_short (const char *start,
                         const char *end)
{
  gsize   n = end - start;
  guint   shift = 8 * (4 - n);
  guint32 word, digits;

  if (n - 1 > 3)
    return G_MAXUINT;
  memcpy (&word, end - 4, sizeof word);
  word = (word & (G_MAXUINT32 << shift)) | ((guint32) SCOPE_ZEROS & ((1u << shift) - 1));
  digits = word ^ (guint32) SCOPE_ZEROS;
  if (((digits + 0x76767676) | digits) & 0x80808080)
    return G_MAXUINT;
  digits = digits * 10 + (digits >> 8);
  return (digits & 0xff) * 100 + (digits >> 16 & 0xff);
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

/* As scope_parse_double() reads it: up to seven digits, a point, up to
 * sixteen. */
static inline gboolean
scope_digits_read_double (const char *start,
                          const char *end,
                          double     *value)
{
  guint64 points = scope_digits_load (start) ^ SCOPE_EIGHT ('.');
  gsize   n_whole, n;
  guint64 whole, low, high = SCOPE_ZEROS;

  points = (points - SCOPE_EIGHT (1)) & ~points & SCOPE_EIGHT (0x80);
  n_whole = __builtin_ctzll (points | G_GUINT64_CONSTANT (1) << 63) / 8;
  n = end - start - n_whole - 1;
  if (points == 0 || n - 1 > 15 || n_whole + n > 19 ||
      !scope_digits_read_uint (start, start + n_whole, &whole))
    return scope_parse_double (start, end - start, value);
  low = scope_digits_load_last (end, MIN (n, 8));
  if (n > 8)
    high = scope_digits_load_last (end - 8, n - 8);
  if ((scope_digits_find_others (low) | scope_digits_find_others (high)) != 0)
    return scope_parse_double (start, end - start, value);
  *value = (double) (whole * SCOPE_POWERS[n] +
                     scope_digits_to_number (high) * SCOPE_POWERS[8] +
                     scope_digits_to_number (low)) /
           (double) SCOPE_POWERS[n];
  return TRUE;
}

G_END_DECLS
