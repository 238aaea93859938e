/* csv-scan.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text sixteen bytes at a time, or 64: whether it is the same as another, where
 * the fields of a row end, and short numbers eight at once, or sixteen.  All
 * look at up to 64 bytes more than they are asked about, and at a few before.
 */
#pragma once

#include <immintrin.h>
#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Text to compare with can be longer by so many bytes of anything. */
#define SCOPE_SCAN_BYTES 16

/* So many fields can be written behind the last one. */
#define SCOPE_SCAN_MORE_FIELDS 8

/* And so many numbers. */
#define SCOPE_SCAN_MORE_NUMBERS 16

#ifdef __AVX512VBMI2__

/* Bytes beyond the length are not touched. */
static inline gboolean
scope_scan_is_same (const char *text,
                    const char *other,
                    gsize       length)
{
  for (gsize i = 0; i < length; i += 64)
    {
      guint64 wanted = _bzhi_u64 (G_MAXUINT64, MIN (length - i, 64));
      __m512i a = _mm512_maskz_loadu_epi8 (wanted, text + i);
      __m512i b = _mm512_maskz_loadu_epi8 (wanted, other + i);

      if (_mm512_cmpneq_epi8_mask (a, b) != 0)
        return FALSE;
    }
  return TRUE;
}

#else

static inline gboolean
scope_scan_is_same (const char *text,
                    const char *other,
                    gsize       length)
{
  for (gsize i = 0; i < length; i += SCOPE_SCAN_BYTES)
    {
      __m128i a = _mm_loadu_si128 ((const __m128i *) (text + i));
      __m128i b = _mm_loadu_si128 ((const __m128i *) (other + i));
      guint   differ = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (a, b)) ^ 0xffff;

      if (differ != 0)
        return i + __builtin_ctz (differ) >= length;
    }
  return TRUE;
}

#endif

static inline guint64
scope_scan_find (const __m128i *bytes,
                 char           character)
{
  __m128i wanted = _mm_set1_epi8 (character);
  guint   low = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes[0], wanted)) |
              (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes[1], wanted)) << 16;
  guint high = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes[2], wanted)) |
               (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes[3], wanted)) << 16;

  return (guint64) high << 32 | low;
}

static inline guint
scope_scan_count (guint64 mask)
{
  mask -= mask >> 1 & G_GUINT64_CONSTANT (0x5555555555555555);
  mask = (mask & G_GUINT64_CONSTANT (0x3333333333333333)) +
         (mask >> 2 & G_GUINT64_CONSTANT (0x3333333333333333));
  mask = (mask + (mask >> 4)) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  return mask * G_GUINT64_CONSTANT (0x0101010101010101) >> 56;
}

/* The places of all that is marked, always eight of them: how often a loop is
 * gone through is not to be guessed. */
static inline guint
scope_scan_list (guint64  mask,
                 guint    from,
                 guint16 *places)
{
  guint n = scope_scan_count (mask);

  for (guint i = 0; i < n; i += 8)
    for (guint k = 0; k < 8; k++)
      {
        places[i + k] = from + __builtin_ctzll (mask | G_GUINT64_CONSTANT (1) << 63);
        mask &= mask - 1;
      }
  return n;
}

#ifdef __AVX512VBMI2__

/* Rows that end within so many bytes are looked at all at once. */
#define SCOPE_SCAN_AT_ONCE 192

/* The most fields that they can have. */
#define SCOPE_SCAN_FIELDS_AT_ONCE 32

/* As scope_scan_find_ends(), of a row that ends soon: which is as quick as if
 * it was known when.  FALSE where it does not, or cannot be read. */
