#!/usr/bin/python3
# take.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the README's picture of the real window with its sample run.

tests/ui/headless-run -- /usr/bin/python3 tests/screenshots/take.py PROGRAM OUT.png [SECONDS]

The sample run goes on for SECONDS (100 if not given) before the picture is
taken, with the pointer over the upper chart.  GNOME's font and a header bar with a close button only are used.
"""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from uidriver import App  # noqa: E402

SETTINGS = '''[Settings]
gtk-enable-animations=0
gtk-font-name=Cantarell 11
gtk-decoration-layout=:close
'''


def main():
    program, picture = sys.argv[1:3]
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 100
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'settings.ini'), 'w', encoding='utf-8') as file:
        file.write(SETTINGS)
    with App([program, '--demo']) as app:
        time.sleep(seconds)
        x, y, width, height = app.settled_pos(app.find('image', 'Response time and throughput'))
        subprocess.run(['xdotool', 'mousemove', str(x + width * 2 // 5), str(y + height // 4)],
                       check=True)
        time.sleep(1)
        x, y, width, height = app.settled_pos(app.windows()[0])
        subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}',
                        '+repage', picture], check=True)


main()
