/* endpoint.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A user's own choice of what is shown outlives every default: set_visible
 * is the user, propose_visible the program.  A place in the palette is taken
 * when an endpoint is first shown, so that of very many those few that are
 * shown have colours of their own.
 */
#include "endpoint.h"

#include "shown.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _ScopeEndpoint
{
  GObject  parent_instance;

  char    *type;          /* owned */
  char    *name;          /* owned */
  char    *folded;        /* owned: the label for searches; NULL before the first */
  double   response_time; /* ms, NaN without a value */
  double   throughput;    /* requests/s, NaN without a value */
  double   failure_share; /* per cent of the requests, NaN without a value */
  ScopeSlots *slots;      /* owned; NULL for the total, which has a colour of its own */
  guint    slot;          /* or SCOPE_SLOT_NONE */
  guint    position;      /* that its owner knows it by */
  const ScopeEndpointOwner *calls; /* borrowed; NULL without an owner */
  gpointer owner;         /* borrowed */
  guint    is_total : 1;
  guint    visible : 1;
  guint    chosen : 1;    /* the user has switched this one */
  guint    is_new : 1;    /* its place in the palette is not settled yet */
};

enum
{
  PROP_TYPE_NAME = 1,
  PROP_NAME,
  PROP_VISIBLE,
  PROP_SLOT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeEndpoint, scope_endpoint, G_TYPE_OBJECT)

/* Tells whoever looks at this endpoint, and once for all of them its owner. */
static void
notify_shown (ScopeEndpoint *self,
              guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  if (self->calls != NULL)
    self->calls->shown_changed (self->owner);
}

static void
show (ScopeEndpoint *self,
      gboolean       visible)
{
  if (self->visible == !!visible)
    return;
  if (visible)
    scope_endpoint_take_slot (self);
  self->visible = !!visible;
  notify_shown (self, PROP_VISIBLE);
}

static void
scope_endpoint_finalize (GObject *object)
{
  ScopeEndpoint *self = SCOPE_ENDPOINT (object);

  g_clear_pointer (&self->slots, scope_slots_unref);
  g_free (self->type);
  g_free (self->name);
  g_free (self->folded);
  G_OBJECT_CLASS (scope_endpoint_parent_class)->finalize (object);
}

static void
scope_endpoint_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ScopeEndpoint *self = SCOPE_ENDPOINT (object);

  switch (id)
    {
    case PROP_TYPE_NAME:
      g_value_set_string (value, self->type);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;
    case PROP_SLOT:
      g_value_set_uint (value, self->slot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_endpoint_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  ScopeEndpoint *self = SCOPE_ENDPOINT (object);

  switch (id)
    {
    case PROP_VISIBLE:
      scope_endpoint_set_visible (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_endpoint_class_init (ScopeEndpointClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = scope_endpoint_finalize;
  object_class->get_property = scope_endpoint_get_property;
  object_class->set_property = scope_endpoint_set_property;
  properties[PROP_TYPE_NAME] = g_param_spec_string ("type-name", NULL, NULL, NULL, read);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  properties[PROP_VISIBLE] =
    g_param_spec_boolean ("visible", NULL, NULL, FALSE, read | G_PARAM_WRITABLE);
  properties[PROP_SLOT] =
    g_param_spec_uint ("slot", NULL, NULL, 0, G_MAXUINT, SCOPE_SLOT_NONE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_endpoint_init (ScopeEndpoint *self)
{
  self->slot = SCOPE_SLOT_NONE;
  self->is_new = TRUE;
  self->response_time = NAN;
  self->throughput = NAN;
  self->failure_share = NAN;
}

/**
 * scope_endpoint_new:
 * @type: the request's type, usually a method; "" for the total
 * @name: the request's name
 * @is_total: whether this is the total row, Aggregated
 * @slots: where it takes its place in the palette
 * @visible: whether it is shown by default
 *
 * Returns: (transfer full): an endpoint without numbers
 */
ScopeEndpoint *
scope_endpoint_new (const char *type,
                    const char *name,
                    gboolean    is_total,
                    ScopeSlots *slots,
                    gboolean    visible)
{
  ScopeEndpoint *self = g_object_new (SCOPE_TYPE_ENDPOINT, NULL);

  self->type = g_strdup (type);
  self->name = g_strdup (name);
  self->is_total = !!is_total;
  self->slots = is_total ? NULL : scope_slots_ref (slots);
  show (self, visible);
  return self;
}

/**
 * scope_endpoint_set_owner:
 * @self: the endpoint
 * @calls: (nullable): what is called of the owner; NULL when it goes
 * @owner: what the endpoint belongs to, which is not kept alive
 * @position: where it is there
 */
void
scope_endpoint_set_owner (ScopeEndpoint            *self,
                          const ScopeEndpointOwner *calls,
                          gpointer                  owner,
                          guint                     position)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));

  self->calls = calls;
  self->owner = owner;
  self->position = position;
}

/* Where it is in what it belongs to. */
guint
scope_endpoint_get_position (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), 0);
  return self->position;
}

const char *
scope_endpoint_get_type_name (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NULL);
  return self->type;
}

