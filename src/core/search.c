/* search.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Terms stand between spaces and must all fit.  Many names are paths, so that a
 * term is a regular expression only where a slash stands at both its ends.
 */
#include "search.h"

#include <string.h>

#define METHOD "method:"

/* One of them is set. */
typedef struct
{
  char    *word;   /* owned: folded, somewhere in "TYPE NAME" */
  char    *method; /* owned: folded, what the type begins with */
  GRegex  *regex;  /* owned: of "TYPE NAME" */
  gboolean negated;
} Term;

struct _ScopeSearch
{
  GArray *terms; /* owned Term */
};

static void
term_clear (gpointer data)
{
  Term *self = data;

  g_free (self->word);
  g_free (self->method);
  g_clear_pointer (&self->regex, g_regex_unref);
}

static gboolean
is_regex (const char *text)
{
  gsize length = strlen (text);

  return length > 2 && text[0] == '/' && text[length - 1] == '/';
}

/* Whether @text, which is not empty, could be understood. */
static gboolean
parse_term (Term       *self,
            const char *text,
            GError    **error)
{
  g_autofree char *pattern = NULL;

  if (g_ascii_strncasecmp (text, METHOD, strlen (METHOD)) == 0)
    self->method = scope_endpoint_fold (text + strlen (METHOD));
  else if (!is_regex (text))
    self->word = scope_endpoint_fold (text);
  else
    {
      pattern = g_strndup (text + 1, strlen (text) - 2);
      self->regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, error);
      return self->regex != NULL;
    }
  return TRUE;
}

static gboolean
term_matches (const Term    *self,
              ScopeEndpoint *endpoint)
{
  if (self->regex != NULL)
    {
      g_autofree char *label = scope_endpoint_dup_whole_label (endpoint);

      return g_regex_match (self->regex, label, 0, NULL);
    }
  if (self->method != NULL)
    {
      g_autofree char *type = scope_endpoint_fold (scope_endpoint_get_type_name (endpoint));

      return g_str_has_prefix (type, self->method);
    }
  return scope_endpoint_contains (endpoint, self->word);
}

/**
 * scope_search_new:
 * @text: what was typed
 * @error: return location for an error of %G_REGEX_ERROR
 *
 * Capital and small letters are the same.  A ! alone, as before its term is
 * typed, says nothing.
 *
 * Returns: (transfer full) (nullable): what it looks for; %NULL where a regular
 *   expression is none
 */
ScopeSearch *
scope_search_new (const char *text,
                  GError    **error)
{
  g_autoptr (ScopeSearch) self = g_new0 (ScopeSearch, 1);
  g_auto (GStrv)          words = g_strsplit (text, " ", -1);

  self->terms = g_array_new (FALSE, TRUE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean    negated = words[i][0] == '!';
      const char *word = words[i] + negated;
      Term        term = { .negated = negated };

      if (*word == '\0')
        continue;
      if (!parse_term (&term, word, error))
        return NULL;
      g_array_append_val (self->terms, term);
    }
  return g_steal_pointer (&self);
}

void
scope_search_free (ScopeSearch *self)
{
  g_clear_pointer (&self->terms, g_array_unref);
  g_free (self);
}

/* Whether it fits every endpoint. */
gboolean
scope_search_is_empty (const ScopeSearch *self)
{
  return self->terms->len == 0;
}

/* Whether all its terms fit @endpoint. */
gboolean
scope_search_matches (const ScopeSearch *self,
                      ScopeEndpoint     *endpoint)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);

      if (term_matches (term, endpoint) == term->negated)
        return FALSE;
    }
  return TRUE;
}
