#!/usr/bin/env python3
# table.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of all benchmarks, one below the other.

table.py begin   forgets the rows that were there, and begins with the machine's load
table.py         prints the table, and keeps it beside the rows

BENCHMARK_TABLE names the file of rows: name, value, unit, target.
"""

import os
import platform
import sys

from report import report


def read_rows(path):
    """Of a row that came twice the later."""
    rows = {}
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            for line in file:
                name, *cells = line.rstrip('\n').split('\t')
                rows.pop(name, None)
                rows[name] = cells
    return rows


def get_machine():
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        models = [line.split(':', 1)[1].strip() for line in file if line.startswith('model name')]
    cores = len(os.sched_getaffinity(0))
    return f'{models[0] if models else platform.machine()}, {cores} cores, {platform.release()}'


def compare(value, target):
    """Of a target the share that was needed: 1 or less is what was aimed at."""
    if not target:
        return ''
    limit = float(target[2:])
    share = value / limit if target.startswith('<=') else limit / value
    return f'{share:.2f}'


def format_row(name, value, unit, target):
    if not value:
        return f'{name:62} {"–":>9} {unit}'
    number = float(value)
    digits = max(0, 3 - len(str(int(abs(number)))))
    wanted = target.replace('<=', '≤ ').replace('>=', '≥ ')
    return (f'{name:62} {number:9.{digits}f} {unit:8} {wanted:>8}'
            f' {compare(number, target):>10}').rstrip()


def main():
    path = os.environ['BENCHMARK_TABLE']
    if sys.argv[1:] == ['begin']:
        if os.path.exists(path):
            os.remove(path)
        # What else runs on the machine makes all figures worse.
        report('load of the machine before', os.getloadavg()[0], 'runnable')
        return
    lines = [get_machine(), '', f'{"":62} {"measured":>9} {"":8} {"target":>8} {"of target":>10}']
    lines += [format_row(name, *cells) for name, cells in read_rows(path).items()]
    text = '\n'.join(lines)
    with open(os.path.splitext(path)[0] + '.txt', 'w', encoding='utf-8') as file:
        print(text, file=file)
    print('\n' + text)


main()
