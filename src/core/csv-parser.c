/* csv-parser.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns are found by their names in the header, never by position.  A row
 * that has not ended yet is kept until the rest comes; one that cannot be
 * read is counted and passed over.
 */
#include "csv-parser-private.h"

#include "csv-foreign.h"
#include "csv-legacy.h"
#include "csv-summary.h"
#include "feed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * scope_csv_parser_new:
 *
 * Returns: (transfer full): a parser for one file, from its first byte on
 */
ScopeCsvParser *
scope_csv_parser_new (void)
{
  ScopeCsvParser *self = g_new0 (ScopeCsvParser, 1);

  self->tail = g_byte_array_new ();
  self->pool = scope_blocks_pool_new ();
  self->identities = scope_identities_new ();
  scope_block_marks_init (&self->marks);
  self->line = 1;
  return self;
}

void
scope_csv_parser_free (ScopeCsvParser *self)
{
  g_clear_pointer (&self->header, scope_csv_header_free);
  g_clear_error (&self->error);
  g_byte_array_unref (self->tail);
  scope_blocks_pool_unref (self->pool);
  scope_identities_free (self->identities);
  g_clear_pointer (&self->fast, scope_csv_fast_free);
  scope_block_marks_clear (&self->marks);
  g_free (self);
}

/* Before anything is fed: which kinds of values are read only to see whether
 * they can be; see scope_schema_drop(). */
void
scope_csv_parser_drop (ScopeCsvParser *self,
                       guint           kinds)
{
  self->dropped = kinds;
}

gboolean
scope_csv_parser_has_header (ScopeCsvParser *self)
{
  return self->header != NULL;
}

/* The bytes of an unfinished row that wait for the rest. */
gsize
scope_csv_parser_get_pending (ScopeCsvParser *self)
{
  return self->tail->len;
}

/* Locust 0.13 and 0.14, which knew no user count. */
static gboolean
is_0_13 (const ScopeCsvHeader *header)
{
  return header->is_legacy && header->users == SCOPE_CSV_NO_COLUMN;
}

/* Type and name as they stand in the file, with the comma behind each. */
static void
teach (ScopeCsvParser      *self,
       const ScopeCsvField *fields,
       guint32              identity,
       gboolean             is_total)
{
  const ScopeCsvField *type = &fields[self->header->type];
  const ScopeCsvField *name = &fields[self->header->name];
  const char          *start = type->start - type->quoted;
  const char          *end = name->start + name->length + name->quoted + 1;

  scope_csv_known_learn (scope_csv_fast_get_known (self->fast), identity, is_total, start,
                         end - start);
}

static void
add_row (ScopeCsvParser      *self,
         ScopeBlocks         *blocks,
         const ScopeCsvField *fields,
         ScopeRow            *row,
         const double        *values)
{
  gboolean is_total;

  row->identity = scope_identities_find (self->identities, blocks, &fields[self->header->type],
                                         &fields[self->header->name],
                                         is_0_13 (self->header) ? "None" : "");
  is_total = scope_identities_is_total (self->identities, row->identity);
  scope_block_marks_add (&self->marks, row, is_total);
  g_array_append_val (blocks->rows, *row);
  g_array_append_vals (blocks->values, values, self->header->schema->n_values);
  if (self->fast != NULL)
    teach (self, fields, row->identity, is_total);
}

static void
add_request (ScopeCsvParser      *self,
             ScopeBlocks         *blocks,
             const ScopeCsvField *fields,
             ScopeRequest        *request)
{
  if (scope_identities_get_n (self->identities) == 0)
    scope_identities_add_total (self->identities, blocks);
  request->identity = scope_identities_find (self->identities, blocks, &fields[self->header->type],
                                             &fields[self->header->name], NULL);
  request->starts_run = self->marks.starts_run;
  self->marks.starts_run = FALSE;
  g_array_append_val (blocks->requests, *request);
}

