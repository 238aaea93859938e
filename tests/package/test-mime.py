# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What kind of file a desktop takes Locust's for, and which program it opens them with."""
import os
import subprocess
import xml.etree.ElementTree as ElementTree

import tap
from stage import ID, Tree

ENTRY = ID + ".desktop"
HISTORY = "application/x-locust-stats-history+csv"
COMPRESSED = HISTORY + "-compressed"
MAYBE = "text/x-locust-csv"
EDITOR = """[Desktop Entry]
Type=Application
Name=Editor
Exec=true %f
MimeType=text/plain;
"""
SHEETS = EDITOR.replace("Editor", "Sheets").replace("text/plain", "text/csv;application/gzip")


class Desktop:
    """A home of its own, with an editor, and maybe a spreadsheet program; nobody has said
    which programs are the first choice."""

    def __init__(self, folder, *programs):
        self.tree = Tree(os.path.join(folder, "stage"))
        home = os.path.join(folder, "home")
        others = os.path.join(folder, "others")
        os.makedirs(os.path.join(others, "applications"))
        os.makedirs(os.path.join(home, "config"))
        for i, text in enumerate(programs):
            with open(os.path.join(others, "applications", f"zzz-{i}.desktop"), "w") as f:
                f.write(text)
        self.env = self.tree.environment(
            HOME=home, XDG_CONFIG_HOME=os.path.join(home, "config"), XDG_CONFIG_DIRS=home,
            XDG_DATA_HOME=os.path.join(home, "data"), XDG_CURRENT_DESKTOP="")
        # Those of this machine know types, but not programs: there may be any.
        shared = os.path.join(folder, "shared")
        os.makedirs(shared)
        os.symlink("/usr/share/mime", os.path.join(shared, "mime"))
        self.env["XDG_DATA_DIRS"] = ":".join((self.tree.path("datadir"), others, shared))
        for command, place in (("update-mime-database", self.tree.path("datadir", "mime")),
                               ("update-desktop-database",
                                self.tree.path("datadir", "applications")),
                               ("update-desktop-database", os.path.join(others, "applications"))):
            said = self.run(command, place)
            assert said == "", said

    def run(self, *command):
        r = subprocess.run(command, capture_output=True, text=True, env=self.env, timeout=60)
        assert r.returncode == 0, r
        return r.stdout + r.stderr

    def type_of(self, path):
        said = self.run("gio", "info", "-a", "standard::content-type,standard::icon", path)
        lines = dict(line.strip().split(": ", 1) for line in said.splitlines() if ": " in line)
        return lines["standard::content-type"], lines["standard::icon"]

    def programs_for(self, kind):
        """(default, all)"""
        default, registered, inside = None, [], False
        for line in self.run("gio", "mime", kind).splitlines():
            if line.startswith("Default application"):
                default = line.split(": ")[1]
            elif not line.startswith("\t"):
                inside = line.startswith("Registered")
            elif inside:
                registered.append(line.strip())
        return default, registered


def test_types(folder):
    desktop = Desktop(folder, EDITOR)
    for name, kind in (("results_stats_history.csv", HISTORY),
                       ("Results_Stats_History.CSV", HISTORY),
                       ("results_stats_history.csv.gz", COMPRESSED),
                       ("results_stats.csv", "text/csv"),
                       ("stats_history.csv", "text/csv"),
                       ("requests.csv.gz", "application/gzip")):
        path = os.path.join(folder, name)
        with open(path, "wb") as f:
            f.write(b"\x1f\x8b\x08\0" if name.endswith(".gz") else b"Timestamp,User Count\r\n")
        found, icons = desktop.type_of(path)
        assert found == kind, (name, found)
        # Of a theme that has none for just this type.
        assert kind not in (HISTORY, COMPRESSED) or "x-office-spreadsheet" in icons, icons


def test_programs(folder):
    """The first choice for histories; among those offered for any CSV, never the first."""
    for i, programs in enumerate(([], [EDITOR], [EDITOR, SHEETS])):
        desktop = Desktop(os.path.join(folder, str(i)), *programs)
        for kind in (HISTORY, COMPRESSED):
            default, registered = desktop.programs_for(kind)
            assert default == registered[0] == ENTRY, (kind, default, registered)
        default, registered = desktop.programs_for("text/csv")
        assert registered[-1] == ENTRY, registered
        assert default == registered[0] == [ENTRY, "zzz-0.desktop", "zzz-1.desktop"][i], default
        for kind in "text/plain", "application/gzip":
            assert ENTRY not in desktop.programs_for(kind)[1], kind


def test_related(folder):
    """What opens any CSV opens a history: each type is a special kind of a common one."""
    tree = Tree(os.path.join(folder, "stage"))
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kinds = ElementTree.parse(tree.path("datadir", "mime", "packages", ID + ".xml")).getroot()
    found = {kind.get("type"): kind for kind in kinds}
    assert set(found) == {HISTORY, COMPRESSED, MAYBE, "text/csv"}
    # One that has no name and comment of ours: what it is says somebody else.
    assert [part.tag for part in found["text/csv"]] == [space + "sub-class-of"] * 2
    for kind, parent in ((HISTORY, "text/csv"), (COMPRESSED, "application/gzip")):
        assert found[kind].find(space + "sub-class-of").get("type") == parent
        comments = {c.get("{http://www.w3.org/XML/1998/namespace}lang"): c.text
                    for c in found[kind].findall(space + "comment")}
        assert comments["zh_CN"] != comments[None], comments


tap.run(test_types, test_programs, test_related)
