# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No file is opened that was not named, no program started, no host asked, whatever the names
in a file are."""
import os
import re
import subprocess

from scope import PROGRAM, Scope, copy_run, run, run_file, wait_for

# What a careless program would open, start, ask for, or take for markup.
NAMES = ("/etc/hostname", "../other_stats_history.csv", "file:///etc/hostname",
         "http://127.0.0.1:9/", "$(touch started)", "`touch started`", "; touch started",
         "| touch started", "%s%n%s%n", "<a href='file:///etc/hostname'>x</a>", "<b>&amp;</b>",
         "~/.bashrc", "@/etc/hostname", "resource:///x")

CALL = re.compile(r"^\d+ +(\w+)\((.*)")


def write_history(folder):
    """The names in a history of a folder in which other files lie, too."""
    with open(run_file("shop_full")) as f:
        text = f.read()
    known = sorted(set(re.findall(r",(?:GET|POST|DELETE|PUT|task),([^,\"]+),", text)))
    for name, new in zip(known, NAMES):
        text = text.replace(f",{name},", f',"{new}",')
    path = os.path.join(folder, "named_stats_history.csv")
    with open(path, "w") as f:
        f.write(text)
    os.utime(path, (0, 0))
    for name in ("named_stats.csv", "named_failures.csv", "other_stats_history.csv"):
        with open(os.path.join(folder, name), "w") as f:
            f.write("")
    return path


def check(log, folder, written=()):
    """What the log of calls has of the folder, and of other programs and hosts."""
    opened, started, hosts = set(), [], []
    with open(log, errors="replace") as f:
        for line in f:
            call = CALL.match(line)
            if not call:
                continue
            name, arguments = call.groups()
            if name.startswith("open"):
                path = re.search(r'"((?:[^"\\]|\\.)*)"', arguments)
                if path and path[1].startswith(folder):
                    opened.add(os.path.basename(path[1]))
                assert not path or path[1] not in ("/etc/hostname", "/x"), line
            elif name == "execve":
                started.append(line)
            elif "AF_INET" in arguments:
                hosts.append(line)
    opened = {name for name in opened if not name.startswith(".locustscope-export-")}
    allowed = {"named_stats_history.csv", "named_stats.csv", os.path.basename(folder), *written}
    assert opened <= allowed, opened - allowed
    assert "named_stats_history.csv" in opened, "the log is empty"
    assert len(started) <= 1, started
    assert not hosts, hosts
    assert "started" not in os.listdir(folder)


def traced(log, *command):
    """strace is the other process: the program's own number stays what it is."""
    return ["strace", "-D", "-f", "-qq", "-o", log, "-e",
            "trace=open,openat,execve,socket,connect,sendto", *command]


def can_trace():
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def wait_for_log(log):
    wait_for(lambda: os.path.exists(log), "the log")
    size = -1
    while size != (size := os.path.getsize(log)):
        wait_for(lambda: True, "a moment")
        subprocess.run(["sleep", "0.3"])


def test_export(folder):
    if not can_trace():
        print("# skipped: calls may not be traced here")
        return
    path = write_history(folder)
    log = folder + ".log"
    for ending in "png", "svg", "csv":
        said = subprocess.run(traced(log, PROGRAM, f"--export={folder}/out.{ending}", path),
                              check=True, cwd=folder, capture_output=True, text=True).stderr
        assert said == "", said
        wait_for_log(log)
        check(log, folder, [f"out.{ending}"])
        os.remove(log)


def test_window(folder):
    """Legend, cursor, search and copy, with each of the names."""
    if not can_trace():
        print("# skipped: calls may not be traced here")
        return
    path = write_history(folder)
    log = folder + ".log"
    with Scope(path, wrapper=traced(log)) as app:
        app.wait_for_charts()
        rows = app.rows()
        assert any(name.endswith("/etc/hostname") for name in rows), rows
        app.hover(app.chart())
        wait_for(lambda: "·" in app.chart().description, "the cursor")
        app.key("ctrl+f")
        app.type("hostname")
        wait_for(lambda: len(app.rows()) < len(rows), "what was found")
        app.key("Return")
        app.key("Escape")
        app.key("ctrl+t")
        app.key("ctrl+shift+c")
        app.key("ctrl+t")
    wait_for_log(log)
    check(log, folder)
    os.remove(log)


if __name__ == "__main__":
    run(test_export, test_window)
