/* menus.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are read once: GTK 4.8 loses a kilobyte for each item of a menu that is
 * read from a template, each time that a widget is made by it.
 */
#include "menus.h"

#include <gtk/gtk.h>

#define RESOURCE "/io/github/locustscope/Locustscope/menus.ui"

/**
 * scope_menus_fill:
 * @menu: an empty menu
 * @id: of one in menus.ui
 *
 * Appends what the menu of that name has, to which more may be appended.
 */
void
scope_menus_fill (GMenu      *menu,
                  const char *id)
{
  static GtkBuilder *builder;
  GMenuModel        *model;

  if (builder == NULL)
    builder = gtk_builder_new_from_resource (RESOURCE);
  model = G_MENU_MODEL (gtk_builder_get_object (builder, id));
  g_return_if_fail (model != NULL);
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (model, i);

      g_menu_append_item (menu, item);
    }
}
