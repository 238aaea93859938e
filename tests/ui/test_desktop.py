#!/usr/bin/python3
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop around the window: notifications, the file manager, a printer, preferences."""
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse

from scope import PROGRAM, Scope, copy_run, run, run_file, start_again
from uidriver import wait_for, xdo

HERE = os.path.dirname(os.path.abspath(__file__))


class Desktop:
    def __init__(self, folder, *cannot):
        self.log = os.path.join(folder, "desktop.log")
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, "desktop.py"), self.log,
                                         *cannot])
        wait_for(lambda: os.path.exists(self.log) and "ready" in self.lines(), "the desktop")

    def lines(self):
        with open(self.log) as file:
            return [json.loads(line) for line in file]

    def calls(self, method):
        return [call[1] for call in self.lines() if call[0] == method]

    def notifications(self):
        """(title, body) of each."""
        return [(call[3], call[4]) for call in self.calls("Notify")]

    def close(self):
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def other_window(folder):
    """Something else is in front."""
    other = subprocess.Popen(["xmessage", "-geometry", "200x100-0-0", "something else"])
    try:
        ids = wait_for(lambda: subprocess.run(["xdotool", "search", "--name", "^xmessage$"],
                                              capture_output=True, text=True).stdout.split(),
                       "another window")
        xdo("windowactivate", "--sync", ids[0])
        yield
    finally:
        other.terminate()
        other.wait()


def write_live(path, n, slow=False):
    """Rows whose last is of now, of a test that goes on."""
    with open(run_file("shop_full")) as file:
        header = file.readline()
    now, text = int(time.time()), header
    for i in range(n):
        average = 900 if slow and i == n - 1 else 50
        count = 10 * (i + 1)
        total = average * 10 + 50 * 10 * i
        for kind, name in ("GET", "/a"), ("", "Aggregated"):
            text += (f"{now - n + 1 + i},5,{kind},{name},10.0,0.0" + f",{average}" * 11
                     + f",{count},0,{average},{total / count},40,{average},64\n")
    with open(path, "w") as out:
        out.write(text)
    return now


def append_live(path, start, first, n, average):
    """The next rows of such a test, each of them slower or not."""
    text, total = "", 50 * 10 * first
    for i in range(first, first + n):
        count, total = 10 * (i + 1), total + average * 10
        for kind, name in ("GET", "/a"), ("", "Aggregated"):
            text += (f"{start + 1 + i - first},5,{kind},{name},10.0,0.0" + f",{average}" * 11
                     + f",{count},0,{average},{total / count},40,{max(average, 50)},64\n")
    with open(path, "a") as out:
        out.write(text)


def test_test_ends(folder):
    """Who looks elsewhere is told, by name; the window in front takes it back."""
    path = os.path.join(folder, "live_stats_history.csv")
    write_live(path, 20)
    desktop = Desktop(folder)
    with Scope(path) as app:
        app.wait_for_status("● Live")
        with other_window(folder):
            app.wait_for_status("Ended", timeout=60)
            title, body = wait_for(desktop.notifications, "a notification")[0]
            assert title == "The Test Has Ended", title
            assert body.startswith("live_stats_history.csv, at "), body
        assert not desktop.calls("CloseNotification")
        xdo("windowactivate", "--sync", next(iter(app.xwindows())))
        wait_for(lambda: desktop.calls("CloseNotification"), "it to be taken back")
    assert len(desktop.notifications()) == 1
    desktop.close()


def set_limit(app):
    app.key("ctrl+l")
    app.dialog("Limits")
    app.type("500")
    app.key("Return", "Escape")
    wait_for(lambda: app.window("Limits") is None, "the dialog to go")
    time.sleep(1.5)  # what it finds now is no news


def test_limit_is_exceeded(folder):
    """Not of what it finds when it is set, nor to who sees it."""
    path = os.path.join(folder, "live_stats_history.csv")
    now = write_live(path, 20)
    desktop = Desktop(folder)
    with Scope(path) as app:
        app.wait_for_status("● Live")
        set_limit(app)
        with other_window(folder):
            append_live(path, now, 20, 8, 900)
            title, body = wait_for(desktop.notifications, "a notification")[0]
        assert title == "A Limit Is Exceeded", title
        assert "GET /a" in body, body
        assert "exceeded" in body, body
    desktop.close()


def test_nobody_shows_them(folder):
    """Without a desktop nothing is printed: Scope sees to that."""
    path = os.path.join(folder, "live_stats_history.csv")
    now = write_live(path, 20)
    with Scope(path) as app:
        app.wait_for_status("● Live")
        set_limit(app)
        with other_window(folder):
            append_live(path, now, 20, 8, 900)
            app.label("exceeded")
            time.sleep(1)


def test_show_in_files(folder):
    desktop = Desktop(folder)
    path = os.path.join(folder, "a picture.png")
    with Scope(copy_run("shop_full", folder)) as app:
        app.wait_for_charts()
        app.click(app.button("Export"))
        app.answer_file_dialog("Export Charts", path)
        app.label("Exported to a picture.png")
        app.click(app.button("Show in Files"))
        uris, startup = wait_for(lambda: desktop.calls("ShowItems"), "a file to be shown")[0]
        assert [urllib.parse.unquote(uri) for uri in uris] == [f"file://{path}"], uris
    desktop.close()


def test_no_file_manager(folder):
    path = os.path.join(folder, "a.png")
    for name in "glib-2.0", "icons", "mime":  # all but applications
        os.symlink(f"/usr/share/{name}", os.path.join(folder, name))
    desktop = Desktop(folder, "ShowItems")
    with Scope(copy_run("shop_full", folder), env={"XDG_DATA_DIRS": folder}) as app:
        app.wait_for_charts()
        app.key("ctrl+e")
        app.answer_file_dialog("Export Charts", path)
        app.label("Exported to a.png")
        app.click(app.button("Show in Files"))
        app.label("There is no program that shows folders")
    assert len(desktop.calls("ShowItems")) == 1
    desktop.close()


def test_without_schema(folder):
    """As where the program alone was copied."""
    program = shutil.copy(PROGRAM, folder)
    with Scope(copy_run("shop_full", folder), program=program) as app:
        app.wait_for_charts()
        app.key("ctrl+comma")
        app.label("the schema of the program’s settings is not installed")
        # What is kept all the same can be forgotten.
        app.click(app.button("Forget All…"))
        app.click(app.button("Forget"))
        app.label("Choices are forgotten")


def test_open_behind_dialog(folder):
    """A dialog in front of an empty window is no reason for another window."""
    with Scope() as app:
        app.label("See Every Endpoint")
        app.key("ctrl+comma")
        app.dialog("Preferences")
        start_again(copy_run("shop_full", folder))
        app.wait_for_charts()
        assert sorted(w.name for w in app.windows()) == [
            "Preferences", "shop_full_stats_history.csv – Locustscope"]


def test_preferences(folder):
    """They hold at once, and what is forgotten is."""
    state = os.path.join(os.environ["XDG_STATE_HOME"], "locustscope", "files")
    with Scope(copy_run("shop_full", folder)) as app:
        app.wait_for_charts()
        name = app.shown()[1]
        app.click(app.box(name))
        app.wait_for_box(name, False)
        wait_for(lambda: os.path.isdir(state) and os.listdir(state), "a choice to be written")
        app.key("ctrl+comma")
        app.dialog("Preferences")
        for answer in "Cancel", "Forget":
            assert len(os.listdir(state)) == 1, answer
            app.click(app.button("Forget All…"))
            app.label("Forget All Choices?")
            app.click(app.button(answer))
            wait_for(lambda: not app.has_label("Forget All Choices?"), "the question to go")
        wait_for(lambda: not os.listdir(state), "it to be forgotten")
        app.label("Remember Choices")
        app.key("Escape", "Escape")  # the first lets the toast go
        wait_for(lambda: app.window("Preferences") is None, "the preferences to go")


def test_keys_of_dialogs(folder):
    """The keys of windows are theirs, too."""
    path = copy_run("shop_full", folder)
    def open_about(app):
        app.key("F10", "Up", "Return")
        app.dialog("About")

    for key, title in (("ctrl+comma", "Preferences"), ("ctrl+l", "Limits"),
                       ("ctrl+question", "Keyboard Shortcuts"), (open_about, "About")):
        with Scope(path) as app:
            def show():
                app.key(key) if isinstance(key, str) else key(app)
                app.dialog(title)
            app.wait_for_charts()
            show()
            app.key("ctrl+w")
            wait_for(lambda: app.front_title() not in (title, None), f"{title} to go")
            assert app.chart()
            show()
            app.key("ctrl+q")
            assert app.proc.wait(10) == 0
            assert app.output() == "", app.output()


def test_print(folder):
    """To a file, which GTK offers for a printer; it says that there is no bus to find others."""
    path = os.path.join(folder, "shop_full.pdf")  # where it is started
    os.chdir(folder)
    with Scope(copy_run("shop_full", folder), prints=".*avahi printers.*") as app:
        app.wait_for_charts()
        app.key("ctrl+p")
        app.dialog("Print")
        app.click(app.label("Print to File"))
        button = app.button("Print")
        wait_for(lambda: "sensitive" in button.states, "a printer to be chosen")
        app.click(button)
        wait_for(lambda: app.window("Print") is None, "the dialog to go")
        app.label("Printed to shop_full.pdf")
        app.button("Show in Files")
        assert os.path.getsize(path) > 5000
    with open(path, "rb") as file:
        page = file.read()
    assert page.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b", page)) == 1
    # A wide page.
    x, y, width, height = map(float, re.search(rb"/MediaBox \[ (\S+) (\S+) (\S+) (\S+) \]",
                                               page).groups())
    assert width > height, (width, height)


if __name__ == "__main__":
    run(test_test_ends, test_limit_is_exceeded, test_nobody_shows_them, test_show_in_files,
        test_no_file_manager, test_preferences, test_without_schema, test_open_behind_dialog,
        test_keys_of_dialogs, test_print)
