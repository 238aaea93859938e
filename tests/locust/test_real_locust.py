# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program follows the file of a real Locust, which tests server.py on the loopback
interface for half a minute."""
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
WINDOW_S = 10
ENDPOINTS = ("POST /api/login", "GET /api/products", "GET /api/products/[id]", "GET 搜索商品",
             'GET /search?q=red, "wide" shoes', "GET /api/cart", "POST /api/cart")

# A run that does not end by itself is ended.
TIMEOUT_S = RUN_S + 30


def start_server():
    server = subprocess.Popen([sys.executable, os.path.join(HERE, "server.py"), "0"],
                              stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().split()[1]


def start_locust(folder, port):
    argv = [LOCUST, "-f", os.path.join(HERE, "shop.py"), "--headless", "-u", "12", "-r", "2",
            "-t", f"{RUN_S}s", "-H", f"http://127.0.0.1:{port}", "--csv",
            os.path.join(folder, "real"), "--csv-full-history", "--exit-code-on-error", "0"]
    with open(os.path.join(folder, "locust.log"), "w") as log:
        return subprocess.Popen(argv, cwd=folder, stdout=log, stderr=log,
                                env=dict(os.environ, FLUSH="2"))


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


def latest(rows):
    """Average response time and rate over the window, by the plain formula."""
    end, n2, sum2 = rows[-1]
    start, n1, sum1 = next(r for r in reversed(rows) if r[0] <= end - WINDOW_S)
    return (sum2 - sum1) / (n2 - n1) if n2 > n1 else None, (n2 - n1) / (end - start)


def number(text):
    return float(re.sub(r"[^\d.\-]", "", text))


def assert_agrees(name, shown, expected, tolerance):
    assert abs(number(shown) - expected) <= tolerance * expected + 0.15, (name, shown, expected)


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
            locust = start_locust(folder, port)
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
            for name, (_, response_time, throughput) in shown.items():
                expected_time, expected_rate = latest(rows[name])
                # Stamps are whole seconds: the span may be one of eleven off.
                assert_agrees(name, throughput, expected_rate, 0.12)
                if expected_time is not None:
                    assert_agrees(name, response_time, expected_time, 0.1)
            for name in ENDPOINTS:
                assert app.is_drawn(app.curve_color(name)), name
            assert_export_is_drawn(path, os.path.join(folder, "real.svg"))

            assert app.status().startswith("● Live"), app.status()
            app.wait_for_status("Ended", timeout=ENDED_AFTER_S + 10)
            quiet = time.monotonic() - ended
            assert quiet > ENDED_AFTER_S - 5, quiet
            stamp = time.strftime("%H:%M:%S", time.gmtime(rows["Aggregated"][-1][0]))
            assert app.status() == f"Ended · {stamp}", (app.status(), stamp)
    finally:
        for process in filter(None, (locust, server)):
            process.kill()
            process.wait()


def test_follows_real_locust(folder):
    follow(folder)


if __name__ == "__main__":
    if not shutil.which(LOCUST):
        print("1..0 # SKIP Locust is not installed (python3-locust)")
        sys.exit(0)
    run(test_follows_real_locust)
