# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is charted: statistics, averaging window and runs, by pointer and by keyboard."""
import csv
import math
import os

from scope import Scope, Timeout, active_window, click, copy_run, move, run, run_file, wait_for, xdo
from test_keyboard import tab_until

FULL = run_file("shop_full")
TWO_WRITERS = run_file("worker_and_master_same_prefix")
CART = "GET /api/cart"


# --- the same by Python ---------------------------------------------------
def read(path):
    """{"GET /name": its rows}, of endpoints and the total."""
    endpoints = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = f"{row['Type']} {row['Name']}".strip()
            endpoints.setdefault(name, []).append(row)
    return endpoints


def last_written(path, column):
    """The latest number of a column that Locust wrote; 0 and N/A are none."""
    found = {}
    for name, rows in read(path).items():
        cell = rows[-1][column]
        found[name] = None if cell == "N/A" or float(cell) == 0 else float(cell)
    return found


def last_written_rates(path):
    return {name: float(rows[-1]["Requests/s"]) for name, rows in read(path).items()}


def last_counted(path, column, window):
    """A rate over the file's last seconds, by its whole-second stamps."""
    found = {}
    for name, rows in read(path).items():
        end = int(rows[-1]["Timestamp"])
        base = min(rows, key=lambda r: abs(int(r["Timestamp"]) - (end - window)))
        found[name] = ((int(rows[-1][column]) - int(base[column]))
                       / (end - int(base["Timestamp"])))
    return found


def find_runs(path):
    """The first and the last second of each run: the total's count falls between them."""
    runs, before = [], None
    for row in read(path)["Aggregated"]:
        stamp, count = int(row["Timestamp"]), int(row["Total Request Count"])
        if before is None or count < before:
            runs.append((stamp, stamp))
        runs[-1] = (runs[-1][0], stamp)
        before = count
    return runs


def find_range(rows):
    stamps = [int(row["Timestamp"]) for row in rows]
    return min(stamps), max(stamps)


def number(text):
    return None if text == "–" else float(text.replace(",", "").replace("\u202f", ""))


def close(shown, expected, share):
    if shown is None or expected is None:
        return shown is expected
    # The legend shows three digits.
    return math.isclose(shown, expected, rel_tol=share, abs_tol=0.06)


def wait_for_numbers(app, column, expected, share=0.006):
    """Until the legend's response times (1) or throughputs (2) are these, the latest."""
    move(1, 1)  # off the charts: there the legend would show what was then
    def look():
        rows = app.rows()
        return all(close(number(rows[name][column]), value, share)
                   for name, value in expected.items())
    try:
        wait_for(look, "the legend's numbers", 5)
    except Timeout:
        shown = {name: number(row[column]) for name, row in app.rows().items()}
        raise AssertionError(f"{shown}, not {expected}") from None


# --- acting ----------------------------------------------------------------
def drop_down(app, text, timeout=10):
    """The drop-down that says so, where there is room for it."""
    def look():
        return next((n for n in app.root.find_all("push button", text) if n.seen()), None)
    return wait_for(look, f"a drop-down {text!r}", timeout)


def open_menu(app, button):
    """A click that comes while another menu goes may only have closed that one."""
    for _ in range(4):
        app.click(button)
        try:
            return wait_for(app.has_popup, "the menu", 2)
        except Timeout:
            continue
    raise Timeout(f"{button!r} opens no menu")


def choose(app, button, *items):
    """Open a drop-down and go through its menus by pointer."""
    wait_for(lambda: not app.has_popup(), "other menus to close")
    node = drop_down(app, button)
    open_menu(app, node)
    menu = next(node.parents())
    for i, item in enumerate(items):
        def look():
            fits = item if callable(item) else lambda n: n == item
            # Not seen(): above its button, a menu's place in the window is not known.
            found = [n for n in menu.find_all("menu item", fits) if n.bounds[3] > 0]
            # Submenus come after the menu, and are titled as the item that leads there.
            return found and found[-1 if i else 0]
        app.click(wait_for(look, f"an item {item!r}"))
    wait_for(lambda: not app.has_popup(), "the menu to close")


