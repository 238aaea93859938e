# report.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks in Python share: a row of the table, and made-up files."""

import contextlib
import os
import subprocess
import tempfile
import time


def report(name, value, unit, target=''):
    """A row: its target begins with "<=" or ">=", or is empty."""
    print(f'{name:60} {value:10.4g} {unit} {target}', flush=True)
    add_to_table(name, f'{value:.6g}', unit, target)


def report_failure(name, reason):
    """A row without a value: it says why."""
    print(f'{name:60} {reason}', flush=True)
    add_to_table(name, '', reason, '')


def add_to_table(*cells):
    path = os.environ.get('BENCHMARK_TABLE')
    if path:
        with open(path, 'a', encoding='utf-8') as file:
            file.write('\t'.join(cells) + '\n')


@contextlib.contextmanager
def made_up_history(make_history, endpoints, seconds):
    """The path of a file, which is in the page cache, in a folder that goes."""
    with tempfile.TemporaryDirectory(prefix='benchmark-') as folder:
        path = os.path.join(folder, 'big_stats_history.csv')
        with open(path, 'wb') as file:
            subprocess.run([make_history, str(endpoints), str(seconds)], check=True, stdout=file)
            os.fsync(file.fileno())  # it is not to be written while it is read
        yield path


def time_best(command, rounds=5, env=None):
    """Seconds of the whole process, and the most memory that it had in MB."""
    best = float('inf')
    most = 0
    for _ in range(rounds):
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if status != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        best = min(best, seconds)
        most = max(most, used.ru_maxrss / 1024)
    return best, most
