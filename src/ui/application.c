/* application.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file has one window: opened again, that window is raised.  A window that
 * shows nothing yet is used before a new one is made.
 */
#include "application-private.h"

#include "baseline.h"
#include "config.h"
#include "csv-file.h"
#include "number.h"
#include "standard-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ScopeApplication
{
  AdwApplication parent_instance;

  GPtrArray     *ahead; /* owned Ahead: files that will be opened */
};

/* A file that is read already. */
typedef struct
{
  ScopeFeed    *feed;    /* owned */
  ScopeHistory *history; /* owned: the feed's thread fills it until the feed is started */
} Ahead;

G_DEFINE_FINAL_TYPE (ScopeApplication, scope_application, ADW_TYPE_APPLICATION)

static void
ahead_free (gpointer data)
{
  Ahead *ahead = data;

  g_object_unref (ahead->feed);
  g_object_unref (ahead->history);
  g_free (ahead);
}

static void
blocks_cb (ScopeBlocks *blocks,
           gpointer     data)
{
  scope_history_append (data, blocks);
}

/* @file: (nullable): or standard input */
static Ahead *
ahead_new (GFile *file)
{
  Ahead *ahead = g_new0 (Ahead, 1);

  ahead->feed = file ? scope_csv_feed_new (file) : scope_csv_feed_new_stream ();
  ahead->history = scope_history_new ();
  scope_csv_feed_read_ahead (SCOPE_CSV_FEED (ahead->feed), blocks_cb, ahead->history);
  return ahead;
}

static ScopeWindow *
find_window (ScopeApplication *self,
             GFile            *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      GFile *shown = SCOPE_IS_WINDOW (l->data) ? scope_window_get_file (l->data) : NULL;

      if (shown != NULL && (g_file_equal (shown, file) ||
                            scope_csv_file_is_same (g_file_peek_path (shown),
                                                    g_file_peek_path (file))))
        return l->data;
    }
  return NULL;
}

/* The window in use, if it shows nothing yet, or a new one. */
static ScopeWindow *
get_free_window (ScopeApplication *self)
{
  ScopeWindow *last = scope_window_find_last (GTK_APPLICATION (self));

  if (last != NULL && scope_window_get_file (last) == NULL)
    return last;
  return scope_window_new (ADW_APPLICATION (self));
}

static gboolean
is_of (Ahead *ahead,
       GFile *file)
{
  ScopeCsvFeed *feed = SCOPE_CSV_FEED (ahead->feed);

  return file ? g_file_equal (file, scope_csv_feed_get_file (feed)) : scope_csv_feed_is_stream (feed);
}

/* Shows @file, or standard input, in @window, from what has been read of it
 * already. */
static void
show_file (ScopeApplication *self,
           ScopeWindow      *window,
           GFile            *file)
{
  Ahead *ahead = NULL;

  for (guint i = 0; i < self->ahead->len && ahead == NULL; i++)
    {
      ahead = g_ptr_array_index (self->ahead, i);
      if (is_of (ahead, file))
        g_ptr_array_steal_index (self->ahead, i);
      else
        ahead = NULL;
    }
  if (ahead == NULL)
    ahead = ahead_new (file);
  scope_window_open (window, SCOPE_CSV_FEED (ahead->feed), ahead->history);
  ahead_free (ahead);
}

