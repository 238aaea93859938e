#!/usr/bin/env python3
# agree.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PNG and SVG of one state show the same picture, although curves are written
# as pixels into one and as paths into the other: the SVG, drawn by another
# program, differs from the PNG only in the antialiasing of edges.  Skipped
# where rsvg-convert is missing.

import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source folder stays as it is

import png  # noqa: E402

SKIPPED = 77

# How much a channel may differ for a pixel to count as the same: that of a
# hairline's edge.
NEAR = 48

# Measured: see the output.  Steep lines are a little heavier as pixels, and
# text is hinted differently.
MAX_SHARE = 0.02

# A pixel this far off must have its like beside it: edges may move by one.
FAR = 160


def distance(a, b):
    return max(abs(x - y) for x, y in zip(a, b))


def has_like(pixel, rows, x, y):
    return any(distance(pixel, other) <= FAR
               for row in rows[max(y - 1, 0):y + 2]
               for other in row[max(x - 1, 0):x + 2])


def compare(one, other):
    """The share of pixels that differ, and how many are not even near."""
    assert one[:2] == other[:2], (one[:2], other[:2])
    differ = lost = 0
    for y, (row, like) in enumerate(zip(one[2], other[2])):
        if row == like:
            continue
        for x, (a, b) in enumerate(zip(row, like)):
            by = distance(a, b)
            differ += by > NEAR
            if by > FAR and not (has_like(a, other[2], x, y) and has_like(b, one[2], x, y)):
                lost += 1
    return differ / (one[0] * one[1]), lost


def main():
    program = sys.argv[1]
    runs = os.path.join(os.environ['TEST_DATA'], 'runs')
    if shutil.which('rsvg-convert') is None:
        print('rsvg-convert is not there')
        return SKIPPED
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ('a.png', 'a.svg', 'b.png')]
        for name, *options in (
                ('shop_full_stats_history.csv',),
                ('shop_full_stats_history.csv', '--theme=dark'),
                ('shop_webui_reset_two_tests_stats_history.csv', '--size=360x400'),
                ('many_endpoints_stats_history.csv', '--endpoint=GET *-00*'),
                ('many_endpoints_stats_history.csv', '--endpoint=GET *', '--theme=dark')):
            for path in paths[:2]:
                subprocess.run([program, '--export', path, '--size=600x400', '--scale=1',
                                *options, os.path.join(runs, name)], check=True)
            subprocess.run(['rsvg-convert', '-o', paths[2], paths[1]], check=True)
            share, lost = compare(png.read(paths[0]), png.read(paths[2]))
            wrong = share > MAX_SHARE or lost > 0
            failed |= wrong
            print(f'{"not " if wrong else ""}ok: {share:.2%} of the pixels differ, '
                  f'{lost} are lost: {name} {" ".join(options)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
