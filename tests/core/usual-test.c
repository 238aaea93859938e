/* usual-test.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Begun AGO seconds ago, so that its last rows are not older than a summary may be.
 */
#include "usual-test.h"

#include <glib/gstdio.h>

/* What moves in a second: /a busy, /b sometimes, /c never again. */
void
usual_test_work (Live *f)
{
  guint second = (guint) (f->stamp % 7);

  live_request (f, 'a', 3 + second, 20 + second);
  if (second % 2 == 0)
    live_request (f, 'b', 1, 100);
}

/* A test that has been going on for some seconds, all of it flushed. */
void
usual_test_begin (Live    *f,
                  gboolean only_total,
                  guint    n_ticks)
{
  g_remove (f->summary_path);
  live_open (f);
  live_begin (f, only_total, AGO);
  live_request (f, 'c', 2, 7);
  for (guint i = 0; i < n_ticks; i++)
    {
      usual_test_work (f);
      live_tick (f);
    }
  live_flush (f, G_MAXSIZE);
  live_look (f);
}

void
usual_test_step (Live    *f,
                 gboolean summarized)
{
  usual_test_work (f);
  live_step (f, summarized);
}

/* The history ends where it was flushed, with no number of a summary. */
void
usual_test_assert_not_used (Live *f)
{
  live_look (f);
  g_assert_cmpint (live_get_last (f), <, f->stamp);
  live_assert_settled (f);
}
