# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The legend with a pointer: headings, the row that is looked at, searches, many endpoints."""
import os
import re
import time

from scope import (Scope, Timeout, active_window, click, move, press, release, run, run_file,
                   wait_for, xdo)
from test_choices import choose
from test_compare import make_yesterday

FILE = run_file("shop_full")
MANY = run_file("many_endpoints")
TOTAL = "Aggregated"


def numbers(app, column):
    """Of all rows but the total, from the top; column 1 is RT, 2 TPS, 3 failures."""
    rows = sorted((r[0].bounds[1], name, r[column]) for name, r in app.rows().items())
    assert rows[0][1] == TOTAL, rows
    return [float(text) for _, name, text in rows[1:] if text != "–"]


def is_sorted(values, descending):
    return values == sorted(values, reverse=descending) and len(set(values)) > 2


def heading(app, text):
    return app.label(lambda name: name == text)


def test_headings(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        for text, column in ("RT (ms)", 1), ("TPS", 2):
            app.click(heading(app, text))
            wait_for(lambda: is_sorted(numbers(app, column), True), f"largest {text} on top")
            app.click(heading(app, text))
            wait_for(lambda: is_sorted(numbers(app, column), False), f"smallest {text} on top")
        app.click(heading(app, "Fail %"))
        wait_for(lambda: numbers(app, 3)[0] > 20, "what fails on top")
        app.click(heading(app, "Name"))
        wait_for(lambda: not is_sorted(numbers(app, 2), False), "another order")


def test_pointed_row(folder):
    """The curves of the row under the pointer stand out; a button shows it alone."""
    name, other = "POST /api/cart", "GET /api/products"
    with Scope(FILE) as app:
        app.wait_for_charts()
        color, other_color = app.curve_color(name), app.curve_color(other)
        wait_for(lambda: app.is_drawn(color) and app.is_drawn(other_color), "both curves")
        x, y, w, h = app.settled_pos(app.box(name))
        move(x + 100, y + h // 2)
        wait_for(lambda: not app.is_drawn(other_color, 1) and app.is_drawn(color), "it to stand out")
        app.click(app.button("Only"))
        wait_for(lambda: app.shown() == [name], "only that one")
        app.click(app.button("Back"))
        app.wait_for_box(other, True)
        move(1, 1)
        wait_for(lambda: app.is_drawn(other_color), "the others to be as before")


def test_focused_row(folder):
    """With keys alone the row in focus stands out."""
    other = "GET /api/products"
    with Scope(FILE) as app:
        app.wait_for_charts()
        color = app.curve_color(other)
        app.key("ctrl+f")
        for _ in range(2):
            app.key("Tab")
        app.key("Down")
        wait_for(lambda: not app.is_drawn(color, 1), "others to fade")
        app.button("Only")


def test_pointer_and_keys(folder):
    """The button is in the row under the pointer, or in that in focus: what was used last."""
    def row_of_button():
        only = next((n for n in app.root.find_all("push button", "Only") if n.seen()), None)
        return only and next(n.was.name for n in only.parents() if n.role == "table row")

    pointed = "POST /api/checkout"
    with Scope(FILE) as app:
        app.wait_for_charts()
        x, y, w, h = app.settled_pos(app.box(pointed))
        move(x + 100, y + h // 2)
        wait_for(lambda: row_of_button() == pointed, "the button in the row under the pointer")
        app.key("ctrl+f")
        app.key("Tab")
        app.key("Tab")
        app.key("Down")
        wait_for(lambda: row_of_button() not in (None, pointed), "it in the row in focus")
        move(x + 104, y + h // 2)
        wait_for(lambda: row_of_button() == pointed, "it under the pointer again")


def test_caption(folder):
    """The latest numbers are those at the end of the run that is chosen, and said to be."""
    def latest():
        return app.label(lambda name: name.startswith("Latest, ")).name.split()[-1]

    with Scope(run_file("shop_webui_reset_two_tests")) as app:
        app.wait_for_charts()
        last = latest()
        choose(app, "All Runs", lambda n: n.startswith("Run 1 · "))
        move(1, 1)  # off the charts, which are where the menu was
        wait_for(lambda: latest() < last, "the end of the first run")


def test_edge(folder):
    """Dragged, the legend's edge gives names more room; the charts keep a share."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        legend = app.find("tree table", "Endpoints")
        name = app.label(lambda name: name == "/api/products")
        width, name_width = legend.bounds[2], name.bounds[2]
        x, y, w, h = app.settled_pos(legend)
        for at in -4, -1:  # left of where it is seen, and there
            move(x + at, y + h // 2)
            press()
            move(x + at - 20, y + h // 2)
            wait_for(lambda: abs(legend.bounds[2] - width - 20) <= 1, "a wider legend")
            move(x + at, y + h // 2)
            wait_for(lambda: abs(legend.bounds[2] - width) <= 1, "the legend as it was")
            release()
        width, name_width = legend.bounds[2], name.bounds[2]
        move(x + 2, y + h // 2)
        press()
        for dx in 50, 100, 150:
            move(x + 2 - dx, y + h // 2)
            time.sleep(0.05)
        wait_for(lambda: legend.bounds[2] == width + 150, "a wider legend")
        assert name.bounds[2] == name_width + 150, (name.bounds, name_width)
        move(30, y + h // 2)
        wait_for(lambda: legend.bounds[2] > width + 300, "the widest legend")
        assert app.chart().bounds[2] > 300, app.chart().bounds
        move(1170, y + h // 2)
        release()
        wait_for(lambda: legend.bounds[2] == 320, "the narrowest legend")


def test_sort_by_keys(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+f")
        app.key("Tab")
        wait_for(lambda: (n := app.focused()) and n.name == "Sort the endpoints",
                 "the focus on the menu's button")
        app.key("space")
        wait_for(app.has_popup, "the menu")
        app.key("Down")
        app.key("Down")
        app.key("Down")
        app.key("Return")
        wait_for(lambda: is_sorted(numbers(app, 2), True), "largest TPS on top")


def test_search(folder):
    """What is found changes no chart until Enter shows it alone."""
    cart = ["GET /api/cart", "POST /api/cart"]
    with Scope(FILE) as app:
        app.wait_for_charts()
        color = app.curve_color("GET /api/products")
        app.key("ctrl+f")
        app.type("/cart$/ ")
        wait_for(lambda: sorted(app.rows()) == cart, "the carts")
        assert app.is_drawn(color)
        app.key("Return")
        wait_for(lambda: not app.is_drawn(color, 1), "only the carts")
        app.key("Return")
        wait_for(lambda: app.is_drawn(color), "what was before")
        app.type("!method:get")
        wait_for(lambda: list(app.rows()) == cart[1:], "one cart")


def test_nothing_found(folder):
    """Headings stay where they are, and what is no expression is called so."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        places = [heading(app, text).bounds for text in ("Method", "Name", "RT (ms)", "TPS")]
        app.key("ctrl+f")
        app.type("/(")
        app.label("No endpoint fits")
        time.sleep(0.3)
        assert places == [heading(app, text).bounds for text in ("Method", "Name", "RT (ms)", "TPS")]
        app.type("/")
        app.label("Not a regular expression: ")
        app.key("Escape")
        wait_for(lambda: len(app.rows()) > 3, "all rows")
        time.sleep(0.3)
        assert places == [heading(app, text).bounds for text in ("Method", "Name", "RT (ms)", "TPS")]


def test_down_from_search(folder):
    """Down leads to the first row, whichever had the focus before."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+f")
        for key in "Down", "Down", "Down":
            app.key(key)
        wait_for(lambda: (n := app.focused()) and n.name == "POST /api/cart", "the third row")
        app.key("ctrl+f")
        app.type("api")
        wait_for(lambda: "Aggregated" not in app.rows(), "less rows")
        app.key("Down")
        wait_for(lambda: (n := app.focused()) and n.name == "GET /api/cart", "the first row")


def test_many(folder):
    with Scope(MANY) as app:
        app.wait_for_charts()
        app.label("10 of 286 shown")
        app.click(app.button("Show All"))
        app.label("286 of 286 shown")
        app.click(app.button("Slowest"))
        app.label("10 of 286 shown")
        for _ in range(3):  # the toast can be gone before all rows were looked through
            app.click(app.button("Failing"))
            try:
                app.label("No request failed", 5)
                break
            except Timeout:
                continue
        else:
            raise AssertionError("nothing says that no request failed")
        app.label("10 of 286 shown")


def click_row(app, name, *modifiers, times=1):
    """A click on the name, not on the box."""
    x, y, w, h = app.settled_pos(app.box(name))
    move(x + w + 90, y + h // 2)
    click(count=times, holding=modifiers)


def test_clicks(folder):
    """A click switches, a double one or one with Ctrl shows only that, Shift takes a range."""
    first, second, third = "GET /api/cart", "POST /api/cart", "POST /api/checkout"
    with Scope(FILE) as app:
        app.wait_for_charts()
        everything = app.shown()
        click_row(app, second)
        app.wait_for_box(second, False)
        click_row(app, second)
        app.wait_for_box(second, True)
        click_row(app, second, times=2)
        wait_for(lambda: app.shown() == [second], "only that one, by a double click")
        click_row(app, second, times=2)
        wait_for(lambda: app.shown() == everything, "what was before")
        click_row(app, second, times=3)
        wait_for(lambda: app.shown() == [second], "only that one, by a double click and one more")
        time.sleep(0.5)
        assert app.shown() == [second]
        click_row(app, second, times=2)
        wait_for(lambda: app.shown() == everything, "what was before")
        click_row(app, third, "ctrl")
        wait_for(lambda: app.shown() == [third], "only that one, by Ctrl")
        click_row(app, third, "ctrl")
        wait_for(lambda: app.shown() == everything, "what was before")
        click_row(app, first)
        app.wait_for_box(first, False)
        click_row(app, third, "shift")
        wait_for(lambda: not {first, second, third} & set(app.shown()), "all three to go")
        assert len(app.shown()) == len(everything) - 3


def test_limit_mark(folder):
    """What exceeds a limit is marked in the legend, and says since when."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+l")
        app.dialog("Limits")
        app.type("800")
        app.key("Return")
        app.key("Escape")
        wait_for(lambda: app.window("Limits") is None, "the dialog to go")
        mark = app.label(lambda name: name == "▲ /api/report (late)")
        assert re.match(r"Average above 800 ms since 09:\d\d:\d\d", mark.description), mark.description
        name = next(n for n in app.rows() if n.endswith("/api/report (late)"))
        row = app.find("table row", name)
        assert (row.description, app.box(name).description) == (mark.description,) * 2
        assert app.find("table row", "GET /api/cart").description == ""
        assert app.label(lambda name: name == "/api/cart").description == ""


def test_difference(folder):
    """With another run behind the curves, numbers say how they differ from it."""
    yesterday = make_yesterday(folder)
    with Scope(f"--baseline={yesterday}", FILE) as app:
        app.wait_for_charts()
        app.label("difference: mean of the common")
        wait_for(lambda: all(rt.endswith("\n−50\u202f%") and tps.endswith("\n±0\u202f%")
                             for _, rt, tps, _ in app.rows().values()), "half of the response time")
        app.click(app.button("Stop Comparing"))
        wait_for(lambda: not any("\n" in rt for _, rt, _, _ in app.rows().values()), "one line")


def test_short_names(folder):
    """Where a name does not fit, what it has in common with others goes first."""
    whole = "/catalogue/region-000/items/[id]"

    def is_short(name):
        return name.startswith("…") and name.endswith("-000/items/[id]")
    with Scope(MANY) as app:
        app.wait_for_charts()
        app.label(is_short)
        assert app.box("GET " + whole)
        app.key("F8", *["ctrl+Left"] * 3)
        app.label(lambda name: name == whole)
        app.key(*["ctrl+Right"] * 3)
        app.label(is_short)
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.label(lambda name: name == "/api/checkout")


def test_taller(folder):
    """Rows that come into sight are named before they get their places; GTK warns otherwise."""
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(settings, exist_ok=True)
    with open(os.path.join(settings, "keyfile"), "w") as file:
        file.write("[io/github/locustscope/Locustscope]\nwindow-height=400\n")
    with Scope(MANY, env={"GSETTINGS_BACKEND": "keyfile"}) as app:
        app.wait_for_charts()
        height = app.windows()[0].bounds[3]
        window = app.xwindows()[active_window()]
        for more in 100, 200, 300:  # as wide as before
            xdo("windowsize", active_window(), window.w, window.h + more)
            time.sleep(0.5)
        wait_for(lambda: app.windows()[0].bounds[3] == height + 300, "a taller window")


if __name__ == "__main__":
    run(test_headings, test_pointed_row, test_focused_row,
        test_pointer_and_keys, test_caption, test_edge, test_sort_by_keys, test_search,
        test_nothing_found, test_down_from_search, test_many, test_clicks, test_limit_mark, test_difference,
        test_short_names, test_taller)
