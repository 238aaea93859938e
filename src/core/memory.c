/* memory.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the machine, of the control groups that the process is in, and of its own
 * limits the nearest counts.  See proc(5), cgroups(7), getrlimit(2) and the
 * kernel's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
 */
#include "memory.h"

#include "number.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What is left alone: a share of the whole, within bounds.  The rest of the
 * program, and all others, live on it. */
#define RESERVED_PART  16
#define LEAST_RESERVED ((gint64) 64 << 20)
#define MOST_RESERVED  ((gint64) 1 << 30)

/* Of version 1, which has a number for it that is a little less than 2^63. */
#define NO_LIMIT (G_GINT64_CONSTANT (1) << 60)

#define GROUPS "/sys/fs/cgroup"

/* How a version of control groups says what there is. */
typedef struct
{
  const char *folder;   /* where its groups are below GROUPS, and ... */
  const char *limit;    /* ... the names of a group's files */
  const char *used;
  const char *inactive; /* the labels, in memory.stat, of what holds pages of files */
  const char *active;
} GroupKind;

static const GroupKind GROUP_KINDS[] = {
  { "", "memory.max", "memory.current", "inactive_file ", "active_file " },
  { "memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
    "total_inactive_file ", "total_active_file " },
};

static gint64
leave_reserve (gint64 whole,
               gint64 room)
{
  return room - CLAMP (whole / RESERVED_PART, LEAST_RESERVED, MOST_RESERVED);
}

/* The number that @text begins with, or -1: "max", for one, is none. */
static gint64
parse_number (const char *text)
{
  guint64 number;

  text += strspn (text, " \t");
  return scope_parse_uint (text, strspn (text, "0123456789"), &number) && number <= G_MAXINT64
           ? (gint64) number
           : -1;
}

/**
 * scope_memory_parse_meminfo:
 * @text: lines of a label, its number and maybe a unit, as in /proc/meminfo
 * @label: with what stands between it and the number, but for space
 *
 * Returns: the number, or -1
 */
gint64
scope_memory_parse_meminfo (const char *text,
                            const char *label)
{
  for (const char *line = text; line != NULL && *line != '\0';)
    {
      if (g_str_has_prefix (line, label))
        return parse_number (line + strlen (label));
      line = strchr (line, '\n');
      line = line ? line + 1 : NULL;
    }
  return -1;
}

static gint64
get_machine_room (void)
{
  g_autofree char *text = NULL;
  gint64           total, available;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return SCOPE_MEMORY_ENDLESS;
  total = scope_memory_parse_meminfo (text, "MemTotal:");
  available = scope_memory_parse_meminfo (text, "MemAvailable:");
  if (total < 0 || available < 0)
    return SCOPE_MEMORY_ENDLESS;
  return leave_reserve (total * 1024, available * 1024);
}

static gint64
read_number (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? parse_number (text) : -1;
}

/* What holds pages of files can be taken back. */
static gint64
get_group_room (const char      *folder,
                const GroupKind *kind)
{
  gint64           limit = read_number (folder, kind->limit);
  gint64           used;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  /* Each file takes longer than all else of a question. */
  if (limit < 0 || limit >= NO_LIMIT || (used = read_number (folder, kind->used)) < 0)
    return SCOPE_MEMORY_ENDLESS;
  path = g_build_filename (folder, "memory.stat", NULL);
  if (g_file_get_contents (path, &text, NULL, NULL))
    used -= MAX (scope_memory_parse_meminfo (text, kind->inactive), 0) +
            MAX (scope_memory_parse_meminfo (text, kind->active), 0);
  return leave_reserve (limit, limit - MAX (used, 0));
}

/* Which kind a line of /proc/PID/cgroup, "ID:CONTROLLERS:PATH", is of; NULL: it has
 * nothing to do with memory. */
static const GroupKind *
find_kind (char *const *fields)
{
  g_auto (GStrv) controllers = g_strsplit (fields[1], ",", -1);

  if (fields[1][0] == '\0')
    return &GROUP_KINDS[0];
  return g_strv_contains ((const char *const *) controllers, "memory") ? &GROUP_KINDS[1] : NULL;
}

/* That of the group, and of all that it lies in.  In a container the path may be
 * the machine's, and what is found is the container's own, at the top. */
static gint64
get_room_up (const char      *root,
             const GroupKind *kind,
             const char      *group)
{
  gint64           room = SCOPE_MEMORY_ENDLESS;
  g_autofree char *current = g_strdup (group);

  for (;;)
    {
      g_autofree char *path = g_build_filename (root, kind->folder, current, NULL);
      char            *slash = strrchr (current, '/');

      room = MIN (room, get_group_room (path, kind));
      if (slash == NULL || current[1] == '\0')
        return room;
      slash[slash == current ? 1 : 0] = '\0';
    }
}

/**
 * scope_memory_get_groups_room:
 * @membership: what /proc/PID/cgroup says
 * @root: where the groups are, as /sys/fs/cgroup
 *
 * Returns: how many bytes the control groups leave, of version 1 or 2
 */
gint64
scope_memory_get_groups_room (const char *membership,
                              const char *root)
{
  g_auto (GStrv) lines = g_strsplit (membership, "\n", -1);
  gint64         room = SCOPE_MEMORY_ENDLESS;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv)   fields = g_strsplit (lines[i], ":", 3);
      const GroupKind *kind = g_strv_length (fields) == 3 ? find_kind (fields) : NULL;

      if (kind != NULL)
        room = MIN (room, get_room_up (root, kind, fields[2]));
    }
  return room;
}

/* @index: of the number in /proc/self/statm that counts against the limit */
static gint64
get_limit_room (__rlimit_resource_t resource,
                guint               index)
{
  struct rlimit    limit;
  g_autofree char *text = NULL;
  const char      *number;
  gint64           pages;

  if (getrlimit (resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
      !g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return SCOPE_MEMORY_ENDLESS;
  number = text;
  for (guint i = 0; i < index && number != NULL; i++)
    number = (number = strchr (number, ' ')) ? number + 1 : NULL;
  pages = number ? parse_number (number) : -1;
  if (pages < 0)
    return SCOPE_MEMORY_ENDLESS;
  return leave_reserve ((gint64) limit.rlim_cur,
                        (gint64) limit.rlim_cur - pages * sysconf (_SC_PAGESIZE));
}

/**
 * scope_memory_get_room:
 *
 * Takes 50 to 150 µs.
 *
 * Returns: how many bytes can be used before others have to give way; below 0
 *   where it is too many already
 */
gint64
scope_memory_get_room (void)
{
  gint64           room = get_machine_room ();
  g_autofree char *membership = NULL;

  if (g_file_get_contents ("/proc/self/cgroup", &membership, NULL, NULL))
    room = MIN (room, scope_memory_get_groups_room (membership, GROUPS));
  room = MIN (room, get_limit_room (RLIMIT_AS, 0));
  return MIN (room, get_limit_room (RLIMIT_DATA, 5));
}
