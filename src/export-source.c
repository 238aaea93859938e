/* export-source.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What cannot be read is said on standard error, and all else is drawn.
 */
#include "export-source.h"

#include "application.h"
#include "csv-file.h"
#include "csv-load.h"
#include "csv-parser.h"
#include "limit-command.h"
#include "standard-input.h"

#include <glib/gi18n.h>
#include <unistd.h>

static void
set_empty_error (GError      **error,
                 ScopeHistory *history,
                 const char   *title)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               scope_history_get_n_bad_rows (history) == 0
                 ? _("“%s” holds no rows yet.")
                 : _("“%s” holds no row that can be read."),
               title);
}

static gboolean
read_sample (ScopeHistory *history,
             GError      **error)
{
  g_autoptr (GBytes) recording =
    g_resources_lookup_data (SCOPE_SAMPLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (ScopeBlocks)    blocks = NULL;
  gsize                      size;
  const char                *data;

  if (recording == NULL)
    return FALSE;
  data = g_bytes_get_data (recording, &size);
  blocks = scope_csv_parser_feed (parser, data, size, error);
  if (blocks == NULL)
    return FALSE;
  scope_history_append (history, blocks);
  return TRUE;
}

static void
report_bad_rows (ScopeHistory *history,
                 const char   *title)
{
  guint64            n = scope_history_get_n_bad_rows (history);
  guint              n_kept;
  const ScopeBadRow *bad = scope_history_get_bad_rows (history, &n_kept);

  if (scope_history_has_two_writers (history))
    g_printerr (_("locustscope: %s: counters fall every few seconds: two processes write to it\n"),
                title);
  if (n == 0)
    return;
  g_printerr (ngettext ("locustscope: %s: %lu row could not be read:\n",
                        "locustscope: %s: %lu rows could not be read:\n", n),
              title, (gulong) n);
  for (guint i = 0; i < n_kept; i++)
    /* Translators: a line of the file, and why it could not be read. */
    g_printerr (_("  line %lu: %s\n"), (gulong) bad[i].line, bad[i].reason);
}

/* Takes out of @unused, a set of kinds of values, what @statistic needs. */
static void
use_values (guint         *unused,
            ScopeStatistic statistic)
{
  for (ScopeValueKind kind = 0; *unused >> kind != 0; kind++)
    if (scope_statistic_uses_value (statistic, kind))
      *unused &= ~scope_value_kind_bit (kind);
}

/* The kinds of values that neither the charts nor the limits (nullable) need. */
static guint
find_unused (GVariantDict    *options,
             const GPtrArray *limits)
{
  static const struct
  {
    const char    *option;
    ScopeStatistic usual;
  } charts[] = {
    { "statistic", { .kind = SCOPE_STATISTIC_AVERAGE } },
    { "throughput", { .kind = SCOPE_STATISTIC_REQUESTS } },
  };
  guint unused = scope_value_kind_bit (SCOPE_VALUE_REQUEST_RATE) |
                 scope_value_kind_bit (SCOPE_VALUE_FAILURE_RATE) |
                 scope_value_kind_bit (SCOPE_VALUE_PERCENTILE);

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      ScopeStatistic   statistic = charts[i].usual;
      g_autofree char *id = NULL;

      if (g_variant_dict_lookup (options, charts[i].option, "s", &id))
        scope_statistic_parse (id, &statistic);
      use_values (&unused, statistic);
    }
  for (guint i = 0; limits != NULL && i < limits->len; i++)
    use_values (&unused, ((const ScopeLimit *) g_ptr_array_index (limits, i))->statistic);
  return unused;
}

/* Where not all of it can be read, that is @partial and what was read is drawn. */
static gboolean
read_file (ScopeHistory *history,
           const char   *name,
           guint         unused,
           GError      **partial,
           GError      **error)
{
  gboolean is_stream = scope_stdin_is_meant (name);

  if (is_stream ? scope_csv_load_stream (history, STDIN_FILENO, unused, partial)
                : scope_csv_load (history, name, unused, partial))
    return TRUE;
  if (scope_csv_load_is_partial (*partial) && scope_history_get_n_blocks (history) > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (partial));
  return FALSE;
}

/**
 * scope_export_source_read:
 * @history: an empty history
 * @options: the command line
 * @title: (out) (transfer full): what it is called
 * @partial: (out): why not all of it could be read, where some could
 * @error: return location for a #GOptionError, %SCOPE_FEED_ERROR or #GFileError
 *
 * Reads the file that the command line names, the sample run, or standard input.
 *
 * Returns: whether there is something to draw
 */
gboolean
scope_export_source_read (ScopeHistory *history,
                          GVariantDict *options,
                          char        **title,
                          GError      **partial,
                          GError      **error)
{
  g_autofree char     **names = NULL;
  gboolean              sample = g_variant_dict_contains (options, "demo");
  g_autoptr (GPtrArray) limits = scope_limit_command_parse (options, error);

  if (limits == NULL)
    return FALSE;
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names);
  if (sample == (names != NULL && names[0] != NULL) || (names != NULL && g_strv_length (names) > 1))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--export takes one FILE, or --demo."));
      return FALSE;
    }
  if (sample)
    {
      *title = g_strdup (_("Sample Run"));
      return read_sample (history, error);
    }
  *title = scope_stdin_is_meant (names[0]) ? g_strdup (_("Standard input"))
                                           : g_filename_display_basename (names[0]);
  if (!read_file (history, names[0], find_unused (options, limits), partial, error))
    return FALSE;
  report_bad_rows (history, *title);
  if (scope_history_get_n_blocks (history) > 0)
    return TRUE;
  set_empty_error (error, history, *title);
  return FALSE;
}

/**
 * scope_export_source_read_second:
 * @looked_at: what is exported
 * @options: the command line
 * @name: of the baseline's file
 * @error: return location for a #GOptionError, %SCOPE_FEED_ERROR or #GFileError
 *
 * Returns: (transfer full) (nullable): the baseline's history: @looked_at where it
 *   is of the same file
 */
ScopeHistory *
scope_export_source_read_second (ScopeHistory *looked_at,
                                 GVariantDict *options,
                                 const char   *name,
                                 GError      **error)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autofree char        **names = NULL;
  g_autofree char         *title = g_filename_display_basename (name);

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names) && names[0] != NULL &&
      scope_csv_file_is_same (name, scope_stdin_get_path (names[0])))
    return g_object_ref (looked_at);
  if (!scope_csv_load (history, name, find_unused (options, NULL), error))
    return NULL;
  report_bad_rows (history, title);
  if (scope_history_get_n_blocks (history) > 0)
    return g_steal_pointer (&history);
  set_empty_error (error, history, title);
  return NULL;
}