def resize(app, width, height):
    """A window that has not drawn its last size yet may keep that one: ask again.  To the
    server its shadow is a part of it."""
    left, right, top, bottom = app.xwindows()[active_window()].frame or (0, 0, 0, 0)
    for _ in range(5):
        xdo("windowsize", active_window(), width + left + right, height + top + bottom)
        try:
            return wait_for(lambda: abs(app.windows()[0].bounds[2] - width) < 80,
                            f"a window of {width} px", 2)
        except Timeout:
            continue
    raise Timeout(f"the window does not become {width} px wide")


def export(app, path):
    app.click(app.button("Export"))
    app.answer_file_dialog("Export Charts", path)
    wait_for(lambda: os.path.exists(path), path)
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


# --- cases -----------------------------------------------------------------
def test_statistics(folder):
    with Scope(FULL) as app:
        app.wait_for_charts()
        choose(app, "Average · 10 s", "Response Time", "p95")
        drop_down(app, "p95")
        wait_for_numbers(app, 1, last_written(FULL, "95%"))
        choose(app, "p95", "Throughput", "Failures/s")
        wait_for_numbers(app, 2, last_counted(FULL, "Total Failure Count", 10), 0.03)
        choose(app, "p95", "Throughput", "Requests/s as Locust wrote it")
        wait_for_numbers(app, 2, last_written_rates(FULL))
        choose(app, "p95", "Response Time", "Maximum")
        drop_down(app, "Maximum")
        wait_for_numbers(app, 1, last_written(FULL, "Total Max Response Time"))


def test_window(folder):
    with Scope(FULL) as app:
        app.wait_for_charts()
        wait_for_numbers(app, 2, last_counted(FULL, "Total Request Count", 10), 0.03)
        choose(app, "Average · 10 s", "30 seconds")
        drop_down(app, "Average · 30 s")
        wait_for_numbers(app, 2, last_counted(FULL, "Total Request Count", 30), 0.02)
        choose(app, "Average · 30 s", "One block")
        drop_down(app, "Average · one block")
        wait_for_numbers(app, 2, last_counted(FULL, "Total Request Count", 1), 0.03)


def test_keys(folder):
    """The digits, while the charts are in focus: they are once a file is open."""
    columns = {"2": ("p50", "50%"), "3": ("p95", "95%"), "4": ("p99", "99%"),
               "5": ("Maximum", "Total Max Response Time"),
               "6": ("Average since the start", "Total Average Response Time")}
    with Scope(FULL) as app:
        app.wait_for_charts()
        for key, (label, column) in columns.items():
            app.key(key)
            drop_down(app, label)
            wait_for_numbers(app, 1, last_written(FULL, column))
        app.key("1")
        drop_down(app, "Average · 10 s")


def test_runs(folder):
    path = copy_run("shop_webui_reset_two_tests", folder)
    with Scope(path) as app:
        app.wait_for_charts()
        whole = export(app, os.path.join(folder, "all.csv"))
        choose(app, "All Runs", lambda n: n.startswith("Run 2 · "))
        drop_down(app, "Run 2")
        second = export(app, os.path.join(folder, "second.csv"))
        choose(app, "Run 2", lambda n: n.startswith("Run 3 · "))
        drop_down(app, "Run 3")
        third = export(app, os.path.join(folder, "third.csv"))
        choose(app, "Run 3", "All Runs")
        drop_down(app, "All Runs")
    runs = find_runs(path)
    assert len(runs) == 3, runs
    assert find_range(second) == runs[1], (find_range(second), runs)
    assert find_range(third) == runs[2], (find_range(third), runs)
    assert find_range(whole)[1] == runs[2][1] and find_range(whole)[0] < runs[1][0]


def test_one_run_has_no_menu(folder):
    with Scope(FULL) as app:
        app.wait_for_charts()
        drop_down(app, "Average · 10 s")
        assert not [n for n in app.root.find_all("push button", "All Runs") if n.seen()]


