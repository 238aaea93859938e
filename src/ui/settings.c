/* settings.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A schema that is not there would end the program.  It is looked for where the
 * system has its own, and beside the program: in the build directory, and in a
 * prefix of which the system does not know.  Without one nothing is remembered.
 */
#include "settings.h"

#include "config.h"

/* From the folder that the program is in. */
static const char *const FOLDERS[] = { "../data", "../share/glib-2.0/schemas" };

static GSettingsSchema *
find_in_folder (GSettingsSchemaSource *parent,
                const char            *folder)
{
  g_autoptr (GSettingsSchemaSource) source =
    g_settings_schema_source_new_from_directory (folder, parent, TRUE, NULL);

  return source ? g_settings_schema_source_lookup (source, APP_ID, FALSE) : NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema       *schema = NULL;
  g_autofree char       *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char       *folder = program ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FOLDERS) && folder != NULL && schema == NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, FOLDERS[i], NULL);

      schema = find_in_folder (source, path);
    }
  if (schema == NULL && source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  return schema;
}

/* Returns: (transfer none) (nullable): the program's settings; %NULL without a
 *   schema. */
GSettings *
scope_settings_get (void)
{
  static GSettings *settings;
  static gboolean   looked;

  if (!looked)
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      looked = TRUE;
      settings = schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
    }
  return settings;
}

/* The value of @key, or @otherwise without a schema. */
gboolean
scope_settings_get_boolean (const char *key,
                            gboolean    otherwise)
{
  GSettings *settings = scope_settings_get ();

  return settings ? g_settings_get_boolean (settings, key) : otherwise;
}
