/* live.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the history has told is compared to the bit with a reading that does
 * not know of any summary; what it has not told yet with what happened.
 */
#include "live.h"

#include "curves.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
live_set_up (Live         *self,
             gconstpointer data)
{
  self->folder = g_dir_make_tmp ("locustscope-live-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "run_stats_history.csv", NULL);
  self->summary_path = g_build_filename (self->folder, "run_stats.csv", NULL);
  self->reader = scope_csv_reader_new (self->path);
  scope_csv_reader_set_live (self->reader, TRUE);
  self->history = scope_history_new ();
  self->ticks = g_array_new (FALSE, FALSE, sizeof (LiveTick));
  self->rows = g_string_new (NULL);
  self->summary = g_string_new (NULL);
}

void
live_tear_down (Live         *self,
                gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char      *name;

  scope_csv_reader_free (self->reader);
  g_object_unref (self->history);
  g_array_unref (self->ticks);
  g_string_free (self->rows, TRUE);
  g_string_free (self->summary, TRUE);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->summary_path);
}

/* The history is opened anew, as if nothing had been seen of it. */
void
live_open (Live *self)
{
  scope_csv_reader_free (self->reader);
  g_object_unref (self->history);
  self->reader = scope_csv_reader_new (self->path);
  scope_csv_reader_set_live (self->reader, TRUE);
  self->history = scope_history_new ();
}

/* A new process: it truncates the history, nothing has been flushed yet. */
void
live_begin (Live    *self,
            gboolean only_total,
            guint    seconds_ago)
{
  self->only_total = only_total;
  self->stamp = g_get_real_time () / G_USEC_PER_SEC - seconds_ago;
  g_string_assign (self->rows, FIXTURE_HEADER);
  g_string_truncate (self->summary, 0);
  g_array_set_size (self->ticks, 0);
  live_begin_test (self);
  self->n_flushed = 0;
  live_put (self->path, "", 0, 0);
}

/* As the web UI begins a test: all counters go. */
void
live_begin_test (Live *self)
{
  memset (self->counters, 0, sizeof self->counters);
}

void
live_request (Live  *self,
              char   name,
              guint  n,
              double response_time)
{
  LiveCounters *counters = &self->counters[name - 'a'];

  g_assert (name - 'a' < LIVE_ENDPOINTS);
  counters->min = counters->count > 0 ? MIN (counters->min, response_time) : response_time;
  counters->max = counters->count > 0 ? MAX (counters->max, response_time) : response_time;
  counters->present = TRUE;
  counters->count += n;
  counters->failures += n / 3;
  counters->sum += n * response_time;
}

static LiveCounters
get_total (const LiveCounters *counters)
{
  LiveCounters total = { .present = TRUE };

  for (guint i = 0; i < LIVE_ENDPOINTS; i++)
    {
      if (counters[i].count == 0)
        continue;
      total.min = total.count > 0 ? MIN (total.min, counters[i].min) : counters[i].min;
      total.max = MAX (total.max, counters[i].max);
      total.count += counters[i].count;
      total.failures += counters[i].failures;
      total.sum += counters[i].sum;
    }
  return total;
}

static void
add_rows (Live               *self,
          const char         *name,
          const LiveCounters *counters,
          gboolean            in_history)
{
  guint64    n = counters->count;
  double     average = n > 0 ? counters->sum / n : 0;
  gboolean   whole = n > 0 && !self->slide;
  FixtureRow row = { self->stamp, name, n, counters->failures, average,
                     whole ? "44" : n > 0 ? "0" : "N/A", whole ? "55" : n > 0 ? "0" : "N/A",
                     counters->min, counters->max };
  char       number[G_ASCII_DTOSTR_BUF_SIZE];

  if (in_history)
    fixture_full_row (self->rows, &row);
  g_string_append_printf (self->summary,
                          "%s,%s,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                          ",12,%s,%g,%g,64.0,1.5,0.25,%s,%s\r\n",
                          g_str_equal (name, "Aggregated") ? "" : "GET", name, n,
                          counters->failures, g_ascii_dtostr (number, sizeof number, average),
                          counters->min, counters->max, n > 0 ? "44" : "N/A",
                          n > 0 ? "55" : "N/A");
}

/* One block of the history, and the summary that is written with it; neither
 * is in the files yet. */
void
live_tick (Live *self)
{
  LiveCounters total = get_total (self->counters);
  LiveTick     tick;

  self->stamp++;
  tick.stamp = self->stamp;
  memcpy (tick.counters, self->counters, sizeof tick.counters);
  g_array_append_val (self->ticks, tick);
  g_string_assign (self->summary, LIVE_SUMMARY_HEADER);
  for (guint i = 0; i < LIVE_ENDPOINTS; i++)
    {
      char name[] = { '/', 'a' + i, '\0' };

      if (self->counters[i].present)
        add_rows (self, name, &self->counters[i], !self->only_total);
    }
  add_rows (self, "Aggregated", &total, TRUE);
}

