/* banner.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libadwaita 1.2 has no such widget yet.  It does not slide: the charts below
 * would be drawn at each height on its way.
 */
#include "banner.h"

struct _ScopeBanner
{
  GtkWidget    parent_instance;

  /* template */
  GtkRevealer *revealer;
  GtkLabel    *label;
  GtkButton   *button;
};

enum
{
  PROP_BUTTON_LABEL = 1,
  PROP_ACTION_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeBanner, scope_banner, GTK_TYPE_WIDGET)

static void
scope_banner_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  ScopeBanner *self = SCOPE_BANNER (object);

  switch (id)
    {
    case PROP_BUTTON_LABEL:
      gtk_button_set_label (self->button, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->button), g_value_get_string (value) != NULL);
      break;
    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SCOPE_TYPE_BANNER);
  G_OBJECT_CLASS (scope_banner_parent_class)->dispose (object);
}

static void
scope_banner_class_init (ScopeBannerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = scope_banner_dispose;
  object_class->set_property = scope_banner_set_property;
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, ScopeBanner, label);
  gtk_widget_class_bind_template_child (widget_class, ScopeBanner, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "banner");
}

static void
scope_banner_init (ScopeBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
scope_banner_show (ScopeBanner *self,
                   const char  *text)
{
  g_return_if_fail (SCOPE_IS_BANNER (self));
  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
scope_banner_hide (ScopeBanner *self)
{
  g_return_if_fail (SCOPE_IS_BANNER (self));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