const char *
scope_endpoint_get_name (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NULL);
  return self->name;
}

gboolean
scope_endpoint_get_is_total (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), FALSE);
  return self->is_total;
}

/* The place in the palette, or SCOPE_SLOT_NONE where it was never shown. */
guint
scope_endpoint_get_slot (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), 0);
  return self->slot;
}

/* Gives the place in the palette back. */
void
scope_endpoint_drop_slot (ScopeEndpoint *self)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));

  if (self->slot == SCOPE_SLOT_NONE)
    return;
  scope_slots_release (self->slots, self->slot);
  self->slot = SCOPE_SLOT_NONE;
  notify_shown (self, PROP_SLOT);
}

/* Whether its place in the palette, if it has one, is by the order in which endpoints
 * were made. */
gboolean
scope_endpoint_get_is_new (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), FALSE);
  return self->is_new;
}

/* From now on it has the place that it has, or none. */
void
scope_endpoint_settle_slot (ScopeEndpoint *self)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));
  self->is_new = FALSE;
}

/* Takes a place in the palette, if it has none yet. */
void
scope_endpoint_take_slot (ScopeEndpoint *self)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));

  if (self->slot != SCOPE_SLOT_NONE || self->slots == NULL)
    return;
  self->slot =
    scope_slots_take (self->slots, g_str_hash (self->type) * 31 + g_str_hash (self->name));
  notify_shown (self, PROP_SLOT);
}

gboolean
scope_endpoint_get_visible (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), FALSE);
  return self->visible;
}

/**
 * scope_endpoint_set_visible:
 * @self: the endpoint
 * @visible: whether its curves are drawn
 *
 * The user's choice: if it changes anything, no default changes it back.
 */
void
scope_endpoint_set_visible (ScopeEndpoint *self,
                            gboolean       visible)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));
  if (self->visible == !!visible)
    return; /* also a check button that echoes what was proposed */
  self->chosen = TRUE;
  show (self, visible);
}

/* Takes what is shown of it as the user's choice. */
void
scope_endpoint_keep (ScopeEndpoint *self)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));
  self->chosen = TRUE;
}

/* Whether the user has switched this endpoint on or off. */
gboolean
scope_endpoint_get_chosen (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), FALSE);
  return self->chosen;
}

/**
 * scope_endpoint_propose_visible:
 * @self: the endpoint
 * @visible: whether its curves are drawn
 *
 * The program's choice: taken unless the user has made one.
 */
void
scope_endpoint_propose_visible (ScopeEndpoint *self,
                                gboolean       visible)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));
  if (self->chosen)
    return;
  show (self, visible);
  if (!visible)
    scope_endpoint_drop_slot (self); /* its user has not grown used to it */
}

