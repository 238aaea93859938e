/* shown.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line breaks become blanks.  Control characters would be obeyed by a terminal,
 * and marks that turn the direction of what follows reach beyond a name: both
 * are seen as what they are, characters that cannot be shown.
 */
#include "shown.h"

#include <string.h>

#define LEFT_OUT "…"

/* U+FFFD */
#define REPLACEMENT 0xfffd

static gboolean
is_plain (const char *text)
{
  gsize n = 0;

  for (; text[n] >= ' ' && text[n] < 0x7f; n++)
    if (n == SCOPE_MOST_SHOWN)
      return FALSE;
  return text[n] == '\0';
}

static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
append (GString    *shown,
        const char *start,
        const char *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029)
        c = ' ';
      else if (g_unichar_iscntrl (c) || turns_direction (c))
        c = REPLACEMENT;
      g_string_append_unichar (shown, c);
    }
}

/**
 * scope_shown_dup:
 * @text: UTF-8
 *
 * Returns: (transfer full): the text on one line, of at most %SCOPE_MOST_SHOWN
 *   characters
 */
char *
scope_shown_dup (const char *text)
{
  gsize       length;
  const char *end;
  GString    *shown;

  if (is_plain (text))
    return g_strdup (text);
  length = strlen (text);
  end = text + length;
  shown = g_string_new (NULL);
  if (length > SCOPE_MOST_SHOWN && g_utf8_strlen (text, length) > SCOPE_MOST_SHOWN)
    {
      const char *middle = g_utf8_offset_to_pointer (text, SCOPE_MOST_SHOWN / 2);

      append (shown, text, middle);
      g_string_append (shown, LEFT_OUT);
      append (shown, g_utf8_offset_to_pointer (end, 1 - SCOPE_MOST_SHOWN / 2), end);
    }
  else
    {
      append (shown, text, end);
    }
  return g_string_free (shown, FALSE);
}