static inline gboolean
scope_scan_find_near_ends (const char *from,
                           guint       n_fields,
                           guint16    *ends)
{
  const __m512i places = _mm512_set_epi64 (
    0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928, 0x2726252423222120,
    0x1f1e1d1c1b1a1918, 0x1716151413121110, 0x0f0e0d0c0b0a0908, 0x0706050403020100);
  __m256i       list = _mm256_setzero_si256 ();
  guint64       ended = 0, quoted = 0;
  guint         n = 0;

  for (guint i = 0; i < SCOPE_SCAN_AT_ONCE; i += 64)
    {
      __m512i bytes = _mm512_loadu_si512 (from + i);
      guint64 newlines = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('\n'));
      guint64 commas = _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 (','));
      guint64 of_row = ended != 0 ? 0 : _blsmsk_u64 (newlines);
      guint64 marked = (commas | newlines) & of_row;
      __m512i here = _mm512_add_epi8 (places, _mm512_set1_epi8 ((char) i));

      here = _mm512_maskz_compress_epi8 (marked, here);
      /* Behind those that there are. */
      list = _mm256_mask_expand_epi8 (list, (guint32) (G_MAXUINT64 << n),
                                      _mm512_castsi512_si256 (here));
      n = MIN (n + (guint) _mm_popcnt_u64 (marked), SCOPE_SCAN_FIELDS_AT_ONCE + 1);
      quoted |= of_row & _mm512_cmpeq_epi8_mask (bytes, _mm512_set1_epi8 ('"'));
      ended |= newlines;
    }
  _mm512_storeu_si512 (ends, _mm512_cvtepu8_epi16 (list));
  return ended != 0 && quoted == 0 && n == n_fields && n <= SCOPE_SCAN_FIELDS_AT_ONCE;
}

#else

static inline gboolean
scope_scan_find_near_ends (const char *from,
                           guint       n_fields,
                           guint16    *ends)
{
  return FALSE;
}

#endif

/**
 * scope_scan_find_ends:
 * @from: behind the first comma
 * @most: how far behind it the row may end: a multiple of 64
 * @n_fields: how many follow
 * @ends: (out): where each of them ends, in bytes behind @from; with room for
 *   all that @most bytes can hold, and %SCOPE_SCAN_MORE_FIELDS
 *
 * Returns: whether the row has just these, none of them quoted
 */
static inline gboolean
scope_scan_find_ends (const char *from,
                      guint       most,
                      guint       n_fields,
                      guint16    *ends)
{
  __m128i quoted = _mm_setzero_si128 ();
  guint   n = 0;

  if (scope_scan_find_near_ends (from, n_fields, ends))
    return TRUE;
  for (guint i = 0; i < most; i += 64)
    {
      __m128i bytes[4];
      guint64 newlines, commas;

      for (guint k = 0; k < 4; k++)
        {
          bytes[k] = _mm_loadu_si128 ((const __m128i *) (from + i + 16 * k));
          quoted = _mm_or_si128 (quoted, _mm_cmpeq_epi8 (bytes[k], _mm_set1_epi8 ('"')));
        }
      newlines = scope_scan_find (bytes, '\n');
      commas = scope_scan_find (bytes, ',');
      if (newlines == 0)
        {
          n += scope_scan_list (commas, i, ends + n);
          continue;
        }
      commas &= (newlines & -newlines) - 1;
      n += scope_scan_list (commas, i, ends + n);
      ends[n] = i + __builtin_ctzll (newlines);
      /* Mostly none is near, not even in the next row. */
      return n + 1 == n_fields && (_mm_movemask_epi8 (quoted) == 0 ||
                                   memchr (from, '"', ends[n]) == NULL);
    }
  return FALSE;
}

/* Sixteen bytes before @end, of which the last @n are kept as differences from
 * @zeros: digits from '0'.  FALSE where one is more than @most. */
static inline gboolean
scope_scan_load_digits (const char *end,
                        guint       n,
                        __m128i     zeros,
                        __m128i     most,
                        __m128i    *digits)
{
  static const guint8 kept[32] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  };
  __m128i mask = _mm_loadu_si128 ((const __m128i *) (kept + n));
  __m128i bytes = _mm_loadu_si128 ((const __m128i *) (end - 16));

  *digits = _mm_and_si128 (_mm_xor_si128 (bytes, zeros), mask);
  return _mm_movemask_epi8 (_mm_cmpeq_epi8 (_mm_max_epu8 (*digits, most), most)) == 0xffff;
}

/* Numbers of two digits each. */
static inline __m128i
scope_scan_join_pairs (__m128i digits)
{
  __m128i tens = _mm_and_si128 (digits, _mm_set1_epi16 (0xff));
  __m128i ones = _mm_srli_epi16 (digits, 8);

  return _mm_add_epi16 (_mm_mullo_epi16 (tens, _mm_set1_epi16 (10)), ones);
}

