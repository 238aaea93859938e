/* fixture.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparisons here are exact to the bit: whatever order or pieces the bytes
 * came in, the same arithmetic must have been done.
 */
#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Variants that are read; A and B are refused. */
#define READABLE_HEADERS "ABCDEW"

/* Returns: (transfer full): a file of the tests' data */
char *
fixture_path (const char *folder,
              const char *name)
{
  const char *data = g_getenv ("TEST_DATA");

  g_assert_nonnull (data);
  return g_build_filename (data, folder, name, NULL);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_histories (GPtrArray  *paths,
               const char *folder,
               const char *first_letters)
{
  g_autofree char *path = fixture_path (folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (first_letters ? strchr (first_letters, name[0]) != NULL
                      : g_str_has_suffix (name, "_stats_history.csv"))
      g_ptr_array_add (paths, fixture_path (folder, name));
}

/* Returns: (transfer full): every recorded history that can be read */
GPtrArray *
fixture_histories (void)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  add_histories (paths, "runs", NULL);
  add_histories (paths, "headers", READABLE_HEADERS);
  g_ptr_array_sort (paths, compare_paths);
  g_assert_cmpuint (paths->len, >=, 14);
  return paths;
}

GBytes *
fixture_read (const char *path)
{
  char             *bytes;
  gsize             length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static void
bad_row_clear (gpointer data)
{
  g_free (((ScopeBadRow *) data)->reason);
}

Parsed *
parsed_new (void)
{
  Parsed *self = g_new0 (Parsed, 1);

  self->identities = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ScopeRow));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->bad = g_array_new (FALSE, FALSE, sizeof (ScopeBadRow));
  g_array_set_clear_func (self->bad, bad_row_clear);
  return self;
}

void
parsed_free (Parsed *self)
{
  g_clear_pointer (&self->schema, scope_schema_unref);
  g_ptr_array_unref (self->identities);
  g_array_unref (self->rows);
  g_array_unref (self->values);
  g_array_unref (self->bad);
  g_clear_error (&self->error);
  g_free (self);
}

/* However they were packed. */
static void
take_values (Parsed      *self,
             ScopeBlocks *blocks)
{
  const double *plain = (const double *) blocks->values->data;
  const guint8 *packed = blocks->packed->data;

  for (guint i = 0; i < blocks->rows->len; i++)
    {
      gboolean is_packed = g_array_index (blocks->rows, ScopeRow, i).is_packed;

      for (guint v = 0; v < blocks->schema->n_values; v++)
        {
          double value = is_packed ? scope_schema_unpack (blocks->schema, packed, v) : plain[v];

          if (!scope_schema_keeps (blocks->schema, v))
            value = NAN;

          g_array_append_val (self->values, value);
        }
      if (is_packed)
        packed += blocks->schema->packed_size;
      else if (plain != NULL)
        plain += blocks->schema->n_values;
    }
}

/* The rows that follow those of the last batch. */
void
parsed_take (Parsed      *self,
             ScopeBlocks *blocks)
{
  g_assert_cmpuint (blocks->n_known, ==, self->identities->len);
  if (self->schema == NULL && blocks->schema != NULL)
    self->schema = scope_schema_ref (blocks->schema);
  g_assert_true (blocks->schema == self->schema);
  for (guint i = 0; i < blocks->identities->len; i++)
    {
      ScopeIdentity *identity = g_ptr_array_index (blocks->identities, i);

      g_assert_true (g_utf8_validate (identity->type, -1, NULL));
      g_assert_true (g_utf8_validate (identity->name, -1, NULL));
      g_ptr_array_add (self->identities, g_strdup_printf ("%d|%s|%s", identity->is_total,
                                                          identity->type, identity->name));
    }
  g_array_append_vals (self->rows, blocks->rows->data, blocks->rows->len);
  take_values (self, blocks);
  self->n_bad += blocks->n_bad;
  g_assert_cmpuint (blocks->bad->len, ==, MIN (blocks->n_bad, SCOPE_BAD_ROWS_KEPT));
  for (guint i = 0; i < blocks->bad->len && self->bad->len < SCOPE_BAD_ROWS_KEPT; i++)
    {
      ScopeBadRow bad = g_array_index (blocks->bad, ScopeBadRow, i);

      bad.reason = g_strdup (bad.reason);
      g_array_append_val (self->bad, bad);
    }
}

/* FALSE where the bytes are no history. */
gboolean
parsed_feed (Parsed         *self,
             ScopeCsvParser *parser,
             const char     *bytes,
             gsize           length)
{
  g_autofree char        *copy = g_memdup2 (bytes, length); /* so that reading beyond it is seen */
  g_autoptr (ScopeBlocks) blocks = NULL;

  g_clear_error (&self->error);
  blocks = scope_csv_parser_feed (parser, copy, length, &self->error);
  if (blocks == NULL)
    {
      g_assert_nonnull (self->error);
      return FALSE;
    }
  g_assert_no_error (self->error);
  parsed_take (self, blocks);
  if (self->schema != NULL)
    g_assert_cmpuint (self->values->len, ==, self->rows->len * self->schema->n_values);
  return TRUE;
}

