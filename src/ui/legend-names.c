/* legend-names.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names in the legend's rows, as much of them as there is room for.
 */
#include "legend-private.h"

#include "distinct.h"
#include "limit-text.h"
#include "shown.h"

#define NAME_CHARS 11 /* at least: the column gets the room that is left */

/* Of the legend: with less room methods stand before the names. */
#define WIDE_CHARS 58

/* A label: GtkInscription sets shortened text higher than the rest of its row.  The
 * button of the row that is looked at lies over its end.
 *
 * Returns: (transfer floating): the cell of a name */
GtkWidget *
scope_legend_make_name (void)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "width-chars", NAME_CHARS, "max-width-chars",
                                   NAME_CHARS, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE,
                                   "css-classes", (const char *[]){ "name", NULL }, NULL);

  gtk_overlay_set_child (GTK_OVERLAY (overlay), label);
  return overlay;
}

static void
describe (GtkWidget  *widget,
          const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* What is said of the name is said of its row too, which has the focus, and of the
 * check box: a screen reader reads those. */
static void
describe_row (GtkWidget  *label,
              const char *text)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (gtk_widget_get_parent (label)));
  GtkWidget *box = gtk_widget_get_first_child (gtk_widget_get_first_child (row));

  describe (label, text);
  describe (row, text);
  describe (gtk_widget_get_first_child (box), text);
}

/* How an endpoint is told from the others, which does not change until these do. */
typedef struct
{
  GPtrArray *names;     /* owned: its name, more and more shortened, as scope_distinct_list() */
  gboolean   is_shared; /* its method is needed, too */
} Distinct;

static void
distinct_free (gpointer data)
{
  g_ptr_array_unref (((Distinct *) data)->names);
  g_free (data);
}

static const Distinct *
get_distinct (ScopeLegend   *self,
              ScopeEndpoint *endpoint)
{
  Distinct *distinct = g_hash_table_lookup (self->distinct, endpoint);

  if (distinct != NULL)
    return distinct;
  distinct = g_new0 (Distinct, 1);
  distinct->names = scope_distinct_list (self->history, endpoint, FALSE);
  distinct->is_shared = scope_distinct_is_shared (self->history, endpoint);
  g_hash_table_insert (self->distinct, g_object_ref (endpoint), distinct);
  return distinct;
}

static gboolean
fits (GtkWidget  *label,
      const char *text,
      int         width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, text);
  int                     needed;

  pango_layout_get_pixel_size (layout, &needed, NULL);
  return needed <= width;
}

/* Texts for @endpoint, the better first: its method, which stands before it if that has
 * no column, may not be needed, and what others begin with is not.
 *
 * Returns: (transfer full) (element-type utf8) */
static GPtrArray *
list_texts (ScopeLegend   *self,
            ScopeEndpoint *endpoint)
{
  const Distinct  *distinct = get_distinct (self, endpoint);
  GPtrArray       *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *type = scope_shown_dup (scope_endpoint_get_type_name (endpoint));
  gboolean         has_type = self->narrow && type[0] != '\0';

  if (has_type && !distinct->is_shared)
    g_ptr_array_add (texts, scope_endpoint_dup_shown_name (endpoint));
  for (guint i = 0; has_type && i < distinct->names->len; i++)
    g_ptr_array_add (texts, g_strconcat (type, " ", g_ptr_array_index (distinct->names, i), NULL));
  for (guint i = 0; (!has_type || !distinct->is_shared) && i < distinct->names->len; i++)
    g_ptr_array_add (texts, g_strdup (g_ptr_array_index (distinct->names, i)));
  if (texts->len == 0 && has_type)
    g_ptr_array_add (texts, scope_endpoint_dup_label (endpoint)); /* its beginning tells most */
  return texts;
}

/* What a label's text depends on: to look whether it fits takes 50 µs, for each name in
 * sight, and numbers change with each motion of the pointer. */
typedef struct
{
  const ScopeEndpoint *endpoint;   /* to compare with, not to look into */
  const char          *mark;
  guint                generation; /* of ScopeLegend::distinct */
  gboolean             narrow;
  int                  width;
} Basis;

#define BASIS "scope-basis"

/* Whether the text is another now. */
static gboolean
take_basis (GtkWidget *label,
            Basis      basis)
{
  Basis *old = g_object_get_data (G_OBJECT (label), BASIS);

  if (old != NULL && old->endpoint == basis.endpoint && old->mark == basis.mark &&
      old->generation == basis.generation && old->narrow == basis.narrow &&
      old->width == basis.width)
    return FALSE;
  g_object_set_data_full (G_OBJECT (label), BASIS, g_memdup2 (&basis, sizeof basis), g_free);
  return TRUE;
}

/* The whole name, or, if there is no room for it, what tells it from the others: its
 * middle would be left out, and its ends are often those of many. */