/* "12.345678" in millionths: six decimals, and up to four digits before. */
static inline gboolean
scope_scan_read_rate (const char *start,
                      const char *end,
                      guint64    *rate)
{
  const __m128i zeros =
    _mm_setr_epi8 ('0', '0', '0', '0', '0', '0', '0', '0', '0', '.', '0', '0', '0', '0', '0', '0');
  const __m128i most = _mm_setr_epi8 (9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 9, 9, 9, 9, 9, 9);
  /* The digit before the point stands in the tens. */
  const __m128i weights = _mm_setr_epi16 (0, 0, 1000, 10, 10, 1, 100, 1);
  guint         n = end - start;
  guint32       parts[4];
  __m128i       digits;

  if (n - 8 > 3 || !scope_scan_load_digits (end, n, zeros, most, &digits))
    return FALSE;
  digits = _mm_madd_epi16 (scope_scan_join_pairs (digits), weights);
  _mm_storeu_si128 ((__m128i *) parts, digits);
  *rate = (guint64) parts[1] * 1000000 + parts[2] * 10000 + parts[3];
  return TRUE;
}

/* Whether scope_scan_read_rate() could read it. */
static inline gboolean
scope_scan_is_rate (const char *start,
                    const char *end)
{
  guint64 rate;

  return scope_scan_read_rate (start, end, &rate);
}

/* Longer text may have a number in it that is none any more. */
#define SCOPE_SCAN_MOST_WHOLE 256

/* Whether there are nothing but whole numbers, with a comma before each, up to
 * the comma at @length. */
static inline gboolean
scope_scan_are_whole (const char *text,
                      guint       length)
{
  const __m128i comma = _mm_set1_epi8 (',');
  const __m128i nine = _mm_set1_epi8 (9);

  if (length > SCOPE_SCAN_MOST_WHOLE)
    return FALSE;
  for (guint i = 0; i < length; i += SCOPE_SCAN_BYTES)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (text + i));
      __m128i next = _mm_loadu_si128 ((const __m128i *) (text + i + 1));
      __m128i is_comma = _mm_cmpeq_epi8 (bytes, comma);
      __m128i digits = _mm_xor_si128 (bytes, _mm_set1_epi8 ('0'));
      __m128i is_digit = _mm_cmpeq_epi8 (_mm_max_epu8 (digits, nine), nine);
      __m128i is_empty = _mm_and_si128 (is_comma, _mm_cmpeq_epi8 (next, comma));
      guint   bad = (guint) _mm_movemask_epi8 (
        _mm_andnot_si128 (_mm_andnot_si128 (is_empty, _mm_or_si128 (is_comma, is_digit)),
                          _mm_set1_epi8 (-1)));

      if (bad != 0)
        return i + __builtin_ctz (bad) >= length;
    }
  return TRUE;
}

/* 1 to 16 digits. */
static inline gboolean
scope_scan_read_long (const char *end,
                      guint       n,
                      guint64    *number)
{
  __m128i digits;
  guint64 halves;

  if (!scope_scan_load_digits (end, n, _mm_set1_epi8 ('0'), _mm_set1_epi8 (9), &digits))
    return FALSE;
  digits = _mm_madd_epi16 (scope_scan_join_pairs (digits), _mm_set1_epi32 (1 << 16 | 100));
  digits = _mm_packs_epi32 (digits, digits);
  digits = _mm_madd_epi16 (digits, _mm_set1_epi32 (1 << 16 | 10000));
  _mm_storel_epi64 ((__m128i *) &halves, digits);
  *number = (halves & G_MAXUINT32) * 100000000 + (halves >> 32);
  return TRUE;
}

#ifdef __AVX512VBMI2__

