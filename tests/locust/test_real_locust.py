# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program follows the files of a real Locust, which tests server.py on the loopback
interface for half a minute: first with a history of all endpoints, then with one of the total
alone that is flushed every 10 s."""
import csv
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))

from scope import PROGRAM, Scope, run, wait_for  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
LOCUST = "/usr/bin/locust"
RUN_S = 30
ENDED_AFTER_S = 20
OPENED_AFTER_S = 6
WINDOW_S = 10
ENDPOINTS = ("POST /api/login", "GET /api/products", "GET /api/products/[id]", "GET 搜索商品",
             'GET /search?q=red, "wide" shoes', "GET /api/cart", "POST /api/cart")

# A run that does not end by itself is ended.
TIMEOUT_S = RUN_S + 30


def start_server():
    server = subprocess.Popen([sys.executable, os.path.join(HERE, "server.py"), "0"],
                              stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().split()[1]


def start_locust(folder, port, *options, flush="2"):
    argv = [LOCUST, "-f", os.path.join(HERE, "shop.py"), "--headless", "-u", "12", "-r", "2",
            "-t", f"{RUN_S}s", "-H", f"http://127.0.0.1:{port}", "--csv",
            os.path.join(folder, "real"), *options, "--exit-code-on-error", "0"]
    with open(os.path.join(folder, "locust.log"), "w") as log:
        return subprocess.Popen(argv, cwd=folder, stdout=log, stderr=log,
                                env=dict(os.environ, FLUSH=flush))


def read_rows(path):
    """{endpoint: [(stamp, requests, sum of ms)]}, by the standard library's reader."""
    rows = {}
    with open(path, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            n = int(row["Total Request Count"])
            average = float(row["Total Average Response Time"])
            key = " ".join(filter(None, (row["Type"], row["Name"])))
            rows.setdefault(key, []).append((int(row["Timestamp"]), n, n * average))
    return rows


def latest(rows, window=WINDOW_S):
    """Average response time and rate over the window, by the plain formula."""
    end, n2, sum2 = rows[-1]
    start, n1, sum1 = next(r for r in reversed(rows) if r[0] <= end - window)
    return (sum2 - sum1) / (n2 - n1) if n2 > n1 else None, (n2 - n1) / (end - start)


def list_latest(rows, summary, name):
    """The same, of all that the latest window may be: it ends with the last row or with what
    Locust summed up after it, and its stamps are whole seconds."""
    ends = [rows]
    if summary and summary[0] >= rows[-1][0] + 1 and name in summary[1]:
        ends.append(rows + [(int(summary[0]), *summary[1][name])])
    return [latest(end, window) for end in ends for window in (WINDOW_S - 1, WINDOW_S, WINDOW_S + 1)]


def number(text):
    return float(re.sub(r"[^\d.\-]", "", text))


def assert_agrees(name, shown, expected, tolerance):
    assert abs(number(shown) - expected) <= tolerance * expected + 0.15, (name, shown, expected)


def is_near(shown, expected, tolerance):
    if expected is None:
        return shown == "–"
    return shown != "–" and abs(number(shown) - expected) <= tolerance * expected + 0.15


def assert_is_one_of(name, response_time, throughput, windows):
    assert any(is_near(response_time, expected_time, 0.05) and
               is_near(throughput, expected_rate, 0.12)
               for expected_time, expected_rate in windows), (
                   name, response_time, throughput, windows)


def watch(app, locust):
    """While Locust runs: every status, and every value of one row."""
    statuses, values = [], set()
    end = time.monotonic() + TIMEOUT_S
    while locust.poll() is None:
        assert time.monotonic() < end, "Locust does not end"
        status = app.status()
        if not statuses or statuses[-1] != status:
            statuses.append(status)
        if status.startswith("● Live"):
            values.add(app.rows().get("GET /api/products", (None, "", ""))[1:])
        time.sleep(0.3)
    return statuses, values


def assert_export_is_drawn(path, out):
    r = subprocess.run([PROGRAM, f"--export={out}", path], capture_output=True, text=True)
    assert (r.returncode, r.stdout, r.stderr) == (0, "", ""), r
    with open(out, encoding="utf-8") as f:
        assert len(set(re.findall(r"stroke(?::|=\")rgb\([^)]*\)", f.read()))) >= len(ENDPOINTS)


def follow(folder):
    path = os.path.join(folder, "real_stats_history.csv")
    server, port = start_server()
    locust = None
    try:
        with Scope(path) as app:
            app.label("Waiting for the Test")
            assert app.status() == "Waiting"
            locust = start_locust(folder, port, "--csv-full-history")
            statuses, values = watch(app, locust)
            ended = time.monotonic()
            assert locust.returncode == 0, open(os.path.join(folder, "locust.log")).read()
            print("#", "; ".join(statuses))
            assert statuses[0] == "Waiting", statuses
            assert all(s == "Waiting" or s.startswith("● Live") for s in statuses), statuses
            assert len(statuses) > 5 and len(values) > 5, (statuses, values)

            rows = read_rows(path)
            time.sleep(2)
            shown = app.rows()
            assert set(ENDPOINTS) < set(shown), shown
            assert set(rows) == set(shown), (set(rows), set(shown))
            last = read_summary(os.path.join(folder, "real_stats.csv"))
            for name, (_, response_time, throughput, _) in shown.items():
                assert_is_one_of(name, response_time, throughput,
                                 list_latest(rows[name], last, name))
            for name in ENDPOINTS:
                assert app.is_drawn(app.curve_color(name)), name
            assert_export_is_drawn(path, os.path.join(folder, "real.svg"))

            assert app.status().startswith("● Live"), app.status()
            app.wait_for_status("Ended", timeout=ENDED_AFTER_S + 10)
            quiet = time.monotonic() - ended
            assert quiet > ENDED_AFTER_S - 5, quiet
            # When it ends Locust may write a summary that the history has no row for.
            ends = (rows["Aggregated"][-1][0],
                    os.stat(os.path.join(folder, "real_stats.csv")).st_mtime)
            stamps = [time.strftime("%H:%M:%S", time.gmtime(end)) for end in ends]
            assert app.status() in [f"Ended · {s}" for s in stamps], (app.status(), stamps)
    finally:
        for process in filter(None, (locust, server)):
            process.kill()
            process.wait()


def read_summary(path):
    """(time, {endpoint: (requests, sum of ms)}), or None while it is being written."""
    counters, key = {}, None
    written = os.stat(path).st_mtime
    with open(path, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            try:
                n, average = int(row["Request Count"]), float(row["Average Response Time"])
            except (TypeError, ValueError):
                return None
            key = " ".join(filter(None, (row["Type"], row["Name"])))
            counters[key] = (n, n * average)
    total = counters.get("Aggregated", (0, 0))[0]
    if key != "Aggregated" or 2 * total != sum(n for n, _ in counters.values()):
        return None
    return written, counters


def get_lag(status):
    """How many seconds the status is behind the clock."""
    shown = [int(part) for part in status.split(" · ")[1].split(":")]
    now = time.time()
    return (now - sum(a * b for a, b in zip(shown, (3600, 60, 1)))) % 86400


def has_numbers(app):
    rows = app.rows()
    return all(any(c.isdigit() for c in rows[name][2]) for name in ENDPOINTS if name in rows) and (
        set(ENDPOINTS) < set(rows))


def watch_summary(app, locust, path):
    """While Locust runs: the summaries there were, and how far the status was behind."""
    summaries, lags = [], []
    end = time.monotonic() + TIMEOUT_S
    while locust.poll() is None:
        assert time.monotonic() < end, "Locust does not end"
        summary = read_summary(path)
        if summary and (not summaries or summary[0] > summaries[-1][0]):
            summaries.append(summary)
        lags.append(get_lag(app.status()))
        time.sleep(0.2)
    return summaries, lags


def assert_rows_agree(shown, summaries, flushed):
    """With what the last summaries say, by the plain formula over their own times."""
    end, last = summaries[-1]
    start, first = next(s for s in reversed(summaries) if s[0] <= end - WINDOW_S + 0.5)
    assert set(last) == set(shown), (set(last), set(shown))
    for name in ENDPOINTS:
        requests = last[name][0] - first.get(name, (0, 0))[0]
        total = last[name][1] - first.get(name, (0, 0))[1]
        _, response_time, throughput, _ = shown[name]
        assert_agrees(name, throughput, requests / (end - start), 0.25)
        if requests > 5:
            assert_agrees(name, response_time, total / requests, 0.25)
    assert set(flushed) == {"Aggregated"}, set(flushed)


def follow_total(folder):
    path = os.path.join(folder, "real_stats_history.csv")
    summary = os.path.join(folder, "real_stats.csv")
    server, port = start_server()
    locust = start_locust(folder, port, flush="10")
    try:
        wait_for(lambda: os.path.exists(path) and os.stat(path).st_size > 300, "the first row", 20)
        time.sleep(OPENED_AFTER_S)
        with Scope(path) as app:
            app.wait_for_status("● Live")
            wait_for(lambda: set(ENDPOINTS) < set(app.rows()), "all endpoints", 3)
            wait_for(lambda: has_numbers(app), "numbers of all endpoints", 3)
            summaries, lags = watch_summary(app, locust, summary)
            # Known once a row has come in which there are requests.
            assert app.has_label("only the total")
            assert locust.returncode == 0, open(os.path.join(folder, "locust.log")).read()
            print(f"# {len(summaries)} summaries, behind by at most {max(lags):.1f} s")
            assert len(lags) > 20 and max(lags) < 4, lags
            time.sleep(2)
            assert_rows_agree(app.rows(), summaries, read_rows(path))
            for name in ENDPOINTS:
                assert app.is_drawn(app.curve_color(name)), name
    finally:
        for process in (locust, server):
            process.kill()
            process.wait()


def test_follows_real_locust(folder):
    follow(folder)


def test_follows_history_of_the_total(folder):
    follow_total(folder)


if __name__ == "__main__":
    if not shutil.which(LOCUST):
        print("1..0 # SKIP Locust is not installed (python3-locust)")
        sys.exit(0)
    run(test_follows_real_locust, test_follows_history_of_the_total)
