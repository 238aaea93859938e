#!/usr/bin/python3
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/pictures still makes the pictures of README.md.

test_pictures.py BUILD
"""
import os
import subprocess
import sys
import tempfile

PICTURES = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "pictures")
SIZE = 1180, 760
LARGEST = 150_000  # bytes
BRIGHTNESS = {"window.png": (0.8, 1), "window-dark.png": (0, 0.3), "window-zh_CN.png": (0.8, 1)}


def look(path):
    """((width, height), how many colours, mean brightness from 0 to 1)"""
    said = subprocess.run(["identify", "-format", "%w %h %k %[fx:mean]", path],
                          stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return (int(said[0]), int(said[1])), int(said[2]), float(said[3])


def check(path, darkest, lightest):
    with open(path, "rb") as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n", "no PNG"
    assert os.path.getsize(path) <= LARGEST, os.path.getsize(path)
    size, colors, brightness = look(path)
    assert size == SIZE, size
    assert 100 < colors <= 256, colors
    assert darkest <= brightness <= lightest, brightness


def main():
    print(f"1..{len(BRIGHTNESS) + 1}")
    with tempfile.TemporaryDirectory(prefix="locustscope-test-") as folder:
        made = subprocess.run([PICTURES, sys.argv[1], folder], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        for line in made.stdout.splitlines():
            print("#", line)
        results = [("made", made.returncode == 0 and sorted(os.listdir(folder)) == sorted(BRIGHTNESS))]
        for name, brightness in BRIGHTNESS.items():
            try:
                check(os.path.join(folder, name), *brightness)
                results.append((name, True))
            except Exception as e:
                print(f"# {name}: {e!r}")
                results.append((name, False))
    for i, (name, is_good) in enumerate(results, 1):
        print(f"{'ok' if is_good else 'not ok'} {i} {name}")
    sys.exit(not all(is_good for _, is_good in results))


if __name__ == "__main__":
    main()
