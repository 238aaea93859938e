/* curves.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row for each block and endpoint, in the order of the history's own
 * rows, with its stamps; numbers do not depend on the locale.
 *
 * Copying the values is quick, making text of them is not: 25 bytes a row are
 * copied where a window shows them, and a thread makes text of a few rows at a
 * time, whatever the history has become meanwhile.
 */
#include "curves.h"

#include "selection.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HEADER "Timestamp,Type,Name,Response Time (ms),Requests/s,Failures/s,User Count"

/* What the baseline had when as much time had passed. */
#define BASELINE_HEADER ",Baseline Response Time (ms),Baseline Requests/s,Baseline Failures/s"

/* Enough to tell any two numbers of a counter's precision apart. */
#define NUMBER_FORMAT "%.15g"

#define OWN_VALUES 3 /* of a row: response time, requests/s, failures/s */

/* Bytes of text that go to a sink at once. */
#define PIECE (256 * 1024)

struct _ScopeCurves
{
  GPtrArray *names;    /* owned char *: of each endpoint, "Type,Name" */
  gint64    *stamps;   /* owned: of each block */
  guint32   *users;    /* owned: of each block */
  guint8    *is_there; /* owned: of each block and endpoint, whether it has a row */
  double    *values;   /* owned: n_values of each row that is there */
  gsize      n_blocks;
  gsize      n_rows;
  guint      n_values;
};

/* The positions of what is shown; in a block the total comes last. */
static GArray *
get_positions (ScopeHistory *history)
{
  GArray *positions = scope_selection_list (history);
  guint   first;

  if (positions->len == 0)
    return positions;
  first = g_array_index (positions, guint, 0);
  if (scope_endpoint_get_is_total (scope_history_get_endpoint (history, first)))
    {
      g_array_remove_index (positions, 0);
      g_array_append_val (positions, first);
    }
  return positions;
}

static void
append_text (GString    *row,
             const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (row, text);
      return;
    }
  g_string_append_c (row, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *p);
    }
  g_string_append_c (row, '"');
}

static char *
dup_name (ScopeEndpoint *endpoint)
{
  GString *text = g_string_new (NULL);

  append_text (text, scope_endpoint_get_type_name (endpoint));
  g_string_append_c (text, ',');
  append_text (text, scope_endpoint_get_name (endpoint));
  return g_string_free (text, FALSE);
}

/* What a summary said before its time is not in the file. */
static gboolean
is_own_row (ScopeHistory *history,
            guint         position,
            guint         block)
{
  const ScopeColumns *columns = scope_history_get_columns (history, position);

  return scope_columns_has_row (columns, block) &&
         block - columns->first < scope_history_get_n_own_rows (history, position);
}

static void
take_values (double             *values,
             const ScopePicture *picture,
             guint               position,
             guint               block)
{
  ScopeHistory        *history = picture->history;
  const ScopeStatistic statistics[OWN_VALUES] = { scope_history_get_response_time (history),
                                                  SCOPE_STATISTIC (REQUESTS),
                                                  SCOPE_STATISTIC (FAILURES) };
  double               time = scope_history_get_times (history)[block];

  for (guint i = 0; i < OWN_VALUES; i++)
    values[i] = scope_history_get_value (history, position, statistics[i], block);
  for (guint i = 0; i < OWN_VALUES && picture->baseline != NULL; i++)
    values[OWN_VALUES + i] =
      scope_baseline_get_value (picture->baseline, position, statistics[i], time);
}

/* Those that are shown. */
static GArray *
list_blocks (const ScopePicture *picture)
{
  const double *times = scope_history_get_times (picture->history);
  guint         n = scope_history_get_n_blocks (picture->history);
  GArray       *blocks = g_array_new (FALSE, FALSE, sizeof (guint));
  double        start, end;

  scope_view_get_range (picture->view, &start, &end);
  for (guint block = 0; block < n; block++)
    if (times[block] >= start && times[block] <= end)
      g_array_append_val (blocks, block);
  return blocks;
}

static gsize
note_rows (ScopeCurves        *self,
           const ScopePicture *picture,
           const GArray       *blocks,
           const GArray       *positions)
{
  guint8 *is_there = self->is_there;
  gsize   n = 0;

  for (guint b = 0; b < blocks->len; b++)
    for (guint i = 0; i < positions->len; i++)
      {
        *is_there = is_own_row (picture->history, g_array_index (positions, guint, i),
                                g_array_index (blocks, guint, b));
        n += *is_there++;
      }
  return n;
}

