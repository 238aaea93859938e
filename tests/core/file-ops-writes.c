/* file-ops-writes.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written to the file.  Writers open it for each write, and only ever
 * append to it or empty it, as Locust does; what stands in it is never changed in
 * place.
 */
#include "file-ops-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Many rows: more than two pieces that threads read in turns. */
#define BURST_ROWS 60

static void
write_to (const char *path,
          int         flags,
          const char *text,
          gsize       length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | flags, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, length), ==, length);
  close (fd);
}

/* As the writer does: a file that is empty, or not there, gets a header. */
static void
append (FileOps    *self,
        const char *text,
        gsize       length)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);

  write_to (path, 0, text, length);
}

/* What is in the file now does not follow what was written before. */
static void
begin_test (FileOps *self)
{
  g_string_truncate (self->pending, 0);
  row_writer_begin_test (&self->rows);
}

/* The rest of a row, and others; of a new file the header first. */
static GString *
make_rows (FileOps *self,
           guint    n)
{
  g_autofree char *path = file_ops_get_place (self, FILE_OPS_NAME);
  GString         *text;

  if (file_ops_get_size (path) == 0)
    {
      begin_test (self);
      row_writer_add_header (&self->rows, self->pending);
    }
  text = g_string_new_len (self->pending->str, self->pending->len);
  g_string_truncate (self->pending, 0);
  for (guint i = 0; i < n; i++)
    row_writer_add_row (&self->rows, text);
  return text;
}

void
file_ops_append_rows (FileOps *self)
{
  g_autoptr (GString) text = make_rows (self, 1 + file_ops_choose (self, 9));

  append (self, text->str, text->len);
  file_ops_note (self, "append rows, %" G_GSIZE_FORMAT " bytes", text->len);
}

/* Ends anywhere: in a name, in a quote, in a number. */
void
file_ops_append_part (FileOps *self)
{
  g_autoptr (GString) text = make_rows (self, 1 + file_ops_choose (self, 4));
  gsize               n = text->len * (1 + file_ops_choose (self, 256)) / 257;

  append (self, text->str, n);
  g_string_append_len (self->pending, text->str + n, text->len - n);
  file_ops_note (self, "append %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", n, text->len);
}

void
file_ops_append_burst (FileOps *self)
{
  guint               n = BURST_ROWS * (1 + file_ops_choose (self, 8));
  g_autoptr (GString) text = make_rows (self, n);

  append (self, text->str, text->len);
  file_ops_note (self, "append a burst, %" G_GSIZE_FORMAT " bytes", text->len);
}

/* A test begun from the web UI, or the other end of a pipe that came again. */
void
file_ops_append_header (FileOps *self)
{
  g_autoptr (GString) text = make_rows (self, 0);
  gboolean            torn = file_ops_choose (self, 4) == 0;

  if (torn)
    g_string_truncate (text, text->len / 2);
  row_writer_begin_test (&self->rows);
  row_writer_add_header (&self->rows, text);
  row_writer_add_row (&self->rows, text);
  append (self, text->str, text->len);
  file_ops_note (self, "append the header again%s", torn ? ", after half a row" : "");
}

/* Two processes append to one file, whole rows or torn ones. */
void
file_ops_append_two_writers (FileOps *self)
{
  RowWriter           other = self->rows;
  g_autoptr (GString) text = make_rows (self, 1);
  gboolean            torn = file_ops_choose (self, 4) == 0;
  guint               n = 1 + file_ops_choose (self, 12);

  row_writer_begin_test (&other);
  other.block += 100000;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) row = g_string_new (NULL);

      row_writer_add_row (&self->rows, row);
      g_string_append_len (text, row->str, torn ? row->len / 2 : row->len);
      row_writer_add_row (&other, text);
      g_string_append (text, torn ? row->str + row->len / 2 : "");
    }
  append (self, text->str, text->len);
  file_ops_note (self, "two writers, %" G_GSIZE_FORMAT " bytes%s", text->len,
                 torn ? ", in each other's rows" : "");
}

