/* fuzz-file-ops.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever is done to a file that is followed, what was handed on is what is in it
 * at the end.  Each byte decides what is done next, or how.
 */
#include "follower.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *trace = NULL;
  g_autofree char *difference = follower_play (data, size, &trace);

  if (difference != NULL)
    g_error ("%s, after:\n%s", difference, trace);
  return 0;
}