static void
copy_rows (ScopeCurves        *self,
           const ScopePicture *picture,
           const GArray       *blocks,
           const GArray       *positions)
{
  const guint8 *is_there = self->is_there;
  double       *values = self->values;

  for (guint b = 0; b < blocks->len; b++)
    {
      guint block = g_array_index (blocks, guint, b);

      self->stamps[b] = scope_history_get_stamps (picture->history)[block];
      self->users[b] = scope_history_get_users (picture->history)[block];
      for (guint i = 0; i < positions->len; i++)
        if (*is_there++)
          {
            take_values (values, picture, g_array_index (positions, guint, i), block);
            values += self->n_values;
          }
    }
}

/* Makes room for rows, of which it is known then how many there are. */
static gboolean
make_room (ScopeCurves        *self,
           const ScopePicture *picture,
           const GArray       *blocks,
           const GArray       *positions)
{
  gsize n_cells = (gsize) blocks->len * positions->len;

  self->stamps = g_try_new (gint64, blocks->len + 1);
  self->users = g_try_new (guint32, blocks->len + 1);
  self->is_there = g_try_new (guint8, n_cells + 1);
  if (self->stamps == NULL || self->users == NULL || self->is_there == NULL)
    return FALSE;
  self->n_blocks = blocks->len;
  self->n_rows = note_rows (self, picture, blocks, positions);
  self->values = g_try_new (double, self->n_rows * self->n_values + 1);
  return self->values != NULL;
}

/**
 * scope_curves_new:
 * @picture: whose visible endpoints and stretch of time are taken
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the numbers as they are now; %NULL where
 *   there is no memory for them
 */
ScopeCurves *
scope_curves_new (const ScopePicture *picture,
                  GError            **error)
{
  g_autoptr (GArray)      positions = get_positions (picture->history);
  g_autoptr (GArray)      blocks = list_blocks (picture);
  g_autoptr (ScopeCurves) self = g_new0 (ScopeCurves, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->n_values = picture->baseline != NULL ? 2 * OWN_VALUES : OWN_VALUES;
  for (guint i = 0; i < positions->len; i++)
    g_ptr_array_add (self->names, dup_name (scope_history_get_endpoint (
                                    picture->history, g_array_index (positions, guint, i))));
  if (!make_room (self, picture, blocks, positions))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _("There is not enough memory for so many rows. Show fewer endpoints, "
                             "or less time."));
      return NULL;
    }
  copy_rows (self, picture, blocks, positions);
  return g_steal_pointer (&self);
}

void
scope_curves_free (ScopeCurves *self)
{
  g_ptr_array_unref (self->names);
  g_free (self->stamps);
  g_free (self->users);
  g_free (self->is_there);
  g_free (self->values);
  g_free (self);
}

/* Whether anything that is shown has a row in the file. */
gboolean
scope_curves_has_rows (const ScopeCurves *self)
{
  return self->n_rows > 0;
}

static void
append_number (GString *row,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (row, ',');
  if (!isnan (number))
    g_string_append (row, g_ascii_formatd (text, sizeof text, NUMBER_FORMAT, number));
}

static void
append_row (const ScopeCurves *self,
            GString           *text,
            gsize              block,
            guint              endpoint,
            const double      *values)
{
  guint32 users = self->users[block];

  g_string_append_printf (text, "%" G_GINT64_FORMAT ",", self->stamps[block]);
  g_string_append (text, g_ptr_array_index (self->names, endpoint));
  for (guint i = 0; i < OWN_VALUES; i++)
    append_number (text, values[i]);
  append_number (text, users == SCOPE_USERS_UNKNOWN ? NAN : users);
  for (guint i = OWN_VALUES; i < self->n_values; i++)
    append_number (text, values[i]);
  g_string_append (text, "\r\n");
}

/**
 * scope_curves_write:
 * @self: the numbers; any thread may do so
 * @sink: what the CSV goes to, in pieces
 * @data: for @sink
 *
 * Response Time is the chosen statistic, empty where there is none;
 * Requests/s and Failures/s are counted over the averaging window.  Where a
 * baseline is compared with, each row has its values, too.
 *
 * Returns: whether @sink took all of it
 */
gboolean
scope_curves_write (const ScopeCurves *self,
                    ScopeCurvesSink    sink,
                    gpointer           data)
{
  g_autoptr (GString) text = g_string_sized_new (PIECE);
  const guint8       *is_there = self->is_there;
  const double       *values = self->values;

  g_string_append (text, self->n_values > OWN_VALUES ? HEADER BASELINE_HEADER "\r\n" : HEADER "\r\n");
  for (gsize block = 0; block < self->n_blocks; block++)
    for (guint i = 0; i < self->names->len; i++)
      {
        if (!*is_there++)
          continue;
        append_row (self, text, block, i, values);
        values += self->n_values;
        if (text->len < PIECE)
          continue;
        if (!sink (data, text->str, text->len))
          return FALSE;
        g_string_truncate (text, 0);
      }
  return sink (data, text->str, text->len);
}
