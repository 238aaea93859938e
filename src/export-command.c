/* export-command.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same reader, history and picture as in the window, without a display:
 * nothing of GTK is touched here.
 */
#include "export-command.h"

#include "baseline-command.h"
#include "export-source.h"
#include "export.h"
#include "limit-command.h"
#include "number.h"
#include "selection.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define FONT    "Sans"
#define FONT_PX 13.0

/* Not meant for us: go on. */
#define GO_ON (-1)

/* The picture is there, but a limit was exceeded. */
#define EXCEEDED 2

static gboolean
set_usage_error (GError    **error,
                 const char *format,
                 const char *value)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, value);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
parse_size (GVariantDict    *options,
            ScopeExportSize *size,
            GError         **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   parts = NULL;
  guint64          width, height;

  if (!g_variant_dict_lookup (options, "size", "s", &text))
    return TRUE;
  parts = g_strsplit (text, "x", 2);
  if (g_strv_length (parts) != 2 || !scope_parse_uint (parts[0], strlen (parts[0]), &width) ||
      !scope_parse_uint (parts[1], strlen (parts[1]), &height))
    return set_usage_error (error, _("--size=%s: not a size such as 1200x800."), text);
  if (width < SCOPE_EXPORT_MIN_PX || height < SCOPE_EXPORT_MIN_PX || width > SCOPE_EXPORT_MAX_PX ||
      height > SCOPE_EXPORT_MAX_PX)
    return set_usage_error (error, _("--size=%s: width and height go from 240 to 16384."), text);
  size->width = (int) width;
  size->height = (int) height;
  return TRUE;
}

static gboolean
parse_scale (GVariantDict    *options,
             ScopeExportSize *size,
             GError         **error)
{
  g_autofree char *text = NULL;

  if (!g_variant_dict_lookup (options, "scale", "s", &text))
    return TRUE;
  if (!scope_parse_double (text, strlen (text), &size->scale) ||
      size->scale < SCOPE_EXPORT_MIN_SCALE || size->scale > SCOPE_EXPORT_MAX_SCALE)
    return set_usage_error (error, _("--scale=%s: not a number from 0.5 to 8."), text);
  return TRUE;
}

static gboolean
check_pixels (const char            *path,
              const ScopeExportSize *size,
              GError               **error)
{
  if (!g_str_has_suffix (path, ".png") ||
      MAX (size->width, size->height) * size->scale <= SCOPE_EXPORT_MAX_PIXELS)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("A PNG of %d × %d at scale %g is larger than %d pixels a side: give a smaller "
                 "--size or --scale."),
               size->width, size->height, size->scale, SCOPE_EXPORT_MAX_PIXELS);
  return FALSE;
}

static gboolean
parse_theme (GVariantDict *options,
             ScopeThemeId *theme,
             GError      **error)
{
  g_autofree char *text = NULL;

  *theme = SCOPE_THEME_LIGHT;
  if (!g_variant_dict_lookup (options, "theme", "s", &text) || g_str_equal (text, "light"))
    return TRUE;
  *theme = SCOPE_THEME_DARK;
  return g_str_equal (text, "dark") ||
         set_usage_error (error, _("--theme=%s: neither “light” nor “dark”."), text);
}

static char *
list_statistics (ScopeHistory *history,
                 gboolean      response_time)
{
  g_autoptr (GArray)  list = scope_history_list_statistics (history);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      ScopeStatistic   statistic = g_array_index (list, ScopeStatistic, i);
      g_autofree char *id = scope_statistic_dup_id (statistic);

      if (scope_statistic_is_response_time (statistic) == response_time)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
choose_statistic (ScopeHistory *history,
                  GVariantDict *options,
                  const char   *option,
                  gboolean      response_time,
                  GError      **error)
{
  g_autofree char   *id = NULL;
  g_autofree char   *known = NULL;
  ScopeStatistic     statistic;

  if (!g_variant_dict_lookup (options, option, "s", &id))
    return TRUE;
  if (scope_statistic_parse (id, &statistic) &&
      (response_time ? scope_statistic_is_response_time (statistic)
                     : scope_statistic_is_throughput (statistic)) &&
      scope_history_has_statistic (history, statistic))
    {
      if (response_time)
        scope_history_set_response_time (history, statistic);
      else
        scope_history_set_throughput (history, statistic);
      return TRUE;
    }
  known = list_statistics (history, response_time);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--%s=%s: the file has no such statistic. It has: %s."), option, id, known);
  return FALSE;
}

static gboolean
choose_window (ScopeHistory *history,
               GVariantDict *options,
               GError      **error)
{
  static const char *const names[] = { "block", "5", "10", "30", "60" };
  g_autofree char         *text = NULL;

  if (!g_variant_dict_lookup (options, "window", "s", &text))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        scope_history_set_window (history, g_ascii_strtod (text, NULL)); /* block: 0 */
        return TRUE;
      }
  return set_usage_error (error, _("--window=%s: neither “block” nor 5, 10, 30 or 60."), text);
}

static gboolean
choose_run (ScopeHistory *history,
            ScopeView    *view,
            GVariantDict *options,
            GError      **error)
{
  g_autofree char *text = NULL;
  guint            n_runs = scope_history_get_n_runs (history);
  guint64          run;

  if (!g_variant_dict_lookup (options, "run", "s", &text))
    return TRUE;
  if (scope_parse_uint (text, strlen (text), &run) && run >= 1 && run <= n_runs)
    {
      scope_view_set_run (view, (int) run - 1);
      scope_history_set_latest_run (history, (int) run - 1);
      return TRUE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               ngettext ("--run=%s: the file has %u run.", "--run=%s: the file has %u runs.",
                         n_runs),
               text, n_runs);
  return FALSE;
}

