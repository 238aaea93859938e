/* csv-known.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The endpoints of a file as they stand in it, and the order in which they
 * come: mostly each is followed by the one that followed it last time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SCOPE_CSV_STAMP_BYTES     11 /* with the comma */
#define SCOPE_CSV_MAX_USERS       9  /* digits */
#define SCOPE_CSV_LONGEST_EXTREME 24 /* bytes */

/* Texts can be looked at beyond their end. */
#define SCOPE_CSV_TEXT_MARGIN 16

typedef struct
{
  guint32  next;     /* what followed last time */
  guint    length;   /* of the text */
  guint    n_lines;  /* line ends in it */
  gboolean is_total;
  char    *text;     /* a reference; NULL: not known: type and name with the comma behind each */

  /* The last minimum and maximum, with the comma between them. */
  guint    extremes_length; /* 0: there are none */
  char     extremes_text[2 * SCOPE_CSV_LONGEST_EXTREME + 1 + SCOPE_CSV_TEXT_MARGIN];
  double   extremes[2];
} ScopeCsvEndpoint;

typedef struct
{
  GArray *list;     /* owned; ScopeCsvEndpoint by its identity */
  guint32 total;    /* its identity, or G_MAXUINT32 */
  guint32 previous; /* of the last row */
  guint32 expected; /* of the next one, or G_MAXUINT32 */
  guint64 n_learnt; /* how often there was something to learn */
} ScopeCsvKnown;

void  scope_csv_known_init       (ScopeCsvKnown       *self);
void  scope_csv_known_clear      (ScopeCsvKnown       *self);
void  scope_csv_known_learn      (ScopeCsvKnown       *self,
                                  guint32              identity,
                                  gboolean             is_total,
                                  const char          *text,
                                  gsize                length);
void  scope_csv_known_follow     (ScopeCsvKnown       *self,
                                  const ScopeCsvKnown *other);
gsize scope_csv_known_find_block (const ScopeCsvKnown *self,
                                  const char          *data,
                                  gsize                length,
                                  gsize                from);

/* (nullable): whose row comes next. */
static inline ScopeCsvEndpoint *
scope_csv_known_get_expected (const ScopeCsvKnown *self)
{
  ScopeCsvEndpoint *endpoint;

  if (self->expected >= self->list->len)
    return NULL;
  endpoint = &g_array_index (self->list, ScopeCsvEndpoint, self->expected);
  return endpoint->text != NULL ? endpoint : NULL;
}

/* Expects what follows @identity, whose row was read. */
static inline void
scope_csv_known_go_to (ScopeCsvKnown *self,
                       guint32        identity)
{
  self->previous = identity;
  self->expected = identity < self->list->len
                     ? g_array_index (self->list, ScopeCsvEndpoint, identity).next
                     : G_MAXUINT32;
}

G_END_DECLS
