# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything without a pointer."""
import os

from scope import Scope, active_window, copy_run, move, run, run_file, wait_for

FILE = run_file("shop_full")


def tab_until(app, fits, what, most=30):
    for _ in range(most):
        node = app.focused()
        if node is not None and fits(node):
            return node
        app.key("Tab")
        wait_for(lambda: repr(app.focused()) != repr(node), "the focus to move", 2)
    raise AssertionError(f"Tab does not lead to {what}")


def test_open_and_export(folder):
    path = copy_run("shop_full", folder)
    png = os.path.join(folder, "charts.png")
    with Scope() as app:
        app.label("See Every Endpoint")
        app.key("ctrl+o")
        app.answer_file_dialog("Open Statistics History", path)
        app.wait_for_status("Ended")
        app.key("ctrl+e")
        app.answer_file_dialog("Export Charts", png)
        wait_for(lambda: os.path.exists(png), "the picture")


def test_start_page(folder):
    with Scope() as app:
        app.label("See Every Endpoint")
        tab_until(app, lambda n: n.name.endswith("Open Sample Run"), "Open Sample Run")
        app.key("space")
        app.label("Sample Run")


def test_legend(folder):
    """Tab into the list, arrows along it; Space switches, Return shows only that one."""
    name, below = "POST /api/cart", "POST /api/checkout"
    with Scope(FILE) as app:
        app.wait_for_charts()
        tab_until(app, lambda n: n.role == "table row", "the list")
        for _ in range(20):
            if app.focused().name == name:
                break
            row = app.focused().name
            app.key("Down")
            wait_for(lambda: (n := app.focused()) and n.name != row, "the focus to move")
        color = app.curve_color(name)
        app.key("space")
        app.wait_for_box(name, False)
        wait_for(lambda: not app.is_drawn(color, 1), "its curves to go")
        app.key("space")
        app.wait_for_box(name, True)
        wait_for(lambda: app.is_drawn(color), "its curves to come")
        app.key("Down")
        wait_for(lambda: (n := app.focused()) and n.name == below, "the focus to be a row below")
        app.key("Return")
        wait_for(lambda: app.shown() == [below], "only that one")
        app.key("Return")
        app.wait_for_box(name, True)
        app.key("ctrl+shift+a")
        wait_for(lambda: not app.shown(), "none")
        app.key("ctrl+a")
        app.wait_for_box(name, True)
        app.key("Up")
        app.key("space")
        app.wait_for_box(name, False)
        app.key("ctrl+i")
        wait_for(lambda: app.shown() == [name], "the others to go")


def test_one_stop(folder):
    """However many rows the list has, Tab goes past it, and comes back to the same row."""
    with Scope(run_file("many_endpoints")) as app:
        app.wait_for_charts()
        row = tab_until(app, lambda n: n.role == "table row", "the list").name
        for key in "Down", "Tab", "shift+Tab":
            before = app.focused().name
            app.key(key)
            wait_for(lambda: (n := app.focused()) and n.name != before, f"{key} to lead on")
            if key == "Down":
                row = app.focused().name
            elif key == "Tab":
                assert app.focused().name.endswith("All"), app.focused().name
        assert app.focused().name == row
        app.key("shift+Tab")
        wait_for(lambda: (n := app.focused()) and n.name == "Sort the endpoints", "what is above")


def test_cursor(folder):
    """Arrows move the cursor sample by sample; the legend and a description say what is there."""
    name = "POST /api/checkout"
    with Scope(FILE) as app:
        app.wait_for_charts()
        move(1, 1)  # not where the cursor would go with it
        latest = app.rows()[name][1:]
        app.key("Left")
        wait_for(lambda: app.chart().description.startswith("09:10:17 · "), "the last but one", 10)
        app.key("shift+Left")
        app.key("shift+Left")
        wait_for(lambda: app.chart().description.startswith("09:09:57 · "), "20 samples before", 10)
        wait_for(lambda: app.rows()[name][1:] != latest, "other numbers")
        app.key("Escape")
        wait_for(lambda: app.rows()[name][1:] == latest, "the latest numbers")
        wait_for(lambda: "·" not in app.chart().description, "the cursor to go", 10)


