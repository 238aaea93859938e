/* test-csv-faults.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happens to a file while it is being read, disks that fail, and memory
 * that ends.
 */
#include "feed.h"
#include "reading.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#define SECTOR 4096

/* Bytes of any file that the disk does not give. */
static goffset bad_from, bad_to;

/* Done once, when half of the next long read has been copied. */
static void   (*amid) (gpointer data);
static gpointer amid_data;

typedef ssize_t (*Pread) (int     fd,
                          void   *buffer,
                          size_t  length,
                          off64_t offset);

/* In place of the C library's: as much as stands before what is bad. */
ssize_t
pread64 (int     fd,
         void   *buffer,
         size_t  length,
         off64_t offset)
{
  Pread real = (Pread) dlsym (RTLD_NEXT, "pread64");

  if (offset >= bad_from && offset < bad_to)
    {
      errno = EIO;
      return -1;
    }
  if (offset < bad_from && bad_from < bad_to)
    length = MIN ((goffset) length, bad_from - offset);
  if (amid != NULL && length > 2 * SECTOR)
    {
      ssize_t n = real (fd, buffer, SECTOR, offset);
      void  (*now) (gpointer data) = amid;

      amid = NULL;
      now (amid_data);
      return n + MAX (real (fd, (char *) buffer + n, length - n, offset + n), 0);
    }
  return real (fd, buffer, length, offset);
}

typedef struct
{
  Reading *f;
  GString *text;
} Rewrite;

static void
rewrite_amid (gpointer data)
{
  Rewrite *self = data;

  fixture_write (self->f->path, O_TRUNC, self->text->str, -1);
}

/* Written anew while it is read, and nothing but what was copied before is another. */
static void
test_torn_read (Reading      *f,
                gconstpointer data)
{
  g_autoptr (GString) text = reading_text (200, 0);
  Rewrite             change = { f, text };
  struct utimbuf      long_ago = { 1000000000, 1000000000 };
  char               *method;

  g_assert_cmpuint (text->len, >, 4 * SECTOR);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  g_assert_cmpint (utime (f->path, &long_ago), ==, 0);
  method = strstr (text->str + SECTOR / 2, "GET");
  memcpy (method, "PUT", 3);
  amid = rewrite_amid;
  amid_data = &change;
  reading_look (f);
  g_assert_null (amid);
  reading_assert_fresh (f);
}

