/* order.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of endpoints in a list: the total first, then by what the user
 * sorted by, as it was then: rows stay where they are while numbers change.
 */
#pragma once

#include "endpoint.h"

G_BEGIN_DECLS

typedef struct _ScopeOrder ScopeOrder;

/* A number of @endpoint, or NaN, which comes last. */
typedef double (*ScopeOrderGetNumber) (ScopeEndpoint *endpoint,
                                       gpointer       data);

ScopeOrder *scope_order_new       (void);
void        scope_order_free      (ScopeOrder          *self);
void        scope_order_by_name   (ScopeOrder          *self,
                                   gboolean             descending);
void        scope_order_by_method (ScopeOrder          *self,
                                   gboolean             descending);
void        scope_order_by_number (ScopeOrder          *self,
                                   ScopeOrderGetNumber  get_number,
                                   gpointer             data,
                                   gboolean             descending);
int         scope_order_compare   (ScopeOrder          *self,
                                   ScopeEndpoint       *a,
                                   ScopeEndpoint       *b);

G_END_DECLS
