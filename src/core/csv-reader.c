/* csv-reader.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event or a timer only says "look now"; what happened is found out here,
 * from the file itself.  A file that was rewritten can have grown longer than
 * it was, so its size alone does not tell: its first bytes and those before
 * the place where reading stopped are compared too.  The file is never
 * mapped, since its writer may truncate it at any time.
 */
#include "csv-reader.h"

#include "csv-file.h"
#include "csv-parser.h"
#include "csv-turns.h"
#include "feed.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a batch, where one thread reads and another draws. */
#define ALONE_BYTES (2 << 20)

#define MARK_BYTES  32

/* Enough for the stamp below the header: before a test begins the rows of two
 * files differ in nothing else. */
#define HEAD_BYTES 1024

/* s: an older summary is not of a test that is going on */
#define FRESH_S 20

#define MAX_SUMMARY_BYTES (64 << 20)

/* s: how far the clock of a log may be ahead of ours */
#define MOST_AHEAD_S 3

#define HISTORY_SUFFIX "_stats_history.csv"
#define SUMMARY_SUFFIX "_stats.csv"

struct _ScopeCsvReader
{
  char           *path;         /* owned */
  char           *summary_path; /* owned; NULL where the name does not tell it */
  int             fd;           /* of the file that was read so far, or -1 */
  ScopeCsvParser *parser;       /* owned */
  gboolean        begins_anew;  /* the next batch replaces all earlier ones */
  GError         *format_error; /* owned: nothing more is read of this file */
  ScopeCsvPosition position;
  gboolean        live;         /* looks again and again */
  gboolean        has_other_cpus;
  gsize           piece;        /* bytes: what is longer is read by two threads */
  guint           dropped;      /* kinds of values */
  GArray         *held;         /* owned ScopeRequest: of a second that is not over */
  gint64          summary_seen; /* µs since the epoch: when the summary read last was written */

  /* What the file is recognised by. */
  char            head[HEAD_BYTES];
  gsize           head_length;
  char            mark[MARK_BYTES]; /* the bytes before the offset */
  gsize           mark_length;
};

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

/**
 * scope_csv_reader_new:
 * @path: of the history; nothing needs to be there yet
 *
 * Returns: (transfer full): a reader that has not looked yet
 */
ScopeCsvReader *
scope_csv_reader_new (const char *path)
{
  ScopeCsvReader *self = g_new0 (ScopeCsvReader, 1);

  self->path = g_strdup (path);
  self->summary_path = scope_csv_summary_path (path);
  self->fd = -1;
  self->parser = scope_csv_parser_new ();
  self->piece = SCOPE_CSV_PIECE_BYTES;
  self->has_other_cpus = g_get_num_processors () > 1;
  self->held = g_array_new (FALSE, FALSE, sizeof (ScopeRequest));
  return self;
}

/* Whether more looks follow: then the requests of a second are handed on
 * when it is over, so that no block is shown that is still being filled; and
 * the summary beside a history tells what the history does not have yet. */
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

