#!/usr/bin/env python3
# bench-export.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a file to a PNG: the whole process, beside "wc -l" of the same file.

bench-export.py LOCUSTSCOPE MAKE-HISTORY ENDPOINTS SECONDS
"""

import os
import subprocess
import sys
import tempfile
import time

ROUNDS = 5


def time_best(*command):
    """Seconds, and the most memory that it had in kB."""
    best = float('inf')
    for _ in range(ROUNDS):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        best = min(best, time.perf_counter() - start)
        assert status == 0, command
    return best, used.ru_maxrss


def main():
    program, make_history, endpoints, seconds = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'big_stats_history.csv')
        with open(path, 'wb') as file:
            subprocess.run([make_history, endpoints, seconds], check=True, stdout=file)
        size = os.path.getsize(path)
        count, _ = time_best('wc', '-l', path)
        export, used = time_best(program, f'--export={os.path.join(folder, "out.png")}', path)
    print(f'{endpoints} endpoints, {seconds} s: {size / 1e6:.1f} MB')
    print(f'wc -l            {1000 * count:8.1f} ms  {size / count / 1e9:5.2f} GB/s')
    print(f'--export to PNG  {1000 * export:8.1f} ms  {size / export / 1e9:5.2f} GB/s'
          f'  {export / count:5.1f} x wc -l')
    print(f'most memory      {used / 1024:8.0f} MB')


main()
