/* limit-text.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A limit is written as it was set; a value that is above never looks as if it
 * were not.
 */
#include "limit-text.h"

#include "elapsed.h"

#include <glib/gi18n-lib.h>

static char *
add_unit (ScopeStatistic statistic,
          const char    *number)
{
  if (scope_statistic_is_response_time (statistic))
    /* Translators: a response time in milliseconds. */
    return g_strdup_printf (_("%s ms"), number);
  if (statistic.kind == SCOPE_STATISTIC_FAILURE_SHARE)
    /* Translators: a share in per cent. */
    return g_strdup_printf (_("%s %%"), number);
  /* Translators: requests, or failures, a second. */
  return g_strdup_printf (_("%s/s"), number);
}

/* Returns: (transfer full): a measured value with its unit, as in “31.2 ms”. */
char *
scope_format_value (ScopeStatistic statistic,
                    double         value)
{
  g_autofree char *number = scope_format_number (value);

  return add_unit (statistic, number);
}

/* Returns: (transfer full): a limit with its unit, all its digits, as in “500 ms”. */
char *
scope_format_bound (ScopeStatistic statistic,
                    double         bound)
{
  g_autofree char *number = g_strdup_printf ("%.12g", bound);

  return add_unit (statistic, number);
}

/**
 * scope_format_above:
 * @statistic: of which the value is
 * @value: a measured value above @bound
 * @bound: a limit
 *
 * Returns: (transfer full): @value with its unit and as many digits as it takes
 *   to see that it is above
 */
char *
scope_format_above (ScopeStatistic statistic,
                    double         value,
                    double         bound)
{
  g_autofree char *number = NULL;

  /* With three digits 500.2 would be 500. */
  if (value - bound > 0.01 * value)
    return scope_format_value (statistic, value);
  number = g_strdup_printf ("%.7g", value);
  return add_unit (statistic, number);
}

/* Returns: (transfer full): as in “p95 500 ms”. */
char *
scope_limit_text_name (ScopeStatistic statistic,
                       double         bound)
{
  g_autofree char *name = scope_statistic_dup_name (statistic);
  g_autofree char *value = scope_format_bound (statistic, bound);

  /* Translators: a statistic and its limit, as in “p95 500 ms”. */
  return g_strdup_printf (C_("limit", "%s %s"), name, value);
}

static char *
format_block (ScopeLimits    *limits,
              guint           block,
              ScopeFormatTime format_time,
              gpointer        data)
{
  double time = scope_history_get_times (scope_limits_get_history (limits))[block];

  return format_time ? format_time (data, time) : scope_format_moment (time, NAN);
}

/**
 * scope_limit_text_mark:
 * @limits: the limits
 * @position: of an endpoint in the history
 * @format_time: (nullable): says times as the charts do; %NULL: the time of day
 * @data: for @format_time
 *
 * Returns: (transfer full) (nullable): what scope_limits_get_mark() means, as in
 *   “p95 above 500 ms since 14:03:20”; %NULL where no limit was exceeded
 */