/* Cut, and longer than before at the next look. */
static void
test_grown_past (Reading      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = reading_text (20, 0);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  g_string_truncate (text, text->len - 300);
  fixture_add_blocks (text, 300, 30, 0);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

/* One row only is another, in its time and its counters. */
static void
test_same_end (Reading      *f,
               gconstpointer data)
{
  g_autoptr (GString) before = g_string_new (FIXTURE_HEADER);
  g_autoptr (GString) after = g_string_new (FIXTURE_HEADER);

  for (guint i = 0; i < 40; i++)
    {
      fixture_row (before, 1795338500 + i, "", "Aggregated", 100, 15);
      fixture_row (after, 1795338500 + i + (i == 39), "", "Aggregated", i == 39 ? 101 : 100, 15);
    }
  g_assert_cmpuint (before->len, ==, after->len);
  fixture_write (f->path, O_TRUNC, before->str, -1);
  reading_look (f);
  fixture_row (after, 1795338600, "", "Aggregated", 200, 15);
  fixture_write (f->path, O_TRUNC, after->str, -1);
  reading_look (f);
  reading_assert_fresh (f);
}

/* After so many batches of the first reading the file is another one. */
static void
rewrite (Reading *f)
{
  g_autoptr (GString) text = NULL;

  if (f->n_batches != 3)
    return;
  text = reading_text (1000, 0);
  fixture_add_blocks (text, 5000, 9000, 1);
  fixture_write (f->path, O_TRUNC, text->str, -1);
}

static void
test_changed_while_reading (Reading      *f,
                            gconstpointer data)
{
  g_autoptr (GString) text = reading_text (9000, 0);

  for (guint i = 0; i < 2; i++)
    {
      fixture_write (f->path, O_TRUNC, text->str, -1);
      f->n_batches = 0;
      f->meanwhile = rewrite;
      reading_use (f, scope_csv_reader_new (f->path));
      scope_csv_reader_set_piece (f->reader, 64 << 10);
      if (i == 1)
        scope_csv_reader_set_alone (f->reader, TRUE);
      reading_look (f);
      reading_look (f);
      g_assert_cmpuint (f->n_batches, >, i ? 1 : 3);
      reading_assert_fresh (f);
    }
}

/* A link on the way to the file leads elsewhere. */
static void
test_folder_link (Reading      *f,
                  gconstpointer data)
{
  g_autoptr (GString) one = reading_text (10, 0);
  g_autoptr (GString) other = reading_text (7, 1);
  const GString      *text[2] = { one, other };
  g_autofree char    *link = g_build_filename (f->folder, "latest", NULL);
  g_autofree char    *path = g_build_filename (link, "run_stats_history.csv", NULL);

  reading_use (f, scope_csv_reader_new (path));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i % 2);
      g_autofree char *folder = g_build_filename (f->folder, name, NULL);
      g_autofree char *file = g_build_filename (folder, "run_stats_history.csv", NULL);

      g_mkdir (folder, 0700);
      fixture_write (file, O_TRUNC, text[i % 2]->str, -1);
      g_unlink (link);
      g_assert_cmpint (symlink (folder, link), ==, 0);
      reading_look (f);
      reading_assert_is (f, text[i % 2]->str, text[i % 2]->len);
    }
}

static void
set_bad (goffset from,
         goffset to)
{
  bad_from = from;
  bad_to = to;
}

/* What is before is there, and where it ends is said; all is there when the disk
 * gives it after all. */
static void
test_bad_for_a_while (Reading      *f,
                      gconstpointer data)
{
  g_autoptr (GString) text = reading_text (500, 0);

  scope_csv_reader_set_live (f->reader, TRUE);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  set_bad (4 * SECTOR, 6 * SECTOR);
  for (guint i = 0; i < 3; i++)
    reading_look_in_vain (f, SCOPE_FEED_ERROR_READ, "beyond byte 16384: Input/output error");
  reading_assert_is (f, text->str, 4 * SECTOR);
  set_bad (0, 0);
  reading_look (f);
  reading_assert_fresh (f);
  g_assert_cmpuint (f->n_resets, ==, 1);
}

/* The rows around what cannot be read are lost, and no other. */
static void
test_bad_sector (Reading      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = reading_text (3000, 0);
  g_autoptr (GString) left = NULL;
  const char         *end;
  guint               n;
  const ScopeBadRow  *bad;

  for (guint n_sectors = 1; n_sectors < 20; n_sectors += 6)
    {
      reading_use (f, scope_csv_reader_new (f->path));
      scope_csv_reader_set_piece (f->reader, 16 << 10);
      fixture_write (f->path, O_TRUNC, text->str, -1);
      set_bad (20 * SECTOR, (20 + n_sectors) * SECTOR);
      reading_look (f);
      set_bad (0, 0);

      left = g_string_new_len (text->str, 20 * SECTOR);
      g_string_truncate (left, strrchr (left->str, '\n') + 1 - left->str);
      end = strchr (text->str + (20 + n_sectors) * SECTOR, '\n') + 1;
      g_string_append (left, end);
      g_assert_cmpuint (scope_history_get_n_bad_rows (f->history), ==, 1);
      bad = scope_history_get_bad_rows (f->history, &n);
      g_assert_cmpuint (n, ==, 1);
      g_assert_nonnull (strstr (bad[0].reason, "KiB from here on cannot be read"));
      {
        g_autoptr (ScopeHistory) expected = fixture_history (left->str, left->len);

        g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==,
                          scope_history_get_n_blocks (expected));
      }
      g_string_free (g_steal_pointer (&left), TRUE);
      g_clear_object (&f->history);
      f->history = scope_history_new ();
    }
}

