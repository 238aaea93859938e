# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down for packagers agrees with the tree: Debian's files, Flatpak's manifest."""
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import tap

ID = "io.github.locustscope.Locustscope"
SOURCE = os.environ["SOURCE"]
MANIFEST = os.path.join(SOURCE, "data", ID + ".yml")

# Debian's name of what meson.build asks for.
DEBIAN_NAMES = {
    "gio-unix-2.0": "libglib2.0-dev",
    "cairo": "libcairo2-dev",
    "pangocairo": "libpango1.0-dev",
    "cairo-svg": "libcairo2-dev",
    "cairo-pdf": "libcairo2-dev",
    "zlib": "zlib1g-dev",
    "gtk4": "libgtk-4-dev",
    "libadwaita-1": "libadwaita-1-dev",
}
# Debian says so by debhelper-compat and build-essential.
IMPLIED = {"gcc", "libc6-dev"}


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as f:
        return f.read()


def build_depends():
    """{package: version at least, or None}"""
    field = re.search(r"^Build-Depends:\n((?: .*\n)+)", read("data", "debian", "control"),
                      re.MULTILINE)[1]
    return dict(re.fullmatch(r" (\S+)(?: \(>?= ([\d.]+)\))?(?: <!nocheck>)?,", line).groups()
                for line in field.splitlines())


def test_versions(folder):
    """One number everywhere; the notes of the release have it, too."""
    version = re.search(r"version: '([^']+)'", read("meson.build"))[1]
    assert re.match(r"locustscope \(([^)]+)\) ", read("data", "debian", "changelog"))[1] == version
    component = ElementTree.parse(os.path.join(SOURCE, "data", ID + ".metainfo.xml.in"))
    assert component.find("releases/release").get("version") == version


def test_debian_needs(folder):
    """All that the build asks for, in no other version."""
    needs = build_depends()
    asked = re.findall(r"dependency\('([^']+)'(?:, version: '>= ([\d.]+)')?", read("meson.build"))
    assert len(asked) >= len(DEBIAN_NAMES), asked
    for name, version in asked:
        package = DEBIAN_NAMES[name]
        assert package in needs, package
        assert not version or needs[package] == version, (package, version, needs[package])
    tool = re.search(r"meson_version: '>= (\d+\.\d+)", read("meson.build"))[1]
    assert needs["meson"] == tool
    # Fonts and what is run by hand are for people, not for the build.
    tools = read(".ci", "packages-build").split("# Icons")[0]
    wanted = {line for line in tools.splitlines() if line and not line.startswith("#")}
    assert wanted - IMPLIED <= set(needs), wanted - IMPLIED - set(needs)


def test_flatpak(folder):
    try:
        import yaml
    except ImportError:
        raise tap.Skip("there is no python3-yaml")
    manifest = yaml.safe_load(read("data", ID + ".yml"))
    assert manifest["id"] == ID
    assert (manifest["runtime"], manifest["sdk"]) == ("org.gnome.Platform", "org.gnome.Sdk")
    assert re.fullmatch(r"\d\d", manifest["runtime-version"])
    assert manifest["command"] == "locustscope"
    # A window, and files to read: no network, no bus, and nothing that is written.
    assert sorted(manifest["finish-args"]) == [
        "--device=dri", "--filesystem=host:ro", "--share=ipc", "--socket=fallback-x11",
        "--socket=wayland"]
    (module,) = manifest["modules"]
    assert (module["name"], module["buildsystem"]) == ("locustscope", "meson")
    (source,) = module["sources"]
    assert source["type"] == "dir"
    place = os.path.realpath(os.path.join(os.path.dirname(MANIFEST), source["path"]))
    assert place == os.path.realpath(SOURCE)
    options = set(re.findall(r"^option\('([^']+)'", read("meson_options.txt"), re.MULTILINE))
    for option in module["config-opts"]:
        assert re.fullmatch(r"-D(\w+)=\w+", option)[1] in options | {"werror"}, option


def test_flatpak_builder(folder):
    """It knows each key, and what it says of one it does not is a failure."""
    if not shutil.which("flatpak-builder"):
        raise tap.Skip("there is no flatpak-builder")
    r = subprocess.run(["flatpak-builder", "--show-manifest", MANIFEST], capture_output=True,
                       text=True, cwd=folder, env=dict(os.environ, G_DEBUG=""), timeout=60)
    assert (r.returncode, r.stderr) == (0, ""), r
    assert json.loads(r.stdout)["id"] == ID


tap.run(test_versions, test_debian_needs, test_flatpak, test_flatpak_builder)
