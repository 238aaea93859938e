#!/usr/bin/env python3
# test-command-line.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The built program without a display: what it exports, and that whatever is
# wrong with a command line takes one line to say, ends with status 1 and
# leaves an older file alone.

import csv
import io
import os
import re
import stat
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True  # the source folder stays as it is

import png  # noqa: E402

PROGRAM = ''
DATA = os.environ['TEST_DATA']
SHOP = os.path.join(DATA, 'runs', 'shop_full_stats_history.csv')
MANY = os.path.join(DATA, 'runs', 'many_endpoints_stats_history.csv')
HEADER = ('Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,100%,Total Request Count,'
          'Total Failure Count,Total Median Response Time,Total Average Response Time,'
          'Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n')
OLD = b'what was there'


class Case(unittest.TestCase):
    # What the program is started with beside the tests' own environment.
    extra = {}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        path = self.path(name)
        with open(path, 'wb') as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return path

    def read(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def run_program(self, *arguments):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        environment.update(self.extra)
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def export(self, name, *arguments):
        """Exports without a word and returns the bytes."""
        result = self.run_program('--export', self.path(name), *arguments)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b'', b''))
        return self.read(name)

    def assert_refused(self, says, *arguments):
        """Status 1, and one line that says what and where."""
        before = sorted(os.listdir(self.folder))
        result = self.run_program(*arguments)
        text = result.stderr.decode()
        self.assertEqual(result.returncode, 1, text)
        self.assertEqual(result.stdout, b'')
        self.assertTrue(text.endswith('\n'), text)
        self.assertEqual(text.count('\n'), 1, text)
        self.assertGreater(len(text), 10)
        if isinstance(says, str):
            says = [says]
        for part in says:
            self.assertIn(part, text)
        self.assertEqual(sorted(os.listdir(self.folder)), before)
        return text

    def assert_export_refused(self, says, *arguments):
        """The same, with an older picture in place."""
        path = self.write('old.png', OLD)
        text = self.assert_refused(says, '--export', path, *arguments)
        self.assertEqual(self.read('old.png'), OLD)
        return text


