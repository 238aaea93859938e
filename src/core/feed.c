/* feed.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What all feeds have in common: the properties that a window shows.
 */
#include "feed.h"

typedef struct
{
  ScopeFeedState state;
  double         progress;
  GError        *error; /* owned */
  gboolean       running;
} ScopeFeedPrivate;

enum
{
  PROP_STATE = 1,
  PROP_PROGRESS,
  PROP_ERROR,
  PROP_RUNNING,
  N_PROPS
};

enum
{
  BLOCKS,
  CAUGHT_UP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_QUARK (scope-feed-error-quark, scope_feed_error)
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ScopeFeed, scope_feed, G_TYPE_OBJECT)

#define PRIVATE(self) ((ScopeFeedPrivate *) scope_feed_get_instance_private (self))

static void
scope_feed_finalize (GObject *object)
{
  g_clear_error (&PRIVATE (SCOPE_FEED (object))->error);
  G_OBJECT_CLASS (scope_feed_parent_class)->finalize (object);
}

static void
scope_feed_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ScopeFeedPrivate *private = PRIVATE (SCOPE_FEED (object));

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, private->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, private->progress);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, private->error);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, private->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_feed_class_init (ScopeFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = scope_feed_finalize;
  object_class->get_property = scope_feed_get_property;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, SCOPE_FEED_WAITING,
                                             SCOPE_FEED_ENDED, SCOPE_FEED_WAITING, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ScopeFeed::blocks:
   * @blocks: (type ScopeBlocks): the next rows
   */
  signals[BLOCKS] = g_signal_new ("blocks", SCOPE_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, SCOPE_TYPE_BLOCKS);

  /**
   * ScopeFeed::caught-up:
   *
   * Nothing more is there for now: what came with ::blocks may be several
   * pieces of one block.
   */
  signals[CAUGHT_UP] = g_signal_new ("caught-up", SCOPE_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_feed_init (ScopeFeed *self)
{
}

static void
set_running (ScopeFeed *self,
             gboolean   running)
{
  PRIVATE (self)->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* Begins to read, or goes on where it was stopped. */
void
scope_feed_start (ScopeFeed *self)
{
  g_return_if_fail (SCOPE_IS_FEED (self));

  if (PRIVATE (self)->running)
    return;
  set_running (self, TRUE);
  SCOPE_FEED_GET_CLASS (self)->start (self);
}

/* Stops reading at once; nothing is emitted after this returns. */
void
scope_feed_stop (ScopeFeed *self)
{
  g_return_if_fail (SCOPE_IS_FEED (self));

  if (!PRIVATE (self)->running)
    return;
  SCOPE_FEED_GET_CLASS (self)->stop (self);
  set_running (self, FALSE);
}

gboolean
scope_feed_get_running (ScopeFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_FEED (self), FALSE);
  return PRIVATE (self)->running;
}

ScopeFeedState
scope_feed_get_state (ScopeFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_FEED (self), SCOPE_FEED_WAITING);
  return PRIVATE (self)->state;
}

/* How much of what was there at the start has been read: 0 to 1; 1 from then
 * on, whatever is appended. */
double
scope_feed_get_progress (ScopeFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_FEED (self), 0);
  return PRIVATE (self)->progress;
}

/* (nullable): why nothing can be read at the moment. */
const GError *
scope_feed_get_error (ScopeFeed *self)
{
  g_return_val_if_fail (SCOPE_IS_FEED (self), NULL);
  return PRIVATE (self)->error;
}

void
scope_feed_emit_blocks (ScopeFeed   *self,
                        ScopeBlocks *blocks)
{
  g_return_if_fail (SCOPE_IS_FEED (self));
  g_signal_emit (self, signals[BLOCKS], 0, blocks);
}

void
scope_feed_emit_caught_up (ScopeFeed *self)
{
  g_return_if_fail (SCOPE_IS_FEED (self));
  g_signal_emit (self, signals[CAUGHT_UP], 0);
}

void
scope_feed_set_state (ScopeFeed      *self,
                      ScopeFeedState  state)
{
  g_return_if_fail (SCOPE_IS_FEED (self));

  if (PRIVATE (self)->state == state)
    return;
  PRIVATE (self)->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
scope_feed_set_progress (ScopeFeed *self,
                         double     progress)
{
  g_return_if_fail (SCOPE_IS_FEED (self));

  if (PRIVATE (self)->progress == progress)
    return;
  PRIVATE (self)->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* Whether both say the same, or nothing. */
gboolean
scope_feed_error_is_same (const GError *a,
                          const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_error_matches (a, b->domain, b->code) && g_str_equal (a->message, b->message);
}

void
scope_feed_set_error (ScopeFeed    *self,
                      const GError *error)
{
  ScopeFeedPrivate *private;

  g_return_if_fail (SCOPE_IS_FEED (self));

  private = PRIVATE (self);
  if (scope_feed_error_is_same (private->error, error))
    return;
  g_clear_error (&private->error);
  private->error = error ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}
