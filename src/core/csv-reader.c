/* csv-reader.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file and a stream have in common: their bytes, maybe compressed, become
 * rows, which are handed on.
 */
#include "csv-reader-private.h"

#include "csv-file.h"
#include "csv-held.h"
#include "csv-turns.h"
#include "feed.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Of a batch, where one thread reads and another draws. */
#define ALONE_BYTES (2 << 20)

/* Bytes after which it is asked again whether more fits: of text, since what comes of
 * it is not larger, and of what endpoints take beside their rows. */
#define ROOM_STEP      ((guint64) 16 << 20)
#define ENDPOINT_BYTES 4096

/* So many that come at once are taken in for longer than rows are. */
#define MANY_ENDPOINTS 1024

#define HISTORY_SUFFIX "_stats_history.csv"
#define SUMMARY_SUFFIX "_stats.csv"

/**
 * scope_csv_summary_path:
 * @path: of a PREFIX_stats_history.csv
 *
 * Returns: (transfer full) (nullable): where Locust puts PREFIX_stats.csv
 */
char *
scope_csv_summary_path (const char *path)
{
  g_autofree char *prefix = NULL;

  if (!g_str_has_suffix (path, HISTORY_SUFFIX))
    return NULL;
  prefix = g_strndup (path, strlen (path) - strlen (HISTORY_SUFFIX));
  return g_strconcat (prefix, SUMMARY_SUFFIX, NULL);
}

static ScopeCsvReader *
reader_new (int fd)
{
  ScopeCsvReader *self = g_new0 (ScopeCsvReader, 1);

  self->fd = fd;
  self->parser = scope_csv_parser_new ();
  self->piece = SCOPE_CSV_PIECE_BYTES;
  self->has_other_cpus = g_get_num_processors () > 1;
  self->held = g_array_new (FALSE, FALSE, sizeof (ScopeRequest));
  self->get_room = scope_memory_get_room;
  self->stuck_at = -1;
  return self;
}

/**
 * scope_csv_reader_new:
 * @path: of the history; nothing needs to be there yet
 *
 * Returns: (transfer full): a reader that has not looked yet
 */
ScopeCsvReader *
scope_csv_reader_new (const char *path)
{
  ScopeCsvReader *self = reader_new (-1);

  self->path = g_strdup (path);
  self->summary_path = scope_csv_summary_path (path);
  return self;
}

/**
 * scope_csv_reader_new_stream:
 * @fd: of a pipe, a socket or a file, which is read from where it is to its end;
 *   it stays the caller's, open until the reader is gone
 *
 * A look waits a while for what comes, and one that no other follows until
 * nothing more can.
 *
 * Returns: (transfer full): a reader that has not looked yet
 */
ScopeCsvReader *
scope_csv_reader_new_stream (int fd)
{
  return reader_new (fd);
}

/* Whether more looks follow: then the requests of a second are handed on
 * when it is over; and the summary beside a history tells what the history does
 * not have yet. */
void
scope_csv_reader_set_live (ScopeCsvReader *self,
                           gboolean        live)
{
  self->live = live;
}

/* Before the first look: which kinds of values nobody will ask for; see
 * scope_schema_drop(). */
void
scope_csv_reader_drop (ScopeCsvReader *self,
                       guint           kinds)
{
  self->dropped = kinds;
  scope_csv_parser_drop (self->parser, kinds);
}

/* For tests, before the first look: how many bytes two threads read at a time, at
 * first; 8 KB to %SCOPE_CSV_MOST_PIECE_BYTES. */
void
scope_csv_reader_set_piece (ScopeCsvReader *self,
                            gsize           piece)
{
  self->piece = piece;
}

/* Between looks: whether no thread but the caller's reads, in batches for who has
 * much to do with each, and takes them meanwhile. */
void
scope_csv_reader_set_alone (ScopeCsvReader *self,
                            gboolean        alone)
{
  self->piece = alone ? ALONE_BYTES : SCOPE_CSV_PIECE_BYTES;
  self->has_other_cpus = !alone && g_get_num_processors () > 1;
}

/* For tests: who tells how much memory there is. */
void
scope_csv_reader_set_memory (ScopeCsvReader *self,
                             ScopeMemoryFunc func)
{
  self->get_room = func;
}

void
scope_csv_reader_free (ScopeCsvReader *self)
{
  if (self->path != NULL && self->fd >= 0)
    close (self->fd);
  scope_csv_parser_free (self->parser);
  g_clear_pointer (&self->inflate, scope_csv_inflate_free);
  g_clear_error (&self->final_error);
  g_array_unref (self->held);
  g_free (self->summary_path);
  g_free (self->path);
  g_free (self);
}

ScopeCsvPosition
scope_csv_reader_get_position (ScopeCsvReader *self)
{
  return self->position;
}

