#!/usr/bin/env python3
# test-request-log.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The curves of Locust's log of single requests, as the built program exports
# them, are those that requestlog.py works out; and that is right where it can
# be worked out by hand.

import csv
import io
import itertools
import math
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # the source folder stays as it is

import requestlog  # noqa: E402

PROGRAM = ''
SAMPLE = os.path.join(os.environ['TEST_DATA'], 'runs', 'request_log_v2463.csv')
SEEDS = (1, 2)
WINDOWS = list(requestlog.WINDOWS)
STATISTICS = ['average', 'p95', 'total-average', 'min', 'max', 'p50', 'p99.9', 'p97.3', 'p0',
              'p100', 'p99']
KINDS_OF_STATISTICS = STATISTICS[:5]

# Each log has each statistic and each window.  What these are about shows in
# some windows or statistics only, so they have every pair.
IN_FULL = ['before', 'disorder', 'idle', 'repeated_header', 'silence']

# ms, where a mean of zeros is a difference of larger sums
NOTHING = 1e-9


class Reference(unittest.TestCase):
    """Worked out by hand."""

    def read(self, *lines, end='\r\n'):
        text = ''.join(line + end for line in (requestlog.HEADER, *lines))
        return requestlog.Log(text.encode())

    def curve(self, log, name, statistic='average', window='5'):
        """(second, response time, requests/s, failures/s) of one endpoint."""
        return [(row[0], *row[3:]) for row in log.get_curves(statistic, window)
                if row[2] == name]

    def response_times(self, log, statistic, window='10', name='Aggregated'):
        return [row[1] for row in self.curve(log, name, statistic, window)]

    def test_windows(self):
        log = self.read('10.0,GET,/a,500,1,200,', '10.2,GET,/b,1000,1,500,broken',
                        '13.5,GET,/a,500,1,200,', '14.5,GET,/a,501,1,200,')
        self.assertEqual(self.curve(log, 'Aggregated'), [
            (10, 500, 1, 0), (11, 750, 2 / 2, 1 / 2), (12, 750, 2 / 3, 1 / 3),
            (13, 750, 2 / 4, 1 / 4), (14, 2000 / 3, 3 / 5, 1 / 5), (15, 2001 / 3, 3 / 5, 1 / 5)])
        self.assertEqual(self.curve(log, '/b'), [
            (11, 1000, 1 / 2, 1 / 2), (12, 1000, 1 / 3, 1 / 3), (13, 1000, 1 / 4, 1 / 4),
            (14, 1000, 1 / 5, 1 / 5), (15, 1000, 1 / 5, 1 / 5)])
        self.assertEqual(self.curve(log, '/a', window='block'), [
            (10, 500, 1, 0), (11, None, 0, 0), (12, None, 0, 0), (13, None, 0, 0),
            (14, 500, 1, 0), (15, 501, 1, 0)])
        self.assertEqual([row[:3] for row in log.get_curves('max', '10')][:4],
                         [(10, 'GET', '/a'), (10, '', 'Aggregated'), (11, 'GET', '/a'),
                          (11, 'GET', '/b')])

    def test_window_is_left(self):
        log = self.read('10,GET,/,0,1,200,', '16.5,GET,/,40,1,200,')
        self.assertEqual(self.curve(log, '/'), [
            (10, 0, 1, 0), (11, 0, 1 / 2, 0), (12, 0, 1 / 3, 0), (13, 0, 1 / 4, 0),
            (14, 0, 1 / 5, 0), (15, None, 0, 0), (16, 40, 1 / 5, 0)])
        self.assertEqual(self.response_times(log, 'total-average', '5'),
                         [0, 0, 0, 0, 0, 0, 20])

    def test_percentiles(self):
        log = self.read(*(f'10.0,GET,/,{time},1,200,' for time in (70, 20, 50.5, 10, 30)))
        for statistic, time in (('p0', 10), ('p20', 10), ('p20.1', 20), ('p40', 20), ('p50', 30),
                                ('p60', 30), ('p80', 50.5), ('p81', 70), ('p100', 70),
                                ('min', 10), ('max', 70), ('average', 36.1),
                                ('total-average', 36.1)):
            self.assertEqual(self.response_times(log, statistic), [time], statistic)

    def test_percentile_of_a_thousand(self):
        times = list(range(1000, 0, -1))
        for statistic, time in (('p99.9', 999), ('p99.91', 1000), ('p97.3', 973), ('p0.1', 1),
                                ('p50', 500)):
            self.assertEqual(requestlog.get_statistic(statistic, times), time, statistic)

    def test_order_and_late_rows(self):
        log = self.read('20,GET,/b,600,1,200,', '20,GET,/a,500,1,200,', '22,GET,/b,100,1,200,',
                        '18.5,GET,/a,400,1,200,', '21,GET,/b,0,1,200,')
        self.assertEqual([row[:3] for row in log.get_curves('average', 'block')], [
            (18, 'GET', '/a'), (18, '', 'Aggregated'), (19, 'GET', '/a'), (19, '', 'Aggregated'),
            (20, 'GET', '/a'), (20, 'GET', '/b'), (20, '', 'Aggregated'),
            (21, 'GET', '/a'), (21, 'GET', '/b'), (21, '', 'Aggregated'),
            (22, 'GET', '/a'), (22, 'GET', '/b'), (22, '', 'Aggregated')])
        self.assertEqual(self.curve(log, 'Aggregated'), [
            (18, 400, 1, 0), (19, 400, 1 / 2, 0), (20, 500, 1, 0), (21, 375, 1, 0),
            (22, 320, 1, 0)])

    def test_silence(self):
        log = self.read('10,GET,/a,5,1,200,', '11,GET,/a,7,1,200,', '800,GET,/b,100,1,200,oh',
                        '801,GET,/a,300,1,200,')
        self.assertEqual(self.curve(log, 'Aggregated'), [
            (10, 5, 1, 0), (11, 6, 1, 0), (799, None, None, None), (800, 100, 1, 1),
            (801, 200, 1, 1 / 2)])
        self.assertEqual(self.curve(log, '/a', 'total-average', '60'), [
            (10, 5, 1, 0), (11, 6, 1, 0), (799, 6, None, None), (800, 6, 0, 0),
            (801, 104, 1 / 2, 0)])
        self.assertEqual(self.curve(log, '/b'), [(800, 100, 1, 1), (801, 100, 1 / 2, 1 / 2)])

    def test_short_silence_is_filled(self):
        log = self.read('10,GET,/a,5,1,200,', '610,GET,/a,5,1,200,')
        self.assertEqual([block.second for block in log.blocks], list(range(10, 611)))
        self.assertEqual(self.curve(log, '/a')[-2:], [(609, None, 0, 0), (610, 5, 1 / 5, 0)])

    def test_repeated_header(self):
        log = self.read('10,GET,/a,5,1,200,', '11,GET,/b,7,1,200,', requestlog.HEADER,
                        '13,GET,/b,20,1,200,', '14,GET,/b,40,1,200,')
        self.assertEqual(self.curve(log, 'Aggregated'), [
            (10, 5, 1, 0), (11, 6, 1, 0), (13, 20, 1, 0), (14, 30, 1, 0)])
        self.assertEqual(self.response_times(log, 'total-average'), [5, 6, 20, 30])
        self.assertEqual(self.curve(log, '/a', 'total-average'), [
            (10, 5, 1, 0), (11, 5, 1 / 2, 0), (13, None, 0, 0), (14, None, 0, 0)])
        self.assertEqual([block.run for block in log.blocks], [0, 0, 1, 1])

    def test_unreadable_rows(self):
        log = self.read('10,GET,/a,5,1,200,', 'x,GET,/b,5,1,200,', '10,GET,/c,-1,1,200,',
                        '10,GET,/d,inf,1,200,', '10,GET,/e,1,1,200', '10,GET,/f,nan,1,200,',
                        '10,GET,/g,1e999,1,200,', '11,GET,"/a",5,1,200,')
        self.assertEqual(log.n_unreadable, 6)
        self.assertEqual(log.endpoints, [('GET', '/a')])
        self.assertEqual(len(log.requests), 2)

    def test_quotes_and_line_ends(self):
        for end in ('\r\n', '\n'):
            log = self.read('10,GET,"a ""b"",\nc",5,1,200,', '10,POST,搜索,5,1,200,"x\r\ny"',
                            end=end)
            self.assertEqual(log.endpoints, [('GET', 'a "b",\nc'), ('POST', '搜索')])
            self.assertEqual([r.failed for r in log.requests], [False, True])
            self.assertEqual(log.n_unreadable, 0)

    def test_unfinished_row(self):
        for tail in ('1', '11,GET,/b,5,1,200,', '11,GET,/b,5,1,200,"a\r\n', '11,GET,/b,5,1,200,""'):
            log = requestlog.Log((requestlog.HEADER + '\r\n10,GET,/a,5,1,200,\r\n' + tail).encode())
            self.assertEqual((log.endpoints, log.n_unreadable), ([('GET', '/a')], 0), tail)

    def test_made_up_logs(self):
        """They are what their names say."""
        logs = {kind: requestlog.Log(requestlog.make(kind, SEEDS[0])) for kind in requestlog.KINDS}
        last_run = {'repeated_header': 1, 'repeated_header_after_a_pause': 2}
        for kind, log in logs.items():
            self.assertEqual(log.n_unreadable > 0, kind == 'unreadable')
            self.assertEqual(any(block.start is None for block in log.blocks), 'silence' in kind)
            self.assertEqual(max(r.run for r in log.requests), last_run.get(kind, 0))
        self.assertEqual(logs['unreadable'].n_unreadable, len(requestlog.UNREADABLE) + 2)
        steps = [b.second - a.second for a, b in itertools.pairwise(logs['disorder'].requests)]
        self.assertGreater(sum(step < 0 for step in steps), 30)
        self.assertLess(min(steps), -60)
        self.assertLess(min(r.second for r in logs['before'].requests),
                        logs['before'].requests[0].second - 40)
        self.assertGreater(max(r.time for r in logs['long'].requests), 90000)
        self.assertIn(0, [r.time for r in logs['no_time'].requests])
        self.assertEqual(len(logs['many_endpoints'].endpoints), 150)
        late = logs['late_discovery']
        self.assertTrue(any(next(r for r in late.requests if r.endpoint == e).second >
                            late.first[e] for e in late.endpoints))


