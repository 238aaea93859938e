#!/usr/bin/env python3
# bench-peers.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same file read by others: five columns into memory, nothing drawn.

bench-peers.py LOCUSTSCOPE MAKE-HISTORY ENDPOINTS SECONDS

Of the others the reading alone is timed, without the start of Python or
Node.js; of Locustscope the whole process, up to the PNG.  Kst draws one curve
of all rows, its whole process is timed.  "peers" beside this file installs
them; what is not there is left out.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from report import made_up_history, report, report_failure, time_best

ROUNDS = 5
COLUMNS = ['Timestamp', 'Type', 'Name', 'Total Request Count', 'Total Average Response Time']

# Each prints the ms of its best round.
PANDAS = f'''
import pandas, sys, time
def read():
    start = time.perf_counter()
    pandas.read_csv(sys.argv[1], usecols={COLUMNS})
    return 1000 * (time.perf_counter() - start)
print(min(read() for _ in range(2)))
'''
POLARS = f'''
const polars = require('nodejs-polars');
let best = Infinity;
for (let i = 0; i < {ROUNDS}; i++)
  for (const read of [path => polars.readCSV(path, {{ columns: {COLUMNS} }}),
                      path => polars.scanCSV(path).select(...{COLUMNS}).collectSync()]) {{
    const start = performance.now();
    read(process.argv[1]);
    best = Math.min(best, performance.now() - start);
  }}
console.log(best);
'''
DUCKDB = f'''
const {{ DuckDBInstance }} = require('@duckdb/node-api');
(async () => {{
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  let best = Infinity;
  for (let i = 0; i < {ROUNDS}; i++) {{
    const start = performance.now();
    await connection.run('CREATE OR REPLACE TABLE history AS SELECT '
                         + {COLUMNS}.map(name => `"${{name}}"`).join()
                         + ` FROM read_csv('${{process.argv[1]}}')`);
    best = Math.min(best, performance.now() - start);
  }}
  console.log(best);
  process.exit(0);
}})();
'''
KST_SETTINGS = '''[ASCII%20file]
Filename%20Pattern=*
Column%20Type=2
Column%20Delimiter=","
Data%20Start=1
Fields%20Line=0
Read%20Fields=true
Default%20INDEX%20Interpretation=1
'''


def get_modules():
    """Where "peers" has npm put its packages."""
    cache = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    folder = os.environ.get('BENCHMARK_PEERS') or os.path.join(cache, 'locustscope-benchmark')
    return os.path.join(folder, 'node_modules')


def run_script(interpreter, script, path):
    """What the script printed; None: it, or what it needs, is not there."""
    if shutil.which(interpreter) is None:
        return None
    option = '-e' if interpreter == 'node' else '-c'
    result = subprocess.run([interpreter, option, script, path], capture_output=True, text=True,
                            check=False, env=dict(os.environ, NODE_PATH=get_modules()))
    return float(result.stdout) if result.returncode == 0 else None


def time_kst(path):
    program = shutil.which('kst2')
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix='benchmark-') as home:
        os.mkdir(os.path.join(home, 'kst'))
        with open(os.path.join(home, 'kst', 'data.conf'), 'w', encoding='ascii') as file:
            file.write(KST_SETTINGS)
        env = dict(os.environ, XDG_CONFIG_HOME=home, XDG_RUNTIME_DIR=home,
                   QT_QPA_PLATFORM='offscreen')
        command = [program, path, '-x', 'Timestamp', '-y', COLUMNS[-1], '--png',
                   os.path.join(home, 'out.png')]
        try:
            seconds, _ = time_best(command, 2, env)
        except subprocess.CalledProcessError:
            return None
    return 1e3 * seconds


def main():
    program, make_history, endpoints, seconds = sys.argv[1:]
    with made_up_history(make_history, endpoints, seconds) as path:
        picture = os.path.join(os.path.dirname(path), 'out.png')
        export = 1e3 * time_best([program, f'--export={picture}', path], ROUNDS)[0]
        peers = {
            'Polars, five columns': run_script('node', POLARS, path),
            'DuckDB, five columns': run_script('node', DUCKDB, path),
            'pandas, five columns': run_script('/usr/bin/python3', PANDAS, path),
            'Kst, one curve to PNG': time_kst(path),
        }
    for name, ms in peers.items():
        if ms is None:
            report_failure(f'L: {name}', 'not installed')
        else:
            report(f'L: {name}', ms, 'ms')
            report(f'L: --export to PNG, faster than {name}', ms / export, 'x',
                   '>=3' if name.startswith('Polars') else '')


main()
