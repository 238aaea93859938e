/* limit.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A limit for all is meant for each endpoint: the total, which is the mean of
 * fast and slow ones, has none of it unless it stands alone or is named.
 */
#include "limit.h"

#include "number.h"
#include "selection.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Whether it makes sense that a statistic should not be exceeded: of requests
 * there are never too many. */
gboolean
scope_limit_can_be (ScopeStatistic statistic)
{
  return scope_statistic_is_response_time (statistic) ||
         statistic.kind == SCOPE_STATISTIC_FAILURES ||
         statistic.kind == SCOPE_STATISTIC_FAILURE_SHARE;
}

/* Returns: (transfer full): a limit for every endpoint. */
ScopeLimit *
scope_limit_new (ScopeStatistic statistic,
                 double         value)
{
  ScopeLimit *self = g_new0 (ScopeLimit, 1);

  self->statistic = statistic;
  self->value = value;
  return self;
}

/* Returns: (transfer full): a limit for the endpoint of that type and name. */
ScopeLimit *
scope_limit_new_endpoint (ScopeStatistic statistic,
                          double         value,
                          const char    *type,
                          const char    *name)
{
  ScopeLimit *self = scope_limit_new (statistic, value);

  self->type = g_strdup (type);
  self->name = g_strdup (name);
  return self;
}

/**
 * scope_limit_parse:
 * @text: "p95=500" for all endpoints, "p95=500:GET /api" for those that the
 *   shell-style pattern behind the colon fits, by name or by "TYPE NAME";
 *   bytes, like the names in a file; the number has a point in every locale
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the limit; %NULL where it is none
 */
ScopeLimit *
scope_limit_parse (const char *text,
                   GError    **error)
{
  const char      *equals = strchr (text, '=');
  const char      *colon = equals ? strchr (equals, ':') : NULL;
  g_autofree char *id = NULL, *number = NULL, *shown = NULL;
  ScopeStatistic   statistic;
  ScopeLimit      *self;
  double           value;

  if (equals == NULL || (colon != NULL && colon[1] == '\0'))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("neither STATISTIC=VALUE nor STATISTIC=VALUE:PATTERN."));
      return NULL;
    }
  id = g_strndup (text, equals - text);
  if (!scope_statistic_parse (id, &statistic) || !scope_limit_can_be (statistic))
    {
      shown = g_filename_display_name (id);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   /* Translators: what was typed, then words that stay as they are. */
                   _("“%s” cannot be limited; these can: %s."), shown,
                   "average, min, max, total-average, p50, p99.9, …, failures, failure-share");
      return NULL;
    }
  number = colon ? g_strndup (equals + 1, colon - equals - 1) : g_strdup (equals + 1);
  if (!scope_parse_double (number, strlen (number), &value) || value < 0)
    {
      shown = g_filename_display_name (number);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a number from 0 on, such as 500 or 0.5."), shown);
      return NULL;
    }
  if (statistic.kind == SCOPE_STATISTIC_FAILURE_SHARE && value > 100)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is more than 100 per cent."), number);
      return NULL;
    }
  self = scope_limit_new (statistic, value);
  self->pattern = colon ? g_strdup (colon + 1) : NULL;
  return self;
}

ScopeLimit *
scope_limit_copy (const ScopeLimit *self)
{
  ScopeLimit *copy = scope_limit_new (self->statistic, self->value);

  copy->pattern = g_strdup (self->pattern);
  copy->type = g_strdup (self->type);
  copy->name = g_strdup (self->name);
  return copy;
}

void
scope_limit_free (ScopeLimit *self)
{
  g_free (self->pattern);
  g_free (self->type);
  g_free (self->name);
  g_free (self);
}

/* Whether both say the same. */
gboolean
scope_limit_equal (const ScopeLimit *self,
                   const ScopeLimit *other)
{
  return scope_statistic_equal (self->statistic, other->statistic) &&
         self->value == other->value && g_strcmp0 (self->pattern, other->pattern) == 0 &&
         g_strcmp0 (self->type, other->type) == 0 && g_strcmp0 (self->name, other->name) == 0;
}

/* For which endpoints it is meant. */
ScopeLimitReach
scope_limit_get_reach (const ScopeLimit *self)
{
  if (self->name != NULL)
    return SCOPE_LIMIT_ENDPOINT;
  return self->pattern != NULL ? SCOPE_LIMIT_PATTERN : SCOPE_LIMIT_ALL;
}

/**
 * scope_limit_fits:
 * @self: a limit
 * @endpoint: an endpoint, or the total
 * @total_too: whether a limit for all holds for the total
 *
 * Returns: how @self fits @endpoint
 */
ScopeLimitReach
scope_limit_fits (const ScopeLimit *self,
                  ScopeEndpoint    *endpoint,
                  gboolean          total_too)
{
  ScopeLimitReach reach = scope_limit_get_reach (self);
  gboolean        fits = total_too || !scope_endpoint_get_is_total (endpoint);

  if (reach == SCOPE_LIMIT_ENDPOINT)
    fits = g_str_equal (self->name, scope_endpoint_get_name (endpoint)) &&
           g_str_equal (self->type, scope_endpoint_get_type_name (endpoint));
  else if (reach == SCOPE_LIMIT_PATTERN)
    fits = scope_selection_fits (endpoint, self->pattern);
  return fits ? reach : SCOPE_LIMIT_NONE;
}
