/* main.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line: a picture without a display, or the application.
 */
#include "application.h"
#include "config.h"
#include "export-command.h"
#include "standard-input.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

static const GOptionEntry OPTIONS[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the built-in sample run"), NULL },
  { "export", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Draw the charts of FILE to OUT and exit; needs no display"), N_("OUT.{png,svg,pdf,csv}") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Size of the exported picture (1200x800)"),
    N_("WIDTHxHEIGHT") },
  { "scale", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Pixels a unit of size in a PNG (2)"), N_("N") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Colors of the exported picture (light)"),
    N_("light|dark") },
  { "endpoint", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL,
    N_("Export only endpoints whose name, or type and name, fit; may be repeated"), N_("PATTERN") },
  { "statistic", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Response time to export: average, min, max, total-average, p50, p99.9, … (average)"),
    N_("STATISTIC") },
  { "throughput", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Throughput to export: requests, failures or written (requests)"), N_("STATISTIC") },
  { "window", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Averaging window to export with: block, 5, 10, 30 or 60 seconds (10)"), N_("WINDOW") },
  { "failures", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Export a third chart, of failures/s"), NULL },
  { "logarithmic", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Export response times on a logarithmic scale"), NULL },
  { "elapsed", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Export with times since the start of the run"), NULL },
  { "failure-share", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Export a third chart, of the share of requests that failed"), NULL },
  { "limit", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL,
    N_("Exit with 2 if an endpoint is above VALUE, as in p95=500; may be repeated"),
    N_("STATISTIC=VALUE[:PATTERN]") },
  { "run", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Export only one run of the counters, from 1"),
    N_("N") },
  { "baseline", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Compare with a run of another file, whose curves are dashed"), N_("FILE") },
  { "baseline-run", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Which run of that file, from 1 (the last one with requests)"), N_("N") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
  { NULL },
};

/* Of several files the first: the others wait behind it all the same. */
static void
read_ahead (ScopeApplication *application,
            GVariantDict     *options)
{
  g_autofree const char **names = NULL;
  g_autoptr (GFile)       file = NULL;

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names) || names[0] == NULL)
    return;
  file = scope_stdin_is_meant (names[0]) ? NULL : g_file_new_for_commandline_arg (names[0]);
  scope_application_read_ahead (application, file);
}

/* Standard input is that of this process: no other can follow it.  FALSE where
 * nothing can come from there. */
static gboolean
claim_stdin (GApplication *application,
             GVariantDict *options,
             GError      **error)
{
  g_autofree const char **names = NULL;
  const char             *baseline = NULL;
  guint                   n = 0;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names);
  g_variant_dict_lookup (options, "baseline", "^&ay", &baseline);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    n += scope_stdin_is_meant (names[i]);
  if (n + scope_stdin_is_meant (baseline) == 0)
    return TRUE;
  if (n != 1 || scope_stdin_is_meant (baseline))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("“-” can be given once, as a FILE."));
      return FALSE;
    }
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return scope_stdin_check (error);
}

/* What this program shows stands still most of the time, and its curves are
 * pixels already: OpenGL would be started, in 45 ms and on a machine without a
 * GPU half a second, for nothing.  Later versions of GTK start it when it is
 * needed, and need it for fractional scales.  Whoever says which is to be used
 * gets it. */
static void
choose_renderer (void)
{
  const char *renderer = g_getenv ("GSK_RENDERER");

  if (gtk_get_minor_version () >= 14 || g_getenv ("GDK_DEBUG") != NULL ||
      (renderer != NULL && !g_str_equal (renderer, "cairo")))
    return;
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
}

static int
handle_local_options_cb (GApplication *application,
                         GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  int                status;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("locustscope %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (!claim_stdin (application, options, &error))
    {
      g_printerr ("locustscope: %s\n", error->message);
      return 1;
    }
  status = scope_export_command_run (options);
  if (status < 0)
    {
      read_ahead (SCOPE_APPLICATION (application), options);
      choose_renderer ();
    }
  if (status < 0 && !gtk_init_check ())
    {
      g_printerr (_("locustscope: there is no display. “locustscope --export=OUT.png FILE” draws "
                    "without one.\n"));
      return 1;
    }
  return status;
}

/* Translations: beside a program that was moved with all that belongs to it, or
 * where this one was installed to. */
static char *
find_localedir (void)
{
  const char      *named = g_getenv ("LOCUSTSCOPE_LOCALEDIR");
  g_autofree char *program = named ? NULL : g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL)
    {
      g_autofree char *bindir = g_path_get_dirname (program);
      g_autofree char *beside = g_build_filename (bindir, LOCALEDIR_FROM_BINDIR, NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&beside);
    }
  return g_strdup (named ? named : LOCALEDIR);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ScopeApplication) application = NULL;
  g_autofree char             *localedir = find_localedir ();

  /* A file that may not grow as long as that is an error like any other. */
  signal (SIGXFSZ, SIG_IGN);
  /* Of one that this machine does not have, as over ssh, GTK would warn at each call. */
  gtk_disable_setlocale ();
  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, localedir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Locustscope");

  application = scope_application_new ();
  g_application_add_main_option_entries (G_APPLICATION (application), OPTIONS);
  g_application_set_option_context_summary (
    G_APPLICATION (application),
    _("Shows every endpoint of a Locust load test as its own live curve.\n"
      "FILE is the PREFIX_stats_history.csv of “locust --csv PREFIX --csv-full-history”,\n"
      "or the log of single requests that Locust 2.44 and later can write,\n"
      "maybe compressed by gzip; “-” is standard input."));
  g_signal_connect (application, "handle-local-options", G_CALLBACK (handle_local_options_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