/* What the plain parser reads, which reads all rows that stand near the end of what
 * it is given. */
Parsed *
parsed_by_lines (const char *bytes,
                 gsize       length,
                 guint       dropped)
{
  Parsed                    *self = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  const char                *end = bytes + length;

  scope_csv_parser_drop (parser, dropped);
  while (bytes < end)
    {
      const char *newline = memchr (bytes, '\n', end - bytes);
      gsize       n = newline ? (gsize) (newline + 1 - bytes) : (gsize) (end - bytes);

      if (!parsed_feed (self, parser, bytes, n))
        break;
      bytes += n;
    }
  return self;
}

Parsed *
parsed_whole (const char *bytes,
              gsize       length)
{
  Parsed                    *self = parsed_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();

  parsed_feed (self, parser, bytes, length);
  return self;
}

static gboolean
same_row (const ScopeRow *a,
          const ScopeRow *b)
{
  return a->stamp == b->stamp && a->count == b->count && a->failures == b->failures &&
         memcmp (&a->average, &b->average, sizeof a->average) == 0 && a->users == b->users &&
         a->identity == b->identity && a->starts_block == b->starts_block &&
         a->starts_run == b->starts_run;
}

void
parsed_assert_same (Parsed     *self,
                    Parsed     *expected,
                    const char *what)
{
  if (self->rows->len != expected->rows->len || self->n_bad != expected->n_bad)
    g_error ("%s: %u rows and %" G_GUINT64_FORMAT " bad ones, not %u and %" G_GUINT64_FORMAT, what,
             self->rows->len, self->n_bad, expected->rows->len, expected->n_bad);
  for (guint i = 0; i < self->rows->len; i++)
    if (!same_row (&g_array_index (self->rows, ScopeRow, i),
                   &g_array_index (expected->rows, ScopeRow, i)))
      g_error ("%s: row %u is another", what, i);
  g_assert_cmpmem (self->values->data, self->values->len * sizeof (double), expected->values->data,
                   expected->values->len * sizeof (double));
  g_assert_cmpuint (self->identities->len, ==, expected->identities->len);
  for (guint i = 0; i < self->identities->len; i++)
    g_assert_cmpstr (g_ptr_array_index (self->identities, i), ==,
                     g_ptr_array_index (expected->identities, i));
  g_assert_cmpuint (self->bad->len, ==, expected->bad->len);
  for (guint i = 0; i < self->bad->len; i++)
    {
      ScopeBadRow *a = &g_array_index (self->bad, ScopeBadRow, i);
      ScopeBadRow *b = &g_array_index (expected->bad, ScopeBadRow, i);

      g_assert_cmpuint (a->line, ==, b->line);
      g_assert_cmpstr (a->reason, ==, b->reason);
    }
}

/* Appends a row as Locust writes it under FIXTURE_HEADER. */
void
fixture_row (GString    *text,
             gint64      stamp,
             const char *type,
             const char *name,
             guint64     count,
             double      average)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT ",5,%s,%s,1.500000,0.250000,%s,%s,%" G_GUINT64_FORMAT
                          ",%" G_GUINT64_FORMAT ",12,%s,1.5,99.25,64.0\r\n",
                          stamp, type, name, count ? "12" : "N/A", count ? "34" : "N/A", count,
                          count / 10, g_ascii_dtostr (number, sizeof number, average));
}

/* Appends a row whose every cell is given, under FIXTURE_HEADER. */
void
fixture_full_row (GString          *text,
                  const FixtureRow *row)
{
  char average[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT ",5,%s,%s,1.500000,0.250000,%s,%s,%" G_GUINT64_FORMAT
                          ",%" G_GUINT64_FORMAT ",12,%s,%g,%g,64.0\r\n",
                          row->stamp, g_str_equal (row->name, "Aggregated") ? "" : "GET", row->name,
                          row->p50, row->p95, row->count, row->failures,
                          g_ascii_dtostr (average, sizeof average, row->average), row->min,
                          row->max);
}

/* Blocks of two endpoints and the total; other @seeds are other numbers. */
void
fixture_add_blocks (GString *text,
                    guint    first,
                    guint    n,
                    guint    seed)
{
  for (guint b = first; b < first + n; b++)
    {
      fixture_row (text, 1795338539 + 1000 * seed + b, "GET", "/a", b * (3 + seed), 20 + seed);
      fixture_row (text, 1795338539 + 1000 * seed + b, "GET", "\"b, \"\"c\"\"\"", b, 10.25);
      fixture_row (text, 1795338539 + 1000 * seed + b, "", "Aggregated", b * (4 + seed), 15);
    }
}

/* As Locust writes: the same file, opened anew or appended to; @length -1: all. */
void
fixture_write (const char *path,
               int         flags,
               const char *text,
               gssize      length)
{
  int fd = open (path, O_WRONLY | O_CREAT | flags, 0600);

  if (length < 0)
    length = strlen (text);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, length), ==, length);
  close (fd);
}