/* The last sectors cannot be read: nothing is behind them. */
static void
test_bad_end (Reading      *f,
              gconstpointer data)
{
  g_autoptr (GString) text = reading_text (500, 0);

  fixture_write (f->path, O_TRUNC, text->str, -1);
  set_bad (4 * SECTOR, text->len);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_READ, "beyond byte 16384");
  reading_assert_is (f, text->str, 4 * SECTOR);
  set_bad (0, text->len);
  reading_use (f, scope_csv_reader_new (f->path));
  reading_look_in_vain (f, SCOPE_FEED_ERROR_READ, "cannot be read: Input/output error");
  set_bad (0, 0);
}

static guint n_rooms;

/* So many times there is some. */
static gint64
get_room (void)
{
  if (n_rooms == 0)
    return -1;
  n_rooms--;
  return 1;
}

static void
test_memory (Reading      *f,
             gconstpointer data)
{
  g_autoptr (GString) text = reading_text (120000, 0);
  guint               n;

  g_assert_cmpuint (text->len, >, 24 << 20);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  scope_csv_reader_set_memory (f->reader, get_room);
  n_rooms = 0;
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "not enough memory for more than the first 1");
  n = scope_history_get_n_blocks (f->history);
  g_assert_cmpuint (n, >, 10000);
  g_assert_cmpuint (n, <, 110000);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "not enough memory");
  g_assert_cmpuint (scope_history_get_n_blocks (f->history), ==, n);
  n_rooms = 1000;
  reading_look (f);
  reading_assert_fresh (f);

  n_rooms = 0;
  fixture_write (f->path, O_APPEND, text->str + strlen (FIXTURE_HEADER), -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "not enough memory");

  /* What fits is read, whatever was there before. */
  fixture_write (f->path, O_TRUNC, text->str, 4096);
  n_rooms = 1;
  reading_look (f);
  reading_assert_fresh (f);
}

/* As for so many endpoints, but not for all. */
static gint64
get_some_room (void)
{
  return 20 << 20;
}

static void
test_endpoints (Reading      *f,
                gconstpointer data)
{
  g_autoptr (GString) text = reading_text (1, 0);
  gsize               length = text->len;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "1700000001,1,GET,/%u,0,0,1,1,1,0,1,1,1,1,1\r\n", i);
  fixture_write (f->path, O_TRUNC, text->str, -1);
  scope_csv_reader_set_memory (f->reader, get_some_room);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "There is not enough memory for it.");
  fixture_write (f->path, O_TRUNC, text->str, (gssize) length);
  reading_look (f);
  reading_assert_fresh (f);
  /* It is not asked again: what was read of it cannot be read once more. */
  fixture_write (f->path, O_APPEND, text->str + length, -1);
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "not enough memory for more than the first");
  reading_look_in_vain (f, SCOPE_FEED_ERROR_MEMORY, "not enough memory for more than the first");
  reading_assert_is (f, text->str, length);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void      (*func) (Reading *, gconstpointer);
  } TESTS[] = {
    { "/csv-faults/grown-past", test_grown_past },
    { "/csv-faults/same-end", test_same_end },
    { "/csv-faults/torn-read", test_torn_read },
    { "/csv-faults/changed-while-reading", test_changed_while_reading },
    { "/csv-faults/folder-link", test_folder_link },
    { "/csv-faults/bad-for-a-while", test_bad_for_a_while },
    { "/csv-faults/bad-sector", test_bad_sector },
    { "/csv-faults/bad-end", test_bad_end },
    { "/csv-faults/memory", test_memory },
    { "/csv-faults/endpoints", test_endpoints },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Reading, NULL, reading_set_up, TESTS[i].func, reading_tear_down);
  return g_test_run ();
}
