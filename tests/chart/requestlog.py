# requestlog.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locust's log of single requests: worked out in the most obvious way, and made up.

Python's csv module reads the rows; for each second and endpoint there is a
list of what ended in it, and a window is those lists put together.

requestlog.py KIND SEED writes a log that a test has named.
"""

import collections
import csv
import fractions
import io
import math
import random
import re
import sys

COLUMNS = ['timestamp', 'request_type', 'name', 'response_time_ms', 'response_length',
           'status_code', 'exception']
HEADER = ','.join(COLUMNS)
CURVES = ['Timestamp', 'Type', 'Name', 'Response Time (ms)', 'Requests/s', 'Failures/s',
          'User Count']
TOTAL = ('', 'Aggregated')
WINDOWS = {'block': 1, '5': 5, '10': 10, '30': 30, '60': 60}
LONGEST_FILLED = 600    # s: a longer silence has no blocks

NUMBER = re.compile(r'[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?')

Request = collections.namedtuple('Request', 'run second endpoint time failed')

# A window reaches back to the second `start` at most; None: there is none.
Block = collections.namedtuple('Block', 'second run start')


# --- What it says ---

def cut_unfinished(text):
    """Without what follows the last line end that is in no quotes."""
    end, quoted = 0, False
    for i, c in enumerate(text):
        if c == '"':
            quoted = not quoted
        elif c == '\n' and not quoted:
            end = i + 1
    return text[:end]


def read_number(text):
    """None for what is none, or negative, or infinite."""
    number = float(text) if NUMBER.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


class Log:
    def __init__(self, data):
        text = cut_unfinished(data.decode('utf-8'))
        self.requests, self.n_unreadable = [], 0
        run = -1
        for row in csv.reader(io.StringIO(text, newline='')):
            if row == COLUMNS:
                run += 1
                continue
            timestamp = time = None
            if len(row) == len(COLUMNS):
                timestamp, time = read_number(row[0]), read_number(row[3])
            if timestamp is None or time is None:
                self.n_unreadable += 1
                continue
            self.requests.append(Request(run, math.floor(timestamp + time / 1000),
                                         (row[1], row[2]), time, row[6] != ''))
        self.endpoints = sorted({r.endpoint for r in self.requests}, key=lambda e: (e[1], e[0]))
        self.ended = collections.defaultdict(list)      # (second, endpoint): requests
        self.first = {}                                 # second of an endpoint's first one
        for request in self.requests:
            for endpoint in (request.endpoint, TOTAL):
                self.ended[request.second, endpoint].append(request)
                self.first[endpoint] = min(request.second,
                                           self.first.get(endpoint, request.second))
        self.blocks = list(self._find_blocks())

    def _find_blocks(self):
        last = start = None
        seconds = sorted({(r.run, r.second) for r in self.requests})
        for run, second in seconds:
            if last is not None:
                assert second > last.second, 'runs must not overlap'
            if last is not None and run == last.run:
                if second - last.second > LONGEST_FILLED:
                    yield Block(second - 1, last.run, None)
                    start = second
                else:
                    for idle in range(last.second + 1, second):
                        yield Block(idle, last.run, start)
            if last is None or run > last.run:
                start = second
            last = Block(second, run, start)
            yield last

    def _get_window(self, block, endpoint, window):
        """What ended in it, and the seconds it covers."""
        first = max(block.start, block.second - window + 1)
        requests = [r for second in range(first, block.second + 1)
                    for r in self.ended.get((second, endpoint), ())]
        return requests, block.second + 1 - first

    def get_curves(self, statistic, window):
        """Rows of (second, type, name, response time, requests/s, failures/s)."""
        window = WINDOWS[window]
        means = {}                      # endpoint: run, number, sum
        for block in self.blocks:
            for endpoint in self.endpoints + [TOTAL]:
                if block.second < self.first[endpoint]:
                    continue
                ended = self.ended.get((block.second, endpoint), ())
                run, n, sum_ = means.get(endpoint, (block.run, 0, 0.0))
                if run != block.run:
                    n, sum_ = 0, 0.0
                n, sum_ = n + len(ended), sum_ + math.fsum(r.time for r in ended)
                means[endpoint] = block.run, n, sum_
                total_average = sum_ / n if n > 0 else None
                if block.start is None:
                    yield (block.second, *endpoint,
                           total_average if statistic == 'total-average' else None, None, None)
                    continue
                requests, covered = self._get_window(block, endpoint, window)
                if statistic == 'total-average':
                    response_time = total_average
                else:
                    response_time = get_statistic(statistic, [r.time for r in requests])
                yield (block.second, *endpoint, response_time, len(requests) / covered,
                       sum(r.failed for r in requests) / covered)


def get_statistic(statistic, times):
    if not times:
        return None
    if statistic == 'average':
        return math.fsum(times) / len(times)
    if statistic == 'min':
        return min(times)
    if statistic == 'max':
        return max(times)
    # Nearest rank, without the rounding of 99.9 / 100 * 1000.
    rank = math.ceil(fractions.Fraction(statistic[1:]) * len(times) / 100)
    return sorted(times)[max(1, rank) - 1]


def is_exact(statistic):
    """One of the numbers in the log, not worked out from several."""
    return statistic in ('min', 'max') or re.fullmatch('p[0-9.]+', statistic) is not None


# --- Made up ---

START = 1795339438

ENDPOINTS = [('GET', '/api/products'), ('GET', '/api/cart'), ('POST', '/api/cart'),
             ('GET', 'say "hi", twice'), ('POST', '搜索商品 🛒'), ('grpc', 'two\nlines'),
             ('GET', 'Aggregated')]

EXCEPTIONS = ['', '', '500 Server Error: Internal Server Error for url: /api/cart',
              'ConnectionError("reset, by peer")', '超时\nafter two lines']


def make_row(end, time, endpoint=ENDPOINTS[0], exception='', digits=2):
    """A request that ends then, as (end, row).

    Where the end is so near to a whole second that the last digit of a sum
    decides, it is moved."""
    time = f'{time:.{digits}f}'
    while True:
        timestamp = f'{end - float(time) / 1000:.6f}'
        sum_ = float(timestamp) + float(time) / 1000
        if sum_ == round(sum_) or abs(sum_ - round(sum_)) > 1e-5:
            break
        end += 0.001
    # What Locust writes here does not count: only the exception does.
    status = '200' if exception == '' else '500'
    return sum_, [timestamp, *endpoint, time, '64', status, exception]


def make_traffic(rng, start, seconds, rate, endpoints=ENDPOINTS[:4], exceptions=('',)):
    """As many requests a second as rate, more or less."""
    return [make_row(start + rng.random() * seconds, rng.lognormvariate(3.5, 0.8),
                     rng.choice(endpoints), rng.choice(exceptions))
            for _ in range(int(rate * seconds))]


def write(rows, line_end='\r\n', header=True):
    """In the given order."""
    text = io.StringIO(newline='')
    writer = csv.writer(text, lineterminator=line_end)
    if header:
        writer.writerow(COLUMNS)
    writer.writerows(row for _, row in rows)
    return text.getvalue().encode()


def write_sorted(rows, **options):
    return write(sorted(rows), **options)


def make_steady(rng):
    return write_sorted(make_traffic(rng, START, 90, 20, ENDPOINTS))


def make_line_feeds(rng):
    return write_sorted(make_traffic(rng, START, 40, 20, ENDPOINTS), line_end='\n')


def make_mixed_line_ends(rng):
    lines = write_sorted(make_traffic(rng, START, 40, 10)).split(b'\r\n')[:-1]
    return b''.join(line + rng.choice([b'\n', b'\r\n']) for line in lines)


def make_disorder(rng):
    """Most rows step back a little, a few come much too late."""
    late = [(row[0] + (rng.uniform(1, 110) if rng.random() < 0.03 else rng.uniform(0, 0.4)), row)
            for row in make_traffic(rng, START, 120, 15, ENDPOINTS)]
    return write([row for _, row in sorted(late)])


def make_before(rng):
    """Rows before the second of the first one, of an endpoint of their own too."""
    rows = sorted(make_traffic(rng, START + 50, 40, 10))
    for back in (0.9, 1.6, 12.3, 49.7, rng.uniform(2, 45)):
        place = rng.randrange(1, len(rows))
        rows.insert(place, make_row(START + 50 - back, 30 * back,
                                    rng.choice(ENDPOINTS[2:6])))
    return write(rows)


def make_late_discovery(rng):
    """The row in which an endpoint appears first is not the one that ended first."""
    rows = sorted(make_traffic(rng, START, 60, 10, ENDPOINTS[:2]))
    for endpoint in ENDPOINTS[2:6]:
        for _ in range(3):
            rows.insert(rng.randrange(len(rows)), make_row(
                START + 60 * rng.random(), 100 * rng.random(), endpoint))
    return write(rows)


def make_idle(rng):
    """Bursts, and nothing for 2 to 70 s, once for almost ten minutes."""
    rows, start = [], START
    for pause in (2, 3, 4, 9, 11, 29, 31, 59, 61, rng.randrange(2, 70), 590, 1):
        rows += make_traffic(rng, start, rng.choice([0.5, 1, 3]), 12, ENDPOINTS[:3])
        start += 3 + pause
    return write_sorted(rows)


def make_sparse(rng):
    return write_sorted(make_traffic(rng, START, 300, 0.15))


def make_silence(rng):
    """Two silences; in one burst there is an endpoint of its own."""
    rows = make_traffic(rng, START, 20, 10, ENDPOINTS[:2], EXCEPTIONS)
    rows += make_traffic(rng, START + 720, 15, 10, ENDPOINTS[1:3], EXCEPTIONS)
    rows += make_traffic(rng, START + 5000, 70, 5, ENDPOINTS[:3], EXCEPTIONS)
    return write_sorted(rows)


def make_silence_of_single_requests(rng):
    rows = [make_row(START + 0.5, 12, ENDPOINTS[0]), make_row(START + 700.5, 13, ENDPOINTS[1]),
            make_row(START + 1400.5, 14, ENDPOINTS[0]), make_row(START + 1401.5, 15.5)]
    return write(rows)


def make_repeated_header(rng):
    """The second run begins in the second after the first one's last."""
    first = make_traffic(rng, START, 25, 10, ENDPOINTS[:3], EXCEPTIONS)
    first.append(make_row(START + 24.5, 20))
    second = make_traffic(rng, START + 25, 70, 10, ENDPOINTS[1:5], EXCEPTIONS)
    second.append(make_row(START + 25.001, 20, ENDPOINTS[1]))
    return write_sorted(first) + write_sorted(second)


