# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that takes a while: it fills the charts, can be cancelled and gone on with, and the
window answers meanwhile."""
import os
import re
import time

from scope import Scope, run, wait_for

N_ENDPOINTS = 300
N_BLOCKS = 3600  # an hour: 150 MB

HEADER = ("Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,"
          "99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,"
          "Total Average Response Time,Total Min Response Time,Total Max Response Time,"
          "Total Average Content Size\r\n")
ROW = ("%(time)d,40,{type},{name},12.300000,0.000000,21,23,25,26,29,33,40,45,70,90,95,%({count})d,0,"
       "21,22.{i:03d}73619318,9.81273645,95.5129846,2048.0\r\n")


def write_large_file(path):
    block = "".join(ROW.format(i=i, type="GET", name=f"/api/resource/{i:03d}", count="n")
                    for i in range(N_ENDPOINTS))
    block += ROW.format(i=0, type="", name="Aggregated", count="all")
    start = int(time.time()) - N_BLOCKS - 3600
    with open(path, "w") as f:
        f.write(HEADER)
        for i in range(N_BLOCKS):
            f.write(block % {"time": start + i, "n": i * 12, "all": i * 12 * N_ENDPOINTS})
    os.utime(path, (time.time() - 3600,) * 2)


SLOW_DISK = {"LD_PRELOAD": os.environ["SLOW_DISK"]}


def last_stamp(path):
    with open(path, "rb") as f:
        f.seek(-300, os.SEEK_END)
        return int(f.read().splitlines()[-1].split(b",")[0])


def test_cancel_and_continue(folder):
    path = os.path.join(folder, "large_stats_history.csv")
    write_large_file(path)
    with Scope(path, env=SLOW_DISK) as app:
        cancel = app.button("Cancel")
        assert app.find("progress bar", "How much of the file has been read").seen()
        assert app.status() == "Reading…"
        app.click(cancel)
        stopped = app.label("Reading was stopped at")
        percent = int(re.search(r"(\d+) %", stopped.name)[1])
        assert 0 < percent < 100, percent
        assert app.status() == "Reading was stopped"
        wait_for(lambda: not cancel.seen(), "the progress bar to go")
        # What was read is shown, and stays as it is.
        wait_for(lambda: len(app.pixels(app.chart()).colors()) > 20, "curves")
        shown = app.pixels(app.chart())
        time.sleep(1)
        assert app.pixels(app.chart()) == shown
        assert app.label("Reading was stopped at").name == stopped.name

        app.click(app.button("Continue"))
        app.wait_for_status("Ended", timeout=60)
        assert not app.has_label("Reading was stopped")
        assert app.pixels(app.chart()) != shown
        expected = time.strftime("%H:%M:%S", time.gmtime(last_stamp(path)))
        assert app.status() == f"Ended · {expected}", app.status()


def test_window_answers(folder):
    """While it reads, charts fill and a click is answered: the legend goes and comes."""
    path = os.path.join(folder, "large_stats_history.csv")
    write_large_file(path)
    with Scope(path, env=SLOW_DISK) as app:
        toggle = app.find("push button", "Show the legend")
        app.button("Cancel")
        wait_for(lambda: len(app.pixels(app.chart()).colors()) > 20, "curves")
        waits = []
        for pressed in (False, True):
            app.hover(toggle)
            start = time.monotonic()
            app.click(toggle)
            wait_for(lambda: ("pressed" in toggle.states) == pressed, "the legend's button")
            waits.append(time.monotonic() - start)
        assert app.status() == "Reading…", "too fast to be tried"
        print("# answered after", ", ".join(f"{w:.2f} s" for w in waits))
        assert max(waits) < 2
        app.wait_for_status("Ended", timeout=60)
        assert len(app.rows()) > 10


if __name__ == "__main__":
    run(test_cancel_and_continue, test_window_answers)