/* Whether what may become the header can be one. */
static gboolean
check_header (const char *bytes,
              gsize       length,
              GError    **error)
{
  g_autofree char *message = scope_csv_foreign_describe_early (bytes, length);

  if (message != NULL)
    g_set_error_literal (error, SCOPE_FEED_ERROR, SCOPE_FEED_ERROR_FORMAT, message);
  return message == NULL;
}

/* The header, which is @length bytes without its line end, or that the file is
 * another. */
static gboolean
read_header (ScopeCsvParser *self,
             const char     *record,
             gsize           length,
             gsize           available,
             GError        **error)
{
  length = scope_csv_trim_line_end (record, length);
  if (length == 0)
    return TRUE;
  self->header = scope_csv_header_new (record, length, available, error);
  /* What would be refused in pieces is refused as a whole. */
  if (self->header != NULL && !check_header (record, length, error))
    g_clear_pointer (&self->header, scope_csv_header_free);
  return self->header != NULL;
}

/* The fields of a row, one for each column of the header. */
static gboolean
split_row (ScopeCsvParser *self,
           ScopeBlocks    *blocks,
           const char     *record,
           gsize           length,
           ScopeCsvField  *fields)
{
  guint n;

  if (self->header->is_legacy)
    {
      if (!scope_csv_legacy_split_fields (self->header, record, length, fields, &n))
        {
          scope_csv_parser_add_bad (self, blocks, _("the row does not fit the header"));
          return FALSE;
        }
      if (n != self->header->n_percentiles && !self->is_settled)
        scope_csv_header_drop_percentiles (self->header);
      return TRUE;
    }
  n = scope_csv_split_fields (record, length, fields, SCOPE_CSV_MAX_COLUMNS);
  if (n == 0)
    scope_csv_parser_add_bad (self, blocks, _("a quote is not closed"));
  else if (n != self->header->n_columns)
    scope_csv_parser_add_bad (self, blocks, _("%u columns where the header has %u"), n,
                              self->header->n_columns);
  return n == self->header->n_columns;
}

/* What the rows hold is known for certain once one was read. */
static void
settle (ScopeCsvParser *self,
        ScopeBlocks    *blocks)
{
  if (!self->is_settled)
    {
      /* A legacy file has little but its percentiles. */
      if (!self->header->is_legacy)
        scope_schema_drop (self->header->schema, self->dropped);
      self->fast = scope_csv_fast_new (self->header);
    }
  self->is_settled = TRUE;
  if (blocks->schema == NULL)
    blocks->schema = scope_schema_ref (self->header->schema);
}

/* What was written anew behind half a row, as "tail -F" does with the file of a
 * test that was started again. */
static gboolean
ends_with_header (ScopeCsvParser *self,
                  const char     *record,
                  gsize           length)
{
  gsize header_length = self->header ? self->header->record_length : 0;

  length = scope_csv_trim_line_end (record, length);
  return header_length > 0 && length > header_length &&
         scope_csv_header_is_same (self->header, record + length - header_length, header_length);
}

static void
pass_over_torn (ScopeCsvParser *self,
                ScopeBlocks    *blocks,
                const char     *record,
                gsize           length)
{
  if (ends_with_header (self, record, length))
    {
      scope_csv_parser_add_bad (self, blocks, _("the row has no end before the header comes again"));
      self->marks.starts_run = TRUE;
      return;
    }
  scope_csv_parser_add_bad (self, blocks, _("a quote is not closed"));
}

static void
read_record (ScopeCsvParser *self,
             ScopeBlocks    *blocks,
             const char     *record,
             gsize           length)
{
  ScopeCsvField    fields[SCOPE_CSV_MAX_COLUMNS];
  double   values[SCOPE_CSV_MAX_COLUMNS];
  ScopeRow row = { 0 };

  length = scope_csv_trim_line_end (record, length);
  if (length == 0)
    return; /* a text file of Windows has one after each row */
  if (scope_csv_header_is_same (self->header, record, length))
    {
      self->marks.starts_run = TRUE;
      return;
    }

  if (ends_with_header (self, record, length))
    {
      pass_over_torn (self, blocks, record, length);
      return;
    }
  if (!split_row (self, blocks, record, length, fields))
    return;
  settle (self, blocks);
  if (self->header->schema->has_requests)
    {
      ScopeRequest request = { 0 };

      if (scope_csv_parser_read_request (self, blocks, fields, &request))
        add_request (self, blocks, fields, &request);
    }
  else if (scope_csv_parser_read_row (self, blocks, fields, &row, values))
    {
      add_row (self, blocks, fields, &row, values);
    }
}

