/* faulty-disk.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands before the C library, linked into a test or loaded by the program: a
 * call (create, flock, write, fsync, close or rename) on what is in the folder
 * FAULTY_DISK fails with the number FAULTY_ERRNO, after FAULTY_AFTER that went
 * well, or each takes FAULTY_DELAY_MS longer, or for as long as there is a file
 * FAULTY_HOLD.
 */
#include "faulty-disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static struct
{
  char folder[4096]; /* "": none */
  char call[16];
  int  number;       /* errno; 0: it goes well */
  int  after;
  int  delay_ms;
} fault;

#define HOLD_US 5000

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

/* What fails from now on, and how many calls later; no folder: nothing. */
void
faulty_disk_set (const char *folder,
                 const char *call,
                 int         number,
                 int         after,
                 int         delay_ms)
{
  fault.folder[0] = '\0'; /* nothing until all is known */
  snprintf (fault.call, sizeof fault.call, "%s", call ? call : "");
  fault.number = number;
  fault.after = after;
  fault.delay_ms = delay_ms;
  if (folder != NULL && realpath (folder, fault.folder) == NULL)
    abort ();
}

static int
get_number (const char *name)
{
  const char *text = getenv (name);

  return text ? atoi (text) : 0;
}

__attribute__ ((constructor)) static void
read_environment (void)
{
  if (getenv ("FAULTY_DISK") != NULL)
    faulty_disk_set (getenv ("FAULTY_DISK"), getenv ("FAULTY_CALL"), get_number ("FAULTY_ERRNO"),
                     get_number ("FAULTY_AFTER"), get_number ("FAULTY_DELAY_MS"));
}

/* Whether @fd is the folder, or in it. */
static int
is_there (int fd)
{
  char    link[64], path[4096];
  size_t  length = strlen (fault.folder);
  ssize_t n;

  if (length == 0)
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n < 0)
    return 0;
  path[n] = '\0';
  return strncmp (path, fault.folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Takes the time that @call takes; whether it fails, with errno. */
static int
fails (int         fd,
       const char *call)
{
  if (!is_there (fd) || strcmp (call, fault.call) != 0)
    return 0;
  usleep ((useconds_t) fault.delay_ms * 1000);
  while (getenv ("FAULTY_HOLD") != NULL && access (getenv ("FAULTY_HOLD"), F_OK) == 0)
    usleep (HOLD_US);
  if (fault.number == 0 || fault.after-- > 0)
    return 0;
  errno = fault.number;
  return 1;
}

ssize_t
write (int         fd,
       const void *bytes,
       size_t      length)
{
  if (fails (fd, "write"))
    return -1;
  if (length > FAULTY_DISK_PIECE && is_there (fd))
    length = FAULTY_DISK_PIECE;
  return NEXT (write) (fd, bytes, length);
}

int
fsync (int fd)
{
  return fails (fd, "fsync") ? -1 : NEXT (fsync) (fd);
}

int
flock (int fd,
       int operation)
{
  return fails (fd, "flock") ? -1 : NEXT (flock) (fd, operation);
}

/* It is closed all the same. */
int
close (int fd)
{
  int failed = fails (fd, "close");
  int number = errno;
  int status = NEXT (close) (fd);

  if (!failed)
    return status;
  errno = number;
  return -1;
}

int
renameat (int         from_folder,
          const char *from,
          int         to_folder,
          const char *to)
{
  if (fails (to_folder, "rename"))
    return -1;
  return NEXT (renameat) (from_folder, from, to_folder, to);
}

/* What openat is called where files can be large. */
int
openat64 (int         folder,
          const char *name,
          int         flags,
          ...)
{
  va_list arguments;
  mode_t  mode = 0;

  va_start (arguments, flags);
  if ((flags & O_CREAT) != 0)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  if ((flags & O_CREAT) != 0 && fails (folder, "create"))
    return -1;
  return NEXT (openat64) (folder, name, flags, mode);
}
