# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports to a disk that takes its time, or fails: the window answers, it may be closed, and what
was there before is there whole until the new file is."""
import errno
import os
import signal
import time

from scope import Scope, copy_run, run, run_file, wait_for

FILE = run_file("shop_full")
LIBRARY = os.environ["FAULTY_DISK_LIBRARY"]
NOT_EXPORTED = "The Charts Were Not Exported"
OLD = b"what was there"


class Disk:
    """A folder in @folder on a disk that stands still until it is told to go on."""

    def __init__(self, folder, call="fsync", number=0):
        self.path = os.path.join(folder, "disk")
        self.hold = os.path.join(folder, "hold")
        os.mkdir(self.path)
        with open(self.hold, "wb"):
            pass
        self.env = {"LD_PRELOAD": LIBRARY, "FAULTY_DISK": self.path, "FAULTY_CALL": call,
                    "FAULTY_ERRNO": str(number), "FAULTY_HOLD": self.hold}

    def file(self, name):
        return os.path.join(self.path, name)

    def wait_until_writing(self):
        wait_for(lambda: os.listdir(self.path) != self.names(), "a file that is written")

    def names(self):
        """What a person sees in it."""
        return [n for n in os.listdir(self.path) if not n.startswith(".")]

    def go_on(self):
        os.remove(self.hold)


def export(app, path):
    app.click(app.button("Export"))
    app.answer_file_dialog("Export Charts", path)


def read(path):
    with open(path, "rb") as f:
        return f.read()


def close_window(app):
    app.key("ctrl+w")
    wait_for(lambda: not any(w.name.endswith("Locustscope") for w in app.windows()),
             "the window to go")


def test_slow_disk(folder):
    """The window answers, and writes to another disk, while the file is written."""
    disk = Disk(folder)
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        toggle = app.find("push button", "Show the legend")
        export(app, disk.file("charts.svg"))
        disk.wait_until_writing()
        app.label("Exporting to charts.svg…")
        waits = []
        for pressed in (False, True):
            app.hover(toggle)
            start = time.monotonic()
            app.click(toggle)
            wait_for(lambda: ("pressed" in toggle.states) == pressed, "the legend's button")
            waits.append(time.monotonic() - start)
        print("# answered after", ", ".join(f"{w:.2f} s" for w in waits))
        assert max(waits) < 2
        export(app, os.path.join(folder, "other.png"))
        app.label("Exported to other.png")
        assert disk.names() == []
        disk.go_on()
        app.label("Exported to charts.svg")
        wait_for(lambda: not app.has_label("Exporting to"), "nothing more to be said")
        assert os.listdir(disk.path) == ["charts.svg"]
        assert b"</svg>" in read(disk.file("charts.svg"))


def test_later_one_stays(folder):
    """Of two exports to one file the later one is what is there in the end."""
    disk = Disk(folder)
    path = disk.file("charts.png")
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        export(app, path)
        disk.wait_until_writing()
        app.click(app.button("None"))
        export(app, path)
        other = os.path.join(folder, "other.png")
        export(app, other)
        wait_for(lambda: os.path.exists(other), "the other file")
        assert disk.names() == []
        disk.go_on()
        wait_for(lambda: os.path.exists(path) and read(path) == read(other), "the later picture")
        assert os.listdir(disk.path) == ["charts.png"]


def test_closed_meanwhile(folder):
    """The program ends when the file is there."""
    disk = Disk(folder)
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        export(app, disk.file("charts.pdf"))
        disk.wait_until_writing()
        close_window(app)
        time.sleep(0.5)
        assert app.proc.poll() is None and disk.names() == []
        disk.go_on()
        assert app.proc.wait(15) == 0
        assert app.output() == "", app.output()
    assert os.listdir(disk.path) == ["charts.pdf"]
    assert read(disk.file("charts.pdf")).rstrip().endswith(b"%%EOF")


def test_asked_to_end_meanwhile(folder):
    """As by the system: the same."""
    disk = Disk(folder)
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        export(app, disk.file("charts.png"))
        disk.wait_until_writing()
        os.kill(app.pid, signal.SIGTERM)
        wait_for(lambda: app.windows() == [], "the window to go")
        assert app.proc.poll() is None and disk.names() == []
        disk.go_on()
        assert app.proc.wait(15) == 0
        assert app.output() == "", app.output()
    assert os.listdir(disk.path) == ["charts.png"]


def test_fails(folder):
    disk = Disk(folder, "write", errno.ENOSPC)
    path = disk.file("charts.svg")
    with open(path, "wb") as f:
        f.write(OLD)
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        export(app, path)
        disk.wait_until_writing()
        disk.go_on()
        text = app.dismiss(NOT_EXPORTED)
        assert path in text and "No space left on device" in text, text
        assert os.listdir(disk.path) == ["charts.svg"]
        assert read(path) == OLD
        # And to another disk, as if nothing had been.
        export(app, os.path.join(folder, "other.png"))
        app.label("Exported to other.png")


def test_closed_and_fails(folder):
    """Somebody waits for that file: that it is not there is said in another window."""
    disk = Disk(folder, "fsync", errno.EIO)
    with Scope(FILE, env=disk.env) as app:
        app.wait_for_charts()
        export(app, disk.file("charts.svg"))
        disk.wait_until_writing()
        close_window(app)
        disk.go_on()
        text = app.dismiss(NOT_EXPORTED)
        assert "Input/output error" in text, text
    assert os.listdir(disk.path) == []


def test_files_of_locust(folder):
    """Neither what is shown, nor what it is compared with, nor what lies beside it."""
    source = copy_run("shop_full", folder)
    baseline = os.path.join(folder, "baseline_stats_history.csv")
    link = os.path.join(folder, "link.csv")
    with open(baseline, "wb") as f:
        f.write(read(FILE))
    os.link(baseline, link)
    with Scope("--baseline", baseline, source) as app:
        app.wait_for_charts()
        app.label("baseline_stats_history.csv")
        for name, says in ((os.path.basename(source), "is a file that is shown"),
                           ("link.csv", "is a file that is shown"),
                           ("shop_full_stats.csv", "where Locust itself writes")):
            export(app, os.path.join(folder, name))
            text = app.dismiss(NOT_EXPORTED)
            assert name in text and says in text, text
    assert read(source) == read(baseline) == read(FILE)
    assert len(os.listdir(folder)) == 3, os.listdir(folder)


def test_added_ending(folder):
    """A name without one gets it, but overwrites nothing that was not asked about."""
    path = os.path.join(folder, "charts")
    with Scope(FILE) as app:
        app.wait_for_charts()
        export(app, path)
        app.label("Exported to charts.png")
        first = read(path + ".png")
        app.click(app.button("None"))
        export(app, path)
        assert "does not end in .png" in app.dismiss(NOT_EXPORTED)
        assert read(path + ".png") == first
    assert os.listdir(folder) == ["charts.png"]


if __name__ == "__main__":
    run(test_slow_disk, test_later_one_stays, test_closed_meanwhile, test_asked_to_end_meanwhile,
        test_fails, test_closed_and_fails, test_files_of_locust, test_added_ending)
