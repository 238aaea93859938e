/* csv-reader-file.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event or a timer only says "look now"; what happened is found out here,
 * from the file itself.  The file is never mapped, since its writer may truncate
 * it at any time.
 */
#include "csv-reader-private.h"

#include "csv-file.h"
#include "csv-turns.h"
#include "feed.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* s: an older summary is not of a test that is going on */
#define FRESH_S 20

#define MAX_SUMMARY_BYTES (64 << 20)

/* A file that changes while it is read is read anew so often in a look. */
#define MOST_TURNS 3

/* Of a piece where each row is a new endpoint. */
#define NEW_ENDPOINTS_BYTES ((gsize) 256 << 10)

static void
close_file (ScopeCsvReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* FALSE, with the system's number, where the bytes that follow cannot be read. */
static gboolean
read_piece (ScopeCsvReceiver *receiver,
            char             *buffer,
            gsize             size,
            gssize           *n,
            GError          **error)
{
  ScopeCsvReader *self = receiver->reader;
  struct stat     status;

  for (;;)
    {
      *n = scope_csv_file_read_piece (self->fd, buffer, size, self->position.offset, &status);
      if (*n >= 0)
        return TRUE;
      if (!scope_csv_reader_pass_over (receiver, errno))
        return scope_csv_reader_set_read_error (self, errno, error);
    }
}

/* Reads to the end of the open file: what is long, by two threads where there
 * are rows for that. */
static gboolean
drain (ScopeCsvReceiver *receiver,
       GError          **error)
{
  ScopeCsvReader  *self = receiver->reader;
  gsize            size = self->piece;
  g_autofree char *buffer = g_malloc (SCOPE_CSV_MOST_PIECE_BYTES);

  /* What a look before did not get out of what is compressed. */
  if (!scope_csv_reader_parse (receiver, "", 0))
    return TRUE;
  for (;;)
    {
      gssize n;

      if (!read_piece (receiver, buffer, size, &n, error))
        return FALSE;
      if (n == 0 || !scope_csv_reader_parse (receiver, buffer, n))
        return TRUE;
      if (self->has_new_endpoints)
        size = MIN (size, NEW_ENDPOINTS_BYTES);
      if (self->has_new_endpoints || (gsize) n < size || !self->has_other_cpus ||
          self->inflate != NULL)
        continue;
      if (!scope_csv_parser_can_read_ahead (self->parser))
        size = SCOPE_CSV_MOST_PIECE_BYTES;
      else if (!scope_csv_read_in_turns (self->parser, self->fd, self->position.offset,
                                         self->piece, scope_csv_reader_take, receiver))
        return TRUE;
    }
}

/* Reads what is new in the open file, anew where it is another one. */
static gboolean
read_new (ScopeCsvReceiver *receiver,
          GError          **error)
{
  ScopeCsvReader *self = receiver->reader;

  if (!scope_csv_marks_hold (&self->marks, self->fd, self->position.offset))
    scope_csv_reader_begin_anew (self);
  for (guint i = 0; i < MOST_TURNS; i++)
    {
      receiver->has_changed = FALSE;
      if (self->final_error != NULL || !scope_csv_reader_has_room (self))
        return TRUE;
      if (!drain (receiver, error))
        return FALSE;
      if (!receiver->has_changed)
        return TRUE;
      scope_csv_reader_begin_anew (self);
    }
  return TRUE;
}

static gboolean
set_not_file_error (ScopeCsvReader    *self,
                    const struct stat *status,
                    GError           **error)
{
  g_autofree char *name = scope_csv_reader_get_name (self);

  g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_NOT_FILE,
               S_ISDIR (status->st_mode)
                 ? _("“%s” is a folder. Open the PREFIX_stats_history.csv in it.")
               : S_ISFIFO (status->st_mode)
                 ? _("“%s” is a pipe, which can be read but once. “locustscope - < PIPE” follows "
                     "what comes out of it.")
                 : _("“%s” is a device or a socket, not a regular file."),
               name);
  return FALSE;
}

