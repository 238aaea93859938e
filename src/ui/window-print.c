/* window-print.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts on one page, as they are on the screen, and as the export draws them.
 */
#include "window-private.h"

#include "export.h"

#include <glib/gi18n-lib.h>

static void
draw_page_cb (ScopeWindow     *self,
              GtkPrintContext *context,
              int              page)
{
  ScopePicture picture = scope_chart_widget_get_picture (self->chart);

  picture.theme = SCOPE_THEME_LIGHT;
  picture.heading = self->title;
  scope_export_draw_page (&picture, gtk_print_context_get_cairo_context (context),
                          gtk_print_context_get_width (context),
                          gtk_print_context_get_height (context));
}

/* To a printer, or to a file. */
static void
tell_printed (ScopeWindow       *self,
              GtkPrintOperation *operation)
{
  GtkPrintSettings *settings = gtk_print_operation_get_print_settings (operation);
  const char       *uri = gtk_print_settings_get (settings, GTK_PRINT_SETTINGS_OUTPUT_URI);
  g_autofree char  *path = uri ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  if (path != NULL)
    /* Translators: the name of the file. */
    scope_window_tell_written (self, _("Printed to %s"), path);
  else
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("The charts are with the printer")));
}

/* What was chosen for the last page, by default for the next. */
static GtkPrintSettings *last_settings;

static void
done_cb (ScopeWindow            *self,
         GtkPrintOperationResult result,
         GtkPrintOperation      *operation)
{
  g_autoptr (GError) error = NULL;
  GtkWidget         *dialog;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      g_set_object (&last_settings, gtk_print_operation_get_print_settings (operation));
      tell_printed (self, operation);
    }
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("The Charts Were Not Printed"),
                                   error ? error->message : NULL);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: (transfer full): what prints the charts on one page, by default a wide
 *   one. */
GtkPrintOperation *
scope_window_make_print (ScopeWindow *self)
{
  GtkPrintOperation       *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  g_autoptr (GtkPrintSettings) settings =
    last_settings ? gtk_print_settings_copy (last_settings) : gtk_print_settings_new ();
  g_autofree char *name = scope_window_suggest_name (self);

  gtk_page_setup_set_orientation (page, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, NULL);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, self->title);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  return operation;
}

static void
print_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  ScopeWindow                  *self = SCOPE_WINDOW (widget);
  g_autoptr (GtkPrintOperation) operation = NULL;

  if (self->history == NULL || scope_history_get_n_blocks (self->history) == 0)
    return;
  operation = scope_window_make_print (self);
  /* What goes wrong comes to done_cb, too. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                           NULL);
}

/* Adds the action that prints. */
void
scope_window_install_print (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
}
