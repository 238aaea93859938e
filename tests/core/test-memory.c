/* test-memory.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "memory.h"

#include <glib/gstdio.h>

static void
test_meminfo (void)
{
  const char *text = "MemTotal:       24593528 kB\nMemAvailable:   23851620 kB\nHuge max\n";

  g_assert_cmpint (scope_memory_parse_meminfo (text, "MemTotal:"), ==, 24593528);
  g_assert_cmpint (scope_memory_parse_meminfo (text, "MemAvailable:"), ==, 23851620);
  g_assert_cmpint (scope_memory_parse_meminfo (text, "MemFree:"), ==, -1);
  g_assert_cmpint (scope_memory_parse_meminfo (text, "Huge "), ==, -1);
  g_assert_cmpint (scope_memory_parse_meminfo ("", "Huge "), ==, -1);
  g_assert_cmpint (scope_memory_get_room (), >, 0);
}

static void
write_number (const char *folder,
              const char *name,
              const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What holds files can be had; a part is left alone, at least 64 MiB. */
static void
test_group (void)
{
  g_autofree char *root = g_dir_make_tmp ("locustscope-groups-XXXXXX", NULL);

  g_assert_cmpint (scope_memory_get_groups_room ("0::/\n", root), ==, SCOPE_MEMORY_ENDLESS);
  write_number (root, "memory.max", "max\n");
  write_number (root, "memory.current", "900000000\n");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/\n", root), ==, SCOPE_MEMORY_ENDLESS);
  write_number (root, "memory.max", "1000000000\n");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/\n", root), ==,
                   100000000 - (64 << 20));
  write_number (root, "memory.stat", "anon 5\ninactive_file 300000000\nactive_file 100000000\n");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/\n", root), ==,
                   500000000 - (64 << 20));
  write_number (root, "memory.max", "900000001\n");
  write_number (root, "memory.stat", "");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/\n", root), <, 0);
  g_assert_cmpint (scope_memory_get_groups_room ("", root), ==, SCOPE_MEMORY_ENDLESS);
  fixture_remove_all (root);
}

#define OLD_MEMBERSHIP "13:cpu,cpuacct:/nowhere\n4:hugetlb,memory:/memory\n1:name=systemd:/x\n"

/* The same of a control group of version 1, which has a folder for each controller. */
static void
test_old_group (void)
{
  g_autofree char *root = g_dir_make_tmp ("locustscope-groups-XXXXXX", NULL);
  g_autofree char *controller = g_build_filename (root, "memory", NULL);
  g_autofree char *group = g_build_filename (controller, "memory", NULL);

  g_assert_cmpint (g_mkdir_with_parents (group, 0700), ==, 0);
  write_number (group, "memory.limit_in_bytes", "9223372036854771712\n");
  write_number (group, "memory.usage_in_bytes", "900000000\n");
  g_assert_cmpint (scope_memory_get_groups_room (OLD_MEMBERSHIP, root), ==,
                   SCOPE_MEMORY_ENDLESS);
  write_number (group, "memory.limit_in_bytes", "1000000000\n");
  g_assert_cmpint (scope_memory_get_groups_room (OLD_MEMBERSHIP, root), ==,
                   100000000 - (64 << 20));
  write_number (group, "memory.stat",
                "inactive_file 1\ntotal_inactive_file 300000000\ntotal_active_file 100000000\n");
  g_assert_cmpint (scope_memory_get_groups_room (OLD_MEMBERSHIP, root), ==,
                   500000000 - (64 << 20));
  g_assert_cmpint (scope_memory_get_groups_room ("5:cpu:/memory\n", root), ==,
                   SCOPE_MEMORY_ENDLESS);
  fixture_remove_all (root);
}

/* Of a group and all that it lies in the tightest counts, also where some of them are
 * not to be seen, as from inside a container. */
static void
test_groups_within (void)
{
  g_autofree char *root = g_dir_make_tmp ("locustscope-groups-XXXXXX", NULL);
  g_autofree char *outer = g_build_filename (root, "user.slice", NULL);
  g_autofree char *inner = g_build_filename (outer, "a: scope", NULL);

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  write_number (outer, "memory.max", "1000000000\n");
  write_number (outer, "memory.current", "900000000\n");
  write_number (inner, "memory.max", "500000000\n");
  write_number (inner, "memory.current", "50000000\n");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/user.slice/a: scope\n", root), ==,
                   100000000 - (64 << 20));
  write_number (outer, "memory.current", "60000000\n");
  g_assert_cmpint (scope_memory_get_groups_room ("0::/user.slice/a: scope\n", root), ==,
                   450000000 - (64 << 20));
  g_assert_cmpint (scope_memory_get_groups_room ("0::/user.slice/gone/b\n", root), ==,
                   940000000 - (64 << 20));
  g_assert_cmpint (scope_memory_get_groups_room ("0::/user\n", root), ==,
                   SCOPE_MEMORY_ENDLESS);
  fixture_remove_all (root);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/meminfo", test_meminfo);
  g_test_add_func ("/memory/group", test_group);
  g_test_add_func ("/memory/old-group", test_old_group);
  g_test_add_func ("/memory/groups-within", test_groups_within);
  return g_test_run ();
}
