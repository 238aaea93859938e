/* watch.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The X server says when something was drawn (XDamage), and only then are
 * the pixels looked at, in memory shared with it: the program that is
 * measured keeps its cores.
 */
#include "watch.h"

#include "report.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

struct _Watch
{
  Display        *display;
  Window          root;
  Damage          damage;
  int             damage_event;
  XShmSegmentInfo segment;
  int             width;  /* px */
  int             height; /* px */
};

static gboolean
share_memory (Watch *self)
{
  self->segment.shmid = shmget (IPC_PRIVATE, (gsize) 4 * self->width * self->height,
                                IPC_CREAT | 0600);
  if (self->segment.shmid < 0)
    return FALSE;
  self->segment.shmaddr = shmat (self->segment.shmid, NULL, 0);
  self->segment.readOnly = False;
  XShmAttach (self->display, &self->segment);
  XSync (self->display, False);
  /* It goes when both have let go of it. */
  shmctl (self->segment.shmid, IPC_RMID, NULL);
  return self->segment.shmaddr != (void *) -1;
}

/* Returns: (transfer full) (nullable): the screen of $DISPLAY, if it has what
 *   it takes to be watched */
Watch *
watch_open (void)
{
  g_autoptr (Watch) self = g_new0 (Watch, 1);
  int               error;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL || !XShmQueryExtension (self->display) ||
      !XDamageQueryExtension (self->display, &self->damage_event, &error))
    return NULL;
  self->root = DefaultRootWindow (self->display);
  self->width = DisplayWidth (self->display, DefaultScreen (self->display));
  self->height = DisplayHeight (self->display, DefaultScreen (self->display));
  if (!share_memory (self))
    return NULL;
  self->damage = XDamageCreate (self->display, self->root, XDamageReportNonEmpty);
  XSync (self->display, False);
  return g_steal_pointer (&self);
}

void
watch_close (Watch *self)
{
  if (self->display != NULL)
    XCloseDisplay (self->display);
  g_free (self);
}

WatchPart
watch_get_whole (Watch *self)
{
  return (WatchPart){ 0, 0, self->width, self->height };
}

static gboolean
take_damage (Watch *self)
{
  gboolean damaged = FALSE;

  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      damaged |= event.type == self->damage_event + XDamageNotify;
    }
  if (damaged)
    XDamageSubtract (self->display, self->damage, None, None);
  return damaged;
}

/**
 * watch_wait:
 * @self: a screen
 * @timeout: seconds
 * @when: (out): the time on the clock of get_seconds()
 *
 * Waits until something is drawn, be it what was there before.
 *
 * Returns: whether something was drawn in time
 */
gboolean
watch_wait (Watch *self,
             double  timeout,
             double *when)
{
  struct pollfd fd = { .fd = ConnectionNumber (self->display), .events = POLLIN };
  double        end = get_seconds () + timeout;

  do
    {
      *when = get_seconds ();
      if (take_damage (self))
        {
          XFlush (self->display);
          return TRUE;
        }
      poll (&fd, 1, (int) (1e3 * MAX (0, end - *when)) + 1);
    }
  while (get_seconds () < end);
  return FALSE;
}

/* A number that is another one when the pixels are others. */
guint64
watch_hash (Watch           *self,
             const WatchPart *part)
{
  XImage  *image = XShmCreateImage (self->display,
                                    DefaultVisual (self->display, DefaultScreen (self->display)),
                                    24, ZPixmap, self->segment.shmaddr, &self->segment,
                                    part->width, part->height);
  gsize    n = (gsize) image->bytes_per_line * image->height / sizeof (guint64);
  guint64  lanes[4] = { 1, 2, 3, 4 };
  guint64 *words = (guint64 *) self->segment.shmaddr;

  XShmGetImage (self->display, self->root, image, part->x, part->y, AllPlanes);
  for (gsize i = 0; i + 4 <= n; i += 4)
    for (guint lane = 0; lane < 4; lane++)
      lanes[lane] = (lanes[lane] ^ words[i + lane]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  image->data = NULL;
  XDestroyImage (image);
  return lanes[0] ^ lanes[1] << 1 ^ lanes[2] << 2 ^ lanes[3] << 3;
}

/* Puts the pointer to that px of the screen. */
void
watch_move_pointer (Watch *self,
                    int    x,
                    int    y)
{
  XWarpPointer (self->display, None, self->root, 0, 0, 0, 0, x, y);
  XFlush (self->display);
}