class Curves(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, data):
        path = os.path.join(self.folder, 'requests.csv')
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def run_program(self, *arguments):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def export(self, path, *arguments, n_unreadable=0):
        """The rows; without a word, unless there is something unreadable."""
        target = os.path.join(self.folder, 'curves.csv')
        result = self.run_program('--export', target, path, *arguments)
        errors = result.stderr.decode()
        self.assertEqual((result.returncode, result.stdout), (0, b''), errors)
        if n_unreadable == 0:
            self.assertEqual(errors, '')
        else:
            self.assertRegex(errors, rf'\b{n_unreadable} rows? could not be read')
        with open(target, newline='', encoding='utf-8') as file:
            rows = list(csv.reader(file))
        self.assertEqual(rows[0], requestlog.CURVES)
        return rows[1:]

    def assert_number(self, cell, expected, exact, where):
        if expected is None:
            self.assertEqual(cell, '', where)
        elif cell == '' or (exact and float(cell) != expected) or not math.isclose(
                float(cell), expected, rel_tol=1e-9, abs_tol=NOTHING):
            self.fail(f'{where}: {cell or "empty"}, not {expected!r}')

    def assert_curves(self, rows, log, statistic, window):
        exact = requestlog.is_exact(statistic)
        expected = list(log.get_curves(statistic, window))
        for row, like in zip(rows, expected):
            self.assertEqual(row[:3], [str(like[0]), *like[1:3]])
            where = f'{like[:3]}: '
            self.assert_number(row[3], like[3], exact, where + requestlog.CURVES[3])
            self.assert_number(row[4], like[4], False, where + requestlog.CURVES[4])
            self.assert_number(row[5], like[5], False, where + requestlog.CURVES[5])
            self.assertEqual(row[6], '', where + requestlog.CURVES[6])
        self.assertEqual(len(rows), len(expected))

    def check(self, data, choices):
        path, log = self.write(data), requestlog.Log(data)
        for statistic, window in choices:
            with self.subTest(statistic=statistic, window=window):
                rows = self.export(path, f'--statistic={statistic}', f'--window={window}',
                                   n_unreadable=log.n_unreadable)
                self.assert_curves(rows, log, statistic, window)

    def check_kind(self, kind):
        for seed in SEEDS:
            statistics = STATISTICS if seed == SEEDS[0] else KINDS_OF_STATISTICS
            choices = list(zip(statistics, itertools.cycle(WINDOWS[seed:] + WINDOWS[:seed])))
            if kind in IN_FULL and seed == SEEDS[0]:
                choices += itertools.product(KINDS_OF_STATISTICS, WINDOWS)
            with self.subTest(kind=kind, seed=seed):
                self.check(requestlog.make(kind, seed), dict.fromkeys(choices))

    def test_sample(self):
        with open(SAMPLE, 'rb') as file:
            data = file.read()
        self.assertEqual(len(requestlog.Log(data).requests), 152)
        self.check(data, itertools.product(STATISTICS, WINDOWS))

    def test_defaults(self):
        data = requestlog.make('steady', 3)
        self.assert_curves(self.export(self.write(data)), requestlog.Log(data), 'average', '10')

    def test_any_percentage(self):
        data = requestlog.make('steady', 4)
        path, log = self.write(data), requestlog.Log(data)
        for statistic in ('p1', 'p12.5', 'p33.3', 'p42', 'p66', 'p80', 'p90', 'p99.99', 'p0.1'):
            with self.subTest(statistic):
                self.assert_curves(self.export(path, '--statistic', statistic), log, statistic,
                                   '10')

    def test_line_ends_do_not_matter(self):
        data = requestlog.make('many_endpoints', 5)
        rows = self.export(self.write(data))
        self.assertEqual(rows, self.export(self.write(data.replace(b'\r\n', b'\n'))))

    def test_runs(self):
        for kind, n in (('repeated_header', 2), ('repeated_header_after_a_pause', 3)):
            with self.subTest(kind):
                data = requestlog.make(kind, 6)
                path, log = self.write(data), requestlog.Log(data)
                rows = self.export(path)
                for run in range(n):
                    seconds = {str(block.second) for block in log.blocks if block.run == run}
                    self.assertEqual(self.export(path, f'--run={run + 1}'),
                                     [row for row in rows if row[0] in seconds])

    def test_picture(self):
        for name in ('a.png', 'a.svg'):
            result = self.run_program('--export', name, '--size=400x300', SAMPLE)
            self.assertEqual((result.returncode, result.stderr), (0, b''))
            self.assertGreater(os.path.getsize(os.path.join(self.folder, name)), 1000)

    def test_refusals(self):
        """Status 1, one line, and no file."""
        for option, value in (('throughput', 'written'), ('throughput', 'p50'),
                              ('statistic', 'p101'), ('statistic', 'p-1'), ('statistic', 'p'),
                              ('statistic', 'pnan'), ('statistic', 'p100.1'),
                              ('statistic', 'p50x'), ('statistic', 'median'), ('run', '2'),
                              ('window', '7')):
            with self.subTest(f'--{option}={value}'):
                result = self.run_program('--export=a.csv', SAMPLE, f'--{option}={value}')
                self.assertEqual(result.returncode, 1)
                self.assertIn(f'--{option}={value}', result.stderr.decode())
                self.assertEqual(result.stderr.count(b'\n'), 1)
                self.assertFalse(os.path.exists(os.path.join(self.folder, 'a.csv')))


def add_kind(kind):
    setattr(Curves, 'test_' + kind, lambda self: self.check_kind(kind))


for a_kind in requestlog.KINDS:
    add_kind(a_kind)


if __name__ == '__main__':
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
