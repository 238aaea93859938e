/* follower.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks come between any two operations, and operations come within a look, between
 * two of its batches.  After those the next look must put right what was read of
 * the old and the new in a mixture; so only looks that nothing came into are judged.
 *
 * What the reader has seen last stays when the path leads nowhere: it is held open
 * here, too, so that it can be read whatever became of its name.
 */
#include "follower.h"

#include "csv-reader.h"
#include "feed.h"
#include "file-ops.h"
#include "handed-on.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct
{
  FileOps        *ops;        /* owned */
  ScopeCsvReader *reader;     /* owned */
  HandedOn       *handed_on;  /* owned */
  GArray         *seen;       /* owned; int: of what the reader may have opened last */
  gboolean        disturbed;  /* something was done within the look */
  gboolean        stopped;    /* the look was ended by who takes the batches */
  gboolean        undisturbed; /* nothing is done within the look, and it is not ended */
  gboolean        is_last;    /* nothing more is done */
  char           *difference; /* owned: what was wrong first */
} Follower;

/* Small pieces, so that two threads take part. */
#define PIECE_BYTES (8 << 10)

static void
close_cb (gpointer data)
{
  close (*(int *) data);
}

/* The file that the reader will open, if it does that now. */
static void
hold_open (Follower *self)
{
  int there = open (file_ops_get_path (self->ops), O_RDONLY | O_CLOEXEC);

  if (there >= 0)
    g_array_append_val (self->seen, there);
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  Follower *self = data;

  handed_on_take (self->handed_on, blocks);
  if (self->undisturbed)
    return TRUE;
  switch (file_ops_choose (self->ops, 8))
    {
    case 1:
      file_ops_note (self->ops, "  within the look, at %" G_GOFFSET_FORMAT ":", position->offset);
      file_ops_play (self->ops, FALSE);
      hold_open (self);
      self->disturbed = TRUE;
      break;
    case 2:
      file_ops_note (self->ops, "  the look ends at %" G_GOFFSET_FORMAT, position->offset);
      self->stopped = TRUE;
      return FALSE;
    default:
      break;
    }
  return TRUE;
}

/* What a fresh reading of the file gives. */
static HandedOn *
read_fresh (int fd)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8                 piece[4096];
  gssize                 n;

  while (fd >= 0 && (n = pread (fd, piece, sizeof piece, (goffset) bytes->len)) > 0)
    g_byte_array_append (bytes, piece, n);
  return handed_on_of_bytes (bytes->len > 0 ? (const char *) bytes->data : "", bytes->len);
}

static char *
compare_with (Follower     *self,
              int           fd,
              const GError *error)
{
  g_autoptr (HandedOn) expected = read_fresh (fd);
  gboolean             is_refused = g_error_matches (error, SCOPE_FEED_ERROR,
                                                     SCOPE_FEED_ERROR_FORMAT);

  if (error != NULL && !is_refused)
    return g_strdup (error->message);
  if (is_refused != expected->refused && scope_csv_reader_get_position (self->reader).exists)
    return g_strdup (is_refused ? "a history was refused" : "what is no history was not refused");
  return handed_on_compare (self->handed_on, expected, self->is_last);
}

/* The file that is there now; where the path leads nowhere, one that was there
 * since the reader is known to have seen one. */
static void
judge (Follower     *self,
       const GError *error)
{
  gboolean exists = scope_csv_reader_get_position (self->reader).exists;

  if (exists && self->seen->len > 1)
    g_array_remove_range (self->seen, 0, self->seen->len - 1);
  if (self->seen->len == 0)
    self->difference = compare_with (self, -1, error);
  for (guint i = self->seen->len; i > 0; i--)
    {
      g_clear_pointer (&self->difference, g_free);
      self->difference = compare_with (self, g_array_index (self->seen, int, i - 1), error);
      if (self->difference == NULL)
        break;
    }
}

static void
look (Follower *self,
      gboolean  is_judged)
{
  g_autoptr (GError) error = NULL;

  self->disturbed = self->stopped = FALSE;
  file_ops_note (self->ops, "look");
  hold_open (self);
  scope_csv_reader_look (self->reader, blocks_cb, self, &error);
  if (!self->disturbed && !self->stopped && self->difference == NULL && is_judged)
    judge (self, error);
}

/* While the file may not be opened, maybe. */
static void
pause_cb (gpointer data)
{
  Follower *self = data;

  self->undisturbed = TRUE;
  look (self, FALSE);
  self->undisturbed = FALSE;
}

/**
 * follower_play:
 * @choices: what decides
 * @n: their number
 * @trace: (out): what was done, a line for each operation
 *
 * Plays operations and looks until all is decided, or something is wrong.
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
char *
follower_play (const guint8 *choices,
               gsize         n,
               char        **trace)
{
  Follower self = { .ops = file_ops_new (choices, n), .seen = g_array_new (FALSE, FALSE, sizeof (int)) };

  g_array_set_clear_func (self.seen, close_cb);
  self.reader = scope_csv_reader_new (file_ops_get_path (self.ops));
  self.handed_on = handed_on_new ();
  file_ops_set_pause (self.ops, pause_cb, &self);
  if (file_ops_choose (self.ops, 4) > 0)
    scope_csv_reader_set_piece (self.reader, PIECE_BYTES);
  else
    scope_csv_reader_set_alone (self.reader, TRUE);
  scope_csv_reader_set_live (self.reader, file_ops_choose (self.ops, 2));
  while (!file_ops_is_over (self.ops) && self.difference == NULL)
    if (file_ops_choose (self.ops, 3) == 0)
      look (&self, TRUE);
    else
      file_ops_play (self.ops, TRUE);
  self.is_last = self.undisturbed = TRUE;
  if (self.difference == NULL)
    look (&self, TRUE);

  *trace = g_strdup (file_ops_get_trace (self.ops));
  scope_csv_reader_free (self.reader);
  handed_on_free (self.handed_on);
  g_array_unref (self.seen);
  file_ops_free (self.ops);
  return self.difference;
}
