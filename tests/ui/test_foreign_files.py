# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window says of a file that is no history, and the way from there to the history."""
import os
import shutil

from scope import DATA, Scope, copy_run, run, run_file, wait_for

STATS = os.path.join(DATA, "runs", "shop_full_stats.csv")
FAILURES = os.path.join(DATA, "runs", "shop_full_failures.csv")
HISTORY = "shop_full_stats_history.csv"


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def has_button(app, name):
    return any(n.seen() for n in app.root.find_all("push button", lambda n: n.endswith(name)))


def test_history_beside(folder):
    """By a click from the one, by Return from the other; the page itself goes."""
    copy_run("shop_full", folder)
    for source in (STATS, FAILURES):
        path = shutil.copy(source, folder)
        with Scope(path) as app:
            app.label("This File Cannot Be Shown")
            app.label(f"Open {HISTORY} beside it")
            button = app.button(f"Open {HISTORY}")
            assert has_button(app, "Open Another…")
            if source == STATS:
                app.click(button)
            else:
                wait_for(lambda: "focused" in button.states, "the button to be in focus")
                app.key("Return")
            wait_for(lambda: app.window(f"{HISTORY} – Locustscope"), "the history")
            wait_for(lambda: len(app.windows()) == 1, "the page to go")
            app.title = None
            app.wait_for_charts()


def test_no_history_beside(folder):
    with Scope(shutil.copy(STATS, folder)) as app:
        app.label("Open PREFIX_stats_history.csv beside it")
        another = app.button("Open Another…")
        wait_for(lambda: "focused" in another.states, "the button to be in focus")
        assert not has_button(app, HISTORY)


def test_becomes_a_history(folder):
    """A page goes when what it speaks of does."""
    path = shutil.copy(STATS, os.path.join(folder, "a_stats.csv"))
    with Scope(path) as app:
        app.label("This File Cannot Be Shown")
        shutil.copy(run_file("shop_full"), path)
        app.wait_for_charts()
        color = app.curve_color("GET /api/cart")
        wait_for(lambda: app.is_drawn(color), "the curves")
        wait_for(lambda: "focused" in app.chart().states, "the charts to be in focus")


def test_says_what_it_is(folder):
    """What is not a text is told though its first line never ends."""
    for name, data, says in (
            ("a.csv.xz", b"\xfd7zXZ\0\0\4abc", "xz -dc FILE | locustscope -"),
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "picture (PNG)"),
            ("a.jtl", b"timeStamp,elapsed,label,responseCode\n", "results of JMeter"),
            ("a.json", b'{"metric":"http_reqs","type":"Point","data":{}}', "results of k6"),
            ("a.csv", "Timestamp,User".encode("utf-16"), "UTF-16"),
            ("<b>&amp;%s.csv", b"<html>\n<b>&amp;", "web page (HTML)")):
        with Scope(write(folder, name, data)) as app:
            app.label(says)
            assert app.status() == "Cannot be read", app.status()
            assert app.window(f"{name} – Locustscope"), app.windows()


def test_hostile_names(folder):
    """Names are text, and one of a megabyte keeps nobody waiting."""
    with open(run_file("shop_full"), newline="") as f:
        lines = f.read().splitlines(keepends=True)
    long = "/" + "a" * 1000000 + "$"
    data = "".join(lines).replace(",/api/cart,", f",{long},").replace(
        ",/api/products,", ",<b>&amp;%s%n,").replace(",/api/checkout,", ",\x1b[31m\u202e,")
    path = write(folder, "a_stats_history.csv", data.encode())
    os.utime(path, (0, 0))
    with Scope(path) as app:
        app.wait_for_charts()
        rows = app.rows()
        assert "GET <b>&amp;%s%n" in rows, rows.keys()
        assert "POST \ufffd[31m\ufffd" in rows, rows.keys()
        shown = next(name for name in rows if name.startswith("GET /aaa"))
        assert len(shown) == 400 and shown.endswith("aaa$") and "…" in shown, shown
        app.key("ctrl+f")
        app.type("a$")
        wait_for(lambda: len(app.rows()) == 2 and shown in app.rows(), "the long name to be found")


if __name__ == "__main__":
    run(test_history_beside, test_no_history_beside, test_becomes_a_history, test_says_what_it_is,
        test_hostile_names)