/* Puts more of the history into the file; G_MAXSIZE: all there is. */
void
live_flush (Live *self,
            gsize n)
{
  int fd = open (self->path, O_WRONLY | O_APPEND);

  n = MIN (n, self->rows->len - self->n_flushed);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, self->rows->str + self->n_flushed, n), ==, n);
  close (fd);
  self->n_flushed += n;
}

/* Writes a file in place; a time of 0 is left to the system. */
void
live_put (const char *path,
          const char *bytes,
          gsize       length,
          gint64      time_us)
{
  struct timespec time = { .tv_sec = time_us / G_USEC_PER_SEC,
                           .tv_nsec = time_us % G_USEC_PER_SEC * 1000 };
  struct timespec times[2] = { time, time };
  int             fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  close (fd);
  if (time_us != 0)
    g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

/* Another summary, at the time of the latest tick; -1: a text. */
void
live_put_summary (Live       *self,
                  const char *bytes,
                  gssize      length)
{
  live_put (self->summary_path, bytes, length < 0 ? strlen (bytes) : (gsize) length,
            self->stamp * G_USEC_PER_SEC + 500000);
}

void
live_summarize (Live *self)
{
  live_put_summary (self, self->summary->str, (gssize) self->summary->len);
}

static gboolean
blocks_cb (ScopeBlocks            *blocks,
           const ScopeCsvPosition *position,
           gpointer                data)
{
  scope_history_append (data, blocks);
  return TRUE;
}

void
live_look (Live *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (scope_csv_reader_look (self->reader, blocks_cb, self->history, &error));
  g_assert_no_error (error);
}

/* A second goes by, and the reader sees the summary, or misses it. */
void
live_step (Live    *self,
           gboolean summarized)
{
  live_tick (self);
  if (summarized)
    {
      live_summarize (self);
      live_look (self);
    }
}

/* The position of /NAME, or of the total for a NAME of 'A'; or -1. */
int
live_find (Live *self,
           char  name)
{
  char path[] = { '/', name, '\0' };

  return name == 'A' ? fixture_find (self->history, "", "Aggregated")
                     : fixture_find (self->history, "GET", path);
}

/* The last block of that stamp, or -1. */
static int
find_block (ScopeHistory *history,
            gint64        stamp)
{
  const gint64 *stamps = scope_history_get_stamps (history);
  int           block = (int) scope_history_get_n_blocks (history) - 1;

  while (block >= 0 && stamps[block] != stamp)
    block--;
  return block;
}

/* The value at that stamp; it is an error if there is no such block. */
double
live_get (Live          *self,
          char           name,
          ScopeStatistic statistic,
          gint64         stamp)
{
  int block = find_block (self->history, stamp);
  int position = live_find (self, name);

  g_assert_cmpint (block, >=, 0);
  g_assert_cmpint (position, >=, 0);
  return scope_history_get_value (self->history, position, statistic, block);
}

/* The counter at that stamp; -1 where there is no row. */
gint64
live_get_count (Live  *self,
                char   name,
                gint64 stamp)
{
  int                 block = find_block (self->history, stamp);
  int                 position = live_find (self, name);
  const ScopeColumns *columns;

  if (block < 0 || position < 0)
    return -1;
  columns = scope_history_get_columns (self->history, position);
  return scope_columns_has_row (columns, block) ? (gint64) scope_columns_get_count (columns, block - columns->first)
                                                : -1;
}

/* The stamp of the last block, or 0. */
gint64
live_get_last (Live *self)
{
  guint n = scope_history_get_n_blocks (self->history);

  return n > 0 ? scope_history_get_stamps (self->history)[n - 1] : 0;
}

static ScopeHistory *
read_fresh (Live *self)
{
  g_autoptr (ScopeCsvReader) reader = scope_csv_reader_new (self->path);
  ScopeHistory              *history = scope_history_new ();
  g_autoptr (GError)         error = NULL;

  scope_history_set_window (history, scope_history_get_window (self->history));
  g_assert_true (scope_csv_reader_look (reader, blocks_cb, history, &error));
  g_assert_no_error (error);
  return history;
}

static const ScopeStatistic STATISTICS[] = {
  { .kind = SCOPE_STATISTIC_AVERAGE },
  { .kind = SCOPE_STATISTIC_REQUESTS },
  { .kind = SCOPE_STATISTIC_FAILURES },
  { .kind = SCOPE_STATISTIC_TOTAL_AVERAGE },
  { .kind = SCOPE_STATISTIC_MIN },
  { .kind = SCOPE_STATISTIC_MAX },
  { .kind = SCOPE_STATISTIC_WRITTEN },
  { .kind = SCOPE_STATISTIC_PERCENTILE, .percent = 50 },
};

static gboolean
same_number (double a,
             double b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

static void
assert_same_rows (Live         *self,
                  ScopeHistory *fresh,
                  guint         position,
                  guint         own)
{
  ScopeEndpoint      *endpoint = scope_history_get_endpoint (fresh, position);
  const char         *name = scope_endpoint_get_name (endpoint);
  const ScopeColumns *a = scope_history_get_columns (self->history, own);
  const ScopeColumns *b = scope_history_get_columns (fresh, position);

  g_assert_cmpuint (scope_history_get_n_own_rows (self->history, own), ==, b->n_rows);
  g_assert_cmpuint (a->first, ==, b->first);
  for (guint i = 0; i < b->n_rows; i++)
    {
      g_assert_cmpuint (scope_columns_get_count (a, i), ==, scope_columns_get_count (b, i));
      g_assert_cmpuint (scope_columns_get_failures (a, i), ==, scope_columns_get_failures (b, i));
    }
  for (guint s = 0; s < G_N_ELEMENTS (STATISTICS); s++)
    {
      ScopeSeries x = scope_history_get_series (self->history, own, STATISTICS[s]);
      ScopeSeries y = scope_history_get_series (fresh, position, STATISTICS[s]);

      for (guint i = 0; i < b->n_rows; i++)
        if (!same_number (x.values[i], y.values[i]))
          g_error ("%s, statistic %u, row %u: %g, not %g", name, s, i, x.values[i], y.values[i]);
    }
}

/* What is kept of a series is what would be worked out now, and the legend
 * has its end. */
static void
assert_caches (ScopeHistory *history)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      ScopeEndpoint      *endpoint = scope_history_get_endpoint (history, i);
      const ScopeColumns *columns = scope_history_get_columns (history, i);

      for (guint s = 0; s < G_N_ELEMENTS (STATISTICS); s++)
        {
          ScopeSeries series = scope_history_get_series (history, i, STATISTICS[s]);

          g_assert_cmpuint (series.n, ==, columns->n_rows);
          for (guint row = 0; row < columns->n_rows; row++)
            if (!same_number (series.values[row],
                              (float) scope_history_get_value (history, i, STATISTICS[s],
                                                               columns->first + row)))
              g_error ("%s: a stale value of statistic %u in row %u",
                       scope_endpoint_get_name (endpoint), s, row);
          if (columns->n_rows > 0 && s < 2)
            g_assert_true (same_number (series.values[columns->n_rows - 1],
                                        s == 0 ? (float) scope_endpoint_get_response_time (endpoint)
                                               : (float) scope_endpoint_get_throughput (endpoint)));
        }
    }
}

