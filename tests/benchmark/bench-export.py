#!/usr/bin/env python3
# bench-export.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a file to a PNG: the whole process, beside "wc -l" of the same file.

bench-export.py LOCUSTSCOPE MAKE-HISTORY SIZE ENDPOINTS SECONDS

The file is in the page cache.  XL is 9 GB: it is left out unless BENCHMARK_XL
is set and there is room for it.
"""

import os
import shutil
import sys
import tempfile

from report import made_up_history, report, report_failure, time_best

XL_BYTES = 10e9
XL_HELD_BYTES = 5e9


def get_available_bytes():
    with open('/proc/meminfo', encoding='ascii') as file:
        return next(1024 * int(line.split()[1]) for line in file if line.startswith('MemAvailable'))


def why_not_xl():
    if not os.environ.get('BENCHMARK_XL'):
        return 'not asked for: BENCHMARK_XL=1'
    if shutil.disk_usage(tempfile.gettempdir()).free < 1.2 * XL_BYTES:
        return 'no room in the temporary folder'
    if get_available_bytes() < XL_BYTES + XL_HELD_BYTES:
        return 'not enough memory to keep the file in'
    return None


def main():
    program, make_history, size, endpoints, seconds = sys.argv[1:]
    reason = why_not_xl() if size == 'XL' else None
    if reason:
        report_failure('XL: --export to PNG, whole process', reason)
        return
    rounds = 2 if size == 'XL' else 5
    with made_up_history(make_history, endpoints, seconds) as path:
        megabytes = os.path.getsize(path) / 1e6
        picture = os.path.join(os.path.dirname(path), 'out.png')
        count, _ = time_best(['wc', '-l', path], rounds)
        copy, _ = time_best(['cat', path], rounds)
        export, used = time_best([program, f'--export={picture}', path], rounds)
    print(f'{endpoints} endpoints, {seconds} s: {megabytes:.1f} MB')
    report(f'{size}: wc -l', 1e3 * count, 'ms')
    report(f'{size}: cat > /dev/null', 1e3 * copy, 'ms')
    if size == 'XL':
        report('XL: --export to PNG, whole process', export, 's', '<=5')
    else:
        report(f'{size}: --export to PNG, whole process', 1e3 * export, 'ms')
    report(f'{size}: --export to PNG, beside wc -l', export / count, 'x',
           '<=4' if size == 'L' else '')
    report(f'{size}: --export to PNG, of the file', megabytes / export / 1e3, 'GB/s')
    report(f'{size}: --export to PNG, most memory', used, 'MB')


main()
