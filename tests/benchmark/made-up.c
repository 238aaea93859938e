/* made-up.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test that rises and falls: users arrive, traffic comes in waves, bursts
 * and lulls, endpoints are slow for a while, are quiet for a while, or begin
 * late.  Counters, rates and percentiles follow from it as in Locust: rates
 * are of ten seconds and stay as they were in a lull, percentiles are N/A
 * before the first request, 0 without a recent one, and rounded.
 */
#include "made-up.h"

#include "made-up-names.h"
#include "repr.h"

#include <math.h>
#include <string.h>

#define START     1795000000
#define N_USERS   50
#define RATE_SPAN 10 /* s */

/* A row is at most this long, its name not counted. */
#define ROW_SIZE 512

/* Of the response times of one endpoint: quantiles, and how much slower than
 * the median they are. */
#define N_PERCENTILES 11
static const double QUANTILES[N_PERCENTILES] = { 0.5,  0.66, 0.75,  0.8,    0.9, 0.95,
                                                 0.98, 0.99, 0.999, 0.9999, 1 };
static const double FACTORS[N_PERCENTILES] = { 1, 1.2, 1.4, 1.5, 1.9, 2.4, 3, 3.7, 6, 9, 9.5 };

typedef struct
{
  const char *key;           /* borrowed: type and name, as written */
  double      base;          /* ms: median while nothing is wrong */
  double      pace;          /* requests/s while nothing is wrong */
  double      failing;       /* share of requests */
  double      size;          /* bytes of a response */
  gboolean    sizes_vary;
  guint       begins;        /* block of its first request */
  gboolean    is_known;      /* has rows before that */
  guint       slow_until;    /* block */
  guint       quiet_until;   /* block */

  double      now;           /* ms: median at the moment */
  guint64     count;
  guint64     failures;
  double      sum;           /* ms */
  double      low;           /* ms */
  double      high;          /* ms */
  double      bytes;
  guint32     recent[RATE_SPAN];
  guint32     recent_failures[RATE_SPAN];
  guint32     in_span;       /* sums of the above */
  guint32     failures_in_span;
} Endpoint;

struct _MadeUp
{
  guint64      state;        /* of the stream of random numbers */
  guint        n_endpoints;
  MadeUpNames *names;        /* owned */
  Endpoint    *endpoints;    /* owned; the total is the last */
  gint64       start;
  guint        n_blocks;     /* so far */
  guint        n_active;     /* of them: with any traffic */
  guint        burst_until;  /* block */
  guint        lull_until;   /* block */
};

/* A cheap stream of numbers in [0, 1). */
static double
draw (MadeUp *self)
{
  self->state = self->state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
  return (self->state >> 11) * 0x1p-53;
}

static gboolean
happens (MadeUp *self,
         double  probability)
{
  return draw (self) < probability;
}

/* As Locust measures: the difference of two readings of a clock that counts
 * nanoseconds, so that there is noise in the last digits. */
static double
measure (MadeUp *self,
         double  ms)
{
  double from = (86400e9 + self->n_blocks * 1e9 + floor (1e9 * draw (self))) / 1e9;
  double to = rint ((from + ms / 1e3) * 1e9) / 1e9;

  return (to - from) * 1e3;
}

static char *
put_text (char       *to,
          const char *text)
{
  gsize length = strlen (text);

  memcpy (to, text, length);
  return to + length;
}

/* As "%f" does. */
static char *
put_rate (char  *to,
          double value)
{
  guint64 millionths = (guint64) (value * 1e6 + 0.5);
  guint   part = millionths % 1000000;

  to = put_uint (to, millionths / 1000000);
  *to++ = '.';
  for (guint unit = 100000; unit > 0; unit /= 10)
    *to++ = '0' + part / unit % 10;
  return to;
}

/* To two digits. */
static guint
round_time (double ms)
{
  guint unit = 1;

  for (; ms >= 100; ms /= 10)
    unit *= 10;
  return (guint) (ms + 0.5) * unit;
}

static char *
put_percentiles (char           *to,
                 const Endpoint *endpoint,
                 double          factor)
{
  guint n = endpoint->in_span;
  guint last = 0;

  if (endpoint->count == 0 || n == 0)
    {
      const char *text = endpoint->count == 0 ? ",N/A" : ",0";

      for (guint i = 0; i < N_PERCENTILES; i++)
        to = put_text (to, text);
      return to;
    }
  /* What so few requests cannot tell apart is the slowest of them. */
  while (last < N_PERCENTILES - 1 && n * (1 - QUANTILES[last]) >= 0.5)
    last++;
  for (guint i = 0; i < N_PERCENTILES; i++)
    {
      *to++ = ',';
      to = put_uint (to, round_time (endpoint->now * factor * FACTORS[MIN (i, last)]));
    }
  return to;
}

