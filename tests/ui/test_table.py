# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table behind the charts, and what is copied, by real pointer and keys."""
import csv
import os
import struct
import subprocess
import time

from scope import Scope, move, press, release, run, run_file, wait_for
from test_choices import close, number

FILE = run_file("shop_full")
COLUMNS = ["Method", "Name", "RT (ms)", "TPS", "Failed/s", "Requests", "Failed", "Fail %",
           "Mean RT", "Mean TPS"]
REQUESTS, FAILED, SHARE, MEAN, RATE = range(5, 10)


def table(app):
    """{"GET /name": the cells as they are written}, in the order of the rows."""
    rows = {}
    tree = app.tree()
    for row in tree.find_all("table row"):
        cells = [n.was.name for n in tree.find_all("label", under=row.path)]
        if len(cells) == len(COLUMNS) and cells != COLUMNS and row.seen():
            rows[f"{cells[0]} {cells[1]}".strip()] = cells
    return rows


def show(app):
    app.key("ctrl+t")
    return wait_for(lambda: table(app), "the table")


def hide(app, key):
    app.key(key)  # GTK does not tell which page of a stack is seen, but where the focus is
    wait_for(lambda: (n := app.focused()) and n.role == "image", f"the charts, by {key}")


def numbers(app, column):
    return [number(cells[column]) for cells in table(app).values()]


def sort_by_keys(app, item):
    """Choose an item of the menu, counted from 0: the legend's order, columns, Descending."""
    app.key("alt+s")
    wait_for(app.has_popup, "the menu")
    app.key(*["Down"] * item, "Return")
    wait_for(lambda: not app.has_popup(), "the menu to close")


def heading(app, title):
    """Of the table: it stands left of the legend."""
    found = [n for n in app.root.find_all("label", title) if n.seen()]
    return min(found, key=lambda n: n.bounds[0])


def last_rows():
    """What the file says in the end, of all that it counted."""
    with open(FILE, newline="", encoding="utf-8") as file:
        return {f"{r['Type']} {r['Name']}".strip(): r for r in csv.DictReader(file)}


def clipboard(target):
    got = subprocess.run(["xclip", "-selection", "clipboard", "-o", "-t", target],
                         capture_output=True, timeout=10)
    return got.stdout if got.returncode == 0 else b""


def test_numbers(folder):
    """Over the whole test the counters of the last rows; at the end what the legend has."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        show(app)
        legend, last = app.rows(), last_rows()
        for name, cells in table(app).items():
            assert number(cells[REQUESTS]) == int(last[name]["Total Request Count"]), cells
            assert number(cells[FAILED]) == int(last[name]["Total Failure Count"]), cells
            assert close(number(cells[MEAN]), float(last[name]["Total Average Response Time"]),
                         0.006), cells
            assert cells[2:4] == list(legend[name][1:3]), (cells, legend[name])
        assert len(table(app)) == 7
        assert app.label("Latest, 09:10:18 · RT: average over 10 s")
        assert app.label("From 09:08:58 to 09:10:18 (1:20)")
        app.click(app.box("Aggregated"))
        wait_for(lambda: list(table(app))[0] == "Aggregated", "the total, first")
        hide(app, "ctrl+t")


def test_cursor_and_stretch(folder):
    """At the cursor what was then, and over what is looked at less than all."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("Left", "Left", "shift+Left", "shift+Left")
        wait_for(lambda: "·" in app.chart().description.split(";")[0], "a cursor")
        before = show(app)
        assert app.label(lambda n: n.startswith("At 09:09:5"))
        legend = app.rows()
        for name, cells in before.items():
            assert cells[2:4] == list(legend[name][1:3]), (cells, legend[name])
        app.key("ctrl+plus", "ctrl+plus")
        wait_for(lambda: sum(numbers(app, REQUESTS)) < 0.7 * sum(number(c[REQUESTS])
                                                                for c in before.values()),
                 "fewer requests")
        app.key("ctrl+0")
        wait_for(lambda: table(app) == before, "all of them again")
        hide(app, "Escape")
        app.key("Escape", "t")
        show(app)
        assert app.label("From 0:00 to 1:20 (1:20)")


def test_pointer_stays(folder):
    """The table is of the instant under the pointer when it was opened."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.hover(app.chart(), 0.5, 0.3)
        wait_for(lambda: "·" in app.chart().description.split(";")[0], "a cursor")
        clock = app.chart().description.split(" · ")[0]
        show(app)
        assert app.label(f"At {clock}")


def test_sorting(folder):
    """By a click on the heading, or by keys."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        unsorted = list(show(app))
        app.click(heading(app, "Requests"))
        wait_for(lambda: numbers(app, REQUESTS) == sorted(numbers(app, REQUESTS), reverse=True),
                 "most first")
        app.click(heading(app, "Requests"))
        wait_for(lambda: numbers(app, REQUESTS) == sorted(numbers(app, REQUESTS)), "fewest first")
        app.click(heading(app, "Name"))
        names = [c[1] for c in table(app).values()]
        wait_for(lambda: [c[1] for c in table(app).values()] == sorted(names), "by name")
        sort_by_keys(app, 10)
        wait_for(lambda: numbers(app, RATE) == sorted(numbers(app, RATE), reverse=True),
                 "by mean TPS, by keys")
        sort_by_keys(app, 11)
        wait_for(lambda: numbers(app, RATE) == sorted(numbers(app, RATE)), "least first, by keys")
        sort_by_keys(app, 0)
        wait_for(lambda: list(table(app)) == unsorted, "as in the legend")


