/* fuzz-command-line.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever somebody types: options of an export, limits, patterns, statistics, and
 * what the legend is searched for.  Each line is an option, as in “limit=p95=500”;
 * files are named by a number, so that nothing is read or written but what was made
 * for this.
 */
#include "export-command.h"
#include "fixture.h"
#include "fuzz.h"
#include "limit.h"
#include "search.h"
#include "selection.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef enum
{
  FLAG,
  TEXT,
  BYTES,  /* names of files */
  PATTERNS,
} OptionKind;

static const struct
{
  const char *name;
  OptionKind  kind;
} OPTIONS[] = {
  { "demo", FLAG },         { "failures", FLAG },  { "failure-share", FLAG }, { "logarithmic", FLAG },
  { "elapsed", FLAG },      { "size", TEXT },      { "scale", TEXT },         { "theme", TEXT },
  { "statistic", TEXT },    { "throughput", TEXT }, { "window", TEXT },       { "run", TEXT },
  { "baseline-run", TEXT }, { "export", BYTES },   { "baseline", BYTES },     { "endpoint", PATTERNS },
  { "limit", PATTERNS },
};

/* What is read, and then what is written. */
static char       *read_paths[3];
static char       *written_paths[4];
static ScopeHistory *history;

static void
check_message (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
make_files (void)
{
  static const char *const endings[] = { "csv", "svg", "pdf", "png" };
  g_autofree char         *folder = g_dir_make_tmp ("locustscope-fuzz-XXXXXX", NULL);
  g_autoptr (GString)      text = g_string_new (FIXTURE_HEADER);

  g_assert_nonnull (folder);
  for (guint b = 0; b < 40; b++)
    {
      guint count = 1 + b % 20; /* two runs */

      fixture_row (text, 1700000000 + b, "GET", "/a", count * 3, 20 + b % 3);
      fixture_row (text, 1700000000 + b, "POST", "\"b, \"\"c\"\"\"", count, 10.25);
      fixture_row (text, 1700000000 + b, "", "Aggregated", count * 4, 15);
    }
  for (guint i = 0; i < G_N_ELEMENTS (read_paths); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u_stats_history.csv", i);
      gsize            length = i == 0 ? text->len : i == 1 ? text->len / 2 : strlen (FIXTURE_HEADER);

      read_paths[i] = g_build_filename (folder, name, NULL);
      g_assert_true (g_file_set_contents (read_paths[i], text->str, (gssize) length, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (written_paths); i++)
    {
      g_autofree char *name = g_strconcat ("out.", endings[i], NULL);

      written_paths[i] = g_build_filename (folder, name, NULL);
    }
  history = fixture_history (text->str, text->len);
  g_set_print_handler (check_message);
  g_set_printerr_handler (check_message);
}

static const char *
choose_path (const char *option,
             const char *value)
{
  guint i = (guchar) value[0];

  if (!g_str_equal (option, "export"))
    return read_paths[i % G_N_ELEMENTS (read_paths)];
  /* Numbers mostly: pictures take long. */
  return written_paths[(i & 12) == 0 ? i % G_N_ELEMENTS (written_paths) : 0];
}

static void
add_pattern (GVariantDict *options,
             const char   *option,
             const char   *value)
{
  g_autofree const char **before = NULL;
  g_autoptr (GPtrArray)   patterns = g_ptr_array_new ();

  g_variant_dict_lookup (options, option, "^a&ay", &before);
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    g_ptr_array_add (patterns, (gpointer) before[i]);
  g_ptr_array_add (patterns, (gpointer) value);
  g_variant_dict_insert_value (
    options, option,
    g_variant_new_bytestring_array ((const char *const *) patterns->pdata, patterns->len));
}

/* As GOption gives it. */
static void
add_option (GVariantDict *options,
            const char   *option,
            OptionKind    kind,
            const char   *value)
{
  if (kind == FLAG)
    g_variant_dict_insert (options, option, "b", TRUE);
  else if (kind == BYTES)
    g_variant_dict_insert_value (options, option,
                                 g_variant_new_bytestring (choose_path (option, value)));
  else if (kind == PATTERNS)
    add_pattern (options, option, value);
  else if (g_utf8_validate (value, -1, NULL))
    g_variant_dict_insert (options, option, "s", value);
}

/* Where no program is needed to say what it means. */
static void
parse_alone (const char *text)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      no_search = NULL;
  g_autoptr (ScopeLimit)  limit = scope_limit_parse (text, &error);
  g_autoptr (ScopeSearch) search = NULL;
  ScopeStatistic          statistic;

  g_assert_true ((limit != NULL) == (error == NULL));
  check_message (error ? error->message : "");
  if (scope_statistic_parse (text, &statistic))
    {
      g_autofree char *id = scope_statistic_dup_id (statistic);
      ScopeStatistic   again;

      g_assert_true (scope_statistic_parse (id, &again));
      g_assert_true (scope_statistic_equal (again, statistic));
    }
  if (g_utf8_validate (text, -1, NULL))
    search = scope_search_new (text, &no_search);
  check_message (no_search ? no_search->message : "");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      scope_selection_fits (endpoint, text);
      if (limit != NULL)
        scope_limit_fits (limit, endpoint, TRUE);
      if (search != NULL)
        scope_search_matches (search, endpoint);
    }
}

static void
take_line (GVariantDict *options,
           const char   *line)
{
  const char *equals = strchr (line, '=');

  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (equals != NULL && strlen (OPTIONS[i].name) == (gsize) (equals - line) &&
        strncmp (line, OPTIONS[i].name, equals - line) == 0)
      {
        add_option (options, OPTIONS[i].name, OPTIONS[i].kind, equals + 1);
        parse_alone (equals + 1);
        return;
      }
  parse_alone (line);
}

/* A picture as large as somebody likes would take all of the time. */
static void
spare_pixels (GVariantDict *options)
{
  if (g_variant_dict_contains (options, "size") || g_variant_dict_contains (options, "scale"))
    g_variant_dict_insert_value (options, "export", g_variant_new_bytestring (written_paths[0]));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GVariantDict) options = g_variant_dict_new (NULL);
  g_autofree char         *text = g_strndup ((const char *) data, size);
  g_auto (GStrv)           lines = g_strsplit (text, "\n", 16);

  if (history == NULL)
    make_files ();
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (options, lines[i]);
  if (g_variant_dict_contains (options, "export"))
    spare_pixels (options);
  if (!g_variant_dict_contains (options, "demo"))
    g_variant_dict_insert (options, G_OPTION_REMAINING, "^aay",
                           (const char *[]) { read_paths[size % 2], NULL });
  g_assert_cmpint (scope_export_command_run (options), <=, 2);
  return 0;
}
