/* history-requests.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The requests of a log are put into blocks of one second here.  They come
 * nearly in the order in which they ended, so mostly the last block grows and
 * new ones follow; a late request goes into its own second all the same, and
 * everything from that block on is laid out anew.  So the result does not
 * depend on how the log was cut into batches.
 */
#include "history-private.h"

#include <math.h>
#include <string.h>

/* s: a longer silence between two requests is not filled with idle blocks. */
#define LONGEST_SILENCE 600

/* One request of a batch on its way into the columns. */
typedef struct
{
  guint    position; /* of the endpoint */
  guint    block;
  double   response_time;
  gboolean failed;
} Item;

/* What becomes of the blocks from one on. */
typedef struct
{
  guint   first;
  GArray *stamps; /* gint64: the new ones */
  GArray *places; /* guint: where each old block is among the new ones */
} Layout;

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *x = a;
  const Item *y = b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  return (x->response_time > y->response_time) - (x->response_time < y->response_time);
}

static inline gint64
get_stamp (ScopeHistory *self,
           guint         block)
{
  return g_array_index (self->stamps, gint64, block);
}

/* The first block of the run that is not before @second. */
static guint
find_block (ScopeHistory *self,
            gint64        second)
{
  guint low = self->log_run;
  guint high = self->stamps->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_stamp (self, middle) < second)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static GArray *
list_seconds (const ScopeRequest *requests,
              guint               n)
{
  GArray *seconds = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  guint   n_different = 0;

  for (guint i = 0; i < n; i++)
    g_array_append_val (seconds, requests[i].second);
  g_array_sort (seconds, compare_seconds);
  for (guint i = 0; i < n; i++)
    {
      gint64 second = g_array_index (seconds, gint64, i);

      if (n_different == 0 || g_array_index (seconds, gint64, n_different - 1) != second)
        g_array_index (seconds, gint64, n_different++) = second;
    }
  g_array_set_size (seconds, n_different);
  return seconds;
}

/* A block that follows a silence holds no request: it is there for the next
 * one to be counted from. */
static gboolean
ends_silence (ScopeHistory *self,
              guint         block)
{
  return block > self->log_run && get_stamp (self, block) - get_stamp (self, block - 1) > 1;
}

/* Fills the time between @last and @next, of which one is new. */
static void
fill (GArray  *stamps,
      gint64   last,
      gint64   next,
      gboolean next_ends_silence)
{
  if (next + next_ends_silence - last <= LONGEST_SILENCE)
    for (gint64 stamp = last + 1; stamp < next; stamp++)
      g_array_append_val (stamps, stamp);
  else if (!next_ends_silence)
    {
      gint64 stamp = next - 1;

      g_array_append_val (stamps, stamp);
    }
}

