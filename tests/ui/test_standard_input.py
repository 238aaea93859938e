# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of what comes through a pipe, and of files that gzip has written."""
import gzip
import os
import subprocess

from scope import PROGRAM, Scope, copy_run, run, run_file, wait_for

SHOP = run_file("shop_full")
CART = "GET /api/cart"


def leave(app):
    """As its user does: it is no instance that others could ask."""
    app.key("ctrl+q")
    assert app.proc.wait(15) == 0, app.proc.returncode
    assert app.output() == "", app.output()


def test_pipe(folder):
    """What comes is shown as it comes, and stays when no more does."""
    with open(SHOP, "rb") as f:
        lines = f.read().splitlines(keepends=True)
    ends = os.pipe()
    with Scope("-", stdin=ends[0]) as app:
        os.close(ends[0])
        app.label("Waiting for the Test")
        app.label("no rows in Standard input yet")
        assert app.window("Standard input – Locustscope")
        os.write(ends[1], b"".join(lines[:200]))
        app.wait_for_status("● Live")
        color = app.curve_color(CART)
        wait_for(lambda: app.is_drawn(color), "the curve")
        assert "GET /api/report (late)" not in app.rows()
        os.write(ends[1], b"".join(lines[200:]))
        wait_for(lambda: "GET /api/report (late)" in app.rows(), "the rows that came later")
        os.close(ends[1])
        app.wait_for_status("Ended")
        assert app.is_drawn(color)
        # A picture of it has a name of its own.
        png = os.path.join(folder, "piped.png")
        app.key("ctrl+e")
        app.answer_file_dialog("Export Charts", png)
        wait_for(lambda: os.path.exists(png), "the picture")
        leave(app)


def test_beside_another_instance(folder):
    """Each has a process of its own."""
    with Scope(SHOP) as first:
        first.wait_for_charts()
        with open(copy_run("shop_nohist", folder), "rb") as f:
            with Scope("-", stdin=f) as second:
                second.wait_for_status("Ended")
                assert len(first.windows()) == 1
                leave(second)


def test_nothing_comes(folder):
    """At once, or after a while."""
    with Scope("-", stdin=subprocess.DEVNULL) as app:
        app.label("Standard input has ended")
        leave(app)
    ends = os.pipe()
    with Scope("-", stdin=ends[0]) as app:
        app.label("no rows in Standard input yet")
        os.close(ends[1])
        app.label("Nothing to Show")
        app.label("Standard input has ended")
        app.wait_for_status("Ended without rows")
        leave(app)
    os.close(ends[0])


def test_not_a_history(folder):
    ends = os.pipe()
    os.write(ends[1], b"day,what\n1,nothing\n")
    with Scope("-", stdin=ends[0]) as app:
        app.label("This File Cannot Be Shown")
        leave(app)
    os.close(ends[0])
    os.close(ends[1])


def test_refused(folder):
    """Where nothing can come from there, there is no window."""
    for arguments, stdin, words in (
            (["-"], os.open(folder, os.O_RDONLY), "is a folder"),
            (["-", "-"], subprocess.DEVNULL, "can be given once"),
            (["--baseline=-", SHOP], subprocess.DEVNULL, "can be given once"),
            (["-"], os.openpty()[1], "is a terminal")):
        r = subprocess.run([PROGRAM, *arguments], stdin=stdin, capture_output=True, text=True, timeout=20)
        assert r.returncode == 1 and words in r.stderr, r


def test_gzip(folder):
    """Also one that goes on, and one that is cut."""
    with open(SHOP, "rb") as f:
        data = f.read()
    cut = data.index(b"GET,/api/report (late)")
    path = os.path.join(folder, "packed_stats_history.csv.gz")
    with open(path, "wb") as out:
        out.write(gzip.compress(data[:cut]))
    with Scope(path) as app:
        app.wait_for_charts()
        assert app.window("packed_stats_history.csv.gz – Locustscope")
        assert "GET /api/report (late)" not in app.rows()
        with open(path, "ab") as out:
            out.write(gzip.compress(data[cut:]))
        wait_for(lambda: "GET /api/report (late)" in app.rows(), "what another member holds")
    with open(path, "wb") as out:
        out.write(gzip.compress(data)[:-1000])
    os.utime(path, (0, 0))
    with Scope(path) as app:
        app.label("has no end")
        wait_for(lambda: CART in app.rows(), "what is there")
        assert app.status().startswith("Cannot be read on"), app.status()


if __name__ == "__main__":
    run(test_pipe, test_beside_another_instance, test_nothing_comes, test_not_a_history,
        test_refused, test_gzip)
