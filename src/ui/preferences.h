/* preferences.h
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window of preferences.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void scope_preferences_show (GtkApplication *application);

G_END_DECLS
