# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits in the real window: set by pointer and keys, seen in the charts, said in words."""
import csv
import shutil
import time

from scope import Scope, copy_run, move, run, run_file, wait_for
from test_choices import choose

FILE = run_file("shop_full")
TINT = (0xfc, 0xe9, 0xe7)
LINE = (0xc0, 0x1c, 0x28)


# --- the same by Python ---------------------------------------------------
def find_above(bound, share=False, window=10):
    """How many endpoints' averages, or failure shares, over the window were ever above."""
    rows = {}
    with open(FILE, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["Name"] != "Aggregated":
                rows.setdefault((row["Type"], row["Name"]), []).append(row)
    above = 0
    for own in rows.values():
        counters = [(int(r["Timestamp"]), int(r["Total Request Count"]),
                     int(r["Total Failure Count"]), float(r["Total Average Response Time"]))
                    for r in own]
        counters.insert(0, (counters[0][0] - 1, 0, 0, 0))
        found = False
        for i, (stamp, n, failures, average) in enumerate(counters[1:], 1):
            base = next(c for c in counters if c[0] >= stamp - window or c[0] == stamp)
            dn = n - base[1]
            if dn > 0:
                value = (100 * (failures - base[2]) / dn if share
                         else (n * average - base[1] * base[3]) / dn)
                found = found or value > bound
        above += found
    return above


# --- acting ----------------------------------------------------------------
def open_limits(app):
    app.key("ctrl+l")
    return app.dialog("Limits")


def close_limits(app):
    app.key("Escape")
    wait_for(lambda: app.window("Limits") is None, "the dialog to go")


def entry(app, name, own=False):
    """The entry for all endpoints, or the one for a single endpoint."""
    return wait_for(lambda: app.window("Limits").find_all("text", name), name)[-1 if own else 0]


def replace(app, text):
    app.key("ctrl+a", "Delete")
    if text:
        app.type(text)
    app.key("Return")


def tinted(app):
    move(1, 1)
    colors = app.pixels(app.chart()).colors()
    return sum(n for c, n in colors.items() if all(abs(a - b) <= 2 for a, b in zip(c, TINT)))


# --- cases -----------------------------------------------------------------
def test_for_all(folder):
    with Scope(FILE) as app:
        app.wait_for_charts()
        assert tinted(app) == 0
        open_limits(app)
        app.type("100")
        app.key("Return")
        n = find_above(100)
        app.label(lambda t: t.startswith(f"{n} endpoints exceeded the limit (Average 100 ms), first POST "))
        close_limits(app)
        wait_for(lambda: tinted(app) > 5000, "a tint")
        assert app.is_drawn(LINE, 100)
        wait_for(lambda: app.chart().description.startswith(f"{n} of the endpoints shown "),
                 "a description")
        open_limits(app)
        replace(app, "")
        wait_for(lambda: not app.has_label("exceeded"), "the banner to go")
        close_limits(app)
        wait_for(lambda: tinted(app) == 0, "no tint")


def test_far_above(folder):
    """What is kept is not tinted, and nothing is said."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        open_limits(app)
        app.type("1500")
        app.key("Return")
        close_limits(app)
        wait_for(lambda: app.is_drawn(LINE, 100), "the line")
        time.sleep(1.5)
        assert tinted(app) == 0 and not app.has_label("exceeded")


def test_failures(folder):
    """A limit of failures brings its chart with it; what is no number is no limit."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        open_limits(app)
        app.click(entry(app, "Failed requests limit (%)"))
        app.type("abc")
        app.key("Return")
        app.key("ctrl+a")
        app.type("101")
        app.key("Return")
        time.sleep(1)
        assert not app.has_label("exceeded")
        before = tinted(app)
        assert before == 0
        app.key("ctrl+a")
        app.type("20")
        app.key("Return")
        assert find_above(20, share=True) == 1
        app.label(lambda t: t.startswith("POST /api/checkout exceeded its limit (Failure share 20 %"))
        close_limits(app)
        wait_for(lambda: tinted(app) > 500, "a tint in the third chart")
        choose(app, "Average · 10 s", "Failures", "No Chart")
        wait_for(lambda: tinted(app) == 0, "the chart to go")
        choose(app, "Average · 10 s", "Failures", "Failure share")
        wait_for(lambda: tinted(app) > 500, "the chart again")


def test_one_endpoint(folder):
    """One endpoint's own limit, which holds in place of the one for all, and is listed."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        dialog = open_limits(app)
        app.type("100")
        app.key("Return")
        n = find_above(100)
        app.label(lambda t: t.startswith(f"{n} endpoints exceeded the limit (Average 100 ms"))
        box = dialog.find_all("combo box", lambda name: "Endpoint" in name)[0]
        app.click(box.find_all("push button")[0])
        wait_for(app.has_popup, "the list")
        app.key("shift+Tab")  # from the list to its search
        app.type("/api/check")
        found = box.find_all("list")[0]
        wait_for(lambda: [n.was.name for n in found.find_all("label")] == ["POST /api/checkout"],
                 "what is found")
        app.key("Down", "Return")
        wait_for(lambda: not app.has_popup(), "the list to close")
        wait_for(lambda: box.find_all("label", "POST /api/checkout"), "the endpoint")
        app.click(entry(app, "Response time limit (ms)", own=True))
        app.type("1000")
        app.key("Return")
        wait_for(lambda: any(l.was.name == "Average 1000 ms" for l in dialog.find_all("label")),
                 "the limit in the list")
        assert any(l.was.name == "POST /api/checkout" for l in dialog.find_all("label"))
        app.label(lambda t: t.startswith(f"{n - 1} endpoints exceeded the limit (Average 100 ms"))
        remove = next(b for b in dialog.find_all("push button", "Remove this limit"))
        remove.do()
        app.label(lambda t: t.startswith(f"{n} endpoints exceeded the limit (Average 100 ms"))
        close_limits(app)


def test_statistic(folder):
    """Another statistic takes the limits along, and is charted."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        open_limits(app)
        app.type("100")
        app.key("Return")
        app.label(lambda t: "(Average 100 ms" in t)
        app.key("shift+Tab")
        app.key("space")
        wait_for(app.has_popup, "the list")
        app.key("Down", "Return")
        wait_for(lambda: not app.has_popup(), "the list to close")
        app.label(lambda t: "(p50 100 ms" in t)
        close_limits(app)
        wait_for(lambda: any(b.seen() for b in app.root.find_all("push button", "p50")), "p50")


def test_charted(folder):
    """A first limit is one of what is charted; the next time the dialog leaves it so."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        app.key("3")
        wait_for(lambda: any(b.seen() for b in app.root.find_all("push button", "p95")), "p95")
        open_limits(app)
        app.type("500")
        app.key("Return")
        app.label(lambda t: "(p95 500 ms" in t)
        close_limits(app)
        open_limits(app)
        close_limits(app)
        time.sleep(1.5)
        assert app.has_label("(p95 500 ms")
        assert any(b.seen() for b in app.root.find_all("push button", "p95"))


def test_elapsed(folder):
    """The banner and a row's hint say times as the time axis does."""
    with Scope(FILE) as app:
        app.wait_for_charts()
        open_limits(app)
        app.type("500")
        app.key("Return")
        close_limits(app)
        first = "exceeded its limit (Average 500 ms), first at "
        clock = app.label(first).name.split(first)[1]
        assert clock.count(":") == 2
        app.key("t")
        label = app.label(lambda t: first in t and t.split(first)[1].count(":") == 1)
        assert label.name.endswith(" at 0:37")
        app.key("t")
        app.label(lambda t: t.endswith(first + clock))


def test_live(folder):
    """While a test goes on, what it exceeds is found; another test in its place begins anew."""
    path = copy_run("shop_full", folder, age_s=0)
    with open(path, "rb") as file:
        lines = file.readlines()
    with open(path, "wb") as file:
        file.writelines(lines[:60])
    with Scope(path) as app:
        app.wait_for_charts()
        open_limits(app)
        app.type("300")
        app.key("Return")
        close_limits(app)
        time.sleep(1.5)
        assert not app.has_label("exceeded")
        with open(path, "ab") as file:
            for i in range(60, len(lines), 40):
                file.writelines(lines[i:i + 40])
                file.flush()
                time.sleep(0.1)
        app.label(lambda t: t.startswith("GET /api/report (late) exceeded its limit (Average 300 ms"))
        wait_for(lambda: tinted(app) > 1000, "a tint")
        shutil.copy(run_file("shop_nohist"), path)
        wait_for(lambda: not app.has_label("exceeded"), "the banner to go")


if __name__ == "__main__":
    run(test_for_all, test_far_above, test_failures, test_one_endpoint, test_statistic,
        test_charted, test_elapsed, test_live)
