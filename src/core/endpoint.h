/* endpoint.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One (Type, Name) of a load test: who it is, which colour it has, whether it
 * is shown, and its latest numbers: what a legend row binds.  The samples are
 * not here but in the history's columns.
 */
#pragma once

#include "slots.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What an endpoint belongs to is told when it is shown or hidden or changes its
 * colour, and works out its latest numbers when somebody asks for them. */
typedef struct
{
  void (*shown_changed) (gpointer owner);
  void (*update_latest) (gpointer owner,
                         guint    position); /* calls scope_endpoint_set_latest, if need be */
} ScopeEndpointOwner;

#define SCOPE_TYPE_ENDPOINT (scope_endpoint_get_type ())
G_DECLARE_FINAL_TYPE (ScopeEndpoint, scope_endpoint, SCOPE, ENDPOINT, GObject)

ScopeEndpoint *scope_endpoint_new               (const char    *type,
                                                 const char    *name,
                                                 gboolean       is_total,
                                                 ScopeSlots    *slots,
                                                 gboolean       visible);
void           scope_endpoint_set_owner         (ScopeEndpoint *self,
                                                 const ScopeEndpointOwner *calls,
                                                 gpointer       owner,
                                                 guint          position);
guint          scope_endpoint_get_position      (ScopeEndpoint *self);
const char    *scope_endpoint_get_type_name     (ScopeEndpoint *self);
const char    *scope_endpoint_get_name          (ScopeEndpoint *self);
gboolean       scope_endpoint_get_is_total      (ScopeEndpoint *self);
guint          scope_endpoint_get_slot          (ScopeEndpoint *self);
void           scope_endpoint_drop_slot         (ScopeEndpoint *self);
void           scope_endpoint_take_slot         (ScopeEndpoint *self);
gboolean       scope_endpoint_get_is_new        (ScopeEndpoint *self);
void           scope_endpoint_settle_slot       (ScopeEndpoint *self);
gboolean       scope_endpoint_get_visible       (ScopeEndpoint *self);
void           scope_endpoint_set_visible       (ScopeEndpoint *self,
                                                 gboolean       visible);
void           scope_endpoint_keep             (ScopeEndpoint *self);
gboolean       scope_endpoint_get_chosen        (ScopeEndpoint *self);
void           scope_endpoint_propose_visible   (ScopeEndpoint *self,
                                                 gboolean       visible);
double         scope_endpoint_get_response_time (ScopeEndpoint *self);
double         scope_endpoint_get_throughput    (ScopeEndpoint *self);
double         scope_endpoint_get_failure_share (ScopeEndpoint *self);
void           scope_endpoint_set_latest        (ScopeEndpoint *self,
                                                 double         response_time,
                                                 double         throughput,
                                                 double         failure_share);
int            scope_endpoint_compare           (ScopeEndpoint *a,
                                                 ScopeEndpoint *b);
gboolean       scope_endpoint_contains          (ScopeEndpoint *self,
                                                 const char    *word);
char          *scope_endpoint_fold              (const char    *text);
char          *scope_endpoint_dup_shown_name    (ScopeEndpoint *self);
char          *scope_endpoint_dup_label         (ScopeEndpoint *self);
char          *scope_endpoint_dup_whole_label   (ScopeEndpoint *self);

G_END_DECLS