/* Merges the blocks there are with those that the seconds need. */
static Layout
lay_out (ScopeHistory *self,
         const GArray *seconds)
{
  guint  n_old = self->stamps->len;
  Layout layout = { .first = find_block (self, g_array_index (seconds, gint64, 0)),
                    .stamps = g_array_new (FALSE, FALSE, sizeof (gint64)),
                    .places = g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint    old = layout.first;
  guint    s = 0;
  gint64   last = old > self->log_run ? get_stamp (self, old - 1) : G_MININT64;
  gboolean last_is_new = FALSE;

  while (old < n_old || s < seconds->len)
    {
      gint64   second = s < seconds->len ? g_array_index (seconds, gint64, s) : G_MAXINT64;
      gint64   next = old < n_old ? MIN (get_stamp (self, old), second) : second;
      gboolean is_old = old < n_old && get_stamp (self, old) == next;
      gboolean is_new = second == next;

      if (last != G_MININT64 && (is_new || last_is_new))
        fill (layout.stamps, last, next, !is_new && ends_silence (self, old));
      if (is_old)
        {
          g_array_append_val (layout.places, layout.stamps->len);
          old++;
        }
      g_array_append_val (layout.stamps, next);
      s += is_new;
      last = next;
      last_is_new = is_new;
    }
  return layout;
}

/* Times go on rising where a second log was put behind a later one. */
static double
get_offset (ScopeHistory *self)
{
  double end = get_stamp (self, self->log_run) + 1.0;
  double before;

  if (self->log_run == 0)
    return 0;
  before = g_array_index (self->times, double, self->log_run - 1);
  return end > before ? 0 : before + 1 - end;
}

static void
set_blocks (ScopeHistory *self,
            const Layout *layout)
{
  guint32 users = SCOPE_USERS_UNKNOWN;
  double  offset;

  g_array_set_size (self->times, layout->first);
  g_array_set_size (self->stamps, layout->first);
  g_array_set_size (self->users, layout->first);
  while (self->stretches->len > 0 &&
         g_array_index (self->stretches, ScopeStretch, self->stretches->len - 1).first >=
           layout->first)
    g_array_set_size (self->stretches, self->stretches->len - 1);

  g_array_append_vals (self->stamps, layout->stamps->data, layout->stamps->len);
  offset = get_offset (self);
  for (guint block = layout->first; block < self->stamps->len; block++)
    {
      gboolean     is_run = block == self->log_run;
      double       time = get_stamp (self, block) + 1 + offset;
      ScopeStretch stretch = { .first = block,
                               .from_zero = is_run,
                               .is_run = is_run,
                               .part = 1,
                               .tick = 1 };

      g_array_append_val (self->times, time);
      g_array_append_val (self->users, users);
      if (is_run || ends_silence (self, block))
        g_array_append_val (self->stretches, stretch);
    }
  scope_history_changed_from (self, layout->first);
}

/* The rows of an endpoint that are laid out anew. */
typedef struct
{
  guint    n;
  double  *samples;  /* owned */
  guint64 *ends;     /* owned: in samples */
  guint   *n_failed; /* owned */
} Tail;

static Tail
take_tail (ScopeHistory *self,
           ScopeColumns *columns,
           guint         keep)
{
  Tail    tail = { .n = columns->n_rows - keep };
  guint64 start = keep > 0 ? scope_columns_get_end (columns, keep - 1) : 0;

  if (tail.n == 0)
    return tail;
  tail.samples = g_memdup2 (columns->samples + start,
                            (scope_columns_get_end (columns, columns->n_rows - 1) - start) *
                              sizeof (double));
  tail.ends = g_new (guint64, tail.n);
  tail.n_failed = g_new (guint, tail.n);
  for (guint i = 0; i < tail.n; i++)
    {
      guint    row = keep + i;
      gboolean anew = row == 0 || columns->first + row == self->log_run;

      tail.ends[i] = scope_columns_get_end (columns, row) - start;
      tail.n_failed[i] = scope_columns_get_failures (columns, row) -
                         (anew ? 0 : scope_columns_get_failures (columns, row - 1));
    }
  scope_columns_truncate (columns, keep);
  return tail;
}

static void
clear_tail (Tail *tail)
{
  g_free (tail->samples);
  g_free (tail->ends);
  g_free (tail->n_failed);
}

/* Both are sorted, and so is what comes out. */
static void
merge (GArray       *merged,
       const double *samples,
       guint         n_samples,
       const Item   *items,
       guint         n_items)
{
  guint s = 0, i = 0;

  g_array_set_size (merged, 0);
  while (s < n_samples || i < n_items)
    if (i == n_items || (s < n_samples && samples[s] <= items[i].response_time))
      g_array_append_val (merged, samples[s++]);
    else
      g_array_append_val (merged, items[i++].response_time);
}

static void
append_row (ScopeHistory *self,
            ScopeColumns *columns,
            const Tail   *tail,
            guint         old, /* in the tail; G_MAXUINT: none */
            const Item   *items,
            guint         n_items,
            GArray       *merged)
{
  guint    block = columns->first + columns->n_rows;
  guint64  start = old != G_MAXUINT && old > 0 ? tail->ends[old - 1] : 0;
  guint    n_samples = old != G_MAXUINT ? (guint) (tail->ends[old] - start) : 0;
  guint    n_failed = old != G_MAXUINT ? tail->n_failed[old] : 0;

  merge (merged, n_samples > 0 ? tail->samples + start : NULL, n_samples, items, n_items);
  for (guint i = 0; i < n_items; i++)
    n_failed += items[i].failed;
  scope_columns_append_samples (columns, (const double *) merged->data, merged->len, n_failed,
                                block == self->log_run);
}

static void
rebuild (ScopeHistory *self,
         ScopeColumns *columns,
         const Layout *layout,
         const Item   *items,
         guint         n_items)
{
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (double));
  guint              n_blocks = self->times->len;
  guint              old_first = columns->first; /* as counted before, like what follows */
  guint              keep = 0, old = 0;
  Tail               tail;

  if (columns->n_rows == 0 && n_items == 0)
    return;
  if (columns->n_rows > 0 && old_first < layout->first)
    keep = layout->first - old_first;
  tail = take_tail (self, columns, keep);
  if (keep == 0)
    {
      columns->first = n_items > 0 ? items[0].block : n_blocks;
      if (tail.n > 0)
        columns->first =
          MIN (columns->first,
               layout->first + g_array_index (layout->places, guint, old_first - layout->first));
    }

  while (columns->first + columns->n_rows < n_blocks)
    {
      guint    block = columns->first + columns->n_rows;
      guint    n = 0;
      gboolean was_there;

      while (n < n_items && items[n].block == block)
        n++;
      was_there = old < tail.n && layout->first + g_array_index (layout->places, guint,
                                                                 old_first + keep + old -
                                                                   layout->first) ==
                                    block;
      append_row (self, columns, &tail, was_there ? old : G_MAXUINT, items, n, merged);
      old += was_there;
      items += n;
      n_items -= n;
    }
  clear_tail (&tail);
}

