/* slow-disk.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before the C library, it makes large reads as slow as a network
 * share's: a file takes the time to load that a person needs to press Cancel.
 */
#include <dlfcn.h>
#include <unistd.h>

#define LARGE_BYTES    (1 << 18)
#define PAUSE_US_A_KIB 120

typedef ssize_t (*Pread) (int, void *, size_t, off_t);

/* What pread is called where files can be large. */
ssize_t pread64 (int fd, void *buffer, size_t length, off_t offset);

ssize_t
pread64 (int    fd,
         void  *buffer,
         size_t length,
         off_t  offset)
{
  static Pread next;

  if (next == NULL)
    next = (Pread) dlsym (RTLD_NEXT, "pread64");
  if (length >= LARGE_BYTES)
    usleep ((useconds_t) (length >> 10) * PAUSE_US_A_KIB);
  return next (fd, buffer, length, offset);
}