/* A new Locust: the same file, from its beginning. */
void
file_ops_rewrite (FileOps *self)
{
  g_autofree char    *path = file_ops_get_place (self, FILE_OPS_NAME);
  goffset             before = file_ops_get_size (path);
  g_autoptr (GString) text = NULL;
  guint               n = file_ops_choose (self, 3);

  write_to (path, O_TRUNC, "", 0);
  n = n == 0 ? 0 : n == 1 ? 1 + file_ops_choose (self, 20) : BURST_ROWS;
  text = n > 0 ? make_rows (self, n) : g_string_new (NULL);
  while (n == BURST_ROWS && (goffset) text->len <= before)
    row_writer_add_row (&self->rows, text);
  append (self, text->str, text->len);
  file_ops_note (self, "rewrite, %" G_GSIZE_FORMAT " bytes where there were %" G_GOFFSET_FORMAT,
                 text->len, before);
}

/* A row that makes the text as long as that, if it can: names are of any length. */
static void
add_row_to (FileOps *self,
            GString *text,
            gsize    length)
{
  g_autoptr (GString) row = g_string_new (NULL);
  const char         *name;

  row_writer_add_row (&self->rows, row);
  name = strchr (strchr (strchr (row->str, ',') + 1, ',') + 1, ',') + 1;
  if (text->len + row->len <= length)
    {
      g_autofree char *more = g_strnfill (length - text->len - row->len, 'x');

      g_string_insert (row, name - row->str, more);
    }
  g_string_append_len (text, row->str, row->len);
}

/* Cut anywhere, then maybe longer than it was, with other rows; one of these may
 * end where the last one did. */
void
file_ops_cut (FileOps *self)
{
  g_autofree char    *path = file_ops_get_place (self, FILE_OPS_NAME);
  goffset             before = file_ops_get_size (path);
  goffset             length = before * file_ops_choose (self, 256) / 256;
  guint               how = file_ops_choose (self, 4);
  g_autoptr (GString) text = NULL;

  if (!file_ops_exists (self))
    return;
  g_assert_cmpint (truncate (path, length), ==, 0);
  begin_test (self);
  text = make_rows (self, how == 0 ? 0 : 1);
  if (how == 3)
    add_row_to (self, text, before - length);
  while (how > 1 && length + (goffset) text->len <= before)
    row_writer_add_row (&self->rows, text);
  append (self, text->str, text->len);
  file_ops_note (self, "cut at %" G_GOFFSET_FORMAT " of %" G_GOFFSET_FORMAT
                 ", append %" G_GSIZE_FORMAT " bytes", length, before, text->len);
}

/* Somebody empties it, but its writer goes on where it was. */
void
file_ops_leave_hole (FileOps *self)
{
  g_autofree char    *path = file_ops_get_place (self, FILE_OPS_NAME);
  goffset             before = file_ops_get_size (path);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!file_ops_exists (self))
    return;
  for (guint i = 0; i < 3; i++)
    row_writer_add_row (&self->rows, text);
  g_assert_cmpint (truncate (path, 0), ==, 0);
  g_assert_cmpint (truncate (path, before), ==, 0);
  append (self, text->str, text->len);
  file_ops_note (self, "empty it and go on at %" G_GOFFSET_FORMAT, before);
}

void
file_ops_replace (FileOps *self)
{
  g_autofree char    *next = file_ops_get_place (self, "next");
  g_autofree char    *path = file_ops_get_place (self, FILE_OPS_NAME);
  g_autoptr (GString) text = g_string_new (NULL);
  guint               n = file_ops_choose (self, 3) * BURST_ROWS / 2;

  begin_test (self);
  row_writer_add_header (&self->rows, text);
  for (guint i = 0; i < n; i++)
    row_writer_add_row (&self->rows, text);
  write_to (next, O_TRUNC, text->str, text->len);
  g_assert_cmpint (g_rename (next, path), ==, 0);
  file_ops_note (self, "replace by %" G_GSIZE_FORMAT " bytes", text->len);
}

/* Its writer has it open, wherever it is. */
void
file_ops_write_to_moved (FileOps *self)
{
  g_autofree char    *moved = file_ops_get_place (self, "moved");
  g_autoptr (GString) text = g_string_new (NULL);
  guint               how = file_ops_choose (self, 4);
  goffset             before = file_ops_get_size (moved);

  if (g_access (moved, F_OK) != 0)
    return;
  if (how == 0)
    row_writer_add_header (&self->rows, text);
  do
    row_writer_add_row (&self->rows, text);
  while (how == 0 && (goffset) text->len <= before);
  write_to (moved, how == 0 ? O_TRUNC : 0, text->str, text->len);
  file_ops_note (self, "%s what was moved away, %" G_GSIZE_FORMAT " bytes",
                 how == 0 ? "rewrite" : "append to", text->len);
}
