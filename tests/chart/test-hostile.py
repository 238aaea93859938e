#!/usr/bin/env python3
# test-hostile.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Histories that nobody would write on purpose: whatever stands in one row, all
# others are shown, names come out as they went in, nothing of them is obeyed,
# and memory does not grow with what cannot be read.

import csv
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = ''
DATA = os.environ['TEST_DATA']
HEADER = ('Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,100%,Total Request Count,'
          'Total Failure Count,Total Median Response Time,Total Average Response Time,'
          'Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n')
START = 1795338539
MAX_ROW = 1 << 20
MB = 1 << 20

# Of a process that reads anything: what was measured is 27 MB.
MOST_MEMORY = 100 * MB

# A process is said to have used what the one had that started it, so a small one does.
MEASURE = '''
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w") as out:
    print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, file=out)
'''

csv.field_size_limit(1 << 30)


def quote(name):
    return '"' + name.replace('"', '""') + '"' if any(c in name for c in ',"\r\n') else name


def row(stamp, name, count, average=50, kind='GET', users=5, failures=0, p95=90):
    return (f'{stamp},{users},{kind},{quote(name)},1,0,50,{p95},100,{count},{failures},50,{average},'
            f'10,100,64\r\n')


def blocks(names, n=10, start=START):
    """Rows of n seconds, each with its total."""
    text = []
    for i in range(n):
        text += [row(start + i, name, (i + 1) * 10) for name in names]
        text.append(row(start + i, 'Aggregated', (i + 1) * 10 * len(names), kind=''))
    return ''.join(text)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, *parts):
        with open(self.path('a_stats_history.csv'), 'wb') as file:
            for part in parts:
                file.write(part if isinstance(part, bytes) else part.encode())
        return file.name

    def run_program(self, out, file):
        """Status, what was said, and the most memory that was in use."""
        measured = self.path('measured')
        result = subprocess.run([sys.executable, '-S', '-c', MEASURE, measured, PROGRAM, '--export',
                                 self.path(out), file], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = result.stdout.decode()
        self.assertEqual(result.returncode, 0, text)
        with open(measured) as file:
            status, memory = map(int, file.read().split())
        self.assertGreaterEqual(status, 0, text)
        return status, text, memory * 1024

    def rows(self, file, says=(), most=MOST_MEMORY):
        """The rows of an export, as (time, type, name), and what was said of it."""
        status, text, memory = self.run_program('out.csv', file)
        self.assertEqual(status, 0, text)
        self.assertLess(memory, most)
        for part in says:
            self.assertIn(part, text)
        if not says:
            self.assertEqual(text, '')
        with open(self.path('out.csv'), encoding='utf-8', newline='') as out:
            return [(int(r['Timestamp']), r['Type'], r['Name']) for r in csv.DictReader(out)]

    def counts(self, *args, **kwargs):
        found = {}
        for _, _, name in self.rows(*args, **kwargs):
            found[name] = found.get(name, 0) + 1
        return found

    def assert_refused(self, says, file):
        if os.path.exists(self.path('out.csv')):
            os.remove(self.path('out.csv'))
        status, text, memory = self.run_program('out.csv', file)
        self.assertEqual(status, 1, text)
        self.assertEqual(text.count('\n'), 1, text)
        self.assertIn(says, text)
        self.assertLess(memory, MOST_MEMORY)
        self.assertFalse(os.path.exists(self.path('out.csv')))

    def assert_drawn(self, file):
        """As pictures, too."""
        for out in ('out.png', 'out.svg', 'out.pdf'):
            status, text, memory = self.run_program(out, file)
            self.assertEqual(status, 0, text)
            self.assertLess(memory, MOST_MEMORY)
        root = xml.etree.ElementTree.parse(self.path('out.svg')).getroot()
        self.assertTrue(root.tag.endswith('svg'))


class Names(Case):
    def test_are_text(self):
        names = ['<b>&amp;</b>', '</svg><script>', '%s%n%d', '\x01\x07\x1b[31m\x7f', 'new\nline',
                 'a\rb\r\nc', '\u202etfel\u05d0\u05d1', 'zero\u200bwidth\u2060', '../../etc/passwd',
                 '$(id)`id`', ' ', '"quoted"', 'a,b;c\td', 'é' * 40, '\U0001f600' * 30]
        file = self.write(HEADER, blocks(names))
        self.assertEqual(self.counts(file), {name: 10 for name in names + ['Aggregated']})
        self.assert_drawn(file)

    def test_nul(self):
        file = self.write(HEADER, blocks(['/ok', '/nu\0l']))
        self.assertEqual(self.counts(file), {'/ok': 10, '/nu\ufffdl': 10, 'Aggregated': 10})
        self.assert_drawn(file)

    def test_of_a_megabyte(self):
        names = ['/' + 'a' * (MAX_ROW - 300), '/' + '字' * (MAX_ROW // 3 - 100), '/ok']
        file = self.write(HEADER, blocks(names, 3))
        self.assertEqual(self.counts(file), {name: 3 for name in names + ['Aggregated']})
        self.assert_drawn(file)
        self.assertLess(os.path.getsize(self.path('out.svg')), MB)

    def test_too_long(self):
        file = self.write(HEADER, blocks(['/' + 'a' * MAX_ROW, '/ok'], 3))
        self.assertEqual(self.counts(file, [f'longer than {MAX_ROW} bytes', '3 rows']),
                         {'/ok': 3, 'Aggregated': 3})

    def test_a_hundred_thousand(self):
        names = [f'/e/{i}' for i in range(100000)]
        file = self.write(HEADER, blocks(names, 3))
        found = self.counts(file, most=600 * MB)
        self.assertEqual(len(found), 100001)
        self.assertEqual(set(found.values()), {3})


class Lines(Case):
    def assert_passed_over(self, file):
        found = self.counts(file, [f'line 22: the row is longer than {MAX_ROW} bytes', '1 row '])
        self.assertEqual(found, {'/a': 20, 'Aggregated': 20})

    def test_a_gigabyte_of_nul(self):
        file = self.write(HEADER, blocks(['/a']))
        os.truncate(file, os.path.getsize(file) + (1 << 30))
        with open(file, 'ab') as out:
            out.write(b'\r\n' + blocks(['/a'], start=START + 10).encode())
        self.assert_passed_over(file)

    def test_text(self):
        for start in ('', '1795338549,5,GET,"'):
            self.assert_passed_over(self.write(HEADER, blocks(['/a']), start, 'x' * (64 * MB),
                                               '\r\n', blocks(['/a'], start=START + 10)))

    def test_first(self):
        self.assert_refused(f'first line of this file is longer than {MAX_ROW} bytes',
                            self.write('x' * (64 * MB)))

    def test_nothing_but_nul(self):
        file = self.write('')
        os.truncate(file, 1 << 30)
        self.assert_refused('begins with zeros', file)


class Headers(Case):
    def test_ten_thousand_columns(self):
        wide = HEADER.strip() + ''.join(f',{i}%' for i in range(10000)) + '\r\n'
        self.assert_refused('more than 128 columns', self.write(wide, blocks(['/a'])))

    def test_no_rows(self):
        for text in (HEADER, HEADER.strip(), ''):
            self.assert_refused('holds no rows yet', self.write(text))
        status, text, _ = self.run_program('out.png', self.write(HEADER, 'x,y,z\r\n' * 20))
        self.assertEqual(status, 1)
        self.assertIn('20 rows could not be read', text.splitlines()[0])
        self.assertIn('holds no row that can be read', text.splitlines()[-1])

    def test_line_ends(self):
        text = HEADER + blocks(['/a'])
        self.assertEqual(self.counts(self.write(text.replace('\r\n', '\n'))),
                         {'/a': 10, 'Aggregated': 10})
        self.assert_refused('end with CR alone', self.write(text.replace('\r\n', '\r')))

    def test_history_beside(self):
        self.write(HEADER, blocks(['/a']))
        for name in ('stats', 'failures'):
            path = os.path.join(DATA, 'runs', f'shop_full_{name}.csv')
            with open(path, 'rb') as source, open(self.path(f'a_{name}.csv'), 'wb') as out:
                out.write(source.read())
            self.assert_refused(f'Open {self.path("a_stats_history.csv")} beside it',
                                self.path(f'a_{name}.csv'))
        os.remove(self.path('a_stats_history.csv'))
        self.assert_refused('Open PREFIX_stats_history.csv beside it', self.path('a_stats.csv'))


class Numbers(Case):
    # What is a number where an average stands.
    NUMBERS = ['-0', '-5', '+5', '1e5', '1e-400', '0.5', 'N/A', '999999999999999.0']
    TOO_LARGE = ['1e16', '18446744073709551616', '-1e16', '1e308', '9' * 300]
    NONE = ['1e999', 'nan', 'inf', '-inf', 'NaN', '9' * 401, '', '0x10', '１', '1_000', ' 7', '7 ']

    def assert_kept(self, one, says):
        """All others are, and the one row where nothing is said of it."""
        file = self.write(HEADER, blocks(['/a', '/b']), one, blocks(['/c'], start=START + 20))
        found = self.counts(file, says)
        self.assertEqual(found, {'/a': 10 if says else 11, '/b': 10, '/c': 10, 'Aggregated': 20})
        for out in ('out.png', 'out.svg'):
            self.assertEqual(self.run_program(out, file)[0], 0)

    def test_average(self):
        for number in self.NUMBERS:
            self.assert_kept(row(START + 10, '/a', 110, average=number), [])
        for number in self.NONE:
            self.assert_kept(row(START + 10, '/a', 110, average=number),
                             ['1 row ', 'line 32: column 13 is not a number'])

        for number in self.TOO_LARGE:
            self.assert_kept(row(START + 10, '/a', 110, average=number),
                             ['1 row ', 'line 32: column 13 is larger than can be'])

    def test_percentile(self):
        for number in ('-5', '1e300'):
            self.assert_kept(row(START + 10, '/a', 110, p95=number), [])
        self.assert_kept(row(START + 10, '/a', 110, p95='1e999'),
                         ['line 32: column 8 is not a number: “1e999”'])

    def test_counts(self):
        for number in ('1e3', '-5', '-0', '', '9' * 20, 'nan', '1.5'):
            self.assert_kept(row(START + 10, '/a', number), ['line 32: column 10 is not a whole'])
            self.assert_kept(row(START + 10, '/a', 110, failures=number), ['column 11 is not a'])
            self.assert_kept(row(START + 10, '/a', 110, users=number), ['column 2 is not a'])

    def test_more_columns(self):
        self.assert_kept(row(START + 10, '/a', 110, average='1,5'),
                         ['17 columns where the header has 16'])


class Times(Case):
    def test_far(self):
        for start in (0, 1, 4294967296, 253402300700):
            file = self.write(HEADER, blocks(['/a'], start=start))
            times = sorted({stamp for stamp, _, _ in self.rows(file)})
            self.assertEqual(times, list(range(start, start + 10)))
            self.assert_drawn(file)

    def test_no_time(self):
        for stamp, says in (('-5', 'column 1 is not a whole number'), (10 ** 18, 'the year 9999'),
                            (2 ** 63, 'the year 9999'), ('', 'column 1 is not a whole number'),
                            (4294967296, 'years after')):
            file = self.write(HEADER, blocks(['/a']), row(stamp, '/a', 110),
                              blocks(['/b'], start=START + 10))
            self.assertEqual(self.counts(file, ['1 row ', 'line 22: ', says]),
                             {'/a': 10, '/b': 10, 'Aggregated': 20})

    def test_fell_behind(self):
        """One block of 1970 is where it says, and the next where it was."""
        file = self.write(HEADER, blocks(['/a']), blocks(['/a'], 1, 5),
                          blocks(['/a'], start=START + 10))
        times = [stamp for stamp, _, name in self.rows(file) if name == '/a']
        self.assertEqual(times, [*range(START, START + 10), 5, *range(START + 10, START + 20)])
        self.assert_drawn(file)

    def test_set_late(self):
        """A clock that begins in 1970 costs three blocks when it is set."""
        file = self.write(HEADER, blocks(['/a'], start=5), blocks(['/a']))
        times = [stamp for stamp, _, name in self.rows(file, ['6 rows']) if name == '/a']
        self.assertEqual(times, [*range(5, 15), *range(START + 3, START + 10)])

    def test_out_of_order(self):
        file = self.write(HEADER, blocks(['/a'], start=START + 100), blocks(['/a']))
        times = [stamp for stamp, _, name in self.rows(file) if name == '/a']
        self.assertEqual(times, [*range(START + 100, START + 110), *range(START, START + 10)])
        self.assert_drawn(file)

    def test_two_writers(self):
        file = os.path.join(DATA, 'runs', 'worker_and_master_same_prefix_stats_history.csv')
        with open(file, encoding='utf-8', newline='') as source:
            n = sum(len(line) == 24 for line in csv.reader(source)) - 1
        rows = self.rows(file, ['could not be read'])
        self.assertGreater(len(rows), n * 0.9)


if __name__ == '__main__':
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