/* (transfer full): for messages. */
char *
scope_csv_reader_get_name (ScopeCsvReader *self)
{
  return self->path ? g_filename_display_name (self->path) : g_strdup (_("Standard input"));
}

/* Where it ends is said if some of it could be read. */
gboolean
scope_csv_reader_set_read_error (ScopeCsvReader *self,
                                 int             number,
                                 GError        **error)
{
  g_autofree char *name = scope_csv_reader_get_name (self);
  g_autofree char *place = g_strdup_printf ("%" G_GOFFSET_FORMAT, self->position.offset);

  if (self->position.offset > 0 && number == EIO)
    g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_READ,
                 _("“%s” cannot be read beyond byte %s: %s. What comes before is shown."), name,
                 place, g_strerror (number));
  else
    g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_READ, _("“%s” cannot be read: %s."),
                 name, g_strerror (number));
  return FALSE;
}

/* What is read from now on replaces what was. */
void
scope_csv_reader_begin_anew (ScopeCsvReader *self)
{
  scope_csv_parser_free (self->parser);
  self->parser = scope_csv_parser_new ();
  scope_csv_parser_drop (self->parser, self->dropped);
  g_clear_pointer (&self->inflate, scope_csv_inflate_free);
  g_clear_error (&self->final_error);
  self->begins_anew = TRUE;
  g_array_set_size (self->held, 0);
  self->position.offset = 0;
  scope_csv_marks_clear (&self->marks);
  self->n_taken = self->room_asked = 0;
  self->is_full = FALSE;
  self->stuck_at = -1;
}

/* FALSE where the receiver has enough for now. */
gboolean
scope_csv_reader_hand_on (ScopeCsvReceiver *receiver,
         ScopeBlocks      *blocks)
{
  ScopeCsvReader *self = receiver->reader;

  blocks->reset = self->begins_anew;
  self->begins_anew = FALSE;
  if (self->live)
    scope_csv_held_exchange (self->held, blocks);
  return receiver->func (blocks, &self->position, receiver->data);
}

/* Whether there is memory for what follows. */
gboolean
scope_csv_reader_has_room (ScopeCsvReader *self)
{
  if (!self->is_full && self->n_taken - self->room_asked < ROOM_STEP)
    return TRUE;
  self->room_asked = self->n_taken;
  self->is_full = self->get_room () < 0;
  return !self->is_full;
}

static gboolean
set_full_error (ScopeCsvReader *self,
                gboolean        goes_on,
                GError        **error)
{
  g_autofree char *read = g_format_size_full (self->position.offset, G_FORMAT_SIZE_IEC_UNITS);

  if (self->position.offset == 0)
    g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_MEMORY,
                         _("There is not enough memory for it."));
  else
    g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_MEMORY,
                 goes_on ? _("There is not enough memory for more than the first %s, which are "
                             "shown. Close other programs or windows: then reading goes on.")
                         : _("There is not enough memory for more than the first %s."),
                 read);
  return FALSE;
}

/* Whether there is memory for the endpoints that are new in @blocks; where not, the
 * file is read no further, since the parser has read on. */
static gboolean
has_room_for (ScopeCsvReader    *self,
              const ScopeBlocks *blocks)
{
  guint64 n_bytes = (guint64) blocks->identities->len * ENDPOINT_BYTES;

  self->n_taken += n_bytes;
  self->has_new_endpoints = blocks->identities->len >= MANY_ENDPOINTS;
  if (n_bytes < ROOM_STEP || (gint64) n_bytes <= self->get_room ())
    return TRUE;
  set_full_error (self, FALSE, &self->final_error);
  return FALSE;
}

/* These bytes, which follow, were read and gave @blocks (nullable); @data is the
 * receiver.  FALSE where no more is wanted. */
gboolean
scope_csv_reader_take (const char  *bytes,
                       gsize        length,
                       ScopeBlocks *blocks,
                       gpointer     data)
{
  ScopeCsvReceiver *receiver = data;
  ScopeCsvReader   *self = receiver->reader;
  gboolean          has_room;

  /* Asked after they were read: if they were of another file, so is this. */
  receiver->has_changed =
    self->path != NULL &&
    !scope_csv_marks_mark_holds (&self->marks, self->fd, self->position.offset);
  if (receiver->has_changed)
    return FALSE;
  has_room = blocks == NULL || has_room_for (self, blocks);
  scope_csv_marks_note (&self->marks, bytes, length);
  self->position.offset += length;
  self->position.size = MAX (self->position.size, self->position.offset);
  self->n_taken += self->inflate ? 0 : length;
  return blocks != NULL && has_room && scope_csv_reader_hand_on (receiver, blocks) &&
         scope_csv_reader_has_room (self);
}