def test_search(folder):
    """Ctrl+F finds endpoints even where the legend is hidden; Escape lists all again."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        everything = set(app.rows())
        app.key("F9")
        app.key("ctrl+f")
        wait_for(lambda: app.focused(), "a focus")
        app.type("CART post")
        wait_for(lambda: set(app.rows()) == {"POST /api/cart"}, "one row")
        assert app.box("POST /api/cart").seen()
        assert not app.has_label("No endpoint fits")
        app.type("zz")
        app.label("No endpoint fits")
        app.key("Escape")
        wait_for(lambda: not app.has_label("No endpoint fits"), "the list to be back")
        wait_for(lambda: set(app.rows()) == everything, "all rows")


def test_f9(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        legend = app.find("tree table", "Endpoints")
        wide = app.chart().bounds[2]
        app.key("F9")
        wait_for(lambda: not legend.seen() and app.chart().bounds[2] > wide, "the legend to go")
        app.key("F9")
        wait_for(lambda: legend.seen() and app.chart().bounds[2] == wide, "the legend to come")


def test_legend_focus(folder):
    """F9 takes the focus from a row to the charts, and back; so does Escape, but for a cursor."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        move(1, 1)
        app.key("Left")
        wait_for(lambda: "·" in app.chart().description, "a cursor", 10)
        tab_until(app, lambda n: n.role == "table row", "the list")
        app.key("Down")
        wait_for(lambda: (n := app.focused()) and n.name != "Aggregated", "the next row")
        row = app.focused().name
        app.key("Escape")
        wait_for(lambda: "·" not in app.chart().description, "the cursor to go", 10)
        assert app.focused().name == row
        app.key("F9")
        wait_for(lambda: (n := app.focused()) and n.role == "image", "the focus on the charts")
        app.key("F9")
        wait_for(lambda: (n := app.focused()) and n.name == row, "the focus on the row")
        app.key("Escape")
        wait_for(lambda: (n := app.focused()) and n.role == "image", "the focus on the charts")


def test_windows(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+question")
        wait_for(lambda: len(app.windows()) == 2, "the shortcuts")
        app.label("Show or hide the legend")
        app.key("Escape")
        wait_for(lambda: len(app.windows()) == 1, "the shortcuts to go")
        first = active_window()
        app.key("ctrl+n")
        wait_for(lambda: len(app.windows()) == 2, "another window")
        wait_for(lambda: active_window() != first, "it to be in front")
        app.key("ctrl+w")
        wait_for(lambda: len(app.windows()) == 1, "it to close")
        app.key("ctrl+q")
        assert app.proc.wait(10) == 0
        assert app.output() == "", app.output()


def test_legend_width(folder):
    """F8 leads to the legend's edge, arrows move it; done with, it is no stop of Tab."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        legend = app.find("tree table", "Endpoints")
        width = legend.bounds[2]
        app.key("F8")
        wait_for(lambda: (n := app.focused()) and n.name == "Width of the legend", "the edge")
        app.key("Left", "ctrl+Left")
        wait_for(lambda: legend.bounds[2] == width + 70, "a wider legend")
        app.key("Right")
        wait_for(lambda: legend.bounds[2] == width + 60, "a narrower one")
        app.key("Return")
        wait_for(lambda: (n := app.focused()) and n.role == "image", "the charts")
        app.key("shift+Tab")
        wait_for(lambda: (n := app.focused()) and n.role != "image", "something else")
        app.key("Tab", "Tab")
        wait_for(lambda: (n := app.focused()) and n.role not in ("image", "push button"),
                 "what comes next")
        assert app.focused().role != "separator"
        app.key("F9", "F8")  # there is no edge then
        wait_for(lambda: (n := app.focused()) and n.role == "image", "the charts again")


if __name__ == "__main__":
    run(test_open_and_export, test_start_page, test_legend, test_one_stop, test_cursor, test_search, test_f9,
        test_legend_focus, test_legend_width, test_windows)