static char *
put_totals (char           *to,
            const Endpoint *endpoint)
{
  guint median = round_time (endpoint->base);

  if (endpoint->count == 0)
    return put_text (to, ",0,0,0,0.0,0,0,0\r\n");
  *to++ = ',';
  to = put_uint (to, endpoint->count);
  *to++ = ',';
  to = put_uint (to, endpoint->failures);
  *to++ = ',';
  to = put_uint (to, median);
  to = put_text (to, median < 100 ? "," : ".0,");
  to = put_repr (to, endpoint->sum / endpoint->count);
  *to++ = ',';
  to = put_repr (to, endpoint->low);
  *to++ = ',';
  to = put_repr (to, endpoint->high);
  *to++ = ',';
  to = put_repr (to, endpoint->bytes / endpoint->count);
  return put_text (to, "\r\n");
}

static char *
put_row (MadeUp         *self,
         char           *to,
         const Endpoint *endpoint)
{
  double span = CLAMP (self->n_active, 1, RATE_SPAN);

  /* The clock's seconds: a block takes a little longer than one. */
  to = put_uint (to, self->start + self->n_blocks + self->n_blocks / 417);
  *to++ = ',';
  to = put_uint (to, MIN (N_USERS, 2 * self->n_blocks));
  *to++ = ',';
  to = put_text (to, endpoint->key);
  *to++ = ',';
  to = put_rate (to, endpoint->in_span / span);
  *to++ = ',';
  to = put_rate (to, endpoint->failures_in_span / span);
  to = put_percentiles (to, endpoint, 0.95 + 0.1 * draw (self));
  return put_totals (to, endpoint);
}

/* What Locust does with @n responses that took @ms on average. */
static void
count (MadeUp   *self,
       Endpoint *endpoint,
       guint     n,
       guint     n_failed,
       double    ms)
{
  double size = endpoint->size;

  if (endpoint->sizes_vary)
    size = floor (size * (0.8 + 0.4 * draw (self)));
  endpoint->count += n;
  endpoint->failures += n_failed;
  endpoint->sum += n * ms;
  endpoint->bytes += n * size;
  /* The longer a test has run, the rarer is a record. */
  if (endpoint->low == 0)
    endpoint->low = endpoint->high = ms;
  else if (happens (self, (double) n / endpoint->count))
    {
      double low = measure (self, ms * (0.3 + 0.6 * draw (self)));
      double high = measure (self, ms * (1.5 + 8 * draw (self)));

      endpoint->low = MIN (endpoint->low, low);
      endpoint->high = MAX (endpoint->high, high);
    }
}

static void
slide (MadeUp   *self,
       Endpoint *endpoint,
       guint     n,
       guint     n_failed)
{
  guint at = self->n_active % RATE_SPAN;

  endpoint->in_span += n - endpoint->recent[at];
  endpoint->failures_in_span += n_failed - endpoint->recent_failures[at];
  endpoint->recent[at] = n;
  endpoint->recent_failures[at] = n_failed;
}

/* One more second of one endpoint. */
static void
go_on (MadeUp   *self,
       Endpoint *endpoint,
       Endpoint *total,
       double    traffic)
{
  guint  block = self->n_blocks;
  double expected, ms;
  guint  n, n_failed;

  if (happens (self, 0.0004))
    endpoint->slow_until = block + 10 + (guint) (40 * draw (self));
  if (happens (self, 0.0006))
    endpoint->quiet_until = block + 15 + (guint) (60 * draw (self));
  expected = block < endpoint->begins || block < endpoint->quiet_until
               ? 0
               : endpoint->pace * traffic * (0.6 + 0.8 * draw (self));
  n = (guint) (expected + draw (self));
  n_failed = (guint) (n * endpoint->failing + draw (self) * (endpoint->failing > 0));
  n_failed = MIN (n_failed, n);
  slide (self, endpoint, n, n_failed);
  endpoint->now = endpoint->base * (0.8 + 0.2 * traffic) * (block < endpoint->slow_until ? 3 : 1);
  if (n == 0)
    return;
  ms = measure (self, endpoint->now * (1.4 + (draw (self) - 0.5) / sqrt (n)));
  count (self, endpoint, n, n_failed, ms);
  count (self, total, n, n_failed, ms);
  total->now += n * endpoint->now;
}

