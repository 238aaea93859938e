/* settings.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is remembered from one start to the next, and preferences.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The keys of the schema. */
#define SCOPE_SETTING_WINDOW_WIDTH      "window-width"
#define SCOPE_SETTING_WINDOW_HEIGHT     "window-height"
#define SCOPE_SETTING_WINDOW_MAXIMIZED  "window-maximized"
#define SCOPE_SETTING_LEGEND_SHOWN      "legend-shown"
#define SCOPE_SETTING_LEGEND_WIDTH      "legend-width"
#define SCOPE_SETTING_LEGEND_SORTED_BY  "legend-sorted-by"
#define SCOPE_SETTING_LEGEND_DESCENDING "legend-descending"
#define SCOPE_SETTING_RESPONSE_TIME     "response-time"
#define SCOPE_SETTING_THROUGHPUT        "throughput"
#define SCOPE_SETTING_AVERAGING_WINDOW  "averaging-window"
#define SCOPE_SETTING_FAILURES          "failures"
#define SCOPE_SETTING_LOGARITHMIC       "logarithmic"
#define SCOPE_SETTING_ELAPSED_TIME      "elapsed-time"
#define SCOPE_SETTING_EXPORT_COLORS     "export-colors"
#define SCOPE_SETTING_REMEMBER_FILES    "remember-files"
#define SCOPE_SETTING_NOTIFY_ENDED      "notify-ended"
#define SCOPE_SETTING_NOTIFY_EXCEEDED   "notify-exceeded"

GSettings *scope_settings_get         (void);
gboolean   scope_settings_get_boolean (const char *key,
                                       gboolean    otherwise);

G_END_DECLS
