#!/usr/bin/python3
# truth.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the curves of a recorded run are from what really happened.

truth.py DUMP-HISTORY HISTORY.csv TRUTH.csv MAX-RT-% MAX-TPS-% [LAG]

The truth was counted inside the load test: for each second and endpoint how
many requests ended and how long they took.  A block stamped t was written at
some moment of [t, t + 1), or the counters in it are up to LAG seconds older
where workers report now and then.  So the moment in which all of a block's
throughputs fit best is taken for it, and one request more or less in a window
is not held against it.  Windows that reach over a fall of the counters are
left out: the program cuts them there, the truth does not.

Prints median and 95th percentile of the relative errors and fails where the
latter is above its bound, or where the dump lacks rows of the history.
"""

import csv
import io
import subprocess
import sys

WINDOW = 10
STEPS_PER_SECOND = 10
FEWEST = 5      # requests in a window that say anything of its mean
TOTAL = ('', 'Aggregated')


def add_up(endpoints):
    total = {}
    for counted in endpoints:
        for second, (count, time) in counted.items():
            n, sum_ = total.get(second, (0, 0.0))
            total[second] = (n + count, sum_ + time)
    return total


class Truth:
    """Running totals, so that a window is the difference of two moments."""

    def __init__(self, path):
        seconds = {}
        with open(path, newline='', encoding='utf-8') as file:
            for row in csv.DictReader(file):
                endpoint = (row['method'], row['name'])
                seconds.setdefault(endpoint, {})[int(row['second'])] = (
                    int(row['count']), float(row['sum_ms']))
        seconds[TOTAL] = add_up(seconds.values())
        self.first = min(min(s) for s in seconds.values())
        self.last = max(max(s) for s in seconds.values())
        self.totals = {}
        for endpoint, counted in seconds.items():
            totals = [(0, 0.0)]
            for second in range(self.first, self.last + 1):
                count, total = counted.get(second, (0, 0.0))
                totals.append((totals[-1][0] + count, totals[-1][1] + total))
            self.totals[endpoint] = totals

    def until(self, endpoint, moment):
        totals = self.totals[endpoint]
        place = min(max(moment - self.first, 0), len(totals) - 1)
        whole = min(int(place), len(totals) - 2)
        part = place - whole
        low, high = totals[whole], totals[whole + 1]
        return [a + part * (b - a) for a, b in zip(low, high)]

    def window(self, endpoint, end):
        n_end, sum_end = self.until(endpoint, end)
        n_start, sum_start = self.until(endpoint, end - WINDOW)
        return n_end - n_start, sum_end - sum_start


def find_falls(rows):
    falls, last = [], {}
    for row in rows:
        endpoint, count = (row['Type'], row['Name']), int(row['Count'])
        if count < last.get(endpoint, 0):
            falls.append(int(row['Timestamp']))
        last[endpoint] = count
    return falls


def get_errors(truth, rows, moment):
    """(error of the throughput, error of the response time or None) each."""
    errors = []
    for endpoint, response_time, rate in rows:
        n, total = truth.window(endpoint, moment)
        missed = max(0.0, abs(rate * WINDOW - n) - 1) / max(n, FEWEST)
        wrong = None
        if n >= FEWEST:
            mean = total / n
            wrong = abs(response_time - mean) / mean if response_time is not None else 1.0
        errors.append((missed, wrong))
    return errors


def judge(errors):
    """How badly a moment fits; response times only tell equal ones apart."""
    return sum(e[0] for e in errors) + 0.01 * sum(e[1] or 0 for e in errors)


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def count_rows(path, endpoints):
    """The rows of these endpoints that the history has."""
    n = 0
    with open(path, newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            if (row['Type'], row['Name']) in endpoints and row['Timestamp'].isdigit():
                n += 1
    return n


def main():
    program, history, truth_path = sys.argv[1:4]
    max_time, max_rate = float(sys.argv[4]), float(sys.argv[5])
    lag = int(sys.argv[6]) if len(sys.argv) > 6 else 0

    truth = Truth(truth_path)
    output = subprocess.run([program, history], check=True, stdout=subprocess.PIPE).stdout
    dumped = list(csv.DictReader(io.StringIO(output.decode('utf-8'), newline='')))
    falls = find_falls(dumped)
    blocks, n_rows = {}, 0
    for row in dumped:
        endpoint = (row['Type'], row['Name'])
        if endpoint in truth.totals:
            n_rows += 1
            blocks.setdefault(int(row['Timestamp']), []).append(
                (endpoint,
                 float(row['Response Time (ms)']) if row['Response Time (ms)'] else None,
                 float(row['Requests/s'] or 0)))
    if n_rows != count_rows(history, truth.totals):
        sys.exit(f'{n_rows} rows, not {count_rows(history, truth.totals)}')

    times, rates = [], []
    for stamp, rows in blocks.items():
        if not truth.first + WINDOW <= stamp <= truth.last:
            continue
        if any(fall - 1 <= stamp <= fall + WINDOW for fall in falls):
            continue
        moments = [stamp + step / STEPS_PER_SECOND
                   for step in range(-lag * STEPS_PER_SECOND, STEPS_PER_SECOND + 1)]
        best = min((get_errors(truth, rows, moment) for moment in moments), key=judge)
        rates += [100 * e[0] for e in best]
        times += [100 * e[1] for e in best if e[1] is not None]
    if len(rates) < 40 or len(times) < 40:
        sys.exit(f'only {len(rates)} values to compare')

    time, rate = quantile(times, 0.95), quantile(rates, 0.95)
    print(f'{len(rates)} values; response time: median {quantile(times, 0.5):.2f} %, '
          f'95th percentile {time:.2f} %; throughput: median {quantile(rates, 0.5):.2f} %, '
          f'95th percentile {rate:.2f} %')
    if time > max_time or rate > max_rate:
        sys.exit(f'more than {max_time} % or {max_rate} %')


main()