class Pictures(Case):
    def test_png(self):
        self.export('a.png', SHOP)
        self.assertEqual(png.size(self.path('a.png')), (2400, 1600))

    def test_size_and_scale(self):
        for size, scale, pixels in (('600x400', '1', (600, 400)), ('600x400', '2', (1200, 800)),
                                    ('333x257', '1.5', (500, 386)), ('400x300', '0.5', (200, 150)),
                                    ('240x240', '1', (240, 240))):
            self.export('a.png', SHOP, '--size', size, '--scale', scale)
            self.assertEqual(png.size(self.path('a.png')), pixels)

    def test_svg(self):
        svg = self.export('a.svg', '--size=500x400', SHOP).decode()
        self.assertIn('width="500px"', svg)
        self.assertIn('height="400px"', svg)
        self.assertTrue(svg.rstrip().endswith('</svg>'))

    def test_pdf(self):
        pdf = self.export('a.pdf', '--size=400x240', SHOP)
        self.assertTrue(pdf.startswith(b'%PDF-'))
        self.assertRegex(pdf, rb'/MediaBox \[ 0 0 300(\.0*)? 180(\.0*)? \]')

    def test_theme(self):
        backgrounds = []
        for theme in ('light', 'dark'):
            self.export('a.png', SHOP, '--theme', theme, '--scale=1', '--size=300x300')
            backgrounds.append(png.read(self.path('a.png'))[2][0][0])
        self.assertEqual(backgrounds, [(0xff,) * 3, (0x1e,) * 3])

    def test_elapsed(self):
        svg = [self.export('a.svg', SHOP, *options) for options in ((), ('--elapsed',))]
        self.assertNotEqual(*svg)
        self.assertEqual(svg[1], self.export('b.svg', SHOP, '--elapsed'))
        self.assertEqual(self.export('a.csv', SHOP), self.export('b.csv', SHOP, '--elapsed'))

    def test_demo(self):
        self.export('a.png', '--demo', '--size=400x300', '--scale=1')
        self.assertEqual(png.size(self.path('a.png')), (400, 300))

    def test_is_the_same_again(self):
        self.assertEqual(self.export('a.png', SHOP), self.export('b.png', SHOP))

    def test_headers(self):
        folder = os.path.join(DATA, 'headers')
        for name in sorted(os.listdir(folder)):
            with self.subTest(name):
                path = os.path.join(folder, name)
                self.export('a.png', '--size=300x300', '--scale=1', path)

    def curves(self, *arguments):
        text = self.export('a.csv', *arguments).decode('utf-8')
        return list(csv.DictReader(io.StringIO(text, newline='')))

    def test_curves(self):
        with open(SHOP, newline='', encoding='utf-8') as file:
            source = list(csv.DictReader(file))
        rows = self.curves(SHOP)
        self.assertEqual([(r['Timestamp'], r['Type'], r['Name'], r['User Count']) for r in rows],
                         [(r['Timestamp'], r['Type'], r['Name'], r['User Count']) for r in source])
        self.assertEqual(list(rows[0]), ['Timestamp', 'Type', 'Name', 'Response Time (ms)',
                                         'Requests/s', 'Failures/s', 'User Count'])

    def test_statistics(self):
        with open(SHOP, newline='', encoding='utf-8') as file:
            source = list(csv.DictReader(file))
        for statistic, column in (('p95', '95%'), ('p99.9', '99.9%'),
                                  ('max', 'Total Max Response Time'),
                                  ('min', 'Total Min Response Time'),
                                  ('total-average', 'Total Average Response Time')):
            with self.subTest(statistic):
                rows = self.curves(SHOP, '--statistic', statistic)
                for row, original in zip(rows, source):
                    expected = original[column]
                    if expected in ('N/A', '0') or original['Total Request Count'] == '0':
                        self.assertEqual(row['Response Time (ms)'], '')
                    else:
                        self.assertAlmostEqual(float(row['Response Time (ms)']) / float(expected),
                                               1, 12)

    def test_window(self):
        ten = self.curves(SHOP)
        self.assertEqual(self.curves(SHOP, '--window=10'), ten)
        for window in ('block', '5', '30', '60'):
            self.assertNotEqual(self.curves(SHOP, '--window', window), ten)

    def test_runs(self):
        two_tests = os.path.join(DATA, 'runs', 'shop_webui_reset_two_tests_stats_history.csv')
        runs = [self.curves(two_tests, f'--run={run}') for run in (1, 2, 3)]
        self.assertEqual(sum(runs, []), self.curves(two_tests))
        self.assertTrue(all(runs))
        self.export('a.png', two_tests, '--run=2', '--size=300x300', '--scale=1')

    def yesterday(self):
        """The same run a day before, half as fast."""
        with open(SHOP, encoding='utf-8', newline='') as file:
            rows = list(csv.reader(file))
        average = rows[0].index('Total Average Response Time')
        text = io.StringIO()
        writer = csv.writer(text, lineterminator='\r\n')
        for row in rows[1:]:
            row[0] = str(int(row[0]) - 86400)
            row[average] = repr(float(row[average]) * 2)
        writer.writerows(rows)
        return self.write('old_stats_history.csv', text.getvalue())

    def test_baseline(self):
        old = self.yesterday()
        rows = self.curves('--baseline', old, SHOP)
        self.assertEqual(len(rows), len(self.curves(SHOP)))
        n = 0
        for row in rows:
            if row['Response Time (ms)'] and row['Name'] != 'Aggregated':
                n += 1
                self.assertAlmostEqual(float(row['Baseline Response Time (ms)']),
                                       2 * float(row['Response Time (ms)']), 4)
            self.assertEqual(row['Baseline Requests/s'], row['Requests/s'])
        self.assertGreater(n, 300)
        self.assertNotIn('Baseline Requests/s', self.curves(SHOP)[0])

        # Pictures of all kinds have its curves, and say what they are.
        alone = self.export('a.png', SHOP, '--size=600x400', '--scale=1')
        beside = self.export('b.png', SHOP, '--size=600x400', '--scale=1', '--baseline', old)
        self.assertNotEqual(alone, beside)
        self.assertGreater(len(self.export('a.svg', SHOP, '--baseline', old)),
                           len(self.export('b.svg', SHOP)) * 1.5)

    def test_baseline_run(self):
        path = os.path.join(DATA, 'runs', 'shop_webui_reset_two_tests_stats_history.csv')

        def throughput(*arguments):
            return [row['Baseline Requests/s'] for row in self.curves(SHOP, *arguments)]
        last = throughput('--baseline', path)
        self.assertEqual(last, throughput('--baseline', path, '--baseline-run=3'))
        self.assertNotEqual(last, throughput('--baseline', path, '--baseline-run=1'))
        self.assertTrue(any(last))
        self.assert_export_refused(['--baseline-run=4', '3'], SHOP, '--baseline', path,
                                   '--baseline-run=4')
        own = self.curves(path, '--baseline', path, '--run=3', '--baseline-run=1')
        self.assertTrue(any(row['Baseline Requests/s'] for row in own))

    def test_old_releases(self):
        for name, response_time in (('A_0.13.3-0.14.6_full.csv', '50%'),
                                    ('B_1.0-1.1.1_full.csv', '50%')):
            with self.subTest(name):
                rows = self.curves(os.path.join(DATA, 'headers', name))
                self.assertEqual({(r['Type'], r['Name']) for r in rows},
                                 {('', 'Aggregated'), ('GET', '/items, all'), ('GET', '/slow'),
                                  ('GET', 'say "hi"'), ('GET', 'two\nlines'),
                                  ('POST', '搜索商品')})
                self.assertTrue(all(float(r['Response Time (ms)']).is_integer()
                                    for r in rows if r['Response Time (ms)']))

    def test_windows(self):
        folder = os.path.join(DATA, 'headers')
        rows = [self.curves(os.path.join(folder, name))
                for name in ('W_windows_utf8.csv', 'W_windows_gbk.csv',
                             'D_2.2.2-2.28.0_full.csv')]
        strip = [[{k: v.replace('\r', '') for k, v in row.items()} for row in r] for r in rows]
        self.assertEqual(strip[0], strip[1])
        self.assertEqual(strip[0], strip[2])

    def test_relative_target(self):
        result = self.run_program('--export', 'a.svg', SHOP)
        self.assertEqual((result.returncode, result.stderr), (0, b''))
        self.assertIn(b'</svg>', self.read('a.svg'))

    def test_link(self):
        self.write('real.png', OLD)
        os.symlink('real.png', self.path('a.png'))
        self.export('a.png', SHOP, '--size=300x300', '--scale=1')
        self.assertTrue(os.path.islink(self.path('a.png')))
        self.assertEqual(png.size(self.path('real.png')), (300, 300))

    def test_file_is_not_touched(self):
        with open(SHOP, 'rb') as file:
            path = self.write('run_stats_history.csv', file.read())
        before = os.stat(path), self.read('run_stats_history.csv')
        self.export('a.png', path)
        self.assertEqual(self.read('run_stats_history.csv'), before[1])
        self.assertEqual(os.stat(path).st_mtime_ns, before[0].st_mtime_ns)

    def test_version(self):
        result = self.run_program('--version')
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, rb'^locustscope [0-9.]+\n$')

    def test_help(self):
        result = self.run_program('--help')
        self.assertEqual(result.returncode, 0)
        self.assertIn(b'--endpoint', result.stdout)


