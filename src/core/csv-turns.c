/* csv-turns.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each thread reads every other piece ahead of the parser, then waits for its
 * turn: then it feeds the parser what stands before that, joins the two and
 * hands on its batch, which is still near it, while the other thread reads the
 * next piece.  So both have the same to do, whatever part of it is what.
 *
 * Pieces overlap, as the last rows of a piece are not read ahead.
 */
#include "csv-turns.h"

#include "csv-file.h"

/* More than a row, for nearly all. */
#define OVERLAP_BYTES 4096

/* Of a piece: where its first block begins later, or none does, pieces are too
 * small. */
#define LATE_PART 8

typedef struct
{
  ScopeCsvParser  *parser;  /* borrowed: of whose turn it is */
  int              fd;
  ScopeCsvTurnFunc func;
  gpointer         data;
  goffset          offset;  /* how far the parser has come: of whose turn it is */
  gboolean         wanted;  /* likewise */

  GMutex           lock;
  GCond            changed;
  /* Under the lock: */
  guint64          n_begun; /* pieces */
  guint64          n_done;
  goffset          next;    /* where the next piece begins */
  gsize            size;    /* of it, in bytes */
  gboolean         is_over;
} Turns;

typedef struct
{
  Turns         *turns;
  ScopeCsvAhead *ahead;  /* owned */
  char          *buffer; /* owned */
  goffset        from;   /* of the piece */
  gsize          length; /* of it */
  struct stat    as;     /* of the file, when it was read */
  gsize          place;  /* in it, from which on it was read ahead; 0: it was not */
} Hand;

/* Hands on the rows of so many bytes that follow. */
static void
hand_on (Turns       *self,
         const char  *bytes,
         gsize        length,
         ScopeBlocks *blocks)
{
  self->offset += length;
  self->wanted = self->func (bytes, length, blocks, self->data);
}

/* Has the parser read up to a place in the piece. */
static void
feed (Hand *hand,
      gsize place)
{
  Turns                  *self = hand->turns;
  gsize                   start = self->offset - hand->from;
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (!self->wanted || start >= place)
    return;
  blocks = scope_csv_parser_feed (self->parser, hand->buffer + start, place - start, NULL);
  g_assert (blocks != NULL); /* the header was read long ago */
  hand_on (self, hand->buffer + start, place - start, blocks);
}

/* The piece follows what the parser has read. */
static void
take_piece (Hand    *hand,
            gboolean is_last)
{
  Turns                  *self = hand->turns;
  gsize                   end = is_last ? hand->length : hand->length - OVERLAP_BYTES;
  g_autoptr (ScopeBlocks) blocks = NULL;

  feed (hand, hand->place);
  if (hand->place > 0 && self->wanted)
    {
      g_assert (self->offset == hand->from + (goffset) hand->place);
      blocks = scope_csv_parser_join_ahead (self->parser, hand->ahead);
    }
  if (blocks != NULL)
    hand_on (self, hand->buffer + hand->place, hand->ahead->used, blocks);
  if (self->offset < hand->from + (goffset) end)
    feed (hand, hand->length);
  scope_csv_parser_teach_ahead (self->parser, hand->ahead);
}

static void
read_ahead (Hand *hand,
            gsize size)
{
  gssize n = scope_csv_file_read_piece (hand->turns->fd, hand->buffer, size, hand->from, &hand->as);

  hand->length = MAX (n, 0);
  hand->place = scope_csv_ahead_read (hand->ahead, hand->buffer, hand->length, OVERLAP_BYTES);
}

/* With the lock held, which is given away meanwhile.  What was written to while
 * others had their turns is read once more: it may be the piece of another file, of
 * whose end no mark could tell. */
static void
read_piece (Hand *hand)
{
  Turns   *self = hand->turns;
  guint64  number = self->n_begun++;
  gsize    size = self->size;
  gboolean is_last;

  hand->from = self->next;
  self->next += size - OVERLAP_BYTES;
  g_mutex_unlock (&self->lock);
  read_ahead (hand, size);

  g_mutex_lock (&self->lock);
  while (self->n_done < number)
    g_cond_wait (&self->changed, &self->lock);
  if (!self->is_over)
    {
      g_mutex_unlock (&self->lock);
      if (!scope_csv_file_is_as (self->fd, &hand->as))
        read_ahead (hand, size);
      is_last = hand->length < size;
      take_piece (hand, is_last);
      g_mutex_lock (&self->lock);
      self->is_over = is_last || !self->wanted;
      if (hand->place == 0 || hand->place > size / LATE_PART)
        self->size = MIN (2 * size, SCOPE_CSV_MOST_PIECE_BYTES);
    }
  self->n_done++;
  g_cond_signal (&self->changed);
}

static gpointer
read_thread (gpointer data)
{
  Hand *hand = data;

  g_mutex_lock (&hand->turns->lock);
  while (!hand->turns->is_over)
    read_piece (hand);
  g_mutex_unlock (&hand->turns->lock);
  return NULL;
}

static void
hand_init (Hand  *self,
           Turns *turns)
{
  *self = (Hand){ turns, scope_csv_parser_new_ahead (turns->parser),
                  g_malloc (SCOPE_CSV_MOST_PIECE_BYTES) };
}

static void
hand_clear (Hand *self)
{
  scope_csv_ahead_free (self->ahead);
  g_free (self->buffer);
}

/**
 * scope_csv_read_in_turns:
 * @parser: a parser that rows can be read ahead of
 * @fd: of the file
 * @offset: how far the parser has read it
 * @piece: how many bytes are read at a time, in the beginning
 * @func: takes what was read
 * @data: for @func
 *
 * Reads until nothing more comes, or none is wanted.
 *
 * Returns: whether more is wanted
 */
gboolean
scope_csv_read_in_turns (ScopeCsvParser  *parser,
                         int              fd,
                         goffset          offset,
                         gsize            piece,
                         ScopeCsvTurnFunc func,
                         gpointer         data)
{
  Turns    self = { parser, fd, func, data, offset, TRUE };
  Hand     hands[2];
  GThread *thread;

  g_mutex_init (&self.lock);
  g_cond_init (&self.changed);
  self.next = offset;
  self.size = piece;
  for (guint i = 0; i < 2; i++)
    hand_init (&hands[i], &self);
  thread = g_thread_new ("csv-turns", read_thread, &hands[0]);
  read_thread (&hands[1]);
  g_thread_join (thread);
  for (guint i = 0; i < 2; i++)
    hand_clear (&hands[i]);
  g_mutex_clear (&self.lock);
  g_cond_clear (&self.changed);
  return self.wanted;
}
