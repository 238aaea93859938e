/* make-history.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   make-history ENDPOINTS SECONDS [SEED] > FILE
 */
#include "made-up.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CHUNK (1 << 20)

static void
write_out (GString *text)
{
  for (gsize written = 0; written < text->len;)
    {
      gssize n = write (STDOUT_FILENO, text->str + written, text->len - written);

      if (n < 0 && errno != EINTR)
        {
          perror ("make-history");
          exit (1);
        }
      written += MAX (n, 0);
    }
  g_string_truncate (text, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GString) text = g_string_sized_new (2 * CHUNK);
  g_autoptr (MadeUp)  test = NULL;
  guint               n_seconds;

  if (argc < 3 || argc > 4)
    {
      fprintf (stderr, "usage: make-history ENDPOINTS SECONDS [SEED] > FILE\n");
      return 2;
    }
  test = made_up_new ((guint) atoi (argv[1]), argc > 3 ? (guint32) atoi (argv[3]) : MADE_UP_SEED);
  n_seconds = (guint) atoi (argv[2]);
  made_up_add_header (text);
  for (guint s = 0; s < n_seconds; s++)
    {
      made_up_add_block (test, text);
      if (text->len >= CHUNK)
        write_out (text);
    }
  write_out (text);
  return 0;
}
