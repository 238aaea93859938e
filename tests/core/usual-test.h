/* usual-test.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test of three endpoints, as most tests of what is live have it.
 */
#pragma once

#include "live.h"

G_BEGIN_DECLS

/* How long ago the tests begin, in s: with all their ticks they end before
 * now, and their first summary is not too old. */
#define AGO 15

void usual_test_work            (Live    *f);
void usual_test_begin           (Live    *f,
                                 gboolean only_total,
                                 guint    n_ticks);
void usual_test_step            (Live    *f,
                                 gboolean summarized);
void usual_test_assert_not_used (Live    *f);

G_END_DECLS
