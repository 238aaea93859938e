/* limits-dialog.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is typed is set by Return, or when its entry is left; the charts beside the
 * dialog show it at once.  Limits of response times are all of one statistic here;
 * those of a pattern are the command line's.
 */
#include "limits-dialog.h"

#include "limit-text.h"
#include "number.h"
#include "shown.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_NAME_CHARS 40

struct _ScopeLimitsDialog
{
  AdwWindow            parent_instance;

  /* owned */
  ScopeLimits         *limits;
  GArray              *statistics; /* ScopeStatistic: of the drop-down */
  guint                statistic;  /* which of them is chosen */
  gboolean             is_filling; /* what changes was neither typed nor chosen */

  /* template */
  AdwComboRow         *statistic_row;
  AdwEntryRow         *all_time_row;
  AdwEntryRow         *all_share_row;
  GtkDropDown         *endpoint_button;
  AdwEntryRow         *own_time_row;
  AdwEntryRow         *own_share_row;
  GtkWidget           *list_group;
  GtkListBox          *list;
};

G_DEFINE_FINAL_TYPE (ScopeLimitsDialog, scope_limits_dialog, ADW_TYPE_WINDOW)

static ScopeStatistic
get_response_time (ScopeLimitsDialog *self)
{
  return g_array_index (self->statistics, ScopeStatistic, self->statistic);
}

/* Returns: (transfer full) (nullable): what an entry is of, with a limit of 0; %NULL
 *   where it is of no endpoint. */
static ScopeLimit *
make_limit (ScopeLimitsDialog *self,
            AdwEntryRow       *row)
{
  gboolean       is_own = row == self->own_time_row || row == self->own_share_row;
  gboolean       is_share = row == self->all_share_row || row == self->own_share_row;
  ScopeStatistic statistic = is_share ? SCOPE_STATISTIC (FAILURE_SHARE) : get_response_time (self);
  ScopeEndpoint *endpoint = gtk_drop_down_get_selected_item (self->endpoint_button);

  if (!is_own)
    return scope_limit_new (statistic, 0);
  if (endpoint == NULL)
    return NULL;
  return scope_limit_new_endpoint (statistic, 0, scope_endpoint_get_type_name (endpoint),
                                   scope_endpoint_get_name (endpoint));
}

/* Whether the text is a limit, or empty, which is %NAN; with a point or a comma,
 * whatever the locale. */
static gboolean
parse (ScopeLimitsDialog *self,
       AdwEntryRow       *row,
       double            *value)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  gboolean         is_share = row == self->all_share_row || row == self->own_share_row;

  g_strdelimit (g_strstrip (text), ",", '.');
  *value = NAN;
  return text[0] == '\0' || (scope_parse_double (text, strlen (text), value) && *value >= 0 &&
                             (!is_share || *value <= 100));
}

/* Sets what an entry says, if it says anything; not while the dialog goes, which
 * takes the focus from it. */
static void
apply (ScopeLimitsDialog *self,
       AdwEntryRow       *row)
{
  g_autoptr (ScopeLimit) limit = NULL;
  double                 value;

  if (self->limits == NULL)
    return;
  limit = make_limit (self, row);
  if (limit == NULL || !parse (self, row, &value))
    return;
  if (isnan (value))
    {
      scope_limits_remove (self->limits, limit);
      return;
    }
  limit->value = value;
  scope_limits_put (self->limits, limit);
}

static void
apply_cb (ScopeLimitsDialog *self,
          AdwEntryRow       *row)
{
  apply (self, row);
}

static void
left_cb (ScopeLimitsDialog       *self,
         GtkEventControllerFocus *focus)
{
  apply (self, ADW_ENTRY_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus))));
}