static gboolean
take_text (gpointer    bytes,
           const char *text,
           gsize       length)
{
  g_byte_array_append (bytes, (const guint8 *) text, length);
  return TRUE;
}

static GByteArray *
export (ScopeHistory *history,
        double        end)
{
  g_autoptr (ScopeView) view = scope_view_new (history);
  ScopePicture          picture = { .history = history, .view = view };
  GByteArray           *bytes = g_byte_array_new ();
  g_autoptr (ScopeCurves) curves = NULL;

  scope_view_set_fixed (view, 0, end);
  curves = scope_curves_new (&picture, NULL);
  scope_curves_write (curves, take_text, bytes);
  return bytes;
}

/* The CSV of what is shown has no number of a summary. */
static void
assert_same_export (Live         *self,
                    ScopeHistory *fresh)
{
  double                 end = (double) self->stamp + 1000;
  g_autoptr (GByteArray) a = export (self->history, end);
  g_autoptr (GByteArray) b = export (fresh, end);

  g_assert_cmpmem (a->data, a->len, b->data, b->len);
}

static void
assert_same_blocks (ScopeHistory *history,
                    ScopeHistory *fresh)
{
  guint               n = scope_history_get_n_blocks (fresh), n_a, n_b;
  const ScopeStretch *a = scope_history_get_stretches (history, &n_a);
  const ScopeStretch *b = scope_history_get_stretches (fresh, &n_b);

  g_assert_cmpuint (scope_history_get_n_blocks (history), >=, n);
  g_assert_cmpmem (scope_history_get_times (history), n * sizeof (double),
                   scope_history_get_times (fresh), n * sizeof (double));
  g_assert_cmpmem (scope_history_get_stamps (history), n * sizeof (gint64),
                   scope_history_get_stamps (fresh), n * sizeof (gint64));
  g_assert_cmpmem (scope_history_get_users (history), n * sizeof (guint32),
                   scope_history_get_users (fresh), n * sizeof (guint32));
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_b; i++)
    {
      g_assert_cmpuint (a[i].first, ==, b[i].first);
      g_assert_cmpint (a[i].is_run, ==, b[i].is_run);
      g_assert_cmpint (a[i].from_zero, ==, b[i].from_zero);
      g_assert_cmpfloat (a[i].tick, ==, b[i].tick);
    }
  g_assert_cmpint (scope_history_has_two_writers (history), ==,
                   scope_history_has_two_writers (fresh));
  g_assert_cmpuint (scope_history_get_n_bad_rows (history), ==,
                    scope_history_get_n_bad_rows (fresh));
  for (guint i = 1; i < scope_history_get_n_blocks (history); i++)
    g_assert_cmpfloat (scope_history_get_times (history)[i], >,
                       scope_history_get_times (history)[i - 1]);
}