static gboolean
is_open_file (ScopeCsvReader    *self,
              const struct stat *status)
{
  struct stat open_status;

  return self->fd >= 0 && fstat (self->fd, &open_status) == 0 &&
         open_status.st_dev == status->st_dev && open_status.st_ino == status->st_ino;
}

/* Opens what is at the path now, after the last of what was there; FALSE, with
 * the system's number, where nothing can be opened. */
static gboolean
turn_to_file (ScopeCsvReceiver *receiver)
{
  ScopeCsvReader *self = receiver->reader;
  int             fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return FALSE;
  /* An error in what was there does not matter any more. */
  if (self->fd >= 0)
    read_new (receiver, NULL);
  close_file (self);
  self->fd = fd;
  scope_csv_reader_begin_anew (self);
  return TRUE;
}

static gint64
get_summary_change (ScopeCsvReader *self)
{
  struct stat status;

  if (self->summary_path == NULL || stat (self->summary_path, &status) != 0)
    return 0;
  return scope_csv_file_get_change (&status);
}

/* A summary that is being written is looked at again next time. */
static void
read_summary (ScopeCsvReceiver *receiver)
{
  ScopeCsvReader         *self = receiver->reader;
  struct stat             status;
  gint64                  written = get_summary_change (self);
  g_autofree char        *bytes = NULL;
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (!self->live || self->fd < 0 || written == 0 || written == self->summary_seen ||
      g_get_real_time () - written > FRESH_S * G_USEC_PER_SEC)
    return;
  bytes = scope_csv_file_read_undisturbed (self->summary_path, MAX_SUMMARY_BYTES, &status);
  if (bytes == NULL)
    return;
  written = scope_csv_file_get_change (&status);
  blocks = scope_csv_parser_read_summary (self->parser, bytes, status.st_size, written);
  if (blocks == NULL)
    return;
  self->summary_seen = written;
  receiver->func (blocks, &self->position, receiver->data);
}

/* Nothing can be seen at the path: what is open is still written to, maybe, and
 * may come back. */
static gboolean
look_at_open_file (ScopeCsvReceiver *receiver,
                   int               number,
                   GError          **error)
{
  ScopeCsvReader *self = receiver->reader;

  self->position.exists = FALSE;
  if (self->fd >= 0 && !read_new (receiver, error))
    return FALSE;
  if (number != ENOENT && number != ENOTDIR)
    return scope_csv_reader_set_read_error (self, number, error);
  scope_csv_reader_tell_of_new (receiver);
  /* What is wrong with it does not matter any more. */
  return self->fd < 0 || self->final_error != NULL ||
         scope_csv_reader_end_look (receiver, error);
}

/* A compressed file that nobody writes to any more has an end. */
static gboolean
check_end (ScopeCsvReader *self,
           GError        **error)
{
  gint64 age = g_get_real_time () - self->position.changed;

  return (self->live && age < FRESH_S * G_USEC_PER_SEC) || scope_csv_reader_check_end (self, error);
}

/* See scope_csv_reader_look(). */
gboolean
scope_csv_reader_look_at_file (ScopeCsvReceiver *receiver,
                               GError          **error)
{
  ScopeCsvReader *self = receiver->reader;
  struct stat     status;

  /* A folder that may not be looked into hides what was opened in it. */
  if (stat (self->path, &status) != 0)
    return look_at_open_file (receiver, errno == EACCES && self->fd >= 0 ? ENOENT : errno, error);
  /* Asked before it is opened: that can have effects of its own. */
  if (!S_ISREG (status.st_mode))
    return set_not_file_error (self, &status, error);
  if (!is_open_file (self, &status))
    {
      if (!turn_to_file (receiver))
        return look_at_open_file (receiver, errno, error);
      if (fstat (self->fd, &status) == 0 && !S_ISREG (status.st_mode))
        {
          close_file (self);
          return set_not_file_error (self, &status, error);
        }
    }

  self->position.exists = TRUE;
  self->position.size = MAX (status.st_size, self->position.offset);
  self->position.changed = MAX (scope_csv_file_get_change (&status), get_summary_change (self));
  if (!read_new (receiver, error) || !scope_csv_reader_end_look (receiver, error))
    return FALSE;
  read_summary (receiver);
  return check_end (self, error);
}
