/* test-csv-model.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thousands of things that can be done to a file that is followed, at random.  The
 * seeds are fixed; where one fails, what was done is printed.  More of them:
 * MODEL_SEQUENCES=100000.
 */
#include "csv-feed.h"
#include "file-ops.h"
#include "follower.h"
#include "handed-on.h"

#define READER_SEQUENCES 1000
#define FEED_SEQUENCES   15

#define MOST_CHOICES 240

/* A look comes each second, and some more where the machine is busy. */
#define TIMEOUT_S 60

typedef struct
{
  FileOps   *ops;       /* owned */
  ScopeFeed *feed;      /* owned */
  HandedOn  *handed_on; /* owned */
} Fed;

static guint
get_n_sequences (guint usual)
{
  const char *n = g_getenv ("MODEL_SEQUENCES");

  return n != NULL ? (guint) g_ascii_strtoull (n, NULL, 10) * usual / READER_SEQUENCES : usual;
}

static gsize
make_choices (guint32 seed,
              guint8  choices[MOST_CHOICES])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize             n = g_rand_int_range (rand, 10, MOST_CHOICES + 1);

  for (gsize i = 0; i < n; i++)
    choices[i] = g_rand_int_range (rand, 0, 256);
  return n;
}

static void
check_reader (guint32 seed)
{
  guint8           choices[MOST_CHOICES];
  gsize            n = make_choices (seed, choices);
  g_autofree char *trace = NULL;
  g_autofree char *difference = follower_play (choices, n, &trace);

  if (difference == NULL)
    return;
  g_test_message ("after seed %u:\n%s", seed, trace);
  g_error ("seed %u: %s", seed, difference);
}

static void
test_reader (void)
{
  for (guint seed = 0; seed < get_n_sequences (READER_SEQUENCES); seed++)
    check_reader (seed);
}

static void
blocks_cb (ScopeFeed   *feed,
           ScopeBlocks *blocks,
           gpointer     data)
{
  Fed *self = data;

  handed_on_take (self->handed_on, blocks);
}

/* In a thread of the feed's, until it is started. */
static void
ahead_cb (ScopeBlocks *blocks,
          gpointer     data)
{
  Fed *self = data;

  handed_on_take (self->handed_on, blocks);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the loop and the other threads do what they would. */
static void
idle_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;
  guint  timer = g_timeout_add (1, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static void
pause_cb (gpointer data)
{
  idle_for (3);
}

/* Returns: (transfer full) (nullable): what is not as in the file */
static char *
compare (Fed     *self,
         gboolean histories_too)
{
  g_autofree char     *bytes = NULL;
  gsize                length;
  g_autoptr (HandedOn) expected = NULL;

  if (!g_file_get_contents (file_ops_get_path (self->ops), &bytes, &length, NULL))
    return g_strdup ("there is no file");
  expected = handed_on_of_bytes (bytes, length);
  if (expected->refused != (scope_feed_get_error (self->feed) != NULL))
    return g_strdup ("an error that the file has not, or none that it has");
  return handed_on_compare (self->handed_on, expected, histories_too);
}

/* Returns: (transfer full) (nullable): what does not become as it is in the file */
static char *
wait_until_same (Fed *self)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_S * G_USEC_PER_SEC;
  char  *difference = NULL;

  do
    {
      idle_for (10);
      g_free (difference);
      difference = compare (self, FALSE);
    }
  while (difference != NULL && g_get_monotonic_time () < end);
  return difference != NULL ? difference : compare (self, TRUE);
}

static void
play (Fed *self)
{
  gboolean ahead = file_ops_choose (self->ops, 2);

  if (ahead)
    scope_csv_feed_read_ahead (SCOPE_CSV_FEED (self->feed), ahead_cb, self);
  for (guint i = 0; ahead && i < 5; i++)
    file_ops_play (self->ops, TRUE);
  scope_feed_start (self->feed);
  while (!file_ops_is_over (self->ops))
    {
      file_ops_play (self->ops, TRUE);
      idle_for (file_ops_choose (self->ops, 3));
    }
  file_ops_put_back (self->ops);
}

static void
check_feed (guint32 seed)
{
  guint8            choices[MOST_CHOICES];
  gsize             n = make_choices (seed, choices);
  g_autofree char  *difference = NULL;
  Fed               self = { .ops = file_ops_new (choices, n), .handed_on = handed_on_new () };
  g_autoptr (GFile) file = g_file_new_for_path (file_ops_get_path (self.ops));

  self.feed = scope_csv_feed_new (file);
  g_signal_connect (self.feed, "blocks", G_CALLBACK (blocks_cb), &self);
  file_ops_set_pause (self.ops, pause_cb, NULL);
  play (&self);
  difference = wait_until_same (&self);
  if (difference != NULL)
    {
      g_test_message ("after seed %u:\n%s", seed, file_ops_get_trace (self.ops));
      g_error ("seed %u: %s", seed, difference);
    }
  g_assert_finalize_object (self.feed);
  handed_on_free (self.handed_on);
  file_ops_free (self.ops);
}

/* A thread that reads, and events from the system. */
static void
test_feed (void)
{
  for (guint seed = 0; seed < get_n_sequences (FEED_SEQUENCES); seed++)
    check_feed (seed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-model/reader", test_reader);
  g_test_add_func ("/csv-model/feed", test_feed);
  return g_test_run ();
}