class Endpoints(Case):
    # The colours of the ten curves, as Cairo writes them, are not asked for:
    # what tells is how many lines there are in the legend.

    def strokes(self, *arguments):
        svg = self.export('a.svg', '--size=1200x1200', *arguments).decode()
        return set(re.findall(r'stroke[:=]"? *(rgb\([^)]*\))', svg))

    def grid(self):
        """What is stroked that is no curve."""
        return self.strokes(SHOP, '--endpoint=GET /api/cart') & \
            self.strokes(SHOP, '--endpoint=POST /api/checkout')

    def curves(self, *patterns, file=SHOP):
        options = [f'--endpoint={pattern}' for pattern in patterns]
        return self.strokes(file, *options) - self.grid()

    def test_default(self):
        self.assertEqual(len(self.curves()), 7)

    def test_name(self):
        self.assertEqual(len(self.curves('/api/cart')), 2)

    def test_type_and_name(self):
        self.assertEqual(len(self.curves('GET /api/cart')), 1)
        self.assertEqual(len(self.curves('POST *')), 2)

    def test_repeated(self):
        self.assertEqual(len(self.curves('POST *', '/api/products')), 3)
        self.assertEqual(self.curves('POST *', 'GET /api/cart'),
                         self.curves('/api/cart', '/api/checkout'))

    def test_chinese(self):
        self.assertEqual(len(self.curves('搜索商品')), 1)
        self.assertEqual(self.curves('搜索*'), self.curves('GET 搜索商品'))

    def test_comma_and_quotes(self):
        self.assertEqual(self.curves('/search?q=red, "wide" shoes'), self.curves('/search*'))
        self.assertEqual(len(self.curves('/search*')), 1)

    def test_total(self):
        self.assertEqual(len(self.curves('Aggregated')), 1)

    def test_many(self):
        self.assertGreater(len(self.curves('GET *', file=MANY)), 9)