def test_two_writers(folder):
    with Scope(TWO_WRITERS) as app:
        app.wait_for_charts()
        app.label("two Locust processes write to it")
        assert not [n for n in app.root.find_all("push button", "All Runs") if n.seen()]
        assert app.has_label("2 rows could not be read")
    with Scope(FULL) as app:
        app.wait_for_charts()
        assert not app.has_label("two Locust processes")


def test_rows(folder):
    """A row says which endpoint it is, and Space switches the one in focus."""
    with Scope(FULL) as app:
        app.wait_for_charts()
        rows = {n.was.name for n in app.root.find_all("table row")}
        assert set(app.rows()) <= rows, rows
        first = "POST /api/cart"
        tab_until(app, lambda n: n.role == "table row", "the list")
        app.key("Home")
        for name in "GET /api/cart", first, "POST /api/checkout":
            app.key("Down")
            row = wait_for(lambda: (n := app.focused()) and n.name == name and n,
                           f"{name} in focus")
            assert row.role == "table row", row
        app.key("space")
        app.wait_for_box(row.name, False)
        assert app.is_on(first)
        app.key("space")
        app.wait_for_box(row.name, True)


def test_narrow(folder):
    path = copy_run("shop_webui_reset_two_tests", folder)
    with Scope(path) as app:
        app.wait_for_charts()
        assert drop_down(app, "Average · 10 s").bounds[1] < 60
        resize(app, 690, 640)
        resize(app, 420, 640)
        wait_for(lambda: drop_down(app, "Average · 10 s").bounds[1] > app.chart().bounds[1] + 100,
                 "the drop-down to stand below the charts")
        choose(app, "Average · 10 s", "Response Time", "p95")
        drop_down(app, "p95")
        choose(app, "All Runs", lambda n: n.startswith("Run 2 · "))
        assert drop_down(app, "Run 2").bounds[1] > app.chart().bounds[1] + 100


def test_table_of_the_visible(folder):
    with Scope(FULL) as app:
        app.wait_for_charts()
        app.click(app.button("None"))
        app.click(app.box(CART))
        app.wait_for_box(CART, True)
        choose(app, "Average · 10 s", "Response Time", "p95")
        drop_down(app, "p95")
        rows = export(app, os.path.join(folder, "one.csv"))
    expected = read(FULL)[CART]
    assert {(row["Type"], row["Name"]) for row in rows} == {("GET", "/api/cart")}
    assert len(rows) == len(expected), (len(rows), len(expected))
    for row, cells in zip(rows, expected):
        value = cells["95%"]
        assert row["Timestamp"] == cells["Timestamp"], (row, cells)
        if value in ("0", "N/A"):
            assert row["Response Time (ms)"] == "", (row, cells)
        else:
            assert float(row["Response Time (ms)"]) == float(value), (row, cells)


def test_legend_over_the_charts(folder):
    """Where there is no room beside them it is put away by Esc, or a click beside it."""
    with Scope(FULL) as app:
        app.wait_for_charts()
        resize(app, 420, 700)

        def is_there():
            return any(box.seen() for box, *_ in app.rows().values())
        wait_for(lambda: not is_there(), "the legend to make room")
        for away in "Escape", "click":
            app.key("F9")
            wait_for(is_there, "the legend")
            if away == "click":
                x, y, w, h = app.settled_pos(app.find("tree table", "Endpoints"))
                move(x - 20, y + h // 2)
                click(1, 1)
            else:
                app.key(away)
            wait_for(lambda: not is_there(), f"{away} to put it away")


def test_names(folder):
    """What a screen reader says of the menus' buttons, which have the focus."""
    with Scope(FULL) as app:
        app.wait_for_charts()
        choice = app.find("push button", "Average · 10 s")
        wait_for(lambda: choice.description == "What is charted", choice.description)
        assert app.find("push button", "Recent files").description == "Recent files"


CASES = (test_statistics, test_window, test_keys, test_runs, test_one_run_has_no_menu,
         test_two_writers, test_rows, test_narrow, test_table_of_the_visible,
         test_legend_over_the_charts, test_names)

if __name__ == "__main__":
    run(*CASES)
