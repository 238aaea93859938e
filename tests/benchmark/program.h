/* program.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program with a window, started to be measured from outside.
 */
#pragma once

#include "watch.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GPid   pid;
  double started; /* s, on the clock of get_seconds() */
} Program;

gboolean program_start           (Program     *self,
                                  const char  *path,
                                  const char  *argument);
void     program_end             (Program     *self);
double   program_get_cpu         (Program     *self);
double   program_get_resident_mb (Program     *self);
double   program_wait_for_rest   (Program     *self,
                                  Watch       *screen,
                                  double       from,
                                  gboolean     will_draw);
gboolean program_activate        (const char  *action,
                                  GVariant    *parameter);

G_END_DECLS
