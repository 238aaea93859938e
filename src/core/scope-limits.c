/* scope-limits.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept of an endpoint is which limit holds for it and a sum of its past;
 * neither is there before somebody asks.  What is looked at are the values of
 * the charts, of all runs or of the chosen one.
 */
#include "scope-limits.h"

/* Of an endpoint and a statistic. */
typedef struct
{
  const ScopeLimit *limit;      /* borrowed (nullable) */
  ScopeExcessFold  *fold;       /* owned (nullable): before the first look */
  guint             generation; /* of the fold */
  guint             epoch;      /* of the fold */
  gboolean          is_found;   /* which limit it is */
} Item;

/* All that is limited of one statistic. */
typedef struct
{
  ScopeStatistic statistic;
  GArray        *items; /* owned Item: by position, as far as somebody asked */
} Group;

struct _ScopeLimits
{
  GObject       parent_instance;

  ScopeHistory *history;    /* owned */
  GPtrArray    *limits;     /* owned ScopeLimit */
  GPtrArray    *groups;     /* owned Group: one for each statistic among them */
  int           run;        /* what counts; -1: all */
  double        window;     /* s: that values were worked out over */
  guint         n_seen;     /* blocks that some fold may know */
  guint         generation; /* folds of an earlier one begin anew, ... */
  guint         epoch;      /* ... those of an earlier one go on */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeLimits, scope_limits, G_TYPE_OBJECT)

static void
item_clear (gpointer data)
{
  g_clear_pointer (&((Item *) data)->fold, g_free);
}

static Group *
group_new (ScopeStatistic statistic)
{
  Group *group = g_new0 (Group, 1);

  group->statistic = statistic;
  group->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (group->items, item_clear);
  return group;
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->items);
  g_free (group);
}

static Group *
find_group (ScopeLimits   *self,
            ScopeStatistic statistic)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      if (scope_statistic_equal (group->statistic, statistic))
        return group;
    }
  return NULL;
}

/* Forgets all that was worked out. */
static void
make_groups (ScopeLimits *self)
{
  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; i < self->limits->len; i++)
    {
      const ScopeLimit *limit = g_ptr_array_index (self->limits, i);

      if (find_group (self, limit->statistic) == NULL)
        g_ptr_array_add (self->groups, group_new (limit->statistic));
    }
}

static void
appended_cb (ScopeLimits *self,
             guint        first_changed)
{
  if (first_changed + SCOPE_EXCESS_KEPT < self->n_seen)
    self->generation++;
  self->n_seen = scope_history_get_n_blocks (self->history);
  self->epoch++;
}

/* Another averaging window makes other values; another statistic does not. */
static void
chosen_cb (ScopeLimits *self)
{
  double window = scope_history_get_window (self->history);

  if (window == self->window)
    return;
  self->window = window;
  self->generation++;
}

static void
items_changed_cb (ScopeLimits *self,
                  guint        position,
                  guint        n_removed,
                  guint        n_added)
{
  if (n_removed > 0) /* another file in its place */
    make_groups (self);
}

static void
scope_limits_dispose (GObject *object)
{
  ScopeLimits *self = SCOPE_LIMITS (object);

  g_clear_object (&self->history);
  G_OBJECT_CLASS (scope_limits_parent_class)->dispose (object);
}

static void
scope_limits_finalize (GObject *object)
{
  ScopeLimits *self = SCOPE_LIMITS (object);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->limits);
  G_OBJECT_CLASS (scope_limits_parent_class)->finalize (object);
}