def make_repeated_header_after_a_pause(rng):
    """The seconds between two runs belong to the first one."""
    return b''.join(write_sorted(make_traffic(rng, START + start, 12, 10))
                    for start in (0, 30, 200))


def make_many_endpoints(rng):
    endpoints = [(rng.choice(['GET', 'POST']), f'/api/{i:03d}') for i in range(150)]
    return write_sorted(make_traffic(rng, START, 25, 60, endpoints))


def make_one_endpoint(rng):
    return write_sorted(make_traffic(rng, START, 80, 3, ENDPOINTS[:1]))


def make_one_request(rng):
    return write([make_row(START + rng.random(), 1000 * rng.random())])


def make_no_time(rng):
    """Requests of 0 ms, also alone in a window."""
    rows = [make_row(START + 40 * rng.random(), rng.choice([0, 0, 0, 0.01, 250]),
                     rng.choice(ENDPOINTS[:3])) for _ in range(200)]
    rows += [make_row(START + 100 + i, 0, ENDPOINTS[3], digits=i % 3) for i in range(5)]
    return write_sorted(rows)


def make_long(rng):
    """90 s, beside short ones: they begin before all others and end among them."""
    rows = make_traffic(rng, START, 120, 5, ENDPOINTS[:3])
    rows += [make_row(START + 120 * rng.random(), 90000 + 1000 * rng.random(), ENDPOINTS[i % 4],
                      rng.choice(EXCEPTIONS)) for i in range(30)]
    return write_sorted(rows)


