/* faulty-disk.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A folder on a disk that fails, or takes its time.
 */
#pragma once

/* The calls that can fail; each write takes no more than FAULTY_DISK_PIECE bytes. */
#define FAULTY_DISK_PIECE 4096

void faulty_disk_set (const char *folder,
                      const char *call,
                      int         number,
                      int         after,
                      int         delay_ms);
