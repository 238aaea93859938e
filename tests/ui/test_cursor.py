# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cursor's two ends, and the axes, in the real window."""
import time

import screen
from scope import Scope, move, press, release, run, run_file, wait_for

FILE = run_file("shop_full")
CHECKOUT = "POST /api/checkout"


def is_span(app):
    """The numbers have two lines: a mean and a change."""
    return all("\n" in text for text in app.rows()[CHECKOUT][1:])


def click(app, x, y, *modifiers):
    left, top, width, height = app.settled_pos(app.chart())
    move(left + int(width * x), top + int(height * y))
    screen.click(holding=modifiers)


def test_span_by_pointer(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        latest = app.rows()[CHECKOUT][1:]
        click(app, 0.4, 0.3)
        app.label("At 09:09:")
        click(app, 0.7, 0.3, "shift")
        wait_for(lambda: is_span(app), "mean and change")
        app.label("mean, and change")
        move(1, 1)
        assert is_span(app)  # pinned
        click(app, 0.5, 0.3)
        move(1, 1)
        wait_for(lambda: app.rows()[CHECKOUT][1:] == latest, "the latest numbers")


def test_span_by_keys(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("Left")
        app.label("At 09:10:17")
        app.key("Return")
        app.key("shift+Left")
        app.label("09:10:07 – 09:10:17: mean, and change")
        wait_for(lambda: is_span(app), "mean and change")
        wait_for(lambda: app.chart().description.startswith("09:10:07 – 09:10:17"),
                 "the span in words")
        app.key("Escape")
        app.label("Latest, 09:10:18")


def test_escape(folder):
    """Escape ends a drag without a zoom, and lets the cursor go wherever the focus is."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        left, top, width, height = app.settled_pos(app.chart())
        move(left + width // 3, top + height // 3)
        press()
        for x in range(20, 200, 20):
            move(left + width // 3 + x, top + height // 3)
        app.key("Escape")
        release()
        time.sleep(0.5)
        assert not [n for n in app.root.find_all("push button", "Whole Test") if n.seen()]
        click(app, 0.4, 0.3)
        move(1, 1)
        app.label("At 09:09:")
        app.key("F10")
        wait_for(app.has_popup, "the menu")
        app.key("Escape")
        wait_for(lambda: not app.has_popup(), "the menu to go")
        app.key("Escape")
        app.label("Latest, 09:10:18")


def test_zoom_by_keys(folder):
    """Z zooms in on the span; Page Up and the cursor move what is looked at."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("Left")
        app.key("Return")
        for _ in range(3):
            app.key("shift+Left")
        app.label("09:09:47 – 09:10:17: mean, and change")
        app.key("z")
        app.button("Whole Test")
        wait_for(lambda: "09:09:47 – 09:10:17 (" in app.chart().description, "the span alone")
        app.key("Page_Up")
        wait_for(lambda: "09:09:32 – 09:10:02 (" in app.chart().description, "half of it earlier")
        app.key("Escape")
        app.key("Right")
        wait_for(lambda: app.chart().description.startswith("09:10:0"), "the cursor")
        for _ in range(2):
            app.key("shift+Right")
        wait_for(lambda: app.chart().description.startswith("09:10:1"), "the cursor, in sight")
        wait_for(lambda: "09:09:32" not in app.chart().description, "the charts to move along")


def test_return_after_arrows(folder):
    """Return, Return, arrows make a span, also where arrows came before."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        for before in (), ("Left", "Left"):
            app.key(*before, "Return", "Return", "shift+Left")
            app.label("mean, and change")
            app.key("Escape")
            app.label("Latest, 09:10:18")


def test_logarithmic(folder):
    """What is hardly off the ground rises."""
    name = "GET /api/cart"
    with Scope(FILE) as app:
        app.wait_for_charts()
        color = app.curve_color(name)

        def highest():
            return app.pixels(app.chart()).highest(color)
        low = wait_for(highest, "its curve")
        app.key("l")
        wait_for(lambda: highest() is not None and highest() < low - 30, "it to rise")
        app.key("l")
        wait_for(lambda: highest() == low, "it to be as before")


if __name__ == "__main__":
    run(test_span_by_pointer, test_span_by_keys, test_escape, test_zoom_by_keys, test_return_after_arrows,
        test_logarithmic)