class Limits(Case):
    """--limit: status 2 and a line for each endpoint that was above, by the file's own columns."""

    def check(self, status, *arguments):
        """Exports, which is done in any case; what was said."""
        path = self.path('a.png')
        if os.path.exists(path):
            os.remove(path)
        result = self.run_program('--export', path, *arguments)
        self.assertEqual((result.returncode, result.stdout), (status, b''), result.stderr)
        self.assertTrue(os.path.exists(path))
        return result.stderr.decode().splitlines()

    def find_above(self, column, bound):
        """{"GET /name": (first stamp above, blocks above, highest)}, of endpoints and the total."""
        found = {}
        with open(SHOP, newline='', encoding='utf-8') as file:
            for row in csv.DictReader(file):
                value = float(row[column].replace('N/A', '0'))
                if value > bound:
                    name = (row['Type'] + ' ' + row['Name']).strip()
                    first, n, highest = found.get(name, (int(row['Timestamp']), 0, 0))
                    found[name] = (first, n + 1, max(highest, value))
        return found

    def test_percentile(self):
        expected = self.find_above('95%', 100)
        del expected['Aggregated']
        lines = self.check(2, '--limit=p95=100', SHOP)
        self.assertEqual(len(lines), len(expected))
        self.assertGreater(len(lines), 2)
        for name, (first, n, highest) in expected.items():
            line = next(line for line in lines if line.startswith(f'locustscope: {name}: p95 '))
            clock, seconds, most = re.search(
                r' at (\S+ \S+), above 100 ms \(limit exceeded for (\d+) s, highest (\S+) ms\)$',
                line).groups()
            # Locust writes a block up to a second after its whole second.
            self.assertIn(clock, [time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(s))
                                  for s in (first, first + 1)])
            self.assertAlmostEqual(int(seconds), n, delta=2)
            self.assertEqual(float(most), highest)

    def test_elapsed(self):
        lines = self.check(2, '--limit=p95=100', '--elapsed', SHOP)
        self.assertGreater(len(lines), 2)
        for line in lines:
            self.assertRegex(line, r' at [01]:\d\d, above 100 ms ')

    def test_failures(self):
        for limit in ('failures=0.05', 'failure-share=0.05'):
            name, value = limit.split('=')
            unit = ' %' if 'share' in name else '/s'
            lines = self.check(2, f'--limit={limit}', SHOP)
            self.assertRegex(lines[0], f'POST /api/checkout: {name} [0-9.]+{unit} at '
                                       f'.*, above {value}{unit} ')

    def test_kept(self):
        self.assertEqual(self.check(0, '--limit=p95=9000', '--limit=failure-share=60', SHOP), [])

    def test_equal_is_kept(self):
        highest = max(entry[2] for entry in self.find_above('95%', 0).values())
        self.assertEqual(self.check(0, f'--limit=p95={highest}', SHOP), [])
        self.assertEqual(len(self.check(2, f'--limit=p95={highest - 1}', SHOP)), 1)

    def test_pattern(self):
        lines = self.check(2, '--limit=p95=100:*/api/checkout', SHOP)
        self.assertEqual([line.split(':')[1] for line in lines], [' POST /api/checkout'])
        lines = self.check(2, '--limit=p95=9000:POST *', '--limit=p95=100', SHOP)
        self.assertNotIn('POST /api/checkout', ' '.join(lines))
        self.assertGreater(len(lines), 1)

    def test_total_only_if_named(self):
        self.assertNotIn('Aggregated', ' '.join(self.check(2, '--limit=p95=1', SHOP)))
        self.assertEqual(len(self.check(2, '--limit=p95=1:Aggregated', SHOP)), 1)
        alone = os.path.join(DATA, 'runs', 'shop_nohist_stats_history.csv')
        lines = self.check(2, '--limit=p95=1', alone)
        self.assertEqual([line.split(':')[1] for line in lines], [' Aggregated'])

    def test_endpoints_that_are_not_drawn(self):
        lines = self.check(2, '--limit=p95=100', '--endpoint=/api/cart', SHOP)
        self.assertIn('POST /api/checkout', ' '.join(lines))

    def test_run(self):
        path = os.path.join(DATA, 'runs', 'shop_webui_reset_two_tests_stats_history.csv')
        whole = self.check(2, '--limit=max=1', path)
        third = self.check(2, '--limit=max=1', '--run=3', path)
        times = [[re.search(r' at (\S+ \S+), ', line).group(1) for line in lines]
                 for lines in (whole, third)]
        self.assertLess(max(times[0]), min(times[1]))

    def test_table(self):
        result = self.run_program('--export', self.path('a.csv'), '--limit=p95=100', SHOP)
        self.assertEqual(result.returncode, 2)
        self.assertTrue(self.read('a.csv'))

    def test_refused(self):
        for limit, says in (('p95', 'STATISTIC=VALUE'), ('p95=', '“”'), ('p95=fast', '“fast”'),
                            ('p95=-1', '“-1”'), ('requests=5', '“requests”'),
                            ('p12.5=5', 'p99.9, '), ('p95=5:/nowhere', 'no endpoint'),
                            ('p95=5:', 'STATISTIC=VALUE'),
                            ('failure-share=101', '100 per cent')):
            self.assert_export_refused([f'--limit={limit}: ', says], '--limit=' + limit, SHOP)

    def test_nothing_to_check(self):
        row = '1795338539,0,GET,/a,0,0,N/A,N/A,0,0,0,0,0,0,0\r\n'
        path = self.write('idle.csv', HEADER + row)
        self.assert_export_refused('no value to check', '--limit=average=5', path)

    def test_names_are_plain(self):
        row = '1795338539,1,GET,/\x1b[31m,0,0,9,9,1,0,9,9,9,9,0\r\n'
        path = self.write('red.csv', HEADER + row)
        lines = self.check(2, '--limit=p50=5', path)
        self.assertEqual(len(lines), 1)
        self.assertNotIn('\x1b', lines[0])

    def test_third_chart(self):
        share = self.export('share.png', '--failure-share', SHOP)
        self.assertNotEqual(share, self.export('rate.png', '--failures', SHOP))
        self.assertNotEqual(share, self.export('none.png', SHOP))
        self.assert_export_refused('exclude each other', '--failures', '--failure-share', SHOP)


