/* follow-floor.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   follow-floor FILE
 *
 * The least that a GTK window can do to follow a file: on a change it reads
 * what is new, counts lines, and draws one bar in another color.  No follower
 * is on the screen sooner.
 */
#include <fcntl.h>
#include <gtk/gtk.h>
#include <unistd.h>

#define WIDTH_PX  1180
#define HEIGHT_PX 760
#define BAR_PX    4

static int        fd = -1;
static goffset    offset;
static guint      n_lines;
static GtkWidget *area; /* borrowed */

static void
draw_cb (GtkDrawingArea *drawing_area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        data)
{
  cairo_set_source_rgb (cr, n_lines % 251 / 250.0, n_lines % 7 / 6.0, 0.5);
  cairo_paint (cr);
}

static void
changed_cb (void)
{
  static char buffer[1 << 16];
  gssize      n;

  while ((n = pread (fd, buffer, sizeof buffer, offset)) > 0)
    {
      offset += n;
      for (gssize i = 0; i < n; i++)
        n_lines += buffer[i] == '\n';
      gtk_widget_queue_draw (area);
    }
}

static void
open_cb (GtkApplication *application,
         GFile         **files,
         int             n_files)
{
  GtkWidget    *window = gtk_application_window_new (application);
  GFileMonitor *monitor = g_file_monitor_file (files[0], G_FILE_MONITOR_NONE, NULL, NULL);

  fd = open (g_file_peek_path (files[0]), O_RDONLY);
  offset = lseek (fd, 0, SEEK_END);
  g_file_monitor_set_rate_limit (monitor, 1);
  g_signal_connect (monitor, "changed", G_CALLBACK (changed_cb), NULL);
  g_object_set_data_full (G_OBJECT (window), "monitor", monitor, g_object_unref);

  area = gtk_drawing_area_new ();
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), BAR_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, NULL, NULL);
  gtk_window_set_child (GTK_WINDOW (window), area);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application =
    gtk_application_new ("io.github.locustscope.Floor",
                         G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "open", G_CALLBACK (open_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