def test_columns(folder):
    """Names have the room that numbers need not; a drag does not move a column."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        show(app)
        name, after = (heading(app, t).bounds for t in ("Name", "RT (ms)"))
        assert after[0] - name[0] > 200, (name, after)
        x, y, w, h = app.settled_pos(heading(app, "TPS"))
        move(x + w // 2, y + h // 2)
        press()
        for i in range(1, 6):
            move(x + w // 2 - 40 * i, y + h // 2)
        release()
        time.sleep(0.5)
        left = [heading(app, t).bounds[0] for t in COLUMNS]
        assert left == sorted(left), left


def test_rows_stay(folder):
    """Numbers of a live test change, rows do not move, and keep the focus."""
    with Scope("--demo") as app:
        app.wait_for_charts()
        unsorted = list(show(app))
        app.click(heading(app, "TPS"))
        wait_for(lambda: list(table(app)) != unsorted, "another order")
        before = table(app)
        app.key("Tab", "Down")
        time.sleep(6)
        after = table(app)
        assert list(after) == list(before)
        more = [n for n in after if number(after[n][REQUESTS]) > number(before[n][REQUESTS])]
        assert len(more) > len(after) / 2, (before, after)
        assert app.focused().role == "table row", app.focused()


def test_keys_go_to_the_table(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        names = list(show(app))
        assert app.focused().role == "table row" and app.focused().name == names[0]
        app.key("Down", "Down")
        wait_for(lambda: (n := app.focused()) and n.name == names[2], "the third row")
        app.key("t", "3")  # are the charts'
        assert app.label("Latest, 09:10:18 · RT: average over 10 s")
        hide(app, "Escape")
        app.key("3")
        wait_for(lambda: app.button("p95"), "p95, in the charts again")


def test_nothing(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        show(app)
        app.click(app.button("None"))
        app.label("No endpoint is switched on")
        app.click(app.button("All"))
        wait_for(lambda: table(app), "all of them")
        assert not app.has_label("No endpoint is switched on")


def test_copy_table(folder):
    """All rows with a heading, in the order that is seen, numbers as programs read them."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+shift+c")
        app.label("The table was copied as text")
        lines = [line.split("\t") for line in clipboard("UTF8_STRING").decode().splitlines()]
        assert lines[0] == [*COLUMNS[:SHARE], "Failed (%)", "Mean RT (ms)",
                            *COLUMNS[RATE:]], lines[0]
        last = last_rows()
        assert [f"{r[0]} {r[1]}" for r in lines[1:]] == [n for n in app.rows() if n != "Aggregated"]
        for row in lines[1:]:
            name = f"{row[0]} {row[1]}"
            assert row[REQUESTS] == last[name]["Total Request Count"], row
            assert close(float(row[MEAN]), float(last[name]["Total Average Response Time"]), 1e-4)
        show(app)
        app.click(heading(app, "Mean RT"))
        wait_for(lambda: numbers(app, MEAN) == sorted(numbers(app, MEAN), reverse=True),
                 "the slowest first")
        app.key("ctrl+shift+c")

        def copied():
            lines = clipboard("UTF8_STRING").decode().splitlines()[1:]
            return [float(line.split("\t")[MEAN]) for line in lines]
        wait_for(lambda: copied() == sorted(copied(), reverse=True), "the order of the table")


def write_large_run(folder, n_endpoints=4000):
    """Two blocks of endpoints with names that are long."""
    path = os.path.join(folder, "large_stats_history.csv")
    with open(FILE, newline="", encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["Type"] == "GET")
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, row)
        out.writeheader()
        for block in range(2):
            row["Timestamp"] = 1_790_000_000 + block
            for i in range(n_endpoints):
                out.writerow(row | {"Name": f"/{i:04}/" + "long/" * 26})
    return path


def test_copy_large_table(folder):
    """More than a clipboard takes at once, by other programs and by the program itself."""
    with Scope(write_large_run(folder)) as app:
        app.wait_for_charts()
        app.click(app.button("All"))
        app.key("ctrl+shift+c")
        app.label("The table was copied as text")
        text = clipboard("UTF8_STRING")
        assert len(text) > 600_000 and text.count(b"\n") == 4001, len(text)
        for target in ["text/plain;charset=utf-8", "text/plain", "STRING", "TEXT",
                       "COMPOUND_TEXT"]:
            assert clipboard(target).rstrip(b"\0") == text, target
        app.key("ctrl+f", "ctrl+v")  # a line of text
        wait_for(lambda: app.has_label("No endpoint fits"), "what was pasted")


def test_copy_picture(folder):
    """As it is exported; but text while somebody types."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("ctrl+c")
        app.label("The charts were copied as a picture")
        png = clipboard("image/png")
        assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (2400, 1600)
        app.key("ctrl+f")
        app.type("cart")
        app.key("ctrl+c")  # nothing is selected
        time.sleep(0.3)
        assert clipboard("image/png") == png
        app.key("ctrl+a", "ctrl+c")
        wait_for(lambda: clipboard("UTF8_STRING") == b"cart", "the text")
        app.key("Escape", "ctrl+c")  # in the legend
        wait_for(lambda: clipboard("image/png") == png, "the picture")


def test_menu(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("F10")
        wait_for(app.has_popup, "the menu")
        app.key("Down", "Down", "Down", "Down", "Down", "Return")
        wait_for(lambda: table(app), "the table, by the menu")
        hide(app, "ctrl+t")


if __name__ == "__main__":
    run(test_numbers, test_cursor_and_stretch, test_pointer_stays, test_sorting, test_columns,
        test_rows_stay, test_keys_go_to_the_table, test_nothing, test_copy_table, test_copy_large_table,
        test_copy_picture, test_menu)