char *
scope_limit_text_mark (ScopeLimits    *limits,
                       guint           position,
                       ScopeFormatTime format_time,
                       gpointer        data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < scope_limits_get_n_statistics (limits); i++)
    {
      ScopeStatistic    statistic = scope_limits_get_statistic (limits, i);
      ScopeExcess       excess;
      const ScopeLimit *limit = scope_limits_check (limits, position, statistic, &excess);
      g_autofree char  *name = NULL, *bound = NULL, *clock = NULL;

      if (limit == NULL || excess.n_above == 0)
        continue;
      name = scope_statistic_dup_name (statistic);
      bound = scope_format_bound (statistic, limit->value);
      clock = format_block (limits, excess.is_above ? excess.since : excess.first, format_time, data);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (
        text,
        excess.is_above
          /* Translators: a statistic, its limit, a time. */
          ? _("%s above %s since %s")
          /* Translators: a statistic, its limit, a time. */
          : _("%s was above %s, first at %s"),
        name, bound, clock);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * scope_limit_text_finding:
 * @limits: the limits
 * @finding: of a survey of them, with some endpoint that exceeded its limit
 * @format_time: (nullable): says times as the charts do; %NULL: the time of day
 * @data: for @format_time
 *
 * Returns: (transfer full): as in “3 endpoints exceed p95 500 ms; first: GET
 *   /cart at 14:03:20”
 */
char *
scope_limit_text_finding (ScopeLimits              *limits,
                          const ScopeLimitsFinding *finding,
                          ScopeFormatTime           format_time,
                          gpointer                  data)
{
  ScopeEndpoint *endpoint =
    scope_history_get_endpoint (scope_limits_get_history (limits), finding->position);
  g_autofree char *first = scope_endpoint_dup_label (endpoint);
  g_autofree char *clock = format_block (limits, finding->block, format_time, data);
  g_autofree char *bound = finding->is_one_bound
                             ? scope_limit_text_name (finding->statistic, finding->bound)
                             : scope_statistic_dup_name (finding->statistic);

  if (finding->n_exceeded == 1)
    /* Translators: an endpoint, a limit such as “p95 500 ms”, a time. */
    return g_strdup_printf (_("%s exceeded its limit (%s), first at %s"), first, bound, clock);
  if (finding->is_one_bound)
    return g_strdup_printf (
      /* Translators: how many endpoints, a limit such as “p95 500 ms”, one endpoint, a time. */
      ngettext ("%u endpoint exceeded the limit (%s), first %s at %s",
                "%u endpoints exceeded the limit (%s), first %s at %s", finding->n_exceeded),
      finding->n_exceeded, bound, first, clock);
  return g_strdup_printf (
    /* Translators: how many endpoints, a statistic such as “p95”, one endpoint, a time. */
    ngettext ("%u endpoint exceeded its limit (%s), first %s at %s",
              "%u endpoints exceeded their limits (%s), first %s at %s", finding->n_exceeded),
    finding->n_exceeded, bound, first, clock);
}

/**
 * scope_limit_text_visible:
 * @limits: the limits
 * @curves: (element-type guint): positions of the endpoints that are drawn
 *
 * Returns: (transfer full) (nullable): for a screen reader, how many of them
 *   exceeded their limits; %NULL for none
 */
char *
scope_limit_text_visible (ScopeLimits  *limits,
                          const GArray *curves)
{
  guint n_exceeded = 0, n_above = 0;

  for (guint i = 0; i < curves->len; i++)
    {
      ScopeLimitMark mark = scope_limits_get_mark (limits, g_array_index (curves, guint, i));

      n_exceeded += mark != SCOPE_LIMIT_KEPT;
      n_above += mark == SCOPE_LIMIT_ABOVE;
    }
  if (n_exceeded == 0)
    return NULL;
  if (n_above == n_exceeded)
    /* Translators: of the endpoints that are drawn: how many exceed a limit now. */
    return g_strdup_printf (ngettext ("%u of the endpoints shown is above its limit",
                                      "%u of the endpoints shown are above their limits",
                                      n_above),
                            n_above);
  if (n_above == 0)
    /* Translators: of the endpoints that are drawn: how many exceeded a limit, but do not now. */
    return g_strdup_printf (ngettext ("%u of the endpoints shown was above its limit",
                                      "%u of the endpoints shown were above their limits",
                                      n_exceeded),
                            n_exceeded);
  /* Translators: of the endpoints that are drawn: how many exceeded a limit, at least two, and
     how many of them do now. */
  return g_strdup_printf (ngettext ("%u of the endpoints shown was above its limit, %u is now",
                                    "%u of the endpoints shown were above their limits, %u now",
                                    n_exceeded),
                          n_exceeded, n_above);
}
