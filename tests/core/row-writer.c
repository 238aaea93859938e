/* row-writer.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Minimum, maximum and size stay as they are for long, as in a real test: the end
 * of a row does not tell it from others.
 */
#include "row-writer.h"

#include "fixture.h"

#define FIRST_STAMP 1700000000

#define UNCHANGED "3.1415926535897931,271.82818284590451,64.0"

static const char REQUESTS_HEADER[] =
  "timestamp,request_type,name,response_time_ms,response_length,status_code,exception\r\n";

static const struct
{
  const char *type;
  const char *name;
} ENDPOINTS[] = {
  { "GET", "/a" },
  { "POST", "\"b, \"\"c\"\"\"" },
  { "GET", "/caf\303\251/\344\270\226\347\225\214" },
  { "", "Aggregated" },
};

/* A name with a line break, and one in another encoding. */
static const char *const PLAIN_NAMES[] = { "\"two\r\nlines\"", "/na\357ve" };

/* The counters start again. */
void
row_writer_begin_test (RowWriter *self)
{
  self->block++;
  self->endpoint = 0;
  self->count = 0;
}

void
row_writer_add_header (RowWriter *self,
                       GString   *text)
{
  g_string_append (text, self->kind == ROWS_OF_REQUESTS ? REQUESTS_HEADER : FIXTURE_HEADER);
}

static void
add_request (RowWriter *self,
             GString   *text)
{
  guint e = self->count++ % (G_N_ELEMENTS (ENDPOINTS) - 1);

  self->block++;
  g_string_append_printf (text, "%u.%06u,%s,%s,%u.5,64,%u,%s\r\n", FIRST_STAMP + self->block / 3,
                          self->block % 3 * 300000, ENDPOINTS[e].type, ENDPOINTS[e].name,
                          10 + self->count % 50, self->count % 7 ? 200 : 500,
                          self->count % 11 ? "" : "\"boom\n\"\"bang\"\"\"");
}

/* One that only the plain parser reads, or none can. */
static void
add_plain_row (RowWriter *self,
               GString   *text)
{
  guint i = self->count / G_N_ELEMENTS (ENDPOINTS);

  if (i % 5 == 4)
    g_string_append_printf (text, "%u,5,GET,/cut,1.5\r\n", FIRST_STAMP + self->block);
  else
    fixture_row (text, FIRST_STAMP + self->block, "GET", PLAIN_NAMES[i % 2], self->count, 1e3 / 3);
}

/* The next row of the test. */
void
row_writer_add_row (RowWriter *self,
                    GString   *text)
{
  guint       e = self->endpoint;
  const char *quantile = self->count > 0 ? "12" : "N/A";

  if (self->kind == ROWS_OF_REQUESTS)
    {
      add_request (self, text);
      return;
    }
  if (e == 0 && self->kind == ROWS_OF_PLAIN_HISTORY)
    add_plain_row (self, text);
  g_string_append_printf (text, "%u,5,%s,%s,1.500000,0.250000,%s,%s,%u,%u,12,%u.25," UNCHANGED "\r\n",
                          FIRST_STAMP + self->block, ENDPOINTS[e].type, ENDPOINTS[e].name, quantile,
                          quantile, self->count, self->count / 10, 20 + self->count % 100);
  self->count++;
  self->endpoint = (e + 1) % G_N_ELEMENTS (ENDPOINTS);
  if (self->endpoint == 0)
    self->block++;
}