static void
close_file (ScopeCsvReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
scope_csv_reader_free (ScopeCsvReader *self)
{
  close_file (self);
  scope_csv_parser_free (self->parser);
  g_clear_error (&self->format_error);
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

static gboolean
set_read_error (ScopeCsvReader *self,
                int             number,
                GError        **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_READ, _("“%s” cannot be read: %s."), name,
               g_strerror (number));
  return FALSE;
}

static void
begin_anew (ScopeCsvReader *self)
{
  scope_csv_parser_free (self->parser);
  self->parser = scope_csv_parser_new ();
  scope_csv_parser_drop (self->parser, self->dropped);
  g_clear_error (&self->format_error);
  self->begins_anew = TRUE;
  g_array_set_size (self->held, 0);
  self->position.offset = 0;
  self->head_length = 0;
  self->mark_length = 0;
}

static void
note_bytes (ScopeCsvReader *self,
            const char     *bytes,
            gsize           length)
{
  gsize more = MIN (length, HEAD_BYTES - self->head_length);

  memcpy (self->head + self->head_length, bytes, more);
  self->head_length += more;
  if (length >= MARK_BYTES)
    {
      memcpy (self->mark, bytes + length - MARK_BYTES, MARK_BYTES);
      self->mark_length = MARK_BYTES;
    }
  else
    {
      gsize keep = MIN (self->mark_length, MARK_BYTES - length);

      memmove (self->mark, self->mark + self->mark_length - keep, keep);
      memcpy (self->mark + keep, bytes, length);
      self->mark_length = keep + length;
    }
}

static gboolean
is_same (ScopeCsvReader *self,
         const char     *bytes,
         gsize           length,
         goffset         offset)
{
  char there[MAX (HEAD_BYTES, MARK_BYTES)];

  return scope_csv_file_read_at (self->fd, there, length, offset) == (gssize) length &&
         memcmp (there, bytes, length) == 0;
}

/* Whether what was read of the file still stands there. */
static gboolean
is_unchanged (ScopeCsvReader *self,
              goffset         size)
{
  goffset offset = self->position.offset;

  return size >= offset && is_same (self, self->head, self->head_length, 0) &&
         is_same (self, self->mark, self->mark_length, offset - self->mark_length);
}

/* By our clock, which may not be the one that the log was written by: what is
 * seconds ahead is not waited for. */
static gboolean
is_going_on (gint64 second,
             gint64 now)
{
  return second >= now && second <= now + MOST_AHEAD_S;
}

/* Puts what was held back before the new requests, and holds back those whose
 * second is not over. */
static void
hold_back (ScopeCsvReader *self,
           ScopeBlocks    *blocks)
{
  gint64   now = g_get_real_time () / G_USEC_PER_SEC;
  guint    n = 0;
  gboolean runs_on = TRUE; /* what comes after the start of a run does not overtake it */

  if (!self->live || (self->held->len == 0 && blocks->requests->len == 0))
    return;
  g_array_prepend_vals (blocks->requests, self->held->data, self->held->len);
  g_array_set_size (self->held, 0);
  for (guint i = 0; i < blocks->requests->len; i++)
    {
      ScopeRequest request = g_array_index (blocks->requests, ScopeRequest, i);

      if (request.starts_run && self->held->len > 0)
        runs_on = FALSE;
      if (runs_on && !is_going_on (request.second, now))
        {
          g_array_index (blocks->requests, ScopeRequest, n++) = request;
          continue;
        }
      runs_on = runs_on && !request.starts_run;
      g_array_append_val (self->held, request);
    }
  g_array_set_size (blocks->requests, n);
}

/* Hands on what was parsed; FALSE where the receiver has enough for now. */
static gboolean
hand_on (ScopeCsvReader *self,
         ScopeBlocks    *blocks,
         ScopeCsvFunc    func,
         gpointer        data)
{
  blocks->reset = self->begins_anew;
  self->begins_anew = FALSE;
  hold_back (self, blocks);
  return func (blocks, &self->position, data);
}

typedef struct
{
  ScopeCsvReader *reader;
  ScopeCsvFunc    func;
  gpointer        data;
} Receiver;

/* These bytes, which follow, were read. */
static gboolean
read_cb (const char  *bytes,
         gsize        length,
         ScopeBlocks *blocks,
         gpointer     data)
{
  Receiver       *receiver = data;
  ScopeCsvReader *self = receiver->reader;

  note_bytes (self, bytes, length);
  self->position.offset += length;
  self->position.size = MAX (self->position.size, self->position.offset);
  return blocks != NULL && hand_on (self, blocks, receiver->func, receiver->data);
}

/* Parses the bytes that follow.  FALSE where nothing more is wanted. */
static gboolean
parse (Receiver   *receiver,
       const char *bytes,
       gsize       length)
{
  ScopeCsvReader         *self = receiver->reader;
  g_autoptr (ScopeBlocks) blocks =
    scope_csv_parser_feed (self->parser, bytes, length, &self->format_error);

  return read_cb (bytes, length, blocks, receiver);
}

/* Reads to the end of the open file: what is long, by two threads where there
 * are rows for that. */
static gboolean
drain (ScopeCsvReader *self,
       ScopeCsvFunc    func,
       gpointer        data,
       GError        **error)
{
  Receiver         receiver = { self, func, data };
  gsize            size = self->piece;
  g_autofree char *buffer = g_malloc (SCOPE_CSV_MOST_PIECE_BYTES);

  for (;;)
    {
      gssize n = scope_csv_file_read_at (self->fd, buffer, size, self->position.offset);

      if (n < 0)
        return set_read_error (self, errno, error);
      if (n == 0 || !parse (&receiver, buffer, n))
        return TRUE;
      if ((gsize) n < size || !self->has_other_cpus)
        continue;
      if (!scope_csv_parser_can_read_ahead (self->parser))
        size = SCOPE_CSV_MOST_PIECE_BYTES;
      else if (!scope_csv_read_in_turns (self->parser, self->fd, self->position.offset,
                                         self->piece, read_cb, &receiver))
        return TRUE;
    }
}

static gboolean
open_file (ScopeCsvReader *self,
           GError        **error)
{
  close_file (self);
  self->fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (self->fd < 0)
    return set_read_error (self, errno, error);
  begin_anew (self);
  return TRUE;
}

static gboolean
is_open_file (ScopeCsvReader    *self,
              const struct stat *status)
{
  struct stat open_status;

  return self->fd >= 0 && fstat (self->fd, &open_status) == 0 &&
         open_status.st_dev == status->st_dev && open_status.st_ino == status->st_ino;
}

/* Opens whatever is at the path now, after the last of what was there. */
static gboolean
turn_to_file (ScopeCsvReader    *self,
              ScopeCsvFunc       func,
              gpointer           data,
              GError           **error)
{
  /* An error in what was there does not matter any more. */
  if (self->fd >= 0 && self->format_error == NULL)
    drain (self, func, data, NULL);
  return open_file (self, error);
}

static gint64
get_summary_change (ScopeCsvReader *self)
{
  struct stat status;

  if (self->summary_path == NULL || stat (self->summary_path, &status) != 0)
    return 0;
  return scope_csv_file_get_change (&status);
}

/* A batch without rows says that the file was begun anew. */
static void
tell_of_new_file (ScopeCsvReader *self,
                  ScopeCsvFunc    func,
                  gpointer        data)
{
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (!self->begins_anew)
    return;
  blocks = scope_blocks_new (NULL, 0);
  hand_on (self, blocks, func, data);
}

/* Hands on what was held back, when its second is over. */
static void
release_held (ScopeCsvReader *self,
              ScopeCsvFunc    func,
              gpointer        data)
{
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (self->held->len == 0)
    return;
  blocks = scope_csv_parser_feed (self->parser, "", 0, NULL);
  hold_back (self, blocks);
  if (blocks->requests->len > 0)
    func (blocks, &self->position, data);
}

/* A summary that is being written is looked at again next time. */
static void
read_summary (ScopeCsvReader *self,
              ScopeCsvFunc    func,
              gpointer        data)
{
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
  func (blocks, &self->position, data);
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
  struct stat status;

  if (stat (self->path, &status) != 0)
    {
      self->position.exists = FALSE;
      if (errno != ENOENT && errno != ENOTDIR)
        return set_read_error (self, errno, error);
      if (self->fd >= 0 && self->format_error == NULL && !drain (self, func, data, error))
        return FALSE;
      release_held (self, func, data);
      return TRUE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_autofree char *name = g_filename_display_name (self->path);

      g_set_error (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_NOT_FILE,
                   S_ISDIR (status.st_mode) ? _("“%s” is a folder. Open the "
                                                "PREFIX_stats_history.csv in it.")
                                            : _("“%s” is not a regular file."),
                   name);
      return FALSE;
    }

  self->position.exists = TRUE;
  self->position.size = status.st_size;
  self->position.changed = MAX (scope_csv_file_get_change (&status), get_summary_change (self));
  if (!is_open_file (self, &status))
    {
      if (!turn_to_file (self, func, data, error))
        return FALSE;
    }
  else if (!is_unchanged (self, status.st_size))
    {
      begin_anew (self);
    }

  if (self->format_error == NULL && !drain (self, func, data, error))
    return FALSE;
  tell_of_new_file (self, func, data);
  release_held (self, func, data);
  if (self->format_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->format_error));
      return FALSE;
    }
  read_summary (self, func, data);
  return TRUE;
}
