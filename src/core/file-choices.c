/* file-choices.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GKeyFile.  Endpoints are pairs of type and name, which hold whatever the file
 * had there; of those that nobody has switched nothing is said.  Where very many
 * were switched alike, as by None and then a few, only the few are named, and how
 * all others are.
 */
#include "file-choices.h"

#include "number.h"

#include <string.h>

#define FILE_GROUP  "File"
#define PATH_KEY    "Path"
#define SHOWN_KEY   "Shown"
#define HIDDEN_KEY  "Hidden"
#define OTHERS_KEY  "Others"
#define SHOWN       "shown"
#define HIDDEN      "hidden"
#define LIMIT_GROUP "Limit "

#define STATISTIC_KEY "Statistic"
#define VALUE_KEY     "Value"
#define TYPE_KEY      "Type"
#define NAME_KEY      "Name"

/* How those are that are not named. */
typedef enum
{
  OTHERS_BY_DEFAULT,
  OTHERS_HIDDEN,
  OTHERS_SHOWN
} Others;

struct _ScopeFileChoices
{
  GHashTable *visible; /* owned: key of an endpoint -> GINT_TO_POINTER: whether it is shown */
  Others      others;
  GPtrArray  *limits;  /* owned ScopeLimit */
};

/* A type has no line end, or else its endpoint may be taken for another. */
static char *
make_key (const char *type,
          const char *name)
{
  return g_strconcat (type, "\n", name, NULL);
}

static void
read_endpoints (ScopeFileChoices *self,
                GKeyFile         *file,
                const char       *key,
                gboolean          visible)
{
  gsize          n = 0;
  g_auto (GStrv) texts = g_key_file_get_string_list (file, FILE_GROUP, key, &n, NULL);

  for (gsize i = 0; i + 1 < n && i < 2 * SCOPE_MOST_CHOSEN; i += 2)
    g_hash_table_replace (self->visible, make_key (texts[i], texts[i + 1]),
                          GINT_TO_POINTER (visible));
}

static Others
read_others (GKeyFile *file)
{
  g_autofree char *text = g_key_file_get_string (file, FILE_GROUP, OTHERS_KEY, NULL);

  if (g_strcmp0 (text, SHOWN) == 0)
    return OTHERS_SHOWN;
  return g_strcmp0 (text, HIDDEN) == 0 ? OTHERS_HIDDEN : OTHERS_BY_DEFAULT;
}

static void
read_limit (ScopeFileChoices *self,
            GKeyFile         *file,
            const char       *group)
{
  g_autofree char   *id = g_key_file_get_string (file, group, STATISTIC_KEY, NULL);
  g_autofree char   *type = g_key_file_get_string (file, group, TYPE_KEY, NULL);
  g_autofree char   *name = g_key_file_get_string (file, group, NAME_KEY, NULL);
  g_autofree char   *value = g_key_file_get_string (file, group, VALUE_KEY, NULL);
  g_autofree char   *text = g_strdup_printf ("%s=%s", id ? id : "", value ? value : "");
  g_autoptr (ScopeLimit) limit = scope_limit_parse (text, NULL);

  if (limit == NULL || limit->pattern != NULL || limit->value > SCOPE_MOST_MEASURED ||
      (type == NULL) != (name == NULL))
    return;
  if (name == NULL)
    g_ptr_array_add (self->limits, g_steal_pointer (&limit));
  else
    g_ptr_array_add (self->limits,
                     scope_limit_new_endpoint (limit->statistic, limit->value, type, name));
}

/**
 * scope_file_choices_parse:
 * @text: what scope_file_choices_write() returned
 * @length: its length in bytes
 * @path: of the file that it should be of
 *
 * Returns: (transfer full) (nullable): the choices; %NULL where these are none of
 *   that file
 */