/* What cannot be a limit is marked while it is typed. */
static void
typed_cb (ScopeLimitsDialog *self,
          AdwEntryRow       *row)
{
  double   value;
  gboolean fits = parse (self, row, &value);

  if (fits)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               fits ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

static void
fill_row (ScopeLimitsDialog *self,
          AdwEntryRow       *row)
{
  g_autoptr (ScopeLimit) wanted = make_limit (self, row);
  const ScopeLimit      *limit = wanted ? scope_limits_find_same (self->limits, wanted) : NULL;
  g_autofree char       *text = limit ? g_strdup_printf ("%.12g", limit->value) : g_strdup ("");

  gtk_widget_set_sensitive (GTK_WIDGET (row), wanted != NULL);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
remove_cb (ScopeLimitsDialog *self,
           GtkWidget         *button)
{
  scope_limits_remove (self->limits, g_object_get_data (G_OBJECT (button), "limit"));
}

/* A line of the list: the endpoint, its limit, and a button to be rid of it. */
static GtkWidget *
make_line (ScopeLimitsDialog *self,
           const ScopeLimit  *limit)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *bound = scope_limit_text_name (limit->statistic, limit->value);
  g_autofree char *label = g_strconcat (limit->type, limit->type[0] ? " " : "", limit->name, NULL);
  g_autofree char *title = scope_shown_dup (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), bound);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove this limit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this limit"), -1);
  g_object_set_data_full (G_OBJECT (button), "limit", scope_limit_copy (limit),
                          (GDestroyNotify) scope_limit_free);
  g_object_set_data_full (G_OBJECT (row), "limit", scope_limit_copy (limit),
                          (GDestroyNotify) scope_limit_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_list (ScopeLimitsDialog *self)
{
  const GPtrArray *limits = scope_limits_get_list (self->limits);
  GtkWidget       *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, line);
  for (guint i = 0; i < limits->len; i++)
    if (scope_limit_get_reach (g_ptr_array_index (limits, i)) == SCOPE_LIMIT_ENDPOINT)
      gtk_list_box_append (self->list, make_line (self, g_ptr_array_index (limits, i)));
  gtk_widget_set_visible (self->list_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

/* Brings the entries in line with the limits. */
static void
fill (ScopeLimitsDialog *self)
{
  if (self->limits == NULL || self->is_filling)
    return;
  self->is_filling = TRUE;
  fill_row (self, self->all_time_row);
  fill_row (self, self->all_share_row);
  fill_row (self, self->own_time_row);
  fill_row (self, self->own_share_row);
  self->is_filling = FALSE;
}

static void
changed_cb (ScopeLimitsDialog *self)
{
  fill (self);
  fill_list (self);
}

/* All limits of response times are of the statistic that was chosen from now on. */
static void
statistic_cb (ScopeLimitsDialog *self)
{
  guint                 chosen = adw_combo_row_get_selected (self->statistic_row);
  g_autoptr (GPtrArray) moved =
    g_ptr_array_new_with_free_func ((GDestroyNotify) scope_limit_free);
  const GPtrArray      *limits;

  if (self->limits == NULL || self->is_filling || chosen >= self->statistics->len ||
      chosen == self->statistic)
    return;
  limits = scope_limits_get_list (self->limits);
  for (guint i = 0; i < limits->len; i++)
    {
      const ScopeLimit *limit = g_ptr_array_index (limits, i);

      if (scope_statistic_equal (limit->statistic, get_response_time (self)))
        g_ptr_array_add (moved, scope_limit_copy (limit));
    }
  self->statistic = chosen;
  for (guint i = 0; i < moved->len; i++)
    {
      ScopeLimit *limit = g_ptr_array_index (moved, i);

      scope_limits_remove (self->limits, limit);
      limit->statistic = get_response_time (self);
      scope_limits_put (self->limits, limit);
    }
}

static void
row_activated_cb (ScopeLimitsDialog *self,
                  GtkListBoxRow     *row)
{
  const ScopeLimit *limit = g_object_get_data (G_OBJECT (row), "limit");
  GListModel       *endpoints = gtk_drop_down_get_model (self->endpoint_button);

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (ScopeEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (scope_limit_fits (limit, endpoint, TRUE) != SCOPE_LIMIT_NONE)
        scope_limits_dialog_choose (self, endpoint);
    }
}

static void
setup_name_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_NAME_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *text = scope_endpoint_dup_label (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static int
compare_endpoints (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  return scope_endpoint_compare ((ScopeEndpoint *) a, (ScopeEndpoint *) b);
}

/* The endpoints, in the order of the legend; a search finds names by how they begin. */
static void
list_endpoints (ScopeLimitsDialog *self)
{
  GListModel *history = G_LIST_MODEL (scope_limits_get_history (self->limits));
  GtkSorter  *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_endpoints, NULL, NULL));
  g_autoptr (GtkSortListModel) sorted =
    gtk_sort_list_model_new (g_object_ref (history), sorter);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression)      name =
    gtk_property_expression_new (SCOPE_TYPE_ENDPOINT, NULL, "name");

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  gtk_drop_down_set_expression (self->endpoint_button, name);
  gtk_drop_down_set_factory (self->endpoint_button, factory);
  gtk_drop_down_set_model (self->endpoint_button, G_LIST_MODEL (sorted));
  /* The total comes first, and is seldom what is meant. */
  if (scope_history_get_n_endpoints (scope_limits_get_history (self->limits)) > 0 &&
      g_list_model_get_n_items (history) > 1)
    gtk_drop_down_set_selected (self->endpoint_button, 1);
}

/* The statistic of the limits that there are, or what is charted. */
static ScopeStatistic
find_statistic (ScopeLimitsDialog *self)
{
  const GPtrArray *limits = scope_limits_get_list (self->limits);

  for (guint i = 0; i < limits->len; i++)
    {
      const ScopeLimit *limit = g_ptr_array_index (limits, i);

      if (scope_statistic_is_response_time (limit->statistic))
        return limit->statistic;
    }
  return scope_history_get_response_time (scope_limits_get_history (self->limits));
}

static void
list_statistics (ScopeLimitsDialog *self)
{
  g_autoptr (GArray) all =
    scope_history_list_statistics (scope_limits_get_history (self->limits));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  ScopeStatistic            chosen = find_statistic (self);

  for (guint i = 0; i < all->len; i++)
    {
      ScopeStatistic statistic = g_array_index (all, ScopeStatistic, i);

      if (!scope_statistic_is_response_time (statistic))
        continue;
      if (scope_statistic_equal (statistic, chosen))
        self->statistic = self->statistics->len;
      g_array_append_val (self->statistics, statistic);
      gtk_string_list_take (names, scope_statistic_dup_name (statistic));
    }
  /* A row with a new model has its first item chosen, which nobody chose. */
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->statistic_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->statistic_row, self->statistic);
  self->is_filling = FALSE;
}