/* As scope_scan_read_shorts(), of up to sixteen fields within 128 bytes. */
static inline gboolean
scope_scan_read_near_shorts (const char    *from,
                             const guint16 *ends,
                             guint          n,
                             guint8        *numbers)
{
  const __m512i nine = _mm512_set1_epi8 (9);
  guint32       wanted = (1u << n) - 1;
  __m256i       end = _mm256_loadu_si256 ((const __m256i *) (ends + 1));
  __m256i       lengths = _mm256_sub_epi16 (
          end, _mm256_loadu_si256 ((const __m256i *) ends)); /* with the comma */
  __m512i       shift, bytes;

  /* The four bytes before each end, of which some belong to it. */
  bytes = _mm512_mullo_epi32 (_mm512_cvtepu16_epi32 (end), _mm512_set1_epi32 (0x01010101));
  bytes = _mm512_add_epi8 (bytes, _mm512_set1_epi32 ((int) 0xfffefdfc));
  bytes = _mm512_permutex2var_epi8 (_mm512_loadu_si512 (from), bytes,
                                    _mm512_loadu_si512 (from + 64));
  shift = _mm512_sub_epi32 (_mm512_set1_epi32 (40),
                            _mm512_slli_epi32 (_mm512_cvtepu16_epi32 (lengths), 3));
  bytes = _mm512_and_si512 (_mm512_xor_si512 (bytes, _mm512_set1_epi8 ('0')),
                            _mm512_sllv_epi32 (_mm512_set1_epi32 (-1), shift));
  if ((_mm256_cmpgt_epu16_mask (_mm256_sub_epi16 (lengths, _mm256_set1_epi16 (2)),
                                _mm256_set1_epi16 (3)) & wanted) != 0 ||
      (_mm512_cmpgt_epu8_mask (bytes, nine) & _bzhi_u64 (G_MAXUINT64, 4 * n)) != 0)
    return FALSE;
  bytes = _mm512_maddubs_epi16 (bytes, _mm512_set1_epi16 (1 << 8 | 10));
  bytes = _mm512_madd_epi16 (bytes, _mm512_set1_epi32 (1 << 16 | 100));
  _mm256_storeu_si256 ((__m256i *) numbers, _mm512_cvtepi32_epi16 (bytes));
  return TRUE;
}

#endif

static inline guint32
scope_scan_load_short (const char    *from,
                       const guint16 *ends,
                       guint         *lengths)
{
  static const guint32 kept[8] = { 0, 0xff000000, 0xffff0000, 0xffffff00, 0xffffffff };
  guint                length = ends[1] - ends[0] - 1;
  guint32              word;

  memcpy (&word, from + ends[1] - 4, sizeof word);
  *lengths |= length - 1;
  return (word ^ 0x30303030) & kept[length & 7];
}

/**
 * scope_scan_read_shorts:
 * @from: where places are counted from
 * @ends: the place of the comma before the first field, which is not one of the
 *   first four bytes, and where @n fields end; behind them room for 16
 * @n: their number
 * @numbers: (out): a guint16 each, behind them room for 16
 *
 * Returns: whether each field is a number of one to four digits
 */
static inline gboolean
scope_scan_read_shorts (const char    *from,
                        const guint16 *ends,
                        guint          n,
                        guint8        *numbers)
{
  const __m128i nine = _mm_set1_epi8 (9);
  __m128i       highest = nine;
  guint         lengths = 0;

#ifdef __AVX512VBMI2__
  if (n <= 16 && ends[n] < 128)
    return scope_scan_read_near_shorts (from, ends, n, numbers);
#endif
  for (guint i = 0; i < n; i += 4)
    {
      guint32 a = scope_scan_load_short (from, ends + i, &lengths);
      guint32 b = i + 1 < n ? scope_scan_load_short (from, ends + i + 1, &lengths) : 0;
      guint32 c = i + 2 < n ? scope_scan_load_short (from, ends + i + 2, &lengths) : 0;
      guint32 d = i + 3 < n ? scope_scan_load_short (from, ends + i + 3, &lengths) : 0;
      __m128i digits = _mm_setr_epi32 ((int) a, (int) b, (int) c, (int) d);
      __m128i four =
        _mm_madd_epi16 (scope_scan_join_pairs (digits), _mm_set1_epi32 (1 << 16 | 100));

      highest = _mm_max_epu8 (highest, digits);
      _mm_storel_epi64 ((__m128i *) (numbers + i * sizeof (guint16)),
                        _mm_packs_epi32 (four, four));
    }
  return lengths < 4 && _mm_movemask_epi8 (_mm_cmpeq_epi8 (highest, nine)) == 0xffff;
}

G_END_DECLS
