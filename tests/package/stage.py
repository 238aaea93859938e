# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Meson installs, in a folder that stands for the root of the file system."""
import json
import os
import subprocess

ID = "io.github.locustscope.Locustscope"
BUILD = os.environ["STAGE_BUILD"]
MESON = os.environ["STAGE_MESON"]


def options():
    with open(os.path.join(BUILD, "meson-info", "intro-buildoptions.json")) as f:
        return {option["name"]: option["value"] for option in json.load(f)}


class Tree:
    """Installed in the folder @root; where programs, data and so on are in it."""

    def __init__(self, root):
        self.root = root
        subprocess.run([MESON, "install", "-C", BUILD, "--no-rebuild", "--quiet",
                        "--destdir", root], check=True, capture_output=True, timeout=120)
        chosen = options()
        self.prefix = chosen["prefix"]
        self.folders = {kind: os.path.join(self.prefix, chosen[kind])
                        for kind in ("bindir", "datadir", "localedir", "mandir")}
        self.program = self.path("bindir", "locustscope")
        # What was installed, {path from the prefix}.
        top = root + self.prefix
        self.files = {os.path.relpath(os.path.join(folder, name), top)
                      for folder, _, names in os.walk(root) for name in names}
        self.compile_schemas()

    def path(self, kind, *names):
        return os.path.join(self.root + self.folders[kind], *names)

    def environment(self, **more):
        """In which what is installed here is found before all else."""
        system = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        return dict(os.environ,
                    PATH=self.path("bindir") + ":" + os.environ["PATH"],
                    XDG_DATA_DIRS=self.path("datadir") + ":" + system, **more)

    def compile_schemas(self):
        """As is done after an installation that is none into a folder."""
        schemas = self.path("datadir", "glib-2.0", "schemas")
        if os.path.isdir(schemas):
            subprocess.run(["glib-compile-schemas", "--strict", schemas], check=True,
                           capture_output=True, timeout=60)
