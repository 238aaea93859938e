# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second file, or another run, behind the curves, by real pointer and keys."""
import csv
import os
import shutil
import subprocess

from scope import PROGRAM, Scope, copy_run, move, near, run, run_file, start_again, wait_for
from test_choices import choose
from test_large_file import SLOW_DISK, write_large_file

FILE = run_file("shop_full")
RUNS = run_file("shop_webui_reset_two_tests")
NAME = "GET /api/report (late)"
DROP_DOWN = "Average · 10 s"


def make_yesterday(folder, factor=2.0, keep=lambda row: True):
    """The same run a day before, slower, last written long ago."""
    path = os.path.join(folder, "yesterday_stats_history.csv")
    with open(FILE, newline="", encoding="utf-8") as source, \
            open(path, "w", newline="", encoding="utf-8") as target:
        rows = csv.DictReader(source)
        out = csv.DictWriter(target, rows.fieldnames, lineterminator="\r\n")
        out.writeheader()
        for row in rows:
            row["Timestamp"] = int(row["Timestamp"]) - 86400
            row["Total Average Response Time"] = (
                float(row["Total Average Response Time"]) * factor)
            if keep(row):
                out.writerow(row)
    os.utime(path, (1, 1))
    return path


def faded(color, share=0.45):
    """As a baseline's curve is on a white ground."""
    return tuple(round(c + (255 - c) * share) for c in color)


def count_faded(app):
    """Pixels of the baseline of one endpoint; the others are hidden."""
    wanted = faded(app.curve_color(NAME))
    return sum(n for c, n in app.pixels(app.chart()).colors().items() if near(c, wanted, 2))


def show_only(app, name):
    """Without the fine edges of other curves there is little else of a faded colour."""
    app.wait_for_charts()
    app.click(app.box(name), count=1)
    app.key("Return")
    wait_for(lambda: not app.is_on("GET /api/cart") and app.is_on(name), f"only {name}")
    move(1, 1)


def no_label(app, text):
    wait_for(lambda: not app.has_label(text), f"{text!r} to go")


def test_file(folder):
    """Ctrl+B, a file, and away with it again."""
    path = make_yesterday(folder)
    with Scope(FILE) as app:
        show_only(app, NAME)
        wait_for(lambda: app.is_drawn(app.curve_color(NAME)), "its curve")
        before = count_faded(app)
        app.key("ctrl+b")
        app.answer_file_dialog("Compare with Statistics History", path)
        app.label("Dashed: yesterday_stats_history.csv")
        wait_for(lambda: count_faded(app) > before + 150, "the baseline's curve")
        assert "Dashed: yesterday_stats_history.csv" in wait_for(
            lambda: "Dashed" in app.chart().description and app.chart().description, "words")

        # The cursor says by how much the nearest curve differs.
        x, y, width, height = app.settled_pos(app.chart())
        move(int(x + width * 0.9), int(y + height * 0.3))
        app.key("Left")
        wait_for(lambda: "−50 %" in app.chart().description, "the difference")
        assert "baseline" in app.chart().description
        app.key("Escape")
        move(1, 1)

        app.click(app.button("Stop Comparing"))
        no_label(app, "Dashed")
        wait_for(lambda: count_faded(app) <= before + 20, "the baseline's curve to go")


def test_by_keys(folder):
    """The button of the banner is reached by Tab, and the menu says the same."""
    path = make_yesterday(folder)
    with Scope("--baseline", path, FILE) as app:
        app.wait_for_charts()
        app.label("Dashed: yesterday_stats_history.csv")
        button = app.button("Stop Comparing")
        for _ in range(30):
            if "focused" in button.states:
                break
            app.key("Tab")
        assert "focused" in button.states
        app.key("space")
        no_label(app, "Dashed")
        # The menu's item can do nothing now, the other leads to the dialog.
        choose(app, DROP_DOWN, "Compare", "Compare with File…")
        app.answer_file_dialog("Compare with Statistics History", path)
        app.label("Dashed: yesterday_stats_history.csv")
        choose(app, DROP_DOWN, "Compare", "Stop Comparing")
        no_label(app, "Dashed")


