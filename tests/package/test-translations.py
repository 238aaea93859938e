# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each text that can be translated is found, and is translated."""
import glob
import os
import re
import subprocess

import tap

SOURCE = os.environ["SOURCE"]
PO = os.path.join(SOURCE, "po")

# How a file says that it has such texts.
MARKS = {
    ".c": r"\b(?:N?C?_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*\"",
    ".h": r"\b(?:N?C?_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*\"",
    ".ui": r"translatable=\"(?:yes|true)\"",
    ".desktop.in": r"^(?:Name|GenericName|Comment|Keywords)=",
    ".metainfo.xml.in": r"<(?:p|li|name|summary|caption)>",
    ".mime.xml": r"<comment>",
    ".gschema.xml": r"<(?:summary|description)>|l10n=\"",
}


def run(*command):
    r = subprocess.run(command, capture_output=True, text=True, cwd=PO, timeout=60)
    assert r.returncode == 0, r
    return r.stdout + r.stderr


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as f:
        return f.read()


def lines(name):
    return [line for line in read("po", name).splitlines() if line and not line.startswith("#")]


def with_texts():
    for top in ("src", "data"):
        for folder, _, names in os.walk(os.path.join(SOURCE, top)):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), SOURCE)
                mark = next((m for ending, m in MARKS.items() if name.endswith(ending)), None)
                if mark and re.search(mark, read(path), re.MULTILINE):
                    yield path


def test_potfiles(folder):
    """All files with texts, and no other."""
    named, found = lines("POTFILES"), set(with_texts())
    assert len(named) == len(set(named)), "a file is named twice"
    assert set(named) == found, (f"to be added: {sorted(found - set(named))}; "
                                 f"to be removed: {sorted(set(named) - found)}")


def test_languages(folder):
    """Each file of translations is one that is installed."""
    assert {os.path.basename(p)[:-3] for p in glob.glob(os.path.join(PO, "*.po"))} == set(
        lines("LINGUAS"))


def test_template(folder):
    """The texts are those of the sources, as they are now."""
    now = os.path.join(folder, "now.pot")
    run("xgettext", "--directory", SOURCE, "--files-from", os.path.join(PO, "POTFILES"),
        "--from-code=UTF-8", "--add-comments", "--output", now, *FLAGS)
    now, then = set(messages(now)), set(messages("locustscope.pot"))
    assert now == then, f"to be added: {now - then}; to be removed: {then - now}"


# Those of Meson's preset "glib", as far as they find texts.
FLAGS = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
         "--keyword=g_dcgettext:2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3",
         "--flag=ngettext:1:pass-c-format", "--flag=ngettext:2:pass-c-format"]


def messages(path):
    """Those of a file, [(context, text, plural)]."""
    said = run("msgcat", "--no-wrap", "--no-location", path)
    found = []
    for block in said.split("\n\n"):
        fields = dict(re.findall(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$',
                                 "\n".join(joined(block)), re.MULTILINE))
        if fields.get("msgid"):
            found.append((fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural")))
    return found


def joined(block):
    """The lines of an entry, with those of one string in one."""
    out = []
    for line in block.splitlines():
        if line.startswith('"') and out:
            out[-1] = out[-1][:-1] + line[1:]
        elif not line.startswith("#"):
            out.append(line)
    return out


def test_chinese_is_whole(folder):
    """No text without a translation, or with one that was guessed or is of a text that is gone."""
    zh = "zh_CN.po"
    run("msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", zh)
    for kind in ("--untranslated", "--only-fuzzy", "--only-obsolete"):
        assert run("msgattrib", kind, zh) == "", run("msgattrib", "--no-wrap", kind, zh)
    missing = set(messages("locustscope.pot")) - set(messages(zh))
    assert not missing, missing


def test_plurals(folder):
    """Where English has two forms, Chinese has its one."""
    entries = run("msgcat", "--no-wrap", "zh_CN.po").split("\n\n")
    plural = [e for e in entries if "\nmsgid_plural " in e]
    assert len(plural) == sum(1 for m in messages("locustscope.pot") if m[2])
    assert "nplurals=1;" in entries[0]
    for entry in plural:
        assert re.search(r'^msgstr\[0\] "', entry, re.MULTILINE), entry
        assert "msgstr[1]" not in entry, entry


tap.run(test_potfiles, test_languages, test_template, test_chinese_is_whole, test_plurals)
