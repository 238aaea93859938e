# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases that speak TAP: functions that say by an exception that they failed."""
import sys
import tempfile
import traceback


class Skip(Exception):
    """What is tested with is not on this machine."""


def run(*cases):
    """Run the cases, or those named on the command line, each with a folder of its own."""
    wanted = [c for c in cases if not sys.argv[1:] or c.__name__ in sys.argv[1:]]
    failed = len(wanted) == 0
    print(f"1..{len(wanted)}")
    for i, case in enumerate(wanted, 1):
        with tempfile.TemporaryDirectory(prefix="locustscope-test-") as folder:
            try:
                case(folder)
                print(f"ok {i} {case.__name__}", flush=True)
            except Skip as why:
                print(f"ok {i} {case.__name__} # SKIP {why}", flush=True)
            except Exception:
                failed = True
                for line in traceback.format_exc().splitlines():
                    print("#", line)
                print(f"not ok {i} {case.__name__}", flush=True)
    sys.exit(1 if failed else 0)
