#!/usr/bin/env python3
# test-export-faults.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The built program, killed while it exports, twice at once, and on disks that
# are full or fail: an older file is there whole until the new one is.

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ''
FAULTY_DISK = ''
DATA = os.environ['TEST_DATA']
SHOP = os.path.join(DATA, 'runs', 'shop_full_stats_history.csv')
HEADER = ('Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,100%,Total Request Count,'
          'Total Failure Count,Total Median Response Time,Total Average Response Time,'
          'Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n')
OLD = b'what was there'
MOST_FILE_BYTES = 20000


def names(folder):
    return sorted(os.listdir(folder))


def hidden(folder):
    return [name for name in names(folder) if name.startswith('.')]


def read(path):
    with open(path, 'rb') as file:
        return file.read()


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.target = os.path.join(self.folder, 'chart.svg')
        with open(self.target, 'wb') as file:
            file.write(OLD)
        # Few rows, so that most of the time goes by while the file is written.
        self.source = os.path.join(DATA, 'headers', 'D_2.2.2-2.28.0_full.csv')

    def start(self, *arguments, fault=None, **more):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        if fault:
            environment['FAULTY_DISK'] = self.folder
            # One that watches addresses wants to be the first.
            environment['LD_PRELOAD'] = ' '.join(
                filter(None, (os.environ.get('LD_PRELOAD'), FAULTY_DISK)))
            environment.update({'FAULTY_' + name: str(value) for name, value in fault.items()})
        return subprocess.Popen([PROGRAM, *arguments], env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def finish(self, process, status=0):
        output, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, output), (status, b''), errors)
        return errors.decode()

    def export(self, target=None, **more):
        process = self.start('--export', target or self.target, self.source, **more)
        self.assertEqual(self.finish(process), '')

    def assert_fails(self, reason, target=None, **more):
        """One line with the target's name and the reason, and nothing has changed."""
        before = names(self.folder)
        process = self.start('--export', target or self.target, self.source, **more)
        errors = self.finish(process, 1)
        self.assertEqual(errors.count('\n'), 1, errors)
        self.assertIn(os.path.basename(target or self.target), errors)
        self.assertIn(reason, errors)
        self.assertNotIn('locustscope-export', errors)
        self.assertEqual(names(self.folder), before)
        self.assertEqual(read(self.target), OLD)


class Kills(Case):
    def kill(self, n, longest_s, fault=None):
        """Kills @n exports at any moment; how many left something, and ended before."""
        self.export()
        whole = read(self.target)
        left = ended = 0
        for _ in range(n):
            if random.random() < 0.5:
                with open(self.target, 'wb') as file:
                    file.write(OLD)
            process = self.start('--export', self.target, self.source, fault=fault)
            time.sleep(random.uniform(0, longest_s))
            process.kill()
            process.communicate()
            ended += process.returncode == 0
            self.assertIn(process.returncode, (0, -signal.SIGKILL))
            self.assertIn(read(self.target), (OLD, whole))
            self.assertLessEqual(len(names(self.folder)), 2)
            self.assertLessEqual(len(hidden(self.folder)), 1)
            left += len(hidden(self.folder))
        self.export()
        self.assertEqual(names(self.folder), ['chart.svg'])
        self.assertEqual(read(self.target), whole)
        return left, ended

    def test_at_any_moment(self):
        start = time.monotonic()
        self.export()
        left, ended = self.kill(150, (time.monotonic() - start) * 1.3)
        print(f'# killed 150 times: {left} left something, {ended} had ended', file=sys.stderr)
        self.assertLess(ended, 140)

    def test_while_it_is_written(self):
        start = time.monotonic()
        self.export(fault={'CALL': 'write', 'DELAY_MS': 5})
        left, ended = self.kill(60, time.monotonic() - start,
                                fault={'CALL': 'write', 'DELAY_MS': 5})
        print(f'# killed 60 times: {left} left something, {ended} had ended', file=sys.stderr)
        self.assertGreater(left, 5)

    def test_before_it_is_in_place(self):
        """All is written, but not renamed: the old file is there, the rest goes with the next."""
        process = self.start('--export', self.target, self.source,
                             fault={'CALL': 'rename', 'DELAY_MS': 60000})
        end = time.monotonic() + 30
        while not hidden(self.folder) and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.3)
        # Another export lets it alone while it lives.
        other = os.path.join(self.folder, 'other.png')
        self.export(other)
        self.assertEqual(len(hidden(self.folder)), 1)
        process.kill()
        process.communicate()
        self.assertEqual(read(self.target), OLD)
        self.assertEqual(len(hidden(self.folder)), 1)
        self.export(other)
        self.assertEqual(names(self.folder), ['chart.svg', 'other.png'])
        self.assertEqual(read(self.target), OLD)

    def test_source(self):
        """The program keeps nothing that is not in the file: killed, nothing of it is lost."""
        source = shutil.copy(SHOP, self.folder)
        before = read(source)
        for _ in range(20):
            process = self.start('--export', self.target, source)
            time.sleep(random.uniform(0, 0.1))
            process.kill()
            process.communicate()
        self.assertEqual(read(source), before)


class Together(Case):
    def test_two_to_one_file(self):
        wholes = []
        for theme in ('light', 'dark'):
            path = os.path.join(self.folder, theme + '.svg')
            self.assertEqual(self.finish(self.start('--export', path, '--theme', theme,
                                                    self.source)), '')
            wholes.append(read(path))
            os.remove(path)
        self.assertNotEqual(*wholes)
        seen = set()
        for _ in range(10):
            processes = [self.start('--export', self.target, '--theme', theme, self.source,
                                    fault={'CALL': 'write', 'DELAY_MS': random.randrange(3)})
                         for theme in random.sample(('light', 'dark'), 2)]
            while any(process.poll() is None for process in processes):
                self.assertIn(read(self.target), [OLD, *wholes])
            for process in processes:
                self.assertEqual(self.finish(process), '')
            seen.add(wholes.index(read(self.target)))
            self.assertEqual(names(self.folder), ['chart.svg'])
        print('# the last one was', ' or '.join('light dark'.split()[i] for i in seen),
              file=sys.stderr)