/* Of thousands of endpoints only those are asked that are in sight. */
static void
update_latest (ScopeEndpoint *self)
{
  if (self->calls != NULL)
    self->calls->update_latest (self->owner, self->position);
}

/* The latest response time in ms; NaN where there was no request. */
double
scope_endpoint_get_response_time (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NAN);
  update_latest (self);
  return self->response_time;
}

/* The latest throughput in requests/s; NaN before the first interval. */
double
scope_endpoint_get_throughput (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NAN);
  update_latest (self);
  return self->throughput;
}

/* The latest share of requests that failed, in per cent; NaN where there was none. */
double
scope_endpoint_get_failure_share (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NAN);
  update_latest (self);
  return self->failure_share;
}

/**
 * scope_endpoint_set_latest:
 * @self: the endpoint
 * @response_time: in ms, or NaN
 * @throughput: in requests/s, or NaN
 * @failure_share: in per cent, or NaN
 */
void
scope_endpoint_set_latest (ScopeEndpoint *self,
                           double         response_time,
                           double         throughput,
                           double         failure_share)
{
  g_return_if_fail (SCOPE_IS_ENDPOINT (self));
  self->response_time = response_time;
  self->throughput = throughput;
  self->failure_share = failure_share;
}

/* The order of lists: the total, then by name and type as in the file. */
int
scope_endpoint_compare (ScopeEndpoint *a,
                        ScopeEndpoint *b)
{
  int order;

  if (a->is_total != b->is_total)
    return a->is_total ? -1 : 1;
  order = strcmp (a->name, b->name);
  return order != 0 ? order : strcmp (a->type, b->type);
}

/* Returns: (transfer full): "GET /name" on one line, whole, for searches. */
char *
scope_endpoint_dup_whole_label (ScopeEndpoint *self)
{
  char *label;

  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NULL);

  label = self->type[0] != '\0' ? g_strconcat (self->type, " ", self->name, NULL)
                                : g_strdup (self->name);
  return g_strdelimit (label, "\r\n\t", ' ');
}

/* Returns: (transfer full): its name as scope_shown_dup() gives it; that of the total
 *   in the user's language. */
char *
scope_endpoint_dup_shown_name (ScopeEndpoint *self)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), NULL);
  /* Translators: the row of all endpoints together, as Locust calls it. */
  return self->is_total ? g_strdup (_("Aggregated")) : scope_shown_dup (self->name);
}

/* Returns: (transfer full): "GET /name" as scope_shown_dup() gives it; that of the
 *   total in the user's language. */
char *
scope_endpoint_dup_label (ScopeEndpoint *self)
{
  g_autofree char *label = NULL;

  if (self->is_total)
    return scope_endpoint_dup_shown_name (self);
  label = scope_endpoint_dup_whole_label (self);
  return scope_shown_dup (label);
}

/* Returns: (transfer full): @text without a difference between capital and
 *   small letters. */
char *
scope_endpoint_fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  return normal ? g_utf8_casefold (normal, -1) : g_strdup (text);
}

/**
 * scope_endpoint_contains:
 * @self: the endpoint
 * @word: as scope_endpoint_fold() gives it
 *
 * Returns: whether @word is somewhere in "TYPE NAME", or in what the total is called
 */
gboolean
scope_endpoint_contains (ScopeEndpoint *self,
                         const char    *word)
{
  g_return_val_if_fail (SCOPE_IS_ENDPOINT (self), FALSE);

  if (self->folded == NULL)
    {
      g_autofree char *label = scope_endpoint_dup_whole_label (self);
      g_autofree char *shown = self->is_total ? scope_endpoint_dup_shown_name (self) : NULL;
      g_autofree char *both = g_strjoin ("\n", label, shown, NULL);

      self->folded = scope_endpoint_fold (both);
    }
  return strstr (self->folded, word) != NULL;
}