static gboolean
choose (ScopeHistory *history,
        ScopeView    *view,
        GVariantDict *options,
        GError      **error)
{
  return choose_run (history, view, options, error) &&
         choose_window (history, options, error) &&
         choose_statistic (history, options, "statistic", TRUE, error) &&
         choose_statistic (history, options, "throughput", FALSE, error);
}

/* A picture shows what fits; a table has everything. */
static void
select_default (ScopeHistory *history,
                const char   *path)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  scope_selection_settle (history);
  for (guint i = 0; g_str_has_suffix (path, ".csv") && i < n; i++)
    scope_endpoint_set_visible (scope_history_get_endpoint (history, i), TRUE);
}

static gboolean
select_endpoints (ScopeHistory *history,
                  GVariantDict *options,
                  const char   *path,
                  GError      **error)
{
  g_autofree const char **patterns = NULL;
  const char             *unmatched;
  g_autofree char        *name = NULL;

  select_default (history, path);
  /* Bytes, like a file name: patterns are those of the file's names, whatever
   * the locale. */
  if (!g_variant_dict_lookup (options, "endpoint", "^a&ay", &patterns) ||
      scope_selection_match (history, patterns, &unmatched))
    return TRUE;
  name = g_filename_display_name (unmatched);
  return set_usage_error (error, _("--endpoint=%s: no endpoint of that name in the file."), name);
}

static gboolean
choose_failures (GVariantDict  *options,
                 ScopeFailures *failures,
                 GError       **error)
{
  gboolean rate = g_variant_dict_contains (options, "failures");
  gboolean share = g_variant_dict_contains (options, "failure-share");

  *failures = share ? SCOPE_FAILURES_SHARE : rate ? SCOPE_FAILURES_RATE : SCOPE_FAILURES_NONE;
  return !(rate && share) ||
         set_usage_error (error, "%s", _("--failures and --failure-share exclude each other."));
}

static gboolean
read_baseline (ScopePicture *picture,
               GVariantDict *options,
               GError      **error)
{
  g_autoptr (ScopeHistory) history = NULL;
  g_autofree char         *name = NULL;
  g_autofree char         *title = NULL;

  if (!g_variant_dict_lookup (options, "baseline", "^ay", &name))
    return TRUE;
  title = g_filename_display_basename (name);
  history = scope_export_source_read_second (picture->history, options, name, error);
  if (history != NULL)
    picture->baseline = scope_baseline_command_make (picture->history, picture->view, history,
                                                     options, title, error);
  return picture->baseline != NULL;
}

static gboolean
export (GVariantDict *options,
        const char   *path,
        gboolean     *exceeded,
        GError      **error)
{
  g_autoptr (ScopeHistory) history = scope_history_new ();
  g_autoptr (ScopeView)    view = scope_view_new (history);
  g_autoptr (ScopeLimits)  limits = scope_limits_new (history);
  g_autoptr (ScopeBaseline) baseline = NULL;
  g_autoptr (GError)       partial = NULL;
  g_autofree char         *title = NULL;
  ScopeExportSize          size = SCOPE_EXPORT_DEFAULT_SIZE;
  ScopePicture picture = { .history = history, .view = view, .font = FONT, .font_px = FONT_PX };

  if (!scope_export_check_path (path, error) || !parse_size (options, &size, error) ||
      !parse_scale (options, &size, error) || !check_pixels (path, &size, error) ||
      !parse_theme (options, &picture.theme, error) ||
      !choose_failures (options, &picture.failures, error) ||
      !scope_baseline_command_check_target (options, path, error) ||
      !scope_export_source_read (history, options, &title, &partial, error) ||
      !choose (history, view, options, error) ||
      !select_endpoints (history, options, path, error) ||
      !read_baseline (&picture, options, error))
    return FALSE;
  baseline = picture.baseline;
  scope_limits_set_run (limits, scope_view_get_run (view));
  if (!scope_limit_command_put (limits, options, error))
    return FALSE;
  picture.heading = title;
  picture.is_log = g_variant_dict_contains (options, "logarithmic");
  picture.elapsed = g_variant_dict_contains (options, "elapsed");
  picture.limits = limits;
  if (!scope_export (&picture, &size, path, error))
    return FALSE;
  *exceeded = scope_limit_command_report (limits, scope_picture_get_origin (&picture));
  if (partial == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&partial));
  return FALSE;
}

/**
 * scope_export_command_run:
 * @options: the command line
 *
 * Returns: the exit status, or -1 where no export is asked for
 */
int
scope_export_command_run (GVariantDict *options)
{
  static const char *const ours[] = { "size",      "scale",      "theme",  "endpoint",
                                      "statistic", "throughput", "window", "run",
                                      "failures",  "failure-share", "limit", "logarithmic",
                                      "elapsed" };
  g_autofree char         *path = NULL;
  g_autoptr (GError)       error = NULL;
  gboolean                 exceeded = FALSE;

  if (!g_variant_dict_lookup (options, "export", "^ay", &path))
    {
      for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
        if (g_variant_dict_contains (options, ours[i]))
          {
            g_printerr (_("locustscope: --%s goes with --export.\n"), ours[i]);
            return 1;
          }
      if (scope_baseline_command_check (options, &error))
        return GO_ON;
    }
  else if (scope_baseline_command_check (options, &error) &&
           export (options, path, &exceeded, &error))
    {
      return exceeded ? EXCEEDED : 0;
    }
  /* One line, whatever the names of files. */
  g_strdelimit (error->message, "\r\n", ' ');
  g_printerr ("locustscope: %s\n", error->message);
  return 1;
}