static void
set_damaged (ScopeCsvReader *self)
{
  g_autofree char *place = g_strdup_printf ("%" G_GOFFSET_FORMAT, self->position.offset);

  g_set_error (&self->final_error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_DAMAGED,
               _("The compressed file is damaged at byte %s or before: what comes before is shown, "
                 "but may be wrong."),
               place);
}

/* A stream's bytes are taken all, whatever the receiver says: they do not come
 * again. */
static gboolean
parse_compressed (ScopeCsvReceiver *receiver,
                  const char       *bytes,
                  gsize             length)
{
  ScopeCsvReader *self = receiver->reader;
  gboolean        is_wanted = TRUE;

  for (;;)
    {
      gsize                   used, n;
      const char             *out;
      g_autoptr (ScopeBlocks) blocks = NULL;
      gboolean                is_sound =
        scope_csv_inflate_run (self->inflate, bytes, length, &used, &out, &n);

      if (is_sound && used == 0 && n == 0)
        return is_wanted;
      self->n_taken += n;
      blocks = scope_csv_parser_feed (self->parser, out, n, &self->final_error);
      is_wanted = scope_csv_reader_take (bytes, used, blocks, receiver);
      if (!is_sound && self->final_error == NULL && !receiver->has_changed)
        set_damaged (self);
      if (!is_sound || blocks == NULL || (!is_wanted && self->path != NULL))
        return FALSE;
      bytes += used;
      length -= used;
    }
}

/* Parses the bytes that follow; no bytes may give more rows, too, where a receiver
 * had enough amid what is compressed.  FALSE where nothing more is wanted. */
gboolean
scope_csv_reader_parse (ScopeCsvReceiver *receiver,
                        const char       *bytes,
                        gsize             length)
{
  ScopeCsvReader         *self = receiver->reader;
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (self->position.offset == 0 && self->inflate == NULL && length > 0 &&
      bytes[0] == SCOPE_CSV_GZIP_BYTE)
    self->inflate = scope_csv_inflate_new ();
  if (self->inflate != NULL)
    return parse_compressed (receiver, bytes, length);
  if (length == 0)
    return TRUE;
  blocks = scope_csv_parser_feed (self->parser, bytes, length, &self->final_error);
  return scope_csv_reader_take (bytes, length, blocks, receiver);
}

/* A batch without rows says that the file was begun anew. */
void
scope_csv_reader_tell_of_new (ScopeCsvReceiver *receiver)
{
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (!receiver->reader->begins_anew)
    return;
  blocks = scope_blocks_new (NULL, 0);
  scope_csv_reader_hand_on (receiver, blocks);
}

/* Hands on what was held back, when its second is over. */
void
scope_csv_reader_release_held (ScopeCsvReceiver *receiver)
{
  ScopeCsvReader         *self = receiver->reader;
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (self->held->len == 0)
    return;
  blocks = scope_csv_parser_feed (self->parser, "", 0, NULL);
  scope_csv_held_exchange (self->held, blocks);
  if (blocks->requests->len > 0)
    receiver->func (blocks, &self->position, receiver->data);
}

/* Nothing more comes: a compressed file should have an end.  FALSE if not. */
gboolean
scope_csv_reader_check_end (ScopeCsvReader *self,
                            GError        **error)
{
  if (self->inflate == NULL || scope_csv_inflate_is_whole (self->inflate))
    return TRUE;
  g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_DAMAGED,
                       _("The compressed file has no end: a part of it is missing."));
  return FALSE;
}

/* What stands in the way of more is the look's error; FALSE if anything does. */
gboolean
scope_csv_reader_end_look (ScopeCsvReceiver *receiver,
                           GError          **error)
{
  ScopeCsvReader *self = receiver->reader;

  scope_csv_reader_tell_of_new (receiver);
  scope_csv_reader_release_held (receiver);
  if (self->final_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->final_error));
      return FALSE;
    }
  return !self->is_full || set_full_error (self, self->live, error);
}

/**
 * scope_csv_reader_look:
 * @self: the reader
 * @func: (scope call): takes each batch that was read
 * @data: for @func
 * @error: return location for a %SCOPE_FEED_ERROR
 *
 * Looks at the file and reads what is new.  That nothing is at the path (yet,
 * or any more) is no error.  Where one is returned, the next look tries again.
 *
 * Returns: whether the file can be read, or may come
 */
gboolean
scope_csv_reader_look (ScopeCsvReader *self,
                       ScopeCsvFunc    func,
                       gpointer        data,
                       GError        **error)
{
  ScopeCsvReceiver receiver = { self, func, data };

  return self->path ? scope_csv_reader_look_at_file (&receiver, error)
                    : scope_csv_reader_look_at_stream (&receiver, error);
}
