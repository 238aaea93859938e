# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which stretch of time is looked at, by real pointer and keys, while data keep arriving."""
import re
import time

from scope import Scope, Timeout, click, move, press, release, run, run_file, wait_for
from test_choices import choose

FILE = run_file("shop_full")  # 09:08:58 to 09:10:18


class Charts:
    """Places in the charts, by shares of their width, and what they say they show."""

    def __init__(self, app):
        self.app = app
        self.x, self.y, self.width, self.height = app.settled_pos(app.chart())

    def place(self, share, height=0.3):
        return int(self.x + self.width * share), int(self.y + self.height * height)

    def point(self, share):
        move(*self.place(share))

    def drag(self, start, end, button=1):
        self.point(start)
        press(button)
        for i in range(1, 5):
            self.point(start + (end - start) * i / 4)
        release(button)

    def range(self):
        """(start, end) in seconds of the day."""
        clocks = re.findall(r"(\d\d):(\d\d):(\d\d)", self.app.chart().description.split(";")[-3])
        return tuple(int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in clocks[-2:])

    def wait_for_range(self, fits, what):
        def look():
            start, end = self.range()
            return fits(start, end)
        wait_for(look, what, 15)
        return self.range()


def jump(app):
    for name in ("Jump to Live", "Whole Test"):
        for node in app.root.find_all("push button", lambda n: n.replace("_", "").endswith(name)):
            if node.seen():
                return node
    return None


def open_charts(app):
    app.wait_for_charts()
    charts = Charts(app)
    wait_for(lambda: "–" in app.chart().description, "a description", 10)
    return charts


def test_drag_and_double_click(folder):
    with Scope(FILE) as app:
        charts = open_charts(app)
        everything = charts.range()
        length = everything[1] - everything[0]
        assert jump(app) is None
        charts.drag(0.7, 0.3)
        start, end = charts.wait_for_range(lambda s, e: e - s < length * 0.6, "what was selected")
        assert everything[0] < start < end < everything[1], (start, end)
        wait_for(lambda: jump(app), "a way back")
        app.key("alt+Left")
        charts.wait_for_range(lambda s, e: (s, e) == everything, "all, by going back")
        app.key("alt+Right")
        charts.wait_for_range(lambda s, e: (s, e) == (start, end), "the selection again")
        for _ in range(3):  # while a busy machine makes two clicks of it
            click(count=2)
            try:
                charts.wait_for_range(lambda s, e: (s, e) == everything, "all, by a double click")
                break
            except Timeout:
                time.sleep(0.6)
        assert charts.range() == everything
        assert jump(app) is None


def test_wheel(folder):
    """Ctrl and wheel zoom about the pointer; the wheel, or the middle button, moves."""
    with Scope(FILE) as app:
        charts = open_charts(app)
        first, last = charts.range()
        charts.point(0.9)
        click(4, count=4, holding=["ctrl"])
        start, end = charts.wait_for_range(lambda s, e: e - s < (last - first) * 0.6, "zoomed in")
        assert start - first > (last - end) * 3, (start, end)
        click(4, count=3)
        left = charts.wait_for_range(lambda s, e: s < start - 3, "earlier")
        assert abs((left[1] - left[0]) - (end - start)) <= 1
        charts.drag(0.3, 0.6, button=2)
        charts.wait_for_range(lambda s, e: s < left[0] - 3, "dragged along")
        app.click(jump(app))
        charts.wait_for_range(lambda s, e: (s, e) == (first, last), "all")


def test_keys(folder):
    with Scope(FILE) as app:
        charts = open_charts(app)
        everything = charts.range()
        app.key("ctrl+plus", "ctrl+plus")
        charts.wait_for_range(lambda s, e: e - s < 45, "nearer")
        app.key("ctrl+minus")
        charts.wait_for_range(lambda s, e: 45 < e - s < 65, "farther")
        app.key("ctrl+0")
        charts.wait_for_range(lambda s, e: (s, e) == everything, "all")


def test_live(folder):
    """What was zoomed in on stays while the test goes on; End leads back to it."""
    with Scope("--demo") as app:
        charts = open_charts(app)
        charts.drag(0.3, 0.6)
        fixed = charts.wait_for_range(lambda s, e: e - s < 50, "what was selected")
        status = app.status()
        wait_for(lambda: app.status() != status, "data to come")
        wait_for(lambda: jump(app) and "Live" in jump(app).name, "a way back to the test")
        time.sleep(3.5)  # described again by then
        assert charts.range() == fixed
        app.key("End")
        charts.wait_for_range(lambda s, e: e > fixed[1] + 10, "the test")
        assert jump(app) is None

        app.key("space")
        wait_for(lambda: jump(app), "a way back")
        time.sleep(3.5)  # described since
        frozen = charts.range()
        time.sleep(3.5)
        assert charts.range() == frozen
        app.key("space")
        charts.wait_for_range(lambda s, e: e > frozen[1] + 1, "the test again")


def test_elapsed(folder):
    """T, or the menu, counts times from the start; T again shows the clock."""
    with Scope(FILE) as app:
        open_charts(app)

        def words():
            return app.chart().description.split(";")[-3]
        clock = words()
        app.key("t")
        wait_for(lambda: re.search(r" 0:00 – 1:2\d$", words()), "elapsed times")
        app.key("Left")
        wait_for(lambda: re.match(r"1:\d\d · ", app.chart().description), "the cursor's")
        app.key("Escape", "t")
        wait_for(lambda: words() == clock, "the clock's times")
        choose(app, "Average · 10 s", "Elapsed Time")
        wait_for(lambda: re.search(r" 0:00 – 1:2\d$", words()), "elapsed times, by the menu")
        app.key("ctrl+f")
        app.type("tt")
        time.sleep(0.3)
        assert re.search(r" 0:00 – 1:2\d$", words())


if __name__ == "__main__":
    run(test_drag_and_double_click, test_wheel, test_keys, test_live, test_elapsed)
