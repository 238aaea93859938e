/* csv-reader-stream.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes that come once, in pieces of any size.
 */
#include "csv-reader-private.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* How long a look waits for the first of them: so long it takes at most until
 * whoever reads is stopped. */
#define WAIT_MS 200

#define PIECE_BYTES (256 << 10)

/* @wait_ms: -1: until something comes, or nothing more can */
static gboolean
is_readable (int fd,
             int wait_ms)
{
  struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
  int           n;

  do
    n = poll (&poll_fd, 1, wait_ms);
  while (n < 0 && errno == EINTR && wait_ms < 0);
  return n > 0;
}

/* What follows a part of a row never comes. */
static void
end (ScopeCsvReceiver *receiver)
{
  g_autoptr (ScopeBlocks) blocks = scope_csv_parser_end (receiver->reader->parser);

  if (blocks != NULL)
    scope_csv_reader_hand_on (receiver, blocks);
}

/* FALSE: no more for now. */
static gboolean
read_piece (ScopeCsvReceiver *receiver,
            char             *buffer,
            GError          **error)
{
  ScopeCsvReader *self = receiver->reader;
  gssize          n = read (self->fd, buffer, PIECE_BYTES);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return TRUE;
  if (n < 0)
    return scope_csv_reader_set_read_error (self, errno, error);
  self->position.is_over = n == 0;
  if (n == 0)
    {
      end (receiver);
      return FALSE;
    }
  self->position.changed = g_get_real_time ();
  if (scope_csv_reader_parse (receiver, buffer, n))
    return TRUE;
  self->position.is_over = self->final_error != NULL;
  return FALSE;
}

/* See scope_csv_reader_look(). */
gboolean
scope_csv_reader_look_at_stream (ScopeCsvReceiver *receiver,
                                 GError          **error)
{
  ScopeCsvReader  *self = receiver->reader;
  g_autofree char *buffer = g_malloc (PIECE_BYTES);
  g_autoptr (GError) reason = NULL;
  int              wait_ms = self->live ? WAIT_MS : -1;

  self->position.exists = TRUE;
  while (!self->position.is_over && scope_csv_reader_has_room (self) &&
         is_readable (self->fd, wait_ms) && read_piece (receiver, buffer, &reason))
    wait_ms = MIN (wait_ms, 0);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return scope_csv_reader_end_look (receiver, error) &&
         (!self->position.is_over || scope_csv_reader_check_end (self, error));
}
