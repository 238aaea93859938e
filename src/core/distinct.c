/* distinct.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "distinct.h"

#include "shown.h"

#include <string.h>

/* With more, looking at all for each name in sight would be felt. */
#define MOST_COMPARED 2000

/* More of a common beginning than that is left out without a slash, too. */
#define MOST_LEFT 12

#define LEFT_OUT   "…"
#define SEPARATORS "?&.-_: "

/* A name beside others. */
typedef struct
{
  ScopeHistory *history;
  const char   *name;
  guint         n;        /* endpoints that it is compared with */
  gsize         n_common; /* bytes at its beginning that some other has, too */
} Name;

static const char *
get_other (const Name *self,
           guint       i)
{
  return scope_endpoint_get_name (scope_history_get_endpoint (self->history, i));
}

/* The same by another method is told by that. */
static gsize
find_common (const Name *self)
{
  gsize n_common = 0;

  for (guint i = 0; i < self->n; i++)
    {
      const char *other = get_other (self, i);
      gsize       n = 0;

      while (other[n] != '\0' && other[n] == self->name[n])
        n++;
      if (n > n_common && other[n] != self->name[n])
        n_common = n;
    }
  return n_common;
}

/* Whether another name could be meant by its end from @cut on. */
static gboolean
is_ambiguous (const Name *self,
              gsize       cut)
{
  for (guint i = 0; i < self->n; i++)
    {
      const char *other = get_other (self, i);

      if (g_str_has_suffix (other, self->name + cut) && !g_str_equal (other, self->name))
        return TRUE;
    }
  return FALSE;
}

/* The last of @separators from @first on that is common, and with which what is left
 * is no other's end; or 0. */
static gsize
find_cut (const Name *self,
          const char *separators,
          gsize       first)
{
  for (gsize i = self->n_common; i-- > MAX (first, strlen (LEFT_OUT));)
    if (strchr (separators, self->name[i]) != NULL && !is_ambiguous (self, i))
      return i;
  return 0;
}

/* How much of the beginning can be left out: up to a slash, or, where names are long
 * between slashes or have none, another separator, or else somewhere. */
static gsize
choose_cut (const Name *self)
{
  gsize slash = find_cut (self, "/", 0);
  gsize cut = find_cut (self, SEPARATORS, slash + 1);
  gsize somewhere = self->n_common > MOST_LEFT ? self->n_common - MOST_LEFT : 0;

  if (cut > slash + MOST_LEFT)
    return cut;
  if (cut > 0 || slash > 0 || somewhere <= strlen (LEFT_OUT))
    return slash;
  while (((guchar) self->name[somewhere] & 0xc0) == 0x80) /* inside of a character */
    somewhere--;
  return is_ambiguous (self, somewhere) ? 0 : somewhere;
}

static void
add (GPtrArray  *texts,
     const char *type,
     const char *rest)
{
  g_autofree char *shown = scope_shown_dup (rest);

  g_ptr_array_add (texts, g_strconcat (type, type[0] != '\0' ? " " : "", LEFT_OUT, shown, NULL));
}

/**
 * scope_distinct_list:
 * @history: a history
 * @endpoint: one of it
 * @with_type: whether its type stands before each
 *
 * Its name as scope_shown_dup() gives it, without more and more of what others begin
 * with, too, as in “…/region-019/items/[id]” and “…-019/items/[id]”; each is no other's
 * end.
 *
 * Returns: (transfer full) (element-type utf8): the longest first; none where nothing
 *   can be left out
 */
GPtrArray *
scope_distinct_list (ScopeHistory  *history,
                     ScopeEndpoint *endpoint,
                     gboolean       with_type)
{
  Name name = {
    .history = history,
    .name = scope_endpoint_get_name (endpoint),
    .n = MIN (g_list_model_get_n_items (G_LIST_MODEL (history)), MOST_COMPARED),
  };
  GPtrArray       *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *type = with_type ? scope_shown_dup (scope_endpoint_get_type_name (endpoint))
                                    : g_strdup ("");
  gsize            cut, tight;

  if (scope_endpoint_get_is_total (endpoint))
    return texts;
  name.n_common = find_common (&name);
  cut = choose_cut (&name);
  tight = find_cut (&name, SEPARATORS, cut + 1);
  for (gsize i = strlen (LEFT_OUT) + 1; i < cut; i++)
    if (name.name[i] == '/')
      add (texts, type, name.name + i);
  if (cut > 0)
    add (texts, type, name.name + cut);
  if (tight > cut)
    add (texts, type, name.name + tight);
  return texts;
}

/**
 * scope_distinct_fit:
 * @history: a history
 * @endpoint: one of it
 * @fits: whether there is room for a text
 * @data: for @fits
 *
 * Returns: (transfer full): "GET /name", or the longest of scope_distinct_list() for
 *   which there is room; if there is for none, the shortest
 */
char *
scope_distinct_fit (ScopeHistory     *history,
                    ScopeEndpoint    *endpoint,
                    ScopeDistinctFits fits,
                    gpointer          data)
{
  char                 *label = scope_endpoint_dup_label (endpoint);
  g_autoptr (GPtrArray) shorter = NULL;

  if (fits (label, data))
    return label;
  shorter = scope_distinct_list (history, endpoint, TRUE);
  for (guint i = 0; i < shorter->len; i++)
    {
      g_free (label);
      label = g_strdup (g_ptr_array_index (shorter, i));
      if (fits (label, data))
        break;
    }
  return label;
}

/* Whether another endpoint has its name, and they are told by their methods. */
gboolean
scope_distinct_is_shared (ScopeHistory  *history,
                          ScopeEndpoint *endpoint)
{
  const char *name = scope_endpoint_get_name (endpoint);
  guint       n = MIN (g_list_model_get_n_items (G_LIST_MODEL (history)), MOST_COMPARED);

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *other = scope_history_get_endpoint (history, i);

      if (other != endpoint && g_str_equal (scope_endpoint_get_name (other), name))
        return TRUE;
    }
  return FALSE;
}
