# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed, and that it works where it was put."""
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import tap
from stage import ID, Tree

SOURCE = os.environ["SOURCE"]
# Below the prefix; the folders are those that Meson takes unless it is told others.
with open(os.path.join(SOURCE, "po", "LINGUAS")) as f:
    LANGUAGES = f.read().split()
EXPECTED = f"""
bin/locustscope
share/applications/{ID}.desktop
share/bash-completion/completions/locustscope
share/dbus-1/services/{ID}.service
share/fish/vendor_completions.d/locustscope.fish
share/glib-2.0/schemas/{ID}.gschema.xml
share/icons/hicolor/scalable/apps/{ID}.svg
share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg
share/man/man1/locustscope.1
share/metainfo/{ID}.metainfo.xml
share/mime/packages/{ID}.xml
""".split() + [f"share/locale/{language}/LC_MESSAGES/locustscope.mo" for language in LANGUAGES]


def run(tree, *arguments, **more):
    """The installed program, without a display or a bus."""
    env = {name: value for name, value in tree.environment(**more).items()
           if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
                           "LOCUSTSCOPE_LOCALEDIR")}
    r = subprocess.run([tree.program, *arguments], capture_output=True, text=True, env=env,
                       timeout=60)
    assert (r.returncode, r.stderr) == (0, ""), r
    return r.stdout


def test_files(folder):
    """These, and no other."""
    tree = Tree(folder)
    found = tree.files
    assert found == set(EXPECTED), (f"missing: {sorted(set(EXPECTED) - found)}; "
                                    f"not expected: {sorted(found - set(EXPECTED))}")
    for name in found:
        mode = os.stat(os.path.join(tree.root + tree.prefix, name)).st_mode & 0o777
        assert mode == (0o755 if name.startswith("bin/") else 0o644), (name, oct(mode))


def test_program(folder):
    """It needs nothing of the folder that it was built in."""
    tree = Tree(folder)
    with open(os.path.join(SOURCE, "meson.build")) as f:
        version = re.search(r"version: '([^']+)'", f.read())[1]
    assert run(tree, "--version") == f"locustscope {version}\n"
    picture = os.path.join(folder, "out.png")
    run(tree, "--demo", "--export=" + picture)
    with open(picture, "rb") as f:
        assert f.read(8) == b"\x89PNG\r\n\x1a\n"


def test_chinese(folder):
    """Of the translations beside the program, which were not installed to where it looks."""
    tree = Tree(folder)
    said = run(tree, "--help", LANGUAGE="zh_CN", LC_ALL="C.UTF-8")
    assert "显示" in said and "Show the built-in" not in said, said
    # It is not what else may be on this machine.
    os.remove(tree.path("localedir", "zh_CN", "LC_MESSAGES", "locustscope.mo"))
    said = run(tree, "--help", LANGUAGE="zh_CN", LC_ALL="C.UTF-8")
    assert "Show the built-in" in said, said


def test_man_page(folder):
    tree = Tree(folder)
    path = tree.path("mandir", "man1", "locustscope.1")
    r = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", path], capture_output=True,
                       text=True, env=dict(os.environ, MANPAGER="cat", MANWIDTH="80"), timeout=60)
    assert (r.returncode, r.stderr) == (0, ""), r
    assert r.stdout.lstrip().startswith("LOCUSTSCOPE(1)"), r.stdout[:200]
    text = re.sub(r".\x08", "", r.stdout)
    options = re.findall(r"^  (?:-h, )?(--[a-z-]+)", run(tree, "--help"), re.MULTILINE)
    missing = [o for o in options if o not in ("--help-all", "--help-gapplication")
               and not re.search(rf"^ {{7}}(-h, )?{o}\b", text, re.MULTILINE)]
    assert options and not missing, missing


def test_names(folder):
    """Whatever names the program or its icon names what is installed."""
    tree = Tree(folder)
    with open(tree.path("datadir", "dbus-1", "services", ID + ".service")) as f:
        service = f.read()
    assert f"Name={ID}\n" in service
    program = re.search(r"^Exec=(\S+) --gapplication-service$", service, re.MULTILINE)[1]
    assert os.access(tree.root + program, os.X_OK), program
    with open(tree.path("datadir", "applications", ID + ".desktop"), encoding="utf-8") as f:
        entry = f.read()
    assert set(re.findall(r"^Exec=(\S+)", entry, re.MULTILINE)) == {"locustscope"}
    assert set(re.findall(r"^Icon=(.*)$", entry, re.MULTILINE)) == {ID}
    component = ElementTree.parse(tree.path("datadir", "metainfo", ID + ".metainfo.xml")).getroot()
    kinds = ElementTree.parse(tree.path("datadir", "mime", "packages", ID + ".xml")).getroot()
    opened = set(re.search(r"^MimeType=(.*)$", entry, re.MULTILINE)[1].strip(";").split(";"))
    # Any CSV, by a type that comes after those of other programs.
    assert "text/x-locust-csv" in opened and "text/csv" not in opened
    opened = opened - {"text/x-locust-csv"} | {"text/csv"}
    assert opened == {m.text for m in component.iter("mediatype")}
    assert {kind.get("type") for kind in kinds} - {"text/x-locust-csv"} <= opened
    assert component.findtext("id") == ID
    assert component.findtext("launchable") == ID + ".desktop"
    for icon in ("scalable/apps/" + ID, "symbolic/apps/" + ID + "-symbolic"):
        drawing = ElementTree.parse(tree.path("datadir", "icons", "hicolor", icon + ".svg"))
        assert drawing.getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_described(folder):
    """Software centres find the description, and the menu entry that it is of."""
    if not shutil.which("appstreamcli"):
        raise tap.Skip("there is no appstreamcli")
    tree = Tree(os.path.join(folder, "stage"))
    whole = os.path.join(folder, "whole")
    os.mkdir(whole)
    os.symlink(tree.root + tree.prefix, os.path.join(whole, "usr"))

    def validate():
        return subprocess.run(["appstreamcli", "validate-tree", "--no-net", whole],
                              capture_output=True, text=True, timeout=60)
    r = validate()
    assert r.returncode == 0 and ID in r.stdout, r
    os.remove(tree.path("datadir", "applications", ID + ".desktop"))
    assert validate().returncode != 0


tap.run(test_files, test_program, test_chinese, test_man_page, test_names, test_described)
