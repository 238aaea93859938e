/* standard-input.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "standard-input.h"

#include "feed.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of that name is called "./-". */
gboolean
scope_stdin_is_meant (const char *name)
{
  return g_strcmp0 (name, "-") == 0;
}

/* By which it can be compared with files. */
const char *
scope_stdin_get_path (const char *name)
{
  return scope_stdin_is_meant (name) ? "/dev/stdin" : name;
}

/* Whether something can come from there.  Where it was closed, its number may
 * belong to anything that this program has opened. */
gboolean
scope_stdin_check (GError **error)
{
  struct stat status;

  if (isatty (STDIN_FILENO))
    {
      g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_NOT_FILE,
                           _("Standard input is a terminal. Connect it with a program that writes a "
                             "statistics history, as in “ssh HOST tail -c +1 -F "
                             "PREFIX_stats_history.csv | locustscope -”."));
      return FALSE;
    }
  if (fstat (STDIN_FILENO, &status) != 0)
    status.st_mode = 0;
  if (S_ISREG (status.st_mode) || S_ISFIFO (status.st_mode) || S_ISSOCK (status.st_mode) ||
      S_ISCHR (status.st_mode))
    return TRUE;
  g_set_error_literal (
    error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_NOT_FILE,
    S_ISDIR (status.st_mode)
      ? _("Standard input is a folder. Name the PREFIX_stats_history.csv in it.")
      : _("Standard input is closed, or not a file or a pipe. Connect it with a program that "
          "writes a statistics history."));
  return FALSE;
}
