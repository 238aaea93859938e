# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as a person does it: open a file, switch an endpoint off, export."""
import os
import re
import resource

from scope import Scope, copy_run, near, run, run_file, wait_for
from test_legend import click_row

FILE = run_file("shop_full")
NAME = "shop_full_stats_history.csv"
NOT_EXPORTED = "The Charts Were Not Exported"
ENDPOINTS = ("GET /api/cart", "POST /api/cart", "POST /api/checkout", "GET /api/products",
             "GET /api/report (late)", 'GET /search?q=red, "wide" shoes', "GET 搜索商品")


def line_colors(svg):
    """The colours that an SVG's lines are drawn in."""
    with open(svg, encoding="utf-8") as f:
        found = re.findall(r'stroke(?::|=")rgb\(([\d.]+)%,\s*([\d.]+)%,\s*([\d.]+)%\)', f.read())
    return {tuple(round(float(v) * 2.55) for v in c) for c in found}


def has(colors, color):
    return any(near(c, color, 3) for c in colors)


def open_by_dialog(app, path):
    app.click(app.button("Open…"))
    app.answer_file_dialog("Open Statistics History", path)
    app.label(os.path.basename(path))


def export_by_dialog(app, path):
    app.click(app.button("Export"))
    app.answer_file_dialog("Export Charts", path)


def test_open_switch_export(folder):
    svg = os.path.join(folder, "charts.svg")
    path = copy_run("shop_full", folder)
    with Scope() as app:
        app.label("See Every Endpoint")
        assert "sensitive" not in app.button("Export").states
        open_by_dialog(app, path)
        app.wait_for_status("Ended")
        assert app.window(f"{NAME} – Locustscope")
        rows = app.rows()
        assert set(rows) == {"Aggregated", *ENDPOINTS}, rows
        colors = {name: app.curve_color(name) for name in ENDPOINTS}
        assert len(set(colors.values())) == len(ENDPOINTS), colors
        wait_for(lambda: all(app.is_drawn(c) for c in colors.values()), "all curves")

        off = "POST /api/checkout"
        app.click(app.box(off))
        app.wait_for_box(off, False)
        wait_for(lambda: app.count(colors[off]) == 0, "its curves to go from both charts")
        for name in ENDPOINTS:
            assert app.is_on(name) == (name != off), name
            assert name == off or app.is_drawn(colors[name]), name

        app.click(app.button("Export"))
        assert app.file_dialog("Export Charts").text == "shop_full.png"
        app.answer_file_dialog("Export Charts", svg)
        app.label("Exported to charts.svg")
        drawn = line_colors(svg)
        for name in ENDPOINTS:
            assert has(drawn, colors[name]) == (name != off), (name, colors[name], drawn)

        # On again, and over the file that is there now.
        app.click(app.box(off))
        app.wait_for_box(off, True)
        wait_for(lambda: app.is_drawn(colors[off]), "its curves to come back")
        export_by_dialog(app, svg)
        wait_for(lambda: has(line_colors(svg), colors[off]), "the file to be replaced")
        drawn = line_colors(svg)
        assert all(has(drawn, c) for c in colors.values()), drawn


def test_png_and_pdf(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        for ending, magic in ((".png", b"\x89PNG"), (".pdf", b"%PDF")):
            path = os.path.join(folder, "charts" + ending)
            export_by_dialog(app, path)
            wait_for(lambda: os.path.exists(path), path)
            with open(path, "rb") as f:
                assert f.read(4) == magic


def test_failed_export_keeps_older_file(folder):
    svg = os.path.join(folder, "charts.svg")
    with Scope(FILE) as app:
        app.wait_for_charts()
        export_by_dialog(app, svg)
        wait_for(lambda: os.path.exists(svg), "the export")
        with open(svg, "rb") as f:
            older = f.read()
        app.click(app.button("None"))
        # As on a full disk, but for what GTK itself writes.
        resource.prlimit(app.pid, resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))
        export_by_dialog(app, svg)
        app.dismiss(NOT_EXPORTED)
        resource.prlimit(app.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        with open(svg, "rb") as f:
            assert f.read() == older
        assert os.listdir(folder) == ["charts.svg"], os.listdir(folder)


def test_failed_export_says_why(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        export_by_dialog(app, os.path.join(folder, "charts.txt"))
        assert "does not end in .png, .svg, .pdf or .csv" in app.dismiss(NOT_EXPORTED)
        app.click(app.button("None"))
        export_by_dialog(app, os.path.join(folder, "out.csv"))
        assert "a CSV would be empty" in app.dismiss(NOT_EXPORTED)
        assert not os.path.exists(os.path.join(folder, "out.csv"))
        assert not os.path.exists(os.path.join(folder, "charts.txt"))


def test_export_shows_what_grew(folder):
    """What is exported is what is on the screen, not what was there when the file was opened."""
    path = os.path.join(folder, "grows_stats_history.csv")
    with open(FILE, "rb") as f:
        lines = f.read().splitlines(keepends=True)
    late = next(i for i, line in enumerate(lines) if b"(late)" in line)
    with open(path, "wb") as f:
        f.writelines(lines[:late])
    with Scope(path) as app:
        app.wait_for_status("● Live")
        assert "GET /api/report (late)" not in app.rows()
        with open(path, "ab") as f:
            f.writelines(lines[late:])
        color = wait_for(lambda: app.curve_color("GET /api/report (late)"), "the late endpoint")
        wait_for(lambda: app.is_drawn(color), "its curve")
        svg = os.path.join(folder, "grows.svg")
        export_by_dialog(app, svg)
        wait_for(lambda: os.path.exists(svg), "the export")
        assert has(line_colors(svg), color)


def test_clicks(folder):
    """A second quick click, or one with Ctrl, shows only that endpoint, or all again; one with
    Shift switches all rows from the last to this."""
    with Scope(run_file("shop_full")) as app:
        app.wait_for_charts()
        shown = app.shown()
        assert len(shown) >= 6, shown
        first, third = shown[0], shown[2]

        def wait_for_shown(expected):
            wait_for(lambda: app.shown() == expected, f"{expected}")

        click_row(app, first)
        wait_for_shown(shown[1:])
        click_row(app, third, "shift")
        wait_for_shown(shown[3:])
        click_row(app, third, "ctrl")
        wait_for_shown([third])
        click_row(app, third, "ctrl")
        wait_for_shown(shown[3:])
        click_row(app, first, times=2)
        wait_for_shown([first])
        click_row(app, first, times=2)
        wait_for_shown(shown[3:])


if __name__ == "__main__":
    run(test_open_switch_export, test_png_and_pdf, test_failed_export_keeps_older_file,
        test_failed_export_says_why, test_export_shows_what_grew,
        test_clicks)
