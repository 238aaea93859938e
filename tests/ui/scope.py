# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locustscope in its real window, and how a test of it is run.

A test is a list of functions; each gets a folder of its own and says by an
exception that it failed.  After each the program must have ended well and
printed nothing.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from screen import active_window, click, move, press, release  # noqa: F401
from uidriver import App, Pixels, Timeout, wait_for, xdo  # noqa: F401

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio  # noqa: E402

PROGRAM = os.environ["LOCUSTSCOPE"]
DATA = os.environ["TEST_DATA"]
ID = "io.github.locustscope.Locustscope"


def run_file(name):
    return os.path.join(DATA, "runs", name + "_stats_history.csv")


def copy_run(name, folder, age_s=3600):
    """A recorded run of its own, last written long ago however new the checkout is."""
    path = shutil.copy(run_file(name), folder)
    os.utime(path, (time.time() - age_s,) * 2)
    return path


def start_again(*args, timeout=20):
    """As a second start does: the first instance is told, this one ends."""
    r = subprocess.run([PROGRAM, *args], capture_output=True, text=True, timeout=timeout)
    assert (r.returncode, r.stdout, r.stderr) == (0, "", ""), r


def near(a, b, tolerance=10):
    return all(abs(x - y) <= tolerance for x, y in zip(a, b))


class Scope(App):
    """The program, started; its first window unless another is named."""

    def __init__(self, *args, env=None, stdin=None, wrapper=(), prints="", program=PROGRAM):
        """prints: a regular expression of what others print in the program's name"""
        self.prints = prints
        self.charts = self.subtitle = None
        move(1, 1)  # off the charts, where the legend would show what was then
        super().__init__([*wrapper, program, *args], env, stdin=stdin)

    def quit(self):
        """End it as its menu would, and hold it to having been quiet."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        Gio.DBusActionGroup.get(bus, ID, "/" + ID.replace(".", "/")).activate_action("quit", None)
        assert self.proc.wait(15) == 0, f"ended with {self.proc.returncode}: {self.output()}"
        said = re.sub(self.prints, "", self.output()).strip()
        assert said == "", f"printed: {said}"

    def __exit__(self, kind, *exc):
        if kind is None and self.proc.poll() is None:
            self.quit()
        elif kind is not None:
            save_evidence(self)
        super().__exit__(kind, *exc)

    # --- reading ---------------------------------------------------------
    def label(self, text, timeout=10):
        """A label that says so, and is seen."""
        fits = text if callable(text) else lambda n: text in n

        def look():
            return next((n for n in self.root.find_all("label", fits) if n.seen()), None)
        return wait_for(look, f"a label {text!r}", timeout)

    def has_label(self, text):
        return any(n.seen() for n in self.tree().find_all("label", lambda n: text in n))

    def button(self, name, timeout=10):
        def look():
            return next((n for n in self.root.find_all("push button", lambda n: n.endswith(name))
                         if n.seen()), None)
        return wait_for(look, f"a button {name!r}", timeout)

    def dismiss(self, title):
        """Close a message, which must be there; what it says."""
        dialog = wait_for(lambda: self.window(title), f"message {title!r}")
        text = " ".join(n.name for n in dialog.find_all("label"))
        close = next(n for n in dialog.find_all("push button", lambda n: n.endswith("Close"))
                     if n.seen())
        self.click(close)
        wait_for(lambda: self.window(title) is None, f"message {title!r} to go")
        return text

    def chart(self):
        self.charts = self.charts or self.find("image", "Response time and throughput")
        return self.charts

    def status(self):
        """The second line of the title."""
        if self.subtitle is None:
            tree = self.tree()
            title = tree.find_all("filler", "AdwWindowTitle")[0]
            labels = tree.find_all("label", under=title.path)
            if len(labels) < 2:
                return ""
            self.subtitle = labels[1]
        return self.subtitle.name if "visible" in self.subtitle.states else ""

    def wait_for_charts(self):
        """Until what was there has been read."""
        return wait_for(lambda: self.status().startswith(("● Live", "Ended")), "rows")

    def wait_for_status(self, start, timeout=10):
        return wait_for(lambda: self.status().startswith(start), f"status {start!r}", timeout)

    def rows(self):
        """The legend: {"GET /name": (check box, RT, TPS, failure share)}, numbers as written."""
        tree, rows = self.tree(), {}
        for row in tree.find_all("table row"):
            boxes = tree.find_all("check box", under=row.path)
            labels = tree.find_all("label", under=row.path)
            if boxes and len(labels) >= 3:
                rows[boxes[0].was.name] = (boxes[0], *(n.was.name for n in labels[-3:]))
        return rows

    def shown(self):
        """The rows of the legend that are switched on."""
        return [name for name, (box, *_) in self.rows().items() if "checked" in box.was.states]

    def box(self, name):
        return self.find("check box", name)

    def is_on(self, name):
        return "checked" in self.box(name).was.states

    def wait_for_box(self, name, on):
        wait_for(lambda: self.is_on(name) == on, f"{name} to be {'on' if on else 'off'}")

    def curve_color(self, name):
        """The colour of an endpoint's line sample, which stands right of its check box."""
        x, y, w, h = self.settled_pos(self.box(name))
        return Pixels(x + w + 12, y + h // 2 - 1, 3, 3).at(1, 1)

    def is_drawn(self, color, least=50):
        """Whether the charts on the screen have a curve of that colour."""
        return self.count(color) >= least

    def count(self, color):
        colors = self.pixels(self.chart()).colors()
        return sum(n for c, n in colors.items() if near(c, color))


EVIDENCE = os.environ.get("TEST_EVIDENCE")


def save_evidence(app):
    """Of a failure: the screen, and what was in the window, in the folder TEST_EVIDENCE."""
    if app.proc.poll() is not None:
        print(f"# the program ended with {app.proc.returncode}: {app.output()!r}")
    if not EVIDENCE:
        return
    os.makedirs(EVIDENCE, exist_ok=True)
    stem = os.path.join(EVIDENCE, running)
    try:
        app.screenshot(stem + ".png")
        with open(stem + ".txt", "w") as out:
            out.write(app.output())
            for n, depth in app.root.walk():
                out.write("  " * depth
                          + f"{n.role} {n.was.name!r} {n.bounds} {sorted(n.was.states)}\n")
    except Exception as e:
        print(f"# no evidence: {e!r}")


running = ""


def run(*cases):
    """Run the test's cases, or those named on the command line, and speak TAP."""
    wanted = [c for c in cases if not sys.argv[1:] or c.__name__ in sys.argv[1:]]
    print(f"1..{len(wanted)}")
    global running
    failed = 0
    for i, case in enumerate(wanted, 1):
        folder = tempfile.mkdtemp(prefix="locustscope-test-")
        # What one case chose for a file is nothing to the next.
        shutil.rmtree(os.path.join(os.environ["XDG_STATE_HOME"], "locustscope"), ignore_errors=True)
        running = case.__name__
        try:
            case(folder)
            print(f"ok {i} {case.__name__}", flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("#", line)
            print(f"not ok {i} {case.__name__}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
