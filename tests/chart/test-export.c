/* test-export.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures as files: their size, what is in them, and that whatever goes
 * wrong, an older file stays as it was and nothing else is left behind.
 */
#include "export.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define SHOP "shop_full_stats_history.csv"

typedef struct
{
  ScopeHistory *history;
  ScopeView    *view;
  ScopePicture  picture;
  char         *folder;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->history = fixture_load_run (SHOP);
  self->view = scope_view_new (self->history);
  self->picture = (ScopePicture){ .history = self->history, .view = self->view, .font = "Sans",
                                  .font_px = 13, .heading = "run.csv", .column = 1 };
  self->folder = g_dir_make_tmp ("scope-export-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        g_assert_cmpint (g_unlink (inner), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_assert_finalize_object (self->view);
  g_assert_finalize_object (self->history);
}

static char *
make_path (Fixture    *self,
           const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static char *
read_file (const char *path,
           gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char              *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static char *
export (Fixture               *self,
        const ScopeExportSize *size,
        const char            *name,
        gsize                 *length)
{
  g_autofree char   *path = make_path (self, name);
  g_autoptr (GError) error = NULL;
  gboolean           done = scope_export (&self->picture, size, path, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return read_file (path, length);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static guint
read_be32 (const char *bytes)
{
  const guint8 *b = (const guint8 *) bytes;

  return (guint) b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

static void
test_png_size (Fixture      *self,
               gconstpointer data)
{
  static const ScopeExportSize sizes[] = {
    { 600, 400, 1 }, { 600, 400, 2 }, { 333, 257, 1.5 }, { 240, 220, 0.5 }, { 301, 203, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize            length;
      g_autofree char *png = export (self, &sizes[i], "a.png", &length);

      g_assert_cmpuint (length, >, 100);
      g_assert_cmpmem (png, 8, "\x89PNG\r\n\x1a\n", 8);
      g_assert_cmpuint (read_be32 (png + 16), ==, round (sizes[i].width * sizes[i].scale));
      g_assert_cmpuint (read_be32 (png + 20), ==, round (sizes[i].height * sizes[i].scale));
      g_assert_cmpmem (png + length - 8, 4, "IEND", 4);
    }
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_svg_size (Fixture      *self,
               gconstpointer data)
{
  ScopeExportSize  size = { 640, 480, 2 };
  gsize            length;
  g_autofree char *svg = export (self, &size, "a.svg", &length);
  const char      *root = strstr (svg, "<svg ");

  g_assert_nonnull (root);
  g_assert_nonnull (strstr (root, "width=\"640px\""));
  g_assert_nonnull (strstr (root, "height=\"480px\""));
  g_assert_nonnull (strstr (root, "viewBox=\"0 0 640 480\""));
  g_assert_nonnull (strstr (root, "</svg>"));
  /* Curves are paths, not a picture in a picture. */
  g_assert_null (strstr (root, "<image"));
}

/* A px is three quarters of a point. */
static void
test_pdf_size (Fixture      *self,
               gconstpointer data)
{
  ScopeExportSize       size = { 640, 480, 2 };
  gsize                 length;
  g_autofree char      *pdf = export (self, &size, "a.pdf", &length);
  g_autoptr (GRegex)    regex = g_regex_new ("/MediaBox \\[ 0 0 480(\\.0*)? 360(\\.0*)? \\]",
                                             G_REGEX_RAW, 0, NULL);

  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_true (g_regex_match_full (regex, pdf, length, 0, 0, NULL, NULL));
  g_assert_nonnull (g_strstr_len (pdf + length - 10, 10, "%%EOF"));
}

static void
test_ending_decides (Fixture      *self,
                     gconstpointer data)
{
  static const char *const good[] = { "a.png", "A.PNG", "a.b.Svg", "x.pDf", "带 空格%20.svg" };
  static const char *const bad[] = { "a.jpg", "png", "a.png.txt", "a", "" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (scope_export_check_path (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (scope_export_check_path (bad[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
    }
}

/* As Cairo writes a colour: in percent of each channel. */
static gboolean
svg_strokes (const char       *svg,
             const ScopeColor *color)
{
  static const char number[] = "([0-9.]+)%";
  g_autofree char  *pattern =
    g_strdup_printf ("stroke[:=]\"? *rgb\\(%s, ?%s, ?%s\\)", number, number, number);
  g_autoptr (GRegex)     regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, svg, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *red = g_match_info_fetch (match, 1);
      g_autofree char *green = g_match_info_fetch (match, 2);
      g_autofree char *blue = g_match_info_fetch (match, 3);

      if (fabs (g_ascii_strtod (red, NULL) - color->red * 100) < 0.05 &&
          fabs (g_ascii_strtod (green, NULL) - color->green * 100) < 0.05 &&
          fabs (g_ascii_strtod (blue, NULL) - color->blue * 100) < 0.05)
        return TRUE;
    }
  return FALSE;
}

static void
test_svg_colors (Fixture      *self,
                 gconstpointer data)
{
  guint             n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  ScopeExportSize   size = { 800, 600, 1 };
  const ScopeTheme *theme = scope_theme_get (SCOPE_THEME_LIGHT);

  for (guint shown = 0; shown < n; shown++)
    {
      g_autofree char *svg = NULL;
      gsize            length;

      fixture_show_only (self->history, shown);
      svg = export (self, &size, "a.svg", &length);
      for (guint i = 0; i < n; i++)
        {
          ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, i);
          ScopePen       pen = scope_theme_get_pen (theme, endpoint);

          g_assert_cmpint (svg_strokes (svg, &pen.color), ==, i == shown);
        }
    }
}

static void
test_theme (Fixture      *self,
            gconstpointer data)
{
  ScopeExportSize  size = { 400, 300, 1 };
  gsize            light_length, dark_length;
  g_autofree char *light = export (self, &size, "light.png", &light_length);
  g_autofree char *dark = NULL;

  self->picture.theme = SCOPE_THEME_DARK;
  dark = export (self, &size, "dark.png", &dark_length);
  g_assert_true (light_length != dark_length || memcmp (light, dark, light_length) != 0);
}

/* What fails leaves @name, and all beside it, as it was. */
static void
assert_fails (Fixture               *self,
              const ScopeExportSize *size,
              const char            *name)
{
  g_autofree char   *path = make_path (self, name);
  g_autoptr (GError) error = NULL;
  guint              n = count_files (self);

  g_assert_false (scope_export (&self->picture, size, path, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strchr (error->message, '\n'));
  g_assert_cmpuint (count_files (self), ==, n);
}

static void
write_old (Fixture    *self,
           const char *name)
{
  g_autofree char *path = make_path (self, name);

  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
}

static void
assert_old (Fixture    *self,
            const char *name)
{
  g_autofree char *path = make_path (self, name);
  g_autofree char *text = read_file (path, NULL);

  g_assert_cmpstr (text, ==, "what was there");
}

static void
test_failures (Fixture      *self,
               gconstpointer data)
{
  ScopeExportSize  size = { 400, 300, 1 }, too_large = { 16384, 16384, 8 };
  g_autofree char *folder = make_path (self, "folder.png");

  assert_fails (self, &size, "missing/a.png");
  write_old (self, "a.txt");
  assert_fails (self, &size, "a.txt");
  assert_old (self, "a.txt");
  write_old (self, "a.png");
  assert_fails (self, &too_large, "a.png");
  assert_old (self, "a.png");
  assert_fails (self, &size, "a.png/b.png");
  assert_old (self, "a.png");
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  assert_fails (self, &size, "folder.png");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

static void
test_read_only_folder (Fixture      *self,
                       gconstpointer data)
{
  ScopeExportSize size = { 400, 300, 1 };

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write anywhere");
      return;
    }
  write_old (self, "a.svg");
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  assert_fails (self, &size, "a.svg");
  assert_fails (self, &size, "b.svg");
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  assert_old (self, "a.svg");
}

static void
test_replaces (Fixture      *self,
               gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "a.pdf" };
  ScopeExportSize          size = { 400, 300, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = NULL;
      gsize            length;

      write_old (self, names[i]);
      text = export (self, &size, names[i], &length);
      g_assert_null (g_strstr_len (text, length, "what was there"));
    }
  g_assert_cmpuint (count_files (self), ==, 3);
}

static void
test_link (Fixture      *self,
           gconstpointer data)
{
  ScopeExportSize  size = { 400, 300, 1 };
  g_autofree char *folder = make_path (self, "elsewhere");
  g_autofree char *target = make_path (self, "elsewhere/real.png");
  g_autofree char *link = make_path (self, "link.png");
  g_autofree char *png = NULL;
  g_autofree char *through = NULL;
  gsize            length, target_length;

  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  write_old (self, "elsewhere/real.png");
  g_assert_cmpint (symlink ("elsewhere/real.png", link), ==, 0);
  through = export (self, &size, "link.png", &length);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
  png = read_file (target, &target_length);
  g_assert_cmpmem (png, target_length, through, length);
  g_assert_cmpmem (png, 4, "\x89PNG", 4);
}

/* Surfaces are counted within a process, and a PDF carries its date. */
static char *
normalise (const char *text,
           gsize       length)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GRegex)  regex = g_regex_new ("surface[0-9]+|/CreationDate \\([^)]*\\)|"
                                           "(clip|glyph)-?[0-9]+(-[0-9]+)*",
                                           G_REGEX_RAW, 0, NULL);

  /* Bytes become text without zeros. */
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isprint (text[i]) || text[i] == '\n')
      g_string_append_c (plain, text[i]);
    else
      g_string_append_printf (plain, "<%02x>", (guint8) text[i]);
  return g_regex_replace_literal (regex, plain->str, plain->len, 0, "X", 0, NULL);
}

static void
test_repeatable (Fixture      *self,
                 gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "a.pdf" };
  ScopeExportSize          size = { 400, 300, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize            a_length, b_length;
      g_autofree char *a = export (self, &size, names[i], &a_length);
      g_autofree char *b = NULL;
      g_autofree char *plain_a = normalise (a, a_length);
      g_autofree char *plain_b = NULL;

      /* There and back again is the same state. */
      for (guint k = 0; k < 3; k++)
        {
          ScopeEndpoint *endpoint = scope_history_get_endpoint (self->history, k);
          gboolean       visible = scope_endpoint_get_visible (endpoint);

          scope_endpoint_set_visible (endpoint, !visible);
          scope_endpoint_set_visible (endpoint, visible);
        }
      b = export (self, &size, names[i], &b_length);
      plain_b = normalise (b, b_length);
      g_assert_true (g_str_equal (plain_a, plain_b));
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/export/png-size", test_png_size },
    { "/export/svg-size", test_svg_size },
    { "/export/pdf-size", test_pdf_size },
    { "/export/ending-decides", test_ending_decides },
    { "/export/svg-colors", test_svg_colors },
    { "/export/theme", test_theme },
    { "/export/failures", test_failures },
    { "/export/read-only-folder", test_read_only_folder },
    { "/export/replaces", test_replaces },
    { "/export/link", test_link },
    { "/export/repeatable", test_repeatable },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