ScopeFileChoices *
scope_file_choices_parse (const char *text,
                          gsize       length,
                          const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char     *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char     *of = NULL;
  g_auto (GStrv)       groups = NULL;
  ScopeFileChoices    *self;

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL))
    return NULL;
  of = g_key_file_get_string (file, FILE_GROUP, PATH_KEY, NULL);
  if (of == NULL || g_strcmp0 (of, uri) != 0)
    return NULL;
  self = g_new0 (ScopeFileChoices, 1);
  self->visible = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limits = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_limit_free);
  read_endpoints (self, file, SHOWN_KEY, TRUE);
  read_endpoints (self, file, HIDDEN_KEY, FALSE);
  self->others = read_others (file);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], LIMIT_GROUP))
      read_limit (self, file, groups[i]);
  return self;
}

void
scope_file_choices_free (ScopeFileChoices *self)
{
  g_hash_table_unref (self->visible);
  g_ptr_array_unref (self->limits);
  g_free (self);
}

/* Shows or hides @endpoint as its user did, if it was switched then, and not since. */
void
scope_file_choices_apply (const ScopeFileChoices *self,
                          ScopeEndpoint          *endpoint)
{
  g_autofree char *key =
    make_key (scope_endpoint_get_type_name (endpoint), scope_endpoint_get_name (endpoint));
  gpointer visible;
  gboolean is_named = g_hash_table_lookup_extended (self->visible, key, NULL, &visible);

  if (scope_endpoint_get_chosen (endpoint) || (!is_named && self->others == OTHERS_BY_DEFAULT))
    return;
  scope_endpoint_set_visible (endpoint, is_named ? GPOINTER_TO_INT (visible)
                                                 : self->others == OTHERS_SHOWN);
  scope_endpoint_keep (endpoint); /* where it is so by default, too */
}

void
scope_file_choices_apply_limits (const ScopeFileChoices *self,
                                 ScopeLimits            *limits)
{
  for (guint i = 0; i < self->limits->len; i++)
    scope_limits_put (limits, g_ptr_array_index (self->limits, i));
}

/* Type and name of what make_key() made. */
static void
add_key (GPtrArray  *texts,
         const char *key)
{
  const char *end = strchr (key, '\n');

  g_ptr_array_add (texts, g_strndup (key, (gsize) (end - key)));
  g_ptr_array_add (texts, g_strdup (end + 1));
}

/* Those that were switched before and have not come yet, as in the first requests of
 * a test that is run again.
 *
 * Returns: (transfer full): as ScopeFileChoices::visible, whose keys these are */
static GHashTable *
find_absent (ScopeHistory           *history,
             const ScopeFileChoices *before)
{
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (history));
  GHashTable    *absent = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer       key, visible;

  if (before == NULL)
    return absent;
  g_hash_table_iter_init (&iter, before->visible);
  while (g_hash_table_iter_next (&iter, &key, &visible))
    g_hash_table_insert (absent, key, visible);
  for (guint i = 0; i < n && g_hash_table_size (absent) > 0; i++)
    {
      ScopeEndpoint   *endpoint = scope_history_get_endpoint (history, i);
      g_autofree char *present =
        make_key (scope_endpoint_get_type_name (endpoint), scope_endpoint_get_name (endpoint));

      g_hash_table_remove (absent, present);
    }
  return absent;
}

/* How many are shown, and hidden, by choice. */
typedef struct
{
  guint n_shown;
  guint n_hidden;
} Chosen;

static void
count (Chosen  *chosen,
       gboolean visible)
{
  if (visible)
    chosen->n_shown++;
  else
    chosen->n_hidden++;
}

static Chosen
count_chosen (ScopeHistory *history,
              GHashTable   *absent)
{
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (history));
  Chosen         chosen = { 0 };
  GHashTableIter iter;
  gpointer       visible;

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (scope_endpoint_get_chosen (endpoint))
        count (&chosen, scope_endpoint_get_visible (endpoint));
    }
  g_hash_table_iter_init (&iter, absent);
  while (g_hash_table_iter_next (&iter, NULL, &visible))
    count (&chosen, GPOINTER_TO_INT (visible));
  return chosen;
}

/* As most of @n_all are by choice, if these are too many to be named. */
static Others
find_others (const ScopeFileChoices *before,
             Chosen                  chosen,
             guint                   n_all)
{
  if (chosen.n_shown + chosen.n_hidden <= SCOPE_MOST_CHOSEN)
    return before ? before->others : OTHERS_BY_DEFAULT;
  if (chosen.n_shown > n_all / 2)
    return OTHERS_SHOWN;
  return chosen.n_hidden > n_all / 2 ? OTHERS_HIDDEN : OTHERS_BY_DEFAULT;
}