static void
set_text (ScopeLegend   *self,
          GtkWidget     *label,
          ScopeEndpoint *endpoint,
          const char    *mark)
{
  g_autofree char      *name = NULL;
  g_autofree char      *text = NULL;
  g_autoptr (GPtrArray) shorter = NULL;

  /* A row that is new has the width of those before it. */
  if (gtk_widget_get_width (label) > 0)
    self->name_width = gtk_widget_get_width (label);
  if (!take_basis (label, (Basis){ endpoint, mark, self->generation, self->narrow,
                                   self->name_width }))
    return;
  name = self->narrow ? scope_endpoint_dup_label (endpoint) : scope_endpoint_dup_shown_name (endpoint);
  text = g_strconcat (mark, name, NULL);
  if (self->name_width > 0 && !fits (label, text, self->name_width))
    shorter = list_texts (self, endpoint);
  for (guint i = 0; shorter != NULL && i < shorter->len; i++)
    {
      g_free (text);
      text = g_strconcat (mark, g_ptr_array_index (shorter, i), NULL);
      if (fits (label, text, self->name_width))
        break;
    }
  gtk_label_set_ellipsize (GTK_LABEL (label), shorter != NULL && shorter->len > 0
                                                ? PANGO_ELLIPSIZE_END
                                                : PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_text (GTK_LABEL (label), text);
}

/* Shows the name of @item, behind a mark if a limit was exceeded: full while it is. */
void
scope_legend_show_name (ScopeLegend *self,
                        GtkListItem *item)
{
  static const char *const marks[] = {
    [SCOPE_LIMIT_KEPT] = "",
    [SCOPE_LIMIT_EXCEEDED] = "△ ",
    [SCOPE_LIMIT_ABOVE] = "▲ ",
  };
  GtkWidget       *label = gtk_overlay_get_child (GTK_OVERLAY (gtk_list_item_get_child (item)));
  ScopeEndpoint   *endpoint = gtk_list_item_get_item (item);
  guint            position = scope_endpoint_get_position (endpoint);
  ScopeLimitMark   mark = self->limits ? scope_limits_get_mark (self->limits, position)
                                       : SCOPE_LIMIT_KEPT;
  g_autofree char *exceeded =
    mark != SCOPE_LIMIT_KEPT
      ? scope_limit_text_mark (self->limits, position, self->format_time, self->format_data)
      : NULL;
  g_autofree char *name = scope_endpoint_dup_shown_name (endpoint);
  g_autofree char *hint = g_strconcat (name, exceeded ? "\n" : "", exceeded, NULL);

  set_text (self, label, endpoint, marks[mark]);
  scope_legend_set_css_class (label, "error", mark == SCOPE_LIMIT_ABOVE);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (label), hint) == 0)
    return;
  gtk_widget_set_tooltip_text (label, hint);
  describe_row (label, exceeded ? exceeded : "");
}

/* Rows that came while others got their places may need more room than was asked for. */
static void
ask_for_room (ScopeLegend *self)
{
  int needed;

  gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL,
                      NULL);
  if (needed > gtk_widget_get_width (GTK_WIDGET (self->view)))
    gtk_widget_queue_resize (GTK_WIDGET (self->view));
}

/* Brings the names in sight up to date. */
void
scope_legend_show_names (ScopeLegend *self)
{
  ask_for_room (self);
  for (guint i = 0; i < self->names->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->names, i);

      if (gtk_widget_get_mapped (gtk_list_item_get_child (item)))
        scope_legend_show_name (self, item);
    }
}

static gboolean
rename_cb (gpointer data)
{
  ScopeLegend *self = data;

  self->rename = 0;
  scope_legend_show_names (self);
  return G_SOURCE_REMOVE;
}

/* Brings the names in sight up to date before the next frame. */
void
scope_legend_queue_names (ScopeLegend *self)
{
  if (self->rename == 0)
    self->rename = g_idle_add_full (G_PRIORITY_HIGH_IDLE, rename_cb, self, NULL);
}

/* The column has another width: names may fit now, or not any more. */
void
scope_legend_measure_names (ScopeLegend *self)
{
  GtkWidget *heading = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  int        width;

  heading = gtk_widget_get_first_child (heading);
  for (ScopeLegendColumn i = 0; i < SCOPE_LEGEND_NAME && heading != NULL; i++)
    heading = gtk_widget_get_next_sibling (heading);
  width = heading ? gtk_widget_get_width (heading) : 0;
  if (width == self->name_room)
    return;
  self->name_room = width;
  scope_legend_queue_names (self);
}

/* There are other names. */
void
scope_legend_forget_names (ScopeLegend *self)
{
  g_hash_table_remove_all (self->distinct);
  self->generation++;
  scope_legend_queue_numbers (self);
}

/* Returns: (transfer full): for ScopeLegend::distinct */
GHashTable *
scope_legend_make_distinct (void)
{
  return g_hash_table_new_full (NULL, NULL, g_object_unref, distinct_free);
}

/**
 * scope_legend_set_room:
 * @self: the legend
 * @width: px that it will get
 *
 * Without room for a column of methods they stand before the names.
 */
void
scope_legend_set_room (ScopeLegend *self,
                       int          width)
{
  PangoContext     *context;
  PangoFontMetrics *metrics;
  gboolean          narrow;

  g_return_if_fail (SCOPE_IS_LEGEND (self));

  context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  metrics = pango_context_get_metrics (context, NULL, NULL);
  narrow = width < WIDE_CHARS * pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_column_view_column_set_visible (self->method_column, !narrow);
  for (guint i = 0; i < self->names->len; i++)
    scope_legend_show_name (self, g_ptr_array_index (self->names, i));
}