static GArray *
list_items (ScopeHistory       *self,
            const ScopeRequest *requests,
            guint               n)
{
  GArray *items = g_array_sized_new (FALSE, FALSE, sizeof (Item), 2 * n);
  guint   total = scope_history_make_entry (self, 0, FALSE);

  for (guint i = 0; i < n; i++)
    {
      Item item = { .position = scope_history_make_entry (self, requests[i].identity, FALSE),
                    .block = find_block (self, requests[i].second),
                    .response_time = requests[i].response_time,
                    .failed = requests[i].failed };

      g_array_append_val (items, item);
      item.position = total;
      g_array_append_val (items, item);
    }
  g_array_sort (items, compare_items);
  return items;
}

/* Takes in requests of one run. */
static void
append_run (ScopeHistory       *self,
            const ScopeRequest *requests,
            guint               n)
{
  g_autoptr (GArray) seconds = list_seconds (requests, n);
  g_autoptr (GArray) items = NULL;
  Layout             layout;
  guint              start = 0;

  if (requests[0].starts_run)
    self->log_run = self->times->len;
  layout = lay_out (self, seconds);
  set_blocks (self, &layout);
  items = list_items (self, requests, n);
  for (guint position = 0; position < self->entries->len; position++)
    {
      guint end = start;

      while (end < items->len && g_array_index (items, Item, end).position == position)
        end++;
      rebuild (self, scope_history_get_entry (self, position)->columns, &layout,
               &g_array_index (items, Item, start), end - start);
      start = end;
    }
  g_array_unref (layout.stamps);
  g_array_unref (layout.places);
}

/* Takes in the requests of a batch. */
void
scope_history_append_requests (ScopeHistory *self,
                               ScopeBlocks  *blocks)
{
  const ScopeRequest *requests = (const ScopeRequest *) blocks->requests->data;
  guint               n = blocks->requests->len;

  for (guint start = 0, end; start < n; start = end)
    {
      for (end = start + 1; end < n && !requests[end].starts_run; end++)
        ;
      append_run (self, requests + start, end - start);
    }
}
