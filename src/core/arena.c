/* arena.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slabs grow with what there is, so that a small file takes little.  Large
 * ones are asked for in huge pages where the system has them: a fault for each
 * 4 KB costs more than all that is then done with the bytes.
 */
#include "arena.h"

#include <stdlib.h>
#include <sys/mman.h>

#define SMALLEST_SLAB (64 << 10)
#define LARGEST_SLAB  (16 << 20)
#define SLAB_PART     8 /* of all there is */

#define HUGE_PAGE (2 << 20)

#define ALIGNMENT 16

static gpointer
get_huge_pages (gsize size)
{
  gpointer slab;

  if (posix_memalign (&slab, HUGE_PAGE, size) != 0)
    g_error ("%s: no %" G_GSIZE_FORMAT " bytes could be had", G_STRLOC, size);
#ifdef MADV_HUGEPAGE
  madvise (slab, size, MADV_HUGEPAGE);
#endif
  return slab;
}

static void
add_slab (ScopeArena *self,
          gsize       size)
{
  size = MAX (size, CLAMP (self->size / SLAB_PART, SMALLEST_SLAB, LARGEST_SLAB));
  if (size >= HUGE_PAGE / 2)
    {
      size = (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
      self->free = get_huge_pages (size);
    }
  else
    {
      self->free = g_malloc (size);
    }
  self->n_free = size;
  self->size += size;
  g_ptr_array_add (self->slabs, self->free);
}

/**
 * scope_arena_init:
 * @self: uninitialised storage
 */
void
scope_arena_init (ScopeArena *self)
{
  *self = (ScopeArena){ .slabs = g_ptr_array_new_with_free_func (free) };
}

/* Gives back all that was ever got from it; nothing more can be. */
void
scope_arena_clear (ScopeArena *self)
{
  g_clear_pointer (&self->slabs, g_ptr_array_unref);
}

/**
 * scope_arena_alloc:
 * @self: the arena
 * @size: in bytes
 *
 * Returns: (transfer none): memory of that size, with anything in it, for as
 *   long as the arena is there
 */
gpointer
scope_arena_alloc (ScopeArena *self,
                   gsize       size)
{
  gpointer memory;

  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (size > self->n_free)
    add_slab (self, size);
  memory = self->free;
  self->free += size;
  self->n_free -= size;
  return memory;
}
