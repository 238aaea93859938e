/* feed.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where rows come from.  A feed is started and stopped, has a state, and
 * emits "blocks" in the main context it was started in.  It knows nothing of
 * histories or charts.
 */
#pragma once

#include <gio/gio.h>

#include "blocks.h"

G_BEGIN_DECLS

#define SCOPE_FEED_ERROR (scope_feed_error_quark ())

typedef enum
{
  SCOPE_FEED_ERROR_FORMAT,   /* not a file that this feed reads */
  SCOPE_FEED_ERROR_NOT_FILE, /* a directory, a device, a pipe */
  SCOPE_FEED_ERROR_READ,     /* the system refuses to read it, or more of it */
  SCOPE_FEED_ERROR_DAMAGED,  /* what follows cannot be made out */
  SCOPE_FEED_ERROR_MEMORY,   /* what follows does not fit */
} ScopeFeedError;

typedef enum
{
  SCOPE_FEED_WAITING, /* no block yet */
  SCOPE_FEED_LIVE,
  SCOPE_FEED_ENDED,
} ScopeFeedState;

#define SCOPE_TYPE_FEED (scope_feed_get_type ())
G_DECLARE_DERIVABLE_TYPE (ScopeFeed, scope_feed, SCOPE, FEED, GObject)

struct _ScopeFeedClass
{
  GObjectClass parent_class;

  void (*start) (ScopeFeed *self);
  void (*stop)  (ScopeFeed *self);
};

GQuark         scope_feed_error_quark  (void);
gboolean       scope_feed_error_is_same (const GError  *a,
                                        const GError   *b);
void           scope_feed_start        (ScopeFeed      *self);
void           scope_feed_stop         (ScopeFeed      *self);
gboolean       scope_feed_get_running  (ScopeFeed      *self);
ScopeFeedState scope_feed_get_state    (ScopeFeed      *self);
double         scope_feed_get_progress (ScopeFeed      *self);
const GError  *scope_feed_get_error    (ScopeFeed      *self);

/* For those who derive from it. */
void           scope_feed_emit_blocks  (ScopeFeed      *self,
                                        ScopeBlocks    *blocks);
void           scope_feed_emit_caught_up (ScopeFeed    *self);
void           scope_feed_set_state    (ScopeFeed      *self,
                                        ScopeFeedState  state);
void           scope_feed_set_progress (ScopeFeed      *self,
                                        double          progress);
void           scope_feed_set_error    (ScopeFeed      *self,
                                        const GError   *error);

G_END_DECLS