def make_whole_ends(rng):
    """Ends on whole seconds, all of them sums that a double holds exactly."""
    rows = []
    for second in range(45):
        for _ in range(rng.randrange(1, 4)):
            time = rng.choice([250, 500, 750, 1000, 1250, 31500])
            rows.append(make_row(START + second, time, rng.choice(ENDPOINTS[:3])))
        rows.append(make_row(START + second + 0.75, 125))
    assert sum(end == round(end) for end, _ in rows) >= 45
    return write_sorted(rows)


def make_failures(rng):
    """Also requests of status 200 that failed, and of 500 that did not."""
    rows = make_traffic(rng, START, 60, 15, ENDPOINTS[:4], EXCEPTIONS)
    rows += make_traffic(rng, START + 10, 20, 2, ENDPOINTS[4:5], EXCEPTIONS[2:])
    for _, row in rows:
        if rng.random() < 0.2:
            row[5] = rng.choice(['200', '500', '0', ''])
    return write_sorted(rows)


def make_thousand(rng):
    """Windows of exactly 1000 requests: 99.9 % of them are 999, not more."""
    rows = [make_row(START + second + (i + 0.5) / 100, rng.uniform(1, 900), ENDPOINTS[i % 2])
            for second in range(65) for i in range(100)]
    return write_sorted(rows)