class Disks(Case):
    def test_faults(self):
        for call, number, after in (('create', errno.EACCES, 0), ('create', errno.EROFS, 0),
                                    ('create', errno.EDQUOT, 0), ('write', errno.ENOSPC, 0),
                                    ('write', errno.ENOSPC, 2), ('write', errno.EDQUOT, 1),
                                    ('write', errno.EIO, 1), ('fsync', errno.EIO, 0),
                                    ('close', errno.EDQUOT, 0), ('rename', errno.EIO, 0)):
            with self.subTest(call=call, number=errno.errorcode[number]):
                self.assert_fails(os.strerror(number),
                                  fault={'CALL': call, 'ERRNO': number, 'AFTER': after})
        self.export()
        self.assertIn(b'</svg>', read(self.target))

    def test_every_format(self):
        for ending in ('png', 'svg', 'pdf', 'csv'):
            self.assert_fails('No space left on device',
                              os.path.join(self.folder, 'new.' + ending),
                              fault={'CALL': 'write', 'ERRNO': errno.ENOSPC})

    def test_limited_file(self):
        """The signal that the system sends by default would kill it half way."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_FILE_BYTES, MOST_FILE_BYTES))
        self.assert_fails('File too large', preexec_fn=limit)

    def test_full_disk(self):
        """A real one, where one may be mounted."""
        disk = os.path.join(self.folder, 'disk')
        os.mkdir(disk)
        if os.geteuid() != 0 or shutil.which('mount') is None or subprocess.run(
                ['mount', '-t', 'tmpfs', '-o', 'size=32k', 'none', disk],
                capture_output=True).returncode:
            self.skipTest('nothing may be mounted here')
        self.addCleanup(subprocess.run, ['umount', disk], check=True)
        target = os.path.join(disk, 'chart.svg')
        with open(target, 'wb') as file:
            file.write(OLD)
        self.assert_fails('No space left on device', target)
        self.assertEqual(names(disk), ['chart.svg'])
        self.assertEqual(read(target), OLD)
        subprocess.run(['mount', '-o', 'remount,ro', disk], check=True)
        self.assert_fails('Read-only file system', target)
        subprocess.run(['mount', '-o', 'remount,rw,size=10m', disk], check=True)
        self.export(target)
        self.assertIn(b'</svg>', read(target))

    def test_folder_goes(self):
        """Deleted while the file is written."""
        folder = os.path.join(self.folder, 'gone')
        os.mkdir(folder)
        target = os.path.join(folder, 'chart.svg')
        process = self.start('--export', target, self.source,
                             fault={'CALL': 'rename', 'DELAY_MS': 1500})
        end = time.monotonic() + 30
        while not os.listdir(folder) and time.monotonic() < end:
            time.sleep(0.01)
        shutil.rmtree(folder)
        errors = self.finish(process, 1)
        self.assertIn('chart.svg', errors)
        self.assertIn('No such file or directory', errors)
        self.assertEqual(names(self.folder), ['chart.svg'])

    def test_device(self):
        """The ending says what is written, and a pipe or a terminal has none."""
        for target in ('/dev/stdout', '/dev/null', '-'):
            self.assert_fails('does not end in .png', target)
        link = os.path.join(self.folder, 'link.png')
        os.symlink('/dev/stdout', link)
        self.assert_fails('is a device, a pipe or a socket', link)


class Sources(Case):
    """What Locust has written is written over by nothing."""

    def setUp(self):
        super().setUp()
        self.source = shutil.copy(SHOP, self.folder)
        for kind in ('stats', 'failures'):
            shutil.copy(os.path.join(DATA, 'runs', f'shop_full_{kind}.csv'), self.folder)
        self.prefix = self.source.removesuffix('_stats_history.csv')

    def test_beside(self):
        before = {name: read(os.path.join(self.folder, name)) for name in names(self.folder)}
        for kind in ('stats', 'failures', 'exceptions'):
            self.assert_fails('where Locust itself writes', f'{self.prefix}_{kind}.csv')
        self.assert_fails('is a file that is shown', self.source)
        for name, text in before.items():
            self.assertEqual(read(os.path.join(self.folder, name)), text)

    def test_links(self):
        for make in (os.link, os.symlink):
            link = os.path.join(self.folder, f'{make.__name__}.csv')
            make(self.source, link)
            self.assert_fails('is a file that is shown', link)
        self.assertEqual(read(self.source), read(SHOP))

    def test_other_tests(self):
        other = os.path.join(self.folder, 'yesterday.csv')
        shutil.copy(SHOP, other)
        self.assert_fails('is a file of Locust', other)
        self.assertEqual(read(other), read(SHOP))
        # What was exported is not.
        table = os.path.join(self.folder, 'table.csv')
        self.export(table)
        self.export(table)

    def test_baseline(self):
        old = os.path.join(self.folder, 'old.csv')
        with open(old, 'w', newline='') as file:
            file.write(HEADER)
        for target in (old, os.path.join(self.folder, 'link.csv')):
            if target != old:
                os.symlink(old, target)
            process = self.start('--export', target, '--baseline', old, self.source)
            self.assertIn('is a file that is shown', self.finish(process, 1))
        self.assertEqual(read(old).decode(), HEADER)


if __name__ == '__main__':
    PROGRAM, FAULTY_DISK = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    unittest.main()
