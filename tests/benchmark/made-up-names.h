/* made-up-names.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the endpoints of a made-up test are called.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MadeUpNames MadeUpNames;

MadeUpNames *made_up_names_new  (guint              n);
void         made_up_names_free (MadeUpNames       *self);
const char  *made_up_names_get  (const MadeUpNames *self,
                                 guint              position);

G_END_DECLS