class Baselines(Case):
    """--baseline where there is nothing, or not enough, to compare with."""

    def test_words(self):
        self.assert_export_refused('--baseline: the name', SHOP, '--baseline=')
        self.assert_refused('--baseline: the name', SHOP, '--baseline=')
        for run in ('x', '0', '-1', ''):
            self.assert_export_refused(f'--baseline-run={run}: not a number', SHOP, '--baseline',
                                       MANY, f'--baseline-run={run}')

    def test_same_file(self):
        self.assert_export_refused('It is the run that is shown', SHOP, '--baseline', SHOP)
        path = os.path.join(DATA, 'runs', 'shop_webui_reset_two_tests_stats_history.csv')
        link = self.path('link_stats_history.csv')
        os.symlink(os.path.abspath(path), link)
        self.assert_export_refused('It is the run that is shown', path, '--baseline', link,
                                   '--run=1', '--baseline-run=1')

    def test_without_counterparts(self):
        rows = [f'{1795338539 + i},1,GET,/else,1,0,9,9,{i},0,9,9,9,9,0\r\n' for i in range(9)]
        other = self.write('other.csv', HEADER + ''.join(rows))
        result = self.run_program('--export', self.path('a.csv'), SHOP, '--baseline', other)
        self.assertEqual((result.returncode, result.stderr.decode()),
                         (0, 'locustscope: --baseline=other.csv: It has none of these endpoints.\n'))


