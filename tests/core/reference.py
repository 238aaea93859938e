#!/usr/bin/python3
# reference.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads histories in the most obvious way and compares.

reference.py DUMP-HISTORY HISTORY.csv...

Python's csv module reads the rows, and everything is kept in dictionaries.
Counts must be the same, averages the same to 1e-12, and the values of the
charts the same to the precision of their numbers.  Only the blocks' times are
taken over from the program under test.
"""

import csv
import io
import math
import subprocess
import sys

WINDOW = 10
PAUSE = 3
TOTAL = ('', 'Aggregated')

# Of staircases and of two writers the plain formula says little.
NOT_PLAIN = ('distributed', 'same_prefix')


def read_blocks(path):
    """A list of (stamp, {endpoint: (count, failures, average)})."""
    blocks = []
    ended = True
    with open(path, newline='', encoding='utf-8', errors='replace') as file:
        rows = csv.reader(file)
        columns = {label: i for i, label in enumerate(next(rows))}
        for row in rows:
            if len(row) != len(columns):
                continue
            try:
                stamp = int(row[columns['Timestamp']])
                counters = (int(row[columns['Total Request Count']]),
                            int(row[columns['Total Failure Count']]),
                            float(row[columns['Total Average Response Time']]))
            except ValueError:
                continue
            endpoint = (row[columns['Type']], row[columns['Name']])
            if ended or stamp != blocks[-1][0] or endpoint in blocks[-1][1]:
                blocks.append((stamp, {}))
            blocks[-1][1][endpoint] = counters
            ended = endpoint == TOTAL
    return blocks


def find_starts(blocks):
    """For each block, where its stretch began and whether from zero."""
    starts = []
    for i, (stamp, rows) in enumerate(blocks):
        if i == 0:
            starts.append((0, all(row[0] == 0 for row in rows.values())))
            continue
        before = blocks[i - 1][1]
        # Without rows of endpoints none can vanish.
        fell = any(rows[e][0] < before[e][0] for e in rows if e in before)
        gone = len(rows) > 1 and any(e not in rows for e in before)
        if fell or gone:
            starts.append((i, True))
        elif stamp - blocks[i - 1][0] > PAUSE:
            starts.append((i, False))
        else:
            starts.append(starts[-1])
    return starts


def find_base(times, start, from_zero, block):
    """The block where the window begins; None: where all counters were 0.

    That was one tick before the run; for a second it is taken here.
    """
    wanted = times[block] - WINDOW
    bases = [(abs(times[b] - wanted), b) for b in range(start, block)]
    if from_zero:
        bases.append((abs(times[start] - 1 - wanted), None))
    return min(bases, key=lambda base: base[0])[1] if bases else block


def get_values(blocks, times, starts, block, endpoint):
    start, from_zero = starts[block]
    base = find_base(times, start, from_zero, block)
    if base == block:
        return None, None, 0
    count, _, average = blocks[block][1][endpoint]
    count_before, _, average_before = 0, 0, 0.0
    if base is not None:
        count_before, _, average_before = blocks[base][1].get(endpoint, (0, 0, 0.0))
    dn = count - count_before
    duration = times[block] - (times[start] - 1 if base is None else times[base])
    response_time = (count * average - count_before * average_before) / dn if dn > 0 else None
    if base is None and start > 0:  # somewhere between the last tick and this one
        return response_time, dn / (duration - 0.5), 0.5 / (duration - 0.5) + 0.1
    return response_time, dn / duration, 0.1 if base is None else 1e-5


def near(a, b, tolerance):
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-6)


def number(cell):
    return float(cell) if cell else None


def compare(program, path):
    blocks = read_blocks(path)
    starts = find_starts(blocks)
    output = subprocess.run([program, path], check=True, stdout=subprocess.PIPE).stdout
    rows = list(csv.DictReader(io.StringIO(output.decode('utf-8'), newline='')))
    times = {int(row['Block']): float(row['Time']) for row in rows}
    expected = sum(len(rows_) for _, rows_ in blocks)
    if len(rows) != expected or len(times) != len(blocks):
        return f'{len(rows)} rows in {len(times)} blocks, not {expected} in {len(blocks)}'
    for row in rows:
        block, endpoint = int(row['Block']), (row['Type'], row['Name'])
        stamp, counters = blocks[block]
        where = f'block {block}, {endpoint}: '
        if int(row['Timestamp']) != stamp or endpoint not in counters:
            return where + 'no such row'
        count, failures, average = counters[endpoint]
        if (int(row['Count']), int(row['Failures'])) != (count, failures):
            return where + 'other counts'
        if count and not math.isclose(float(row['Average']), average, rel_tol=1e-12):
            return where + f'average {row["Average"]}, not {average!r}'
        if any(part in path for part in NOT_PLAIN):
            continue
        response_time, rate, tolerance = get_values(blocks, times, starts, block, endpoint)
        # Sums are differences of larger ones: what is left of a double's digits.
        if not near(number(row['Response Time (ms)']), response_time, 1e-5):
            return where + f'response time {row["Response Time (ms)"]}, not {response_time}'
        if not near(number(row['Requests/s']), rate, tolerance):
            return where + f'throughput {row["Requests/s"]}, not {rate}'
    print(f'{path.rsplit("/", 1)[-1]}: {len(rows)} rows in {len(blocks)} blocks are the same')
    return None


def main():
    failed = False
    for path in sys.argv[2:]:
        message = compare(sys.argv[1], path)
        if message:
            print(f'{path}: {message}', file=sys.stderr)
            failed = True
    sys.exit(failed)


main()