/* How much of its usual traffic the test has in this second. */
static double
get_traffic (MadeUp *self)
{
  guint  block = self->n_blocks;
  double waves = 1 + 0.3 * sin (block / 900.0) + 0.1 * sin (block / 77.0);

  if (happens (self, 0.003))
    self->burst_until = block + 20 + (guint) (40 * draw (self));
  else if (block > 60 && happens (self, 0.001))
    self->lull_until = block + 12 + (guint) (25 * draw (self));
  if (block == 0 || block < self->lull_until)
    return 0;
  return MIN (1, block / (N_USERS / 2.0)) * waves * (block < self->burst_until ? 2.2 : 1);
}

/**
 * made_up_add_block:
 * @self: a test
 * @text: the rows of its next second are appended to it
 *
 * Returns: how many rows they are
 */
guint
made_up_add_block (MadeUp  *self,
                   GString *text)
{
  Endpoint *total = &self->endpoints[self->n_endpoints];
  double    traffic = get_traffic (self);
  gsize     length = text->len;
  guint64   before = total->count, failures = total->failures;
  guint     n_rows = 1;
  char     *to;

  g_string_set_size (text, length + (gsize) (self->n_endpoints + 1) * ROW_SIZE);
  to = text->str + length;
  if (traffic > 0)
    {
      total->now = 0;
      for (guint i = 0; i < self->n_endpoints; i++)
        go_on (self, &self->endpoints[i], total, traffic);
      if (total->count > before)
        total->now /= total->count - before;
      slide (self, total, total->count - before, total->failures - failures);
      self->n_active++;
    }
  for (guint i = 0; i < self->n_endpoints; i++)
    {
      Endpoint *endpoint = &self->endpoints[i];

      if (!endpoint->is_known && endpoint->count == 0)
        continue;
      to = put_row (self, to, endpoint);
      n_rows++;
    }
  to = put_row (self, to, total);
  self->n_blocks++;
  g_string_truncate (text, to - text->str);
  return n_rows;
}

static void
make_endpoint (MadeUp   *self,
               Endpoint *endpoint,
               guint     number)
{
  endpoint->key = made_up_names_get (self->names, number);
  endpoint->base = 5 * exp (3.5 * draw (self));
  endpoint->pace = 0.2 * exp (4.6 * draw (self));
  endpoint->failing = happens (self, 0.3) ? 0.1 * draw (self) : 0;
  endpoint->size = floor (64 * exp (4 * draw (self)));
  endpoint->sizes_vary = happens (self, 0.4);
  if (happens (self, 0.2))
    {
      endpoint->begins = (guint) (20 * exp (4 * draw (self)));
      endpoint->is_known = happens (self, 0.3);
    }
}

/**
 * made_up_new:
 * @n_endpoints: the total not counted
 * @seed: makes the test
 *
 * Returns: (transfer full): a test that has not begun
 */
MadeUp *
made_up_new (guint   n_endpoints,
             guint32 seed)
{
  MadeUp *self = g_new0 (MadeUp, 1);

  self->state = seed;
  self->n_endpoints = n_endpoints;
  self->names = made_up_names_new (n_endpoints);
  self->start = START;
  self->endpoints = g_new0 (Endpoint, n_endpoints + 1);
  draw (self);
  for (guint i = 0; i < n_endpoints; i++)
    make_endpoint (self, &self->endpoints[i], i);
  self->endpoints[n_endpoints] = (Endpoint){ .key = ",Aggregated", .base = 47 };
  return self;
}

void
made_up_free (MadeUp *self)
{
  made_up_names_free (self->names);
  g_free (self->endpoints);
  g_free (self);
}

/* Seconds since the epoch of the first block. */
void
made_up_set_start (MadeUp *self,
                   gint64  start)
{
  self->start = start;
}

void
made_up_add_header (GString *text)
{
  g_string_append (text, "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,"
                         "95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,"
                         "Total Median Response Time,Total Average Response Time,"
                         "Total Min Response Time,Total Max Response Time,"
                         "Total Average Content Size\r\n");
}

/**
 * made_up_history:
 * @self: a test that has not begun
 * @n_seconds: a block each
 *
 * Returns: (transfer full): a PREFIX_stats_history.csv
 */
GString *
made_up_history (MadeUp *self,
                 guint   n_seconds)
{
  GString *text = g_string_sized_new (240 * (gsize) (self->n_endpoints + 1) * n_seconds);

  made_up_add_header (text);
  for (guint s = 0; s < n_seconds; s++)
    made_up_add_block (self, text);
  return text;
}