class Names(Case):
    def test_paths(self):
        for name in ('with space', 'per%cent %s %n %20', '搜索 结果', 'line\nbreak', 'tab\there',
                     'quote\'"<b>&', '-dash'):
            with self.subTest(name):
                with open(SHOP, 'rb') as file:
                    path = self.write(name + '.csv', file.read())
                self.export(name + '.png', path, '--size=300x300', '--scale=1')
                self.assertEqual(png.size(self.path(name + '.png')), (300, 300))

    def test_path_that_is_no_text(self):
        with open(SHOP, 'rb') as file:
            text = file.read()
        path = os.path.join(self.folder.encode(), b'latin\xe9.csv')
        with open(path, 'wb') as file:
            file.write(text)
        self.export('a.png', path)

    def test_names_in_the_data(self):
        names = ['<b>bold</b> & &amp;', '"quotes, and commas"', 'line\nbreak', 'cr\rlf\r\nin it',
                 '%s%n%d', '搜索商品 🛒', '\u202eright to left', 'a' * 5000, '', ' ']
        rows = [HEADER]
        for second in range(15):
            for name in names:
                quoted = '"' + name.replace('"', '""') + '"'
                rows.append(f'{1795338538 + second},5,GET,{quoted},1.0,0.0,5,9,{second * 3},0,'
                            f'5,5.5,1,9,64.0\r\n')
            rows.append(f'{1795338538 + second},5,,Aggregated,9.0,0.0,5,9,'
                        f'{second * 3 * len(names)},0,5,5.5,1,9,64.0\r\n')
        path = self.write('names.csv', ''.join(rows))
        for name in ('a.png', 'a.svg', 'a.pdf'):
            self.export(name, path)
        self.export('b.svg', path, '--endpoint', 'GET <b>bold</b> & &amp;', '--endpoint=%s%n%d',
                    '--endpoint=line\nbreak')

    def test_bytes_that_are_no_text(self):
        rows = [HEADER.encode()]
        for second in range(5):
            rows.append(b'%d,5,GET,/\xff\xfe\xb8,1.0,0.0,5,9,%d,0,5,5.5,1,9,64.0\r\n' %
                        (1795338538 + second, second))
        self.export('a.svg', self.write('bytes.csv', b''.join(rows)))


