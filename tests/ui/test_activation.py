# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Started by the session's bus, as desktops do it with what is installed."""
import os
import signal
import subprocess
import sys
import tempfile
import time

from scope import DATA, ID, Gio, copy_run, run, run_file, wait_for
from uidriver import G_DEBUG, GLib, accessibility
from screen import Windows

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "package"))
from stage import Tree  # noqa: E402

PATH = "/" + ID.replace(".", "/")
SERVICE = ID + ".service"
IDLE_S = 10  # how long GIO lets a service wait for something to do

root = tempfile.TemporaryDirectory(prefix="locustscope-stage-")
tree = Tree(root.name)
os.environ.update(tree.environment())
desktop_file = tree.path("datadir", "applications", ID + ".desktop")
entry = Gio.DesktopAppInfo.new_from_filename(desktop_file)
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(name, path, interface, method, parameters=None, reply=None):
    return bus.call_sync(name, path, interface, method, parameters, reply and
                         GLib.VariantType(reply), Gio.DBusCallFlags.NONE, 10000, None)


def call_bus(method, parameters=None, reply=None):
    return call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                method, parameters, reply)


def install_service():
    """The installed file, but with the folder that it was installed to."""
    with open(tree.path("datadir", "dbus-1", "services", SERVICE)) as f:
        text = f.read()
    program = os.path.join(tree.folders["bindir"], "locustscope")
    assert f"Exec={program} --gapplication-service\n" in text, text
    wrapper = os.path.join(root.name, "started")
    with open(wrapper, "w") as f:
        f.write(f'#!/bin/sh\nexport G_DEBUG="{G_DEBUG}"\n'
                f'export XDG_DATA_DIRS="{os.environ["XDG_DATA_DIRS"]}"\n'
                f'"{tree.program}" "$@" >"{root.name}/said" 2>&1\necho $? >"{root.name}/status"\n')
    os.chmod(wrapper, 0o755)
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "dbus-1", "services")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, SERVICE), "w") as f:
        f.write(text.replace(program, wrapper))
    call_bus("ReloadConfig")


def processes():
    """Those of the installed program."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/exe") == tree.program:
                found.append(int(pid))
        except OSError:
            pass
    return found


class Activated:
    """The instance that the bus has started, from the first look on to its end."""

    def __enter__(self):
        assert processes() == []
        for name in "said", "status":
            if os.path.exists(f"{root.name}/{name}"):
                os.remove(f"{root.name}/{name}")
        return self

    def find(self):
        self.pid = call_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", (ID,)),
                            "(u)").unpack()[0]
        with open(f"/proc/{self.pid}/cmdline", "rb") as f:
            assert f.read().endswith(b"\0--gapplication-service\0")
        self.windows = Windows(self.pid)
        return self

    def titles(self):
        return sorted(w.title for w in self.windows.all().values())

    def wait_for_titles(self, *titles):
        wanted = sorted(t + " – Locustscope" if t else "Locustscope" for t in titles)
        wait_for(lambda: self.titles() == wanted, f"windows {wanted}, there are {self.titles()}")
        time.sleep(0.2)  # another would come soon
        assert self.titles() == wanted, self.titles()
        assert processes() == [self.pid]

    def has_box(self, name):
        program = accessibility.Program.find(accessibility.connect(), self.pid)
        return program is not None and program.root().find_all("check box", name)

    def end(self):
        wait_for(lambda: os.path.exists(f"{root.name}/status"), "the program to end", IDLE_S + 10)
        with open(f"{root.name}/status") as f:
            assert f.read() == "0\n"

    def __exit__(self, kind, *exc):
        if kind is not None:
            for pid in processes():
                os.kill(pid, signal.SIGKILL)
        elif processes():
            call(ID, PATH, "org.gtk.Actions", "Activate",
                 GLib.Variant("(sava{sv})", ("quit", [], {})))
        if kind is None:
            self.end()
            with open(f"{root.name}/said") as f:
                said = f.read()
            assert said == "", said


def start(*command):
    r = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (r.returncode, r.stdout, r.stderr) == (0, "", ""), r


def test_without_files(folder):
    with Activated() as app:
        start("gapplication", "launch", ID)
        app.find().wait_for_titles("")
        start("gapplication", "launch", ID)
        app.wait_for_titles("")


def test_files(folder):
    """Also with names that are other ones as URIs; then others reach the same process."""
    odd = os.path.join(folder, "a b%20#ü_stats_history.csv")
    os.rename(copy_run("shop_full", folder), odd)
    with Activated() as app:
        entry.launch([Gio.File.new_for_path(p) for p in (odd, run_file("many_endpoints"))], None)
        wait_for(app.find, "the program")
        app.wait_for_titles(os.path.basename(odd), "many_endpoints_stats_history.csv")
        wait_for(lambda: app.has_box("GET /api/cart"), "the legend")
        start(tree.program, run_file("shop_nohist"))
        start(tree.program, odd)
        start("gapplication", "launch", ID, os.path.join(DATA, "runs", "request_log_v2463.csv"))
        app.wait_for_titles(os.path.basename(odd), "many_endpoints_stats_history.csv",
                            "shop_nohist_stats_history.csv", "request_log_v2463.csv")


def test_actions(folder):
    """Each in the menu of the icon is one of the program's; that of the sample run shows it."""
    names = entry.list_actions()
    assert "demo" in names
    with Activated() as app:
        entry.launch_action("demo", None)
        wait_for(app.find, "the program")
        app.wait_for_titles("Sample Run")
        known = call(ID, PATH, "org.gtk.Actions", "List", None, "(as)").unpack()[0]
        assert set(names) <= set(known), known


def test_first_by_hand(folder):
    """What was started in a terminal is what desktops reach, those that start it by the bus
    and those that run a command."""
    said = os.path.join(folder, "said")
    with open(said, "w") as out:
        first = subprocess.Popen([tree.program, run_file("shop_nohist")], stdout=out, stderr=out)
    try:
        windows = Windows(first.pid)
        wait_for(windows.all, "a window")
        entry.launch([Gio.File.new_for_path(run_file("shop_full"))], None)
        start("gio", "launch", desktop_file, run_file("many_endpoints"))
        wait_for(lambda: {f"{name}_stats_history.csv – Locustscope" for name in
                          ("shop_nohist", "shop_full", "many_endpoints")} ==
                 {w.title for w in windows.all().values()}, "three windows")
        assert processes() == [first.pid]
    finally:
        first.terminate()
        assert first.wait(15) == 0
    with open(said) as f:
        assert f.read() == ""


def test_idle(folder):
    """Started and asked for nothing, it shows nothing and ends by itself."""
    with Activated() as app:
        call_bus("StartServiceByName", GLib.Variant("(su)", (ID, 0)), "(u)")
        began = time.monotonic()
        app.find()
        while processes():
            assert app.titles() == []
            assert time.monotonic() - began < IDLE_S + 10
            time.sleep(0.1)
        assert time.monotonic() - began > IDLE_S - 2


install_service()
run(test_without_files, test_files, test_actions, test_first_by_hand, test_idle)