static guint
count_newlines (const char *record,
                gsize       length)
{
  guint       n = 0;
  const char *end = record + length;

  while ((record = memchr (record, '\n', end - record)) != NULL)
    {
      n++;
      record++;
    }
  return n;
}

/* A row that is longer than any real one is not kept, but its end is still
 * looked for: what was a quoted line break in it is no row. */
static void
skip (ScopeCsvParser *self,
      ScopeBlocks    *blocks,
      const char     *record)
{
  if (!self->skipping)
    scope_csv_parser_add_bad (self, blocks, _("the row is longer than %d bytes"),
                              SCOPE_CSV_MAX_ROW_BYTES);
  self->skipping = TRUE;
  self->scanned = 0;
  self->line += count_newlines (record, SCOPE_CSV_MAX_SCANNED);
}

static ScopeCsvRecordEnd
find_end (ScopeCsvParser *self,
          const char     *data,
          gsize           length,
          gsize          *end)
{
  if (self->header != NULL && self->header->is_legacy)
    return scope_csv_legacy_find_record_end (self->header, data, length, &self->scanned, end);
  return scope_csv_find_record_end (data, length, &self->scanned, &self->in_quotes, end);
}

/* Reads the whole rows at the beginning of @data.  Returns how many bytes
 * they take, or -1 where the file is no history. */
static gssize
read_records (ScopeCsvParser *self,
              ScopeBlocks    *blocks,
              const char     *data,
              gsize           length,
              GError        **error)
{
  gsize start = 0;

  for (;;)
    {
      gsize             end = 0;
      ScopeCsvRecordEnd found;

      if (self->fast != NULL && self->scanned == 0 && !self->skipping)
        start += scope_csv_fast_read (self->fast, data + start, length - start, &self->marks,
                                      blocks, &self->line);
      found = find_end (self, data + start, length - start, &end);
      if (found == SCOPE_CSV_RECORD_UNFINISHED)
        return self->header != NULL || check_header (data + start, length - start, error)
                 ? (gssize) start
                 : -1;
      if (found == SCOPE_CSV_RECORD_TOO_LONG)
        {
          if (self->header == NULL &&
              !read_header (self, data + start, SCOPE_CSV_MAX_SCANNED, length - start, error))
            return -1;
          skip (self, blocks, data + start);
          start += SCOPE_CSV_MAX_SCANNED;
          continue;
        }
      if (self->skipping)
        self->skipping = FALSE;
      else if (self->header != NULL && found == SCOPE_CSV_RECORD_TORN)
        pass_over_torn (self, blocks, data + start, end);
      else if (self->header != NULL)
        read_record (self, blocks, data + start, end);
      else if (!read_header (self, data + start, end, length - start, error))
        return -1;
      self->line += count_newlines (data + start, end + 1);
      start += end + 1;
      self->scanned = 0;
      self->in_quotes = FALSE;
    }
}

/* Gives the row that has not ended what it lacks, line by line; all else is
 * read where it stands.  FALSE where the file is no history. */
static gboolean
finish_tail (ScopeCsvParser *self,
             ScopeBlocks    *blocks,
             const char    **bytes,
             gsize          *length)
{
  while (self->tail->len > 0 && *length > 0)
    {
      const char *newline = memchr (*bytes, '\n', *length);
      gsize       n = newline ? (gsize) (newline + 1 - *bytes) : *length;
      gssize      used;

      g_byte_array_append (self->tail, (const guint8 *) *bytes, n);
      *bytes += n;
      *length -= n;
      used =
        read_records (self, blocks, (const char *) self->tail->data, self->tail->len, &self->error);
      if (used < 0)
        return FALSE;
      if (used > 0)
        g_byte_array_remove_range (self->tail, 0, used);
    }
  return TRUE;
}

