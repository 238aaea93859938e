# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which file is shown in which window, and what a window says where it shows no charts."""
import os
import shutil
import signal
import subprocess
import time

from scope import ID, Scope, active_window, copy_run, run, run_file, start_again, wait_for

SHOP = run_file("shop_full")
CART = "GET /api/cart"


def assert_grows(app):
    """Status, numbers and picture go on by themselves."""
    app.wait_for_status("● Live")
    before = app.status(), app.pixels(app.chart())
    wait_for(lambda: app.status() != before[0], "the time of the latest rows to move")
    wait_for(lambda: app.pixels(app.chart()) != before[1], "the charts to grow")


def test_sample_by_one_click(folder):
    with Scope() as app:
        app.click(app.button("Open Sample Run"))
        app.label("Sample Run")
        wait_for(lambda: len(app.rows()) > 5, "endpoints in the legend")
        assert_grows(app)
        wait_for(lambda: app.is_drawn(app.curve_color("GET /api/products")), "its curves")


def test_demo(folder):
    with Scope("--demo") as app:
        app.label("Sample Run")
        assert_grows(app)


def test_recent(folder):
    path = os.path.join(folder, "recent_stats_history.csv")
    os.rename(copy_run("shop_full", folder), path)
    with Scope(path) as app:
        app.wait_for_status("Ended")
        time.sleep(0.5)  # GTK keeps the list in a file that it writes a little later
    with Scope() as app:
        row = app.find("list item", os.path.basename(path))
        app.click(row)
        app.wait_for_status("Ended")
        assert app.window("recent_stats_history.csv – Locustscope")
        # And from the menu beside Open, in a window that shows something.
        menu = next(n for n in app.root.find_all("push button")
                    if n.was.description == "Recent files")
        app.click(menu)
        app.find("menu item", lambda n: "recent_stats_history.csv" in n)
        app.key("Escape")
    os.remove(path)
    with Scope() as app:
        app.label("See Every Endpoint")
        assert not app.root.find_all("list item", os.path.basename(path))


def test_folder_that_does_not_exist_yet(folder):
    """A name that was mistyped, most often."""
    inside = os.path.join(folder, "tests", "today")
    with Scope(os.path.join(inside, "a_stats_history.csv")) as app:
        app.label(f"The folder {inside} does not exist")
        os.makedirs(inside)
        app.label(f"does not exist in {inside} yet", 20)
        shutil.copy(SHOP, os.path.join(inside, "a_stats_history.csv"))
        app.wait_for_charts()


def test_file_that_does_not_exist_yet(folder):
    path = os.path.join(folder, "later_stats_history.csv")
    with open(SHOP, "rb") as f:
        lines = f.read().splitlines(keepends=True)
    with Scope(path) as app:
        app.label("Waiting for the Test")
        app.label(f"does not exist in {folder} yet")
        app.button("Open Another…")
        assert app.status() == "Waiting"
        with open(path, "wb", buffering=0) as f:
            f.write(lines[0])
            app.label("no rows in later_stats_history.csv yet")
            assert app.status() == "Waiting"
            f.write(b"".join(lines[1:200]))
            app.wait_for_status("● Live")
            color = app.curve_color(CART)
            wait_for(lambda: app.is_drawn(color), "the curve")
            assert "GET /api/report (late)" not in app.rows()
            f.write(b"".join(lines[200:]))
            wait_for(lambda: "GET /api/report (late)" in app.rows(), "the rows that came later")


def test_gone_and_back(folder):
    """The title says so, without a row that would have to come."""
    path = copy_run("shop_full", folder)
    with Scope(path) as app:
        app.wait_for_charts()
        os.rename(path, path + ".away")
        app.wait_for_status("File gone")
        os.rename(path + ".away", path)
        app.wait_for_status("Ended")


def test_one_window_a_file(folder):
    other = copy_run("shop_full", folder)
    with Scope(SHOP) as app:
        app.wait_for_charts()
        first = active_window()
        start_again(other)
        wait_for(lambda: len(app.windows()) == 2, "a second window")
        second = wait_for(lambda: active_window() not in (0, first)
                          and active_window(), "the second window to be in front")
        start_again(SHOP)
        wait_for(lambda: active_window() == first, "the first window to be raised")
        start_again(os.path.join(os.path.dirname(SHOP), "..", "runs", os.path.basename(SHOP)))
        link = os.path.join(folder, "latest")
        os.symlink(SHOP, link)
        start_again(link)
        start_again(other)
        wait_for(lambda: active_window() == second, "the second window to be raised")
        assert len(app.windows()) == 2, app.windows()