/* What the file of the history has told is what a reading of it alone tells. */
void
live_assert_settled (Live *self)
{
  g_autoptr (ScopeHistory) fresh = read_fresh (self);
  guint                    n_found = 0;

  assert_same_blocks (self->history, fresh);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fresh)); i++)
    {
      ScopeEndpoint *endpoint = scope_history_get_endpoint (fresh, i);
      int            own = fixture_find (self->history, scope_endpoint_get_type_name (endpoint),
                                         scope_endpoint_get_name (endpoint));

      g_assert_cmpint (own, >=, 0);
      assert_same_rows (self, fresh, i, own);
      n_found += scope_history_get_n_own_rows (self->history, own) > 0;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    n_found -= scope_history_get_n_own_rows (self->history, i) > 0;
  g_assert_cmpuint (n_found, ==, 0);
  assert_caches (self->history);
  assert_same_export (self, fresh);
}

/* And it has told all: with rows of the history only, the two are the same
 * but for the order in which the endpoints were seen. */
void
live_assert_all_settled (Live *self)
{
  g_autoptr (ScopeHistory) fresh = read_fresh (self);

  live_assert_settled (self);
  g_assert_cmpuint (scope_history_get_n_blocks (self->history), ==,
                    scope_history_get_n_blocks (fresh));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fresh)); i++)
    {
      ScopeEndpoint *expected = scope_history_get_endpoint (fresh, i);
      int            own = fixture_find (self->history, scope_endpoint_get_type_name (expected),
                                         scope_endpoint_get_name (expected));
      ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, own);

      g_assert_cmpuint (scope_history_get_columns (self->history, own)->n_rows, ==,
                        scope_history_get_columns (fresh, i)->n_rows);
      g_assert_true (same_number (scope_endpoint_get_response_time (endpoint),
                                  scope_endpoint_get_response_time (expected)));
      g_assert_true (same_number (scope_endpoint_get_throughput (endpoint),
                                  scope_endpoint_get_throughput (expected)));
    }
}

static const LiveTick *
find_tick (Live  *self,
           gint64 stamp)
{
  for (guint i = self->ticks->len; i-- > 0;)
    if (g_array_index (self->ticks, LiveTick, i).stamp == stamp)
      return &g_array_index (self->ticks, LiveTick, i);
  g_error ("no block was written at %" G_GINT64_FORMAT, stamp);
}

/* Every row there is, wherever from, is what happened by that time. */
void
live_assert_true (Live *self)
{
  guint n_blocks = scope_history_get_n_blocks (self->history);

  for (guint block = 0; block < n_blocks; block++)
    {
      const LiveTick *tick =
        find_tick (self, scope_history_get_stamps (self->history)[block]);

      for (guint i = 0; i < LIVE_ENDPOINTS; i++)
        {
          int                 position = live_find (self, 'a' + i);
          const ScopeColumns *columns;
          guint               row;

          if (position < 0)
            continue;
          columns = scope_history_get_columns (self->history, position);
          if (!scope_columns_has_row (columns, block))
            continue;
          row = block - columns->first;
          if (scope_columns_get_count (columns, row) != tick->counters[i].count ||
              scope_columns_get_failures (columns, row) != tick->counters[i].failures ||
              fabs (scope_columns_get_sum (columns, row) - tick->counters[i].sum) > 1e-6)
            g_error ("/%c at %" G_GINT64_FORMAT " (block %u of %u): %" G_GUINT64_FORMAT
                     " requests, not %" G_GUINT64_FORMAT,
                     'a' + i, tick->stamp, block, n_blocks, scope_columns_get_count (columns, row),
                     tick->counters[i].count);
        }
    }
}