def make_equal_times(rng):
    rows = [make_row(START + 60 * rng.random(), rng.choice([1, 2, 2, 3]), rng.choice(ENDPOINTS[:2]),
                     digits=rng.randrange(3)) for _ in range(300)]
    return write_sorted(rows)


UNREADABLE = [
    b'1795339440.5,GET,/api/cart,12.5,64,200',
    b'1795339440.5,GET,/api/cart,12.5,64,200,,',
    b'1795339440.5,GET,/api/cart,12.5,64,200,an unquoted, comma',
    b'1795339440.5',
    b'soon,GET,/api/cart,12.5,64,200,',
    b',GET,/api/cart,12.5,64,200,',
    b'1795339440.5,GET,/api/cart,,64,200,',
    b'1795339440.5,GET,/api/cart,quick,64,200,',
    b'1795339440.5,GET,/api/cart,12.5ms,64,200,',
    b'1795339440.5,GET,/api/cart,-12.5,64,200,',
    b'-1795339440.5,GET,/api/cart,12.5,64,200,',
    b'1795339440.5,GET,/api/cart,inf,64,200,',
    b'1795339440.5,GET,/api/cart,nan,64,200,',
    b'1795339440.5,GET,/api/cart,1e999,64,200,',
    b'inf,GET,/api/cart,12.5,64,200,',
    b'nan,GET,/api/cart,12.5,64,200,',
    b'1795339440.5,GET,"/never, seen else",None,64,200,',
]


def make_unreadable(rng):
    lines = write_sorted(make_traffic(rng, START, 30, 5)).split(b'\r\n')[:-1]
    for bad in UNREADABLE:
        lines.insert(rng.randrange(1, len(lines) + 1), bad)
    lines.insert(1, rng.choice(UNREADABLE))
    lines.append(rng.choice(UNREADABLE))
    return b''.join(line + b'\r\n' for line in lines)


def make_unfinished(rng):
    """The last row ends anywhere, also right before its line end."""
    data = write_sorted(make_traffic(rng, START, 20, 10))
    end, row = make_row(START + 40, 77, ('POST', 'a "name", of\r\nits own'), 'it, failed')
    last = write([(end, row)], header=False)
    return data + last[:rng.choice([1, 12, 25, 33, len(last) // 2, len(last) - 2])]


KINDS = {name[len('make_'):]: function for name, function in sorted(globals().items())
         if name.startswith('make_') and name not in ('make_row', 'make_traffic')}


def make(kind, seed):
    return KINDS[kind](random.Random(f'{kind} {seed}'))


if __name__ == '__main__':
    sys.stdout.buffer.write(make(sys.argv[1], int(sys.argv[2])))