/**
 * scope_csv_parser_feed:
 * @self: the parser
 * @bytes: the bytes that follow those of the last call
 * @length: their number
 * @error: return location for %SCOPE_FEED_ERROR_FORMAT
 *
 * Returns: (transfer full): the rows that are whole now, maybe none; or %NULL
 *   where this is not a statistics history, now and for the rest of the file
 */
ScopeBlocks *
scope_csv_parser_feed (ScopeCsvParser *self,
                       const char     *bytes,
                       gsize           length,
                       GError        **error)
{
  g_autoptr (ScopeBlocks) blocks = NULL;
  gssize                  used;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  blocks = scope_blocks_pool_take (self->pool, self->is_settled ? self->header->schema : NULL,
                                   scope_identities_get_n (self->identities));
  if (!finish_tail (self, blocks, &bytes, &length))
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  used = read_records (self, blocks, bytes, length, &self->error);
  if (used < 0)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  g_byte_array_append (self->tail, (const guint8 *) bytes + used, length - used);
  return g_steal_pointer (&blocks);
}

/**
 * scope_csv_parser_end:
 * @self: the parser, which gets no more bytes
 *
 * A row without a line end may lack its last digits.
 *
 * Returns: (transfer full) (nullable): a batch that says that the last row is such
 *   a one; %NULL where it is whole, or the header has not been read
 */
ScopeBlocks *
scope_csv_parser_end (ScopeCsvParser *self)
{
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (self->error != NULL || self->header == NULL || self->tail->len == 0 || self->skipping)
    return NULL;
  blocks = scope_csv_parser_feed (self, "", 0, NULL);
  scope_csv_parser_add_bad (self, blocks, _("it ends in the middle"));
  g_byte_array_set_size (self->tail, 0);
  return g_steal_pointer (&blocks);
}

/**
 * scope_csv_parser_feed_gap:
 * @self: the parser
 * @length: bytes that follow those of the last call, and that nobody knows
 *
 * The row in which they begin and the one in which they end are lost.
 *
 * Returns: (transfer full) (nullable): a batch that says so; %NULL where the
 *   header has not been read
 */
ScopeBlocks *
scope_csv_parser_feed_gap (ScopeCsvParser *self,
                           gsize           length)
{
  g_autoptr (ScopeBlocks) blocks = NULL;
  g_autofree char        *bytes = g_format_size_full (length, G_FORMAT_SIZE_IEC_UNITS);

  if (self->error != NULL || self->header == NULL)
    return NULL;
  blocks = scope_csv_parser_feed (self, "", 0, NULL);
  /* Translators: how much, as in "4.0 KiB". */
  scope_csv_parser_add_bad (self, blocks, _("%s from here on cannot be read"), bytes);
  g_byte_array_set_size (self->tail, 0);
  self->scanned = 0;
  self->in_quotes = FALSE;
  self->skipping = TRUE;
  return g_steal_pointer (&blocks);
}

/**
 * scope_csv_parser_read_summary:
 * @self: the parser of a history
 * @bytes: the PREFIX_stats.csv beside it, from beginning to end
 * @length: its length in bytes
 * @written_us: when it was written, in µs since the epoch
 *
 * Returns: (transfer full) (nullable): its rows; %NULL where it is being
 *   written, or where its counters are not those that the history has
 */
ScopeBlocks *
scope_csv_parser_read_summary (ScopeCsvParser *self,
                               const char     *bytes,
                               gsize           length,
                               gint64          written_us)
{
  g_autoptr (ScopeBlocks) blocks = NULL;

  if (!self->is_settled || self->header->is_legacy || self->header->schema->has_requests)
    return NULL;
  blocks = scope_blocks_new (self->header->schema, scope_identities_get_n (self->identities));
  blocks->summary_us = written_us;
  if (!scope_csv_summary_read (bytes, length, self->identities, blocks))
    return NULL;
  return g_steal_pointer (&blocks);
}