class Refusals(Case):
    def test_missing_file(self):
        self.assert_export_refused('nothing-here.csv', 'nothing-here.csv')

    def test_missing_file_of_a_strange_name(self):
        self.assert_export_refused('strange', 'strange\nname %s.csv')

    def test_folder(self):
        os.mkdir(self.path('some-folder'))
        self.assert_export_refused('some-folder', self.path('some-folder'))

    def test_pipe(self):
        os.mkfifo(self.path('some-pipe'))
        self.assert_export_refused('some-pipe', self.path('some-pipe'))

    def test_wrong_format(self):
        for name, data in (('other.csv', 'a,b,c\n1,2,3\n'),
                           ('exceptions.csv', 'Count,Message,Traceback,Nodes\r\n'),
                           ('binary.csv', bytes(range(256)) * 50 + b'\n')):
            with self.subTest(name):
                self.assert_export_refused(name, self.write(name, data))

    def test_empty_file(self):
        self.assert_export_refused('empty.csv', self.write('empty.csv', ''))

    def test_only_a_header(self):
        self.assert_export_refused('header.csv', self.write('header.csv', HEADER))

    def test_size(self):
        for size in ('', 'x', '600', '600x', 'x400', '600x400x2', '600,400', '99x400', '600x99',
                     '16385x400', '600x16385', '-600x400', '6e2x400', ' 600x400', '600x400 ',
                     '99999999999999999999x400', '0x0'):
            with self.subTest(size):
                self.assert_export_refused(f'--size={size}', SHOP, f'--size={size}')

    def test_scale(self):
        for scale in ('', 'two', '0', '0.49', '8.01', '-1', 'nan', 'inf', '1,5', '2x', '1e9'):
            with self.subTest(scale):
                self.assert_export_refused(f'--scale={scale}', SHOP, f'--scale={scale}')

    def test_theme(self):
        for theme in ('', 'Light', 'pink', 'dark '):
            with self.subTest(theme):
                self.assert_export_refused(f'--theme={theme}', SHOP, f'--theme={theme}')

    def test_unmatched_pattern(self):
        for pattern in ('', 'nothing', '/api/carts', 'PUT *', 'get /api/cart', 'cart'):
            with self.subTest(pattern):
                self.assert_export_refused(f'--endpoint={pattern}', SHOP, '--endpoint=*cart',
                                           f'--endpoint={pattern}')

    def test_unknown_ending(self):
        for name in ('a.jpg', 'a', 'png', 'a.png.bak', 'a.txt'):
            with self.subTest(name):
                self.write(name, OLD)
                self.assert_refused(name, '--export', self.path(name), SHOP)
                self.assertEqual(self.read(name), OLD)

    def test_source_is_not_overwritten(self):
        with open(SHOP, 'rb') as file:
            rows = file.read()
        source = self.write('own.csv', rows)
        os.symlink(source, self.path('link.csv'))
        for target in ('own.csv', 'link.csv'):
            self.assert_refused(target, '--export', self.path(target), source)
            self.assertEqual(self.read('own.csv'), rows)

    def test_no_such_statistic(self):
        self.assert_export_refused('p42', SHOP, '--statistic=p42')
        self.assert_export_refused('requests', SHOP, '--statistic=requests')
        self.assert_export_refused('median', SHOP, '--throughput=median')
        self.assert_export_refused('7', SHOP, '--window=7')
        self.assert_export_refused('2', SHOP, '--run=2')
        self.assert_export_refused('0', SHOP, '--run=0')

    def test_baseline(self):
        missing = self.path('missing.csv')
        self.assert_export_refused('missing.csv', SHOP, '--baseline', missing)
        self.assert_export_refused('strange.csv', SHOP, '--baseline',
                                   self.write('strange.csv', 'a,b\r\n1,2\r\n'))
        self.assert_export_refused('empty.csv', SHOP, '--baseline',
                                   self.write('empty.csv', HEADER))
        self.assert_export_refused('--baseline', SHOP, '--baseline-run=1')
        old = self.write('old.csv', OLD)
        self.assert_refused('old.csv', '--export', old, SHOP, '--baseline', old)
        self.assertEqual(self.read('old.csv'), OLD)

    def test_file_count(self):
        self.assert_export_refused('--export')
        self.assert_export_refused('--export', SHOP, SHOP)
        self.assert_export_refused('--export', '--demo', SHOP)

    def test_target(self):
        os.mkdir(self.path('folder.png'))
        self.write('file', OLD)
        for target in ('missing/a.png', 'folder.png', 'file/a.png'):
            with self.subTest(target):
                self.assert_refused(target, '--export', self.path(target), SHOP)
        self.assertEqual(self.read('file'), OLD)

    def test_target_is_too_large(self):
        self.assert_export_refused('', SHOP, '--size=16384x16384', '--scale=8')

    @unittest.skipIf(os.geteuid() == 0, 'the superuser may write and read anywhere')
    def test_rights(self):
        self.write('old.png', OLD)
        os.chmod(self.folder, stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(os.chmod, self.folder, stat.S_IRWXU)
        self.assert_refused('old.png', '--export', self.path('old.png'), SHOP)
        self.assertEqual(self.read('old.png'), OLD)
        os.chmod(self.folder, stat.S_IRWXU)
        os.chmod(self.write('secret.csv', HEADER), 0)
        self.assert_export_refused('secret.csv', self.path('secret.csv'))

    def test_option_without_export(self):
        for option in ('--size=600x400', '--scale=2', '--theme=dark', '--endpoint=*', '--elapsed'):
            with self.subTest(option):
                self.assert_refused(option.split('=')[0], option, SHOP)

    def test_unknown_option(self):
        self.assert_export_refused('--frobnicate', SHOP, '--frobnicate')

    def test_missing_argument(self):
        self.assert_refused('--export', '--export')

    def test_no_display(self):
        self.assert_refused('--export', SHOP)


# The same again where people speak and write otherwise.

CHINESE = {'LANGUAGE': 'zh_CN', 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8'}
ASCII = {'LANGUAGE': '', 'LANG': 'C', 'LC_ALL': 'C'}


class ChinesePictures(Pictures):
    extra = CHINESE


class ChineseRefusals(Refusals):
    extra = CHINESE

    def test_is_translated(self):
        text = self.assert_export_refused('', 'nothing-here.csv')
        if not os.environ.get('LOCUSTSCOPE_LOCALEDIR'):
            self.skipTest('the translations are not where the program looks')
        self.assertIn('不存在', text)


class AsciiPictures(Pictures):
    extra = ASCII


class AsciiEndpoints(Endpoints):
    extra = ASCII


class AsciiNames(Names):
    extra = ASCII


class AsciiRefusals(Refusals):
    extra = ASCII


class MissingLocale(Case):
    """One that was never made on this machine, as over ssh."""
    extra = {'LANGUAGE': '', 'LANG': 'xx_YY.UTF-8', 'LC_ALL': 'xx_YY.UTF-8'}

    def test_says_nothing_of_it(self):
        r = self.run_program('--version')
        self.assertEqual((r.returncode, r.stderr), (0, b''))

    def test_letters(self):
        r = self.run_program('--help')
        self.assertEqual((r.returncode, r.stderr), (0, b''))
        self.assertIn('“-” is standard input', r.stdout.decode())


if __name__ == '__main__':
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