static void
listen (ScopeLimitsDialog *self,
        AdwEntryRow       *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (row, "entry-activated", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

static gboolean
scope_limits_dialog_close_request (GtkWindow *window)
{
  ScopeLimitsDialog *self = SCOPE_LIMITS_DIALOG (window);

  apply (self, self->all_time_row);
  apply (self, self->all_share_row);
  apply (self, self->own_time_row);
  apply (self, self->own_share_row);
  return GTK_WINDOW_CLASS (scope_limits_dialog_parent_class)->close_request (window);
}

static void
scope_limits_dialog_dispose (GObject *object)
{
  ScopeLimitsDialog *self = SCOPE_LIMITS_DIALOG (object);

  g_clear_object (&self->limits);
  gtk_widget_dispose_template (GTK_WIDGET (object), SCOPE_TYPE_LIMITS_DIALOG);
  G_OBJECT_CLASS (scope_limits_dialog_parent_class)->dispose (object);
}

static void
scope_limits_dialog_finalize (GObject *object)
{
  g_array_unref (SCOPE_LIMITS_DIALOG (object)->statistics);
  G_OBJECT_CLASS (scope_limits_dialog_parent_class)->finalize (object);
}

static void
scope_limits_dialog_class_init (ScopeLimitsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_limits_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_limits_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = scope_limits_dialog_close_request;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/locustscope/Locustscope/limits-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, statistic_row);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, all_time_row);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, all_share_row);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, endpoint_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, own_time_row);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, own_share_row);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, list_group);
  gtk_widget_class_bind_template_child (widget_class, ScopeLimitsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, statistic_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
scope_limits_dialog_init (ScopeLimitsDialog *self)
{
  self->statistics = g_array_new (FALSE, FALSE, sizeof (ScopeStatistic));
  gtk_widget_init_template (GTK_WIDGET (self));
  listen (self, self->all_time_row);
  listen (self, self->all_share_row);
  listen (self, self->own_time_row);
  listen (self, self->own_share_row);
}

/**
 * scope_limits_dialog_new:
 * @parent: the window that shows the charts
 * @limits: what is set; its history has blocks
 *
 * Returns: (transfer none): the dialog, to be presented
 */
ScopeLimitsDialog *
scope_limits_dialog_new (GtkWindow   *parent,
                         ScopeLimits *limits)
{
  ScopeLimitsDialog *self =
    g_object_new (SCOPE_TYPE_LIMITS_DIALOG, "transient-for", parent, "application",
                  gtk_window_get_application (parent), NULL); /* with its keys */

  self->limits = g_object_ref (limits);
  list_statistics (self);
  list_endpoints (self);
  g_signal_connect_object (limits, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->all_time_row));
  return self;
}

/* Sets limits of @endpoint, which is one of the history. */
void
scope_limits_dialog_choose (ScopeLimitsDialog *self,
                            ScopeEndpoint     *endpoint)
{
  GListModel *endpoints = gtk_drop_down_get_model (self->endpoint_button);

  g_return_if_fail (SCOPE_IS_LIMITS_DIALOG (self));

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (ScopeEndpoint) other = g_list_model_get_item (endpoints, i);

      if (other == endpoint)
        gtk_drop_down_set_selected (self->endpoint_button, i);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->own_time_row));
}
