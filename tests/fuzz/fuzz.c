/* fuzz.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A warning of GLib's ends the program, as in all tests.
 */
#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>

static void
trap_cb (int number)
{
  abort ();
}

/* g_error() traps, which libFuzzer would not keep the input of. */
int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  signal (SIGTRAP, trap_cb);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  return 0;
}
