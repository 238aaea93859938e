/* baseline-command.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison with nothing, by a slip of the pen, is an error or at least said:
 * a picture without dashed curves would pass for one where nothing changed.
 */
#include "baseline-command.h"

#include "export-target.h"
#include "number.h"
#include "standard-input.h"

#include <glib/gi18n.h>
#include <string.h>

/* The run that is asked for, or the one that says most. */
static gboolean
parse_run (GVariantDict *options,
           int          *run,
           GError      **error)
{
  g_autofree char *text = NULL;
  guint64          number;

  *run = SCOPE_BASELINE_LAST_RUN;
  if (!g_variant_dict_lookup (options, "baseline-run", "s", &text))
    return TRUE;
  if (!scope_parse_uint (text, strlen (text), &number) || number < 1 || number > G_MAXINT)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--baseline-run=%s: not a number from 1."), text);
      return FALSE;
    }
  *run = (int) number - 1;
  return TRUE;
}

/**
 * scope_baseline_command_check:
 * @options: the command line
 * @error: return location for a #GOptionError
 *
 * Returns: whether its options are in order, as far as can be said without the
 *   files
 */
gboolean
scope_baseline_command_check (GVariantDict *options,
                              GError      **error)
{
  const char *name = NULL;
  int         run;

  g_variant_dict_lookup (options, "baseline", "^&ay", &name);
  if (name == NULL && g_variant_dict_contains (options, "baseline-run"))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--baseline-run goes with --baseline."));
  else if (name != NULL && name[0] == '\0')
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--baseline: the name of a file is missing."));
  else
    return parse_run (options, &run, error);
  return FALSE;
}

/**
 * scope_baseline_command_check_target:
 * @options: the command line
 * @path: where an export is to be written
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Before anything is read, which may take a while.
 *
 * Returns: whether nothing of the test that is exported, or of the one that it is
 *   compared with, would be written over
 */
gboolean
scope_baseline_command_check_target (GVariantDict *options,
                                     const char   *path,
                                     GError      **error)
{
  g_autofree char **names = NULL;
  const char       *sources[3] = { NULL };
  guint             n = 0;

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names) && names[0] != NULL)
    sources[n++] = scope_stdin_get_path (names[0]);
  g_variant_dict_lookup (options, "baseline", "^&ay", &sources[n]);
  return scope_export_check_target (path, sources, error);
}

/**
 * scope_baseline_command_make:
 * @looked_at: what is exported
 * @view: which of it
 * @history: the baseline's file, or @looked_at
 * @options: the command line
 * @title: the name of the baseline's file
 * @error: return location for a #GOptionError
 *
 * Says on standard error if not all can be compared.
 *
 * Returns: (transfer full) (nullable): the baseline; %NULL where there is no such
 *   run, or it is the one that is exported
 */
ScopeBaseline *
scope_baseline_command_make (ScopeHistory *looked_at,
                             ScopeView    *view,
                             ScopeHistory *history,
                             GVariantDict *options,
                             const char   *title,
                             GError      **error)
{
  g_autoptr (ScopeBaseline) baseline = NULL;
  g_autofree char          *problem = NULL;
  guint                     n_runs = scope_history_get_n_runs (history);
  double                    offset;
  int                       run;

  if (!parse_run (options, &run, error))
    return NULL;
  if (run >= (int) n_runs)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   ngettext ("--baseline-run=%d: the file has %u run.",
                             "--baseline-run=%d: the file has %u runs.", n_runs),
                   run + 1, n_runs);
      return NULL;
    }
  baseline = scope_baseline_new (looked_at, view, history, run, title);
  problem = scope_baseline_dup_problem (baseline);
  if (problem == NULL)
    return g_steal_pointer (&baseline);
  if (scope_baseline_is_own (baseline) && !scope_baseline_get_offset (baseline, &offset))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--baseline=%s: %s", title,
                   problem);
      return NULL;
    }
  g_printerr ("locustscope: --baseline=%s: %s\n", title, problem);
  return g_steal_pointer (&baseline);
}
