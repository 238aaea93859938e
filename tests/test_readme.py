#!/usr/bin/python3
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""README.md and its translations are true, as far as a program can tell, and in step.

test_readme.py PROGRAM
"""
import os
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree

SOURCE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
ENGLISH = "README.md"
READMES = [ENGLISH, "data/README.zh_CN.md"]

# As GTK calls keys, and as a keyboard does.
KEYS = {"comma": ",", "plus": "+", "equal": "=", "minus": "-", "question": "?", "Page_Up": "Page Up",
        "Page_Down": "Page Down", "space": "Space", "Escape": "Esc", "KP_Add": "+",
        "KP_Subtract": "-", "KP_0": "0"}

# Options in the text that are other programs'.
FOREIGN = {"--csv", "--csv-full-history", "--suite", "--benchmark", "--setup", "--args",
           "--reconfigure", "--buildtype", "--no-translator", "--check", "--statistics"}


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def without_fences(text):
    return re.sub(r"^```.*?^```\n", "", text, flags=re.M | re.S)


def headings(text):
    """(level, text) of each."""
    return [(len(marks), words)
            for marks, words in re.findall(r"^(#+) (.*)$", without_fences(text), re.M)]


def anchor(words):
    """As the web page of a repository makes it of a heading."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def tables(text):
    """Rows of cells, the heads' among them."""
    rows = re.findall(r"^\|(.*)\|$", text, re.M)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def blocks(text):
    """What is to be typed, without what column 39 and on says about it."""
    found = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    found += [re.sub(r"(?m)^(.{37} ).*", r"\1", block)
              for block in re.findall(r"(?:^    .*\n)+", without_fences(text), re.M)]
    return found


# --- tests ---------------------------------------------------------------------
def test_links():
    for path in READMES + ["tests/README.md"]:
        text = read(path)
        links = re.findall(r"\]\(([^)\s]+)\)", text)
        links += re.findall(r'(?:src|srcset|href)="([^"]+)"', text)
        for link in set(links):
            target, _, fragment = link.partition("#")
            if urllib.parse.urlparse(target).scheme:
                continue
            there = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            assert os.path.exists(os.path.join(SOURCE, there)), f"{path}: {link} is not there"
            if fragment:
                known = [anchor(words) for _, words in headings(read(there))]
                assert fragment in known, f"{path}: {there} has no heading {fragment}"


def test_translations_are_linked():
    for path in READMES[1:]:
        assert f"({path})" in read(ENGLISH), path
        back = os.path.relpath(ENGLISH, os.path.dirname(path))
        assert f"({back})" in read(path), f"{path} does not lead back"


def test_headings():
    levels = [level for level, _ in headings(read(ENGLISH))]
    for path in READMES[1:]:
        other = [level for level, _ in headings(read(path))]
        assert other == levels, f"{path}: {other} where {ENGLISH} has {levels}"


def test_code():
    """What is to be typed is the same."""
    for path in READMES[1:]:
        for here, there in zip(blocks(read(ENGLISH)), blocks(read(path)), strict=True):
            assert here == there, f"{path}: {there!r} where {ENGLISH} has {here!r}"


def test_figures():
    """What was measured is the same."""
    def figures(path):
        return [[re.findall(r"\d[\d.,]*\d|\d", cell) for cell in row[1:]]
                for row in tables(read(path)) if len(row) == 3]

    assert len(figures(ENGLISH)) > 10
    for path in READMES[1:]:
        for here, there in zip(figures(ENGLISH), figures(path), strict=True):
            assert here == there, f"{path}: {there} where {ENGLISH} has {here}"


def key_names():
    """Of all that application-actions.c and the window of shortcuts name."""
    code = read("src/ui/application-actions.c")
    table = re.search(r"\} keys\[\] = \{(.*?)\n  \};", code, re.S)[1]
    names = re.findall(r'"([^"]+)"', re.sub(r'\{ "[a-z]+\.[a-z-]+",', "", table))
    assert len(names) > 15, names
    ui = xml.etree.ElementTree.parse(os.path.join(SOURCE, "src/ui/shortcuts.ui"))
    for node in ui.iter("property"):
        if node.get("name") == "accelerator":
            names += node.text.split()
    spoken = set()
    for name in names:
        *modifiers, key = re.findall(r"<\w+>|[^<>]+", name)
        key = KEYS.get(key, key.upper() if len(key) == 1 else key)
        spoken.add("".join(m[1:-1].replace("Control", "Ctrl") + "+" for m in modifiers) + key)
    return spoken


def test_keys():
    # The same with Shift is said in words.
    wanted = key_names() - {"Shift+Left", "Shift+Right"}
    for path in READMES:
        cells = {key for row in tables(read(path)) if len(row) == 2
                 for key in re.split(r",\s+", row[0])}
        assert wanted <= cells, f"{path} lacks {sorted(wanted - cells)}"


def test_options():
    said = subprocess.run([sys.argv[1], "--help"], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    known = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", said, re.M))
    assert "--export" in known, said
    for path in READMES:
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", read(path))) - FOREIGN
        assert named <= known, f"{path}: there is no {sorted(named - known)}"


def main():
    cases = [(name[5:], case) for name, case in globals().items() if name.startswith("test_")]
    print(f"1..{len(cases)}")
    failed = 0
    for i, (name, case) in enumerate(cases, 1):
        try:
            case()
            print(f"ok {i} {name}")
        except Exception as e:
            failed += 1
            print(f"# {e!r}\nnot ok {i} {name}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
