/* replace-fixture.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A folder with a file that is to be replaced.
 */
#pragma once

#include "faulty-disk.h"
#include "replace-file.h"

#include <glib.h>

G_BEGIN_DECLS

#define OLD     "what was there"
#define N_BYTES (5 * FAULTY_DISK_PIECE + 7)

typedef struct
{
  char   *root;   /* owned */
  char   *folder; /* owned: in it, where files are replaced */
  char   *path;   /* owned: of the file */
  GBytes *bytes;  /* owned: what it is to be */
} ReplaceFixture;

void  replace_fixture_set_up       (ReplaceFixture *self,
                                    gconstpointer   data);
void  replace_fixture_tear_down    (ReplaceFixture *self,
                                    gconstpointer   data);
void  replace_fixture_write        (const char     *path,
                                    const char     *text);
char *replace_fixture_list         (ReplaceFixture *self);
void  replace_fixture_assert_names (ReplaceFixture *self,
                                    const char     *names);
void  replace_fixture_assert_bytes (const char     *path,
                                    const char     *bytes,
                                    gsize           length);
void  replace_fixture_assert_new   (ReplaceFixture *self,
                                    const char     *path);
gboolean replace_fixture_fill      (ScopeReplacement *replacement,
                                    gpointer        bytes);
void  replace_fixture_replace      (ReplaceFixture *self,
                                    const char     *path);
void  replace_fixture_assert_fails (ReplaceFixture *self,
                                    const char     *path,
                                    const char     *reason);

G_END_DECLS
