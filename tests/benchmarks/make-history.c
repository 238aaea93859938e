/* make-history.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   make-history ENDPOINTS SECONDS > FILE
 */
#include "made-up.h"

#include <stdio.h>
#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (GString) text = NULL;

  if (argc != 3)
    {
      fprintf (stderr, "usage: make-history ENDPOINTS SECONDS > FILE\n");
      return 2;
    }
  text = made_up_history ((guint) atoi (argv[1]), (guint) atoi (argv[2]));
  return fwrite (text->str, 1, text->len, stdout) == text->len ? 0 : 1;
}