static void
show_error (ScopeApplication *self,
            const char       *text)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *dialog;

  if (parent == NULL)
    parent = GTK_WINDOW (scope_window_new (ADW_APPLICATION (self)));
  gtk_window_present (parent);
  dialog = adw_message_dialog_new (parent, _("The File Was Not Opened"), text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: (transfer none) (nullable): the window that shows @file now. */
static ScopeWindow *
open_file (ScopeApplication *self,
           GFile            *file)
{
  ScopeWindow *window;

  if (g_file_peek_path (file) == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *text = g_strdup_printf (
        _("“%s” is not on this computer. Copy it here first, or mount the place it is in."), uri);

      show_error (self, text);
      return NULL;
    }
  window = find_window (self, file);
  if (window == NULL)
    {
      window = get_free_window (self);
      show_file (self, window, file);
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Returns: (transfer none): the window that follows standard input. */
static ScopeWindow *
open_stream (ScopeApplication *self)
{
  ScopeWindow *window = get_free_window (self);

  show_file (self, window, NULL);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Returns: (transfer none) (nullable): the window that replays the sample run. */
static ScopeWindow *
open_sample (ScopeApplication *self)
{
  g_autoptr (GBytes) recording =
    g_resources_lookup_data (SCOPE_SAMPLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  ScopeWindow *window;
  gboolean     opened;

  g_return_val_if_fail (recording != NULL, NULL);

  window = get_free_window (self);
  opened = scope_window_open_sample (window, recording);
  gtk_window_present (GTK_WINDOW (window));
  return opened ? window : NULL;
}

static void
scope_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (scope_window_new (ADW_APPLICATION (application)));
  gtk_window_present (window);
}

static void
scope_application_open (GApplication *application,
                        GFile       **files,
                        int           n_files,
                        const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    scope_application_open_file (SCOPE_APPLICATION (application), files[i]);
}

/* What the windows that are opened compare with, if anything. */
typedef struct
{
  GFile *file; /* owned; NULL: nothing */
  int    run;
} Second;

static gboolean
get_second (GApplicationCommandLine *command_line,
            gboolean                 has_first,
            Second                  *second,
            GError                 **error)
{
  GVariantDict    *options = g_application_command_line_get_options_dict (command_line);
  const char      *name = NULL;
  g_autofree char *run = NULL;
  guint64          number = 0;

  *second = (Second){ .run = SCOPE_BASELINE_LAST_RUN };
  g_variant_dict_lookup (options, "baseline", "^&ay", &name);
  g_variant_dict_lookup (options, "baseline-run", "s", &run);
  if (name == NULL && run != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("--baseline-run goes with --baseline."));
  else if (name != NULL && !has_first)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("--baseline goes with a FILE that is compared with it."));
  else if (run != NULL && (!scope_parse_uint (run, strlen (run), &number) || number < 1 ||
                           number > G_MAXINT))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("--baseline-run=%s: not a number from 1."), run);
  if (*error != NULL)
    return FALSE;
  if (run != NULL)
    second->run = (int) number - 1;
  if (name != NULL)
    second->file = g_application_command_line_create_file_for_arg (command_line, name);
  return TRUE;
}

static void
compare (ScopeWindow  *window,
         const Second *second)
{
  if (window != NULL && second->file != NULL)
    scope_window_compare (window, second->file, second->run);
}

static int
scope_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  ScopeApplication   *self = SCOPE_APPLICATION (application);
  GVariantDict       *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char   **names = NULL;
  g_autoptr (GFile)   baseline = NULL;
  g_autoptr (GError)  error = NULL;
  Second              second;
  gboolean            sample = FALSE;

  g_variant_dict_lookup (options, "demo", "b", &sample);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names);
  if (!get_second (command_line, sample || (names != NULL && names[0] != NULL), &second, &error))
    {
      g_application_command_line_printerr (command_line, "locustscope: %s\n", error->message);
      return 1;
    }
  baseline = second.file;
  if (sample)
    compare (open_sample (self), &second);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GFile) file =
        g_application_command_line_create_file_for_arg (command_line, names[i]);

      compare (scope_stdin_is_meant (names[i]) ? open_stream (self) : open_file (self, file),
               &second);
    }
  if (!sample && (names == NULL || names[0] == NULL))
    g_application_activate (application);
  return 0;
}

static void
scope_application_startup (GApplication *application)
{
  /* By which a desktop finds the entry and the icon of each window; until now it was the
   * name that messages begin with. */
  g_set_prgname (APP_ID);
  G_APPLICATION_CLASS (scope_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APP_ID);
  scope_application_add_actions (SCOPE_APPLICATION (application));
}

static void
scope_application_finalize (GObject *object)
{
  g_ptr_array_unref (SCOPE_APPLICATION (object)->ahead);
  G_OBJECT_CLASS (scope_application_parent_class)->finalize (object);
}

static void
scope_application_class_init (ScopeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scope_application_finalize;
  application_class->activate = scope_application_activate;
  application_class->open = scope_application_open;
  application_class->command_line = scope_application_command_line;
  application_class->startup = scope_application_startup;
}

static void
scope_application_init (ScopeApplication *self)
{
  self->ahead = g_ptr_array_new_with_free_func (ahead_free);
}

/* Returns: (transfer full): the application, not yet registered. */
ScopeApplication *
scope_application_new (void)
{
  return g_object_new (SCOPE_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                       "/io/github/locustscope/Locustscope", "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, NULL);
}

/**
 * scope_application_read_ahead:
 * @self: the application
 * @file: (nullable): a file that will be opened, or standard input
 *
 * Begins to read @file: that takes no longer than to make the window.
 */
void
scope_application_read_ahead (ScopeApplication *self,
                              GFile            *file)
{
  g_return_if_fail (SCOPE_IS_APPLICATION (self));

  if (file == NULL || g_file_peek_path (file) != NULL)
    g_ptr_array_add (self->ahead, ahead_new (file));
}

/**
 * scope_application_open_file:
 * @self: the application
 * @file: a file, which need not exist yet
 *
 * Shows @file: in its window if it has one, in the one in use if that shows
 * nothing yet, or in a new one.
 */
void
scope_application_open_file (ScopeApplication *self,
                             GFile            *file)
{
  g_return_if_fail (SCOPE_IS_APPLICATION (self));
  open_file (self, file);
}

/**
 * scope_application_open_sample:
 * @self: the application
 *
 * Replays the built-in sample run.
 */
void
scope_application_open_sample (ScopeApplication *self)
{
  g_return_if_fail (SCOPE_IS_APPLICATION (self));
  open_sample (self);
}
