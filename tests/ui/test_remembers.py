#!/usr/bin/python3
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the next start knows of the last one, and of a file that was open before."""
import os
import shutil
import signal
import subprocess
import time

from scope import Scope, copy_run, run, start_again
from screen import active_window, move, press, release
from test_choices import resize
from uidriver import wait_for, xdo

STATE = os.path.join(os.environ["XDG_STATE_HOME"], "locustscope", "files")
SETTINGS = {"GSETTINGS_BACKEND": "keyfile"}


def start(*args, **env):
    """With settings that are kept."""
    return Scope(*args, env={**SETTINGS, **env})


def kept():
    return sorted(os.listdir(STATE)) if os.path.isdir(STATE) else []


def setting(key):
    """As it is written; None: not at all."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line).get(key)


def forget():
    shutil.rmtree(STATE, ignore_errors=True)
    shutil.rmtree(os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0"), ignore_errors=True)


def test_charts(folder):
    """A statistic, its window, the third chart, the scale and the times come again with any
    file; where it looked does not."""
    forget()
    with start(copy_run("shop_full", folder)) as app:
        app.wait_for_charts()
        app.key("3", "l", "t", "ctrl+plus")
        app.button("Whole Test")
        wait_for(lambda: "95" in app.chart().description, "p95")
    with start(copy_run("many_endpoints", folder)) as app:
        app.wait_for_charts()
        wait_for(lambda: "95" in app.chart().description, "p95")
        assert not any(b.seen() for b in app.root.find_all("push button",
                                                           lambda n: n.endswith("Whole Test")))
        app.key("l", "t", "1")
        wait_for(lambda: "95" not in app.chart().description, "the average")
    with start(copy_run("shop_full", folder)) as app:
        app.wait_for_charts()
        assert "95" not in app.chart().description


def has_legend(app):
    return any(row[0].seen() for row in app.rows().values())


def order(app):
    """The endpoints as they stand in the legend."""
    return [name for _, name in sorted((r[0].bounds[1], name) for name, r in app.rows().items())]


def test_window(folder):
    """Its size, and the legend: whether it is there, and its order."""
    forget()
    path = copy_run("shop_full", folder)
    with start(path) as app:
        app.wait_for_charts()
        by_name = order(app)
        resize(app, 900, 600)
        app.click(app.label(lambda n: n == "RT (ms)"))
        wait_for(lambda: order(app) != by_name, "another order")
        by_time, size = order(app), app.windows()[0].bounds[2:]
        assert abs(size[0] - 900) < 80, size
    with start(path) as app:
        app.wait_for_charts()
        wait_for(lambda: app.windows()[0].bounds[2:] == size, f"a window of {size}")
        assert order(app) == by_time, (order(app), by_time)
        app.key("F9")
        wait_for(lambda: not has_legend(app), "the legend to go")
    with start(path) as app:
        app.wait_for_charts()
        assert not has_legend(app)
        app.key("F9")
        wait_for(lambda: has_legend(app), "the legend")


def test_legend_width(folder):
    forget()
    path = copy_run("shop_full", folder)
    with start(path) as app:
        app.wait_for_charts()
        legend = app.find("tree table", "Endpoints")
        width = legend.bounds[2]
        x, y, w, h = app.settled_pos(legend)
        move(x + 2, y + h // 2)
        press()
        move(x - 98, y + h // 2)
        wait_for(lambda: legend.bounds[2] == width + 100, "a wider legend")
        release()
        # As the terminal closes that it was started from.
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            app.proc.send_signal(signal.SIGHUP)
            assert app.proc.wait(10) == 0
    with start(path) as app:
        app.wait_for_charts()
        wait_for(lambda: app.find("tree table", "Endpoints").bounds[2] == width + 100,
                 "the width it had")


def test_hidden_legend(folder):
    """Hidden, it stays so, also when the window was too narrow for it for a while."""
    forget()
    path = copy_run("shop_full", folder)
    for again in False, True:
        with start(path) as app:
            app.wait_for_charts()
            if not again:
                app.key("F9")
            wait_for(lambda: not has_legend(app), "the legend to go")
            window = active_window()
            for width in 420, 1000, 420, 1200:
                xdo("windowsize", window, width, 600)
                time.sleep(0.7)
                assert not has_legend(app), width
            if again:
                app.key("F9")
                wait_for(lambda: has_legend(app), "the legend")
                for width, there in (420, False), (1200, True):
                    xdo("windowsize", window, width, 600)
                    wait_for(lambda: has_legend(app) == there, f"a legend at {width}: {there}")


def is_maximized():
    said = subprocess.run(["xprop", "-id", str(active_window()), "_NET_WM_STATE"],
                          capture_output=True, text=True, check=True).stdout
    return "MAXIMIZED" in said


def test_maximized(folder):
    forget()
    path = copy_run("shop_full", folder)
    size = None
    for start_as, then in ((False, True), (True, True), (True, False),
                           (False, True), (True, False)):
        with start(path) as app:
            app.wait_for_charts()
            wait_for(lambda: is_maximized() == start_as, f"maximized: {start_as}")
            size = size or app.windows()[0].bounds[2:]
            if start_as != then:
                app.click(wait_for(lambda: next(
                    (b for b in app.root.find_all("push button") if b.seen()
                     and b.name in ("Maximize", "Unmaximize", "Restore")), None), "the button"))
                wait_for(lambda: is_maximized() == then, f"maximized: {then}")
            if not then:
                wait_for(lambda: app.windows()[0].bounds[2:] == size, f"the size {size}")
    with start(path) as app:
        app.wait_for_charts()
        assert not is_maximized()
        assert app.windows()[0].bounds[2:] == size, (app.windows()[0].bounds, size)


def test_two_windows(folder):
    """What is changed in one is in the next; the one in use is what is remembered."""
    forget()
    path = copy_run("shop_full", folder)
    other = shutil.copy(path, os.path.join(folder, "other_stats_history.csv"))
    third = shutil.copy(path, os.path.join(folder, "third_stats_history.csv"))
    with start(path) as app:
        app.wait_for_charts()
        first = active_window()
        start_again(other)
        wait_for(lambda: active_window() != first, "another window")
        time.sleep(1)
        app.key("l")
        time.sleep(0.5)
        second = active_window()
        start_again(third)
        wait_for(lambda: active_window() not in (first, second), "a third window")
        wait_for(lambda: setting("logarithmic") == "true", "the scale to be kept")
    assert setting("logarithmic") == "true"


def test_rewritten(folder):
    """What was chosen since the file was opened holds when it is written anew."""
    forget()
    path = copy_run("shop_full", folder)
    with open(path) as file:
        text = file.read()
    with start(path) as app:
        app.wait_for_charts()
        everything = app.shown()
        for name in everything[1:3]:
            app.click(app.box(name))
            app.wait_for_box(name, False)
    with start(path) as app:
        app.wait_for_charts()
        app.click(app.box(everything[1]))
        app.wait_for_box(everything[1], True)
        with open(path, "w") as file:
            file.write(text)
        time.sleep(2)
        assert app.shown() == everything[:2] + everything[3:], app.shown()
        app.key("ctrl+comma")
        app.dialog("Preferences")
        app.click(app.button("Forget All…"))
        app.click(app.button("Forget"))
        wait_for(lambda: not kept(), "it to be forgotten")
        app.key("Escape", "Escape")
        app.click(app.box(everything[2]))
        app.wait_for_box(everything[2], True)
        os.replace(shutil.copy(path, path + ".new"), path)
        time.sleep(2)
        assert app.shown() == everything, app.shown()


def test_endpoints(folder):
    """What was hidden of a file is hidden when that is opened again, and nowhere else."""
    forget()
    path = copy_run("shop_full", folder)
    other = shutil.copy(path, os.path.join(folder, "other_stats_history.csv"))
    with start(path) as app:
        app.wait_for_charts()
        everything = app.shown()
        app.click(app.box(everything[1]))
        app.wait_for_box(everything[1], False)
        wait_for(kept, "a choice to be written", timeout=5)
    assert len(kept()) == 1
    with start(path) as app:
        app.wait_for_charts()
        assert app.shown() == everything[:1] + everything[2:], app.shown()
        app.click(app.box(everything[2]))
        app.wait_for_box(everything[2], False)
        # closed before it is written on its own
    with start(path) as app:
        app.wait_for_charts()
        assert app.shown() == everything[:1] + everything[3:], app.shown()
    with start(other) as app:
        app.wait_for_charts()
        assert app.shown() == everything, app.shown()
    assert len(kept()) == 1


def test_limits(folder):
    """A limit is there again, and can be taken away."""
    forget()
    path = copy_run("shop_full", folder)
    with start(path) as app:
        app.wait_for_charts()
        app.key("ctrl+l")
        app.dialog("Limits")
        app.type("800")
        app.key("Return", "Escape")
        wait_for(lambda: app.window("Limits") is None, "the dialog to go")
        app.label("exceeded")
    with start(path) as app:
        app.wait_for_charts()
        app.label("exceeded")


def test_limit_of_failures(folder):
    """The chart that it brings is there again with its file, and not with others."""
    forget()
    path = copy_run("shop_full", folder)
    with start(path) as app:
        app.wait_for_charts()
        app.key("ctrl+l")
        app.dialog("Limits")
        app.click(app.label(lambda text: text == "Failed requests limit (%)"))
        app.type("20")
        app.key("Return", "Escape")
        app.label("exceeded its limit (Failure share 20")
    assert setting("failures") in (None, "'none'"), setting("failures")
    with start(path) as app:
        app.wait_for_charts()
        app.label("exceeded its limit (Failure share 20")
    assert setting("failures") in (None, "'none'"), setting("failures")


def test_not_of_sample(folder):
    """Of the sample run nothing is kept, nor of a file where nothing was chosen."""
    forget()
    with start("--demo") as app:
        app.wait_for_charts()
        name = app.shown()[1]
        app.click(app.box(name))
        app.wait_for_box(name, False)
    with start(copy_run("shop_full", folder)) as app:
        app.wait_for_charts()
    assert kept() == [], kept()


if __name__ == "__main__":
    run(test_charts, test_window, test_legend_width, test_hidden_legend, test_maximized, test_two_windows,
        test_rewritten, test_endpoints, test_limits, test_limit_of_failures, test_not_of_sample)