def test_runs(folder):
    """Another run of the same file, and those of a second one."""
    with Scope(RUNS) as app:
        app.wait_for_charts()
        choose(app, DROP_DOWN, "Compare", lambda n: n.startswith("Run 1 · "))
        app.label(lambda text: text == "Dashed: run 1")
        # The run that is looked at is not compared with itself.
        choose(app, "All Runs", lambda n: n.startswith("Run 1 · "))
        app.label("It is the run that is shown.")
        choose(app, "Run 1", lambda n: n.startswith("Run 2 · "))
        app.label(lambda text: text == "Dashed: run 1")
        app.click(app.button("Stop Comparing"))
        no_label(app, "Dashed")

    # Runs of a file that is begun anew are no more.
    path = copy_run("shop_webui_reset_two_tests", folder)
    with Scope(path) as app:
        app.wait_for_charts()
        choose(app, DROP_DOWN, "Compare", lambda n: n.startswith("Run 2 · "))
        app.label(lambda text: text == "Dashed: run 2")
        shutil.copy(FILE, path)
        no_label(app, "Dashed")

    with Scope("--baseline", RUNS, FILE) as app:
        app.wait_for_charts()
        app.label("_stats_history.csv, run 3")
        choose(app, DROP_DOWN, "Compare", lambda n: n.startswith("Run 1 · "))
        app.label("_stats_history.csv, run 1")


def test_live(folder):
    """A test that goes on is compared all the time, and its baseline outlives it."""
    path = make_yesterday(folder)
    live = os.path.join(folder, "live_stats_history.csv")
    with open(FILE, "rb") as file:
        lines = file.readlines()
    with open(live, "wb") as out:
        out.writelines(lines[:1])
    with Scope("--baseline", path, live) as app:
        app.wait_for_status("Waiting")
        app.label("Dashed: yesterday_stats_history.csv")
        with open(live, "ab", buffering=0) as out:
            out.write(b"".join(lines[1:300]))
            app.wait_for_charts()
            first = count_faded(app)
            out.write(b"".join(lines[300:]))
        wait_for(lambda: count_faded(app) != first, "the curves to go on")
        # Begun anew: the same baseline, from its start.
        with open(live, "wb", buffering=0) as out:
            out.write(b"".join(lines[:200]))
        wait_for(lambda: app.status().endswith("09:09:19") or "09:09:" in app.status(), "the new test")
        assert app.has_label("Dashed: yesterday_stats_history.csv")


def test_lacking(folder):
    """What the second file does not have is said."""
    few = make_yesterday(folder, keep=lambda row: row["Name"] == "/other")
    with Scope(FILE) as app:
        app.wait_for_charts()
        for path, says in ((few, "holds no rows yet"),
                           (os.path.join(folder, "missing.csv"), "does not exist"),
                           (FILE, "That is the file that is shown")):
            start_again("--baseline", path, FILE)
            assert says in app.dismiss("Nothing to Compare With"), path
            assert not app.has_label("Dashed")
        strange = os.path.join(folder, "strange.csv")
        with open(strange, "w", encoding="utf-8") as out:
            out.write("a,b\r\n1,2\r\n")
        start_again("--baseline", strange, FILE)
        assert "strange.csv" in app.dismiss("Nothing to Compare With")

        other = shutil.copy(run_file("many_endpoints"), folder)
        start_again("--baseline", other, FILE)
        app.label("It has none of these endpoints.")
        # p50 of a file whose percentiles are of the whole run.
        start_again("--baseline", copy_run("shop_nohist", folder), FILE)
        app.label("Dashed: shop_nohist_stats_history.csv")


def test_large(folder):
    """While it is read the window answers, and need not wait for it."""
    path = os.path.join(folder, "large_stats_history.csv")
    write_large_file(path)
    with Scope("--baseline", path, FILE, env=SLOW_DISK) as app:
        app.wait_for_charts()
        app.label("Reading large_stats_history.csv to compare…")
        app.click(app.box(NAME))
        app.wait_for_box(NAME, False)
        assert app.has_label("Reading large_stats_history.csv")
        app.click(app.button("Stop Comparing"))
        no_label(app, "Reading large")
        # What is read for nobody is no trouble, nor is it when the window goes.
        start_again("--baseline", path, FILE)
        app.label("Reading large_stats_history.csv to compare…")


def test_command_line(folder):
    """What cannot be compared is refused, by a program that runs, too."""
    for wrong, says in ((["--baseline-run=1", FILE], "--baseline"),
                        (["--baseline", FILE], "FILE"),
                        (["--baseline", FILE, "--baseline-run=0", RUNS], "--baseline-run=0")):
        r = subprocess.run([PROGRAM, *wrong], capture_output=True, text=True, timeout=20)
        assert (r.returncode, r.stdout) == (1, ""), r
        assert r.stderr.count("\n") == 1 and says in r.stderr, r
    with Scope("--baseline", RUNS, "--baseline-run=2", FILE) as app:
        app.label("_stats_history.csv, run 2")
        start_again("--baseline", RUNS, "--baseline-run=9", FILE)
        assert "has 3 runs" in app.dismiss("Nothing to Compare With")
        assert app.has_label("_stats_history.csv, run 2")


if __name__ == "__main__":
    run(test_file, test_by_keys, test_runs, test_live, test_lacking, test_large, test_command_line)
