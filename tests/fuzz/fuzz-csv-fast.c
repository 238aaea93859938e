/* fuzz-csv-fast.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the fast parser makes of any bytes is what the plain one makes of them.
 * Each input is read three times: whole; in two pieces; and line by line, which
 * only the plain parser can do.  The first two bytes choose what is dropped and
 * where the pieces part.
 */
#include "fixture.h"
#include "fuzz.h"

#include <string.h>

/* The fast parser wants to see so much behind a row: without it, nothing of a
 * small input would be read fast. */
#define MARGIN 4096

static Parsed *
read_pieces (const char *text,
             gsize       length,
             gsize       part,
             guint       dropped)
{
  Parsed                    *parsed = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  scope_csv_parser_drop (parser, dropped);
  if (parsed_feed (parsed, parser, text, part) && part < length)
    parsed_feed (parsed, parser, text + part, length - part);
  return parsed;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint  kinds[] = {
    0,
    1 << SCOPE_VALUE_PERCENTILE | 1 << SCOPE_VALUE_REQUEST_RATE | 1 << SCOPE_VALUE_FAILURE_RATE,
    1 << SCOPE_VALUE_REQUEST_RATE,
  };
  g_autofree char    *text = NULL;
  g_autoptr (Parsed)  plain = NULL;
  g_autoptr (Parsed)  whole = NULL;
  g_autoptr (Parsed)  pieces = NULL;
  guint               dropped;
  gsize               length, part;

  if (size < 2)
    return 0;
  dropped = kinds[data[0] % G_N_ELEMENTS (kinds)];
  length = size - 2 + MARGIN;
  part = 1 + (size - 2) * data[1] / 256;
  text = g_malloc (length);
  memcpy (text, data + 2, size - 2);
  memset (text + size - 2, ' ', MARGIN);

  plain = parsed_by_lines (text, length, dropped);
  whole = read_pieces (text, length, length, dropped);
  pieces = read_pieces (text, length, part, dropped);
  /* Where a file is refused, what came before may have been handed on or not. */
  if (plain->error != NULL)
    {
      g_assert_nonnull (whole->error);
      g_assert_nonnull (pieces->error);
      return 0;
    }
  parsed_assert_same (whole, plain, "whole");
  parsed_assert_same (pieces, plain, "pieces");
  return 0;
}