void
fixture_append (ScopeHistory   *history,
                ScopeCsvParser *parser,
                const char     *text)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ScopeBlocks) blocks =
    scope_csv_parser_feed (parser, text, strlen (text), &error);

  g_assert_no_error (error);
  scope_history_append (history, blocks);
}

/* Returns: (transfer full): the history of a file that was read at once */
ScopeHistory *
fixture_history (const char *bytes,
                 gsize       length)
{
  ScopeHistory              *history = scope_history_new ();
  g_autoptr (ScopeCsvParser) parser = scope_csv_parser_new ();
  g_autoptr (GError)         error = NULL;
  g_autoptr (ScopeBlocks) blocks = scope_csv_parser_feed (parser, bytes, length, &error);

  g_assert_no_error (error);
  scope_history_append (history, blocks);
  return history;
}

/* The position of the endpoint in the list, or -1. */
int
fixture_find (ScopeHistory *history,
              const char   *type,
              const char   *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < n; i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (history, i);

      if (g_str_equal (scope_endpoint_get_type_name (endpoint), type) &&
          g_str_equal (scope_endpoint_get_name (endpoint), name))
        return i;
    }
  return -1;
}

static void
dump_number (GString *text,
             double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, ' ');
  g_string_append (text, number != number ? "nan" : g_ascii_dtostr (buffer, sizeof buffer, number));
}

static void
dump_series (GString              *text,
             ScopeHistory         *history,
             guint                 position,
             ScopeStatistic        statistic)
{
  g_autofree char *id = scope_statistic_dup_id (statistic);
  ScopeSeries      series = scope_history_get_series (history, position, statistic);

  g_string_append_printf (text, "  %s from %u:", id, series.first);
  for (guint i = 0; i < series.n; i++)
    dump_number (text, series.values[i]);
  g_string_append_c (text, '\n');
}

static void
dump_endpoint (GString      *text,
               ScopeHistory *history,
               guint         position)
{
  ScopeEndpoint      *endpoint = scope_history_get_endpoint (history, position);
  const ScopeColumns *columns = scope_history_get_columns (history, position);

  g_string_append_printf (text, "%s|%s|%d latest", scope_endpoint_get_type_name (endpoint),
                          scope_endpoint_get_name (endpoint),
                          scope_endpoint_get_is_total (endpoint));
  dump_number (text, scope_endpoint_get_response_time (endpoint));
  dump_number (text, scope_endpoint_get_throughput (endpoint));
  g_string_append_printf (text, "\n  rows from %u:", columns->first);
  for (guint i = 0; i < columns->n_rows; i++)
    {
      g_string_append_printf (text, " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, scope_columns_get_count (columns, i),
                              scope_columns_get_failures (columns, i));
      dump_number (text, scope_columns_get_sum (columns, i));
      for (guint v = 0; v < columns->schema->n_values; v++)
        dump_number (text, scope_columns_get_value (columns, v, i));
    }
  for (guint64 i = 0; columns->ends != NULL && i < scope_columns_get_end (columns, columns->n_rows - 1); i++)
    dump_number (text, columns->samples[i]);
  g_string_append_c (text, '\n');
  dump_series (text, history, position, SCOPE_STATISTIC (AVERAGE));
  dump_series (text, history, position, SCOPE_STATISTIC (REQUESTS));
}

/* Returns: (transfer full): all that the history knows, exactly */
char *
fixture_dump (ScopeHistory *history)
{
  GString            *text = g_string_new (NULL);
  const double       *times = scope_history_get_times (history);
  const gint64       *stamps = scope_history_get_stamps (history);
  guint               n_stretches;
  const ScopeStretch *stretches = scope_history_get_stretches (history, &n_stretches);

  g_string_append_printf (text, "bad %" G_GUINT64_FORMAT " endpoints %u\nblocks:",
                          scope_history_get_n_bad_rows (history),
                          scope_history_get_n_endpoints (history));
  for (guint i = 0; i < scope_history_get_n_blocks (history); i++)
    {
      g_string_append_printf (text, " %" G_GINT64_FORMAT, stamps[i]);
      dump_number (text, times[i]);
    }
  g_string_append (text, "\nstretches:");
  for (guint i = 0; i < n_stretches; i++)
    {
      g_string_append_printf (text, " %u%s%s", stretches[i].first,
                              stretches[i].from_zero ? " from zero" : "",
                              stretches[i].is_run ? " run" : "");
      dump_number (text, stretches[i].tick);
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    dump_endpoint (text, history, i);
  return g_string_free (text, FALSE);
}

/* Says where two histories part, in a message short enough to read. */
void
fixture_assert_same (ScopeHistory *history,
                     ScopeHistory *expected)
{
  g_autofree char *a = fixture_dump (history);
  g_autofree char *b = fixture_dump (expected);
  gsize            i = 0;

  while (a[i] != '\0' && a[i] == b[i])
    i++;
  if (a[i] != b[i])
    g_error ("the histories part at byte %" G_GSIZE_FORMAT ": …%.80s… is not …%.80s…", i,
             a + (i < 40 ? 0 : i - 40), b + (i < 40 ? 0 : i - 40));
}

/* With what is in it, if it is a folder. */
void
fixture_remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      fixture_remove_all (inner);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}