static void
scope_limits_class_init (ScopeLimitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_limits_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_limits_finalize;

  /**
   * ScopeLimits::changed:
   *
   * There are other limits, or they hold for another run.
   */
  signals[CHANGED] = g_signal_new ("changed", SCOPE_TYPE_LIMITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
scope_limits_init (ScopeLimits *self)
{
  self->limits = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_limit_free);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->run = -1;
}

/**
 * scope_limits_new:
 * @history: what is limited
 *
 * Returns: (transfer full): no limits yet
 */
ScopeLimits *
scope_limits_new (ScopeHistory *history)
{
  ScopeLimits *self = g_object_new (SCOPE_TYPE_LIMITS, NULL);

  self->history = g_object_ref (history);
  self->window = scope_history_get_window (history);
  g_signal_connect_object (history, "appended", G_CALLBACK (appended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Returns: (transfer none): what is limited. */
ScopeHistory *
scope_limits_get_history (ScopeLimits *self)
{
  g_return_val_if_fail (SCOPE_IS_LIMITS (self), NULL);
  return self->history;
}

/* Only @run counts, from 0; -1 is all of them. */
void
scope_limits_set_run (ScopeLimits *self,
                      int          run)
{
  g_return_if_fail (SCOPE_IS_LIMITS (self));

  if (self->run == run)
    return;
  self->run = run;
  self->generation++;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer none) (element-type ScopeLimit): in the order in which they
 *   were put there; valid until another one is. */
const GPtrArray *
scope_limits_get_list (ScopeLimits *self)
{
  g_return_val_if_fail (SCOPE_IS_LIMITS (self), NULL);
  return self->limits;
}

/* Where the limit stands that @limit would take the place of; or their number. */
static guint
find_same (ScopeLimits      *self,
           const ScopeLimit *limit)
{
  guint i;

  for (i = 0; i < self->limits->len; i++)
    {
      ScopeLimit other = *(const ScopeLimit *) g_ptr_array_index (self->limits, i);

      other.value = limit->value;
      if (scope_limit_equal (&other, limit))
        break;
    }
  return i;
}

/* Returns: (transfer none) (nullable): the limit of the same statistic for the
 *   same endpoints, whatever its value. */
const ScopeLimit *
scope_limits_find_same (ScopeLimits      *self,
                        const ScopeLimit *limit)
{
  guint i = find_same (self, limit);

  g_return_val_if_fail (SCOPE_IS_LIMITS (self), NULL);
  return i < self->limits->len ? g_ptr_array_index (self->limits, i) : NULL;
}

static void
changed (ScopeLimits *self)
{
  make_groups (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Sets @limit, in the place of one of the same statistic for the same endpoints. */
void
scope_limits_put (ScopeLimits      *self,
                  const ScopeLimit *limit)
{
  guint i = find_same (self, limit);

  g_return_if_fail (SCOPE_IS_LIMITS (self));
  g_return_if_fail (scope_limit_can_be (limit->statistic));

  if (i < self->limits->len)
    {
      if (scope_limit_equal (g_ptr_array_index (self->limits, i), limit))
        return;
      g_ptr_array_remove_index (self->limits, i); /* the latest counts among patterns */
    }
  g_ptr_array_add (self->limits, scope_limit_copy (limit));
  changed (self);
}

/* Takes away the limit of that statistic for these endpoints, whatever its value. */
void
scope_limits_remove (ScopeLimits      *self,
                     const ScopeLimit *limit)
{
  guint i = find_same (self, limit);

  g_return_if_fail (SCOPE_IS_LIMITS (self));

  if (i == self->limits->len)
    return;
  g_ptr_array_remove_index (self->limits, i);
  changed (self);
}

/* Of how many statistics there are limits. */
guint
scope_limits_get_n_statistics (ScopeLimits *self)
{
  g_return_val_if_fail (SCOPE_IS_LIMITS (self), 0);
  return self->groups->len;
}

ScopeStatistic
scope_limits_get_statistic (ScopeLimits *self,
                            guint        i)
{
  g_return_val_if_fail (SCOPE_IS_LIMITS (self), (ScopeStatistic){ 0 });
  g_return_val_if_fail (i < self->groups->len, (ScopeStatistic){ 0 });
  return ((Group *) g_ptr_array_index (self->groups, i))->statistic;
}

/* The most specific limit; of several such, the latest. */
static const ScopeLimit *
choose_limit (ScopeLimits   *self,
              ScopeStatistic statistic,
              ScopeEndpoint *endpoint)
{
  gboolean total_too = scope_history_get_n_endpoints (self->history) == 0 ||
                       scope_history_has_only_total (self->history);
  ScopeLimitReach   best = SCOPE_LIMIT_ALL;
  const ScopeLimit *found = NULL;

  for (guint i = 0; i < self->limits->len; i++)
    {
      const ScopeLimit *limit = g_ptr_array_index (self->limits, i);
      ScopeLimitReach   reach;

      if (!scope_statistic_equal (limit->statistic, statistic))
        continue;
      reach = scope_limit_fits (limit, endpoint, total_too);
      if (reach < best)
        continue;
      best = reach;
      found = limit;
    }
  return found;
}

static Item *
find_item (ScopeLimits   *self,
           guint          position,
           ScopeStatistic statistic)
{
  Group         *group = find_group (self, statistic);
  ScopeEndpoint *endpoint;
  Item          *item;

  if (group == NULL)
    return NULL;
  if (position >= group->items->len)
    g_array_set_size (group->items, position + 1);
  item = &g_array_index (group->items, Item, position);
  endpoint = scope_history_get_endpoint (self->history, position);
  /* Whether the total stands alone may change with each block. */
  if (!item->is_found || scope_endpoint_get_is_total (endpoint))
    {
      const ScopeLimit *limit = choose_limit (self, statistic, endpoint);

      if (limit != item->limit)
        g_clear_pointer (&item->fold, g_free);
      item->limit = limit;
      item->is_found = TRUE;
    }
  return item->limit ? item : NULL;
}

/**
 * scope_limits_find:
 * @self: the limits
 * @position: of the endpoint in the history
 * @statistic: what may be limited
 *
 * Returns: (transfer none) (nullable): the limit that holds; valid until the
 *   limits change
 */
const ScopeLimit *
scope_limits_find (ScopeLimits   *self,
                   guint          position,
                   ScopeStatistic statistic)
{
  Item *item;

  g_return_val_if_fail (SCOPE_IS_LIMITS (self), NULL);

  item = find_item (self, position, statistic);
  return item ? item->limit : NULL;
}

/* The blocks that count, as far as the endpoint has rows: in the last block its
 * own may be yet to come. */
static ScopeRun
get_range (ScopeLimits *self,
           guint        position)
{
  const ScopeColumns *columns = scope_history_get_columns (self->history, position);
  guint               n_runs = self->run >= 0 ? scope_history_get_n_runs (self->history) : 0;
  ScopeRun            range = { 0, scope_history_get_n_blocks (self->history) };

  if (n_runs > 0)
    range = scope_history_get_run (self->history, MIN ((guint) self->run, n_runs - 1));
  range.end = CLAMP (columns->first + columns->n_rows, range.first, range.end);
  return range;
}

/* Brings what is known of an endpoint up to date. */
static void
look (ScopeLimits   *self,
      Item          *item,
      guint          position,
      ScopeStatistic statistic)
{
  ScopeRun range = get_range (self, position);

  if (item->fold == NULL || item->generation != self->generation ||
      item->fold->early_end < range.first)
    {
      if (item->fold == NULL)
        item->fold = g_new (ScopeExcessFold, 1);
      scope_excess_fold_init (item->fold, range.first);
    }
  else if (item->epoch == self->epoch && item->fold->end == range.end)
    {
      return;
    }
  scope_excess_fold_extend (item->fold, self->history, position, statistic, item->limit->value,
                            range.end);
  item->generation = self->generation;
  item->epoch = self->epoch;
  self->n_seen = MAX (self->n_seen, range.end);
}

/**
 * scope_limits_check:
 * @self: the limits
 * @position: of the endpoint in the history
 * @statistic: what may be limited
 * @excess: (out): when and how it was exceeded
 *
 * Looks at what is new since it was called last.
 *
 * Returns: (transfer none) (nullable): the limit that holds; %NULL where there
 *   is none, and @excess is empty
 */
const ScopeLimit *
scope_limits_check (ScopeLimits   *self,
                    guint          position,
                    ScopeStatistic statistic,
                    ScopeExcess   *excess)
{
  Item *item;

  g_return_val_if_fail (SCOPE_IS_LIMITS (self), NULL);

  *excess = (ScopeExcess){ 0 };
  item = find_item (self, position, statistic);
  if (item == NULL)
    return NULL;
  look (self, item, position, statistic);
  *excess = item->fold->now;
  return item->limit;
}

/**
 * scope_limits_get_mark:
 * @self: the limits
 * @position: of the endpoint in the history
 *
 * Returns: whether the endpoint is above any of its limits, or was
 */
ScopeLimitMark
scope_limits_get_mark (ScopeLimits *self,
                       guint        position)
{
  ScopeLimitMark mark = SCOPE_LIMIT_KEPT;

  g_return_val_if_fail (SCOPE_IS_LIMITS (self), mark);

  for (guint i = 0; i < self->groups->len; i++)
    {
      ScopeExcess excess;

      scope_limits_check (self, position, scope_limits_get_statistic (self, i), &excess);
      if (excess.is_above)
        return SCOPE_LIMIT_ABOVE;
      if (excess.n_above > 0)
        mark = SCOPE_LIMIT_EXCEEDED;
    }
  return mark;
}