def test_two_processes(folder):
    """Each shows all of one file, and what is appended to it."""
    path = copy_run("shop_full", folder)
    with open(path, "rb") as f:
        lines = f.read().splitlines(keepends=True)
    with open(path, "wb") as f:
        f.write(b"".join(lines[:200]))
    with Scope(path) as one:
        one.wait_for_charts()
        tail = subprocess.Popen(["tail", "-c", "+1", "-f", path], stdout=subprocess.PIPE)
        with Scope("-", stdin=tail.stdout) as other:
            other.wait_for_charts()
            with open(path, "ab") as f:
                f.write(b"".join(lines[200:]))
            for app in one, other:
                wait_for(lambda: "GET /api/report (late)" in app.rows(), "the rows that came later")
            other.key("ctrl+q")
            assert other.proc.wait(15) == 0
        tail.terminate()
        tail.wait()


def test_start_page_is_used(folder):
    with Scope() as app:
        start_again(SHOP)
        app.wait_for_charts()
        assert len(app.windows()) == 1, app.windows()


def test_only_aggregated(folder):
    with Scope(run_file("shop_nohist")) as app:
        app.label("run Locust with --csv-full-history")
        rows = app.rows()
        assert list(rows) == ["Aggregated"], rows
        assert app.is_on("Aggregated")
        assert app.is_drawn(app.curve_color("Aggregated"), 200)


def test_many_endpoints(folder):
    with Scope(run_file("many_endpoints")) as app:
        app.label("10 of 286 shown")
        app.click(app.button("Show All"))
        app.label("286 of 286 shown")
        rows = app.rows()
        assert len(rows) > 10 and set(app.shown()) >= set(rows) - {"Aggregated"}, rows


def test_another_test_in_its_place(folder):
    """What is shown of a file that replaces one with few endpoints, or with many others, is
    what is shown of it alone."""
    small = copy_run("shop_full", folder)
    large = os.path.join(folder, "new.csv")
    with open(run_file("many_endpoints")) as f, open(large, "w") as out:
        out.write(f.read().replace("GET", "PUT"))  # nobody is known from the file before
    many = copy_run("many_endpoints", folder)
    for path in (small, many):
        shutil.copy(large, large + ".copy")
        with Scope(path) as app:
            app.wait_for_charts()
            wait_for(lambda: app.chart().description, "the charts to be described")
            app.key("ctrl+plus", "ctrl+plus")
            app.button("Whole Test")
            os.replace(large + ".copy", path)
            app.label("10 of 286 shown")
            wait_for(lambda: not any(b.seen() for b in app.root.find_all(
                "push button", lambda n: n.endswith("Whole Test"))), "all of the new test")


def test_asked_to_end_twice(folder):
    with Scope(SHOP) as app:
        app.wait_for_charts()
        app.proc.send_signal(signal.SIGTERM)
        try:
            app.proc.send_signal(signal.SIGTERM)
        except ProcessLookupError:
            pass
        assert app.proc.wait(10) == 0, app.proc.returncode
        assert app.output() == "", app.output()


def test_wrong_file(folder):
    path = os.path.join(folder, "notes.csv")
    with open(path, "w") as f:
        f.write("day,what\n1,nothing\n")
    with Scope(path) as app:
        app.label("This File Cannot Be Shown")
        assert "sensitive" not in app.button("Export").states
        app.click(app.button("Open Another…"))
        app.answer_file_dialog("Open Statistics History", SHOP)
        wait_for(lambda: app.window(f"{os.path.basename(SHOP)} – Locustscope"), "the other file")
        wait_for(lambda: app.rows(), "its endpoints")


def test_folder_is_no_file(folder):
    with Scope(folder) as app:
        app.label("This File Cannot Be Shown")


def test_not_on_this_computer(folder):
    with Scope() as app:
        start_again("http://127.0.0.1:1/x_stats_history.csv")
        assert "not on this computer" in app.dismiss("The File Was Not Opened")


def test_desktop_knows_it(folder):
    """By this a desktop finds the program's name and icon."""
    with Scope() as app:
        window = next(iter(app.xwindows()))
        said = subprocess.run(["xprop", "-id", str(window), "_GTK_APPLICATION_ID"],
                              capture_output=True, text=True)
        assert f'"{ID}"' in said.stdout, said.stdout


if __name__ == "__main__":
    run(test_sample_by_one_click, test_demo, test_recent,
        test_folder_that_does_not_exist_yet, test_file_that_does_not_exist_yet,
        test_one_window_a_file, test_start_page_is_used, test_only_aggregated, test_many_endpoints,
        test_two_processes, test_gone_and_back, test_wrong_file, test_folder_is_no_file, test_not_on_this_computer,
        test_desktop_knows_it, test_another_test_in_its_place, test_asked_to_end_twice)
