/* limit-command.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a pipeline that is to fail when a test was too slow: a limit by which
 * nothing is checked, of a statistic that the file lacks or for an endpoint
 * that is not in it, is an error and never a pass.
 */
#include "limit-command.h"

#include "elapsed.h"
#include "limit-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Returns: (transfer full) (nullable): the texts; %NULL for none. */
static const char **
get_texts (GVariantDict *options)
{
  const char **texts = NULL;

  /* Bytes: patterns are those of the file's names, whatever the locale. */
  g_variant_dict_lookup (options, "limit", "^a&ay", &texts);
  return texts;
}

static void
add_option (GError    **error,
            const char *text)
{
  g_autofree char *shown = g_filename_display_name (text);

  g_prefix_error (error, "--limit=%s: ", shown);
}

/**
 * scope_limit_command_parse:
 * @options: the command line
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (element-type ScopeLimit) (nullable): the limits, as
 *   many as there are on the command line; %NULL where one is none
 */
GPtrArray *
scope_limit_command_parse (GVariantDict *options,
                           GError      **error)
{
  g_autofree const char **texts = get_texts (options);
  g_autoptr (GPtrArray)   limits =
    g_ptr_array_new_with_free_func ((GDestroyNotify) scope_limit_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      ScopeLimit *limit = scope_limit_parse (texts[i], error);

      if (limit == NULL)
        {
          add_option (error, texts[i]);
          return NULL;
        }
      g_ptr_array_add (limits, limit);
    }
  return g_steal_pointer (&limits);
}

static char *
list_statistics (ScopeHistory *history)
{
  g_autoptr (GArray)  list = scope_history_list_statistics (history);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *id = scope_statistic_dup_id (g_array_index (list, ScopeStatistic, i));

      if (scope_limit_can_be (g_array_index (list, ScopeStatistic, i)))
        g_string_append_printf (text, "%s, ", id);
    }
  g_string_append (text, "failure-share");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether the limit is one of something: an endpoint that it fits has values. */
static gboolean
check_limit (ScopeLimits      *limits,
             const ScopeLimit *limit,
             GError          **error)
{
  ScopeHistory *history = scope_limits_get_history (limits);
  guint         n = g_list_model_get_n_items (G_LIST_MODEL (history));
  gboolean      fits = FALSE;

  if (!scope_history_has_statistic (history, limit->statistic))
    {
      g_autofree char *known = list_statistics (history);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("the file has no such statistic. It has: %s."), known);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      ScopeExcess excess;

      if (scope_limit_fits (limit, scope_history_get_endpoint (history, i), TRUE) ==
          SCOPE_LIMIT_NONE)
        continue;
      fits = TRUE;
      scope_limits_check (limits, i, limit->statistic, &excess);
      if (excess.n_values > 0)
        return TRUE;
    }
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       fits ? _("there is no value to check in what is exported.")
                            : _("no endpoint of that name in the file."));
  return FALSE;
}

/**
 * scope_limit_command_put:
 * @limits: of a history that was read
 * @options: the command line
 * @error: return location for a #GOptionError
 *
 * Puts the limits of the command line into @limits.
 *
 * Returns: whether each of them checks something
 */
gboolean
scope_limit_command_put (ScopeLimits  *limits,
                         GVariantDict *options,
                         GError      **error)
{
  g_autofree const char **texts = get_texts (options);
  g_autoptr (GPtrArray)   list = scope_limit_command_parse (options, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    scope_limits_put (limits, g_ptr_array_index (list, i));
  for (guint i = 0; i < list->len; i++)
    if (!check_limit (limits, g_ptr_array_index (list, i), error))
      {
        add_option (error, texts[i]);
        return FALSE;
      }
  return TRUE;
}

/* A name is a name: none of it moves a terminal's cursor. */
static char *
dup_plain_label (ScopeEndpoint *endpoint)
{
  g_autofree char    *label = scope_endpoint_dup_label (endpoint);
  g_autofree char    *valid = g_utf8_make_valid (label, -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (plain, g_unichar_isprint (g_utf8_get_char (p)) ? g_utf8_get_char (p)
                                                                            : 0xfffd);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* With the day, unless it is elapsed: a report may be read much later. */
static char *
format_time (double time,
             double origin)
{
  g_autoptr (GDateTime) local = NULL;

  if (!isnan (origin))
    return scope_format_elapsed (time - origin);
  /* A block's time is often a hair below its whole second. */
  local = g_date_time_new_from_unix_local ((gint64) floor (time + 0.0005));
  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static void
report_endpoint (ScopeHistory      *history,
                 double             origin,
                 guint              position,
                 const ScopeLimit  *limit,
                 const ScopeExcess *excess)
{
  ScopeStatistic   statistic = limit->statistic;
  g_autofree char *name = dup_plain_label (scope_history_get_endpoint (history, position));
  g_autofree char *id = scope_statistic_dup_id (statistic);
  g_autofree char *value = scope_format_above (statistic, excess->first_value, limit->value);
  g_autofree char *time =
    format_time (scope_history_get_times (history)[excess->first], origin);
  g_autofree char *bound = scope_format_bound (statistic, limit->value);
  g_autofree char *highest = scope_format_above (statistic, excess->highest, limit->value);

  /* Translators: an endpoint, a statistic such as “p95” or “failures”, its value and when that
     was, the limit that it exceeded, for how many seconds in all, its highest value. */
  g_printerr (_("locustscope: %s: %s %s at %s, above %s (limit exceeded for %.0f s, highest "
                "%s)\n"),
              name, id, value, time, bound, fmax (1, excess->seconds), highest);
}

/**
 * scope_limit_command_report:
 * @limits: the limits
 * @origin: seconds since the epoch: when a run began, from which times are
 *   counted; NaN for those of a clock
 *
 * Prints a line for each endpoint, drawn or not, that exceeded a limit.
 *
 * Returns: whether any did
 */
gboolean
scope_limit_command_report (ScopeLimits *limits,
                            double       origin)
{
  ScopeHistory *history = scope_limits_get_history (limits);
  const GArray *order = scope_history_get_order (history);
  gboolean      any = FALSE;

  for (guint i = 0; i < order->len; i++)
    for (guint s = 0; s < scope_limits_get_n_statistics (limits); s++)
      {
        guint             position = g_array_index (order, guint, i);
        ScopeExcess       excess;
        const ScopeLimit *limit = scope_limits_check (
          limits, position, scope_limits_get_statistic (limits, s), &excess);

        if (limit == NULL || excess.n_above == 0)
          continue;
        report_endpoint (history, origin, position, limit, &excess);
        any = TRUE;
      }
  return any;
}