/* Names those that are @visible by choice. */
static void
write_endpoints (GKeyFile     *file,
                 ScopeHistory *history,
                 GHashTable   *absent,
                 gboolean      visible)
{
  guint                 n = g_list_model_get_n_items (G_LIST_MODEL (history));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter        iter;
  gpointer              key, value;

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (!scope_endpoint_get_chosen (endpoint) || scope_endpoint_get_visible (endpoint) != visible)
        continue;
      g_ptr_array_add (texts, g_strdup (scope_endpoint_get_type_name (endpoint)));
      g_ptr_array_add (texts, g_strdup (scope_endpoint_get_name (endpoint)));
    }
  g_hash_table_iter_init (&iter, absent);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_INT (value) == visible)
      add_key (texts, key);
  if (texts->len > 0)
    g_key_file_set_string_list (file, FILE_GROUP, visible ? SHOWN_KEY : HIDDEN_KEY,
                                (const char *const *) texts->pdata, texts->len);
}

/* Whether any was switched; where too many were either way it is not kept which. */
static gboolean
write_visible (GKeyFile               *file,
               ScopeHistory           *history,
               const ScopeFileChoices *before)
{
  g_autoptr (GHashTable) absent = find_absent (history, before);
  guint                  n = g_list_model_get_n_items (G_LIST_MODEL (history));
  Chosen                 chosen = count_chosen (history, absent);
  Others                 others = find_others (before, chosen, n + g_hash_table_size (absent));
  guint                  n_named = (others != OTHERS_SHOWN ? chosen.n_shown : 0) +
                  (others != OTHERS_HIDDEN ? chosen.n_hidden : 0);

  if (n_named > SCOPE_MOST_CHOSEN || (others == OTHERS_BY_DEFAULT && n_named == 0))
    return FALSE;
  if (others != OTHERS_BY_DEFAULT)
    g_key_file_set_string (file, FILE_GROUP, OTHERS_KEY, others == OTHERS_SHOWN ? SHOWN : HIDDEN);
  if (others != OTHERS_SHOWN)
    write_endpoints (file, history, absent, TRUE);
  if (others != OTHERS_HIDDEN)
    write_endpoints (file, history, absent, FALSE);
  return TRUE;
}

/* Patterns come from the command line, and hold for one call. */
static gboolean
write_limits (GKeyFile    *file,
              ScopeLimits *limits)
{
  const GPtrArray *list = scope_limits_get_list (limits);
  guint            n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const ScopeLimit *limit = g_ptr_array_index (list, i);
      g_autofree char  *group = g_strdup_printf (LIMIT_GROUP "%u", n);
      g_autofree char  *id = scope_statistic_dup_id (limit->statistic);

      if (limit->pattern != NULL)
        continue;
      g_key_file_set_string (file, group, STATISTIC_KEY, id);
      g_key_file_set_double (file, group, VALUE_KEY, limit->value);
      if (limit->name != NULL)
        {
          g_key_file_set_string (file, group, TYPE_KEY, limit->type);
          g_key_file_set_string (file, group, NAME_KEY, limit->name);
        }
      n++;
    }
  return n > 0;
}

/**
 * scope_file_choices_write:
 * @path: of the file
 * @history: its history
 * @limits: those of the history
 * @before: (nullable): the choices that were made before, of endpoints that
 *   @history does not have
 *
 * Returns: (transfer full) (nullable): the choices that were made; %NULL where
 *   there are none
 */
char *
scope_file_choices_write (const char             *path,
                          ScopeHistory           *history,
                          ScopeLimits            *limits,
                          const ScopeFileChoices *before)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char     *uri = g_filename_to_uri (path, NULL, NULL);
  gboolean             any;

  g_return_val_if_fail (uri != NULL, NULL);

  g_key_file_set_string (file, FILE_GROUP, PATH_KEY, uri);
  any = write_visible (file, history, before);
  any |= write_limits (file, limits);
  return any ? g_key_file_to_data (file, NULL, NULL) : NULL;
}
